//! Scans a log for the benchmark: `scan_log FILE THREADS all|keep|wanted|none`, where `keep` takes each event out
//! of the reader's hands. Prints hits, records, the bytes of the hits' text and, where the system tells, the most
//! memory that was resident, in KiB.

#![allow(clippy::print_stdout, reason = "its output is its result")]

use std::{env, error::Error, fs, ops::ControlFlow};

use falconer_evtx::{Filter, scan};
use falconer_observation::WinEvent;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let (Some(path), Some(threads), Some(job)) = (arguments.next(), arguments.next(), arguments.next())
    else {
        return Err("usage: scan_log FILE THREADS all|keep|wanted|none".into());
    };
    let filter = match job.as_str() {
        "all" | "keep" => Filter::all(),
        "none" => Filter::none().provider("no such provider"),
        _ => wanted(),
    };
    let mut text = 0;
    let mut sink = |event: &mut WinEvent| {
        text += event.data.iter().map(|(_, value)| value.len()).sum::<usize>();
        if job == "keep" {
            drop(std::mem::take(event));
        }
        ControlFlow::Continue(())
    };
    let summary = scan(fs::File::open(path)?, &filter, threads.parse()?, &mut sink)?;
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let memory = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("?").trim();
    println!("{} hits of {} records, {text} bytes of text, {memory}", summary.hits, summary.records);
    Ok(())
}

/// The providers that a diagnosis asks for.
fn wanted() -> Filter {
    Filter::none()
        .provider("IIS AspNetCore Module")
        .provider("IIS AspNetCore Module V2")
        .provider("IIS Express AspNetCore Module")
        .provider("IIS Express AspNetCore Module V2")
        .events(".NET Runtime", [1022, 1023, 1025, 1026])
        .events("Application Error", [1000])
        .events("Windows Error Reporting", [1001])
        .provider("Microsoft-Windows-WAS")
        .provider("W3SVC-WP")
        .provider("Microsoft-Windows-IIS-*")
}
