//! What is run.

use super::{Row, SAFE, UNSAFE};

pub(crate) const PROCESS: &[Row] = &[
    (
        "arguments-repeated",
        r"<aspNetCore processPath='.\App.exe' arguments='.\App.dll --urls x' />",
        r"<aspNetCore processPath='.\App.exe' arguments='--urls x' />",
        UNSAFE,
    ),
    (
        "arguments-repeated",
        r"<aspNetCore processPath='dotnet' arguments='dotnet App.dll' />",
        r"<aspNetCore processPath='dotnet' arguments='App.dll' />",
        UNSAFE,
    ),
    (
        "arguments-repeated",
        r"<aspNetCore processPath='dotnet' arguments='exec exec App.dll' />",
        r"<aspNetCore processPath='dotnet' arguments='exec App.dll' />",
        UNSAFE,
    ),
    (
        "exe-in-build-folder",
        r"<aspNetCore processPath='bin\Debug\net8.0\App.exe' />",
        r"<aspNetCore processPath='.\App.exe' />",
        UNSAFE,
    ),
    (
        "absolute-build-machine-path",
        r#"<aspNetCore processPath="dotnet" arguments="&quot;C:\Users\me\My App\App.dll&quot; --x &amp;" />"#,
        r#"<aspNetCore processPath="dotnet" arguments="&quot;.\App.dll&quot; --x &amp;" />"#,
        UNSAFE,
    ),
    (
        "process-path-is-dll",
        r#"<aspNetCore processPath=".\My App.dll" arguments="--urls=x" hostingModel="inprocess" />"#,
        r#"<aspNetCore processPath="dotnet" arguments="&quot;.\My App.dll&quot; --urls=x" hostingModel="inprocess" />"#,
        SAFE,
    ),
    (
        "process-path-is-dll",
        r#"<aspNetCore processPath=".\App.dll" hostingModel="inprocess" />"#,
        r#"<aspNetCore processPath="dotnet" arguments=".\App.dll" hostingModel="inprocess" />"#,
        SAFE,
    ),
    (
        "dotnet-runs-exe",
        r#"<aspNetCore processPath="dotnet" arguments=".\App.EXE a" />"#,
        r#"<aspNetCore processPath="dotnet" arguments=".\App.dll a" />"#,
        UNSAFE,
    ),
    (
        "dotnet-argument-not-dll",
        r#"<aspNetCore processPath="dotnet" arguments=".\My.App" />"#,
        r#"<aspNetCore processPath="dotnet" arguments=".\My.App.dll" />"#,
        UNSAFE,
    ),
    (
        "process-path-quoted",
        "<aspNetCore processPath='\".\\a.exe\"' />",
        "<aspNetCore processPath='.\\a.exe' />",
        SAFE,
    ),
    (
        "process-path-quoted",
        "<aspNetCore processPath=\"&quot;C:\\Program Files\\a.exe&quot;\" />",
        "<aspNetCore processPath=\"C:\\Program Files\\a.exe\" />",
        UNSAFE,
    ),
    (
        "process-path-blanks",
        "<aspNetCore processPath=' a.exe ' />",
        "<aspNetCore processPath='a.exe' />",
        SAFE,
    ),
    (
        "arguments-quote-unbalanced",
        "<aspNetCore processPath='a.exe' arguments='--root \"C:\\My Data\\\" --x' />",
        "<aspNetCore processPath='a.exe' arguments='--root \"C:\\My Data\\\\\" --x' />",
        UNSAFE,
    ),
];

/// Where the app's dll is known.
pub(crate) const WITH_ENTRY: &[Row] = &[
    (
        "process-path-missing",
        "<aspNetCore hostingModel='inprocess' />",
        "<aspNetCore processPath=\"dotnet\" arguments=\".\\My.App.dll\" hostingModel='inprocess' />",
        UNSAFE,
    ),
    (
        "launcher-placeholders-left",
        "<aspNetCore processPath='%LAUNCHER_PATH%' arguments='%launcher_args% --x' />",
        "<aspNetCore processPath='dotnet' arguments='.\\My.App.dll --x' />",
        UNSAFE,
    ),
    (
        "launcher-placeholders-left",
        "<aspNetCore processPath='bin\\VSIISExeLauncher.exe' arguments='-argFile IISExeLauncherArgs.txt' />",
        "<aspNetCore processPath='dotnet' arguments='.\\My.App.dll' />",
        UNSAFE,
    ),
    (
        "arguments-missing-for-dotnet",
        "<aspNetCore processPath='dotnet' />",
        "<aspNetCore processPath='dotnet' arguments=\".\\My.App.dll\" />",
        UNSAFE,
    ),
    (
        "dotnet-argument-not-dll",
        "<aspNetCore processPath='dotnet' arguments='sub\\My.App.dllaa -x' />",
        "<aspNetCore processPath='dotnet' arguments='sub\\My.App.dll -x' />",
        UNSAFE,
    ),
    (
        "dotnet-runs-exe",
        "<aspNetCore processPath='dotnet' arguments='My.App.exe' />",
        "<aspNetCore processPath='dotnet' arguments='My.App.dll' />",
        SAFE,
    ),
];

/// Where the app carries its runtime.
pub(crate) const WITH_RUNTIME: &[Row] = &[
    (
        "process-path-not-exe-in-process",
        "<aspNetCore processPath='My.App' hostingModel='inprocess' />",
        "<aspNetCore processPath='My.App.exe' hostingModel='inprocess' />",
        SAFE,
    ),
    (
        "launcher-placeholders-left",
        "<aspNetCore processPath='%LAUNCHER_PATH%' arguments='%LAUNCHER_ARGS%' />",
        "<aspNetCore processPath='.\\My.App.exe' arguments='' />",
        UNSAFE,
    ),
    (
        "process-path-is-dll",
        "<aspNetCore processPath='My.App.dll' arguments='--x' />",
        "<aspNetCore processPath='.\\My.App.exe' arguments='--x' />",
        UNSAFE,
    ),
    (
        "dotnet-runs-exe",
        "<aspNetCore processPath='dotnet' arguments='.\\My.App.exe --x' />",
        "<aspNetCore processPath='.\\My.App.exe' arguments='--x' />",
        SAFE,
    ),
];
