//! Administrative procedures with their terms: when they began, by when they had to be over, when they were (law 241 of 1990,
//! art. 2). Of nobody who asked for anything.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::fault::{Fault, FaultKind, Refused};
use crate::period::credible;
use crate::personal_data::without_personal_data;
use crate::register::{Entry, Register};
use crate::term::{self, Suspension, Term};
use crate::text::{ExternalId, Line};
use crate::unit::UnitId;

mod figures;

#[cfg(test)]
mod tests;

pub use figures::figures;

/// A procedure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Procedure {
    /// The key the program of the comune has for it: the number of its protocol.
    pub key: ExternalId,
    /// Of which type, as the comune's own list calls it.
    pub kind: Line<300>,
    /// The day it began.
    pub started: NaiveDate,
    /// Its term, in days.
    pub term: u16,
    /// When its term stands still.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub suspensions: Vec<Suspension>,
    /// The day it was closed; none while it is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<NaiveDate>,
    /// The structure in charge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// Whether it is of the sample, where not all are watched.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub sampled: bool,
}

impl Procedure {
    /// The term where nothing says another.
    pub const DEFAULT_TERM: u16 = 30;
    /// The longest term.
    pub const LONGEST_TERM: u16 = 365;

    /// Its term.
    #[must_use]
    pub fn term(&self) -> Term<'_> {
        Term { start: self.started, days: self.term, suspensions: &self.suspensions }
    }

    fn term_refused(&self) -> Option<Refused> {
        let fits = (1..=Self::LONGEST_TERM).contains(&self.term);
        let detail = format!("Il termine va da 1 a {} giorni.", Self::LONGEST_TERM);
        (!fits).then(|| Refused::new(FaultKind::OutOfBounds, detail))
    }

    fn closed_refused(&self) -> Option<Refused> {
        let closed = self.closed?;
        let detail = "La chiusura viene prima dell'avvio.";
        let before = || (closed < self.started).then(|| Refused::new(FaultKind::Inconsistent, detail));
        credible(closed).err().or_else(before)
    }
}

impl Entry for Procedure {
    const REGISTER: Register = Register::Procedures;

    fn key(&self) -> &ExternalId {
        &self.key
    }

    fn matters(&self) -> (NaiveDate, Option<NaiveDate>) {
        (self.started, self.closed)
    }

    fn unit(&self) -> Option<UnitId> {
        self.unit
    }

    fn faults(&self) -> Vec<Fault> {
        let mut faults: Vec<Fault> = [
            ("/key", without_personal_data(self.key.as_str()).err()),
            ("/kind", without_personal_data(self.kind.as_str()).err()),
            ("/started", credible(self.started).err()),
            ("/term_days", self.term_refused()),
            ("/closed", self.closed_refused()),
        ]
        .into_iter()
        .filter_map(|(pointer, refused)| refused.map(|refused| refused.at(pointer)))
        .collect();
        faults.extend(term::faults_of("", self.started, self.closed, &self.suspensions));
        faults
    }
}
