//! The embedded PostgreSQL from start to stop: decides the order of the steps and with which settings it runs.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read, Seek, SeekFrom};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::os::unix::fs::OpenOptionsExt;
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use super::account::Account;
use super::folder::{Folder, PORT, socket_in};
use super::leftover::{self, Lock, NAME};
use super::postmaster::{Postmaster, number};
use super::{Durability, Error, Programs, creation};

/// How long PostgreSQL may take to accept connections, recovery after a crash included.
const READY_WITHIN: Duration = Duration::from_mins(1);

/// How much of the log an error shows.
const TAIL_BYTES: i64 = 2_000;

/// What PostgreSQL says when children of a killed one are still at work.
const CHILDREN_LEFT: &str = "pre-existing shared memory block";

/// A PostgreSQL that runs as long as this value lives.
#[derive(Debug)]
pub struct Cluster {
    postmaster: Postmaster,
    programs: Programs,
    account: Account,
    folder: Folder,
    sockets: PathBuf,
    durability: Durability,
    // Last, because fields are dropped in order: nobody may have the folder before PostgreSQL has left it.
    _lock: Lock,
}

impl Cluster {
    /// Starts PostgreSQL on `folder`, making its databases the first time, and returns when it accepts connections.
    ///
    /// # Errors
    /// Every variant of [`Error`] that concerns folders, users and programs; [`Error::InUse`] when another
    /// living process has the folder.
    pub fn start(programs: &Programs, folder: &Path, durability: Durability) -> Result<Self, Error> {
        let account = Account::choose(&folder.join("cluster"))?;
        let folder = Folder::prepare(folder, account, programs)?;
        let lock = Lock::take(&folder)?;
        let sockets = folder.sockets(account)?;
        leftover::clear(&folder, &sockets, account)?;
        creation::ensure(&folder, programs, account, durability)?;
        keep_previous_log(&folder)?;
        let launch = Launch { programs, account, folder: &folder, sockets: &sockets, durability };
        let postmaster = launch.until_ready()?;
        let programs = programs.clone();
        Ok(Self { postmaster, programs, account, folder, sockets, durability, _lock: lock })
    }

    /// Where libpq finds `database`, as `user`; the superuser is `postgres`.
    #[must_use]
    pub fn url(&self, database: &str, user: &str) -> String {
        let [user, host, database] =
            [user.as_bytes(), self.sockets.as_os_str().as_bytes(), database.as_bytes()];
        format!("postgresql://{}@{}:{PORT}/{}", escaped(user), escaped(host), escaped(database))
    }

    /// The folder it lives in, by its real path.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The process of PostgreSQL.
    #[must_use]
    pub fn pid(&self) -> u32 {
        number(self.postmaster.pid())
    }

    /// Whether PostgreSQL is still there: somebody may have killed it.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.postmaster.ended_within(Duration::ZERO).is_none()
    }

    /// Starts PostgreSQL again if it has ended on its own; says whether it had.
    ///
    /// # Errors
    /// As [`Cluster::start`].
    pub fn restart_if_dead(&mut self) -> Result<bool, Error> {
        let Some(how) = self.postmaster.ended_within(Duration::ZERO) else {
            return Ok(false);
        };
        log::error!("PostgreSQL (process {}) ended on its own ({how}): starting it again", self.pid());
        leftover::clear(&self.folder, &self.sockets, self.account)?;
        let Self { programs, account, folder, sockets, durability, .. } = self;
        let launch = Launch { programs, account: *account, folder, sockets, durability: *durability };
        self.postmaster = launch.until_ready()?;
        Ok(true)
    }

    /// Ends every session, writes everything down and waits for PostgreSQL to be gone.
    ///
    /// # Errors
    /// [`Error::Stop`] when it outlives both ways of asking.
    pub fn stop(self) -> Result<(), Error> {
        self.postmaster.stop()
    }

    /// Stops PostgreSQL and removes its databases, its log and its folder: for tests.
    ///
    /// # Errors
    /// [`Error::Stop`], or [`Error::Folder`] when something cannot be removed.
    pub fn discard(self) -> Result<(), Error> {
        self.postmaster.stop()?;
        fs::remove_dir(&self.sockets).map_err(Error::at(&self.sockets))?;
        self.folder.remove()
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if let Err(refused) = self.postmaster.stop() {
            log::error!("{refused}");
        }
    }
}

/// What it takes to start PostgreSQL on databases that are there.
struct Launch<'a> {
    programs: &'a Programs,
    account: Account,
    folder: &'a Folder,
    sockets: &'a Path,
    durability: Durability,
}

impl Launch<'_> {
    /// Children of a PostgreSQL that was killed take a moment to leave: it is started until they have.
    fn until_ready(&self) -> Result<Postmaster, Error> {
        const PAUSE: Duration = Duration::from_millis(200);
        let began = Instant::now();
        loop {
            match self.once(began) {
                Err(Error::Start { tail, .. })
                    if tail.contains(CHILDREN_LEFT) && began.elapsed() < READY_WITHIN =>
                {
                    leftover::dismiss_children(self.folder);
                    thread::sleep(PAUSE);
                    keep_previous_log(self.folder)?;
                }
                outcome => return outcome,
            }
        }
    }

    fn once(&self, began: Instant) -> Result<Postmaster, Error> {
        const PAUSE: Duration = Duration::from_millis(20);
        let program = self.programs.program("postgres");
        let command = self.command(&program)?;
        let postmaster = Postmaster::spawn(command).map_err(|source| Error::Program { program, source })?;
        while !self.accepts(&postmaster) {
            if let Some(how) = postmaster.ended_within(PAUSE) {
                return Err(self.failure(how));
            }
            if began.elapsed() > READY_WITHIN {
                postmaster.stop()?;
                return Err(self.failure(format!("non pronto dopo {} s", READY_WITHIN.as_secs())));
            }
        }
        Ok(postmaster)
    }

    /// PostgreSQL writes its state on the eighth line of its lock file, after its number on the first.
    fn accepts(&self, postmaster: &Postmaster) -> bool {
        let Ok(lock) = fs::read_to_string(self.folder.cluster().join("postmaster.pid")) else {
            return false;
        };
        let ours = lock.lines().next() == Some(postmaster.pid().to_string().as_str());
        let ready = lock.lines().nth(7).is_some_and(|state| state.trim() == "ready");
        ours && ready && UnixStream::connect(socket_in(self.sockets)).is_ok()
    }

    /// In a process group of its own, so that Ctrl-C in a terminal reaches the service alone, which stops
    /// PostgreSQL once it no longer needs it.
    fn command(&self, program: &Path) -> Result<Command, Error> {
        let path = self.folder.log();
        let open = OpenOptions::new().create(true).append(true).mode(0o600).open(&path);
        let log = open.map_err(Error::at(&path))?;
        let errors = log.try_clone().map_err(Error::at(&path))?;
        let mut command = self.account.guarded(program);
        command
            .arg("-D")
            .arg(self.folder.cluster())
            .args(["-c", NAME, "-c"])
            .arg(socket_setting(self.sockets));
        command.args(["-c", "listen_addresses=", "-c"]).arg(format!("port={PORT}"));
        command.args(["-c", "log_destination=stderr", "-c", "logging_collector=off"]);
        match self.durability {
            Durability::Kept => {}
            Durability::Discardable => {
                command.args([
                    "-c",
                    "fsync=off",
                    "-c",
                    "full_page_writes=off",
                    "-c",
                    "synchronous_commit=off",
                ]);
            }
        }
        command.current_dir(self.folder.path()).stdout(log).stderr(errors).process_group(0);
        Ok(command)
    }

    fn failure(&self, reason: String) -> Error {
        let log = self.folder.log();
        let tail = tail(&log).unwrap_or_else(|error| error.to_string());
        Error::Start { reason, log, tail }
    }
}

/// One start, one log; the one before is kept because it may tell why this start was needed.
fn keep_previous_log(folder: &Folder) -> Result<(), Error> {
    let log = folder.log();
    match fs::rename(&log, folder.previous_log()) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(Error::at(&log)(error)),
        Ok(()) | Err(_) => Ok(()),
    }
}

fn tail(log: &Path) -> std::io::Result<String> {
    let mut file = File::open(log)?;
    if file.seek(SeekFrom::End(TAIL_BYTES.saturating_neg())).is_err() {
        file.rewind()?;
    }
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    Ok(super::account::said(&bytes))
}

/// The setting is a list: a path is quoted so that a comma or a space in it stays part of it.
fn socket_setting(folder: &Path) -> OsString {
    let mut setting = b"unix_socket_directories=\"".to_vec();
    for &byte in folder.as_os_str().as_bytes() {
        setting.extend(if byte == b'"' { &b"\"\""[..] } else { std::slice::from_ref(&byte) });
    }
    setting.push(b'"');
    OsString::from_vec(setting)
}

fn escaped(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, &byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(text, "%{byte:02X}");
        }
        text
    })
}
