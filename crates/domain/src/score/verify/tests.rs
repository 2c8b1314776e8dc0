use std::collections::HashMap;

use serde_json::{Value as Json, json};

use super::*;
use crate::rulebook::{Shipped, shipped};
use crate::score::Scorer;
use crate::score::tests::{AFTER_THE_YEAR, percents, results};

fn scored(judgement: &Json) -> Scored {
    let plan = percents(&[10, 10, 10, 10, 30, 30]);
    let mut results = results(&[Some(100), Some(80), Some(90), Some(100), Some(0), Some(33)]);
    let of = plan.objectives[4].facts.assignments[0].id;
    results.judgements = HashMap::from([(of, serde_json::from_value(judgement.clone()).unwrap())]);
    let rulebook = shipped(Shipped::FourLevels).unwrap();
    Scorer::new(&plan, &rulebook, &results, AFTER_THE_YEAR.parse().unwrap()).comune()
}

/// What is found after one word of the stored tree was changed.
fn spoiled(pointer: &str, to: &Json) -> Vec<(usize, Checked, String, String)> {
    let judgement =
        json!({"type": "sterilised", "effect": {"type": "exogenous", "percent": "50"}, "cause": "Fondi"});
    let mut stored = serde_json::to_value(scored(&judgement)).unwrap();
    *stored.pointer_mut(pointer).unwrap() = to.clone();
    let stored: Scored = serde_json::from_value(stored).unwrap();
    let found = verify(&stored, &shipped(Shipped::FourLevels).unwrap());
    found.into_iter().map(|one| (one.path.len(), one.what, one.expected, one.stands)).collect()
}

#[test]
fn what_was_computed_is_right_whatever_was_judged() {
    for judgement in [
        json!({"type": "certified"}),
        json!({"type": "override", "percent": "75.5", "reason": "Contraddittorio"}),
        json!({"type": "not_evaluable", "reason": "Dati assenti"}),
        json!({"type": "sterilised", "effect": {"type": "redistributed"}, "cause": "Fondi ritirati"}),
        json!({"type": "sterilised", "effect": {"type": "frozen", "percent": "33.3"}, "cause": "Fondi ritirati"}),
        json!({"type": "sterilised", "effect": {"type": "exogenous", "percent": "50"}, "cause": "Fondi ritirati"}),
    ] {
        let scored = scored(&judgement);
        assert_eq!(verify(&scored, &shipped(Shipped::FourLevels).unwrap()), []);
        assert_eq!(scored.nodes(), 1 + 1 + 6 + 6);
    }
}

#[test]
fn a_figure_changed_after_the_fact_is_found_where_it_stands() {
    let told =
        |depth, what, expected: &str, stands: &str| (depth, what, expected.to_owned(), stands.to_owned());
    let unit = "/how/parts/0/scored";
    let fifth = format!("{unit}/how/parts/4");
    assert_eq!(
        spoiled(&format!("{unit}/how/weight"), &json!("101")),
        [told(2, Checked::Weight, "100", "101")]
    );
    assert_eq!(
        spoiled(&format!("{fifth}/scored/judged/judgement/effect/percent"), &json!("40")),
        [told(3, Checked::Outcome, "40", "50")]
    );
    assert_eq!(spoiled(&format!("{fifth}/counts"), &json!("50.000000000001"))[0].1, Checked::Counts);
    assert_eq!(
        spoiled(&format!("{unit}/band"), &json!("pieno")),
        [told(2, Checked::Band, "parziale", "pieno")]
    );
    assert_eq!(
        spoiled(&format!("{unit}/how/parts/1/scored/how/parts/0/scored/how/uncapped"), &json!("80.5")),
        [told(4, Checked::Computed, "80.5", "80")]
    );
}

#[test]
fn another_rulebook_gives_another_result() {
    let scored = scored(&json!({"type": "certified"}));
    let found = verify(&scored, &shipped(Shipped::Binary).unwrap());
    assert!(found.iter().any(|one| one.what == Checked::Band));
    assert!(found.iter().any(|one| one.what == Checked::Counts));
}
