//! Which events matter.

use std::sync::Arc;

use crate::text::utf16;

/// Which events a scan hands out: those of named providers, all of them or only some ids.
///
/// A provider is the `Name` attribute of the event's `Provider` element. Event Viewer's "Source" column may
/// show its `EventSourceName` instead: for `WAS` the name is `Microsoft-Windows-WAS`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    all: bool,
    rules: Vec<Rule>,
}

/// How many bytes the name of a provider may have. Windows allows 255 characters.
pub(crate) const MAX_NAME: usize = 512;

#[derive(Debug, Clone, PartialEq, Eq)]
struct Rule {
    /// UTF-16 units, ASCII letters in lower case.
    name: Vec<u16>,
    /// The name is only the beginning of the provider's.
    prefix: bool,
    /// The ids that pass; `None` lets all pass.
    ids: Option<Vec<u32>>,
}

/// What a provider's name decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Verdict {
    Drop,
    Keep,
    /// The event id decides: these pass, in ascending order.
    Ids(Arc<[u32]>),
}

impl Filter {
    /// Lets nothing pass, until rules are added.
    pub fn none() -> Self {
        Filter::default()
    }

    /// Lets every event pass.
    pub fn all() -> Self {
        Filter { all: true, rules: Vec::new() }
    }

    /// Lets all events of a provider pass. `provider` is a whole name, or the beginning of one with `*` after
    /// it (`Microsoft-Windows-IIS-*`). Upper and lower case of ASCII letters are the same.
    #[must_use]
    pub fn provider(self, provider: &str) -> Self {
        self.with(provider, None)
    }

    /// Lets the events of a provider pass that have one of the `ids`. Rules for the same provider add up.
    #[must_use]
    pub fn events(self, provider: &str, ids: impl IntoIterator<Item = u32>) -> Self {
        self.with(provider, Some(ids.into_iter().collect()))
    }

    fn with(mut self, provider: &str, ids: Option<Vec<u32>>) -> Self {
        let (name, prefix) = provider.strip_suffix('*').map_or((provider, false), |name| (name, true));
        self.rules.push(Rule { name: name.encode_utf16().map(lower).collect(), prefix, ids });
        self
    }

    /// Tells whether an event passes.
    pub fn matches(&self, provider: Option<&str>, id: Option<u32>) -> bool {
        let provider: Option<Vec<u8>> =
            provider.map(|name| name.encode_utf16().flat_map(u16::to_le_bytes).collect());
        self.all || provider.is_some_and(|name| self.verdict(&name).passes(id))
    }

    pub(crate) fn is_all(&self) -> bool {
        self.all
    }

    /// What a provider's name in UTF-16LE decides. A name ends at its first NUL; an empty one is none, and one
    /// longer than [`MAX_NAME`] is no provider's.
    pub(crate) fn verdict(&self, provider: &[u8]) -> Verdict {
        if self.all {
            return Verdict::Keep;
        }
        let name = utf16(provider.get(..MAX_NAME + 2).unwrap_or(provider));
        if name.is_empty() || name.encode_utf16().count() * 2 > MAX_NAME {
            return Verdict::Drop;
        }
        let name: Vec<u16> = name.encode_utf16().map(lower).collect();
        let mut ids: Vec<u32> = Vec::new();
        for rule in self.rules.iter().filter(|rule| rule.matches(&name)) {
            match &rule.ids {
                None => return Verdict::Keep,
                Some(some) => ids.extend(some),
            }
        }
        if ids.is_empty() {
            return Verdict::Drop;
        }
        ids.sort_unstable();
        ids.dedup();
        Verdict::Ids(ids.into())
    }
}

impl Rule {
    fn matches(&self, name: &[u16]) -> bool {
        if self.prefix { name.starts_with(&self.name) } else { name == self.name }
    }
}

impl Verdict {
    /// Tells whether an event of the provider passes, given its id.
    pub(crate) fn passes(&self, id: Option<u32>) -> bool {
        match self {
            Verdict::Drop => false,
            Verdict::Keep => true,
            Verdict::Ids(ids) => id.is_some_and(|id| ids.binary_search(&id).is_ok()),
        }
    }
}

fn lower(unit: u16) -> u16 {
    if (0x41..=0x5a).contains(&unit) { unit + 0x20 } else { unit }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_names_a_provider_or_its_beginning() {
        let filter = Filter::none().provider("IIS AspNetCore Module V2").provider("Microsoft-Windows-IIS-*");
        for name in ["IIS AspNetCore Module V2", "iis aspnetcore module v2", "Microsoft-Windows-IIS-W3SVC"] {
            assert!(filter.matches(Some(name), None), "{name}");
        }
        for name in ["IIS AspNetCore Module", "IIS AspNetCore Module V2x", "Microsoft-Windows-IIS", ""] {
            assert!(!filter.matches(Some(name), Some(1)), "{name}");
        }
        assert!(!filter.matches(None, Some(1)));
    }

    #[test]
    fn rules_for_one_provider_add_up() {
        let filter = Filter::none().events("A", [1000, 7]).events("a*", [3]).events("B", []);
        for id in [3, 7, 1000] {
            assert!(filter.matches(Some("A"), Some(id)), "{id}");
        }
        assert!(!filter.matches(Some("A"), Some(8)));
        assert!(!filter.matches(Some("A"), None));
        assert!(!filter.matches(Some("B"), Some(3)));
        assert!(filter.provider("A").matches(Some("A"), None));
    }

    #[test]
    fn a_name_longer_than_any_provider_is_none() {
        let filter = Filter::none().provider("x*");
        assert!(filter.matches(Some(&"x".repeat(256)), None));
        assert!(!filter.matches(Some(&"x".repeat(257)), None));
    }

    #[test]
    fn all_is_all_and_none_is_none() {
        assert!(Filter::all().matches(None, None));
        assert!(!Filter::none().matches(Some("A"), Some(1)));
        assert!(Filter::none().provider("*").matches(Some("A"), None));
    }
}
