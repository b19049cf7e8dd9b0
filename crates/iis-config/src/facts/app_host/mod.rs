//! Facts about applicationHost.config.

mod bindings;
mod modules;
mod pools;
mod sites;

use super::definitions::{self as d};
use super::{ConfigFact, Sink, locations, secrets, sections, xml_facts};
use crate::schema::COLLECTIONS;
use crate::{Form, HostConfig, OverrideMode, Span};

/// Everything found in an applicationHost.config, in the order of the file; at most [`MAX_FACTS`](super::MAX_FACTS).
pub fn host_findings(host: &HostConfig) -> Vec<ConfigFact> {
    let config = host.config();
    let mut sink = Sink { config, fragment: config.form() == Form::Excerpt, facts: Vec::new() };
    xml_facts::find(&mut sink);
    locations::root(&mut sink);
    express(&mut sink, host);
    section(&mut sink, host);
    modules::find(&mut sink, host);
    for collection in COLLECTIONS {
        sections::duplicates(&mut sink, collection);
    }
    secrets::passwords(&mut sink);
    sites::find(&mut sink, host);
    bindings::find(&mut sink, host);
    pools::find(&mut sink, host);
    sink.facts.sort_by_key(|fact| fact.span.start);
    sink.facts
}

/// Where facts point at that are about what is not there.
const TOP: Span = Span::new(0, 0);

/// Is the file one of IIS Express? Its template names folders by variables that IIS does not have.
fn is_express(host: &HostConfig) -> bool {
    const MARKS: [&str; 3] = ["%IIS_BIN%", "%IIS_USER_HOME%", "%IIS_SITES_HOME%"];
    let marked = |value: &str| {
        MARKS.iter().any(|mark| value.get(..mark.len()).is_some_and(|start| start.eq_ignore_ascii_case(mark)))
    };
    let attributes = host.config().tree().nodes().flat_map(|node| &node.element().attributes);
    attributes.into_iter().any(|attribute| marked(&attribute.value))
}

fn express(sink: &mut Sink<'_>, host: &HostConfig) {
    if is_express(host) {
        sink.add(&d::IIS_EXPRESS_FILE, TOP, &[], "the file is one of IIS Express".to_owned());
    }
}

const SECTION: &str = "system.webServer/aspNetCore";

fn section(sink: &mut Sink<'_>, host: &HostConfig) {
    match host.section_declaration(SECTION) {
        Some(declaration) if declaration.override_default == OverrideMode::Deny => {
            let message = "the section aspNetCore is declared with overrideModeDefault=\"Deny\"".to_owned();
            sink.add(&d::ASP_NET_CORE_SECTION_LOCKED, declaration.node.element().tag, &[], message);
        }
        None if sink.config.is_complete() && !host.section_declarations().is_empty() => {
            let message = "<configSections> does not declare aspNetCore: the Hosting Bundle is not installed"
                .to_owned();
            sink.add(&d::ASP_NET_CORE_SECTION_MISSING, TOP, &[], message);
        }
        _ => {}
    }
    if sink.config.is_complete() {
        for name in ["handlers", "modules"] {
            locked_by_default(sink, host, name);
        }
    }
}

/// A section that a web.config of ASP.NET Core uses, declared with Deny and opened for no path.
fn locked_by_default(sink: &mut Sink<'_>, host: &HostConfig, name: &'static str) {
    let path = format!("system.webServer/{name}");
    let declaration = host.section_declaration(&path);
    let Some(declaration) = declaration.filter(|found| found.override_default == OverrideMode::Deny) else {
        return;
    };
    let opened = sink.config.scopes().iter().any(|scope| {
        let allows =
            scope.location.as_ref().is_some_and(|location| location.override_mode == OverrideMode::Allow);
        allows && scope.sections.iter().any(|used| used.path == path)
    });
    if !opened {
        let message = format!("<{name}> is locked, so IIS refuses every web.config that uses it");
        let fields = [("section", path.as_str())];
        sink.add(&d::SECTION_LOCKED_BY_DEFAULT, declaration.node.element().tag, &fields, message);
    }
}
