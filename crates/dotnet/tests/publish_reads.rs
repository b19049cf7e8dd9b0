//! How much of a published folder is read: headers, and each file once.
#![allow(clippy::expect_used, reason = "a test stops where something is not as it must be")]

mod samples;

use falconer_dotnet::image::Source;
use falconer_dotnet::publish::{FileEntry, Folder, Target, inspect};
use samples::{Memory, any_cpu, apphost, image, native};
use samples::{X64, manifest};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io;

/// A folder that counts how often each file is opened and how many bytes are read.
struct Counting {
    folder: Memory,
    reads: RefCell<BTreeMap<String, (usize, u64)>>,
}

impl Folder for Counting {
    fn files(&self) -> &[FileEntry] {
        self.folder.files()
    }

    fn open<'f>(&'f self, path: &str) -> io::Result<Box<dyn Source + 'f>> {
        self.reads.borrow_mut().entry(path.to_owned()).or_default().0 += 1;
        let inner = self.folder.open(path)?;
        Ok(Box::new(Counted { path: path.to_owned(), inner, counting: self }))
    }
}

struct Counted<'f> {
    path: String,
    inner: Box<dyn Source + 'f>,
    counting: &'f Counting,
}

impl Source for Counted<'_> {
    fn size(&self) -> u64 {
        self.inner.size()
    }

    fn read_at(&mut self, offset: u64, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read_at(offset, buffer)?;
        self.counting.reads.borrow_mut().entry(self.path.clone()).or_default().1 += count as u64;
        Ok(count)
    }
}

/// Half a megabyte of code that nothing needs to look at.
fn large(mut image: Vec<u8>) -> Vec<u8> {
    image.resize(512 << 10, 0xCC);
    image
}

fn folder() -> Memory {
    let mut libraries = String::new();
    let mut folder = Memory::default();
    for number in 0..200 {
        let (name, version) = (format!("Package{number}"), if number == 7 { "2.0.0.0" } else { "1.0.0.0" });
        libraries += &format!(
            r#", "{name}/1.0.0": {{ "runtime": {{ "lib/{name}.dll": {{ "assemblyVersion": "{version}" }} }} }}"#
        );
        folder.set(&format!("{name}.dll"), large(any_cpu()));
        folder.set(&format!("{name}.pdb"), vec![0; 1000]);
        folder.set(&format!("wwwroot/lib/{name}.js"), vec![b'x'; 1000]);
    }
    let target = ".NETCoreApp,Version=v8.0";
    let deps = format!(
        r#"{{ "runtimeTarget": {{ "name": "{target}" }}, "targets": {{ "{target}": {{
        "App/1.0.0": {{ "runtime": {{ "App.dll": {{}} }} }}{libraries},
        "Missing/1.0.0": {{ "runtime": {{ "lib/Missing.dll": {{}} }} }} }} }}, "libraries": {{}} }}"#
    );
    let config = r#"{ "runtimeOptions": { "tfm": "net8.0",
        "framework": { "name": "Microsoft.AspNetCore.App", "version": "8.0.0-rc.1" } } }"#;
    folder
        .with("App.dll", large(any_cpu()))
        .with("App.exe", large(apphost(X64, "App.dll", None)))
        .with("App.deps.json", deps)
        .with("App.runtimeconfig.json", config)
        .with("appsettings.json", "{}")
        .with("appsettings.Production.json", "{,}")
        .with("runtimes/win-x64/native/sqlite3.dll", large(native(X64)))
        .with("runtimes/linux-x64/native/libsqlite3.so", large(image("elf x64 library")))
        .with("LICENSE", vec![b'x'; 100_000])
        .with("data.json", vec![b'x'; 100_000])
        .with("web.config", "<configuration/>")
}

fn inspected(folder: Memory) -> (Counting, Vec<&'static str>) {
    let counting = Counting { folder, reads: RefCell::default() };
    let found = inspect(&counting, &Target::IIS);
    let ids = found.iter().flat_map(|p| &p.facts).map(|f| f.id.name()).collect();
    (counting, ids)
}

#[test]
fn each_file_is_opened_once_and_of_programs_only_headers_are_read() {
    let (counting, ids) = inspected(folder());
    for id in [
        "deps-asset-missing",
        "assembly-version-differs",
        "prerelease-framework-asked",
        "appsettings-invalid",
    ] {
        assert!(ids.contains(&id), "{id} needs a place in a file: {ids:?}");
    }
    for (path, (opened, bytes)) in counting.reads.borrow().iter() {
        assert_eq!(*opened, 1, "{path}");
        // The executable's data, where the name of its dll stands, is read as well.
        let most = if path.ends_with(".json") { 1 << 20 } else { 6 << 10 };
        assert!(*bytes <= most, "{bytes} bytes of {path}");
    }
}

#[test]
fn nothing_is_read_of_files_that_are_neither_programs_nor_configuration() {
    let (counting, _) = inspected(folder());
    let reads = counting.reads.borrow();
    let opened: Vec<&String> = reads.keys().filter(|path| !path.ends_with(".dll")).collect();
    assert_eq!(
        opened,
        [
            "App.deps.json",
            "App.exe",
            "App.runtimeconfig.json",
            // Without an extension it may be an executable of another system.
            "LICENSE",
            "appsettings.Production.json",
            "appsettings.json",
            "runtimes/linux-x64/native/libsqlite3.so",
        ]
    );
}

#[test]
fn a_single_file_app_is_opened_once_too() {
    let list = manifest(&[(1, 1, 1, "App.dll"), (4, 2, 5, "App.runtimeconfig.json")]);
    let folder = Memory::default()
        .with("App.exe", large(apphost(X64, "App.dll", Some(&list))))
        .with("web.config", "<configuration/>");
    let (counting, ids) = inspected(folder);
    assert!(ids.contains(&"runtimeconfig-invalid"), "{ids:?}");
    assert_eq!(counting.reads.borrow().get("App.exe").map(|r| r.0), Some(1));
}
