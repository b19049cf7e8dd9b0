//! applicationHost.config, of IIS and of IIS Express (`.vs/…/config/applicationhost.config`).

mod pools;
mod sites;

pub use pools::{Identity, Pool, RapidFail};
pub use sites::{Application, Binding, Site, VirtualDirectory};

use crate::model::{Item, OverrideMode};
use crate::schema::boolean;
use crate::xml::Node;
use crate::{Action, WebConfig};

/// An applicationHost.config, whole or in pieces. Passwords are not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostConfig {
    web: WebConfig,
}

/// A `<section>` of `<configSections>`.
#[derive(Debug, Clone)]
pub struct SectionDeclaration<'a> {
    /// The section's path (`system.webServer/aspNetCore`).
    pub path: String,
    /// `overrideModeDefault`; [`OverrideMode::Allow`] where it is not given.
    pub override_default: OverrideMode,
    /// Its element.
    pub node: Node<'a>,
}

/// An entry of `<globalModules>`: a native module that is loaded.
#[derive(Debug, Clone, Copy)]
pub struct GlobalModule<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its file.
    pub image: &'a str,
    /// When it is loaded (`bitness32`, `bitness64`, `runtimeVersionv4.0`, …), separated by commas.
    pub precondition: &'a str,
    /// Its element.
    pub node: Node<'a>,
}

impl GlobalModule<'_> {
    /// 32 or 64 when the precondition restricts the module to such worker processes.
    pub fn bitness(&self) -> Option<u8> {
        self.precondition.split(',').find_map(|condition| match condition.trim() {
            "bitness32" => Some(32),
            "bitness64" => Some(64),
            _ => None,
        })
    }
}

impl HostConfig {
    /// Reads the content of a file.
    pub fn parse(text: &str) -> HostConfig {
        HostConfig { web: WebConfig::parse(text) }
    }

    /// Reads a text with pieces of an applicationHost.config in it.
    pub fn excerpt(text: &str) -> HostConfig {
        HostConfig { web: WebConfig::excerpt(text) }
    }

    /// What it has in common with a web.config: the document, its scopes and sections.
    pub fn config(&self) -> &WebConfig {
        &self.web
    }

    /// The sections declared in `<configSections>`.
    pub fn section_declarations(&self) -> Vec<SectionDeclaration<'_>> {
        let sections = self.web.tree().nodes().filter(|node| node.name() == "section");
        sections
            .filter_map(|node| {
                let mut names = vec![node.value("name")?];
                let around = std::iter::successors(node.parent(), |outer| outer.parent());
                names.extend(
                    around
                        .take_while(|outer| outer.name() == "sectionGroup")
                        .filter_map(|outer| outer.value("name")),
                );
                names.reverse();
                let denied =
                    node.value("overrideModeDefault").is_some_and(|mode| mode.eq_ignore_ascii_case("Deny"));
                let override_default = if denied { OverrideMode::Deny } else { OverrideMode::Allow };
                Some(SectionDeclaration { path: names.join("/"), override_default, node })
            })
            .collect()
    }

    /// The declaration of a section; its path may be given shortened to the name in an excerpt.
    pub fn section_declaration(&self, path: &str) -> Option<SectionDeclaration<'_>> {
        let declarations = self.section_declarations();
        declarations.into_iter().find(|declaration| {
            declaration.path == path
                || (!self.web.is_complete() && path.ends_with(&format!("/{}", declaration.path)))
        })
    }

    /// The native modules that are loaded.
    pub fn global_modules(&self) -> Vec<GlobalModule<'_>> {
        let items = self.web.items("system.webServer/globalModules", "add");
        items.iter().filter(|item| item.action == Action::Add).filter_map(GlobalModule::read).collect()
    }

    /// The entries of `<modules>`: the modules that are switched on.
    pub fn modules(&self) -> Vec<Item<'_>> {
        self.web.modules()
    }

    /// The application pools, defaults filled in.
    pub fn pools(&self) -> Vec<Pool<'_>> {
        pools::read(&self.web)
    }

    /// The sites.
    pub fn sites(&self) -> Vec<Site<'_>> {
        sites::read(&self.web)
    }
}

impl<'a> GlobalModule<'a> {
    fn read(item: &Item<'a>) -> Option<GlobalModule<'a>> {
        let node = item.node;
        Some(GlobalModule {
            name: node.value("name")?,
            image: node.value("image").unwrap_or_default(),
            precondition: node.value("preCondition").unwrap_or_default(),
            node,
        })
    }
}

/// A truth value of the element, or of the defaults.
fn flag(node: Node<'_>, defaults: Option<Node<'_>>, name: &str, otherwise: bool) -> bool {
    text(node, defaults, name).and_then(boolean).unwrap_or(otherwise)
}

/// A text of the element, or of the defaults.
fn text<'a>(node: Node<'a>, defaults: Option<Node<'a>>, name: &str) -> Option<&'a str> {
    node.value(name).or_else(|| defaults.and_then(|defaults| defaults.value(name)))
}
