//! Memory of events that were seen, for those to come.

use falconer_observation::WinEvent;

/// Texts and lists of events that were seen. An event has some twenty of them; to allocate and free them anew for
/// each takes half of the time of decoding, where events wait for another thread in between.
#[derive(Default)]
pub(crate) struct Spares {
    texts: Vec<String>,
    lists: Vec<Vec<(Option<String>, String)>>,
}

impl Spares {
    /// How many texts are kept, and how long they may be.
    const TEXTS: usize = 16 * 1024;
    const LONGEST: usize = 256;
    /// How many lists are kept, and how long they may be.
    const LISTS: usize = 1024;
    const LARGEST: usize = 64;

    /// An event without anything.
    pub(crate) fn event(&mut self) -> WinEvent {
        WinEvent { data: self.lists.pop().unwrap_or_default(), ..WinEvent::default() }
    }

    /// An empty text.
    pub(crate) fn text(&mut self) -> String {
        self.texts.pop().unwrap_or_default()
    }

    /// Takes an event apart.
    pub(crate) fn take_back(&mut self, mut event: WinEvent) {
        let single = [event.provider.take(), event.log.take(), event.computer.take(), event.message.take()];
        single.into_iter().flatten().for_each(|text| self.keep(text));
        for (name, text) in event.data.drain(..) {
            self.keep(text);
            if let Some(name) = name {
                self.keep(name);
            }
        }
        if (1..=Self::LARGEST).contains(&event.data.capacity()) && self.lists.len() < Self::LISTS {
            self.lists.push(event.data);
        }
    }

    fn keep(&mut self, mut text: String) {
        if (1..=Self::LONGEST).contains(&text.capacity()) && self.texts.len() < Self::TEXTS {
            text.clear();
            self.texts.push(text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_given_again_is_empty() {
        let mut spares = Spares::default();
        spares.take_back(WinEvent {
            provider: Some("A".into()),
            id: Some(1),
            data: vec![(Some("B".into()), "C".into()), (None, "D".repeat(1000))],
            ..WinEvent::default()
        });
        assert_eq!(spares.event(), WinEvent::default());
        assert_eq!(spares.texts, [""; 3]);
        assert_eq!(spares.text(), "");
    }

    #[test]
    fn what_is_kept_is_bounded() {
        let mut spares = Spares::default();
        for _ in 0..40_000 {
            spares.take_back(WinEvent { data: vec![(None, "text".into())], ..WinEvent::default() });
        }
        assert_eq!((spares.texts.len(), spares.lists.len()), (Spares::TEXTS, Spares::LISTS));
    }
}
