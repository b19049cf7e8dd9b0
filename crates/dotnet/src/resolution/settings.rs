//! Settings from outside the file, and which of all settings is in force.

use super::{Installed, ResolveError};
use crate::platform::Os;
use crate::runtimeconfig::{FrameworkReference, RollForward, RuntimeConfig};
use std::fmt;

/// The environment variables that take part in framework resolution. The empty text counts as unset, as it
/// does for hostfxr.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Env {
    /// `DOTNET_ROLL_FORWARD`: over the file, under the command line.
    pub roll_forward: Option<String>,
    /// `DOTNET_ROLL_FORWARD_ON_NO_CANDIDATE_FX`: under the file.
    pub roll_forward_on_no_candidate_fx: Option<String>,
    /// `DOTNET_ROLL_FORWARD_TO_PRERELEASE`: `1` makes releases roll forward to pre-releases as if these were
    /// releases.
    pub roll_forward_to_prerelease: Option<String>,
    /// `DOTNET_DISABLE_RUNTIME_VERSIONS`: versions that do not count, separated by `;`. A host of .NET 9 does
    /// not know it; hosts from 10 on are taken to.
    pub disable_runtime_versions: Option<String>,
    /// `DOTNET_MULTILEVEL_LOOKUP`: anything but `1` switches the second place off.
    pub multilevel_lookup: Option<String>,
    /// The operating system; `None` is Windows.
    pub os: Option<Os>,
}

impl Env {
    /// Takes a variable; false when it plays no part. Names are compared without regard to case.
    pub fn set(&mut self, name: &str, value: &str) -> bool {
        let slot = match name.to_ascii_uppercase().as_str() {
            "DOTNET_ROLL_FORWARD" => &mut self.roll_forward,
            "DOTNET_ROLL_FORWARD_ON_NO_CANDIDATE_FX" => &mut self.roll_forward_on_no_candidate_fx,
            "DOTNET_ROLL_FORWARD_TO_PRERELEASE" => &mut self.roll_forward_to_prerelease,
            "DOTNET_DISABLE_RUNTIME_VERSIONS" => &mut self.disable_runtime_versions,
            "DOTNET_MULTILEVEL_LOOKUP" => &mut self.multilevel_lookup,
            _ => return false,
        };
        *slot = Some(value.to_owned());
        true
    }

    pub(super) fn to_prerelease(&self) -> bool {
        self.roll_forward_to_prerelease.as_deref().map(leading_number) == Some(1)
    }

    pub(super) fn disables(&self, version: &str, host: Option<u32>) -> bool {
        let list = self.disable_runtime_versions.as_deref().filter(|_| host.is_some_and(|h| h >= 10));
        list.is_some_and(|list| list.split(';').any(|v| v == version))
    }

    /// Whether [`Installed::global`] is looked at (`get_is_multilevel_lookup_disabled`).
    pub(super) fn looks_at_global(&self, config: &RuntimeConfig, host: Option<u32>) -> bool {
        let windows = self.os.is_none_or(|os| os == Os::Windows);
        let wanted = set(&self.multilevel_lookup).is_none_or(|v| leading_number(v) == 1);
        let target = config.target_framework().map(|t| t.major);
        let old_enough = host.is_some_and(|h| h < 7) || target.is_some_and(|t| t < 7);
        windows && wanted && old_enough
    }
}

/// Options of `dotnet exec` that take part in framework resolution.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CommandLine {
    /// `--roll-forward`.
    pub roll_forward: Option<String>,
    /// `--roll-forward-on-no-candidate-fx`.
    pub roll_forward_on_no_candidate_fx: Option<String>,
    /// `--fx-version`: the very version of the first reference.
    pub fx_version: Option<String>,
}

/// A place where a setting stands, for messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setting {
    /// The environment variable `DOTNET_ROLL_FORWARD`.
    EnvRollForward,
    /// The option `--roll-forward`.
    OptionRollForward,
}

impl fmt::Display for Setting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Setting::EnvRollForward => "the environment variable DOTNET_ROLL_FORWARD",
            Setting::OptionRollForward => "the option --roll-forward",
        })
    }
}

/// The settings in force for one reference.
#[derive(Debug, Clone, Copy)]
pub(super) struct Effective {
    pub(super) roll_forward: RollForward,
    pub(super) apply_patches: bool,
}

/// What the environment, the command line and the host's version make of a file's settings.
pub(super) struct Settings {
    /// From `DOTNET_ROLL_FORWARD_ON_NO_CANDIDATE_FX`.
    base: RollForward,
    /// From `DOTNET_ROLL_FORWARD`.
    env: Option<RollForward>,
    /// From the command line.
    option: Option<RollForward>,
    /// `rollForward` and its variable are known (hosts since 3.0).
    knows_new: bool,
    /// `applyPatches` and `rollForwardOnNoCandidateFx` are known (hosts until 11).
    knows_old: bool,
}

impl Settings {
    pub(super) fn new(
        line: &super::CommandLine,
        installed: &Installed,
        env: &Env,
        has_references: bool,
    ) -> Result<Settings, Box<ResolveError>> {
        let host = installed.host.as_ref().map(|h| h.major);
        let knows_new = host.is_none_or(|h| h >= 3);
        let knows_old = host.is_none_or(|h| h < 12);
        let no_candidate = |text: &Option<String>| {
            set(text).filter(|_| knows_old).map(|t| RollForward::from_no_candidate(leading_number(t)))
        };
        let named = |text: Option<&str>, setting| {
            let Some(text) = text.filter(|_| knows_new) else { return Ok(None) };
            let unknown = || Box::new(ResolveError::UnknownRollForward { setting, value: text.to_owned() });
            RollForward::from_name(text).map(Some).ok_or_else(unknown)
        };
        let option = named(set(&line.roll_forward), Setting::OptionRollForward)?;
        // The variable is read once per reference: without any, a wrong value goes unnoticed.
        let env_value = set(&env.roll_forward).filter(|_| has_references);
        Ok(Settings {
            base: no_candidate(&env.roll_forward_on_no_candidate_fx).unwrap_or(RollForward::Minor),
            env: named(env_value, Setting::EnvRollForward)?,
            option: option.or_else(|| no_candidate(&line.roll_forward_on_no_candidate_fx)),
            knows_new,
            knows_old,
        })
    }

    /// The settings of a reference in a file; the last one that is set wins.
    pub(super) fn of(&self, config: &RuntimeConfig, reference: &FrameworkReference) -> Effective {
        let new = |r: Option<RollForward>| r.filter(|_| self.knows_new);
        let old = |v: Option<i64>| v.filter(|_| self.knows_old).map(RollForward::from_no_candidate);
        let in_order = [
            Some(self.base),
            new(config.roll_forward.map(|s| s.value)),
            old(config.roll_forward_on_no_candidate_fx.map(|s| s.value)),
            new(reference.roll_forward.map(|s| s.value)),
            old(reference.roll_forward_on_no_candidate_fx.map(|s| s.value)),
            self.env,
            self.option,
        ];
        let patches = reference.apply_patches.or(config.apply_patches).filter(|_| self.knows_old);
        Effective {
            roll_forward: in_order.into_iter().flatten().next_back().unwrap_or(RollForward::Minor),
            apply_patches: patches.is_none_or(|s| s.value),
        }
    }
}

fn set(value: &Option<String>) -> Option<&str> {
    value.as_deref().filter(|text| !text.is_empty())
}

/// The number that C's `atoi` sees: leading white space and a sign are allowed, no digits are 0.
fn leading_number(text: &str) -> i64 {
    let text = text.trim_start_matches([' ', '\t', '\n', '\r', '\u{b}', '\u{c}']);
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let digits = digits.bytes().take_while(u8::is_ascii_digit);
    let value = digits.fold(0_i64, |n, d| n.saturating_mul(10).saturating_add(i64::from(d - b'0')));
    if negative { -value } else { value }
}
