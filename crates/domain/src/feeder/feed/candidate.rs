//! What there would be to record of an indicator in a place: the certified figure, what is computed, or that nothing can be.

use chrono::NaiveDate;

use super::decide::Ground;
use super::explanation::{Said, certified, source};
use super::forecast::DELAY;
use super::wanted::{Place, Wanted};
use super::{Feed, FeedReason};
use crate::feeder::{Computed, NotComputable, Outcome};
use crate::figure::Figure;
use crate::measurement::{Evidence, Measurement, Origin, Standing, Value};
use crate::payment_time::CertifiedFacts;
use crate::period::legal_day;
use crate::register::{Register, RegisterState};
use crate::said::Words;
use crate::text::{Line, Text};
use crate::unit::UnitId;

/// What there would be to record.
pub(super) struct Candidate {
    pub(super) value: Value,
    pub(super) standing: Standing,
    pub(super) origin: Origin,
    pub(super) source: Option<Line<300>>,
    pub(super) evidence: Option<Evidence>,
    pub(super) note: Option<Text<4000>>,
    pub(super) computed: Option<Figure>,
}

impl Candidate {
    /// Whether a value somebody recorded is this one: a figure written to the decimals it is told with is no other.
    pub(super) fn says(&self, value: &Value) -> bool {
        match (&self.value, value) {
            (Value::Number { figure }, Value::Number { figure: other }) => {
                figure == other || Figure::rounded(figure.number(), Computed::DECIMALS) == Some(*other)
            }
            (mine, other) => mine == other,
        }
    }

    /// Whether a measurement says the same: facts that come to the same need no new one.
    pub(super) fn is_as(&self, other: &Measurement) -> bool {
        let other = &other.facts;
        (&other.value, other.standing, other.origin, &other.source)
            == (&self.value, self.standing, self.origin, &self.source)
    }
}

impl<'g> Ground<'g> {
    /// What there would be to record, or why there is nothing and what there is to say of that.
    pub(super) fn candidate(
        &self,
        wanted: &Wanted<'_>,
        again: bool,
    ) -> Result<Candidate, (FeedReason, Option<Text<4000>>)> {
        let unit = wanted.place.unit();
        let computed = self.computed(unit, wanted.fill.indicator);
        if let Some(certified) = self.certified(wanted) {
            return Ok(of_certified(certified, computed));
        }
        let Some(computed) = computed else { return Err((self.why_none(wanted), None)) };
        let register = self.register(computed.register);
        let computed = &computed.clone().of_written(register.is_some());
        let name = unit.and_then(|unit| self.name(unit));
        let note = Said { computed, asked: self.asked, register, unit: name.as_deref() }.text();
        let over = self.is_over(wanted, register);
        let value = match (computed.outcome, computed.recorded()) {
            (Outcome::NotComputable(why), _) => {
                let why = self.nothing_of_its_own(wanted, why);
                let told = over && matches!(why, NotComputable::ZeroDenominator | NotComputable::TooFew);
                if !told && !again {
                    return Err((why.into(), note));
                }
                not_computable(why, computed.percent)
            }
            (Outcome::Ratio { .. } | Outcome::Number(_), value) => value,
        };
        let Some(value) = value else { return Err((FeedReason::TooLarge, note)) };
        Ok(Candidate {
            value,
            standing: if over && computed.whole { Standing::Final } else { Standing::Provisional },
            origin: Origin::Feeder,
            source: source(computed),
            evidence: register.and_then(evidence),
            note,
            computed: None,
        })
    }

    /// The figure of a shared indicator, of the comune or of a structure.
    pub(super) fn computed(&self, unit: Option<UnitId>, indicator: &str) -> Option<&'g Computed> {
        self.figures.get(&unit)?.iter().find(|one| one.indicator == indicator)
    }

    /// Where a register stands that was ever written to.
    fn register(&self, register: Register) -> Option<&'g RegisterState> {
        self.registers.iter().find(|state| state.register == register && state.revision > 0)
    }

    fn why_none(&self, wanted: &Wanted<'_>) -> FeedReason {
        self.register(wanted.fill.register).map_or(FeedReason::NoFacts, |_| FeedReason::NoMethod)
    }

    /// A structure has nothing of a register from which the comune's figure is computed: there is nothing to divide by, rather
    /// than no facts.
    fn nothing_of_its_own(&self, wanted: &Wanted<'_>, why: NotComputable) -> NotComputable {
        let whole = self.computed(None, wanted.fill.indicator).and_then(Computed::value);
        match (why, wanted.place) {
            (NotComputable::NoFacts, Place::Unit(..)) if whole.is_some() => NotComputable::ZeroDenominator,
            (
                NotComputable::NoFacts
                | NotComputable::ZeroDenominator
                | NotComputable::TooFew
                | NotComputable::TooLarge,
                Place::Comune | Place::Unit(..),
            ) => why,
        }
    }

    /// The delay the control body certified, where it is the one wanted: of the comune, in the plan's whole year.
    fn certified(&self, wanted: &Wanted<'_>) -> Option<&'g CertifiedFacts> {
        let whole_year = NaiveDate::from_ymd_opt(i32::from(self.plan.facts.year.number()), 12, 31);
        let asked = wanted.fill.indicator == DELAY && Some(self.asked.period.to) == whole_year;
        self.payment_time.certified.as_ref().filter(|_| asked).map(|one| &one.facts)
    }

    /// Whether a figure can no more change by what happens: its days are over, and the register holds all of them.
    fn is_over(&self, wanted: &Wanted<'_>, register: Option<&RegisterState>) -> bool {
        let day = wanted.fill.settles_on(self.asked.period);
        let written = register.is_some_and(|state| legal_day(state.changed_at) >= day);
        self.asked.on >= day && self.complete.unwrap_or(written)
    }

    /// What a structure is called.
    fn name(&self, unit: UnitId) -> Option<String> {
        let unit = self.units.iter().find(|one| one.id == unit)?;
        Some(format!("{} {}", unit.facts.code.as_str(), unit.facts.name))
    }
}

/// The certified delay, beside which our own computation is a forecast.
fn of_certified(facts: &CertifiedFacts, computed: Option<&Computed>) -> Candidate {
    let title = Line::parse(facts.act.as_str()).ok();
    let evidence = title.map(|title| Evidence { title, link: None, file: None, digest: None });
    Candidate {
        value: Value::Number { figure: facts.delay },
        standing: Standing::Final,
        origin: Origin::External,
        source: Some(facts.source.clone()),
        evidence,
        note: certified(facts, computed),
        computed: computed.and_then(Computed::exact),
    }
}

/// What is recorded where nothing can be computed and that is what there is to say. A share of nothing is told as one: put
/// together with those of other structures, it counts nothing.
fn not_computable(why: NotComputable, percent: bool) -> Option<Value> {
    if percent && why == NotComputable::ZeroDenominator {
        return Some(Value::Ratio { numerator: Figure::ZERO, denominator: Figure::ZERO });
    }
    let reason = Words::parse(FeedReason::from(why).sentence()).ok()?;
    Some(Value::NotEvaluable { reason })
}

/// What a value computed from a register rests on.
fn evidence(state: &RegisterState) -> Option<Evidence> {
    let title = Feed::title(state)?;
    Some(Evidence { title, link: None, file: None, digest: Some(state.digest) })
}
