use serde_json::{Value as Json, json};

use super::*;
use crate::measurement::Subject;
use crate::rulebook::{Rulebook, Shipped, shipped};
use crate::score::tests::{AFTER_THE_YEAR, percents};

/// What an only indicator has to be for its objective to reach the next band.
fn enough(facts: &Json, now: &Json, rulebook: &Rulebook) -> Json {
    let mut plan = percents(&[100]);
    let mut written = json!({"id": plan.objectives[0].facts.indicators[0].id, "name": "Quanto"});
    written.as_object_mut().unwrap().extend(facts.as_object().unwrap().clone());
    plan.objectives[0].facts.indicators = vec![serde_json::from_value(written).unwrap()];
    let mut known = Results::default();
    let subject = Subject::Indicator(plan.objectives[0].facts.indicators[0].id);
    if !now.is_null() {
        known.values.insert((subject, None), serde_json::from_value(now.clone()).unwrap());
    }
    let scorer = Scorer::new(&plan, rulebook, &known, AFTER_THE_YEAR.parse().unwrap());
    let objective = &plan.objectives[0];
    let next = scorer.next_band(objective, &objective.facts.assignments[0]).unwrap();
    match &next.ways[0].reach {
        Reach::With(value) => json!(value),
        Reach::Unreachable => json!("unreachable"),
    }
}

fn bound(comparison: &str, figure: &str) -> Json {
    json!({"value": {"type": "bound", "comparison": comparison, "figure": figure, "measure": "percent"}})
}

fn number(figure: &str) -> Json {
    json!({"type": "number", "figure": figure})
}

#[test]
fn each_formula_is_turned_round() {
    let three = shipped(Shipped::ThreeLevels).unwrap();
    let by = json!({"value": {"type": "by", "deadline": {"type": "date", "day": "2024-06-30"}}});
    let base = json!({"year": 2023, "figure": "50"});
    let change = json!({"value": {"type": "change", "comparison": "at_least", "figure": "60"}});
    let range = json!({"value": {"type": "range", "low": "90", "low_included": true, "high": "100", "high_included": true}});
    for (facts, now, then) in [
        (json!({"formula": "higher", "target": bound("at_least", "80")}), number("60"), number("72")),
        (json!({"formula": "higher", "target": bound("at_least", "80")}), number("10"), number("48")),
        (json!({"formula": "higher", "target": bound("at_least", "80")}), Json::Null, number("48")),
        (json!({"formula": "lower", "target": bound("at_most", "36")}), number("50"), number("40")),
        (json!({"formula": "lower_zero", "target": bound("at_most", "0")}), number("0.28"), number("0")),
        (
            json!({"formula": "higher_from_baseline", "baseline": base, "target": bound("at_least", "80")}),
            number("70"),
            number("77"),
        ),
        (json!({"formula": "variation", "baseline": base, "target": change}), number("70"), number("77")),
        (json!({"formula": "count", "target": bound("at_least", "15")}), number("10"), number("14")),
        (
            json!({"formula": "scale", "target": bound("at_least", "3.5")}),
            json!({"type": "point", "figure": "3"}),
            json!({"type": "point", "figure": "3.15"}),
        ),
        (json!({"formula": "range", "target": range}), number("70"), number("81")),
        (json!({"formula": "range", "target": range}), number("120"), number("100")),
        (json!({"formula": "threshold", "target": bound("more_than", "5")}), number("5"), number("5.000001")),
        (
            json!({"formula": "ratio", "target": bound("at_least", "80")}),
            json!({"type": "ratio", "numerator": "20", "denominator": "33"}),
            json!({"type": "ratio", "numerator": "24", "denominator": "33"}),
        ),
        (
            json!({"formula": "frequency"}),
            json!({"type": "ratio", "numerator": "3", "denominator": "4"}),
            json!({"type": "ratio", "numerator": "4", "denominator": "4"}),
        ),
        (
            json!({"formula": "date", "target": by}),
            json!({"type": "day", "day": "2024-07-10"}),
            json!({"type": "day", "day": "2024-06-30"}),
        ),
        (
            json!({"formula": "date", "target": by}),
            json!({"type": "day", "day": "2024-09-30"}),
            json!({"type": "day", "day": "2024-07-30"}),
        ),
        (
            json!({"formula": "boolean", "target": {"value": {"type": "done"}}}),
            json!({"type": "done", "done": false}),
            json!({"type": "done", "done": true}),
        ),
    ] {
        assert_eq!(enough(&facts, &now, &three), then, "{facts} {now}");
    }
}

#[test]
fn a_band_decided_on_what_is_shown_is_reached_a_little_earlier() {
    let mut rulebook = shipped(Shipped::ThreeLevels).unwrap();
    rulebook.band_on = BandOn::Shown;
    let facts = json!({"formula": "higher", "target": bound("at_least", "80")});
    assert_eq!(enough(&facts, &number("60"), &rulebook), number("71.996"));
}

#[test]
fn what_no_value_reaches_is_said() {
    let plan = percents(&[100]);
    let objective = &plan.objectives[0];
    let assignment = &objective.facts.assignments[0];
    let mut known = crate::score::tests::results(&[Some(40)]);
    let judgement = json!({"type": "override", "percent": "50", "reason": "Prova"});
    known.judgements.insert(assignment.id, serde_json::from_value(judgement).unwrap());
    let rulebook = shipped(Shipped::ThreeLevels).unwrap();
    let scorer = Scorer::new(&plan, &rulebook, &known, AFTER_THE_YEAR.parse().unwrap());
    let next = scorer.next_band(objective, assignment).unwrap();
    assert_eq!((next.needs.to_string(), next.missing), ("60".to_owned(), Some(Decimal::from(10))));
    assert_eq!(next.ways[0].reach, Reach::Unreachable);
    known.judgements.clear();
    known.values.clear();
    let full = crate::score::tests::results(&[Some(95)]);
    let scorer = Scorer::new(&plan, &rulebook, &full, AFTER_THE_YEAR.parse().unwrap());
    assert_eq!(scorer.next_band(objective, assignment), None);
}

#[test]
fn where_however_bad_a_value_would_do_the_best_is_told() {
    let mut plan = percents(&[100]);
    let facts = &mut plan.objectives[0].facts;
    let mut asked = json!(facts.indicators.remove(0));
    (asked["formula"], asked["target"]) = (json!("higher"), bound("at_least", "80"));
    // It weighs nothing: measured, its phase counts nothing; not evaluable, the phase counts zero.
    asked["weight"] = json!({"value": {"type": "percent", "percent": "0"}});
    let phase = |number: u32, weight: &str, indicators: &[&Json]| {
        let id = format!("0193a5c0-0000-7000-8000-00000000000{number}");
        let weight = json!({"value": {"type": "percent", "percent": weight}});
        json!({"id": id, "title": "Fase", "weight": weight, "indicators": indicators})
    };
    facts.phases = serde_json::from_value(json!([phase(1, "75", &[]), phase(2, "25", &[&asked])])).unwrap();
    let (judged, asked) = (facts.phases[0].id, facts.phases[1].facts.indicators[0].id);
    let mut rulebook = json!(shipped(Shipped::ThreeLevels).unwrap());
    rulebook["absences"]["not_evaluable"] = json!("zero");
    let rulebook: Rulebook = serde_json::from_value(rulebook).unwrap();
    let objective = &plan.objectives[0];
    let next_when = |value: Json| {
        let judgement = json!({"type": "judgement", "percent": "100"});
        let subjects = [(Subject::Phase(judged), judgement), (Subject::Indicator(asked), value)];
        let values =
            subjects.map(|(subject, value)| ((subject, None), serde_json::from_value(value).unwrap()));
        let known = Results { values: values.into_iter().collect(), ..Results::default() };
        let scorer = Scorer::new(&plan, &rulebook, &known, AFTER_THE_YEAR.parse().unwrap());
        scorer.next_band(objective, &objective.facts.assignments[0])
    };
    let next = next_when(json!({"type": "not_evaluable", "reason": "Prova"})).unwrap();
    assert_eq!((next.needs.to_string(), next.missing), ("90".to_owned(), Some(Decimal::from(15))));
    let best =
        serde_json::from_value(number(&format!("{}", rulebook.formulas.cap.number() * Decimal::new(8, 1))))
            .unwrap();
    assert_eq!(next.ways[0].reach, Reach::With(best));
    assert_eq!(next_when(number("-999999999999999")), None, "however bad, it would be in the highest band");
}
