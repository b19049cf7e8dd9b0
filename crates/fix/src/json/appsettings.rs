//! `appsettings*.json`.

use falconer_dotnet::json::Dialect;

use super::syntax;
use crate::Fix;
use crate::table::Case;

/// What is missing or too much may have been an entry, so no repair of the app's own settings is safe.
pub(crate) fn invalid(case: &Case<'_>) -> Option<Fix> {
    syntax::repair(case.text, Dialect::AppSettings).map(|fix| Fix { safe: false, ..fix })
}
