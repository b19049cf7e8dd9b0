//! Answers as they come out of real folders.

use falconer_report::check::model::*;
use falconer_report::model::{Confidence, Input, Remedy, Snippet, Warning};

fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn remedy(platform: &str, text: &str, commands: &[&str]) -> Remedy {
    Remedy { platform: platform.into(), text: text.into(), commands: strings(commands) }
}

fn input(file: &str, kind: &str, bytes: u64) -> Input {
    Input { file: file.into(), kind: kind.into(), bytes }
}

fn shows(shows: &[(&str, &str)]) -> Vec<WillShow> {
    let show = |(channel, text): &(&str, &str)| WillShow { channel: (*channel).into(), text: (*text).into() };
    shows.iter().map(show).collect()
}

/// A finding with its names only, about the folder.
fn finding(check: &str, failure: &str, severity: Severity, confidence: Confidence) -> Finding {
    Finding {
        check: check.into(),
        title: String::new(),
        failure: failure.into(),
        failure_title: String::new(),
        scenario: failure.into(),
        severity,
        confidence,
        message: String::new(),
        why: String::new(),
        will_show: Vec::new(),
        file: ".".into(),
        line: None,
        column: None,
        end_line: None,
        end_column: None,
        snippet: None,
        remedies: Vec::new(),
        fix: None,
        fingerprint: "0".repeat(32),
        sources: Vec::new(),
    }
}

const WEB_CONFIG: &str = r#"<configuration>
  <system.webServer>
    <handlers>
      <add name="aspNetCore" path="*" verb="*" modules="AspNetCoreModuleV2" resourceType="Unspecified" />
    </handlers>
    <aspNetCore procesPath="dotnet" arguments=".\Shop.dll" stdoutLogEnabled="true" hostingModel="inprocess" />
  </system.webServer>
</configuration>
"#;

const RUNTIME_CONFIG: &str = r#"{
  "runtimeOptions": {
    "tfm": "net8.0",
    "framework": {
      "name": "Microsoft.AspNetCore.App",
      "version": "8.0.7"
    }
  }
}"#;

/// Puts a finding on the place of `spot` in `text`.
fn at(finding: &mut Finding, file: &str, text: &str, spot: &str, label: &str) {
    let start = text.find(spot).unwrap();
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line = u32::try_from(text[..start].matches('\n').count() + 1).unwrap();
    let column = u32::try_from(text[line_start..start].chars().count() + 1).unwrap();
    finding.file = file.into();
    finding.line = Some(line);
    finding.column = Some(column);
    finding.end_line = Some(line);
    finding.end_column = Some(column + u32::try_from(spot.chars().count()).unwrap());
    finding.snippet = Some(Snippet {
        first_line: 1,
        text: text.into(),
        start,
        end: start + spot.len(),
        label: label.into(),
    });
}

fn misspelt() -> Finding {
    let mut found =
        finding("web-config.unknown-attribute", "web-config-malformed", Severity::Error, Confidence::Certain);
    found.title = "An attribute of `<aspNetCore>` is not known".into();
    found.failure_title = "IIS can't read the app's web.config".into();
    found.message = "`<aspNetCore>` has no attribute `procesPath`; `processPath` is meant".into();
    found.why =
        "The module's schema doesn't know the attribute. IIS refuses the whole web.config, so that every \
                 request ends with 500.19 before the module is asked."
            .into();
    found.will_show = shows(&[
        ("page", "HTTP Error 500.19 - Internal Server Error\nError Code: 0x8007000d"),
        ("event-log", "No entry."),
    ]);
    at(&mut found, "web.config", WEB_CONFIG, "procesPath", "not known; did you mean `processPath`?");
    found.fix = Some(FixInfo { safe: true, text: "Renames the attribute to `processPath`.".into() });
    found.remedies = vec![remedy("any", "Correct the name of the attribute in web.config.", &[])];
    found.fingerprint = "5d41402abc4b2a76b9719d911017c592".into();
    found.sources = strings(&["aspnetcore_schema_v2.xml"]);
    found
}

fn logging_left_on() -> Finding {
    let mut found =
        finding("web-config.stdout-log-on", "stdout-log-fails", Severity::Warning, Confidence::Likely);
    found.title = "The stdout log is on".into();
    found.failure_title = "The stdout log can't be written, or fills the disk".into();
    found.message = "`stdoutLogEnabled` is `true`".into();
    found.why = "The log isn't rotated and has no limit. It is meant for the time of a search only.".into();
    at(&mut found, "web.config", WEB_CONFIG, "stdoutLogEnabled=\"true\"", "");
    found.fix = Some(FixInfo {
        safe: false,
        text: "Sets `stdoutLogEnabled` to `false`. Someone may be reading it.".into(),
    });
    found.fingerprint = "7d793037a0760186574b0282f2f435e7".into();
    found
}

fn framework_missing() -> Finding {
    let mut found =
        finding("folder.framework-missing", "missing-shared-framework", Severity::Error, Confidence::Certain);
    found.title = "The target has no runtime that fits".into();
    found.failure_title = "The shared framework that the app asks for is not installed".into();
    found.message = "the target has Microsoft.AspNetCore.App 6.0.36, the app asks for 8.0.7".into();
    found.why =
        "hostfxr takes an installed version of the same major version only. The module answers 500.31."
            .into();
    found.will_show = shows(&[("page", "HTTP Error 500.31 - Failed to load ASP.NET Core runtime")]);
    at(&mut found, "Shop.runtimeconfig.json", RUNTIME_CONFIG, "\"8.0.7\"", "asked for here");
    found.remedies = vec![
        remedy(
            "iis",
            "Install the ASP.NET Core 8.0 Hosting Bundle on the server, then restart IIS.",
            &["winget install Microsoft.DotNet.HostingBundle.8", "net stop was /y", "net start w3svc"],
        ),
        remedy(
            "project",
            "Or publish the app with its own runtime.",
            &["dotnet publish -c Release -r win-x64 --self-contained"],
        ),
    ];
    found.fingerprint = "acbd18db4cc2f85cedef654fccc4a4d8".into();
    found.sources = strings(&["dotnet/runtime fx_resolver.cpp"]);
    found
}

fn wrong_platform() -> Finding {
    let mut found = finding("folder.wrong-platform", "wrong-platform", Severity::Error, Confidence::Possible);
    found.title = "The folder was published for another operating system".into();
    found.failure_title = "The app was published for another operating system".into();
    found.message = "the native libraries are those of linux-x64, the target is Windows".into();
    found.why = "The first call into one of them ends the app.".into();
    found.remedies = vec![remedy("project", "Publish for Windows.", &["dotnet publish -r win-x64"])];
    found.fingerprint = "37b51d194a7513e45b56f6524f2d51f2".into();
    found
}

fn out_of_support() -> Finding {
    let mut found =
        finding("folder.out-of-support", "framework-unsupported", Severity::Note, Confidence::Certain);
    found.title = "The target framework is out of support".into();
    found.failure_title = "The runtime is out of support".into();
    found.message = "net8.0 is out of support since 2026-11-10".into();
    found.why = "It gets no security fixes.".into();
    found.file = "Shop.runtimeconfig.json".into();
    found.line = Some(3);
    found.fingerprint = "b6d81b360a5672d80c27430f39153e2c".into();
    found
}

fn empty() -> CheckReport {
    CheckReport {
        format_version: CHECK_FORMAT_VERSION,
        root: "./publish".into(),
        target: TargetInfo {
            platform: "iis".into(),
            bitness: Some("64".into()),
            runtimes: Some(strings(&["Microsoft.NETCore.App 6.0.36", "Microsoft.AspNetCore.App 6.0.36"])),
        },
        findings: Vec::new(),
        not_checked: Vec::new(),
        suppressed: Vec::new(),
        unused_suppressions: Vec::new(),
        fixed: Vec::new(),
        inputs: Vec::new(),
        warnings: Vec::new(),
    }
}

fn not_checked() -> Vec<NotChecked> {
    vec![
        NotChecked { what: "permissions".into(), why: "no Windows target".into(), how: None },
        NotChecked {
            what: "application pools".into(),
            why: "no applicationHost.config".into(),
            how: Some("--apphost FILE".into()),
        },
    ]
}

/// A folder with findings of every kind, and all else that there can be to tell.
pub(super) fn broken() -> CheckReport {
    CheckReport {
        findings: vec![
            wrong_platform(),
            out_of_support(),
            framework_missing(),
            misspelt(),
            logging_left_on(),
        ],
        not_checked: not_checked(),
        suppressed: vec![
            Suppressed {
                check: "web-config.secret".into(),
                file: "web.config".into(),
                line: Some(12),
                by: "web.config:11".into(),
                reason: Some("a public key, not a secret".into()),
            },
            Suppressed {
                check: "folder.app-offline".into(),
                file: "app_offline.htm".into(),
                line: None,
                by: "falconer.toml".into(),
                reason: None,
            },
        ],
        unused_suppressions: vec![
            UnusedSuppression {
                file: "web.config".into(),
                line: Some(20),
                text: "`web-config.time-limit` is not found here".into(),
            },
            UnusedSuppression {
                file: "--ignore".into(),
                line: None,
                text: "`folder.nothing` is no check; did you mean `folder.native`?".into(),
            },
        ],
        inputs: vec![
            input("publish/web.config", "web.config", 512),
            input("publish/Shop.runtimeconfig.json", "runtime configuration", 162),
            input("publish/Shop.dll", "managed assembly", 1_118_208),
        ],
        warnings: vec![Warning {
            file: "publish/broken.dll".into(),
            text: "ends in the middle of its headers; left out".into(),
        }],
        ..empty()
    }
}

pub(super) fn healthy() -> CheckReport {
    CheckReport { not_checked: not_checked(), inputs: broken().inputs, ..empty() }
}

/// What `--fix` leaves behind: one file is written, one would be with `--fix=unsafe`.
pub(super) fn fixed() -> CheckReport {
    let diff = "--- publish/web.config\n+++ publish/web.config\n@@ -6,1 +6,1 @@\n\
                -    <aspNetCore procesPath=\"dotnet\" />\n+    <aspNetCore processPath=\"dotnet\" />\n     </system.webServer>\n";
    CheckReport {
        findings: vec![logging_left_on()],
        fixed: vec![
            FixedFile {
                file: "web.config".into(),
                changes: strings(&["Renamed the attribute `procesPath` to `processPath`."]),
                diff: Some(diff.into()),
                kept: Some("publish/web.config.falconer-kept".into()),
            },
            FixedFile {
                file: "Shop.runtimeconfig.json".into(),
                changes: strings(&["Would roll forward to the next major version."]),
                diff: None,
                kept: None,
            },
        ],
        inputs: broken().inputs,
        ..empty()
    }
}

/// [`broken`] with hostile text in every string.
pub(super) fn hostile() -> CheckReport {
    let hostile = crate::renderers::samples::HOSTILE;
    let mut report = broken();
    report.fixed = fixed().fixed;
    report.rewrite_texts(&mut |_| Some(hostile.to_owned()));
    for finding in &mut report.findings {
        finding.check = hostile.into();
        finding.failure = hostile.into();
    }
    report.target.platform = hostile.into();
    report.target.runtimes = Some(vec![hostile.into()]);
    report
}
