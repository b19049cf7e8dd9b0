//! The tables of a `falconer.toml` and their keys, each once.

/// A key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) name: &'static str,
    /// A line that would do.
    pub(super) example: &'static str,
}

/// A table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Keys {
    /// As it is written in the file.
    pub(super) table: &'static str,
    pub(super) keys: &'static [Key],
}

impl Keys {
    pub(super) fn names(self) -> impl Iterator<Item = &'static str> {
        self.keys.iter().map(|key| key.name)
    }
}

const fn key(name: &'static str, example: &'static str) -> Key {
    Key { name, example }
}

pub(super) const CHECK: Key = key("check", "[check]");
pub(super) const FILE: Keys = Keys { table: "the file", keys: &[CHECK] };

pub(super) const TARGET: Key = key("target", "target = \"iis\"");
pub(super) const BITNESS: Key = key("bitness", "bitness = 64");
pub(super) const RUNTIMES: Key = key("runtimes", "runtimes = [\"Microsoft.NETCore.App/8.0.11\"]");
pub(super) const DOTNET_ROOT: Key = key("dotnet-root", "dotnet-root = \"target/dotnet\"");
pub(super) const INVENTORY: Key = key("inventory", "inventory = \"server.txt\"");
pub(super) const FAIL_ON: Key = key("fail-on", "fail-on = \"error\"");
pub(super) const SELECT: Key = key("select", "select = [\"web-config\"]");
pub(super) const IGNORE: Key = key("ignore", "ignore = [\"web-config.stdout-log-enabled\"]");
pub(super) const SEVERITY: Key =
    key("severity", "[check.severity] with lines like \"web-config.webdav-not-removed\" = \"note\"");
pub(super) const SUPPRESS: Key = key("suppress", "[[check.suppress]] with check and reason");

pub(super) const CHECK_TABLE: Keys = Keys {
    table: "[check]",
    keys: &[TARGET, BITNESS, RUNTIMES, DOTNET_ROOT, INVENTORY, FAIL_ON, SELECT, IGNORE, SEVERITY, SUPPRESS],
};

pub(super) const SUPPRESSED: Key = key("check", "check = \"web-config.stdout-log-enabled\"");
pub(super) const FILES: Key = key("files", "files = [\"web.config\"]");
pub(super) const REASON: Key = key("reason", "reason = \"we collect these logs\"");

pub(super) const SUPPRESS_TABLE: Keys =
    Keys { table: "[[check.suppress]]", keys: &[SUPPRESSED, FILES, REASON] };
