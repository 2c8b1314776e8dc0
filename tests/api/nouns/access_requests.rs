//! Requests of access, over HTTP.

mod many;
mod register;

use serde_json::{Value, json};

use super::{column, walk, with};
use crate::world::{Reply, World};

/// A request that is refused by nothing.
fn request() -> Value {
    json!({"kind": "generalised", "object": "Spese per manifestazioni 2022-2024", "received": "2025-02-20"})
}

fn put(world: &World, key: &str, members: &Value) -> Reply {
    let body = with(&request(), members);
    world.call("rpct", "PUT", "L454", &format!("/access-requests/{key}")).json(&body).send()
}

fn get(world: &World, key: &str) -> Reply {
    world.call("responsabile", "GET", "L454", &format!("/access-requests/{key}")).send()
}

#[test]
fn a_request_is_kept_by_its_key_read_changed_and_removed() {
    let world = World::new();
    let created = put(&world, "PROT-1", &json!({}));
    let kept = created.expect(201);
    let due = json!({"key": "PROT-1", "due": "2025-03-22", "version": 1});
    assert_eq!((created.etag(), &kept), ("\"1\"", &with(&request(), &due)));
    let at = format!("{}/v1/comuni/L454/access-requests/PROT-1", world.url);
    assert_eq!(created.header("Location"), Some(at.as_str()));
    assert_eq!(get(&world, "PROT-1").expect(200), kept);
    // Sent again it is left as it is; sent otherwise it wants the version.
    assert_eq!(put(&world, "PROT-1", &json!({"key": "PROT-1"})).expect(200)["version"], 1);
    let closed = json!({"closed": {"on": "2025-03-10", "outcome": "granted"}});
    assert_eq!(put(&world, "PROT-1", &closed).refused(428), "precondition-required");
    let change = |etag: &str| {
        let call = world.call("integratore", "PUT", "L454", "/access-requests/PROT-1");
        call.json(&with(&request(), &closed)).if_match(etag).send()
    };
    let changed = change("\"1\"").expect(200);
    assert_eq!(
        (&changed["version"], &changed["days"], &changed["in_term"]),
        (&json!(2), &json!(18), &json!(true))
    );
    let delete = |etag: &str| {
        world.call("segretario", "DELETE", "L454", "/access-requests/PROT-1").if_match(etag).send()
    };
    assert_eq!(delete("\"1\"").refused(412), "stale");
    delete("\"2\"").expect(204);
    assert_eq!(get(&world, "PROT-1").refused(404), "not-found");
}

#[test]
fn its_term_is_told_with_the_days_it_stood_still_counted_once() {
    let world = World::new();
    let suspension =
        |from: &str, until: &str| json!({"from": from, "until": until, "reason": "counter_interested"});
    // Received on 20 February: due on 22 March; the ten days 3..12 March move it to 1 April, however often they are said.
    let suspensions = json!([suspension("2025-03-03", "2025-03-13"), suspension("2025-03-05", "2025-03-10")]);
    let closed = json!({"on": "2025-04-01", "outcome": "partly"});
    let kept = put(&world, "A", &json!({"suspensions": suspensions, "closed": closed})).expect(201);
    assert_eq!(
        (&kept["due"], &kept["days"], &kept["in_term"]),
        (&json!("2025-04-01"), &json!(30), &json!(true))
    );
    let late = put(
        &world,
        "B",
        &json!({"suspensions": suspensions, "closed": {"on": "2025-04-02", "outcome": "partly"}}),
    );
    assert_eq!(late.expect(201)["in_term"], false);
    let still = put(&world, "C", &json!({"suspensions": [{"from": "2025-03-03", "reason": "completion"}]}))
        .expect(201);
    assert_eq!((&still["due"], &still["in_term"]), (&Value::Null, &Value::Null));
    // A re-examination has twenty days.
    let review = json!({"asked": "2025-04-10", "closed": {"on": "2025-05-01", "outcome": "confirmed"}});
    let reviewed =
        put(&world, "D", &json!({"closed": {"on": "2025-03-10", "outcome": "refused"}, "review": review}));
    let review = &reviewed.expect(201)["review"];
    assert_eq!((&review["due"], &review["in_term"]), (&json!("2025-04-30"), &json!(false)));
}

#[test]
fn what_is_wrong_with_a_request_is_told_by_its_places() {
    let world = World::new();
    let cases = [
        (json!({"object": " "}), vec!["/object"]),
        (json!({"received": "2016-12-31"}), vec!["/received"]),
        (json!({"closed": {"on": "2025-02-19", "outcome": "granted"}}), vec!["/closed/on"]),
        (json!({"closed": {"on": "2025-04-01", "outcome": "silence"}}), vec!["/closed/outcome"]),
        (json!({"unit": "ext:nessuna"}), vec!["/unit"]),
        (json!({"key": "ALTRA"}), vec!["/key"]),
        (
            json!({"suspensions": [{"from": "2025-02-01", "until": "2025-01-01", "reason": "other"}]}),
            vec!["/suspensions/0/from", "/suspensions/0/until"],
        ),
        (json!({"review": {"asked": "2025-03-01"}}), vec!["/review/asked"]),
        (json!({"kind": "documentary", "review": {"asked": "2025-05-01"}}), vec!["/review"]),
    ];
    for (members, places) in cases {
        let refused = put(&world, "PROT-1", &members);
        assert_eq!(refused.refused(422), "invalid", "{members}");
        assert_eq!(refused.pointers(), places, "{members}");
    }
}

#[test]
fn personal_data_are_refused_with_words_that_say_why_and_are_kept_nowhere() {
    let world = World::new();
    for (text, what) in [
        ("Pratica di XXXYYY00A01Z999X", "codice fiscale"),
        ("Rispondere a nessuno@pec.example.it", "posta elettronica"),
        ("Rimborso su IT60 X054 2811 1010 0000 0123 456", "IBAN"),
    ] {
        let refused = put(&world, "PROT-1", &json!({"object": text}));
        assert_eq!(
            (refused.refused(422).as_str(), refused.pointers()),
            ("invalid", vec!["/object".to_owned()])
        );
        let words = refused.text();
        assert!(words.contains(what) && words.contains("dati personali") && !words.contains(text), "{words}");
    }
    assert_eq!(put(&world, "nessuno@pec.example.it", &json!({})).pointers(), ["/key"]);
    let told = world.call("amministratore", "GET", "L454", "/audit?limit=200").send().text();
    assert!(!told.contains("XXXYYY00A01Z999X"));
}

#[test]
fn the_list_is_in_the_order_of_arrival_and_narrowed_to_days_and_structures() {
    let world = World::new();
    let closed = |on: &str| json!({"on": on, "outcome": "granted"});
    put(&world, "C", &json!({"received": "2025-03-01", "unit": "ext:demo:area-1.1"})).expect(201);
    put(
        &world,
        "A",
        &json!({"received": "2025-01-10", "closed": closed("2025-02-09"), "unit": "ext:demo:area-2"}),
    )
    .expect(201);
    put(&world, "B", &json!({"received": "2025-01-10", "closed": closed("2025-03-09")})).expect(201);
    let token = world.token("L454", "lettore");
    let keys = |query: &str| {
        let path = format!("/v1/comuni/L454/access-requests?{query}");
        column(&walk(&world, &world.token("L454", "segretario"), &path).0, "key")
    };
    assert_eq!(keys("limit=1"), ["A", "B", "C"]);
    assert_eq!(keys("from=2025-03-01"), ["B", "C"]);
    assert_eq!(keys("to=2025-02-28"), ["A", "B"]);
    let unit = |code: &str| {
        world.call("segretario", "GET", "L454", &format!("/units/ext:demo:{code}")).send().expect(200)["id"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert_eq!(keys(&format!("unit={}", unit("area-1"))), ["C"]);
    assert_eq!(keys(&format!("unit={}", unit("area-2"))), ["A"]);
    let refused = world.anonymous("GET", "/v1/comuni/L454/access-requests").token(&token).send();
    assert_eq!(refused.refused(403), "forbidden");
}

#[test]
fn whoever_only_reads_registers_does_not_write_them_and_another_comune_sees_nothing() {
    let world = World::new();
    put(&world, "PROT-1", &json!({})).expect(201);
    for role in ["responsabile", "giunta"] {
        let call = world.call(role, "PUT", "L454", "/access-requests/PROT-2");
        assert_eq!(call.json(&request()).send().refused(403), "forbidden", "{role}");
    }
    let theirs = world.call("segretario", "GET", "F471", "/access-requests/PROT-1").send();
    assert_eq!(theirs.refused(404), "not-found");
}
