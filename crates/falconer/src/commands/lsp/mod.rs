//! `falconer lsp`: the checks in an editor.

mod disk;
mod transport;

use std::io;
use std::sync::mpsc::{self, Receiver, RecvError};
use std::thread;

use falconer_lsp::{Ending, LanguageServer};

use super::Knowledge;
use crate::cli::LspArgs;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::Console;
use disk::Disk;
use transport::{Received, receive};

/// So many messages wait to be taken before the client has to.
const WAITING: usize = 64;

/// Serves the client until it leaves. Nothing but messages goes to standard output.
pub(super) fn run(args: &LspArgs, known: &Knowledge, console: &Console) -> Result<Exit, Failure> {
    let (sender, incoming) = mpsc::sync_channel(WAITING);
    // Reading goes on while a message is worked on, so that a later one can cancel it. The thread is not waited for:
    // standard input may stay open behind the last message.
    thread::Builder::new()
        .name("lsp-reader".to_owned())
        .spawn(move || receive(io::stdin().lock(), |received| sender.send(received).is_ok()))?;
    let server = LanguageServer::new(&known.catalog, Disk::new(&args.server));
    Ok(match serve(server, &incoming, console)? {
        Ending::Orderly => Exit::Healthy,
        Ending::Abrupt => Exit::Found,
    })
}

fn serve(
    mut server: LanguageServer<'_, Disk<'_>>,
    incoming: &Receiver<Received>,
    console: &Console,
) -> Result<Ending, Failure> {
    loop {
        let mut taken = 0;
        while taken < WAITING
            && let Ok(received) = incoming.try_recv()
        {
            take(&mut server, received);
            taken += 1;
        }
        let busy = server.step();
        for message in server.outgoing() {
            match console.message(&message) {
                // The editor is gone.
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Ok(server.hang_up()),
                written => written?,
            }
        }
        if let Some(ending) = server.ended() {
            return Ok(ending);
        }
        if !busy && taken == 0 {
            match incoming.recv() {
                Ok(received) => take(&mut server, received),
                Err(RecvError) => return Ok(server.hang_up()),
            }
        }
    }
}

fn take(server: &mut LanguageServer<'_, Disk<'_>>, received: Received) {
    match received {
        Received::Message(message) => server.receive(&message),
        Received::Lost(problem) => server.lose(&problem),
    }
}
