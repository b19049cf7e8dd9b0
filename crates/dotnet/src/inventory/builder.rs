//! Putting the pieces of one block together.

use super::entry::{Entry, is_framework_name, without_link};
use super::marks::Mark;
use super::{Form, Inventory, OtherRoot, Runtime, Sdk};
use crate::platform::Arch;
use crate::resolution::NETCORE_APP;
use crate::rid::Rid;
use crate::version::Version;
use std::ops::Range;

/// More entries of a block are left out.
const MAX_ENTRIES: usize = 10_000;

pub(super) enum Piece {
    Entry(Entry),
    Mark(Mark),
}

impl Piece {
    /// May open a block.
    pub(super) fn is_strong(&self) -> bool {
        match self {
            Piece::Entry(Entry::Variable { .. } | Entry::OtherRoot { .. }) => false,
            Piece::Entry(_) => true,
            Piece::Mark(mark) => !mark.is_weak(),
        }
    }

    /// Belongs to a list in hostfxr's error; `None` for what occurs in both kinds of text.
    fn is_found_list(&self) -> Option<bool> {
        match self {
            Piece::Entry(Entry::Found { .. }) => Some(true),
            Piece::Entry(_) => Some(false),
            Piece::Mark(
                Mark::FoundHeading(_)
                | Mark::BareVersions(..)
                | Mark::NoneFound(_)
                | Mark::OtherFoundHeading
                | Mark::ArchHeading(_),
            ) => Some(true),
            Piece::Mark(Mark::Arch(_) | Mark::Rid(_)) => None,
            Piece::Mark(_) => Some(false),
        }
    }
}

/// A block that is being read.
pub(super) struct Builder {
    pub(super) range: Range<usize>,
    inventory: Inventory,
    /// The architecture that heads the entries that follow.
    heading: Option<Arch>,
    sdks_listed: bool,
    /// The heading of the list of shared frameworks was there.
    runtimes_listed: bool,
}

impl Builder {
    pub(super) fn new(range: Range<usize>, piece: Piece) -> Builder {
        let form = if piece.is_found_list() == Some(true) { Form::Found } else { Form::Info };
        let inventory = Inventory { form, ..Inventory::default() };
        let mut builder = Builder {
            range: range.clone(),
            inventory,
            heading: None,
            sdks_listed: false,
            runtimes_listed: false,
        };
        builder.add(range, piece);
        builder
    }

    /// The piece begins another output.
    pub(super) fn ends_before(&self, piece: &Piece) -> bool {
        let found = self.inventory.form == Form::Found;
        if piece.is_found_list().is_some_and(|f| f != found) {
            return true;
        }
        let Inventory { host_version, runtimes, lists_runtimes, .. } = &self.inventory;
        let listed = self.runtimes_listed || *lists_runtimes;
        match piece {
            Piece::Mark(Mark::Host(_)) => host_version.is_some() || !runtimes.is_empty(),
            Piece::Mark(Mark::SdkInfo(_)) => host_version.is_some() || listed,
            Piece::Mark(Mark::RuntimesHeading) => listed,
            Piece::Mark(Mark::SdksHeading) => self.sdks_listed && listed,
            Piece::Mark(Mark::FoundHeading(_) | Mark::BareVersions(..) | Mark::NoneFound(_)) => {
                *lists_runtimes
            }
            _ => false,
        }
    }

    pub(super) fn add(&mut self, range: Range<usize>, piece: Piece) {
        self.range.end = self.range.end.max(range.end);
        match piece {
            Piece::Entry(entry) => self.entry(entry),
            Piece::Mark(mark) => self.mark(mark),
        }
    }

    fn entry(&mut self, entry: Entry) {
        let inventory = &mut self.inventory;
        if inventory.runtimes.len() + inventory.sdks.len() >= MAX_ENTRIES {
            return;
        }
        match entry {
            Entry::Runtime { name, version, dir } => {
                inventory.lists_runtimes = true;
                inventory.runtimes.push(Runtime { name, version, dir, arch: None });
            }
            Entry::Found { version, dir } => self.found(version, dir),
            Entry::Sdk { version, dir } => {
                self.sdks_listed = true;
                inventory.sdks.push(Sdk { version, dir });
            }
            Entry::OtherRoot { arch, dir } => inventory.other_roots.push(OtherRoot { arch, dir }),
            Entry::Variable { name, value } => inventory.environment.push((name, value)),
        }
    }

    /// A version in an error's list: the framework is the last name of the folder, or the one asked for.
    fn found(&mut self, version: Version, dir: String) {
        let inventory = &mut self.inventory;
        inventory.lists_runtimes = true;
        let last = dir.trim_end_matches(['/', '\\']).rsplit(['/', '\\']).next().unwrap_or_default();
        let named =
            (is_framework_name(last) && last.len() < dir.len()).then(|| without_link(last).to_owned());
        let before = inventory.runtimes.last().map(|r| r.name.clone());
        if let Some(name) = named.or_else(|| inventory.asked_for.clone()).or(before) {
            inventory.runtimes.push(Runtime { name, version, dir, arch: self.heading });
        }
    }

    fn mark(&mut self, mark: Mark) {
        let inventory = &mut self.inventory;
        match mark {
            Mark::Host(version) => inventory.host_version = Some(version),
            Mark::SdkInfo(version) => inventory.sdk_version = Some(version),
            Mark::RuntimesHeading => self.runtimes_listed = true,
            Mark::NoRuntimes => inventory.lists_runtimes = true,
            Mark::SdksHeading => self.sdks_listed = true,
            Mark::FoundHeading(name) => inventory.asked_for = name,
            Mark::NoneFound(name) => {
                inventory.asked_for = name;
                inventory.lists_runtimes = true;
            }
            Mark::BareVersions(name, versions) => {
                inventory.asked_for = name;
                for version in versions {
                    self.found(version, String::new());
                }
            }
            Mark::OtherFoundHeading => inventory.lists_runtimes = true,
            Mark::Arch(arch) => inventory.arch = inventory.arch.or(Some(arch)),
            Mark::ArchHeading(arch) => self.heading = Some(arch),
            Mark::Rid(rid) => inventory.rid = Some(rid),
            Mark::GlobalJson(path) => inventory.global_json = Some(path),
        }
    }

    /// The block, unless it says nothing.
    pub(super) fn finish(self) -> Option<(Range<usize>, Inventory)> {
        let mut inventory = self.inventory;
        // Every root has this one, as the others build on it: a list without it was shortened by somebody.
        let shortened =
            !inventory.runtimes.is_empty() && inventory.runtimes.iter().all(|r| r.name != NETCORE_APP);
        if inventory.form == Form::Info && shortened {
            inventory.lists_runtimes = false;
        }
        let says_something = inventory.lists_runtimes
            || !inventory.runtimes.is_empty()
            || !inventory.sdks.is_empty()
            || inventory.host_version.is_some()
            || (inventory.sdk_version.is_some() && inventory.rid.is_some());
        let of_rid = inventory.rid.as_deref().and_then(|rid| Rid::parse(rid).arch);
        for runtime in &mut inventory.runtimes {
            runtime.arch = runtime
                .arch
                .or_else(|| arch_of_dir(&runtime.dir))
                .or(inventory.arch)
                .or(of_rid)
                .or_else(|| is_program_files(&runtime.dir).then_some(Arch::X64));
        }
        says_something.then_some((self.range, inventory))
    }
}

/// The architecture that a folder's name tells: `Program Files (x86)`, or `dotnet\x64` on Arm machines.
pub(super) fn arch_of_dir(dir: &str) -> Option<Arch> {
    let dir = dir.to_ascii_lowercase().replace('\\', "/");
    if dir.contains("/program files (x86)/") {
        return Some(Arch::X86);
    }
    let after = dir.split_once("/dotnet/").map(|(_, rest)| rest)?;
    Arch::from_name(after.split('/').next().unwrap_or_default())
}

/// The folder lies in `C:\Program Files`, which is the 64-bit one on a 64-bit Windows.
pub(super) fn is_program_files(dir: &str) -> bool {
    let rest = dir.get(1..).unwrap_or_default();
    dir.starts_with(|c: char| c.is_ascii_alphabetic())
        && rest.to_ascii_lowercase().starts_with(":\\program files\\")
}
