//! The folder: what does not belong there, and what web.config names of it.

use falconer_fix::{Change, FixContext, fix};

use super::{SAFE, UNSAFE, app, carries_its_runtime, repaired, with_element};
use crate::common::fact;

/// Files that are deleted.
pub(crate) const DELETED: [(&str, Change, bool); 5] = [
    ("folder.app-offline-present", Change::DeleteFile, UNSAFE),
    ("folder.dev-runtimeconfig-present", Change::DeleteFile, SAFE),
    ("folder.staticwebassets-development-manifest", Change::DeleteFile, SAFE),
    ("folder.framework-dependent-with-leftover-hostfxr", Change::DeleteFile, UNSAFE),
    ("folder.ref-assemblies", Change::DeleteFolder, UNSAFE),
];

#[test]
fn what_does_not_belong_into_a_deployment_is_deleted() {
    for (id, change, safe) in DELETED {
        let found = fact(id, &[("path", "app/x")]);
        let fix = fix(&(&found).into(), "", &FixContext::default()).expect("a repair");
        assert_eq!((&fix.change, fix.safe), (&change, safe), "{id}");
        assert!(fix.text.starts_with("Delete ") && fix.text.contains("app/x"), "{}", fix.text);
    }
}

/// What is found when web.config is held against the folder: the fact, its path, before and after.
pub(crate) const HELD: [(&str, &str, &str, &str, bool); 6] = [
    (
        "join.arguments-target-missing",
        r".\My.Ap.dll",
        r"<aspNetCore processPath='dotnet' arguments='exec .\My.Ap.dll --x' />",
        r"<aspNetCore processPath='dotnet' arguments='exec .\My.App.dll --x' />",
        SAFE,
    ),
    (
        "join.arguments-target-missing",
        "Old.dll",
        r"<aspNetCore processPath='dotnet' arguments='Old.dll' />",
        r"<aspNetCore processPath='dotnet' arguments='.\My.App.dll' />",
        UNSAFE,
    ),
    (
        "join.process-path-target-missing",
        r".\Old.exe",
        r"<aspNetCore processPath='.\Old.exe' arguments='--x' />",
        r"<aspNetCore processPath='dotnet' arguments='.\My.App.dll --x' />",
        UNSAFE,
    ),
    (
        "join.single-file-in-process",
        "a.exe",
        "<aspNetCore processPath='a.exe' hostingModel='InProcess' />",
        "<aspNetCore processPath='a.exe' hostingModel='outofprocess' />",
        UNSAFE,
    ),
    (
        "join.full-framework-in-process",
        "a.exe",
        "<aspNetCore processPath='a.exe' hostingModel='inprocess' />",
        "<aspNetCore processPath='a.exe' hostingModel='outofprocess' />",
        UNSAFE,
    ),
    (
        "join.target-too-old-for-in-process",
        "a.exe",
        "<aspNetCore processPath='a.exe' hostingModel='inprocess' />",
        "<aspNetCore processPath='a.exe' hostingModel='outofprocess' />",
        UNSAFE,
    ),
];

#[test]
fn what_is_run_becomes_what_is_there() {
    for (id, path, before, after, safe) in HELD {
        let (found, text) = (fact(id, &[("path", path)]), with_element(before));
        let fix = fix(&(&found).into(), &text, &app()).expect("a repair");
        assert_eq!((repaired(&text, &fix), fix.safe), (with_element(after), safe), "{id}");
    }
    let text = with_element("<aspNetCore processPath='.\\MyApp.exe' arguments='' />");
    let found = fact("join.process-path-target-missing", &[("path", ".\\MyApp.exe")]);
    let fix = fix(&(&found).into(), &text, &carries_its_runtime()).expect("a repair");
    assert_eq!(repaired(&text, &fix), text.replace("MyApp", "My.App"));
    assert!(fix.safe, "one letter is missing");
}
