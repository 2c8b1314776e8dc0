//! Heads of structures: each writes the objectives of their own structure and of those below it, and no others.

use serde_json::{Value, json};

use super::super::drafts::Draft;
use crate::world::Reply;

/// An objective for these units.
fn of(units: &[&str]) -> Value {
    let assignments: Vec<Value> = units.iter().map(|code| json!({"unit_code": code})).collect();
    json!({"title": "Obiettivo", "assignments": assignments})
}

/// The demo's `responsabile` is the head of AREA-1.
fn as_head(draft: &Draft, method: &str, path: &str, body: &Value) -> Reply {
    draft.call("responsabile", method, path).json(body).if_match("*").send()
}

#[test]
fn a_head_adds_objectives_to_the_own_subtree_only() {
    let draft = Draft::new();
    let add = |body: &Value| draft.call("responsabile", "POST", "/objectives").json(body).send();
    for units in [&["AREA-1"][..], &["AREA-1.1"], &["AREA-1.1", "AREA-1.2"]] {
        add(&of(units)).expect(201);
    }
    for units in [&["AREA-2"][..], &["AREA-1", "AREA-2"], &[]] {
        assert_eq!(add(&of(units)).refused(403), "outside-your-unit", "{units:?}");
    }
    let put = |key: &str, units: &[&str]| {
        draft.call("responsabile", "PUT", &format!("/objectives/ext:{key}")).json(&of(units)).send()
    };
    put("MIO", &["AREA-1.1"]).expect(201);
    assert_eq!(put("ALTRUI", &["AREA-2"]).refused(403), "outside-your-unit");
}

#[test]
fn a_head_neither_takes_nor_gives_away_an_objective() {
    let draft = Draft::new();
    draft.add_to("AREA-1.1", "MIO");
    draft.add_to("AREA-2", "ALTRUI");
    draft.add(&json!({"external_id": "COMUNE", "title": "Di due", "assignments": [{"unit_code": "AREA-1"}, {"unit_code": "AREA-2"}]}));
    as_head(&draft, "PUT", "/objectives/ext:MIO", &of(&["AREA-1.2"])).expect(200);
    for (key, units) in [("MIO", ["AREA-2"]), ("ALTRUI", ["AREA-1"]), ("COMUNE", ["AREA-1"])] {
        let refused = as_head(&draft, "PUT", &format!("/objectives/ext:{key}"), &of(&units));
        assert_eq!(refused.refused(403), "outside-your-unit", "{key}");
    }
    let delete = |key: &str| {
        draft.call("responsabile", "DELETE", &format!("/objectives/ext:{key}")).if_match("*").send()
    };
    assert_eq!(delete("ALTRUI").refused(403), "outside-your-unit");
    assert_eq!(delete("COMUNE").refused(403), "outside-your-unit");
    delete("MIO").expect(204);
    let text = draft.get("/objectives/ext:ALTRUI").expect(200);
    assert_eq!((&text["title"], &text["version"]), (&json!("Obiettivo ALTRUI"), &json!(1)));
}

#[test]
fn a_head_writes_the_parts_of_the_own_objectives_only() {
    let draft = Draft::new();
    draft.add_to("AREA-1.1", "MIO");
    draft.add_to("AREA-2", "ALTRUI");
    let post = |path: &str, body: &Value| draft.call("responsabile", "POST", path).json(body).send();
    let (phase, indicator) = (json!({"external_id": "F", "title": "Fase"}), json!({"name": "Indicatore"}));
    post("/objectives/ext:MIO/phases", &phase).expect(201);
    post("/objectives/ext:MIO/phases/ext:F/indicators", &indicator).expect(201);
    post("/objectives/ext:MIO/indicators", &indicator).expect(201);
    assert_eq!(post("/objectives/ext:ALTRUI/phases", &phase).refused(403), "outside-your-unit");
    assert_eq!(post("/objectives/ext:ALTRUI/indicators", &indicator).refused(403), "outside-your-unit");
    let away = post("/objectives/ext:MIO/assignments", &json!({"unit_code": "AREA-2"}));
    assert_eq!(away.refused(403), "outside-your-unit");
    let own = draft.get("/objectives/ext:MIO").expect(200)["assignments"][0]["id"].clone();
    let last = format!("/objectives/ext:MIO/assignments/{}", own.as_str().unwrap());
    let removed = draft.call("responsabile", "DELETE", &last).if_match("*").send();
    assert_eq!(removed.refused(403), "outside-your-unit", "it would be nobody's");
}

#[test]
fn a_head_writes_many_at_once_within_the_same_bounds() {
    let draft = Draft::new();
    let items = json!({"items": [
        {"operation": "put", "path": "ext:A", "value": of(&["AREA-1.1"])},
        {"operation": "put", "path": "ext:B", "value": of(&["AREA-2"])}
    ]});
    let send = |query: &str| {
        draft.call("responsabile", "POST", &format!("/objectives-bulk{query}")).json(&items).send()
    };
    let refused = send("");
    assert_eq!(
        (refused.refused(422).as_str(), refused.pointers()),
        ("bulk-refused", vec!["/items/1".into()])
    );
    let outcome = send("?mode=partial").expect(200);
    assert_eq!((&outcome["items"][0]["status"], &outcome["items"][1]["status"]), (&json!(201), &json!(403)));
    assert_eq!(outcome["items"][1]["problem"]["type"], "/problems/outside-your-unit");
    draft.get("/objectives/ext:A").expect(200);
    draft.get("/objectives/ext:B").refused(404);
}

#[test]
fn what_concerns_the_whole_plan_is_not_a_heads_to_write() {
    let draft = Draft::new();
    let document = draft.document().0;
    for (method, path, body) in [
        ("PUT", "/document", document),
        ("PUT", "/order", json!({"objectives": []})),
        ("POST", "/copies", json!({"year": 2026})),
        ("POST", "/sections", json!({"kind": "other", "title": "T", "body": "B"})),
        ("POST", "/transitions", json!({"transition": "propose"})),
    ] {
        assert_eq!(as_head(&draft, method, path, &body).refused(403), "forbidden", "{method} {path}");
    }
}
