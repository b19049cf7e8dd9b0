//! The model as JSON, described by `schemas/check-v1.schema.json`.

use crate::check::model::CheckReport;
use crate::render::json::to_json;

pub(crate) fn render(report: &CheckReport) -> String {
    to_json(report)
}
