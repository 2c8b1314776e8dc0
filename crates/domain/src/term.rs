//! Terms of so many days: when they begin, on which days they do not run, whether they were kept.
//!
//! Days are calendar days. The day a term begins is not counted, its last day is. While a suspension lasts the term stands still:
//! its first day is already lost to the term, on its last day the term runs again; days of several suspensions count once.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::feeder::{Asked, LeftOut};
use crate::measurement::Span;
use crate::vocabulary::vocabulary;

mod checks;

#[cfg(test)]
mod tests;

pub use checks::faults_of;

vocabulary! {
    /// Why a term stands still.
    SuspensionReason, "Perché il termine è sospeso: opposizione dei controinteressati, completamento della richiesta, parere o atto di un'altra amministrazione, preavviso di diniego, parere del Garante per la protezione dei dati, conferenza di servizi, altro motivo ammesso." {
        /// Who has reasons against it is heard.
        CounterInterested = "counter_interested",
        /// Whoever asked has to complete what was asked.
        Completion = "completion",
        /// Another administration has to say or do something.
        Opinion = "opinion",
        /// Whoever asked was told that it will be refused, and may answer.
        RefusalNotice = "refusal_notice",
        /// The authority for personal data is heard.
        PrivacyAuthority = "privacy_authority",
        /// Administrations confer.
        Conference = "conference",
        /// Something else the law admits.
        Other = "other",
    }
}

/// Days on which a term stands still.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Suspension {
    /// The first day it does not run.
    pub from: NaiveDate,
    /// The day it runs again; none while it stands still.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
    /// Why.
    pub reason: SuspensionReason,
}

/// A term of so many days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term<'s> {
    /// The day it begins, which is not counted.
    pub start: NaiveDate,
    /// How many days.
    pub days: u16,
    /// When it stands still, in any order.
    pub suspensions: &'s [Suspension],
}

/// How something with a term looks, seen in the days a figure is asked of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// It has no part in them: it had not begun, or was over before.
    Outside,
    /// It is under way and in its term.
    Running,
    /// It was closed on one of those days.
    Closed {
        /// After so many days in which the term ran.
        taken: u64,
        /// Whether those were no more than its term.
        kept: bool,
    },
    /// It was still open at their end, and its term was over.
    Overdue,
}

impl Term<'_> {
    /// The last day that keeps the term; none while it stands still and nobody knows until when.
    #[must_use]
    pub fn due(&self) -> Option<NaiveDate> {
        let mut due = self.start.checked_add_days(Days::new(u64::from(self.days)))?;
        for (from, until) in self.stretches() {
            if from <= due {
                due = due.checked_add_days(Days::new(days_between(from, until?)))?;
            }
        }
        Some(due)
    }

    /// The days the term ran from its beginning to a day.
    #[must_use]
    pub fn taken_by(&self, end: NaiveDate) -> u64 {
        let still = self.stretches().into_iter().map(|(from, until)| {
            let until = until.map_or(end, |until| until.min(end));
            days_between(from, until)
        });
        days_between(self.start, end).saturating_sub(still.fold(0, u64::saturating_add))
    }

    /// Whether something done on a day keeps the term.
    #[must_use]
    pub fn is_kept_on(&self, day: NaiveDate) -> bool {
        self.taken_by(day) <= u64::from(self.days)
    }

    /// Whether the term is over on a day: the last day that keeps it has passed.
    #[must_use]
    pub fn is_over_on(&self, day: NaiveDate) -> bool {
        self.due().is_some_and(|due| due < day)
    }

    /// Whether one of these days was the first on which the term was over.
    #[must_use]
    pub fn ran_out_in(&self, period: Span) -> bool {
        let first = self.due().and_then(|due| due.succ_opt());
        first.is_some_and(|first| period.from <= first && first <= period.to)
    }

    /// How something with this term, closed on a day or not, looks in the days a figure is asked of.
    #[must_use]
    pub fn seen(&self, closed: Option<NaiveDate>, asked: Asked) -> Seen {
        let Some(end) = end_of(asked).filter(|end| self.start <= *end) else { return Seen::Outside };
        match closed.filter(|day| *day <= end) {
            Some(day) if day < asked.period.from => Seen::Outside,
            Some(day) => Seen::Closed { taken: self.taken_by(day), kept: self.is_kept_on(day) },
            None if self.is_over_on(end) => Seen::Overdue,
            None => Seen::Running,
        }
    }

    /// The suspensions as stretches that neither touch nor overlap, the earliest first, none before the beginning.
    fn stretches(&self) -> Vec<(NaiveDate, Option<NaiveDate>)> {
        let mut given: Vec<(NaiveDate, Option<NaiveDate>)> =
            self.suspensions.iter().map(|one| (one.from.max(self.start), one.until)).collect();
        given.retain(|(from, until)| until.is_none_or(|until| from < &until));
        given.sort_unstable();
        let mut merged: Vec<(NaiveDate, Option<NaiveDate>)> = Vec::new();
        for (from, until) in given {
            match merged.last_mut() {
                Some((_, last)) if last.is_none_or(|last| from <= last) => {
                    *last = (*last).zip(until).map(|(one, other)| one.max(other));
                }
                Some(_) | None => merged.push((from, until)),
            }
        }
        merged
    }
}

/// The last day a figure looks at: that of its period, or the day it is seen from when that is earlier; none when that is before
/// the period begins.
#[must_use]
pub fn end_of(asked: Asked) -> Option<NaiveDate> {
    let end = asked.period.to.min(asked.on);
    (asked.period.from <= end).then_some(end)
}

/// The days from one to a later one; nothing when it is no later.
fn days_between(from: NaiveDate, to: NaiveDate) -> u64 {
    u64::try_from(to.signed_duration_since(from).num_days()).unwrap_or(0)
}

/// What was left out, each with its word, what that says in Italian and how many there were; of what there were none, nothing.
#[must_use]
pub(crate) fn left_out(counted: &[((&'static str, &'static str), u64)]) -> Vec<LeftOut> {
    let some = counted.iter().filter(|(_, count)| *count > 0);
    some.map(|((why, words), count)| LeftOut { why, words, count: *count }).collect()
}
