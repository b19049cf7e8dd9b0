//! `<location>` elements and the sections in and outside of them.

use crate::schema::{self, boolean};
use crate::xml::{Attribute, ElementId, Node, Tree};
use crate::{Span, schema::section_at};

/// What holds for a path: for the folder of the file, or for the path of a `<location>`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scope {
    /// The `<location>`; `None` for what stands outside of any.
    pub location: Option<Location>,
    /// The sections used in it, in order.
    pub sections: Vec<SectionUse>,
}

/// A `<location>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// The element.
    pub element: ElementId,
    /// Its start tag.
    pub span: Span,
    /// `path`; `.`, empty and absent mean the folder of the file.
    pub path: Option<Attribute>,
    /// `inheritInChildApplications`, true where it is not given: applications below take over what it holds.
    pub inherited: bool,
    /// Whether configuration files below may change what it holds.
    pub override_mode: OverrideMode,
}

/// Whether configuration files below may change sections.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum OverrideMode {
    /// As it is above.
    #[default]
    Inherit,
    /// They may.
    Allow,
    /// They may not.
    Deny,
}

/// A section that is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionUse {
    /// Its path (`system.webServer/handlers`). In an excerpt it may lead into a section.
    pub path: String,
    /// Its element.
    pub element: ElementId,
}

impl Scope {
    /// The path it holds for, relative to the file's folder; empty for the folder itself.
    pub fn path(&self) -> &str {
        let path = self
            .location
            .as_ref()
            .and_then(|location| location.path.as_ref())
            .map_or("", |p| p.value.as_str());
        if path == "." { "" } else { path.trim_matches('/') }
    }

    /// Applications below take over what it holds.
    pub fn is_inherited(&self) -> bool {
        self.location.as_ref().is_none_or(|location| location.inherited)
    }
}

impl Location {
    fn read(node: Node<'_>) -> Location {
        let denies = node.value("allowOverride").and_then(boolean) == Some(false);
        let override_mode = match node.value("overrideMode") {
            Some(mode) if mode.eq_ignore_ascii_case("Deny") => OverrideMode::Deny,
            Some(mode) if mode.eq_ignore_ascii_case("Allow") => OverrideMode::Allow,
            _ if denies => OverrideMode::Deny,
            _ => OverrideMode::Inherit,
        };
        Location {
            element: node.id(),
            span: node.element().tag,
            path: node.attribute("path").cloned(),
            inherited: node.value("inheritInChildApplications").and_then(boolean) != Some(false),
            override_mode,
        }
    }
}

/// Sorts the elements of a file into scopes.
pub(super) fn read(tree: &Tree) -> Vec<Scope> {
    let mut scopes = vec![Scope::default()];
    for root in tree.roots() {
        match root.name() {
            "configuration" => {
                for child in root.children() {
                    top_level(child, child.name().to_owned(), &mut scopes);
                }
            }
            "location" => top_level(root, String::new(), &mut scopes),
            _ => {
                if let Some(path) = place_of(root) {
                    top_level(root, path, &mut scopes);
                }
            }
        }
    }
    scopes
}

fn top_level(node: Node<'_>, path: String, scopes: &mut Vec<Scope>) {
    if node.name() != "location" {
        if let Some(scope) = scopes.first_mut() {
            sections(node, path, &mut scope.sections);
        }
        return;
    }
    let mut scope = Scope { location: Some(Location::read(node)), sections: Vec::new() };
    for child in node.children() {
        sections(child, child.name().to_owned(), &mut scope.sections);
    }
    scopes.push(scope);
}

/// Walks groups down to their sections, in order. Groups nest three deep at most.
fn sections(node: Node<'_>, path: String, found: &mut Vec<SectionUse>) {
    let mut rest = vec![(node, path)];
    while let Some((node, path)) = rest.pop() {
        if schema::is_group(&path) && section_at(&path).is_none() {
            let inner: Vec<_> =
                node.children().map(|child| (child, format!("{path}/{}", child.name()))).collect();
            rest.extend(inner.into_iter().rev());
        } else {
            found.push(SectionUse { path, element: node.id() });
        }
    }
}

/// Where an element that is quoted without those around it belongs.
fn place_of(node: Node<'_>) -> Option<String> {
    let name = node.name();
    match name {
        "add" if node.attribute("modules").is_some() || node.attribute("scriptProcessor").is_some() => {
            Some("system.webServer/handlers/add".to_owned())
        }
        "add" | "remove" | "clear" => None,
        _ if name.starts_with("system.") => Some(name.to_owned()),
        _ => schema::path_of(name)
            .map(str::to_owned)
            .or_else(|| schema::inner_path_of(name))
            .or(Some(name.to_owned())),
    }
}
