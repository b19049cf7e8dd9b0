//! Framework resolution: the tables of framework-version-resolution.md, and laws that hold for all inputs.

mod samples;

#[cfg(test)]
mod resolution {
    use super::samples::{Memory, X64, native};
    use falconer_dotnet::codes::host;
    use falconer_dotnet::platform::{Arch, Os};
    use falconer_dotnet::resolution::{
        ASPNETCORE_APP, Env, FrameworkConfig, Installed, InstalledFramework, NETCORE_APP, Request,
        ResolveError, Resolved, resolve,
    };
    use falconer_dotnet::runtimeconfig::{RollForward, RuntimeConfig};
    use falconer_dotnet::version::Version;
    use proptest::prelude::*;

    fn version(text: &str) -> Version {
        Version::parse(text).expect(text)
    }

    fn frameworks(name: &str, versions: &str) -> Vec<InstalledFramework> {
        versions.split_whitespace().map(|v| InstalledFramework::shipped(name, version(v), "shared")).collect()
    }

    fn netcore(versions: &str) -> Installed {
        Installed { frameworks: frameworks(NETCORE_APP, versions), ..Installed::default() }
    }

    /// A configuration whose one reference to .NET has these settings (JSON members, comma first).
    fn config(asked: &str, settings: &str) -> RuntimeConfig {
        let json = format!(
            r#"{{"runtimeOptions": {{"tfm": "net8.0",
                "framework": {{"name": "Microsoft.NETCore.App", "version": "{asked}"{settings}}}}}}}"#
        );
        RuntimeConfig::parse(json.as_bytes()).expect(&json)
    }

    fn outcome(result: Result<Vec<Resolved>, Box<ResolveError>>) -> String {
        match result {
            Ok(resolved) => resolved.iter().map(|r| r.version.to_string()).collect::<Vec<_>>().join(" "),
            Err(error) => format!("{:#x}", error.exit_code()),
        }
    }

    fn picked(asked: &str, settings: &str, versions: &str, env: &Env) -> String {
        let config = config(asked, settings);
        outcome(resolve(&Request::of(&config), &netcore(versions), env))
    }

    const NONE: &str = "0x80008096";

    #[test]
    fn each_setting_picks_as_documented() {
        let set = |value: &str| format!(r#", "rollForward": "{value}""#);
        for (asked, setting, versions, expected) in [
            ("6.0.0", "Minor", "6.0.0 6.0.5 6.1.0 7.0.0", "6.0.5"),
            ("6.0.0", "minor", "5.0.0 6.1.0 6.1.2 6.2.0", "6.1.2"),
            ("6.0.0", "Minor", "5.0.17 7.0.0 8.0.0", NONE),
            ("6.0.6", "Minor", "6.0.5", NONE),
            ("6.0.0", "LatestPatch", "6.0.5 6.1.0", "6.0.5"),
            ("6.0.0", "LatestPatch", "6.1.0", NONE),
            ("6.0.0", "LatestMinor", "6.0.5 6.1.0 6.2.1 6.2.2 7.0.0", "6.2.2"),
            ("6.0.0", "Major", "7.0.1 7.0.3 7.1.0 8.0.0", "7.0.3"),
            ("6.0.0", "Major", "6.0.1 7.0.0", "6.0.1"),
            ("6.0.0", "LatestMajor", "6.0.1 7.0.0 8.0.0 8.0.2", "8.0.2"),
            ("6.0.0", "Disable", "6.0.1", NONE),
            ("6.0.1", "Disable", "6.0.1 6.0.2", "6.0.1"),
        ] {
            assert_eq!(
                picked(asked, &set(setting), versions, &Env::default()),
                expected,
                "{asked} {setting}"
            );
        }
    }

    #[test]
    fn releases_prefer_releases_and_prereleases_take_what_is_closest() {
        for (asked, versions, expected) in [
            ("3.0.0", "3.0.0 3.0.1-preview", "3.0.0"),
            ("3.0.0", "3.0.1-preview 3.1.0", "3.1.0"),
            ("3.0.0", "3.0.1-preview", "3.0.1-preview"),
            ("3.0.0", "3.0.0-preview", NONE),
            ("3.0.0-preview.1", "3.0.0-preview.2 3.0.0-preview.3", "3.0.0-preview.2"),
            ("3.0.0-preview.1", "3.0.0 3.0.2", "3.0.2"),
            ("3.0.0-preview.1", "3.0.0-preview.1 3.0.0", "3.0.0-preview.1"),
        ] {
            assert_eq!(picked(asked, "", versions, &Env::default()), expected, "{asked} of {versions}");
        }
        let env = Env { roll_forward_to_prerelease: Some("1".to_owned()), ..Env::default() };
        assert_eq!(picked("3.0.0", "", "3.0.0 3.0.1-preview", &env), "3.0.1-preview");
        assert_eq!(picked("3.0.0", "", "3.0.1-preview 3.1.0", &env), "3.0.1-preview");
    }

    #[test]
    fn old_settings_still_count() {
        for (settings, versions, expected) in [
            (r#", "rollForwardOnNoCandidateFx": 0"#, "2.2.0", NONE),
            (r#", "rollForwardOnNoCandidateFx": 2"#, "3.0.0", "3.0.0"),
            (r#", "applyPatches": false"#, "2.1.0 2.1.5", "2.1.0"),
            (r#", "applyPatches": false"#, "2.1.3 2.1.5", "2.1.3"),
            (r#", "applyPatches": false, "rollForwardOnNoCandidateFx": 0"#, "2.1.3", NONE),
            (r#", "rollForwardOnNoCandidateFx": 5"#, "2.1.3", NONE),
        ] {
            assert_eq!(picked("2.1.0", settings, versions, &Env::default()), expected, "{settings}");
        }
    }

    #[test]
    fn the_last_place_that_sets_roll_forward_wins() {
        let env = |roll: &str, candidate: &str| {
            let mut env = Env::default();
            assert!(env.set("DOTNET_ROLL_FORWARD", roll));
            assert!(env.set("dotnet_roll_forward_on_no_candidate_fx", candidate));
            env
        };
        let both = "6.0.5 7.0.0";
        let file = r#", "rollForward": "Disable""#;
        assert_eq!(picked("6.0.0", file, both, &env("", "2")), NONE, "the file is over the old variable");
        assert_eq!(
            picked("6.0.0", file, both, &env("LatestMajor", "0")),
            "7.0.0",
            "the variable is over the file"
        );
        assert_eq!(picked("6.0.0", "", "7.0.0", &env("", "2")), "7.0.0");
        let config = config("6.0.0", file);
        let mut request = Request::of(&config);
        request.command_line.roll_forward = Some("LatestPatch".to_owned());
        assert_eq!(outcome(resolve(&request, &netcore(both), &env("LatestMajor", "0"))), "6.0.5");
        request.command_line.fx_version = Some("7.0.0".to_owned());
        assert_eq!(outcome(resolve(&request, &netcore(both), &env("LatestMajor", "0"))), "7.0.0");
    }

    #[test]
    fn unknown_values_end_with_the_code_of_their_place() {
        let env = Env { roll_forward: Some("Sideways".to_owned()), ..Env::default() };
        assert_eq!(picked("6.0.0", "", "6.0.0", &env), "0x80008093");
        let config = config("6.0.0", "");
        let mut request = Request::of(&config);
        request.command_line.roll_forward = Some("Sideways".to_owned());
        let error = resolve(&request, &netcore("6.0.0"), &Env::default()).expect_err("unknown value");
        assert_eq!(error.exit_code(), host::INVALID_ARGUMENT);
        assert_eq!(error.to_string(), "the option --roll-forward has the unknown value 'Sideways'");
    }

    #[test]
    fn a_version_that_is_none_matches_only_when_all_are_allowed() {
        assert_eq!(picked("nine", "", "9.0.5", &Env::default()), NONE);
        assert_eq!(picked("nine", r#", "rollForward": "Major""#, "3.1.23 9.0.5", &Env::default()), "3.1.23");
    }

    #[test]
    fn aspnetcore_brings_the_dotnet_of_its_own_version() {
        let mut installed = netcore("8.0.1 8.0.4");
        installed.frameworks.extend(frameworks(ASPNETCORE_APP, "8.0.4"));
        let config = RuntimeConfig::referencing([(NETCORE_APP, "8.0.0"), (ASPNETCORE_APP, "8.0.0")]);
        let resolved = resolve(&Request::of(&config), &installed, &Env::default()).expect("all there");
        let shown: Vec<String> = resolved.iter().map(|r| format!("{} {}", r.name, r.version)).collect();
        assert_eq!(shown, ["Microsoft.AspNetCore.App 8.0.4", "Microsoft.NETCore.App 8.0.4"]);

        installed.frameworks.retain(|f| f.version != version("8.0.4") || f.name == ASPNETCORE_APP);
        let error = resolve(&Request::of(&config), &installed, &Env::default()).expect_err("no .NET 8.0.4");
        let ResolveError::Missing { asked, required_by, .. } = *error else { panic!("{error:?}") };
        assert_eq!((asked.name.as_str(), asked.version.as_str()), (NETCORE_APP, "8.0.4"));
        assert_eq!(required_by, Some((ASPNETCORE_APP.to_owned(), version("8.0.4"))));
    }

    #[test]
    fn the_error_names_what_is_there_and_what_is_there_for_others() {
        let mut installed = netcore("8.0.4 6.0.1");
        installed.arch = Some(Arch::X64);
        installed.other_architectures = frameworks(ASPNETCORE_APP, "8.0.4");
        installed.other_architectures[0].arch = Some(Arch::X86);
        installed.frameworks.extend(frameworks(ASPNETCORE_APP, "6.0.1"));
        let config = RuntimeConfig::referencing([(ASPNETCORE_APP, "8.0.0")]);
        let error = resolve(&Request::of(&config), &installed, &Env::default()).expect_err("too old");
        assert_eq!(error.to_string(), "framework 'Microsoft.AspNetCore.App', version '8.0.0' was not found");
        let ResolveError::Missing { found, other_architectures, .. } = *error else { panic!("{error:?}") };
        assert_eq!(found.iter().map(|f| f.version.to_string()).collect::<Vec<_>>(), ["6.0.1"]);
        assert_eq!(other_architectures[0].arch, Some(Arch::X86));
    }

    fn with_config(name: &str, v: &str, config: &str) -> InstalledFramework {
        let config = RuntimeConfig::parse(config.as_bytes()).expect(config);
        let config = FrameworkConfig::Read(Box::new(config));
        InstalledFramework { config, ..InstalledFramework::shipped(name, version(v), "shared") }
    }

    #[test]
    fn a_later_reference_starts_resolution_again() {
        let one = r#"{"runtimeOptions": {"framework": {"name": "Base", "version": "1.1.0", "rollForward": "LatestMinor"}}}"#;
        let mut installed =
            Installed { frameworks: frameworks("Base", "1.0.0 1.1.0 1.2.0"), ..Installed::default() };
        installed.frameworks.push(with_config("Upper", "1.0.0", one));
        let config = RuntimeConfig::referencing([("Base", "1.0.0"), ("Upper", "1.0.0")]);
        let resolved = resolve(&Request::of(&config), &installed, &Env::default()).expect("compatible");
        let shown: Vec<String> = resolved.iter().map(|r| format!("{} {}", r.name, r.version)).collect();
        assert_eq!(
            shown,
            ["Upper 1.0.0", "Base 1.2.0"],
            "version and roll-to-highest of the later reference"
        );
    }

    #[test]
    fn references_that_exclude_each_other_are_named() {
        let one = r#"{"runtimeOptions": {"framework": {"name": "Base", "version": "2.0.0"}}}"#;
        let mut installed =
            Installed { frameworks: frameworks("Base", "1.0.0 2.0.0"), ..Installed::default() };
        installed.frameworks.push(with_config("Upper", "1.0.0", one));
        let config = RuntimeConfig::referencing([("Base", "1.0.0"), ("Upper", "1.0.0")]);
        let error = resolve(&Request::of(&config), &installed, &Env::default()).expect_err("incompatible");
        assert_eq!(error.exit_code(), host::FRAMEWORKS_INCOMPATIBLE);
        assert_eq!(
            error.to_string(),
            "framework 'Base', version '1.0.0' (minor versions allowed) cannot roll forward to version '2.0.0'"
        );
    }

    #[test]
    fn frameworks_that_refer_to_each_other_come_to_an_end() {
        let to = |name: &str| {
            format!(r#"{{"runtimeOptions": {{"framework": {{"name": "{name}", "version": "1.0.0"}}}}}}"#)
        };
        let frameworks = vec![with_config("A", "1.0.0", &to("B")), with_config("B", "1.0.0", &to("A"))];
        let installed = Installed { frameworks, ..Installed::default() };
        let config = RuntimeConfig::referencing([("A", "1.0.0")]);
        assert_eq!(outcome(resolve(&Request::of(&config), &installed, &Env::default())), "1.0.0 1.0.0");
    }

    #[test]
    fn an_invalid_framework_is_an_error_of_its_own() {
        let mut installed = netcore("8.0.0");
        installed.frameworks[0].config = FrameworkConfig::Invalid("line 1, column 1".to_owned());
        let config = config("8.0.0", "");
        let error = resolve(&Request::of(&config), &installed, &Env::default()).expect_err("invalid");
        assert_eq!(error.exit_code(), host::INVALID_CONFIG);
    }

    #[test]
    fn a_self_contained_app_needs_nothing() {
        let config = RuntimeConfig::default();
        assert_eq!(resolve(&Request::of(&config), &Installed::default(), &Env::default()), Ok(vec![]));
    }

    #[test]
    fn the_global_root_counts_for_old_apps_on_windows_only() {
        let mut installed = netcore("3.1.1");
        installed.global = frameworks(NETCORE_APP, "3.1.5");
        let found = |tfm: &str, env: &Env| {
            let json = format!(
                r#"{{"runtimeOptions": {{"tfm": "{tfm}", "framework": {{"name": "Microsoft.NETCore.App", "version": "3.1.0"}}}}}}"#
            );
            let config = RuntimeConfig::parse(json.as_bytes()).expect("valid");
            outcome(resolve(&Request::of(&config), &installed, env))
        };
        assert_eq!(found("netcoreapp3.1", &Env::default()), "3.1.5");
        assert_eq!(found("net8.0", &Env::default()), "3.1.1");
        let off = Env { multilevel_lookup: Some("0".to_owned()), ..Env::default() };
        assert_eq!(found("netcoreapp3.1", &off), "3.1.1");
        let linux = Env { os: Some(Os::Linux), ..Env::default() };
        assert_eq!(found("netcoreapp3.1", &linux), "3.1.1");
    }

    #[test]
    fn hosts_of_2_x_go_by_their_own_rules() {
        for (asked, settings, versions, expected) in [
            ("2.1.0", "", "2.1.1-preview 2.2.0", "2.2.0"),
            ("2.1.0", "", "2.0.0 2.2.0-preview", "2.2.0-preview"),
            ("2.1.0", r#", "rollForwardOnNoCandidateFx": 2"#, "3.0.0-preview", "3.0.0-preview"),
            ("2.1.0", "", "2.1.1-preview 2.1.2-preview", "2.1.2-preview"),
            ("2.1.0", r#", "applyPatches": false"#, "2.1.1-preview 2.1.2-preview", "2.1.1-preview"),
            ("2.1.0", r#", "rollForwardOnNoCandidateFx": 0"#, "2.1.1-preview", NONE),
            ("2.1.0", "", "2.1.1-preview1 2.1.1-preview2", "2.1.1-preview2"),
            ("2.1.0-preview2", "", "2.1.0-preview2 2.1.0-preview3", "2.1.0-preview2"),
            ("2.1.0-preview", "", "2.1.0-preview2 2.1.0-preview3", "2.1.0-preview2"),
            ("2.1.0-preview", "", "2.1.0", NONE),
            ("2.1.0-preview", "", "2.1.1-preview", NONE),
            ("2.1.0", r#", "rollForward": "Major""#, "3.0.0", NONE),
        ] {
            let config = config(asked, settings);
            let installed = Installed { host: Some(version("2.2.8")), ..netcore(versions) };
            let result = outcome(resolve(&Request::of(&config), &installed, &Env::default()));
            assert_eq!(result, expected, "{asked}{settings} of {versions}");
        }
    }

    #[test]
    fn hosts_from_12_on_ignore_the_old_settings() {
        let config = config("6.0.0", r#", "rollForwardOnNoCandidateFx": 2"#);
        let installed = Installed { host: Some(version("12.0.0")), ..netcore("7.0.0") };
        assert_eq!(outcome(resolve(&Request::of(&config), &installed, &Env::default())), NONE);
    }

    #[test]
    fn disabled_versions_do_not_count_for_hosts_that_know_the_variable() {
        let env = Env { disable_runtime_versions: Some("x;8.0.4".to_owned()), ..Env::default() };
        let config = config("8.0.0", "");
        let with_host = |host: &str| Installed { host: Some(version(host)), ..netcore("8.0.1 8.0.4") };
        assert_eq!(outcome(resolve(&Request::of(&config), &with_host("11.0.0"), &env)), "8.0.1");
        assert_eq!(outcome(resolve(&Request::of(&config), &with_host("9.0.5"), &env)), "8.0.4");
    }

    #[test]
    fn a_root_is_read_with_its_own_references() {
        let to_dotnet = r#"{"runtimeOptions": {"rollForward": "LatestPatch",
            "framework": {"name": "Microsoft.NETCore.App", "version": "8.0.4"}}}"#;
        let asp = "shared/Microsoft.AspNetCore.App/8.0.4/Microsoft.AspNetCore.App";
        let root = Memory::default()
            .with("host/fxr/8.0.4/hostfxr.dll", native(X64))
            .with("host/fxr/6.0.1/hostfxr.dll", native(X64))
            .with("shared/Microsoft.NETCore.App/8.0.4/Microsoft.NETCore.App.deps.json", "{}")
            .with("shared/Microsoft.NETCore.App/9.0.0/coreclr.dll", "no deps.json: not seen")
            .with(&format!("{asp}.deps.json"), "{}")
            .with(&format!("{asp}.runtimeconfig.json"), to_dotnet);
        let installed = Installed::of_root(&root);
        assert_eq!((installed.arch, installed.host.clone()), (Some(Arch::X64), Some(version("8.0.4"))));
        assert_eq!(installed.frameworks.len(), 2);
        let config = RuntimeConfig::referencing([(ASPNETCORE_APP, "8.0.0")]);
        assert_eq!(outcome(resolve(&Request::of(&config), &installed, &Env::default())), "8.0.4 8.0.4");

        let damaged = Installed::of_root(&root.with(&format!("{asp}.runtimeconfig.json"), "{"));
        let error = resolve(&Request::of(&config), &damaged, &Env::default()).expect_err("damaged");
        assert_eq!(error.exit_code(), host::INVALID_CONFIG);
    }

    fn some_version() -> impl Strategy<Value = Version> {
        "[5-8]\\.[0-2]\\.[0-3](-preview\\.[12])?".prop_filter_map("a version", |t| Version::parse(&t))
    }

    fn one(asked: &Version, roll: RollForward, versions: &[Version]) -> Option<Version> {
        let config = config(&asked.to_string(), &format!(r#", "rollForward": "{roll}""#));
        let frameworks =
            versions.iter().map(|v| InstalledFramework::shipped(NETCORE_APP, v.clone(), "")).collect();
        let installed = Installed { frameworks, ..Installed::default() };
        let resolved = resolve(&Request::of(&config), &installed, &Env::default()).ok()?;
        resolved.into_iter().next().map(|r| r.version)
    }

    proptest! {
        #[test]
        fn what_is_picked_is_installed_and_not_older(
            asked in some_version(), versions in prop::collection::vec(some_version(), 0..6), roll in 0..6_usize,
        ) {
            if let Some(picked) = one(&asked, RollForward::ALL[roll], &versions) {
                prop_assert!(versions.contains(&picked));
                prop_assert!(picked >= asked);
            }
        }

        /// A wider setting, of those that take the lowest, finds something wherever a narrower one does.
        #[test]
        fn wider_settings_find_at_least_as_much(
            asked in some_version(), versions in prop::collection::vec(some_version(), 0..6),
        ) {
            let narrow_to_wide = [RollForward::Disable, RollForward::LatestPatch, RollForward::Minor, RollForward::Major];
            let found: Vec<bool> =
                narrow_to_wide.iter().map(|r| one(&asked, *r, &versions).is_some()).collect();
            prop_assert!(found.windows(2).all(|pair| pair[0] <= pair[1]), "{:?}", found);
            prop_assert_eq!(found[2], one(&asked, RollForward::LatestMinor, &versions).is_some());
            prop_assert_eq!(found[3], one(&asked, RollForward::LatestMajor, &versions).is_some());
        }

        /// "Latest" settings never pick an older version than their plain ones, releases being preferred.
        #[test]
        fn latest_is_not_older(asked in some_version(), versions in prop::collection::vec(some_version(), 0..6)) {
            for (plain, latest) in [(RollForward::Minor, RollForward::LatestMinor), (RollForward::Major, RollForward::LatestMajor)] {
                prop_assert!(one(&asked, plain, &versions) <= one(&asked, latest, &versions));
            }
        }

        /// Installing something more never turns success into failure.
        #[test]
        fn more_versions_never_hurt(
            asked in some_version(), versions in prop::collection::vec(some_version(), 1..6), roll in 0..6_usize,
        ) {
            let fewer = one(&asked, RollForward::ALL[roll], &versions[1..]).is_some();
            prop_assert!(fewer <= one(&asked, RollForward::ALL[roll], &versions).is_some());
        }

        #[test]
        fn the_order_of_folders_does_not_matter(
            asked in some_version(), versions in prop::collection::vec(some_version(), 0..6), roll in 0..6_usize,
        ) {
            let mut reversed = versions.clone();
            reversed.reverse();
            prop_assert_eq!(one(&asked, RollForward::ALL[roll], &versions), one(&asked, RollForward::ALL[roll], &reversed));
        }
    }
}
