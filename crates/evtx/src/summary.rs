//! What a scan saw.

use falconer_observation::Timestamp;

use crate::Flaw;

/// A damaged part of a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Damage {
    /// Where it begins, in bytes from the start of the file.
    pub offset: u64,
    /// What is wrong with it.
    pub what: Flaw,
}

/// What a scan saw, hits or not.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Summary {
    /// Chunks with a header.
    pub chunks: u64,
    /// Records with a header, whether they passed the filter or not.
    pub records: u64,
    /// Events handed out.
    pub hits: u64,
    /// The first damaged parts, in file order, at most [`Summary::MAX_DAMAGED`].
    pub damaged: Vec<Damage>,
    /// How many damaged parts there were in all.
    pub damaged_count: u64,
    /// When the oldest record was written. With [`last`](Self::last) it tells which time the log covers: a log
    /// that covers the failure and has no entry is evidence.
    pub first: Option<Timestamp>,
    /// When the newest record was written.
    pub last: Option<Timestamp>,
    /// The file says that it was not closed properly, as a copy of a log in use does.
    pub dirty: bool,
}

impl Summary {
    /// How many damaged parts are listed.
    pub const MAX_DAMAGED: usize = 64;

    pub(crate) fn damage(&mut self, offset: u64, what: Flaw) {
        self.damaged_count += 1;
        if self.damaged.len() < Self::MAX_DAMAGED {
            self.damaged.push(Damage { offset, what });
        }
    }

    /// Adds what was seen of a later part of the file.
    pub(crate) fn merge(&mut self, later: &Summary) {
        self.chunks += later.chunks;
        self.records += later.records;
        self.hits += later.hits;
        self.damaged_count += later.damaged_count;
        let room = Self::MAX_DAMAGED.saturating_sub(self.damaged.len());
        self.damaged.extend(later.damaged.iter().take(room));
        self.first = [self.first, later.first].into_iter().flatten().min();
        self.last = self.last.max(later.last);
        self.dirty |= later.dirty;
    }

    /// Widens the covered time; `span` is the first and the last FILETIME.
    pub(crate) fn cover(&mut self, span: Option<(u64, u64)>) {
        if let Some((first, last)) = span {
            let (first, last) = (Timestamp::from_filetime(first), Timestamp::from_filetime(last));
            self.first = Some(self.first.map_or(first, |known| known.min(first)));
            self.last = Some(self.last.map_or(last, |known| known.max(last)));
        }
    }
}
