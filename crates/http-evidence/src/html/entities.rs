//! Character references.

/// The longest name that is known, and the longest number that can be a character, with room for zeros.
const LONGEST: usize = 10;

/// Decodes the character reference with which `text` starts: the character, and the length of the reference.
/// `None` when it is none. A missing semicolon is forgiven, as browsers do.
pub(super) fn decode(text: &str) -> Option<(char, usize)> {
    let body = text.strip_prefix('&')?;
    let (name, is_number) = match body.strip_prefix('#') {
        Some(number) => (number, true),
        None => (body, false),
    };
    let length = name.bytes().take(LONGEST).take_while(u8::is_ascii_alphanumeric).count();
    let name = name.get(..length)?;
    let c = if is_number { number(name)? } else { named(name)? };
    let length = 1 + usize::from(is_number) + length;
    let semicolon = text.as_bytes().get(length) == Some(&b';');
    Some((c, length + usize::from(semicolon)))
}

fn number(digits: &str) -> Option<char> {
    let code = match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => digits.parse().ok()?,
    };
    let code = match code.checked_sub(0x80).and_then(|i| WINDOWS_1252.get(i as usize)) {
        Some(c) => u32::from(*c),
        None => code,
    };
    Some(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER))
}

fn named(name: &str) -> Option<char> {
    if let Some(index) = LATIN_1.iter().position(|known| *known == name) {
        return u32::try_from(index).ok().and_then(|index| char::from_u32(0xa0 + index));
    }
    OTHERS.iter().find(|(known, _)| *known == name).map(|(_, c)| *c)
}

/// The names of U+00A0 to U+00FF, in order (HTML 4, "Character entity references for ISO 8859-1 characters").
#[rustfmt::skip]
const LATIN_1: [&str; 96] = [
    "nbsp", "iexcl", "cent", "pound", "curren", "yen", "brvbar", "sect",
    "uml", "copy", "ordf", "laquo", "not", "shy", "reg", "macr",
    "deg", "plusmn", "sup2", "sup3", "acute", "micro", "para", "middot",
    "cedil", "sup1", "ordm", "raquo", "frac14", "frac12", "frac34", "iquest",
    "Agrave", "Aacute", "Acirc", "Atilde", "Auml", "Aring", "AElig", "Ccedil",
    "Egrave", "Eacute", "Ecirc", "Euml", "Igrave", "Iacute", "Icirc", "Iuml",
    "ETH", "Ntilde", "Ograve", "Oacute", "Ocirc", "Otilde", "Ouml", "times",
    "Oslash", "Ugrave", "Uacute", "Ucirc", "Uuml", "Yacute", "THORN", "szlig",
    "agrave", "aacute", "acirc", "atilde", "auml", "aring", "aelig", "ccedil",
    "egrave", "eacute", "ecirc", "euml", "igrave", "iacute", "icirc", "iuml",
    "eth", "ntilde", "ograve", "oacute", "ocirc", "otilde", "ouml", "divide",
    "oslash", "ugrave", "uacute", "ucirc", "uuml", "yacute", "thorn", "yuml",
];

const OTHERS: [(&str, char); 25] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("AMP", '&'),
    ("LT", '<'),
    ("GT", '>'),
    ("QUOT", '"'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bdquo", '„'),
    ("lsaquo", '‹'),
    ("rsaquo", '›'),
    ("hellip", '…'),
    ("bull", '•'),
    ("trade", '™'),
    ("euro", '€'),
    ("rarr", '→'),
    ("ensp", '\u{2002}'),
];

/// What numbers from 128 to 159 mean in practice (HTML standard, "numeric character reference end state").
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}',
    '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn references_by_name_and_number_are_decoded() {
        for (text, c, length) in [
            ("&amp;x", '&', 5),
            ("&lt", '<', 3),
            ("&nbsp;", '\u{a0}', 6),
            ("&eacute;", 'é', 8),
            ("&yuml;", 'ÿ', 6),
            ("&#39;", '\'', 5),
            ("&#x4E2D;", '中', 8),
            ("&#146;", '’', 6),
            ("&#0;", '\0', 4),
            ("&#xD800;", '\u{fffd}', 8),
        ] {
            assert_eq!(decode(text), Some((c, length)), "{text}");
        }
    }

    #[test]
    fn what_is_no_reference_stays() {
        for text in
            ["&", "& x", "&;", "&#;", "&#xyz;", "&unknown;", "&ampersand;", "&é;", "&#99999999999;", ""]
        {
            assert_eq!(decode(text), None, "{text}");
        }
    }
}
