//! The gate: from the token of a request to the actor who makes it.
//!
//! A token proves a subject; what the subject may do is read from the register of members, and believed for a short while.
//! So one mechanism serves our own tokens and those of other issuers, and a revocation or a changed role takes effect within
//! that while on every instance.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use actix_web::http::header::{self, HeaderMap};
use chrono::{DateTime, TimeDelta, Utc};
use quick_cache::sync::Cache;
use traguardo_domain::access::{Actor, Doorkeeper};
use traguardo_domain::digest::Digest;
use traguardo_domain::member::{Member, MemberId};
use traguardo_domain::role::Role;
use traguardo_domain::{ComuneCode, Vocabulary as _};
use traguardo_persistence::members;

use crate::app::App;
use crate::problem::{Kind, Problem};
use crate::tokens::{Issuer, Refusal, Verified, Verifier};

/// Who a verified token speaks of: a member of ours by its id, or one known to another issuer.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Subject {
    Ours(MemberId),
    Outside { issuer: String, subject: String },
}

#[derive(Debug, Clone)]
struct Standing {
    member: Option<Arc<Member>>,
    read_at: DateTime<Utc>,
}

/// The gate.
pub(crate) struct Gate {
    verifier: Verifier,
    believed_for: TimeDelta,
    tokens: Cache<Digest, Arc<Verified>>,
    standings: Cache<(ComuneCode, Subject), Standing>,
}

/// Beyond these many the least used are forgotten and verified again: nothing but time is lost.
const TOKENS_REMEMBERED: usize = 20_000;
const STANDINGS_REMEMBERED: usize = 20_000;

impl Gate {
    pub(crate) fn new(verifier: Verifier, believed_for: Duration) -> Self {
        Self {
            verifier,
            believed_for: TimeDelta::from_std(believed_for).unwrap_or(TimeDelta::zero()),
            tokens: Cache::new(TOKENS_REMEMBERED),
            standings: Cache::new(STANDINGS_REMEMBERED),
        }
    }

    /// Forgets what is known of members: something about one of them was just changed here.
    pub(crate) fn forget_standings(&self) {
        self.standings.clear();
    }

    /// Who makes a request with these headers.
    pub(crate) async fn admit(
        &self,
        app: &App,
        headers: &HeaderMap,
        request_id: &str,
    ) -> Result<Actor, Problem> {
        let token = bearer(headers).ok_or_else(|| Problem::of(Kind::Unauthorized))?;
        let verified = self.verify(app, token).await?;
        let comune = ComuneCode::parse(&verified.comune).map_err(|_| Problem::of(Kind::Unauthorized))?;
        let subject = match &verified.issuer {
            Issuer::Own => {
                verified.sub.parse().map(MemberId).map(Subject::Ours).map_err(|_| refused(app, "subject"))?
            }
            Issuer::External { issuer } => {
                Subject::Outside { issuer: issuer.clone(), subject: verified.sub.clone() }
            }
        };
        let member = self.standing(app, comune, subject, request_id).await?;
        let member =
            member.filter(|member| member.revoked_at.is_none()).ok_or_else(|| refused(app, "member"))?;
        Ok(Actor { member: member.id.0, comune, roles: roles(&verified, &member), unit: member.facts.unit })
    }

    /// Reads the keys of other issuers that were not read for an hour: at start, and then now and again.
    pub(crate) async fn keep_keys(&self, app: &App) {
        for source in self.verifier.due(app.now()) {
            let now = app.now();
            // What cannot be read is logged where it is read; the keys known stay.
            if app.aside(move || source.refresh(now)).await.unwrap_or(false) {
                // What a withdrawn key signed must not be believed because it was believed before.
                self.tokens.clear();
            }
        }
    }

    async fn verify(&self, app: &App, token: &str) -> Result<Arc<Verified>, Problem> {
        let now = app.now();
        let fingerprint = Digest::of(token.as_bytes());
        if let Some(known) = self.tokens.get(&fingerprint).filter(|known| now < known.expires_at) {
            return Ok(known);
        }
        let mut outcome = self.verifier.verify(token, now);
        if let Err(Refusal::UnknownKey { issuer }) = &outcome
            && let Some(source) = self.verifier.key_source(issuer)
        {
            if app.aside(move || source.refresh(now)).await? {
                self.tokens.clear();
            }
            outcome = self.verifier.verify(token, now);
        }
        match outcome {
            Ok(verified) => {
                let verified = Arc::new(verified);
                self.tokens.insert(fingerprint, Arc::clone(&verified));
                Ok(verified)
            }
            Err(refusal) => Err(refused(app, refusal.as_str())),
        }
    }

    async fn standing(
        &self,
        app: &App,
        comune: ComuneCode,
        subject: Subject,
        request_id: &str,
    ) -> Result<Option<Arc<Member>>, Problem> {
        let now = app.now();
        let key = (comune, subject);
        let fresh = |standing: &Standing| now.signed_duration_since(standing.read_at) < self.believed_for;
        if let Some(known) = self.standings.get(&key).filter(fresh) {
            return Ok(known.member);
        }
        let asked = key.1.clone();
        let found = app.tenant(Doorkeeper.look_up(comune), request_id.to_owned(), move |tx| {
            Ok(match asked {
                Subject::Ours(id) => members::look_up(tx, id)?,
                Subject::Outside { issuer, subject } => members::look_up_outside(tx, &issuer, &subject)?,
            })
        });
        let member = found.await?.map(Arc::new);
        self.standings.insert(key, Standing { member: member.clone(), read_at: now });
        Ok(member)
    }
}

/// A token of ours may carry fewer roles than the member has, never more; another issuer's says nothing of roles here.
fn roles(verified: &Verified, member: &Member) -> BTreeSet<Role> {
    let held = &member.facts.roles;
    match verified.issuer {
        Issuer::External { .. } => held.clone(),
        Issuer::Own => {
            let named = verified.roles.iter().filter_map(|word| Role::from_word(word));
            named.filter(|role| held.contains(role)).collect()
        }
    }
}

fn refused(app: &App, reason: &'static str) -> Problem {
    app.metrics().token_refused(reason);
    log::info!(target: "traguardo::security", reason; "token refused");
    Problem::of(Kind::Unauthorized)
}

/// The token of the one `Authorization` header, when there is one and it is a bearer's.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let mut values = headers.get_all(header::AUTHORIZATION);
    let value = values.next()?.to_str().ok()?;
    if values.next().is_some() {
        return None;
    }
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}
