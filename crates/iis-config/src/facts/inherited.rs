//! What IIS refuses when it adds up the files above and at an application.

use super::definitions::{self as d};
use super::{ConfigFact, FactDefinition};
use crate::{ConfigError, ConfigErrorKind, Form, Host, Level, effective};

/// Facts of [`findings`](super::findings) that guess what stands above a file. Where [`inherited_findings`] is given
/// all files above and the server's own applicationHost.config, its answer takes their place; for
/// `handlers-in-sub-application` the files above are enough.
pub const JUDGED_BY_LEVELS: &[&str] =
    &["handlers-in-sub-application", "locked-section-used", "mime-map-in-defaults", "unknown-section"];

/// Everything that IIS refuses of a chain of files ([`effective()`]), each with its level: 0 is applicationHost.config,
/// 1 the first file of the chain. What a file doubles within itself has the id and the place that
/// [`findings`](super::findings) gives it.
pub fn inherited_findings(levels: &[Level<'_>], host: Host<'_>) -> Vec<(usize, ConfigFact)> {
    let errors = effective(levels, host).err().unwrap_or_default();
    let fragment = |level: usize| match (level.checked_sub(1), host) {
        (Some(index), _) => levels.get(index).is_some_and(|level| level.config.form() == Form::Excerpt),
        (None, Host::Given { config, .. }) => config.config().form() == Form::Excerpt,
        (None, Host::Default) => false,
    };
    errors.iter().map(|error| (error.level, fact(error, host, fragment(error.level)))).collect()
}

fn fact(error: &ConfigError, host: Host<'_>, fragment: bool) -> ConfigFact {
    let (definition, fields) = described(&error.kind, host);
    ConfigFact {
        id: definition.id,
        kind: definition.kind,
        span: error.span,
        at: error.at,
        fields,
        message: error.message(),
        fragment,
    }
}

type Described = (&'static FactDefinition, Vec<(&'static str, String)>);

fn described(kind: &ConfigErrorKind, host: Host<'_>) -> Described {
    match kind {
        ConfigErrorKind::Duplicate { collection, key, value, first_level, first_at, .. } => {
            let fields = vec![
                ("collection", (*collection).to_owned()),
                ("key", key.join(", ")),
                ("value", value.join(", ")),
                ("first_line", first_at.line.to_string()),
                ("first_level", first_level.to_string()),
            ];
            (&d::DUPLICATE_ENTRY, fields)
        }
        ConfigErrorKind::LockedEntry { collection, value, by_level } => {
            let fields = vec![
                ("collection", (*collection).to_owned()),
                ("value", value.join(", ")),
                ("by_level", by_level.to_string()),
            ];
            (&d::ENTRY_LOCKED_ABOVE, fields)
        }
        ConfigErrorKind::LockedAttribute { element, attribute, by_level } => {
            let fields = vec![
                ("element", element.clone()),
                ("attribute", attribute.clone()),
                ("by_level", by_level.to_string()),
            ];
            (&d::ATTRIBUTE_LOCKED_ABOVE, fields)
        }
        ConfigErrorKind::LockedElement { parent, element, by_level } => {
            let fields = vec![
                ("parent", parent.clone()),
                ("element", element.clone()),
                ("by_level", by_level.to_string()),
            ];
            (&d::ELEMENT_LOCKED_ABOVE, fields)
        }
        // The locks of IIS as it is installed are no certainty about a server.
        ConfigErrorKind::LockedSection { section, by_level: 0 } if matches!(host, Host::Default) => {
            (&d::LOCKED_SECTION, vec![("section", section.clone())])
        }
        ConfigErrorKind::LockedSection { section, by_level } => {
            let fields = vec![("section", section.clone()), ("by_level", by_level.to_string())];
            (&d::SECTION_LOCKED_ABOVE, fields)
        }
        ConfigErrorKind::NotAllowedHere { section } => {
            (&d::SECTION_NOT_ALLOWED, vec![("section", section.clone())])
        }
        ConfigErrorKind::UnknownSection { section } => {
            (&d::SECTION_NOT_DECLARED, vec![("section", section.clone())])
        }
    }
}
