use proptest::prelude::*;
use serde_json::{Value, json};
use traguardo_domain::Faults;
use traguardo_domain::plan::canonical::canonical;

use super::*;

/// The document a JSON value says, or its faults as `pointer: words`.
fn read(value: &Value) -> Result<PlanDocument, Vec<String>> {
    let body: PlanBody = serde_json::from_value(value.clone()).map_err(|error| vec![error.to_string()])?;
    let mut faults = Faults::new();
    let mut ids = (1u128..).map(Uuid::from_u128);
    let mut fresh = || ids.next().unwrap();
    let document = body.read(&mut Reader::new(&mut faults), &Before::default(), &mut fresh);
    let lines = |faults: Vec<traguardo_domain::Fault>| {
        faults.into_iter().map(|fault| format!("{}: {}", fault.pointer, fault.detail)).collect()
    };
    faults.finish(document).map_err(lines)
}

fn texts() -> impl Strategy<Value = String> {
    prop_oneof!["[A-Za-zàèìòù0-9 .,;:()%/<>=-]{0,40}[a-z]", "[a-z]{1,8}\n[a-z]{1,8}"]
}

fn lines() -> impl Strategy<Value = String> {
    "[A-Za-zàèìòù0-9.,;:()%/<>=-]{1,20}( [a-z]{1,10}){0,3}"
}

fn figures() -> impl Strategy<Value = String> {
    (-10_000i64..10_000, 0u32..100).prop_map(|(whole, part)| format!("{whole}.{part:02}"))
}

fn deadlines() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(json!({"type": "date", "day": "2025-12-31"})),
        Just(json!({"type": "month", "month": 11})),
        Just(json!({"type": "span", "from": "2025-01-01", "to": "2025-06-30"})),
        Just(json!({"type": "legal_term"})),
        (-90i32..90).prop_map(|days| json!({"type": "event", "days": days})),
        (1i32..90, 1u8..9)
            .prop_map(|(days, part)| json!({"type": "relative", "days": days, "after_part": part})),
        Just(json!({"type": "recurring", "every": "half_yearly", "on": ["2025-06-30", "2025-12-31"]})),
        Just(json!({"type": "continuous"})),
        Just(
            json!({"type": "impossible", "written_day": 31, "written_month": 6, "written_year": 2024, "suggested": "2024-06-30"})
        ),
        Just(json!({"type": "parts", "parts": [{"words": "a"}, {"value": {"type": "text"}}]})),
        Just(json!({"type": "text"})),
    ]
}

fn targets() -> impl Strategy<Value = Value> {
    prop_oneof![
        figures().prop_map(|figure| json!({"type": "bound", "comparison": "at_least", "figure": figure, "measure": "percent"})),
        Just(json!({"type": "bound", "comparison": "at_least", "figure": "3.5", "out_of": "5"})),
        Just(json!({"type": "range", "low": "90", "high": "100", "low_included": true, "high_included": false})),
        Just(json!({"type": "fraction", "comparison": "exactly", "numerator": "1", "denominator": "3"})),
        figures().prop_map(|figure| json!({"type": "change", "comparison": "at_most", "figure": figure})),
        Just(json!({"type": "done"})),
        deadlines()
            .prop_filter("parts stand at the top only", |value| value["type"] != "parts")
            .prop_map(|deadline| json!({"type": "by", "deadline": deadline})),
        Just(json!({"type": "parts", "parts": [{"words": "22"}, {"words": "almeno 3,5 su 5"}]})),
        Just(json!({"type": "text"})),
    ]
}

fn said(value: impl Strategy<Value = Value> + 'static) -> impl Strategy<Value = Value> {
    prop_oneof![
        texts().prop_map(|words| json!({"words": words})),
        (texts(), value).prop_map(|(words, value)| json!({"words": words, "value": value})),
    ]
}

fn indicators() -> impl Strategy<Value = Value> {
    (texts(), said(targets()), said(deadlines()), figures()).prop_map(|(name, target, deadline, figure)| {
        json!({"name": name, "target": target, "deadline": deadline, "profile": "timeliness",
               "baseline": {"year": 2024, "figure": figure}})
    })
}

prop_compose! {
    fn objectives()(
        title in lines(), description in texts(), kinds in proptest::sample::subsequence(vec!["strategic", "by_law", "common"], 0..3),
        how in texts(), when in said(deadlines()), percent in figures(), weight in texts(),
        phase in texts(), indicators in proptest::collection::vec(indicators(), 0..3), unit in 0usize..3,
    ) -> Value {
        json!({
            "title": title, "description": description, "kinds": kinds, "steps": [{"how": how, "when": when}],
            "programmes": [{"code": "01.02", "label": "Segreteria generale"}], "cup": ["J11B21000240001"], "areas": ["a", "h"],
            "assignments": [
                {"unit_code": format!("U{unit}"), "weight": {"value": {"type": "percent", "percent": percent}}, "card_weight": {"words": weight}},
            ],
            "phases": [{"code": "1.1", "title": phase, "indicators": indicators}], "indicators": indicators,
        })
    }
}

prop_compose! {
    fn plans()(objectives in proptest::collection::vec(objectives(), 0..4), body in texts(), year in 2020i32..2030) -> Value {
        let unit = |number: i32| json!({"code": format!("U{number}"), "name": format!("Unità {number}"), "kind": "sector",
            "valid_from": "2020-01-01", "staff": [{"qualification": "Istruttore", "posts": "1.5"}]});
        json!({
            "format": "traguardo.plan.v1", "comune": "L454",
            "plan": {"external_id": "P", "year": year, "kind": "standalone", "title": "Piano",
                     "scale": [{"code": "1", "label": "operativo", "coefficient": "1"}]},
            "units": [unit(0), unit(1), unit(2)],
            "sections": [{"kind": "mandate", "title": "Mandato", "body": body}], "objectives": objectives,
        })
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_document_that_is_read_writes_itself_and_is_read_again_the_same(value in plans()) {
        let document = read(&value).unwrap();
        let written = serde_json::to_value(&document).unwrap();
        let again = read(&written).unwrap();
        prop_assert_eq!(canonical(&again).unwrap(), canonical(&document).unwrap());
        // What is stored is read without the form that people write, and is the same too.
        let stored: PlanDocument = serde_json::from_value(written).unwrap();
        prop_assert_eq!(&stored, &again);
        prop_assert_eq!(stored, document);
    }

    #[test]
    fn a_document_read_over_itself_keeps_every_identity(value in plans()) {
        let before = read(&value).unwrap();
        let body: PlanBody = serde_json::from_value(value).unwrap();
        let mut faults = Faults::new();
        let known = Before { units: &before.units, plan: Some(&before) };
        let mut fresh = || unreachable_id();
        let after = body.read(&mut Reader::new(&mut faults), &known, &mut fresh);
        prop_assert_eq!(faults.finish(after).unwrap(), before);
    }
}

/// An id that nothing has: what was there already must not ask for one.
fn unreachable_id() -> Uuid {
    Uuid::max()
}

#[test]
fn every_fault_of_a_document_is_told_at_once_in_its_place() {
    let faults = read(&json!({
        "format": "traguardo.plan.v1", "comune": "L45",
        "plan": {"year": 2025, "kind": "standalone", "title": "Piano"},
        "units": [{"code": "U 1", "name": "", "kind": "sector", "valid_from": "2025-02-30"}],
        "objectives": [{
            "title": " ", "programmes": [{}],
            "assignments": [{"unit_code": "ALTRA"}, {}],
            "indicators": [{"name": "n", "target": {"value": {"type": "range", "low": "2", "high": "1"}}},
                           {"name": "n", "target": {}, "deadline": {"value": {"type": "month", "month": 13}}}],
        }],
    }))
    .unwrap_err();
    let places: Vec<&str> = faults.iter().map(|fault| fault.split(':').next().unwrap()).collect();
    assert_eq!(
        places,
        [
            "/comune",
            "/units/0/code",
            "/units/0/name",
            "/units/0/valid_from",
            "/objectives/0/title",
            "/objectives/0/assignments/0/unit_code",
            "/objectives/0/assignments/1/unit",
            "/objectives/0/indicators/0/target/value/high",
            "/objectives/0/indicators/1/target",
            "/objectives/0/indicators/1/deadline/value/month",
            "/objectives/0/programmes/0",
        ]
    );
}
