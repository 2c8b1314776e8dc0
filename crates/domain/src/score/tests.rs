#![expect(clippy::arithmetic_side_effects, reason = "figures of tests are small")]

use std::collections::HashMap;

use chrono::NaiveDate;
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::{Value as Json, json};
use uuid::Uuid;

use super::*;

use crate::assignment::AssignmentId;
use crate::figure::Figure;
use crate::indicator::IndicatorId;
use crate::measurement::{Subject, Value};
use crate::plan::document::PlanDocument;
use crate::rulebook::{Absence, Rulebook, Shipped, shipped};
use crate::said::Words;

mod any;

fn id(kind: u128, number: usize) -> Uuid {
    Uuid::from_u128((kind << 64) | u128::try_from(number).unwrap())
}

/// One structure with an objective per weight, each with one indicator that wants at least a hundred.
fn plan(weights: &[Json]) -> PlanDocument {
    let objective = |(number, weight): (usize, &Json)| {
        let mut assignment = json!({"id": id(2, number), "unit": id(1, 0)});
        if !weight.is_null() {
            assignment["weight"] = json!({"value": weight});
        }
        json!({
            "id": id(3, number), "title": format!("Obiettivo {number}"), "assignments": [assignment],
            "indicators": [{"id": id(4, number), "name": "Quanto", "formula": "higher", "target": {"value":
                {"type": "bound", "comparison": "at_least", "figure": "100", "measure": "percent"}}}],
        })
    };
    let objectives: Vec<Json> = weights.iter().enumerate().map(objective).collect();
    serde_json::from_value(json!({
        "format": "traguardo.plan.v1", "comune": "L454",
        "plan": {"id": id(0, 0), "year": 2024, "kind": "standalone", "title": "Piano", "scale": [
            {"code": "1", "label": "operativo", "coefficient": "1"},
            {"code": "2", "label": "strategico", "coefficient": "2"}]},
        "units": [{"id": id(1, 0), "code": "A1", "name": "Area 1", "kind": "area", "valid_from": "2020-01-01"}],
        "objectives": objectives,
    }))
    .unwrap()
}

pub(super) fn percents(weights: &[i32]) -> PlanDocument {
    let weights: Vec<Json> =
        weights.iter().map(|weight| json!({"type": "percent", "percent": weight.to_string()})).collect();
    plan(&weights)
}

pub(super) fn results(values: &[Option<i32>]) -> Results {
    let value = |(number, figure): (usize, &Option<i32>)| {
        let figure = Figure::whole((*figure)?);
        let subject = Subject::Indicator(IndicatorId(id(4, number)));
        Some(((subject, None), Value::Number { figure }))
    };
    Results { values: values.iter().enumerate().filter_map(value).collect(), judgements: HashMap::new() }
}

fn rulebook() -> Rulebook {
    shipped(Shipped::ThreeLevels).unwrap()
}

/// A day when everything of the year is due.
pub(super) const AFTER_THE_YEAR: &str = "2025-02-01";

fn after_the_year() -> NaiveDate {
    AFTER_THE_YEAR.parse().unwrap()
}

fn score(plan: &PlanDocument, rulebook: &Rulebook, results: &Results) -> Scored {
    Scorer::new(plan, rulebook, results, after_the_year()).comune()
}

fn shown(scored: &Scored) -> String {
    scored.percent().unwrap().shown().to_string()
}

fn words(text: &str) -> Words {
    Words::parse(text).unwrap()
}

#[test]
fn a_sterilised_objective_leaves_its_weight_to_the_others() {
    let plan = percents(&[10, 10, 10, 10, 30, 30]);
    let mut results = results(&[Some(100), Some(80), Some(90), Some(100), Some(0), Some(100)]);
    assert_eq!(shown(&score(&plan, &rulebook(), &results)), "67.00");
    let effect = Sterilisation::Redistributed;
    let cause = words("Fondi regionali ritirati");
    results.judgements.insert(
        AssignmentId(id(2, 4)),
        Judgement::Sterilised { effect, code: SterilisationCause::FundsWithdrawn, cause },
    );
    let scored = score(&plan, &rulebook(), &results);
    assert_eq!(shown(&scored), "95.71");
    let How::Mean { parts, .. } = &scored.how else { panic!("the comune is a mean") };
    let How::Mean { parts, weight, counted, sum } = &parts[0].scored.how else { panic!("so is a unit") };
    assert_eq!((*weight, *counted, *sum), (Decimal::from(100), Decimal::from(70), Decimal::from(6700)));
    assert_eq!(parts[4].counts, None);
    let judged = parts[4].scored.judged.as_ref().unwrap();
    assert_eq!(judged.computed, Outcome::Reached { percent: Percent::ZERO });
}

#[test]
fn an_exogenous_cause_forgives_its_share_of_what_is_missing_and_the_computed_result_stays() {
    let plan = percents(&[100]);
    let mut results = results(&[Some(40)]);
    let effect = Sterilisation::Exogenous { percent: Figure::whole(50) };
    let judgement = Judgement::Sterilised {
        effect,
        code: SterilisationCause::LawChanged,
        cause: words("Norma cambiata"),
    };
    results.judgements.insert(AssignmentId(id(2, 0)), judgement);
    let scored = score(&plan, &rulebook(), &results);
    assert_eq!(shown(&scored), "70.00");
    let How::Mean { parts, .. } = &scored.how else { panic!() };
    let How::Mean { parts, .. } = &parts[0].scored.how else { panic!() };
    let computed = parts[0].scored.judged.as_ref().unwrap().computed;
    assert_eq!(computed, Outcome::Reached { percent: Percent::of(Decimal::from(40)) });
}

#[test]
fn classes_weigh_as_their_coefficients() {
    let class = |code: &str| json!({"type": "class", "class": code});
    let weights: Vec<Json> = (0..53).map(|number| class(if number < 34 { "1" } else { "2" })).collect();
    let plan = plan(&weights);
    let only = |number: usize| {
        let values: Vec<Option<i32>> = (0..53).map(|at| Some(if at == number { 100 } else { 0 })).collect();
        score(&plan, &rulebook(), &results(&values)).percent().unwrap().number().round_dp(3).to_string()
    };
    assert_eq!(only(0), "1.389");
    assert_eq!(only(52), "2.778");
}

#[test]
fn the_edge_of_a_band_belongs_to_the_band_above() {
    let plan = percents(&[100]);
    let band = |value: i32| {
        let scored = score(&plan, &rulebook(), &results(&[Some(value)]));
        scored.band.unwrap().as_str().to_owned()
    };
    assert_eq!(
        [59, 60, 89, 90].map(band),
        ["non-raggiunto", "parziale", "parziale", "raggiunto"].map(str::to_owned)
    );
}

#[test]
fn nothing_entered_is_not_zero_and_the_rulebook_says_what_it_counts() {
    let plan = percents(&[50, 50]);
    let results = results(&[Some(100), None]);
    assert_eq!(shown(&score(&plan, &rulebook(), &results)), "50.00");
    let mut excluding = rulebook();
    excluding.absences.missing = Absence::Excluded;
    assert_eq!(shown(&score(&plan, &excluding, &results)), "100.00");
    let during = Scorer::new(&plan, &excluding, &results, "2024-06-01".parse().unwrap()).comune();
    let How::Mean { parts, .. } = &during.how else { panic!() };
    let How::Mean { parts, .. } = &parts[0].scored.how else { panic!() };
    assert_eq!(parts[1].scored.outcome, Outcome::Absent { why: Why::NotDue });
}

#[test]
fn without_any_weight_all_weigh_the_same_and_beside_weights_those_without_are_left_out() {
    let values = results(&[Some(100), Some(50)]);
    assert_eq!(shown(&score(&plan(&[Json::Null, Json::Null]), &rulebook(), &values)), "75.00");
    let weighted = json!({"type": "percent", "percent": "10"});
    assert_eq!(shown(&score(&plan(&[Json::Null, weighted]), &rulebook(), &values)), "50.00");
}

proptest! {
    #[test]
    fn a_score_lies_in_its_range_and_can_be_recomputed_from_its_own_tree(
        plan_of in proptest::collection::vec((1i32..100, proptest::option::of(-50i32..300)), 1..12),
    ) {
        let weights: Vec<i32> = plan_of.iter().map(|(weight, _)| *weight).collect();
        let values: Vec<Option<i32>> = plan_of.iter().map(|(_, value)| *value).collect();
        let scored = score(&percents(&weights), &rulebook(), &results(&values));
        match scored.outcome {
            Outcome::Reached { percent } => prop_assert!((Percent::ZERO..=Percent::FULL).contains(&percent)),
            Outcome::Absent { why } => prop_assert!(why == Why::Missing && values.iter().all(Option::is_none)),
        }
        prop_assert_eq!(verify(&scored, &rulebook()), []);
        let written = serde_json::to_string(&scored).unwrap();
        prop_assert_eq!(serde_json::from_str::<Scored>(&written).unwrap(), scored);
    }

    #[test]
    fn more_of_a_good_thing_never_lowers_it_and_the_order_of_siblings_does_not_matter(
        plan_of in proptest::collection::vec((1i32..100, 0i32..150), 1..10), which in 0usize..10, more in 0i32..50,
    ) {
        let weights: Vec<i32> = plan_of.iter().map(|(weight, _)| *weight).collect();
        let values: Vec<Option<i32>> = plan_of.iter().map(|(_, value)| Some(*value)).collect();
        let before = score(&percents(&weights), &rulebook(), &results(&values)).percent().unwrap();
        let mut raised = values.clone();
        let which = which % raised.len();
        raised[which] = raised[which].map(|value| value + more);
        let after = score(&percents(&weights), &rulebook(), &results(&raised)).percent().unwrap();
        prop_assert!(after >= before);
        let (mut weights, mut values) = (weights, values);
        weights.reverse();
        values.reverse();
        let turned = score(&percents(&weights), &rulebook(), &results(&values)).percent().unwrap();
        prop_assert_eq!(turned, before);
    }

    #[test]
    fn leaving_one_out_is_the_score_of_the_others(
        plan_of in proptest::collection::vec((1i32..100, 0i32..100), 2..10), which in 0usize..10,
    ) {
        let which = which % plan_of.len();
        let weights: Vec<i32> = plan_of.iter().map(|(weight, _)| *weight).collect();
        let values: Vec<Option<i32>> = plan_of.iter().map(|(_, value)| Some(*value)).collect();
        let mut without = results(&values);
        let judgement = Judgement::NotEvaluable { reason: words("Dati assenti") };
        without.judgements.insert(AssignmentId(id(2, which)), judgement);
        let left_out = score(&percents(&weights), &rulebook(), &without).percent();
        let (mut fewer_weights, mut fewer_values) = (weights, values);
        fewer_weights.remove(which);
        fewer_values.remove(which);
        let fewer = score(&percents(&fewer_weights), &rulebook(), &results(&fewer_values)).percent();
        prop_assert_eq!(left_out, fewer);
    }
}
