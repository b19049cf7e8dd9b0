//! Events and the rest of a text do not overlap, and what they point at is in the text.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let reading = falconer_event_text::read(text);
    assert_eq!(reading.form, falconer_event_text::detect(text));
    let mut parts: Vec<_> = reading.events.iter().map(|event| event.bytes.clone()).collect();
    parts.extend(reading.rest.iter().cloned());
    parts.sort_by_key(|part| part.start);
    assert!(parts.iter().all(|part| text.get(part.clone()).is_some()));
    assert!(parts.windows(2).all(|pair| pair[0].end <= pair[1].start));
});
