//! What a repair may change, and whether it changes only that.

use std::collections::BTreeMap;
use std::ops::Range;

use falconer_fix::{Change, Fix};
use falconer_iis_config::apply;
use falconer_observation::Fact;

use crate::tree::{Item, items};

/// What a repair may change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Effect {
    /// Values of attributes, or new attributes.
    Values,
    /// The name of one attribute.
    AttributeName,
    /// One attribute goes.
    AttributeGone,
    /// The name of one element.
    ElementName,
    /// One element goes, with what is in it.
    ElementGone,
    /// Elements are added.
    ElementsNew,
    /// One element stands elsewhere.
    ElementMoved,
}

fn effects(id: &str) -> &'static [Effect] {
    use Effect::*;
    match id.strip_prefix("web-config.").unwrap_or_default() {
        "unknown-attribute" => &[AttributeName],
        "unknown-element"
        | "unknown-section"
        | "environment-variable-wrong-element"
        | "root-element-wrong" => &[ElementName],
        "transform-left-in"
        | "request-timeout-in-process"
        | "processes-per-application-in-process"
        | "attribute-unused-in-process"
        | "startup-time-limit-short"
        | "shutdown-time-limit-zero"
        | "rapid-fails-zero" => &[AttributeGone],
        "bad-value" => &[Values, AttributeGone],
        "environment-variable-duplicate"
        | "environment-development"
        | "detailed-errors-on"
        | "environment-variable-overridden"
        | "fixed-port-out-of-range"
        | "host-trace-on"
        | "handler-setting-duplicate"
        | "handlers-in-sub-application"
        | "duplicate-section" => &[ElementGone],
        "duplicate-collection-entry" => &[ElementGone, ElementsNew],
        "mime-map-in-defaults" | "handler-missing" => &[ElementsNew],
        "handler-removed-after-add" => &[ElementMoved],
        _ => &[Values],
    }
}

/// What is in one and not in the other, as often as it is.
fn difference(before: &[Item], after: &[Item]) -> (Vec<Item>, Vec<Item>) {
    let mut count: BTreeMap<&Item, isize> = BTreeMap::new();
    before.iter().for_each(|item| *count.entry(item).or_default() += 1);
    after.iter().for_each(|item| *count.entry(item).or_default() -= 1);
    let of = |sign: isize| {
        let times = |n: isize| usize::try_from(n * sign).unwrap_or(0);
        count.iter().flat_map(|(item, n)| std::iter::repeat_n((*item).clone(), times(*n))).collect()
    };
    (of(1), of(-1))
}

fn holds(effect: Effect, gone: &[Item], new: &[Item]) -> bool {
    let elements = |items: &[Item]| items.iter().filter(|item| matches!(item, Item::Element(..))).count();
    let only_nodes =
        |items: &[Item]| items.iter().all(|item| matches!(item, Item::Element(..) | Item::Attribute(..)));
    match effect {
        Effect::Values => {
            let names = |items: &[Item]| -> Option<Vec<String>> {
                let name = |item: &Item| match item {
                    Item::Attribute(name, _) => Some(name.clone()),
                    _ => None,
                };
                items.iter().map(name).collect()
            };
            match (names(gone), names(new)) {
                (Some(gone), Some(new)) => gone.iter().all(|name| new.contains(name)) && new.len() <= 2,
                _ => false,
            }
        }
        Effect::AttributeName => {
            matches!((gone, new), ([Item::Attribute(a, x)], [Item::Attribute(b, y)]) if a != b && x == y)
        }
        Effect::AttributeGone => matches!((gone, new), ([Item::Attribute(..)], [])),
        Effect::ElementName => {
            matches!((gone, new), ([Item::Element(d, a)], [Item::Element(e, b)]) if d == e && a != b)
        }
        Effect::ElementGone => new.is_empty() && elements(gone) >= 1 && only_nodes(gone),
        Effect::ElementsNew => gone.is_empty() && (1..=2).contains(&elements(new)) && only_nodes(new),
        Effect::ElementMoved => gone.is_empty() && new.is_empty(),
    }
}

/// The items that no edit touches, in order.
fn untouched(items: &[(Item, Vec<Range<usize>>)], spans: &[Range<usize>]) -> Vec<Item> {
    let touched = |place: &Range<usize>| {
        spans.iter().any(|span| {
            if span.is_empty() {
                place.start < span.start && span.start < place.end
            } else {
                place.start < span.end && span.start < place.end
            }
        })
    };
    let kept = items.iter().filter(|(_, places)| !places.iter().any(touched));
    kept.map(|(item, _)| item.clone()).collect()
}

/// Only the nodes that the repair is about change: an independent parser sees the rest as it was.
pub(crate) fn assert_only_the_intended(text: &str, fact: &Fact, fix: &Fix) {
    let Change::Edits(edits) = &fix.change else { panic!("{fact:?}") };
    let after = apply(text, edits).expect("edits of this text");
    assert_ne!(after, text, "{} changes nothing", fact.id);
    let seen = items(&after).unwrap_or_else(|| panic!("{}: no XML any more:\n{after}", fact.id));
    let Some(before) = items(text) else {
        assert_eq!(fact.id, "web-config.malformed-xml");
        return;
    };
    let plain = |items: &[(Item, Vec<Range<usize>>)]| -> Vec<Item> {
        items.iter().map(|(item, _)| item.clone()).collect()
    };
    let (gone, new) = difference(&plain(&before), &plain(&seen));
    let allowed = effects(&fact.id);
    assert!(
        allowed.iter().any(|effect| holds(*effect, &gone, &new)),
        "{} ({}) takes {gone:?} and puts {new:?}",
        fact.id,
        fix.text
    );
    let spans: Vec<Range<usize>> = edits.iter().map(|edit| edit.span.start..edit.span.end).collect();
    let mut shift = 0isize;
    let moved: Vec<Range<usize>> = edits
        .iter()
        .map(|edit| {
            let start = edit.span.start.checked_add_signed(shift).expect("in the text");
            shift += edit.replacement.len() as isize - (edit.span.end - edit.span.start) as isize;
            start..start + edit.replacement.len()
        })
        .collect();
    assert_eq!(untouched(&before, &spans), untouched(&seen, &moved), "{}:\n{after}", fact.id);
}
