//! Rows in a language whose labels are not known: by their values and their order.

use super::IisPage;
use super::labels::Label;
use crate::Place;
use crate::place::TextLine;

/// How many pairs are looked at; a page has ten.
const PAIR_LIMIT: usize = 1000;

/// A line with a label and a value, parted by a tab.
struct Pair<'a> {
    value: &'a str,
    place: Place,
}

/// Fills what the labels left open, when the table of an unknown language is there. The order of the rows is
/// module, notification, handler, error code, then configuration error and file when they are shown; and
/// requested URL, physical path, logon method, logon user. Returns the places of the rows that were used.
pub(super) fn fill(text: &str, page: &mut IisPage) -> Vec<Place> {
    let pairs: Vec<Pair<'_>> = TextLine::all(text).filter_map(pair).take(PAIR_LIMIT).collect();
    let mut places = Vec::new();
    let Some(code) = pairs.iter().position(|pair| hresult(pair.value).is_some()) else { return places };
    let mut take = |index: Option<usize>, label: Label| {
        if let Some(pair) = index.and_then(|index| pairs.get(index)) {
            page.set(label, pair.value);
            places.push(pair.place.clone());
        }
    };
    take(code.checked_sub(3), Label::Module);
    take(code.checked_sub(2), Label::Notification);
    take(code.checked_sub(1), Label::Handler);
    take(Some(code), Label::ErrorCode);
    let next = |from: usize, is: fn(&str) -> bool| {
        pairs.iter().enumerate().skip(from).find(|(_, pair)| is(pair.value)).map(|(index, _)| index)
    };
    let url = next(code + 1, is_url);
    let file = next(code + 1, is_config_file).filter(|file| url.is_none_or(|url| *file < url));
    if let Some(file) = file {
        take(Some(file), Label::ConfigFile);
        take((file == code + 2).then_some(code + 1), Label::ConfigError);
    }
    if let Some(url) = url {
        take(Some(url), Label::RequestedUrl);
        take(Some(url + 1), Label::PhysicalPath);
        take(Some(url + 2), Label::LogonMethod);
        take(Some(url + 3), Label::LogonUser);
    }
    places
}

fn pair(line: TextLine<'_>) -> Option<Pair<'_>> {
    let (label, value) = line.text.trim_start().split_once('\t')?;
    let is_pair = !label.is_empty() && label.chars().count() <= 40 && !value.trim().contains('\t');
    is_pair.then(|| Pair { value: value.trim(), place: line.place() })
}

/// The number that an error code is: `0x` and eight hexadecimal digits.
pub(super) fn hresult(value: &str) -> Option<u32> {
    let digits = value.trim().strip_prefix("0x").or_else(|| value.trim().strip_prefix("0X"))?;
    (digits.len() == 8).then(|| u32::from_str_radix(digits, 16).ok()).flatten()
}

fn is_url(value: &str) -> bool {
    value.starts_with("http://") || value.starts_with("https://")
}

fn is_config_file(value: &str) -> bool {
    value.starts_with(r"\\?\")
        || value.get(value.len().saturating_sub(7)..).is_some_and(|end| end.eq_ignore_ascii_case(".config"))
}
