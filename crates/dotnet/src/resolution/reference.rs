//! A reference to a framework with the settings that are in force, and the merging of two.

use super::settings::Effective;
use crate::runtimeconfig::RollForward;
use crate::version::Version;
use std::fmt;

/// How far a version may be from the one asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Range {
    /// Not at all.
    Exact,
    /// In the patch.
    Patch,
    /// In minor and patch.
    Minor,
    /// In all.
    Major,
}

impl fmt::Display for Range {
    /// The word in hostfxr's messages.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Range::Exact => "exact",
            Range::Patch => "patch",
            Range::Minor => "minor",
            Range::Major => "major",
        })
    }
}

/// A reference as hostfxr works with it (`fx_reference_t`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reference {
    pub(super) name: String,
    /// As written.
    pub(super) text: String,
    /// `None` for a text that is no version. hostfxr then works with -1.-1.-1, which is lower than all.
    pub(super) version: Option<Version>,
    pub(super) range: Range,
    pub(super) to_highest: bool,
    pub(super) prefer_release: bool,
    pub(super) apply_patches: bool,
}

impl Reference {
    pub(super) fn new(name: &str, text: &str, settings: Effective, to_prerelease: bool) -> Reference {
        let version = Version::parse(text);
        let prefer_release = !to_prerelease && !version.as_ref().is_some_and(Version::is_prerelease);
        let mut reference = Reference {
            name: name.to_owned(),
            text: text.to_owned(),
            version,
            range: Range::Minor,
            to_highest: false,
            prefer_release,
            apply_patches: settings.apply_patches,
        };
        reference.set_roll_forward(settings.roll_forward);
        reference
    }

    pub(super) fn set_roll_forward(&mut self, value: RollForward) {
        (self.range, self.to_highest) = match value {
            RollForward::Disable => (Range::Exact, false),
            RollForward::LatestPatch => (Range::Patch, false),
            RollForward::Minor => (Range::Minor, false),
            RollForward::LatestMinor => (Range::Minor, true),
            RollForward::Major => (Range::Major, false),
            RollForward::LatestMajor => (Range::Major, true),
        };
    }

    /// The version was given and is a pre-release.
    pub(super) fn asks_for_prerelease(&self) -> bool {
        self.version.as_ref().is_some_and(Version::is_prerelease)
    }

    /// Only a folder of the very name will do.
    pub(super) fn is_exact(&self) -> bool {
        self.range == Range::Exact
            || (self.range == Range::Patch && !self.apply_patches && !self.asks_for_prerelease())
    }

    /// Whether the reference allows `higher`, which must not be lower than its version.
    pub(super) fn allows(&self, higher: &Version) -> bool {
        let Some(own) = &self.version else { return self.range == Range::Major };
        if own == higher {
            return true;
        }
        if own.major != higher.major && self.range < Range::Major {
            return false;
        }
        if own.minor != higher.minor && self.range < Range::Minor {
            return false;
        }
        if own.patch != higher.patch && self.range == Range::Patch && !self.apply_patches {
            return false;
        }
        self.range != Range::Exact
    }

    /// Merges two references to one framework. `None` when the lower one does not allow the higher one; then
    /// [`Reference::in_order`] tells which is which.
    pub(super) fn merge(a: &Reference, b: &Reference) -> Option<Reference> {
        let (lower, higher) = Reference::in_order(a, b);
        let allowed = match &higher.version {
            Some(version) => lower.allows(version),
            None => lower.version.is_none(),
        };
        allowed.then(|| Reference {
            range: lower.range.min(higher.range),
            to_highest: lower.to_highest || higher.to_highest,
            prefer_release: lower.prefer_release || higher.prefer_release,
            apply_patches: lower.apply_patches && higher.apply_patches,
            ..higher.clone()
        })
    }

    /// The two references, the lower one first; of equals the first counts as the higher.
    pub(super) fn in_order<'r>(a: &'r Reference, b: &'r Reference) -> (&'r Reference, &'r Reference) {
        if a.version >= b.version { (b, a) } else { (a, b) }
    }
}
