//! The property names of PowerShell's event objects.

/// What a column, property or label holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    Provider,
    Id,
    /// The full 32-bit identifier, whose low 16 bits are the event id.
    InstanceId,
    Level,
    /// `EventLogEntryType`, whose numbers are not those of levels.
    EntryType,
    Time,
    /// The time of day, where the date stands apart from it.
    Clock,
    Log,
    Computer,
    Record,
    ProcessId,
    Message,
    /// Insertion strings, as a list.
    Strings,
    /// Raw bytes, as a list of numbers.
    Bytes,
    /// Known, and of no use here.
    Other,
}

/// Names of `EventLogRecord` (`Get-WinEvent`) and `EventLogEntry` (`Get-EventLog`), by Microsoft's reference of
/// the two .NET classes, and those PowerShell adds.
const NAMES: &[(&str, Field)] = &[
    ("Message", Field::Message),
    ("Id", Field::Id),
    ("EventID", Field::Id),
    ("InstanceId", Field::InstanceId),
    ("InstanceID", Field::InstanceId),
    ("ProviderName", Field::Provider),
    ("Source", Field::Provider),
    ("Level", Field::Level),
    ("LevelDisplayName", Field::Level),
    ("EntryType", Field::EntryType),
    ("TimeCreated", Field::Time),
    ("TimeGenerated", Field::Time),
    ("Time", Field::Time),
    ("TimeWritten", Field::Time),
    ("LogName", Field::Log),
    ("MachineName", Field::Computer),
    ("RecordId", Field::Record),
    ("Index", Field::Record),
    ("ProcessId", Field::ProcessId),
    ("ReplacementStrings", Field::Strings),
    ("Properties", Field::Strings),
    ("Data", Field::Bytes),
    ("Version", Field::Other),
    ("Qualifiers", Field::Other),
    ("Task", Field::Other),
    ("TaskDisplayName", Field::Other),
    ("Opcode", Field::Other),
    ("OpcodeDisplayName", Field::Other),
    ("Keywords", Field::Other),
    ("KeywordsDisplayNames", Field::Other),
    ("ProviderId", Field::Other),
    ("ThreadId", Field::Other),
    ("UserId", Field::Other),
    ("UserName", Field::Other),
    ("ActivityId", Field::Other),
    ("RelatedActivityId", Field::Other),
    ("ContainerLog", Field::Other),
    ("MatchedQueryIds", Field::Other),
    ("Bookmark", Field::Other),
    ("Category", Field::Other),
    ("CategoryNumber", Field::Other),
    ("Site", Field::Other),
    ("Container", Field::Other),
    ("PSComputerName", Field::Other),
    ("PSShowComputerName", Field::Other),
    ("RunspaceId", Field::Other),
];

/// The field of a property, by its exact name.
pub(crate) fn property(name: &str) -> Option<Field> {
    // Every name starts with a capital letter; most words of most lines do not.
    if !name.as_bytes().first().is_some_and(u8::is_ascii_uppercase) {
        return None;
    }
    NAMES.iter().find(|(known, _)| *known == name).map(|(_, field)| *field)
}

/// What must come together for a set of properties to be an event and not just any object: an id, and one of
/// the properties that only event objects have.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Evidence {
    id: bool,
    telling: bool,
}

impl Evidence {
    /// Takes a property into account.
    pub(crate) fn add(&mut self, field: Field) {
        match field {
            Field::Id | Field::InstanceId => self.id = true,
            Field::Provider | Field::Time | Field::EntryType | Field::Message => self.telling = true,
            _ => {}
        }
    }

    /// The properties seen make an event.
    pub(crate) fn suffices(self) -> bool {
        self.id && self.telling
    }
}
