//! Which shared frameworks hostfxr would run an app on, or why it would refuse.
//!
//! Follows dotnet/runtime `fxr/fx_resolver.cpp`, `fx_reference.cpp`, `runtime_config.cpp` and
//! docs/design/features/framework-version-resolution.md. The rules are those of the newest host under
//! `host/fxr`, whatever the app targets: 3.0 to 11 by default, 2.x and 12 where [`Installed::host`] says so.

mod error;
mod installed;
mod pick;
mod reference;
mod root;
mod settings;
mod walk;

pub use error::{Asked, Found, ResolveError};
pub use installed::{FrameworkConfig, Installed, InstalledFramework};
pub use reference::Range;
pub use root::{Root, RootBy, RootSearch, default_root};
pub use settings::{CommandLine, Env, Setting};

use crate::runtimeconfig::RuntimeConfig;
use crate::version::Version;

/// The .NET base framework.
pub const NETCORE_APP: &str = "Microsoft.NETCore.App";
/// ASP.NET Core.
pub const ASPNETCORE_APP: &str = "Microsoft.AspNetCore.App";
/// ASP.NET Core 2.0 to 2.2 with everything.
pub const ASPNETCORE_ALL: &str = "Microsoft.AspNetCore.All";
/// Windows Forms and WPF.
pub const WINDOWS_DESKTOP_APP: &str = "Microsoft.WindowsDesktop.App";

/// What an app asks for.
#[derive(Debug, Clone)]
pub struct Request<'a> {
    /// The app's `*.runtimeconfig.json`.
    pub config: &'a RuntimeConfig,
    /// Options on the command line of `dotnet`.
    pub command_line: CommandLine,
}

impl<'a> Request<'a> {
    /// The request of an app that is started without options.
    pub fn of(config: &'a RuntimeConfig) -> Self {
        Request { config, command_line: CommandLine::default() }
    }
}

/// A framework that an app would run on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolved {
    /// Its name.
    pub name: String,
    /// The version asked for, all references taken together, as written.
    pub requested: String,
    /// The version that is used.
    pub version: Version,
    /// Its folder, where known.
    pub dir: String,
}

/// Resolves the frameworks of an app as hostfxr would: the app's own first, Microsoft.NETCore.App last. An app
/// that refers to none (it is taken for self-contained) gets an empty list.
///
/// # Errors
/// [`ResolveError`] says what was asked for, what is there, and with which exit code hostfxr would end.
pub fn resolve(
    request: &Request<'_>,
    installed: &Installed,
    env: &Env,
) -> Result<Vec<Resolved>, Box<ResolveError>> {
    walk::resolve(request, installed, env)
}
