//! Writes a log for the benchmark: `generate FILE MIB PERMILLE [SEED]`.
//!
//! PERMILLE of the events are such as a diagnosis asks for; the others are of the kinds that fill the logs of a
//! server, each with its own template, in bursts, with values that differ from record to record.

mod kinds;

use std::{
    env,
    error::Error,
    fs::File,
    io::{BufWriter, Seek, Write},
};

use kinds::{CLASSIC, KINDS, Kind, SECURITY, WORDS};

use falconer_evtx::encode::{Body, ChunkWriter, Event, Style, Value, file_header};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let (Some(path), Some(mib), Some(permille)) = (arguments.next(), arguments.next(), arguments.next())
    else {
        return Err("usage: generate FILE MIB PERMILLE [SEED]".into());
    };
    let (mib, permille): (u64, u64) = (mib.parse()?, permille.parse()?);
    let mut make = Maker::new(arguments.next().map_or(Ok(1), |seed| seed.parse())?);
    let mut file = BufWriter::new(File::create(path)?);
    let chunks = mib * 16;
    file.write_all(&file_header(chunks, 1))?;
    let mut next = 1;
    for _ in 0..chunks {
        make.change_burst();
        let mut chunk = ChunkWriter::new(next);
        while chunk.push(&make.event(permille))? {}
        next = chunk.next_record();
        file.write_all(&chunk.finish())?;
    }
    file.rewind()?;
    file.write_all(&file_header(chunks, next))?;
    file.flush()?;
    Ok(())
}

/// Makes events out of a seed.
struct Maker {
    state: u64,
    time: u64,
    /// The kinds of which events come now.
    burst: Vec<usize>,
}

impl Maker {
    fn new(seed: u64) -> Self {
        Maker { state: seed, time: 133_485_408_000_000_000, burst: Vec::new() }
    }

    /// SplitMix64.
    fn random(&mut self, below: usize) -> usize {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) >> 33).unwrap_or(0) % below
    }

    fn number(&mut self) -> u32 {
        u32::try_from(self.random(1 << 30)).unwrap_or(0)
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.random(from.len())]
    }

    fn words(&mut self, count: usize) -> String {
        let mut text = format!("{:x}", self.number());
        for _ in 0..count {
            text.push(' ');
            text.push_str(self.pick(&WORDS));
        }
        text
    }

    /// Events of a kind come together; some three kinds fill a chunk.
    fn change_burst(&mut self) {
        let kinds = 1 + self.random(4);
        self.burst = (0..kinds)
            .map(|_| {
                if self.random(2) == 0 {
                    self.random(SECURITY)
                } else {
                    self.random(KINDS.len() + CLASSIC.len())
                }
            })
            .collect();
    }

    fn event(&mut self, permille: u64) -> Event {
        self.time += 10_000 * u64::from(self.number() % 5000);
        let mut event = if (self.random(1000) as u64) < permille {
            self.wanted()
        } else {
            let kind = self.pick(&self.burst.clone());
            match KINDS.get(kind) {
                Some(kind) => self.manifest(kind),
                None => self.classic(CLASSIC[kind - KINDS.len()]),
            }
        };
        event.time = self.time;
        event
    }

    fn manifest(&mut self, (provider, log, id, data): &Kind) -> Event {
        let data = data.iter().map(|(name, kind)| (Some((*name).to_owned()), self.value(*kind))).collect();
        let mut guid = [0; 16];
        guid.iter_mut().zip(provider.bytes()).for_each(|(to, from)| *to = from);
        Event {
            style: Style::Manifest,
            provider: (*provider).to_owned(),
            guid: Some(guid),
            id: *id,
            task: 12544,
            keywords: 0x8020_0000_0000_0000,
            process: self.number() % 10_000,
            thread: self.number() % 10_000,
            log: (*log).to_owned(),
            user: Some(self.sid()),
            body: Body::EventData(data),
            ..Event::default()
        }
    }

    fn classic(&mut self, provider: &str) -> Event {
        let strings = (0..2 + self.random(4)).map(|_| self.words(6)).collect();
        Event {
            provider: provider.to_owned(),
            id: u16::try_from(self.random(2000)).unwrap_or(0),
            qualifiers: Some(0),
            log: "Application".into(),
            body: Body::Strings(strings),
            ..Event::default()
        }
    }

    fn wanted(&mut self) -> Event {
        let pid = self.number() % 20_000;
        let (provider, id, strings) = match self.random(3) {
            0 => (
                "IIS AspNetCore Module V2",
                1018,
                vec![
                    format!(
                        "Application '/LM/W3SVC/{}/ROOT' with physical root 'C:\\inetpub\\{}\\' hit unexpected managed \
                         exception, exception code = '0xe0434352'. First 30KB characters of captured stdout and stderr \
                         logs:\r\nUnhandled exception. System.InvalidOperationException: {}\r\n   at Program.Main()",
                        pid % 9,
                        self.pick(&WORDS),
                        self.words(12)
                    ),
                    format!("Process Id: {pid}."),
                    "File Version: 18.0.24015.9. Description: IIS ASP.NET Core Module V2. Commit: 2b8f1e8c"
                        .into(),
                ],
            ),
            1 => (
                ".NET Runtime",
                1026,
                vec![format!(
                    "Application: w3wp.exe\nCoreCLR Version: 8.0.524.21615\n.NET Version: 8.0.5\nDescription: The process \
                     was terminated due to an unhandled exception.\nException Info: System.Exception: {}",
                    self.words(20)
                )],
            ),
            _ => (
                "Application Error",
                1000,
                [
                    "w3wp.exe",
                    "10.0.17763.1",
                    "cfb1b1b2",
                    "KERNELBASE.dll",
                    "10.0.17763.5576",
                    "e0434352",
                    "000000000003a839",
                ]
                .map(str::to_owned)
                .into_iter()
                .chain([format!("{pid:x}"), self.words(4)])
                .collect(),
            ),
        };
        Event {
            provider: provider.to_owned(),
            id,
            qualifiers: Some(0),
            level: 2,
            process: pid,
            log: "Application".into(),
            body: Body::Strings(strings),
            ..Event::default()
        }
    }

    fn sid(&mut self) -> Vec<u8> {
        let mut sid = vec![1, 5, 0, 0, 0, 0, 0, 5];
        for part in [21, 1_004_336_348, 1_177_238_915, 682_003_330, 500 + self.number() % 1000] {
            sid.extend_from_slice(&part.to_le_bytes());
        }
        sid
    }

    fn value(&mut self, kind: char) -> Value {
        match kind {
            's' => Value::Sid(self.sid()),
            'w' => Value::Text(self.pick(&WORDS).to_owned()),
            't' => Value::Text(self.words(14)),
            'T' => Value::Text(self.words(160)),
            'p' => {
                Value::Text(format!("C:\\Windows\\System32\\{}\\{:x}.exe", self.pick(&WORDS), self.number()))
            }
            'i' => Value::Text(format!("10.{}.{}.{}", self.random(256), self.random(256), self.random(256))),
            'x' => Value::Hex64(u64::from(self.number())),
            'l' => Value::U64(u64::from(self.number())),
            'h' => Value::Hex32(self.number()),
            'g' => Value::Guid(
                [self.number(), self.number(), self.number(), self.number()]
                    .map(u32::to_le_bytes)
                    .concat()
                    .try_into()
                    .unwrap_or_default(),
            ),
            'f' => Value::FileTime(self.time),
            'o' => Value::Bool(self.random(2) == 1),
            'b' => Value::Binary(self.number().to_le_bytes().repeat(10)),
            _ => Value::U32(self.number() % 70_000),
        }
    }
}
