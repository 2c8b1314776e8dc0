//! The database a command works on: the one named by DATABASE_URL, or the one the program brings with it.

use std::path::Path;
use std::time::Duration;

use traguardo_http::tokens::KeyRing;
use traguardo_persistence::{Database, Error as PersistenceError, Settings, migrations};

use crate::cli::StoreOptions;
use crate::failure::Failure;
use crate::postgres::{Cluster, Durability, Programs};

/// PostgreSQL 15.14: the first of its line without the known ways round row security.
const OLDEST_SERVER: i32 = 150_014;

/// A database in use: while the program's own server runs, it is held here.
pub struct Store {
    cluster: Option<Cluster>,
    url: String,
    migration_url: String,
    connections: u32,
}

impl Store {
    /// Finds the database, starting the program's own when none is named.
    ///
    /// # Errors
    /// When the own one cannot be started.
    pub fn open(options: &StoreOptions) -> Result<Self, Failure> {
        let connections = options.connections;
        if let Some(url) = &options.database_url {
            let migration_url = options.migration_url.clone().unwrap_or_else(|| url.clone());
            return Ok(Self { cluster: None, url: url.clone(), migration_url, connections });
        }
        make_data_folder(&options.data)?;
        let cluster = Cluster::start(&Programs::find()?, &options.data.join("postgres"), Durability::Kept)?;
        let administrator = cluster.url("postgres", "postgres");
        migrations::create_database(&administrator, "traguardo")?;
        migrations::create_roles(&cluster.url("traguardo", "postgres"))?;
        Ok(Self {
            url: cluster.url("traguardo", "traguardo_service"),
            migration_url: cluster.url("traguardo", "traguardo_migrator"),
            cluster: Some(cluster),
            connections,
        })
    }

    /// Brings the schema up to date, and says which migrations that took.
    ///
    /// # Errors
    /// When the login may not, or a migration fails.
    pub fn migrate(&self) -> Result<Vec<String>, Failure> {
        migrations::apply(&self.migration_url).map_err(|error| self.unusable(error))
    }

    /// Creates the roles, for which the login must be an administrator.
    ///
    /// # Errors
    /// When it is not.
    pub fn create_roles(&self) -> Result<(), Failure> {
        migrations::create_roles(&self.migration_url).map_err(|error| self.unusable(error))
    }

    /// Brings an empty database of somebody else's server to work for a demo: creates the roles when they are missing.
    ///
    /// # Errors
    /// When the roles are missing and the login may not create them, or a migration fails.
    pub fn prepare(&self) -> Result<Vec<String>, Failure> {
        match migrations::apply(&self.migration_url) {
            Err(PersistenceError::Setup(_)) => {
                self.create_roles()?;
                self.migrate()
            }
            applied => applied.map_err(|error| self.unusable(error)),
        }
    }

    /// The database, as the service uses it.
    #[must_use]
    pub fn database(&self) -> Database {
        Database::new(&Settings {
            url: self.url.clone(),
            connections: self.connections,
            cross_connections: 4,
            patience: Duration::from_millis(900),
            statement_timeout: Duration::from_secs(5),
        })
    }

    /// Refuses a login that row security would not hold back. A demo on somebody's own server only warns.
    ///
    /// # Errors
    /// When the database is away, too old, or the login is a superuser, bypasses row security or may act as the owner.
    pub fn check_login(&self, database: &Database, demo: bool) -> Result<(), Failure> {
        let standing = database.standing().map_err(|error| self.unusable(error))?;
        if standing.server_version < OLDEST_SERVER {
            return Err(Failure::Configuration(
                "DATABASE_URL: PostgreSQL 15.14 or newer is needed".to_owned(),
            ));
        }
        if !standing.above_row_security && !standing.may_own {
            return Ok(());
        }
        let login = &standing.login;
        let words = format!(
            "DATABASE_URL: the login '{login}' is above row security (superuser, BYPASSRLS, or able to act as the owner); \
             serve with one that may only act as traguardo_app and traguardo_benchmark, such as traguardo_service of deploy/roles.sql"
        );
        if demo {
            log::warn!("{words}");
            return Ok(());
        }
        Err(Failure::Configuration(words))
    }

    /// Stops the program's own server, if it is running one.
    ///
    /// # Errors
    /// When it does not stop.
    pub fn close(self) -> Result<(), Failure> {
        match self.cluster {
            Some(cluster) => Ok(cluster.stop()?),
            None => Ok(()),
        }
    }

    /// A failure of the database, with the setting that led to it when there was one.
    pub(crate) fn unusable(&self, error: PersistenceError) -> Failure {
        match error {
            PersistenceError::Unavailable(words) if !self.is_own() => {
                let name = if self.migration_url == self.url {
                    "DATABASE_URL"
                } else {
                    "DATABASE_URL or TRAGUARDO_MIGRATION_URL"
                };
                // What the driver says may be several lines.
                let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
                Failure::Configuration(format!("{name}: {words}"))
            }
            error @ (PersistenceError::Unavailable(_)
            | PersistenceError::Violation(_)
            | PersistenceError::Inconsistent(_)
            | PersistenceError::Query(_)
            | PersistenceError::Setup(_)) => error.into(),
        }
    }

    /// Whether the server is the program's own.
    #[must_use]
    pub const fn is_own(&self) -> bool {
        self.cluster.is_some()
    }
}

/// The folder of the keys: the one named, or `keys` in the data folder.
#[must_use]
pub fn key_folder(named: Option<&Path>, data: &Path) -> std::path::PathBuf {
    named.map_or_else(|| data.join("keys"), Path::to_path_buf)
}

/// The signing keys of a folder, which must be there.
///
/// # Errors
/// When there are none, or they cannot be used.
pub fn load_keys(folder: &Path) -> Result<KeyRing, Failure> {
    if !folder.exists() {
        return Err(Failure::Configuration(format!(
            "TRAGUARDO_KEYS: {} is not there: make a key with `traguardo keys`",
            folder.display()
        )));
    }
    KeyRing::load(folder).map_err(|error| unfit_keys(&error))
}

/// A failure of the keys, with the setting that led to them.
pub(crate) fn unfit_keys(error: &traguardo_http::tokens::Error) -> Failure {
    Failure::Configuration(format!("TRAGUARDO_KEYS: {error}"))
}

/// Makes the folder of the program's own files.
///
/// # Errors
/// When something else stands there, or it may not be made.
pub fn make_data_folder(folder: &Path) -> Result<(), Failure> {
    let failed = format!("TRAGUARDO_DATA: cannot make the data folder {}", folder.display());
    std::fs::create_dir_all(folder).map_err(Failure::io(failed))
}
