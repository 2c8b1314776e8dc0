//! Databases for tests: one server for the whole run, one template with the schema and the demo, a clone for every test.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use traguardo_http::tokens::KeyRing;
use traguardo_persistence::{Database, migrations};
use traguardo_server::commands::{new_id, now};
use traguardo_server::demo::{self, Source};
use traguardo_server::postgres::{Cluster, Durability, Programs};

/// A PostgreSQL for tests: one of our own, or the one DATABASE_URL names.
pub(crate) struct Server {
    cluster: Mutex<Option<Cluster>>,
    outside: Option<String>,
    folder: PathBuf,
    template: String,
}

impl Server {
    /// The one every test shares.
    pub(crate) fn shared() -> Arc<Self> {
        static SHARED: OnceLock<Arc<Server>> = OnceLock::new();
        Arc::clone(SHARED.get_or_init(|| Arc::new(Self::prepare(std::env::var("DATABASE_URL").ok()))))
    }

    /// One of a test's own, which it may stop and start: always a server of ours.
    pub(crate) fn own() -> Arc<Self> {
        Arc::new(Self::prepare(None))
    }

    fn prepare(outside: Option<String>) -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        sweep();
        let folder = std::env::temp_dir().join(format!("traguardo-tests-{}-{number}", std::process::id()));
        let template = format!("traguardo_template_{}_{number}", std::process::id());
        let server = Self { cluster: Mutex::new(None), outside, folder, template };
        if server.outside.is_none() {
            std::fs::create_dir_all(&server.folder).unwrap();
            server.start();
        }
        server.make_template();
        server
    }

    /// Starts our own server (again).
    pub(crate) fn start(&self) {
        let programs = Programs::find().unwrap();
        let cluster =
            Cluster::start(&programs, &self.folder.join("postgres"), Durability::Discardable).unwrap();
        *self.cluster.lock().unwrap_or_else(PoisonError::into_inner) = Some(cluster);
    }

    /// Stops our own server.
    pub(crate) fn stop(&self) {
        let cluster = self.cluster.lock().unwrap_or_else(PoisonError::into_inner).take();
        cluster.expect("the server is running").stop().unwrap();
    }

    /// The address of a database of this server, for a login.
    pub(crate) fn url(&self, database: &str, login: &str) -> String {
        match &self.outside {
            // The administrator's own login, whatever role is asked for: SET ROLE narrows it.
            Some(url) => with_database(url, database),
            None => {
                let cluster = self.cluster.lock().unwrap_or_else(PoisonError::into_inner);
                cluster.as_ref().expect("the server is running").url(database, login)
            }
        }
    }

    fn administer(&self, sql: &str) {
        administrator(&self.url("postgres", "postgres")).batch_execute(sql).unwrap();
    }

    fn make_template(&self) {
        self.administer(&format!("create database {} template template0 encoding 'UTF8'", self.template));
        migrations::create_roles(&self.url(&self.template, "postgres")).unwrap();
        migrations::apply(&self.url(&self.template, "traguardo_migrator")).unwrap();
        let database = seeder(self.url(&self.template, "traguardo_service"));
        let source = Source { now: now(), new_id: &new_id };
        demo::seed_platform(&database, &source, true).unwrap();
        demo::seed_named_comuni(&database, &source, super::contents::plant).unwrap();
        drop(database);
        // A pool closes its connections a moment after it is dropped; a template must have none.
        self.administer(&format!(
            "alter database {0} allow_connections false; \
             select pg_terminate_backend(pid) from pg_stat_activity where datname = '{0}'",
            self.template
        ));
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if self.outside.is_some() {
            self.administer(&format!("drop database if exists {} with (force)", self.template));
        }
        if let Some(cluster) = self.cluster.lock().unwrap_or_else(PoisonError::into_inner).take() {
            drop(cluster.stop());
        }
        drop(std::fs::remove_dir_all(&self.folder));
    }
}

/// A database of one test.
pub(crate) struct TestDatabase {
    pub(crate) server: Arc<Server>,
    pub(crate) name: String,
}

impl TestDatabase {
    /// A clone of the template.
    pub(crate) fn fresh(server: Arc<Server>) -> Self {
        let database = Self::named(server);
        let (name, template) = (&database.name, &database.server.template);
        // Grants on the database itself are not cloned.
        database.server.administer(&format!("create database {name} template {template}"));
        database.server.administer(&format!(
            "revoke all on database {name} from public; \
             grant connect on database {name} to traguardo_migrator, traguardo_service"
        ));
        database
    }

    /// The whole demo, with the five plans comuni really wrote: seeded once, for tests that only read.
    pub(crate) fn of_the_demo() -> Arc<Self> {
        static DEMO: OnceLock<Arc<TestDatabase>> = OnceLock::new();
        Arc::clone(DEMO.get_or_init(|| Arc::new(Self::demo_of_its_own())))
    }

    /// The whole demo again, for a test that writes.
    pub(crate) fn demo_of_its_own() -> Self {
        let stored = Self::empty(Server::shared());
        migrations::apply(&stored.url("traguardo_migrator")).unwrap();
        let database = seeder(stored.url("traguardo_service"));
        let source = Source { now: now(), new_id: &new_id };
        demo::seed_platform(&database, &source, true).unwrap();
        demo::seed_comuni(&database, &source).unwrap();
        stored
    }

    /// A database with the roles and nothing in it.
    pub(crate) fn empty(server: Arc<Server>) -> Self {
        let database = Self::named(server);
        database
            .server
            .administer(&format!("create database {} template template0 encoding 'UTF8'", database.name));
        migrations::create_roles(&database.url("postgres")).unwrap();
        database
    }

    fn named(server: Arc<Server>) -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        Self { server, name: format!("traguardo_test_{}_{number}", std::process::id()) }
    }

    /// Its address, for a login.
    pub(crate) fn url(&self, login: &str) -> String {
        self.server.url(&self.name, login)
    }

    /// A connection above every wall: to look behind them.
    pub(crate) fn administrator(&self) -> PgConnection {
        administrator(&self.url("postgres"))
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let running = self.server.outside.is_some()
            || self.server.cluster.lock().unwrap_or_else(PoisonError::into_inner).is_some();
        if running {
            self.server.administer(&format!("drop database if exists {} with (force)", self.name));
        }
    }
}

/// A database to seed through.
fn seeder(url: String) -> Database {
    Database::new(&traguardo_persistence::Settings {
        url,
        connections: 1,
        cross_connections: 1,
        patience: Duration::from_secs(5),
        statement_timeout: Duration::from_secs(30),
    })
}

/// A connection to an address.
pub(crate) fn administrator(url: &str) -> PgConnection {
    PgConnection::establish(url).unwrap()
}

/// The keys every test signs with.
pub(crate) fn key_folder() -> PathBuf {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    let make = || {
        let folder = std::env::temp_dir().join(format!("traguardo-tests-{}-keys", std::process::id()));
        KeyRing::generate_into(&folder).unwrap();
        folder
    };
    FOLDER.get_or_init(make).clone()
}

fn with_database(url: &str, database: &str) -> String {
    let (address, options) =
        url.split_once('?').map_or((url, None), |(address, options)| (address, Some(options)));
    let start = address.find("://").map_or(0, |at| at + 3);
    let server = address[start..].find('/').map_or(address, |slash| &address[..start + slash]);
    options.map_or_else(|| format!("{server}/{database}"), |options| format!("{server}/{database}?{options}"))
}

/// Removes what runs that ended left: a test binary has no moment of its own to clean up after its last test.
fn sweep() {
    static ONCE: OnceLock<()> = OnceLock::new();
    ONCE.get_or_init(|| {
        let entries = std::fs::read_dir(std::env::temp_dir()).unwrap();
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let Some(rest) = name.strip_prefix("traguardo-tests-") else { continue };
            let alive =
                rest.split('-').next().is_some_and(|pid| PathBuf::from(format!("/proc/{pid}")).exists());
            if !alive {
                drop(std::fs::remove_dir_all(entry.path()));
            }
        }
    });
}
