//! Attributes of `<aspNetCore>`, and its elements.

use super::{Row, SAFE, UNSAFE};

pub(crate) const ATTRIBUTES: &[Row] = &[
    (
        "unknown-attribute",
        r#"<aspNetCore processPath="dotnet" arguments=".\App.dll" stdoutLogfile='.\a' />"#,
        r#"<aspNetCore processPath="dotnet" arguments=".\App.dll" stdoutLogFile='.\a' />"#,
        SAFE,
    ),
    (
        "unknown-attribute",
        r#"<aspNetCore processPath="dotnet" arguments=".\App.dll" startTimeLimit="1" />"#,
        r#"<aspNetCore processPath="dotnet" arguments=".\App.dll" startupTimeLimit="1" />"#,
        UNSAFE,
    ),
    (
        "unknown-element",
        "<aspNetCore processPath='a.exe'><enviromentVariables ><clear /></enviromentVariables\n></aspNetCore>",
        "<aspNetCore processPath='a.exe'><environmentVariables ><clear /></environmentVariables\n></aspNetCore>",
        SAFE,
    ),
    (
        "transform-left-in",
        "<aspNetCore processPath='a.exe' xmlns:xdt='http://schemas.microsoft.com/XML-Document-Transform' xdt:Transform='SetAttributes(processPath)' />",
        "<aspNetCore processPath='a.exe' xmlns:xdt='http://schemas.microsoft.com/XML-Document-Transform' />",
        UNSAFE,
    ),
    (
        "bad-value",
        "<aspNetCore processPath='a.exe' requestTimeout='00:60:00' />",
        "<aspNetCore processPath='a.exe' requestTimeout='01:00:00' />",
        SAFE,
    ),
    (
        "bad-value",
        "<aspNetCore processPath='a.exe' stdoutLogEnabled = 'no' />",
        "<aspNetCore processPath='a.exe' stdoutLogEnabled = 'false' />",
        SAFE,
    ),
    (
        "bad-value",
        "<aspNetCore processPath='a.exe' requestTimeout='120' />",
        "<aspNetCore processPath='a.exe' requestTimeout='00:02:00' />",
        UNSAFE,
    ),
    (
        "bad-value",
        "<aspNetCore processPath='a.exe'\n        stdoutLogFile='' stdoutLogEnabled='false' />",
        "<aspNetCore processPath='a.exe'\n        stdoutLogEnabled='false' />",
        UNSAFE,
    ),
    (
        "hosting-model-unknown",
        "<aspNetCore processPath='a.exe' hostingModel='In-Process' />",
        "<aspNetCore processPath='a.exe' hostingModel='inprocess' />",
        SAFE,
    ),
    (
        "hosting-model-unknown",
        "<aspNetCore processPath='a.exe' hostingModel='outprocess' />",
        "<aspNetCore processPath='a.exe' hostingModel='outofprocess' />",
        UNSAFE,
    ),
    (
        "request-timeout-in-process",
        "<aspNetCore processPath='a.exe' hostingModel='inprocess'\n        requestTimeout='00:10:00'\n        startupTimeLimit='60' />",
        "<aspNetCore processPath='a.exe' hostingModel='inprocess'\n        startupTimeLimit='60' />",
        SAFE,
    ),
    (
        "processes-per-application-in-process",
        "<aspNetCore processPath='a.exe' processesPerApplication='2' hostingModel='inprocess' />",
        "<aspNetCore processPath='a.exe' hostingModel='inprocess' />",
        SAFE,
    ),
    (
        "stdout-log-enabled",
        "<aspNetCore processPath='a.exe' stdoutLogEnabled=\"True\" />",
        "<aspNetCore processPath='a.exe' stdoutLogEnabled=\"false\" />",
        UNSAFE,
    ),
    (
        "stdout-log-path",
        r"<aspNetCore processPath='a.exe' stdoutLogFile='C:\Users\me\logs\out' />",
        r"<aspNetCore processPath='a.exe' stdoutLogFile='.\logs\stdout' />",
        UNSAFE,
    ),
    (
        "attribute-unused-in-process",
        "<aspNetCore processPath='a.exe' rapidFailsPerMinute='3' hostingModel='inprocess' />",
        "<aspNetCore processPath='a.exe' hostingModel='inprocess' />",
        SAFE,
    ),
    (
        "startup-time-limit-short",
        "<aspNetCore processPath='a.exe' startupTimeLimit='1' />",
        "<aspNetCore processPath='a.exe' />",
        UNSAFE,
    ),
    (
        "shutdown-time-limit-zero",
        "<aspNetCore shutdownTimeLimit='0' processPath='a.exe' />",
        "<aspNetCore processPath='a.exe' />",
        UNSAFE,
    ),
    (
        "rapid-fails-zero",
        "<aspNetCore processPath='a.exe' rapidFailsPerMinute='0' />",
        "<aspNetCore processPath='a.exe' />",
        UNSAFE,
    ),
    (
        "stdout-log-path-absolute",
        r"<aspNetCore processPath='a.exe' stdoutLogFile='C:\Users\me\out' />",
        r"<aspNetCore processPath='a.exe' stdoutLogFile='.\logs\stdout' />",
        UNSAFE,
    ),
    (
        "stdout-log-path-azure",
        r"<aspNetCore processPath='a.exe' stdoutLogFile='\\?\%home%\LogFiles\stdout' />",
        r"<aspNetCore processPath='a.exe' stdoutLogFile='.\logs\stdout' />",
        UNSAFE,
    ),
    (
        "stdout-log-path-is-folder",
        r"<aspNetCore processPath='a.exe' stdoutLogFile='.\logs\' />",
        r"<aspNetCore processPath='a.exe' stdoutLogFile='.\logs\stdout' />",
        UNSAFE,
    ),
];
