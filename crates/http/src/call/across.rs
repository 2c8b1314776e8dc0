//! A call across comuni: authorised first, and only then read, like one inside a comune.

use actix_web::HttpRequest;
use actix_web::http::header::HeaderMap;
use serde::Serialize;
use serde::de::DeserializeOwned;
use traguardo_domain::access::{Action, CrossGrant};
use traguardo_domain::{Version, Violation};
use traguardo_persistence::CrossTenantTx;

use super::{Call, PathOf};
use crate::answer::Answer;
use crate::app::App;
use crate::precondition;
use crate::problem::Problem;
use crate::query;

/// A request across comuni that was authorised: what it names, what it asks, and the key to what is published.
pub(crate) struct CrossPermit<P, Q> {
    pub(crate) app: App,
    pub(crate) path: P,
    pub(crate) query: Q,
    pub(crate) grant: CrossGrant,
    pub(crate) request: HttpRequest,
}

impl<P: PathOf, Q: DeserializeOwned> Call<P, Q> {
    /// Asks to do `action` across comuni.
    ///
    /// # Errors
    /// 403 when the caller may not, and only then 404 for what the path names and 400 for what the query says.
    pub(crate) fn authorize_across(self, action: Action) -> Result<CrossPermit<P, Q>, Problem> {
        let grant = self.actor.authorize_across(action)?;
        let path = P::read(&self.request).ok_or(Violation::NotFound)?;
        let query = query::read(self.request.query_string())?;
        Ok(CrossPermit { app: self.app, path, query, grant, request: self.request })
    }
}

impl<P, Q> CrossPermit<P, Q> {
    /// Runs `work` in the one transaction of the request.
    ///
    /// # Errors
    /// Those of `work`; 503 when the database is away or busy.
    pub(crate) async fn across<T, W>(&self, work: W) -> Result<T, Problem>
    where
        T: Send + 'static,
        W: FnOnce(&mut CrossTenantTx<'_>) -> Result<T, Problem> + Send + 'static,
    {
        self.app.across(self.grant.clone(), work).await
    }

    /// The headers of the request.
    pub(crate) fn headers(&self) -> &HeaderMap {
        self.request.headers()
    }

    /// The answer to a read: the object, or 304 when the caller holds this version already.
    pub(crate) fn found<T: Serialize>(&self, version: Version, object: &T) -> Result<Answer, Problem> {
        if precondition::already_holds(self.headers(), version)? {
            return Ok(Answer::not_modified(version));
        }
        Answer::found(version, object)
    }
}
