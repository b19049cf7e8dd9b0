//! Sections: known, locked, installed, doubled; and the values of those that explain failures.

use std::collections::{BTreeMap, BTreeSet};

use super::Sink;
use super::definitions::{self as d};
use crate::effective::{Clash, Held, Why, add_up};
use crate::model::{Action, Item};
use crate::schema::{COLLECTIONS, CollectionSchema, DEFAULT_MIME_MAPS, Level, Lock, Needs, SECTIONS};
use crate::suggest::{did_you_mean, nearest};
use crate::xml::Node;
use crate::{SectionUse, Span};

pub(super) fn find(sink: &mut Sink<'_>) {
    let declared = declared_sections(sink);
    let mut seen: BTreeMap<(usize, &str), Span> = BTreeMap::new();
    let mut told: BTreeSet<&str> = BTreeSet::new();
    let config = sink.config;
    for (scope, used) in config.sections() {
        if sink.is_full() {
            return;
        }
        let Some(node) = config.tree().node(used.element) else { continue };
        section(sink, used, node, told.insert(&used.path), &declared);
        if let Some(first) = seen.insert((scope, &used.path), node.element().tag) {
            doubled(sink, used, node, first);
        }
    }
    for collection in COLLECTIONS {
        duplicates(sink, collection);
    }
    mime_maps(sink);
    rewrite(sink);
    values(sink);
}

/// The names of sections that the file itself declares in `<configSections>`.
fn declared_sections<'a>(sink: &Sink<'a>) -> BTreeSet<&'a str> {
    let inside = |node: &Node<'_>| {
        std::iter::successors(node.parent(), |n| n.parent()).any(|n| n.name() == "configSections")
    };
    let sections = sink.config.tree().nodes().filter(|node| node.name() == "section" && inside(node));
    sections.filter_map(|node| node.value("name")).collect()
}

fn section(sink: &mut Sink<'_>, used: &SectionUse, node: Node<'_>, first: bool, declared: &BTreeSet<&str>) {
    let (path, span) = (used.path.as_str(), node.element().name_span);
    let Some(schema) = used.schema() else {
        return unknown(sink, path, node, declared);
    };
    if schema.level == Level::Server {
        let message = format!("{path} may stand in applicationHost.config only");
        return sink.add(&d::SECTION_NOT_ALLOWED, span, &[("section", path)], message);
    }
    if schema.lock == Lock::Locked {
        let message = format!("{path} is locked, unless somebody unlocked it on the server");
        sink.add(&d::LOCKED_SECTION, span, &[("section", path)], message);
    }
    let (needs, how) = match schema.needs {
        Needs::Download(name) => (name, "download"),
        Needs::Feature(name) => (name, "feature"),
        Needs::Nothing => return,
    };
    if first {
        let message = format!("{path} needs {needs}");
        sink.add(&d::MODULE_NEEDED, span, &[("section", path), ("needs", needs), ("how", how)], message);
    }
}

fn unknown(sink: &mut Sink<'_>, path: &str, node: Node<'_>, declared: &BTreeSet<&str>) {
    let name = node.name();
    let within_known =
        SECTIONS.iter().any(|section| path.strip_prefix(section.path).is_some_and(|r| r.starts_with('/')));
    let Some((group, _)) = path.rsplit_once('/').filter(|_| path.starts_with("system.webServer/")) else {
        return;
    };
    if within_known || declared.contains(name) {
        return;
    }
    let siblings = SECTIONS
        .iter()
        .filter_map(|section| section.path.strip_prefix(group)?.strip_prefix('/')?.split('/').next());
    let suggestion = nearest(name, siblings).unwrap_or_default();
    let hint = did_you_mean(suggestion);
    let message = format!("IIS has no section <{name}> in {group}{hint}");
    sink.add(
        &d::UNKNOWN_SECTION,
        node.element().name_span,
        &[("section", path), ("suggestion", suggestion)],
        message,
    );
}

fn doubled(sink: &mut Sink<'_>, used: &SectionUse, node: Node<'_>, first: Span) {
    // Separate quotations of one file are not two sections; <aspNetCore> has a fact of its own.
    if sink.fragment || used.path == "system.webServer/aspNetCore" || used.schema().is_none() {
        return;
    }
    let line = sink.line(first).to_string();
    let message = format!("<{}> stands already on line {line} for the same path", node.name());
    let fields = [("section", used.path.as_str()), ("first_line", line.as_str())];
    sink.add(&d::DUPLICATE_SECTION, node.element().name_span, &fields, message);
}

/// Entries copied for the locations of a file, at most.
const LOCATION_WORK: usize = 1_000_000;

/// Entries taken over from each location around another one, at most.
const MOST_ABOVE: usize = 100;

/// The paths around a path, outermost first; not more than a few.
fn above(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| path.get(..at).unwrap_or_default()).take(8)
}

pub(super) fn duplicates(sink: &mut Sink<'_>, collection: &'static CollectionSchema) {
    let items = sink.config.items(collection.path, collection.add);
    if items.is_empty() {
        return;
    }
    let items = items.into_iter().filter(|item| !sink.fragment || item.node.parent().is_some());
    let path_of = |item: &Item<'_>| {
        let path = sink.config.scopes().get(item.scope).map_or("", |scope| scope.path()).to_ascii_lowercase();
        // Separate quotations do not add up.
        let quoted_in = sink.fragment.then(|| item.node.parent().map(Node::id));
        (path, quoted_in)
    };
    let mut by_path: BTreeMap<_, Vec<Item<'_>>> = BTreeMap::new();
    for item in items {
        by_path.entry(path_of(&item)).or_default().push(item);
    }
    let own = by_path.remove(&(String::new(), None)).unwrap_or_default();
    let mut clashes = Vec::new();
    let mut held = Held::default();
    add_up(collection, &mut held, 0, own, |clash| clashes.push(clash));
    // Each location starts from a copy; a hostile file must not make that a product of two large numbers.
    let most = LOCATION_WORK / (held.len() + 1);
    for (path, quoted_in) in by_path.keys().take(most) {
        let mut held = held.clone();
        for around in above(path) {
            let items = by_path.get(&(around.to_owned(), *quoted_in)).cloned().unwrap_or_default();
            add_up(collection, &mut held, 0, items.into_iter().take(MOST_ABOVE), |_| {});
        }
        let items = by_path.get(&(path.clone(), *quoted_in)).cloned().unwrap_or_default();
        add_up(collection, &mut held, 0, items, |clash| clashes.push(clash));
    }
    for Clash { node, earlier, .. } in clashes.into_iter().filter(|clash| clash.why == Why::Duplicate) {
        let line = sink.line(earlier.node.element().tag).to_string();
        let names = collection.key.iter().map(|key| key.attribute).collect::<Vec<_>>().join(", ");
        let value = earlier.key.join(", ");
        let fields = [
            ("collection", collection.path),
            ("key", names.as_str()),
            ("value", value.as_str()),
            ("first_line", line.as_str()),
        ];
        let message =
            format!("<{}> with {names} set to {value} is there already, on line {line}", node.name());
        sink.add(&d::DUPLICATE_ENTRY, node.element().tag, &fields, message);
    }
}

fn mime_maps(sink: &mut Sink<'_>) {
    let items = sink.config.items("system.webServer/staticContent", "mimeMap");
    let extension =
        |item: &Item<'_>| item.node.value("fileExtension").unwrap_or_default().to_ascii_lowercase();
    let (mut removed, mut cleared) = (BTreeSet::new(), false);
    for item in &items {
        let wanted = extension(item);
        match item.action {
            Action::Clear => cleared = true,
            Action::Remove => {
                removed.insert(wanted);
            }
            Action::Add
                if cleared || removed.contains(&wanted) || !DEFAULT_MIME_MAPS.contains(&wanted.as_str()) => {}
            Action::Add => {
                let message =
                    format!("IIS 10 has a mimeMap for {wanted} already; remove it before adding it");
                sink.add(
                    &d::MIME_MAP_IN_DEFAULTS,
                    item.node.element().tag,
                    &[("extension", &wanted)],
                    message,
                );
            }
        }
    }
}

fn rewrite(sink: &mut Sink<'_>) {
    let config = sink.config;
    let first = config.sections().find(|(_, used)| used.path.starts_with("system.webServer/rewrite"));
    let Some(node) = first.and_then(|(_, used)| config.tree().node(used.element)) else { return };
    let rules = config.items("system.webServer/rewrite/rules", "rule");
    let rules = rules.iter().filter(|item| item.action == Action::Add).count().to_string();
    let message = format!("URL Rewrite is used ({rules} rules)");
    sink.add(&d::REWRITE_USED, node.element().name_span, &[("rules", &rules)], message);
}

fn values(sink: &mut Sink<'_>) {
    const GROUP: &str = "system.webServer/security/authentication";
    for (section, fact, what) in [
        ("windowsAuthentication", &d::WINDOWS_AUTH, "Windows authentication"),
        ("basicAuthentication", &d::BASIC_AUTH, "basic authentication"),
        ("anonymousAuthentication", &d::ANONYMOUS_AUTH, "anonymous access"),
    ] {
        for (_, node) in sink.config.elements(&format!("{GROUP}/{section}")) {
            let Some(enabled) = node.value("enabled") else { continue };
            let message = format!("{what}: enabled=\"{enabled}\"");
            sink.add(fact, node.element().tag, &[("enabled", enabled)], message);
        }
    }
    for (_, node) in sink.config.elements("system.webServer/httpErrors") {
        let given =
            [("error_mode", node.value("errorMode")), ("existing_response", node.value("existingResponse"))];
        let fields: Vec<_> = given.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
        if !fields.is_empty() {
            let shown: Vec<String> = fields.iter().map(|(name, value)| format!("{name} {value}")).collect();
            sink.add(
                &d::HTTP_ERRORS,
                node.element().tag,
                &fields,
                format!("pages of errors: {}", shown.join(", ")),
            );
        }
    }
}
