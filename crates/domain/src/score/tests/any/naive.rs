//! Scores as whoever reads the rules of measuring would work them out with a pencil: written from the rules alone, without a
//! line of the scorer. Every result is kept to twelve places.

use rust_decimal::{Decimal, RoundingStrategy};

use super::spec::{Decided, Got, Indicator, Objective, Phase, Rules, Spec, Wants, Weighs};

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

fn d(number: i32) -> Decimal {
    Decimal::from(number)
}

fn tenths(number: i32) -> Decimal {
    Decimal::new(i64::from(number), 1)
}

fn twelve(number: Decimal) -> Decimal {
    number.round_dp_with_strategy(12, RoundingStrategy::MidpointAwayFromZero)
}

fn per_cent(share: Decimal, whole: Decimal) -> Decimal {
    twelve(d(100) * share / whole)
}

fn all_or_nothing(met: bool) -> Decimal {
    if met { d(100) } else { d(0) }
}

impl Rules {
    fn higher(a: Decimal, t: Decimal) -> Decimal {
        if t <= d(0) { all_or_nothing(a >= t) } else { per_cent(a, t) }
    }

    fn lower(&self, a: Decimal, t: Decimal) -> Decimal {
        match self.tolerance {
            _ if a <= t && t <= d(0) => d(100),
            _ if a <= t && a <= d(0) => d(self.cap),
            _ if a <= t => per_cent(t, a),
            Some(tolerance) => per_cent(tenths(tolerance) - (a - t), tenths(tolerance)),
            None if t > d(0) => per_cent(t, a),
            None => d(0),
        }
    }

    fn range(&self, a: Decimal, low: Decimal, high: Decimal) -> Decimal {
        if low <= a && a <= high {
            return d(100);
        }
        if a < low {
            return if low > d(0) && a > d(0) { per_cent(a, low) } else { d(0) };
        }
        match self.above {
            0 => d(100),
            1 if high > d(0) => per_cent(high, a),
            _ => d(0),
        }
    }

    fn late(days: i32) -> Decimal {
        d(match days {
            ..=0 => 100,
            1..=15 => 80,
            16..=30 => 60,
            31..=60 => 30,
            _ => 0,
        })
    }

    fn clipped(&self, percent: Decimal) -> Decimal {
        percent.max(d(0)).min(d(self.cap))
    }

    /// What a figure comes to; none where figures cannot say.
    fn figure(&self, wants: &Wants, a: Decimal) -> Option<Decimal> {
        Some(match wants {
            Wants::Higher(t) | Wants::Ratio(t) | Wants::Frequency(t) => Self::higher(a, tenths(*t)),
            Wants::Lower(t) => self.lower(a, tenths(*t)),
            Wants::LowerZero(t) if a <= tenths(*t) => d(100),
            Wants::LowerZero(t) => self.tolerance.map_or(d(0), |_| self.lower(a, tenths(*t))),
            Wants::Range(low, high) => self.range(a, tenths(*low), tenths(*high)),
            Wants::FromBaseline(from, to) if from == to => return None,
            Wants::FromBaseline(from, to) => per_cent(a - tenths(*from), tenths(*to) - tenths(*from)),
            Wants::Scale(t) if !self.from_least => Self::higher(a, tenths(*t)),
            Wants::Scale(t) if *t <= 10 => all_or_nothing(a >= tenths(*t)),
            Wants::Scale(t) => per_cent(a - d(1), tenths(*t) - d(1)),
            Wants::Threshold(t) => all_or_nothing(a >= tenths(*t)),
            Wants::Milestone => a,
            Wants::Variation(0, _) => return None,
            Wants::Variation(from, change) => {
                let changed = per_cent(a - tenths(*from), tenths(*from).abs());
                let sign = if *change < 0 { d(-1) } else { d(1) };
                Self::higher(sign * changed, sign * tenths(*change))
            }
            Wants::Done | Wants::By(_) | Wants::Parts(..) | Wants::Words => return None,
        })
    }

    fn two(&self, wants: &Wants, one: Option<i32>, other: Option<i32>) -> Option<Decimal> {
        let Wants::Parts(first, second) = wants else { return None };
        let of =
            |got: Option<i32>, t: i32| got.map_or(d(0), |a| self.clipped(Self::higher(tenths(a), tenths(t))));
        let (one, other) = (of(one, *first), of(other, *second));
        if self.all_parts {
            return Some(all_or_nothing(one >= d(100) && other >= d(100)));
        }
        Some(twelve((one + other) / d(2)))
    }

    fn measured(&self, wants: Option<&Wants>, got: &Got, due: Option<i32>) -> Result {
        let percent = match got {
            Got::NotApplicable => return Err(Absent::NotApplicable),
            Got::NotEvaluable | Got::Text => None,
            Got::Done(done) => Some(all_or_nothing(*done)),
            Got::Judged(percent) => Some(tenths(*percent)),
            Got::Day(on) => due.map(|due| on.map_or(d(0), |on| Self::late(on - due))),
            Got::Ratio(_, 0) => None,
            Got::Ratio(of, all) => wants.and_then(|wants| {
                // A whole number of hundredths of a percentage is kept unrounded until it is compared.
                let share = d(100) * d(*of) / d(*all);
                if let Wants::Frequency(_) = wants { Some(twelve(share)) } else { self.figure(wants, share) }
            }),
            Got::Number(a) => wants.and_then(|wants| self.figure(wants, tenths(*a))),
            Got::Two(one, other) => wants.and_then(|wants| self.two(wants, *one, *other)),
        };
        percent.map(|percent| self.clipped(twelve(percent))).ok_or(Absent::NotEvaluable)
    }

    fn absence(&self, why: Absent) -> Option<Decimal> {
        let zero = match why {
            Absent::Missing => self.zero[0],
            Absent::NotDue => self.zero[1],
            Absent::NotApplicable => self.zero[2],
            Absent::NotEvaluable => self.zero[3],
            Absent::Sterilised | Absent::Nothing => false,
        };
        zero.then_some(d(0))
    }

    fn part(&self, weight: Option<Decimal>, result: Result) -> Part {
        (weight, result, result.map_or_else(|why| self.absence(why), Some))
    }

    /// The band effect: what an objective counts in its structure.
    fn counts(&self, result: Result) -> Option<Decimal> {
        let percent = match result {
            Err(why) => return self.absence(why),
            Ok(percent) => percent,
        };
        let looked_at = if self.on_shown {
            percent.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
        } else {
            percent
        };
        Some(match self.bands {
            0 => percent,
            1 if looked_at >= d(100) => d(100),
            1 if looked_at >= d(75) => d(75),
            1 if looked_at >= d(50) => d(50),
            1 => d(0),
            _ => all_or_nothing(looked_at >= d(100)),
        })
    }
}

fn mean(mut parts: Vec<Part>) -> Result {
    if parts.iter().all(|(weight, ..)| weight.is_none()) {
        parts.iter_mut().for_each(|part| part.0 = Some(d(1)));
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
                [shares(phases, share), shares(indicators, d(100) - share)].concat()
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

    pub(super) fn unit(&self, unit: usize) -> Option<Result> {
        let mut parts = Vec::new();
        for objective in &self.0.objectives {
            for (place, (of, weighs, decided)) in objective.assigned.iter().enumerate() {
                if self.line(of % self.0.units.len()).contains(&unit) {
                    let result = Self::judged(decided.as_ref(), self.objective(objective, place == 0));
                    parts.push((self.weight(weighs.as_ref()), result, self.rules().counts(result)));
                }
            }
        }
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
fn shares(parts: Vec<Part>, share: Decimal) -> Vec<Part> {
    let even = parts.iter().all(|(weight, ..)| weight.is_none());
    let own = |part: &Part| if even { Some(d(1)) } else { part.0 };
    let whole: Decimal = parts.iter().filter_map(own).sum();
    let scaled = |part: &Part| {
        let weight = own(part).filter(|_| !whole.is_zero()).map(|weight| twelve(weight * share / whole));
        (weight, part.1, part.2)
    };
    parts.iter().map(scaled).collect()
}
