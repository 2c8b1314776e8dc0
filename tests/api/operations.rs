//! How each operation of the document is called: who may, with which names, with which body. One row an operation; the guards of
//! isolation and of access are driven by it, so that an operation nobody thought of fails them.

mod bodies;
mod callers;
mod collected;
mod names;
mod planted;
mod registered;
mod rows;

use std::cmp::Reverse;

use serde_json::{Value, json};
use traguardo_domain::access::Action;
use traguardo_domain::role::Role;
use traguardo_http::document::{self, OperationInfo};

use crate::world::{Reply, Request, World};

pub(crate) use callers::Tokens;
pub(crate) use names::Names;
pub(crate) use planted::{canary, plant};
pub(crate) use rows::ROWS;

/// Who an operation answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gate {
    /// Whoever calls.
    Public,
    /// Whoever has a token.
    Known,
    /// Whoever may do this.
    Acts(Action),
}

/// How an operation is called.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) operation: &'static str,
    pub(crate) gate: Gate,
    /// What it answers when it is called as it should be.
    pub(crate) success: u16,
    body: Option<&'static str>,
}

/// An operation of the document and its row.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    pub(crate) info: OperationInfo,
    pub(crate) row: &'static Row,
}

/// Every operation of the document, in its order.
pub(crate) fn documented() -> Vec<OperationInfo> {
    document::operations(&document::build(traguardo_http::routes::configure).unwrap())
}

/// Every operation that has a row.
pub(crate) fn cases() -> Vec<Case> {
    let row = |name: &str| ROWS.iter().find(|row| row.operation == name);
    documented().into_iter().filter_map(|info| Some(Case { row: row(&info.operation_id)?, info })).collect()
}

/// Every operation on the data of one comune, but for those on what it has published.
pub(crate) fn of_a_comune() -> Vec<Case> {
    let own = |case: &Case| case.info.path.contains("{comune}") && case.row.gate != Gate::Public;
    cases().into_iter().filter(own).collect()
}

impl Case {
    /// The path, with the names of things in it: what changes a whole thing, or ends it, has one of its own.
    pub(crate) fn path(&self, names: &Names) -> String {
        let mut names = names.clone();
        match self.row.operation {
            "remove_unit" => names.unit = names.loose_unit.clone(),
            "write_plan" | "remove_plan" | "write_document" | "order_plan" => {
                names.plan = names.blank.clone()
            }
            "make_transition" => names.plan = names.ready.clone(),
            _ => {}
        }
        format!("/v1{}", names.fill(&self.info.path))
    }

    /// The path, with what it must be asked.
    fn address(&self, names: &Names) -> String {
        let path = self.path(names);
        match self.row.operation {
            "search_objectives" => format!("{path}?words=canarino"),
            "receive_import" => format!("{path}?year=2031"),
            "keep_evidence" => format!("{path}?name=prova.csv"),
            "read_correlation" => format!("{path}?first=T1.itp&second=T1.irp"),
            "read_sheet_statistics" => format!("{path}?year=2034"),
            _ => path,
        }
    }

    /// The segments of the path that name something below the comune, by its id.
    pub(crate) fn segments(&self) -> impl Iterator<Item = &str> {
        let parameters = self.info.path.split('/').filter_map(|segment| segment.strip_prefix('{'));
        let named = parameters.filter_map(|rest| rest.strip_suffix('}'));
        named.filter(|name| !["comune", "number", "other", "list", "year"].contains(name))
    }

    /// Whether the path names something below the comune.
    pub(crate) fn names_an_object(&self) -> bool {
        self.info.path.matches('{').count() > 1
    }

    /// The call, without its body.
    pub(crate) fn bare(&self, world: &World, names: &Names, token: &str) -> Request {
        world.anonymous(&self.info.method, &self.address(names)).token(token)
    }

    /// The call, with its body.
    pub(crate) fn call(&self, world: &World, names: &Names, token: &str) -> Request {
        self.with_body(names, self.bare(world, names, token))
    }

    /// A request of this operation, with its body.
    pub(crate) fn with_body(&self, names: &Names, request: Request) -> Request {
        match self.row.body {
            Some(body) if [bodies::EVIDENCE, bodies::EXTRACT].contains(&body) => {
                request.bytes("text/csv", body)
            }
            Some(body) => {
                let body = body.replace("{comune}", &names.comune).replace("{profile}", &names.profile);
                request.json(&serde_json::from_str(&body).unwrap())
            }
            None => request,
        }
    }

    /// When to call it so that all can be called in turn: what reads, what changes, what adds or ends, what removes, the innermost first.
    pub(crate) fn turn(&self) -> (usize, Reverse<usize>) {
        let verb =
            ["GET", "PUT", "PATCH", "POST", "DELETE"].iter().position(|verb| *verb == self.info.method);
        let depth = if self.info.method == "DELETE" { self.info.path.matches('/').count() } else { 0 };
        (verb.unwrap(), Reverse(depth))
    }

    /// Whether it changes something that has a version.
    pub(crate) fn is_conditional(&self) -> bool {
        ["PUT", "PATCH", "DELETE"].contains(&self.info.method.as_str())
    }

    /// The first role of a comune, or else of the platform, that may call it.
    pub(crate) fn doer(&self) -> Role {
        let Gate::Acts(action) = self.row.gate else { return Role::Lettore };
        let of_comune = action.roles().iter().find(|role| !role.is_of_platform());
        *of_comune.unwrap_or_else(|| action.roles().first().unwrap())
    }
}

/// What tells two answers apart, apart from what is every answer's own: its id, its date, what is left of its allowance, and
/// whether the connection goes on, which depends on how much of a body nobody read had arrived.
pub(crate) fn difference(one: &Reply, other: &Reply) -> Option<String> {
    let seen = |reply: &Reply| {
        const OWN: [&str; 5] =
            ["date", "x-correlation-id", "x-ratelimit-remaining", "x-ratelimit-reset", "connection"];
        let mut headers: Vec<_> =
            reply.headers.iter().filter(|(name, _)| !OWN.contains(&name.as_str())).cloned().collect();
        headers.sort();
        let mut body = serde_json::from_slice::<Value>(&reply.body).unwrap_or_else(|_| json!(reply.text()));
        if let Some(instance) = body.get_mut("instance") {
            *instance = "urn:traguardo:request:-".into();
        }
        (reply.status, headers, body)
    };
    let (one, other) = (seen(one), seen(other));
    (one != other).then(|| format!("{one:?}\nis not\n{other:?}"))
}
