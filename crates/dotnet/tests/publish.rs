//! Published folders: healthy ones are silent, each defect is named.

mod samples;

#[cfg(test)]
mod publish {
    use super::samples::*;
    use falconer_dotnet::platform::{Arch, Os};
    use falconer_dotnet::publish::{Fact, FactId, Kind, Published, Target, inspect, inspect_each};
    use falconer_dotnet::support::Date;
    use proptest::prelude::*;

    fn config(tfm: &str, frameworks: &str) -> String {
        format!("{{\n  \"runtimeOptions\": {{\n    \"tfm\": \"{tfm}\",\n    {frameworks}\n  }}\n}}")
    }

    const BOTH: &str = r#""frameworks": [
      { "name": "Microsoft.NETCore.App", "version": "8.0.0" },
      { "name": "Microsoft.AspNetCore.App", "version": "8.0.0" }
    ]"#;
    const INCLUDED: &str = r#""includedFrameworks": [
      { "name": "Microsoft.NETCore.App", "version": "8.0.26" },
      { "name": "Microsoft.AspNetCore.App", "version": "8.0.26" }
    ]"#;

    fn deps(target: &str, libraries: &str) -> String {
        format!(
            r#"{{ "runtimeTarget": {{ "name": "{target}" }},
            "targets": {{ "{target}": {{ "App/1.0.0": {{ "runtime": {{ "App.dll": {{}} }} }}{libraries} }} }},
            "libraries": {{ "App/1.0.0": {{ "type": "project", "serviceable": false, "sha512": "" }} }} }}"#
        )
    }

    const PORTABLE: &str = ".NETCoreApp,Version=v8.0";
    const SQLITE: &str = r#", "SQLite/1.2.0": {
        "runtime": { "lib/net8.0/SQLite.dll": { "assemblyVersion": "1.0.0.0" }, "lib/net8.0/_._": {} },
        "resources": { "lib/net8.0/de/SQLite.resources.dll": { "locale": "de" } },
        "runtimeTargets": {
            "runtimes/win-x64/native/sqlite3.dll": { "rid": "win-x64", "assetType": "native" },
            "runtimes/win-x86/native/sqlite3.dll": { "rid": "win-x86", "assetType": "native" },
            "runtimes/linux-x64/native/libsqlite3.so": { "rid": "linux-x64", "assetType": "native" } } }"#;

    fn portable() -> Memory {
        Memory::default()
            .with("App.dll", any_cpu())
            .with("App.exe", apphost(X64, "App.dll", None))
            .with("App.runtimeconfig.json", config("net8.0", BOTH))
            .with("App.deps.json", deps(PORTABLE, SQLITE))
            .with("SQLite.dll", any_cpu())
            .with("runtimes/win-x64/native/sqlite3.dll", native(X64))
            .with("runtimes/win-x86/native/sqlite3.dll", native(X86))
            .with("runtimes/linux-x64/native/libsqlite3.so", elf(Arch::X64, b""))
            .with("appsettings.json", "// settings\n{ \"Logging\": {}, }")
            .with("web.config", "<configuration/>")
            .with("wwwroot/_framework/broken.dll", "")
    }

    const RUNTIME: &str = r#", "runtimepack.Microsoft.NETCore.App.Runtime.win-x64/8.0.1": {
        "runtime": { "System.Private.CoreLib.dll": { "assemblyVersion": "1.0.0.0" } } }"#;

    fn self_contained() -> Memory {
        let mut folder = Memory::default()
            .with("App.dll", any_cpu())
            .with("App.exe", apphost(X64, "App.dll", None))
            .with("App.runtimeconfig.json", config("net8.0", INCLUDED))
            .with("App.deps.json", deps(".NETCoreApp,Version=v8.0/win-x64", RUNTIME))
            .with("web.config", "<configuration/>");
        for name in
            ["hostfxr.dll", "hostpolicy.dll", "coreclr.dll", "clrjit.dll", "aspnetcorev2_inprocess.dll"]
        {
            folder.set(name, native(X64));
        }
        folder.set("System.Private.CoreLib.dll", assembly(X64, true, IL_LIBRARY, true));
        folder
    }

    fn only(folder: &Memory, target: &Target<'_>) -> Published {
        let mut found = inspect(folder, target);
        assert_eq!(found.len(), 1, "{found:#?}");
        let mut only = found.remove(0);
        only.facts.retain(|f| !f.id.is_state());
        only
    }

    fn facts(folder: &Memory, target: &Target<'_>) -> Vec<Fact> {
        only(folder, target).facts
    }

    fn ids(folder: &Memory) -> Vec<&'static str> {
        facts(folder, &Target::IIS).iter().map(|f| f.id.name()).collect()
    }

    /// The one fact of a folder.
    fn fact(folder: &Memory) -> Fact {
        let mut facts = facts(folder, &Target::IIS);
        assert_eq!(facts.len(), 1, "{facts:#?}");
        facts.remove(0)
    }

    #[test]
    fn healthy_folders_are_silent() {
        for (folder, kind) in [(portable(), Kind::Portable), (self_contained(), Kind::SelfContained)] {
            let target = Target { pool: Some(Arch::X64), today: Some(Date::new(2025, 1, 1)), ..Target::IIS };
            let published = only(&folder, &target);
            assert_eq!(published.facts, [], "{kind:?}");
            let app = published.main_app().expect("one app");
            assert_eq!((app.kind, app.name.as_str()), (kind, "App"));
            assert!(app.has_aspnetcore());
            assert_eq!(app.target_framework().map(|t| t.to_string()).as_deref(), Some("net8.0"));
        }
    }

    #[test]
    fn the_kind_of_each_publish_output_is_told() {
        let list = manifest(&[(1, 1, 1, "App.dll"), (1, 1, 1, "System.Private.CoreLib.dll")]);
        let native_aot = image("pe x64 native-aot");
        let rid = portable().with("App.deps.json", deps(".NETCoreApp,Version=v8.0/win-x64", SQLITE));
        let web = || Memory::default().with("web.config", "<configuration/>");
        for (folder, kind, arch) in [
            (portable(), Kind::Portable, None),
            (rid, Kind::RidSpecific, Some((Arch::X64, "rid"))),
            (self_contained(), Kind::SelfContained, Some((Arch::X64, "rid"))),
            (
                web().with("App.exe", apphost(X86, "App.dll", Some(&manifest(&[(1, 1, 1, "App.dll")])))),
                Kind::SingleFile,
                Some((Arch::X86, "executable")),
            ),
            (
                web().with("App.exe", apphost(X64, "App.dll", Some(&list))),
                Kind::SelfContainedSingleFile,
                Some((Arch::X64, "executable")),
            ),
            (web().with("App.exe", native_aot), Kind::NativeAot, Some((Arch::X64, "executable"))),
        ] {
            let published = only(&folder, &Target::IIS);
            let app = published.main_app().expect("one app");
            assert_eq!((app.kind, app.arch()), (kind, arch));
            assert_eq!(published.facts, [], "{kind:?}");
        }
    }

    #[test]
    fn a_single_file_app_is_read_from_its_bundle() {
        let json = config("net8.0", BOTH);
        let exe_size = apphost(X64, "App.dll", None).len() as u64;
        let list = |offset| {
            manifest(&[(1, 1, 1, "App.dll"), (4, offset, json.len() as u64, "App.runtimeconfig.json")])
        };
        let mut bundle = list(1);
        bundle = list(exe_size + bundle.len() as u64);
        bundle.extend(json.as_bytes());
        let folder = Memory::default()
            .with("App.exe", apphost(X64, "App.dll", Some(&bundle)))
            .with("web.config", "<configuration/>");
        let published = only(&folder, &Target::IIS);
        let app = published.main_app().expect("one app");
        assert_eq!(app.kind, Kind::SingleFile);
        assert_eq!(
            app.runtimeconfig.as_ref().map(|f| f.path.as_str()),
            Some("App.exe!/App.runtimeconfig.json")
        );
        assert_eq!(app.target_framework().map(|t| t.to_string()).as_deref(), Some("net8.0"));

        let damaged = folder.with("App.exe", apphost(X64, "App.dll", Some(&bundle[..20])));
        assert_eq!(ids(&damaged), ["bundle-damaged"]);
    }

    #[test]
    fn missing_and_invalid_json_files_are_named() {
        let missing = fact(&portable().without("App.runtimeconfig.json"));
        assert_eq!(
            (missing.id, missing.path.as_str()),
            (FactId::RuntimeConfigMissing, "App.runtimeconfig.json")
        );

        let invalid = fact(&portable().with("App.runtimeconfig.json", "{\n  \"runtimeOptions\": {,}\n}"));
        assert_eq!(invalid.id, FactId::RuntimeConfigInvalid);
        assert_eq!(
            invalid.message,
            "App.runtimeconfig.json: line 2, column 22: Missing a name for object member."
        );

        let invalid = fact(&portable().with("App.deps.json", "{}"));
        assert_eq!(
            (invalid.id, invalid.field("reason")),
            (FactId::DepsInvalid, Some("`runtimeTarget` is missing"))
        );

        let settings = "{\n  \"Path\": \"C:\\data\"\n}";
        let invalid = fact(&portable().with("appsettings.Production.json", settings));
        assert_eq!(
            (invalid.id, invalid.path.as_str()),
            (FactId::AppSettingsInvalid, "appsettings.Production.json")
        );
        assert_eq!(invalid.place.map(|(_, at)| (at.line, at.column)), Some((2, 14)));
        assert_eq!(invalid.field("reason"), Some("Invalid escape character in string."));

        let owned = BOTH.to_owned() + r#", "configProperties": { "RUNTIME_IDENTIFIER": "x" }"#;
        let reserved = fact(&portable().with("App.runtimeconfig.json", config("net8.0", &owned)));
        assert_eq!(reserved.id, FactId::RuntimeConfigReservedProperty);
        assert_eq!(reserved.place.map(|(_, at)| at.line), Some(7));
    }

    #[test]
    fn files_that_the_deps_json_lists_must_be_there() {
        let missing = fact(&portable().without("SQLite.dll"));
        assert_eq!((missing.id, missing.path.as_str()), (FactId::DepsAssetMissing, "SQLite.dll"));
        let field = |name| missing.field(name);
        assert_eq!(
            (field("package"), field("version"), field("asset")),
            (Some("SQLite"), Some("1.2.0"), Some("runtime"))
        );
        assert!(missing.place.is_some());

        let native = portable().without("runtimes/win-x64/native/sqlite3.dll");
        assert_eq!(fact(&native).path, "runtimes/win-x64/native/sqlite3.dll");
        let x86 = Target { pool: Some(Arch::X86), ..Target::IIS };
        assert_eq!(facts(&native, &x86), [], "a 32-bit process does not need it");
        assert_eq!(ids(&portable().without("runtimes/linux-x64/native/libsqlite3.so")), [""; 0]);
    }

    #[test]
    fn the_case_of_names_does_not_matter_on_windows() {
        let folder = portable().without("SQLite.dll").with("sqlite.DLL", any_cpu());
        assert_eq!(ids(&folder), [""; 0]);
    }

    #[test]
    fn several_apps_are_named_and_the_entry_decides() {
        let tool =
            config("net8.0", r#""framework": { "name": "Microsoft.NETCore.App", "version": "8.0.0" }"#);
        let folder = portable().with("Tool.runtimeconfig.json", tool).with("Tool.dll", any_cpu());
        assert_eq!(fact(&folder).field("apps"), Some("App,Tool"));
        let main = |entry| {
            let published = only(&folder, &Target { entry, ..Target::IIS });
            published.main_app().map(|a| a.name.clone())
        };
        assert_eq!(main(None).as_deref(), Some("App"), "the one with ASP.NET Core");
        assert_eq!(main(Some(".\\tool.dll")).as_deref(), Some("Tool"));
        assert_eq!(main(Some("Other.dll")), None);
        let wrong = facts(&folder, &Target { entry: Some("Tool.dll"), ..Target::IIS });
        assert_eq!(wrong.last().map(|f| f.id), Some(FactId::NoAspNetCoreReference));
    }

    #[test]
    fn a_self_contained_app_must_carry_its_runtime_and_its_handler() {
        let missing = fact(&self_contained().without("hostfxr.dll").without("coreclr.dll"));
        assert_eq!(missing.id, FactId::SelfContainedWithoutRuntime);
        assert_eq!(missing.field("missing"), Some("hostfxr.dll,coreclr.dll"));
        assert_eq!(
            ids(&self_contained().without("aspnetcorev2_inprocess.dll")),
            ["aspnetcore-inprocess-handler-missing"]
        );
        assert_eq!(
            ids(&portable().with("hostfxr.dll", native(X64))),
            ["framework-dependent-with-leftover-hostfxr"]
        );
    }

    #[test]
    fn executables_must_fit_their_dll() {
        let lost =
            portable().with("App.exe", apphost(X64, "Lost.dll", None)).without("App.runtimeconfig.json");
        assert!(ids(&lost).contains(&"apphost-without-dll"));
        assert_eq!(fact(&portable().with("App.exe", apphost(X64, "", None))).id, FactId::AppHostUnbound);
        let renamed = fact(&portable().without("App.exe").with("Site.exe", apphost(X64, "App.dll", None)));
        assert_eq!((renamed.id, renamed.field("reason")), (FactId::ExeDllMismatch, Some("name")));
        let x86_dll = portable().with("App.dll", assembly(X86, false, IL_ONLY | REQUIRES_32_BIT, false));
        let other = facts(&x86_dll, &Target::IIS);
        assert_eq!(other[0].field("reason"), Some("architecture"));
    }

    #[test]
    fn output_for_another_system_is_named() {
        let linux = portable().with("App.deps.json", deps(".NETCoreApp,Version=v8.0/linux-x64", SQLITE));
        let wrong = fact(&linux);
        assert_eq!(
            (wrong.id, wrong.field("os"), wrong.field("reason")),
            (FactId::WrongPlatform, Some("Linux"), Some("rid"))
        );
        let on_linux = Target { os: Os::Linux, iis: false, ..Target::IIS };
        assert_eq!(facts(&linux, &on_linux), []);
        let portable_from_linux = portable().without("App.exe").with("App", elf(Arch::X64, b""));
        assert_eq!(ids(&portable_from_linux), [""; 0], "a portable app runs with `dotnet`");
    }

    #[test]
    fn architectures_must_fit_the_pool_and_each_other() {
        let x86 = Target { pool: Some(Arch::X86), ..Target::IIS };
        let differs = facts(&self_contained(), &x86);
        assert_eq!(differs.len(), 1, "one fact, not one for each file: {differs:#?}");
        assert_eq!(differs[0].id, FactId::ArchitectureDiffersFromPool);
        assert_eq!(differs[0].field("reason"), Some("rid"));
        assert_eq!(facts(&portable(), &x86), [], "a portable app fits every pool");

        let x86_only = assembly(X86, false, IL_ONLY | REQUIRES_32_BIT, false);
        assert_eq!(ids(&portable().with("SQLite.dll", x86_only.clone())), ["x86-only-assembly"]);
        assert_eq!(facts(&portable().with("SQLite.dll", x86_only), &x86), []);
        let arm = assembly(0xAA64, true, IL_ONLY, false);
        assert_eq!(ids(&self_contained().with("System.Private.CoreLib.dll", arm)), ["assembly-wrong-arch"]);

        let wrong = fact(&self_contained().with("e_sqlite3.dll", native(X86)));
        assert_eq!((wrong.id, wrong.field("expected")), (FactId::NativeAssetWrongArch, Some("x64")));
        let wrong = fact(&portable().with("runtimes/win-x64/native/sqlite3.dll", native(X86)));
        assert_eq!(wrong.field("package"), Some("SQLite 1.2.0"));
        assert_eq!(ids(&self_contained().with("x86/SQLite.Interop.dll", native(X86))), [""; 0]);
    }

    #[test]
    fn damaged_files_are_named() {
        for (content, reason) in [
            (&b""[..], "the file is empty"),
            (
                b"version https://git-lfs.github.com/spec/v1",
                "the file is a Git LFS pointer, not the file itself",
            ),
            (b"<html>404", "the file is a web page"),
            (&any_cpu()[..0x480], "the file ends too early"),
            (&elf(Arch::X64, b"")[..20], "the file ends too early"),
        ] {
            let damaged = fact(&portable().with("SQLite.dll", content));
            assert_eq!((damaged.id, damaged.field("reason")), (FactId::DamagedDll, Some(reason)));
        }
    }

    #[test]
    fn leftovers_are_named() {
        for (path, id) in [
            ("App_Offline.HTM", "app-offline-present"),
            ("App.runtimeconfig.dev.json", "dev-runtimeconfig-present"),
            ("App.staticwebassets.runtime.json", "staticwebassets-development-manifest"),
            ("refs/System.Runtime.dll", "ref-assemblies"),
        ] {
            assert_eq!(ids(&portable().with(path, "{}")), [id], "{path}");
        }
    }

    #[test]
    fn age_and_provenance_are_named() {
        let today = Some(Date::new(2026, 12, 1));
        let old = facts(&portable(), &Target { today, ..Target::IIS });
        assert_eq!(old[0].id, FactId::TargetFrameworkOutOfSupport);
        assert_eq!(
            (old[0].field("ended"), old[0].place.map(|(_, at)| at.line)),
            (Some("2026-11-10"), Some(3))
        );

        let package =
            r#", "Microsoft.AspNetCore/2.2.0": {}, "Microsoft.AspNetCore.Http.Abstractions/2.2.0": {}"#;
        let mixed = fact(&portable().with("App.deps.json", deps(PORTABLE, &(SQLITE.to_owned() + package))));
        assert_eq!((mixed.id, mixed.field("version")), (FactId::OldAspNetCorePackages, Some("2.2.0")));

        let console =
            config("net8.0", r#""framework": { "name": "Microsoft.NETCore.App", "version": "8.0.0" }"#);
        assert_eq!(
            ids(&portable().with("App.runtimeconfig.json", console)),
            ["no-aspnetcore-framework-reference"]
        );
        assert_eq!(ids(&portable().without("web.config")), ["web-config-missing"]);
    }

    #[test]
    fn a_file_that_cannot_be_read_is_named_and_the_rest_is_read() {
        let mut folder = portable();
        folder.contents.insert("SQLite.dll".to_owned(), None);
        let unreadable = fact(&folder);
        assert_eq!(
            (unreadable.id, unreadable.field("reason")),
            (FactId::FileUnreadable, Some("access denied"))
        );
    }

    #[test]
    fn apps_in_folders_below_are_inspected_for_themselves() {
        let mut folder = Memory::default().with("README.md", "x").with("site/wwwroot/app.js", "x");
        for (path, content) in portable().contents {
            folder.set(&format!("site/{path}"), content.expect("readable"));
        }
        for (path, content) in self_contained().without("hostfxr.dll").contents {
            folder.set(&format!("site/api/{path}"), content.expect("readable"));
        }
        let found = inspect(&folder, &Target::IIS);
        assert_eq!(found.iter().map(|p| p.dir.as_str()).collect::<Vec<_>>(), ["site", "site/api"]);
        assert!(found[0].facts.iter().all(|f| f.id.is_state()));
        let entry = |dir: &str| if dir == "site" { "App.dll" } else { "Other.dll" };
        let each = inspect_each(&folder, |dir| Target { entry: Some(entry(dir)), ..Target::IIS });
        assert_eq!(each.iter().map(|p| p.main).collect::<Vec<_>>(), [Some(0), None]);
        let defect = found[1].facts.iter().find(|f| !f.id.is_state());
        assert_eq!(defect.map(|f| f.path.as_str()), Some("site/api/App.runtimeconfig.json"));
    }

    #[test]
    fn a_single_file_app_of_linux_is_found_by_its_content() {
        let app = Memory::default()
            .with("App", image("elf x64 single-file App.dll self-contained"))
            .with("LICENSE", "you may")
            .with("content/README", "read me");
        let linux = Target { os: Os::Linux, ..Target::IIS };
        for folder in [app.clone().with("web.config", "<configuration/>"), app] {
            let published = only(&folder, &linux);
            let main = published.main_app().expect("one app");
            assert_eq!((main.kind, main.name.as_str()), (Kind::SelfContainedSingleFile, "App"));
        }
    }

    #[test]
    fn a_folder_without_an_app_is_none() {
        assert!(inspect(&Memory::default(), &Target::IIS).is_empty());
        let root = Memory::default()
            .with("shared/A.B/8.0.1/A.B.deps.json", "{}")
            .with("sdk/8.0.100/dotnet.runtimeconfig.json", "{}");
        assert!(inspect(&root, &Target::IIS).is_empty(), "a .NET root");
        assert!(
            inspect(&Memory::default().with("web.config", "<x/>").with("index.html", "x"), &Target::IIS)
                .is_empty()
        );
        let muxer = root.with("dotnet.exe", image("pe x64 exe")).with("LICENSE", "you may");
        assert!(inspect(&muxer, &Target::IIS).is_empty(), "a .NET root with its muxer");
        let native = Memory::default().with("lib/e.dll", image("pe x64 native dll"));
        assert!(inspect(&native, &Target::IIS).is_empty(), "native libraries only");
    }

    #[test]
    fn the_names_of_facts_are_kebab_case_and_unique() {
        for (i, id) in FactId::ALL.iter().enumerate() {
            assert!(
                id.name().bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'),
                "{id}"
            );
            assert!(!FactId::ALL[..i].iter().any(|other| other.name() == id.name()), "{id}");
        }
    }

    proptest! {
        #[test]
        fn damaged_folders_do_not_panic(
            which in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), byte in any::<u8>(),
            removed in any::<prop::sample::Index>(), base in 0..2_usize,
        ) {
            let mut folder = if base == 0 { portable() } else { self_contained() };
            let removed = folder.entries[removed.index(folder.entries.len())].path.clone();
            folder = folder.without(&removed);
            let path = folder.entries[which.index(folder.entries.len())].path.clone();
            if let Some(Some(content)) = folder.contents.get_mut(&path) && !content.is_empty() {
                let at = at.index(content.len());
                content[at] = byte;
            }
            for published in inspect(&folder, &Target::IIS) {
                prop_assert!(published.facts.len() <= falconer_dotnet::publish::MAX_FACTS);
            }
        }
    }
}
