//! What clients say, by language.
//!
//! English from the clients' sources and public copies; .NET's other languages from its localized resources and
//! browsers' from their localized pages, as far as generally known.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use super::Client::{self, Browser, Curl, DotNet, Wget};
use super::ErrorKind::{self, EmptyReply, NameNotResolved, Other, Refused, Reset, TimedOut, Tls};
use super::codes;

/// What a phrase means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Means {
    /// A status follows.
    Status(Client),
    /// An error.
    Error(ErrorKind, Client),
    /// An error, when one of the [`CONTEXT`] words stands near: apps log the same words about their own
    /// connections.
    ErrorInContext(ErrorKind, Client),
    /// An error, when it is all that stands on its line: the heading of a browser's page.
    ErrorAsLine(ErrorKind),
    /// A code of a browser starts here.
    BrowserCode,
    /// curl's number follows.
    CurlCode,
    /// A word that shows that a client was called here.
    Context,
}

/// Words that show that a client was called, in the languages of people who call one.
const CONTEXT: [&str; 10] = [
    "Invoke-WebRequest",
    "Invoke-RestMethod",
    "iwr ",
    "irm ",
    "wget ",
    "curl ",
    "Connecting to ",
    "HTTP request sent",
    "System.Net.WebException",
    "HttpClient",
];

const STATUS: [(Client, &[&str]); 4] = [
    (
        DotNet,
        &[
            "Response status code does not indicate success:",
            "The remote server returned an error:",
            "Der Remoteserver hat einen Fehler zurückgegeben:",
            "Le serveur distant a retourné une erreur",
            "Error en el servidor remoto:",
            "Errore del server remoto:",
            "O servidor remoto retornou um erro:",
            "Удаленный сервер возвратил ошибку:",
            "远程服务器返回错误:",
            "遠端伺服器傳回一個錯誤:",
            "リモート サーバーがエラーを返しました:",
            "원격 서버에서",
        ],
    ),
    (Curl, &["The requested URL returned error:"]),
    (Wget, &["awaiting response...", "Warte auf Antwort...", "réponse…"]),
    (Browser, &["net::ERR_ABORTED", "the server responded with a status of"]),
];

const ERRORS: [(ErrorKind, Client, &[&str]); 11] = [
    (
        Refused,
        Browser,
        &[
            "refused to connect",
            "hat die Verbindung abgelehnt",
            "n'autorise pas la connexion",
            "n’autorise pas la connexion",
            "ha rechazado la conexión",
            "ha rifiutato la connessione",
            "a conexão com o servidor foi recusada",
            "не позволяет установить соединение",
            "拒绝了我们的连接请求",
            "拒絕連線",
            "で接続が拒否されました",
            "에서 연결을 거부했습니다",
            // Firefox. It has this page for a refused connection only.
            "can’t establish a connection to the server at",
            "can't establish a connection to the server at",
            "kann keine Verbindung zu dem Server unter",
            "ne peut établir de connexion avec le serveur",
        ],
    ),
    (Reset, Browser, &["The connection to the server was reset while the page was loading"]),
    (
        NameNotResolved,
        Browser,
        &[
            "server IP address could not be found",
            "’s DNS address could not be found",
            "'s DNS address could not be found",
            "We’re having trouble finding that site",
            "We're having trouble finding that site",
            "Die Server-IP-Adresse von",
            "Impossible de trouver l'adresse IP du serveur",
            "找不到服务器 IP 地址",
        ],
    ),
    (
        TimedOut,
        Browser,
        &[
            "took too long to respond",
            "hat zu lange gebraucht, um eine Antwort zu senden",
            "响应时间过长",
            "花太多時間回應",
            "からの応答時間が長すぎます",
        ],
    ),
    (
        Tls,
        Browser,
        &[
            "Your connection is not private",
            "Your connection isn't private",
            "Can’t connect securely to this page",
            "Can't connect securely to this page",
            "can’t provide a secure connection",
            "can't provide a secure connection",
            "Dies ist keine sichere Verbindung",
            "您的连接不是私密连接",
            "この接続ではプライバシーが保護されません",
        ],
    ),
    (EmptyReply, Browser, &["didn’t send any data", "didn't send any data"]),
    (
        Other,
        Browser,
        &[
            "This site can’t be reached",
            "This site can't be reached",
            "This page can’t be displayed",
            "This page can't be displayed",
            "this page cannot be displayed",
            "The page cannot be displayed",
            "Hmmm… can’t reach this page",
            "can’t reach this page",
            "can't reach this page",
            "Diese Website ist nicht erreichbar",
            "Diese Seite kann nicht angezeigt werden",
            "Ce site est inaccessible",
            "No se puede acceder a este sitio web",
            "Impossibile raggiungere il sito",
            "Não é possível acessar esse site",
            "Не удается получить доступ к сайту",
            "无法访问此网站",
            "無法連上這個網站",
            "このサイトにアクセスできません",
            "사이트에 연결할 수 없음",
        ],
    ),
    (NameNotResolved, Wget, &["wget: unable to resolve host address", "wget: bad address"]),
    (EmptyReply, Wget, &["awaiting response... No data received"]),
    (Reset, Wget, &["awaiting response... Read error (Connection reset by peer)"]),
    (Tls, Wget, &["Unable to establish SSL connection."]),
];

/// Headings of Firefox's pages.
const ERRORS_AS_LINE: [(ErrorKind, &[&str]); 5] = [
    (
        Refused,
        &["Unable to connect", "Fehler: Verbindung fehlgeschlagen", "La connexion a échoué", "无法连接"],
    ),
    (
        Reset,
        &[
            "The connection was reset",
            "Verbindung unterbrochen",
            "Die Verbindung wurde zurückgesetzt",
            "La connexion a été réinitialisée",
            "连接已重置",
            "連線已被重設",
            "接続がリセットされました",
        ],
    ),
    (NameNotResolved, &["Server Not Found"]),
    (TimedOut, &["The connection has timed out"]),
    (Tls, &["Secure Connection Failed"]),
];

const ERRORS_IN_CONTEXT: [(ErrorKind, Client, &[&str]); 9] = [
    (
        Refused,
        DotNet,
        &[
            "Unable to connect to the remote server",
            "target machine actively refused it",
            "Die Verbindung mit dem Remoteserver kann nicht hergestellt werden",
            "Impossible de se connecter au serveur distant",
            "No es posible conectar con el servidor remoto",
            "Impossibile effettuare la connessione al server remoto",
            "Impossível conectar-se ao servidor remoto",
            "Невозможно соединиться с удаленным сервером",
            "无法连接到远程服务器",
            "無法連接至遠端伺服器",
            "リモート サーバーに接続できません",
            "원격 서버에 연결할 수 없습니다",
        ],
    ),
    (
        Reset,
        DotNet,
        &[
            "The underlying connection was closed",
            "An existing connection was forcibly closed by the remote host",
            "Die zugrunde liegende Verbindung wurde geschlossen",
            "基础连接已经关闭",
            "基礎連接已關閉",
        ],
    ),
    (
        NameNotResolved,
        DotNet,
        &[
            "The remote name could not be resolved",
            "No such host is known",
            "Der Remotename konnte nicht aufgelöst werden",
            "Le nom distant n'a pas pu être résolu",
            "No se puede resolver el nombre remoto",
            "未能解析此远程名称",
        ],
    ),
    (
        TimedOut,
        DotNet,
        &[
            "The operation has timed out",
            "configured HttpClient.Timeout",
            "Timeout für Vorgang überschritten",
            "Le délai d'attente de l'opération a expiré",
            "操作超时",
            "did not properly respond after a period of time",
        ],
    ),
    (
        Tls,
        DotNet,
        &[
            "Could not establish trust relationship for the SSL/TLS secure channel",
            "The SSL connection could not be established",
            "Could not create SSL/TLS secure channel",
        ],
    ),
    (EmptyReply, DotNet, &["The response ended prematurely"]),
    (Refused, Wget, &["failed: Connection refused"]),
    (TimedOut, Wget, &["failed: Connection timed out"]),
    (Other, Wget, &["failed: No route to host", "failed: Network is unreachable"]),
];

/// All phrases with what they mean.
fn all() -> Vec<(&'static str, Means)> {
    let mut all = vec![("curl: (", Means::CurlCode)];
    all.extend(codes::STARTS.map(|start| (start, Means::BrowserCode)));
    all.extend(CONTEXT.map(|word| (word, Means::Context)));
    for (client, phrases) in STATUS {
        all.extend(phrases.iter().map(|phrase| (*phrase, Means::Status(client))));
    }
    for (kind, client, phrases) in ERRORS {
        all.extend(phrases.iter().map(|phrase| (*phrase, Means::Error(kind, client))));
    }
    for (kind, phrases) in ERRORS_AS_LINE {
        all.extend(phrases.iter().map(|phrase| (*phrase, Means::ErrorAsLine(kind))));
    }
    for (kind, client, phrases) in ERRORS_IN_CONTEXT {
        all.extend(phrases.iter().map(|phrase| (*phrase, Means::ErrorInContext(kind, client))));
    }
    all
}

/// Finds the phrases, the longest at each place, whatever the case of ASCII letters.
struct Finder {
    /// `None` could only be when the table above were too big for an automaton.
    automaton: Option<AhoCorasick>,
    means: Vec<Means>,
}

static FINDER: LazyLock<Finder> = LazyLock::new(|| {
    let (phrases, means): (Vec<_>, Vec<_>) = all().into_iter().unzip();
    let automaton = AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::LeftmostLongest)
        .build(phrases)
        .ok();
    Finder { automaton, means }
});

/// The phrases in `text` with their byte ranges, in order.
pub(super) fn find(text: &str) -> impl Iterator<Item = (std::ops::Range<usize>, Means)> {
    let finder = &*FINDER;
    finder
        .automaton
        .iter()
        .flat_map(move |automaton| automaton.find_iter(text))
        .filter_map(|found| Some((found.range(), *finder.means.get(found.pattern().as_usize())?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phrase_is_found_and_is_written_once() {
        for (phrase, means) in all() {
            let found: Vec<_> = find(phrase).collect();
            assert_eq!(found.first(), Some(&(0..phrase.len(), means)), "{phrase}");
        }
    }
}
