//! What holds for an application after all files above it: IIS's inheritance, locks and collections.

mod collections;
mod error;
mod locks;
mod part_locks;

pub use collections::Entry;
pub(crate) use collections::{Clash, Held, Why, add_up};
pub use error::{ConfigError, ConfigErrorKind};

use std::collections::BTreeMap;

use crate::schema::{COLLECTIONS, CollectionSchema};
use crate::xml::{Attribute, Node};
use crate::{HostConfig, Item, Scope, Span, WebConfig};
use locks::Locks;

/// A web.config on the way down to an application or folder.
#[derive(Debug, Clone, Copy)]
pub struct Level<'a> {
    /// The file.
    pub config: &'a WebConfig,
    /// Its folder's path, relative to the level above; empty for the first.
    pub path: &'a str,
    /// Its folder is the root of an application.
    pub application: bool,
}

impl<'a> Level<'a> {
    /// The root application of a site.
    pub fn root(config: &'a WebConfig) -> Self {
        Level { config, path: "", application: true }
    }

    /// An application below.
    pub fn application(config: &'a WebConfig, path: &'a str) -> Self {
        Level { config, path, application: true }
    }

    /// A folder below.
    pub fn folder(config: &'a WebConfig, path: &'a str) -> Self {
        Level { config, path, application: false }
    }
}

/// What stands above all web.config files.
#[derive(Debug, Clone, Copy)]
pub enum Host<'a> {
    /// IIS as it is installed, with the ASP.NET features: its locks, none of its collections.
    Default,
    /// A server's own applicationHost.config.
    Given {
        /// The file.
        config: &'a HostConfig,
        /// The name of the site.
        site: &'a str,
    },
}

/// What holds. Levels are counted from 0, applicationHost.config; the first web.config is 1.
#[derive(Debug, Clone, Default)]
pub struct Effective<'a> {
    values: BTreeMap<String, BTreeMap<&'a str, EffectiveValue<'a>>>,
    collections: BTreeMap<&'static str, Vec<Entry<'a>>>,
}

/// An attribute that holds.
#[derive(Debug, Clone, Copy)]
pub struct EffectiveValue<'a> {
    /// The attribute.
    pub attribute: &'a Attribute,
    /// The level it is set on.
    pub level: usize,
}

impl<'a> Effective<'a> {
    /// The attribute of the element with that path, where any level sets it.
    pub fn value(&self, path: &str, attribute: &str) -> Option<EffectiveValue<'a>> {
        self.values.get(path)?.get(attribute).copied()
    }

    /// Any level uses the element with that path.
    pub fn uses(&self, path: &str) -> bool {
        self.values.contains_key(path)
    }

    /// The entries of the collection with that path, outermost level first.
    pub fn entries(&self, path: &str) -> &[Entry<'a>] {
        self.collections.get(path).map_or(&[], Vec::as_slice)
    }
}

/// Adds up the files of a chain, outermost first. `Err` holds everything IIS would refuse (500.19), in order.
pub fn effective<'a>(chain: &[Level<'a>], host: Host<'a>) -> Result<Effective<'a>, Vec<ConfigError>> {
    let parts = applicable(chain, host);
    let mut errors = Errors { chain, host, found: Vec::new() };
    Locks::of(host).check(chain, &parts, &mut errors);
    part_locks::check(&parts, &mut errors);
    let mut out = Effective::default();
    for part in &parts {
        set_values(&mut out, part);
    }
    let mut collections = BTreeMap::new();
    for schema in COLLECTIONS {
        let entries = entries_of(schema, &parts, &mut errors);
        if !entries.is_empty() {
            collections.insert(schema.path, entries);
        }
    }
    out.collections = collections;
    if errors.found.is_empty() { Ok(out) } else { Err(errors.found) }
}

fn entries_of<'a>(
    schema: &CollectionSchema,
    parts: &[Part<'a>],
    errors: &mut Errors<'_, 'a>,
) -> Vec<Entry<'a>> {
    let mut held = Held::default();
    for level in parts.chunk_by(|a, b| a.level == b.level) {
        let Some(config) = level.first().map(|part| part.config) else { continue };
        let mut by_scope: BTreeMap<usize, Vec<Item<'a>>> = BTreeMap::new();
        for item in config.items(schema.path, schema.add) {
            by_scope.entry(item.scope).or_default().push(item);
        }
        for part in level {
            let items = by_scope.remove(&part.scope).unwrap_or_default();
            add_up(schema, &mut held, part.level, items, |clash| errors.clash(schema, clash));
        }
    }
    held.in_order()
}

/// A scope that applies, with its level.
struct Part<'a> {
    config: &'a WebConfig,
    level: usize,
    scope: usize,
}

/// Everything that applies, outermost first: level by level, and within a file from its folder down.
fn applicable<'a>(chain: &[Level<'a>], host: Host<'a>) -> Vec<Part<'a>> {
    let mut parts = Vec::new();
    let below = |index: usize| chain.get(index..).unwrap_or_default();
    if let Host::Given { config, site } = host {
        let mut path = segments(site);
        path.extend(below(0).iter().flat_map(|level| segments(level.path)));
        add_scopes(&mut parts, config.config(), 0, &path, &[]);
    }
    for (index, level) in chain.iter().enumerate() {
        let mut path = Vec::new();
        let mut boundaries = Vec::new();
        for inner in below(index + 1) {
            path.extend(segments(inner.path));
            if inner.application {
                boundaries.push(path.len());
            }
        }
        add_scopes(&mut parts, level.config, index + 1, &path, &boundaries);
    }
    parts
}

/// Adds the scopes of a file that hold for `path`. `boundaries` are the depths at which applications begin; what is
/// not inherited by applications ends there.
fn add_scopes<'a>(
    parts: &mut Vec<Part<'a>>,
    config: &'a WebConfig,
    level: usize,
    path: &[&str],
    boundaries: &[usize],
) {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (index, scope) in config.scopes().iter().enumerate() {
        let own = scope_path(scope);
        let holds = own.len() <= path.len() && own.iter().zip(path).all(|(a, b)| a.eq_ignore_ascii_case(b));
        let ends = !scope.is_inherited() && boundaries.iter().any(|depth| *depth > own.len());
        if holds && !ends {
            found.push((own.len(), index));
        }
    }
    found.sort();
    parts.extend(found.into_iter().map(|(_, scope)| Part { config, level, scope }));
}

/// The segments of a `<location>`'s path; `*`, like the empty path, means everything.
fn scope_path(scope: &Scope) -> Vec<&str> {
    if scope.path() == "*" { Vec::new() } else { segments(scope.path()) }
}

fn segments(path: &str) -> Vec<&str> {
    path.split('/').filter(|segment| !segment.is_empty()).collect()
}

/// How deep elements nest in a section, at most (`requestFiltering/filteringRules/filteringRule/appliesTo`).
const DEEPEST: usize = 8;

/// Takes over the attributes of the sections of a part, and of the elements in them that are no entries.
fn set_values<'a>(out: &mut Effective<'a>, part: &Part<'a>) {
    for Inner { path, node, .. } in part.elements() {
        let values = out.values.entry(path).or_default();
        for attribute in &node.element().attributes {
            values.insert(&attribute.name, EffectiveValue { attribute, level: part.level });
        }
    }
}

/// A section, or an element in one that is no entry of a collection.
struct Inner<'a> {
    path: String,
    node: Node<'a>,
    is_section: bool,
}

impl<'a> Part<'a> {
    /// The sections of the part and the elements in them, without the entries of collections.
    fn elements(&self) -> Vec<Inner<'a>> {
        let Some(scope) = self.config.scopes().get(self.scope) else { return Vec::new() };
        let mut found = Vec::new();
        for used in &scope.sections {
            let Some(node) = self.config.tree().node(used.element) else { continue };
            let mut rest: Vec<(String, Node<'a>, usize)> = vec![(used.path.clone(), node, 0)];
            while let Some((path, node, depth)) = rest.pop() {
                let entries = COLLECTIONS.iter().find(|collection| collection.path == path).map(|c| c.add);
                for child in node.children().filter(|_| depth < DEEPEST) {
                    let name = child.name();
                    if entries != Some(name) && !matches!(name, "add" | "remove" | "clear") {
                        rest.push((format!("{path}/{name}"), child, depth + 1));
                    }
                }
                found.push(Inner { path, node, is_section: depth == 0 });
            }
        }
        found
    }
}

/// Most errors kept.
const MAX_ERRORS: usize = 256;

struct Errors<'c, 'a> {
    chain: &'c [Level<'a>],
    host: Host<'a>,
    found: Vec<ConfigError>,
}

impl<'a> Errors<'_, 'a> {
    fn config(&self, level: usize) -> Option<&'a WebConfig> {
        match (level.checked_sub(1), self.host) {
            (Some(index), _) => self.chain.get(index).map(|level| level.config),
            (None, Host::Given { config, .. }) => Some(config.config()),
            (None, Host::Default) => None,
        }
    }

    fn add(&mut self, level: usize, span: Span, kind: ConfigErrorKind) {
        let Some(config) = self.config(level) else { return };
        if self.found.len() < MAX_ERRORS {
            self.found.push(ConfigError { kind, level, span, at: config.position(span.start) });
        }
    }

    fn clash(&mut self, schema: &CollectionSchema, clash: Clash<'a>) {
        let (node, earlier) = (clash.node, &clash.earlier);
        let earlier_at =
            self.config(earlier.level).map(|config| config.position(earlier.node.element().tag.start));
        let kind = match clash.why {
            Why::Duplicate => ConfigErrorKind::Duplicate {
                collection: schema.path,
                element: node.name().to_owned(),
                key: schema.key.iter().map(|key| key.attribute).collect(),
                value: earlier.key.clone(),
                first_level: earlier.level,
                first_at: earlier_at.unwrap_or_default(),
            },
            Why::Locked => ConfigErrorKind::LockedEntry {
                collection: schema.path,
                value: earlier.key.clone(),
                by_level: earlier.level,
            },
        };
        self.add(clash.level, node.element().tag, kind);
    }
}
