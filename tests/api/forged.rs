//! Forged, borrowed and outlived tokens: each is refused, all in the same words.

mod claims;
mod headers;
mod workshop;

use serde_json::json;

use crate::operations::{Names, Tokens, difference, plant};
use crate::world::{Reply, World};
use traguardo_domain::role::Role;
use workshop::{Workshop, authorization};

/// A name, and the value of the `Authorization` header it is tried with.
type Forgery = (&'static str, String);

fn identity(world: &World, value: &str) -> Reply {
    world.anonymous("GET", "/v1/identity").header("Authorization", value).send()
}

fn each_is_refused_alike(world: &World, forgeries: &[Forgery], at_least: usize) {
    let first = world.anonymous("GET", "/v1/identity").send();
    assert_eq!(first.refused(401), "unauthorized");
    assert_eq!(first.header("WWW-Authenticate"), Some("Bearer realm=\"traguardo\""));
    for (name, value) in forgeries {
        let reply = identity(world, value);
        assert_eq!(reply.status, 401, "{name}: {reply}");
        assert_eq!(difference(&reply, &first), None, "{name}");
    }
    assert!(forgeries.len() >= at_least, "{} forgeries", forgeries.len());
}

#[test]
fn the_workshop_makes_tokens_that_hold() {
    let world = World::new();
    let shop = Workshop::open(&world);
    let genuine = shop.sign(&shop.header(), &shop.claims());
    for scheme in ["Bearer", "bearer", "BEARER", "BeArEr"] {
        identity(&world, &format!("{scheme} {genuine}")).expect(200);
    }
    let several = shop.with_claim("aud", &json!(["https://altrove.example", shop.audience]));
    identity(&world, &several).expect(200);
}

#[test]
fn a_token_whose_header_is_forged_is_refused() {
    let world = World::new();
    each_is_refused_alike(&world, &headers::forgeries(&Workshop::open(&world)), 40);
}

#[test]
fn a_token_whose_claims_are_forged_is_refused() {
    let world = World::new();
    each_is_refused_alike(&world, &claims::forgeries(&Workshop::open(&world)), 45);
}

#[test]
fn a_token_carried_otherwise_than_in_one_header_is_refused() {
    let world = World::new();
    let shop = Workshop::open(&world);
    let genuine = shop.sign(&shop.header(), &shop.claims());
    let bearer = authorization(&genuine);
    let first = world.anonymous("GET", "/v1/identity").send();
    let plain = |path: &str| world.anonymous("GET", path);
    let query = format!("/v1/identity?access_token={genuine}");
    let carried = [
        ("in the query", plain(&query)),
        (
            "in a cookie",
            plain("/v1/identity").header("Cookie", &format!("access_token={genuine}; token={genuine}")),
        ),
        (
            "in two headers",
            plain("/v1/identity").header("Authorization", &bearer).header("Authorization", &bearer),
        ),
        (
            "after another header",
            plain("/v1/identity").header("Authorization", "Basic eA==").header("Authorization", &bearer),
        ),
        ("in another header", plain("/v1/identity").header("X-Authorization", &bearer)),
        ("for a proxy", plain("/v1/identity").header("Proxy-Authorization", &bearer)),
        ("as a password", plain("/v1/identity").header("Authorization", &format!("Basic {genuine}"))),
        ("by another scheme", plain("/v1/identity").header("Authorization", &format!("Token {genuine}"))),
        ("by no scheme", plain("/v1/identity").header("Authorization", &genuine)),
        ("as DPoP", plain("/v1/identity").header("Authorization", &format!("DPoP {genuine}"))),
        (
            "twice in one header",
            plain("/v1/identity").header("Authorization", &format!("{bearer}, {bearer}")),
        ),
        ("not at all", plain("/v1/identity").header("Authorization", "Bearer")),
        ("as nothing", plain("/v1/identity").header("Authorization", "Bearer ")),
    ];
    for (name, request) in carried {
        let reply = request.send();
        assert_eq!(reply.refused(401), "unauthorized", "{name}");
        assert_eq!(difference(&reply, &first), None, "{name}");
    }
    let form = world
        .anonymous("POST", "/v1/comuni/L454/units")
        .bytes("application/x-www-form-urlencoded", format!("access_token={genuine}"));
    assert_eq!(form.send().refused(401), "unauthorized");
}

#[test]
fn a_huge_token_is_refused_before_it_costs_anything() {
    let world = World::new();
    let shop = Workshop::open(&world);
    for length in [9_000, 60_000, 200_000, 1_048_576] {
        let value = shop.with_claim("jti", &json!("a".repeat(length)));
        // Above what the head of a request may have, the connection may just as well be closed.
        let sent = world.anonymous("GET", "/v1/identity").header("Authorization", &value).try_send();
        match sent {
            Ok(reply) => assert!([400, 401, 431].contains(&reply.status), "{length}: {}", reply.status),
            Err(_) => assert!(length > 60_000, "{length}: the connection broke"),
        }
    }
    identity(&world, &shop.with_claim("jti", &json!("sano"))).expect(200);
}

#[test]
fn a_token_of_a_member_revoked_or_never_registered_is_refused() {
    let world = World::new();
    let shop = Workshop::open(&world);
    let member = json!({"external_id": "uscito", "kind": "person", "label": "Uscito", "roles": ["lettore"]});
    let made = world.call("amministratore", "POST", "L454", "/members").json(&member).send().expect(201);
    let left = shop.with_claim("sub", &made["id"]);
    identity(&world, &left).expect(200);
    world.call("amministratore", "POST", "L454", "/members/ext:uscito/revocation").send().expect(200);
    let elsewhere = shop.with_claim("comune", &json!("F471"));
    each_is_refused_alike(&world, &[("revoked", left), ("of another comune", elsewhere)], 2);
}

#[test]
fn a_token_gives_no_role_that_the_member_does_not_hold() {
    let world = World::new();
    let shop = Workshop::open(&world);
    let names: Names = plant(&world, "L454");
    let roles = |roles: serde_json::Value| shop.with_claim("roles", &roles);
    let held = |value: &str| identity(&world, value).expect(200)["roles"].clone();
    assert_eq!(
        held(&roles(json!(["segretario", "amministratore", "platform_admin", "lettore"]))),
        json!(["lettore"])
    );
    for more in [json!(["segretario", "amministratore"]), json!([]), json!(["sindaco"])] {
        let value = roles(more);
        assert_eq!(held(&value), json!([]));
        let path = format!("/v1/comuni/L454/units/{}", names.unit);
        let remove = world.anonymous("DELETE", &path).header("Authorization", &value).if_match("*").send();
        assert_eq!(remove.refused(403), "forbidden");
        let read = world.anonymous("GET", &path).header("Authorization", &value).send();
        assert_eq!(read.refused(403), "forbidden");
    }
    let tokens = Tokens::of(&world, &["L454"]);
    assert_eq!(held(&authorization(tokens.get("L454", Role::Segretario))), json!(["segretario"]));
}
