use falconer_settings::{Bitness, FailOn, Runtime, Settings, SettingsErrorKind, Severity, Target};

const WHOLE: &str = r#"
[check]
target = "azure"
bitness = 32
runtimes = ["Microsoft.NETCore.App/8.0.11", "Microsoft.AspNetCore.App/9.0.0-rc.1.24452.1"]
dotnet-root = "target/dotnet"
inventory = "server.txt"
fail-on = "warning"
select = ["web-config", "folder"]
ignore = ["folder.app-offline"]

[check.severity]
"web-config.webdav-not-removed" = "note"

[[check.suppress]]
check = "web-config.stdout-log-enabled"
files = ["web.config"]
reason = " we collect these logs "

[[check.suppress]]
check = ["folder", "web-config.unknown-attribute"]
reason = "legacy"
"#;

#[test]
fn a_whole_file_is_read() {
    let settings = Settings::parse("falconer.toml", WHOLE).expect("the file is right");
    assert_eq!(settings.file, "falconer.toml");
    assert_eq!(settings.target, Some(Target::Azure));
    assert_eq!(settings.bitness, Some(Bitness::Bits32));
    assert_eq!(settings.dotnet_root.as_deref(), Some("target/dotnet"));
    assert_eq!(settings.inventory.as_deref(), Some("server.txt"));
    assert_eq!(settings.fail_on, Some(FailOn::Warning));
    let names: Vec<&str> = settings.runtimes.iter().map(|runtime| runtime.name.as_str()).collect();
    assert_eq!(names, ["Microsoft.NETCore.App", "Microsoft.AspNetCore.App"]);
    assert!(settings.runtimes.iter().any(|runtime| runtime.version.is_prerelease()));
    let select: Vec<&str> = settings.select.iter().map(|one| one.text.as_str()).collect();
    assert_eq!(select, ["web-config", "folder"]);
    assert_eq!((settings.ignore[0].at.line, settings.ignore[0].at.column), (10, 11));
    assert_eq!(settings.severity[0].0.text, "web-config.webdav-not-removed");
    assert_eq!(settings.severity[0].1, Severity::Note);
    let [first, second] = &settings.suppress[..] else { panic!("there are two") };
    assert_eq!(
        (first.reason.as_str(), first.files[0].as_str(), first.at.line),
        ("we collect these logs", "web.config", 15)
    );
    assert_eq!((second.checks.len(), second.files.len()), (2, 0));
}

#[test]
fn an_empty_file_says_nothing() {
    for text in ["", "\u{feff}", "# nothing\n", "[check]\n"] {
        let settings = Settings::parse("falconer.toml", text).expect("nothing is wrong");
        assert_eq!((settings.target, settings.fail_on, settings.bitness), (None, None, None), "{text:?}");
        assert!(settings.select.is_empty() && settings.suppress.is_empty());
    }
}

#[test]
fn what_is_wrong_is_told_with_its_place_and_what_to_write() {
    for (text, told) in [
        ("[chek]\n", "falconer.toml:1:2: the file has no key \"chek\"; did you mean \"check\"?"),
        (
            "[check]\ntaget = \"iis\"",
            "falconer.toml:2:1: [check] has no key \"taget\"; did you mean \"target\"?",
        ),
        (
            "[check]\noutput = 1",
            "falconer.toml:2:1: [check] has no key \"output\"; it has target, bitness, runtimes, dotnet-root, \
             inventory, fail-on, select, ignore, severity, suppress",
        ),
        (
            "[check]\n  target = \"ISS\"",
            "falconer.toml:2:12: \"target\" cannot be \"ISS\"; did you mean \"iis\"?",
        ),
        (
            "[check]\ntarget = \"nginx\"",
            "falconer.toml:2:10: \"target\" cannot be \"nginx\"; it is one of iis, iis-express, azure, falconer",
        ),
        ("[check]\ntarget = 1", "falconer.toml:2:10: \"target\" cannot be a number; write target = \"iis\""),
        ("[check]\nbitness = \"64\"", "falconer.toml:2:11: \"bitness\" cannot be a text; write bitness = 64"),
        ("[check]\nbitness = 128", "falconer.toml:2:11: \"bitness\" cannot be 128; it is one of 32, 64"),
        (
            "[check]\nruntimes = [\"Microsoft.NETCore.App 8.0.11\"]",
            "falconer.toml:2:13: \"Microsoft.NETCore.App 8.0.11\" is no runtime; write its name and version: \
             \"Microsoft.NETCore.App/8.0.11\"",
        ),
        (
            "[check]\nignore = \"all\"",
            "falconer.toml:2:10: \"ignore\" cannot be a text; write ignore = [\"web-config.stdout-log-enabled\"]",
        ),
        (
            "[check]\ndotnet-root = \" \"",
            "falconer.toml:2:15: \"dotnet-root\" is empty; write dotnet-root = \"target/dotnet\"",
        ),
        (
            "[check.severity]\nall = \"fatal\"",
            "falconer.toml:2:7: \"severity\" cannot be \"fatal\"; it is one of note, warning, error",
        ),
        (
            "[[check.suppress]]\ncheck = \"a\"",
            "falconer.toml:1:1: [[check.suppress]] needs reason; write reason = \"we collect these logs\"",
        ),
        (
            "[[check.suppress]]\ncheck = \"a\"\nreason = \"\"",
            "falconer.toml:3:10: \"reason\" is empty; write reason = \"we collect these logs\"",
        ),
        (
            "[[check.suppress]]\ncheck = []\nreason = \"x\"",
            "falconer.toml:2:9: \"check\" is empty; write check = \"web-config.stdout-log-enabled\"",
        ),
        (
            "[check.suppress]\ncheck = \"a\"",
            "falconer.toml:1:1: \"suppress\" cannot be a table; write [[check.suppress]] with check and reason",
        ),
        (
            "[[check.suppress]]\ncheck = \"a\"\nreason = \"b\"\nfiles = ['sub\\web.config']",
            "falconer.toml:4:10: write \"/\" in patterns of files, not \"\\\": \"sub/web.config\"",
        ),
        ("[check]\ntarget = \"iis\"\ntarget = \"iis\"", "falconer.toml:3:1: duplicate key"),
    ] {
        let error = Settings::parse("falconer.toml", text).expect_err(text);
        assert_eq!(error.to_string(), told, "{text}");
    }
}

#[test]
fn the_first_fault_of_the_text_is_told() {
    let text = "[check]\nunknown = 1\nbitness = 1\nalso-unknown = 1\n";
    assert_eq!(Settings::parse("f", text).expect_err("three faults").place.line, Some(2));
}

#[test]
fn columns_count_characters() {
    let error = Settings::parse("f", "check = { \"größe\" = 1 , x = 2 }").expect_err("unknown keys");
    assert_eq!(error.place.column, Some(11));
    let error = Settings::parse("f", "check = { select = [\"größe\", 1] }").expect_err("a number");
    assert_eq!(error.place.column, Some(30));
}

#[test]
fn a_file_with_more_than_people_write_is_refused() {
    let list = format!("[check]\nignore = [{}]", "\"a\",".repeat(2000));
    let large = format!("#{}", "x".repeat(2 << 20));
    for text in [list, large] {
        let error = Settings::parse("f", &text).expect_err("too large");
        assert!(matches!(*error.kind, SettingsErrorKind::TooLarge { .. }), "{error}");
    }
}

#[test]
fn a_runtime_has_a_name_and_a_version_that_hostfxr_takes() {
    assert!(Runtime::parse("Microsoft.NETCore.App/8.0.11").is_some());
    for wrong in ["", "/", "/8.0.0", "A/", "A/8", "A/8.0", "A/8.0.01", "A B/8.0.1", "A/8.0.1/x"] {
        assert_eq!(Runtime::parse(wrong), None, "{wrong}");
    }
}
