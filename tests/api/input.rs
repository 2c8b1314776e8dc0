//! Bad input of every kind: refused with the place of the fault, quickly, and without a word of how the service is made.

mod bodies;
mod bytes;
mod fields;
mod headers;
mod nested;
mod operations;
mod paths;
mod queries;
mod seals;
mod slow;
mod sockets;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::time::{Duration, Instant};

use traguardo_http::problem::Kind;

use crate::world::{Reply, Request};

/// What must never stand in an answer: names of what the service is made of, and the words of its parsers.
const INTERNALS: [&str; 14] = [
    "serde",
    "diesel",
    "panicked",
    "SELECT",
    "INSERT",
    "struct ",
    "actix",
    "libpq",
    ".rs:",
    "expected ",
    "a sequence",
    "target type",
    "parsing failed",
    "(i32)",
];

/// What was wrong with the refusals met, all of it: one run shows every fault.
#[derive(Default)]
struct Complaints(String);

impl Complaints {
    /// Sends a request that must be refused with one of these statuses, and at this place when one is named.
    fn refuse(&mut self, case: &str, request: &Request, statuses: &[u16], place: Option<&str>) {
        let started = Instant::now();
        match request.try_send() {
            Ok(reply) => {
                for fault in faults(&reply, statuses, place) {
                    self.note(case, &fault, &reply);
                }
            }
            Err(error) => writeln!(self.0, "{case}: no answer, {error}").unwrap(),
        }
        if started.elapsed() > Duration::from_secs(5) {
            writeln!(self.0, "{case}: took {:?}", started.elapsed()).unwrap();
        }
    }

    fn note(&mut self, case: &str, fault: &str, reply: &Reply) {
        let start: String = reply.text().chars().take(300).collect();
        writeln!(self.0, "{case}: {fault}: {} {start}", reply.status).unwrap();
    }

    #[track_caller]
    fn none(&self) {
        assert!(self.0.is_empty(), "\n{}", self.0);
    }
}

fn faults(reply: &Reply, statuses: &[u16], place: Option<&str>) -> Vec<String> {
    let mut faults = Vec::new();
    let mut demand = |holds: bool, words: &str| {
        if !holds {
            faults.push(words.to_owned());
        }
    };
    demand(statuses.contains(&reply.status), &format!("not {statuses:?}"));
    demand(reply.header("content-type") == Some("application/problem+json"), "not a problem");
    demand(reply.header("x-correlation-id").is_some(), "without X-Correlation-ID");
    let text = reply.text();
    for word in INTERNALS {
        demand(!text.contains(word), &format!("says {word}"));
    }
    let Ok(problem) = serde_json::from_slice::<serde_json::Value>(&reply.body) else {
        demand(false, "not JSON");
        return faults;
    };
    demand(known_types().contains(problem["type"].as_str().unwrap_or_default()), "of an unknown type");
    demand(problem["status"] == reply.status, "with another status inside");
    let errors = problem["errors"].as_array().cloned().unwrap_or_default();
    demand(errors.len() <= 1_000, &format!("with {} errors", errors.len()));
    let within = |name: &str, most: usize| {
        errors.iter().all(|error| error[name].as_str().is_some_and(|text| text.chars().count() <= most))
    };
    demand(within("pointer", 1_000), "with a pointer longer than the document says");
    demand(within("detail", 2_000), "with a detail longer than the document says");
    if let Some(place) = place {
        let there = errors.iter().any(|error| error["pointer"] == place);
        demand(there, &format!("does not point to {place}"));
    }
    faults
}

fn known_types() -> BTreeSet<String> {
    Kind::ALL.iter().map(|kind| format!("/problems/{}", kind.entry().slug)).collect()
}
