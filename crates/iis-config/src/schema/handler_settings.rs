//! The names the module looks for in `<handlerSettings>`. It compares them without regard to case, takes the
//! first of equal ones and ignores unknown ones (ShimOptions.cpp, InProcessOptions.cpp, debugutil.cpp,
//! requesthandler_config.cpp).

/// A handler setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HandlerSettingSchema {
    /// Its name.
    pub name: &'static str,
    /// The version of ASP.NET Core whose module first had it.
    pub since: &'static str,
    /// Its value where it is not given; `None` when there is none.
    pub default: Option<&'static str>,
    /// The text must be `true` or `false`; anything else counts as the default.
    pub is_bool: bool,
    /// What it does, in a sentence.
    pub about: &'static str,
}

const fn text(
    name: &'static str,
    since: &'static str,
    default: Option<&'static str>,
    about: &'static str,
) -> HandlerSettingSchema {
    HandlerSettingSchema { name, since, default, is_bool: false, about }
}

const fn boolean(
    name: &'static str,
    since: &'static str,
    default: &'static str,
    about: &'static str,
) -> HandlerSettingSchema {
    HandlerSettingSchema { name, since, default: Some(default), is_bool: true, about }
}

/// All of them.
pub const HANDLER_SETTINGS: &[HandlerSettingSchema] = &[
    text(
        "handlerVersion",
        "2.2",
        None,
        "The folder of the out-of-process handler to load; the highest installed by default.",
    ),
    text("debugFile", "2.2", None, "The module's debug log; relative to the app's folder."),
    text("debugLevel", "2.2", None, "What the debug log holds and where it goes, such as FILE,TRACE."),
    text(
        "stackSize",
        "3.0",
        Some("1048576"),
        "Stack size of the app's threads; the runtime reads the digits as hexadecimal.",
    ),
    boolean(
        "callStartupHook",
        "3.0",
        "true",
        "Shows the developer exception page for failures of the start.",
    ),
    boolean("setCurrentDirectory", "3.0", "true", "Makes the app's folder the current directory."),
    boolean(
        "enableOutOfProcessConsoleRedirection",
        "5.0",
        "true",
        "Captures the output of the out-of-process app.",
    ),
    boolean(
        "suppressRecycleOnStartupTimeout",
        "5.0",
        "false",
        "Keeps the worker process after a start that took too long.",
    ),
    boolean(
        "disallowRotationOnConfigChange",
        "6.0",
        "false",
        "Keeps the app running when configuration changes.",
    ),
    boolean(
        "experimentalEnableShadowCopy",
        "6.0",
        "false",
        "Runs the app from a copy of its folder (first name).",
    ),
    boolean("enableShadowCopy", "7.0", "false", "Runs the app from a copy of its folder."),
    text("shadowCopyDirectory", "6.0", Some("ShadowCopyDirectory"), "Where the copies go."),
    boolean("cleanShadowCopyDirectory", "6.0", "false", "Deletes older copies at the start."),
    boolean(
        "forwardResponseConnectionHeader",
        "6.0",
        "false",
        "Keeps the Connection header of the out-of-process app.",
    ),
    text(
        "shutdownDelay",
        "9.0",
        Some("1000"),
        "Milliseconds between the notice of a stop and the stop; not negative.",
    ),
];

/// The setting of that name, in any case.
pub fn handler_setting(name: &str) -> Option<&'static HandlerSettingSchema> {
    HANDLER_SETTINGS.iter().find(|setting| setting.name.eq_ignore_ascii_case(name))
}
