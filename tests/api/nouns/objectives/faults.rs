//! What is wrong with an objective: everything at once, each fault in its place.

use serde_json::{Value, json};

use super::super::drafts::{Draft, on, percent};
use super::super::with;

#[track_caller]
fn refused(draft: &Draft, body: &Value, expected: &[&str]) {
    let reply = draft.post("/objectives", body);
    assert_eq!(reply.refused(422), "invalid", "{body}");
    let mut places = reply.pointers();
    places.sort();
    let mut expected = expected.to_vec();
    expected.sort_unstable();
    assert_eq!(places, expected, "{body}");
}

#[test]
fn every_fault_is_told_at_once_with_its_place() {
    let draft = Draft::new();
    let body = json!({
        "title": "\t", "external_id": "-a", "template": "due parole", "deadline": {},
        "programmes": [{"code": "1.2"}, {}], "laws": ["L. 190/2012", " "],
        "steps": [{"how": "Bene"}, {"how": "", "when": {"value": {"type": "date", "day": "2025-02-30"}}}],
        "assignments": [{"unit_code": "AREA-1"}, {"unit_code": "AREA-9", "weight": {"value": {"type": "percent"}}}, {"unit": "ext:nessuna"}, {}],
        "phases": [{"title": "Prima", "indicators": [{"name": " ", "baseline": {"year": 1999, "figure": "1,5"}}]}],
        "indicators": [{"name": "Uno", "target": {"value": {"type": "range", "low": "9", "high": "1"}}}]
    });
    refused(
        &draft,
        &body,
        &[
            "/title",
            "/external_id",
            "/template",
            "/deadline",
            "/programmes/0/code",
            "/programmes/1",
            "/laws/1",
            "/steps/1/how",
            "/steps/1/when/value/day",
            "/assignments/1/unit_code",
            "/assignments/1/weight/value/percent",
            "/assignments/2/unit",
            "/assignments/3/unit",
            "/phases/0/indicators/0/name",
            "/phases/0/indicators/0/baseline/year",
            "/phases/0/indicators/0/baseline/figure",
            "/indicators/0/target/value/high",
        ],
    );
    assert!(draft.document().0["objectives"].as_array().unwrap().is_empty(), "nothing of it was kept");
}

#[test]
fn a_unit_is_named_once_and_is_one_of_the_comunes_in_the_plans_year() {
    let draft = Draft::new();
    let assigned = |assignments: Value| json!({"title": "X", "assignments": assignments});
    let both = assigned(json!([{"unit_code": "AREA-1", "unit": "ext:demo:area-1"}]));
    refused(&draft, &both, &["/assignments/0/unit", "/assignments/0/unit_code"]);
    let twice = assigned(json!([{"unit_code": "AREA-1"}, {"unit": "ext:demo:area-1"}]));
    refused(&draft, &twice, &["/assignments/1/unit"]);
    let ended = json!({"external_id": "VECCHIA", "code": "V", "name": "Vecchia", "kind": "office", "valid_from": "2020-01-01", "valid_to": "2024-12-31"});
    let future = with(
        &ended,
        &json!({"external_id": "NUOVA", "code": "N", "valid_from": "2026-01-01", "valid_to": null}),
    );
    for unit in [ended, future] {
        draft.world.call("segretario", "POST", "L454", "/units").json(&unit).send().expect(201);
    }
    refused(
        &draft,
        &assigned(json!([{"unit": "ext:VECCHIA"}, {"unit_code": "N"}])),
        &["/assignments/0/unit", "/assignments/1/unit_code"],
    );
    let foreign = draft.world.call("lettore", "GET", "F471", "/units/ext:demo:area-1").send().expect(200);
    refused(&draft, &assigned(json!([{"unit": foreign["id"]}])), &["/assignments/0/unit"]);
}

#[test]
fn keys_and_ids_are_one_parts_inside_an_objective() {
    let draft = Draft::new();
    let indicator = |key: &str| json!({"external_id": key, "name": "Indicatore"});
    let phases = json!([{"external_id": "F", "title": "Una"}, {"external_id": "F", "title": "Due"}]);
    refused(&draft, &json!({"title": "X", "phases": phases}), &["/phases"]);
    refused(&draft, &json!({"title": "X", "indicators": [indicator("I"), indicator("I")]}), &["/indicators"]);
    let across = json!({"title": "X", "phases": [{"title": "F", "indicators": [indicator("I")]}], "indicators": [indicator("I")]});
    refused(&draft, &across, &["/indicators"]);
}

#[test]
fn values_that_say_too_little_or_too_much_are_refused() {
    let draft = Draft::new();
    let cases = [
        (json!({"deadline": {"value": {"type": "date"}}}), "/deadline/value/day"),
        (json!({"deadline": on("31/12/2025")}), "/deadline/value/day"),
        (json!({"deadline": {"value": {"type": "month", "month": 13}}}), "/deadline/value/month"),
        (
            json!({"deadline": {"value": {"type": "span", "from": "2025-02-01", "to": "2025-01-01"}}}),
            "/deadline/value/to",
        ),
        (json!({"deadline": {"words": " "}}), "/deadline/words"),
        (
            json!({"deadline": {"value": {"type": "parts", "parts": [{"value": {"type": "parts", "parts": []}}]}}}),
            "/deadline/value/parts/0/value/parts",
        ),
    ];
    for (members, place) in cases {
        refused(&draft, &with(&json!({"title": "X"}), &members), &[place]);
    }
    let weight = |figure: &str| json!({"title": "X", "assignments": [{"unit_code": "AREA-1", "weight": percent(figure)}]});
    for wrong in ["1,5", "1e2", "+5", "1234567890123456", "0.1234567", ""] {
        refused(&draft, &weight(wrong), &["/assignments/0/weight/value/percent"]);
    }
    for right in ["33.333333", "0", "120", "-5"] {
        draft.add(&weight(right));
    }
}

#[test]
fn members_nobody_knows_and_lists_too_long_are_refused() {
    let draft = Draft::new();
    let post = |body: &Value| draft.post("/objectives", body);
    for body in [
        json!({"title": "X", "peso": 10}),
        json!({"title": "X", "kinds": ["importante"]}),
        json!({"title": "X", "indicators": [{"name": "Y", "colour": "red"}]}),
        json!({"title": 5}),
        json!({}),
        json!([]),
    ] {
        assert_eq!(post(&body).refused(422), "invalid", "{body}");
    }
    let phases: Vec<Value> = (0..101).map(|n| json!({"title": format!("Fase {n}")})).collect();
    refused(&draft, &json!({"title": "X", "phases": phases}), &["/phases"]);
    draft.add(&json!({"title": "X", "phases": phases[..100]}));
    draft.add(&json!({"title": "x".repeat(1000)}));
    refused(&draft, &json!({"title": "x".repeat(1001)}), &["/title"]);
}
