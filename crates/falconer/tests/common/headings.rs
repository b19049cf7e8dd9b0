//! The errors reference, heading by heading, and the tables of the README about it.

use std::fs;
use std::path::Path;
use std::process::Command;

/// The headings of the errors reference, in its order.
pub(crate) const HEADINGS: [&str; 15] = [
    "OS upgrade removed the 32-bit ASP.NET Core Module",
    "Missing site extension, 32-bit (x86) and 64-bit (x64) site extensions installed, or wrong process bitness set",
    "An x86 app is deployed but the app pool isn't enabled for 32-bit apps",
    "Platform conflicts with RID",
    "URI endpoint wrong or stopped website",
    "CoreWebEngine or W3SVC server features disabled",
    "Incorrect website physical path or app missing",
    "Incorrect role, ASP.NET Core Module not installed, or incorrect permissions",
    "Incorrect processPath, missing PATH variable, Hosting Bundle not installed, system/IIS not restarted, VC++ Redistributable not installed, or dotnet.exe access violation",
    "Incorrect arguments of <aspNetCore> element",
    "Missing .NET Core shared framework",
    "Stopped Application Pool",
    "Sub-application includes a <handlers> section",
    "stdout log path incorrect",
    "Application configuration general issue",
];

/// What a command of the README (`$ falconer …`) prints, run in the folder of the repository.
fn screen(command: &str, root: &Path) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_falconer"))
        .args(command.split_whitespace().skip(2))
        .env("COLUMNS", "100")
        .current_dir(root)
        .output()
        .expect("the program runs");
    format!("\n{}", String::from_utf8_lossy(&output.stdout).trim_end())
}

/// `text` with `new` between two marks.
fn between(text: &str, [start, end]: [&str; 2], new: &str) -> String {
    let (before, rest) = text.split_once(start).unwrap_or_else(|| panic!("README.md has no {start}"));
    let (_, after) = rest.split_once(end).unwrap_or_else(|| panic!("README.md has no {end}"));
    format!("{before}{start}{new}{end}{after}")
}

/// Holds the table between `markers` and the screen of `command` in the README against what the program answers, or
/// writes them where `UPDATE_README` is set.
pub(crate) fn hold_readme(root: &Path, markers: [&str; 2], table: &str, command: &str) {
    let path = root.join("README.md");
    let told = fs::read_to_string(&path).expect("a README.md");
    let made = between(&told, markers, &format!("\n{table}"));
    let made = between(&made, [command, "\n```"], &screen(command, root));
    if std::env::var_os("UPDATE_README").is_some() {
        fs::write(&path, made).expect("README.md can be written");
        return;
    }
    assert!(told == made, "README.md differs; run this test with UPDATE_README=1");
}

/// Each example says in its own README.md what is the matter.
pub(crate) fn says_what_happened(folder: &Path) {
    let text = fs::read_to_string(folder.join("README.md"));
    let text = text.unwrap_or_else(|error| panic!("{}: README.md: {error}", folder.display()));
    assert!(text.starts_with("# ") && text.lines().count() >= 3, "{}: a title and a text", folder.display());
}
