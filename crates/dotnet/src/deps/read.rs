//! From JSON to libraries.

use super::{Asset, AssetKind, DepsError, DepsFile, DepsProblem as Problem, Library};
use crate::json::{self, Dialect, Member, Node, Value};
use crate::text::{Position, Span};
use std::collections::HashMap;

type Result<T> = std::result::Result<T, DepsError>;

pub(super) fn parse(bytes: &[u8]) -> Result<DepsFile> {
    let root = json::parse(bytes, Dialect::HostFxr)?;
    Reader { bytes }.file(&root)
}

struct Reader<'b> {
    bytes: &'b [u8],
}

impl Reader<'_> {
    fn fail<T>(&self, span: Span, problem: Problem) -> Result<T> {
        let position = Position::of(self.bytes, span.start as usize);
        Err(DepsError { span, position, problem })
    }

    fn object<'n, 'a>(&self, node: &'n Node<'a>, key: &'static str) -> Result<&'n [Member<'a>]> {
        match node.members() {
            Some(members) => Ok(members),
            None => {
                self.fail(node.span, Problem::WrongType { key, expected: "an object", found: node.kind() })
            }
        }
    }

    fn required<'n, 'a>(&self, node: &'n Node<'a>, key: &'static str) -> Result<&'n Node<'a>> {
        match node.get(key) {
            Some(value) => Ok(value),
            None => self.fail(node.span, Problem::Missing(key)),
        }
    }

    fn file(&self, root: &Node<'_>) -> Result<DepsFile> {
        if root.members().is_none() {
            return self.fail(root.span, Problem::NotAnObject(root.kind()));
        }
        let target = self.required(root, "runtimeTarget")?;
        let name = match &target.value {
            Value::String(_) => target,
            _ => {
                self.object(target, "runtimeTarget")?;
                self.required(target, "name")?
            }
        };
        let Some(target_name) = name.as_str() else {
            let found = name.kind();
            return self.fail(name.span, Problem::WrongType { key: "name", expected: "a string", found });
        };
        let targets = self.required(root, "targets")?;
        self.object(targets, "targets")?;
        let Some(target) = targets.get(target_name) else {
            return self.fail(targets.span, Problem::NoTarget(target_name.to_owned()));
        };
        let details = self.object(self.required(root, "libraries")?, "libraries")?;
        let details: HashMap<&str, &Node<'_>> = details.iter().map(|m| (m.name.as_ref(), &m.node)).collect();
        let members = self.object(target, "targets")?;
        let libraries: Result<Vec<Library>> =
            members.iter().map(|m| self.library(m, details.get(m.name.as_ref()).copied())).collect();
        Ok(DepsFile { target: target_name.to_owned(), target_span: name.span, libraries: libraries? })
    }

    fn library(&self, member: &Member<'_>, details: Option<&Node<'_>>) -> Result<Library> {
        self.object(&member.node, "targets")?;
        let (name, version) = member.name.split_once('/').unwrap_or((&member.name, ""));
        let kind = details.and_then(|d| d.get("type")).and_then(Node::as_str).unwrap_or_default();
        let from_store = details.is_some_and(|d| d.get("runtimeStoreManifestName").is_some());
        let mut assets = Vec::new();
        for kind in AssetKind::ALL {
            if let Some(files) = member.node.get(kind.name()) {
                let files = self.object(files, kind.name())?;
                assets.extend(files.iter().map(|file| asset(file, kind, None)));
            }
        }
        if let Some(files) = member.node.get("runtimeTargets") {
            for file in self.object(files, "runtimeTargets")? {
                assets.extend(self.rid_asset(file)?);
            }
        }
        Ok(Library {
            name: name.into(),
            version: version.into(),
            kind: kind.to_ascii_lowercase().into(),
            from_store,
            assets,
            span: member.name_span,
        })
    }

    /// `None` for an asset type that the host does not know.
    fn rid_asset(&self, file: &Member<'_>) -> Result<Option<Asset>> {
        self.object(&file.node, "runtimeTargets")?;
        let kind = self.required(&file.node, "assetType")?.as_str().unwrap_or_default();
        let Some(kind) = AssetKind::ALL.into_iter().find(|k| k.name().eq_ignore_ascii_case(kind)) else {
            return Ok(None);
        };
        let rid = self.required(&file.node, "rid")?.as_str().unwrap_or_default();
        Ok(Some(asset(file, kind, Some(rid.into()))))
    }
}

fn asset(file: &Member<'_>, kind: AssetKind, rid: Option<Box<str>>) -> Asset {
    let text = |key: &str| file.node.get(key).and_then(Node::as_str).map(Box::from);
    Asset {
        path: file.name.as_ref().into(),
        kind,
        rid,
        assembly_version: text("assemblyVersion"),
        file_version: text("fileVersion"),
        local_path: text("localPath"),
        span: file.name_span,
    }
}
