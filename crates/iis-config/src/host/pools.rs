//! `<applicationPools>`. Defaults: IIS_schema.xml of IIS 10.

use super::{flag, text};
use crate::WebConfig;
use crate::xml::Node;

/// An application pool, with `<applicationPoolDefaults>` and the schema's defaults filled in.
#[derive(Debug, Clone)]
pub struct Pool<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its worker processes are 32-bit ones (`enable32BitAppOnWin64`).
    pub bits32: bool,
    /// The .NET Framework version (`v4.0`); empty: "No Managed Code".
    pub managed_runtime: &'a str,
    /// `Integrated` or `Classic`.
    pub pipeline: &'a str,
    /// It is started with IIS.
    pub auto_start: bool,
    /// `OnDemand` or `AlwaysRunning`.
    pub start_mode: &'a str,
    /// Whom its worker processes run as.
    pub identity: Identity<'a>,
    /// When it is switched off after crashes.
    pub rapid_fail: RapidFail<'a>,
    /// Its element.
    pub node: Node<'a>,
}

/// Whom worker processes run as. The password is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identity<'a> {
    /// `ApplicationPoolIdentity`, `NetworkService`, `LocalSystem`, `LocalService` or `SpecificUser`.
    pub kind: &'a str,
    /// The user, where one is named.
    pub user: Option<&'a str>,
    /// A password is given.
    pub has_password: bool,
    /// Whether the user's profile is loaded, where the file says so.
    pub load_user_profile: Option<bool>,
}

/// Rapid-fail protection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RapidFail<'a> {
    /// It is on.
    pub enabled: bool,
    /// Crashes within the interval that switch the pool off.
    pub max_crashes: &'a str,
    /// The interval, `hh:mm:ss`.
    pub interval: &'a str,
}

pub(super) fn read(web: &WebConfig) -> Vec<Pool<'_>> {
    let pools = || web.tree().nodes().filter(|node| node.name() == "applicationPools");
    let defaults = web.tree().nodes().find(|node| node.name() == "applicationPoolDefaults");
    pools()
        .flat_map(|pools| pools.children())
        .filter(|node| node.name() == "add")
        .filter_map(|node| Pool::read(node, defaults))
        .collect()
}

impl<'a> Pool<'a> {
    fn read(node: Node<'a>, defaults: Option<Node<'a>>) -> Option<Pool<'a>> {
        let default_child = |name: &str| defaults.and_then(|defaults| defaults.child(name));
        Some(Pool {
            name: node.value("name")?,
            bits32: flag(node, defaults, "enable32BitAppOnWin64", false),
            managed_runtime: text(node, defaults, "managedRuntimeVersion").unwrap_or_default(),
            pipeline: text(node, defaults, "managedPipelineMode").unwrap_or("Integrated"),
            auto_start: flag(node, defaults, "autoStart", true),
            start_mode: text(node, defaults, "startMode").unwrap_or("OnDemand"),
            identity: Identity::read(node.child("processModel"), default_child("processModel")),
            rapid_fail: RapidFail::read(node.child("failure"), default_child("failure")),
            node,
        })
    }
}

impl<'a> Identity<'a> {
    fn read(own: Option<Node<'a>>, defaults: Option<Node<'a>>) -> Identity<'a> {
        let Some(node) = own.or(defaults) else {
            let kind = "ApplicationPoolIdentity";
            return Identity { kind, user: None, has_password: false, load_user_profile: None };
        };
        let has_password =
            [Some(node), defaults].into_iter().flatten().any(|node| node.attribute("password").is_some());
        Identity {
            kind: text(node, defaults, "identityType").unwrap_or("ApplicationPoolIdentity"),
            user: text(node, defaults, "userName").filter(|user| !user.is_empty()),
            has_password,
            load_user_profile: text(node, defaults, "loadUserProfile").and_then(crate::schema::boolean),
        }
    }
}

impl<'a> RapidFail<'a> {
    fn read(own: Option<Node<'a>>, defaults: Option<Node<'a>>) -> RapidFail<'a> {
        let node = own.or(defaults);
        let given = |name: &str| node.and_then(|node| text(node, defaults, name));
        RapidFail {
            enabled: given("rapidFailProtection").and_then(crate::schema::boolean).unwrap_or(true),
            max_crashes: given("rapidFailProtectionMaxCrashes").unwrap_or("5"),
            interval: given("rapidFailProtectionInterval").unwrap_or("00:05:00"),
        }
    }
}
