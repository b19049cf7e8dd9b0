//! What the reader's device can show: colours, columns, letters beyond ASCII.

use falconer_report::Options;

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless NO_COLOR, CLICOLOR=0 or TERM=dumb say no; elsewhere if CLICOLOR_FORCE is set.
    #[default]
    Auto,
    /// Everywhere.
    Always,
    /// Nowhere.
    Never,
}

/// What is known of the place that an answer goes to.
pub(crate) struct Surroundings<'a> {
    /// It is a terminal.
    pub(crate) terminal: bool,
    /// The terminal's columns.
    pub(crate) columns: Option<u16>,
    /// The system's consoles take any letter, whatever the locale says.
    pub(crate) unicode_by_default: bool,
    /// Looks up an environment variable.
    pub(crate) variable: &'a dyn Fn(&str) -> Option<String>,
}

impl Surroundings<'_> {
    /// What can be shown there, as far as the user did not say.
    pub(crate) fn options(&self, color: Color, ascii: bool, verbose: bool) -> Options {
        Options {
            color: self.color(color),
            width: self.width().unwrap_or(Options::default().width),
            unicode: !ascii && self.unicode(),
            verbose,
        }
    }

    fn set(&self, name: &str) -> Option<String> {
        (self.variable)(name).filter(|value| !value.is_empty())
    }

    /// The order is that of <https://bixense.com/clicolors/> and <https://no-color.org>.
    fn color(&self, color: Color) -> bool {
        match color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => {
                self.set("NO_COLOR").is_none()
                    && (self.set("CLICOLOR_FORCE").is_some_and(|value| value != "0")
                        || self.terminal
                            && self.set("CLICOLOR").is_none_or(|value| value != "0")
                            && self.set("TERM").is_none_or(|value| value != "dumb"))
            }
        }
    }

    fn width(&self) -> Option<usize> {
        let said =
            self.set("COLUMNS").and_then(|columns| columns.parse().ok()).filter(|columns| *columns > 0);
        said.or_else(|| self.columns.map(usize::from))
    }

    /// POSIX: the first of these that is set decides; none set means the locale "C", which is ASCII.
    fn unicode(&self) -> bool {
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(|name| self.set(name));
        locale.map_or(self.unicode_by_default, |locale| {
            let locale = locale.to_ascii_lowercase();
            locale.contains("utf-8") || locale.contains("utf8")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(terminal: bool, variables: &[(&str, &str)], color: Color) -> Options {
        let variable = |name: &str| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        };
        let columns = terminal.then_some(72);
        Surroundings { terminal, columns, unicode_by_default: false, variable: &variable }
            .options(color, false, false)
    }

    #[test]
    fn a_terminal_gets_colours_and_a_pipe_does_not() {
        assert!(options(true, &[], Color::Auto).color);
        assert!(!options(false, &[], Color::Auto).color);
    }

    #[test]
    fn the_environment_says_no_or_yes_to_colours() {
        for no in [("NO_COLOR", "1"), ("CLICOLOR", "0"), ("TERM", "dumb")] {
            assert!(!options(true, &[no], Color::Auto).color, "{no:?}");
        }
        assert!(options(false, &[("CLICOLOR_FORCE", "1")], Color::Auto).color);
        assert!(!options(false, &[("CLICOLOR_FORCE", "0")], Color::Auto).color);
        assert!(!options(true, &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], Color::Auto).color);
        assert!(options(true, &[("NO_COLOR", "")], Color::Auto).color, "an empty value is none");
    }

    #[test]
    fn the_flag_wins_over_the_environment() {
        assert!(options(false, &[("NO_COLOR", "1")], Color::Always).color);
        assert!(!options(true, &[("CLICOLOR_FORCE", "1")], Color::Never).color);
    }

    #[test]
    fn columns_come_from_the_environment_then_from_the_terminal() {
        assert_eq!(options(true, &[("COLUMNS", "50")], Color::Auto).width, 50);
        assert_eq!(options(true, &[("COLUMNS", "x")], Color::Auto).width, 72);
        assert_eq!(options(false, &[], Color::Auto).width, Options::default().width);
    }

    #[test]
    fn only_a_utf8_locale_gets_more_than_ascii() {
        for (variables, unicode) in [
            (&[("LANG", "de_DE.UTF-8")][..], true),
            (&[("LC_ALL", "C.utf8"), ("LANG", "C")], true),
            (&[("LC_ALL", "C"), ("LANG", "en_US.UTF-8")], false),
            (&[("LANG", "ru_RU.KOI8-R")], false),
            (&[], false),
        ] {
            assert_eq!(options(true, variables, Color::Auto).unicode, unicode, "{variables:?}");
        }
    }
}
