//! Embeds every file of `failures/`, so that adding a failure is adding its file and nothing else.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=failures");
    let root = env::var_os("CARGO_MANIFEST_DIR").ok_or_else(|| io::Error::other("no manifest folder"))?;
    let mut names = Vec::new();
    for entry in fs::read_dir(Path::new(&root).join("failures"))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".toml") {
            names.push(name);
        }
    }
    names.sort();
    let mut list = String::from("[");
    for name in &names {
        let path = Path::new(&root).join("failures").join(name);
        let _ = write!(list, "({name:?}, include_str!({path:?})),");
    }
    list.push(']');
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("no output folder"))?;
    fs::write(Path::new(&out).join("failures.rs"), list)
}
