//! `falconer check` on real published folders. `FALCONER_PUBLISHES` names what tools/assemble-publishes makes; without
//! it these tests say that they are skipped.
#![allow(clippy::expect_used, reason = "a test stops where something is not as it must be")]

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// A day on which .NET 9 and 10 are supported, as the packages are older than that.
const DAY: &str = "2026-06-01";

/// What must be found of warning or above: file and check.
type Expected<'e> = &'e [(&'e str, &'e str)];

fn publishes() -> Option<PathBuf> {
    let root = std::env::var_os("FALCONER_PUBLISHES").map(PathBuf::from);
    if root.is_none() {
        // Written past the capture of the test harness, so that it is seen.
        let _ = writeln!(
            io::stderr(),
            "SKIPPED: FALCONER_PUBLISHES is not set, no real published folder was checked"
        );
    }
    root
}

/// The findings of warning or above: file and check.
fn findings(root: &Path, folder: &str, arguments: &str) -> BTreeSet<(String, String)> {
    let output = Command::new(env!("CARGO_BIN_EXE_falconer"))
        .args(["check", "--no-config", "--format", "json", "--today", DAY, folder])
        .args(arguments.split_whitespace())
        .current_dir(root)
        .output()
        .expect("the program runs");
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| {
        panic!("{folder} {arguments}: no JSON ({error}): {}", String::from_utf8_lossy(&output.stderr))
    });
    let severe = |finding: &&Value| finding["severity"] != "note";
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let findings = answer["findings"].as_array().expect("a list of findings");
    findings.iter().filter(severe).map(|found| (text(&found["file"]), text(&found["check"]))).collect()
}

/// Holds what is found against what must be found, for each folder with each of the arguments.
fn compare(cases: &[(&str, &str, Expected<'_>)]) {
    let Some(root) = publishes() else { return };
    let mut wrong = Vec::new();
    for (folder, arguments, expected) in cases {
        let expected: BTreeSet<(String, String)> =
            expected.iter().map(|(file, check)| ((*file).to_owned(), (*check).to_owned())).collect();
        let found = findings(&root, folder, arguments);
        if found != expected {
            wrong.push(format!("{folder} {arguments}: wanted {expected:?}, found {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_fits_its_target_is_silent() {
    const NET9: &str = "--runtime Microsoft.NETCore.App/9.0.5 --runtime Microsoft.AspNetCore.App/9.0.5";
    const NET10: &str = "--runtime Microsoft.NETCore.App/10.0.1 --runtime Microsoft.AspNetCore.App/10.0.1";
    let on = |target: &str, runtimes: &str| format!("--target {target} {runtimes}");
    let any_bitness =
        ["iis", "iis --bitness 32", "iis --bitness 64", "iis-express", "azure --bitness 32", "falconer"];
    let windows_x64 = ["iis", "iis --bitness 64", "iis-express --bitness 64", "azure --bitness 64"];
    let mut cases = Vec::new();
    for target in any_bitness {
        cases.push(("published/hello-portable", on(target, NET9)));
        cases.push(("published/hello-portable-built-on-windows", on(target, NET9)));
        cases.push(("published/nswag-net10", on(target, NET10)));
    }
    for target in windows_x64 {
        cases.push(("published/hello-win-x64", on(target, NET9)));
        cases.push(("published/azmcp-win-x64", on(target, "")));
        cases.push(("published/azmcp-win-x64-single-file-outofprocess", on(target, "")));
    }
    // The pool's bitness is nothing to a process of its own.
    cases.push(("published/azmcp-win-x64-single-file-outofprocess", on("iis --bitness 32", "")));
    cases.push(("published/hello-x86", on("iis --bitness 32", NET9)));
    if cfg!(target_os = "linux") {
        cases.push(("published/hello-linux-x64", on("falconer", NET9)));
        cases.push(("published/azmcp-linux-x64", on("falconer", "")));
        cases.push(("packaged/azmcp-linux-x64", on("falconer", "")));
    }
    let cases: Vec<_> =
        cases.iter().map(|(folder, arguments)| (*folder, arguments.as_str(), &[][..])).collect();
    compare(&cases);
}

/// .NET Core 2.2 has not been supported since 2019: that is said, and nothing else.
#[test]
fn an_old_app_on_an_old_server_is_only_said_to_be_old() {
    const OLD: Expected<'_> = &[("hello.runtimeconfig.json", "folder.target-framework-out-of-support")];
    compare(&[
        ("published/hello-portable-net2", "--dotnet-root dotnet-root-win-x64", OLD),
        ("published/hello-win-x64-self-contained", "--bitness 64", OLD),
    ]);
}

#[test]
fn what_does_not_fit_is_named() {
    const OTHER_SYSTEM: &str = "folder.wrong-platform";
    const OTHER_BITNESS: &str = "folder.architecture-differs-from-pool";
    const NOT_INSTALLED: &str = "join.framework-not-installed";
    const OLD: (&str, &str) = ("hello.runtimeconfig.json", "folder.target-framework-out-of-support");
    const NO_EXE: (&str, &str) = ("web.config", "web-config.process-path-without-extension");
    compare(&[
        ("published/hello-linux-x64", "--target iis", &[("hello.deps.json", OTHER_SYSTEM), NO_EXE]),
        ("published/azmcp-linux-x64", "--target iis", &[("azmcp.deps.json", OTHER_SYSTEM), NO_EXE]),
        ("published/hello-x86", "--bitness 64", &[("hello.dll", OTHER_BITNESS)]),
        ("published/hello-win-x64", "--bitness 32", &[("hello.deps.json", OTHER_BITNESS)]),
        (
            "published/hello-win-x64-self-contained",
            "--bitness 32",
            &[("hello.deps.json", OTHER_BITNESS), OLD],
        ),
        ("published/azmcp-win-x64", "--bitness 32", &[("azmcp.deps.json", OTHER_BITNESS)]),
        (
            "published/azmcp-win-x64-single-file-inprocess",
            "--bitness 64",
            &[("web.config", "join.single-file-in-process")],
        ),
        (
            "published/hello-portable",
            "--dotnet-root dotnet-root-win-x64",
            &[("hello.runtimeconfig.json", NOT_INSTALLED)],
        ),
        (
            "published/hello-portable",
            "--runtime Microsoft.NETCore.App/9.0.5",
            &[("hello.runtimeconfig.json", NOT_INSTALLED)],
        ),
    ]);
    if cfg!(target_os = "linux") {
        let windows: Expected<'_> = &[("hello.deps.json", OTHER_SYSTEM)];
        compare(&[("published/hello-win-x64", "--target falconer", windows)]);
    }
}

/// What a package brings is no site: nothing but the web.config is missing.
#[test]
fn folders_of_packages_show_what_they_lack_for_iis() {
    const NO_SITE: Expected<'_> = &[("web.config", "folder.web-config-missing")];
    let old = |file| [(file, "folder.target-framework-out-of-support")];
    compare(&[
        ("packaged/azmcp-win-x64-single-file", "--bitness 64", NO_SITE),
        ("packaged/nswag-net8", "", NO_SITE),
        ("packaged/nswag-net10", "", NO_SITE),
        ("packaged/autorest-csharp", "", &[]),
        ("packaged/dotnet-sql-cache", "--bitness 32", &old("dotnet-sql-cache.runtimeconfig.json")),
        ("packaged/dotnet-sql-cache", "--bitness 64", &old("dotnet-sql-cache.runtimeconfig.json")),
        ("packaged/dotnet-watch", "", &old("dotnet-watch.runtimeconfig.json")),
    ]);
}
