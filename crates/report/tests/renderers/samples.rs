//! Reports as they come out of real cases.

pub(crate) mod arbitrary;

use falconer_report::model::*;

/// A diagnosis with its names only.
pub(crate) fn diagnosis(id: &str, scenario: &str, confidence: Confidence, title: &str) -> Diagnosis {
    Diagnosis {
        id: id.into(),
        scenario: scenario.into(),
        confidence,
        title: title.into(),
        summary: String::new(),
        application: None,
        seen: None,
        because: Vec::new(),
        evidence: Vec::new(),
        contradicted_by: Vec::new(),
        consequences: Vec::new(),
        remedies: Vec::new(),
        ruled_out: Vec::new(),
        missing_evidence: Vec::new(),
        checks: Vec::new(),
        sources: Vec::new(),
    }
}

pub(crate) fn report(verdict: Verdict) -> Report {
    Report {
        format_version: FORMAT_VERSION,
        verdict,
        diagnoses: Vec::new(),
        symptoms: Vec::new(),
        missing_evidence: Vec::new(),
        inputs: Vec::new(),
        channels: Vec::new(),
        warnings: Vec::new(),
    }
}

fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn remedy(platform: &str, text: &str, commands: &[&str]) -> Remedy {
    Remedy { platform: platform.into(), text: text.into(), commands: strings(commands) }
}

fn ruled_out(id: &str, title: &str, why: &str) -> RuledOut {
    RuledOut { id: id.into(), title: title.into(), why: why.into() }
}

fn input(file: &str, kind: &str, bytes: u64) -> Input {
    Input { file: file.into(), kind: kind.into(), bytes }
}

fn channel(channel: &str, state: &str) -> ChannelInfo {
    ChannelInfo { channel: channel.into(), state: state.into() }
}

fn stdout_log() -> MissingEvidence {
    MissingEvidence {
        what: "the stdout log".into(),
        why: "it would show the message of hostfxr in full".into(),
        iis: Some("cd C:\\inetpub\\shop\ndotnet .\\Shop.dll".into()),
        azure: Some(
            "az webapp log download --name <app> --resource-group <group> --log-file logs.zip".into(),
        ),
    }
}

fn event_log() -> MissingEvidence {
    MissingEvidence {
        what: "the Windows Application event log".into(),
        why: "the module writes there why it gave up, and .NET the exception that ended the app".into(),
        iis: Some(
            "Get-WinEvent -FilterHashtable @{LogName='Application'; ProviderName='IIS AspNetCore Module V2','.NET Runtime'} -MaxEvents 50 | Format-List | Out-File events.txt"
                .into(),
        ),
        azure: Some("curl -u '<deployment user>' https://<app>.scm.azurewebsites.net/api/vfs/LogFiles/eventlog.xml -o eventlog.xml".into()),
    }
}

const RUNTIME_CONFIG: &str = r#"{
  "runtimeOptions": {
    "tfm": "net8.0",
    "frameworks": [
      {
        "name": "Microsoft.AspNetCore.App",
        "version": "8.0.7"
      }
    ]
  }
}"#;

/// A spot in a text: where `spot` stands, with two lines around it.
fn snippet(text: &str, spot: &str, label: &str) -> Snippet {
    let start = text.find(spot).unwrap();
    Snippet { first_line: 1, text: text.into(), start, end: start + spot.len(), label: label.into() }
}

/// The application asks for a shared framework that is not installed.
pub(crate) fn missing_framework() -> Report {
    let mut best = diagnosis(
        "missing-shared-framework",
        "missing-shared-framework",
        Confidence::Certain,
        "The app needs ASP.NET Core 8.0.7 (x64), only 6.0.36 is installed",
    );
    best.summary = "The app was published framework-dependent. hostfxr looked for Microsoft.AspNetCore.App 8.0.7 and no \
                    installed version fits, since a later major version is needed; the module could not load the \
                    in-process handler and answers 500.31."
        .into();
    best.application = Some(Application {
        id: Some("/LM/W3SVC/5/ROOT".into()),
        physical_root: Some(r"C:\inetpub\shop\".into()),
        config_path: None,
        site: Some("Shop".into()),
        pool: Some("ShopPool".into()),
        pid: Some(4812),
    });
    best.seen =
        Some(Seen { first: "2026-11-02 10:14:03Z".into(), last: "2026-11-02 10:31:40Z".into(), count: 14 });
    best.because = strings(&[
        "`Shop.runtimeconfig.json` asks for Microsoft.AspNetCore.App 8.0.7",
        r"hostfxr found only 6.0.36 at 'C:\Program Files\dotnet\shared\Microsoft.AspNetCore.App'",
    ]);
    best.evidence = vec![
        EvidenceItem {
            channel: "folder".into(),
            file: "site.zip!/Shop.runtimeconfig.json".into(),
            line: Some(7),
            label: Some("runtime configuration".into()),
            quote: r#""version": "8.0.7""#.into(),
            snippet: Some(snippet(RUNTIME_CONFIG, "\"8.0.7\"", "asked for here")),
            ..EvidenceItem::default()
        },
        EvidenceItem {
            channel: "event-log".into(),
            file: r"logs\Application.evtx".into(),
            record: Some(48_213),
            time: Some("2026-11-02 10:31:40Z".into()),
            label: Some("IIS AspNetCore Module V2 / 1027".into()),
            quote: "Could not find 'aspnetcorev2_inprocess.dll'. Exception message:\r\n\
                    You must install or update .NET to run this application.\r\n\r\n\
                    App: C:\\inetpub\\shop\\Shop.dll\r\nArchitecture: x64\r\n\
                    Framework: 'Microsoft.AspNetCore.App', version '8.0.7' (x64)\r\n\
                    .NET location: C:\\Program Files\\dotnet\\\r\n\r\n\
                    The following frameworks were found:\r\n  \
                    6.0.36 at [C:\\Program Files\\dotnet\\shared\\Microsoft.AspNetCore.App]"
                .into(),
            ..EvidenceItem::default()
        },
        EvidenceItem {
            channel: "page".into(),
            file: "page.html".into(),
            line: Some(12),
            quote: "HTTP Error 500.31 - Failed to load ASP.NET Core runtime".into(),
            ..EvidenceItem::default()
        },
    ];
    best.consequences =
        strings(&["Event 1010: Failed to start application '/LM/W3SVC/5/ROOT', ErrorCode '0x8000ffff'"]);
    best.remedies = vec![
        remedy(
            "iis",
            "Install the ASP.NET Core 8.0 Hosting Bundle on the server, then restart IIS.",
            &["winget install Microsoft.DotNet.HostingBundle.8", "net stop was /y", "net start w3svc"],
        ),
        remedy(
            "azure",
            "Choose .NET 8 as the stack of the app.",
            &["az webapp config set --name <app> --resource-group <group> --net-framework-version v8.0"],
        ),
        remedy(
            "project",
            "Publish the app with its own runtime.",
            &["dotnet publish -c Release -r win-x64 --self-contained"],
        ),
    ];
    best.ruled_out = vec![
        ruled_out(
            "process-path-not-found",
            "processPath names a program that is not there",
            "dotnet.exe was started and hostfxr answered",
        ),
        ruled_out(
            "rid-conflict",
            "The app's platform conflicts with its RID",
            "app and process are both x64",
        ),
        ruled_out(
            "in-process-handler-missing",
            "The in-process handler is not referenced",
            "the framework that brings it was not found in the first place",
        ),
    ];
    best.missing_evidence = vec![
        stdout_log(),
        MissingEvidence {
            what: "applicationHost.config".into(),
            why: "it would show the bitness of the application pool".into(),
            iis: Some(r"%windir%\System32\inetsrv\appcmd.exe list config > apphost.xml".into()),
            azure: None,
        },
    ];
    best.checks = vec![
        CheckResult {
            name: "framework-installed".into(),
            text: "Confirm that the shared framework that the app asks for is installed.".into(),
            outcome: CheckOutcome::Fails,
            how: None,
        },
        CheckResult {
            name: "iis-restarted".into(),
            text: "Confirm that IIS was restarted after the bundle was installed.".into(),
            outcome: CheckOutcome::NotKnown,
            how: Some("net stop was /y && net start w3svc".into()),
        },
    ];
    best.sources = strings(&["Errors reference: Missing shared framework", "dotnet/runtime fx_resolver.cpp"]);

    let mut report = report(Verdict::CauseNamed);
    report.diagnoses = vec![best];
    report.inputs = vec![
        input(r"logs\Application.evtx", "event log (evtx)", 1_118_208),
        input("page.html", "saved error page", 5_312),
        input("site.zip!/Shop.runtimeconfig.json", "runtime configuration", 162),
    ];
    report.channels = vec![
        channel("page", "present"),
        channel("event-log", "present"),
        channel("stdout", "not-looked"),
        channel("folder", "present"),
        channel("apphost-config", "not-looked"),
    ];
    report
}

/// A bare 500.30: a symptom and nothing more.
pub(crate) fn unknown() -> Report {
    let mut report = report(Verdict::CauseUnknown);
    report.symptoms = vec![EvidenceItem {
        channel: "page".into(),
        file: "-".into(),
        line: Some(1),
        label: Some("HTTP Error 500.30 - ASP.NET Core app failed to start".into()),
        quote: "HTTP Error 500.30 - ASP.NET Core app failed to start\n\
                Common solutions to this issue:\n\
                The app failed to start\n\
                The app started but then stopped\n\
                The app started but threw an exception during startup"
            .into(),
        ..EvidenceItem::default()
    }];
    report.missing_evidence = vec![event_log(), stdout_log()];
    let possible = |id: &str, scenario: &str, title: &str| Diagnosis {
        because: strings(&["an in-process app that does not come up shows this page"]),
        missing_evidence: vec![event_log()],
        ..diagnosis(id, scenario, Confidence::Possible, title)
    };
    report.diagnoses = vec![
        possible("startup-exception", "app-startup-exception", "The app throws an exception while it starts"),
        possible("main-returned", "app-startup-exception", "Main returns before the server runs"),
        possible("x86-app-on-64bit-pool", "x86-app-on-64bit-pool", "An x86 app in a 64-bit application pool"),
    ];
    report.inputs = vec![input("-", "text of an error page", 214)];
    report.channels = vec![channel("page", "present"), channel("event-log", "not-looked")];
    report
}

pub(crate) fn healthy() -> Report {
    let mut report = report(Verdict::Healthy);
    report.inputs = vec![
        input("web.config", "web.config", 612),
        input("logs/stdout_20261102101403_4812.log", "stdout log", 1_412),
    ];
    report.channels = vec![channel("stdout", "present"), channel("web-config", "present")];
    report
}

const WEB_CONFIG: &str = r#"<configuration>
  <system.webServer>
    <handlers>
      <add name="aspNetCore" path="*" verb="*" modules="AspNetCoreModuleV2" resourceType="Unspecified" />
    </handlers>
    <aspNetCore processPath="dotnet" arguments=".\Admin.dll" stdoutLogEnabled="false" hostingModel="InProcess" />
  </system.webServer>
</configuration>"#;

/// Two applications with a failure each, a possible rival, and an input that could not be read whole.
pub(crate) fn two_applications() -> Report {
    let mut two = missing_framework();
    let mut second = diagnosis(
        "two-in-process-apps-in-one-pool",
        "two-inproc-apps-one-pool",
        Confidence::Likely,
        "Two in-process apps share the application pool 'Shared'",
    );
    second.application = Some(Application {
        id: Some("/LM/W3SVC/2/ROOT/admin".into()),
        physical_root: Some(r"D:\web apps\admin\".into()),
        ..Application::default()
    });
    second.because = strings(&[
        "event 1008 says that only one in-process application is allowed per pool",
        "'/LM/W3SVC/2/ROOT/admin' was started in the pool where '/LM/W3SVC/2/ROOT' was running already",
    ]);
    second.evidence = vec![EvidenceItem {
        channel: "web-config".into(),
        file: r"D:\web apps\admin\web.config".into(),
        line: Some(6),
        quote: r#"hostingModel="InProcess""#.into(),
        snippet: Some(snippet(WEB_CONFIG, r#"hostingModel="InProcess""#, "both apps ask for this")),
        ..EvidenceItem::default()
    }];
    second.contradicted_by = strings(&["no event of the first app was found in the log"]);
    second.remedies = vec![remedy(
        "iis",
        "Give the app an application pool of its own.",
        &[
            "appcmd add apppool /name:AdminPool /managedRuntimeVersion:\"\"",
            "appcmd set app \"Default Web Site/admin\" /applicationPool:AdminPool",
        ],
    )];
    let mut third = diagnosis(
        "antivirus-lock",
        "antivirus-or-file-lock",
        Confidence::Possible,
        "Another program holds the app's files",
    );
    third.because = strings(&["a file was in use at 10:13:58"]);
    two.diagnoses.extend([second, third]);
    two.warnings = vec![Warning {
        file: "logs.zip!/u_ex261102.log".into(),
        text: "ends in the middle of a record; the part before it was read".into(),
    }];
    two
}

/// Nothing could be read.
pub(crate) fn no_evidence() -> Report {
    let mut report = report(Verdict::NoEvidence);
    report.warnings = vec![Warning {
        file: "photo.jpg".into(),
        text: "is not evidence of a kind that is known; left out".into(),
    }];
    report
}

/// Text that tries to be something else in each format.
pub(crate) const HOSTILE: &str = "\u{1b}[2J\u{9b}31m\u{202e}</pre><script>alert(1)</script>| ` ```` @team #12 [x](http://y) \
                           <!-- --> &amp; ]]> '\" **b** _i_ ~~s~~ :tada: www.example.com\n# heading\n- item\n\n> quote";

/// [`two_applications`] with hostile text in every string.
pub(crate) fn hostile() -> Report {
    let text = || HOSTILE.to_owned();
    let item = EvidenceItem {
        channel: text(),
        file: text(),
        line: Some(3),
        record: None,
        time: Some(text()),
        label: Some(text()),
        quote: text(),
        snippet: Some(Snippet { first_line: 1, text: text(), start: 4, end: 60, label: text() }),
    };
    let mut bad = diagnosis(HOSTILE, HOSTILE, Confidence::Certain, HOSTILE);
    bad.summary = text();
    bad.application = Some(Application { id: Some(text()), pid: Some(7), ..Application::default() });
    bad.seen = Some(Seen { first: text(), last: text(), count: 2 });
    bad.because = vec![text()];
    bad.evidence = vec![item.clone(), EvidenceItem { snippet: None, ..item.clone() }];
    bad.contradicted_by = vec![text()];
    bad.consequences = vec![text()];
    bad.remedies = vec![remedy(HOSTILE, HOSTILE, &[HOSTILE])];
    bad.ruled_out = vec![ruled_out(HOSTILE, HOSTILE, HOSTILE)];
    bad.missing_evidence =
        vec![MissingEvidence { what: text(), why: text(), iis: Some(text()), azure: Some(text()) }];
    bad.checks =
        vec![CheckResult { name: text(), text: text(), outcome: CheckOutcome::Fails, how: Some(text()) }];
    bad.sources = vec![text()];
    let mut report = report(Verdict::CauseNamed);
    report.diagnoses = vec![bad.clone(), bad];
    report.symptoms = vec![item];
    report.missing_evidence =
        vec![MissingEvidence { what: text(), why: text(), iis: Some(text()), azure: Some(text()) }];
    report.inputs = vec![input(HOSTILE, HOSTILE, 1)];
    report.channels = vec![channel(HOSTILE, HOSTILE)];
    report.warnings = vec![Warning { file: text(), text: text() }];
    report
}
