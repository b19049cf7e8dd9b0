//! Values as they are written between quotes.

/// The value, escaped for an attribute between quotes of that kind. What XML would read as a blank is written as a
/// reference, so that the value is read back as it is.
pub(crate) fn escape(value: &str, quote: char) -> String {
    let mut out = String::with_capacity(value.len());
    for c in value.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '"' if quote == '"' => out.push_str("&quot;"),
            '\'' if quote == '\'' => out.push_str("&apos;"),
            '\t' => out.push_str("&#x9;"),
            '\n' => out.push_str("&#xA;"),
            '\r' => out.push_str("&#xD;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn a_value_is_read_back_as_it_was() {
        let value = "a&b <\"'>\t\n\rü";
        for quote in ['"', '\''] {
            let text = format!("<a b={quote}{}{quote}/>", escape(value, quote));
            let document = roxmltree::Document::parse(&text).expect("well-formed");
            assert_eq!(document.root_element().attribute("b"), Some(value));
        }
    }
}
