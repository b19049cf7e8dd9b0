use proptest::prelude::*;

use super::*;
use crate::html;

const PAGE: &str = r#"<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head>
<title>IIS 10.0 Detailed Error - 500.19 - Internal Server Error</title>
<style type="text/css"><!-- body{margin:0} --></style></head><body>
<div id="content"><div class="content-container">
  <h3>HTTP Error 500.19 - Internal Server Error</h3>
  <h4>The requested page cannot be accessed because the related configuration data for the page is invalid.</h4>
</div><div class="content-container"><fieldset><h4>Detailed Error Information:</h4>
  <div id="details-left"><table border="0" cellpadding="0" cellspacing="0">
    <tr class="alt"><th>Module</th><td>&nbsp;&nbsp;&nbsp;IIS Web Core</td></tr>
    <tr><th>Notification</th><td>&nbsp;&nbsp;&nbsp;BeginRequest</td></tr>
    <tr class="alt"><th>Handler</th><td>&nbsp;&nbsp;&nbsp;Not yet determined</td></tr>
    <tr><th>Error Code</th><td>&nbsp;&nbsp;&nbsp;0x800700b7</td></tr>
    <tr class="alt"><th>Config Error</th><td>&nbsp;&nbsp;&nbsp;Cannot add duplicate collection entry of type &#39;add&#39;</td></tr>
    <tr><th>Config File</th><td>&nbsp;&nbsp;&nbsp;\\?\C:\inetpub\shop\web.config</td></tr>
  </table></div>
  <div id="details-right"><table border="0" cellpadding="0" cellspacing="0">
    <tr class="alt"><th>Requested URL</th><td>&nbsp;&nbsp;&nbsp;http://localhost:80/shop</td></tr>
    <tr><th>Physical Path</th><td>&nbsp;&nbsp;&nbsp;C:\inetpub\shop</td></tr>
    <tr class="alt"><th>Logon Method</th><td>&nbsp;&nbsp;&nbsp;Not yet determined</td></tr>
    <tr><th>Logon User</th><td>&nbsp;&nbsp;&nbsp;Not yet determined</td></tr>
  </table></div></fieldset></div>
<div class="content-container"><fieldset><h4>Config Source:</h4><pre><code>   10:     &lt;handlers&gt;
   11:       &lt;add name="aspNetCore" path="*" verb="*" /&gt;
   12:     &lt;/handlers&gt;
</code></pre></fieldset></div>
<h4>More Information:</h4>This error occurs when there is a problem reading the configuration file.</div></body></html>"#;

#[test]
fn every_row_of_a_page_is_read() {
    let html = html::to_text(PAGE);
    let page = read(&html.text).expect("a page");
    assert_eq!((page.status, page.substatus), (Some(500), Some(19)));
    assert_eq!(page.title.as_deref(), Some("Internal Server Error"));
    assert_eq!(page.module.as_deref(), Some("IIS Web Core"));
    assert_eq!(page.notification.as_deref(), Some("BeginRequest"));
    assert_eq!(page.handler.as_deref(), Some("Not yet determined"));
    assert_eq!(page.error_code_value(), Some(0x8007_00b7));
    assert_eq!(page.config_error.as_deref(), Some("Cannot add duplicate collection entry of type 'add'"));
    assert_eq!(page.config_file.as_deref(), Some(r"\\?\C:\inetpub\shop\web.config"));
    assert_eq!(page.requested_url.as_deref(), Some("http://localhost:80/shop"));
    assert_eq!(page.physical_path.as_deref(), Some(r"C:\inetpub\shop"));
    assert_eq!(page.logon_user.as_deref(), Some("Not yet determined"));
    assert_eq!(page.config_line(), Some(11));
    assert_eq!(html.line_of_page(page.place.bytes.start as usize), 10);
}

#[test]
fn a_german_copy_with_values_below_their_labels_is_read() {
    let text = "HTTP-Fehler 500.19 - Internal Server Error\n\nDetaillierte Fehlerinformationen:\n\nModul\n   IIS Web Core \n\n\
        Benachrichtigung\n   BeginRequest \n\nHandler\n   Noch unbestimmt \n\nFehlercode\n   0x80070021 \n\n\
        Konfigurationsfehler\n   Dieser Konfigurationsabschnitt kann in diesem Pfad nicht verwendet werden.\n\n\
        Konfigurationsdatei\n   \\?\\C:\\inetpub\\app\\web.config \n\nAngeforderte URL\n   http://localhost:80/app \n\n\
        Konfigurationsquelle:\n   70:     <modules />\n   71:     <handlers>\n   72:       <remove name=\"x\" />\n";
    let page = read(text).expect("a page");
    assert_eq!(
        (page.status, page.substatus, page.error_code_value()),
        (Some(500), Some(19), Some(0x8007_0021))
    );
    assert_eq!(page.module.as_deref(), Some("IIS Web Core"));
    assert!(page.config_error.is_some_and(|e| e.starts_with("Dieser Konfigurationsabschnitt")));
    assert_eq!(page.config_file.as_deref(), Some(r"\?\C:\inetpub\app\web.config"));
    assert_eq!(page.config_source.get(1).map(|l| (l.number, l.text.as_str())), Some((71, "<handlers>")));
}

#[test]
fn a_copy_with_single_blanks_is_read_when_it_is_a_table() {
    let text = "HTTP 錯誤 500.19 - Internal Server Error\n模組 IpRestrictionModule\n通知 BeginRequest\n\
        處理常式 ExtensionlessUrlHandler-Integrated-4.0\n錯誤碼 0x800700b7\n設定錯誤 在複合金鑰屬性\n\
        設定檔案 \\\\?\\C:\\inetpub\\temp\\apppools\\Test\\Test.config\n要求的 URL http://localhost:7611/Child/\n";
    let page = read(text).expect("a page");
    assert_eq!(page.error_code.as_deref(), Some("0x800700b7"));
    assert_eq!(page.config_file.as_deref(), Some(r"\\?\C:\inetpub\temp\apppools\Test\Test.config"));
    assert_eq!(page.requested_url.as_deref(), Some("http://localhost:7611/Child/"));
}

#[test]
fn rows_on_one_line_are_told_apart() {
    let text = "IIS 10.0 Detailed Error - 500.19 - Internal Server Error: The page cannot be accessed. \
        Module IIS Web Core; Notification Unknown; Handler Not yet determined; Error Code 0x80070005";
    let page = read(text).expect("a page");
    assert_eq!((page.module.as_deref(), page.error_code_value()), (Some("IIS Web Core"), Some(0x8007_0005)));
    assert_eq!((page.status, page.substatus), (Some(500), Some(19)));
    let text = "HTTP-Error 500.19 - Internal Server Error; module: IIS Web Core; error code 0x80070003";
    let page = read(text).expect("a page");
    assert_eq!(
        (page.title.as_deref(), page.error_code_value()),
        (Some("Internal Server Error"), Some(0x8007_0003))
    );
}

#[test]
fn an_empty_row_does_not_take_the_next_one_for_its_value() {
    let text = "Module\tIIS Web Core\nError Code\t0x8007000d\nConfig Error\t\nConfig File\t\\\\?\\C:\\web.config\nConfig Source:\n   -1: \n    0: \n";
    let page = read(text).expect("a page");
    assert_eq!(page.config_error.as_deref(), Some(""));
    assert_eq!(page.config_file.as_deref(), Some(r"\\?\C:\web.config"));
    assert_eq!((page.config_source.len(), page.config_line()), (2, None));
}

#[test]
fn a_page_in_an_unknown_language_is_read_by_its_structure() {
    let text = "Fout HTTP 500.19 - Internal Server Error\nA\tIIS Web Core\nB\tBeginRequest\nC\tNog niet bepaald\n\
        D\t0x80070005\nE\tGeen rechten\nF\t\\\\?\\C:\\web.config\nG\thttp://localhost/\nH\tC:\\web\nI\tx\nJ\ty\n";
    let page = read(text).expect("a page");
    assert_eq!(
        (page.module.as_deref(), page.handler.as_deref()),
        (Some("IIS Web Core"), Some("Nog niet bepaald"))
    );
    assert_eq!(page.config_error.as_deref(), Some("Geen rechten"));
    assert_eq!((page.physical_path.as_deref(), page.logon_user.as_deref()), (Some(r"C:\web"), Some("y")));
}

#[test]
fn other_texts_are_no_pages() {
    for text in [
        "",
        "HTTP Error 500.30 - ASP.NET Core app failed to start",
        "Handler \"aspNetCore\" has a bad module \"AspNetCoreModuleV2\" in its module list",
        "Module loading took 3 s. Error Code: none",
        "Exception\t0xc0000005",
        "Error Code: 0x80070005",
        "Error Code: ERROR_FILE_IN_USE: Web Deploy cannot modify the file",
    ] {
        assert_eq!(read(text), None, "{text}");
    }
}

proptest! {
    #[test]
    fn a_cut_page_gives_no_panic_and_places_in_the_text(cut in 0usize..3500, noise in "[ -~\t\n中:;|]{0,30}", at in 0usize..900) {
        let mut end = cut.min(PAGE.len());
        while !PAGE.is_char_boundary(end) {
            end -= 1;
        }
        let mut text = html::to_text(PAGE.get(..end).unwrap_or_default()).text;
        let mut at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        text.insert_str(at, &noise);
        if let Some(page) = read(&text) {
            let range = page.place.bytes.start as usize..page.place.bytes.end as usize;
            prop_assert!(text.get(range).is_some_and(|part| page.module.is_none_or(|m| part.contains(&m))));
        }
    }
}
