//! Numbers that stand for failures: exit codes of the .NET host, HRESULTs, NTSTATUS values, signals.
//!
//! This is the one table of them. [`lookup`] finds a code in any of the notations in which logs print it.

mod table;

pub use table::CODES;

use std::fmt;

/// What a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Family {
    /// A status code of hostfxr, hostpolicy or apphost.
    Host,
    /// A Windows or .NET HRESULT.
    HResult,
    /// A Windows NTSTATUS or exception code.
    NtStatus,
    /// The exit status that a Unix shell shows for a process that a signal ended: 128 + signal.
    Signal,
}

/// A number with a meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// The number.
    pub value: u32,
    /// What it is.
    pub family: Family,
    /// The name in the source that defines it.
    pub name: &'static str,
    /// An older name; empty when there is none.
    pub formerly: &'static str,
    /// What it means for an ASP.NET Core app that does not start.
    pub meaning: &'static str,
}

impl Code {
    /// The number as signed decimal, as Windows tools print exit codes.
    pub const fn signed(&self) -> i32 {
        self.value.cast_signed()
    }

    /// For a host status code, the exit status that a Unix shell shows: the low 8 bits.
    pub const fn low_byte(&self) -> u8 {
        self.value.to_le_bytes()[0]
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:#010x} {}", self.value, self.name)
    }
}

/// The host's status codes that other modules name.
pub mod host {
    /// The command line is not valid.
    pub const INVALID_ARGUMENT: u32 = 0x8000_8081;
    /// hostfxr, hostpolicy or coreclr is missing.
    pub const LIBRARY_MISSING: u32 = 0x8000_8083;
    /// A deps.json is invalid.
    pub const INVALID_DEPS: u32 = 0x8000_808b;
    /// A file that a deps.json lists is missing.
    pub const ASSET_MISSING: u32 = 0x8000_808c;
    /// A runtimeconfig.json is invalid.
    pub const INVALID_CONFIG: u32 = 0x8000_8093;
    /// The apphost is not bound to a dll.
    pub const APPHOST_NOT_BOUND: u32 = 0x8000_8095;
    /// No compatible shared framework.
    pub const FRAMEWORK_MISSING: u32 = 0x8000_8096;
    /// The dll that the apphost is bound to does not exist.
    pub const APP_MISSING: u32 = 0x8000_809a;
    /// Two references to one framework cannot be reconciled.
    pub const FRAMEWORKS_INCOMPATIBLE: u32 = 0x8000_809c;
    /// Resolution was restarted too often.
    pub const FRAMEWORK_RETRY: u32 = 0x8000_809d;
    /// A runtime property is reserved for the host.
    pub const RESERVED_PROPERTY: u32 = 0x8000_80a1;
}

/// The codes of a number.
pub fn of_value(value: u32) -> Vec<&'static Code> {
    CODES.iter().filter(|c| c.family != Family::Signal && c.value == value).collect()
}

/// The codes that a shell's 8-bit exit status can stand for: of the host, and signals.
pub fn of_exit_status(status: u8) -> Vec<&'static Code> {
    CODES
        .iter()
        .filter(|c| match c.family {
            Family::Host => c.low_byte() == status,
            Family::Signal => c.value == u32::from(status),
            Family::HResult | Family::NtStatus => false,
        })
        .collect()
}

/// Finds what a number in a log stands for. Read are `0x80070002`, `80008083` and `c0000005` (hexadecimal by
/// their look), `-2147024894` (signed), `2147516566` (unsigned) and `150` (8-bit exit status, which may be
/// several things). Unknown numbers and other text give nothing.
pub fn lookup(text: &str) -> Vec<&'static Code> {
    let text = text.trim();
    if let Some(hex) = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        return u32::from_str_radix(hex, 16).map(of_value).unwrap_or_default();
    }
    if text.starts_with('-') {
        return text.parse::<i32>().map(|v| of_value(v.cast_unsigned())).unwrap_or_default();
    }
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    let hex = text.len() == 8 && text.bytes().all(|b| b.is_ascii_hexdigit());
    if hex {
        return u32::from_str_radix(text, 16).map(of_value).unwrap_or_default();
    }
    match text.parse::<u32>() {
        Ok(value) if digits => match u8::try_from(value) {
            Ok(status) => of_exit_status(status),
            Err(_) => of_value(value),
        },
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn names(text: &str) -> Vec<&'static str> {
        lookup(text).iter().map(|c| c.name).collect()
    }

    #[test]
    fn every_notation_finds_the_code() {
        for text in ["0x80008096", "80008096", "-2147450730", "2147516566", "150", " 0X80008096 "] {
            assert_eq!(names(text), ["FrameworkMissingFailure"], "{text}");
        }
        assert_eq!(names("0x80070002"), ["ERROR_FILE_NOT_FOUND"]);
        assert_eq!(names("-2147024894"), ["ERROR_FILE_NOT_FOUND"]);
        assert_eq!(names("c0000005"), ["STATUS_ACCESS_VIOLATION"]);
        assert_eq!(names("-1"), ["killed, or exit code -1"]);
    }

    #[test]
    fn an_exit_status_that_may_be_a_signal_gives_both() {
        assert_eq!(names("137"), ["CoreClrInitFailure", "SIGKILL"]);
        assert_eq!(names("139"), ["ResolverInitFailure", "SIGSEGV"]);
        assert_eq!(names("0"), ["Success"]);
    }

    #[test]
    fn other_text_finds_nothing() {
        for text in ["", "x", "0x", "-", "99999999999", "+150", "0x1ffffffff", "é", "200"] {
            assert_eq!(names(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn each_number_stands_in_the_table_once_and_has_words() {
        for (i, code) in CODES.iter().enumerate() {
            assert!(!code.name.is_empty() && !code.meaning.is_empty(), "{code}");
            assert!(!CODES[..i].iter().any(|c| c.value == code.value && c.family == code.family), "{code}");
        }
    }

    proptest! {
        #[test]
        fn every_code_is_found_by_all_its_notations(i in 0..CODES.len()) {
            let code = &CODES[i];
            let notations = match code.family {
                Family::Signal => vec![code.value.to_string()],
                _ => vec![format!("{:#x}", code.value), format!("{:08x}", code.value)],
            };
            for text in notations {
                prop_assert!(lookup(&text).contains(&code), "{}", text);
            }
            if code.family == Family::Host {
                prop_assert!(of_exit_status(code.low_byte()).contains(&code));
            }
        }

        #[test]
        fn no_text_panics(text in "\\PC*") {
            let _ = lookup(&text);
        }
    }
}
