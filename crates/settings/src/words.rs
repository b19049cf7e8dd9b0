//! The words of `falconer check`: targets, severities, thresholds.

use std::fmt;

/// Defines an enumeration of which each value is a word in files and on the command line.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$value_doc:meta])* $value:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$value_doc])* $value),+ }

        impl $name {
            /// All of them, in order.
            pub const ALL: &'static [Self] = &[$(Self::$value),+];

            /// The word in `falconer.toml` and on the command line.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$value => $word),+ }
            }

            /// The value of that [`name`](Self::name), in exactly that spelling.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.name() == name)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.name())
            }
        }
    };
}

words! {
    /// The server that a folder is held against.
    Target {
        /// IIS on a Windows server.
        Iis = "iis",
        /// IIS Express, on a developer's machine.
        IisExpress = "iis-express",
        /// Azure App Service on Windows.
        Azure = "azure",
        /// Falconer's own host.
        Falconer = "falconer",
    }
}

impl Default for Target {
    /// The errors reference is about IIS first.
    fn default() -> Self {
        Target::Iis
    }
}

words! {
    /// What a finding means for the deployment.
    Severity {
        /// Good to know; nothing fails by it.
        Note = "note",
        /// It fails in some settings, or has not the effect it is there for.
        Warning = "warning",
        /// The app will not start, or will not answer, on the target.
        Error = "error",
    }
}

words! {
    /// The least severity for which `falconer check` ends with 1.
    FailOn {
        /// None: it ends with 0 whatever is found.
        Never = "never",
        /// Notes and above.
        Note = "note",
        /// Warnings and errors.
        Warning = "warning",
        /// Errors only.
        Error = "error",
    }
}

impl Default for FailOn {
    /// A pipeline stops for what will not start, and for nothing else unless asked.
    fn default() -> Self {
        FailOn::Error
    }
}

impl FailOn {
    /// Does a finding of that severity count?
    pub fn counts(self, severity: Severity) -> bool {
        match self {
            FailOn::Never => false,
            FailOn::Note => true,
            FailOn::Warning => severity >= Severity::Warning,
            FailOn::Error => severity >= Severity::Error,
        }
    }
}

/// The bitness of the worker process on the target (the pool's `enable32BitAppOnWin64`, Azure's platform setting).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bitness {
    /// A 32-bit process.
    Bits32,
    /// A 64-bit process.
    Bits64,
}

impl Bitness {
    /// 32 or 64.
    pub const fn bits(self) -> u8 {
        match self {
            Bitness::Bits32 => 32,
            Bitness::Bits64 => 64,
        }
    }

    /// From 32 or 64.
    pub fn from_bits(bits: i64) -> Option<Self> {
        [Bitness::Bits32, Bitness::Bits64].into_iter().find(|bitness| i64::from(bitness.bits()) == bits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_names_its_value() {
        for severity in Severity::ALL {
            assert_eq!(Severity::from_name(severity.name()), Some(*severity));
        }
        for target in Target::ALL {
            assert_eq!(Target::from_name(&target.to_string()), Some(*target));
        }
        assert_eq!(FailOn::from_name("Error"), None);
        assert_eq!(Bitness::from_bits(64), Some(Bitness::Bits64));
        assert_eq!(Bitness::from_bits(16), None);
    }

    #[test]
    fn a_threshold_counts_its_own_severity_and_those_above() {
        let counted =
            |fail_on: FailOn| Severity::ALL.iter().filter(|severity| fail_on.counts(**severity)).count();
        assert_eq!([FailOn::Never, FailOn::Error, FailOn::Warning, FailOn::Note].map(counted), [0, 1, 2, 3]);
        assert!(FailOn::default().counts(Severity::Error));
    }
}
