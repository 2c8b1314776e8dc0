//! A call: who asks, for which comune, for what. Nothing of the request but the caller is looked at before it is authorised.

use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header::{self, HeaderMap};
use actix_web::{FromRequest, HttpMessage as _, HttpRequest, web};
use serde::de::DeserializeOwned;
use traguardo_domain::access::{Action, Actor, Grant};
use traguardo_domain::version::Condition;
use traguardo_domain::{ComuneCode, Version, Violation};
use traguardo_persistence::{CrossTenantTx, TenantTx};

use crate::answer::Answer;
use crate::app::App;
use crate::body::Body;
use crate::envelope::{RequestId, charge};
use crate::limits::Caller;
use crate::precondition;
use crate::problem::{Kind, Problem};
use crate::query::{self, NoQuery};

mod across;
mod names;

pub(crate) use names::{ComunePath, IdempotencyKey, IfMatch, IfNoneMatch, Key, NoPath, Preconditions};

/// What a path names, below its comune.
pub(crate) trait PathOf: Sized {
    /// Reads it; `None` when a segment cannot name anything, which is the same as naming nothing.
    fn read(request: &HttpRequest) -> Option<Self>;
}

/// A segment of the path, decoded.
pub(crate) fn segment<'r>(request: &'r HttpRequest, name: &str) -> Option<&'r str> {
    request.match_info().get(name)
}

/// A request whose caller is known, and nothing else yet.
pub(crate) struct Call<P, Q = NoQuery> {
    app: App,
    actor: Actor,
    request: HttpRequest,
    body: Body,
    names: PhantomData<(P, Q)>,
}

/// A request that was authorised: what it names, what it asks, and the key to the data.
pub(crate) struct Permit<P, Q = NoQuery> {
    pub(crate) app: App,
    pub(crate) path: P,
    pub(crate) query: Q,
    pub(crate) grant: Grant,
    pub(crate) actor: Actor,
    pub(crate) body: Body,
    pub(crate) request: HttpRequest,
}

impl<P: PathOf, Q: DeserializeOwned> Call<P, Q> {
    /// Who asks.
    pub(crate) const fn actor(&self) -> &Actor {
        &self.actor
    }

    /// Asks to do `action` in the comune the path names.
    ///
    /// # Errors
    /// 404 when the comune is not the caller's to know of, 403 when its roles do not allow it, and only then 400 for what the query says.
    pub(crate) fn authorize(self, action: Action) -> Result<Permit<P, Q>, Problem> {
        let named = segment(&self.request, "comune").and_then(|code| ComuneCode::parse(code).ok());
        let comune = named.ok_or(Violation::NotFound)?;
        self.authorize_in(action, comune)
    }

    /// Asks to do `action` in a comune the path does not name.
    ///
    /// # Errors
    /// As for [`Call::authorize`].
    pub(crate) fn authorize_in(self, action: Action, comune: ComuneCode) -> Result<Permit<P, Q>, Problem> {
        let grant = self.actor.authorize(action, comune)?;
        let path = P::read(&self.request).ok_or(Violation::NotFound)?;
        let query = query::read(self.request.query_string())?;
        Ok(Permit {
            app: self.app,
            path,
            query,
            grant,
            actor: self.actor,
            body: self.body,
            request: self.request,
        })
    }

    /// Asks to do `action` across comuni.
    ///
    /// # Errors
    /// 403 when the caller belongs to one comune, 400 for what the query says.
    pub(crate) async fn across<T, W>(&self, action: Action, work: W) -> Result<T, Problem>
    where
        T: Send + 'static,
        W: FnOnce(&mut CrossTenantTx<'_>) -> Result<T, Problem> + Send + 'static,
    {
        let grant = self.actor.authorize_across(action)?;
        self.app.across(grant, work).await
    }

    /// Asks to do `action` at home, for a call that names no comune.
    ///
    /// # Errors
    /// As for [`Call::authorize`].
    pub(crate) fn authorize_at_home(self, action: Action) -> Result<Permit<P, Q>, Problem> {
        let home = self.actor.comune;
        self.authorize_in(action, home)
    }

    /// The query, for a call that names no comune.
    pub(crate) fn query(&self) -> Result<Q, Problem> {
        query::read(self.request.query_string())
    }

    /// The app, for a call that names no comune.
    pub(crate) const fn app(&self) -> &App {
        &self.app
    }

    /// The request, for its links.
    pub(crate) const fn request(&self) -> &HttpRequest {
        &self.request
    }
}

impl<P, Q> Permit<P, Q> {
    /// Runs `work` in the one transaction of the request.
    ///
    /// # Errors
    /// Those of `work`; 503 when the database is away or busy.
    pub(crate) async fn tenant<T, W>(&self, work: W) -> Result<T, Problem>
    where
        T: Send + 'static,
        W: FnOnce(&mut TenantTx<'_>) -> Result<T, Problem> + Send + 'static,
    {
        self.app.tenant(self.grant.clone(), RequestId::get(&self.request), work).await
    }

    /// The headers of the request.
    pub(crate) fn headers(&self) -> &HeaderMap {
        self.request.headers()
    }

    /// What the caller says it knows of what it puts or deletes.
    pub(crate) fn condition(&self) -> Result<Condition, Problem> {
        precondition::condition(self.headers())
    }

    /// The answer to a read: the object, or 304 when the caller holds this version already.
    pub(crate) fn found<T: serde::Serialize>(&self, version: Version, object: &T) -> Result<Answer, Problem> {
        if precondition::already_holds(self.headers(), version)? {
            return Ok(Answer::not_modified(version));
        }
        Answer::found(version, object)
    }

    /// An absolute address below the public one of the service.
    pub(crate) fn link(&self, path: &str) -> String {
        format!("{}{path}", self.app.settings().public_url)
    }
}

impl<P: PathOf + 'static, Q: 'static> FromRequest for Call<P, Q> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let payload = payload.take();
        Box::pin(async move {
            let app = request.app_data::<web::Data<App>>().ok_or_else(|| Problem::of(Kind::Internal))?;
            let app = App::clone(app);
            let id = RequestId::get(&request);
            let admitted = app.gate().admit(&app, request.headers(), &id).await;
            let actor = match admitted {
                Ok(actor) => actor,
                Err(problem) => {
                    // Whoever cannot prove who it is is counted by its address, once: without a token it was counted already.
                    if request.headers().contains_key(header::AUTHORIZATION)
                        && let Some(address) = crate::envelope::address(&request, &app)
                    {
                        charge(&request, &app, Caller::Address(address))?;
                    }
                    return Err(problem);
                }
            };
            let caller = Caller::Member(actor.comune, actor.member);
            request.extensions_mut().insert(caller);
            charge(&request, &app, caller)?;
            if !answers_otherwise(request.path()) {
                accepts_json(request.headers())?;
            }
            let body = Body::new(payload, request.headers(), app.settings());
            Ok(Self { app, actor, request, body, names: PhantomData })
        })
    }
}

/// A request of anybody: nobody proved who it is, and its address alone is counted.
pub(crate) struct Anyone {
    pub(crate) app: App,
    pub(crate) id: String,
    pub(crate) body: Body,
}

impl FromRequest for Anyone {
    type Error = Problem;
    type Future = std::future::Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let found = request.app_data::<web::Data<App>>().ok_or_else(|| Problem::of(Kind::Internal));
        let anyone = found.and_then(|app| {
            accepts_json(request.headers())?;
            query::read::<NoQuery>(request.query_string())?;
            let body = Body::new(payload.take(), request.headers(), app.settings());
            Ok(Self { app: App::clone(app), id: RequestId::get(request), body })
        });
        std::future::ready(anyone)
    }
}

/// Whether what is there is answered as bytes whoever asks for it, or in formats its handler chooses among.
fn answers_otherwise(path: &str) -> bool {
    let compares = ["/v1/benchmarks", "/v1/saved-queries"].iter().any(|start| path.starts_with(start));
    compares || ["/source", "/content"].iter().any(|end| path.ends_with(end))
}

/// 406 to a caller that takes no JSON.
fn accepts_json(headers: &HeaderMap) -> Result<(), Problem> {
    accepts(headers, &["application/json", "application/*", "*/*"])
}

/// 406 to a caller that says what it takes, and takes none of these.
pub(crate) fn accepts(headers: &HeaderMap, offered: &[&str]) -> Result<(), Problem> {
    let mut named = false;
    for value in headers.get_all(header::ACCEPT) {
        let text = value.to_str().map_err(|_| Problem::of(Kind::InvalidHeader))?;
        for range in text.split(',').map(|range| range.split(';').next().unwrap_or_default().trim()) {
            if offered.iter().any(|offered| range.eq_ignore_ascii_case(offered)) {
                return Ok(());
            }
            named = named || !range.is_empty();
        }
    }
    if named { Err(Problem::of(Kind::NotAcceptable)) } else { Ok(()) }
}

impl<P, Q> Permit<P, Q> {
    /// The same permit, with a body that may be as long as a whole plan.
    pub(crate) fn large(self) -> Self {
        Self { body: self.body.large(), ..self }
    }

    /// Reads the body as `T`, and leaves the rest of the permit.
    ///
    /// # Errors
    /// What the body refuses.
    pub(crate) async fn read<T>(mut self) -> Result<(Self, T), Problem>
    where
        T: DeserializeOwned + validator::Validate,
    {
        let body = std::mem::replace(&mut self.body, Body::none());
        let (value, _) = body.json::<T>().await?;
        Ok((self, value))
    }
}
