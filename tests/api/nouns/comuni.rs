//! Comuni, over HTTP.

use serde_json::{Value, json};

use super::{column, walk, with};
use crate::world::{Reply, World};

fn bergamo() -> Value {
    json!({
        "name": "Bergamo", "province": "BG", "region": "03", "population": {"residents": 120_000, "counted_on": "2023-12-31"},
        "identifiers": [{"scheme": "istat", "value": "016024", "valid_from": "1861-03-17"}]
    })
}

fn put(world: &World, code: &str, facts: &Value) -> Reply {
    world.platform("platform_admin", "PUT", &format!("/v1/comuni/{code}")).json(facts).send()
}

#[test]
fn a_comune_is_registered_and_changed_by_the_platform() {
    let world = World::new();
    let created = put(&world, "A794", &bergamo());
    let comune = created.expect(201);
    assert_eq!(comune, with(&bergamo(), &json!({"code": "A794", "version": 1})));
    assert_eq!(created.header("Location"), Some(format!("{}/v1/comuni/A794", world.url).as_str()));
    assert_eq!(put(&world, "A794", &bergamo()).expect(200)["version"], 1);
    let changed = with(&bergamo(), &json!({"name": "Citt\u{e0} di Bergamo", "population": null}));
    assert_eq!(put(&world, "A794", &changed).refused(428), "precondition-required");
    let at = |etag: &str| {
        world.platform("platform_admin", "PUT", "/v1/comuni/A794").json(&changed).if_match(etag).send()
    };
    assert_eq!(at("\"1\"").expect(200), with(&changed, &json!({"code": "A794", "version": 2})));
    let stale = at("\"1\"");
    assert_eq!((stale.refused(412).as_str(), stale.etag()), ("stale", "\"2\""));
    let read = world.platform("benchmark_reader", "GET", "/v1/comuni/A794");
    assert_eq!(read.send().expect(200)["version"], 2);
    assert_eq!(read.header("If-None-Match", "\"2\"").send().expect(304), Value::Null);
    // A comune just registered has nothing of the others'; its first administrator comes from the platform.
    let first = json!({"kind": "person", "label": "Amministratore", "roles": ["amministratore"]});
    world.platform("platform_admin", "POST", "/v1/comuni/A794/members").json(&first).send().expect(201);
    let members = world.platform("platform_admin", "GET", "/v1/comuni/A794/members").send().expect(200);
    assert_eq!(members["items"].as_array().unwrap().len(), 1);
}

#[test]
fn the_platform_is_not_a_comune() {
    let world = World::new();
    let refused = put(&world, "Z000", &bergamo());
    assert_eq!(refused.refused(422), "invalid");
    assert_eq!(world.platform("platform_admin", "GET", "/v1/comuni/Z000").send().refused(404), "not-found");
    for wrong in ["l454", "L45", "L4545"] {
        assert_eq!(put(&world, wrong, &bergamo()).refused(404), "not-found", "{wrong}");
    }
}

#[test]
fn an_identifier_belongs_to_one_comune_on_any_day() {
    let world = World::new();
    let istat = |value: &str, from: &str, to: Option<&str>| match to {
        Some(to) => json!({"scheme": "istat", "value": value, "valid_from": from, "valid_to": to}),
        None => json!({"scheme": "istat", "value": value, "valid_from": from}),
    };
    let facts = |identifiers: Value| with(&bergamo(), &json!({"identifiers": identifiers}));
    let theirs = facts(json!([istat("015224", "1900-01-01", None)]));
    assert_eq!(put(&world, "A794", &theirs).refused(409), "identifier-taken");
    assert_eq!(world.platform("platform_admin", "GET", "/v1/comuni/A794").send().refused(404), "not-found");
    let overlapping = facts(json!([
        istat("016024", "1861-03-17", Some("1990-01-01")),
        istat("016025", "1990-01-01", None)
    ]));
    let refused = put(&world, "A794", &overlapping);
    assert_eq!(
        (refused.refused(422).as_str(), refused.pointers()),
        ("invalid", vec!["/identifiers".to_owned()])
    );
    let successive = facts(json!([
        istat("016025", "1990-01-02", None),
        istat("016024", "1861-03-17", Some("1990-01-01"))
    ]));
    let registered = put(&world, "A794", &successive).expect(201);
    let first_days = column(registered["identifiers"].as_array().unwrap(), "valid_from");
    assert_eq!(first_days, ["1861-03-17", "1990-01-02"]);
}

#[test]
fn a_comune_with_faults_is_refused_with_each_of_them_in_its_place() {
    let world = World::new();
    let cases = [
        (json!({"province": "bg"}), vec!["/province"]),
        (json!({"region": "21"}), vec!["/region"]),
        (json!({"name": " "}), vec!["/name"]),
        (
            json!({"identifiers": [{"scheme": "istat", "value": "16024", "valid_from": "1861-03-17"}]}),
            vec!["/identifiers/0"],
        ),
        (
            json!({"identifiers": [{"scheme": "tax_code", "value": "01199250159", "valid_from": "1990-01-01"}]}),
            vec!["/identifiers/0"],
        ),
        (json!({"population": {"residents": -1, "counted_on": "2023-12-31"}}), vec!["/population/residents"]),
        (json!({"province": "B1", "region": "00"}), vec!["/province", "/region"]),
    ];
    for (members, places) in cases {
        let refused = put(&world, "A794", &with(&bergamo(), &members));
        assert_eq!(refused.refused(422), "invalid", "{members}");
        assert_eq!(refused.pointers(), places, "{members}");
    }
}

#[test]
fn a_comune_does_not_register_itself_nor_others() {
    let world = World::new();
    let write = |code: &str| {
        world.call("amministratore", "PUT", "L454", "").json(&bergamo()).send().refused(403);
        let token = world.token("L454", "amministratore");
        world.anonymous("PUT", &format!("/v1/comuni/{code}")).token(&token).json(&bergamo()).send()
    };
    assert_eq!(write("F471").refused(404), "not-found");
    assert_eq!(write("A794").refused(404), "not-found");
    let reader = world.platform("benchmark_reader", "PUT", "/v1/comuni/A794").json(&bergamo()).send();
    assert_eq!(reader.refused(404), "not-found");
}

#[test]
fn a_comune_sees_itself_in_the_list_and_the_platform_sees_all() {
    let world = World::new();
    let codes = |comune: &str, role: &str, query: &str| {
        column(&walk(&world, &world.token(comune, role), &format!("/v1/comuni{query}")).0, "code")
    };
    assert_eq!(codes("L454", "lettore", ""), ["L454"]);
    assert_eq!(codes("L454", "lettore", "?province=MI&region=03"), ["L454"]);
    assert!(codes("L454", "lettore", "?province=BS").is_empty());
    for role in ["platform_admin", "template_author", "benchmark_reader"] {
        assert_eq!(codes("Z000", role, ""), ["F471", "G004", "L454"], "{role}");
    }
    assert_eq!(world.call("lettore", "GET", "L454", "").send().expect(200)["name"], "Truccazzano");
    let token = world.token("L454", "lettore");
    let other = world.anonymous("GET", "/v1/comuni/F471").token(&token).send();
    assert_eq!(other.refused(404), "not-found");
}

#[test]
fn comuni_are_listed_in_both_orders_page_by_page_and_filtered() {
    let world = World::new();
    put(&world, "A794", &bergamo()).expect(201);
    let token = world.token("Z000", "benchmark_reader");
    let list = |query: &str| walk(&world, &token, &format!("/v1/comuni{query}"));
    assert_eq!(column(&list("?limit=1").0, "name"), ["Bergamo", "Montichiari", "Offanengo", "Truccazzano"]);
    assert_eq!(list("?limit=1").1, 4);
    assert_eq!(column(&list("?limit=3&sort=code").0, "code"), ["A794", "F471", "G004", "L454"]);
    assert_eq!(column(&list("?province=BG").0, "code"), ["A794"]);
    assert_eq!(list("?region=03&limit=2").0.len(), 4);
    assert!(list("?region=19").0.is_empty());
    let identifiers = &list("?province=MI").0[0]["identifiers"];
    assert_eq!(identifiers, &json!([{"scheme": "istat", "value": "015224", "valid_from": "1861-03-17"}]));
    let get = |query: &str| world.anonymous("GET", &format!("/v1/comuni{query}")).token(&token).send();
    let cursor = get("?limit=1").expect(200)["next_cursor"].as_str().unwrap().to_owned();
    assert_eq!(get(&format!("?sort=code&cursor={cursor}")).refused(400), "unknown-cursor");
    for (query, parameter) in [("?province=mi", "province"), ("?region=21", "region"), ("?limit=0", "limit")]
    {
        let refused = get(query);
        assert_eq!(
            (refused.refused(400), refused.pointers()),
            ("invalid-parameter".to_owned(), vec![parameter.to_owned()])
        );
    }
}
