use chrono::NaiveDate;
use uuid::Uuid;

use super::*;
use crate::figure::Figure;
use crate::rulebook::{Shipped, shipped};
use crate::score::Scorer;
use crate::score::tests::{AFTER_THE_YEAR, percents, results};

fn differences(changes: &Changes) -> Vec<(String, String, Option<String>)> {
    let (plan, rulebook) = (percents(&[50, 50]), shipped(Shipped::ThreeLevels).unwrap());
    let results = results(&[Some(80), Some(60)]);
    let at: NaiveDate = AFTER_THE_YEAR.parse().unwrap();
    let supposed = changes.applied(&plan, &rulebook, &results).unwrap();
    let before = Scorer::new(&plan, &rulebook, &results, at).all();
    let after = Scorer::new(&supposed.plan, &supposed.rulebook, &supposed.results, at).all();
    let told = |delta: Delta| {
        let band = delta.band_after.filter(|band| Some(band) != delta.band_before.as_ref());
        (
            delta.node.label,
            delta.difference.unwrap().normalize().to_string(),
            band.map(|band| band.as_str().to_owned()),
        )
    };
    deltas(&before, &after).into_iter().map(told).collect()
}

fn told(label: &str, difference: &str, band: Option<&str>) -> (String, String, Option<String>) {
    (label.to_owned(), difference.to_owned(), band.map(str::to_owned))
}

#[test]
fn nothing_changed_changes_nothing() {
    let same = [told("Piano", "0", None), told("Area 1", "0", None)];
    assert_eq!(differences(&Changes::default()), same);
}

#[test]
fn weights_targets_values_and_rulebook_are_supposed_one_by_one() {
    let plan = percents(&[50, 50]);
    let facts = |index: usize| &plan.objectives[index].facts;
    let weight = Weight::Percent { percent: Figure::whole(150) };
    let weights =
        Changes { weights: HashMap::from([(facts(0).assignments[0].id, weight)]), ..Changes::default() };
    assert_eq!(differences(&weights), [told("Piano", "5", None), told("Area 1", "5", None)]);
    let target = Target::Bound {
        comparison: crate::measure::Comparison::AtLeast,
        figure: Figure::whole(80),
        out_of: None,
        measure: None,
    };
    let targets =
        Changes { targets: HashMap::from([(facts(0).indicators[0].id, target)]), ..Changes::default() };
    assert_eq!(
        differences(&targets),
        [told("Piano", "10", None), told("Area 1", "10", None), told("Obiettivo 0", "20", Some("raggiunto"))]
    );
    let key = (Subject::Indicator(facts(1).indicators[0].id), Some(facts(1).assignments[0].id));
    let value = Value::Number { figure: Figure::whole(100) };
    let values = Changes { values: HashMap::from([(key, value)]), ..Changes::default() };
    assert_eq!(
        differences(&values),
        [
            told("Piano", "20", Some("raggiunto")),
            told("Area 1", "20", Some("raggiunto")),
            told("Obiettivo 1", "40", Some("raggiunto"))
        ]
    );
    let binary = Changes { rulebook: Some(shipped(Shipped::Binary).unwrap()), ..Changes::default() };
    assert_eq!(
        differences(&binary),
        [
            told("Piano", "-70", Some("non-raggiunto")),
            told("Area 1", "-70", Some("non-raggiunto")),
            told("Obiettivo 0", "0", Some("non-raggiunto")),
            told("Obiettivo 1", "0", Some("non-raggiunto"))
        ]
    );
}

#[test]
fn what_names_nothing_in_the_plan_is_a_fault() {
    let plan = percents(&[50, 50]);
    let nobody = Uuid::from_u128(99);
    let facts = |index: usize| &plan.objectives[index].facts;
    let value = Value::Done { done: true };
    let changes = Changes {
        weights: HashMap::from([(AssignmentId(nobody), Weight::Unclear)]),
        targets: HashMap::from([(IndicatorId(nobody), Target::Done)]),
        // The indicator of one objective in the assignment of another.
        values: HashMap::from([(
            (Subject::Indicator(facts(0).indicators[0].id), Some(facts(1).assignments[0].id)),
            value,
        )]),
        rulebook: None,
    };
    let refused = changes.applied(&plan, &shipped(Shipped::Binary).unwrap(), &Results::default());
    let Err(Violation::Invalid(faults)) = refused else { panic!() };
    assert_eq!(faults.len(), 3);
    assert!(faults.iter().all(|fault| fault.kind == FaultKind::UnknownReference));
}
