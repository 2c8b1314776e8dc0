//! What was reached counts a hundred, what was missed less, whatever was expected.

use serde_json::json;
use traguardo_domain::objective::ObjectiveId;
use traguardo_domain::rulebook::{Shipped, shipped};
use traguardo_domain::score::{Expected, Percent};
use uuid::Uuid;

use super::*;

fn indicators() -> Vec<Indicator> {
    let bound = |comparison: &str, figure: &str, measure: &str| json!({"value": {"type": "bound", "comparison": comparison, "figure": figure, "measure": measure}});
    let date = json!({"type": "date", "day": "2024-06-30"});
    [
        (json!("higher"), bound("at_least", "90", "percent")),
        (json!("ratio"), bound("at_least", "80", "percent")),
        (json!("count"), bound("at_least", "15", "number")),
        (json!("lower"), bound("at_most", "30", "days")),
        (json!("lower_zero"), bound("at_most", "0", "days")),
        (json!("milestone"), bound("exactly", "100", "percent")),
        (json!("frequency"), json!({"value": {"type": "text"}})),
        (json!(null), json!({"value": {"type": "range", "low": "90", "low_included": true, "high": "100", "high_included": true}})),
        (json!(null), json!({"value": {"type": "fraction", "comparison": "at_least", "numerator": "1", "denominator": "3"}})),
        (json!(null), json!({"value": {"type": "done"}})),
        (json!("date"), json!({"value": {"type": "by", "deadline": date}})),
        (json!("composite"), json!({"value": {"type": "parts", "parts": [{"value": {"type": "done"}}, {"value": {"type": "by", "deadline": date}}]}})),
        (json!(null), json!({"value": {"type": "text"}})),
    ]
    .into_iter()
    .map(|(formula, target)| {
        let mut indicator = json!({"id": Uuid::nil(), "name": "Indicatore", "target": target});
        if !formula.is_null() {
            indicator["formula"] = formula;
        }
        serde_json::from_value(indicator).unwrap()
    })
    .collect()
}

fn counted(indicator: &Indicator, fate: Fate) -> Percent {
    let target = indicator.facts.target.as_ref().map(|said| &said.value);
    let due =
        target.and_then(|target| if let Target::By { deadline } = target { Some(deadline) } else { None });
    let path = String::new();
    let objective = ObjectiveId(Uuid::nil());
    let subject = Subject {
        number: 1,
        path,
        objective,
        assignment: None,
        indicator: Some(indicator),
        due,
        is_of_head: false,
    };
    let value = value(&subject, fate, 2024, Quarter::Fourth).unwrap();
    let expected = Expected {
        formula: indicator.facts.formula,
        direction: None,
        target,
        baseline: None,
        due: subject.due_day(2024),
    };
    let rules = shipped(Shipped::ThreeLevels).unwrap().formulas;
    expected.achieved(&value, &rules).unwrap_or_else(|why| panic!("{indicator:?} {value:?}: {why:?}")).percent
}

#[test]
fn what_was_reached_counts_a_hundred_and_what_was_missed_less() {
    for indicator in indicators() {
        assert_eq!(counted(&indicator, Fate::Reached), Percent::FULL, "{indicator:?}");
        assert_eq!(counted(&indicator, Fate::Exceeded), Percent::FULL, "{indicator:?}");
        assert!(counted(&indicator, Fate::Missed) < Percent::FULL, "{indicator:?}");
    }
}

#[test]
fn a_value_with_a_digit_too_few_is_another_value() {
    let number = |text: &str| Value::Number { figure: Figure::parse(text).unwrap() };
    assert_eq!(mistaken(&number("80")), Some(number("8")));
    assert_eq!(mistaken(&Value::Day { day: None, since: None }), None);
}
