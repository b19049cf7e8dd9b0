//! The labels of the rows, by language.

/// What a row tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Label {
    /// The module.
    Module,
    /// The notification.
    Notification,
    /// The handler.
    Handler,
    /// The error code.
    ErrorCode,
    /// The configuration error.
    ConfigError,
    /// The configuration file.
    ConfigFile,
    /// The heading of the lines of the configuration file.
    ConfigSource,
    /// The URL.
    RequestedUrl,
    /// The physical path.
    PhysicalPath,
    /// The logon method.
    LogonMethod,
    /// The logon user.
    LogonUser,
}

/// The labels in lower case: English, German and traditional Chinese from public copies of pages, the others
/// from general knowledge of localized IIS.
const LABELS: &[(Label, &[&str])] = &[
    (Label::Module, &["module", "modul", "módulo", "modulo", "модуль", "模块", "模組", "モジュール", "모듈"]),
    (
        Label::Notification,
        &[
            "notification",
            "benachrichtigung",
            "notificación",
            "notifica",
            "notificação",
            "уведомление",
            "通知",
            "알림",
        ],
    ),
    (
        Label::Handler,
        &[
            "handler",
            "gestionnaire",
            "controlador",
            "gestore",
            "manipulador",
            "обработчик",
            "处理程序",
            "處理常式",
            "ハンドラー",
            "ハンドラ",
            "처리기",
        ],
    ),
    (
        Label::ErrorCode,
        &[
            "error code",
            "errorcode",
            "fehlercode",
            "code d'erreur",
            "code d’erreur",
            "código de error",
            "codice errore",
            "codice di errore",
            "código de erro",
            "код ошибки",
            "错误代码",
            "錯誤碼",
            "錯誤代碼",
            "エラー コード",
            "エラーコード",
            "오류 코드",
        ],
    ),
    (
        Label::ConfigError,
        &[
            "config error",
            "konfigurationsfehler",
            "erreur de configuration",
            "error de configuración",
            "errore di configurazione",
            "erro de configuração",
            "ошибка конфигурации",
            "配置错误",
            "設定錯誤",
            "組態錯誤",
            "構成エラー",
            "구성 오류",
        ],
    ),
    (
        Label::ConfigFile,
        &[
            "config file",
            "konfigurationsdatei",
            "fichier de configuration",
            "archivo de configuración",
            "file di configurazione",
            "arquivo de configuração",
            "ficheiro de configuração",
            "файл конфигурации",
            "配置文件",
            "設定檔案",
            "設定檔",
            "組態檔",
            "構成ファイル",
            "구성 파일",
        ],
    ),
    (
        Label::ConfigSource,
        &[
            "config source",
            "konfigurationsquelle",
            "source de la configuration",
            "source de configuration",
            "origen de configuración",
            "origen de la configuración",
            "origine configurazione",
            "origine della configurazione",
            "origem da configuração",
            "fonte da configuração",
            "источник конфигурации",
            "配置源",
            "設定來源",
            "組態來源",
            "構成ソース",
            "구성 원본",
        ],
    ),
    (
        Label::RequestedUrl,
        &[
            "requested url",
            "angeforderte url",
            "angeforderter url",
            "url demandée",
            "dirección url solicitada",
            "url solicitada",
            "url richiesto",
            "url solicitado",
            "запрошенный url-адрес",
            "запрошенный url",
            "请求的 url",
            "请求的url",
            "要求的 url",
            "要求的url",
            "要求された url",
            "要求された url",
            "요청한 url",
        ],
    ),
    (
        Label::PhysicalPath,
        &[
            "physical path",
            "physischer pfad",
            "physikalischer pfad",
            "chemin d'accès physique",
            "chemin d’accès physique",
            "chemin physique",
            "ruta de acceso física",
            "ruta física",
            "percorso fisico",
            "caminho físico",
            "физический путь",
            "物理路径",
            "實體路徑",
            "物理パス",
            "실제 경로",
        ],
    ),
    (
        Label::LogonMethod,
        &[
            "logon method",
            "anmeldemethode",
            "méthode d'ouverture de session",
            "méthode d’ouverture de session",
            "método de inicio de sesión",
            "metodo di accesso",
            "método de logon",
            "метод входа",
            "способ входа в систему",
            "登录方法",
            "登入方法",
            "ログオン方法",
            "로그온 방법",
        ],
    ),
    (
        Label::LogonUser,
        &[
            "logon user",
            "benutzeranmeldung",
            "anmeldebenutzer",
            "angemeldeter benutzer",
            "utilisateur de session",
            "utilisateur de l'ouverture de session",
            "usuario de inicio de sesión",
            "utente di accesso",
            "usuário de logon",
            "пользователь",
            "登录用户",
            "登入使用者",
            "ログオン ユーザー",
            "로그온 사용자",
        ],
    ),
];

/// How a label and its value are parted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Parted {
    /// By a tab, a bar, a colon or several blanks.
    Clearly,
    /// By one blank, as in a sentence.
    ByBlank,
    /// The line has no value.
    Alone,
}

/// The label with which a line starts, what follows it, and how both are parted.
pub(super) fn label_of(line: &str) -> Option<(Label, &str, Parted)> {
    let line = line.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '-' | '|' | '•'));
    let (label, rest) = LABELS
        .iter()
        .flat_map(|(label, words)| words.iter().map(move |word| (*label, *word)))
        .filter_map(|(label, word)| Some((label, strip_word(line, word)?)))
        .min_by_key(|(_, rest)| rest.len())?;
    let value = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '：' | '|'));
    let gap = rest.get(..rest.len() - value.len()).unwrap_or_default();
    let value = value.trim_end_matches(|c: char| c.is_whitespace() || c == '|');
    let parted = match gap.chars().next() {
        _ if value.is_empty() => Parted::Alone,
        None => return None,
        Some(' ') if gap.chars().count() == 1 => Parted::ByBlank,
        Some(_) => Parted::Clearly,
    };
    Some((label, value, parted))
}

/// What follows `word` (in lower case) at the start of `line`, whatever the letter case and the kind of blanks.
fn strip_word<'a>(line: &'a str, word: &str) -> Option<&'a str> {
    let mut rest = line.chars();
    for expected in word.chars() {
        let c = rest.next()?;
        let same = match expected {
            ' ' => c.is_whitespace(),
            _ if c.is_ascii() => c.to_ascii_lowercase() == expected,
            _ => c == expected || c.to_lowercase().eq([expected]),
        };
        if !same {
            return None;
        }
    }
    Some(rest.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_label_is_found_by_each_of_its_words_in_any_case() {
        for (label, words) in LABELS {
            for word in *words {
                let line = format!("{}\tvalue x", word.to_uppercase());
                assert_eq!(label_of(&line), Some((*label, "value x", Parted::Clearly)), "{word}");
            }
        }
    }

    #[test]
    fn label_and_value_may_be_parted_in_many_ways() {
        for (line, value, parted) in [
            ("Error Code\t   0x8007000d", "0x8007000d", Parted::Clearly),
            ("Error Code | 0x8007000d", "0x8007000d", Parted::Clearly),
            ("| Error Code | 0x8007000d |", "0x8007000d", Parted::Clearly),
            ("* Error code: 0x8007000d", "0x8007000d", Parted::Clearly),
            ("错误代码：0x8007000d", "0x8007000d", Parted::Clearly),
            ("Error\u{a0}Code  0x8007000d", "0x8007000d", Parted::Clearly),
            ("Error Code 0x8007000d", "0x8007000d", Parted::ByBlank),
            ("Error Code:", "", Parted::Alone),
        ] {
            assert_eq!(label_of(line), Some((Label::ErrorCode, value, parted)), "{line}");
        }
        for line in ["Modules: x", "Error codes\tx", "", "The module\tx"] {
            assert_eq!(label_of(line), None, "{line}");
        }
    }
}
