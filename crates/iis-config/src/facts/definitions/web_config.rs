//! The file itself, `<aspNetCore>`, and what it runs.

use super::{FactDefinition, FactKind, definitions};

definitions! {
    // The file.
    MALFORMED_XML = "malformed-xml" Fault ["kind", "line", "column", "why"]
        "The file is not well-formed XML; IIS answers 500.19 with 0x8007000d.";
    MERGE_CONFLICT_MARKER = "merge-conflict-marker" Fault ["line"]
        "The marker of an unresolved merge conflict is left in the file.";
    ENCODING_MISMATCH = "encoding-mismatch" Fault ["declared", "actual"]
        "The file is stored in another encoding than its declaration says.";
    FILE_TOO_LARGE = "file-too-large" Risk ["bytes", "limit"]
        "The file is larger than IIS reads by default (registry value MaxWebConfigFileSizeInKB, 250).";
    TRANSFORM_LEFT_IN = "transform-left-in" Fault ["attribute"]
        "An instruction of a web.config transform was not applied; IIS does not know the attribute.";
    TRANSFORM_NAMESPACE = "transform-namespace" State ["namespace"]
        "The namespace of web.config transforms is declared.";

    ROOT_ELEMENT_WRONG = "root-element-wrong" Fault ["element"]
        "The outermost element is not <configuration>; IIS takes the file for no configuration.";

    // <aspNetCore>.
    ASP_NET_CORE = "aspnetcore" State ["hosting"]
        "The <aspNetCore> element, with its attributes as they are given.";
    TWO_ASP_NET_CORE = "two-aspnetcore-elements" Fault ["first_line"]
        "There are two <aspNetCore> elements for the same path.";
    ASP_NET_CORE_MISPLACED = "aspnetcore-misplaced" Fault ["parent"]
        "<aspNetCore> stands where neither IIS nor the module reads it.";
    ASP_NET_CORE_IN_LOCATION = "aspnetcore-in-location" State ["path"]
        "<aspNetCore> holds for a path below the file's folder only.";
    UNKNOWN_ATTRIBUTE = "unknown-attribute" Fault ["element", "attribute", "suggestion"]
        "IIS does not know the attribute and refuses the section.";
    UNKNOWN_ELEMENT = "unknown-element" Fault ["parent", "element", "suggestion"]
        "IIS does not know the element and refuses the section.";
    BAD_VALUE = "bad-value" Fault ["element", "attribute", "value", "why", "expected"]
        "IIS or the module does not accept the value.";
    REQUIRED_ATTRIBUTE_MISSING = "required-attribute-missing" Fault ["element", "attribute"]
        "IIS requires the attribute.";
    PROCESS_PATH_MISSING = "process-path-missing" Fault ["state"]
        "processPath is absent or empty; the module requires it.";
    HOSTING_MODEL_UNKNOWN = "hosting-model-unknown" Fault ["value", "suggestion"]
        "The module does not know the hosting model.";
    HOSTING_MODEL_MISSING = "hosting-model-missing" State []
        "No hosting model is given: the module takes out-of-process.";
    IN_PROCESS_WITH_V1 = "in-process-with-v1-module" Fault ["handler"]
        "In-process hosting is asked for, and the handler names the first module, which cannot do it.";
    V2_WITH_V1_HANDLER = "v2-feature-with-v1-module" Risk ["feature", "handler"]
        "The handler names the first module, whose schema does not have what the second one brought.";
    UNUSED_IN_PROCESS = "attribute-unused-in-process" State ["attribute", "value"]
        "The attribute has no effect in-process.";
    REQUEST_TIMEOUT_IN_PROCESS = "request-timeout-in-process" Risk ["value"]
        "requestTimeout has no effect in-process.";
    REQUEST_TIMEOUT_SECONDS = "request-timeout-not-whole-minutes" Risk ["value"]
        "The first module takes a requestTimeout of whole minutes only.";
    PROCESSES_IN_PROCESS = "processes-per-application-in-process" Risk ["value"]
        "In-process there is one process only.";
    STARTUP_TIME_LIMIT = "startup-time-limit" State ["seconds"]
        "How long the app may take to start is given.";
    SHUTDOWN_TIME_LIMIT = "shutdown-time-limit" State ["seconds"]
        "How long the app may take to stop is given.";
    STARTUP_LIMIT_SHORT = "startup-time-limit-short" Risk ["seconds"]
        "The app has hardly any time to start; when it is over, the module answers 500.37 or 502.5.";
    SHUTDOWN_LIMIT_ZERO = "shutdown-time-limit-zero" Risk []
        "The app has no time to stop: it is ended at once.";
    SHUTDOWN_LIMIT_OVER_POOL = "shutdown-time-limit-over-pool-default" State ["seconds", "pool_seconds"]
        "The app may take longer to stop than IIS waits for a worker process by default.";
    REQUEST_TIMEOUT = "request-timeout" State ["value", "seconds"]
        "How long an out-of-process app may take to answer is given.";
    RAPID_FAILS_ZERO = "rapid-fails-zero" Risk []
        "After its first crash the app is not started again for a minute.";
    NO_WINDOWS_AUTH_TOKEN = "forward-windows-auth-token-false" State []
        "The token of Windows authentication is not handed to an out-of-process app.";
    STDOUT_LOG_ENABLED = "stdout-log-enabled" State ["path"]
        "The app's output is written to files.";
    STDOUT_LOG_PATH = "stdout-log-path" State ["value", "enabled"]
        "Where the app's output goes when that is switched on.";
    STDOUT_PATH_AZURE = "stdout-log-path-azure" State ["value", "enabled"]
        "The app's output goes to the place of Azure App Service; %home% is not set on a server of one's own.";
    STDOUT_PATH_ABSOLUTE = "stdout-log-path-absolute" State ["value", "kind", "enabled"]
        "The app's output goes to an absolute path: of a drive, of a share, or of no drive (rooted).";
    STDOUT_PATH_IS_FOLDER = "stdout-log-path-is-folder" Risk ["value", "enabled"]
        "The path ends as a folder does; the module appends _date_pid.log to it, so names begin with the underscore.";
    STDOUT_PATH_BAD = "stdout-log-path-bad-characters" Risk ["value", "characters", "enabled"]
        "The path has characters that Windows does not allow in one.";
    NO_STARTUP_ERROR_PAGE = "startup-error-page-disabled" State []
        "A failed start shows no page of the module.";

    // processPath and arguments.
    LAUNCHER_PLACEHOLDERS = "launcher-placeholders-left" Risk ["attribute", "placeholder"]
        "A placeholder of Visual Studio was not replaced; the file comes from the project, not from publish.";
    ARGUMENTS_MISSING = "arguments-missing-for-dotnet" Fault ["process_path"]
        "dotnet is run without the app's dll.";
    ARGUMENT_NOT_DLL = "dotnet-argument-not-dll" Risk ["argument"]
        "The first argument of dotnet is not the path of a dll.";
    DOTNET_RUNS_EXE = "dotnet-runs-exe" Fault ["argument"]
        "dotnet is given an executable; it runs dlls.";
    PROCESS_PATH_IS_DLL = "process-path-is-dll" Fault ["process_path"]
        "processPath names a dll, which Windows cannot start.";
    PROCESS_PATH_WITHOUT_EXTENSION = "process-path-without-extension" Risk ["process_path"]
        "processPath names an executable without .exe, as publishing for another system than Windows writes it.";
    ARGUMENTS_REPEATED = "arguments-repeated" Risk ["what", "arguments"]
        "The arguments name again what is run already.";
    BUILD_FOLDER = "exe-in-build-folder" Risk ["attribute", "path"]
        "The path leads into a folder of the build (bin\\Debug, bin\\Release).";
    BUILD_MACHINE_PATH = "absolute-build-machine-path" Risk ["attribute", "path"]
        "The path is one of a developer's or a build machine.";
    ABSOLUTE_PATH = "absolute-path" State ["attribute", "path"]
        "The path is absolute.";
    PROCESS_PATH_QUOTED = "process-path-quoted" Risk ["process_path", "hosting"]
        "processPath has quotes; it is one path, blanks and all, and only older modules out-of-process take them.";
    PROCESS_PATH_BLANKS = "process-path-blanks" Risk ["process_path", "where"]
        "processPath begins or ends with a blank, which becomes a part of the file's name.";
    NOT_EXE_IN_PROCESS = "process-path-not-exe-in-process" Fault ["process_path", "extension"]
        "In-process the module takes a processPath without extension, or with .exe.";
    QUOTE_UNBALANCED = "arguments-quote-unbalanced" Risk ["arguments", "escaped"]
        "A quote in the arguments is not closed, perhaps because a backslash in front of one escapes it.";
    SECRET_IN_ARGUMENTS = "secret-in-arguments" Risk ["argument"]
        "A secret stands in plain text in the arguments.";

    // Environment variables and handler settings.
    ENVIRONMENT_VARIABLE = "environment-variable" State ["name", "value"]
        "An environment variable of the app; no value where it looks like a secret.";
    VARIABLE_DUPLICATE = "environment-variable-duplicate" Risk ["name", "first_line", "same_value"]
        "An environment variable is given twice; the last one counts, and equal entries are a duplicate to IIS.";
    VARIABLE_WRONG_ELEMENT = "environment-variable-wrong-element" Fault ["element"]
        "Only <environmentVariable> and <clear> may stand in <environmentVariables>.";
    VARIABLE_INCOMPLETE = "environment-variable-incomplete" Fault ["missing"]
        "An environment variable needs a name and a value.";
    SECRET_IN_VARIABLE = "secret-in-environment-variable" Risk ["name"]
        "A secret stands in plain text.";
    VARIABLE_BAD_NAME = "environment-variable-bad-name" Risk ["name", "why"]
        "Windows does not take the name of the variable, or nothing will look for it (blanks).";
    VARIABLE_OVERRIDDEN = "environment-variable-overridden" Risk ["name", "hosting"]
        "The module sets the variable itself; the value given here is lost.";
    URLS_VARIABLE = "urls-variable-set" State ["name", "value", "hosting"]
        "Addresses to listen on are given; behind IIS they come from the bindings or from the module.";
    FIXED_PORT = "fixed-port" State ["value", "hosting"]
        "The port of the out-of-process app is fixed.";
    FIXED_PORT_BAD = "fixed-port-out-of-range" Fault ["value", "min", "max"]
        "The module refuses the fixed port of the out-of-process app.";
    DOTNET_ROOT_VARIABLE = "dotnet-root-variable" State ["name", "value", "hosting"]
        "Where .NET is looked for is set; in-process the module has found it before it sets variables.";
    ROLL_FORWARD_VARIABLE = "roll-forward-variable" State ["name", "value", "hosting"]
        "Which version of a framework counts as fitting is set by a variable.";
    HOST_TRACE = "host-trace-on" State ["name", "value"]
        "The host's trace is switched on; it goes to the app's output or to a file.";
    HOSTING_STARTUP = "hosting-startup-assemblies-set" State ["value"]
        "Assemblies are loaded into the app at its start.";
    ENVIRONMENT_DEVELOPMENT = "environment-development" Risk ["variable"]
        "The app runs in the Development environment.";
    DETAILED_ERRORS = "detailed-errors-on" State ["variable"]
        "Details of failures are shown to every visitor.";
    HANDLER_SETTING = "handler-setting" State ["name", "value"]
        "A handler setting.";
    HANDLER_SETTING_UNKNOWN = "handler-setting-unknown" Risk ["name", "suggestion"]
        "The module does not know the handler setting and ignores it.";
    HANDLER_SETTING_BAD_VALUE = "handler-setting-bad-value" Risk ["name", "value", "expected"]
        "The module does not understand the value of the handler setting.";
    HANDLER_SETTING_DUPLICATE = "handler-setting-duplicate" Risk ["name", "first_line"]
        "A handler setting is given twice; the first one counts.";
    DEBUG_FILE_ALONE = "debug-file-without-level" Risk ["file"]
        "The module's debug log has a file and no level; without one nothing is written.";
    DEBUG_LOG = "debug-log-configured" State ["file", "level"]
        "The module's debug log is switched on.";
}
