//! Members, over HTTP.

mod rules;

use serde_json::{Value, json};

use super::{NOBODY, column, walk, with};
use crate::world::{Reply, World};

/// A program of the comune's that is refused by nothing.
fn program() -> Value {
    json!({"external_id": "ERP", "kind": "client", "label": "Gestionale", "roles": ["integratore"]})
}

fn register(world: &World, member: &Value) -> Reply {
    world.call("amministratore", "POST", "L454", "/members").json(member).send()
}

fn put(world: &World, key: &str, member: &Value, etag: &str) -> Reply {
    world.call("amministratore", "PUT", "L454", &format!("/members/{key}")).json(member).if_match(etag).send()
}

fn revoke(world: &World, key: &str) -> Reply {
    world.call("amministratore", "POST", "L454", &format!("/members/{key}/revocation")).send()
}

#[test]
fn a_member_is_registered_read_changed_and_revoked() {
    let world = World::new();
    let created = register(&world, &program());
    let member = created.expect(201);
    assert_eq!(member, with(&program(), &json!({"id": member["id"], "version": 1})));
    let at = format!("{}/v1/comuni/L454/members/{}", world.url, member["id"].as_str().unwrap());
    assert_eq!(created.header("Location"), Some(at.as_str()));
    let read = || world.call("segretario", "GET", "L454", "/members/ext:ERP");
    assert_eq!(read().send().expect(200), member);
    assert_eq!(read().header("If-None-Match", "\"1\"").send().expect(304), Value::Null);
    let changed = with(&program(), &json!({"label": "Gestionale nuovo"}));
    assert_eq!(put(&world, "ext:ERP", &changed, "\"1\"").expect(200)["version"], 2);
    assert_eq!(put(&world, "ext:ERP", &changed, "\"1\"").refused(412), "stale");
    let revoked = revoke(&world, "ext:ERP").expect(200);
    assert_eq!(revoked["version"], 3);
    assert!(revoked["revoked_at"].is_string());
    assert_eq!(revoke(&world, "ext:ERP").expect(200), revoked, "revoking twice changes nothing");
    let again = put(&world, "ext:ERP", &with(&program(), &json!({"label": "Altro"})), "\"3\"");
    assert_eq!(again.refused(409), "member-revoked");
    assert_eq!(revoke(&world, NOBODY).refused(404), "not-found");
    assert_eq!(
        world.call("segretario", "GET", "L454", "/members/ext:NESSUNO").send().refused(404),
        "not-found"
    );
}

#[test]
fn a_member_put_by_its_own_key_is_created_once_and_then_left_as_it_is() {
    let world = World::new();
    let put = |member: &Value| world.call("amministratore", "PUT", "L454", "/members/ext:ERP").json(member);
    let unnamed = with(&program(), &json!({"external_id": null}));
    assert_eq!(put(&unnamed).send().expect(201)["external_id"], "ERP");
    assert_eq!(put(&program()).send().expect(200)["version"], 1);
    let other = with(&program(), &json!({"label": "Altro"}));
    assert_eq!(put(&other).send().refused(428), "precondition-required");
    assert_eq!(put(&other).header("If-None-Match", "*").send().refused(412), "already-there");
    let misnamed = put(&with(&program(), &json!({"external_id": "ALTRO"}))).if_match("*").send();
    assert_eq!(
        (misnamed.refused(422), misnamed.pointers()),
        ("invalid".to_owned(), vec!["/external_id".to_owned()])
    );
}

#[test]
fn a_role_taken_away_is_taken_from_the_tokens_already_given() {
    let world = World::new();
    let token = world.token("L454", "segretario");
    let unit = |code: &str| {
        let unit = json!({"code": code, "name": "Ufficio", "kind": "office", "valid_from": "2025-01-01"});
        world.anonymous("POST", "/v1/comuni/L454/units").token(&token).json(&unit).send()
    };
    unit("U.1").expect(201);
    let facts = |role: &str| json!({"external_id": "demo:segretario", "kind": "person", "label": "Segretario", "roles": [role]});
    put(&world, "ext:demo:segretario", &facts("lettore"), "\"1\"").expect(200);
    assert_eq!(unit("U.2").refused(403), "forbidden");
    let said = world.anonymous("GET", "/v1/identity").token(&token).send().expect(200);
    assert_eq!(said["roles"], json!([]), "a token has what it was given and its member still has");
    put(&world, "ext:demo:segretario", &facts("segretario"), "\"2\"").expect(200);
    unit("U.2").expect(201);
    revoke(&world, "ext:demo:segretario").expect(200);
    assert_eq!(unit("U.3").refused(401), "unauthorized");
}

#[test]
fn members_are_listed_in_both_orders_page_by_page_and_filtered() {
    let world = World::new();
    let token = world.token("L454", "segretario");
    let list = |query: &str| walk(&world, &token, &format!("/v1/comuni/L454/members{query}"));
    register(&world, &with(&program(), &json!({"label": "Dimostrativo: lettore"}))).expect(201);
    let (up, pages) = list("?limit=2");
    assert_eq!((up.len(), pages), (12, 6));
    assert!(column(&up, "label").is_sorted());
    let (mut down, _) = list("?limit=2&sort=-label");
    down.reverse();
    assert_eq!(up, down, "one order is the other, backwards");
    assert_eq!(column(&list("?role=nucleo").0, "external_id"), ["demo:nucleo"]);
    assert_eq!(list("?kind=client").0.len(), 2);
    assert_eq!(list("?kind=person").0.len(), 10);
    revoke(&world, "ext:ERP").expect(200);
    assert_eq!(column(&list("?revoked=true").0, "external_id"), ["ERP"]);
    assert_eq!(list("?revoked=false").0.len(), 11);
    let area =
        world.call("lettore", "GET", "L454", "/units/ext:demo:area-1").send().expect(200)["id"].clone();
    let of_area = list(&format!("?unit={}", area.as_str().unwrap())).0;
    assert_eq!(column(&of_area, "external_id"), ["demo:responsabile"]);
    assert!(list(&format!("?unit={NOBODY}")).0.is_empty());
    let get = |query: &str| world.call("segretario", "GET", "L454", &format!("/members{query}")).send();
    let cursor = get("?limit=1").expect(200)["next_cursor"].as_str().unwrap().to_owned();
    assert_eq!(get(&format!("?sort=-label&cursor={cursor}")).refused(400), "unknown-cursor");
    for (query, parameter) in [("?role=sindaco", "role"), ("?revoked=maybe", "revoked"), ("?unit=x", "unit")]
    {
        let refused = get(query);
        assert_eq!(
            (refused.refused(400), refused.pointers()),
            ("invalid-parameter".to_owned(), vec![parameter.to_owned()])
        );
    }
}

#[test]
fn a_comune_nobody_registered_has_no_members_with_or_without_a_key() {
    let world = World::new();
    let member = json!({"kind": "person", "label": "Amministratore", "roles": ["amministratore"]});
    let post = || world.platform("platform_admin", "POST", "/v1/comuni/A001/members").json(&member);
    assert_eq!(post().send().refused(404), "not-found");
    assert_eq!(post().key("k").send().refused(404), "not-found");
}
