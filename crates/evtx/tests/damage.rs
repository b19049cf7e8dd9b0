//! Damaged logs: what is sound is read, what is not is told, and nothing takes long or panics.

#![allow(clippy::unwrap_used, reason = "what fails here fails the test")]

mod common;

use std::{io, num::NonZeroUsize, ops::ControlFlow, sync::LazyLock};

use common::{cases, module_event, read, service_event};
use falconer_evtx::{
    Damage, Error, Filter, Flaw, Malformed, Summary,
    encode::{Event, Style, encode},
    scan_serial,
};
use falconer_observation::WinEvent;
use proptest::prelude::*;

const HEADER: usize = 4096;
const CHUNK: usize = 65536;

/// A log of four chunks.
fn log() -> Vec<u8> {
    static LOG: LazyLock<Vec<u8>> = LazyLock::new(four_chunks);
    LOG.clone()
}

fn four_chunks() -> Vec<u8> {
    let mut events = Vec::new();
    for number in 0..100 {
        events.push(module_event(1000 + number, &"failure ".repeat(60)));
        events.push(service_event(5000 + number, "DefaultAppPool"));
        events.push(Event { style: Style::Plain, ..service_event(5000, "plain") });
    }
    let file = encode(&events).unwrap();
    assert_eq!(file.len(), HEADER + 4 * CHUNK);
    file
}

fn read_all(file: &[u8]) -> (Vec<WinEvent>, Summary) {
    read(file, &Filter::all(), 1)
}

fn flaws(summary: &Summary) -> Vec<(u64, Flaw)> {
    summary.damaged.iter().map(|Damage { offset, what }| (*offset, *what)).collect()
}

fn records_in(file: &[u8], chunk: usize) -> u64 {
    let at = HEADER + chunk * CHUNK;
    let number = |at: usize| u64::from_le_bytes(file[at..at + 8].try_into().unwrap());
    number(at + 16) - number(at + 8) + 1
}

#[test]
fn a_chunk_without_its_magic_is_left_out() {
    let mut file = log();
    file[HEADER + CHUNK] = b'X';
    let (events, summary) = read_all(&file);
    assert_eq!(flaws(&summary), [((HEADER + CHUNK) as u64, Flaw::ChunkMagic)]);
    assert_eq!(events.len() as u64, 300 - records_in(&file, 1));
    assert_eq!(summary.chunks, 3);
}

#[test]
fn unused_chunks_are_no_damage() {
    let mut file = log();
    file.resize(file.len() + 3 * CHUNK, 0);
    let (events, summary) = read_all(&file);
    assert_eq!((events.len(), summary.damaged_count), (300, 0));
}

#[test]
fn wrong_checksums_are_told_and_the_events_read() {
    let mut file = log();
    file[124] ^= 1;
    file[HEADER + 124] ^= 1;
    file[HEADER + CHUNK + 52] ^= 1;
    let (events, summary) = read_all(&file);
    assert_eq!(events.len(), 300);
    let second = (HEADER + CHUNK) as u64;
    assert_eq!(
        flaws(&summary),
        [
            (0, Flaw::FileHeaderChecksum),
            (HEADER as u64, Flaw::ChunkHeaderChecksum),
            // The checksum of the records is a part of the header, which has its own.
            (second, Flaw::ChunkHeaderChecksum),
            (second, Flaw::ChunkDataChecksum),
        ]
    );
}

#[test]
fn a_file_that_ends_in_a_chunk_is_read_up_to_there() {
    let file = log();
    let (events, summary) = read_all(&file[..HEADER + CHUNK + 20_000]);
    let whole = records_in(&file, 0);
    assert!(events.len() as u64 > whole && (events.len() as u64) < whole + records_in(&file, 1));
    assert!(flaws(&summary).contains(&((HEADER + CHUNK) as u64, Flaw::Truncated)));
}

#[test]
fn a_file_without_chunks_is_empty_or_truncated() {
    let file = log();
    assert_eq!(flaws(&read_all(&file[..100]).1), [(0, Flaw::FileHeaderChecksum), (0, Flaw::Truncated)]);
    assert_eq!(read_all(&file[..HEADER]), (Vec::new(), Summary::default()));
    assert_eq!(flaws(&read_all(&file[..HEADER + 100]).1), [(HEADER as u64, Flaw::Truncated)]);
}

#[test]
fn what_is_no_log_is_an_error() {
    let mut sink = |_: &mut WinEvent| ControlFlow::Continue(());
    for file in [&b""[..], b"ElfFil", &[0; 5000]] {
        let result = scan_serial(file, &Filter::all(), &mut sink);
        assert!(matches!(result, Err(Error::NotEvtx)), "{result:?}");
    }
}

#[test]
fn behind_a_destroyed_record_the_next_one_is_found() {
    let mut file = log();
    let record = HEADER + 512;
    file[record..record + 24].fill(0xee);
    let (events, summary) = read_all(&file);
    // Its template went with it, so the records of its kind cannot be decoded, but those of the others are.
    assert_eq!(summary.records, 299);
    assert!(events.iter().all(|event| event.record != Some(1)));
    assert_eq!(flaws(&summary)[0], (record as u64, Flaw::RecordHeader));
}

#[test]
fn impossible_record_sizes_are_told_and_passed_over() {
    for size in [0_u32, 27, 0x7fff_ffff, u32::MAX, 70_000] {
        let mut file = log();
        let at = HEADER + 512 + 4;
        file[at..at + 4].copy_from_slice(&size.to_le_bytes());
        let (events, summary) = read_all(&file);
        assert_eq!(flaws(&summary)[0], (HEADER as u64 + 512, Flaw::RecordSize), "{size}");
        assert_eq!((summary.records, events.len()), (299, 299), "{size}");
    }
}

#[test]
fn a_record_whose_size_copy_is_wrong_is_read_all_the_same() {
    let mut file = log();
    let at = HEADER + 512;
    let size = u32::from_le_bytes(file[at + 4..at + 8].try_into().unwrap()) as usize;
    file[at + size - 4] ^= 0x10;
    let (events, summary) = read_all(&file);
    assert_eq!(events.len(), 300);
    assert_eq!(flaws(&summary), [(at as u64, Flaw::RecordSize), (HEADER as u64, Flaw::ChunkDataChecksum)]);
}

#[test]
fn records_behind_a_header_that_was_not_brought_up_to_date_are_read() {
    let mut file = log();
    let last = HEADER + 3 * CHUNK;
    let expected = records_in(&file, 3);
    // As in a copy of a log in use: the header still tells where the first record ended.
    let first_end = 512 + u32::from_le_bytes(file[last + 516..last + 520].try_into().unwrap());
    file[last + 48..last + 52].copy_from_slice(&first_end.to_le_bytes());
    file[120] |= 1;
    let (events, summary) = read_all(&file);
    assert!(expected > 1);
    assert_eq!(events.len(), 300);
    assert!(summary.dirty);
}

#[test]
fn what_a_former_use_of_a_chunk_left_is_not_read() {
    let file = log();
    // The last chunk's free space holds the end of the chunk before, whose ids are lower.
    let mut reused = file.clone();
    let (before, last) = (HEADER + 2 * CHUNK, HEADER + 3 * CHUNK);
    let free = u32::from_le_bytes(file[last + 48..last + 52].try_into().unwrap()) as usize;
    let from = file[before..before + CHUNK]
        .windows(4)
        .enumerate()
        .find(|(at, window)| *at >= free && *window == b"\x2a\x2a\0\0")
        .map(|(at, _)| at)
        .unwrap();
    let length = CHUNK - from;
    reused.copy_within(before + from..before + from + length - (from - free), last + free);
    assert_ne!(file, reused);
    assert_eq!(read_all(&reused), read_all(&file));
}

#[test]
fn a_template_that_was_destroyed_costs_only_its_records() {
    let mut file = log();
    // The name offset of the first definition's root element.
    let record = HEADER + 512;
    let definition = record + 24 + 4 + 10;
    assert_eq!(file[definition + 24 + 4], 0x41);
    file[definition + 24 + 4 + 7..definition + 24 + 4 + 11].fill(0xff);
    let (events, summary) = read_all(&file);
    assert!(flaws(&summary).contains(&(record as u64, Flaw::Content(Malformed::Truncated))));
    assert!(events.len() > 200, "{}", events.len());
    assert!(summary.damaged.len() <= Summary::MAX_DAMAGED);
}

#[test]
fn a_failure_to_read_ends_the_scan_and_is_told() {
    struct Failing<'f>(&'f [u8]);
    impl io::Read for Failing<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            match io::Read::read(&mut self.0, buffer)? {
                0 => Err(io::ErrorKind::TimedOut.into()),
                count => Ok(count),
            }
        }
    }
    let file = log();
    for threads in [1, 3] {
        let mut events = 0;
        let mut sink = |_: &mut WinEvent| {
            events += 1;
            ControlFlow::Continue(())
        };
        let threads = NonZeroUsize::new(threads).unwrap();
        let summary = falconer_evtx::scan(Failing(&file), &Filter::all(), threads, &mut sink).unwrap();
        assert_eq!(events, 300);
        assert_eq!(flaws(&summary), [(file.len() as u64, Flaw::Unreadable(io::ErrorKind::TimedOut))]);
    }
}

/// A chunk with one record whose content is given, at byte 536.
fn crafted(content: &[u8], records: usize) -> Vec<u8> {
    let mut file = encode(&[]).unwrap();
    let mut at = HEADER + 512;
    for number in 0..records {
        let size = (24 + content.len() + 4).next_multiple_of(8);
        let mut record = b"\x2a\x2a\0\0".to_vec();
        record.extend((size as u32).to_le_bytes());
        record.extend((number as u64 + 1).to_le_bytes());
        record.extend(133_485_408_000_000_000_u64.to_le_bytes());
        record.extend(content);
        record.resize(size - 4, 0);
        record.extend((size as u32).to_le_bytes());
        file[at..at + size].copy_from_slice(&record);
        at += size;
    }
    file[HEADER + 48..HEADER + 52].copy_from_slice(&((at - HEADER) as u32).to_le_bytes());
    file
}

fn malformed(file: &[u8]) -> Vec<Malformed> {
    let (_, summary) = read_all(file);
    let content = |(_, flaw)| if let Flaw::Content(malformed) = flaw { Some(malformed) } else { None };
    flaws(&summary).into_iter().filter_map(content).collect()
}

/// `<Name` at the first place of a crafted record, with the name in place.
fn open(name: &str, at: u32) -> Vec<u8> {
    let mut bytes = vec![0x01, 0, 0, 0, 0];
    bytes.extend((at + 5 + 4).to_le_bytes());
    bytes.extend([0; 6]);
    bytes.extend((name.len() as u16).to_le_bytes());
    bytes.extend(name.encode_utf16().flat_map(u16::to_le_bytes));
    bytes.extend([0, 0, 0x02]);
    bytes
}

#[test]
fn elements_nested_without_end_are_refused() {
    let mut content = open("Event", 536);
    let offset = 536 + 9_u32;
    for _ in 0..3000 {
        content.extend([0x01, 0, 0, 0, 0]);
        content.extend(offset.to_le_bytes());
        content.push(0x02);
    }
    assert_eq!(malformed(&crafted(&content, 1)), [Malformed::Depth]);
}

#[test]
fn a_root_that_is_no_event_and_content_that_is_no_xml_are_told() {
    assert_eq!(malformed(&crafted(&open("Evil", 536), 1)), [Malformed::NotAnEvent]);
    assert_eq!(malformed(&crafted(&open("Event", 536), 1)), [Malformed::Truncated]);
    assert_eq!(malformed(&crafted(&[0x77], 1)), [Malformed::Token(0x77)]);
    assert_eq!(malformed(&crafted(&[0x0f; 4000], 1)), [] as [Malformed; 0]);
    // An instance whose definition would be itself, and one with more values than bytes.
    let mut instance = vec![0x0c, 1, 0, 0, 0, 0];
    instance.extend(536_u32.to_le_bytes());
    instance.extend(u32::MAX.to_le_bytes());
    assert_eq!(malformed(&crafted(&instance, 1)), [Malformed::Truncated]);
}

#[test]
fn a_template_that_multiplies_its_value_is_cut_short() {
    // <Event><EventData>%0%0%0…</EventData></Event> with a long value, used by many records.
    let length = 2000_u16;
    let places = 8000;
    let mut definition = vec![0x0f, 1, 1, 0];
    let at = 536 + 10;
    let element = |name: &str, at: usize| {
        let mut bytes = open(name, at as u32 + 2);
        bytes.splice(1..1, [0xff, 0xff]);
        bytes
    };
    definition.extend(element("Event", at + 24 + definition.len()));
    definition.extend(element("EventData", at + 24 + definition.len()));
    for _ in 0..places {
        definition.extend([0x0d, 0, 0, 1]);
    }
    definition.extend([0x04, 0x04, 0x00]);
    let mut first = vec![0x0c, 1, 0, 0, 0, 0];
    first.extend((at as u32).to_le_bytes());
    first.extend([0; 20]);
    first.extend((definition.len() as u32).to_le_bytes());
    first.extend(&definition);
    let mut values = vec![1, 0, 0, 0];
    values.extend(length.to_le_bytes());
    values.extend([1, 0]);
    values.resize(values.len() + usize::from(length), b'v');
    first.extend(&values);
    let mut file = crafted(&first, 1);
    let mut later = vec![0x0c, 1, 0, 0, 0, 0];
    later.extend((at as u32).to_le_bytes());
    later.extend(&values);
    // Records that use the same definition, behind the first.
    let mut end = 512 + (24 + first.len() + 4).next_multiple_of(8);
    let mut id = 2_u64;
    let others = crafted(&later, 1);
    let size = (24 + later.len() + 4).next_multiple_of(8);
    while end + size <= CHUNK {
        file[HEADER + end..HEADER + end + size].copy_from_slice(&others[HEADER + 512..HEADER + 512 + size]);
        file[HEADER + end + 8..HEADER + end + 16].copy_from_slice(&id.to_le_bytes());
        (end, id) = (end + size, id + 1);
    }
    file[HEADER + 48..HEADER + 52].copy_from_slice(&(end as u32).to_le_bytes());
    assert!(id > 10);
    let found = malformed(&file);
    assert!(!found.is_empty() && found.iter().all(|malformed| *malformed == Malformed::TooMuch), "{found:?}");
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn any_damage_leaves_the_other_chunks_alone(
        place in HEADER..HEADER + CHUNK,
        bytes in proptest::collection::vec(any::<u8>(), 1..200),
        filtered in any::<bool>(),
    ) {
        let file = log();
        let mut damaged = file.clone();
        let end = (place + bytes.len()).min(HEADER + CHUNK);
        damaged[place..end].copy_from_slice(&bytes[..end - place]);
        let filter = if filtered { Filter::none().provider("Microsoft-Windows-WAS") } else { Filter::all() };
        let first = records_in(&file, 0);
        let later = |events: Vec<WinEvent>| -> Vec<WinEvent> {
            events.into_iter().filter(|event| event.record.is_some_and(|id| id > first && id <= 300)).collect()
        };
        let (sound, _) = read(&file, &filter, 1);
        let (found, _) = read(&damaged, &filter, 1);
        // An event of the damaged chunk may claim any record id.
        let found = later(found);
        let expected = later(sound);
        prop_assert_eq!(&found[found.len() - expected.len()..], &expected[..]);
    }

    #[test]
    fn the_filter_is_exact_on_damaged_chunks(
        places in proptest::collection::vec((HEADER + 512..HEADER + CHUNK, any::<u8>()), 1..40),
    ) {
        let mut file = log()[..HEADER + CHUNK].to_vec();
        places.into_iter().for_each(|(place, byte)| file[place] = byte);
        let filter =
            Filter::none().events("IIS AspNetCore Module V2", 1000..1050).provider("Microsoft-Windows-*");
        let (mut expected, _) = read_all(&file);
        expected.retain(|event| filter.matches(event.provider.as_deref(), event.id));
        prop_assert_eq!(read(&file, &filter, 1).0, expected);
    }

    #[test]
    fn any_truncation_reads_the_whole_chunks(length in 8..HEADER + 4 * CHUNK) {
        let file = log();
        let (events, summary) = read_all(&file[..length]);
        let whole = length.saturating_sub(HEADER) / CHUNK;
        let expected: u64 = (0..whole).map(|chunk| records_in(&file, chunk)).sum();
        prop_assert!(events.len() as u64 >= expected);
        prop_assert!(length >= HEADER || summary.damaged_count > 0);
    }

    #[test]
    fn any_bytes_behind_the_magic_are_survived(
        mut bytes in proptest::collection::vec(any::<u8>(), 0..3000),
        chunk in any::<bool>(),
    ) {
        let mut file = encode(&[]).unwrap();
        if chunk {
            // The records' part of a chunk whose header is sound.
            bytes.splice(0..0, b"\x2a\x2a\0\0".iter().copied());
            file[HEADER + 512..HEADER + 512 + bytes.len()].copy_from_slice(&bytes);
            file[HEADER + 48..HEADER + 52].copy_from_slice(&(512 + bytes.len() as u32).to_le_bytes());
        } else {
            file.truncate(HEADER + 8);
            file.extend(bytes);
        }
        let (_, summary) = read_all(&file);
        prop_assert!(summary.damaged_count > 0);
    }
}
