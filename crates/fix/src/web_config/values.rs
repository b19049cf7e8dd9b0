//! Values of attributes that IIS or the module refuses, or that have no effect or an unwanted one.

use falconer_iis_config::schema::{ASP_NET_CORE, AttributeSchema, Kind, Value, ValueError, element_at};
use falconer_iis_config::xml::{Attribute, Node};

use super::edits;
use crate::Fix;
use crate::table::Case;
use crate::typo::is_slip;
use crate::xml::Document;

pub(super) fn set(document: &Document<'_>, attribute: &Attribute, value: &str, safe: bool) -> Option<Fix> {
    let text = format!("Change {} from \"{}\" to \"{value}\".", attribute.name, attribute.value);
    edits(safe, text, vec![document.set(attribute, value)])
}

pub(crate) fn bad_value(case: &Case<'_>, document: &Document<'_>) -> Option<Fix> {
    let (node, attribute) = document.attribute_at(case.found.spot())?;
    let schema = schema(node, attribute)?;
    if schema.not_empty && !schema.required && attribute.value.is_empty() {
        let default = schema.default.map_or(String::new(), |value| format!(", so that {value} holds"));
        let text = format!("Remove the empty attribute {}{default}.", attribute.name);
        return edits(false, text, vec![document.remove_attribute(attribute)]);
    }
    let (value, safe) = accepted(schema.kind, &attribute.value)?;
    schema.kind.read(&value).ok()?;
    set(document, attribute, &value, safe)
}

fn schema(node: Node<'_>, attribute: &Attribute) -> Option<&'static AttributeSchema> {
    const PATHS: [&str; 4] = [
        ASP_NET_CORE.path,
        "system.webServer/handlers",
        "system.webServer/handlers/add",
        "system.webServer/security/requestFiltering/requestLimits",
    ];
    let path = PATHS.iter().find(|path| path.rsplit('/').next() == Some(node.name()))?;
    element_at(path)?.attribute(&attribute.name)
}

/// A value that IIS reads for one that it refuses, and whether nothing else can have been meant.
fn accepted(kind: Kind, value: &str) -> Option<(String, bool)> {
    match (kind, kind.read(value).err()?) {
        (Kind::Bool, _) => truth(value).map(|value| (value.to_string(), true)),
        (Kind::OneOf(words), _) => {
            words.iter().find(|word| is_slip(value.trim(), word)).map(|word| ((*word).to_owned(), true))
        }
        (_, ValueError::SixtyOrMore { instead }) => Some((instead, true)),
        (Kind::TimeSpan { .. }, ValueError::NotTime) => {
            let seconds: u64 = seconds(value)?;
            Some((format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60), false))
        }
        (Kind::Uint { .. }, ValueError::OutOfRange { min, max }) => {
            let below = value.trim().starts_with('-');
            Some((if below { min } else { max }.to_string(), false))
        }
        (Kind::Uint { .. }, ValueError::NotNumber) => {
            let time = Kind::TimeSpan { min: 0, max: u64::MAX };
            let seconds = match time.read(value) {
                Ok(Value::Seconds(seconds)) => seconds,
                _ => seconds(value)?,
            };
            Some((seconds.to_string(), false))
        }
        _ => None,
    }
}

/// A number of seconds, with or without its unit.
fn seconds(value: &str) -> Option<u64> {
    let value = value.trim();
    let number = value.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = value.get(number.len()..)?.to_ascii_lowercase();
    let plain = ["", "s", "sec", "seconds"].contains(&unit.as_str());
    plain.then(|| number.trim_end().parse().ok().filter(|seconds| *seconds < 1 << 32))?
}

/// The truth value that other words than `true` and `false` stand for.
pub(crate) fn truth(value: &str) -> Option<bool> {
    const TRUE: [&str; 4] = ["1", "yes", "on", "enabled"];
    const FALSE: [&str; 4] = ["0", "no", "off", "disabled"];
    let value = value.trim().to_ascii_lowercase();
    if TRUE.contains(&value.as_str()) || is_slip(&value, "true") {
        Some(true)
    } else if FALSE.contains(&value.as_str()) || is_slip(&value, "false") {
        Some(false)
    } else {
        None
    }
}

pub(crate) fn hosting_model(case: &Case<'_>, document: &Document<'_>) -> Option<Fix> {
    let (_, attribute) = document.attribute_at(case.found.spot())?;
    let meant = case.found.field("suggestion");
    if meant.is_empty() {
        return None;
    }
    let letters: String = attribute.value.chars().filter(|c| c.is_alphabetic()).collect();
    set(document, attribute, meant, is_slip(&letters, meant))
}

/// In-process the attribute does nothing.
pub(crate) fn without_effect(case: &Case<'_>, document: &Document<'_>) -> Option<Fix> {
    let (_, attribute) = document.attribute_at(case.found.spot())?;
    let text = format!("Remove {}=\"{}\", which has no effect.", attribute.name, attribute.value);
    edits(true, text, vec![document.remove_attribute(attribute)])
}

/// The first module takes whole minutes only; a longer wait is the lesser change.
pub(crate) fn whole_minutes(case: &Case<'_>, document: &Document<'_>) -> Option<Fix> {
    let (_, attribute) = document.attribute_at(case.found.spot())?;
    let kind = ASP_NET_CORE.attribute("requestTimeout")?.kind;
    let Ok(Value::Seconds(seconds)) = kind.read(&attribute.value) else { return None };
    let minutes = seconds.div_ceil(60);
    let value = format!("{:02}:{:02}:00", minutes / 60, minutes % 60);
    kind.read(&value).ok()?;
    set(document, attribute, &value, false)
}

/// A limit that lets hardly anything succeed.
pub(crate) fn default_again(case: &Case<'_>, document: &Document<'_>) -> Option<Fix> {
    let (node, attribute) = document.attribute_at(case.found.spot())?;
    let default = schema(node, attribute)?.default?;
    let text = format!("Remove {}=\"{}\", so that {default} holds.", attribute.name, attribute.value);
    edits(false, text, vec![document.remove_attribute(attribute)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refused_values_become_accepted_ones_where_one_can_be_told() {
        let time = Kind::TimeSpan { min: 0, max: 1_296_000 };
        let limit = Kind::Uint { min: 0, max: 3600 };
        for (kind, written, expected) in [
            (Kind::Bool, "yes", Some(("true", true))),
            (Kind::Bool, " True ", Some(("true", true))),
            (Kind::Bool, "flase", Some(("false", true))),
            (Kind::Bool, "maybe", None),
            (Kind::OneOf(&["File", "Unspecified"]), "unspecifed", Some(("Unspecified", true))),
            (Kind::OneOf(&["File", "Unspecified"]), "Any", None),
            (time, "00:60:00", Some(("01:00:00", true))),
            (time, "120", Some(("00:02:00", false))),
            (time, "90s", Some(("00:01:30", false))),
            (time, "00:02", None),
            (limit, "-1", Some(("0", false))),
            (limit, "99999", Some(("3600", false))),
            (limit, "00:02:00", Some(("120", false))),
            (limit, "120 seconds", Some(("120", false))),
            (limit, "2min", None),
        ] {
            let found = accepted(kind, written);
            let found = found.as_ref().map(|(value, safe)| (value.as_str(), *safe));
            assert_eq!(found, expected, "{written}");
        }
    }
}
