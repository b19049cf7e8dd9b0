//! Failures provoked with a real .NET host and named from its output. `FALCONER_DOTNET_ROOT` names the .NET root;
//! without it this says that it is skipped.
#![allow(clippy::expect_used, reason = "a test stops where something is not as it must be")]

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use falconer_catalog::{Catalog, Part};
use falconer_diagnosis::Diagnoser;
use falconer_evidence::{Gatherer, Limits};
use falconer_messages::Definitions;

/// What is put into the app's folder, what is run, and the failure that must be named first.
struct Provoked {
    name: &'static str,
    files: &'static [(&'static str, &'static str)],
    arguments: &'static [&'static str],
    failure: &'static str,
}

const FRAMEWORK: &str = r#"{"runtimeOptions":{"tfm":"net9.0","framework":{"name":"Microsoft.AspNetCore.App","version":"77.0.0"}}}"#;
const CONFLICTING: &str = r#"{"runtimeOptions":{"tfm":"net9.0","framework":{"name":"Microsoft.NETCore.App","version":"9.0.0"},"rollForward":"Sideways"}}"#;

const PROVOKED: [Provoked; 7] = [
    Provoked {
        name: "a framework that is not installed",
        files: &[("App.dll", ""), ("App.runtimeconfig.json", FRAMEWORK)],
        arguments: &["App.dll"],
        failure: "shared-framework-missing",
    },
    Provoked {
        name: "a dll that is not there",
        files: &[],
        arguments: &["App.dll"],
        failure: "arguments-not-an-app",
    },
    Provoked { name: "no arguments", files: &[], arguments: &[], failure: "arguments-not-an-app" },
    Provoked {
        name: "a runtimeconfig.json that is no JSON",
        files: &[("App.dll", ""), ("App.runtimeconfig.json", "{ \"runtimeOptions\": { , } }")],
        arguments: &["App.dll"],
        failure: "runtimeconfig-or-deps-invalid",
    },
    Provoked {
        name: "a roll-forward setting that does not exist",
        files: &[("App.dll", ""), ("App.runtimeconfig.json", CONFLICTING)],
        arguments: &["App.dll"],
        failure: "roll-forward-setting-invalid",
    },
    Provoked {
        name: "no runtimeconfig.json",
        files: &[("App.dll", "")],
        arguments: &["App.dll"],
        failure: "runtimeconfig-missing",
    },
    Provoked {
        name: "an option file that is not there",
        files: &[("App.dll", "")],
        arguments: &["exec", "--runtimeconfig", "nosuch.json", "App.dll"],
        failure: "runtimeconfig-or-deps-invalid",
    },
];

#[test]
fn what_a_real_host_says_is_named_by_its_failure() {
    let Some(root) = std::env::var_os("FALCONER_DOTNET_ROOT").map(PathBuf::from) else {
        // Written past the capture of the test harness, so that it is seen.
        let note = "SKIPPED: FALCONER_DOTNET_ROOT is not set, no failure was provoked with a real host";
        let _ = writeln!(io::stderr(), "{note}");
        return;
    };
    let messages = Definitions::embedded().expect("valid messages");
    let catalog = Catalog::with_packs(&messages, &[], Part::Rules).expect("valid catalogue");
    let diagnoser = Diagnoser::new(&catalog, &messages);
    for provoked in &PROVOKED {
        let output = run(&root, provoked);
        let mut gatherer = Gatherer::new(Limits::default(), Vec::new());
        gatherer.add_bytes("stdout.log", &output);
        let report = diagnoser.diagnose(&gatherer.finish());
        let got = report.diagnoses.first().map_or("nothing", |d| d.id.as_str());
        assert_eq!(got, provoked.failure, "{}: {}", provoked.name, String::from_utf8_lossy(&output));
    }
}

fn run(root: &Path, provoked: &Provoked) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(provoked.name.replace(' ', "-"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder of our own");
    for (name, content) in provoked.files {
        fs::write(folder.join(name), content).expect("a file of our own");
    }
    let output = Command::new(root.join("dotnet"))
        .args(provoked.arguments)
        .current_dir(&folder)
        .env("DOTNET_ROOT", root)
        .env("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "1")
        .output()
        .expect("the host runs");
    assert!(!output.status.success(), "{}: it was meant to fail", provoked.name);
    [output.stdout, output.stderr].concat()
}
