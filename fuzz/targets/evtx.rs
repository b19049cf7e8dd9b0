//! The reader of event logs stands any bytes: raw ones, and a sound log with some bytes changed.
#![no_main]

use std::ops::ControlFlow;
use std::sync::LazyLock;

use falconer_evtx::encode::{Body, Event, encode};
use falconer_evtx::{Filter, scan_serial};
use libfuzzer_sys::fuzz_target;

static SOUND: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let event = |id| Event {
        provider: "IIS AspNetCore Module V2".into(),
        id,
        level: 2,
        log: "Application".into(),
        body: Body::Strings(vec!["Application '/LM/W3SVC/1/ROOT' has shutdown.".into(), "x".into()]),
        ..Event::default()
    };
    encode(&[event(1018), event(1005), event(1018)]).expect("three short events fit into a chunk")
});

fn read(file: &[u8]) {
    for filter in [Filter::all(), Filter::none().provider("IIS*")] {
        // That the input is no log is an answer like another.
        let _ = scan_serial(file, &filter, &mut |_| ControlFlow::Continue(()));
    }
}

/// Changes go to where a chunk of few events has content: its file header, chunk header and first records.
fn patched(changes: &[u8]) -> Vec<u8> {
    let mut file = SOUND.clone();
    for change in changes.chunks_exact(3).take(64) {
        let place = usize::from(u16::from_le_bytes([change[0], change[1]])) % 0x1800;
        let place = if place < 0x80 { place } else { place - 0x80 + 0x1000 };
        if let Some(byte) = file.get_mut(place) {
            *byte = change[2];
        }
    }
    file
}

fuzz_target!(|bytes: &[u8]| {
    if falconer_evtx::is_evtx(bytes) {
        read(bytes);
    } else {
        read(&patched(bytes));
    }
});
