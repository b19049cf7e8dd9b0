//! Groups observations into incidents: what belongs to one application and one time.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use falconer_observation::{Channel, Evidence, Observation};
use falconer_report::model::Application;
use regex::bytes::Regex;

use crate::recognise::ascii;
use crate::sighting::{Sighting, SightingKind};

/// What belongs together: one application, one stretch of time.
#[derive(Debug, Clone, Default)]
pub(crate) struct Incident {
    /// The numbers of its observations, ascending.
    pub(crate) observations: Vec<usize>,
    /// Whom it is about.
    pub(crate) application: Application,
    /// The time of its last observation, in milliseconds; `None` when nothing has a time.
    pub(crate) last: Option<i64>,
}

/// Two events of one incident are at most so far apart: a start-up may take its full time limit of an hour.
const GAP_MS: i64 = 3_600_000;
/// An event that names no application belongs to the one that failed within so much time of it.
const NEAR_MS: i64 = 120_000;
/// So many incidents are looked at, the newest ones.
const MAX_INCIDENTS: usize = 200;

/// The incidents, newest first.
pub(crate) fn incidents(evidence: &Evidence, sightings: &[Sighting]) -> Vec<Incident> {
    let groups = applications(evidence, sightings);
    let mut incidents = Vec::new();
    let shared: Vec<usize> = (0..evidence.observations.len()).filter(|n| !groups.contains_key(n)).collect();
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (&number, &group) in &groups {
        members.entry(group).or_default().push(number);
    }
    if members.is_empty() {
        members.insert(0, Vec::new());
    }
    let only_one = members.len() == 1;
    for own in members.values() {
        let mut all = own.clone();
        all.extend(shared.iter().filter(|&&n| only_one || joins(evidence, n, own)));
        all.sort_unstable();
        incidents.extend(split_by_time(evidence, &all));
    }
    for incident in &mut incidents {
        incident.application = application(evidence, sightings, &incident.observations);
    }
    incidents.sort_by_key(|i| std::cmp::Reverse(i.last));
    incidents.truncate(MAX_INCIDENTS);
    incidents
}

/// Whether an observation that names no application belongs to one whose observations these are.
fn joins(evidence: &Evidence, number: usize, own: &[usize]) -> bool {
    let Some(time) = evidence.observations[number].time else {
        return true;
    };
    own.iter()
        .filter_map(|&n| evidence.observations[n].time)
        .any(|t| t.utc != time.utc || (t.millis - time.millis).abs() <= NEAR_MS)
}

/// For each observation that names an application, a number of that application.
fn applications(evidence: &Evidence, sightings: &[Sighting]) -> BTreeMap<usize, usize> {
    let mut union = Union::default();
    let mut keys: BTreeMap<String, usize> = BTreeMap::new();
    let mut kinds: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for sighting in sightings {
        for (kind, value) in identity(sighting) {
            kinds.entry(kind).or_default().insert(value.clone());
            let first = *keys.entry(format!("{kind}:{value}")).or_insert(sighting.observation);
            union.join(first, sighting.observation);
        }
    }
    // One id, one root and one config path are three names of one application.
    if kinds.values().all(|values| values.len() <= 1) {
        let numbers: Vec<usize> = union.parent.keys().copied().collect();
        for pair in numbers.windows(2) {
            union.join(pair[0], pair[1]);
        }
    }
    let by_pid = pids(evidence, &mut union);
    let numbers: Vec<usize> = union.parent.keys().copied().collect();
    let mut groups: BTreeMap<usize, usize> = numbers.into_iter().map(|n| (n, union.root(n))).collect();
    for (number, member) in by_pid {
        groups.entry(number).or_insert_with(|| union.root(member));
    }
    groups
}

static PROCESS_ID: LazyLock<Option<Regex>> =
    LazyLock::new(|| ascii(r"(?i)process id(?: was)?[: ]{1,2}'?(\d{1,7})\b"));

fn pid_of(observation: &Observation) -> Option<u32> {
    let found =
        PROCESS_ID.as_ref().and_then(|r| r.captures(observation.text.as_bytes())).and_then(|c| c.get(1));
    let named = found.and_then(|m| observation.text.get(m.range())?.parse().ok()).filter(|pid| *pid != 0);
    observation.pid.or(named)
}

/// Observations that name no application but a process that is known to serve one, with a member of it.
fn pids(evidence: &Evidence, union: &mut Union) -> Vec<(usize, usize)> {
    let mut known: BTreeMap<u32, usize> = BTreeMap::new();
    for &number in union.parent.keys() {
        if let Some(pid) = evidence.observations.get(number).and_then(pid_of) {
            known.insert(pid, number);
        }
    }
    let unknown = (0..evidence.observations.len()).filter(|n| !union.parent.contains_key(n));
    unknown
        .filter_map(|n| {
            let pid = pid_of(&evidence.observations[n])?;
            Some((n, *known.get(&pid)?))
        })
        .collect()
}

/// The names of an application in a sighting.
fn identity(sighting: &Sighting) -> Vec<(&'static str, String)> {
    if !matches!(&sighting.kind, SightingKind::Message(id) if id.starts_with("ancm.")) {
        return Vec::new();
    }
    let mut names = Vec::new();
    for (field, value) in &sighting.fields {
        let value = value.trim_end_matches(['\\', '/']).to_lowercase();
        let kind = match field.as_str() {
            "app" | "config-path" | "root" if value.starts_with("/lm/") => "id",
            "app" | "config-path" | "root" if value.starts_with("machine/") => "config",
            "app" | "root"
                if value.contains(":\\") || value.starts_with("\\\\") || value.starts_with('/') =>
            {
                "root"
            }
            _ => continue,
        };
        names.push((kind, value));
    }
    names
}

#[derive(Default)]
struct Union {
    parent: BTreeMap<usize, usize>,
}

impl Union {
    fn root(&mut self, n: usize) -> usize {
        let mut at = n;
        while let Some(&up) = self.parent.get(&at) {
            if up == at {
                break;
            }
            at = up;
        }
        self.parent.insert(n, at);
        at
    }

    fn join(&mut self, a: usize, b: usize) {
        for n in [a, b] {
            self.parent.entry(n).or_insert(n);
        }
        let (a, b) = (self.root(a), self.root(b));
        self.parent.insert(a.max(b), a.min(b));
    }
}

/// Splits where nothing happened for long. What has no time belongs to the newest part, except what holds for
/// all times: configuration, folders, runtimes.
fn split_by_time(evidence: &Evidence, numbers: &[usize]) -> Vec<Incident> {
    let mut timed: Vec<(i64, usize)> =
        numbers.iter().filter_map(|&n| Some((evidence.observations[n].time?.millis, n))).collect();
    timed.sort_unstable();
    let mut parts: Vec<Incident> = Vec::new();
    for (time, number) in timed {
        match parts.last_mut() {
            Some(part) if part.last.is_some_and(|last| time.saturating_sub(last) <= GAP_MS) => {
                part.observations.push(number);
                part.last = Some(time);
            }
            _ => parts.push(Incident { observations: vec![number], last: Some(time), ..Incident::default() }),
        }
    }
    if parts.is_empty() {
        parts.push(Incident::default());
    }
    let newest = parts.len() - 1;
    for (index, part) in parts.iter_mut().enumerate() {
        let untimed = numbers.iter().filter(|&&n| evidence.observations[n].time.is_none());
        part.observations.extend(untimed.filter(|&&n| index == newest || lasting(&evidence.observations[n])));
        part.observations.sort_unstable();
    }
    parts
}

fn lasting(observation: &Observation) -> bool {
    matches!(
        observation.channel,
        Channel::WebConfig | Channel::AppHostConfig | Channel::Folder | Channel::Runtimes | Channel::Note
    )
}

/// The application that the observations are about.
fn application(evidence: &Evidence, sightings: &[Sighting], numbers: &[usize]) -> Application {
    let mut found = Application::default();
    for sighting in sightings.iter().filter(|s| numbers.binary_search(&s.observation).is_ok()) {
        let SightingKind::Message(id) = &sighting.kind else {
            continue;
        };
        for (field, value) in &sighting.fields {
            let slot = match field.as_str() {
                "pool" if id.starts_with("was.") || id.starts_with("w3wp.") => &mut found.pool,
                _ if !id.starts_with("ancm.") => continue,
                "app" | "config-path" | "root" if value.starts_with("/LM/") => &mut found.id,
                "app" | "config-path" | "root" if value.starts_with("MACHINE/") => &mut found.config_path,
                "root" => &mut found.physical_root,
                _ => continue,
            };
            if slot.is_none() && !value.is_empty() {
                *slot = Some(value.clone());
            }
        }
    }
    found.site = found.config_path.as_ref().and_then(|p| {
        let rest = p.strip_prefix("MACHINE/WEBROOT/APPHOST/")?;
        Some(rest.split('/').next().unwrap_or(rest).to_owned())
    });
    found.pid = numbers.iter().filter_map(|&n| evidence.observations.get(n)).find_map(pid_of);
    found
}
