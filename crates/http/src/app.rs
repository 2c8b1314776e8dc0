//! What every request shares: the database behind a bounded door, the keys, the limits, the clock and the source of ids.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use chrono::{DateTime, NaiveDate, SubsecRound, TimeDelta, Utc};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use traguardo_domain::access::{CrossGrant, Grant};
use traguardo_domain::audit::Occasion;
use traguardo_domain::period::legal_day;
use traguardo_persistence::{CrossTenantTx, Database, TenantTx};
use uuid::Uuid;

use crate::gate::Gate;
use crate::imports::Desk;
use crate::limits::{Allowances, Failures};
use crate::metrics::Metrics;
use crate::problem::{Kind, Problem};
use crate::published::Dumps;
use crate::registry::Known;
use crate::tokens::{KeyRing, Verifier};

/// How the API behaves, apart from where its data is.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The address callers use, without a slash at the end: links and tokens name it.
    pub public_url: String,
    /// The `iss` of our tokens.
    pub issuer: String,
    /// The `aud` our tokens must name.
    pub audience: String,
    /// How many requests a caller may make in a minute.
    pub requests_a_minute: u32,
    /// How many bytes a body may have.
    pub body_limit: usize,
    /// How many bytes the body of a whole plan, or of many objects at once, may have.
    pub document_limit: usize,
    /// How many bytes a file to be read may have.
    pub import_limit: usize,
    /// How long a body may take to arrive.
    pub body_deadline: Duration,
    /// How long what is known of a member is believed before it is read again: a revocation takes effect within this time.
    pub standing_life: Duration,
    /// How many transactions run at once.
    pub transactions: usize,
    /// How long a request waits for its turn.
    pub patience: Duration,
    /// Whether the address of the caller is the last of `X-Forwarded-For`, set by a proxy of ours.
    pub behind_proxy: bool,
    /// The web origins whose pages may call.
    pub origins: Vec<String>,
    /// Whether `/metrics` is served elsewhere, and here not at all.
    pub metrics_elsewhere: bool,
    /// How far the days of the cycle are from the machine's: nothing, but where a year is played in a minute.
    pub clock: Clock,
}

/// The clock of the cycle: by it values are recorded and windows are open. Tokens and limits live by the machine's alone.
#[derive(Debug, Clone, Default)]
pub struct Clock(Arc<AtomicI64>);

impl Clock {
    /// Moves it to an instant; from there it goes on.
    pub fn move_to(&self, instant: DateTime<Utc>, now: DateTime<Utc>) {
        self.0.store(instant.signed_duration_since(now).num_seconds(), Ordering::Relaxed);
    }

    fn read(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        let ahead = TimeDelta::try_seconds(self.0.load(Ordering::Relaxed)).unwrap_or_default();
        now.checked_add_signed(ahead).unwrap_or(now)
    }
}

/// What every request shares. Cloning it is cheap.
#[derive(Clone)]
pub struct App(Arc<Shared>);

struct Shared {
    settings: Settings,
    database: Database,
    turns: Arc<Semaphore>,
    keys: Arc<KeyRing>,
    gate: Gate,
    allowances: Allowances,
    failures: Failures,
    hashing: Arc<Semaphore>,
    receiving: Arc<Semaphore>,
    desk: Desk,
    dumps: Dumps,
    registry: Known,
    metrics: Metrics,
    draining: std::sync::atomic::AtomicBool,
}

impl App {
    /// Puts together what every request shares.
    #[must_use]
    pub fn new(settings: Settings, database: Database, keys: Arc<KeyRing>, verifier: Verifier) -> Self {
        Self(Arc::new(Shared {
            turns: Arc::new(Semaphore::new(settings.transactions)),
            gate: Gate::new(verifier, settings.standing_life),
            allowances: Allowances::new(settings.requests_a_minute),
            failures: Failures::default(),
            // Hashing a secret takes a core and 19 MiB for a while: two at once leave the others room.
            hashing: Arc::new(Semaphore::new(2)),
            // A file is held whole while it arrives and is stored.
            receiving: Arc::new(Semaphore::new(8)),
            desk: Desk::default(),
            dumps: Dumps::default(),
            registry: Known::default(),
            metrics: Metrics::new(),
            draining: std::sync::atomic::AtomicBool::new(false),
            settings,
            database,
            keys,
        }))
    }

    /// How the API behaves.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// The instant it is, to the microsecond, as the database keeps it.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        #[expect(clippy::disallowed_methods, reason = "the clock is read here and handed on as a parameter")]
        Utc::now().trunc_subsecs(6)
    }

    /// The instant it is in the cycle: what is recorded is recorded then.
    #[must_use]
    pub fn moment(&self) -> DateTime<Utc> {
        self.0.settings.clock.read(self.now())
    }

    /// The day it is in the cycle, in Italy.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        legal_day(self.moment())
    }

    /// A new id, later ones sorting after earlier ones.
    #[must_use]
    pub fn new_id(&self) -> Uuid {
        #[expect(clippy::disallowed_methods, reason = "ids are drawn here and handed on as parameters")]
        Uuid::now_v7()
    }

    /// The keys that sign tokens and seal stored answers.
    #[must_use]
    pub fn keys(&self) -> &KeyRing {
        &self.0.keys
    }

    /// Keeps the keys of other issuers fresh, for as long as it is awaited.
    pub async fn keep_keys(&self) {
        let mut minute = tokio::time::interval(Duration::from_mins(1));
        loop {
            minute.tick().await;
            self.0.gate.keep_keys(self).await;
        }
    }

    pub(crate) fn gate(&self) -> &Gate {
        &self.0.gate
    }

    pub(crate) fn allowances(&self) -> &Allowances {
        &self.0.allowances
    }

    pub(crate) fn failures(&self) -> &Failures {
        &self.0.failures
    }

    /// The figures of the running service.
    #[must_use]
    pub fn metrics(&self) -> &Metrics {
        &self.0.metrics
    }

    /// The database, for whoever asks about it and not for data.
    #[must_use]
    pub fn database(&self) -> &Database {
        &self.0.database
    }

    /// Says that the service is about to stop: it is not ready any more, and goes on answering.
    pub fn drain(&self) {
        self.0.draining.store(true, std::sync::atomic::Ordering::Relaxed);
    }

    /// Whether the service is about to stop.
    #[must_use]
    pub fn is_draining(&self) -> bool {
        self.0.draining.load(std::sync::atomic::Ordering::Relaxed)
    }

    /// Runs `work` in one transaction on the data of the grant's tenant, off the event loop.
    ///
    /// # Errors
    /// Those of `work`, after everything is rolled back; 503 when the database is away or no turn comes in time.
    pub async fn tenant<T, W>(&self, grant: Grant, request_id: String, work: W) -> Result<T, Problem>
    where
        T: Send + 'static,
        W: FnOnce(&mut TenantTx<'_>) -> Result<T, Problem> + Send + 'static,
    {
        let occasion = Occasion { at: self.moment(), request_id };
        let database = self.0.database.clone();
        self.in_turn(move || database.tenant(&grant, occasion, work)).await
    }

    /// Runs `work` in one transaction across comuni, off the event loop.
    ///
    /// # Errors
    /// As for [`App::tenant`].
    pub async fn across<T, W>(&self, grant: CrossGrant, work: W) -> Result<T, Problem>
    where
        T: Send + 'static,
        W: FnOnce(&mut CrossTenantTx<'_>) -> Result<T, Problem> + Send + 'static,
    {
        let database = self.0.database.clone();
        self.in_turn(move || database.across(&grant, work)).await
    }

    /// Asks the database about itself, off the event loop.
    ///
    /// # Errors
    /// 503 when the database is away or no turn comes in time.
    pub async fn asking<T: Send + 'static>(
        &self,
        question: impl FnOnce() -> Result<T, traguardo_persistence::Error> + Send + 'static,
    ) -> Result<T, Problem> {
        self.in_turn(move || Ok(question()?)).await
    }

    /// Runs work that takes a core for a while (hashing a secret) off the event loop, a little at a time.
    ///
    /// # Errors
    /// 503 when no turn comes in time.
    pub async fn hashing<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Problem> {
        // Hashes are few and each is slow: as many as a client's retries at once must not turn each other away.
        let turn = self.turn(&self.0.hashing, self.0.settings.patience.saturating_mul(2)).await?;
        off_the_loop(with_turn(turn, work)).await
    }

    /// A turn to receive a file, which takes as much memory as it is large.
    ///
    /// # Errors
    /// 503 when no turn comes in time.
    pub(crate) async fn receiving(&self) -> Result<OwnedSemaphorePermit, Problem> {
        self.turn(&self.0.receiving, self.0.settings.patience).await
    }

    /// Where files wait to be read.
    pub(crate) fn desk(&self) -> &Desk {
        &self.0.desk
    }

    /// The dumps made last.
    pub(crate) fn dumps(&self) -> &Dumps {
        &self.0.dumps
    }

    /// The registry of all comuni, as it is remembered.
    pub(crate) fn registry(&self) -> &Known {
        &self.0.registry
    }

    /// Runs work that may wait for the network off the event loop.
    ///
    /// # Errors
    /// 500 when it panics.
    pub async fn aside<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Problem> {
        off_the_loop(work).await
    }

    /// As many transactions as there are connections are let in; the others wait here, where waiting costs no thread.
    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let turn = self.turn(&self.0.turns, self.0.settings.patience).await?;
        off_the_loop(with_turn(turn, work)).await?
    }

    async fn turn(
        &self,
        turns: &Arc<Semaphore>,
        patience: Duration,
    ) -> Result<OwnedSemaphorePermit, Problem> {
        // Most find a turn at once, and need no alarm set for them.
        if let Ok(turn) = Arc::clone(turns).try_acquire_owned() {
            return Ok(turn);
        }
        let busy = || Problem::of(Kind::Unavailable).retry_after(1);
        if let Ok(turn) = tokio::time::timeout(patience, Arc::clone(turns).acquire_owned()).await {
            return turn.map_err(|_| busy());
        }
        self.0.metrics.turned_away();
        Err(busy())
    }
}

/// The turn goes with the work: a caller that hangs up does not give it back while the work goes on.
fn with_turn<T>(turn: OwnedSemaphorePermit, work: impl FnOnce() -> T) -> impl FnOnce() -> T {
    move || {
        let done = work();
        drop(turn);
        done
    }
}

async fn off_the_loop<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that leaves the event loop, and it is bounded"
    )]
    actix_web::web::block(work).await.map_err(|error| {
        log::error!("a request's work did not end: {error}");
        Problem::of(Kind::Internal)
    })
}
