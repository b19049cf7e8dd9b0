//! The attributes of elements.
//!
//! Sources: `<aspNetCore>` and its children: aspnetcore_schema_v2.xml (dotnet/aspnetcore) and, for what the module
//! itself demands, ShimOptions.cpp and InProcessOptions.cpp; `<handlers>` and `<modules>`: IIS_schema.xml.

use super::{COLLECTIONS, Kind};

/// Which hosting model makes use of an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Used {
    /// Both.
    Always,
    /// Out-of-process only; in-process it has no effect.
    OutOfProcess,
}

/// An attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AttributeSchema {
    /// Its name; upper and lower case matter.
    pub name: &'static str,
    /// Its type.
    pub kind: Kind,
    /// Its value where it is not given; `None` when it has none.
    pub default: Option<&'static str>,
    /// It must be there.
    pub required: bool,
    /// It must not be empty.
    pub not_empty: bool,
    /// Which hosting model uses it.
    pub used: Used,
    /// The module that first had it (V1: `AspNetCoreModule`, V2: `AspNetCoreModuleV2`); empty where there is one only.
    pub since: &'static str,
    /// What it does, in a sentence.
    pub about: &'static str,
}

/// An element and its attributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ElementSchema {
    /// Its path.
    pub path: &'static str,
    /// Its attributes.
    pub attributes: &'static [AttributeSchema],
    /// The elements it may hold.
    pub children: &'static [&'static str],
}

impl ElementSchema {
    /// The attribute with exactly that name.
    pub fn attribute(&self, name: &str) -> Option<&'static AttributeSchema> {
        self.attributes.iter().find(|attribute| attribute.name == name)
    }
}

const fn attribute(
    name: &'static str,
    kind: Kind,
    default: Option<&'static str>,
    about: &'static str,
) -> AttributeSchema {
    AttributeSchema {
        name,
        kind,
        default,
        required: false,
        not_empty: false,
        used: Used::Always,
        since: "",
        about,
    }
}

impl AttributeSchema {
    const fn required(mut self) -> Self {
        self.required = true;
        self.not_empty = true;
        self
    }

    const fn not_empty(mut self) -> Self {
        self.not_empty = true;
        self
    }

    const fn out_of_process(mut self) -> Self {
        self.used = Used::OutOfProcess;
        self
    }

    const fn since(mut self, module: &'static str) -> Self {
        self.since = module;
        self
    }
}

/// `<aspNetCore>`.
pub const ASP_NET_CORE: ElementSchema = ElementSchema {
    path: "system.webServer/aspNetCore",
    attributes: &[
        attribute("processPath", Kind::ExpandedText, None, "The program that runs the app: dotnet, or the app's own executable.")
            .required()
            .since("V1"),
        attribute("arguments", Kind::ExpandedText, Some(""), "Arguments for the program; with dotnet, the app's dll first.").since("V1"),
        attribute(
            "hostingModel",
            Kind::OneOf(&["inprocess", "outofprocess"]),
            None,
            "Where the app runs: in the IIS worker process, or in a process of its own. Without it: out-of-process.",
        )
        .since("V2"),
        attribute("startupTimeLimit", Kind::Uint { min: 0, max: 3600 }, Some("120"), "Seconds the app may take to start.").since("V1"),
        attribute("shutdownTimeLimit", Kind::Uint { min: 0, max: 600 }, Some("10"), "Seconds the app may take to stop.").since("V1"),
        attribute("rapidFailsPerMinute", Kind::Uint { min: 0, max: 100 }, Some("10"), "How often a minute the process may fail before it is not started any more.")
            .out_of_process()
            .since("V1"),
        attribute("requestTimeout", Kind::TimeSpan { min: 0, max: 1_296_000 }, Some("00:02:00"), "How long the module waits for the app's answer.")
            .out_of_process()
            .since("V1"),
        attribute("stdoutLogEnabled", Kind::Bool, Some("false"), "Writes the app's standard output and error to a file.").since("V1"),
        attribute("stdoutLogFile", Kind::ExpandedText, Some(r".\aspnetcore-stdout"), "Start of the path of that file; its folder must exist.")
            .not_empty()
            .since("V1"),
        attribute("processesPerApplication", Kind::Uint { min: 1, max: 100 }, Some("1"), "How many processes serve the app.")
            .out_of_process()
            .since("V1"),
        attribute("forwardWindowsAuthToken", Kind::Bool, Some("true"), "Hands the token of Windows authentication to the app.")
            .out_of_process()
            .since("V1"),
        attribute("disableStartUpErrorPage", Kind::Bool, Some("false"), "Leaves the error page of a failed start to IIS.").since("V1"),
    ],
    children: &["environmentVariables", "handlerSettings", "recycleOnFileChange"],
};

const NAME_VALUE: &[AttributeSchema] = &[
    attribute("name", Kind::Text, None, "The name.").required(),
    AttributeSchema { required: true, ..attribute("value", Kind::Text, None, "The value; may be empty.") },
];

const ELEMENTS: &[ElementSchema] = &[
    ASP_NET_CORE,
    ElementSchema {
        path: "system.webServer/aspNetCore/environmentVariables",
        attributes: &[],
        children: &["environmentVariable", "clear"],
    },
    ElementSchema {
        path: "system.webServer/aspNetCore/environmentVariables/environmentVariable",
        attributes: NAME_VALUE,
        children: &[],
    },
    ElementSchema {
        path: "system.webServer/aspNetCore/handlerSettings",
        attributes: &[],
        children: &["handlerSetting", "clear"],
    },
    ElementSchema {
        path: "system.webServer/aspNetCore/handlerSettings/handlerSetting",
        attributes: NAME_VALUE,
        children: &[],
    },
    ElementSchema {
        path: "system.webServer/handlers",
        attributes: &[attribute("accessPolicy", Kind::Text, Some("Read"), "What handlers may do.")],
        children: &["add", "remove", "clear"],
    },
    ElementSchema {
        path: "system.webServer/handlers/add",
        attributes: &[
            attribute("name", Kind::Text, None, "The handler's name, its key.").required(),
            attribute("path", Kind::Text, None, "Which paths it serves.").required(),
            AttributeSchema {
                required: true,
                ..attribute("verb", Kind::Text, None, "Which verbs it serves.")
            },
            attribute("type", Kind::Text, None, "A managed handler's type."),
            attribute(
                "modules",
                Kind::Text,
                Some("ManagedPipelineHandler"),
                "The modules that handle the request.",
            ),
            attribute(
                "scriptProcessor",
                Kind::ExpandedText,
                None,
                "The program or dll that handles the request.",
            ),
            attribute(
                "resourceType",
                Kind::OneOf(&["File", "Directory", "Either", "Unspecified"]),
                Some("Unspecified"),
                "Must a file be there?",
            ),
            attribute(
                "requireAccess",
                Kind::OneOf(&["None", "Read", "Write", "Script", "Execute"]),
                Some("Script"),
                "The access that is needed.",
            ),
            attribute("allowPathInfo", Kind::Bool, Some("false"), "Passes the path behind the file name."),
            attribute("preCondition", Kind::Text, None, "When the handler is loaded."),
            attribute(
                "responseBufferLimit",
                Kind::Uint { min: 0, max: u32::MAX },
                Some("4194304"),
                "Bytes buffered.",
            ),
        ],
        children: &[],
    },
    ElementSchema {
        path: "system.webServer/security/requestFiltering/requestLimits",
        attributes: &[
            attribute(
                "maxAllowedContentLength",
                Kind::Uint { min: 0, max: u32::MAX },
                Some("30000000"),
                "Largest request body, in bytes.",
            ),
            attribute("maxUrl", Kind::Uint { min: 0, max: u32::MAX }, Some("4096"), "Longest URL, in bytes."),
            attribute(
                "maxQueryString",
                Kind::Uint { min: 0, max: u32::MAX },
                Some("2048"),
                "Longest query string, in bytes.",
            ),
        ],
        children: &["headerLimits"],
    },
];

/// The element with that path, where its attributes are known.
pub fn element_at(path: &str) -> Option<&'static ElementSchema> {
    ELEMENTS.iter().find(|element| element.path == path)
}

/// The path of an element inside a section, when its name tells: for quotations without the elements around.
pub(crate) fn inner_path_of(name: &str) -> Option<String> {
    let ends = |path: &str| path.rsplit('/').next() == Some(name);
    let element = ELEMENTS.iter().map(|element| element.path).find(|path| ends(path));
    let collection = || COLLECTIONS.iter().map(|collection| collection.path).find(|path| ends(path));
    let added = || COLLECTIONS.iter().find(|collection| collection.add == name);
    element
        .or_else(collection)
        .map(str::to_owned)
        .or_else(|| added().map(|collection| format!("{}/{name}", collection.path)))
}

/// Attributes that IIS allows on any element: locks, and what stands elsewhere or encrypted.
pub(crate) const EVERYWHERE: &[&str] = &[
    "configSource",
    "configProtectionProvider",
    "lockAllAttributesExcept",
    "lockAllElementsExcept",
    "lockAttributes",
    "lockElements",
    "lockItem",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_default_is_a_value_the_schema_accepts() {
        for element in ELEMENTS {
            for attribute in element.attributes {
                if let Some(default) = attribute.default {
                    assert!(attribute.kind.read(default).is_ok(), "{} {}", element.path, attribute.name);
                }
            }
        }
    }
}
