//! Messages of the Language Server Protocol in a stream of bytes: a header with `Content-Length`, an empty line, JSON.
//!
//! What is not as it must be costs the message and not the server: the stream is read on from the next header.

use std::io::{self, BufRead, Read as _};

/// Larger messages are left out, in bytes. A document of 4 MiB fits in however it is escaped.
const MAX_MESSAGE: u64 = 32 << 20;
/// Longer lines are no header, in bytes.
const MAX_LINE: u64 = 4 << 10;

/// Something that came from the client.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Received {
    /// The content of a message.
    Message(Vec<u8>),
    /// A message was left out, for the reason that is given.
    Lost(String),
}

/// Reads messages until the stream ends or `take` wants no more.
pub(super) fn receive(mut stream: impl BufRead, mut take: impl FnMut(Received) -> bool) {
    // An error of the medium is its end.
    while let Ok(Some(received)) = next(&mut stream) {
        if !take(received) {
            return;
        }
    }
}

fn next(stream: &mut impl BufRead) -> io::Result<Option<Received>> {
    let Some(length) = header(stream)? else { return Ok(None) };
    let Some(length) = length else {
        return Ok(Some(Received::Lost("a message without a length was left out".to_owned())));
    };
    if length > MAX_MESSAGE {
        let skipped = io::copy(&mut stream.by_ref().take(length), &mut io::sink())?;
        let text = format!("a message of {} MiB was left out", length >> 20);
        return Ok((skipped == length).then_some(Received::Lost(text)));
    }
    let mut content = Vec::new();
    stream.by_ref().take(length).read_to_end(&mut content)?;
    Ok((content.len() as u64 == length).then_some(Received::Message(content)))
}

/// The length that the next header gives, if it gives one; `None` at the end of the stream.
fn header(stream: &mut impl BufRead) -> io::Result<Option<Option<u64>>> {
    let mut length = None;
    let mut any = false;
    loop {
        let mut line = Vec::new();
        if stream.by_ref().take(MAX_LINE).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim();
        match line.split_once(':') {
            Some((name, value)) if name.trim().eq_ignore_ascii_case("Content-Length") => {
                length = value.trim().parse().ok();
            }
            // Empty lines before a header are nothing.
            None if line.is_empty() && !any => continue,
            None if line.is_empty() => return Ok(Some(length)),
            _ => {}
        }
        any = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(stream: &[u8]) -> Vec<Received> {
        let mut all = Vec::new();
        receive(stream, |received| {
            all.push(received);
            true
        });
        all
    }

    fn message(text: &str) -> Received {
        Received::Message(text.as_bytes().to_vec())
    }

    #[test]
    fn messages_follow_each_other() {
        let stream = b"Content-Length: 2\r\n\r\n{}content-length:3\r\nContent-Type: x\r\n\r\n[1]\nContent-Length: 0\n\n";
        assert_eq!(all(stream), [message("{}"), message("[1]"), message("")]);
    }

    #[test]
    fn what_is_no_header_costs_one_message() {
        let lost = Received::Lost("a message without a length was left out".to_owned());
        for bad in
            ["Content-Length: x\r\n\r\n", "nonsense\r\n\r\n", "Content-Length: -1\r\n\r\n", "\u{fffd}\n\n"]
        {
            let stream = format!("{bad}Content-Length: 2\r\n\r\n{{}}");
            let all = all(stream.as_bytes());
            assert_eq!(all.first(), Some(&lost), "{bad}");
            assert_eq!(all.last(), Some(&message("{}")), "{bad}");
        }
    }

    #[test]
    fn a_message_that_is_too_large_is_skipped() {
        let length = usize::try_from(MAX_MESSAGE).expect("it fits") + 1;
        let mut stream = format!("Content-Length: {length}\r\n\r\n").into_bytes();
        stream.resize(stream.len() + length, b' ');
        stream.extend_from_slice(b"Content-Length: 2\r\n\r\n{}");
        assert_eq!(
            all(&stream),
            [Received::Lost("a message of 32 MiB was left out".to_owned()), message("{}")]
        );
    }

    #[test]
    fn a_stream_that_breaks_off_ends() {
        for stream in [
            "",
            "Content-Length: 5\r\n",
            "Content-Length: 5\r\n\r\n{}",
            "Content-Length: 99999999999999\r\n\r\n{}",
        ] {
            assert_eq!(all(stream.as_bytes()), [], "{stream}");
        }
    }
}
