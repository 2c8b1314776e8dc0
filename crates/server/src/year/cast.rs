//! Who plays: one member for each role, each with a token of its own.

use std::collections::BTreeMap;

use serde_json::Value;
use traguardo_domain::role::Role;
use traguardo_domain::{ComuneCode, Vocabulary as _};

use super::stage::{Asked, Came, Stage};
use crate::commands::new_id;
use crate::failure::Failure;
use crate::service::{Reply, Sending, Service};

/// The tokens of a comune, by role.
pub type Tokens = BTreeMap<Role, String>;

/// The members of a comune at a service, before whoever watches.
pub(super) struct Cast<'s> {
    pub(super) comune: ComuneCode,
    members: BTreeMap<Role, Service>,
    pub(super) stage: &'s mut dyn Stage,
}

impl<'s> Cast<'s> {
    /// The members of a comune, who speak to the service at an address.
    pub(super) fn new(server: &str, comune: ComuneCode, tokens: &Tokens, stage: &'s mut dyn Stage) -> Self {
        let mut members: BTreeMap<Role, Service> = BTreeMap::new();
        for (role, token) in tokens {
            let member = match members.values().next() {
                Some(other) => other.with_token(token),
                None => Service::new(server, comune, token),
            };
            members.insert(*role, member);
        }
        Self { comune, members, stage }
    }

    fn member(&self, role: Role) -> Result<&Service, Failure> {
        let none = || Failure::Configuration(format!("no token for the {} of {}", role.word(), self.comune));
        self.members.get(&role).ok_or_else(none)
    }

    /// What anybody who reads finds.
    pub(super) fn read(&self, path: &str) -> Result<Reply, Failure> {
        self.member(Role::Lettore)?.get(path)
    }

    /// What anybody who reads finds, when it is there.
    pub(super) fn find(&self, path: &str) -> Result<Option<Reply>, Failure> {
        self.member(Role::Lettore)?.find(path)
    }

    /// What a role finds.
    pub(super) fn read_as(&self, role: Role, path: &str) -> Result<Reply, Failure> {
        self.member(role)?.get(path)
    }

    /// A role adds something.
    pub(super) fn post(&mut self, role: Role, path: &str, body: &Value) -> Result<Reply, Failure> {
        let key = ("Idempotency-Key", new_id().to_string());
        self.write(role, "POST", (path, None), (body, key))
    }

    /// A role puts something in its place, knowing which version it replaces; `*` for any, nothing when it was not there.
    pub(super) fn put(
        &mut self,
        role: Role,
        path: &str,
        known: Option<&str>,
        body: &Value,
    ) -> Result<Reply, Failure> {
        let condition = known.map_or(("If-None-Match", "*".to_owned()), |tag| ("If-Match", tag.to_owned()));
        self.write(role, "PUT", (path, known), (body, condition))
    }

    fn write(
        &mut self,
        role: Role,
        method: &str,
        (path, if_match): (&str, Option<&str>),
        (body, header): (&Value, (&'static str, String)),
    ) -> Result<Reply, Failure> {
        self.stage.asks(&Asked { comune: self.comune, role, method, path, if_match, body });
        let text = body.to_string();
        let headers = vec![("Content-Type", "application/json".to_owned()), header];
        let sending = Sending { headers, body: Some(text.as_bytes()) };
        let refused = |failure| match failure {
            Failure::Refused(why) => {
                Failure::Refused(format!("{} {} ({}): {why}", method, path, role.word()))
            }
            Failure::Configuration(_)
            | Failure::Database(_)
            | Failure::Postgres(_)
            | Failure::Keys(_)
            | Failure::Document(_)
            | Failure::Io { .. }
            | Failure::Found(_) => failure,
        };
        self.member(role)?.send(method, path, sending).map_err(refused)
    }

    /// Tells that a step was made now.
    pub(super) fn made(&mut self, step: &str, came: &str) {
        self.stage.made(self.comune, step, Came::Of(came));
    }

    /// Tells that a step was made before.
    pub(super) fn stands(&mut self, step: &str) {
        self.stage.made(self.comune, step, Came::Stands);
    }
}
