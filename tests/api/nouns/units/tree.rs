//! The tree of units: what may hang from what, and for how long; whose code is whose.

use serde_json::json;

use super::{NOBODY, add, added, put, sector, with};
use crate::world::{Reply, World};

#[track_caller]
fn refused_at(reply: &Reply, place: &str) {
    assert_eq!((reply.refused(422).as_str(), reply.pointers()), ("invalid", vec![place.to_owned()]));
}

#[test]
fn a_unit_below_nothing_or_below_another_comunes_unit_is_refused() {
    let world = World::new();
    let elsewhere = world.call("lettore", "GET", "F471", "/units/ext:demo:area-1").send().expect(200);
    for parent in [NOBODY, elsewhere["id"].as_str().unwrap()] {
        refused_at(&add(&world, &with(&sector(), &json!({"parent": parent}))), "/parent");
        let here = with(&sector(), &json!({"external_id": null, "parent": parent}));
        refused_at(&put(&world, "ext:demo:area-2", &here, "*"), "/parent");
    }
}

#[test]
fn a_unit_exists_only_while_its_parent_does() {
    let world = World::new();
    let parent = added(&world, &json!({"valid_to": "2025-12-31"}));
    let below = |from: &str, to: &str| {
        let dates = json!({"external_id": null, "code": "S.02", "parent": parent, "valid_from": from, "valid_to": to});
        add(&world, &with(&sector(), &dates))
    };
    refused_at(&below("2025-06-01", "2026-01-01"), "/valid_from");
    refused_at(&below("2024-12-31", "2025-06-01"), "/valid_from");
    let open = json!({"external_id": null, "code": "S.02", "parent": parent});
    refused_at(&add(&world, &with(&sector(), &open)), "/valid_from");
    below("2025-01-01", "2025-12-31").expect(201);
}

#[test]
fn a_unit_does_not_hang_below_itself_nor_below_what_hangs_from_it() {
    let world = World::new();
    let top = added(&world, &json!({}));
    let middle = added(&world, &json!({"external_id": null, "code": "S.02", "parent": top}));
    let bottom = added(&world, &json!({"external_id": null, "code": "S.03", "parent": middle}));
    for parent in [&top, &middle, &bottom] {
        let moved = put(&world, &top, &with(&sector(), &json!({"parent": parent})), "\"1\"");
        assert_eq!(moved.refused(409), "unit-below-itself");
    }
    let moved = with(&sector(), &json!({"external_id": null, "code": "S.03", "parent": top}));
    assert_eq!(put(&world, &bottom, &moved, "\"1\"").expect(200)["parent"], json!(top));
}

#[test]
fn a_unit_does_not_end_before_what_hangs_from_it() {
    let world = World::new();
    let top = added(&world, &json!({}));
    added(
        &world,
        &json!({"external_id": null, "code": "S.02", "parent": top, "valid_from": "2025-02-01", "valid_to": "2025-12-31"}),
    );
    let ended = |from: &str, to: &str| {
        put(&world, &top, &with(&sector(), &json!({"valid_from": from, "valid_to": to})), "\"1\"")
    };
    refused_at(&ended("2025-01-01", "2025-12-30"), "/valid_to");
    refused_at(&ended("2025-02-02", "2025-12-31"), "/valid_to");
    ended("2025-02-01", "2025-12-31").expect(200);
}

#[test]
fn a_code_is_one_units_in_a_period_and_another_units_in_the_next() {
    let world = World::new();
    let first = added(&world, &json!({"valid_to": "2025-06-30"}));
    let second = |members: serde_json::Value| add(&world, &with(&sector(), &members));
    let same_days = second(json!({"external_id": null, "valid_from": "2025-06-30"}));
    assert_eq!(same_days.refused(409), "unit-code-taken");
    let next = second(json!({"external_id": null, "valid_from": "2025-07-01"})).expect(201);
    assert_eq!(next["code"], "S.01");
    // The end of the first cannot be moved into the days of the second.
    let longer = with(&sector(), &json!({"valid_to": "2025-07-01"}));
    assert_eq!(put(&world, &first, &longer, "\"1\"").refused(409), "unit-code-taken");
    assert_eq!(second(json!({"code": "S.09"})).refused(409), "external-id-taken");
    let elsewhere = world.call("segretario", "POST", "F471", "/units").json(&sector()).send();
    assert_eq!(elsewhere.expect(201)["code"], "S.01");
}

#[test]
fn a_unit_in_use_ends_but_is_not_deleted() {
    let world = World::new();
    let top = added(&world, &json!({}));
    let below = added(&world, &json!({"external_id": null, "code": "S.02", "parent": top}));
    let delete =
        |id: &str| world.call("segretario", "DELETE", "L454", &format!("/units/{id}")).if_match("*").send();
    assert_eq!(delete(&top).refused(409), "unit-in-use");
    let head = json!({"kind": "person", "label": "Responsabile", "roles": ["responsabile"], "unit": below});
    world.call("amministratore", "POST", "L454", "/members").json(&head).send().expect(201);
    assert_eq!(delete(&below).refused(409), "unit-in-use");
    let ended = json!({"external_id": null, "code": "S.02", "parent": top, "valid_to": "2025-12-31"});
    put(&world, &below, &with(&sector(), &ended), "\"1\"").expect(200);
}
