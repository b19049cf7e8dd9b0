//! The labels of Event Viewer's General tab, as its copy button writes them.

use crate::properties::Field;

/// Labels without their colon, language by language.
///
/// Sources: English, Russian, Chinese, Japanese and Korean from copies of events in public issues and posts;
/// German, French, Spanish, Italian and Portuguese from posts and from the translations of Microsoft's
/// documentation, which word some labels in more than one way. `wevtutil /f:text` writes the English labels and
/// a few more (`Task`, `Opcode`, `Keyword`, `User Name`).
const LABELS: &[(&str, Field)] = &[
    // English
    ("Log Name", Field::Log),
    ("Source", Field::Provider),
    ("Date", Field::Time),
    ("Event ID", Field::Id),
    ("Task Category", Field::Other),
    ("Level", Field::Level),
    ("Keywords", Field::Other),
    ("User", Field::Other),
    ("Computer", Field::Computer),
    ("Description", Field::Message),
    ("Task", Field::Other),
    ("Opcode", Field::Other),
    ("OpCode", Field::Other),
    ("Keyword", Field::Other),
    ("User Name", Field::Other),
    ("Logged", Field::Time),
    // English, Windows Server 2003 and XP
    ("Event Type", Field::Level),
    ("Event Source", Field::Provider),
    ("Event Category", Field::Other),
    ("Time", Field::Clock),
    // German
    ("Protokollname", Field::Log),
    ("Quelle", Field::Provider),
    ("Datum", Field::Time),
    ("Ereignis-ID", Field::Id),
    ("Aufgabenkategorie", Field::Other),
    ("Ebene", Field::Level),
    ("Stufe", Field::Level),
    ("Schlüsselwörter", Field::Other),
    ("Benutzer", Field::Other),
    ("Beschreibung", Field::Message),
    // French
    ("Nom du journal", Field::Log),
    ("ID de l'événement", Field::Id),
    ("ID d'événement", Field::Id),
    ("Catégorie de la tâche", Field::Other),
    ("Catégorie de tâche", Field::Other),
    ("Niveau", Field::Level),
    ("Mots clés", Field::Other),
    ("Mots-clés", Field::Other),
    ("Utilisateur", Field::Other),
    ("Ordinateur", Field::Computer),
    // Spanish
    ("Nombre de registro", Field::Log),
    ("Nombre del registro", Field::Log),
    ("Origen", Field::Provider),
    ("Fecha", Field::Time),
    ("Id. del evento", Field::Id),
    ("Id. de evento", Field::Id),
    ("Id. del suceso", Field::Id),
    ("Categoría de la tarea", Field::Other),
    ("Categoría de tarea", Field::Other),
    ("Nivel", Field::Level),
    ("Palabras clave", Field::Other),
    ("Usuario", Field::Other),
    ("Equipo", Field::Computer),
    ("Descripción", Field::Message),
    // Italian
    ("Nome registro", Field::Log),
    ("Nome log", Field::Log),
    ("Origine", Field::Provider),
    ("Data", Field::Time),
    ("ID evento", Field::Id),
    ("Categoria attività", Field::Other),
    ("Livello", Field::Level),
    ("Parole chiave", Field::Other),
    ("Utente", Field::Other),
    ("Descrizione", Field::Message),
    // Portuguese
    ("Nome do Log", Field::Log),
    ("Fonte", Field::Provider),
    ("Origem", Field::Provider),
    ("Identificação do Evento", Field::Id),
    ("ID do Evento", Field::Id),
    ("ID de Evento", Field::Id),
    ("Categoria da Tarefa", Field::Other),
    ("Nível", Field::Level),
    ("Palavras-chave", Field::Other),
    ("Usuário", Field::Other),
    ("Utilizador", Field::Other),
    ("Computador", Field::Computer),
    ("Descrição", Field::Message),
    // Russian
    ("Имя журнала", Field::Log),
    ("Источник", Field::Provider),
    ("Дата", Field::Time),
    ("Код события", Field::Id),
    ("Категория задачи", Field::Other),
    ("Уровень", Field::Level),
    ("Ключевые слова", Field::Other),
    ("Пользователь", Field::Other),
    ("Компьютер", Field::Computer),
    ("Описание", Field::Message),
    // Chinese, simplified
    ("日志名称", Field::Log),
    ("来源", Field::Provider),
    ("日期", Field::Time),
    ("事件 ID", Field::Id),
    ("任务类别", Field::Other),
    ("级别", Field::Level),
    ("关键字", Field::Other),
    ("用户", Field::Other),
    ("计算机", Field::Computer),
    ("描述", Field::Message),
    // Japanese
    ("ログの名前", Field::Log),
    ("ソース", Field::Provider),
    ("日付", Field::Time),
    ("イベント ID", Field::Id),
    ("タスクのカテゴリ", Field::Other),
    ("レベル", Field::Level),
    ("キーワード", Field::Other),
    ("ユーザー", Field::Other),
    ("コンピューター", Field::Computer),
    ("コンピュータ", Field::Computer),
    ("説明", Field::Message),
    // Korean
    ("로그 이름", Field::Log),
    ("원본", Field::Provider),
    ("날짜", Field::Time),
    ("이벤트 ID", Field::Id),
    ("작업 범주", Field::Other),
    ("수준", Field::Level),
    ("키워드", Field::Other),
    ("사용자", Field::Other),
    ("컴퓨터", Field::Computer),
    ("설명", Field::Message),
];

/// No label is longer, in bytes.
pub(crate) const LONGEST: usize = 40;

/// The field of a label: in ASCII whatever its case, with straight or curly apostrophes, with markdown's asterisks.
pub(crate) fn field(label: &str) -> Option<Field> {
    let label = label.trim_matches(|c: char| c == '*' || c.is_whitespace());
    if label.is_empty() || label.len() > LONGEST {
        return None;
    }
    LABELS.iter().find(|(known, _)| same(known, label)).map(|(_, field)| *field)
}

fn same(known: &str, label: &str) -> bool {
    // Most labels differ in their first byte or in length: by no more than the two bytes that a curly apostrophe
    // adds, when they are equal.
    let first = |text: &str| text.as_bytes().first().map(u8::to_ascii_lowercase);
    first(known) == first(label)
        && label.len().abs_diff(known.len()) <= 2
        && label.chars().map(fold).eq(known.chars().map(fold))
}

fn fold(c: char) -> char {
    match c {
        '’' => '\'',
        '\u{a0}' => ' ',
        other => other.to_ascii_lowercase(),
    }
}

/// A label and what stands behind it on its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Labelled<'t> {
    pub(crate) field: Field,
    pub(crate) value: &'t str,
}

/// The label a line starts with, and what stands behind its colon.
pub(crate) fn labelled(line: &str) -> Option<Labelled<'_>> {
    let line = line.trim_start();
    let head = crate::lines::cut(line, LONGEST + 8);
    let colon = head.find(':')?;
    let field = field(head.get(..colon)?)?;
    // Markdown sets `**Label:**` as often as `**Label**:`.
    let value = line.get(colon + 1..)?.trim_start().trim_start_matches("**").trim_start();
    Some(Labelled { field, value })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_known_whatever_their_dress() {
        for (line, expected, value) in [
            ("Log Name:      Application", Field::Log, "Application"),
            ("  Event ID: 1018", Field::Id, "1018"),
            ("**Ereignis-ID:**      7022", Field::Id, "7022"),
            ("**Computer**: SRV1", Field::Computer, "SRV1"),
            ("ID de l’événement :1000", Field::Id, "1000"),
            ("Source :       Application Error", Field::Provider, "Application Error"),
            ("イベント ID:       259", Field::Id, "259"),
            ("Описание:", Field::Message, ""),
            ("EVENT TYPE:\tError", Field::Level, "Error"),
        ] {
            assert_eq!(labelled(line), Some(Labelled { field: expected, value }), "{line}");
        }
    }

    #[test]
    fn other_lines_have_no_label() {
        for no in ["", ":", "info: Microsoft.Hosting.Lifetime[0]", "Event code: 3005", "   at System.IO: x"] {
            assert_eq!(labelled(no), None, "{no}");
        }
    }

    #[test]
    fn no_label_is_longer_than_the_bound_or_stands_for_two_fields() {
        for (at, (label, meaning)) in LABELS.iter().enumerate() {
            assert!(label.len() <= LONGEST, "{label}");
            let twin = LABELS.iter().skip(at + 1).find(|(other, _)| same(label, other));
            assert!(twin.is_none_or(|(_, other)| other == meaning), "{label}");
        }
    }
}
