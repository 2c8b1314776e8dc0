//! The embedded PostgreSQL: decides how the service runs a database of its own when nobody gave it one.
//!
//! Not another engine: the system's own PostgreSQL programs, started on a folder, reached through a socket
//! that only this folder's owner can open, stopped with the service. What is tried here is what production runs.
//!
//! ```text
//! <folder>/               ours, never PostgreSQL's: a superuser may write here without trusting anybody
//!   service.lock          held by the living service; decides who may touch the rest
//!   postgres.log          what PostgreSQL said since the last start (`postgres.log.1`: the time before)
//!   cluster/              the databases; appears only when complete
//!   cluster.new/          a cluster being made; found at a start, it is half made and thrown away
//!   socket/               the socket, mode 0700
//! ```
//!
//! Read in this order: [`Cluster::start`] tells the story, `programs` finds PostgreSQL, `account` decides as whom
//! it runs, `folder` where, `leftover` what to do with the traces of a sudden death, `creation` makes the databases,
//! `postmaster` is the running program.

mod account;
mod cluster;
mod creation;
mod folder;
mod leftover;
mod postmaster;
mod programs;
#[cfg(test)]
mod tests;

use std::io;
use std::path::{Path, PathBuf};

pub use cluster::Cluster;
pub use programs::Programs;

/// How much of what was written must outlive a crash of the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// As PostgreSQL does by default: what was committed is kept.
    Kept,
    /// For databases made to be thrown away: nothing waits for the disk.
    Discardable,
}

/// Why the embedded PostgreSQL could not be found, started or stopped.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No PostgreSQL programs on this machine.
    #[error(
        "PostgreSQL {} or newer is not on this machine: install it (`apt-get install postgresql`) \
         or name a server with DATABASE_URL",
        programs::OLDEST
    )]
    Missing,
    /// Only programs older than what the schema needs.
    #[error(
        "PostgreSQL {found} in {} is too old: {} or newer is needed (`apt-get install postgresql`)",
        folder.display(),
        programs::OLDEST
    )]
    TooOld {
        /// Where the newest of them is.
        folder: PathBuf,
        /// Its major version.
        found: u32,
    },
    /// A program is there but could not be run.
    #[error("cannot run {}: {source}", program.display())]
    Program {
        /// The program.
        program: PathBuf,
        /// What the system answered.
        source: io::Error,
    },
    /// The process is root and there is no unprivileged user to run PostgreSQL as.
    #[error(
        "PostgreSQL does not run as root, and neither user `postgres` nor `nobody` is there: make one, or be another user"
    )]
    NoAccount,
    /// A file or folder cannot be read, written or made: a file in its place, no permission, a full disk.
    #[error("cannot use {}: {source}", path.display())]
    Folder {
        /// The file or folder.
        path: PathBuf,
        /// What the system answered.
        source: io::Error,
    },
    /// The folder holds files and lies where the unprivileged user cannot get.
    #[error("{} cannot be reached by the user PostgreSQL runs as (uid {uid}): move the folder or open the way to it", path.display())]
    Unreachable {
        /// The folder asked for.
        path: PathBuf,
        /// The user PostgreSQL would run as.
        uid: u32,
    },
    /// A folder that is not empty stands where the databases should be, and was not made by PostgreSQL.
    #[error("{} is not empty and holds no PostgreSQL cluster: move it elsewhere", path.display())]
    NotACluster {
        /// The folder.
        path: PathBuf,
    },
    /// The databases were made by another major version.
    #[error("{} is a cluster of PostgreSQL {found}, the programs installed are {installed}: upgrade it with pg_upgrade, or install PostgreSQL {found}", path.display())]
    OtherVersion {
        /// The cluster's folder.
        path: PathBuf,
        /// The version written in it.
        found: String,
        /// The major version of the programs found.
        installed: u32,
    },
    /// Another living process holds the folder.
    #[error("{} is in use by process {pid}", path.display())]
    InUse {
        /// The folder.
        path: PathBuf,
        /// The process that holds it; 0 when it has not yet written its name.
        pid: u32,
    },
    /// `initdb` failed.
    #[error("cannot create the cluster in {}: {output}", path.display())]
    Creation {
        /// The folder.
        path: PathBuf,
        /// What `initdb` said.
        output: String,
    },
    /// PostgreSQL ended, or did not accept connections in time.
    #[error("PostgreSQL did not start ({reason}); the last lines of {}:\n{tail}", log.display())]
    Start {
        /// How it ended, or how long was waited.
        reason: String,
        /// Its log.
        log: PathBuf,
        /// The last lines of the log.
        tail: String,
    },
    /// PostgreSQL outlived every request to stop.
    #[error("PostgreSQL (process {pid}) did not stop")]
    Stop {
        /// The process still alive.
        pid: u32,
    },
}

impl Error {
    /// Names the path an input or output error is about, which the system's own text leaves out.
    fn at(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Folder { path, source }
    }
}
