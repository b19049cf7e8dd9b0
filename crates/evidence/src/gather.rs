//! Takes inputs one by one, finds out what each is, and hands it to its reader.

use std::cell::OnceCell;
use std::io::{self, BufReader, Cursor, Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::rc::Rc;

use falconer_observation::{Channel, ChannelState, Evidence, NoticeKind, Source, WinEvent};
use falconer_scan::Matcher;

use crate::bounded::{self, Budgeted, Limits};
use crate::collect::Collection;
use crate::tree::{Opened, ReadSeek, Tree};
use crate::zip_tree::ZipTree;
use crate::{config, decode, folder, json, kind, large, logs, page, plain, providers};

/// So much of a file tells what it is.
const PREFIX: u64 = 64 << 10;

/// Takes inputs one by one and collects the evidence.
#[derive(Debug)]
pub struct Gatherer {
    limits: Limits,
    anchors: Vec<String>,
    matcher: OnceCell<Option<Rc<Matcher>>>,
    collection: Collection,
    unpack_budget: u64,
}

impl Gatherer {
    /// An empty one. `anchors` are the words around which large texts are read.
    pub fn new(limits: Limits, anchors: Vec<String>) -> Self {
        Gatherer {
            unpack_budget: limits.unpacked,
            limits,
            anchors,
            matcher: OnceCell::new(),
            collection: Collection::default(),
        }
    }

    /// Reads an input that is in memory: text of the command line, standard input.
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
        self.collection.evidence.note_channel(channel, state);
    }

    /// Tells the user of an input that could not be opened.
    pub fn note_unreadable(&mut self, name: &str, why: impl std::fmt::Display) {
        self.collection.notice(name, NoticeKind::Unreadable, format!("could not be read: {why}"));
    }

    /// What was found.
    pub fn finish(self) -> Evidence {
        let Collection { mut evidence, events } = self.collection;
        if events.left_out > 0 {
            evidence.notices.push(falconer_observation::Notice {
                source: Source::default(),
                kind: NoticeKind::Bounded,
                text: format!("{} further events were left out; the newest were kept", events.left_out),
            });
        }
        evidence.observations.extend(events.finish());
        evidence
    }

    fn tree_at(&mut self, name: &str, separator: &str, tree: &mut dyn Tree, depth: usize) {
        let prefix = format!("{}{separator}", name.trim_end_matches('/'));
        let entries: Vec<_> = tree.entries().iter().take(self.limits.files).cloned().collect();
        if tree.entries().len() > entries.len() {
            let text = format!("has more than {} files; the rest was left out", entries.len());
            self.collection.notice(name, NoticeKind::Bounded, text);
        }
        let published = folder::roots(&entries);
        for (number, entry) in entries.iter().enumerate() {
            if !kind::may_matter(&entry.path) || published.covers(&entry.path) {
                continue;
            }
            let path = format!("{prefix}{}", entry.path);
            match tree.open(number) {
                Ok(opened) => self.file_at(&path, entry.size, opened, depth),
                Err(error) => self.note_unreadable(&path, error),
            }
        }
        folder::inspect(&mut self.collection, &prefix, &*tree, &published);
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

    fn seekable(&mut self, name: &str, size: u64, reader: &mut dyn ReadSeek, depth: usize) -> io::Result<()> {
        let mut prefix = Vec::new();
        bounded::read_at_most(reader, 4, &mut prefix)?;
        reader.seek(SeekFrom::Start(0))?;
        if kind::is_zip(&prefix) {
            self.archive(name, size, reader, depth);
            return Ok(());
        }
        self.stream(name, size, reader, depth)
    }

    fn archive(&mut self, name: &str, size: u64, reader: impl Read + Seek + Send, depth: usize) {
        if depth >= self.limits.depth {
            self.collection.notice(
                name,
                NoticeKind::Bounded,
                "is an archive within archives; it was left out",
            );
            return;
        }
        match ZipTree::new(reader) {
            Ok(mut tree) => {
                self.collection.input(name, "zip archive", size);
                self.tree_at(name, "!/", &mut tree, depth + 1);
            }
            Err(error) => {
                self.collection.notice(
                    name,
                    NoticeKind::Damaged,
                    format!("is a damaged zip archive: {error}"),
                );
            }
        }
    }

    fn stream(
        &mut self,
        name: &str,
        size: u64,
        reader: &mut (impl Read + Send + ?Sized),
        depth: usize,
    ) -> io::Result<()> {
        let mut bytes = Vec::new();
        let more = bounded::read_at_most(reader, PREFIX, &mut bytes)?;
        if falconer_evtx::is_evtx(&bytes) {
            self.evtx(name, size, Cursor::new(bytes).chain(reader));
            return Ok(());
        }
        if kind::is_zip(&bytes) {
            return self.inner_archive(name, size, bytes, reader, depth);
        }
        if kind::is_binary(&bytes) {
            self.collection.notice(
                name,
                NoticeKind::Skipped,
                "is a binary file of no kind that tells something here",
            );
            return Ok(());
        }
        let head = decode::decode(&bytes).into_owned();
        if falconer_http_evidence::w3c::is_log(&head) {
            logs::w3c(
                &mut self.collection,
                name,
                size,
                BufReader::with_capacity(1 << 20, Cursor::new(bytes).chain(reader)),
            );
            return Ok(());
        }
        if falconer_http_evidence::httperr::is_log(&head) {
            logs::httperr(&mut self.collection, name, size, BufReader::new(Cursor::new(bytes).chain(reader)));
            return Ok(());
        }
        if falconer_http_evidence::debug_log::is_debug_log(&head) && !decode::is_utf16(&bytes) {
            logs::debug_log(
                &mut self.collection,
                name,
                size,
                BufReader::new(Cursor::new(bytes).chain(reader)),
            );
            return Ok(());
        }
        let whole = match kind::is_document(name, &head) {
            true => self.limits.whole_document,
            false => self.limits.whole_text,
        };
        if !more {
            self.text(name, &bytes);
            return Ok(());
        }
        let more = bounded::read_at_most(reader, whole.saturating_sub(PREFIX), &mut bytes)?;
        match (more, self.matcher()) {
            (true, Some(matcher)) if !kind::is_document(name, &head) && !decode::is_utf16(&bytes) => {
                let threads = self.limits.threads;
                let input = Cursor::new(bytes).chain(reader);
                large::read(&mut self.collection, name, size, &head, input, &matcher, threads)
            }
            _ => {
                if more {
                    let text = format!("is large; the first {} KiB were read", whole >> 10);
                    self.collection.notice(name, NoticeKind::Bounded, text);
                }
                self.text(name, &bytes);
                Ok(())
            }
        }
    }

    /// The matcher for large texts, made when the first is met. Without one a large text is read in part, and
    /// the user is told so.
    fn matcher(&self) -> Option<Rc<Matcher>> {
        self.matcher.get_or_init(|| Matcher::new(&self.anchors).ok().map(Rc::new)).clone()
    }

    /// An archive within an archive cannot be sought in, so it is read into memory first.
    fn inner_archive(
        &mut self,
        name: &str,
        size: u64,
        mut bytes: Vec<u8>,
        reader: &mut (impl Read + ?Sized),
        depth: usize,
    ) -> io::Result<()> {
        if bounded::read_at_most(reader, self.limits.whole_document, &mut bytes)? {
            let text = "is a large archive within an archive; unpack it first";
            self.collection.notice(name, NoticeKind::Bounded, text);
        } else {
            self.archive(name, size, Cursor::new(bytes), depth);
        }
        Ok(())
    }

    fn evtx(&mut self, name: &str, size: u64, reader: impl Read + Send) {
        self.collection.input(name, "event log (.evtx)", size);
        let mut hits = 0_u64;
        let events = &mut self.collection.events;
        let mut sink = |event: &mut WinEvent| {
            hits += 1;
            let source = Source { record: event.record, ..Source::file(name) };
            events.add(source, std::mem::take(event));
            ControlFlow::Continue(())
        };
        match falconer_evtx::scan(reader, &providers::filter(), self.limits.threads, &mut sink) {
            Ok(summary) => {
                let state = if hits > 0 { ChannelState::Present } else { ChannelState::Nothing };
                self.note_channel(Channel::EventLog, state);
                if let Some(first) = summary.damaged.first() {
                    let text = format!(
                        "is damaged in {} places, the first at byte {} ({}); the rest was read",
                        summary.damaged_count, first.offset, first.what
                    );
                    self.collection.notice(name, NoticeKind::Damaged, text);
                }
            }
            Err(error) => self.note_unreadable(name, error),
        }
    }

    /// Reads a text that is whole in memory.
    fn text(&mut self, name: &str, bytes: &[u8]) {
        let text = decode::decode(bytes);
        let collection = &mut self.collection;
        if let Some(kind) = json::kind(name, &text) {
            json::read(collection, name, &text, kind);
        } else if falconer_http_evidence::freb::is_trace(text.get(..text.len().min(4096)).unwrap_or(&text)) {
            logs::freb(collection, name, &text);
        } else if kind::is_config_file(name, &text) {
            config::read(collection, name, bytes, &text);
        } else if falconer_http_evidence::html::is_html(&text) {
            page::html(collection, name, &text);
        } else {
            let channel = kind::text_channel(name, &text);
            let events = collection.events.len();
            plain::read(collection, name, 1, &text);
            let title = if collection.events.len() > events { "event log (text)" } else { channel.title() };
            collection.input(name, title, bytes.len() as u64);
        }
    }
}
