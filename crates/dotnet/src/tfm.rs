//! Target frameworks: `net8.0`, `netcoreapp3.1`, `.NETCoreApp,Version=v8.0`.

use crate::version::Version;
use std::fmt;

/// A version of .NET (or .NET Core) that an app is built for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TargetFramework {
    /// The major version.
    pub major: u32,
    /// The minor version.
    pub minor: u32,
}

impl TargetFramework {
    /// Reads a short name (`net8.0`, `net8.0-windows`, `netcoreapp3.1`) or a long one
    /// (`.NETCoreApp,Version=v8.0`, with or without `/win-x64` behind it). `None` for everything that is not
    /// .NET Core or .NET 5 and later, such as `net48` and `netstandard2.0`.
    pub fn parse(name: &str) -> Option<TargetFramework> {
        if let Some(long) = strip_prefix_ignore_case(name, ".NETCoreApp,Version=v") {
            let version = long.split('/').next().unwrap_or(long);
            return Self::from_numbers(version);
        }
        if let Some(short) = strip_prefix_ignore_case(name, "netcoreapp") {
            return Self::from_numbers(short);
        }
        let short = strip_prefix_ignore_case(name, "net")?;
        let target = Self::from_numbers(short.split('-').next().unwrap_or(short))?;
        // `net48` and `net472` are .NET Framework; a bare major (`net10`) is .NET.
        (target.major >= 5 && (short.contains('.') || target.major < 20)).then_some(target)
    }

    fn from_numbers(text: &str) -> Option<TargetFramework> {
        let (major, minor) = text.split_once('.').unwrap_or((text, "0"));
        let number = |t: &str| t.bytes().all(|b| b.is_ascii_digit()).then(|| t.parse().ok()).flatten();
        Some(TargetFramework { major: number(major)?, minor: number(minor)? })
    }
}

impl From<&Version> for TargetFramework {
    /// The release that a runtime's version belongs to.
    fn from(version: &Version) -> Self {
        TargetFramework { major: version.major, minor: version.minor }
    }
}

fn strip_prefix_ignore_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let head = text.get(..prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then(|| text.get(prefix.len()..)).flatten()
}

impl fmt::Display for TargetFramework {
    /// The short name.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let prefix = if self.major >= 5 { "net" } else { "netcoreapp" };
        write!(f, "{prefix}{}.{}", self.major, self.minor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_and_long_names_are_read() {
        for (text, shown) in [
            ("net8.0", "net8.0"),
            ("net10", "net10.0"),
            ("net6.0-windows10.0.19041", "net6.0"),
            ("netcoreapp3.1", "netcoreapp3.1"),
            (".NETCoreApp,Version=v2.2", "netcoreapp2.2"),
            (".NETCoreApp,Version=v9.0/win-x64", "net9.0"),
        ] {
            assert_eq!(TargetFramework::parse(text).map(|t| t.to_string()).as_deref(), Some(shown), "{text}");
        }
    }

    #[test]
    fn other_frameworks_are_not_dotnet_core() {
        for text in ["net48", "net472", "net4.8", "netstandard2.0", "", "net", "net+8.0", "né", "net8.x"] {
            assert_eq!(TargetFramework::parse(text), None, "{text}");
        }
    }
}
