//! The running PostgreSQL: decides that it lives no longer than the service, and how it is asked to end.

use std::io;
use std::process::{Child, Command};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread;
use std::time::Duration;

use rustix::io::retry_on_intr;
use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process, waitid};

use super::Error;

/// How long a fast stop may take: it ends every session and writes a checkpoint.
const FAST_STOP: Duration = Duration::from_secs(30);

/// How long an immediate stop may take: PostgreSQL kills its own children after five seconds.
const IMMEDIATE_STOP: Duration = Duration::from_secs(10);

/// A PostgreSQL started by us.
#[derive(Debug)]
pub(super) struct Postmaster {
    pid: Pid,
    end: Arc<End>,
}

/// How it ended, in words, once it has.
#[derive(Debug, Default)]
struct End {
    how: Mutex<Option<String>>,
    known: Condvar,
}

impl Postmaster {
    /// Starts it from a thread of its own, which lives exactly as long as PostgreSQL does: the kernel takes the end
    /// of the starting thread, not of the process, for the parent's death, and the caller's thread may end early.
    pub(super) fn spawn(mut command: Command) -> io::Result<Self> {
        let end = Arc::new(End::default());
        let watched = Arc::clone(&end);
        let (tell, told) = mpsc::channel();
        let watch = move || match command.spawn() {
            Ok(child) => {
                // The receiver waits below for this one message: it cannot be gone.
                let _ = tell.send(Ok(Pid::from_child(&child)));
                watched.reap(child);
            }
            Err(refused) => {
                let _ = tell.send(Err(refused));
            }
        };
        thread::Builder::new().name("postgres".to_owned()).spawn(watch)?;
        let pid = told.recv().map_err(io::Error::other)??;
        Ok(Self { pid, end })
    }

    pub(super) fn pid(&self) -> Pid {
        self.pid
    }

    /// How it ended, waiting for that at most `limit`.
    pub(super) fn ended_within(&self, limit: Duration) -> Option<String> {
        let waited = self.end.known.wait_timeout_while(self.end.lock(), limit, |how| how.is_none());
        let (how, _) = waited.unwrap_or_else(PoisonError::into_inner);
        how.clone()
    }

    /// Ends every session and writes everything down; failing that, ends at once and leaves the rest to recovery.
    pub(super) fn stop(&self) -> Result<(), Error> {
        for (signal, limit) in [(Signal::INT, FAST_STOP), (Signal::QUIT, IMMEDIATE_STOP)] {
            self.signal(signal);
            if self.ended_within(limit).is_some() {
                return Ok(());
            }
            log::warn!("PostgreSQL (process {}) did not stop within {} s", self.pid, limit.as_secs());
        }
        Err(Error::Stop { pid: number(self.pid) })
    }

    /// Only while it is unreaped, so that its number cannot have gone to another process.
    fn signal(&self, signal: Signal) {
        let how = self.end.lock();
        if how.is_none()
            && let Err(refused) = kill_process(self.pid, signal)
        {
            log::warn!("signal to PostgreSQL (process {}): {refused}", self.pid);
        }
    }
}

impl End {
    fn lock(&self) -> MutexGuard<'_, Option<String>> {
        self.how.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits without collecting, then collects under the lock that signals are sent under.
    fn reap(&self, mut child: Child) {
        let only_look = WaitIdOptions::EXITED | WaitIdOptions::NOWAIT;
        let pid = Pid::from_child(&child);
        if let Err(refused) = retry_on_intr(|| waitid(WaitId::Pid(pid), only_look)) {
            log::warn!("waiting for PostgreSQL (process {pid}): {refused}");
        }
        let mut how = self.lock();
        *how = Some(child.wait().map_or_else(|refused| refused.to_string(), |status| status.to_string()));
        self.known.notify_all();
    }
}

/// A process's number as people write it.
pub(super) fn number(pid: Pid) -> u32 {
    pid.as_raw_pid().unsigned_abs()
}

/// Stops a PostgreSQL that is not our child, in the same two ways, as long as `lives` says so.
pub(super) fn stop_stranger(pid: Pid, lives: impl Fn() -> bool) -> Result<(), Error> {
    const PAUSE: Duration = Duration::from_millis(50);
    for (signal, limit) in [(Signal::INT, FAST_STOP), (Signal::QUIT, IMMEDIATE_STOP)] {
        let asked = std::time::Instant::now();
        while lives() && asked.elapsed() < limit {
            // Asked again and again: a PostgreSQL still starting up forgets the first request.
            if kill_process(pid, signal).is_err() {
                break;
            }
            thread::sleep(PAUSE);
        }
        if !lives() {
            return Ok(());
        }
    }
    Err(Error::Stop { pid: number(pid) })
}
