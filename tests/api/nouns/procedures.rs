//! Procedures, over HTTP.

use serde_json::{Value, json};

use super::{column, walk, with};
use crate::world::{Reply, World};

/// A procedure that is refused by nothing.
fn procedure() -> Value {
    json!({"kind": "Permesso di costruire", "started": "2025-02-01", "term_days": 90})
}

fn put(world: &World, key: &str, members: &Value) -> Reply {
    let body = with(&procedure(), members);
    world.call("integratore", "PUT", "L454", &format!("/procedures/{key}")).json(&body).send()
}

#[test]
fn a_procedure_is_kept_by_its_key_read_changed_and_removed() {
    let world = World::new();
    let suspensions = json!([{"from": "2025-02-10", "until": "2025-03-12", "reason": "completion"}]);
    let created = put(&world, "PROT-1", &json!({ "suspensions": suspensions }));
    let kept = created.expect(201);
    // 1 February and ninety days are 2 May; thirty of standing still make it 1 June.
    let told = json!({"key": "PROT-1", "suspensions": suspensions, "due": "2025-06-01", "version": 1});
    assert_eq!((created.etag(), &kept), ("\"1\"", &with(&procedure(), &told)));
    assert_eq!(put(&world, "PROT-1", &json!({ "suspensions": suspensions })).expect(200)["version"], 1);
    let get = || world.call("responsabile", "GET", "L454", "/procedures/PROT-1").send();
    assert_eq!(get().expect(200), kept);
    let closed =
        with(&procedure(), &json!({"suspensions": suspensions, "closed": "2025-06-02", "sampled": true}));
    let call = world.call("segretario", "PUT", "L454", "/procedures/PROT-1").json(&closed).if_match("\"1\"");
    let changed = call.send().expect(200);
    // 1 February to 2 June are 121 days, less thirty.
    assert_eq!((&changed["days"], &changed["in_term"]), (&json!(91), &json!(false)));
    assert_eq!((&changed["sampled"], &changed["version"]), (&json!(true), &json!(2)));
    let delete = world.call("segretario", "DELETE", "L454", "/procedures/PROT-1").if_match("\"2\"");
    delete.send().expect(204);
    assert_eq!(get().refused(404), "not-found");
}

#[test]
fn a_term_is_of_thirty_days_where_nothing_says_another_and_of_a_year_at_most() {
    let world = World::new();
    let usual = put(&world, "A", &json!({"term_days": null})).expect(201);
    assert_eq!((&usual["term_days"], &usual["due"]), (&json!(30), &json!("2025-03-03")));
    for term in [0, -1, 366, 70_000] {
        let refused = put(&world, "B", &json!({ "term_days": term }));
        assert_eq!(
            (refused.refused(422).as_str(), refused.pointers()),
            ("invalid", vec!["/term_days".to_owned()])
        );
    }
    put(&world, "B", &json!({"term_days": 365})).expect(201);
}

#[test]
fn what_is_wrong_with_a_procedure_is_told_by_its_places() {
    let world = World::new();
    let cases = [
        (json!({"kind": "Pratica di XXXYYY00A01Z999X"}), vec!["/kind"]),
        (json!({"closed": "2025-01-31"}), vec!["/closed"]),
        (json!({"unit": "ext:nessuna"}), vec!["/unit"]),
        (
            json!({"closed": "2025-03-01", "suspensions": [{"from": "2025-02-10", "reason": "opinion"}]}),
            vec!["/suspensions/0/until"],
        ),
        (json!({"started": "0999-01-01"}), vec!["/started"]),
    ];
    for (members, places) in cases {
        let refused = put(&world, "PROT-1", &members);
        assert_eq!(refused.refused(422), "invalid", "{members}");
        assert_eq!(refused.pointers(), places, "{members}");
    }
}

#[test]
fn many_are_written_at_once_listed_and_found_by_their_days() {
    let world = World::new();
    let item = |key: &str, members: &Value| with(&with(&procedure(), &json!({ "key": key })), members);
    let items = [
        item("C", &json!({})),
        item("A", &json!({"started": "2025-01-10", "closed": "2025-02-09", "term_days": 30})),
        item("B", &json!({"started": "2025-01-10", "unit": "ext:demo:area-1"})),
    ];
    let send = || {
        let call = world.call("integratore", "POST", "L454", "/procedures-bulk");
        call.json(&json!({ "items": items })).send().expect(200)
    };
    let statuses = |outcome: &Value| -> Vec<i64> {
        outcome["items"].as_array().unwrap().iter().map(|item| item["status"].as_i64().unwrap()).collect()
    };
    assert_eq!(statuses(&send()), [201, 201, 201]);
    assert_eq!(statuses(&send()), [200, 200, 200]);
    let token = world.token("L454", "segretario");
    let keys =
        |query: &str| column(&walk(&world, &token, &format!("/v1/comuni/L454/procedures?{query}")).0, "key");
    assert_eq!(keys("limit=2"), ["A", "B", "C"]);
    assert_eq!(keys("from=2025-02-10"), ["B", "C"]);
    assert_eq!(keys("to=2025-01-31"), ["A", "B"]);
}
