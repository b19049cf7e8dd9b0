//! The words for an event's level.

use falconer_observation::EventLevel::{self, Critical, Error, Information, Verbose, Warning};

/// Level words of Event Viewer and of PowerShell's `EntryType`, in lower case.
///
/// Seen in public copies of events: English, German, Russian, Chinese (simplified), Japanese, Korean and, in
/// translated Microsoft documentation, French, Spanish, Italian and Portuguese; the others are from general
/// knowledge of the localized Event Viewer.
const LEVELS: &[(EventLevel, &[&str])] = &[
    (
        Error,
        &[
            "error",
            "fehler",
            "erreur",
            "errore",
            "erro",
            "ошибка",
            "错误",
            "錯誤",
            "エラー",
            "오류",
            "fout",
            "fel",
            "fejl",
            "feil",
            "virhe",
            "błąd",
            "chyba",
            "hiba",
            "hata",
            "помилка",
        ],
    ),
    (
        Warning,
        &[
            "warning",
            "warn",
            "warnung",
            "avertissement",
            "advertencia",
            "avviso",
            "aviso",
            "предупреждение",
            "警告",
            "경고",
            "waarschuwing",
            "varning",
            "advarsel",
            "varoitus",
            "ostrzeżenie",
            "upozornění",
            "figyelmeztetés",
            "uyarı",
            "попередження",
        ],
    ),
    (
        Information,
        &[
            "information",
            "info",
            "informational",
            "informationen",
            "informations",
            "información",
            "informazioni",
            "informazione",
            "informações",
            "informação",
            "сведения",
            "информация",
            "信息",
            "資訊",
            "情報",
            "정보",
            "informatie",
            "informacje",
            "informace",
            "információ",
            "bilgi",
            "відомості",
            "successaudit",
            "failureaudit",
        ],
    ),
    (
        Critical,
        &["critical", "kritisch", "critique", "crítico", "critico", "критический", "严重", "重大", "위험"],
    ),
    (
        Verbose,
        &[
            "verbose",
            "ausführlich",
            "commentaires",
            "détaillé",
            "detallado",
            "dettagliato",
            "подробно",
            "详细",
            "詳細",
        ],
    ),
];

/// The longest word above is shorter than this, in bytes.
const LONGEST: usize = 40;

/// The level of a word in any known language, whatever its case.
pub(crate) fn level(word: &str) -> Option<EventLevel> {
    let word = word.trim().trim_matches('*');
    if word.is_empty() || word.len() > LONGEST {
        return None;
    }
    let word = word.to_lowercase();
    LEVELS.iter().find(|(_, words)| words.contains(&word.as_str())).map(|(level, _)| *level)
}

/// The level of a number as it stands in `Level` elements, or of a word.
pub(crate) fn level_or_number(text: &str) -> Option<EventLevel> {
    match text.trim().parse() {
        Ok(number) => EventLevel::from_number(number),
        Err(_) => level(text),
    }
}

/// The level of an event type: `EventLogEntryType` of .NET, a number or a word. Azure's `eventlog.xml` writes
/// the same numbers into its `Level` elements (2299 of W3SVC-WP and `EventLog.WriteEntry(…, Error)` as 1 in
/// public copies).
pub(crate) fn entry_type(text: &str) -> Option<EventLevel> {
    match text.trim() {
        "1" => Some(Error),
        "2" => Some(Warning),
        "0" | "4" | "8" | "16" => Some(Information),
        word => level(word),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_known_in_every_language_of_the_table() {
        for (word, expected) in [
            ("Error", Error),
            (" FEHLER ", Error),
            ("Avertissement", Warning),
            ("Предупреждение", Warning),
            ("情報", Information),
            ("Crítico", Critical),
            ("2", Error),
            ("0", Information),
        ] {
            assert_eq!(level_or_number(word), Some(expected), "{word}");
        }
        for no in ["", "7", "Errors", "None", "错"] {
            assert_eq!(level_or_number(no), None, "{no}");
        }
    }

    #[test]
    fn no_level_word_stands_for_two_levels_or_is_too_long() {
        let mut words: Vec<&str> = LEVELS.iter().flat_map(|(_, words)| words.iter().copied()).collect();
        let count = words.len();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), count);
        assert!(words.iter().all(|w| w.len() <= LONGEST && w.to_lowercase() == *w));
    }

    #[test]
    fn entry_types_count_otherwise_than_levels() {
        assert_eq!(entry_type("1"), Some(Error));
        assert_eq!(entry_type("2"), Some(Warning));
        assert_eq!(entry_type("4"), Some(Information));
        assert_eq!(entry_type("FailureAudit"), Some(Information));
    }
}
