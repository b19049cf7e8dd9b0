//! The page around the answer.

use std::fmt::Write as _;

use super::text::escape;
use crate::wording;

const STYLE: &str = include_str!("html.css");

/// The digest of [`STYLE`], by which the policy lets this style apply and no other.
const STYLE_SHA256: &str = "56+9NmHwudeHTmMWRUoM9SsdtQ6WK01FFnny7/4gSy0=";

/// Everything before the answer, of clean texts. `title` is that of the window, `summary` stands below the name.
pub(crate) fn head(out: &mut String, title: &str, summary: &str) {
    let _ = write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\" />\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
         style-src 'sha256-{STYLE_SHA256}'; base-uri 'none'; form-action 'none'\" />\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />\n\
         <meta name=\"referrer\" content=\"no-referrer\" />\n\
         <meta name=\"generator\" content=\"falconer\" />\n\
         <title>{} – Falconer</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
         <header class=\"masthead\">\n<h1>Falconer</h1>\n<p>{}</p>\n</header>\n<main>\n",
        escape(title),
        escape(&wording::capital(summary)),
    );
}

/// Everything behind the answer; `next` is HTML.
pub(crate) fn foot(out: &mut String, next: Option<&str>) {
    out.push_str("</main>\n<footer>\n");
    if let Some(next) = next {
        let _ = writeln!(out, "<p>Next: {next}</p>");
    }
    out.push_str("</footer>\n</body>\n</html>\n");
}
