//! The narrative of a plan, over HTTP.

use serde_json::{Value, json};

use super::drafts::{Draft, PLAN};
use super::{NOBODY, column, with};

fn section() -> Value {
    json!({"external_id": "CONTESTO", "kind": "external_context", "title": "Il contesto", "body": "Il comune conta **5.953** residenti.\n\n- uno\n- due"})
}

fn titles(draft: &Draft) -> Vec<String> {
    column(draft.get("/sections").expect(200)["items"].as_array().unwrap(), "title")
}

#[test]
fn a_section_is_added_read_changed_and_removed() {
    let draft = Draft::new();
    let created = draft.post("/sections", &section());
    let made = created.expect(201);
    assert_eq!(made, with(&section(), &json!({"id": made["id"], "version": 1})));
    let path = format!("/sections/{}", made["id"].as_str().unwrap());
    assert_eq!(
        created.header("Location"),
        Some(format!("{}/v1/comuni/L454{PLAN}{path}", draft.world.url).as_str())
    );
    for path in [path.as_str(), "/sections/ext:CONTESTO"] {
        let read = draft.get(path);
        assert_eq!((read.expect(200), read.etag()), (made.clone(), "\"1\""));
        let held = draft.call("lettore", "GET", path).header("If-None-Match", "\"1\"").send();
        assert_eq!(held.expect(304), Value::Null);
    }
    let other = with(&section(), &json!({"body": "Altro testo"}));
    assert_eq!(draft.put(&path, &other).refused(428), "precondition-required");
    let put = draft.put_at(&path, "\"1\"", &other);
    assert_eq!((&put.expect(200)["body"], put.etag()), (&json!("Altro testo"), "\"2\""));
    let stale = draft.put_at(&path, "\"1\"", &section());
    assert_eq!((stale.refused(412).as_str(), stale.etag()), ("stale", "\"2\""));
    let delete = || draft.call("segretario", "DELETE", &path);
    assert_eq!(delete().send().refused(428), "precondition-required");
    assert_eq!(delete().if_match("\"1\"").send().refused(412), "stale");
    delete().if_match("\"2\"").send().expect(204);
    assert_eq!(draft.get(&path).refused(404), "not-found");
}

#[test]
fn a_section_put_by_its_own_key_is_created_once_and_then_left() {
    let draft = Draft::new();
    let path = "/sections/ext:CONTESTO";
    let made = draft.put(path, &section()).expect(201);
    let tag = draft.document().1;
    assert_eq!(draft.put(path, &section()).expect(200), made);
    assert_eq!(draft.put(path, &made).expect(200), made, "what was read may be written back");
    assert_eq!(draft.document().1, tag);
    let other = with(&section(), &json!({"title": "Altro"}));
    assert_eq!(draft.put(path, &other).refused(428), "precondition-required");
    assert_eq!(
        draft.put_at("/sections/ext:NESSUNA", "*", &with(&other, &json!({"external_id": null}))).refused(412),
        "nothing-to-change"
    );
    assert_eq!(draft.put_at(&format!("/sections/{NOBODY}"), "*", &other).refused(404), "not-found");
    let twice = draft.post("/sections", &section());
    assert_eq!(twice.refused(409), "external-id-taken");
    let id = draft.put_at(path, "*", &with(&other, &json!({"id": NOBODY})));
    assert_eq!((id.refused(422), id.pointers()), ("invalid".into(), vec!["/id".into()]));
}

#[test]
fn sections_stay_in_their_order() {
    let draft = Draft::new();
    for n in 1..=4 {
        draft.post("/sections", &json!({"external_id": format!("S{n}"), "kind": "other", "title": format!("T{n}"), "body": "B"})).expect(201);
    }
    assert_eq!(titles(&draft), ["T1", "T2", "T3", "T4"]);
    draft.put_at("/sections/ext:S2", "*", &json!({"kind": "annex", "title": "Due", "body": "B"})).expect(200);
    draft.delete("/sections/ext:S1").expect(204);
    draft.put("/sections/ext:S5", &json!({"kind": "other", "title": "T5", "body": "B"})).expect(201);
    assert_eq!(titles(&draft), ["Due", "T3", "T4", "T5"]);
    let (mut document, tag) = draft.document();
    document["sections"].as_array_mut().unwrap().reverse();
    draft.put_at("/document", &tag, &document).expect(200);
    assert_eq!(titles(&draft), ["T5", "T4", "T3", "Due"], "the document says the order as well");
    assert_eq!(draft.get("/sections/ext:S3").etag(), "\"1\"", "one put elsewhere is not another");
}

#[test]
fn the_faults_of_a_section_are_told_at_once() {
    let draft = Draft::new();
    for (members, places) in [
        (json!({"title": " ", "body": "", "external_id": "-"}), &["/external_id", "/title", "/body"][..]),
        (json!({"title": "x".repeat(301)}), &["/title"]),
        (json!({"body": "x".repeat(100_001)}), &["/body"]),
    ] {
        let refused = draft.post("/sections", &with(&section(), &members));
        assert_eq!(
            (refused.refused(422).as_str(), refused.pointers()),
            ("invalid", places.iter().map(ToString::to_string).collect())
        );
    }
    draft.post("/sections", &with(&section(), &json!({"body": "x".repeat(100_000)}))).expect(201);
    for (member, value) in [("kind", json!("poesia")), ("kind", Value::Null), ("colour", json!("red"))] {
        assert_eq!(
            draft.post("/sections", &with(&section(), &json!({member: value}))).refused(422),
            "invalid",
            "{member}"
        );
    }
}

#[test]
fn sections_are_written_by_whoever_writes_the_plan() {
    let draft = Draft::new();
    for role in ["amministratore", "responsabile", "nucleo", "giunta", "lettore"] {
        assert_eq!(
            draft.call(role, "POST", "/sections").json(&section()).send().refused(403),
            "forbidden",
            "{role}"
        );
    }
    draft.call("integratore", "POST", "/sections").json(&section()).send().expect(201);
    draft.call("dipendente", "GET", "/sections").send().expect(200);
    let stranger = draft.world.token("F471", "segretario");
    let path = format!("/v1/comuni/L454{PLAN}/sections");
    assert_eq!(draft.world.anonymous("GET", &path).token(&stranger).send().refused(404), "not-found");
}
