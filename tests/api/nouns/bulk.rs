//! Many writes at once: each with its outcome, all or nothing or what can be done.

mod lines;
mod retries;

use serde_json::{Value, json};

use super::drafts::{Draft, TO_APPROVED, whole};
use super::{NOBODY, column};
use crate::world::Reply;

fn put(path: &str, value: Value) -> Value {
    json!({"operation": "put", "path": path, "value": value})
}

fn remove(path: &str) -> Value {
    json!({"operation": "delete", "path": path, "if_match": "*"})
}

fn titled(title: &str) -> Value {
    json!({ "title": title })
}

fn send(draft: &Draft, query: &str, items: &[Value]) -> Reply {
    draft.post(&format!("/objectives-bulk{query}"), &json!({ "items": items }))
}

fn statuses(outcome: &Value) -> Vec<i64> {
    outcome["items"].as_array().unwrap().iter().map(|item| item["status"].as_i64().unwrap()).collect()
}

/// The keys of the plan's objectives, in its order.
fn keys(draft: &Draft) -> Vec<String> {
    column(draft.document().0["objectives"].as_array().unwrap(), "external_id")
}

#[test]
fn a_thousand_mixed_items_are_written_at_once() {
    let draft = Draft::new();
    let mut items = Vec::new();
    for n in 0..200 {
        let objective = format!("ext:OB{n:03}");
        items.push(put(
            &objective,
            json!({"title": format!("Obiettivo {n}"), "assignments": [{"unit_code": "AREA-1"}]}),
        ));
        items.push(put(&format!("{objective}/phases/ext:F1"), titled("Fase")));
        items.push(put(
            &format!("{objective}/phases/ext:F1/indicators/ext:I1"),
            json!({"name": "Della fase"}),
        ));
        items.push(put(&format!("{objective}/indicators/ext:I2"), json!({"name": "Dell'obiettivo"})));
        items.push(put(&format!("{objective}/assignments/ext:A2"), json!({"unit_code": "AREA-2"})));
    }
    let outcome = send(&draft, "", &items).expect(200);
    assert_eq!(
        (&outcome["applied"], &outcome["written"], &outcome["refused"]),
        (&json!(true), &json!(1000), &json!(0))
    );
    assert!(statuses(&outcome).iter().all(|status| *status == 201), "{outcome}");
    let indexes: Vec<_> =
        outcome["items"].as_array().unwrap().iter().map(|item| item["index"].clone()).collect();
    assert_eq!(indexes, (0..1000).map(Value::from).collect::<Vec<_>>());
    assert_eq!(outcome["items"][4]["version"], 5, "parts share the version of their objective");
    let last = draft.get("/objectives/ext:OB199");
    assert_eq!(last.etag(), "\"5\"");
    let last = last.expect(200);
    assert_eq!(last["assignments"].as_array().unwrap().len(), 2);
    assert_eq!(last["phases"][0]["indicators"][0]["name"], "Della fase");
    assert_eq!(last["phases"][0]["id"], outcome["items"][996]["id"]);
    let (document, tag) = draft.document();
    assert_eq!(document["objectives"].as_array().unwrap().len(), 200);
    assert_eq!(keys(&draft)[..2], ["OB000", "OB001"], "in the order of the items");
    let again = send(&draft, "", &items[..5]);
    assert_eq!(
        again.refused(422),
        "bulk-refused",
        "the objective has more by now: it would change without its version"
    );
    let parts: Vec<Value> =
        items.iter().filter(|item| item["path"].as_str().unwrap().contains('/')).cloned().collect();
    let same = send(&draft, "", &parts).expect(200);
    assert!(statuses(&same).iter().all(|status| *status == 200));
    assert_eq!(draft.document().1, tag, "what is as asked already is left");
    let gone: Vec<Value> = (0..200).map(|n| remove(&format!("ext:OB{n:03}"))).collect();
    assert!(statuses(&send(&draft, "", &gone).expect(200)).iter().all(|status| *status == 204));
    assert!(keys(&draft).is_empty());
}

#[test]
fn one_refusal_undoes_everything_and_every_fault_is_told_below_its_item() {
    let draft = Draft::new();
    draft.add_to("AREA-1", "C0");
    let tag = draft.document().1;
    let items = [
        put("ext:NUOVO", titled("Va bene")),
        put("ext:A", json!({"title": " ", "assignments": [{"unit_code": "X"}]})),
        put("ext:C0", titled("Senza versione")),
        json!({"operation": "put", "path": "ext:C0", "if_match": "7", "value": titled("Versione vecchia")}),
        remove("ext:NESSUNO"),
        put("ext:NUOVO/indicators/ext:I", json!({"name": "", "target": {}})),
        put("ext:NESSUNO/indicators/ext:I", json!({"name": "X"})),
        put("ext:C0/colours/ext:I", json!({"name": "X"})),
        json!({"operation": "put", "path": "ext:B"}),
        put("ext:B", json!({"title": "X", "colour": "red"})),
        put(&format!("ext:B/phases/{NOBODY}"), titled("X")),
    ];
    let refused = send(&draft, "", &items);
    assert_eq!(refused.refused(422), "bulk-refused");
    let places = refused.pointers();
    for expected in [
        "/items/1/title",
        "/items/1/assignments/0/unit_code",
        "/items/2",
        "/items/3",
        "/items/4",
        "/items/5/name",
        "/items/5/target",
        "/items/6",
        "/items/7",
        "/items/8/value",
        "/items/10",
    ] {
        let below = |place: &String| {
            place == expected
                || place.strip_prefix("/items/1/value") == expected.strip_prefix("/items/1")
                || place.strip_prefix("/items/5/value") == expected.strip_prefix("/items/5")
        };
        assert!(places.iter().any(below), "{expected} in {places:?}");
    }
    assert!(places.iter().any(|place| place.starts_with("/items/9")), "{places:?}");
    assert!(!places.iter().any(|place| place.starts_with("/items/0")), "{places:?}");
    assert_eq!((keys(&draft), draft.document().1), (vec!["C0".to_owned()], tag));
}

#[test]
fn in_part_what_can_be_done_is_done_and_the_rest_says_why() {
    let draft = Draft::new();
    draft.add(&whole());
    draft.add_to("AREA-2", "C0");
    let items = [
        put("ext:NUOVO", titled("Va bene")),
        put("ext:MALE", titled(" ")),
        json!({"operation": "put", "path": "ext:C0", "if_match": "1", "value": titled("Conosciuto")}),
        json!({"operation": "put", "path": "ext:C0", "if_match": "1", "value": titled("Superato")}),
        remove("ext:PAGAMENTI/phases/ext:F1"),
        put("ext:PAGAMENTI", titled("Senza versione")),
        put("ext:MALE/phases/ext:F", titled("Di chi non c'è")),
        remove("ext:C0"),
        remove("ext:C0"),
    ];
    let outcome = send(&draft, "?mode=partial", &items).expect(200);
    assert_eq!(statuses(&outcome), [201, 422, 200, 412, 204, 428, 404, 204, 404]);
    assert_eq!(
        (&outcome["applied"], &outcome["written"], &outcome["refused"]),
        (&json!(true), &json!(4), &json!(5))
    );
    let problem = &outcome["items"][1]["problem"];
    assert_eq!(
        (&problem["type"], &problem["errors"][0]["pointer"]),
        (&json!("/problems/invalid"), &json!("/title"))
    );
    assert_eq!(outcome["items"][3]["problem"]["type"], "/problems/stale");
    assert!(outcome["items"][0]["problem"].is_null() && outcome["items"][1]["id"].is_null());
    assert_eq!(keys(&draft), ["PAGAMENTI", "NUOVO"]);
    let kept = draft.get("/objectives/ext:PAGAMENTI").expect(200);
    assert!(kept["phases"].as_array().is_none_or(Vec::is_empty), "{kept}");
    assert_eq!((&kept["version"], &kept["title"]), (&json!(2), &whole()["title"]));
    let nothing = send(&draft, "?mode=partial", &[put("ext:X", titled(" "))]).expect(200);
    assert_eq!((&nothing["applied"], &nothing["written"]), (&json!(false), &json!(0)));
}

#[test]
fn a_dry_run_says_what_would_happen_and_changes_nothing() {
    let draft = Draft::new();
    draft.add_to("AREA-1", "C0");
    let before = draft.document();
    let items = [
        put("ext:A", titled("X")),
        put("ext:A/phases/ext:F", titled("F")),
        put("ext:B", titled(" ")),
        remove("ext:C0"),
    ];
    for (query, written) in [("?dry_run=true", 0), ("?dry_run=true&mode=partial", 3)] {
        let outcome = send(&draft, query, &items).expect(200);
        assert_eq!(statuses(&outcome), [201, 201, 422, 204], "{query}");
        assert_eq!(
            (&outcome["applied"], &outcome["written"], &outcome["refused"]),
            (&json!(false), &json!(written), &json!(1)),
            "{query}"
        );
        assert_eq!(draft.document(), before, "{query}");
    }
    let key = || {
        draft
            .call("segretario", "POST", "/objectives-bulk?dry_run=false")
            .json(&json!({"items": items[..2]}))
            .send()
    };
    assert_eq!(key().expect(200)["applied"], true);
}

#[test]
fn each_item_sees_what_those_before_it_did() {
    let draft = Draft::new();
    let items = [
        put("ext:A", titled("Primo")),
        json!({"operation": "put", "path": "ext:A", "if_match": "1", "value": titled("Secondo")}),
        put("ext:A/phases/ext:F", titled("Fase")),
        put("ext:A/phases/ext:F/indicators/ext:I", json!({"name": "X"})),
        remove("ext:A/phases/ext:F/indicators/ext:I"),
        put("ext:B", titled("Da togliere")),
        remove("ext:B"),
        put("ext:B", titled("Rifatto")),
    ];
    let outcome = send(&draft, "", &items).expect(200);
    assert_eq!(statuses(&outcome), [201, 200, 201, 201, 204, 201, 204, 201]);
    assert_ne!(outcome["items"][5]["id"], outcome["items"][7]["id"]);
    let read = draft.get("/objectives/ext:A").expect(200);
    assert_eq!((&read["title"], &read["version"]), (&json!("Secondo"), &json!(5)));
    assert_eq!(draft.get("/objectives/ext:B").expect(200)["title"], "Rifatto");
    // What was stored before is taken away and made anew under the same key.
    let old = draft.get("/objectives/ext:A").expect(200)["id"].clone();
    let outcome = send(&draft, "", &[remove("ext:A"), put("ext:A", titled("Nuovo"))]).expect(200);
    assert_eq!(statuses(&outcome), [204, 201]);
    assert_ne!(draft.get("/objectives/ext:A").expect(200)["id"], old);
    let gone = send(&draft, "", &[put("ext:Z", titled("Nato")), remove("ext:Z")]).expect(200);
    assert_eq!(statuses(&gone), [201, 204]);
    draft.get("/objectives/ext:Z").refused(404);
}

#[test]
fn an_external_id_stays_one_objectives_inside_a_bulk() {
    let draft = Draft::new();
    let first = draft.add_to("AREA-1", "A");
    draft.add_to("AREA-1", "B");
    let by_id = first["id"].as_str().unwrap().to_owned();
    let renamed = |key: &str| json!({"operation": "put", "path": by_id, "if_match": "*", "value": {"title": "X", "external_id": key}});
    let outcome =
        send(&draft, "?mode=partial", &[renamed("B"), renamed("C"), put("ext:A", titled("Un altro A"))])
            .expect(200);
    assert_eq!(statuses(&outcome), [409, 200, 201]);
    assert_eq!(outcome["items"][0]["problem"]["type"], "/problems/external-id-taken");
    assert_eq!(keys(&draft), ["C", "B", "A"]);
}

#[test]
fn too_many_or_no_items_and_closed_plans_are_refused() {
    let draft = Draft::new();
    let items: Vec<Value> = (0..1001).map(|n| put(&format!("ext:OB{n}"), titled("X"))).collect();
    for (refused, place) in [(send(&draft, "", &items), "/items"), (send(&draft, "", &[]), "/items")] {
        assert_eq!((refused.refused(422).as_str(), refused.pointers()), ("invalid", vec![place.into()]));
    }
    send(&draft, "", &items[..1]).expect(200);
    for (query, parameter) in
        [("?mode=some", "mode"), ("?dry_run=maybe", "dry_run"), ("?colour=red", "colour")]
    {
        let refused = send(&draft, query, &items[..1]);
        assert_eq!(
            (refused.refused(400), refused.pointers()),
            ("invalid-parameter".into(), vec![parameter.into()])
        );
    }
    for role in ["lettore", "nucleo", "giunta"] {
        let refused = draft.call(role, "POST", "/objectives-bulk").json(&json!({"items": items[..1]})).send();
        assert_eq!(refused.refused(403), "forbidden", "{role}");
    }
    draft.walk(&TO_APPROVED);
    assert_eq!(send(&draft, "?mode=partial", &[put("ext:Z", titled("X"))]).refused(409), "plan-not-editable");
    assert_eq!(send(&draft, "?dry_run=true", &[put("ext:Z", titled("X"))]).refused(409), "plan-not-editable");
}
