//! Where elements open and close in a text, found once and remembered.

use memchr::memmem;

/// The next places of one marker. Asked with growing positions, the text is searched once in all.
#[derive(Debug, Clone)]
pub(crate) struct Mark {
    marker: &'static str,
    /// What may stand behind the marker: a longer name must not match.
    ends: &'static [&'static str],
    /// Searched up to here, and the place found there; `None` when there is no further one.
    known: Option<(usize, Option<usize>)>,
}

impl Mark {
    const fn new(marker: &'static str, ends: &'static [&'static str]) -> Self {
        Mark { marker, ends, known: None }
    }

    /// The first place at or behind `from`. Positions that grow from call to call, or fall little, cost one
    /// search of the text in all.
    pub(crate) fn next(&mut self, text: &str, from: usize) -> Option<usize> {
        let Some((searched, place)) = self.known else { return self.learn(from, self.search(text, from)) };
        if place.is_some_and(|place| place < from) {
            return self.learn(from, self.search(text, from));
        }
        if searched <= from {
            return place;
        }
        let window = text.get(..text.ceil_char_boundary(searched + self.marker.len() + LONGEST_END))?;
        let nearer = self.search(window, from).filter(|nearer| *nearer < searched);
        self.learn(from, nearer.or(place))
    }

    fn learn(&mut self, from: usize, place: Option<usize>) -> Option<usize> {
        self.known = Some((from, place));
        place
    }

    fn search(&self, text: &str, from: usize) -> Option<usize> {
        let mut at = from;
        loop {
            let place = at + memmem::find(text.as_bytes().get(at..)?, self.marker.as_bytes())?;
            at = place + self.marker.len();
            let behind = text.get(at..)?;
            if self.ends.iter().any(|end| behind.starts_with(end)) {
                return Some(place);
            }
        }
    }
}

/// No end of a marker is longer, in bytes.
const LONGEST_END: usize = 4;

/// How the angle brackets of an event's XML are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dress {
    /// `<Event>`
    Plain,
    /// `&lt;Event&gt;`
    Escaped,
}

/// The marks of one dress.
#[derive(Debug, Clone)]
pub(crate) struct Tags {
    pub(crate) open: Mark,
    pub(crate) close: Mark,
    /// How a tag ends.
    pub(crate) bracket: &'static str,
}

/// All marks of a text.
#[derive(Debug, Clone)]
pub(crate) struct XmlMarks {
    plain: Tags,
    escaped: Tags,
    /// Failed Request Tracing wraps its own kind of `<Event>`s, which are no Windows events.
    tracing: Tags,
    /// Traces are known up to here.
    traced: usize,
}

impl XmlMarks {
    pub(crate) const fn new() -> Self {
        const PLAIN: &[&str] = &[" ", ">", "\n", "\r", "\t", "/"];
        const ESCAPED: &[&str] = &[" ", "&gt;", "\n", "\r", "\t", "/"];
        XmlMarks {
            plain: Tags {
                open: Mark::new("<Event", PLAIN),
                close: Mark::new("</Event", PLAIN),
                bracket: ">",
            },
            escaped: Tags {
                open: Mark::new("&lt;Event", ESCAPED),
                close: Mark::new("&lt;/Event", ESCAPED),
                bracket: "&gt;",
            },
            tracing: Tags {
                open: Mark::new("<failedRequest", PLAIN),
                close: Mark::new("</failedRequest", PLAIN),
                bracket: ">",
            },
            traced: 0,
        }
    }

    pub(crate) fn tags(&mut self, dress: Dress) -> &mut Tags {
        match dress {
            Dress::Plain => &mut self.plain,
            Dress::Escaped => &mut self.escaped,
        }
    }

    /// The first event to open at or behind `from`, in either dress.
    pub(crate) fn next_open(&mut self, text: &str, from: usize) -> Option<(usize, Dress)> {
        let plain = self.plain.open.next(text, from).map(|at| (at, Dress::Plain));
        let escaped = self.escaped.open.next(text, from).map(|at| (at, Dress::Escaped));
        match (plain, escaped) {
            (Some(p), Some(e)) => Some(if p.0 < e.0 { p } else { e }),
            (p, e) => p.or(e),
        }
    }

    /// Where the failed request trace ends that `at` stands in, when it does in one.
    pub(crate) fn end_of_tracing(&mut self, text: &str, at: usize) -> Option<usize> {
        while let Some(open) = self.tracing.open.next(text, self.traced).filter(|open| *open < at) {
            self.traced = self.tracing.close.next(text, open).unwrap_or(text.len());
            if self.traced > at {
                return Some(self.traced);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longer_names_are_no_events() {
        let text = "<Events><EventID>1</EventID><EventData/><Event xmlns=''></Event >";
        let mut marks = XmlMarks::new();
        assert_eq!(marks.next_open(text, 0), text.find("<Event ").map(|at| (at, Dress::Plain)));
        assert_eq!(marks.tags(Dress::Plain).close.next(text, 0), text.find("</Event >"));
        assert_eq!(marks.next_open(text, text.len()), None);
    }

    #[test]
    fn the_nearer_dress_comes_first() {
        let text = "&lt;Event&gt; <Event>";
        let mut marks = XmlMarks::new();
        assert_eq!(marks.next_open(text, 0), Some((0, Dress::Escaped)));
        assert_eq!(marks.next_open(text, 1), Some((14, Dress::Plain)));
    }

    #[test]
    fn a_mark_finds_what_stands_before_where_it_looked_last() {
        let text = "<Event> <Event> <Event>";
        let mut marks = XmlMarks::new();
        let open = &mut marks.tags(Dress::Plain).open;
        for (from, place) in
            [(1, Some(8)), (9, Some(16)), (2, Some(8)), (17, None), (9, Some(16)), (16, Some(16))]
        {
            assert_eq!(open.next(text, from), place, "from {from}");
        }
    }

    #[test]
    fn a_mark_remembers_that_there_is_no_further_one() {
        let text = "<Event>";
        let mut marks = XmlMarks::new();
        let close = &mut marks.tags(Dress::Plain).close;
        assert_eq!(close.next(text, 0), None);
        assert_eq!(close.known, Some((0, None)));
        assert_eq!(close.next(text, 5), None);
        assert_eq!(close.known, Some((0, None)));
    }
}
