//! Secrets of clients, over HTTP.

use serde_json::{Value, json};

use super::NOBODY;
use crate::world::{Reply, World};

const ERP: &str = "/members/ext:demo:integratore/secrets";

/// A secret given to a client of L454 by its administrator.
pub(super) fn issue(world: &World, path: &str) -> Reply {
    world.call("amministratore", "POST", "L454", path).json(&json!({})).send()
}

fn listed(world: &World) -> Value {
    world.call("amministratore", "GET", "L454", ERP).send().expect(200)["items"].clone()
}

fn revoke(world: &World, id: &str) -> Reply {
    world.call("amministratore", "POST", "L454", &format!("{ERP}/{id}/revocation")).send()
}

#[test]
fn a_secret_is_shown_once_and_never_again() {
    let world = World::new();
    let issued = issue(&world, ERP);
    let secret = issued.expect(201);
    let member = world.member("L454", "integratore").id.0;
    assert_eq!(secret["client_id"], format!("L454.{member}"));
    let plain = secret["client_secret"].as_str().unwrap();
    assert!(plain.starts_with("trg_") && plain.len() == 47, "{plain}");
    let at = format!("/v1/comuni/L454/members/{member}/secrets/{}", secret["id"].as_str().unwrap());
    assert!(issued.header("Location").unwrap().ends_with(&at), "{issued}");
    let list = world.call("amministratore", "GET", "L454", ERP).send();
    let items = list.expect(200)["items"].clone();
    assert_eq!((&items[0]["id"], &items[0]["expires_at"]), (&secret["id"], &secret["expires_at"]));
    assert!(!list.text().contains(plain) && !list.text().contains("argon2"), "{list}");
    let names: Vec<&String> = items[0].as_object().unwrap().keys().collect();
    assert_eq!(names, ["created_at", "expires_at", "id"]);
}

#[test]
fn a_secret_asked_again_with_the_same_key_is_the_same_and_is_not_kept_in_clear() {
    use diesel::prelude::*;
    #[derive(QueryableByName)]
    struct Kept {
        #[diesel(sql_type = diesel::sql_types::Binary)]
        body: Vec<u8>,
    }
    let world = World::new();
    let ask = || world.call("amministratore", "POST", "L454", ERP).key("one").json(&json!({})).send();
    let (first, second) = (ask(), ask());
    assert_eq!(first.expect(201), second.expect(201));
    assert_eq!(second.header("Idempotency-Replayed"), Some("true"));
    assert_eq!(listed(&world).as_array().unwrap().len(), 1);
    let kept: Vec<Kept> = diesel::sql_query("select body from idempotency_keys")
        .load(&mut world.stored.administrator())
        .unwrap();
    let plain = first.json()["client_secret"].as_str().unwrap().to_owned();
    assert_eq!(kept.len(), 1);
    assert!(!String::from_utf8_lossy(&kept[0].body).contains(&plain));
}

#[test]
fn a_client_has_two_valid_secrets_at_most() {
    let world = World::new();
    let first = issue(&world, ERP).expect(201)["id"].as_str().unwrap().to_owned();
    issue(&world, ERP).expect(201);
    assert_eq!(issue(&world, ERP).refused(409), "too-many-secrets");
    let revoked = revoke(&world, &first).expect(200);
    assert!(revoked["revoked_at"].is_string());
    assert_eq!(revoke(&world, &first).expect(200), revoked, "revoking twice changes nothing");
    issue(&world, ERP).expect(201);
    assert_eq!(issue(&world, ERP).refused(409), "too-many-secrets");
    assert_eq!(listed(&world).as_array().unwrap().len(), 3);
    assert_eq!(revoke(&world, NOBODY).refused(404), "not-found");
    let of_another = format!("/members/ext:demo:lettore/secrets/{first}/revocation");
    assert_eq!(world.call("amministratore", "POST", "L454", &of_another).send().refused(404), "not-found");
}

#[test]
fn only_a_client_of_ours_that_is_not_revoked_gets_a_secret() {
    let world = World::new();
    assert_eq!(issue(&world, "/members/ext:demo:lettore/secrets").refused(409), "not-a-client");
    assert_eq!(issue(&world, &format!("/members/{NOBODY}/secrets")).refused(404), "not-found");
    let elsewhere = world.member("F471", "integratore").id.0;
    assert_eq!(issue(&world, &format!("/members/{elsewhere}/secrets")).refused(404), "not-found");
    let worded = world.call("amministratore", "POST", "L454", ERP).json(&json!({"secret": "mine"})).send();
    assert_eq!((worded.refused(422).as_str(), worded.pointers()), ("invalid", vec!["/secret".to_owned()]));
    world
        .call("amministratore", "POST", "L454", "/members/ext:demo:integratore/revocation")
        .send()
        .expect(200);
    assert_eq!(issue(&world, ERP).refused(409), "member-revoked");
    assert_eq!(
        world.call("segretario", "POST", "L454", ERP).json(&json!({})).send().refused(403),
        "forbidden"
    );
}

#[test]
fn the_platform_gives_no_secret_to_a_client_with_roles_over_content() {
    let world = World::new();
    let issue = |comune: &str, key: &str| {
        let path = format!("/v1/comuni/{comune}/members/{key}/secrets");
        world.platform("platform_admin", "POST", &path).json(&json!({})).send()
    };
    assert_eq!(issue("L454", "ext:demo:integratore").refused(403), "role-not-yours-to-give");
    let keeper =
        json!({"external_id": "KEEPER", "kind": "client", "label": "Rubrica", "roles": ["amministratore"]});
    world.platform("platform_admin", "POST", "/v1/comuni/L454/members").json(&keeper).send().expect(201);
    issue("L454", "ext:KEEPER").expect(201);
    issue("Z000", "ext:demo:benchmark_reader").expect(201);
}
