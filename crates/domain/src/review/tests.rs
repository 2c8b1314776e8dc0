//! Small plans, written as they travel, for the tests of the rules.

use std::ops::RangeFrom;

use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::*;
use crate::unit::UnitId;
use crate::vocabulary::Vocabulary as _;

mod any;
mod codes;
mod copies;
mod law;
mod links;
mod measured;
mod targets;
mod times;
mod weights;

/// The id of the unit that stands at a place of the tests' plans.
fn unit_id(at: u64) -> UnitId {
    UnitId(Uuid::from_u128(u128::from(at).saturating_add(1)))
}

/// A plan of a year with these structures, each a code and a name, and these objectives. Ids are given, an assignment names
/// its unit by its place, and `in` is short for an assignment to one unit: `"in": 0`.
fn plan(year: i32, units: &[(&str, &str)], objectives: Value) -> PlanDocument {
    let units: Vec<Value> = units
        .iter()
        .zip(0..)
        .map(|((code, name), at)| json!({"id": unit_id(at), "code": code, "name": name, "kind": "area", "valid_from": "2020-01-01"}))
        .collect();
    let header = json!({"id": Uuid::nil(), "year": year, "kind": "standalone", "title": "Piano"});
    let mut document = json!({
        "format": "traguardo.plan.v1", "comune": "L454", "plan": header, "units": units
    });
    document["objectives"] = objectives;
    identify(&mut document, &mut (1000..));
    serde_json::from_value(document).unwrap()
}

/// A plan of 2025 with one structure.
fn small(objectives: Value) -> PlanDocument {
    plan(2025, &[("S.A", "Settore amministrativo")], objectives)
}

fn identify(value: &mut Value, next: &mut RangeFrom<u128>) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| identify(item, next)),
        Value::Object(members) => {
            if let Some(unit) = members.remove("in") {
                let weight = members.remove("weight");
                let mut assignment = Map::from_iter([("unit".to_owned(), unit)]);
                assignment.extend(weight.map(|weight| ("weight".to_owned(), weight)));
                members.insert("assignments".to_owned(), json!([assignment]));
            }
            for (name, list) in members.iter_mut() {
                if ["units", "sections", "objectives", "phases", "indicators", "assignments"]
                    .contains(&name.as_str())
                {
                    for item in list.as_array_mut().unwrap() {
                        if item.get("id").is_none() {
                            item["id"] = json!(Uuid::from_u128(next.next().unwrap()));
                        }
                    }
                }
                identify(list, next);
            }
            if let Some(unit) = members.get_mut("unit").filter(|unit| unit.is_u64()) {
                *unit = json!(unit_id(unit.as_u64().unwrap()));
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// A weight of so many per cent.
fn percent(percent: &str) -> Value {
    json!({"words": format!("{percent}%"), "value": {"type": "percent", "percent": percent}})
}

/// Something said in these words and understood so.
fn said(words: &str, value: Value) -> Value {
    [("words", json!(words)), ("value", value)].into_iter().collect()
}

/// A deadline on a day.
fn by(day: &str) -> Value {
    said(day, json!({"type": "date", "day": day}))
}

/// An indicator with a target that can be measured.
fn measured(name: &str) -> Value {
    let target = json!({"type": "bound", "comparison": "at_least", "figure": "90", "measure": "percent"});
    json!({"name": name, "target": said("almeno 90%", target)})
}

/// The findings of one rule.
fn of(document: &PlanDocument, code: &str) -> Vec<Finding> {
    let code = FindingCode::from_word(code).unwrap();
    review(document, &Context::default()).into_iter().filter(|finding| finding.code == code).collect()
}

/// Where one rule strikes.
fn places(document: &PlanDocument, code: &str) -> Vec<String> {
    of(document, code).into_iter().map(|finding| finding.place.pointer).collect()
}

#[test]
fn findings_come_in_the_order_of_the_document_and_name_the_nouns_they_pass_through() {
    let impossible = said(
        "31.06.2025",
        json!({"type": "impossible", "written_day": 31, "written_month": 6, "written_year": 2025}),
    );
    let document = small(json!([
        {"title": "Primo", "in": 0, "weight": percent("50"), "phases": [
            {"title": "Fase", "indicators": [{"name": "Atti", "deadline": impossible}]}]},
        {"title": "Secondo", "in": 0, "weight": percent("40"), "deadline": impossible},
    ]));
    let found = review(&document, &Context::default());
    let pointers: Vec<&str> = found.iter().map(|finding| finding.place.pointer.as_str()).collect();
    let at = |pointer: &str| pointers.iter().position(|found| *found == pointer).unwrap();
    assert_eq!(at(""), 0);
    assert!(at("/units/0") < at("/objectives/0/phases/0/indicators/0/deadline"));
    assert!(at("/objectives/0/phases/0/indicators/0/deadline") < at("/objectives/1/deadline"));
    let inner = &found[at("/objectives/0/phases/0/indicators/0/deadline")].place;
    let objective = &document.objectives[0];
    assert_eq!(inner.objective, Some(objective.id));
    assert_eq!(inner.phase, Some(objective.facts.phases[0].id));
    assert_eq!(inner.indicator, Some(objective.facts.phases[0].facts.indicators[0].id));
    assert_eq!(inner.unit, Some(unit_id(0)));
}

#[test]
fn every_rule_has_a_title_and_the_checks_of_law_name_their_law() {
    for code in FindingCode::all() {
        assert!(!code.title().is_empty());
        assert!(code.law().is_some() || code.word().starts_with('E'), "{code:?}");
    }
    assert_eq!(FindingCode::all().len(), 25 + 14);
}

#[test]
fn a_finding_travels_without_what_it_does_not_have() {
    let found = of(&small(json!([{"title": "Primo", "in": 0}])), "E05");
    let written = serde_json::to_value(&found[0]).unwrap();
    assert_eq!(written["code"], "E05");
    assert_eq!(written["severity"], "notice");
    assert_eq!(written["place"], json!({"pointer": ""}));
    assert!(written.get("words").is_none());
}

#[test]
fn an_empty_plan_has_no_findings() {
    assert_eq!(review(&small(json!([])), &Context::default()), []);
}
