//! The header that each dll of the module writes when it starts to log.

/// What a header says. Format: `Initializing logs for '%ls'. %ls. %ls.` (`debugutil.cpp`), so there may be two
/// periods between the parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// The full path of the dll.
    pub dll: String,
    /// The process.
    pub process_id: Option<u32>,
    /// The file version: `16.0.21209.0` is of 6.0.
    pub file_version: Option<String>,
    /// The description.
    pub description: Option<String>,
    /// The commit it was built from; empty in some builds.
    pub commit: Option<String>,
}

/// How a header starts.
pub(super) const START: &str = "Initializing logs for '";

impl Header {
    /// The header that a message is.
    pub(super) fn parse(message: &str) -> Option<Header> {
        let (dll, rest) = message.strip_prefix(START)?.split_once('\'')?;
        let part = |name: &str| rest.split_once(name).map(|(_, value)| value);
        let run = |name, is: fn(char) -> bool| {
            let value = part(name)?;
            let value = value.get(..value.find(|c: char| !is(c)).unwrap_or(value.len()))?;
            Some(value.trim_end_matches('.').to_owned()).filter(|value| !value.is_empty())
        };
        let description = part("Description: ").map(|value| {
            let value = value.split_once(". Commit:").map_or(value, |(description, _)| description);
            value.trim().trim_end_matches('.').to_owned()
        });
        Some(Header {
            dll: dll.to_owned(),
            process_id: run("Process Id: ", |c| c.is_ascii_digit()).and_then(|id| id.parse().ok()),
            file_version: run("File Version: ", |c| c.is_ascii_digit() || c == '.'),
            description: description.filter(|description| !description.is_empty()),
            commit: run("Commit: ", |c| c.is_ascii_hexdigit()),
        })
    }
}
