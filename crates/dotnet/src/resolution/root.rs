//! In which folder an executable looks for .NET. `dotnet App.dll` uses the folder of `dotnet` itself, and no variable.
//!
//! Follows dotnet/runtime `fxr_resolver.cpp`, `hostmisc/utils.cpp`, `hostmisc/pal.windows.cpp` and `pal.unix.cpp`.

use crate::platform::{Arch, Os};

/// What decides where an apphost without a runtime beside it looks.
pub struct RootSearch<'a> {
    /// The system.
    pub os: Os,
    /// The processor that the executable is for.
    pub arch: Arch,
    /// The major version of .NET that the executable comes from: hosts before 6 do not know `DOTNET_ROOT_<ARCH>`.
    /// `None` for a new one.
    pub host: Option<u32>,
    /// The value of an environment variable.
    pub variable: &'a dyn Fn(&str) -> Option<String>,
    /// Whether a folder is there.
    pub exists: &'a dyn Fn(&str) -> bool,
    /// The registered location: of `HKLM\SOFTWARE\dotnet\Setup\InstalledVersions\<arch>` in the 32-bit view, or of
    /// `/etc/dotnet/install_location_<arch>`, or else of `/etc/dotnet/install_location`.
    pub registered: Option<&'a str>,
}

/// The folder that an executable takes for the .NET root. It is final: another one is not tried when it holds no
/// `host/fxr`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Root {
    /// The folder, as given.
    pub path: String,
    /// What names it.
    pub by: RootBy,
}

/// What names a .NET root.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RootBy {
    /// An environment variable of this name.
    Variable(&'static str),
    /// The registered location.
    Registered,
    /// Nothing: it is where installers put .NET.
    Default,
}

impl RootSearch<'_> {
    /// The folder. A variable counts when its folder is there; a registered location always.
    pub fn root(&self) -> Root {
        let by_variable = self.variables().into_iter().find_map(|name| {
            let path = (self.variable)(name).filter(|path| !path.is_empty() && (self.exists)(path))?;
            Some(Root { path, by: RootBy::Variable(name) })
        });
        let registered = || Some(Root { path: self.registered?.to_owned(), by: RootBy::Registered });
        by_variable.or_else(registered).unwrap_or_else(|| Root {
            path: default_root(self.os, self.arch).to_owned(),
            by: RootBy::Default,
        })
    }

    /// The variables that are looked at, in order.
    pub fn variables(&self) -> Vec<&'static str> {
        let of_arch = match self.arch {
            Arch::X86 => "DOTNET_ROOT_X86",
            Arch::X64 => "DOTNET_ROOT_X64",
            Arch::Arm => "DOTNET_ROOT_ARM",
            Arch::Arm64 => "DOTNET_ROOT_ARM64",
        };
        let mut names = Vec::new();
        if self.host.is_none_or(|host| host >= 6) {
            names.push(of_arch);
        }
        // A 32-bit process on 64-bit Windows; on 32-bit Windows nobody sets it.
        let wow64 = self.os == Os::Windows && self.arch == Arch::X86;
        if wow64 {
            names.push("DOTNET_ROOT(x86)");
        }
        // Hosts before 6 look at one or the other.
        if !wow64 || self.host.is_none_or(|host| host >= 6) {
            names.push("DOTNET_ROOT");
        }
        names
    }
}

/// Where installers put .NET for processes of that architecture.
pub const fn default_root(os: Os, arch: Arch) -> &'static str {
    match (os, arch) {
        (Os::Windows, Arch::X86) => r"C:\Program Files (x86)\dotnet",
        (Os::Windows, _) => r"C:\Program Files\dotnet",
        (Os::MacOs | Os::FreeBsd, _) => "/usr/local/share/dotnet",
        _ => "/usr/share/dotnet",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root(os: Os, arch: Arch, host: Option<u32>, set: &[(&str, &str)], registered: Option<&str>) -> String {
        let variable = |name: &str| set.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned());
        let exists = |path: &str| path.starts_with("there");
        let search = RootSearch { os, arch, host, variable: &variable, exists: &exists, registered };
        let root = search.root();
        match root.by {
            RootBy::Variable(name) => format!("{name}={}", root.path),
            RootBy::Registered => format!("registered {}", root.path),
            RootBy::Default => root.path,
        }
    }

    #[test]
    fn the_variable_of_the_processor_comes_first_and_counts_when_its_folder_is_there() {
        let both = [("DOTNET_ROOT_X64", "there/x64"), ("DOTNET_ROOT", "there/all")];
        assert_eq!(root(Os::Windows, Arch::X64, None, &both, None), "DOTNET_ROOT_X64=there/x64");
        assert_eq!(root(Os::Windows, Arch::X64, Some(5), &both, None), "DOTNET_ROOT=there/all");
        assert_eq!(root(Os::Windows, Arch::Arm64, None, &both, None), "DOTNET_ROOT=there/all");
        let gone = [("DOTNET_ROOT_X64", "gone"), ("DOTNET_ROOT", "")];
        assert_eq!(root(Os::Windows, Arch::X64, None, &gone, Some("r")), "registered r");
        assert_eq!(root(Os::Windows, Arch::X64, None, &gone, None), r"C:\Program Files\dotnet");
    }

    #[test]
    fn processes_of_32_bits_have_a_variable_of_their_own_on_windows() {
        let set = [("DOTNET_ROOT(x86)", "there/x86"), ("DOTNET_ROOT", "there/all")];
        assert_eq!(root(Os::Windows, Arch::X86, None, &set, None), "DOTNET_ROOT(x86)=there/x86");
        assert_eq!(root(Os::Linux, Arch::X86, None, &set, None), "DOTNET_ROOT=there/all");
        assert_eq!(root(Os::Windows, Arch::X86, Some(3), &set[1..], None), r"C:\Program Files (x86)\dotnet");
    }
}
