//! What Event Viewer copies and saves as text.

use falconer_event_text::{Damage, Form, read};
use falconer_observation::{EventLevel, WinEvent};

const COPIED: &str = "Log Name:      Application\r\nSource:        IIS AspNetCore Module V2\r\nDate:          7/28/2021 7:23:44 PM\r\n\
    Event ID:      1018\r\nTask Category: None\r\nLevel:         Error\r\nKeywords:      Classic\r\nUser:          N/A\r\n\
    Computer:      WEB01\r\nDescription:\r\nApplication '/LM/W3SVC/2/ROOT' with physical root 'C:\\inetpub\\site\\' hit\r\n\r\nsecond paragraph\r\n";
const XML: &str = "Event Xml:\r\n<Event xmlns=\"http://schemas.microsoft.com/win/2004/08/events/event\">\r\n  <System>\r\n    \
    <Provider Name=\"IIS AspNetCore Module V2\" />\r\n    <EventID Qualifiers=\"0\">1018</EventID>\r\n    <Level>2</Level>\r\n    \
    <TimeCreated SystemTime=\"2021-07-28T17:23:44.076000000Z\" />\r\n    <EventRecordID>31461</EventRecordID>\r\n  </System>\r\n  \
    <EventData>\r\n    <Data>Application '/LM/W3SVC/2/ROOT'</Data>\r\n  </EventData>\r\n</Event>\r\n";
const MESSAGE: &str =
    "Application '/LM/W3SVC/2/ROOT' with physical root 'C:\\inetpub\\site\\' hit\r\n\r\nsecond paragraph";

fn time(event: &WinEvent) -> String {
    event.time.map_or_else(String::new, |time| time.to_string())
}

#[test]
fn a_copied_event_has_its_labels_and_its_message() {
    let reading = read(COPIED);
    let event = &reading.events[0].event;
    assert_eq!((event.id, event.level), (Some(1018), Some(EventLevel::Error)));
    assert_eq!(event.provider.as_deref(), Some("IIS AspNetCore Module V2"));
    assert_eq!((event.log.as_deref(), event.computer.as_deref()), (Some("Application"), Some("WEB01")));
    assert_eq!(time(event), "2021-07-28 19:23:44");
    assert_eq!(event.message.as_deref(), Some(MESSAGE));
    assert_eq!((reading.form, reading.rest.len()), (Some(Form::General), 0));
}

#[test]
fn a_copied_event_with_its_xml_is_one_event_with_the_time_in_utc() {
    let text = format!("{COPIED}{XML}{COPIED}");
    let reading = read(&text);
    assert_eq!(reading.events.len(), 2);
    let event = &reading.events[0].event;
    assert_eq!((time(event).as_str(), event.record), ("2021-07-28 17:23:44Z", Some(31461)));
    assert_eq!(event.message.as_deref(), Some(MESSAGE));
    assert_eq!(event.data.len(), 1);
    assert_eq!((reading.events[1].event.record, reading.rest.len()), (None, 0));
}

#[test]
fn xml_of_another_event_stays_an_event_of_its_own() {
    let text = format!("{COPIED}{}", XML.replace(">1018<", ">1007<"));
    let ids: Vec<_> = read(&text).events.iter().map(|e| e.event.id).collect();
    assert_eq!(ids, [Some(1018), Some(1007)]);
}

#[test]
fn xml_that_breaks_off_does_not_take_the_copied_event_with_it() {
    let text = format!("{COPIED}{}", XML.split("<EventRecordID>").next().unwrap());
    let reading = read(&text);
    assert_eq!((reading.events.len(), reading.problems.len()), (1, 1));
    assert_eq!(reading.events[0].event.message.as_deref(), Some(MESSAGE));
}

#[test]
fn labels_are_known_in_the_languages_of_event_viewer() {
    for (text, level, shown) in [
        (
            "Protokollname: Application\nQuelle:        Application Error\nDatum:         28.07.2021 19:23:44\nEreignis-ID:   1000\n\
             Aufgabenkategorie:(100)\nEbene:         Fehler\nSchlüsselwörter:Klassisch\nBenutzer:      Nicht zutreffend\n\
             Computer:      WEB01\nBeschreibung:\nM\nEreignis-XML:\n",
            EventLevel::Error,
            "2021-07-28 19:23:44",
        ),
        (
            "Nom du journal :Application\nSource :       Application Error\nDate :         28/07/2021 19:23:44\n\
             ID de l’événement :1000\nCatégorie de la tâche :(100)\nNiveau :       Avertissement\nMots clés :    Classique\n\
             Utilisateur :  N/A\nOrdinateur :   WEB01\nDescription :\nM\nXML de l’événement :\n",
            EventLevel::Warning,
            "2021-07-28 19:23:44",
        ),
        (
            "Nombre de registro:Application\nOrigen:        Application Error\nFecha:         28/07/2021 19:23:44\nId. del evento:1000\n\
             Categoría de la tarea:(100)\nNivel:         Información\nPalabras clave:Clásico\nUsuario:       No disponible\n\
             Equipo:        WEB01\nDescripción:\nM\nXML de evento:\n",
            EventLevel::Information,
            "2021-07-28 19:23:44",
        ),
        (
            "Nome registro: Application\nOrigine:       Application Error\nData:          28/07/2021 19:23:44\nID evento:     1000\n\
             Categoria attività:(100)\nLivello:       Errore\nParole chiave: Classico\nUtente:        N/D\nComputer:      WEB01\n\
             Descrizione:\nM\nXML evento:\n",
            EventLevel::Error,
            "2021-07-28 19:23:44",
        ),
        (
            "Nome do Log:   Application\nFonte:         Application Error\nData:          28/07/2021 19:23:44\n\
             Identificação do Evento:1000\nCategoria da Tarefa:(100)\nNível:         Erro\nPalavras-chave:Clássico\n\
             Usuário:       N/D\nComputador:    WEB01\nDescrição:\nM\nXML de Evento:\n",
            EventLevel::Error,
            "2021-07-28 19:23:44",
        ),
        (
            "Имя журнала:   Application\nИсточник:      Application Error\nДата:          28.07.2021 19:23:44\nКод события:   1000\n\
             Категория задачи:(100)\nУровень:       Ошибка\nКлючевые слова:Классический\nПользователь:  Н/Д\nКомпьютер:     WEB01\n\
             Описание:\nM\nXml события:\n",
            EventLevel::Error,
            "2021-07-28 19:23:44",
        ),
        (
            "日志名称:          Application\n来源:            Application Error\n日期:            2021/7/28 19:23:44\n事件 ID:         1000\n\
             任务类别:          (100)\n级别:            错误\n关键字:           经典\n用户:            暂缺\n计算机:           WEB01\n描述:\nM\n事件 Xml:\n",
            EventLevel::Error,
            "2021-07-28 19:23:44",
        ),
        (
            "ログの名前:         Application\nソース:           Application Error\n日付:            2021/07/28 19:23:44\nイベント ID:       1000\n\
             タスクのカテゴリ:      (100)\nレベル:           エラー\nキーワード:         クラシック\nユーザー:          N/A\nコンピューター:       WEB01\n\
             説明:\nM\nイベント XML:\n",
            EventLevel::Error,
            "2021-07-28 19:23:44",
        ),
        (
            "로그 이름:         Application\n원본:            Application Error\n날짜:            2021-07-28 오후 7:23:44\n이벤트 ID:        1000\n\
             작업 범주:         (100)\n수준:            오류\n키워드:           클래식\n사용자:           N/A\n컴퓨터:           WEB01\n설명:\nM\n이벤트 XML:\n",
            EventLevel::Error,
            "2021-07-28 19:23:44",
        ),
    ] {
        let xml = "<Event><System><EventID>1000</EventID><EventRecordID>9</EventRecordID></System></Event>";
        let reading = read(&format!("{text}{xml}\n"));
        assert_eq!(reading.events.len(), 1, "{text}");
        let event = &reading.events[0].event;
        assert_eq!((event.provider.as_deref(), event.id), (Some("Application Error"), Some(1000)), "{text}");
        assert_eq!((event.level, time(event).as_str()), (Some(level), shown), "{text}");
        assert_eq!(
            (event.log.as_deref(), event.computer.as_deref()),
            (Some("Application"), Some("WEB01")),
            "{text}"
        );
        assert_eq!((event.message.as_deref(), event.record), (Some("M"), Some(9)), "{text}");
    }
}

#[test]
fn wevtutil_counts_its_events_in_text() {
    let one = |n: u32| {
        format!(
            "Event[{n}]:\n  Log Name: Application\n  Source: IIS AspNetCore Module V2\n  Date: 2021-07-28T19:23:44.076\n  Event ID: 1018\n  \
             Task: N/A\n  Level: Error\n  Opcode: N/A\n  Keyword: Classic\n  User: N/A\n  User Name: N/A\n  Computer: WEB01\n  \
             Description: \nmessage {n}\n\n"
        )
    };
    let text = format!("{}{}", one(0), one(1));
    let reading = read(&text);
    let messages: Vec<_> = reading.events.iter().filter_map(|e| e.event.message.clone()).collect();
    assert_eq!((messages, reading.rest.len()), (vec!["message 0".to_owned(), "message 1".to_owned()], 0));
}

#[test]
fn the_labels_of_windows_server_2003_have_date_and_time_apart() {
    let text = "Event Type:\tError\nEvent Source:\tW3SVC\nEvent Category:\tNone\nEvent ID:\t1009\nDate:\t\t1/2/2010\n\
        Time:\t\t3:04:05 PM\nUser:\t\tN/A\nComputer:\tWEB01\nDescription:\nA process terminated unexpectedly.\n";
    let reading = read(text);
    let event = &reading.events[0].event;
    assert_eq!(
        (event.id, event.provider.as_deref(), event.level),
        (Some(1009), Some("W3SVC"), Some(EventLevel::Error))
    );
    assert_eq!(time(event), "2010-01-02 15:04:05");
}

#[test]
fn lost_line_breaks_and_markdown_are_forgiven() {
    let flat = COPIED.replace("\r\n", " ");
    let markdown = COPIED.lines().map(|line| format!("> {line}\n>\n")).collect::<String>();
    let bold = COPIED.lines().map(|line| match line.split_once(':') {
        Some((label, value)) if !label.contains('\'') => format!("**{label}:**{value}\n"),
        _ => format!("{line}\n"),
    });
    for text in [flat, markdown, bold.collect()] {
        let reading = read(&text);
        let event = &reading.events[0].event;
        assert_eq!(
            (event.id, event.provider.as_deref()),
            (Some(1018), Some("IIS AspNetCore Module V2")),
            "{text}"
        );
        assert_eq!(
            (time(event).as_str(), event.level),
            ("2021-07-28 19:23:44", Some(EventLevel::Error)),
            "{text}"
        );
        let message = event.message.as_deref().unwrap_or("");
        assert!(
            message.starts_with("Application '/LM/W3SVC/2/ROOT'") && message.ends_with("second paragraph"),
            "{text}"
        );
    }
}

#[test]
fn a_few_labels_in_any_order_are_enough() {
    let reading = read(
        "Source: .NET Runtime\nEvent ID: 1026\nLevel: Error\n\nApplication: w3wp.exe\nCoreCLR Version: 6.0.0\n\nprose\n",
    );
    let event = &reading.events[0].event;
    assert_eq!((event.provider.as_deref(), event.id), (Some(".NET Runtime"), Some(1026)));
    assert_eq!(event.message.as_deref(), None, "what stands apart without a label is nobody's message");
}

#[test]
fn labels_that_are_no_events_stay_text() {
    for text in [
        "User: x\nComputer: y\n",
        "Source: a\nDate: b\nDescription: c\n",
        "Category: X\nEventId: 6\n",
        "Level: Error\n",
    ] {
        assert_eq!(read(text).events, [], "{text}");
    }
}

#[test]
fn saved_csv_is_read_in_any_language() {
    for (head, level, date) in [
        ("Level,Date and Time,Source,Event ID,Task Category", "Error", "7/28/2021 7:23:44 PM"),
        ("Ebene,Datum und Uhrzeit,Quelle,Ereignis-ID,Aufgabenkategorie", "Fehler", "28.07.2021 19:23:44"),
        (
            "Niveau,Date et heure,Source,ID de l’événement,Catégorie de la tâche",
            "Erreur",
            "28/07/2021 19:23:44",
        ),
        ("レベル,日付と時刻,ソース,イベント ID,タスクのカテゴリ", "エラー", "2021/07/28 19:23:44"),
        ("级别,日期和时间,来源,事件 ID,任务类别", "错误", "2021/7/28 19:23:44"),
        ("Tase,Kuupäev ja kellaaeg,Allikas,Sündmuse ID,Ülesande kategooria", "Viga", "28.07.2021 19:23:44"),
    ] {
        for separator in [",", ";", "\t"] {
            let head = head.replace(',', separator);
            let row = |message: &str| {
                [level, date, "IIS AspNetCore Module V2", "1018", "None", message].join(separator)
            };
            let text = format!(
                "{head}\r\n{}\r\n{}\r\n",
                row("\"first \"\"quoted\"\"\r\n\r\nline\r\n\""),
                row("plain")
            );
            let reading = read(&text);
            assert_eq!(
                (reading.form, reading.events.len(), reading.rest.len()),
                (Some(Form::ViewerCsv), 2, 0),
                "{text}"
            );
            let event = &reading.events[0].event;
            assert_eq!((event.id, event.provider.as_deref()), (Some(1018), Some("IIS AspNetCore Module V2")));
            assert_eq!(time(event), "2021-07-28 19:23:44", "{text}");
            assert_eq!(event.message.as_deref(), Some("first \"quoted\"\r\n\r\nline"), "{text}");
            assert_eq!(reading.events[1].event.message.as_deref(), Some("plain"), "{text}");
        }
    }
}

#[test]
fn rows_are_known_without_headings_by_their_level() {
    let text = "Warning\t28/07/2021 19:23:44\tIIS AspNetCore Module\t1004\tNone\t\"Could not create stdoutLogFile\"\n";
    let event = &read(text).events[0].event;
    assert_eq!((event.id, event.level), (Some(1004), Some(EventLevel::Warning)));
}

#[test]
fn further_columns_of_the_list_are_read_by_their_headings() {
    let text = "Level,Date and Time,Source,Event ID,Task Category,Computer,Log Name\n\
        Error,7/28/2021 7:23:44 PM,.NET Runtime,1026,None,WEB01,Application,Application: w3wp.exe\n";
    let event = &read(text).events[0].event;
    assert_eq!((event.computer.as_deref(), event.log.as_deref()), (Some("WEB01"), Some("Application")));
    assert_eq!(event.message.as_deref(), Some("Application: w3wp.exe"));
}

#[test]
fn a_quote_that_is_never_closed_ends_at_the_next_row() {
    let text = "Error,7/28/2021 7:23:44 PM,.NET Runtime,1026,None,\"no end\nsecond line\n\
        Error,7/28/2021 7:23:45 PM,.NET Runtime,1025,None,plain\n";
    let reading = read(text);
    let messages: Vec<_> = reading.events.iter().filter_map(|e| e.event.message.as_deref()).collect();
    assert_eq!(messages, ["no end\nsecond line", "plain"]);
    assert_eq!(reading.problems[0].what, Damage::OpenQuote);
}

#[test]
fn a_damaged_row_is_told_and_left_in_the_rest() {
    let text = "Level,Date and Time,Source,Event ID,Task Category\nError,7/28/2021 7:23:44 PM,X,1,None,a\n\
        Error,7/28/2021,broken\nError,7/28/2021 7:23:45 PM,X,2,None,b\n";
    let reading = read(text);
    assert_eq!(reading.events.len(), 2);
    assert_eq!((reading.problems[0].line, &reading.problems[0].what), (3, &Damage::Row));
    assert_eq!(&text[reading.rest[0].clone()], "Error,7/28/2021,broken");
}

#[test]
fn sheets_of_other_things_are_no_events() {
    for text in [
        "Name,Date,Customer,Amount,Kind\nOrder,2021-07-28 10:00:00,Bob,12,Books\n",
        "a,1,b\nc,2,d\n",
        "Error,7/28/2021 7:23:44 PM,X,no number,None\n",
        "Error,yesterday,X,1,None\n",
    ] {
        assert_eq!(read(text).events, [], "{text}");
    }
}

const TREE: &str = "+ System \n\n  - Provider \n\n   [ Name]  IIS AspNetCore Module V2 \n \n  - EventID 1018 \n\n   [ Qualifiers]  0 \n \n   \
    Level 2 \n \n   Task 0 \n \n   Keywords 0x80000000000000 \n \n  - TimeCreated \n\n   [ SystemTime]  2021-07-28T19:23:44.0760000Z \n \n   \
    EventRecordID 31461 \n \n  - Execution \n\n   [ ProcessID]  784 \n   [ ThreadID]  9120 \n \n   Channel Security \n \n   Computer WEB01 \n \n   \
    Security \n \n\n- EventData \n\n   Application '/LM/W3SVC/2/ROOT' failed \n   second line \n\n   Process Id: 784. \n";

#[test]
fn the_friendly_view_is_a_tree_of_words() {
    let reading = read(TREE);
    let event = &reading.events[0].event;
    assert_eq!((event.provider.as_deref(), event.id), (Some("IIS AspNetCore Module V2"), Some(1018)));
    assert_eq!(
        (event.level, event.record, event.process_id),
        (Some(EventLevel::Error), Some(31461), Some(784))
    );
    assert_eq!((event.log.as_deref(), event.computer.as_deref()), (Some("Security"), Some("WEB01")));
    assert_eq!(time(event), "2021-07-28 19:23:44Z");
    assert_eq!(event.data.len(), 2);
    assert_eq!(event.data[1].1, "Process Id: 784.");
    assert_eq!((reading.form, reading.rest.len()), (Some(Form::Details), 0));
}

#[test]
fn strings_with_names_keep_them_in_the_friendly_view() {
    let text = "- System\n  - Provider\n     [ Name]  Service Control Manager\n  EventID 7040\n- EventData\n  param1 Background Service\n  param2 auto start\n";
    let data = &read(text).events[0].event.data;
    assert_eq!(
        data,
        &[(Some("param1".into()), "Background Service".into()), (Some("param2".into()), "auto start".into())]
    );
}

#[test]
fn a_friendly_view_without_line_breaks_is_read_all_the_same() {
    let text = "System - Provider [ Name] Microsoft-Windows-TaskScheduler [ Guid] {de7b24ea} EventID 101 Version 0 Level 2 Task 101 \
        Opcode 101 Keywords 0x8000000000000001 - TimeCreated [ SystemTime] 2026-07-13T09:25:53.656499500Z EventRecordID 101492916 \
        Correlation - Execution [ ProcessID] 1592 [ ThreadID] 6940 Channel Operational Computer HOST - Security [ UserID] S-1-5-18 \
        - EventData TaskName X";
    let event = &read(text).events[0].event;
    assert_eq!(
        (event.provider.as_deref(), event.id, event.record),
        (Some("Microsoft-Windows-TaskScheduler"), Some(101), Some(101_492_916))
    );
    assert_eq!((event.computer.as_deref(), event.data.len()), (Some("HOST"), 1));
}
