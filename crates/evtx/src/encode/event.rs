//! An event to write.

use super::Value;

/// How an event's `System` element is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Style {
    /// As classic sources have it (`ReportEvent`): the provider's name and the log stand in the template.
    #[default]
    Classic,
    /// As newer systems write events of providers with a manifest: name, GUID and log are values.
    Manifest,
    /// Without templates, all of it literal text.
    Plain,
}

/// The part of an event behind `System`.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Body {
    /// None.
    #[default]
    None,
    /// `EventData` of a classic source: one array of insertion strings.
    Strings(Vec<String>),
    /// `EventData` with a `Data` element for each value, with its name.
    EventData(Vec<(Option<String>, Value)>),
    /// `UserData` with one element, and in it an element for each value.
    UserData {
        /// The name of the one element.
        element: String,
        /// Its namespace.
        namespace: String,
        /// The names of the elements in it, and their values.
        fields: Vec<(String, Value)>,
    },
}

/// An event to write.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// How its `System` element is written.
    pub style: Style,
    /// `Provider Name`.
    pub provider: String,
    /// `Provider Guid`, of [`Style::Manifest`] only.
    pub guid: Option<[u8; 16]>,
    /// `EventID`.
    pub id: u16,
    /// `EventID Qualifiers`.
    pub qualifiers: Option<u16>,
    /// `Version`.
    pub version: u8,
    /// `Level`.
    pub level: u8,
    /// `Task`.
    pub task: u16,
    /// `Opcode`.
    pub opcode: u8,
    /// `Keywords`.
    pub keywords: u64,
    /// `TimeCreated SystemTime`, and when the record was written: 100 ns since 1601-01-01.
    pub time: u64,
    /// `Execution ProcessID`.
    pub process: u32,
    /// `Execution ThreadID`.
    pub thread: u32,
    /// `Channel`.
    pub log: String,
    /// `Computer`.
    pub computer: String,
    /// `Security UserID`, a SID.
    pub user: Option<Vec<u8>>,
    /// What follows `System`.
    pub body: Body,
    /// `RenderingInfo/Message`, as in logs of forwarded events.
    pub message: Option<String>,
}

impl Default for Event {
    /// An information of 2024-01-01 without provider, log and body.
    fn default() -> Self {
        Event {
            style: Style::default(),
            provider: String::new(),
            guid: None,
            id: 0,
            qualifiers: None,
            version: 0,
            level: 4,
            task: 0,
            opcode: 0,
            keywords: 0x80_0000_0000_0000,
            time: 133_485_408_000_000_000,
            process: 0,
            thread: 0,
            log: String::new(),
            computer: "WEB01".into(),
            user: None,
            body: Body::None,
            message: None,
        }
    }
}
