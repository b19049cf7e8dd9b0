//! Counts the rows of a log.

use std::collections::HashMap;

use super::group::path_group;
use super::{Failure, Log};
use crate::Stopped;
use crate::extended_log::{Field, GROUP_LIMIT, Layout, Row, Span, Stamp, number, sample};
use crate::lines::Line;

/// What was counted so far.
#[derive(Debug)]
pub(super) struct Tally {
    site: Option<String>,
    /// The failures by their key.
    kinds: HashMap<Vec<u8>, usize>,
    failures: Vec<Counted>,
    /// The applications that had a failure, by site and path group.
    apps: HashMap<Vec<u8>, usize>,
    successes: Vec<u64>,
    times: Span,
    log: Log,
    /// The key of the row at hand; kept for its memory.
    key: Vec<u8>,
}

#[derive(Debug)]
struct Counted {
    failure: Failure,
    times: Span,
    app: usize,
    /// How many successes its application had at its last occurrence.
    successes_before: u64,
}

impl Tally {
    pub(super) fn new(site: Option<&str>) -> Self {
        Tally {
            site: site.map(str::to_owned),
            kinds: HashMap::new(),
            failures: Vec::new(),
            apps: HashMap::new(),
            successes: Vec::new(),
            times: Span::default(),
            log: Log::default(),
            key: Vec::new(),
        }
    }

    /// Takes a row in.
    pub(super) fn take(&mut self, row: &Row<'_>, layout: &Layout, line: &Line<'_>) {
        let fits = row.len() == layout.count && !line.cut;
        let status = row.field(layout, Field::Status).and_then(number).filter(|s| (100..1000).contains(s));
        let (true, Some(status)) = (fits, status.and_then(|s| u16::try_from(s).ok())) else {
            self.log.unread_lines += 1;
            self.log.first_unread.get_or_insert_with(|| line.place());
            return;
        };
        self.log.requests += 1;
        let stamp = Stamp::of(row, layout);
        self.times.add(stamp);
        if status >= 400 {
            self.fail(row, layout, line, status, stamp);
        } else if !self.failures.is_empty() {
            self.succeed(row, layout);
        }
    }

    /// Writes the site and the path group of a row into `key`.
    fn key_of_app(&mut self, row: &Row<'_>, layout: &Layout) {
        self.key.clear();
        let site = row.field(layout, Field::SiteName);
        self.key.extend_from_slice(site.or(self.site.as_deref().map(str::as_bytes)).unwrap_or_default());
        self.key.push(b' ');
        self.key.extend_from_slice(row.field(layout, Field::Uri).map(path_group).unwrap_or_default());
    }

    fn succeed(&mut self, row: &Row<'_>, layout: &Layout) {
        self.key_of_app(row, layout);
        if let Some(&app) = self.apps.get(&self.key)
            && let Some(count) = self.successes.get_mut(app)
        {
            *count += 1;
        }
    }

    fn fail(&mut self, row: &Row<'_>, layout: &Layout, line: &Line<'_>, status: u16, stamp: Option<Stamp>) {
        let substatus = row.field(layout, Field::Substatus);
        let win32 = row.field(layout, Field::Win32);
        self.key_of_app(row, layout);
        let app_key = self.key.len();
        for part in [row.field(layout, Field::Status), substatus, win32] {
            self.key.push(b' ');
            self.key.extend_from_slice(part.unwrap_or_default());
        }
        if let Some(counted) = self.kinds.get(&self.key).and_then(|&kind| self.failures.get_mut(kind)) {
            counted.failure.count += 1;
            counted.failure.last_place = line.place();
            counted.times.add(stamp);
            counted.successes_before = self.successes.get(counted.app).copied().unwrap_or_default();
            return;
        }
        if self.failures.len() >= GROUP_LIMIT {
            self.log.more_kinds = true;
            return;
        }
        let app = self.app(app_key);
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let failure = Failure {
            site: row.field(layout, Field::SiteName).map(text).or_else(|| self.site.clone()),
            status,
            substatus: substatus.and_then(number).and_then(|s| u16::try_from(s).ok()),
            win32: win32.and_then(number).and_then(|s| u32::try_from(s).ok()),
            path_group: row.field(layout, Field::Uri).map(|stem| text(path_group(stem))),
            count: 1,
            first: None,
            last: None,
            first_place: line.place(),
            last_place: line.place(),
            sample: sample(line.bytes),
            successes_after: 0,
        };
        let mut times = Span::default();
        times.add(stamp);
        let successes_before = self.successes.get(app).copied().unwrap_or_default();
        self.kinds.insert(self.key.clone(), self.failures.len());
        self.failures.push(Counted { failure, times, app, successes_before });
    }

    /// The application whose key is the start of `key`.
    fn app(&mut self, length: usize) -> usize {
        let key = self.key.get(..length).unwrap_or_default();
        if let Some(&app) = self.apps.get(key) {
            return app;
        }
        let app = self.successes.len();
        self.apps.insert(key.to_vec(), app);
        self.successes.push(0);
        app
    }

    /// The result.
    pub(super) fn finish(self, stopped: Option<Stopped>) -> Log {
        let successes = self.successes;
        let finished = |counted: Counted| Failure {
            first: counted.times.first(),
            last: counted.times.last(),
            successes_after: successes
                .get(counted.app)
                .copied()
                .unwrap_or_default()
                .saturating_sub(counted.successes_before),
            ..counted.failure
        };
        Log {
            failures: self.failures.into_iter().map(finished).collect(),
            first: self.times.first(),
            last: self.times.last(),
            stopped,
            ..self.log
        }
    }
}
