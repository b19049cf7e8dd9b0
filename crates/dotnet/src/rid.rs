//! Runtime identifiers: `win-x64`, `linux-musl-arm64`, `any`.

use crate::platform::{Arch, Os};

/// What a runtime identifier says about the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rid {
    /// The operating system; `None` for `any`, `unix` and unknown ones.
    pub os: Option<Os>,
    /// The architecture; `None` when the identifier has none.
    pub arch: Option<Arch>,
}

impl Rid {
    /// Takes an identifier apart. Never fails: an unknown part is `None`.
    pub fn parse(rid: &str) -> Rid {
        let (base, arch) = match rid.rsplit_once('-') {
            Some((base, last)) => match Arch::from_name(last) {
                Some(arch) => (base, Some(arch)),
                None => (rid, None),
            },
            None => (rid, None),
        };
        Rid { os: os_of(base), arch }
    }

    /// False when the identifier names another operating system or another architecture.
    pub fn fits(self, os: Os, arch: Option<Arch>) -> bool {
        let other_arch = matches!((self.arch, arch), (Some(a), Some(b)) if a != b);
        self.os.is_none_or(|own| own == os) && !other_arch
    }
}

fn os_of(base: &str) -> Option<Os> {
    /// Distributions with identifiers of their own in the old graph
    /// (dotnet/runtime Microsoft.NETCore.Platforms runtimeGroups.props).
    const LINUX: [&str; 17] = [
        "linux",
        "ubuntu",
        "debian",
        "rhel",
        "centos",
        "fedora",
        "alpine",
        "opensuse",
        "sles",
        "ol",
        "rocky",
        "almalinux",
        "arch",
        "gentoo",
        "linuxmint",
        "tizen",
        "amzn",
    ];
    let word: &str = base.split(['-', '.']).next().unwrap_or(base);
    let word = word.trim_end_matches(|c: char| c.is_ascii_digit());
    match word {
        "win" => Some(Os::Windows),
        "osx" | "macos" => Some(Os::MacOs),
        "freebsd" => Some(Os::FreeBsd),
        "illumos" | "solaris" => Some(Os::SunOs),
        _ => LINUX.contains(&word).then_some(Os::Linux),
    }
}

/// How hostpolicy chooses among the RIDs of a package's `runtimeTargets`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RidRules {
    /// .NET 8 and later: only the portable identifiers that the host was built with.
    Portable,
    /// Before .NET 8: the graph in Microsoft.NETCore.App.deps.json, with versioned identifiers (`win10-x64`).
    Graph,
}

/// The identifiers that a machine accepts, best first (dotnet/runtime `deps_format.cpp`, `s_host_rids`; the
/// graph's order for Windows 10 and later from Microsoft.NETCore.Platforms).
pub fn accepted(os: Os, arch: Arch, rules: RidRules) -> Vec<String> {
    let bases: &[&str] = match (os, rules) {
        (Os::Windows, RidRules::Portable) => &["win"],
        (Os::Windows, RidRules::Graph) => &["win10", "win81", "win8", "win7", "win"],
        (Os::Linux, _) => &["linux", "unix"],
        (Os::MacOs, _) => &["osx", "unix"],
        (Os::FreeBsd, _) => &["freebsd", "unix"],
        (Os::NetBsd, _) => &["netbsd", "unix"],
        (Os::SunOs, _) => &["illumos", "unix"],
    };
    let mut rids: Vec<String> =
        bases.iter().flat_map(|base| [format!("{base}-{arch}"), (*base).to_owned()]).collect();
    rids.push("any".to_owned());
    rids
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_taken_apart() {
        for (text, os, arch) in [
            ("win-x64", Some(Os::Windows), Some(Arch::X64)),
            ("win10-x86", Some(Os::Windows), Some(Arch::X86)),
            ("win7", Some(Os::Windows), None),
            ("linux-musl-arm64", Some(Os::Linux), Some(Arch::Arm64)),
            ("ubuntu.20.04-x64", Some(Os::Linux), Some(Arch::X64)),
            ("osx.12-arm64", Some(Os::MacOs), Some(Arch::Arm64)),
            ("unix", None, None),
            ("any", None, None),
            ("", None, None),
            ("-", None, None),
        ] {
            assert_eq!(Rid::parse(text), Rid { os, arch }, "{text}");
        }
    }

    #[test]
    fn only_a_named_other_machine_does_not_fit() {
        assert!(Rid::parse("win-x64").fits(Os::Windows, Some(Arch::X64)));
        assert!(Rid::parse("any").fits(Os::Windows, Some(Arch::X64)));
        assert!(!Rid::parse("win-x86").fits(Os::Windows, Some(Arch::X64)));
        assert!(!Rid::parse("linux-x64").fits(Os::Windows, None));
    }

    #[test]
    fn dotnet_8_does_not_accept_versioned_identifiers() {
        let new = accepted(Os::Windows, Arch::X64, RidRules::Portable);
        assert_eq!(new, ["win-x64", "win", "any"]);
        assert!(accepted(Os::Windows, Arch::X64, RidRules::Graph).contains(&"win10-x64".to_owned()));
    }
}
