//! Decides who may use a folder, and what to do with the traces of a service or a PostgreSQL that died suddenly.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::process::{self, Command};

use rustix::process::{Pid, Signal, kill_process, test_kill_process};

use super::Error;
use super::account::Account;
use super::folder::{Folder, socket_in};
use super::postmaster::{number, stop_stranger};

/// The name our PostgreSQL carries on its command line and in the titles of its processes.
pub(super) const NAME: &str = "cluster_name=traguardo";

/// The right to use a folder: the kernel takes it back when the process ends, however it ends.
#[derive(Debug)]
pub(super) struct Lock(File);

impl Lock {
    /// Takes the folder, or says who has it.
    pub(super) fn take(folder: &Folder) -> Result<Self, Error> {
        let path = folder.lock();
        let open =
            OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(&path);
        let mut file = open.map_err(Error::at(&path))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut holder = String::new();
                file.read_to_string(&mut holder).map_err(Error::at(&path))?;
                let pid = holder.trim().parse().unwrap_or(0);
                return Err(Error::InUse { path: folder.path().to_owned(), pid });
            }
            Err(TryLockError::Error(source)) => return Err(Error::Folder { path, source }),
        }
        file.set_len(0).and_then(|()| writeln!(file, "{}", process::id())).map_err(Error::at(&path))?;
        Ok(Self(file))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // The name of who held it would mislead a reader; the file stays, since removing a lock is a race.
        if let Err(refused) = self.0.set_len(0) {
            log::warn!("service.lock: {refused}");
        }
    }
}

/// Leaves no PostgreSQL, no socket and no misleading lock file behind. Only the holder of the lock may ask,
/// so a PostgreSQL of ours still running is an orphan.
pub(super) fn clear(folder: &Folder, sockets: &Path, account: Account) -> Result<(), Error> {
    let cluster = folder.cluster();
    let lock = cluster.join("postmaster.pid");
    let text = match fs::read_to_string(&lock) {
        Ok(text) => Some(text),
        Err(absent) if absent.kind() == ErrorKind::NotFound => None,
        Err(source) => return Err(Error::Folder { path: lock, source }),
    };
    if let Some(text) = text {
        match recorded(&text) {
            Some(pid) => settle(pid, folder, &text, account)?,
            // Emptied by a power cut: PostgreSQL refuses to start on it, and says to remove it.
            None => fs::remove_file(&lock).map_err(Error::at(&lock))?,
        }
    }
    let socket = socket_in(sockets);
    for stale in [socket.with_added_extension("lock"), socket] {
        match fs::remove_file(&stale) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(Error::at(&stale)(error)),
            Ok(()) | Err(_) => {}
        }
    }
    Ok(())
}

/// The first line is the process; negative when it serves one user alone.
fn recorded(text: &str) -> Option<Pid> {
    let first: i32 = text.lines().next()?.trim().parse().ok()?;
    Pid::from_raw(first.checked_abs()?)
}

/// A dead process is left to PostgreSQL, which knows what to do.
fn settle(pid: Pid, folder: &Folder, text: &str, account: Account) -> Result<(), Error> {
    let cluster = folder.cluster();
    match occupant(pid, &cluster) {
        Occupant::Orphan => {
            log::warn!(
                "stopping the PostgreSQL (process {pid}) that a killed service left in {}",
                cluster.display()
            );
            stop_stranger(pid, || matches!(occupant(pid, &cluster), Occupant::Orphan))
        }
        Occupant::NotOurs => Err(Error::InUse { path: cluster, pid: number(pid) }),
        Occupant::Unrelated if test_kill_process(pid) == Err(rustix::io::Errno::SRCH) => Ok(()),
        Occupant::Unrelated => disown(&cluster, text, account),
    }
}

/// PostgreSQL would take an unrelated process that has got the recorded number for a rival. Deleting the file
/// would also forget the shared memory it names, by which PostgreSQL notices children of the dead one still at work:
/// so the number alone is replaced, with ours, since PostgreSQL never takes its own parent for a rival.
fn disown(cluster: &Path, text: &str, account: Account) -> Result<(), Error> {
    let lock = cluster.join("postmaster.pid");
    let rest = text.split_once('\n').map_or("", |(_, rest)| rest);
    fs::remove_file(&lock).map_err(Error::at(&lock))?;
    // A new file, because writing through the old name would follow a link its owner may have put there.
    let mut file =
        OpenOptions::new().write(true).create_new(true).mode(0o600).open(&lock).map_err(Error::at(&lock))?;
    write!(file, "{}\n{rest}", process::id()).map_err(Error::at(&lock))?;
    account.give(&lock)
}

/// What the recorded process is.
enum Occupant {
    /// A PostgreSQL of ours, on this folder.
    Orphan,
    /// A PostgreSQL on this folder that somebody else started.
    NotOurs,
    /// Dead, or another program that happens to have the number.
    Unrelated,
}

fn occupant(pid: Pid, cluster: &Path) -> Occupant {
    let arguments = command_line(pid);
    let works_here = || fs::read_link(format!("/proc/{pid}/cwd")).is_ok_and(|folder| folder == cluster);
    let program = arguments.split(['\0', ' ']).next().unwrap_or_default();
    let postgres = program.contains("postgres") || program.contains("postmaster");
    if !postgres || !(arguments.contains(&*cluster.to_string_lossy()) || works_here()) {
        return Occupant::Unrelated;
    }
    if arguments.contains(NAME) { Occupant::Orphan } else { Occupant::NotOurs }
}

/// Ends the children of a dead PostgreSQL: one busy with a long query would notice the death only at its end,
/// and until then none can start. They stand in their cluster's folder; elsewhere than on Linux they are waited for.
pub(super) fn dismiss_children(folder: &Folder) {
    let cluster = folder.cluster();
    let numbers = fs::read_dir("/proc").into_iter().flatten().flatten();
    for pid in numbers.filter_map(|entry| Pid::from_raw(entry.file_name().to_str()?.parse().ok()?)) {
        let stands_here = fs::read_link(format!("/proc/{pid}/cwd")).is_ok_and(|stands| stands == cluster);
        if stands_here && command_line(pid).starts_with("postgres: ") {
            let sent = kill_process(pid, Signal::QUIT);
            log::warn!("ending process {pid}, left by a PostgreSQL that was killed: {sent:?}");
        }
    }
}

/// From the kernel where it tells, else from `ps`; nothing when there is no such process.
fn command_line(pid: Pid) -> String {
    let bytes = fs::read(format!("/proc/{pid}/cmdline")).or_else(|absent| {
        if Path::new("/proc/self").exists() {
            return Err(absent);
        }
        Command::new("ps")
            .args(["-o", "command=", "-p", &pid.to_string()])
            .output()
            .map(|answer| answer.stdout)
    });
    String::from_utf8_lossy(&bytes.unwrap_or_default()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_recorded_process_is_the_first_line() {
        assert_eq!(recorded("412\n/data\n").map(number), Some(412));
        assert_eq!(recorded("-412\n").map(number), Some(412));
        assert_eq!(recorded(""), None);
        assert_eq!(recorded("0\n"), None);
        assert_eq!(recorded("nonsense\n"), None);
    }
}
