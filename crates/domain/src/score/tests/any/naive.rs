//! Scores as whoever reads the rules of measuring would work them out with a pencil: written from the rules alone, without a
//! line of the scorer. Every result is kept to twelve places.

use rust_decimal::Decimal;

use super::spec::{Decided, Got, Indicator, Objective, Phase, Rules, Spec, Wants, Weighs};

mod formulas;

use formulas::{d, twelve};

/// A result, or why there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Absent {
    Missing,
    NotDue,
    NotApplicable,
    NotEvaluable,
    Sterilised,
    Nothing,
}

pub(super) type Result = std::result::Result<Decimal, Absent>;

/// What a part weighs, what came of it, what it counts.
type Part = (Option<Decimal>, Result, Option<Decimal>);

const LAST_DAY: i32 = 365;

fn mean(mut parts: Vec<Part>) -> Result {
    if parts.iter().all(|(weight, ..)| weight.is_none()) {
        for part in &mut parts {
            part.0 = Some(d(1));
        }
    }
    let counting: Vec<(Decimal, Result, Decimal)> =
        parts.iter().filter_map(|(weight, result, counts)| Some(((*weight)?, *result, (*counts)?))).collect();
    let whole: Decimal = counting.iter().map(|(weight, ..)| weight).sum();
    if whole.is_zero() {
        let mut reasons: Vec<Absent> = parts.iter().filter_map(|(_, result, _)| result.err()).collect();
        reasons.sort();
        reasons.dedup();
        return Err(if let [one] = reasons[..] { one } else { Absent::Nothing });
    }
    if counting.iter().all(|(_, result, _)| result.is_err()) {
        return Err(counting.iter().filter_map(|(_, result, _)| result.err()).min().unwrap());
    }
    let sum: Decimal = counting.iter().map(|(weight, _, counts)| weight * counts).sum();
    Ok(twelve(sum / whole))
}

/// Works out a plan.
pub(super) struct Pencil<'p>(pub(super) &'p Spec);

impl Pencil<'_> {
    fn rules(&self) -> &Rules {
        &self.0.rules
    }

    fn absent(&self, due: Option<i32>) -> Result {
        Err(if self.0.at <= due.unwrap_or(LAST_DAY) { Absent::NotDue } else { Absent::Missing })
    }

    fn indicators(&self, indicators: &[Indicator], first: bool) -> Vec<Part> {
        let one = |indicator: &Indicator| {
            let due = if let Wants::By(due) = indicator.wants { Some(due) } else { None };
            let got = indicator.got_first.as_ref().filter(|_| first).or(indicator.got.as_ref());
            let measured = |got: &Got| self.rules().measured(Some(&indicator.wants), got, due);
            let result = got.map_or_else(|| self.absent(due), measured);
            self.rules().part(indicator.weight.map(|weight| d(weight.max(0))), result)
        };
        indicators.iter().map(one).collect()
    }

    fn phase(&self, phase: &Phase, first: bool) -> Part {
        let result = match &phase.got {
            Some(got) => self.rules().measured(None, got, phase.due),
            None if phase.indicators.is_empty() => self.absent(phase.due),
            None => mean(self.indicators(&phase.indicators, first)),
        };
        self.rules().part(phase.weight.map(d), result)
    }

    fn objective(&self, objective: &Objective, first: bool) -> Result {
        if let Some(got) = &objective.got {
            return self.rules().measured(None, got, objective.due);
        }
        let phases: Vec<Part> = objective.phases.iter().map(|phase| self.phase(phase, first)).collect();
        let indicators = self.indicators(&objective.indicators, first);
        let weighted = objective.phases.iter().any(|phase| phase.weight.is_some());
        let parts = match self.rules().mix {
            0 if weighted || indicators.is_empty() => phases,
            0 | 1 => indicators,
            _ if phases.is_empty() => indicators,
            _ if indicators.is_empty() => phases,
            _ => {
                let share = d(self.rules().share);
                [shares(&phases, share), shares(&indicators, d(100) - share)].concat()
            }
        };
        if parts.is_empty() { self.absent(objective.due) } else { mean(parts) }
    }

    fn judged(decided: Option<&Decided>, computed: Result) -> Result {
        match (decided, computed) {
            (None | Some(Decided::Certified), _) => computed,
            (Some(Decided::Override(percent) | Decided::Frozen(percent)), _) => Ok(d(*percent)),
            (Some(Decided::NotEvaluable), _) => Err(Absent::NotEvaluable),
            (Some(Decided::Redistributed), _) => Err(Absent::Sterilised),
            (Some(Decided::Exogenous(_)), Err(why)) => Err(why),
            (Some(Decided::Exogenous(share)), Ok(v)) => {
                Ok(twelve(v + (d(100) - v).max(d(0)) * d(*share) / d(100)))
            }
        }
    }

    fn weight(&self, weighs: Option<&Weighs>) -> Option<Decimal> {
        match weighs? {
            Weighs::Percent(number) => Some(d((*number).max(0))),
            Weighs::Class(1) => Some(d(1)),
            Weighs::Class(2) => Some(d(self.rules().class_two.unwrap_or(2))),
            Weighs::Class(_) | Weighs::Unclear => None,
        }
    }

    /// The structure and all those it is part of.
    fn line(&self, unit: usize) -> Vec<usize> {
        let parent = self.0.units[unit].parent.filter(|_| unit > 0).map(|parent| parent % unit);
        let above = parent.map_or_else(Vec::new, |parent| self.line(parent));
        [vec![unit], above].concat()
    }

    /// Every objective in every structure it is assigned to, with its structure and its weight.
    fn assigned(&self) -> impl Iterator<Item = (usize, Option<Decimal>, Result)> {
        self.0.objectives.iter().flat_map(move |objective| {
            objective.assigned.iter().enumerate().map(move |(place, (unit, weighs, decided))| {
                let result = Self::judged(decided.as_ref(), self.objective(objective, place == 0));
                (unit % self.0.units.len(), self.weight(weighs.as_ref()), result)
            })
        })
    }

    pub(super) fn assignments(&self) -> Vec<Result> {
        self.assigned().map(|(.., result)| result).collect()
    }

    pub(super) fn unit(&self, unit: usize) -> Option<Result> {
        let within = self.assigned().filter(|(of, ..)| self.line(*of).contains(&unit));
        let parts: Vec<Part> =
            within.map(|(_, weight, result)| (weight, result, self.rules().counts(result))).collect();
        (!parts.is_empty()).then(|| mean(parts))
    }

    pub(super) fn comune(&self) -> Result {
        let units = 0..self.0.units.len();
        let posts = |top: usize| {
            let within = units.clone().filter(|unit| self.line(*unit).contains(&top));
            within.map(|unit| self.0.units[unit].posts).sum::<i32>()
        };
        let tops = units.clone().filter(|unit| self.line(*unit).len() == 1);
        let part = |unit: usize| {
            let weight = match self.rules().roll_up {
                0 => Some(d(1)),
                1 => Some(posts(unit)).filter(|posts| *posts > 0).map(d),
                _ => self.0.units[unit].set.map(d),
            };
            Some(self.rules().part(weight, self.unit(unit)?))
        };
        mean(tops.filter_map(part).collect())
    }
}

/// Parts with a share of the whole between them.
fn shares(parts: &[Part], share: Decimal) -> Vec<Part> {
    let even = parts.iter().all(|(weight, ..)| weight.is_none());
    let own = |part: &Part| if even { Some(d(1)) } else { part.0 };
    let whole: Decimal = parts.iter().filter_map(own).sum();
    let scaled = |part: &Part| {
        let weight = own(part).filter(|_| !whole.is_zero()).map(|weight| twelve(weight * share / whole));
        (weight, part.1, part.2)
    };
    parts.iter().map(scaled).collect()
}
