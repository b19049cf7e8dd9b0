//! How far a framework reference may roll forward.

use std::fmt;

/// A `rollForward` value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RollForward {
    /// Only the very version.
    Disable,
    /// The greatest patch of the same minor version.
    LatestPatch,
    /// The lowest minor version that is there, of the same major version. The default.
    Minor,
    /// The greatest minor version of the same major version.
    LatestMinor,
    /// The lowest major version that is there.
    Major,
    /// The greatest version of all.
    LatestMajor,
}

impl RollForward {
    /// All values, the most restrictive first.
    pub const ALL: [RollForward; 6] = [
        RollForward::Disable,
        RollForward::LatestPatch,
        RollForward::Minor,
        RollForward::LatestMinor,
        RollForward::Major,
        RollForward::LatestMajor,
    ];

    /// The name in files, variables and options.
    pub const fn name(self) -> &'static str {
        match self {
            RollForward::Disable => "Disable",
            RollForward::LatestPatch => "LatestPatch",
            RollForward::Minor => "Minor",
            RollForward::LatestMinor => "LatestMinor",
            RollForward::Major => "Major",
            RollForward::LatestMajor => "LatestMajor",
        }
    }

    /// The value of that name, in any case.
    pub fn from_name(name: &str) -> Option<RollForward> {
        RollForward::ALL.into_iter().find(|r| r.name().eq_ignore_ascii_case(name))
    }

    /// What `rollForwardOnNoCandidateFx` stands for. Values without a meaning disable rolling, as a release
    /// build of hostfxr does.
    pub const fn from_no_candidate(value: i64) -> RollForward {
        match value {
            0 => RollForward::LatestPatch,
            1 => RollForward::Minor,
            2 => RollForward::Major,
            _ => RollForward::Disable,
        }
    }
}

impl fmt::Display for RollForward {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
