//! Choosing a version for a reference among those that are installed.

use super::reference::{Range, Reference};
use crate::version::Version;

/// The index of the version that hostfxr 3.0 and later picks.
pub(super) fn pick(versions: &[&Version], reference: &Reference) -> Option<usize> {
    if reference.is_exact() {
        return versions.iter().position(|v| v.to_string() == reference.text);
    }
    let release = reference.prefer_release.then(|| pick_among(versions, reference, true)).flatten();
    release.or_else(|| pick_among(versions, reference, false))
}

fn pick_among(versions: &[&Version], reference: &Reference, release_only: bool) -> Option<usize> {
    let candidates = || {
        versions
            .iter()
            .enumerate()
            .filter(move |(_, v)| !(release_only && v.is_prerelease()))
            .map(|(i, v)| (i, *v))
    };
    let fitting = candidates()
        .filter(|(_, v)| reference.version.as_ref().is_none_or(|asked| *v >= asked) && reference.allows(v));
    let highest = reference.range != Range::Patch && reference.to_highest;
    let (index, start) =
        if highest { fitting.max_by_key(|(_, v)| *v)? } else { fitting.min_by_key(|(_, v)| *v)? };
    if start.is_prerelease() {
        return Some(index);
    }
    let patched = candidates()
        .filter(|(_, v)| {
            (reference.apply_patches || v.patch == start.patch) && *v >= start && v.same_band(start)
        })
        .max_by_key(|(_, v)| *v);
    Some(patched.map_or(index, |(i, _)| i))
}

/// The index of the version that hostfxr 2.x picks
/// (framework-version-resolution.md, "Behavior before 3.0").
pub(super) fn pick_2x(versions: &[&Version], reference: &Reference) -> Option<usize> {
    let asked = reference.version.as_ref()?;
    let exact = || versions.iter().position(|v| v.to_string() == reference.text);
    if reference.is_exact() {
        return exact();
    }
    if asked.is_prerelease() {
        let same_patch = |v: &Version| v.same_band(asked) && v.patch == asked.patch && v.is_prerelease();
        let closest = versions.iter().enumerate().filter(|(_, v)| **v >= asked && same_patch(v));
        return exact().or_else(|| closest.min_by_key(|(_, v)| **v).map(|(i, _)| i));
    }
    let start = closest_2x(versions, reference, asked, true);
    let prereleases_too = || closest_2x(versions, reference, asked, false);
    let start = start.or_else(|| (reference.range > Range::Patch).then(prereleases_too).flatten())?;
    if !reference.apply_patches {
        return versions.iter().position(|v| *v == start);
    }
    let patched = versions
        .iter()
        .enumerate()
        .filter(|(_, v)| v.same_band(start) && **v >= start && (v.is_prerelease() == start.is_prerelease()));
    patched.max_by_key(|(_, v)| **v).map(|(i, _)| i)
}

fn closest_2x<'v>(
    versions: &[&'v Version],
    reference: &Reference,
    asked: &Version,
    release_only: bool,
) -> Option<&'v Version> {
    let fitting = |v: &&&Version| **v >= asked && !(release_only && v.is_prerelease()) && reference.allows(v);
    versions.iter().filter(fitting).min().copied()
}
