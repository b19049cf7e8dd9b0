//! The files of a library and the place where an app expects them.

use super::Library;
use crate::platform::{Arch, Os};
use crate::rid::{self, RidRules};
use crate::text::Span;

/// The kind of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AssetKind {
    /// An assembly.
    Runtime,
    /// A satellite assembly with translations.
    Resources,
    /// A native library.
    Native,
}

impl AssetKind {
    /// All kinds.
    pub const ALL: [AssetKind; 3] = [AssetKind::Runtime, AssetKind::Resources, AssetKind::Native];

    /// The key in the file.
    pub const fn name(self) -> &'static str {
        match self {
            AssetKind::Runtime => "runtime",
            AssetKind::Resources => "resources",
            AssetKind::Native => "native",
        }
    }
}

/// A file that a library brings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// The path in the package: `lib/net8.0/Foo.dll`.
    pub path: Box<str>,
    /// The kind.
    pub kind: AssetKind,
    /// For an entry of `runtimeTargets`, the RID it is for.
    pub rid: Option<Box<str>>,
    /// `assemblyVersion`.
    pub assembly_version: Option<Box<str>>,
    /// `fileVersion`.
    pub file_version: Option<Box<str>>,
    /// `localPath`, which .NET 9 and later use instead of the place that follows from the path.
    pub local_path: Option<Box<str>>,
    /// Where the path stands in the file.
    pub span: Span,
}

impl Asset {
    /// A placeholder that stands for "no file".
    pub fn is_placeholder(&self) -> bool {
        self.path.ends_with("/_._") || &*self.path == "_._"
    }

    /// The place in the app's folder, with `/`: `localPath`; for a RID-specific file its whole path; for
    /// translations the culture's folder and the file name; otherwise the file name.
    pub fn place(&self) -> String {
        if let Some(local) = &self.local_path {
            return local.replace('\\', "/");
        }
        let path = self.path.replace('\\', "/");
        if self.rid.is_some() {
            return path;
        }
        let names = if self.kind == AssetKind::Resources { 2 } else { 1 };
        let start = path.rmatch_indices('/').nth(names - 1).map_or(0, |(i, _)| i + 1);
        path.get(start..).unwrap_or(&path).to_owned()
    }
}

impl Library {
    /// The files that the host of a machine uses: per kind, the RID-specific ones that fit best, or else the
    /// others. A self-contained app has no use for RID-specific ones.
    pub fn assets_for(&self, os: Os, arch: Arch, rules: RidRules, self_contained: bool) -> Vec<&Asset> {
        let accepted = rid::accepted(os, arch, rules);
        let mut used = Vec::new();
        for kind in AssetKind::ALL {
            let of_kind = || self.assets.iter().filter(move |a| a.kind == kind && !a.is_placeholder());
            let best = accepted
                .iter()
                .find(|rid| self.assets.iter().any(|a| a.kind == kind && a.rid.as_deref() == Some(rid)))
                .filter(|_| !self_contained);
            match best {
                Some(rid) => used.extend(of_kind().filter(|a| a.rid.as_deref() == Some(rid))),
                None => used.extend(of_kind().filter(|a| a.rid.is_none())),
            }
        }
        used
    }
}
