//! IIS's detailed error pages: the table that says which module failed, in which step, with which code.
//!
//! The page is read from its text: of the HTML ([`crate::html::to_text`]) or as copied from a browser, where
//! label and value stand on one line or below each other. Rows are known by their labels in eleven
//! languages, and where a label is not known by where the row stands: the table has the same order in every
//! language.

mod labels;
mod rows;
mod structure;

use crate::Place;
use crate::status_line::{Heading, headings};

use labels::Label;

/// A detailed error page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct IisPage {
    /// The status of the heading.
    pub status: Option<u16>,
    /// The substatus of the heading.
    pub substatus: Option<u16>,
    /// The reason phrase of the heading.
    pub title: Option<String>,
    /// The module (`IIS Web Core`, `AspNetCoreModuleV2`).
    pub module: Option<String>,
    /// The step of the request pipeline (`BeginRequest`, `ExecuteRequestHandler`).
    pub notification: Option<String>,
    /// The handler (`aspNetCore`).
    pub handler: Option<String>,
    /// The error code as written (`0x8007000d`).
    pub error_code: Option<String>,
    /// What is wrong with the configuration, in the server's language. Empty where the page says nothing.
    pub config_error: Option<String>,
    /// The configuration file, mostly with the prefix `\\?\`.
    pub config_file: Option<String>,
    /// The lines of the configuration file around the fault.
    pub config_source: Vec<ConfigLine>,
    /// The URL.
    pub requested_url: Option<String>,
    /// The file or folder that the URL led to.
    pub physical_path: Option<String>,
    /// How the user logged on.
    pub logon_method: Option<String>,
    /// Who logged on.
    pub logon_user: Option<String>,
    /// From the first row to the last.
    pub place: Place,
}

/// A line of the configuration file as the page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigLine {
    /// Its number; -1 and 0 when IIS has no line to show.
    pub number: i64,
    /// Its text, without the blanks around it.
    pub text: String,
}

impl IisPage {
    /// The error code as a number.
    pub fn error_code_value(&self) -> Option<u32> {
        structure::hresult(self.error_code.as_deref()?)
    }

    /// The line of the configuration file that IIS complains about. The page shows it between its neighbours.
    pub fn config_line(&self) -> Option<u32> {
        let [before, fault, after] = self.config_source.as_slice() else { return None };
        let is_run = before.number.checked_add(1) == Some(fault.number)
            && fault.number.checked_add(1) == Some(after.number);
        is_run.then(|| u32::try_from(fault.number).ok()).flatten().filter(|number| *number > 0)
    }

    fn slot(&mut self, label: Label) -> Option<&mut Option<String>> {
        Some(match label {
            Label::Module => &mut self.module,
            Label::Notification => &mut self.notification,
            Label::Handler => &mut self.handler,
            Label::ErrorCode => &mut self.error_code,
            Label::ConfigError => &mut self.config_error,
            Label::ConfigFile => &mut self.config_file,
            Label::RequestedUrl => &mut self.requested_url,
            Label::PhysicalPath => &mut self.physical_path,
            Label::LogonMethod => &mut self.logon_method,
            Label::LogonUser => &mut self.logon_user,
            Label::ConfigSource => return None,
        })
    }

    fn set(&mut self, label: Label, value: &str) {
        if let Some(slot @ None) = self.slot(label) {
            *slot = Some(value.to_owned());
        }
    }
}

/// Reads the detailed error page that `text` is, or holds. `None` when there is none: a page has an error code
/// below a heading or next to another row, or a module with a notification or handler.
pub fn read(text: &str) -> Option<IisPage> {
    let rows = rows::rows(text);
    let headings = headings(text);
    let mut page = IisPage::default();
    let mut places: Vec<Place> = rows.iter().map(|row| row.place.clone()).collect();
    for row in &rows {
        page.set(row.label, row.value);
    }
    // A code in a table is an IIS page's only where something else says so.
    let is_near_page = !headings.is_empty() || rows.iter().any(|row| row.label != Label::ErrorCode);
    if is_near_page {
        places.extend(structure::fill(text, &mut page));
    }
    let has_code = is_near_page && page.error_code_value().is_some();
    if !has_code && (page.module.is_none() || (page.notification.is_none() && page.handler.is_none())) {
        return None;
    }
    page.config_source = rows::config_source(text, &mut places);
    let first = places.iter().min_by_key(|place| place.bytes.start)?;
    let last = places.iter().max_by_key(|place| place.bytes.end)?;
    page.place = first.until(last);
    if let Some(heading) = heading_of(headings, &page.place) {
        page.status = Some(heading.status);
        page.substatus = heading.substatus;
        page.title = Some(heading.title).filter(|title| !title.is_empty());
    }
    Some(page)
}

/// The heading of the page: the last one above its rows that has a substatus, or else the last one above.
fn heading_of(mut headings: Vec<Heading>, place: &Place) -> Option<Heading> {
    headings.retain(|heading| heading.place.bytes.start <= place.bytes.start);
    let best = headings.iter().rposition(|h| h.substatus.is_some()).or(headings.len().checked_sub(1))?;
    Some(headings.swap_remove(best))
}

#[cfg(test)]
mod tests;
