//! Embeds every file of `failures/`, so that adding a failure is adding its file and nothing else.
//!
//! The files become JSON, which is read many times faster than TOML at every start; the worked cases and
//! the checks of folders, which a diagnosis does not need, stand apart; and the words that each regular expression asks for are worked out.

use std::path::Path;
use std::{env, fs, io};

use serde_json::{Map, Value};

#[path = "src/required.rs"]
mod required;

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=failures");
    println!("cargo::rerun-if-changed=support.toml");
    println!("cargo::rerun-if-changed=src/required.rs");
    let root = env::var_os("CARGO_MANIFEST_DIR").ok_or_else(|| io::Error::other("no manifest folder"))?;
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("no output folder"))?;
    let mut names = Vec::new();
    for entry in fs::read_dir(Path::new(&root).join("failures"))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".toml") {
            names.push(name);
        }
    }
    names.sort();
    let (mut failures, mut cases, mut lints) = (Map::new(), Map::new(), Map::new());
    for name in names {
        let mut failure = read(&Path::new(&root).join("failures").join(&name))?;
        for (list, apart) in [("case", &mut cases), ("lint", &mut lints)] {
            if let Some(own) = failure.as_object_mut().and_then(|f| f.remove(list)) {
                apart.insert(name.clone(), own);
            }
        }
        failures.insert(name, failure);
    }
    let support = read(&Path::new(&root).join("support.toml"))?;
    for (file, value) in [
        ("failures.json", Value::Object(failures)),
        ("cases.json", Value::Object(cases)),
        ("lints.json", Value::Object(lints)),
        ("support.json", support),
    ] {
        fs::write(Path::new(&out).join(file), value.to_string())?;
    }
    Ok(())
}

fn read(path: &Path) -> io::Result<Value> {
    let text = fs::read_to_string(path)?;
    let at = |e: &dyn std::fmt::Display| io::Error::other(format!("{}: {e}", path.display()));
    let table: toml::Table = toml::from_str(&text).map_err(|e| at(&e))?;
    let mut value = serde_json::to_value(table).map_err(|e| at(&e))?;
    add_needs(&mut value);
    Ok(value)
}

/// Gives each condition with a regular expression the words that it asks for.
fn add_needs(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(add_needs),
        Value::Object(map) => {
            if let Some(source) = map.get("regex").and_then(Value::as_str) {
                let needs = required::required(source);
                map.insert("needs".to_owned(), needs.into());
            }
            map.values_mut().for_each(add_needs);
        }
        _ => {}
    }
}
