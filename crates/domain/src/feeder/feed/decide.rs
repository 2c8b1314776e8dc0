//! Deciding a feed: for everything a plan wants filled, what becomes of it.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::candidate::Candidate;
use super::wanted::Wanted;
use super::{FedForecast, FeedItem, FeedOutcome, FeedReason, Stands};
use crate::assignment::AssignmentId;
use crate::feeder::{Asked, Computed};
use crate::measurement::{
    Measured, Measurement, MeasurementFacts, MeasurementId, Standing, Subject, standing,
};
use crate::payment_time::PaymentTime;
use crate::plan::Plan;
use crate::register::RegisterState;
use crate::round::{Collection, Round, collection};
use crate::unit::{Unit, UnitId};

/// Every figure computed for a feed: those of the comune, under no structure, and of each structure with those below it.
pub type Figures = HashMap<Option<UnitId>, Vec<Computed>>;

/// What a feed is decided on.
#[derive(Clone, Copy)]
pub struct Ground<'g> {
    /// The plan.
    pub plan: &'g Plan,
    /// When its results were certified last; also of a plan that was moved back since.
    pub certified_at: Option<DateTime<Utc>>,
    /// Its payment times.
    pub payment_time: &'g PaymentTime,
    /// Whether whoever feeds may record the forecast of payment times.
    pub foresees: bool,
    /// The structures of its document.
    pub units: &'g [Unit],
    /// The windows its values are collected in.
    pub rounds: &'g [Round],
    /// Everything measured of it.
    pub measurements: &'g [Measurement],
    /// Which of that feeds recorded.
    pub own: &'g HashSet<MeasurementId>,
    /// Where the registers stand.
    pub registers: &'g [RegisterState],
    /// What they come to.
    pub figures: &'g Figures,
    /// The days of the figures, and the day they are seen from.
    pub asked: Asked,
    /// Whether whoever feeds says that the registers hold everything; unsaid, what was written to them after the days tells.
    pub complete: Option<bool>,
    /// The day it is.
    pub today: NaiveDate,
    /// The instant it is.
    pub now: DateTime<Utc>,
    /// Whoever feeds.
    pub member: Uuid,
}

/// What was decided.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Decided {
    /// What is to be recorded.
    pub measurements: Vec<Measurement>,
    /// What became of everything wanted, in its order.
    pub items: Vec<FeedItem>,
    /// What became of the forecast of payment times.
    pub forecast: Option<FedForecast>,
}

type Key = (Subject, Option<AssignmentId>);

/// What is known of the places values are recorded in.
struct Known<'m> {
    stands: HashMap<Key, &'m Measurement>,
    superseded: HashSet<MeasurementId>,
}

impl<'m> Known<'m> {
    /// The measurement that stands in a place: the one of its own, else the one of all structures.
    fn standing(&self, wanted: &Wanted<'_>) -> Option<&'m Measurement> {
        let (subject, assignment) = wanted.key();
        self.stands.get(&(subject, assignment)).or_else(|| self.stands.get(&(subject, None))).copied()
    }
}

/// Decides a feed. The plan must be one whose values are collected, or whose results are certified: of the latter nothing is
/// recorded, and what differs is told.
pub fn decide(ground: &Ground<'_>, wanted: &[Wanted<'_>], fresh: &mut dyn FnMut() -> Uuid) -> Decided {
    let superseded = ground.measurements.iter().filter_map(|one| one.facts.supersedes).collect();
    let known = Known { stands: standing(ground.measurements, ground.today), superseded };
    let mut decided = Decided { forecast: ground.forecast(), ..Decided::default() };
    for one in wanted {
        let item = ground.item(one, &known, fresh, &mut decided.measurements);
        decided.items.push(item);
    }
    decided
}

impl<'g> Ground<'g> {
    /// What becomes of one indicator in one place.
    fn item(
        &self,
        wanted: &Wanted<'_>,
        known: &Known<'_>,
        fresh: &mut dyn FnMut() -> Uuid,
        measurements: &mut Vec<Measurement>,
    ) -> FeedItem {
        let stands = known.standing(wanted);
        let mut item = wanted.item(stands);
        if let Some(why) = wanted.unfit {
            return FeedItem { outcome: FeedOutcome::Refused, why: Some(why), ..item };
        }
        let own = self.own_of(wanted, known);
        let candidate = match self.candidate(wanted, own.is_some()) {
            Ok(candidate) => candidate,
            Err((why, explanation)) => {
                return FeedItem { outcome: FeedOutcome::NotComputable, why: Some(why), explanation, ..item };
            }
        };
        item.value = Some(candidate.value.clone());
        item.computed = candidate.computed;
        item.explanation.clone_from(&candidate.note);
        match self.outcome(wanted, &candidate, stands, own) {
            (FeedOutcome::Recorded, _) => {
                let facts = self.facts(wanted, candidate, own);
                let id = MeasurementId(fresh());
                let (recorded_at, recorded_by) = (self.now, self.member);
                measurements.push(Measurement { id, facts, recorded_at, recorded_by });
                FeedItem { outcome: FeedOutcome::Recorded, measurement: Some(id), ..item }
            }
            (outcome, why) => FeedItem { outcome, why, ..item },
        }
    }

    /// What becomes of a value there is: what stands decides, and whether anything may be moved today.
    fn outcome(
        &self,
        wanted: &Wanted<'_>,
        candidate: &Candidate,
        stands: Option<&Measurement>,
        own: Option<&Measurement>,
    ) -> (FeedOutcome, Option<FeedReason>) {
        let expected = Measured::Indicator(wanted.indicator).expectation();
        let same = |one: &Measurement| candidate.says(&one.facts.value);
        let is_others = |one: &&Measurement| !self.own.contains(&one.id);
        let others = stands.filter(is_others).filter(|one| one.facts.period.to >= self.asked.period.to);
        let certified = self.plan.state.is_certified();
        if !expected.faults_of(&candidate.value).is_empty() {
            told(FeedOutcome::Refused, FeedReason::OtherKind)
        } else if others.or(own.filter(|_| certified)).is_some_and(same) {
            (FeedOutcome::Unchanged, None)
        } else if certified {
            told(FeedOutcome::Flagged, FeedReason::ResultsCertified)
        } else if others.is_some() {
            told(FeedOutcome::Refused, FeedReason::EnteredByHand)
        } else if own.is_some_and(|own| candidate.is_as(own) || self.is_closed(own) && same(own)) {
            (FeedOutcome::Unchanged, None)
        } else if own.is_some_and(|own| self.is_closed(own)) {
            told(FeedOutcome::Flagged, FeedReason::ValueCertified)
        } else if own.is_some_and(|own| own.facts.standing == Standing::Final) && self.looks_back(wanted) {
            told(FeedOutcome::Refused, FeedReason::SeenBefore)
        } else if self.collects() {
            (FeedOutcome::Recorded, None)
        } else {
            told(FeedOutcome::Refused, FeedReason::WindowClosed)
        }
    }

    /// Whether it is seen from a day on which its days were not over, and whoever feeds does not say that they still are not.
    fn looks_back(&self, wanted: &Wanted<'_>) -> bool {
        self.asked.on < wanted.fill.settles_on(self.asked.period) && self.complete.is_none()
    }

    fn collects(&self) -> bool {
        collection(self.rounds, self.asked.period, self.today) == Collection::Open
    }

    /// What a feed recorded there for the same days, and nothing took the place of.
    fn own_of(&self, wanted: &Wanted<'_>, known: &Known<'_>) -> Option<&'g Measurement> {
        let here = |one: &&Measurement| {
            (one.facts.subject, one.facts.assignment) == wanted.key()
                && one.facts.period == self.asked.period
                && self.own.contains(&one.id)
                && !known.superseded.contains(&one.id)
        };
        self.measurements.iter().filter(here).max_by_key(|one| (one.recorded_at, one.id))
    }

    /// Whether results were certified with this value, as one that would not change.
    fn is_closed(&self, measurement: &Measurement) -> bool {
        let before = self.certified_at.is_some_and(|at| measurement.recorded_at <= at);
        before && measurement.facts.standing == Standing::Final
    }

    fn facts(&self, wanted: &Wanted<'_>, of: Candidate, own: Option<&Measurement>) -> MeasurementFacts {
        let (subject, assignment) = wanted.key();
        MeasurementFacts {
            external_id: None,
            subject,
            objective: wanted.objective.id,
            assignment,
            period: self.asked.period,
            value: of.value,
            standing: of.standing,
            origin: of.origin,
            source: of.source,
            note: of.note,
            evidence: of.evidence.into_iter().collect(),
            supersedes: own.map(|own| own.id),
        }
    }
}

impl Wanted<'_> {
    fn key(&self) -> Key {
        (Subject::Indicator(self.indicator.id), self.place.assignment())
    }

    /// An item of which nothing became yet.
    fn item(&self, stood: Option<&Measurement>) -> FeedItem {
        let stood = stood.map(|one| Stands {
            measurement: one.id,
            value: one.facts.value.clone(),
            standing: one.facts.standing,
        });
        FeedItem {
            indicator: self.code.clone(),
            objective: self.objective.id,
            subject: self.indicator.id,
            assignment: self.place.assignment(),
            outcome: FeedOutcome::NotComputable,
            why: None,
            value: None,
            computed: None,
            measurement: None,
            stood,
            explanation: None,
        }
    }
}

const fn told(outcome: FeedOutcome, why: FeedReason) -> (FeedOutcome, Option<FeedReason>) {
    (outcome, Some(why))
}
