//! Published folders: how they were published, files of different builds in one folder, names and processors that do
//! not fit. Each defect is named, and what looks like one but is none is not.
#![allow(clippy::expect_used, reason = "a test stops where something is not as it must be")]

mod samples;

use falconer_dotnet::platform::{Arch, Os};
use falconer_dotnet::publish::{Fact, FactId, FileEntry, Target, inspect};
use samples::{Memory, any_cpu, apphost, image, native};
use samples::{X64, X86};

const LINUX: Target<'static> = Target { os: Os::Linux, iis: false, ..Target::IIS };

fn config(tfm: &str, version: &str) -> String {
    format!(
        r#"{{ "runtimeOptions": {{ "tfm": "{tfm}", "frameworks": [
        {{ "name": "Microsoft.NETCore.App", "version": "{version}" }},
        {{ "name": "Microsoft.AspNetCore.App", "version": "{version}" }} ] }} }}"#
    )
}

fn deps(target: &str, libraries: &str) -> String {
    format!(
        r#"{{ "runtimeTarget": {{ "name": "{target}" }},
  "targets": {{ "{target}": {{ "App/1.0.0": {{ "runtime": {{ "App.dll": {{}} }} }}{libraries} }} }},
  "libraries": {{ }} }}"#
    )
}

const PORTABLE: &str = ".NETCoreApp,Version=v8.0";
const JSON: &str = r#",
  "Newtonsoft.Json/13.0.3": { "runtime": { "lib/net6.0/Newtonsoft.Json.dll": { "assemblyVersion": "13.0.0.0" } } }"#;

fn app() -> Memory {
    Memory::default()
        .with("App.dll", any_cpu())
        .with("App.exe", apphost(X64, "App.dll", None))
        .with("App.runtimeconfig.json", config("net8.0", "8.0.0"))
        .with("App.deps.json", deps(PORTABLE, JSON))
        .with("Newtonsoft.Json.dll", image("pe anycpu assembly 13.0.0.0"))
        .with("web.config", "<configuration/>")
}

fn all_facts(folder: &Memory, target: &Target<'_>) -> Vec<Fact> {
    inspect(folder, target).into_iter().flat_map(|published| published.facts).collect()
}

fn facts(folder: &Memory, target: &Target<'_>) -> Vec<Fact> {
    all_facts(folder, target).into_iter().filter(|f| !f.id.is_state()).collect()
}

/// The one fact of a folder that is meant for IIS.
fn fact(folder: &Memory) -> Fact {
    let mut facts = facts(folder, &Target::IIS);
    assert_eq!(facts.len(), 1, "{facts:#?}");
    facts.remove(0)
}

fn fields<'f>(fact: &'f Fact, names: &[&str]) -> Vec<&'f str> {
    names.iter().map(|name| fact.field(name).unwrap_or("-")).collect()
}

#[test]
fn each_app_says_how_it_was_published() {
    let names = ["app", "kind", "main", "framework", "rid", "os", "architecture"];
    let web = || Memory::default().with("web.config", "<configuration/>");
    for (folder, expected) in [
        (app(), ["App", "portable", "yes", "net8.0", "-", "-", "-"]),
        (
            app().with("App.deps.json", deps(".NETCoreApp,Version=v8.0/linux-arm64", JSON)),
            ["App", "rid-specific", "yes", "net8.0", "linux-arm64", "linux", "arm64"],
        ),
        (
            web().with("Site.exe", image("pe x86 single-file Site.dll")),
            ["Site", "single-file", "yes", "-", "-", "windows", "x86"],
        ),
        (
            web().with("Site.exe", image("pe arm64 single-file Site.dll self-contained")),
            ["Site", "self-contained-single-file", "yes", "-", "-", "windows", "arm64"],
        ),
        (
            web().with("Site.exe", image("pe x64 native-aot")),
            ["Site", "native-aot", "yes", "-", "-", "windows", "x64"],
        ),
    ] {
        let states: Vec<Fact> =
            all_facts(&folder, &Target::IIS).into_iter().filter(|f| f.id == FactId::AppKind).collect();
        assert_eq!(states.len(), 1);
        assert_eq!(fields(&states[0], &names), expected);
    }
    let state = &all_facts(&app(), &Target::IIS)[0];
    assert_eq!(
        (state.message.as_str(), state.place.map(|(_, at)| at.line)),
        ("App is portable, for net8.0.", Some(1))
    );
}

#[test]
fn an_assembly_of_another_build_is_named_with_both_versions() {
    assert_eq!(facts(&app(), &Target::IIS), []);
    let names = ["package", "version", "expected", "found", "age", "listed-in"];
    for (version, age) in [("9.0.0.0", "older"), ("13.0.0.1", "newer")] {
        let other = fact(&app().with("Newtonsoft.Json.dll", image(&format!("pe anycpu assembly {version}"))));
        assert_eq!((other.id, other.path.as_str()), (FactId::AssemblyVersionDiffers, "Newtonsoft.Json.dll"));
        let expected = ["Newtonsoft.Json", "13.0.3", "13.0.0.0", version, age, "App.deps.json"];
        assert_eq!(fields(&other, &names), expected);
        assert_eq!(other.place.map(|(_, at)| at.line), Some(3));
    }
}

#[test]
fn assemblies_in_no_list_are_told_once() {
    let leftovers = fact(&app().with("Old.Core.dll", any_cpu()).with("Old.Data.dll", any_cpu()));
    assert_eq!((leftovers.id, leftovers.path.as_str()), (FactId::AssembliesNotListed, "App.deps.json"));
    assert_eq!(fields(&leftovers, &["files", "count"]), ["Old.Core.dll,Old.Data.dll", "2"]);
}

#[test]
fn assemblies_that_are_there_by_design_are_no_leftovers() {
    for (path, content) in [
        ("plugins/Plugin.dll", any_cpu()),
        ("wwwroot/_framework/App.Client.dll", any_cpu()),
        ("de/App.resources.dll", any_cpu()),
        ("App.Views.dll", any_cpu()),
        ("sqlite3.dll", native(X64)),
        ("newtonsoft.JSON.DLL", image("pe anycpu assembly 13.0.0.0")),
    ] {
        assert_eq!(facts(&app().with(path, content), &Target::IIS), [], "{path}");
    }
    let plugin = app().with("Plugin.dll", any_cpu()).with("Plugin.deps.json", "{}");
    assert_eq!(facts(&plugin, &Target::IIS), [], "a plug-in with a list of its own");
    let foreign = app().with("App.deps.json", deps(PORTABLE, JSON).replace("App.dll", "Other.dll"));
    let ids: Vec<FactId> = facts(&foreign, &Target::IIS).iter().map(|f| f.id).collect();
    assert_eq!(ids, [FactId::DepsAssetMissing], "the list is not this app's");
}

#[test]
fn a_deps_json_of_another_publish_is_named() {
    let names = ["reason", "deps", "runtimeconfig"];
    let older = fact(&app().with("App.deps.json", deps(".NETCoreApp,Version=v6.0", JSON)));
    assert_eq!(older.id, FactId::DepsOfAnotherPublish);
    assert_eq!(fields(&older, &names), ["framework", "net6.0", "net8.0"]);
    assert_eq!(older.place.map(|(_, at)| (at.line, at.column)), Some((1, 30)));

    let included = config("net8.0", "8.0.99").replace("\"frameworks\"", "\"includedFrameworks\"");
    let portable = facts(&app().with("App.runtimeconfig.json", included), &Target::IIS);
    let kind = portable.iter().find(|f| f.id == FactId::DepsOfAnotherPublish).expect("is told");
    assert_eq!(fields(kind, &names), ["kind", "portable", "self-contained"]);
}

#[test]
fn a_runtimes_folder_without_a_deps_json_is_told() {
    let without = app().without("App.deps.json");
    assert_eq!(facts(&without, &Target::IIS), []);
    let with = without.with("runtimes/win-x64/native/sqlite3.dll", native(X64));
    assert_eq!(fact(&with).id, FactId::DepsMissing);
}

#[test]
fn names_in_another_case_matter_on_linux_only() {
    let folder = app()
        .without("Newtonsoft.Json.dll")
        .with("newtonsoft.json.dll", image("pe anycpu assembly 13.0.0.0"))
        .without("App.exe")
        .without("App.runtimeconfig.json")
        .with("app.runtimeconfig.json", config("net8.0", "8.0.0"));
    let windows = Target { entry: Some("APP.dll"), ..Target::IIS };
    assert_eq!(facts(&folder, &windows), []);
    let found = facts(&folder, &Target { entry: Some("APP.dll"), ..LINUX });
    let told: Vec<Vec<&str>> = found.iter().map(|f| fields(f, &["name", "found", "reason"])).collect();
    assert_eq!(
        told,
        [
            ["App.runtimeconfig.json", "app.runtimeconfig.json", "runtimeconfig"],
            ["Newtonsoft.Json.dll", "newtonsoft.json.dll", "deps"],
            ["APP.dll", "App.dll", "entry"],
        ]
    );
    assert!(found.iter().all(|f| f.id == FactId::NameCaseDiffers));
    let right = Target { entry: Some(".\\App.dll"), ..LINUX };
    assert_eq!(facts(&app().without("App.exe"), &right), []);
}

fn native_package(rids: &[&str]) -> Memory {
    let assets: Vec<String> = rids
        .iter()
        .map(|rid| format!(r#""runtimes/{rid}/native/e.dll": {{ "rid": "{rid}", "assetType": "native" }}"#))
        .collect();
    let library = format!(r#", "Native/2.0.0": {{ "runtimeTargets": {{ {} }} }}"#, assets.join(", "));
    let mut folder = app().with("App.deps.json", deps(PORTABLE, &(JSON.to_owned() + &library)));
    for rid in rids.iter().filter(|rid| rid.starts_with("win")) {
        let arch = rid.rsplit('-').next().filter(|arch| *arch != "win").unwrap_or("x86");
        folder.set(&format!("runtimes/{rid}/native/e.dll"), image(&format!("pe {arch} native dll")));
    }
    folder
}

#[test]
fn native_libraries_that_the_process_will_not_use_are_named() {
    let x86 = Target { pool: Some(Arch::X86), ..Target::IIS };
    let x64 = Target { pool: Some(Arch::X64), ..Target::IIS };
    for (rids, target, expected) in [
        (&["win-x64", "linux-x64"][..], &x86, Some(["architecture", "win-x64"])),
        (&["win-x64", "win-arm64"], &x86, Some(["architecture", "win-arm64,win-x64"])),
        (&["win10-x64", "win-x86"], &x64, Some(["rid", "win10-x64"])),
        (&["win-x64"], &x64, None),
        (&["win"], &x86, None),
        (&["linux-x64", "osx"], &x64, None),
        (&["win-x86"], &Target::IIS, None),
    ] {
        let found = facts(&native_package(rids), target);
        let told: Vec<Vec<&str>> = found.iter().map(|f| fields(f, &["reason", "rids"])).collect();
        assert_eq!(told, expected.iter().map(|e| e.to_vec()).collect::<Vec<_>>(), "{rids:?}");
    }
    let net6 = native_package(&["win10-x64"])
        .with("App.runtimeconfig.json", config("net6.0", "6.0.0"))
        .with("App.deps.json", deps(".NETCoreApp,Version=v6.0", JSON));
    assert_eq!(facts(&net6, &x64), [], ".NET 6 knows the graph");
}

/// As System.Data.SqlClient brings its library: in a package for each processor.
#[test]
fn a_native_library_that_a_sister_package_brings_is_not_missed() {
    let sister = |rid: &str| {
        let asset = format!("runtimes/{rid}/native/sni.dll");
        format!(
            r#", "runtime.{rid}.native.sni/4.4.0": {{
            "runtimeTargets": {{ "{asset}": {{ "rid": "{rid}", "assetType": "native" }} }} }}"#
        )
    };
    let sisters: String = ["win-x64", "win-x86"].map(sister).concat();
    let folder = app()
        .with("App.deps.json", deps(PORTABLE, &(JSON.to_owned() + &sisters)))
        .with("runtimes/win-x64/native/sni.dll", image("pe x64 native dll"))
        .with("runtimes/win-x86/native/sni.dll", image("pe x86 native dll"));
    for arch in [Arch::X64, Arch::X86] {
        assert_eq!(facts(&folder, &Target { pool: Some(arch), ..Target::IIS }), [], "{arch}");
    }
    let told = facts(&folder, &Target { pool: Some(Arch::Arm64), ..Target::IIS });
    assert_eq!(told.iter().map(|f| f.id).collect::<Vec<_>>(), [FactId::NativeAssetsNotUsed; 2]);
}

#[test]
fn a_framework_asked_for_in_a_preview_is_told_with_its_place() {
    let asked = config("net8.0", "8.0.0").replacen("8.0.0", "8.0.0-rc.2.23479.6", 1);
    let preview = fact(&app().with("App.runtimeconfig.json", asked));
    assert_eq!(preview.id, FactId::PrereleaseFramework);
    assert_eq!(fields(&preview, &["framework", "version"]), ["Microsoft.NETCore.App", "8.0.0-rc.2.23479.6"]);
    assert_eq!(preview.place.map(|(_, at)| at.line), Some(2));
}

#[test]
fn a_carried_runtime_with_an_old_patch_is_told() {
    let included = |version| config("net8.0", version).replace("\"frameworks\"", "\"includedFrameworks\"");
    let outdated = |version| {
        let folder = app().with("App.runtimeconfig.json", included(version));
        let found = facts(&folder, &Target::IIS).into_iter();
        found.filter(|f| f.id == FactId::CarriedRuntimeOutdated).collect::<Vec<_>>()
    };
    assert_eq!(fields(&outdated("8.0.1")[0], &["version", "latest"]), ["8.0.1", "8.0.26"]);
    assert_eq!(outdated("8.0.26"), []);
    assert_eq!(outdated("99.0.0"), [], "a release that is not known here");
}

#[test]
fn json_that_is_refused_is_told_with_the_kind_of_problem_and_its_place() {
    let both = r#"{ "runtimeOptions": { "tfm": "net8.0",
  "framework": { "name": "Microsoft.NETCore.App", "version": "8.0.0" },
  "includedFrameworks": [ { "name": "Microsoft.NETCore.App", "version": "8.0.1" } ] } }"#;
    let twice = config("net8.0", "8.0.0").replace("Microsoft.AspNetCore.App", "Microsoft.NETCore.App");
    for (path, content, id, problem, line) in [
        ("App.runtimeconfig.json", both, FactId::RuntimeConfigInvalid, "included-and-referenced", 3),
        ("App.runtimeconfig.json", &twice, FactId::RuntimeConfigInvalid, "duplicate-framework", 3),
        ("App.deps.json", "{\n  \"targets\": {,} }", FactId::DepsInvalid, "syntax", 2),
        ("appsettings.json", "{\n\"A\": 1,\n\"a\": 2 }", FactId::AppSettingsInvalid, "duplicate-key", 3),
    ] {
        let refused = fact(&app().with(path, content));
        assert_eq!((refused.id, refused.path.as_str()), (id, path));
        assert_eq!(
            (refused.field("problem"), refused.place.map(|(_, at)| at.line)),
            (Some(problem), Some(line))
        );
    }
}

#[test]
fn an_executable_must_be_of_the_processor_that_the_app_was_published_for() {
    let published = app().with("App.deps.json", deps(".NETCoreApp,Version=v8.0/win-x86", JSON));
    let mismatch = fact(&published);
    assert_eq!((mismatch.id, mismatch.field("reason")), (FactId::ExeDllMismatch, Some("rid")));
    assert_eq!(facts(&published.with("App.exe", apphost(X86, "App.dll", None)), &Target::IIS), []);
}

#[test]
fn an_executable_of_another_system_is_wrong_when_it_is_what_is_started() {
    for host in ["elf x64 apphost App.dll", "macho arm64 apphost App.dll"] {
        let folder = app().without("App.exe").with("App", image(host));
        let by_dotnet = Target { entry: Some("App.dll"), ..Target::IIS };
        assert_eq!(facts(&folder, &by_dotnet), [], "{host}");
        let found = facts(&folder, &Target { entry: Some("App"), ..Target::IIS });
        assert_eq!(found.len(), 1, "{found:#?}");
        assert_eq!((found[0].id, found[0].field("reason")), (FactId::WrongPlatform, Some("executable")));
    }
}

#[test]
fn precompiled_code_must_fit_or_is_of_no_use() {
    let with = |words: &str| app().with("Newtonsoft.Json.dll", image(words));
    let linux = fact(
        &with("pe x64 assembly r2r linux")
            .with("App.deps.json", deps(PORTABLE, &JSON.replace("13.0.0.0", "1.0.0.0"))),
    );
    assert_eq!(linux.id, FactId::ReadyToRunForOtherSystem);
    assert_eq!(fields(&linux, &["os", "architecture", "count"]), ["linux", "x64", "1"]);

    let x64 = Target { pool: Some(Arch::X64), ..Target::IIS };
    let listed = deps(PORTABLE, &JSON.replace("13.0.0.0", "1.0.0.0"));
    let arm = facts(&with("pe arm64 assembly r2r").with("App.deps.json", listed.clone()), &x64);
    assert_eq!(arm.iter().map(|f| f.id).collect::<Vec<_>>(), [FactId::AssemblyWrongArch]);
    let fitting = with("pe x64 assembly r2r").with("App.deps.json", listed);
    assert_eq!(facts(&fitting, &x64), []);
}

#[test]
fn libraries_of_linux_must_fit_the_process_too() {
    let published = |words: &str| {
        app()
            .without("App.exe")
            .with("App", image("elf x64 apphost App.dll"))
            .with("App.deps.json", deps(".NETCoreApp,Version=v8.0/linux-x64", JSON))
            .with("libsqlite3.so", image(words))
    };
    assert_eq!(facts(&published("elf x64 library"), &LINUX), []);
    let wrong = facts(&published("elf arm64 library"), &LINUX);
    assert_eq!(wrong.iter().map(|f| f.id).collect::<Vec<_>>(), [FactId::NativeAssetWrongArch]);
    assert_eq!(fields(&wrong[0], &["architecture", "expected"]), ["arm64", "x64"]);
}

#[test]
fn what_a_hostile_list_makes_told_is_bounded() {
    let libraries: String = (0..20_000)
        .map(|n| {
            let rid = "win10-x64";
            let asset = format!(r#""runtimes/{rid}/native/{n}.dll": {{ "rid": "{rid}", "assetType": "native" }}"#);
            format!(r#", "P{n}/1.0.0": {{ "runtime": {{ "lib/p{n}.dll": {{}} }}, "runtimeTargets": {{ {asset} }} }}"#)
        })
        .collect();
    let mut folder = app().with("App.deps.json", deps(PORTABLE, &(JSON.to_owned() + &libraries)));
    for n in 0..20_000 {
        folder.entries.push(FileEntry { path: format!("P{n}.dll"), size: 0 });
        folder.contents.insert(format!("P{n}.dll"), Some(any_cpu()));
    }
    for target in [Target { pool: Some(Arch::X64), ..Target::IIS }, Target { pool: Some(Arch::X64), ..LINUX }]
    {
        let found = facts(&folder, &target);
        assert!((100..=500).contains(&found.len()), "{}", found.len());
    }
}
