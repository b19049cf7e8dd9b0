//! The styles of a terminal answer. Colours tell what words tell too: nothing is lost without them.

use anstyle::{AnsiColor, Style};

use crate::check::model::Severity;
use crate::model::Confidence;

/// The styles; all of them empty when there is to be no colour.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Palette {
    pub(crate) color: bool,
}

impl Palette {
    fn when(self, style: Style) -> Style {
        if self.color { style } else { Style::new() }
    }

    /// The word that says how sure a diagnosis is.
    pub(crate) fn confidence(self, confidence: Confidence) -> Style {
        self.bold(match confidence {
            Confidence::Certain => AnsiColor::BrightRed,
            Confidence::Likely => AnsiColor::Yellow,
            Confidence::Possible => AnsiColor::Cyan,
        })
    }

    /// The word that says what a finding means.
    pub(crate) fn severity(self, severity: Severity) -> Style {
        self.bold(match severity {
            Severity::Error => AnsiColor::BrightRed,
            Severity::Warning => AnsiColor::Yellow,
            Severity::Note => AnsiColor::Cyan,
        })
    }

    fn bold(self, color: AnsiColor) -> Style {
        self.when(color.on_default().bold())
    }

    /// A line of a diff that is new.
    pub(crate) fn added(self) -> Style {
        self.when(AnsiColor::Green.on_default())
    }

    /// A line of a diff that is gone.
    pub(crate) fn removed(self) -> Style {
        self.when(AnsiColor::Red.on_default())
    }

    /// The line of a diff that says where it is.
    pub(crate) fn hunk(self) -> Style {
        self.when(AnsiColor::Cyan.on_default())
    }

    /// What must be seen first.
    pub(crate) fn strong(self) -> Style {
        self.when(Style::new().bold())
    }

    /// Headings of sections.
    pub(crate) fn heading(self) -> Style {
        self.when(AnsiColor::BrightBlue.on_default().bold())
    }

    /// The heading of the fix.
    pub(crate) fn fix(self) -> Style {
        self.when(AnsiColor::Green.on_default().bold())
    }

    /// Warnings, and what speaks against a diagnosis.
    pub(crate) fn warning(self) -> Style {
        self.when(AnsiColor::Yellow.on_default().bold())
    }

    /// What may be overlooked: gutters, times, places.
    pub(crate) fn faint(self) -> Style {
        self.when(Style::new().dimmed())
    }

    /// Everything is well.
    pub(crate) fn good(self) -> Style {
        self.when(AnsiColor::Green.on_default().bold())
    }
}
