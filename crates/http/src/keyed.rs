//! POST that can be repeated: with an `Idempotency-Key`, the effect happens once and every retry gets the same answer.

use actix_web::HttpRequest;
use actix_web::web::Bytes;
use serde::de::DeserializeOwned;
use traguardo_domain::access::Grant;
use traguardo_domain::digest::Digest;
use traguardo_domain::{Fault, FaultKind};
use traguardo_persistence::TenantTx;
use traguardo_persistence::idempotency::{self, KeyedRequest, StoredAnswer, Taken};
use validator::Validate;

use crate::answer::Answer;
use crate::app::App;
use crate::body::{Body, ReceivedFile};
use crate::call::Permit;
use crate::envelope::RequestId;
use crate::problem::{Kind, Problem};

/// Whether an answer holds something the database must not hold in clear.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Confidence {
    /// Kept as it is.
    Open,
    /// Sealed with the service's own key before it is kept.
    Sealed,
}

impl<P: Send + 'static, Q> Permit<P, Q> {
    /// Reads the body as `T` and runs `work` with it in the one transaction of the request, once for each key.
    ///
    /// # Errors
    /// What the body or the key refuse, what `work` refuses; 422 when the key was used for another content.
    pub(crate) async fn keyed<T, W>(self, confidence: Confidence, work: W) -> Result<Answer, Problem>
    where
        T: DeserializeOwned + Validate + Send + 'static,
        W: FnOnce(&mut TenantTx<'_>, T) -> Result<Answer, Problem> + Send + 'static,
    {
        self.receive::<T>().await?.run(confidence, work).await
    }

    /// Reads the body as bytes of one of `types`, for work that reads them itself.
    ///
    /// # Errors
    /// What the body or the key refuse.
    pub(crate) async fn receive_bytes(self, types: &[&str]) -> Result<Received<Bytes>, Problem> {
        let key = key_of(&self.request)?;
        // What the query says of how to carry it out is part of what was asked: a trial is not the real thing.
        let operation = format!("{} {}", self.request.method(), self.request.uri());
        let (caller, id) = (self.actor.member, RequestId::get(&self.request));
        let bytes = self.body.bytes(types).await?;
        let keyed = key.map(|key| KeyedRequest { caller, operation, key, digest: Digest::of(&bytes) });
        Ok(Received { app: self.app, grant: self.grant, id, keyed, value: bytes })
    }

    /// Reads the body as a file, for work that keeps it. A retry may be sent in a form with another boundary: what is compared
    /// is the file and what is said of it.
    ///
    /// # Errors
    /// What the body or the key refuse.
    pub(crate) async fn receive_file(self, types: &[&str]) -> Result<Received<ReceivedFile>, Problem> {
        let limit = self.app.settings().import_limit;
        let (rest, body) = self.without_body();
        rest.keep(body.file(types, limit).await)
    }

    /// Reads the body as a file of at most so many bytes, and not as a form that holds one.
    ///
    /// # Errors
    /// What the body or the key refuse.
    pub(crate) async fn receive_raw(
        self,
        types: &[&str],
        limit: usize,
    ) -> Result<Received<ReceivedFile>, Problem> {
        let (rest, body) = self.without_body();
        rest.keep(body.raw(types, limit).await)
    }

    fn without_body(mut self) -> (Self, Body) {
        let body = std::mem::replace(&mut self.body, Body::none());
        (self, body)
    }

    fn keep(self, file: Result<ReceivedFile, Problem>) -> Result<Received<ReceivedFile>, Problem> {
        let key = key_of(&self.request)?;
        let operation = format!("{} {}", self.request.method(), self.request.uri());
        let (caller, id) = (self.actor.member, RequestId::get(&self.request));
        let file = file?;
        let name = file.name.as_deref().map(str::as_bytes);
        let digest = Digest::of_fields([name, Some(file.media_type.as_bytes()), Some(&file.bytes)]);
        let keyed = key.map(|key| KeyedRequest { caller, operation, key, digest });
        Ok(Received { app: self.app, grant: self.grant, id, keyed, value: file })
    }

    /// Reads the body as `T`, for work that must be prepared before the transaction and only for a request that is sound.
    ///
    /// # Errors
    /// What the body or the key refuse.
    pub(crate) async fn receive<T: DeserializeOwned + Validate>(self) -> Result<Received<T>, Problem> {
        let key = key_of(&self.request)?;
        let operation = format!("{} {}", self.request.method(), self.request.path());
        let (caller, id) = (self.actor.member, RequestId::get(&self.request));
        let (value, bytes) = self.body.json::<T>().await?;
        let keyed = key.map(|key| KeyedRequest { caller, operation, key, digest: Digest::of(&bytes) });
        Ok(Received { app: self.app, grant: self.grant, id, keyed, value })
    }
}

/// A request whose body was read.
pub(crate) struct Received<T> {
    app: App,
    grant: Grant,
    id: String,
    keyed: Option<KeyedRequest>,
    value: T,
}

impl<T> Received<T> {
    /// The same request, with what was made of its body.
    pub(crate) fn with<S>(self, value: S) -> Received<S> {
        Received { app: self.app, grant: self.grant, id: self.id, keyed: self.keyed, value }
    }

    /// What was sent.
    pub(crate) const fn value(&self) -> &T {
        &self.value
    }
}

impl<T: Send + 'static> Received<T> {
    /// Runs `work` in the one transaction of the request, once for each key.
    ///
    /// # Errors
    /// What `work` refuses; 422 when the key was used for another content.
    pub(crate) async fn run<W>(self, confidence: Confidence, work: W) -> Result<Answer, Problem>
    where
        W: FnOnce(&mut TenantTx<'_>, T) -> Result<Answer, Problem> + Send + 'static,
    {
        let (app, keyed, value) = (self.app.clone(), self.keyed, self.value);
        let run = move |tx: &mut TenantTx<'_>| match &keyed {
            None => work(tx, value),
            Some(keyed) => once(tx, &app, keyed, confidence, |tx| work(tx, value)),
        };
        self.app.tenant(self.grant, self.id, run).await
    }
}

fn once(
    tx: &mut TenantTx<'_>,
    app: &App,
    keyed: &KeyedRequest,
    confidence: Confidence,
    work: impl FnOnce(&mut TenantTx<'_>) -> Result<Answer, Problem>,
) -> Result<Answer, Problem> {
    match idempotency::take(tx, keyed)? {
        Taken::OtherContent => Err(Problem::of(Kind::KeyReused)),
        Taken::Answered(stored) => {
            tx.leave_unchanged();
            Ok(Answer::replay(&stored, reveal(app, keyed, confidence, &stored)?))
        }
        Taken::New => {
            let answer = work(tx)?;
            let body = conceal(app, keyed, confidence, &answer)?;
            idempotency::answer(tx, keyed, &answer.to_stored(body))?;
            Ok(answer)
        }
    }
}

fn conceal(
    app: &App,
    keyed: &KeyedRequest,
    confidence: Confidence,
    answer: &Answer,
) -> Result<Vec<u8>, Problem> {
    match confidence {
        Confidence::Open => Ok(answer.body().to_vec()),
        Confidence::Sealed => app.keys().seal(answer.body(), keyed.key.as_bytes()).map_err(unsealed),
    }
}

fn reveal(
    app: &App,
    keyed: &KeyedRequest,
    confidence: Confidence,
    stored: &StoredAnswer,
) -> Result<Vec<u8>, Problem> {
    match confidence {
        Confidence::Open => Ok(stored.body.clone()),
        Confidence::Sealed => app.keys().open(&stored.body, keyed.key.as_bytes()).map_err(unsealed),
    }
}

fn unsealed(error: impl std::fmt::Display) -> Problem {
    log::error!("a stored answer cannot be sealed or opened: {error}");
    Problem::of(Kind::Internal)
}

/// The key, bare or quoted, 1 to 255 visible ASCII characters.
fn key_of(request: &HttpRequest) -> Result<Option<String>, Problem> {
    let refused = |detail: &str| {
        let fault = Fault {
            pointer: "Idempotency-Key".to_owned(),
            kind: FaultKind::Malformed,
            detail: detail.to_owned(),
        };
        Err(Problem::of(Kind::InvalidHeader).with_faults(vec![fault]))
    };
    let mut values = request.headers().get_all("Idempotency-Key");
    let Some(value) = values.next() else { return Ok(None) };
    if values.next().is_some() {
        return refused("Una sola chiave per richiesta.");
    }
    let text = value.to_str().unwrap_or_default();
    let bare = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(text);
    let fits =
        (1..=255).contains(&bare.len()) && bare.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ');
    if fits { Ok(Some(bare.to_owned())) } else { refused("Da 1 a 255 caratteri ASCII visibili.") }
}
