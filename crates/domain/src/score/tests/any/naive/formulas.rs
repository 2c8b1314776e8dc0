//! What one value comes to.

use rust_decimal::{Decimal, RoundingStrategy};

use super::super::spec::{Got, Rules, Wants};
use super::{Absent, Part, Result};

pub(super) fn d(number: i32) -> Decimal {
    Decimal::from(number)
}

fn tenths(number: i32) -> Decimal {
    Decimal::new(i64::from(number), 1)
}

pub(super) fn twelve(number: Decimal) -> Decimal {
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
            Wants::Done | Wants::By(_) | Wants::Parts(..) | Wants::Words | Wants::Variation(0, _) => {
                return None;
            }
            Wants::Variation(from, change) => {
                let changed = per_cent(a - tenths(*from), tenths(*from).abs());
                let sign = if *change < 0 { d(-1) } else { d(1) };
                Self::higher(sign * changed, sign * tenths(*change))
            }
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

    pub(super) fn measured(&self, wants: Option<&Wants>, got: &Got, due: Option<i32>) -> Result {
        let percent = match got {
            Got::NotApplicable => return Err(Absent::NotApplicable),
            Got::NotEvaluable | Got::Text | Got::Ratio(_, 0) => None,
            Got::Done(done) => Some(all_or_nothing(*done)),
            Got::Judged(percent) => Some(tenths(*percent)),
            Got::Day(on) => due.map(|due| on.map_or(d(0), |on| Self::late(on - due))),
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

    pub(super) fn part(&self, weight: Option<Decimal>, result: Result) -> Part {
        (weight, result, result.map_or_else(|why| self.absence(why), Some))
    }

    /// The band effect: what an objective counts in its structure.
    pub(super) fn counts(&self, result: Result) -> Option<Decimal> {
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
