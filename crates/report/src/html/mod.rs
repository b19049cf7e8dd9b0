//! One self-contained page: no scripts, nothing from elsewhere, readable in light, dark, narrow and print. What comes
//! from evidence is text and never markup; the page's own policy lets nothing run or load even so.

mod blocks;
mod page;
mod text;

pub(crate) use blocks::{
    diff, facts, inputs, list, note, remedies, remedy, section, source, step, table, warnings,
};
pub(crate) use page::{foot, head};
pub(crate) use text::{block, escape, exact, inline};
