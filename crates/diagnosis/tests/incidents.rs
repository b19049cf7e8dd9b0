//! Several applications and days in one log stay apart; what belongs together is told together.
#![allow(clippy::expect_used, reason = "a test stops where something is not as it must be")]

use falconer_catalog::Catalog;
use falconer_diagnosis::Diagnoser;
use falconer_messages::Definitions;
use falconer_observation::{Channel, ChannelState, Evidence, Observation, Source, Timestamp, WinEvent};
use falconer_report::model::{Confidence, Report, Verdict};

fn diagnose(evidence: &Evidence) -> Report {
    let messages = Definitions::embedded().expect("valid messages");
    let catalog = Catalog::embedded(&messages).expect("valid catalogue");
    Diagnoser::new(&catalog, &messages).diagnose(evidence)
}

fn event(time: &str, id: u32, message: &str) -> Observation {
    let event = WinEvent {
        provider: Some("IIS AspNetCore Module V2".to_owned()),
        id: Some(id),
        time: Timestamp::parse_iso(time),
        message: Some(message.to_owned()),
        ..WinEvent::default()
    };
    Observation::of_event(Source::file("Application.evtx").at_record(u64::from(id)), event)
}

fn text(channel: Channel, text: &str) -> Observation {
    Observation::new(channel, Source::file("x").at_line(1), text)
}

fn evidence(observations: Vec<Observation>) -> Evidence {
    let mut evidence = Evidence::default();
    for observation in observations {
        evidence.note_channel(observation.channel, ChannelState::Present);
        evidence.observations.push(observation);
    }
    evidence
}

fn framework_missing(app: &str, time: &str, version: &str) -> Vec<Observation> {
    vec![
        event(
            time,
            1027,
            &format!(
                "Could not find 'aspnetcorev2_inprocess.dll'. Exception message:\nYou must install or update .NET to run this application.\nFramework: 'Microsoft.AspNetCore.App', version '{version}' (x64)\n\nProcess Id: 77."
            ),
        ),
        event(
            time,
            1010,
            &format!("Failed to start application '{app}', ErrorCode '0x8000ffff'.\nProcess Id: 77."),
        ),
    ]
}

#[test]
fn two_applications_in_one_log_are_told_apart_the_newest_first() {
    let mut all = framework_missing("/LM/W3SVC/1/ROOT", "2024-05-01T10:00:00Z", "8.0.0");
    all.push(event(
        "2024-05-02T09:00:00Z",
        1008,
        "Only one in-process application is allowed per IIS application pool. Please assign the application '/LM/W3SVC/2/ROOT/b' to a different IIS application pool.",
    ));
    let report = diagnose(&evidence(all));
    let told: Vec<(&str, Option<&str>)> = report
        .diagnoses
        .iter()
        .map(|d| (d.id.as_str(), d.application.as_ref().and_then(|a| a.id.as_deref())))
        .collect();
    assert_eq!(
        told,
        [
            ("two-in-process-apps", Some("/LM/W3SVC/2/ROOT/b")),
            ("shared-framework-missing", Some("/LM/W3SVC/1/ROOT"))
        ]
    );
}

#[test]
fn the_same_failure_of_the_same_application_is_told_once_with_first_and_last() {
    let mut all = framework_missing("/LM/W3SVC/1/ROOT", "2024-05-01T10:00:00Z", "8.0.0");
    all.extend(framework_missing("/LM/W3SVC/1/ROOT", "2024-05-03T10:00:00Z", "8.0.0"));
    let report = diagnose(&evidence(all));
    assert_eq!(report.diagnoses.len(), 1, "{:?}", report.diagnoses);
    let seen = report.diagnoses[0].seen.clone().expect("it has times");
    assert_eq!(
        (seen.first.as_str(), seen.last.as_str(), seen.count),
        ("2024-05-01 10:00:00Z", "2024-05-03 10:00:00Z", 2)
    );
}

#[test]
fn a_chain_is_told_with_its_first_cause() {
    let mut all = framework_missing("/LM/W3SVC/1/ROOT", "2024-05-01T10:00:00Z", "8.0.0");
    all.push(text(Channel::Page, "HTTP Error 500.31 - Failed to load ASP.NET Core runtime"));
    let report = diagnose(&evidence(all));
    assert_eq!(report.verdict, Verdict::CauseNamed);
    assert_eq!(report.diagnoses.len(), 1, "the page and the 1010 are consequences");
    assert_eq!(report.diagnoses[0].confidence, Confidence::Certain);
    assert!(report.diagnoses[0].because.iter().any(|b| b.contains("8.0.0")));
}

#[test]
fn an_event_without_an_application_belongs_to_the_failure_beside_it() {
    let near = event(
        "2024-05-01T10:00:05Z",
        5009,
        "A process serving application pool 'P' terminated unexpectedly. The process id was '77'. The process exit code was '0xe0434352'.",
    );
    let mut all = framework_missing("/LM/W3SVC/1/ROOT", "2024-05-01T10:00:00Z", "8.0.0");
    all.push(near);
    let report = diagnose(&evidence(all));
    let application = report.diagnoses[0].application.clone().expect("it has an application");
    assert_eq!(application.pool.as_deref(), Some("P"));
}

#[test]
fn a_bare_status_is_a_symptom_with_the_evidence_that_would_settle_it() {
    let report =
        diagnose(&evidence(vec![text(Channel::Page, "HTTP Error 500.30 - ANCM In-Process Start Failure")]));
    assert_eq!(report.verdict, Verdict::CauseUnknown);
    assert!(report.diagnoses.iter().all(|d| d.confidence == Confidence::Possible));
    assert!(
        report
            .missing_evidence
            .iter()
            .any(|m| m.what.contains("event log") && m.iis.is_some() && m.azure.is_some())
    );
}

#[test]
fn the_same_words_mean_less_behind_another_server() {
    let words = "You must install or update .NET to run this application.\nApp: /app/App.dll\nFramework: 'Microsoft.AspNetCore.App', version '8.0.0' (x64)";
    let alone = diagnose(&evidence(vec![text(Channel::Stdout, &words.replace("/app/", "C:\\app\\"))]));
    assert_eq!(alone.diagnoses[0].confidence, Confidence::Certain);
    let container =
        diagnose(&evidence(vec![text(Channel::Stdout, words), text(Channel::Note, "nginx answers 502")]));
    assert_eq!(container.diagnoses[0].id, "shared-framework-missing");
    assert_eq!(container.diagnoses[0].confidence, Confidence::Possible);
    assert!(!container.diagnoses[0].contradicted_by.is_empty());
}

#[test]
fn what_contradicts_a_cause_rules_it_out_with_the_reason() {
    let report = diagnose(&evidence(vec![
        text(Channel::Page, "HTTP Error 500.19 - Internal Server Error"),
        event(
            "2024-05-01T10:00:00Z",
            1007,
            "Application '/LM/W3SVC/1/ROOT' with physical root 'C:\\a\\' failed to load coreclr. Exception message:\nCLR worker thread exited prematurely",
        ),
    ]));
    assert!(report.diagnoses.iter().all(|d| d.id != "module-not-installed"), "the module wrote an event");
    let ruled_out =
        report.diagnoses.iter().flat_map(|d| &d.ruled_out).find(|r| r.id == "module-not-installed");
    assert!(ruled_out.is_some_and(|r| r.why.contains("loaded")), "{:?}", report.diagnoses);
}

#[test]
fn a_healthy_log_names_nothing() {
    let report = diagnose(&Evidence {
        inputs: vec![falconer_observation::InputRead {
            file: "x".into(),
            kind: "stdout log".into(),
            bytes: 1,
        }],
        ..evidence(vec![text(
            Channel::Stdout,
            "info: Microsoft.Hosting.Lifetime[14]\n      Now listening on: http://127.0.0.1:5000\ninfo: Microsoft.Hosting.Lifetime[0]\n      Application started. Press Ctrl+C to shut down.",
        )])
    });
    assert_eq!(report.verdict, Verdict::Healthy, "{:?}", report.diagnoses);
}

#[test]
fn no_evidence_is_no_health() {
    assert_eq!(diagnose(&Evidence::default()).verdict, Verdict::NoEvidence);
}

#[test]
fn a_runtimeconfig_is_held_against_the_list_of_runtimes() {
    let report = diagnose(&evidence(vec![
        text(
            Channel::Folder,
            r#"{"runtimeOptions":{"tfm":"net8.0","framework":{"name":"Microsoft.AspNetCore.App","version":"8.0.0"}}}"#,
        ),
        text(
            Channel::Runtimes,
            "Microsoft.AspNetCore.App 6.0.5 [C:\\Program Files\\dotnet\\shared\\Microsoft.AspNetCore.App]\nMicrosoft.NETCore.App 6.0.5 [C:\\Program Files\\dotnet\\shared\\Microsoft.NETCore.App]\n",
        ),
    ]));
    let best = &report.diagnoses[0];
    assert_eq!((best.id.as_str(), best.confidence), ("shared-framework-missing", Confidence::Certain));
    assert!(best.evidence.iter().any(|e| e.snippet.is_some()), "the spot in the file is shown");
}
