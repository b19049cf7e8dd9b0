//! Takes inputs one by one and collects the evidence.

use std::io::{Cursor, Read};
use std::ops::ControlFlow;

use falconer_observation::{
    Channel, ChannelState, Evidence, InputRead, Notice, NoticeKind, Observation, Source,
};

use crate::bounded::{self, Budgeted, Limits};
use crate::events::EventFold;
use crate::tree::{Opened, Tree, ZipTree};
use crate::{absence, decode, kind, providers};

/// So much of a file tells what it is.
const PREFIX: u64 = 64 << 10;

/// Takes inputs one by one and collects the evidence.
#[derive(Debug)]
pub struct Gatherer {
    limits: Limits,
    evidence: Evidence,
    events: EventFold,
    unpack_budget: u64,
}

impl Gatherer {
    /// An empty one.
    pub fn new(limits: Limits) -> Self {
        Gatherer {
            unpack_budget: limits.unpacked,
            limits,
            evidence: Evidence::default(),
            events: EventFold::default(),
        }
    }

    /// Reads an input that is in memory: text of the command line, a worked case.
    pub fn add_bytes(&mut self, name: &str, bytes: &[u8]) {
        self.add_file(name, bytes.len() as u64, Opened::Seekable(Box::new(Cursor::new(bytes))));
    }

    /// Reads a file of any kind.
    pub fn add_file(&mut self, name: &str, size: u64, opened: Opened<'_>) {
        self.file_at(name, size, opened, 0);
    }

    /// Reads all files of a folder or archive.
    pub fn add_tree(&mut self, name: &str, tree: &mut dyn Tree) {
        self.tree_at(name, "/", tree, 0);
    }

    /// Says what is known about a channel that no input shows.
    pub fn note_channel(&mut self, channel: Channel, state: ChannelState) {
        self.evidence.note_channel(channel, state);
    }

    /// Tells the user of an input that could not be opened.
    pub fn note_unreadable(&mut self, name: &str, why: impl std::fmt::Display) {
        self.notice(name, NoticeKind::Unreadable, format!("could not be read: {why}"));
    }

    /// What was found.
    pub fn finish(mut self) -> Evidence {
        if self.events.left_out > 0 {
            let text = format!("{} further events were left out; the newest were kept", self.events.left_out);
            self.notice("", NoticeKind::Bounded, text);
        }
        self.evidence.observations.extend(self.events.finish());
        self.evidence
    }

    fn tree_at(&mut self, name: &str, separator: &str, tree: &mut dyn Tree, depth: usize) {
        let entries: Vec<_> = tree.entries().iter().take(self.limits.files).cloned().collect();
        if tree.entries().len() > entries.len() {
            let text = format!("has more than {} files; the rest was left out", entries.len());
            self.notice(name, NoticeKind::Bounded, text);
        }
        for (number, entry) in entries.iter().enumerate() {
            if !kind::may_matter(&entry.path) {
                continue;
            }
            let path = format!("{}{separator}{}", name.trim_end_matches('/'), entry.path);
            match tree.open(number) {
                Ok(opened) => self.file_at(&path, entry.size, opened, depth),
                Err(error) => self.note_unreadable(&path, error),
            }
        }
    }

    fn file_at(&mut self, name: &str, size: u64, opened: Opened<'_>, depth: usize) {
        let result = match opened {
            Opened::Seekable(mut reader) => self.seekable(name, size, &mut reader, depth),
            Opened::Stream(inner) => {
                let mut budget = self.unpack_budget;
                let result = self.stream(name, size, &mut Budgeted { inner, budget: &mut budget }, depth);
                self.unpack_budget = budget;
                result
            }
        };
        if let Err(error) = result {
            self.note_unreadable(name, error);
        }
    }

    fn seekable(
        &mut self,
        name: &str,
        size: u64,
        reader: &mut dyn crate::ReadSeek,
        depth: usize,
    ) -> std::io::Result<()> {
        let mut prefix = Vec::new();
        bounded::read_at_most(reader, 4, &mut prefix)?;
        reader.seek(std::io::SeekFrom::Start(0))?;
        if kind::is_zip(&prefix) {
            self.archive(name, size, reader, depth);
            return Ok(());
        }
        self.stream(name, size, reader, depth)
    }

    fn archive(&mut self, name: &str, size: u64, reader: impl crate::ReadSeek, depth: usize) {
        if depth >= self.limits.depth {
            self.notice(
                name,
                NoticeKind::Bounded,
                "is an archive within archives; it was left out".to_owned(),
            );
            return;
        }
        match ZipTree::new(reader) {
            Ok(mut tree) => {
                self.input(name, "zip archive", size);
                self.tree_at(name, "!/", &mut tree, depth + 1);
            }
            Err(error) => {
                self.notice(name, NoticeKind::Damaged, format!("is a damaged zip archive: {error}"));
            }
        }
    }

    fn stream(&mut self, name: &str, size: u64, reader: &mut dyn Read, depth: usize) -> std::io::Result<()> {
        let mut bytes = Vec::new();
        bounded::read_at_most(reader, PREFIX, &mut bytes)?;
        if falconer_evtx::is_evtx(&bytes) {
            self.evtx(name, size, Cursor::new(bytes).chain(reader));
            return Ok(());
        }
        if kind::is_zip(&bytes) {
            // An archive within an archive cannot be sought in, so it is read into memory first.
            let more = bounded::read_at_most(reader, self.limits.whole_document, &mut bytes)?;
            if more {
                self.notice(
                    name,
                    NoticeKind::Bounded,
                    "is a large archive within an archive; unpack it first".to_owned(),
                );
            } else {
                self.archive(name, size, Cursor::new(bytes), depth);
            }
            return Ok(());
        }
        if kind::is_binary(&bytes) {
            self.notice(
                name,
                NoticeKind::Skipped,
                "is a binary file of no kind that tells something here".to_owned(),
            );
            return Ok(());
        }
        let more = bounded::read_at_most(reader, self.limits.whole_document, &mut bytes)?;
        if more {
            self.notice(
                name,
                NoticeKind::Bounded,
                format!("is large; the first {} MiB were read", self.limits.whole_document >> 20),
            );
        }
        self.input_text(name, &bytes);
        Ok(())
    }

    fn evtx(&mut self, name: &str, size: u64, reader: impl Read) {
        self.input(name, "event log (.evtx)", size);
        let mut hits = 0_u64;
        let events = &mut self.events;
        let mut sink = |event: falconer_observation::WinEvent| {
            hits += 1;
            let source = Source { record: event.record, ..Source::file(name) };
            events.add(source, event);
            ControlFlow::Continue(())
        };
        match falconer_evtx::scan_serial(reader, &providers::filter(), &mut sink) {
            Ok(summary) => {
                let state = if hits > 0 { ChannelState::Present } else { ChannelState::Nothing };
                self.evidence.note_channel(Channel::EventLog, state);
                if let Some(first) = summary.damaged.first() {
                    let text = format!(
                        "is damaged in {} places, the first at byte {} ({}); the rest was read",
                        summary.damaged_count, first.offset, first.what
                    );
                    self.notice(name, NoticeKind::Damaged, text);
                }
            }
            Err(error) => self.note_unreadable(name, error),
        }
    }

    fn input_text(&mut self, name: &str, bytes: &[u8]) {
        let text = decode::decode(bytes);
        let reading = falconer_event_text::read(&text);
        if reading.events.is_empty() {
            let channel = kind::text_channel(name, &text);
            self.input(name, channel.title(), bytes.len() as u64);
            self.plain(channel, Source::file(name).at_line(1), &text);
            return;
        }
        self.input(name, "event log", bytes.len() as u64);
        self.evidence.note_channel(Channel::EventLog, ChannelState::Present);
        for problem in reading.problems.iter().take(3) {
            let text = format!("line {}: {}", problem.line, problem.what);
            self.notice(name, NoticeKind::Damaged, text);
        }
        for located in reading.events {
            if providers::matters(located.event.provider.as_deref()) {
                self.events.add(Source::file(name).at_line(located.line), located.event);
            }
        }
        let channel = kind::text_channel(name, &text);
        for range in reading.rest {
            let line = 1 + text.get(..range.start).map_or(0, |t| t.bytes().filter(|b| *b == b'\n').count());
            let source = Source::file(name).at_line(u32::try_from(line).unwrap_or(u32::MAX));
            self.plain(channel, source, text.get(range).unwrap_or_default());
        }
    }

    fn plain(&mut self, channel: Channel, source: Source, text: &str) {
        match absence::absence(text) {
            Some(state) => self.evidence.note_channel(channel, state),
            None => {
                self.evidence.note_channel(channel, ChannelState::Present);
                self.evidence.observations.push(Observation::new(channel, source, text));
            }
        }
    }

    fn input(&mut self, name: &str, kind: &str, bytes: u64) {
        self.evidence.inputs.push(InputRead { file: name.to_owned(), kind: kind.to_owned(), bytes });
    }

    fn notice(&mut self, name: &str, kind: NoticeKind, text: String) {
        self.evidence.notices.push(Notice { source: Source::file(name), kind, text });
    }
}
