//! Registers: the facts a comune's own programs already hold (bills, requests, hours of training), from which shared figures are
//! computed. Not the registry, which says what comuni there are.

use chrono::{DateTime, NaiveDate, Utc};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::fault::Fault;
use crate::text::ExternalId;
use crate::unit::UnitId;
use crate::version::{Version, Versioned};
use crate::vocabulary::vocabulary;

vocabulary! {
    /// Which register.
    Register, "Registro da cui si calcolano gli indicatori: fatture e pagamenti, obblighi di pubblicazione, richieste di accesso, formazione, procedimenti, rilevazioni di soddisfazione." {
        /// Bills, with what was paid of them.
        Invoices = "invoices",
        /// Whether what must be published is.
        Obligations = "obligations",
        /// Requests to see acts and data.
        AccessRequests = "access_requests",
        /// Hours of training.
        Training = "training",
        /// Procedures, with their terms.
        Procedures = "procedures",
        /// What users think of services.
        Surveys = "surveys",
    }
}

/// Where a register stands: how often it was written, and a digest of everything it was ever told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterState {
    /// Which.
    pub register: Register,
    /// How often it was written.
    pub revision: i64,
    /// Of everything it was told, in order: what was computed from a revision can be held against it.
    pub digest: Digest,
    /// When it was last written.
    pub changed_at: DateTime<Utc>,
}

impl RegisterState {
    /// A register in which nothing was ever written.
    #[must_use]
    pub const fn empty(register: Register) -> Self {
        Self { register, revision: 0, digest: Digest::ZERO, changed_at: DateTime::UNIX_EPOCH }
    }

    /// The same register after something whose digest is this was written to it.
    #[must_use]
    pub fn told(self, change: Digest, now: DateTime<Utc>) -> Self {
        let digest =
            Digest::of_fields([Some(self.digest.as_bytes().as_slice()), Some(change.as_bytes().as_slice())]);
        Self { revision: self.revision.saturating_add(1), digest, changed_at: now, ..self }
    }
}

/// A fact of a register that is kept as a whole: written, and written over, under the key its own program has for it.
pub trait Entry: Serialize + DeserializeOwned + PartialEq + Clone + Send + 'static {
    /// The register it is of.
    const REGISTER: Register;

    /// The key the program of the comune has for it, unique in its register.
    fn key(&self) -> &ExternalId;

    /// The first day it matters to a figure, and the last; no last while it is open.
    fn matters(&self) -> (NaiveDate, Option<NaiveDate>);

    /// The structure in charge, where one is.
    fn unit(&self) -> Option<UnitId>;

    /// What is wrong with it, by the place in its written form.
    fn faults(&self) -> Vec<Fault>;
}

/// A fact of a register as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Kept<E> {
    /// The fact.
    pub entry: E,
    /// How often it was written.
    pub version: Version,
}

impl<E: Entry> Versioned for Kept<E> {
    type Facts = E;

    fn facts(&self) -> &E {
        &self.entry
    }

    fn version(&self) -> Version {
        self.version
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_register_remembers_the_order_of_what_it_was_told() {
        let now = "2025-04-01T08:00:00Z".parse().unwrap();
        let (first, second) = (Digest::of(b"first"), Digest::of(b"second"));
        let empty = RegisterState::empty(Register::Invoices);
        let one = empty.told(first, now).told(second, now);
        let other = empty.told(second, now).told(first, now);
        assert_eq!((one.revision, other.revision), (2, 2));
        assert_ne!(one.digest, other.digest);
    }
}
