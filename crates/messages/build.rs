//! Embeds the definitions as JSON, which is read many times faster than TOML at every start.

use std::path::Path;
use std::{env, fs, io};

const FILES: [&str; 5] = ["ancm-events", "ancm-pages", "hosts", "runtime", "iis"];

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=data");
    let root = env::var_os("CARGO_MANIFEST_DIR").ok_or_else(|| io::Error::other("no manifest folder"))?;
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("no output folder"))?;
    let mut messages = Vec::new();
    for name in FILES {
        let path = Path::new(&root).join("data").join(format!("{name}.toml"));
        let at = |e: &dyn std::fmt::Display| io::Error::other(format!("{}: {e}", path.display()));
        let table: toml::Table = toml::from_str(&fs::read_to_string(&path)?).map_err(|e| at(&e))?;
        let list = table.get("message").ok_or_else(|| at(&"no [[message]]"))?;
        let list = serde_json::to_value(list).map_err(|e| at(&e))?;
        messages.extend(list.as_array().cloned().unwrap_or_default());
    }
    fs::write(Path::new(&out).join("messages.json"), serde_json::Value::from(messages).to_string())
}
