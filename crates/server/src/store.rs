//! The database a command works on: the one named by DATABASE_URL, or the one the program brings with it.

use std::path::Path;
use std::time::Duration;

use traguardo_persistence::{Database, Error as PersistenceError, Settings, migrations};

use crate::cli::StoreOptions;
use crate::failure::Failure;
use crate::postgres::{Cluster, Durability, Programs};

/// PostgreSQL 15 with the fixes of row security that followed it.
const OLDEST_SERVER: i32 = 150_000;

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
        std::fs::create_dir_all(&options.data)
            .map_err(Failure::io(format!("cannot make the data folder {}", options.data.display())))?;
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
        Ok(migrations::apply(&self.migration_url)?)
    }

    /// Creates the roles, for which the login must be an administrator.
    ///
    /// # Errors
    /// When it is not.
    pub fn create_roles(&self) -> Result<(), Failure> {
        Ok(migrations::create_roles(&self.migration_url)?)
    }

    /// Brings an empty database of somebody else's server to work for a demo: creates the roles when they are missing.
    ///
    /// # Errors
    /// When the roles are missing and the login may not create them, or a migration fails.
    pub fn prepare(&self) -> Result<Vec<String>, Failure> {
        match migrations::apply(&self.migration_url) {
            Err(PersistenceError::Setup(_)) => {
                migrations::create_roles(&self.migration_url)?;
                self.migrate()
            }
            applied => Ok(applied?),
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
        let standing = database.standing()?;
        if standing.server_version < OLDEST_SERVER {
            return Err(Failure::Configuration("DATABASE_URL: PostgreSQL 15 or newer is needed".to_owned()));
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
