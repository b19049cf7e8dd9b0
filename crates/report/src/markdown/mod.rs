//! Markdown that says what the text says and nothing else: no heading, link, mention, emoji or HTML comes out of
//! evidence.

mod blocks;
mod inline;

pub(crate) use blocks::{commands, fenced, heading, list, one_end, plain_table, remedy, table};
pub(crate) use inline::{cell, code, code_cell, inline};
