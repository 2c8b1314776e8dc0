//! A world for a test: the service running, on a database of its own, with the demo's comuni and a token for every role.

pub(crate) mod contents;
mod database;
mod socket;
mod wire;

use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use actix_web::dev::ServerHandle;
use chrono::TimeDelta;
use traguardo_domain::ComuneCode;
use traguardo_domain::access::Doorkeeper;
use traguardo_domain::audit::Occasion;
use traguardo_domain::member::Member;
use traguardo_domain::text::ExternalId;
use traguardo_http::server::{Listening, Manual};
use traguardo_http::tokens::{IssuerSettings, KeyRing, Verifier};
use traguardo_http::{App, Clock, Settings};
use traguardo_persistence::{Database, members};
use traguardo_server::commands;

pub(crate) use database::{Server, TestDatabase, administrator, key_folder};
pub(crate) use socket::Socket;
pub(crate) use wire::{Reply, Request};

/// The service, running for one test.
pub(crate) struct World {
    pub(crate) url: String,
    pub(crate) public_url: String,
    pub(crate) keys: Arc<KeyRing>,
    pub(crate) database: Database,
    pub(crate) stored: Arc<TestDatabase>,
    clock: Clock,
    handle: ServerHandle,
    thread: Option<JoinHandle<()>>,
}

/// What a test may want otherwise than usual.
pub(crate) struct Wishes {
    pub(crate) requests_a_minute: u32,
    pub(crate) body_limit: usize,
    pub(crate) body_deadline: Duration,
    pub(crate) standing_life: Duration,
    pub(crate) connections: u32,
    pub(crate) issuers: Vec<IssuerSettings>,
    pub(crate) origins: Vec<String>,
    /// Another server than the one every test shares: for tests that stop it.
    pub(crate) server: Option<Arc<Server>>,
    /// A folder of keys of the test's own: for tests that change keys.
    pub(crate) keys: Option<PathBuf>,
    /// The address it is known by, when it is not where it listens: for a second instance of one service.
    pub(crate) public_url: Option<String>,
}

impl Default for Wishes {
    fn default() -> Self {
        Self {
            requests_a_minute: 1_000_000,
            body_limit: 1_048_576,
            body_deadline: Duration::from_secs(15),
            standing_life: Duration::from_secs(20),
            connections: 6,
            issuers: Vec::new(),
            origins: Vec::new(),
            server: None,
            keys: None,
            public_url: None,
        }
    }
}

impl World {
    /// The service as it usually is.
    pub(crate) fn new() -> Self {
        Self::with(Wishes::default())
    }

    /// The service as a test wants it.
    pub(crate) fn with(wishes: Wishes) -> Self {
        let server = wishes.server.clone().unwrap_or_else(Server::shared);
        let stored = TestDatabase::fresh(server);
        Self::on(stored, wishes)
    }

    /// The service with the five plans comuni really wrote. Every test that asks shares them: they are only read.
    pub(crate) fn of_the_demo() -> Self {
        Self::on(TestDatabase::of_the_demo(), Wishes::default())
    }

    /// The service on a database that is there already, perhaps another instance's.
    pub(crate) fn on(stored: impl Into<Arc<TestDatabase>>, wishes: Wishes) -> Self {
        let stored = stored.into();
        let database = Database::new(&traguardo_persistence::Settings {
            url: stored.url("traguardo_service"),
            connections: wishes.connections,
            cross_connections: 2,
            patience: Duration::from_millis(900),
            statement_timeout: Duration::from_secs(5),
        });
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let keys = Arc::new(KeyRing::load(&wishes.keys.unwrap_or_else(database::key_folder)).unwrap());
        let public_url = wishes.public_url.unwrap_or_else(|| url.clone());
        let longest = TimeDelta::hours(12);
        let audience = commands::audience(&public_url);
        let verifier =
            Verifier::new(&public_url, &audience, Arc::clone(&keys), wishes.issuers, longest).unwrap();
        let clock = Clock::default();
        let settings = Settings {
            public_url: public_url.clone(),
            issuer: public_url.clone(),
            audience,
            requests_a_minute: wishes.requests_a_minute,
            body_limit: wishes.body_limit,
            document_limit: 8 * 1_048_576,
            import_limit: traguardo_domain::import::MOST_BYTES,
            body_deadline: wishes.body_deadline,
            standing_life: wishes.standing_life,
            transactions: usize::try_from(wishes.connections).unwrap(),
            patience: Duration::from_millis(900),
            behind_proxy: false,
            origins: wishes.origins,
            metrics_elsewhere: false,
            clock: clock.clone(),
        };
        let app = App::new(settings, database.clone(), Arc::clone(&keys), verifier);
        let (handle, thread) = serve(app, listener);
        Self { url, public_url, keys, database, stored, clock, handle, thread: Some(thread) }
    }

    /// Moves the clock of the cycle to the morning of a day; tokens live on by the machine's.
    pub(crate) fn move_to(&self, day: &str) {
        self.clock.move_to(format!("{day}T09:00:00Z").parse().unwrap(), commands::now());
    }

    /// The demo's member with this role.
    pub(crate) fn member(&self, comune: &str, role: &str) -> Member {
        let code = ComuneCode::parse(comune).unwrap();
        let key = ExternalId::parse(&format!("demo:{role}")).unwrap();
        let occasion = Occasion { at: commands::now(), request_id: "test".to_owned() };
        self.database
            .tenant(&Doorkeeper.look_up(code), occasion, |tx| members::look_up_external(tx, &key))
            .unwrap()
            .unwrap_or_else(|| panic!("no demo member {role} in {comune}"))
    }

    /// A token for the demo's member with this role.
    pub(crate) fn token(&self, comune: &str, role: &str) -> String {
        self.token_for(comune, &self.member(comune, role))
    }

    /// A token for a member.
    pub(crate) fn token_for(&self, comune: &str, member: &Member) -> String {
        let code = ComuneCode::parse(comune).unwrap();
        commands::sign(&self.keys, &self.public_url, TimeDelta::minutes(30), code, member).unwrap()
    }

    /// A request without a token.
    pub(crate) fn anonymous(&self, method: &str, path: &str) -> Request {
        Request::new(method, &format!("{}{path}", self.url))
    }

    /// A request with the token of the demo's member with this role; the path begins after `/v1/comuni/{comune}`.
    pub(crate) fn call(&self, role: &str, method: &str, comune: &str, path: &str) -> Request {
        let token = self.token(comune, role);
        self.anonymous(method, &format!("/v1/comuni/{comune}{path}")).token(&token)
    }

    /// Begins to stop the service, letting what is in flight end.
    pub(crate) fn stop_gracefully(&self) {
        drop(self.handle.stop(true));
    }

    /// A request of the platform; the path begins after the address.
    pub(crate) fn platform(&self, role: &str, method: &str, path: &str) -> Request {
        let token = self.token("Z000", role);
        self.anonymous(method, path).token(&token)
    }
}

/// Waits for a condition, for as long as is said.
pub(crate) fn until(at_most: Duration, condition: impl Fn() -> bool) -> bool {
    let started = Instant::now();
    while started.elapsed() < at_most {
        if condition() {
            return true;
        }
        std::thread::park_timeout(Duration::from_millis(5));
    }
    condition()
}

impl Drop for World {
    fn drop(&mut self) {
        // The future does its work when it is made; the thread ends when the server has.
        drop(self.handle.stop(false));
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

fn serve(app: App, listener: TcpListener) -> (ServerHandle, JoinHandle<()>) {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    // It takes longer to write than to start a service.
    static MANUAL: OnceLock<Manual> = OnceLock::new();
    let manual = MANUAL.get_or_init(|| Manual::write().unwrap()).clone();
    let name = format!("service-{}", NUMBER.fetch_add(1, Ordering::Relaxed));
    let (sender, receiver) = std::sync::mpsc::channel();
    let work = move || {
        actix_web::rt::System::new().block_on(async move {
            let listening = Listening { workers: 1, grace_seconds: 5 };
            let server = traguardo_http::server::serve(app, listener, listening, manual).unwrap();
            sender.send(server.handle()).unwrap();
            server.await.unwrap();
        });
    };
    let thread = std::thread::Builder::new().name(name).spawn(work).unwrap();
    (receiver.recv().unwrap(), thread)
}
