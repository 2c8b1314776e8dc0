//! Requests to see acts and data, as their register keeps them: what was asked, when it was answered and how, and of nobody who
//! asked (law 241 of 1990, art. 22 and following; legislative decree 33 of 2013, art. 5; ANAC resolution 1309 of 2016).

use chrono::{Datelike as _, NaiveDate};
use rust_decimal::prelude::ToPrimitive as _;
use serde::{Deserialize, Serialize};

use crate::fault::Fault;
use crate::law::{self, ParameterName};
use crate::register::{Entry, Register};
use crate::term::{Suspension, Term};
use crate::text::{ExternalId, Line};
use crate::unit::UnitId;
use crate::vocabulary::vocabulary;

mod checks;
mod figures;
mod published;

#[cfg(test)]
mod tests;

pub use figures::figures;
pub use published::{Published, Summary, published, summary};

vocabulary! {
    /// By which right something is asked.
    AccessKind, "Tipo di accesso: civico semplice, civico generalizzato, documentale." {
        /// What had to be published and was not.
        Simple = "simple",
        /// Any data and document, by anybody.
        Generalised = "generalised",
        /// Documents, by who has an interest in them.
        Documentary = "documentary",
    }
}

vocabulary! {
    /// What became of a request.
    AccessOutcome, "Esito della richiesta: accolta, accolta in parte, respinta, silenzio che vale rifiuto (solo accesso documentale), ritirata, trasmessa ad altra amministrazione." {
        /// Everything was given.
        Granted = "granted",
        /// A part was given.
        Partly = "partly",
        /// Nothing was given.
        Refused = "refused",
        /// Nobody answered, which is a refusal where documents are asked for.
        Silence = "silence",
        /// Whoever asked asks no longer.
        Withdrawn = "withdrawn",
        /// Another administration has to answer.
        Transferred = "transferred",
    }
}

impl AccessOutcome {
    /// Whether somebody answered.
    #[must_use]
    pub const fn is_answer(self) -> bool {
        match self {
            Self::Granted | Self::Partly | Self::Refused => true,
            Self::Silence | Self::Withdrawn | Self::Transferred => false,
        }
    }
}

vocabulary! {
    /// What became of a re-examination.
    AccessReviewOutcome, "Esito del riesame: accolto, accolto in parte, confermato il primo esito, ritirato." {
        /// Everything was given.
        Granted = "granted",
        /// A part was given.
        Partly = "partly",
        /// It stays as it was.
        Confirmed = "confirmed",
        /// Whoever asked asks no longer.
        Withdrawn = "withdrawn",
    }
}

/// How and when something was closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing<O> {
    /// The day.
    pub on: NaiveDate,
    /// How.
    pub outcome: O,
}

/// A re-examination, by who is in charge of transparency, of how a civic request was answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// The day it was asked for.
    pub asked: NaiveDate,
    /// When its term stands still.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub suspensions: Vec<Suspension>,
    /// How it was decided; none while it is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<Closing<AccessReviewOutcome>>,
}

/// A request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessRequest {
    /// The key the program of the comune has for it: the number of its protocol.
    pub key: ExternalId,
    /// By which right.
    pub kind: AccessKind,
    /// What is asked for; it is published, and tells nothing of whoever asked.
    pub object: Line<500>,
    /// The day it arrived.
    pub received: NaiveDate,
    /// When its term stands still.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub suspensions: Vec<Suspension>,
    /// How it was closed; none while it is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<Closing<AccessOutcome>>,
    /// Its re-examination, when one was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<Review>,
    /// The structure that answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
}

impl AccessRequest {
    /// Its term.
    #[must_use]
    pub fn term(&self) -> Term<'_> {
        let days = days_of(ParameterName::AccessTerm, self.received);
        Term { start: self.received, days, suspensions: &self.suspensions }
    }

    /// The day somebody closed it: silence closes nothing.
    #[must_use]
    pub fn closed_on(&self) -> Option<NaiveDate> {
        self.closed.filter(|closing| closing.outcome != AccessOutcome::Silence).map(|closing| closing.on)
    }

    /// The first day on which silence was a refusal, when it came to be one: documents were asked for, and the term ran out
    /// before anybody closed the request.
    #[must_use]
    pub fn refused_by_silence(&self) -> Option<NaiveDate> {
        let first = self.term().due()?.succ_opt()?;
        let unanswered = self.closed_on().is_none_or(|closed| closed >= first);
        (self.kind == AccessKind::Documentary && unanswered).then_some(first)
    }
}

impl Review {
    /// Its term.
    #[must_use]
    pub fn term(&self) -> Term<'_> {
        let days = days_of(ParameterName::AccessReviewTerm, self.asked);
        Term { start: self.asked, days, suspensions: &self.suspensions }
    }
}

/// The days of a term by the law of the year it began in; of the first year the law speaks of, before it.
fn days_of(term: ParameterName, start: NaiveDate) -> u16 {
    let year = start.year().max(checks::FIRST_YEAR);
    law::number_of(term, year).and_then(|days| days.number().to_u16()).unwrap_or(u16::MAX)
}

impl Entry for AccessRequest {
    const REGISTER: Register = Register::AccessRequests;

    fn key(&self) -> &ExternalId {
        &self.key
    }

    fn matters(&self) -> (NaiveDate, Option<NaiveDate>) {
        let reviewed = self.review.as_ref().map(|review| review.closed.map(|closing| closing.on));
        let closed =
            self.closed.map(|closing| closing.on.max(self.refused_by_silence().unwrap_or(closing.on)));
        let last = match reviewed {
            Some(reviewed) => closed.zip(reviewed).map(|(closed, reviewed)| closed.max(reviewed)),
            None => closed,
        };
        (self.received, last)
    }

    fn unit(&self) -> Option<UnitId> {
        self.unit
    }

    fn faults(&self) -> Vec<Fault> {
        checks::faults(self)
    }
}
