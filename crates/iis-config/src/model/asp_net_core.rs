//! `<aspNetCore>`.

use super::WebConfig;
use crate::Span;
use crate::schema::{ASP_NET_CORE, Kind, Value, ValueError, boolean};
use crate::xml::{Attribute, Ending, Node};

/// An `<aspNetCore>` element.
#[derive(Debug, Clone)]
pub struct AspNetCore<'a> {
    /// Its element. When only the inside was quoted: the first element of that.
    pub node: Node<'a>,
    /// Index of its scope in [`WebConfig::scopes`].
    pub scope: usize,
    /// Only what stands in it was quoted, not the element itself.
    pub implied: bool,
    /// What stands in `<environmentVariables>`, in order.
    pub environment: Vec<NameValue<'a>>,
    /// What stands in `<handlerSettings>`, in order.
    pub settings: Vec<NameValue<'a>>,
}

/// An element in `<environmentVariables>` or `<handlerSettings>`.
#[derive(Debug, Clone, Copy)]
pub struct NameValue<'a> {
    /// The element.
    pub node: Node<'a>,
    /// It is the element that stands here by right; otherwise it is `<clear>`, or wrong.
    pub is_item: bool,
}

impl<'a> NameValue<'a> {
    /// The name, where it is given and known.
    pub fn name(&self) -> Option<&'a str> {
        self.node.value("name")
    }

    /// The value, where it is given and known.
    pub fn value(&self) -> Option<&'a str> {
        self.node.value("value")
    }

    /// It is `<clear>`.
    pub fn is_clear(&self) -> bool {
        self.node.name() == "clear"
    }
}

/// The hosting model as the module understands the attribute (ShimOptions.cpp).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum HostingModel {
    /// In the worker process.
    InProcess,
    /// In a process of its own.
    OutOfProcess,
    /// Not given, or empty: out-of-process.
    Missing,
    /// Something else, which the module refuses.
    Unknown(String),
    /// The quotation does not show it.
    NotShown,
}

impl<'a> AspNetCore<'a> {
    /// The attribute, where it is given.
    pub fn attribute(&self, name: &str) -> Option<&'a Attribute> {
        if self.implied { None } else { self.node.attribute(name) }
    }

    /// The attribute's text, where it is given and known.
    pub fn text(&self, name: &str) -> Option<&'a str> {
        self.attribute(name).filter(|attribute| !attribute.elided).map(|attribute| attribute.value.as_str())
    }

    /// The attribute is not there, and was not left out of a quotation either.
    pub fn lacks(&self, name: &str) -> bool {
        !self.implied && self.node.lacks(name)
    }

    /// The attribute's value as IIS reads it; `None` when it is not given or not known to IIS.
    pub fn read(&self, name: &str) -> Option<Result<Value, ValueError>> {
        let kind: Kind = ASP_NET_CORE.attribute(name)?.kind;
        Some(kind.read(self.text(name)?))
    }

    /// A truth value, its default where it is not given; `None` when that cannot be told.
    pub fn flag(&self, name: &str) -> Option<bool> {
        match self.text(name) {
            Some(text) => boolean(text),
            None if self.lacks(name) => boolean(ASP_NET_CORE.attribute(name)?.default?),
            None => None,
        }
    }

    /// The hosting model.
    pub fn hosting_model(&self) -> HostingModel {
        match self.text("hostingModel") {
            Some("") => HostingModel::Missing,
            Some(text) if text.eq_ignore_ascii_case("inprocess") => HostingModel::InProcess,
            Some(text) if text.eq_ignore_ascii_case("outofprocess") => HostingModel::OutOfProcess,
            Some(text) => HostingModel::Unknown(text.to_owned()),
            None if self.lacks("hostingModel") => HostingModel::Missing,
            None => HostingModel::NotShown,
        }
    }

    /// The value of an environment variable: of equal names, in any case, the last one counts (the module's
    /// `GetMap` overwrites).
    pub fn environment_value(&self, name: &str) -> Option<&'a str> {
        let mut found = None;
        for entry in &self.environment {
            if entry.is_clear() {
                found = None;
            } else if entry.is_item && entry.name().is_some_and(|n| n.eq_ignore_ascii_case(name)) {
                found = entry.value();
            }
        }
        found
    }

    /// The value of a handler setting: of equal names, in any case, the first one counts (the module's
    /// `find_element`).
    pub fn setting(&self, name: &str) -> Option<&'a str> {
        let named = |entry: &&NameValue<'a>| {
            entry.is_item && entry.name().is_some_and(|n| n.eq_ignore_ascii_case(name))
        };
        self.settings.iter().find(named).and_then(NameValue::value)
    }

    /// Where to point at for the element as a whole: its start tag.
    pub fn tag(&self) -> Span {
        self.node.element().tag
    }
}

const PATH: &str = "system.webServer/aspNetCore";
const VARIABLES: (&str, &str) = ("environmentVariables", "environmentVariable");
const SETTINGS: (&str, &str) = ("handlerSettings", "handlerSetting");

pub(super) fn read(config: &WebConfig) -> Vec<AspNetCore<'_>> {
    let mut found: Vec<AspNetCore<'_>> = config
        .elements(PATH)
        .into_iter()
        .map(|(scope, node)| AspNetCore {
            node,
            scope,
            implied: false,
            environment: entries(node, VARIABLES),
            settings: entries(node, SETTINGS),
        })
        .collect();
    found.extend(quoted_inside(config));
    found
}

fn entries<'a>(section: Node<'a>, (list, item): (&str, &str)) -> Vec<NameValue<'a>> {
    let lists = section.children().filter(|child| child.name() == list);
    // A quotation may show an item behind an opening `<aspNetCore>` and leave out what is between.
    let broken_off = section.element().ending == Ending::Unclosed;
    let quoted = section.children().filter(|child| broken_off && child.name() == item);
    let nodes = lists.flat_map(|list| list.children()).chain(quoted);
    nodes.map(|node| NameValue { node, is_item: node.name() == item }).collect()
}

/// What was quoted of the inside of an `<aspNetCore>` that was not quoted itself.
fn quoted_inside(config: &WebConfig) -> Option<AspNetCore<'_>> {
    let part = |(list, item): (&str, &str)| -> Vec<NameValue<'_>> {
        let list = format!("{PATH}/{list}");
        let alone = |path: &str| -> Vec<Node<'_>> {
            config
                .elements(path)
                .into_iter()
                .map(|(_, node)| node)
                .filter(|node| node.parent().is_none())
                .collect()
        };
        let held = alone(&list).into_iter().flat_map(|list| list.children().collect::<Vec<_>>());
        let nodes = held.chain(alone(&format!("{list}/{item}")));
        nodes.map(|node| NameValue { node, is_item: node.name() == item }).collect()
    };
    let (environment, settings) = (part(VARIABLES), part(SETTINGS));
    let node = environment.first().or(settings.first())?.node;
    Some(AspNetCore { node, scope: 0, implied: true, environment, settings })
}
