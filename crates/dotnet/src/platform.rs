//! Processor architectures and operating systems, as .NET names them.

use std::fmt;

/// A processor architecture that .NET runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Arch {
    /// 32-bit Intel.
    X86,
    /// 64-bit Intel and AMD.
    X64,
    /// 32-bit Arm.
    Arm,
    /// 64-bit Arm.
    Arm64,
}

impl Arch {
    /// The name in runtime identifiers and host messages.
    pub const fn name(self) -> &'static str {
        match self {
            Arch::X86 => "x86",
            Arch::X64 => "x64",
            Arch::Arm => "arm",
            Arch::Arm64 => "arm64",
        }
    }

    /// The architecture of that [`name`](Self::name), in any case; the names of other tools are known too.
    pub fn from_name(name: &str) -> Option<Arch> {
        const NAMES: [(&str, Arch); 8] = [
            ("x64", Arch::X64),
            ("x86", Arch::X86),
            ("arm64", Arch::Arm64),
            ("arm", Arch::Arm),
            ("amd64", Arch::X64),
            ("x86_64", Arch::X64),
            ("aarch64", Arch::Arm64),
            ("i386", Arch::X86),
        ];
        NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, arch)| *arch)
    }

    /// Pointers have 64 bits.
    pub const fn is_64_bit(self) -> bool {
        matches!(self, Arch::X64 | Arch::Arm64)
    }
}

impl fmt::Display for Arch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// An operating system that .NET runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Os {
    /// Windows.
    Windows,
    /// Linux, any distribution.
    Linux,
    /// macOS.
    MacOs,
    /// FreeBSD.
    FreeBsd,
    /// NetBSD.
    NetBsd,
    /// illumos and Solaris.
    SunOs,
}

impl Os {
    /// The name for people.
    pub const fn name(self) -> &'static str {
        match self {
            Os::Windows => "Windows",
            Os::Linux => "Linux",
            Os::MacOs => "macOS",
            Os::FreeBsd => "FreeBSD",
            Os::NetBsd => "NetBSD",
            Os::SunOs => "illumos",
        }
    }

    /// The name in kebab case, for fields of facts.
    pub const fn id(self) -> &'static str {
        match self {
            Os::Windows => "windows",
            Os::Linux => "linux",
            Os::MacOs => "macos",
            Os::FreeBsd => "freebsd",
            Os::NetBsd => "netbsd",
            Os::SunOs => "illumos",
        }
    }

    /// Its file systems usually take names that differ in case for the same.
    pub const fn ignores_case(self) -> bool {
        matches!(self, Os::Windows | Os::MacOs)
    }
}

impl fmt::Display for Os {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
