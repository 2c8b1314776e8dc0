//! The register as it is published, and what it comes to in numbers.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{AccessKind, AccessOutcome, AccessRequest, AccessReviewOutcome, Closing, Review};
use crate::feeder::Asked;
use crate::term::{Seen, end_of};
use crate::text::Line;

/// A line of the published register: what was asked for and what became of it, and nobody who asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// By which right.
    pub kind: AccessKind,
    /// What.
    pub object: Line<500>,
    /// When.
    pub received: NaiveDate,
    /// How it was closed; none while it is open.
    pub closed: Option<Closing<AccessOutcome>>,
    /// The day a re-examination was asked for.
    pub review_asked: Option<NaiveDate>,
    /// How it was decided.
    pub reviewed: Option<Closing<AccessReviewOutcome>>,
}

/// What the register of some days comes to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Summary {
    /// How many arrived.
    pub received: u64,
    /// How many were closed, by outcome; silence where it refused.
    pub outcomes: BTreeMap<AccessOutcome, u64>,
    /// How many were refused, by an answer or by silence.
    pub refusals: u64,
    /// How many were open at the end.
    pub open: u64,
    /// How many of those with their term over.
    pub overdue: u64,
    /// How many re-examinations were asked for.
    pub reviews_asked: u64,
    /// How many were decided.
    pub reviews_closed: u64,
    /// How many of those in their term.
    pub reviews_in_term: u64,
    /// How many were open at the end with their term over.
    pub reviews_overdue: u64,
}

/// The lines of the register: every request that was there in those days, the oldest first, as it stood at their end.
#[must_use]
pub fn published(entries: &[AccessRequest], asked: Asked) -> Vec<Published> {
    let Some(end) = end_of(asked) else { return Vec::new() };
    let mut there: Vec<&AccessRequest> = entries.iter().filter(|one| is_there(one, asked, end)).collect();
    there.sort_by(|one, other| (one.received, &one.key).cmp(&(other.received, &other.key)));
    there.into_iter().map(|one| line(one, end)).collect()
}

/// Whether a request, or its re-examination, was under way or closed in those days.
fn is_there(request: &AccessRequest, asked: Asked, end: NaiveDate) -> bool {
    let closed = known(request, end).map(|closing| closing.on);
    let reviewed = request.review.as_ref().map(|review| seen(review, asked));
    request.term().seen(closed, asked) != Seen::Outside || reviewed.is_some_and(|seen| seen != Seen::Outside)
}

fn seen(review: &Review, asked: Asked) -> Seen {
    review.term().seen(review.closed.map(|closing| closing.on), asked)
}

/// How a request had been closed at the end of a day: by somebody, or by silence.
fn known(request: &AccessRequest, end: NaiveDate) -> Option<Closing<AccessOutcome>> {
    let silent = request.refused_by_silence().map(|on| Closing { on, outcome: AccessOutcome::Silence });
    let answered = request.closed.filter(|closing| closing.outcome != AccessOutcome::Silence);
    [answered, silent].into_iter().flatten().find(|closing| closing.on <= end)
}

fn line(request: &AccessRequest, end: NaiveDate) -> Published {
    let review = request.review.as_ref().filter(|review| review.asked <= end);
    Published {
        kind: request.kind,
        object: request.object.clone(),
        received: request.received,
        closed: known(request, end),
        review_asked: review.map(|review| review.asked),
        reviewed: review.and_then(|review| review.closed).filter(|closing| closing.on <= end),
    }
}

/// What the register of those days comes to.
#[must_use]
pub fn summary(entries: &[AccessRequest], asked: Asked) -> Summary {
    let mut summary = Summary::default();
    if let Some(end) = end_of(asked) {
        for request in entries {
            summary.add(request, asked, end);
        }
    }
    summary
}

impl Summary {
    fn add(&mut self, request: &AccessRequest, asked: Asked, end: NaiveDate) {
        let during = |day: NaiveDate| asked.period.from <= day && day <= end;
        grow(&mut self.received, during(request.received));
        let closed = known(request, end);
        if let Some(closing) = closed.filter(|closing| during(closing.on)) {
            grow(self.outcomes.entry(closing.outcome).or_default(), true);
            grow(
                &mut self.refusals,
                matches!(closing.outcome, AccessOutcome::Refused | AccessOutcome::Silence),
            );
        }
        match request.term().seen(closed.map(|closing| closing.on), asked) {
            Seen::Running => grow(&mut self.open, true),
            Seen::Overdue => {
                grow(&mut self.open, true);
                grow(&mut self.overdue, true);
            }
            Seen::Outside | Seen::Closed { .. } => {}
        }
        self.add_review(request, asked);
    }

    fn add_review(&mut self, request: &AccessRequest, asked: Asked) {
        let Some(review) = &request.review else { return };
        let seen = seen(review, asked);
        grow(&mut self.reviews_asked, seen != Seen::Outside && asked.period.from <= review.asked);
        match seen {
            Seen::Closed { kept, .. } => {
                grow(&mut self.reviews_closed, true);
                grow(&mut self.reviews_in_term, kept);
            }
            Seen::Overdue => grow(&mut self.reviews_overdue, true),
            Seen::Outside | Seen::Running => {}
        }
    }
}

fn grow(count: &mut u64, when: bool) {
    *count = count.saturating_add(u64::from(when));
}
