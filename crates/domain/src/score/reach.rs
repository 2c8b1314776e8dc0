//! What reaches the next band: the percentage an objective needs, and for each of its indicators the value that alone would
//! be enough. Every suggestion was scored before it is given, and the next worse one was found not to be enough, unless any is.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::percent::Percent;
use super::plan::{Results, Scorer};
use crate::assignment::{Assignment, AssignmentId};
use crate::figure::Figure;
use crate::indicator::{Indicator, IndicatorId};
use crate::measurement::{Subject, Value};
use crate::objective::Objective;
use crate::rulebook::{Band, BandOn};

mod best;

use best::{Axis, Best, Side};

/// The band above the one an objective is in, and what leads there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextBand {
    /// The band.
    pub band: Band,
    /// The least result that falls into it.
    pub needs: Percent,
    /// How much of it is missing; none where there is no result yet.
    pub missing: Option<Decimal>,
    /// For each indicator that has something to be reached, what of it alone would be enough.
    pub ways: Vec<Way>,
}

/// What one indicator alone can do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// Which.
    pub indicator: IndicatorId,
    /// What it is called.
    pub label: String,
    /// The value it has.
    pub now: Option<Value>,
    /// What would be enough.
    pub reach: Reach,
}

/// Whether a value is enough.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// This one is, and no worse one; where however bad a value would do, the best there is.
    With(Value),
    /// None is.
    Unreachable,
}

impl Scorer<'_> {
    /// What reaches the band above the one an objective in a structure is in; none when it is in the highest.
    #[must_use]
    pub fn next_band(&self, objective: &Objective, assignment: &Assignment) -> Option<NextBand> {
        let now = self.assignment(objective, assignment).percent();
        let looked_at = self.rulebook.band_on.looked_at(now.unwrap_or(Percent::ZERO));
        let band = self.rulebook.bands.above(looked_at)?;
        let needs = self.rulebook.band_on.least(band);
        let known = self.known(objective, assignment.id);
        let mut probe = Probe { scorer: self, objective, assignment, needs, known };
        let ways = objective.facts.every_indicator().filter_map(|indicator| probe.way(indicator)).collect();
        let missing = now.and_then(|now| needs.number().checked_sub(now.number()));
        Some(NextBand { band: band.clone(), needs, missing, ways })
    }

    /// What is known of one objective in one structure.
    fn known(&self, objective: &Objective, of: AssignmentId) -> Results {
        let indicators = objective.facts.every_indicator().map(|one| Subject::Indicator(one.id));
        let phases = objective.facts.phases.iter().map(|one| Subject::Phase(one.id));
        let subjects = indicators.chain(phases).chain([Subject::Objective(objective.id)]);
        let value = |subject| Some(((subject, Some(of)), self.value(subject, of)?.clone()));
        let judgement = self.results.judgements.get(&of).map(|judgement| (of, judgement.clone()));
        Results { values: subjects.filter_map(value).collect(), judgements: judgement.into_iter().collect() }
    }
}

impl BandOn {
    /// The least result that falls into a band.
    fn least(self, band: &Band) -> Percent {
        match self {
            Self::Computed => Percent::from(band.from),
            Self::Shown => {
                // Half a hundredth below the first shown figure that is not less: it is rounded up to it.
                let up = rust_decimal::RoundingStrategy::ToPositiveInfinity;
                let first = band.from.number().round_dp_with_strategy(Percent::SHOWN_PLACES, up);
                Percent::of(first.checked_sub(Decimal::new(5, 3)).unwrap_or(first))
            }
        }
    }
}

/// Tries values of one objective.
struct Probe<'p, 's> {
    scorer: &'p Scorer<'s>,
    objective: &'p Objective,
    assignment: &'p Assignment,
    needs: Percent,
    known: Results,
}

impl Probe<'_, '_> {
    fn way(&mut self, indicator: &Indicator) -> Option<Way> {
        let key = (Subject::Indicator(indicator.id), Some(self.assignment.id));
        let now = self.known.values.get(&key).cloned();
        let expected = self.scorer.expected(indicator);
        let best = best::best(&expected, now.as_ref(), &self.scorer.rulebook.formulas)?;
        let reach = self.worst_enough(indicator, best).map_or(Reach::Unreachable, Reach::With);
        match &now {
            Some(value) => self.known.values.insert(key, value.clone()),
            None => self.known.values.remove(&key),
        };
        let label = indicator.facts.name.as_str().to_owned();
        Some(Way { indicator: indicator.id, label, now, reach })
    }

    /// A value, when it is enough.
    fn enough(&mut self, indicator: &Indicator, value: Value) -> Option<Value> {
        let key = (Subject::Indicator(indicator.id), Some(self.assignment.id));
        self.known.values.insert(key, value.clone());
        let Scorer { plan, rulebook, at, .. } = self.scorer;
        let scorer = Scorer::new(plan, rulebook, &self.known, *at);
        let reached = scorer.assignment(self.objective, self.assignment).percent();
        reached.is_some_and(|percent| percent >= self.needs).then_some(value)
    }

    /// The worst value that is still enough, going from the best one away from it by whole steps; the best one, where nothing that
    /// can be written is bad enough to fail.
    fn worst_enough(&mut self, indicator: &Indicator, best: Best) -> Option<Value> {
        let mut found = self.enough(indicator, best.away(0)?)?;
        if best.is_alone() {
            return Some(found);
        }
        let (mut reaches, mut fails) = (0i64, 1i64);
        loop {
            let Some(value) = best.away(fails) else { return best.away(0) };
            let Some(value) = self.enough(indicator, value) else { break };
            (found, reaches) = (value, fails);
            let Some(further) = fails.checked_mul(2) else { return best.away(0) };
            fails = further;
        }
        while fails.saturating_sub(reaches) > 1 {
            let middle = reaches.midpoint(fails);
            match best.away(middle).and_then(|value| self.enough(indicator, value)) {
                Some(value) => (found, reaches) = (value, middle),
                None => fails = middle,
            }
        }
        Some(found)
    }
}

impl Best {
    /// Nothing is between the best and nothing at all.
    const fn is_alone(&self) -> bool {
        matches!(self, Self::Done)
    }

    /// The value so many steps worse than the best; none beyond what can be written.
    fn away(&self, steps: i64) -> Option<Value> {
        match self {
            Self::Done => Some(Value::Done { done: true }),
            Self::Day { day, since } => {
                let later = chrono::Days::new(u64::try_from(steps).ok()?);
                let day = day.checked_add_days(later).filter(|day| *day < LAST)?;
                Some(Value::Day { day: Some(day), since: *since })
            }
            Self::Figure { figure, worse, step, axis } => {
                let away = step.checked_mul(Decimal::from(steps))?;
                let number = match worse {
                    Side::Below => figure.checked_sub(away),
                    Side::Above => figure.checked_add(away),
                };
                let figure = Figure::new(number?)?;
                Some(match axis {
                    Axis::Number => Value::Number { figure },
                    Axis::Point => Value::Point { figure },
                    Axis::Of(denominator) => Value::Ratio { numerator: figure, denominator: *denominator },
                })
            }
        }
    }
}

/// The last day anybody would suggest.
const LAST: NaiveDate = NaiveDate::MAX;

#[cfg(test)]
mod tests;
