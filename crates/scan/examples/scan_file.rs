//! Prints what a search finds: `scan_file FILE ANCHORS [THREADS [hits]]`.
//!
//! Takes the regions around the hits as a diagnosis does, or with `hits` only counts them. ANCHORS is a file with
//! one literal a line.

use std::error::Error;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::num::NonZeroUsize;
use std::ops::ControlFlow;

use falconer_scan::{Matcher, RegionOptions, interesting_regions};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [file, anchors, rest @ ..] = arguments.as_slice() else {
        return Err("usage: scan_file FILE ANCHORS [THREADS [hits]]".into());
    };
    let threads: NonZeroUsize = rest.first().map_or("1", String::as_str).parse()?;
    let matcher = Matcher::new(fs::read_to_string(anchors)?.lines())?;
    let file = File::open(file)?;
    if rest.get(1).is_some_and(|what| what == "hits") {
        let stats = matcher.scan(file, threads, &mut |_| ControlFlow::Continue(()))?;
        writeln!(io::stdout(), "{stats:?}")?;
        return Ok(());
    }
    let mut options = RegionOptions::default();
    options.threads = threads;
    let found = interesting_regions(file, &matcher, &options);
    let bytes: usize = found.regions.iter().map(|region| region.text.len()).sum();
    writeln!(
        io::stdout(),
        "{:?}; kept {} regions, {bytes} bytes; left out {}",
        found.stats,
        found.regions.len(),
        found.left_out
    )?;
    found.failure.map_or(Ok(()), |failure| Err(failure.into()))
}
