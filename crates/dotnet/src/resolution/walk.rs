//! The walk over references: app, its frameworks, their frameworks; merging and starting again.

use super::pick::{pick, pick_2x};
use super::reference::Reference;
use super::settings::Settings;
use super::{Asked, Env, Found, Installed, InstalledFramework, Request, ResolveError, Resolved};
use crate::runtimeconfig::{RollForward, RuntimeConfig};
use crate::version::Version;
use std::collections::HashMap;

/// hostfxr gives up after as many restarts.
const MAX_RESTARTS: usize = 100;
/// Deeper chains of frameworks are not followed; Microsoft's have three links.
const MAX_DEPTH: usize = 32;

enum Stop {
    /// A reference of a framework that is already resolved changed: start again.
    Restart,
    Fail(Box<ResolveError>),
}

pub(super) fn resolve(
    request: &Request<'_>,
    installed: &Installed,
    env: &Env,
) -> Result<Vec<Resolved>, Box<ResolveError>> {
    let has_references = !request.config.frameworks.is_empty();
    let settings = Settings::new(&request.command_line, installed, env, has_references)?;
    let host = installed.host.as_ref().map(|h| h.major);
    let mut walk = Walk {
        settings,
        installed,
        env,
        host,
        global: env.looks_at_global(request.config, host),
        effective: HashMap::new(),
        asked_by: HashMap::new(),
        resolved: Vec::new(),
    };
    for _ in 0..=MAX_RESTARTS {
        walk.resolved.clear();
        let references = walk.app_references(request);
        match walk.level(references, None, 0) {
            Ok(()) => return Ok(walk.resolved),
            Err(Stop::Restart) => {}
            Err(Stop::Fail(error)) => return Err(error),
        }
    }
    Err(Box::new(ResolveError::Endless))
}

struct Walk<'a> {
    settings: Settings,
    installed: &'a Installed,
    env: &'a Env,
    host: Option<u32>,
    /// The global root is looked at too.
    global: bool,
    /// All references to a framework met so far, merged. Survives restarts.
    effective: HashMap<String, Reference>,
    /// The frameworks whose references gave the versions in `effective`, where it was not the app.
    asked_by: HashMap<String, (String, Version)>,
    resolved: Vec<Resolved>,
}

/// The framework whose references are walked, and the reference it was resolved by.
type Parent<'p> = Option<(&'p InstalledFramework, &'p Reference)>;

impl<'a> Walk<'a> {
    fn references(&self, config: &RuntimeConfig) -> Vec<Reference> {
        let to_prerelease = self.env.to_prerelease();
        let reference = |r| {
            let settings = self.settings.of(config, r);
            Reference::new(&r.name.value, r.version_text(), settings, to_prerelease)
        };
        config.frameworks.iter().map(reference).collect()
    }

    fn app_references(&self, request: &Request<'_>) -> Vec<Reference> {
        let mut references = self.references(request.config);
        let fx_version = request.command_line.fx_version.as_deref().filter(|v| !v.is_empty());
        if let (Some(version), Some(first)) = (fx_version, references.first_mut()) {
            first.text = version.to_owned();
            first.version = Version::parse(version);
            first.set_roll_forward(RollForward::Disable);
            first.apply_patches = false;
        }
        references
    }

    fn level(&mut self, references: Vec<Reference>, parent: Parent<'_>, depth: usize) -> Result<(), Stop> {
        if depth > MAX_DEPTH {
            return Err(Stop::Fail(Box::new(ResolveError::Endless)));
        }
        for reference in &references {
            if !self.effective.contains_key(&reference.name) {
                self.set_effective(reference.clone(), parent);
            }
        }
        for mut reference in references {
            reference.to_highest |= parent.is_some_and(|(_, by)| by.to_highest);
            self.reference(reference, parent, depth)?;
        }
        Ok(())
    }

    fn reference(&mut self, reference: Reference, parent: Parent<'_>, depth: usize) -> Result<(), Stop> {
        let current = self.effective.get(&reference.name).cloned().unwrap_or_else(|| reference.clone());
        let Some(merged) = Reference::merge(&reference, &current) else {
            let (lower, higher) = Reference::in_order(&reference, &current);
            let (lower, higher) = (asked(lower), higher.text.clone());
            return Err(Stop::Fail(Box::new(ResolveError::Incompatible { lower, higher })));
        };
        let position = self.resolved.iter().position(|r| r.name == reference.name);
        if let Some(position) = position {
            if merged != current {
                self.set_effective(merged, parent);
                return Err(Stop::Restart);
            }
            // Lower-level frameworks come last.
            let existing = self.resolved.remove(position);
            self.resolved.push(existing);
            return Ok(());
        }
        self.set_effective(merged.clone(), parent);
        let Some(framework) = self.on_disk(&merged) else {
            return Err(Stop::Fail(Box::new(self.missing(&merged))));
        };
        let config = framework.config().map_err(|reason| {
            Stop::Fail(Box::new(ResolveError::InvalidFrameworkConfig {
                name: framework.name.clone(),
                version: framework.version.clone(),
                reason: reason.to_owned(),
            }))
        })?;
        self.resolved.push(Resolved {
            name: framework.name.clone(),
            requested: merged.text.clone(),
            version: framework.version.clone(),
            dir: framework.dir.clone(),
        });
        let references = self.references(&config);
        self.level(references, Some((framework, &merged)), depth + 1)
    }

    fn set_effective(&mut self, reference: Reference, parent: Parent<'_>) {
        let before = self.effective.get(&reference.name);
        if before.is_none_or(|b| b.text != reference.text) {
            match parent {
                Some((by, _)) => {
                    let by = (by.name.clone(), by.version.clone());
                    self.asked_by.insert(reference.name.clone(), by);
                }
                None => {
                    self.asked_by.remove(&reference.name);
                }
            }
        }
        self.effective.insert(reference.name.clone(), reference);
    }

    /// The installed framework for a reference. Of two places the better match wins, the first one when the
    /// reference is exact.
    fn on_disk(&self, reference: &Reference) -> Option<&'a InstalledFramework> {
        let first = self.in_place(&self.installed.frameworks, reference);
        let second = || self.in_place(&self.installed.global, reference);
        match (first, self.global.then(second).flatten()) {
            (Some(first), Some(second)) if !reference.is_exact() => {
                let best = pick(&[&second.version, &first.version], reference);
                let changes = best == Some(0) && second.version != first.version;
                Some(if changes { second } else { first })
            }
            (first, second) => first.or(second),
        }
    }

    fn in_place(
        &self,
        place: &'a [InstalledFramework],
        reference: &Reference,
    ) -> Option<&'a InstalledFramework> {
        let counts = |f: &&InstalledFramework| {
            f.name == reference.name && !self.env.disables(&f.version.to_string(), self.host)
        };
        let frameworks: Vec<&InstalledFramework> = place.iter().filter(counts).collect();
        let versions: Vec<&Version> = frameworks.iter().map(|f| &f.version).collect();
        let picked = match self.host {
            Some(..=2) => pick_2x(&versions, reference),
            _ => pick(&versions, reference),
        };
        picked.and_then(|i| frameworks.get(i).copied())
    }

    fn missing(&self, reference: &Reference) -> ResolveError {
        let found = |place: &[InstalledFramework]| {
            let mut found: Vec<Found> = place
                .iter()
                .filter(|f| f.name == reference.name)
                .map(|f| Found { version: f.version.clone(), dir: f.dir.clone(), arch: f.arch })
                .collect();
            found.sort_by(|a, b| a.version.cmp(&b.version));
            found
        };
        ResolveError::Missing {
            asked: asked(reference),
            found: found(&self.installed.frameworks),
            other_architectures: found(&self.installed.other_architectures),
            required_by: self.asked_by.get(&reference.name).cloned(),
        }
    }
}

fn asked(reference: &Reference) -> Asked {
    Asked {
        name: reference.name.clone(),
        version: reference.text.clone(),
        range: reference.range,
        apply_patches: reference.apply_patches,
    }
}
