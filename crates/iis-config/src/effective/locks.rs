//! Locks on sections. What a file locks is locked for the files below it, not for its own other locations.

use std::collections::BTreeMap;

use super::error::ConfigErrorKind;
use super::{Errors, Host, Level, Part};
use crate::OverrideMode;
use crate::schema::{self, Lock, SECTIONS, section_at};

pub(super) struct Locks {
    /// For each section: is it locked, and by which level?
    state: BTreeMap<String, (bool, usize)>,
    /// Sections that are not listed do not exist: a server's own file lists all.
    closed: bool,
}

impl Locks {
    pub(super) fn of(host: Host<'_>) -> Locks {
        match host {
            Host::Default => {
                let state = SECTIONS
                    .iter()
                    .map(|section| (section.path.to_owned(), (section.lock == Lock::Locked, 0)));
                Locks { state: state.collect(), closed: false }
            }
            Host::Given { config, .. } => {
                let declared = config.section_declarations();
                let closed = config.config().is_complete() && !declared.is_empty();
                let state = declared
                    .into_iter()
                    .map(|section| (section.path, (section.override_default == OverrideMode::Deny, 0)));
                Locks { state: state.collect(), closed }
            }
        }
    }

    /// Checks the sections that each level uses, and then takes over what the level locks and unlocks.
    pub(super) fn check(mut self, chain: &[Level<'_>], parts: &[Part<'_>], errors: &mut Errors<'_, '_>) {
        for level in parts.chunk_by(|a, b| a.level == b.level) {
            for part in level.iter().filter(|part| part.level > 0) {
                let application = part
                    .level
                    .checked_sub(1)
                    .and_then(|index| chain.get(index))
                    .is_some_and(|l| l.application);
                self.check_part(part, application, errors);
            }
            for part in level {
                self.take_over(part);
            }
        }
    }

    fn check_part(&self, part: &Part<'_>, application: bool, errors: &mut Errors<'_, '_>) {
        let Some(scope) = part.config.scopes().get(part.scope) else { return };
        for used in &scope.sections {
            let Some(node) = part.config.tree().node(used.element) else { continue };
            let section = used.path.clone();
            let level = section_at(&section).map_or(schema::Level::Anywhere, |known| known.level);
            let misplaced =
                level == schema::Level::Server || (level == schema::Level::Application && !application);
            let kind = match self.state.get(&section) {
                _ if misplaced => ConfigErrorKind::NotAllowedHere { section },
                Some((true, by_level)) => ConfigErrorKind::LockedSection { section, by_level: *by_level },
                Some((false, _)) => continue,
                None if self.closed && section.starts_with("system.webServer/") => {
                    ConfigErrorKind::UnknownSection { section }
                }
                None => continue,
            };
            errors.add(part.level, node.element().tag, kind);
        }
    }

    fn take_over(&mut self, part: &Part<'_>) {
        let Some(scope) = part.config.scopes().get(part.scope) else { return };
        let locked = match scope.location.as_ref().map(|location| location.override_mode) {
            Some(OverrideMode::Deny) => true,
            Some(OverrideMode::Allow) => false,
            _ => return,
        };
        for used in &scope.sections {
            self.state.insert(used.path.clone(), (locked, part.level));
        }
    }
}
