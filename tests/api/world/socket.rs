//! A bare connection, for what no client library sends.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant};

use super::World;

/// A bare connection to the service.
pub(crate) struct Socket(TcpStream);

/// What was read from a bare connection.
#[derive(Debug)]
pub(crate) struct Heard {
    pub(crate) text: String,
    /// Whether the service closed the connection.
    pub(crate) closed: bool,
    pub(crate) took: Duration,
}

impl Heard {
    /// The status of the first answer; 0 when there is none.
    pub(crate) fn status(&self) -> u16 {
        self.text.strip_prefix("HTTP/1.1 ").and_then(|rest| rest.get(..3)?.parse().ok()).unwrap_or(0)
    }
}

impl Socket {
    pub(crate) fn open(world: &World) -> Self {
        let stream = TcpStream::connect(world.url.trim_start_matches("http://")).unwrap();
        stream.set_nodelay(true).unwrap();
        stream.set_read_timeout(Some(Duration::from_millis(100))).unwrap();
        stream.set_write_timeout(Some(Duration::from_secs(5))).unwrap();
        Self(stream)
    }

    /// Sends bytes; `false` when the service takes no more.
    pub(crate) fn send(&mut self, bytes: impl AsRef<[u8]>) -> bool {
        self.0.write_all(bytes.as_ref()).and_then(|()| self.0.flush()).is_ok()
    }

    /// Says that nothing more will be sent, and goes on listening.
    pub(crate) fn half_close(&self) {
        self.0.shutdown(Shutdown::Write).unwrap();
    }

    /// Listens until the service closes the connection, the text holds `until`, or the time is over.
    pub(crate) fn hear(&mut self, until: &str, at_most: Duration) -> Heard {
        let started = Instant::now();
        let (mut bytes, mut closed) = (Vec::new(), false);
        let mut buffer = [0_u8; 16_384];
        while !closed && started.elapsed() < at_most {
            match self.0.read(&mut buffer) {
                Ok(0) => closed = true,
                Ok(count) => bytes.extend_from_slice(&buffer[..count]),
                Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
                Err(_) => closed = true,
            }
            if !until.is_empty() && String::from_utf8_lossy(&bytes).contains(until) {
                break;
            }
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Heard { text, closed, took: started.elapsed() }
    }
}
