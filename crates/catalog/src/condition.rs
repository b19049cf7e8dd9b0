//! What a rule looks for.

use std::collections::BTreeMap;

use falconer_messages::Template;
use falconer_observation::{Channel, ChannelState};
use serde::Deserialize;

use crate::Expression;

/// One thing that a rule looks for, as written in a file: exactly one of `message`, `text`, `regex`, `fact`,
/// `page`, `code`, `event`, `state` and `sign`; `in` narrows it to channels, `where` to values of fields.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConditionData {
    message: Option<String>,
    text: Option<OneOrMany>,
    regex: Option<String>,
    /// Worked out by the build script for the shipped files; nobody writes it.
    needs: Option<Vec<Vec<String>>>,
    fact: Option<String>,
    page: Option<OneOrMany>,
    code: Option<OneOrMany>,
    event: Option<u32>,
    provider: Option<String>,
    state: Option<String>,
    sign: Option<String>,
    r#in: Option<OneOrMany>,
    #[serde(default, rename = "where")]
    values: BTreeMap<String, OneOrMany>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub(crate) enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl OneOrMany {
    pub(crate) fn into_vec(self) -> Vec<String> {
        match self {
            OneOrMany::One(one) => vec![one],
            OneOrMany::Many(many) => many,
        }
    }
}

/// One thing that a rule looks for.
#[derive(Debug, Clone)]
pub struct Condition {
    /// What.
    pub kind: ConditionKind,
    /// The channels it is looked for in; empty for all.
    pub channels: Vec<Channel>,
    /// Values that fields must have.
    pub values: Vec<Where>,
}

/// The kinds of [`Condition`].
#[derive(Debug, Clone)]
pub enum ConditionKind {
    /// A message of `falconer-messages`.
    Message(String),
    /// Any of these wordings, in the template language of messages.
    Text(Vec<Template>),
    /// A regular expression.
    Regex(Expression),
    /// A fact that a reader or a join found: of web.config, the folder, the runtimes (`web-config.…`).
    Fact(String),
    /// An HTTP status, with substatus (`500.30`) or for any substatus (`503`).
    Page(Vec<String>),
    /// An HRESULT or other code, as `0x` and eight hexadecimal digits.
    Code(Vec<String>),
    /// A Windows event.
    Event {
        /// Its id.
        id: u32,
        /// Part of its provider's name.
        provider: Option<String>,
    },
    /// A channel (given by `in`) in this state.
    State(ChannelState),
    /// A named sign of `signs.toml`.
    Sign(String),
}

/// A demand on a field's value.
#[derive(Debug, Clone)]
pub struct Where {
    /// The field.
    pub field: String,
    /// Any of these must fit, and all of those with `!`.
    pub patterns: Vec<Pattern>,
}

/// A pattern for a value: literal, with `*` for anything, `!` in front for "not", in any case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    negated: bool,
    parts: Vec<String>,
}

impl Pattern {
    /// Reads a pattern.
    pub fn new(text: &str) -> Self {
        let (negated, body) = match text.strip_prefix('!') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        Pattern { negated, parts: body.to_lowercase().split('*').map(str::to_owned).collect() }
    }

    /// Whether the value fits.
    pub fn fits(&self, value: &str) -> bool {
        self.fits_folded(&fold(value))
    }

    fn fits_folded(&self, value: &str) -> bool {
        self.glob(value) != self.negated
    }

    fn glob(&self, value: &str) -> bool {
        let Some((first, rest)) = self.parts.split_first() else {
            return value.is_empty();
        };
        let Some(mut tail) = value.strip_prefix(first.as_str()) else {
            return false;
        };
        let Some((last, middle)) = rest.split_last() else {
            return tail.is_empty();
        };
        for part in middle {
            match tail.find(part.as_str()) {
                Some(at) => tail = &tail[at + part.len()..],
                None => return false,
            }
        }
        tail.ends_with(last.as_str())
    }
}

/// A value that a console wrapped, or that is written in capitals, is still that value.
fn fold(value: &str) -> String {
    value.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

impl Where {
    /// Whether the field's value fits any pattern, and none of those with `!`. A field that is not there fits
    /// when all patterns have `!`.
    pub fn fits(&self, fields: &BTreeMap<String, String>) -> bool {
        let (not, any): (Vec<_>, Vec<_>) = self.patterns.iter().partition(|p| p.negated);
        match fields.get(&self.field) {
            Some(value) => {
                let value = fold(value);
                not.iter().all(|p| p.fits_folded(&value))
                    && (any.is_empty() || any.iter().any(|p| p.fits_folded(&value)))
            }
            None => any.is_empty(),
        }
    }
}

impl ConditionData {
    /// Checks and compiles; the error is a sentence for the author.
    pub(crate) fn compile(self) -> Result<Condition, String> {
        let channels = self
            .r#in
            .map(OneOrMany::into_vec)
            .unwrap_or_default()
            .iter()
            .map(|name| {
                Channel::from_name(name).ok_or_else(|| {
                    let known: Vec<_> = Channel::ALL.iter().map(|c| c.name()).collect();
                    format!("'{name}' is no channel: use one of {}", known.join(", "))
                })
            })
            .collect::<Result<Vec<_>, _>>()?;
        let mut kinds = Vec::new();
        if let Some(id) = self.message {
            kinds.push(ConditionKind::Message(id));
        }
        if let Some(text) = self.text {
            kinds.push(ConditionKind::Text(templates(text)?));
        }
        if let Some(regex) = self.regex {
            kinds.push(ConditionKind::Regex(Expression::new(regex, self.needs)));
        }
        if let Some(id) = self.fact {
            kinds.push(ConditionKind::Fact(id));
        }
        if let Some(page) = self.page {
            kinds.push(ConditionKind::Page(page.into_vec()));
        }
        if let Some(code) = self.code {
            let codes = code.into_vec();
            if let Some(bad) = codes.iter().find(|c| !is_code(c)) {
                return Err(format!(
                    "code '{bad}' is not written as 0x and eight lower-case hexadecimal digits"
                ));
            }
            kinds.push(ConditionKind::Code(codes));
        }
        match (self.event, self.provider) {
            (Some(id), provider) => kinds.push(ConditionKind::Event { id, provider }),
            (None, Some(_)) => return Err("'provider' needs 'event'".to_owned()),
            (None, None) => {}
        }
        if let Some(state) = self.state {
            if channels.is_empty() {
                return Err("'state' needs 'in': the channel".to_owned());
            }
            kinds.push(ConditionKind::State(channel_state(&state)?));
        }
        if let Some(sign) = self.sign {
            kinds.push(ConditionKind::Sign(sign));
        }
        let values = self
            .values
            .into_iter()
            .map(|(field, patterns)| Where {
                field,
                patterns: patterns.into_vec().iter().map(|p| Pattern::new(p)).collect(),
            })
            .collect();
        match (kinds.pop(), kinds.is_empty()) {
            (Some(kind), true) => Ok(Condition { kind, channels, values }),
            _ => Err(
                "a condition has exactly one of message, text, regex, fact, page, code, event, state, sign"
                    .into(),
            ),
        }
    }
}

fn templates(text: OneOrMany) -> Result<Vec<Template>, String> {
    text.into_vec().iter().map(|t| Template::parse(t).map_err(|e| format!("text \"{t}\": {e}"))).collect()
}

fn is_code(code: &str) -> bool {
    code.len() == 10
        && code.starts_with("0x")
        && code.bytes().skip(2).all(|b| b.is_ascii_digit() || matches!(b, b'a'..=b'f'))
}

fn channel_state(name: &str) -> Result<ChannelState, String> {
    Ok(match name {
        "nothing" => ChannelState::Nothing,
        "empty" => ChannelState::Empty,
        "present" => ChannelState::Present,
        "not-looked" => ChannelState::NotLooked,
        other => return Err(format!("'{other}' is no state: use nothing, empty, present or not-looked")),
    })
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    #[test]
    fn patterns_match_like_file_globs_in_any_case() {
        for (pattern, value, fits) in [
            ("inprocess", "InProcess", true),
            ("inprocess", "inprocess2", false),
            ("", "", true),
            ("", "x", false),
            ("*", "", true),
            ("*.dll", ".\\App.DLL", true),
            ("*%launcher*%", "%LAUNCHER_PATH%", true),
            ("!*.exe", "dotnet", true),
            ("!*.exe", "a.exe", false),
            ("a*a", "a", false),
        ] {
            assert_eq!(Pattern::new(pattern).fits(value), fits, "{pattern} {value}");
        }
    }
}
