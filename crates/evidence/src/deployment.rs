//! A published folder by itself, as the module and hostfxr would look at it: only what they read is read, and of
//! programs only the headers.

use falconer_dotnet::publish::Target;
use falconer_observation::{Channel, Evidence, NoticeKind, Source};

use crate::bounded::Limits;
use crate::collect::Collection;
use crate::tree::Tree;
use crate::tree_folder::read_source;
use crate::{config, decode, folder};

/// A configuration file is read up to this size, in bytes.
const MAX_CONFIG: usize = 4 << 20;
/// More configuration files are left out.
const MAX_CONFIGS: usize = 200;

/// What is known of the server beside the folder.
#[derive(Debug, Clone, Default)]
pub struct Server {
    /// Its applicationHost.config: name and content.
    pub host_config: Option<(String, Vec<u8>)>,
    /// A list of the runtimes that are installed there, as `dotnet --list-runtimes` or `--info` prints it: name and
    /// text.
    pub inventory: Option<(String, String)>,
}

/// Reads the configuration files of a published folder and inspects the apps in it for `target`. `name` stands before
/// the paths of its files.
pub fn deployment(name: &str, tree: &dyn Tree, server: &Server, target: &Target<'_>) -> Evidence {
    let prefix = format!("{name}/");
    let mut collection = Collection::default();
    let most = Limits::default().files;
    if tree.entries().len() >= most {
        let text = format!("has {most} files or more; the rest was left out");
        collection.notice(name, NoticeKind::Bounded, text);
    }
    if let Some((name, bytes)) = &server.host_config {
        config::read(&mut collection, name, bytes, &decode::decode(bytes));
    }
    if let Some((name, text)) = &server.inventory {
        collection.text(Channel::Runtimes, Source::file(name.as_str()).at_line(1), text);
    }
    configurations(&mut collection, &prefix, tree);
    folder::inspect_for(&mut collection, &prefix, tree, target);
    if collection.evidence.inputs.is_empty() {
        collection.notice(name, NoticeKind::Skipped, no_app(tree));
    }
    collection.evidence
}

/// What a tree is in which nothing could be checked.
fn no_app(tree: &dyn Tree) -> &'static str {
    let any = |fits: fn(&str) -> bool| tree.entries().iter().any(|entry| fits(&entry.path));
    let is_project =
        |path: &str| [".csproj", ".fsproj", ".vbproj", ".sln"].iter().any(|ending| path.ends_with(ending));
    if any(|path| path.starts_with("shared/Microsoft.NETCore.App/")) {
        "is a .NET root and no published app; --dotnet-root tells what is installed there"
    } else if any(is_project) {
        "is a project; check the folder that `dotnet publish` makes of it"
    } else {
        "holds no published app: no web.config, *.runtimeconfig.json, *.deps.json or program of .NET"
    }
}

fn configurations(collection: &mut Collection, prefix: &str, tree: &dyn Tree) {
    let is_config = |path: &str| {
        let file = path.rsplit('/').next().unwrap_or(path);
        file.eq_ignore_ascii_case("web.config") || file.eq_ignore_ascii_case("applicationHost.config")
    };
    let found = tree.entries().iter().enumerate().filter(|(_, entry)| is_config(&entry.path));
    for (count, (number, entry)) in found.enumerate() {
        let name = format!("{prefix}{}", entry.path);
        if count >= MAX_CONFIGS {
            let text = format!("and further configuration files were left out; {MAX_CONFIGS} were read");
            collection.notice(&name, NoticeKind::Bounded, text);
            return;
        }
        match tree.source(number).and_then(|mut source| read_source(&mut *source, MAX_CONFIG)) {
            Ok((bytes, whole)) => {
                if !whole {
                    let text = format!("is large; the first {} KiB were read", MAX_CONFIG >> 10);
                    collection.notice(&name, NoticeKind::Bounded, text);
                }
                config::read_whole(collection, &name, &bytes, &decode::decode(&bytes));
            }
            Err(error) => {
                collection.notice(&name, NoticeKind::Unreadable, format!("could not be read: {error}"));
            }
        }
    }
}
