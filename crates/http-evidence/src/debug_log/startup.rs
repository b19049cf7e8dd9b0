//! How far each worker process came.

use std::collections::VecDeque;

use falconer_observation::Timestamp;

use super::{Header, Marker, Record};
use crate::Place;

/// How many processes are told apart; of more, the newest are kept.
const PROCESS_LIMIT: usize = 64;
/// How many headers of a process are kept: it has three dlls.
const HEADER_LIMIT: usize = 6;

/// What the log tells of one worker process.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Startup {
    /// The process, from its records or its header.
    pub pid: Option<u32>,
    /// The headers of its dlls.
    pub headers: Vec<Header>,
    /// The markers, each where it was seen last, in that order.
    pub reached: Vec<Reached>,
    /// How many records it has.
    pub records: u64,
    /// The time of its first record.
    pub first: Option<Timestamp>,
    /// The time of its last record.
    pub last: Option<Timestamp>,
    /// From its first record to its last one; records of other processes may lie between.
    pub place: Place,
}

/// A marker and where it was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reached {
    /// The marker.
    pub marker: Marker,
    /// The exception code or exit code.
    pub value: Option<i64>,
    /// When.
    pub time: Option<Timestamp>,
    /// Where.
    pub place: Place,
}

impl Startup {
    /// The marker that tells how the process ended or how far it came.
    ///
    /// An exception, a stop and an exit are followed by lines that say less, so they come first in that order;
    /// `Main` returns after a requested stop as well. Otherwise the last marker counts, and a header only when
    /// there is nothing else, for each dll writes one when it is loaded.
    pub fn decisive(&self) -> Option<&Reached> {
        const STRONGEST: [Marker; 5] = [
            Marker::ManagedThrew,
            Marker::ShutdownTimedOut,
            Marker::ShutdownRequested,
            Marker::ManagedExited,
            Marker::ClrThreadEnded,
        ];
        STRONGEST
            .iter()
            .find_map(|marker| self.reached(*marker))
            .or_else(|| self.reached.iter().rfind(|reached| reached.marker != Marker::ModuleLoaded))
            .or(self.reached.last())
    }

    /// Where a marker was seen last.
    pub fn reached(&self, marker: Marker) -> Option<&Reached> {
        self.reached.iter().find(|reached| reached.marker == marker)
    }

    fn take(&mut self, record: &Record, header: Option<Header>) {
        if self.records == 0 {
            self.place = record.place.clone();
            self.first = record.time;
        }
        self.records += 1;
        self.last = record.time.or(self.last);
        self.place = self.place.until(&record.place);
        if let Some((marker, value)) = Marker::of(&record.message) {
            self.reached.retain(|reached| reached.marker != marker);
            self.reached.push(Reached { marker, value, time: record.time, place: record.place.clone() });
        }
        if let Some(header) = header
            && self.headers.len() < HEADER_LIMIT
            && !self.headers.contains(&header)
        {
            self.headers.push(header);
        }
    }
}

/// Collects the records of a log by worker process.
#[derive(Debug, Clone, Default)]
pub struct Startups {
    processes: VecDeque<Startup>,
}

impl Startups {
    /// Takes a record in. Records without a process belong to the newest one.
    pub fn add(&mut self, record: &Record) {
        let header = record.header();
        let pid = record.pid.or(header.as_ref().and_then(|header| header.process_id));
        let known = match pid {
            Some(_) => self.processes.iter().rposition(|process| process.pid == pid),
            None => self.processes.len().checked_sub(1),
        };
        match known.and_then(|known| self.processes.get_mut(known)) {
            Some(process) => process.take(record, header),
            None => {
                let mut process = Startup { pid, ..Startup::default() };
                process.take(record, header);
                if self.processes.len() >= PROCESS_LIMIT {
                    self.processes.pop_front();
                }
                self.processes.push_back(process);
            }
        }
    }

    /// The processes, in the order of their first records.
    pub fn finish(self) -> Vec<Startup> {
        self.processes.into()
    }
}
