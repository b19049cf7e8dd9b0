//! From JSON to settings, in the order in which hostfxr looks, so that the first error is hostfxr's too.

use super::{ConfigProperty, FrameworkReference, RollForward, RuntimeConfig};
use super::{RuntimeConfigError, RuntimeConfigProblem as Problem};
use crate::json::{self, Dialect, Node, Value};
use crate::text::{Span, Spanned};
use std::collections::HashSet;

type Result<T> = std::result::Result<T, RuntimeConfigError>;

pub(super) fn parse(bytes: &[u8]) -> Result<RuntimeConfig> {
    let root = json::parse(bytes, Dialect::HostFxr)?;
    let mut reader = Reader { bytes, new_settings: false, old_settings: false };
    if root.members().is_none() {
        return reader.fail(root.span, Problem::NotAnObject(root.kind()));
    }
    match root.get("runtimeOptions") {
        None => reader.fail(root.span, Problem::NoRuntimeOptions),
        Some(options) if options.value == Value::Null => Ok(RuntimeConfig::default()),
        Some(options) => reader.options(options),
    }
}

struct Reader<'b> {
    bytes: &'b [u8],
    /// `rollForward` has occurred in the file.
    new_settings: bool,
    /// `applyPatches` or `rollForwardOnNoCandidateFx` has occurred in the file.
    old_settings: bool,
}

/// The three settings that stand for all references or within one.
#[derive(Default)]
struct Rolling {
    roll_forward: Option<Spanned<RollForward>>,
    apply_patches: Option<Spanned<bool>>,
    no_candidate: Option<Spanned<i64>>,
}

impl Reader<'_> {
    fn fail<T>(&self, span: Span, problem: Problem) -> Result<T> {
        Err(RuntimeConfigError::new(self.bytes, span, problem))
    }

    fn wrong_type<T>(&self, node: &Node<'_>, key: &'static str, expected: &'static str) -> Result<T> {
        self.fail(node.span, Problem::WrongType { key, expected, found: node.kind() })
    }

    fn options(&mut self, options: &Node<'_>) -> Result<RuntimeConfig> {
        if options.members().is_none() {
            return self.wrong_type(options, "runtimeOptions", "an object");
        }
        let config_properties = self.properties(options)?;
        let additional_probing_paths = self.probing_paths(options)?;
        let rolling = self.rolling(options)?;
        let tfm = self.string(options, "tfm")?;
        let mut frameworks = Vec::new();
        let single = options.get("framework");
        if let Some(node) = single {
            frameworks.push(self.framework(node, "framework", true)?);
        }
        let several = options.get("frameworks");
        if let Some(node) = several {
            self.framework_array(node, "frameworks", true, &mut frameworks)?;
        }
        let framework_dependent = single.is_some() || several.is_some();
        let mut included_frameworks = Vec::new();
        if let Some(node) = options.get("includedFrameworks") {
            if framework_dependent {
                return self.fail(node.span, Problem::IncludedAndReferenced);
            }
            self.framework_array(node, "includedFrameworks", false, &mut included_frameworks)?;
        }
        Ok(RuntimeConfig {
            tfm,
            frameworks,
            included_frameworks,
            framework_dependent,
            roll_forward: rolling.roll_forward,
            apply_patches: rolling.apply_patches,
            roll_forward_on_no_candidate_fx: rolling.no_candidate,
            additional_probing_paths,
            config_properties,
        })
    }

    fn string(&self, node: &Node<'_>, key: &'static str) -> Result<Option<Spanned<String>>> {
        let Some(value) = node.get(key) else { return Ok(None) };
        match value.spanned_str() {
            Some(text) => Ok(Some(text)),
            None => self.wrong_type(value, key, "a string"),
        }
    }

    fn properties(&self, options: &Node<'_>) -> Result<Vec<ConfigProperty>> {
        let Some(node) = options.get("configProperties") else { return Ok(Vec::new()) };
        let Some(members) = node.members() else {
            return self.wrong_type(node, "configProperties", "an object");
        };
        let property = |m: &json::Member<'_>| {
            let source = || self.bytes.get(m.node.span.range()).unwrap_or_default();
            let value = match m.node.as_str() {
                Some(text) => text.to_owned(),
                None => String::from_utf8_lossy(source()).into_owned(),
            };
            ConfigProperty {
                name: Spanned::new(m.name.clone().into_owned(), m.name_span),
                value: Spanned::new(value, m.node.span),
            }
        };
        Ok(members.iter().map(property).collect())
    }

    fn probing_paths(&self, options: &Node<'_>) -> Result<Vec<Spanned<String>>> {
        const KEY: &str = "additionalProbingPaths";
        let Some(node) = options.get(KEY) else { return Ok(Vec::new()) };
        if let Some(path) = node.spanned_str() {
            return Ok(vec![path]);
        }
        let Some(elements) = node.elements() else {
            return self.wrong_type(node, KEY, "a string or an array of strings");
        };
        let path = |e: &Node<'_>| match e.spanned_str() {
            Some(path) => Ok(path),
            None => self.wrong_type(e, KEY, "a string or an array of strings"),
        };
        elements.iter().map(path).collect()
    }

    fn rolling(&mut self, node: &Node<'_>) -> Result<Rolling> {
        let mut rolling = Rolling::default();
        if let Some(name) = self.string(node, "rollForward")? {
            let Some(value) = RollForward::from_name(&name.value) else {
                return self.fail(name.span, Problem::UnknownRollForward(name.value));
            };
            rolling.roll_forward = Some(Spanned::new(value, name.span));
            self.new_settings = true;
            self.check_mixed(name.span)?;
        }
        if let Some(value) = node.get("applyPatches") {
            let Some(apply) = value.as_bool() else {
                return self.wrong_type(value, "applyPatches", "true or false");
            };
            rolling.apply_patches = Some(Spanned::new(apply, value.span));
            self.old_settings = true;
            self.check_mixed(value.span)?;
        }
        if let Some(value) = node.get("rollForwardOnNoCandidateFx") {
            let Some(number) = value.as_integer() else {
                return self.wrong_type(value, "rollForwardOnNoCandidateFx", "0, 1 or 2");
            };
            rolling.no_candidate = Some(Spanned::new(number, value.span));
            self.old_settings = true;
            self.check_mixed(value.span)?;
        }
        Ok(rolling)
    }

    fn check_mixed(&self, span: Span) -> Result<()> {
        if self.new_settings && self.old_settings {
            return self.fail(span, Problem::MixedRollForward);
        }
        Ok(())
    }

    fn framework(&mut self, node: &Node<'_>, key: &'static str, rolls: bool) -> Result<FrameworkReference> {
        if node.members().is_none() {
            return self.wrong_type(node, key, "an object with `name` and `version`");
        }
        let Some(name) = self.string(node, "name")? else {
            return self.fail(node.span, Problem::NoFrameworkName);
        };
        let version = self.string(node, "version")?;
        let rolling = if rolls { self.rolling(node)? } else { Rolling::default() };
        Ok(FrameworkReference {
            name,
            version,
            roll_forward: rolling.roll_forward,
            apply_patches: rolling.apply_patches,
            roll_forward_on_no_candidate_fx: rolling.no_candidate,
        })
    }

    fn framework_array(
        &mut self,
        node: &Node<'_>,
        key: &'static str,
        rolls: bool,
        frameworks: &mut Vec<FrameworkReference>,
    ) -> Result<()> {
        let Some(elements) = node.elements() else {
            return self.wrong_type(node, key, "an array of frameworks");
        };
        let mut names: HashSet<String> = frameworks.iter().map(|f| f.name.value.clone()).collect();
        for element in elements {
            let framework = self.framework(element, key, rolls)?;
            if !names.insert(framework.name.value.clone()) {
                return self.fail(framework.name.span, Problem::DuplicateFramework(framework.name.value));
            }
            frameworks.push(framework);
        }
        Ok(())
    }
}
