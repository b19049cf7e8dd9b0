//! Where in a file that is being typed somebody is.

use std::ops::Range;

use falconer_iis_config::{Lines, xml};

use crate::schema::path_of;

/// A place where something is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// The path of the element: of the one around for [`What::Element`], else of the one that the tag begins.
    pub(super) element: String,
    pub(super) what: What,
    /// What is there of the word already, up to its end.
    pub(super) word: Range<usize>,
}

/// What is written there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum What {
    /// The name of an element, behind `<`.
    Element {
        /// Behind the name stands more of a tag.
        has_rest: bool,
    },
    /// The name of an attribute.
    Attribute {
        /// The attributes that the tag has, but for the one at the place.
        given: Vec<String>,
        /// Behind the name stands `=`.
        has_value: bool,
    },
    /// The value of an attribute.
    Value {
        /// The attribute.
        attribute: String,
        /// Attributes of the tag with their values, as written.
        others: Vec<(String, String)>,
    },
}

/// The place of a byte; `None` in comments, in text and where there is no markup.
pub(super) fn place(text: &str, at: usize) -> Option<Place> {
    let before = text.get(..at)?;
    if is_within(before, "<!--", "-->")
        || is_within(before, "<![CDATA[", "]]>")
        || is_within(before, "<?", "?>")
    {
        return None;
    }
    // What stands before the place, by itself, ends in the middle of what is being written.
    let (tree, _) = xml::parse(before, &Lines::of(before));
    let open = tree.nodes().last().filter(|node| {
        let tag = node.element().tag;
        tag.end == before.len() && !before.ends_with('>')
    });
    let typed = before.len() - before.trim_end_matches(is_name).len();
    let word = at - typed..at + rest_of_name(text, at);
    let start = before.get(..word.start).unwrap_or_default();
    if let Some(around) = start.strip_suffix('<') {
        let element = around_path(around)?;
        let behind = text.get(word.end..).unwrap_or_default().trim_start();
        let has_rest = !behind.is_empty() && !behind.starts_with('<');
        return Some(Place { element, what: What::Element { has_rest }, word });
    }
    let node = open?;
    let element = path_of(node);
    let tag = Tag::read(text, node.element().name_span.end, at);
    let what = match tag.value_at_place {
        Some((attribute, span)) => {
            return Some(Place { element, what: What::Value { attribute, others: tag.given }, word: span });
        }
        None if start.ends_with(char::is_whitespace) => {
            let has_value = text.get(word.end..).unwrap_or_default().trim_start().starts_with('=');
            let given = tag.given.into_iter().map(|(name, _)| name).collect();
            What::Attribute { given, has_value }
        }
        None => return None,
    };
    Some(Place { element, what, word })
}

/// The path of the innermost element that is open at the end of a text.
fn around_path(text: &str) -> Option<String> {
    let (tree, _) = xml::parse(text, &Lines::of(text));
    let end = text.len();
    let open = tree.nodes().filter(|node| {
        let element = node.element();
        element.ending == xml::Ending::Unclosed && element.span.end == end
    });
    open.last().map(path_of)
}

/// A start tag with the place in it.
struct Tag {
    /// Its attributes, but for the one at the place.
    given: Vec<(String, String)>,
    /// The attribute whose value the place is in, and that value as far as it goes.
    value_at_place: Option<(String, Range<usize>)>,
}

impl Tag {
    /// Reads a tag from behind its name. A value that is not closed ends with its line.
    fn read(text: &str, start: usize, place: usize) -> Tag {
        let mut tag = Tag { given: Vec::new(), value_at_place: None };
        let mut at = start;
        loop {
            let rest = text.get(at..).unwrap_or_default();
            at += rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/').len();
            let name = at..at + rest_of_name(text, at);
            if name.is_empty() {
                return tag;
            }
            let behind = text.get(name.end..).unwrap_or_default();
            let quoted = behind.trim_start().strip_prefix('=').map(str::trim_start);
            let quote = quoted.and_then(|quoted| quoted.chars().next()).filter(|c| matches!(c, '"' | '\''));
            let Some((quoted, quote)) = quoted.zip(quote) else {
                if !(name.start..=name.end).contains(&place) {
                    tag.given.push((text.get(name.clone()).unwrap_or_default().to_owned(), String::new()));
                }
                at = name.end;
                // An attribute without a value may be followed by `=`, over which no name leads.
                let rest = text.get(at..).unwrap_or_default();
                at += rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || c == '=').len();
                continue;
            };
            let value_start = text.len() - quoted.len() + 1;
            let value = text.get(value_start..).unwrap_or_default();
            let length = value.find([quote, '\n', '<']).unwrap_or(value.len());
            let span = value_start
                ..value_start + value.get(..length).unwrap_or_default().trim_end_matches('\r').len();
            let is_at_place = (name.start..=name.end).contains(&place);
            let name = text.get(name).unwrap_or_default().to_owned();
            if (span.start..=span.end).contains(&place) {
                tag.value_at_place = Some((name, span.clone()));
            } else if !is_at_place {
                tag.given.push((name, text.get(span.clone()).unwrap_or_default().to_owned()));
            }
            let closed = text.get(span.end..).is_some_and(|rest| rest.starts_with(quote));
            at = span.end + usize::from(closed);
        }
    }
}

/// How many bytes of a name follow.
fn rest_of_name(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    rest.len() - rest.trim_start_matches(is_name).len()
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':')
}

/// Does the text end within something that begins and ends like that?
fn is_within(text: &str, open: &str, close: &str) -> bool {
    let opened = text.rfind(open);
    opened.is_some_and(|at| !text.get(at..).unwrap_or_default().contains(close))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The place at `|`.
    fn at(text: &str) -> Option<(Place, String)> {
        let (before, behind) = text.split_once('|').expect("a place");
        let text = format!("<configuration><system.webServer>{before}{behind}");
        let found = place(&text, "<configuration><system.webServer>".len() + before.len())?;
        let word = text[found.word.clone()].to_owned();
        Some((found, word))
    }

    fn attribute(text: &str) -> Option<(Vec<String>, bool, String)> {
        let (place, word) = at(text)?;
        assert_eq!(place.element, "system.webServer/aspNetCore");
        match place.what {
            What::Attribute { given, has_value } => Some((given, has_value, word)),
            _ => None,
        }
    }

    #[test]
    fn names_of_attributes_are_written_in_tags_of_any_state() {
        let given = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        for (text, names, has_value, word) in [
            ("<aspNetCore |", given(&[]), false, ""),
            ("<aspNetCore | />", given(&[]), false, ""),
            (
                "<aspNetCore processPath='a b' st| hostingModel=\"x\"/>",
                given(&["processPath", "hostingModel"]),
                false,
                "st",
            ),
            ("<aspNetCore processPath=\"d\"\n  |\n</system.webServer>", given(&["processPath"]), false, ""),
            ("<aspNetCore proc|essPath = \"d\">", given(&[]), true, "processPath"),
            ("<aspNetCore arguments=\"x > y\" |>", given(&["arguments"]), false, ""),
        ] {
            assert_eq!(attribute(text), Some((names, has_value, word.to_owned())), "{text}");
        }
    }

    #[test]
    fn values_know_their_attribute_and_the_others() {
        for (text, name, word) in [
            ("<aspNetCore processPath='d' hostingModel=\"in|\" />", "hostingModel", "in"),
            ("<aspNetCore hostingModel=\"|", "hostingModel", ""),
            ("<aspNetCore hostingModel='in|proc' x='y'>", "hostingModel", "inproc"),
            ("<aspNetCore arguments=\".\\App.dll --a |b\">", "arguments", ".\\App.dll --a b"),
            ("<aspNetCore stdoutLogEnabled=\"|\n  hostingModel=\"x\">", "stdoutLogEnabled", ""),
        ] {
            let (place, found) = at(text).expect(text);
            let What::Value { attribute, .. } = place.what else { panic!("{text}") };
            assert_eq!((attribute.as_str(), found.as_str()), (name, word), "{text}");
        }
        let (place, _) = at("<handlerSetting name=\"debugFile\" value=\"|\"/>").expect("a value");
        let others = vec![("name".to_owned(), "debugFile".to_owned())];
        assert_eq!(place.what, What::Value { attribute: "value".to_owned(), others });
    }

    #[test]
    fn names_of_elements_are_written_behind_an_angle_bracket() {
        for (text, element, has_rest) in [
            ("<aspNetCore><|", "system.webServer/aspNetCore", false),
            ("<aspNetCore>\n  <env|\n</aspNetCore>", "system.webServer/aspNetCore", false),
            (
                "<aspNetCore><handlerSettings><hand|ler name='x' />",
                "system.webServer/aspNetCore/handlerSettings",
                true,
            ),
            ("<aspNetCore/><|", "system.webServer", false),
        ] {
            let (place, _) = at(text).expect(text);
            assert_eq!((place.element.as_str(), place.what), (element, What::Element { has_rest }), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_has_places_in_it_and_none_outside(
            parts in proptest::collection::vec(
                prop::sample::select(vec![
                    "<", ">", "/>", "</", "=", "\"", "'", " ", "\n", "<!--", "-->", "<![CDATA[", "]]>", "<?", "?>", "ü", "&",
                    "<aspNetCore", "<handlerSettings>", "hostingModel", "name", "system.webServer", "😀", "\r\n",
                ]),
                0..24,
            )
        ) {
            let text = parts.concat();
            for at in 0..=text.len() + 1 {
                if let Some(place) = place(&text, at) {
                    let Range { start, end } = place.word.clone();
                    prop_assert!(start <= at && at <= end, "{:?} at {} in {:?}", place, at, text);
                    prop_assert!(text.get(place.word).is_some(), "{:?}", text);
                }
            }
        }
    }

    #[test]
    fn elsewhere_nothing_is_written() {
        for text in [
            "<!-- <aspNetCore | -->",
            "<aspNetCore>|",
            "<aspNetCore /> hosting|",
            "<![CDATA[<aspNetCore |",
            "<?xml |",
            "</aspNet|",
            "<aspNetCore hostingModel|",
        ] {
            let found = at(text).map(|(place, _)| place);
            let is_name = matches!(&found, Some(Place { what: What::Attribute { .. }, .. }));
            assert!(found.is_none() || (is_name && text.ends_with("Model|")), "{text}: {found:?}");
        }
    }
}
