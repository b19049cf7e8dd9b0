//! Framework versions, parsed and ordered as hostfxr does (dotnet/runtime `hostmisc/fx_ver.c`).

use std::cmp::Ordering;
use std::fmt;

/// A version `major.minor.patch[-pre][+build]`.
///
/// Two versions are equal when hostfxr sees no difference: the build part does not count.
#[derive(Debug, Clone)]
pub struct Version {
    /// Major.
    pub major: u32,
    /// Minor.
    pub minor: u32,
    /// Patch.
    pub patch: u32,
    /// The pre-release part without its hyphen; empty for a release.
    pre: Box<str>,
    /// The build part without its plus sign; empty when there is none.
    build: Box<str>,
}

impl Version {
    /// A release version.
    pub fn release(major: u32, minor: u32, patch: u32) -> Version {
        Version { major, minor, patch, pre: "".into(), build: "".into() }
    }

    /// Parses a version; `None` where hostfxr ignores a folder of that name. Numbers have no leading zeros and
    /// fit into 31 bits, identifiers are of `[0-9A-Za-z-]`, not empty, and numeric pre-release identifiers
    /// have no leading zeros.
    pub fn parse(text: &str) -> Option<Version> {
        let (major, rest) = text.split_once('.')?;
        let (minor, rest) = rest.split_once('.')?;
        let patch_end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let (patch, tail) = rest.split_at_checked(patch_end)?;
        let (pre, build) = match tail.split_once('+') {
            Some((pre, build)) => (pre, Some(build)),
            None => (tail, None),
        };
        let pre = match pre.strip_prefix('-') {
            Some(pre) => valid_identifiers(pre, false).then_some(pre)?,
            None => pre.is_empty().then_some("")?,
        };
        let build = match build {
            Some(build) => valid_identifiers(build, true).then_some(build)?,
            None => "",
        };
        Some(Version {
            major: number(major)?,
            minor: number(minor)?,
            patch: number(patch)?,
            pre: pre.into(),
            build: build.into(),
        })
    }

    /// It has a pre-release part.
    pub fn is_prerelease(&self) -> bool {
        !self.pre.is_empty()
    }

    /// The pre-release part without its hyphen; empty for a release.
    pub fn prerelease(&self) -> &str {
        &self.pre
    }

    /// The same major and minor number.
    pub fn same_band(&self, other: &Version) -> bool {
        (self.major, self.minor) == (other.major, other.minor)
    }
}

fn number(text: &str) -> Option<u32> {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let canonical = text.len() == 1 || !text.starts_with('0');
    let value: u32 = (digits && canonical).then(|| text.parse().ok()).flatten()?;
    (value <= i32::MAX.unsigned_abs()).then_some(value)
}

fn valid_identifiers(text: &str, build: bool) -> bool {
    text.split('.').all(|id| {
        let characters = id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        let leading_zero = id.len() > 1 && id.starts_with('0') && is_numeric(id);
        !id.is_empty() && characters && (build || !leading_zero)
    })
}

fn is_numeric(id: &str) -> bool {
    id.bytes().all(|b| b.is_ascii_digit())
}

impl Ord for Version {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.major, self.minor, self.patch).cmp(&(other.major, other.minor, other.patch)).then_with(
            || match (self.is_prerelease(), other.is_prerelease()) {
                (false, false) => Ordering::Equal,
                (false, true) => Ordering::Greater,
                (true, false) => Ordering::Less,
                (true, true) => compare_prereleases(&self.pre, &other.pre),
            },
        )
    }
}

fn compare_prereleases(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a.split('.'), b.split('.'));
    loop {
        match (a.next(), b.next()) {
            (None, None) => return Ordering::Equal,
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
            (Some(a), Some(b)) => match compare_identifiers(a, b) {
                Ordering::Equal => {}
                other => return other,
            },
        }
    }
}

/// Numeric identifiers come before others and compare by value, which without leading zeros is by length and
/// then as text; others compare as text.
fn compare_identifiers(a: &str, b: &str) -> Ordering {
    match (is_numeric(a), is_numeric(b)) {
        (true, true) => a.len().cmp(&b.len()).then_with(|| a.cmp(b)),
        (true, false) => Ordering::Less,
        (false, true) => Ordering::Greater,
        (false, false) => a.cmp(b),
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Version {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Version {}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)?;
        if !self.pre.is_empty() {
            write!(f, "-{}", self.pre)?;
        }
        if !self.build.is_empty() {
            write!(f, "+{}", self.build)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn version(text: &str) -> Version {
        Version::parse(text).expect(text)
    }

    #[test]
    fn the_order_is_that_of_semver() {
        let sorted = [
            "1.0.0-0",
            "1.0.0-alpha",
            "1.0.0-alpha.1",
            "1.0.0-alpha.beta",
            "1.0.0-beta.2",
            "1.0.0-beta.11",
            "1.0.0-rc.1",
            "1.0.0",
            "1.0.1",
            "1.1.0-preview",
            "1.10.0",
            "2.0.0",
        ];
        for pair in sorted.windows(2) {
            assert!(version(pair[0]) < version(pair[1]), "{pair:?}");
        }
    }

    #[test]
    fn the_build_part_does_not_count() {
        assert_eq!(version("8.0.0+a"), version("8.0.0+b"));
        assert_eq!(version("8.0.0-rc.1+a").to_string(), "8.0.0-rc.1+a");
    }

    #[test]
    fn names_that_are_no_versions_are_refused() {
        for text in [
            "",
            "8",
            "8.0",
            "8.0.",
            "8.0.0.0",
            "08.0.0",
            "8.00.0",
            "8.0.01",
            "8.0.0-",
            "8.0.0-a..b",
            "8.0.0-01",
            "8.0.0-ä",
            "8.0.0+",
            "v8.0.0",
            "8.0.x",
            "8.0.0 ",
            "-1.0.0",
            "4294967296.0.0",
            "2147483648.0.0",
            "８.0.0",
        ] {
            assert!(Version::parse(text).is_none(), "{text}");
        }
    }

    fn any_version() -> impl Strategy<Value = Version> {
        "[0-9]{1,2}\\.[0-3]\\.[0-3](-(preview|rc|0|a-b)(\\.(0|1|10|x)){0,2})?(\\+b)?"
            .prop_filter_map("a version", |t| Version::parse(&t))
    }

    proptest! {
        #[test]
        fn what_is_parsed_is_shown_the_same(v in any_version()) {
            prop_assert_eq!(Version::parse(&v.to_string()).map(|p| p.to_string()), Some(v.to_string()));
        }

        #[test]
        fn the_order_is_total(a in any_version(), b in any_version(), c in any_version()) {
            prop_assert_eq!(a.cmp(&b), b.cmp(&a).reverse());
            if a <= b && b <= c {
                prop_assert!(a <= c);
            }
        }

        #[test]
        fn no_text_panics(text in "\\PC*") {
            let _ = Version::parse(&text);
        }
    }
}
