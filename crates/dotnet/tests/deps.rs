//! The files of a `*.deps.json`, chosen and placed as hostpolicy does.

#[cfg(test)]
mod deps {
    use falconer_dotnet::deps::{Asset, AssetKind, DepsFile};
    use falconer_dotnet::platform::{Arch, Os};
    use falconer_dotnet::rid::RidRules;
    use proptest::prelude::*;

    const TEXT: &str = r#"{
      "runtimeTarget": { "name": ".NETCoreApp,Version=v8.0", "signature": "" },
      "compilationOptions": {},
      "targets": {
        ".NETCoreApp,Version=v8.0": {
          "App/1.0.0": { "dependencies": { "Native": "2.0.0" }, "runtime": { "App.dll": {} } },
          "Native/2.0.0": {
            "runtime": { "lib/net8.0/Native.dll": { "assemblyVersion": "2.0.0.0", "fileVersion": "2.0.0.0" } },
            "resources": { "lib/net8.0/de/Native.resources.dll": { "locale": "de" } },
            "runtimeTargets": {
              "runtimes/win/lib/net8.0/Native.dll": { "rid": "win", "assetType": "runtime" },
              "runtimes/win-x64/native/n.dll": { "rid": "win-x64", "assetType": "native" },
              "runtimes/win10-arm64/native/n.dll": { "rid": "win10-arm64", "assetType": "Native" },
              "runtimes/win-x64/native/n.pdb": { "rid": "win-x64", "assetType": "symbols" }
            }
          },
          "Moved/1.0.0": { "native": { "native/m.dll": { "localPath": "sub\\m.dll" }, "lib/_._": {} } }
        },
        ".NETCoreApp,Version=v8.0/win-x64": {}
      },
      "libraries": {
        "App/1.0.0": { "type": "project", "serviceable": false, "sha512": "" },
        "Native/2.0.0": { "type": "package", "serviceable": true, "sha512": "x", "path": "native/2.0.0" },
        "Moved/1.0.0": { "type": "Package", "serviceable": true, "runtimeStoreManifestName": "store.xml" }
      }
    }"#;

    fn file() -> DepsFile {
        DepsFile::parse(TEXT.as_bytes()).expect("valid")
    }

    fn used(arch: Arch, rules: RidRules, self_contained: bool) -> Vec<String> {
        let file = file();
        let native = file.library("native").expect("a library");
        native.assets_for(Os::Windows, arch, rules, self_contained).iter().map(|a| a.place()).collect()
    }

    #[test]
    fn target_and_libraries_are_read() {
        let file = file();
        assert_eq!(file.target_framework().map(|t| t.to_string()).as_deref(), Some("net8.0"));
        assert_eq!(file.rid(), None);
        let kinds: Vec<&str> = file.libraries.iter().map(|l| &*l.kind).collect();
        assert_eq!(kinds, ["project", "package", "package"]);
        assert_eq!(file.libraries.iter().map(|l| l.from_store).collect::<Vec<_>>(), [false, false, true]);
        let native = &file.libraries[1];
        assert_eq!((&*native.name, &*native.version), ("Native", "2.0.0"));
        assert_eq!(&TEXT[native.span.range()], "\"Native/2.0.0\"");
        assert_eq!(native.assets.len(), 5, "symbols are no files of the app");
        assert_eq!(&TEXT[native.assets[0].span.range()], "\"lib/net8.0/Native.dll\"");
        assert_eq!(native.assets[0].assembly_version.as_deref(), Some("2.0.0.0"));
    }

    #[test]
    fn a_runtime_target_may_be_a_string_with_a_rid() {
        let text = TEXT.replace(
            r#"{ "name": ".NETCoreApp,Version=v8.0", "signature": "" }"#,
            "\".NETCoreApp,Version=v8.0/win-x64\"",
        );
        let file = DepsFile::parse(text.as_bytes()).expect("valid");
        assert_eq!((file.rid(), file.libraries.len()), (Some("win-x64"), 0));
    }

    #[test]
    fn files_for_the_machine_win_over_general_ones_of_their_kind() {
        let resources = "de/Native.resources.dll";
        let windows = "runtimes/win/lib/net8.0/Native.dll";
        assert_eq!(
            used(Arch::X64, RidRules::Portable, false),
            [windows, resources, "runtimes/win-x64/native/n.dll"]
        );
        assert_eq!(used(Arch::X86, RidRules::Portable, false), [windows, resources], "no native file fits");
        assert_eq!(
            used(Arch::Arm64, RidRules::Portable, false),
            [windows, resources],
            ".NET 8 knows no win10"
        );
        assert_eq!(
            used(Arch::Arm64, RidRules::Graph, false).last().map(String::as_str),
            Some("runtimes/win10-arm64/native/n.dll")
        );
        assert_eq!(used(Arch::X64, RidRules::Portable, true), ["Native.dll", resources]);
    }

    #[test]
    fn local_paths_and_placeholders_are_heeded() {
        let file = file();
        let moved = file.library("Moved").expect("a library");
        let used = moved.assets_for(Os::Windows, Arch::X64, RidRules::Portable, true);
        assert_eq!(used.iter().map(|a| a.place()).collect::<Vec<_>>(), ["sub/m.dll"]);
    }

    #[test]
    fn the_place_follows_from_the_path() {
        let place = |path: &str, kind| {
            let asset = Asset {
                path: path.into(),
                kind,
                rid: None,
                assembly_version: None,
                file_version: None,
                local_path: None,
                span: Default::default(),
            };
            asset.place()
        };
        assert_eq!(place("lib/net8.0/a.dll", AssetKind::Runtime), "a.dll");
        assert_eq!(place("a.dll", AssetKind::Native), "a.dll");
        assert_eq!(place("lib/net8.0/pt-BR/a.resources.dll", AssetKind::Resources), "pt-BR/a.resources.dll");
        assert_eq!(place("de/a.resources.dll", AssetKind::Resources), "de/a.resources.dll");
    }

    #[test]
    fn errors_name_the_place() {
        for (text, message) in [
            ("{", "line 1, column 2: Missing a name for object member."),
            ("[]", "line 1, column 1: expected a JSON object, found an array"),
            ("{}", "line 1, column 1: `runtimeTarget` is missing"),
            ("{\"runtimeTarget\": {}}", "line 1, column 19: `name` is missing"),
            ("{\"runtimeTarget\": \"a\"}", "line 1, column 1: `targets` is missing"),
            (
                "{\"runtimeTarget\": \"a\",\n \"targets\": {\"b\": {}}}",
                "line 2, column 13: `targets` has no entry 'a', which `runtimeTarget` names",
            ),
            (
                "{\"runtimeTarget\": \"a\", \"targets\": {\"a\": {}}}",
                "line 1, column 1: `libraries` is missing",
            ),
            (
                "{\"runtimeTarget\": \"a\", \"targets\": {\"a\": {\"L/1\": 5}}, \"libraries\": {}}",
                "line 1, column 49: `targets` must be an object, found a number",
            ),
        ] {
            assert_eq!(DepsFile::parse(text.as_bytes()).expect_err(text).to_string(), message);
        }
    }

    proptest! {
        #[test]
        fn damaged_files_do_not_panic(at in 0..TEXT.len(), byte in any::<u8>(), cut in 0..TEXT.len()) {
            let mut bytes = TEXT.as_bytes().to_vec();
            bytes[at] = byte;
            if let Ok(file) = DepsFile::parse(&bytes) {
                for library in &file.libraries {
                    for asset in library.assets_for(Os::Windows, Arch::X64, RidRules::Graph, false) {
                        prop_assert!(!asset.is_placeholder());
                    }
                }
            }
            prop_assert!(DepsFile::parse(&TEXT.as_bytes()[..cut]).is_err());
        }
    }
}
