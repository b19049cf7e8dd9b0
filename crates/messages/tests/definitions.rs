//! The definitions hold what the host and the diagnosis rely on.
#![allow(clippy::expect_used, reason = "a test stops where something is not as it must be")]

use std::collections::BTreeMap;
use std::sync::LazyLock;

use falconer_messages::{Definitions, FieldKind, Recogniser, Template};
use proptest::prelude::*;

fn definitions() -> Definitions {
    Definitions::embedded().expect("the embedded definitions are valid")
}

#[test]
fn every_message_has_an_id_of_two_parts_a_meaning_a_source_and_a_wording() {
    for message in definitions().iter() {
        assert_eq!(
            message.id.split('.').count(),
            2 + usize::from(message.id.starts_with("page.50")),
            "{}",
            message.id
        );
        assert!(message.meaning.ends_with('.') || message.meaning.ends_with(')'), "{}", message.id);
        assert!(!message.source.is_empty(), "{}", message.id);
        assert!(!message.eras.is_empty(), "{}", message.id);
    }
}

#[test]
fn every_event_of_the_module_is_defined() {
    let defined: Vec<u32> = definitions()
        .iter()
        .filter(|m| m.provider.as_deref() == Some("ancm"))
        .filter_map(|m| m.event)
        .collect();
    for event in (1000..=1001)
        .chain(1003..=1014)
        .chain([1018, 1020, 1021, 1022, 1024, 1026, 1027, 1029, 1030, 1031, 1032, 1033, 1034, 1035])
    {
        assert!(defined.contains(&event), "event {event}");
    }
}

/// Every wording with its message's id, and one recogniser of them all.
fn all() -> &'static (Vec<(String, Template)>, Recogniser) {
    static ALL: LazyLock<(Vec<(String, Template)>, Recogniser)> = LazyLock::new(|| {
        let templates: Vec<(String, Template)> = definitions()
            .iter()
            .flat_map(|m| m.eras.iter().map(|e| (m.id.clone(), e.template.clone())))
            .collect();
        let recogniser = Recogniser::new(templates.iter().map(|(_, t)| t.clone()).collect());
        (templates, recogniser)
    });
    &ALL
}

fn value_for(kind: FieldKind, seed: u64) -> String {
    match kind {
        FieldKind::Dec => (seed % 100_000).to_string(),
        FieldKind::Hex => format!("{:x}", 0x8000_0000_u64 + seed % 0x7fff_ffff),
        FieldKind::Word => format!("v{}.{}", seed % 10, seed % 7),
        FieldKind::Text => format!("C:\\site {}\\App{}", seed % 10, seed % 1000),
        FieldKind::Rest => format!("first line {seed}\r\n   at App.Program.Main()"),
    }
}

fn values_for(template: &Template, seed: u64) -> BTreeMap<String, String> {
    template
        .fields()
        .enumerate()
        .map(|(i, f)| (f.name.clone(), value_for(f.kind, seed.wrapping_mul(31).wrapping_add(i as u64))))
        .collect()
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn what_is_rendered_is_recognised_with_the_same_fields(seed in any::<u64>(), wrap in 20_usize..120) {
        let (templates, recogniser) = all();
        for (index, (id, template)) in templates.iter().enumerate() {
            let values = values_for(template, seed);
            let text = template.render(&values).expect("all fields have values");
            // A last field of text ends with its line, so it is the one thing that a wrap changes.
            let ends_with_line = template.fields().last().is_some_and(|f| f.kind == FieldKind::Text)
                && template.source().ends_with('}');
            let wrapped = if ends_with_line { text.clone() } else { wrapped(&text, wrap) };
            for shown in [text.clone(), wrapped, text.replace('\'', "&#39;")] {
                let found = recogniser.find(&shown);
                let own = found.iter().find(|m| m.template == index);
                prop_assert!(own.is_some(), "{id}: {shown}");
                for (name, value) in &values {
                    let got = own.and_then(|m| m.fields.get(name)).map(|v| folded(v)).unwrap_or_default();
                    prop_assert_eq!(got, folded(value), "{}: field {} of {}", id, name, shown);
                }
            }
        }
    }

    #[test]
    fn any_text_is_read_without_a_panic(text in "\\PC{0,400}", cut in 0_usize..400) {
        let (_, recogniser) = all();
        let sample = "Application '/LM/W3SVC/1/ROOT' with physical root 'C:\\a\\' failed to load coreclr.";
        let mixed = format!("{}{text}", sample.get(..cut.min(sample.len())).unwrap_or(sample));
        for m in recogniser.find(&mixed) {
            prop_assert!(mixed.get(m.span.clone()).is_some());
        }
    }
}

/// Breaks lines at blanks, as consoles and ticket systems do.
fn wrapped(text: &str, width: usize) -> String {
    let mut out = String::new();
    let mut column = 0;
    for c in text.chars() {
        if c == ' ' && column > width {
            out.push_str("\r\n    ");
            column = 0;
        } else {
            out.push(c);
            column += 1;
        }
    }
    out
}
