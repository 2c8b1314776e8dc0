//! Decides which PostgreSQL programs of the machine are used: those on PATH, else the newest where packages put them.

use std::cmp::Reverse;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::Error;

/// The oldest major version the schema runs on.
pub(super) const OLDEST: u32 = 15;

/// Where distributions keep PostgreSQL off PATH: a folder, how its entries begin, what lies below each.
const PACKAGED: [(&str, &str, &str); 4] = [
    ("/usr/lib/postgresql", "", "bin"),
    ("/usr", "pgsql-", "bin"),
    ("/opt/homebrew/opt", "postgresql@", "bin"),
    ("/usr/local/opt", "postgresql@", "bin"),
];

/// A folder with `initdb`, `postgres` and their companions, of a version that will do.
#[derive(Debug, Clone)]
pub struct Programs {
    folder: PathBuf,
    major: u32,
}

impl Programs {
    /// Looks on PATH first, then where packages put them, newest first.
    ///
    /// # Errors
    /// [`Error::Missing`] when there are none, [`Error::TooOld`] when there are only old ones.
    pub fn find() -> Result<Self, Error> {
        let mut too_old: Option<Self> = None;
        for found in on_path().into_iter().chain(packaged()) {
            if found.major >= OLDEST {
                return Ok(found);
            }
            too_old.get_or_insert(found);
        }
        Err(match too_old {
            Some(old) => Error::TooOld { folder: old.folder, found: old.major },
            None => Error::Missing,
        })
    }

    /// Where `initdb`, `postgres`, `psql` and `pg_dump` are.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The major version, such as 15.
    #[must_use]
    pub fn major(&self) -> u32 {
        self.major
    }

    pub(super) fn program(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    fn in_folder(folder: &Path) -> Option<Self> {
        let postgres = folder.join("postgres");
        if !postgres.is_file() || !folder.join("initdb").is_file() {
            return None;
        }
        let answer = Command::new(&postgres).arg("--version").output().ok()?;
        let major = major_version(&String::from_utf8_lossy(&answer.stdout))?;
        Some(Self { folder: folder.to_owned(), major })
    }
}

fn on_path() -> Vec<Programs> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path)
        .filter(|folder| folder.is_absolute())
        .filter_map(|folder| behind_links(&folder))
        .collect()
}

/// A link on PATH often names `postgres` alone: the companions lie beside the file it leads to.
fn behind_links(folder: &Path) -> Option<Programs> {
    let real = fs::canonicalize(folder.join("postgres")).ok()?;
    real.parent().and_then(Programs::in_folder).or_else(|| Programs::in_folder(folder))
}

fn packaged() -> Vec<Programs> {
    let mut found: Vec<Programs> = PACKAGED
        .iter()
        .filter_map(|(folder, prefix, below)| Some((fs::read_dir(folder).ok()?, prefix, below)))
        .flat_map(|(entries, prefix, below)| {
            entries
                .flatten()
                .filter(move |entry| entry.file_name().to_string_lossy().starts_with(prefix))
                .filter_map(move |entry| Programs::in_folder(&entry.path().join(below)))
        })
        .collect();
    found.sort_by_key(|programs| Reverse(programs.major));
    found
}

/// From `postgres (PostgreSQL) 15.13 (Debian 15.13-0+deb12u1)` or `postgres (PostgreSQL) 18beta1`.
fn major_version(answer: &str) -> Option<u32> {
    let (_, version) = answer.split_once("(PostgreSQL) ")?;
    let digits =
        version.find(|letter: char| !letter.is_ascii_digit()).map_or(Some(version), |end| version.get(..end));
    digits?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_read_from_releases_and_previews() {
        assert_eq!(major_version("postgres (PostgreSQL) 15.13 (Debian 15.13-0+deb12u1)\n"), Some(15));
        assert_eq!(major_version("postgres (PostgreSQL) 18beta1\n"), Some(18));
        assert_eq!(major_version("postgres (PostgreSQL) 16"), Some(16));
        assert_eq!(major_version("something else"), None);
    }

    #[test]
    fn the_programs_found_have_their_companions() {
        let programs = Programs::find().unwrap();
        assert!(programs.major() >= OLDEST);
        assert!(programs.folder().join("initdb").is_file());
    }
}
