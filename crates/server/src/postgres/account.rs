//! Decides as which user PostgreSQL runs, and that it does not outlive the service.
//!
//! PostgreSQL refuses to run as root. A service that is root runs it as the user who owns the databases already,
//! else as `postgres`, else as `nobody`; any other service runs it as itself.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{MetadataExt, lchown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};

use rustix::process::geteuid;

use super::{Error, Programs};

/// Who runs PostgreSQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Account {
    /// The user of this process, who is not root.
    Own,
    /// Another user, because this process is root.
    Other { uid: u32, gid: u32 },
}

impl Account {
    /// The owner of `cluster` when there is one, so that databases never change hands between two starts.
    pub(super) fn choose(cluster: &Path) -> Result<Self, Error> {
        if !geteuid().is_root() {
            return Ok(Self::Own);
        }
        if let Ok(owned) = fs::metadata(cluster)
            && owned.uid() != 0
        {
            return Ok(Self::Other { uid: owned.uid(), gid: owned.gid() });
        }
        let users = Path::new("/etc/passwd");
        let users = fs::read_to_string(users).map_err(Error::at(users))?;
        named(&users, "postgres").or_else(|| named(&users, "nobody")).ok_or(Error::NoAccount)
    }

    /// A program run as this user. Variables such as `PGPORT` or `PGDATA` are meant for another server than ours,
    /// and messages must be in one language because some are read.
    pub(super) fn command(self, program: &Path) -> Command {
        self.prepare(Command::new(program))
    }

    /// The same, asked by the kernel to stop when the thread that starts it ends, however it ends.
    ///
    /// The request is made by `setpriv` after the change of user, which would cancel it. Where `setpriv` is missing
    /// a service killed at once leaves PostgreSQL running: the next start finds it and stops it.
    pub(super) fn guarded(self, program: &Path) -> Command {
        const GUARD: [&str; 2] = ["--pdeathsig=INT", "--"];
        let tried = Command::new("setpriv").args(GUARD).arg("true").stderr(Stdio::null()).status();
        if !tried.is_ok_and(|status| status.success()) {
            log::warn!("setpriv (util-linux) not found: a killed service leaves PostgreSQL running");
            return self.command(program);
        }
        let mut command = Command::new("setpriv");
        command.args(GUARD).arg(program);
        self.prepare(command)
    }

    fn prepare(self, mut command: Command) -> Command {
        for (name, _) in env::vars_os().filter(|(name, _)| name.as_bytes().starts_with(b"PG")) {
            command.env_remove(name);
        }
        command.env("LC_ALL", "C").stdin(Stdio::null());
        match self {
            Self::Own => &mut command,
            Self::Other { uid, gid } => command.uid(uid).gid(gid),
        };
        command
    }

    /// Hands a file or folder over. A link is never followed: it may lead anywhere.
    pub(super) fn give(self, path: &Path) -> Result<(), Error> {
        match self {
            Self::Own => Ok(()),
            Self::Other { uid, gid } => lchown(path, Some(uid), Some(gid)).map_err(Error::at(path)),
        }
    }

    /// Whether this user can enter `folder`: tried rather than computed, since groups, access lists
    /// and security modules all have a say.
    pub(super) fn reaches(self, folder: &Path, programs: &Programs) -> Result<bool, Error> {
        let program = programs.program("postgres");
        let enters = |folder: &Path| {
            self.command(&program).arg("--version").current_dir(folder).stdout(Stdio::null()).status()
        };
        enters(Path::new("/")).map_err(|source| Error::Program { program: program.clone(), source })?;
        match enters(folder) {
            Ok(_) => Ok(true),
            Err(refused) if refused.kind() == io::ErrorKind::PermissionDenied => Ok(false),
            Err(source) => Err(Error::Folder { path: folder.to_owned(), source }),
        }
    }

    /// The permissions of a folder of ours: another user must pass through it, and may not list it.
    pub(super) fn folder_mode(self) -> u32 {
        match self {
            Self::Own => 0o700,
            Self::Other { .. } => 0o711,
        }
    }

    /// The user's number.
    pub(super) fn uid(self) -> u32 {
        match self {
            Self::Own => geteuid().as_raw(),
            Self::Other { uid, .. } => uid,
        }
    }
}

fn named(users: &str, name: &str) -> Option<Account> {
    let fields = users.lines().map(|line| line.split(':').collect::<Vec<_>>());
    let found = fields.into_iter().find(|fields| fields.first() == Some(&name))?;
    let number = |at: usize| found.get(at)?.parse().ok();
    Some(Account::Other { uid: number(2)?, gid: number(3)? })
}

/// The text of what a program said, without the blank lines around it.
pub(super) fn said(bytes: &[u8]) -> String {
    OsStr::from_bytes(bytes).to_string_lossy().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_is_found_by_name_alone() {
        let users = "root:x:0:0::/root:/bin/sh\nnobody:x:65534:65533:nobody:/:/bin/false\n";
        assert_eq!(named(users, "nobody"), Some(Account::Other { uid: 65534, gid: 65533 }));
        assert_eq!(named(users, "postgres"), None);
        assert_eq!(named("broken:x\n", "broken"), None);
    }
}
