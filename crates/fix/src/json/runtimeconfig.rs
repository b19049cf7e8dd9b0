//! `*.runtimeconfig.json`.

use falconer_dotnet::json::{Dialect, Member, Node, parse};
use falconer_dotnet::runtimeconfig::{RollForward, RuntimeConfig, RuntimeConfigProblem};
use falconer_iis_config::{Edit, Span};

use super::tokens::{next_significant, significant_end};
use super::{edits, syntax};
use crate::Fix;
use crate::table::Case;
use crate::typo::is_slip;

pub(crate) fn invalid(case: &Case<'_>) -> Option<Fix> {
    let error = RuntimeConfig::parse(case.text.as_bytes()).err()?;
    let span = Span::new(error.span.range().start, error.span.range().end);
    match error.problem {
        RuntimeConfigProblem::Syntax(_) => syntax::repair(case.text, Dialect::HostFxr),
        RuntimeConfigProblem::UnknownRollForward(written) => {
            let letters: String = written.chars().filter(|c| c.is_alphabetic()).collect();
            let meant = RollForward::ALL.into_iter().find(|value| is_slip(&letters, value.name()))?;
            let text = format!("Change rollForward from \"{written}\" to \"{meant}\".");
            Some(edits(false, text, vec![Edit::replace(span, format!("\"{meant}\""))]))
        }
        RuntimeConfigProblem::NoRuntimeOptions => {
            let root = parse(case.text.as_bytes(), Dialect::HostFxr).ok()?;
            let member = root.members()?.iter().find(|m| is_slip(&m.name, "runtimeOptions"))?;
            let text = format!("Rename {} to runtimeOptions.", member.name);
            Some(edits(false, text, vec![Edit::replace(place(member).0, "\"runtimeOptions\"")]))
        }
        _ => None,
    }
}

pub(crate) fn reserved_property(case: &Case<'_>) -> Option<Fix> {
    let config = RuntimeConfig::parse(case.text.as_bytes()).ok()?;
    let name = config.reserved_property()?;
    let root = parse(case.text.as_bytes(), Dialect::HostFxr).ok()?;
    let properties = root.get("runtimeOptions")?.get("configProperties")?;
    let index = properties.members()?.iter().position(|member| member.name_span == name.span)?;
    let text = format!("Remove {}, which only the host may set.", name.value);
    Some(edits(false, text, remove_member(case.text, properties, index)?))
}

/// Where a member's name stands, and where its value.
fn place(member: &Member<'_>) -> (Span, Span) {
    let [name, value] = [member.name_span, member.node.span].map(|span| span.range());
    (Span::new(name.start, name.end), Span::new(value.start, value.end))
}

/// Takes a member out of an object with the comma that belongs to it, and with its lines when it is alone there.
fn remove_member(text: &str, object: &Node<'_>, index: usize) -> Option<Vec<Edit>> {
    let members = object.members()?;
    let (name, value) = place(members.get(index)?);
    if index + 1 < members.len() {
        let comma = next_significant(text, value.end);
        let own = crate::xml::own_lines(text, Span::new(name.start, comma + 1));
        if own.start < name.start || own.end > comma + 1 {
            return Some(vec![Edit::delete(own)]);
        }
        let behind = text.get(comma + 1..)?;
        let blank = behind.len() - behind.trim_start_matches([' ', '\t']).len();
        return Some(vec![Edit::delete(Span::new(name.start, comma + 1 + blank))]);
    }
    let own = crate::xml::own_lines(text, Span::new(name.start, value.end));
    let before = significant_end(text, name.start);
    let mut out = Vec::new();
    // The last one takes the comma before it along.
    if index > 0 {
        out.push(Edit::delete(Span::new(before.checked_sub(1)?, before)));
    }
    let blank = text.get(before..own.start).is_some_and(|blank| blank.trim_matches([' ', '\t']).is_empty());
    let start = if blank { before } else { own.start };
    out.push(Edit::delete(Span::new(start, own.end)));
    Some(out)
}
