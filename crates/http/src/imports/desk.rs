//! The desk where files are read after the answer was given: two at a time, the others wait. Whoever reads holds a lease and says how
//! far it is; when the service stops meanwhile, the lease runs out and the next who asks has the reading begun again.

use std::collections::HashSet;
use std::pin::pin;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::TimeDelta;
use tokio::sync::Semaphore;
use traguardo_domain::access::Clerk;
use traguardo_domain::comune::ComuneCode;
use traguardo_domain::import::{ImportId, StoredProfile, Unreadable};
use traguardo_persistence::imports::{self, Begun, Drafted, Job, Lease};
use traguardo_persistence::{TenantTx, import_profiles};
use uuid::Uuid;

use super::engine;
use crate::app::App;
use crate::problem::{Kind, Problem};

/// How many files are read at once.
const AT_ONCE: usize = 2;
/// How long a reader is believed to be at it after it was last heard of.
const LEASE: TimeDelta = TimeDelta::minutes(2);
/// How often a reader says how far it is.
const BEAT: Duration = Duration::from_millis(700);
/// How often what was read is brought to a database that is away.
const TRIES: u32 = 20;

/// Where files wait to be read.
pub(crate) struct Desk {
    turns: Arc<Semaphore>,
    /// Those this instance reads, or will.
    taken: Mutex<HashSet<(ComuneCode, ImportId)>>,
}

impl Default for Desk {
    fn default() -> Self {
        Self { turns: Arc::new(Semaphore::new(AT_ONCE)), taken: Mutex::default() }
    }
}

impl Desk {
    fn take(&self, comune: ComuneCode, id: ImportId) -> bool {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner).insert((comune, id))
    }

    fn leave(&self, comune: ComuneCode, id: ImportId) {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner).remove(&(comune, id));
    }
}

/// Has a file read, when its turn comes and nobody else reads it. Returns at once.
pub(super) fn attend(app: &App, comune: ComuneCode, id: ImportId) {
    if app.is_draining() || !app.desk().take(comune, id) {
        return;
    }
    let reader = Reader { app: app.clone(), comune, id, holder: app.new_id() };
    actix_web::rt::spawn(async move {
        if let Err(problem) = reader.read().await {
            log::warn!("an import was not read, and will be when somebody asks for it: {problem}");
        }
        reader.app.desk().leave(comune, id);
    });
}

/// One reading of one file.
struct Reader {
    app: App,
    comune: ComuneCode,
    id: ImportId,
    holder: Uuid,
}

impl Reader {
    async fn read(&self) -> Result<(), Problem> {
        let turn = Arc::clone(&self.app.desk().turns).acquire_owned().await;
        let _turn = turn.map_err(|_| Problem::of(Kind::Unavailable))?;
        let (id, lease) = (self.id, self.lease());
        let begun = self.tenant(move |tx| {
            let begun = imports::begin(tx, id, lease)?;
            Ok((begun, import_profiles::all(tx)?))
        });
        match begun.await? {
            (Begun::Not, _) => Ok(()),
            (Begun::TooOften(_), _) => self.finish(None, Err(gave_up())).await,
            (Begun::Yours(job), own) => {
                let outcome = self.carry_out(*job, own).await;
                self.finish(Some(self.holder), outcome).await
            }
        }
    }

    /// Reads, off the event loop, and says meanwhile how far it is.
    async fn carry_out(&self, job: Job, own: Vec<StoredProfile>) -> Result<Drafted, Unreadable> {
        let progress = Arc::new(AtomicU8::new(0));
        let (shown, app, comune) = (Arc::clone(&progress), self.app.clone(), self.comune);
        let work = move || {
            let said = |percent: u8| shown.store(percent.min(99), Ordering::Relaxed);
            engine::read(comune, &job, &own, &mut || app.new_id(), &said)
        };
        let mut reading = pin!(self.app.aside(work));
        loop {
            if let Ok(done) = tokio::time::timeout(BEAT, &mut reading).await {
                return done.unwrap_or_else(|_| Err(broke()));
            }
            let (id, lease, percent) = (self.id, self.lease(), progress.load(Ordering::Relaxed));
            let beat = self.once(move |tx| Ok(imports::beat(tx, id, lease, i16::from(percent))?));
            // A beat that is lost is told by the next.
            drop(beat.await);
        }
    }

    async fn finish(
        &self,
        holder: Option<Uuid>,
        outcome: Result<Drafted, Unreadable>,
    ) -> Result<(), Problem> {
        let (id, outcome) = (self.id, Arc::new(outcome));
        let kept = self.tenant(move |tx| Ok(imports::finish(tx, id, holder, &outcome)?)).await?;
        if !kept {
            log::info!("an import was read by another meanwhile, or is not there any more");
        }
        Ok(())
    }

    fn lease(&self) -> Lease {
        let now = self.app.now();
        Lease { holder: self.holder, until: now.checked_add_signed(LEASE).unwrap_or(now) }
    }

    async fn once<T, W>(&self, work: W) -> Result<T, Problem>
    where
        T: Send + 'static,
        W: FnOnce(&mut TenantTx<'_>) -> Result<T, Problem> + Send + 'static,
    {
        let request = format!("import-{}", self.id.0);
        self.app.tenant(Clerk.conduct_imports(self.comune), request, work).await
    }

    /// As often as a database that is busy, or away for a moment, makes necessary.
    async fn tenant<T, W>(&self, work: W) -> Result<T, Problem>
    where
        T: Send + 'static,
        W: Fn(&mut TenantTx<'_>) -> Result<T, Problem> + Clone + Send + 'static,
    {
        let mut tries = TRIES;
        loop {
            tries = tries.saturating_sub(1);
            match self.once(work.clone()).await {
                Err(problem) if problem.kind() == Kind::Unavailable && tries > 0 => {
                    tokio::time::sleep(BEAT).await;
                }
                done => return done,
            }
        }
    }
}

fn broke() -> Unreadable {
    let detail = "La lettura si è interrotta per un errore del servizio, che è stato registrato.";
    Unreadable { code: "internal".to_owned(), detail: detail.to_owned() }
}

fn gave_up() -> Unreadable {
    let detail = "La lettura è stata cominciata più volte e non è mai finita: il file chiede troppo.";
    Unreadable { code: "too_costly".to_owned(), detail: detail.to_owned() }
}
