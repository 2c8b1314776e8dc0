#![expect(clippy::arithmetic_side_effects, reason = "numbers of tests are small")]

use chrono::NaiveDate;
use serde_json::{Value as Json, json};
use uuid::Uuid;

use super::*;
use crate::assignment::AssignmentId;
use crate::measurement::Measurement;
use crate::round::Round;
use crate::unit::UnitId;

/// An id of a kind of thing: 1 units, 2 assignments, 3 objectives, 4 indicators, 5 phases.
pub(crate) fn id(kind: u128, number: u128) -> Uuid {
    Uuid::from_u128((kind << 64) | number)
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A plan of 2024 with two areas, the second part of the first, and these objectives.
pub(crate) fn plan(objectives: &Json) -> PlanDocument {
    serde_json::from_value(json!({
        "format": "traguardo.plan.v1", "comune": "L454",
        "plan": {"id": id(0, 0), "year": 2024, "kind": "standalone", "title": "Piano"},
        "units": [
            {"id": id(1, 0), "code": "A1", "name": "Area 1", "kind": "area", "valid_from": "2020-01-01"},
            {"id": id(1, 1), "code": "A1.1", "name": "Servizio 1", "kind": "service", "valid_from": "2020-01-01", "parent": id(1, 0)},
        ],
        "objectives": objectives,
    }))
    .unwrap()
}

/// An objective with these members beside its id and title, assigned to these units by the same number.
pub(crate) fn objective(number: u128, units: &[u128], members: &Json) -> Json {
    let assignment = |unit: &u128| json!({"id": id(2, number * 10 + unit), "unit": id(1, *unit)});
    let assignments: Vec<Json> = units.iter().map(assignment).collect();
    let mut objective =
        json!({"id": id(3, number), "title": format!("Obiettivo {number}"), "assignments": assignments});
    let parts = objective.as_object_mut().unwrap();
    parts.extend(members.as_object().unwrap().clone());
    objective
}

pub(crate) fn date(text: &str) -> Json {
    json!({"value": {"type": "date", "day": text}})
}

/// An indicator that wants at least so many, due on a day when one is said.
pub(crate) fn indicator(number: u128, target: &str, due: Option<&str>) -> Json {
    json!({"id": id(4, number), "name": format!("Indicatore {number}"), "deadline": due.map(date),
        "target": {"value": {"type": "bound", "comparison": "at_least", "figure": target}}})
}

pub(crate) fn phase(number: u128, due: Option<&str>, indicators: &[Json]) -> Json {
    json!({"id": id(5, number), "title": format!("Fase {number}"), "deadline": due.map(date), "indicators": indicators})
}

pub(crate) fn of_indicator(number: u128) -> Json {
    json!({"type": "indicator", "id": id(4, number)})
}

pub(crate) fn number(figure: &str) -> Json {
    json!({"type": "number", "figure": figure})
}

/// A measurement of something until a day, recorded the next.
pub(crate) fn measured(number: u128, subject: &Json, to: &str, standing: &str, value: &Json) -> Measurement {
    serde_json::from_value(json!({
        "id": id(9, number), "subject": subject, "objective": id(3, 1), "period": {"from": "2024-01-01", "to": to}, "value": value,
        "standing": standing, "origin": "entered", "recorded_at": format!("{}T10:00:00Z", day(to).succ_opt().unwrap()),
        "recorded_by": id(8, 1),
    }))
    .unwrap()
}

pub(crate) fn in_assignment(mut measurement: Measurement, assignment: u128) -> Measurement {
    measurement.facts.assignment = Some(AssignmentId(id(2, assignment)));
    measurement
}

pub(crate) fn round(number: u128, to: &str, window: (&str, &str)) -> Round {
    serde_json::from_value(json!({
        "id": id(7, number), "title": format!("Raccolta {number}"), "period": {"from": "2024-01-01", "to": to},
        "window": {"from": window.0, "to": window.1},
    }))
    .unwrap()
}

pub(crate) const fn unit(number: u128) -> UnitId {
    UnitId(Uuid::from_u128((1 << 64) | number))
}

#[test]
fn a_phase_is_told_by_its_indicators_and_an_objective_by_its_parts() {
    let plan = plan(&json!([
        objective(
            1,
            &[0, 1],
            &json!({"indicators": [indicator(1, "5", None)],
            "phases": [phase(1, None, &[]), phase(2, None, &[indicator(2, "3", None)])]})
        ),
        objective(2, &[0], &json!({})),
    ]));
    let labels: Vec<&str> = measurables(&plan).map(|thing| thing.label()).collect();
    let once = ["Indicatore 1", "Fase 1", "Indicatore 2"];
    assert_eq!(labels, [&once[..], &once[..], &["Obiettivo 2"]].concat());
}

#[test]
fn what_a_value_is_expected_to_be_follows_the_target_and_then_the_formula() {
    let kind = |members: Json| {
        let mut one = json!({"id": id(4, 1), "name": "Quanto"});
        one.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
        let plan = plan(&json!([objective(1, &[0], &json!({"indicators": [one]}))]));
        measurables(&plan).next().unwrap().kind()
    };
    let bound = json!({"value": {"type": "bound", "comparison": "at_least", "figure": "80"}});
    assert_eq!(kind(json!({"target": bound})), ValueKind::Number);
    assert_eq!(kind(json!({"target": bound, "formula": "ratio"})), ValueKind::Ratio);
    assert_eq!(kind(json!({"target": {"value": {"type": "done"}}, "formula": "higher"})), ValueKind::Done);
    assert_eq!(
        kind(json!({"target": {"value": {"type": "by", "deadline": {"type": "month", "month": 11}}}})),
        ValueKind::Day
    );
    assert_eq!(
        kind(json!({"target": {"value": {"type": "by", "deadline": {"type": "legal_term"}}}})),
        ValueKind::Done
    );
    let relative = json!({"type": "relative", "days": 60, "after_part": 1});
    assert_eq!(kind(json!({"target": {"value": {"type": "by", "deadline": relative}}})), ValueKind::Day);
    let of_five = json!({"type": "bound", "comparison": "at_least", "figure": "3.5", "out_of": "5"});
    assert_eq!(kind(json!({"target": {"value": of_five}})), ValueKind::Point);
    let part = json!({"value": {"type": "done"}});
    assert_eq!(kind(json!({"target": {"value": {"type": "parts", "parts": [part]}}})), ValueKind::Parts);
    assert_eq!(kind(json!({"formula": "judgement"})), ValueKind::Judgement);
    assert_eq!(kind(json!({"measure": "euro"})), ValueKind::Number);
    assert_eq!(kind(json!({})), ValueKind::Text);
}

#[test]
fn an_indicator_without_a_deadline_is_due_with_its_phase_and_that_with_its_objective() {
    let due = |own: Option<&str>, of_phase: Option<&str>, whole: Json| {
        let phases = json!([phase(1, of_phase, &[indicator(1, "5", own)])]);
        let plan = plan(&json!([objective(1, &[0], &json!({"phases": phases, "deadline": whole}))]));
        measurables(&plan).next().unwrap().schedule(2024).due().to_string()
    };
    let whole = || date("2024-11-30");
    assert_eq!(due(Some("2024-03-31"), Some("2024-06-30"), whole()), "2024-03-31");
    assert_eq!(due(None, Some("2024-06-30"), whole()), "2024-06-30");
    assert_eq!(due(None, None, whole()), "2024-11-30");
    assert_eq!(due(None, None, Json::Null), "2024-12-31");
}
