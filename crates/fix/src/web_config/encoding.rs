//! The declaration of the encoding.

use falconer_iis_config::{Edit, Span};

use super::edits;
use crate::Fix;
use crate::table::Case;
use crate::xml::Document;

/// Declares the encoding that the file has. Where bytes do not tell which, Windows-1252 is a guess.
pub(crate) fn mismatch(case: &Case<'_>, document: &Document<'_>) -> Option<Fix> {
    let (name, safe) = match case.found.field("actual") {
        "UTF-8" | "ASCII" => ("utf-8", true),
        actual if actual.starts_with("UTF-16") => ("utf-16", true),
        "a single-byte encoding" => ("windows-1252", false),
        _ => return None,
    };
    let span = declared(document.text)?;
    let text = format!("Declare encoding=\"{name}\" instead of \"{}\".", span.of(document.text));
    edits(safe, text, vec![Edit::replace(span, name)])
}

/// Where the name of the encoding stands.
fn declared(text: &str) -> Option<Span> {
    let declaration = text.strip_prefix("<?xml")?.split("?>").next()?;
    let behind = declaration.find("encoding")? + "encoding".len();
    let value = declaration.get(behind..)?.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let length = value.get(1..)?.find(quote)?;
    let start = "<?xml".len() + declaration.len() - value.len() + 1;
    Some(Span::new(start, start + length))
}
