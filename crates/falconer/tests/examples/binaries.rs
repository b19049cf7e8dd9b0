//! The binary files of the examples, made anew.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use falconer_evtx::encode::{Body, Event, encode};
use falconer_observation::Timestamp;

use crate::{entries, root};

/// The event logs, and the executables and assemblies that lie in the published folders.
pub(crate) fn all(examples: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut made = BTreeMap::new();
    let mut log = |path: &str, events: &[Event]| {
        made.insert(path.to_owned(), encode(events).expect("small events"));
    };
    log("05-connection-refused/evidence/Application.evtx", &server_at_rest("2019-01-15"));
    log("07-app-missing/evidence/Application.evtx", &server_at_rest("2019-01-15"));
    log("12-pool-stopped/evidence/Application.evtx", &server_at_rest("2019-01-15"));
    let mut events = server_at_rest("2024-11-18");
    events.extend(framework_missing());
    log("11-missing-shared-framework-net9/evidence/Application.evtx", &events);
    let mut folders = vec![examples.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for path in entries(&folder) {
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            if let Some(bytes) = image(name) {
                let relative = path.strip_prefix(examples).expect("a path below the examples");
                made.insert(relative.to_string_lossy().replace('\\', "/"), bytes);
            }
        }
    }
    made
}

/// Events that every server has, and none of them about a site.
fn server_at_rest(day: &str) -> Vec<Event> {
    const MESSAGES: [(&str, u16, &str); 4] = [
        ("Microsoft-Windows-Security-SPP", 16394, "Offline downlevel migration succeeded."),
        ("VSS", 8224, "The VSS service is shutting down due to idle timeout."),
        ("ESENT", 326, "svchost (4212,D,50) The database engine attached a database (1, Current.mdb)."),
        (
            "Microsoft-Windows-Security-SPP",
            16384,
            "Successfully scheduled Software Protection service for re-start.",
        ),
    ];
    let event = |(number, (provider, id, text)): (usize, &(&str, u16, &str))| Event {
        provider: (*provider).to_owned(),
        id: *id,
        time: filetime(&format!("{day}T{:02}:17:40Z", 8 + number)),
        body: Body::Strings(vec![(*text).to_owned()]),
        ..application()
    };
    MESSAGES.iter().enumerate().map(event).collect()
}

/// What the module writes for an app of .NET 9 on a server of .NET 8.
fn framework_missing() -> Vec<Event> {
    let captured = fs::read_to_string(root().join(
        "examples/11-missing-shared-framework-net9/evidence/orders/logs/stdout_20241118094010_9716.log",
    ))
    .expect("the stdout log of the example");
    let messages = [
        "Unable to locate application dependencies. Ensure that the versions of Microsoft.NetCore.App and Microsoft.AspNetCore.App targeted by the application are installed.".to_owned(),
        format!("Could not find 'aspnetcorev2_inprocess.dll'. Exception message:\r\n{captured}"),
        "Failed to start application '/LM/W3SVC/2/ROOT', ErrorCode '0x8000ffff'.".to_owned(),
    ];
    let event = |(id, message): (u16, String)| {
        Event {
        provider: "IIS AspNetCore Module V2".to_owned(),
        id,
        level: 2,
        time: filetime("2024-11-18T09:40:12Z"),
        body: Body::Strings(vec![
            message,
            "Process Id: 9716.".to_owned(),
            "File Version: 18.0.24295.0. Description: IIS ASP.NET Core Module V2. Commit: 5a4c82ec57fadddef9ce841d608de5c7c8c74446.".to_owned(),
        ]),
        ..application()
    }
    };
    [1027, 1027, 1010].into_iter().zip(messages).map(event).collect()
}

fn application() -> Event {
    Event { log: "Application".to_owned(), computer: "WEB01".to_owned(), ..Event::default() }
}

/// A time as Windows counts it: 100 ns since 1601.
fn filetime(iso: &str) -> u64 {
    let time = Timestamp::parse_iso(iso).expect("a time");
    u64::try_from(time.millis + 11_644_473_600_000).expect("after 1601") * 10_000
}

/// An executable or assembly of an example, known by its name: headers as a compiler writes them, and no code.
fn image(name: &str) -> Option<Vec<u8>> {
    const IL_ONLY: u32 = 1;
    const REQUIRES_32_BIT: u32 = 2;
    Some(match name {
        "Reports.exe" => {
            let mut bound = b"Reports.dll".to_vec();
            bound.resize(1024, 0);
            portable_executable(None, &bound)
        }
        "Reports.dll" => portable_executable(Some(IL_ONLY | REQUIRES_32_BIT), b""),
        "hostfxr.dll" | "hostpolicy.dll" | "coreclr.dll" | "aspnetcorev2_inprocess.dll" => {
            portable_executable(None, b"")
        }
        _ if name.ends_with(".dll") => portable_executable(Some(IL_ONLY), b""),
        _ => return None,
    })
}

/// An image for x86; `managed` has the flags of its CLI header. Source: the PE/COFF specification, ECMA-335 II.25.
fn portable_executable(managed: Option<u32>, data: &[u8]) -> Vec<u8> {
    const TEXT: usize = 0x400;
    const END: usize = 0x600;
    let mut out = vec![0; 0x80];
    out[..2].copy_from_slice(b"MZ");
    out[0x3C] = 0x80;
    out.extend(b"PE\0\0\x4C\x01");
    out.extend([1 + u8::from(!data.is_empty()), 0]);
    out.extend([0; 12]);
    out.extend([0xE0, 0, 0x22, if data.is_empty() { 0x20 } else { 0 }]);
    let optional = out.len();
    out.resize(optional + 0xE0, 0);
    out[optional..optional + 2].copy_from_slice(b"\x0B\x01");
    out[optional + 0x44] = 3;
    let mut section = |name: &[u8; 8], address: u32, size: usize, offset: usize| {
        let (size, offset) = (u32::try_from(size).expect("small"), u32::try_from(offset).expect("small"));
        out.extend(name);
        for number in [size, address, size, offset, 0, 0, 0, 0] {
            out.extend(number.to_le_bytes());
        }
    };
    section(b".text\0\0\0", 0x2000, END - TEXT, TEXT);
    if !data.is_empty() {
        section(b".data\0\0\0", 0x4000, data.len(), END);
    }
    out.resize(END, 0);
    if let Some(flags) = managed {
        let directory = optional + 0xD0;
        out[directory..directory + 4].copy_from_slice(&0x2008_u32.to_le_bytes());
        out[directory + 4] = 72;
        out[TEXT + 8 + 16..TEXT + 8 + 20].copy_from_slice(&flags.to_le_bytes());
    }
    out.extend(data);
    out
}
