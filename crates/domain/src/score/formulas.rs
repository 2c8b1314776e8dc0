//! The formulas: from a figure and what was expected of it to a percentage. Never a division by what may be zero, never a
//! proportion across signs: there the result is all or nothing.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::percent::Percent;
use super::why::Unjudged;
use crate::figure::Figure;
use crate::measure::Comparison;
use crate::rulebook::{AboveRange, Formulas, ScaleRule};

/// A percentage, or why there is none.
pub(super) type Computed = Result<Percent, Unjudged>;

const fn all_or_nothing(met: bool) -> Percent {
    if met { Percent::FULL } else { Percent::ZERO }
}

/// Whether a figure compares to another as asked.
pub(super) fn met(actual: Decimal, comparison: Comparison, target: Decimal) -> bool {
    match comparison {
        Comparison::AtLeast => actual >= target,
        Comparison::AtMost => actual <= target,
        Comparison::MoreThan => actual > target,
        Comparison::LessThan => actual < target,
        Comparison::Exactly => actual == target,
    }
}

fn proportion(share: Decimal, whole: Decimal) -> Computed {
    Percent::ratio(share, whole).ok_or(Unjudged::TooLarge)
}

/// More is better.
pub(super) fn higher(actual: Decimal, target: Decimal) -> Computed {
    if target <= Decimal::ZERO {
        return Ok(all_or_nothing(actual >= target));
    }
    if actual <= Decimal::ZERO { Ok(Percent::ZERO) } else { proportion(actual, target) }
}

/// How far from where it began to where it should be.
pub(super) fn from_baseline(actual: Decimal, target: Decimal, baseline: Decimal) -> Computed {
    let way = target.checked_sub(baseline).ok_or(Unjudged::TooLarge)?;
    let gone = actual.checked_sub(baseline).ok_or(Unjudged::TooLarge)?;
    if way.is_zero() { Err(Unjudged::BaselineIsTarget) } else { proportion(gone, way) }
}

/// Less is better: in proportion, or down to nothing within a tolerance.
pub(super) fn lower(actual: Decimal, target: Decimal, rules: &Formulas) -> Computed {
    if actual <= target {
        // Nothing or less is no share of anything: it is reached, or it is not.
        if target <= Decimal::ZERO {
            return Ok(Percent::FULL);
        }
        // Below the target counts more only where more counts at all.
        if actual <= Decimal::ZERO {
            return Ok(Percent::from(rules.cap).max(Percent::FULL));
        }
        return proportion(target, actual);
    }
    if let Some(tolerance) = rules.low_tolerance.filter(|tolerance| *tolerance > Figure::ZERO) {
        let over = actual.checked_sub(target).ok_or(Unjudged::TooLarge)?;
        let left = tolerance.number().checked_sub(over).ok_or(Unjudged::TooLarge)?;
        return proportion(left.max(Decimal::ZERO), tolerance.number());
    }
    if target > Decimal::ZERO { proportion(target, actual) } else { Ok(Percent::ZERO) }
}

/// Nothing or less is expected, as of the days payments are late: all or nothing, unless a tolerance is set.
pub(super) fn lower_zero(
    actual: Decimal,
    comparison: Comparison,
    target: Decimal,
    rules: &Formulas,
) -> Computed {
    let reached = match comparison {
        Comparison::LessThan => actual < target,
        Comparison::AtLeast | Comparison::AtMost | Comparison::MoreThan | Comparison::Exactly => {
            actual <= target
        }
    };
    if reached || rules.low_tolerance.is_none() {
        return Ok(all_or_nothing(reached));
    }
    lower(actual, target, rules)
}

/// Between two figures.
pub(super) fn range(actual: Decimal, low: Decimal, high: Decimal, rules: &Formulas) -> Computed {
    if actual < low {
        return if low > Decimal::ZERO && actual > Decimal::ZERO {
            proportion(actual, low)
        } else {
            Ok(Percent::ZERO)
        };
    }
    if actual <= high {
        return Ok(Percent::FULL);
    }
    match rules.above_range {
        AboveRange::Full => Ok(Percent::FULL),
        AboveRange::Inverse if high > Decimal::ZERO => proportion(high, actual),
        AboveRange::Inverse | AboveRange::Zero => Ok(Percent::ZERO),
    }
}

/// By a day: in time, or as many days late as the steps of the rulebook allow.
pub(super) fn by_day(done: Option<NaiveDate>, due: NaiveDate, rules: &Formulas) -> Percent {
    let Some(done) = done else { return Percent::ZERO };
    let late = done.signed_duration_since(due).num_days();
    if late <= 0 {
        return Percent::FULL;
    }
    let step = rules.late.iter().find(|step| late <= i64::from(step.days));
    step.map_or(Percent::ZERO, |step| Percent::from(step.percent))
}

/// A point of a scale.
pub(super) fn point(actual: Decimal, target: Decimal, rules: &Formulas) -> Computed {
    let least = rules.least_point.number();
    match rules.scale {
        ScaleRule::OfTarget => higher(actual, target),
        ScaleRule::FromLeast if target <= least => Ok(all_or_nothing(actual >= target)),
        ScaleRule::FromLeast => from_baseline(actual, target, least),
    }
}

/// How much it changed since the baseline, in hundredths of the baseline.
pub(super) fn change(actual: Decimal, baseline: Decimal) -> Result<Decimal, Unjudged> {
    let difference = actual.checked_sub(baseline).ok_or(Unjudged::TooLarge)?;
    if baseline.is_zero() {
        return Err(Unjudged::BaselineIsZero);
    }
    Percent::ratio(difference, baseline.abs()).map(Percent::number).ok_or(Unjudged::TooLarge)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rulebook::{Shipped, shipped};

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn rules() -> Formulas {
        shipped(Shipped::ThreeLevels).unwrap().formulas
    }

    fn shown(computed: Computed) -> String {
        computed.unwrap().shown().to_string()
    }

    #[test]
    fn the_worked_examples_of_the_single_formulas() {
        let rules = rules();
        let linear = Formulas { low_tolerance: Some(Figure::whole(10)), ..rules.clone() };
        let from_least = Formulas { scale: ScaleRule::FromLeast, ..rules.clone() };
        assert_eq!(shown(higher(d("72"), d("80"))), "90.00");
        assert_eq!(shown(from_baseline(d("72"), d("80"), d("50"))), "73.33");
        assert_eq!(shown(lower(d("36"), d("30"), &rules)), "83.33");
        assert_eq!(shown(lower(d("36"), d("30"), &linear)), "40.00");
        assert_eq!(shown(lower_zero(d("0.28"), Comparison::AtMost, d("0"), &rules)), "0.00");
        assert_eq!(shown(lower_zero(d("-3"), Comparison::AtMost, d("0"), &rules)), "100.00");
        assert_eq!(shown(range(d("81"), d("90"), d("100"), &rules)), "90.00");
        assert_eq!(shown(point(d("3.2"), d("3.5"), &rules)), "91.43");
        assert_eq!(shown(point(d("3.2"), d("3.5"), &from_least)), "88.00");
        assert_eq!(change(d("80"), d("50")), Ok(d("60")));
    }

    #[test]
    fn late_days_fall_by_steps_and_the_edges_belong_to_the_better_step() {
        let rules = rules();
        let due: NaiveDate = "2024-06-30".parse().unwrap();
        for (day, percent) in [
            ("2024-06-30", "100.00"),
            ("2024-07-01", "80.00"),
            ("2024-07-15", "80.00"),
            ("2024-07-16", "60.00"),
            ("2024-08-29", "30.00"),
            ("2024-08-30", "0.00"),
        ] {
            assert_eq!(shown(Ok(by_day(Some(day.parse().unwrap()), due, &rules))), percent, "{day}");
        }
        assert_eq!(shown(Ok(by_day(None, due, &rules))), "0.00");
    }

    #[test]
    fn a_target_of_nothing_or_less_is_never_divided_by() {
        let rules = rules();
        assert_eq!(shown(higher(d("-1"), d("-5"))), "100.00");
        assert_eq!(shown(higher(d("-6"), d("-5"))), "0.00");
        assert_eq!(shown(lower(d("1"), d("0"), &rules)), "0.00");
        assert_eq!(shown(lower(d("-1"), d("0"), &rules)), "100.00");
        assert_eq!(from_baseline(d("1"), d("5"), d("5")), Err(Unjudged::BaselineIsTarget));
        assert_eq!(change(d("1"), d("0")), Err(Unjudged::BaselineIsZero));
    }
}
