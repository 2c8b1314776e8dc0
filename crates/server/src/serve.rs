//! Serving: everything put together, started, and stopped in order.

use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use actix_web::rt::signal::unix::{Signal, SignalKind, signal};
use chrono::TimeDelta;
use traguardo_http::server::{self, Listening};
use traguardo_http::tokens::{IssuerSettings, KeyRing, Verifier};
use traguardo_http::{App, Settings};
use traguardo_persistence::{Database, migrations};

use crate::cli::ServeOptions;
use crate::commands::{audience, new_id, now, say, sign};
use crate::demo::{self, Source, TOKEN_LIFE};
use crate::failure::Failure;
use crate::store::{self, Store, key_folder, make_data_folder, unfit_keys};

/// Serves until asked to stop.
///
/// # Errors
/// When something it needs cannot be had; what was started is stopped first.
pub fn run(options: &ServeOptions) -> Result<(), Failure> {
    if options.stop_with_parent {
        stop_with_parent()?;
    }
    let front = Front::open(options)?;
    let keys = Arc::new(load_keys(options)?);
    let verifier = verifier(options, &keys, &front.public_url)?;
    let store = Store::open(&options.store)?;
    let served = serve_from(options, &store, front, (keys, verifier));
    let stopped = store.close();
    served.and(stopped)
}

/// Where callers come in: had before anything is made or started, so that an address somebody has costs nothing.
struct Front {
    listener: TcpListener,
    metrics: Option<TcpListener>,
    address: SocketAddr,
    public_url: String,
}

impl Front {
    fn open(options: &ServeOptions) -> Result<Self, Failure> {
        let bind = |name: &str, address: SocketAddr| {
            TcpListener::bind(address).map_err(Failure::io(format!("{name}: cannot listen on {address}")))
        };
        let listener = bind("TRAGUARDO_LISTEN", options.listen)?;
        let metrics =
            options.metrics_listen.map(|listen| bind("TRAGUARDO_METRICS_LISTEN", listen)).transpose()?;
        let address = listener.local_addr().map_err(Failure::io("cannot read the address listened on"))?;
        let public_url = options.public_url.clone().unwrap_or_else(|| format!("http://{address}"));
        Ok(Self { listener, metrics, address, public_url })
    }
}

fn serve_from(
    options: &ServeOptions,
    store: &Store,
    front: Front,
    (keys, verifier): (Arc<KeyRing>, Verifier),
) -> Result<(), Failure> {
    let database = store.database();
    if options.demo {
        prepare_demo(options, store, &keys, &front.public_url)?;
    } else {
        refuse_unmigrated(store, &database)?;
    }
    store.check_login(&database, options.demo)?;
    let app = App::new(settings(options, &front.public_url), database, keys, verifier);
    let own = store.is_own();
    actix_web::rt::System::new().block_on(answer(options, app, front, own))
}

/// Answers until asked to stop.
async fn answer(options: &ServeOptions, app: App, front: Front, own: bool) -> Result<(), Failure> {
    let workers = match options.workers {
        Some(workers) => usize::from(workers),
        None => std::thread::available_parallelism().map_or(2, usize::from),
    };
    // Before anybody is told that it serves, and may already ask it to stop.
    let stop = Stop::listen()?;
    let announcement = announcement(options, &front, own);
    let failed = || Failure::io("cannot serve");
    let listening = Listening { workers, grace_seconds: 30 };
    let manual = server::Manual::write()?;
    let serving = server::serve(app.clone(), front.listener, listening, manual).map_err(failed())?;
    if let Some(listener) = front.metrics {
        drop(actix_web::rt::spawn(server::serve_metrics(app.clone(), listener).map_err(failed())?));
    }
    let handle = serving.handle();
    let serving = actix_web::rt::spawn(serving);
    let keeper = app.clone();
    drop(actix_web::rt::spawn(async move { keeper.keep_keys().await }));
    say(&announcement)?;
    stop.asked().await;
    log::info!("stopping: requests in flight are finished first");
    app.drain();
    actix_web::rt::time::sleep(Duration::from_secs(u64::from(options.drain_seconds))).await;
    handle.stop(true).await;
    serving.await.map_err(|error| Failure::Refused(error.to_string()))?.map_err(Failure::io("serving failed"))
}

/// The two signals that ask to stop.
struct Stop {
    terminate: Signal,
    interrupt: Signal,
}

impl Stop {
    fn listen() -> Result<Self, Failure> {
        let listen = |kind| signal(kind).map_err(Failure::io("cannot listen to signals"));
        Ok(Self { terminate: listen(SignalKind::terminate())?, interrupt: listen(SignalKind::interrupt())? })
    }

    async fn asked(mut self) {
        let (terminate, interrupt) = (Box::pin(self.terminate.recv()), Box::pin(self.interrupt.recv()));
        futures_util::future::select(terminate, interrupt).await;
    }
}

fn load_keys(options: &ServeOptions) -> Result<KeyRing, Failure> {
    let folder = key_folder(options.keys.as_deref(), &options.store.data);
    if options.demo || options.store.data.is_file() {
        make_data_folder(&options.store.data)?;
    }
    if options.demo && !folder.exists() {
        KeyRing::generate_into(&folder).map_err(|error| unfit_keys(&error))?;
    }
    store::load_keys(&folder)
}

fn refuse_unmigrated(store: &Store, database: &Database) -> Result<(), Failure> {
    let wanted = migrations::latest()?;
    match database.schema_version() {
        Ok(found) if found >= wanted => Ok(()),
        Ok(found) => Err(Failure::Configuration(format!(
            "the schema is at '{found}' and this program wants '{wanted}': run `traguardo migrate`"
        ))),
        Err(error @ traguardo_persistence::Error::Unavailable(_)) => Err(store.unusable(error)),
        Err(error) => Err(Failure::Configuration(format!(
            "the database was never migrated: run `traguardo migrate` ({error})"
        ))),
    }
}

fn settings(options: &ServeOptions, public_url: &str) -> Settings {
    let usual_rate = if options.demo { 600_000 } else { 6_000 };
    Settings {
        public_url: public_url.to_owned(),
        issuer: public_url.to_owned(),
        audience: audience(public_url),
        requests_a_minute: options.rate_limit.unwrap_or(usual_rate),
        body_limit: 1_048_576,
        document_limit: 8 * 1_048_576,
        import_limit: traguardo_domain::import::MOST_BYTES,
        body_deadline: Duration::from_secs(15),
        standing_life: Duration::from_secs(20),
        transactions: usize::try_from(options.store.connections).unwrap_or(16),
        patience: Duration::from_millis(900),
        behind_proxy: options.behind_proxy,
        origins: options.cors_origins.clone(),
        metrics_elsewhere: options.metrics_listen.is_some(),
        clock: traguardo_http::Clock::default(),
    }
}

fn verifier(options: &ServeOptions, keys: &Arc<KeyRing>, public_url: &str) -> Result<Verifier, Failure> {
    let issuers = match &options.issuers {
        None => Vec::new(),
        Some(file) => IssuerSettings::read(file)
            .map_err(|error| Failure::Configuration(format!("TRAGUARDO_ISSUERS: {error}")))?,
    };
    let longest = if options.demo { TOKEN_LIFE } else { TimeDelta::hours(1) };
    Ok(Verifier::new(public_url, &audience(public_url), Arc::clone(keys), issuers, longest)?)
}

fn prepare_demo(
    options: &ServeOptions,
    store: &Store,
    keys: &KeyRing,
    public_url: &str,
) -> Result<(), Failure> {
    for migration in store.prepare()? {
        log::info!("migrated: {migration}");
    }
    let database = store.database();
    let source = Source { now: now(), new_id: &new_id };
    demo::seed_platform(&database, &source, true)?;
    demo::seed_comuni(&database, &source)?;
    let sign = |comune, member: &_| sign(keys, public_url, TOKEN_LIFE, comune, member);
    demo::write_tokens(&database, &source, sign, &options.store.data.join("demo.env"), public_url)
}

/// What a newcomer sees: where it is, and what to paste.
fn announcement(options: &ServeOptions, front: &Front, own: bool) -> String {
    let Front { address, public_url, .. } = front;
    let own = if own { "its own, in the data folder" } else { "DATABASE_URL" };
    let listening =
        if options.public_url.is_some() { format!(" (listening on {address})") } else { String::new() };
    let place = format!(
        "Traguardo is at {public_url}{listening}, with PostgreSQL ({own})\nDocumentation: {public_url}/docs/"
    );
    if !options.demo {
        return place;
    }
    let env = shell_path(&options.store.data.join("demo.env"));
    format!(
        "{place}\nTokens for every role, for twelve hours: {env}\n\nPaste into another terminal:\n\
         \x20 . {env}\n\
         \x20 curl -s $TRAGUARDO_URL/v1/status\n\
         \x20 curl -s -H \"Authorization: Bearer $TOKEN_L454_SEGRETARIO\" $TRAGUARDO_URL/v1/comuni/L454\n\
         \x20 curl -s -H \"Authorization: Bearer $TOKEN_L454_SEGRETARIO\" $TRAGUARDO_URL/v1/comuni/L454/plans\n\
         \x20 curl -s -H \"Authorization: Bearer $TOKEN_BENCHMARK_READER\" $TRAGUARDO_URL/v1/comuni\n\n\
         Ctrl-C stops it; the data stays."
    )
}

/// A path that a shell's dot command finds from any folder, whatever is in its name.
fn shell_path(path: &Path) -> String {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).display().to_string();
    let plain = |c: char| c.is_alphanumeric() || "/._-+@".contains(c);
    if path.chars().all(plain) { path } else { format!("'{}'", path.replace('\'', "'\\''")) }
}

#[cfg(target_os = "linux")]
fn stop_with_parent() -> Result<(), Failure> {
    use rustix::process::{Signal, set_parent_process_death_signal};
    set_parent_process_death_signal(Some(Signal::TERM))
        .map_err(|error| Failure::io("cannot watch the parent")(error.into()))
}

#[cfg(not(target_os = "linux"))]
fn stop_with_parent() -> Result<(), Failure> {
    log::warn!("--stop-with-parent works on Linux only");
    Ok(())
}
