//! A bulk sent again: with its key it happens once; and what it leaves in the trail.

use serde_json::{Value, json};

use super::super::drafts::Draft;
use super::super::walk;
use super::{put, remove, titled};

fn trail(draft: &Draft) -> Vec<Value> {
    let token = draft.world.token("L454", "amministratore");
    walk(&draft.world, &token, "/v1/comuni/L454/audit?object=objective&limit=200").0
}

#[test]
fn a_bulk_sent_again_with_its_key_happens_once() {
    let draft = Draft::new();
    let items = json!({"items": [{"operation": "put", "path": "ext:A", "value": {"title": "X"}}]});
    let send =
        |body: &Value| draft.call("integratore", "POST", "/objectives-bulk").key("notte").json(body).send();
    let first = send(&items);
    let tag = draft.document().1;
    let second = send(&items);
    assert_eq!(
        (first.expect(200), second.header("Idempotency-Replayed")),
        (second.expect(200), Some("true"))
    );
    assert_eq!(first.header("Idempotency-Replayed"), None);
    assert_eq!(draft.document().1, tag);
    let other = json!({"items": [{"operation": "put", "path": "ext:B", "value": {"title": "X"}}]});
    assert_eq!(send(&other).refused(422), "idempotency-key-reused");
}

#[test]
fn the_key_of_a_dry_run_is_not_the_key_of_the_run() {
    let draft = Draft::new();
    let items = json!({"items": [{"operation": "put", "path": "ext:A", "value": {"title": "X"}}]});
    let send = |query: &str| {
        draft
            .call("integratore", "POST", &format!("/objectives-bulk{query}"))
            .key("prova")
            .json(&items)
            .send()
    };
    assert_eq!(send("?dry_run=true").expect(200)["applied"], false);
    // Either it is carried out now or the key is refused; being told that nothing was done would be wrong.
    let run = send("");
    assert!(run.status == 422 || run.json()["applied"] == json!(true), "{run}");
}

#[test]
fn a_refused_bulk_may_be_mended_and_sent_again_with_its_key() {
    let draft = Draft::new();
    let send = |title: &str| {
        let items = json!({"items": [put("ext:A", titled(title))]});
        draft.call("integratore", "POST", "/objectives-bulk").key("sera").json(&items).send()
    };
    assert_eq!(send(" ").refused(422), "bulk-refused");
    send("Va bene").expect(200);
}

#[test]
fn every_objective_that_was_written_leaves_one_entry() {
    let draft = Draft::new();
    let before = trail(&draft).len();
    draft.add_to("AREA-1", "C0");
    draft.add_to("AREA-1", "C1");
    let (created, c0) = (trail(&draft), draft.get("/objectives/ext:C0").expect(200));
    assert_eq!(created.len(), before + 2);
    let member = draft.world.member("L454", "segretario").id.0.to_string();
    assert_eq!((&created[1]["object_id"], &created[1]["member"]), (&c0["id"], &json!(member)));
    assert_eq!((&created[1]["action"], created[1]["before"].is_null()), (&json!("edit_objectives"), true));
    let items = json!({"items": [
        put("ext:A", titled("X")), put("ext:A/phases/ext:F", titled("F")), remove("ext:C0"),
        put("ext:C1", json!({"title": "Obiettivo C1", "assignments": [{"unit_code": "AREA-1"}]})),
        put("ext:T", titled("T")), remove("ext:T")
    ]});
    let bulk = |query: &str| {
        draft.call("integratore", "POST", &format!("/objectives-bulk{query}")).json(&items).send()
    };
    bulk("?dry_run=true&mode=partial").expect(200);
    assert_eq!(trail(&draft).len(), before + 2, "a dry run leaves none");
    let outcome = bulk("?mode=partial").expect(200);
    let now = trail(&draft);
    let changed: Vec<&Value> = now[..now.len() - created.len()].iter().collect();
    let of = |entry: &&&Value, id: &Value| entry["object_id"] == *id;
    let deleted: Vec<_> = changed.iter().filter(|entry| of(entry, &c0["id"])).collect();
    assert_eq!(
        (deleted.len(), deleted[0]["after"].is_null(), &deleted[0]["before"]),
        (1, true, &created[1]["after"])
    );
    let added: Vec<_> = changed.iter().filter(|entry| of(entry, &outcome["items"][0]["id"])).collect();
    assert_eq!((added.len(), added[0]["before"].is_null(), added[0]["after"].is_string()), (1, true, true));
    let names: std::collections::BTreeSet<_> =
        changed.iter().map(|entry| entry["request_id"].to_string()).collect();
    assert_eq!(names.len(), 1, "one request");
    draft.put_at("/objectives/ext:A", "*", &titled("Y")).expect(200);
    draft.post("/objectives/ext:A/indicators", &json!({"name": "I"})).expect(201);
    draft.delete("/objectives/ext:A").expect(204);
    let last = trail(&draft);
    assert_eq!(last.len(), now.len() + 3);
    assert_eq!(
        (&last[0]["before"], &last[1]["before"]),
        (&last[1]["after"], &last[2]["after"]),
        "each follows from the one before"
    );
    assert!(last[0]["after"].is_null());
}
