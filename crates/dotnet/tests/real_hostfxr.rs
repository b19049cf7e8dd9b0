//! Held against a real .NET. `FALCONER_DOTNET_ROOT` names a .NET root with at least one version of hostfxr;
//! without it these tests say that they are skipped. `FALCONER_DOTNET_COMBINATIONS` sets how many combinations
//! are tried for each version of hostfxr, a tenth of a second each.

mod samples;

#[cfg(test)]
mod real_hostfxr {
    use falconer_dotnet::deps::DepsFile;
    use falconer_dotnet::image::{AppHost, Binding, Code, Image, Seekable, Source};
    use falconer_dotnet::inventory::Inventory;
    use falconer_dotnet::platform::{Arch, Os};
    use falconer_dotnet::publish::{FileEntry, Folder};
    use falconer_dotnet::resolution::{CommandLine, Env, Installed, Request, RootBy, RootSearch, resolve};
    use falconer_dotnet::runtimeconfig::RuntimeConfig;
    use falconer_dotnet::version::Version;
    use std::fs;
    use std::io::{self, Write};
    use std::path::{Path, PathBuf};
    use std::process::Command;

    /// Combinations that are tried for each version of hostfxr, when nothing else is said.
    const COMBINATIONS: usize = 300;
    /// What an apphost has in place of the name of its dll: the SHA-256 of "foobar".
    const PLACEHOLDER: &str = "c3ab8ff13720e8ad9047dd39466b3c8974e592c2fa383d4a3960714caef0c4f2";
    const MUXER: &str = if cfg!(windows) { "dotnet.exe" } else { "dotnet" };

    fn root() -> Option<PathBuf> {
        let root = std::env::var_os("FALCONER_DOTNET_ROOT").map(PathBuf::from);
        if root.is_none() {
            // Written past the capture of the test harness, so that it is seen.
            let note = "SKIPPED: FALCONER_DOTNET_ROOT is not set, nothing was compared with a real hostfxr";
            let _ = writeln!(io::stderr(), "{note}");
        }
        root
    }

    /// A folder on a disk.
    struct Disk {
        root: PathBuf,
        entries: Vec<FileEntry>,
    }

    impl Disk {
        fn new(root: &Path) -> Disk {
            let mut entries = Vec::new();
            let mut dirs = vec![root.to_owned()];
            while let Some(dir) = dirs.pop() {
                for entry in fs::read_dir(&dir).expect("a folder").map(|e| e.expect("an entry")) {
                    let metadata = fs::metadata(entry.path()).expect("metadata");
                    if metadata.is_dir() {
                        dirs.push(entry.path());
                    } else {
                        let path = entry
                            .path()
                            .strip_prefix(root)
                            .expect("below")
                            .to_string_lossy()
                            .replace('\\', "/");
                        entries.push(FileEntry { path, size: metadata.len() });
                    }
                }
            }
            Disk { root: root.to_owned(), entries }
        }
    }

    impl Folder for Disk {
        fn files(&self) -> &[FileEntry] {
            &self.entries
        }

        fn open<'f>(&'f self, path: &str) -> io::Result<Box<dyn Source + 'f>> {
            Ok(Box::new(Seekable::new(fs::File::open(self.root.join(path))?)?))
        }
    }

    /// Numbers from a seed (Knuth's MMIX generator): the same combinations on every machine.
    struct Numbers(u64);

    impl Numbers {
        fn below(&mut self, bound: usize) -> usize {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(self.0 >> 33).expect("31 bits") % bound
        }

        fn pick<'t>(&mut self, texts: &[&'t str]) -> &'t str {
            texts[self.below(texts.len())]
        }
    }

    const VERSIONS: [&str; 14] = [
        "5.0.0",
        "5.1.0",
        "6.0.0-preview.1",
        "6.0.0-rc.2.1",
        "6.0.0",
        "6.0.2",
        "6.0.10",
        "6.1.1",
        "6.2.0-preview.1",
        "6.2.0",
        "7.0.0-rc.1",
        "7.0.1",
        "8.0.0",
        "8.1.0-rc.1",
    ];
    const ASKED: [&str; 12] = [
        "5.0.0",
        "6.0.0",
        "6.0.0",
        "6.0.2",
        "6.0.5",
        "6.1.0",
        "6.0.0-preview.1",
        "6.0.0-rc.1",
        "7.0.0",
        "7.0.0-rc.1",
        "8.1.0-rc.1",
        "nine",
    ];
    const ROLL: [&str; 9] =
        ["", "", "", "Disable", "LatestPatch", "minor", "LatestMinor", "Major", "latestmajor"];

    /// JSON members with roll-forward settings, a comma before each; of one age only, as hostfxr demands.
    fn settings(n: &mut Numbers, old: bool) -> String {
        let mut members = String::new();
        if old {
            members += ["", "", ", \"rollForwardOnNoCandidateFx\": 0", ", \"rollForwardOnNoCandidateFx\": 2"]
                [n.below(4)];
            members += ["", "", ", \"applyPatches\": false"][n.below(3)];
        } else if let Some(roll) = Some(n.pick(&ROLL)).filter(|r| !r.is_empty()) {
            members += &format!(", \"rollForward\": \"{roll}\"");
        }
        members
    }

    fn config(n: &mut Numbers, names: &[&str]) -> String {
        let old = n.below(4) == 0;
        let mut references: Vec<String> = names
            .iter()
            .map(|name| {
                format!("{{\"name\": \"{name}\", \"version\": \"{}\"{}}}", n.pick(&ASKED), settings(n, old))
            })
            .collect();
        // The first reference may stand by itself, as older SDKs write it.
        let single = match n.below(3) == 0 && !references.is_empty() {
            true => format!("\"framework\": {}, ", references.remove(0)),
            false => String::new(),
        };
        let several = references.join(", ");
        format!("{{\"runtimeOptions\": {{{single}\"frameworks\": [{several}]{}}}}}", settings(n, old))
    }

    /// What is tried: installed frameworks with their configurations, the app's, and settings from outside.
    struct Combination {
        frameworks: Vec<(String, String, String)>,
        app: String,
        env: Vec<(&'static str, String)>,
        line: CommandLine,
    }

    impl Combination {
        /// The places where a setting can stand, and whether it does.
        fn places(&self) -> Vec<(&'static str, bool)> {
            let config = RuntimeConfig::parse(self.app.as_bytes()).expect("a valid configuration");
            let references = || config.frameworks.iter();
            let env = |name| self.env.iter().any(|(n, _)| *n == name);
            let prerelease = |text: &str| text.contains('-');
            vec![
                ("rollForward", config.roll_forward.is_some()),
                ("rollForward of a reference", references().any(|r| r.roll_forward.is_some())),
                ("applyPatches", config.apply_patches.is_some()),
                ("applyPatches of a reference", references().any(|r| r.apply_patches.is_some())),
                ("rollForwardOnNoCandidateFx", config.roll_forward_on_no_candidate_fx.is_some()),
                (
                    "rollForwardOnNoCandidateFx of a reference",
                    references().any(|r| r.roll_forward_on_no_candidate_fx.is_some()),
                ),
                ("several references", references().count() > 1),
                ("a pre-release asked for", references().any(|r| prerelease(r.version_text()))),
                ("a pre-release installed", self.frameworks.iter().any(|(_, v, _)| prerelease(v))),
                ("DOTNET_ROLL_FORWARD", env("DOTNET_ROLL_FORWARD")),
                ("DOTNET_ROLL_FORWARD_ON_NO_CANDIDATE_FX", env("DOTNET_ROLL_FORWARD_ON_NO_CANDIDATE_FX")),
                ("DOTNET_ROLL_FORWARD_TO_PRERELEASE", env("DOTNET_ROLL_FORWARD_TO_PRERELEASE")),
                ("--roll-forward", self.line.roll_forward.is_some()),
                ("--roll-forward-on-no-candidate-fx", self.line.roll_forward_on_no_candidate_fx.is_some()),
                ("--fx-version", self.line.fx_version.is_some()),
            ]
        }
    }

    fn combination(n: &mut Numbers) -> Combination {
        let mut frameworks = Vec::new();
        for (name, below) in
            [("Base", &[][..]), ("Middle", &["Base"][..]), ("Upper", &["Middle", "Base"][..])]
        {
            for version in VERSIONS {
                if n.below(2) == 0 {
                    let below = &below[..below.len().min(1 + n.below(2))];
                    // Most real frameworks refer to the version of their own.
                    let config = match n.below(3) {
                        0 => config(n, below),
                        _ => config(n, below).replace("nine", version),
                    };
                    frameworks.push((name.to_owned(), version.to_owned(), config));
                }
            }
        }
        let names = [
            &["Base"][..],
            &["Base"],
            &["Middle"],
            &["Base", "Middle"],
            &["Middle", "Base"],
            &["Upper"],
            &["Upper", "Base"],
        ];
        let names = names[n.below(7)];
        let app = config(n, names);
        let mut env = Vec::new();
        if n.below(5) == 0 {
            let unknown = n.below(6) == 0;
            let value = if unknown { "Sideways" } else { n.pick(&ROLL) };
            env.push(("DOTNET_ROLL_FORWARD", value.to_owned()));
        }
        if n.below(8) == 0 {
            env.push((
                "DOTNET_ROLL_FORWARD_ON_NO_CANDIDATE_FX",
                n.pick(&["0", "1", "2", "7", "x"]).to_owned(),
            ));
        }
        if n.below(5) == 0 {
            env.push(("DOTNET_ROLL_FORWARD_TO_PRERELEASE", n.pick(&["1", "0", "1x"]).to_owned()));
        }
        let mut line = CommandLine::default();
        if n.below(8) == 0 {
            let unknown = n.below(6) == 0;
            line.roll_forward = Some(if unknown { "Sideways" } else { n.pick(&ROLL[3..]) }.to_owned());
        } else if n.below(12) == 0 {
            line.roll_forward_on_no_candidate_fx = Some(n.pick(&["0", "2"]).to_owned());
        }
        if n.below(12) == 0 {
            line.fx_version = Some(n.pick(&VERSIONS).to_owned());
        }
        Combination { frameworks, app, env, line }
    }

    fn write(path: &Path, content: &str) {
        fs::create_dir_all(path.parent().expect("a folder")).expect("created");
        fs::write(path, content).expect("written");
    }

    /// Resolves by hostfxr: `name version` of each framework as its trace tells, or the exit status.
    fn by_hostfxr(root: &Path, app: &Path, combination: &Combination) -> Vec<String> {
        let trace = root.join("trace.txt");
        let _ = fs::remove_file(&trace);
        let mut command = Command::new(root.join(MUXER));
        command.arg("exec").env_clear().env("COREHOST_TRACE", "1").env("COREHOST_TRACEFILE", &trace);
        command.envs(combination.env.iter().map(|(name, value)| (name, value)));
        let line = &combination.line;
        for (option, value) in [
            ("--roll-forward", &line.roll_forward),
            ("--roll-forward-on-no-candidate-fx", &line.roll_forward_on_no_candidate_fx),
            ("--fx-version", &line.fx_version),
        ] {
            if let Some(value) = value {
                command.args([option, value]);
            }
        }
        let output = command.arg(app).output().expect("the muxer runs");
        let trace = fs::read_to_string(&trace).expect("a trace");
        let summary = trace.lines().filter_map(|line| {
            let rest = line.trim_start().strip_prefix("framework:'")?;
            let (name, rest) = rest.split_once('\'')?;
            let version = rest.split_once("found version='")?.1.split_once('\'')?.0;
            Some(format!("{name} {version}"))
        });
        let summary: Vec<String> = summary.collect();
        match summary.is_empty() {
            true => vec![format!("exit {}", output.status.code().map_or(-1, |c| c & 0xFF))],
            false => summary,
        }
    }

    /// Resolves by this crate, in the same notation.
    fn by_falconer(root: &Path, combination: &Combination) -> Vec<String> {
        let installed = Installed::of_root(&Disk::new(root));
        let config = RuntimeConfig::parse(combination.app.as_bytes()).expect("a valid configuration");
        let mut env = Env { os: Some(Os::Linux), ..Env::default() };
        for (name, value) in &combination.env {
            assert!(env.set(name, value), "{name}");
        }
        let request = Request { config: &config, command_line: combination.line.clone() };
        match resolve(&request, &installed, &env) {
            Ok(resolved) => resolved.iter().map(|r| format!("{} {}", r.name, r.version)).collect(),
            Err(error) => vec![format!("exit {}", error.exit_code() & 0xFF)],
        }
    }

    #[test]
    fn resolution_agrees_with_hostfxr() {
        let Some(real) = root() else { return };
        let scratch = std::env::temp_dir().join(format!("falconer-hostfxr-{}", std::process::id()));
        let count = std::env::var("FALCONER_DOTNET_COMBINATIONS").ok().and_then(|n| n.parse().ok());
        let count: usize = count.unwrap_or(COMBINATIONS);
        let mut compared = 0;
        let mut outcomes = std::collections::BTreeMap::new();
        let mut settings = std::collections::BTreeMap::new();
        for host in fs::read_dir(real.join("host/fxr")).expect("host/fxr").map(|e| e.expect("an entry")) {
            let _ = fs::remove_dir_all(&scratch);
            let fxr = scratch.join("host/fxr").join(host.file_name());
            fs::create_dir_all(&fxr).expect("created");
            fs::copy(real.join(MUXER), scratch.join(MUXER)).expect("the muxer");
            for file in fs::read_dir(host.path()).expect("a folder").map(|e| e.expect("an entry")) {
                fs::copy(file.path(), fxr.join(file.file_name())).expect("hostfxr");
            }
            let app = scratch.join("app/app.dll");
            write(&app, "");
            let mut numbers = Numbers(1);
            for i in 0..count {
                let combination = combination(&mut numbers);
                let _ = fs::remove_dir_all(scratch.join("shared"));
                for (name, version, config) in &combination.frameworks {
                    let dir = scratch.join("shared").join(name).join(version);
                    write(&dir.join(format!("{name}.deps.json")), "{}");
                    write(&dir.join(format!("{name}.runtimeconfig.json")), config);
                }
                write(&app.with_extension("runtimeconfig.json"), &combination.app);
                let real = by_hostfxr(&scratch, &app, &combination);
                let ours = by_falconer(&scratch, &combination);
                let installed: Vec<String> =
                    combination.frameworks.iter().map(|(n, v, c)| format!("{n} {v}: {c}")).collect();
                assert_eq!(
                    ours,
                    real,
                    "hostfxr {:?}, combination {i}\n{}\n{:?} {:?}\n{}",
                    host.file_name(),
                    combination.app,
                    combination.env,
                    combination.line,
                    installed.join("\n")
                );
                compared += 1;
                for (place, is_set) in combination.places() {
                    *settings.entry(place).or_insert(0) += usize::from(is_set);
                }
                *outcomes
                    .entry(if real[0].starts_with("exit") { real[0].clone() } else { "resolved".to_owned() })
                    .or_insert(0) += 1;
            }
        }
        let _ = fs::remove_dir_all(&scratch);
        eprintln!("{compared} combinations agree: {outcomes:?}, with these settings: {settings:?}");
        assert!(compared >= count);
        // What was compared is what matters: each place of a setting in a good number of combinations.
        for (place, times) in settings {
            assert!(times * 50 >= compared, "{place} stood in {times} of {compared} combinations only");
        }
    }

    /// The folder that an apphost takes for the .NET root, as its trace tells; `None` for one without hostfxr.
    #[cfg(target_os = "linux")]
    fn root_of_apphost(exe: &Path, env: &[(&str, String)]) -> Option<String> {
        let trace = exe.with_extension("trace");
        let _ = fs::remove_file(&trace);
        let mut command = Command::new(exe);
        command.env_clear().env("COREHOST_TRACE", "1").env("COREHOST_TRACEFILE", &trace);
        command.envs(env.iter().map(|(name, value)| (name, value))).output().expect("the executable runs");
        let trace = fs::read_to_string(&trace).expect("a trace");
        let fxr =
            trace.lines().find_map(|l| l.trim().strip_prefix("Resolved fxr [")?.split_once("/host/fxr/"));
        fxr.map(|(root, _)| root.to_owned())
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn an_executable_takes_the_root_that_is_foretold() {
        let Some(real) = root() else { return };
        let template = fs::read(real.join("apphost/apphost")).expect("tools/assemble-dotnet makes one");
        let place = template.windows(64).position(|w| w == PLACEHOLDER.as_bytes()).expect("a placeholder");
        let scratch = std::env::temp_dir().join(format!("falconer-apphost-{}", std::process::id()));
        let host =
            fs::read_dir(real.join("host/fxr")).expect("host/fxr").map(|e| e.expect("an entry").path());
        let host = host.max_by_key(|p| Version::parse(&p.file_name()?.to_string_lossy())).expect("a version");
        for name in ["one", "two"] {
            let fxr = scratch.join(name).join("host/fxr").join(host.file_name().expect("a name"));
            fs::create_dir_all(&fxr).expect("created");
            fs::copy(host.join("libhostfxr.so"), fxr.join("libhostfxr.so")).expect("hostfxr");
        }
        fs::create_dir_all(scratch.join("empty")).expect("created");
        let exe = scratch.join("app/app");
        write(&exe.with_extension("dll"), "");
        fs::copy(real.join("apphost/apphost"), &exe).expect("an executable");
        let mut bound = template;
        bound[place..place + 64].copy_from_slice(&[0; 64]);
        bound[place..place + 7].copy_from_slice(b"app.dll");
        fs::write(&exe, &bound).expect("written");
        let image = Image::read(&mut bound.as_slice()).expect("readable");
        let read = AppHost::read(&mut bound.as_slice(), &image, "app").expect("readable");
        assert_eq!(read.map(|host| host.binding), Some(Binding::Dll("app.dll".to_owned())));

        let values = [None, Some("one"), Some("two"), Some("empty"), Some("gone"), Some("")];
        let names = ["DOTNET_ROOT_X64", "DOTNET_ROOT", "DOTNET_ROOT(x86)"];
        let mut compared = 0;
        for combination in 0..6 * 6 * 2 {
            let chosen = [combination % 6, combination / 6 % 6, combination / 36];
            let set = names.iter().zip(chosen).filter_map(|(name, i)| Some((*name, values[i]?)));
            let path = |value: &str| match value {
                "" => String::new(),
                name => scratch.join(name).to_string_lossy().into_owned(),
            };
            let env: Vec<(&str, String)> = set.map(|(name, value)| (name, path(value))).collect();
            let search = RootSearch {
                os: Os::Linux,
                arch: image.arch().expect("an architecture"),
                host: None,
                variable: &|name| env.iter().find(|(n, _)| *n == name).map(|(_, value)| value.clone()),
                exists: &|path| Path::new(path).is_dir(),
                registered: None,
            };
            let ours = search.root();
            // Where nothing is set, this machine's own .NET decides, if it has any.
            if let RootBy::Variable(_) = ours.by {
                let has_host = Path::new(&ours.path).join("host/fxr").is_dir();
                let expected = has_host.then_some(ours.path);
                assert_eq!(root_of_apphost(&exe, &env), expected, "{env:?}");
                compared += 1;
            }
        }
        let _ = fs::remove_dir_all(&scratch);
        eprintln!("{compared} combinations of variables agree");
        assert!(compared > 40);
    }

    #[test]
    fn the_root_itself_is_read() {
        let Some(real) = root() else { return };
        let disk = Disk::new(&real);
        let installed = Installed::of_root(&disk);
        assert!(installed.arch.is_some() && installed.host.is_some());
        let listed = Command::new(real.join(MUXER)).arg("--list-runtimes").output().expect("the muxer runs");
        let listed = Inventory::parse(&String::from_utf8_lossy(&listed.stdout)).expect("a list");
        let mut by_host: Vec<(String, Version)> =
            listed.runtimes.into_iter().map(|r| (r.name, r.version)).collect();
        by_host.sort();
        let by_us: Vec<(String, Version)> =
            installed.frameworks.into_iter().map(|f| (f.name, f.version)).collect();
        assert_eq!(by_us, by_host);
    }

    #[test]
    fn the_assemblies_of_a_framework_have_the_versions_that_its_deps_json_lists() {
        let Some(real) = root() else { return };
        let disk = Disk::new(&real);
        let mut compared = 0;
        for file in disk.files().iter().filter(|f| f.path.starts_with("shared/")) {
            let Some((dir, _)) = file.path.strip_suffix(".deps.json").and_then(|p| p.rsplit_once('/')) else {
                continue;
            };
            let deps = DepsFile::parse(&fs::read(real.join(&file.path)).expect("readable")).expect("valid");
            for asset in deps.libraries.iter().flat_map(|l| &l.assets) {
                let Some(listed) = asset.assembly_version.as_deref() else { continue };
                let mut source = disk.open(&format!("{dir}/{}", asset.place())).expect("opens");
                let image = Image::read(source.as_mut()).expect("readable");
                let version = image.assembly_version(source.as_mut()).expect("readable");
                assert_eq!(version.map(|v| v.to_string()).as_deref(), Some(listed), "{}", asset.path);
                compared += 1;
            }
        }
        eprintln!("{compared} assemblies have the version that is listed");
        assert!(compared > 100);
    }

    #[test]
    fn the_images_of_a_framework_are_for_its_machine() {
        let Some(real) = root() else { return };
        let disk = Disk::new(&real);
        let installed = Installed::of_root(&disk);
        let arch: Arch = installed.arch.expect("the architecture of hostfxr");
        let (mut managed, mut precompiled, mut native) = (0, 0, 0);
        for file in disk.files().iter().filter(|f| f.path.starts_with("shared/")) {
            let image = Image::read(disk.open(&file.path).expect("opens").as_mut()).expect("readable");
            match &image {
                Image::Pe(pe) => match pe.code() {
                    Code::ReadyToRun { arch: code, os } => {
                        assert_eq!((code, os == Os::Windows), (arch, cfg!(windows)), "{}", file.path);
                        precompiled += 1;
                    }
                    Code::AnyCpu | Code::Only(_) => managed += 1,
                    other if cfg!(windows) => assert!(image.arch().is_some(), "{}: {other:?}", file.path),
                    other => panic!("{}: {other:?}", file.path),
                },
                Image::Elf(elf) => {
                    assert_eq!(elf.arch, Some(arch), "{}", file.path);
                    native += 1;
                }
                Image::MachO(_) => native += 1,
                Image::Other(kind) => assert!(!file.path.ends_with(".dll"), "{}: {kind}", file.path),
            }
        }
        eprintln!("{precompiled} precompiled, {managed} managed, {native} native images");
        assert!(precompiled > 0 && native > 0);
    }
}
