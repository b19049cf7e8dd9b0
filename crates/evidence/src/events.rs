//! Events into observations, repetitions folded.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use falconer_observation::{Observation, Source, WinEvent};

/// Of one text, so many observations are kept: the newest.
const KEEP_SAME: usize = 3;
/// So many observations of events are kept in all: the newest.
const KEEP_ALL: usize = 20_000;

/// Collects events; of a message that is written over and over, only the newest are kept, with a count.
#[derive(Debug, Default)]
pub(crate) struct EventFold {
    kept: Vec<Observation>,
    /// For each text: how often it was seen, and where in `kept` its newest are.
    same: HashMap<u64, (u64, Vec<usize>)>,
    /// Events that were left out because there were too many.
    pub(crate) left_out: u64,
}

impl EventFold {
    /// Adds an event.
    pub(crate) fn add(&mut self, source: Source, event: WinEvent) {
        let observation = Observation::of_event(source, event);
        let (count, places) = self.same.entry(identity(&observation)).or_default();
        *count += 1;
        if places.len() < KEEP_SAME {
            if self.kept.len() == KEEP_ALL {
                self.left_out += 1;
                return;
            }
            places.push(self.kept.len());
            self.kept.push(observation);
            return;
        }
        let time = |o: &Observation| o.time.map(|t| t.millis);
        let oldest = places.iter().copied().min_by_key(|&p| self.kept.get(p).map(time));
        if let Some(slot) = oldest.and_then(|p| self.kept.get_mut(p))
            && time(slot) <= time(&observation)
        {
            *slot = observation;
        }
    }

    /// How many were added and kept.
    pub(crate) fn len(&self) -> usize {
        self.kept.len()
    }

    /// The events kept, each with the count of its text.
    pub(crate) fn finish(mut self) -> Vec<Observation> {
        for (count, places) in self.same.into_values() {
            for place in places {
                if let Some(observation) = self.kept.get_mut(place) {
                    observation.count = count;
                }
            }
        }
        self.kept
    }
}

fn identity(observation: &Observation) -> u64 {
    let mut hasher = DefaultHasher::new();
    if let Some(event) = &observation.event {
        (&event.provider, event.id).hash(&mut hasher);
    }
    // Ports, process ids and times differ from try to try; the words stay.
    for part in observation.text.split(|c: char| c.is_ascii_digit()).filter(|part| !part.is_empty()) {
        part.hash(&mut hasher);
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use falconer_observation::Timestamp;

    #[test]
    fn of_a_repeated_event_the_newest_stay_with_a_count() {
        let mut fold = EventFold::default();
        for n in 0..100_i64 {
            let event = WinEvent {
                id: Some(1000),
                time: Some(Timestamp { millis: n, utc: true }),
                message: Some(format!("failed on port {n}")),
                ..WinEvent::default()
            };
            fold.add(Source::file("a").at_record(u64::try_from(n).unwrap_or(0)), event);
        }
        let kept = fold.finish();
        assert_eq!(kept.len(), KEEP_SAME);
        assert!(kept.iter().all(|o| o.count == 100 && o.time.is_some_and(|t| t.millis >= 97)));
    }
}
