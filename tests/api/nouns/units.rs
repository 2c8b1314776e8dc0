//! Units, over HTTP.

mod pages;
mod tree;

use serde_json::{Value, json};

use super::{NOBODY, with};
use crate::world::{Reply, World};

/// A unit that is refused by nothing.
fn sector() -> Value {
    json!({"external_id": "ERP-1", "code": "S.01", "name": "Settore affari generali", "kind": "sector", "valid_from": "2025-01-01"})
}

fn add(world: &World, unit: &Value) -> Reply {
    world.call("segretario", "POST", "L454", "/units").json(unit).send()
}

/// A unit added; its id.
#[track_caller]
fn added(world: &World, members: &Value) -> String {
    add(world, &with(&sector(), members)).expect(201)["id"].as_str().unwrap().to_owned()
}

fn put(world: &World, key: &str, unit: &Value, etag: &str) -> Reply {
    world.call("segretario", "PUT", "L454", &format!("/units/{key}")).json(unit).if_match(etag).send()
}

#[test]
fn a_unit_is_created_read_changed_and_deleted() {
    let world = World::new();
    let new = sector();
    let created = add(&world, &new);
    let unit = created.expect(201);
    assert_eq!(created.etag(), "\"1\"");
    let at = format!("{}/v1/comuni/L454/units/{}", world.url, unit["id"].as_str().unwrap());
    assert_eq!(created.header("Location"), Some(at.as_str()));
    assert_eq!(unit, with(&new, &json!({"id": unit["id"], "version": 1})));
    let read = world.call("lettore", "GET", "L454", "/units/ext:ERP-1").send();
    assert_eq!(read.expect(200), unit);
    let mut changed = new.clone();
    changed["name"] = "Settore servizi generali".into();
    assert_eq!(put(&world, "ext:ERP-1", &changed, "\"1\"").expect(200)["version"], 2);
    let stale = put(&world, "ext:ERP-1", &changed, "\"1\"");
    assert_eq!((stale.refused(412).as_str(), stale.etag()), ("stale", "\"2\""));
    let delete = || world.call("segretario", "DELETE", "L454", "/units/ext:ERP-1");
    assert_eq!(delete().send().refused(428), "precondition-required");
    assert_eq!(delete().if_match("\"1\"").send().refused(412), "stale");
    assert_eq!(delete().if_match("\"2\"").send().expect(204), Value::Null);
    assert_eq!(delete().if_match("\"2\"").send().refused(404), "not-found");
    assert_eq!(world.call("lettore", "GET", "L454", "/units/ext:ERP-1").send().refused(404), "not-found");
}

#[test]
fn a_unit_read_with_the_version_held_is_not_sent_again() {
    let world = World::new();
    let read = |etag: &str| {
        world.call("lettore", "GET", "L454", "/units/ext:demo:area-1").header("If-None-Match", etag).send()
    };
    let same = read("\"1\"");
    assert_eq!((same.expect(304), same.etag()), (Value::Null, "\"1\""));
    assert_eq!(read("\"2\"").expect(200)["code"], "AREA-1");
}

#[test]
fn a_unit_put_by_its_own_key_is_created_once_and_then_left_as_it_is() {
    let world = World::new();
    let put = |unit: &Value| world.call("integratore", "PUT", "L454", "/units/ext:ERP-1").json(unit);
    let unit = with(&sector(), &json!({"external_id": null}));
    let created = put(&unit).send();
    assert_eq!(created.expect(201)["external_id"], "ERP-1");
    assert!(created.header("Location").is_some());
    assert_eq!(put(&sector()).send().expect(200)["version"], 1);
    let other = with(&unit, &json!({"name": "Altro"}));
    assert_eq!(put(&other).send().refused(428), "precondition-required");
    assert_eq!(put(&other).header("If-None-Match", "*").send().refused(412), "already-there");
    assert_eq!(put(&other).if_match("*").send().expect(200)["version"], 2);
    let misnamed = put(&with(&unit, &json!({"external_id": "ERP-2"}))).if_match("*").send();
    assert_eq!(
        (misnamed.refused(422).as_str(), misnamed.pointers()),
        ("invalid", vec!["/external_id".to_owned()])
    );
    let nothing = world.call("integratore", "PUT", "L454", "/units/ext:ERP-9").json(&unit);
    assert_eq!(nothing.if_match("\"1\"").send().refused(412), "nothing-to-change");
    let nowhere = world.call("integratore", "PUT", "L454", &format!("/units/{NOBODY}")).json(&unit);
    assert_eq!(nowhere.if_match("\"1\"").send().refused(404), "not-found");
}

#[test]
fn a_unit_with_faults_is_refused_with_each_of_them_in_its_place() {
    let world = World::new();
    let cases = [
        (json!({"code": "AREA 1"}), vec!["/code"]),
        (json!({"code": ""}), vec!["/code"]),
        (json!({"name": "  "}), vec!["/name"]),
        (json!({"external_id": "-a"}), vec!["/external_id"]),
        (json!({"valid_to": "2024-12-31"}), vec!["/valid_to"]),
        (
            json!({"code": "#", "name": "\u{202e}", "external_id": "é"}),
            vec!["/external_id", "/code", "/name"],
        ),
    ];
    for (members, places) in cases {
        let refused = add(&world, &with(&sector(), &members));
        assert_eq!(refused.refused(422), "invalid", "{members}");
        assert_eq!(refused.pointers(), places, "{members}");
    }
}

#[test]
fn whoever_may_only_read_units_does_not_write_them() {
    let world = World::new();
    for role in ["responsabile", "nucleo", "giunta", "lettore"] {
        let refused = world.call(role, "POST", "L454", "/units").json(&sector()).send();
        assert_eq!(refused.refused(403), "forbidden", "{role}");
    }
    let refused = world.platform("platform_admin", "POST", "/v1/comuni/L454/units").json(&sector()).send();
    assert_eq!(refused.refused(404), "not-found");
}
