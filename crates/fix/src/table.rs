//! For which facts there is a repair, and which.

use std::cell::OnceCell;

use crate::xml::Document;
use crate::{Fix, FixContext, Found, Safety, files, json, web_config as w};

/// Larger files are not repaired. IIS reads 250 KB of a web.config by default.
pub const MAX_BYTES: usize = 1 << 20;

/// A fact that there is a repair for, though not in each case.
#[derive(Debug, Clone, Copy)]
pub struct Fixable {
    /// The fact's id: `web-config.unknown-attribute`.
    pub id: &'static str,
    /// Whether the repairs are safe.
    pub safety: Safety,
    run: Run,
}

#[derive(Debug, Clone, Copy)]
enum Run {
    /// For a well-formed configuration file.
    Xml(fn(&Case<'_>, &Document<'_>) -> Option<Fix>),
    /// For a configuration file of any form.
    Damaged(fn(&Case<'_>, &Document<'_>) -> Option<Fix>),
    /// For everything else.
    Plain(fn(&Case<'_>) -> Option<Fix>),
}

/// What a repair is made from.
pub(crate) struct Case<'a> {
    pub(crate) found: &'a Found<'a>,
    pub(crate) text: &'a str,
    pub(crate) context: &'a FixContext,
}

macro_rules! fixable {
    ($($id:literal $safety:ident $run:ident($with:path);)*) => {
        /// All facts that there is a repair for.
        pub const FIXABLE: &[Fixable] =
            &[$(Fixable { id: $id, safety: Safety::$safety, run: Run::$run($with) }),*];
    };
}

fixable! {
    "web-config.malformed-xml" Depends Damaged(w::malformed::malformed);
    "web-config.encoding-mismatch" Depends Damaged(w::encoding::mismatch);
    "web-config.root-element-wrong" Safe Xml(w::names::root);
    "web-config.transform-left-in" Unsafe Xml(w::names::transform);
    "web-config.unknown-attribute" Depends Xml(w::names::attribute);
    "web-config.unknown-element" Depends Xml(w::names::element);
    "web-config.unknown-section" Depends Xml(w::names::element);
    "web-config.bad-value" Depends Xml(w::values::bad_value);
    "web-config.required-attribute-missing" Unsafe Xml(w::handlers::required_attribute);
    "web-config.process-path-missing" Unsafe Xml(w::process::run_app);
    "web-config.hosting-model-unknown" Depends Xml(w::values::hosting_model);
    "web-config.in-process-with-v1-module" Unsafe Xml(w::handlers::in_process_with_v1);
    "web-config.v2-feature-with-v1-module" Unsafe Xml(w::handlers::in_process_with_v1);
    "web-config.attribute-unused-in-process" Safe Xml(w::values::without_effect);
    "web-config.request-timeout-in-process" Safe Xml(w::values::without_effect);
    "web-config.processes-per-application-in-process" Safe Xml(w::values::without_effect);
    "web-config.request-timeout-not-whole-minutes" Unsafe Xml(w::values::whole_minutes);
    "web-config.startup-time-limit-short" Unsafe Xml(w::values::default_again);
    "web-config.shutdown-time-limit-zero" Unsafe Xml(w::values::default_again);
    "web-config.rapid-fails-zero" Unsafe Xml(w::values::default_again);
    "web-config.stdout-log-enabled" Unsafe Xml(w::stdout::off);
    "web-config.stdout-log-path" Unsafe Xml(w::stdout::build_place);
    "web-config.stdout-log-path-absolute" Unsafe Xml(w::stdout::build_place);
    "web-config.stdout-log-path-azure" Unsafe Xml(w::stdout::azure);
    "web-config.stdout-log-path-is-folder" Unsafe Xml(w::stdout::folder);
    "web-config.launcher-placeholders-left" Unsafe Xml(w::process::run_app);
    "web-config.arguments-missing-for-dotnet" Unsafe Xml(w::process::run_app);
    "web-config.dotnet-argument-not-dll" Unsafe Xml(w::process::argument_not_dll);
    "web-config.dotnet-runs-exe" Depends Xml(w::process::dotnet_runs_exe);
    "web-config.process-path-is-dll" Depends Xml(w::process::process_path_is_dll);
    "web-config.arguments-repeated" Unsafe Xml(w::process::arguments_repeated);
    "web-config.exe-in-build-folder" Unsafe Xml(w::process::build_path);
    "web-config.absolute-build-machine-path" Unsafe Xml(w::process::build_path);
    "web-config.process-path-quoted" Depends Xml(w::quoting::process_path_quoted);
    "web-config.process-path-blanks" Safe Xml(w::quoting::process_path_blanks);
    "web-config.process-path-not-exe-in-process" Safe Xml(w::process::exe_in_process);
    "web-config.arguments-quote-unbalanced" Unsafe Xml(w::quoting::quote_unbalanced);
    "web-config.environment-variable-duplicate" Depends Xml(w::environment::duplicate);
    "web-config.environment-variable-wrong-element" Depends Xml(w::environment::wrong_element);
    "web-config.environment-variable-bad-name" Unsafe Xml(w::environment::blank_in_name);
    "web-config.environment-variable-overridden" Safe Xml(w::environment::overridden);
    "web-config.fixed-port-out-of-range" Unsafe Xml(w::environment::remove_variable);
    "web-config.host-trace-on" Unsafe Xml(w::environment::remove_variable);
    "web-config.environment-development" Unsafe Xml(w::environment::remove_variable);
    "web-config.detailed-errors-on" Unsafe Xml(w::environment::remove_variable);
    "web-config.handler-setting-unknown" Unsafe Xml(w::handler_settings::name);
    "web-config.handler-setting-bad-value" Unsafe Xml(w::handler_settings::value);
    "web-config.handler-setting-duplicate" Depends Xml(w::handler_settings::duplicate);
    "web-config.handler-module-misspelt" Depends Xml(w::handlers::module_misspelt);
    "web-config.v1-module-handler" Unsafe Xml(w::handlers::v1_module);
    "web-config.handler-missing" Depends Xml(w::handlers::missing);
    "web-config.handler-not-for-all-requests" Unsafe Xml(w::handlers::narrow);
    "web-config.handlers-in-sub-application" Unsafe Xml(w::handlers::in_sub_application);
    "web-config.handler-other-module" Unsafe Xml(w::handler_form::other_module);
    "web-config.handler-needs-file" Unsafe Xml(w::handler_form::needs_file);
    "web-config.access-policy-without-script" Unsafe Xml(w::handler_form::access_policy);
    "web-config.handler-removed-after-add" Unsafe Xml(w::handler_form::removed_after_add);
    "web-config.duplicate-collection-entry" Depends Xml(w::collections::duplicate_entry);
    "web-config.duplicate-section" Unsafe Xml(w::collections::duplicate_section);
    "web-config.mime-map-in-defaults" Safe Xml(w::collections::mime_map);
    "join.arguments-target-missing" Depends Xml(w::targets::arguments);
    "join.process-path-target-missing" Depends Xml(w::targets::process_path);
    "join.single-file-in-process" Unsafe Xml(w::targets::out_of_process);
    "join.full-framework-in-process" Unsafe Xml(w::targets::out_of_process);
    "join.target-too-old-for-in-process" Unsafe Xml(w::targets::out_of_process);
    "folder.runtimeconfig-invalid" Depends Plain(json::runtimeconfig::invalid);
    "folder.runtimeconfig-reserved-property" Unsafe Plain(json::runtimeconfig::reserved_property);
    "folder.appsettings-invalid" Unsafe Plain(json::appsettings::invalid);
    "folder.app-offline-present" Unsafe Plain(files::app_offline);
    "folder.dev-runtimeconfig-present" Safe Plain(files::dev_runtime_config);
    "folder.staticwebassets-development-manifest" Safe Plain(files::static_web_assets);
    "folder.framework-dependent-with-leftover-hostfxr" Unsafe Plain(files::leftover_hostfxr);
    "folder.ref-assemblies" Unsafe Plain(files::reference_assemblies);
}

/// The entry of [`FIXABLE`] for a fact.
pub fn fixable(id: &str) -> Option<&'static Fixable> {
    FIXABLE.iter().find(|fixable| fixable.id == id)
}

/// Gives the repairs of one file. The file is parsed once, when a repair first needs it.
pub struct Fixer<'a> {
    text: &'a str,
    context: &'a FixContext,
    document: OnceCell<Document<'a>>,
}

impl<'a> Fixer<'a> {
    /// For a decoded text; see [`crate::TextFile`].
    pub fn new(text: &'a str, context: &'a FixContext) -> Self {
        Fixer { text, context, document: OnceCell::new() }
    }

    /// The repair for a fact that was found in this text, if there is one.
    pub fn fix(&self, found: &Found<'_>) -> Option<Fix> {
        let fixable = fixable(found.id)?;
        if self.text.len() > MAX_BYTES {
            return None;
        }
        let case = Case { found, text: self.text, context: self.context };
        let document = || self.document.get_or_init(|| Document::read(self.text));
        match fixable.run {
            Run::Xml(run) => Some(document()).filter(|d| d.config.is_complete()).and_then(|d| run(&case, d)),
            Run::Damaged(run) => run(&case, document()),
            Run::Plain(run) => run(&case),
        }
    }
}

/// The repair for one fact, if there is one. For several facts of a file, a [`Fixer`] parses it only once.
pub fn fix(found: &Found<'_>, text: &str, context: &FixContext) -> Option<Fix> {
    Fixer::new(text, context).fix(found)
}
