//! "The description for Event ID … cannot be found": the frame that Event Viewer, PowerShell and .NET put
//! around the insertion strings of an event whose source is not registered.

use std::ops::Range;

use crate::draft::Draft;
use crate::lines::{Line, cut, lines};
use crate::reading::Form;
use crate::scan::Scan;
use crate::start;

/// The frame's first sentence, by language and age. Sources: English and .NET's (`EventLogEntry.Message`) from
/// public reports; German, French, Chinese and Japanese from copies of events in public posts; Spanish,
/// Italian, Portuguese and Russian from translated Microsoft documentation quoting the sentence.
const SENTENCES: &[&str] = &[
    "The description for Event ID {id} from source {source} cannot be found.",
    "The description for Event ID {id} in Source {source} cannot be found.",
    "Die Beschreibung für Ereignis-ID {id} aus der Quelle {source} wurde nicht gefunden.",
    "Die Beschreibung für Ereignis-ID {id} aus der Quelle {source} konnte nicht gefunden werden.",
    "Die Beschreibung für Ereignis-ID {id} in Quelle {source} wurde nicht gefunden.",
    "La description de l'ID d'événement {id} dans la source {source} est introuvable.",
    "La description de l'ID d'événement {id} provenant de la source {source} est introuvable.",
    "La description de l'ID d'événement {id} à partir de la source {source} est introuvable.",
    "No se encuentra la descripción del id. de evento {id} en el origen {source}.",
    "No se puede encontrar la descripción del id. de evento {id} del origen {source}.",
    "Impossibile trovare la descrizione per l'ID evento {id} dall'origine {source}.",
    "A descrição da ID do Evento {id} da origem {source} não pode ser encontrada",
    "A descrição da ID do Evento {id} da origem {source} não pôde ser encontrada",
    "Não foi possível encontrar a descrição da ID do Evento {id} da origem {source}.",
    "Не удается найти описание для идентификатора события {id} из источника {source}.",
    "无法找到来自源 {source} 的事件 ID {id} 的描述。",
    "ソース {source} からのイベント ID {id} の説明が見つかりません。",
];

/// What stands below the strings: why the description was not found. The texts of the Win32 errors 2, 1813,
/// 1814, 1815, 15027 (old and new wording), 15028, 15033, 15037 and 15100, and their translations where a public
/// copy has one.
const TRAILERS: &[&str] = &[
    "the message resource is present but the message is not found in the string/message table",
    "the message resource is present but the message was not found in the message table",
    "the specified resource type cannot be found in the image file",
    "the specified resource name cannot be found in the image file",
    "the specified resource language id cannot be found in the image file",
    "the message id for the desired message could not be found",
    "the locale specific resource for the desired message is not present",
    "the publisher has been disabled and its resource is not available. this usually occurs when the publisher is in the process of being uninstalled or upgraded",
    "the resource loader failed to find mui file",
    "the system cannot find the file specified",
    "le serveur de publication a été désactivé et ses ressources ne sont pas disponibles. cela se produit généralement lorsque le serveur de publication est en cours de désinstallation ou de mise à niveau",
    "消息资源存在，但在消息表中找不到该消息",
];

/// The boilerplate between the first sentence and the strings is shorter than this, in bytes.
const BOILERPLATE: usize = 2000;
/// A source's name is shorter than this, in bytes.
const SOURCE: usize = 200;

/// An undescribed event, taken out of its frame.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Frame<'t> {
    pub(crate) provider: &'t str,
    pub(crate) id: &'t str,
    /// The strings as they stand together.
    body: &'t str,
}

/// A line could begin a frame. A cheap look at its first bytes only.
pub(crate) fn starts(line: &str) -> bool {
    let line = line.trim_start();
    let first = |text: &str| text.as_bytes().first().map(u8::to_ascii_lowercase);
    let literal = |sentence: &'static str| sentence.split('{').next().unwrap_or(sentence);
    SENTENCES
        .iter()
        .any(|sentence| first(sentence) == first(line) && loose_prefix(line, literal(sentence)).is_some())
}

/// A line is the sentence that ends a frame.
pub(crate) fn is_trailer(line: &str) -> bool {
    let line = line.trim().trim_end_matches(['.', '。']);
    TRAILERS.iter().any(|trailer| loose_prefix(line, trailer) == Some(line.len()))
}

/// Reads a frame that stands bare, from its first line to its trailer, the next event or a divider.
pub(crate) fn read(scan: &mut Scan<'_>, line: Line<'_>) -> Option<usize> {
    if !starts(line.text) {
        return None;
    }
    // Parsing reads the frame's own sentences only, so a bounded piece of the text tells whether it is one.
    Frame::parse(cut(scan.text.get(line.start..)?, SOURCE + BOILERPLATE))?;
    let mut end = line.end();
    for below in lines(scan.text, line.next) {
        if below.is_divider() || start::is_event(scan.text, below) {
            break;
        }
        if !below.is_blank() {
            end = below.end();
        }
        if is_trailer(below.text) {
            break;
        }
    }
    let mut draft = Draft::default();
    draft.set_message(scan.text.get(line.start..end)?);
    scan.add(Form::MissingDescription, line.start..end, draft);
    Some(end)
}

impl<'t> Frame<'t> {
    /// Takes a message apart, when it is a frame.
    pub(crate) fn parse(message: &'t str) -> Option<Self> {
        let message = message.trim_start();
        let (slots, end) = SENTENCES.iter().find_map(|sentence| match_sentence(message, sentence))?;
        let rest = message.get(end..)?;
        let body = introduction(rest).and_then(|end| rest.get(end..)).unwrap_or("");
        Some(Frame { provider: unquoted(slots.source), id: unquoted(slots.id), body: without_trailer(body) })
    }

    /// The insertion strings. Where the frame leaves it open how lines belong to strings, a body with blank or
    /// indented lines (a message, a stack) is one string, any other body one string a line.
    pub(crate) fn strings(&self) -> Vec<&'t str> {
        let body = self.body.trim();
        if body.is_empty() {
            return Vec::new();
        }
        if let Some([message, pid, version]) = module_strings(body) {
            return vec![message, pid, version];
        }
        if let Some(inner) = body.strip_prefix('\'').and_then(|b| b.strip_suffix('\'')) {
            return inner.split("', '").collect();
        }
        let one_text = body.lines().any(|line| line.trim().is_empty() || line.starts_with([' ', '\t']));
        if one_text { vec![body] } else { body.lines().map(str::trim_end).collect() }
    }
}

/// The texts that stood for the placeholders of a sentence.
#[derive(Default)]
struct Slots<'t> {
    id: &'t str,
    source: &'t str,
}

/// Matches a message's first sentence; returns the slots and where the sentence ends.
fn match_sentence<'t>(message: &'t str, sentence: &str) -> Option<(Slots<'t>, usize)> {
    let mut slots = Slots::default();
    let mut at = 0;
    for (index, piece) in sentence.split('{').enumerate() {
        let (slot, literal) = match index {
            0 => (None, piece),
            _ => piece.split_once('}').map(|(slot, literal)| (Some(slot), literal))?,
        };
        let tail = message.get(at..)?;
        let found = match slot {
            None => 0..loose_prefix(tail, literal)?,
            Some(_) => loose_find(tail, literal)?,
        };
        let text = tail.get(..found.start)?.trim();
        match slot {
            Some("id") if unquoted(text).bytes().all(|b| b.is_ascii_digit()) => slots.id = text,
            Some("id") => return None,
            Some(_) => slots.source = text,
            None => {}
        }
        at += found.end;
    }
    (!slots.id.is_empty() && !slots.source.is_empty()).then_some((slots, at))
}

/// Where `literal` stands in the first bytes of `text`. A literal that is only a full stop stands where white
/// space or the end follows: sources have stops in their names.
fn loose_find(text: &str, literal: &str) -> Option<Range<usize>> {
    let near = cut(text, SOURCE);
    let ends = |end: usize| {
        literal != "." || text.get(end..).is_some_and(|t| t.is_empty() || t.starts_with(char::is_whitespace))
    };
    near.char_indices().find_map(|(start, _)| {
        let length = loose_prefix(text.get(start..)?, literal)?;
        ends(start + length).then_some(start..start + length)
    })
}

/// How many bytes of `text` match `literal`: whatever the case, the kind of apostrophe, the amount of white
/// space and the line breaks in it. At the literal's own edges white space may be missing (`Quelle "X"`).
fn loose_prefix(text: &str, literal: &str) -> Option<usize> {
    let mut rest = text;
    let mut words = literal.split(' ').peekable();
    let mut at_edge = true;
    while let Some(word) = words.next() {
        for wanted in word.chars() {
            let mut chars = rest.chars();
            chars.next().filter(|found| same(*found, wanted))?;
            rest = chars.as_str();
        }
        at_edge &= word.is_empty();
        if let Some(next) = words.peek() {
            let trimmed = rest.trim_start();
            if trimmed.len() == rest.len() && !at_edge && !next.is_empty() {
                return None;
            }
            rest = trimmed;
        }
    }
    Some(text.len() - rest.len())
}

fn same(found: char, wanted: char) -> bool {
    let fold = |c: char| match c {
        '’' => '\'',
        c => c.to_lowercase().next().unwrap_or(c),
    };
    found == wanted || fold(found) == fold(wanted)
}

/// Where the sentence that introduces the strings ends. In every language it is the first to end in a colon.
fn introduction(rest: &str) -> Option<usize> {
    let near = cut(rest, BOILERPLATE);
    near.char_indices().filter(|(_, c)| matches!(c, ':' | '：')).find_map(|(at, c)| {
        let end = at + c.len_utf8();
        let behind = rest.get(end..)?;
        (behind.is_empty() || behind.starts_with('\'') || behind.starts_with(char::is_whitespace))
            .then_some(end)
    })
}

fn unquoted(text: &str) -> &str {
    text.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '\'' | '"' | '(' | ')' | '“' | '”' | '„' | '«' | '»' | '’')
    })
}

/// The strings without the sentence below them that says why there was no description.
fn without_trailer(body: &str) -> &str {
    let body = body.trim();
    let bare = body.trim_end_matches(['.', '。']);
    for trailer in TRAILERS {
        // As long as its text, give or take white space and letters whose cases differ in length.
        let mut from = bare.len().saturating_sub(trailer.len() + 8);
        while !bare.is_char_boundary(from) {
            from += 1;
        }
        let tail = bare.get(from..).unwrap_or("");
        let matches = |at: usize| tail.get(at..).is_some_and(|t| loose_prefix(t, trailer) == Some(t.len()));
        if let Some(at) = tail.char_indices().map(|(at, _)| at).find(|at| matches(*at)) {
            return bare.get(..from + at).unwrap_or("").trim_end();
        }
    }
    body
}

/// The three strings that the ASP.NET Core Module writes since 2.2 (EventLog.cpp): message, `Process Id: N.`,
/// `File Version: …`. What stands below the third is a trailer in some language.
fn module_strings(body: &str) -> Option<[&str; 3]> {
    const PROCESS: &str = "Process Id: ";
    const VERSION: &str = "File Version: ";
    let process = body.rfind(PROCESS)?;
    let (message, tail) = body.split_at_checked(process)?;
    let version = tail.find(VERSION)?;
    let (pid, tail) = tail.split_at_checked(version)?;
    let pid = pid.trim();
    let number = pid.strip_prefix(PROCESS)?.strip_suffix('.')?;
    let whole = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    let file = tail.lines().next().unwrap_or(tail).trim_end();
    whole.then_some([message.trim(), pid, file])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strings(message: &str) -> Vec<&str> {
        Frame::parse(message).map(|frame| frame.strings()).unwrap_or_default()
    }

    #[test]
    fn the_sentence_names_provider_and_id_in_every_language() {
        for sentence in SENTENCES {
            for (id, source) in
                [("1000", "IIS AspNetCore Module V2"), ("\"1026\"", "\".NET Runtime\""), ("( 5 )", "( WAS )")]
            {
                let message = sentence.replace("{id}", id).replace("{source}", source);
                let frame = Frame::parse(&message).unwrap_or_else(|| panic!("{message}"));
                assert_eq!((frame.provider, frame.id), (unquoted(source), unquoted(id)), "{message}");
                assert!(starts(&message), "{message}");
            }
        }
    }

    #[test]
    fn every_trailer_is_taken_off_the_strings() {
        for trailer in TRAILERS {
            let message = format!(
                "The description for Event ID 7 from source X cannot be found. Nothing.\n\n\
                 The following information was included with the event: \n\none\ntwo\n\n{trailer}."
            );
            assert_eq!(strings(&message), ["one", "two"], "{trailer}");
            assert!(is_trailer(trailer));
        }
    }

    #[test]
    fn the_three_strings_of_the_module_are_told_apart_even_flattened() {
        let expected = [
            "Application '/LM/W3SVC/2/ROOT' failed.\n\nSecond line.",
            "Process Id: 1234.",
            "File Version: 13.1.19320.0. Description: IIS ASP.NET Core Module V2 Request Handler. Commit: abc",
        ];
        let head = "La description de l’ID d’événement 1018 dans la source IIS AspNetCore Module V2 est introuvable. \
                    Les informations suivantes étaient incluses avec l’événement : \n\n";
        let below = "\n\nUne phrase que personne ne connaît.";
        assert_eq!(strings(&format!("{head}{}{below}", expected.join("\n"))), expected);
        assert_eq!(strings(&format!("{head}{}", expected.join(" "))), expected);
    }

    #[test]
    fn the_wording_of_dotnet_quotes_its_strings() {
        let message = "The description for Event ID '1000' in Source 'App' cannot be found.  The local computer may \
                       not have the necessary registry information.  The following information is part of the \
                       event:'first, one', 'second'";
        assert_eq!(strings(message), ["first, one", "second"]);
    }

    #[test]
    fn a_text_with_an_indented_line_stays_one_string() {
        let message = "The description for Event ID 0 from source App cannot be found. X event: \nboom\n   at App.Main()";
        assert_eq!(strings(message), ["boom\n   at App.Main()"]);
    }

    #[test]
    fn a_frame_that_breaks_off_has_no_strings() {
        let message = "The description for Event ID 1000 from source IIS AspNetCore Module cannot be found. Either the comp";
        assert_eq!(Frame::parse(message).map(|f| f.strings()), Some(Vec::new()));
    }

    #[test]
    fn other_sentences_are_no_frame() {
        for no in [
            "",
            "The description for Event ID xxxx from source App cannot be found.",
            "The description for Event ID from source App cannot be found.",
            "The description for the item cannot be found.",
            "The description for Event ID 1 from source",
        ] {
            assert_eq!(Frame::parse(no), None, "{no}");
        }
    }
}
