use falconer_report::Options;
use falconer_report::model::Remedy;
use falconer_report::page::{
    FailurePage, Foreseen, Neighbour, PageCase, PageCheck, PageFile, PageFormat, Shows, render, render_list,
};
use proptest::prelude::*;
use unicode_width::UnicodeWidthStr;

use super::{samples, snapshot};

fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn page() -> FailurePage {
    FailurePage {
        id: "missing-shared-framework".into(),
        scenario: "missing-shared-framework".into(),
        scenario_title: "A shared framework is missing.".into(),
        title: "The shared framework that the app asks for is not installed".into(),
        summary:
            "The app was published framework-dependent. hostfxr finds no installed version of a framework in \
                  `*.runtimeconfig.json` that fits, and the app is never loaded."
                .into(),
        shows: vec![
            Shows {
                channel: "page".into(),
                versions: "5.0+".into(),
                text: "HTTP Error 500.31 - Failed to load ASP.NET Core runtime".into(),
            },
            Shows {
                channel: "event-log".into(),
                versions: String::new(),
                text: "Could not find 'aspnetcorev2_inprocess.dll'. Exception message:\n\
                       You must install or update .NET to run this application."
                    .into(),
            },
        ],
        confirms: strings(&["hostfxr names the framework and lists what it found"]),
        suggests: strings(&["the page 500.31"]),
        refutes: strings(&["the app logs `Now listening on`"]),
        checks: vec![PageCheck {
            name: "framework-installed".into(),
            text: "Confirm that the framework is installed for the bitness of the application pool.".into(),
            iis: Some(
                "dotnet --list-runtimes\n\"%ProgramFiles(x86)%\\dotnet\\dotnet.exe\" --list-runtimes".into(),
            ),
            azure: Some("dotnet --list-runtimes | sort".into()),
        }],
        foreseen_by: vec![Foreseen {
            check: "web-config.bad-value".into(),
            title: "A value that IIS refuses".into(),
        }],
        remedies: vec![Remedy {
            platform: "iis".into(),
            text: "Install the Hosting Bundle, then restart IIS.".into(),
            commands: strings(&["net stop was /y", "net start w3svc"]),
        }],
        distinguishes: vec![Neighbour {
            id: "process-path-not-found".into(),
            by: "there `dotnet` itself is not found, so hostfxr says nothing".into(),
        }],
        leads_to: strings(&["http-500-31"]),
        settled_by: strings(&["event-log", "stdout"]),
        sources: strings(&["Errors reference: Missing shared framework"]),
        cases: vec![PageCase {
            name: "Only 6.0 is installed".into(),
            expect: "certain".into(),
            files: vec![PageFile {
                name: "stdout.log".into(),
                content: "Framework: 'Microsoft.AspNetCore.App', version '8.0.7' (x64)\n".into(),
            }],
        }],
    }
}

fn other() -> FailurePage {
    FailurePage {
        id: "app-offline".into(),
        scenario: "app-offline".into(),
        scenario_title: "The app was taken offline.".into(),
        title: "app_offline.htm is in the app's folder".into(),
        ..FailurePage::default()
    }
}

#[test]
fn a_page_at_width_100() {
    let options = Options { verbose: true, ..Options::default() };
    snapshot("page-text-100-verbose", &render(&[page()], PageFormat::Text, &options));
}

#[test]
fn two_pages_at_width_50_in_ascii() {
    let options = Options { width: 50, unicode: false, ..Options::default() };
    snapshot("page-text-50-ascii", &render(&[page(), other()], PageFormat::Text, &options));
}

#[test]
fn a_page_of_the_book() {
    snapshot("page-markdown", &render(&[page(), other()], PageFormat::Markdown, &Options::default()));
}

#[test]
fn a_page_for_programs() {
    snapshot("page-json", &render(&[page()], PageFormat::Json, &Options::default()));
}

#[test]
fn the_list_has_a_line_for_each_failure_where_there_is_room() {
    let pages = [page(), other()];
    assert_eq!(
        render_list(&pages, PageFormat::Text, &Options::default()),
        "missing-shared-framework  The shared framework that the app asks for is not installed\n\
         app-offline               app_offline.htm is in the app's folder\n"
    );
    assert_eq!(
        render_list(&pages, PageFormat::Text, &Options { width: 50, ..Options::default() }),
        "missing-shared-framework\n    The shared framework that the app asks for is\n    not installed\n\
         app-offline\n    app_offline.htm is in the app's folder\n"
    );
}

#[test]
fn the_list_of_the_book_links_to_the_pages() {
    snapshot("list-markdown", &render_list(&[page(), other()], PageFormat::Markdown, &Options::default()));
}

#[test]
fn the_list_for_programs_has_ids_scenarios_and_titles() {
    snapshot("list-json", &render_list(&[other()], PageFormat::Json, &Options::default()));
}

#[test]
fn an_id_that_is_no_file_name_is_not_linked() {
    let page = FailurePage { id: "../x](y".into(), ..FailurePage::default() };
    let list = render_list(&[page], PageFormat::Markdown, &Options::default());
    assert!(list.contains("- `../x](y`"), "{list}");
}

#[test]
fn every_page_format_is_found_by_its_name() {
    for format in PageFormat::ALL {
        assert_eq!(format.to_string().parse(), Ok(format));
    }
    assert!("html".parse::<PageFormat>().unwrap_err().to_string().contains("text, markdown, json"));
}

proptest! {
    #[test]
    fn no_control_character_gets_through(text in samples::arbitrary::nasty(), verbose in any::<bool>()) {
        let mut page = page();
        for field in [&mut page.id, &mut page.title, &mut page.summary, &mut page.scenario_title] {
            field.clone_from(&text);
        }
        page.shows[0].text.clone_from(&text);
        page.cases[0].files[0].content.clone_from(&text);
        page.remedies[0].commands[0].clone_from(&text);
        page.distinguishes[0].id.clone_from(&text);
        let options = Options { verbose, ..Options::default() };
        for format in PageFormat::ALL {
            prop_assert!(!render(std::slice::from_ref(&page), format, &options).contains(super::acts), "{format}");
            prop_assert!(!render_list(std::slice::from_ref(&page), format, &options).contains(super::acts), "{format}");
        }
    }

    #[test]
    fn no_line_of_prose_is_wider_than_the_screen(text in "([a-z]{1,10} ){0,40}", width in 40usize..120) {
        let page = FailurePage { summary: text.clone(), confirms: vec![text.clone()], title: text, ..other() };
        let options = Options { width, ..Options::default() };
        for line in render(&[page], PageFormat::Text, &options).lines() {
            prop_assert!(line.width() <= width, "{line:?}");
        }
    }
}
