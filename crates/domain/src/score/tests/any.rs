//! Any plan, by any rulebook: the score is what another hand works out, and keeps its promises.

use proptest::prelude::*;
use serde_json::json;

use super::*;

mod naive;
mod spec;
mod written;

use naive::{Absent, Pencil};
use spec::{Got, Spec, Wants, spec};
use written::written;

fn told(scored: &Scored) -> naive::Result {
    match scored.outcome {
        Outcome::Reached { percent } => Ok(percent.number()),
        Outcome::Absent { why } => Err(match why {
            Why::Missing => Absent::Missing,
            Why::NotDue => Absent::NotDue,
            Why::NotApplicable => Absent::NotApplicable,
            Why::NotEvaluable { .. } => Absent::NotEvaluable,
            Why::Sterilised => Absent::Sterilised,
            Why::NothingCounts => Absent::Nothing,
        }),
    }
}

fn comune(spec: &Spec) -> Scored {
    let written = written(spec);
    Scorer::new(&written.plan, &written.rulebook, &written.results, written.at).comune()
}

/// The first figure of the plan that is more of a good thing, made more.
fn with_more(spec: &Spec, more: i32) -> Spec {
    let mut spec = spec.clone();
    for objective in &mut spec.objectives {
        let below = objective.phases.iter_mut().flat_map(|phase| phase.indicators.iter_mut());
        for indicator in below.chain(objective.indicators.iter_mut()) {
            let good = matches!(
                indicator.wants,
                Wants::Higher(_) | Wants::Ratio(_) | Wants::Scale(_) | Wants::Threshold(_) | Wants::Milestone
            );
            if let (true, Some(Got::Number(number))) = (good, &mut indicator.got) {
                *number += more;
                return spec;
            }
        }
    }
    spec
}

fn turned(spec: &Spec) -> Spec {
    let mut spec = spec.clone();
    spec.objectives.reverse();
    for objective in &mut spec.objectives {
        objective.phases.reverse();
        objective.indicators.reverse();
        objective.phases.iter_mut().for_each(|phase| phase.indicators.reverse());
    }
    spec
}

/// The values so many steps away from one, on both sides.
fn beside(value: &Value, steps: u32) -> Vec<Value> {
    let steps_of = |step: Decimal| step * Decimal::from(steps);
    let beside = |figure: Figure, step: Decimal| {
        [figure.number() - step, figure.number() + step].map(|number| Figure::new(number).unwrap())
    };
    match value {
        Value::Number { figure } => {
            beside(*figure, steps_of(Decimal::new(1, 6))).map(|figure| Value::Number { figure }).to_vec()
        }
        Value::Ratio { numerator, denominator } => {
            let denominator = *denominator;
            let sides = beside(*numerator, steps_of(Decimal::ONE));
            sides.map(|numerator| Value::Ratio { numerator, denominator }).to_vec()
        }
        Value::Day { day, since } => {
            let later =
                day.and_then(|day| day.checked_add_days(chrono::Days::new(steps.min(100_000).into())));
            vec![Value::Day { day: later, since: *since }]
        }
        Value::Done { .. } => vec![Value::Done { done: false }],
        Value::Point { .. }
        | Value::Judgement { .. }
        | Value::Parts { .. }
        | Value::Text { .. }
        | Value::NotApplicable { .. }
        | Value::NotEvaluable { .. } => panic!("{value:?} was not asked for"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_score_is_what_another_hand_works_out_digit_by_digit(spec in spec()) {
        let (written, pencil) = (written(&spec), Pencil(&spec));
        let scorer = Scorer::new(&written.plan, &written.rulebook, &written.results, written.at);
        let assigned: Vec<_> = scorer.all().assignments.iter().map(|one| told(&one.scored)).collect();
        prop_assert_eq!(assigned, pencil.assignments());
        prop_assert_eq!(told(&scorer.comune()), pencil.comune());
        for (number, unit) in written.plan.units.iter().enumerate() {
            prop_assert_eq!(scorer.unit(unit).as_ref().map(told), pencil.unit(number));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_tree_is_verified_explained_written_and_read(spec in spec()) {
        let written = written(&spec);
        let all = Scorer::new(&written.plan, &written.rulebook, &written.results, written.at).all();
        prop_assert_eq!(verify(&all.comune, &written.rulebook), []);
        let units = all.units.iter().map(|(_, scored)| scored);
        for scored in units.chain(all.assignments.iter().map(|one| &one.scored)).chain([&all.comune]) {
            let sentences = explain(scored, &written.rulebook);
            prop_assert!(sentences.iter().all(|one| one.ends_with('.') && !one.contains("  ")), "{sentences:?}");
            let stored = serde_json::from_value::<Scored>(json!(scored)).unwrap();
            prop_assert_eq!(&stored, scored);
        }
    }

    #[test]
    fn a_score_lies_between_nothing_and_the_cap(spec in spec()) {
        let percent = comune(&spec).percent();
        let cap = Percent::of(Decimal::from(spec.rules.cap));
        prop_assert!(percent.is_none_or(|percent| (Percent::ZERO..=cap).contains(&percent)));
    }

    #[test]
    fn more_of_a_good_thing_never_lowers_any_score(spec in spec(), more in 0i32..500) {
        let (before, after) = (comune(&spec).percent(), comune(&with_more(&spec, more)).percent());
        prop_assert!(after >= before);
    }

    #[test]
    fn the_value_suggested_reaches_the_band_and_the_next_worse_one_does_not(spec in spec()) {
        let written = written(&spec);
        let scorer = Scorer::new(&written.plan, &written.rulebook, &written.results, written.at);
        for one in scorer.all().assignments {
            let Some(next) = scorer.next_band(one.objective, one.assignment) else { continue };
            for way in next.ways {
                let Reach::With(value) = way.reach else { continue };
                let key = (Subject::Indicator(way.indicator), Some(one.assignment.id));
                let reaches = |value: Value| {
                    let mut results = written.results.clone();
                    results.values.insert(key, value);
                    let scorer = Scorer::new(&written.plan, &written.rulebook, &results, written.at);
                    let percent = scorer.assignment(one.objective, one.assignment).percent();
                    percent.is_some_and(|percent| percent >= next.needs)
                };
                prop_assert!(reaches(value.clone()), "{value:?}");
                if one.scored.judged.is_none() {
                    let reaches_beside = |steps| beside(&value, steps).into_iter().all(reaches);
                    // Unless anything would do.
                    prop_assert!(!reaches_beside(1) || reaches_beside(1_000_000_000), "{value:?}");
                }
            }
        }
    }

    #[test]
    fn siblings_may_stand_in_any_order(spec in spec()) {
        prop_assert_eq!(told(&comune(&turned(&spec))), told(&comune(&spec)));
    }
}
