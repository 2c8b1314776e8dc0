//! Decides where everything lies on disk: in the folder asked for, or elsewhere when PostgreSQL's user could not get there.

use std::env;
use std::fs::{self, DirBuilder, Permissions};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, ErrorKind};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf, absolute};

use super::account::Account;
use super::{Error, Programs};

/// Where a root service puts databases whose own place the unprivileged user cannot reach.
const ELSEWHERE: &str = "/var/lib/traguardo";

/// The longest path of a socket: 104 bytes on the strictest system, the ending zero included.
const SOCKET_PATH_LIMIT: usize = 103;

/// The one port: it only names the socket, for nothing listens on the network.
pub(super) const PORT: &str = "5432";

/// A folder PostgreSQL's user can reach, by its real path.
#[derive(Debug)]
pub(super) struct Folder {
    asked: PathBuf,
    real: PathBuf,
}

impl Folder {
    /// Makes the folder asked for, or a link there to one that can be reached.
    pub(super) fn prepare(asked: &Path, account: Account, programs: &Programs) -> Result<Self, Error> {
        let asked = absolute(asked).map_err(Error::at(asked))?;
        make(&asked, account)?;
        let mut real = fs::canonicalize(&asked).map_err(Error::at(&asked))?;
        if !account.reaches(&real, programs)? {
            real = move_elsewhere(&asked, account)?;
        }
        Ok(Self { asked, real })
    }

    pub(super) fn path(&self) -> &Path {
        &self.real
    }

    pub(super) fn cluster(&self) -> PathBuf {
        self.real.join("cluster")
    }

    pub(super) fn half_made(&self) -> PathBuf {
        self.real.join("cluster.new")
    }

    pub(super) fn lock(&self) -> PathBuf {
        self.real.join("service.lock")
    }

    pub(super) fn log(&self) -> PathBuf {
        self.real.join("postgres.log")
    }

    pub(super) fn previous_log(&self) -> PathBuf {
        self.real.join("postgres.log.1")
    }

    /// The folder of the socket, which nobody but `account` (and root) can enter. A path that does not suit
    /// a socket is replaced by a short one in the temporary folder, where somebody else's folder of that name is refused.
    pub(super) fn sockets(&self, account: Account) -> Result<PathBuf, Error> {
        let beside = self.real.join("socket");
        let folder = if suits_a_socket(&beside) {
            beside
        } else {
            let short = PathBuf::from(format!("traguardo-{}", digest(&self.real)));
            let usual = env::temp_dir().join(&short);
            if suits_a_socket(&usual) { usual } else { Path::new("/tmp").join(short) }
        };
        match DirBuilder::new().mode(0o700).create(&folder) {
            Ok(()) => account.give(&folder)?,
            Err(there) if there.kind() == ErrorKind::AlreadyExists => check_private(&folder, account)?,
            Err(source) => return Err(Error::Folder { path: folder, source }),
        }
        Ok(folder)
    }

    /// Removes everything, the link that led here included.
    pub(super) fn remove(&self) -> Result<(), Error> {
        fs::remove_dir_all(&self.real).map_err(Error::at(&self.real))?;
        match fs::remove_file(&self.asked) {
            Err(source) if self.asked.is_symlink() => Err(Error::Folder { path: self.asked.clone(), source }),
            Ok(()) | Err(_) => Ok(()),
        }
    }
}

/// The socket PostgreSQL makes in `folder`.
pub(super) fn socket_in(folder: &Path) -> PathBuf {
    folder.join(format!(".s.PGSQL.{PORT}"))
}

/// Short enough for the kernel, and without the comma by which libpq tells one host from the next.
fn suits_a_socket(folder: &Path) -> bool {
    let path = socket_in(folder);
    let bytes = path.as_os_str().as_bytes();
    bytes.len() <= SOCKET_PATH_LIMIT && !bytes.contains(&b',')
}

/// A link that lost its target gets it back: it was ours, or somebody's wish.
fn make(folder: &Path, account: Account) -> Result<(), Error> {
    if folder.is_dir() {
        return Ok(());
    }
    let lost = fs::read_link(folder).ok();
    let folder = lost.as_deref().unwrap_or(folder);
    fs::create_dir_all(folder).map_err(Error::at(folder))?;
    fs::set_permissions(folder, Permissions::from_mode(account.folder_mode())).map_err(Error::at(folder))
}

/// Only an empty folder gives way to a link: what a full one holds is not ours to move.
fn move_elsewhere(asked: &Path, account: Account) -> Result<PathBuf, Error> {
    let empty = fs::read_dir(asked).map_err(Error::at(asked))?.next().is_none();
    if !empty || asked.is_symlink() {
        return Err(Error::Unreachable { path: asked.to_owned(), uid: account.uid() });
    }
    make(Path::new(ELSEWHERE), account)?;
    let target = unused(asked, account)?;
    fs::remove_dir(asked).and_then(|()| symlink(&target, asked)).map_err(Error::at(asked))?;
    log::info!(
        "{} cannot be reached by PostgreSQL's user: its data is in {}",
        asked.display(),
        target.display()
    );
    fs::canonicalize(&target).map_err(Error::at(&target))
}

/// A fresh folder named after `asked`. One left by an earlier folder of the same path is neither taken up,
/// because whoever deleted that folder wanted a new start, nor touched, because it may still be wanted.
fn unused(asked: &Path, account: Account) -> Result<PathBuf, Error> {
    let name = Path::new(ELSEWHERE).join(digest(asked));
    let names =
        std::iter::once(name.clone()).chain((2_u32..).map(|number| name.with_extension(number.to_string())));
    for target in names {
        match fs::create_dir(&target) {
            Ok(()) => {
                let mode = Permissions::from_mode(account.folder_mode());
                fs::set_permissions(&target, mode).map_err(Error::at(&target))?;
                return Ok(target);
            }
            Err(there) if there.kind() == ErrorKind::AlreadyExists => {}
            Err(source) => return Err(Error::Folder { path: target, source }),
        }
    }
    Err(Error::Unreachable { path: asked.to_owned(), uid: account.uid() })
}

/// A name for a path, short enough for a socket.
fn digest(path: &Path) -> String {
    let mut hasher = DefaultHasher::new();
    path.as_os_str().as_bytes().hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

fn check_private(folder: &Path, account: Account) -> Result<(), Error> {
    let found = fs::symlink_metadata(folder).map_err(Error::at(folder))?;
    if found.is_dir() && found.uid() == account.uid() && found.mode().trailing_zeros() >= 6 {
        return Ok(());
    }
    let source = io::Error::new(ErrorKind::PermissionDenied, "not a private folder of PostgreSQL's user");
    Err(Error::Folder { path: folder.to_owned(), source })
}
