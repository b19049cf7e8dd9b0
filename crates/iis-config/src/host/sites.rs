//! `<sites>`.

use super::{flag, text};
use crate::xml::Node;
use crate::{Span, WebConfig};

/// A site.
#[derive(Debug, Clone)]
pub struct Site<'a> {
    /// Its number: the `5` of `/LM/W3SVC/5/ROOT`.
    pub id: Option<u32>,
    /// Its name.
    pub name: &'a str,
    /// It is started with IIS.
    pub auto_start: bool,
    /// Its applications.
    pub applications: Vec<Application<'a>>,
    /// Where it listens.
    pub bindings: Vec<Binding<'a>>,
    /// Its element.
    pub node: Node<'a>,
}

/// An application of a site.
#[derive(Debug, Clone)]
pub struct Application<'a> {
    /// Its path, `/` or `/api`.
    pub path: &'a str,
    /// Its pool; the defaults' where none is named.
    pub pool: &'a str,
    /// Its virtual directories.
    pub virtual_directories: Vec<VirtualDirectory<'a>>,
    /// It is started with its worker process (`preloadEnabled`).
    pub preload: bool,
    /// Its element.
    pub node: Node<'a>,
}

/// A virtual directory of an application.
#[derive(Debug, Clone, Copy)]
pub struct VirtualDirectory<'a> {
    /// Its path within the application.
    pub path: &'a str,
    /// Its folder, variables not replaced (`%SystemDrive%\inetpub\wwwroot`).
    pub physical_path: &'a str,
    /// Its element.
    pub node: Node<'a>,
}

/// Where a site listens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Binding<'a> {
    /// `http`, `https`, …
    pub protocol: &'a str,
    /// `address:port:host`, as written.
    pub information: &'a str,
    /// `sslFlags` as a number; 0 where it is not given.
    pub ssl_flags: u32,
    /// Its element.
    pub span: Span,
}

impl<'a> Binding<'a> {
    /// Address (`*` for all), port and host name (may be empty) of an http or https binding.
    pub fn endpoint(&self) -> Option<(&'a str, u16, &'a str)> {
        let (rest, host) = self.information.rsplit_once(':')?;
        let (address, port) = rest.rsplit_once(':')?;
        Some((if address.is_empty() { "*" } else { address }, port.parse().ok()?, host))
    }
}

impl Site<'_> {
    /// The physical path of the application with that path.
    pub fn physical_path(&self, application: &str) -> Option<&str> {
        let application = self.applications.iter().find(|app| app.path.eq_ignore_ascii_case(application))?;
        application.virtual_directories.iter().find(|dir| dir.path == "/").map(|dir| dir.physical_path)
    }
}

pub(super) fn read(web: &WebConfig) -> Vec<Site<'_>> {
    let within = |name: &'static str| web.tree().nodes().filter(move |node| node.name() == name);
    let in_sites = |node: &Node<'_>| node.parent().is_some_and(|parent| parent.name() == "sites");
    let defaults = Defaults {
        site: within("siteDefaults").next(),
        application: within("applicationDefaults").find(in_sites).or(within("applicationDefaults").next()),
    };
    within("site").map(|node| Site::read(node, &defaults)).collect()
}

struct Defaults<'a> {
    site: Option<Node<'a>>,
    application: Option<Node<'a>>,
}

impl<'a> Site<'a> {
    fn read(node: Node<'a>, defaults: &Defaults<'a>) -> Site<'a> {
        let own = node.child("applicationDefaults");
        let applications = node.children().filter(|child| child.name() == "application");
        let bindings =
            node.children().filter(|child| child.name() == "bindings").flat_map(|list| list.children());
        Site {
            id: node.value("id").and_then(|id| id.parse().ok()),
            name: node.value("name").unwrap_or_default(),
            auto_start: flag(node, defaults.site, "serverAutoStart", true),
            applications: applications
                .map(|app| Application::read(app, own.or(defaults.application)))
                .collect(),
            bindings: bindings.filter(|child| child.name() == "binding").filter_map(Binding::read).collect(),
            node,
        }
    }
}

impl<'a> Application<'a> {
    fn read(node: Node<'a>, defaults: Option<Node<'a>>) -> Application<'a> {
        let directories = node.children().filter(|child| child.name() == "virtualDirectory");
        Application {
            path: node.value("path").unwrap_or("/"),
            pool: text(node, defaults, "applicationPool").unwrap_or("DefaultAppPool"),
            virtual_directories: directories
                .map(|node| VirtualDirectory {
                    path: node.value("path").unwrap_or("/"),
                    physical_path: node.value("physicalPath").unwrap_or_default(),
                    node,
                })
                .collect(),
            preload: flag(node, defaults, "preloadEnabled", false),
            node,
        }
    }
}

impl<'a> Binding<'a> {
    fn read(node: Node<'a>) -> Option<Binding<'a>> {
        Some(Binding {
            protocol: node.value("protocol")?,
            information: node.value("bindingInformation")?,
            ssl_flags: node.value("sslFlags").and_then(|flags| flags.trim().parse().ok()).unwrap_or(0),
            span: node.element().tag,
        })
    }
}
