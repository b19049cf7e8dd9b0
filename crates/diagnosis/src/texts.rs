//! The texts of the evidence, ready for expressions.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use falconer_catalog::{Catalog, ConditionKind, Expression};
use falconer_messages::Starts;
use falconer_observation::Evidence;

use crate::recognise::conditions;

/// The words that the catalogue's expressions ask for.
#[derive(Debug)]
pub(crate) struct Words {
    starts: Starts,
    numbers: HashMap<String, usize>,
}

impl Words {
    pub(crate) fn of(catalog: &Catalog) -> Self {
        let mut words = BTreeSet::new();
        for (condition, _) in conditions(catalog) {
            if let ConditionKind::Regex(expression) = &condition.kind {
                words.extend(expression.needs().iter().flatten().cloned());
            }
        }
        let starts = Starts::new(words.iter().map(|w| w.clone().into_bytes()).collect());
        Words { starts, numbers: words.into_iter().zip(0..).collect() }
    }
}

/// A text with white space folded, and which words stand in it.
#[derive(Debug)]
pub(crate) struct Text {
    pub(crate) folded: String,
    present: Vec<bool>,
}

/// The texts of all observations, each made ready when it is first asked for by number.
#[derive(Debug)]
pub(crate) struct Texts<'w> {
    words: &'w Words,
    texts: BTreeMap<usize, Text>,
}

impl<'w> Texts<'w> {
    pub(crate) fn new(words: &'w Words, evidence: &Evidence) -> Self {
        let texts = evidence.observations.iter().enumerate().map(|(number, observation)| {
            let folded = observation.text.split_whitespace().collect::<Vec<_>>().join(" ");
            let mut present = vec![false; words.numbers.len()];
            words.starts.find(folded.to_ascii_lowercase().as_bytes(), |word, _| present[word] = true);
            (number, Text { folded, present })
        });
        Texts { words, texts: texts.collect() }
    }

    /// The text of that number, when the expression could match it.
    pub(crate) fn matchable(&self, number: usize, expression: &Expression) -> Option<&Text> {
        let text = self.texts.get(&number)?;
        let stands = |word: &String| self.words.numbers.get(word).is_none_or(|&n| text.present[n]);
        expression.needs().iter().all(|place| place.iter().any(stands)).then_some(text)
    }
}
