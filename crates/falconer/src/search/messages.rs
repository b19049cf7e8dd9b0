//! Messages that fit a query.

use falconer_messages::{Definitions, Message, Recogniser};

use super::{Folded, Query};

/// The messages that fit, best first.
pub(crate) fn messages<'m>(definitions: &'m Definitions, query: &Query) -> Vec<&'m Message> {
    let recognised = recognised(definitions, &query.text);
    let mut found: Vec<(u32, &Message)> = definitions
        .iter()
        .enumerate()
        .map(|(number, message)| {
            let read = if recognised.contains(&number) { 300 } else { 0 };
            (named(message, query).max(read).max(worded(message, query)), message)
        })
        .filter(|(weight, _)| *weight > 0)
        .collect();
    if found.is_empty() {
        let loosely = |message: &&Message| texts(message).any(|text| text.holds_all(&query.folded));
        found = definitions.iter().filter(loosely).map(|message| (1, message)).collect();
    }
    found.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    found.into_iter().map(|(_, message)| message).collect()
}

/// The query may be the message itself, or hold it: the recogniser knows it with its values.
fn recognised(definitions: &Definitions, text: &str) -> Vec<usize> {
    let mut numbers = Vec::new();
    let mut templates = Vec::new();
    for (number, message) in definitions.iter().enumerate() {
        for era in &message.eras {
            numbers.push(number);
            templates.push(era.template.clone());
        }
    }
    let found = Recogniser::new(templates).find(text);
    found.iter().filter_map(|found| numbers.get(found.template).copied()).collect()
}

/// It is called by its id or its event.
fn named(message: &Message, query: &Query) -> u32 {
    if message.id == query.text {
        return 1000;
    }
    if query.event.is_some() && message.event == query.event {
        return 500;
    }
    if Folded::new(&message.id).holds(&query.folded) { 40 } else { 0 }
}

/// The words stand in it.
fn worded(message: &Message, query: &Query) -> u32 {
    // A bare number is looked up as a number; in texts it would be anything.
    if query.folded.as_str().bytes().all(|b| b.is_ascii_digit()) && query.status.is_none() {
        return 0;
    }
    let in_wording = message.eras.iter().any(|era| Folded::new(era.template.source()).holds(&query.folded));
    match in_wording {
        true => 200,
        false if Folded::new(&message.meaning).holds(&query.folded) => 50,
        false => 0,
    }
}

fn texts(message: &Message) -> impl Iterator<Item = Folded> {
    let wordings = message.eras.iter().map(|era| era.template.source());
    wordings.chain([message.meaning.as_str()]).map(Folded::new)
}
