//! An event in the making, in memory of events that were seen.

use std::mem;

use falconer_observation::WinEvent;

/// An event in the making. It has some twenty texts; to allocate and free them anew for each event takes a fifth
/// of the time of decoding, so they are written over those of an event before, if the sink has left them.
#[derive(Default)]
pub(crate) struct Draft {
    /// Beyond `used`, its data are those of an event before.
    event: WinEvent,
    used: usize,
    /// Empty texts with memory.
    texts: Vec<String>,
}

impl Draft {
    /// How many old texts are kept, and how long they may be.
    const TEXTS: usize = 256;
    const LONGEST: usize = 1024;
    /// For how many data room is made before they are seen.
    const RESERVED: usize = 64;

    /// Begins an event.
    pub(crate) fn start(&mut self) {
        let old = mem::take(&mut self.event);
        for text in [old.provider, old.log, old.computer, old.message].into_iter().flatten() {
            self.keep(text);
        }
        self.event.data = old.data;
        if self.event.data.capacity() == 0 {
            // The sink has taken the last event. Like events come together.
            self.event.data.reserve(self.used.min(Self::RESERVED));
        }
        self.used = 0;
    }

    /// What the event has so far, but for its data.
    pub(crate) fn fields(&mut self) -> &mut WinEvent {
        &mut self.event
    }

    /// Writes a fact that is a text. The first place of a fact counts, and an empty text is none.
    pub(crate) fn field<E>(
        &mut self,
        place: impl FnOnce(&mut WinEvent) -> &mut Option<String>,
        write: impl FnOnce(&mut String) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut text = self.texts.pop().unwrap_or_default();
        write(&mut text)?;
        let place = place(&mut self.event);
        if place.is_none() && !text.is_empty() {
            *place = Some(text);
        } else {
            self.keep(text);
        }
        Ok(())
    }

    /// Writes a data. An empty name is none; without `keep_empty` an empty text is no data.
    pub(crate) fn data<E>(
        &mut self,
        keep_empty: bool,
        write_name: impl FnOnce(&mut String) -> Result<(), E>,
        write_text: impl FnOnce(&mut String) -> Result<(), E>,
    ) -> Result<(), E> {
        if self.used == self.event.data.len() {
            let text = self.texts.pop().unwrap_or_default();
            self.event.data.push((None, text));
        }
        let Some((place, text)) = self.event.data.get_mut(self.used) else { return Ok(()) };
        let mut name = place.take().or_else(|| self.texts.pop()).unwrap_or_default();
        name.clear();
        text.clear();
        write_name(&mut name)?;
        write_text(text)?;
        self.used += usize::from(keep_empty || !text.is_empty());
        if name.is_empty() {
            self.keep(name);
        } else {
            *place = Some(name);
        }
        Ok(())
    }

    /// The event as it is now.
    pub(crate) fn finish(&mut self) -> &mut WinEvent {
        while self.event.data.len() > self.used {
            if let Some((name, text)) = self.event.data.pop() {
                name.into_iter().chain([text]).for_each(|text| self.keep(text));
            }
        }
        &mut self.event
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
    use crate::Malformed;

    fn write(text: &str) -> impl FnOnce(&mut String) -> Result<(), Malformed> {
        move |out| {
            assert_eq!(out, "", "what is written to is empty");
            out.push_str(text);
            Ok(())
        }
    }

    fn make(draft: &mut Draft, provider: &str, data: &[(&str, &str)]) -> WinEvent {
        draft.start();
        draft.field(|event| &mut event.provider, write(provider)).unwrap();
        for (name, text) in data {
            draft.data(true, write(name), write(text)).unwrap();
        }
        draft.finish().clone()
    }

    #[test]
    fn nothing_of_an_event_is_left_in_the_next() {
        let mut draft = Draft::default();
        make(&mut draft, "A", &[("a", "1"), ("", "2"), ("c", "3")]);
        let short = make(&mut draft, "", &[("", "4")]);
        assert_eq!(short, WinEvent { data: vec![(None, "4".into())], ..WinEvent::default() });
        let long = make(&mut draft, "B", &[("", "5"), ("b", "6")]);
        let data = vec![(None, "5".into()), (Some("b".into()), "6".into())];
        assert_eq!(long, WinEvent { provider: Some("B".into()), data, ..WinEvent::default() });
    }

    #[test]
    fn what_cannot_be_written_is_no_data() {
        let mut draft = Draft::default();
        draft.start();
        let fail = |_: &mut String| Err(Malformed::Truncated);
        assert!(draft.data(true, write("a"), fail).is_err());
        draft.data(false, write("b"), write("")).unwrap();
        assert_eq!(draft.finish(), &WinEvent::default());
    }

    #[test]
    fn what_is_kept_is_bounded() {
        let mut draft = Draft::default();
        make(&mut draft, &"x".repeat(2000), &[("name", "text"); 5000]);
        make(&mut draft, "", &[]);
        assert_eq!(draft.texts, vec![""; Draft::TEXTS]);
        assert!(draft.texts.iter().all(|text| text.capacity() <= Draft::LONGEST));
    }
}
