//! Whoever does not prove who it is gets one answer, whatever it asks for and however.

use chrono::TimeDelta;
use serde_json::json;
use traguardo_http::tokens::Claims;
use traguardo_server::commands;

use crate::operations::{Case, Gate, Names, cases, difference, plant};
use crate::world::{Request, World};

/// A token of ours whose time is over.
fn expired(world: &World) -> String {
    let member = world.member("L454", "amministratore");
    let issued = (commands::now() - TimeDelta::hours(2)).timestamp();
    let claims = Claims {
        iss: world.url.clone(),
        sub: member.id.0.to_string(),
        aud: commands::audience(&world.url),
        iat: issued,
        nbf: issued,
        exp: issued + 3600,
        jti: commands::new_id().to_string(),
        client_id: None,
        comune: "L454".to_owned(),
        roles: vec!["amministratore".to_owned()],
        unit: None,
    };
    world.keys.sign(&claims).unwrap()
}

/// A token of a member that was revoked after the token was used.
fn revoked(world: &World) -> String {
    let new = json!({"external_id": "revocato", "kind": "person", "label": "Revocato", "roles": ["amministratore"]});
    world.call("amministratore", "POST", "L454", "/members").json(&new).send().expect(201);
    let found = traguardo_domain::text::ExternalId::parse("revocato").unwrap();
    let comune = traguardo_domain::ComuneCode::parse("L454").unwrap();
    let occasion = traguardo_domain::audit::Occasion { at: commands::now(), request_id: "test".to_owned() };
    let member = world
        .database
        .tenant(&traguardo_domain::access::Doorkeeper.look_up(comune), occasion, |tx| {
            traguardo_persistence::members::look_up_external(tx, &found)
        })
        .unwrap()
        .unwrap();
    let token = world.token_for("L454", &member);
    world.anonymous("GET", "/v1/identity").token(&token).send().expect(200);
    world.call("amministratore", "POST", "L454", "/members/ext:revocato/revocation").send().expect(200);
    token
}

#[test]
fn without_a_token_that_holds_everything_is_refused_alike_and_first() {
    let world = World::new();
    let theirs = plant(&world, "F471");
    let (expired, revoked) = (expired(&world), revoked(&world));
    let carry: [(&str, &dyn Fn(Request) -> Request); 4] = [
        ("no token", &|request| request),
        ("garbage", &|request| request.token("garbage")),
        ("expired", &|request| request.token(&expired)),
        ("revoked", &|request| request.token(&revoked)),
    ];
    let spoil: [(&str, fn(&Case, &Names, Request) -> Request); 4] = [
        ("as documented", |case, names, request| case.with_body(names, request)),
        ("of a strange type", |_, _, request| request.bytes("text/plain", "x").header("Accept", "image/png")),
        ("not JSON", |_, _, request| request.bytes("application/json", "{").if_match("x")),
        ("with If-Match", |case, names, request| case.with_body(names, request).if_match("*")),
    ];
    let first = world.anonymous("GET", "/v1/identity").token("garbage").send();
    assert_eq!(first.refused(401), "unauthorized");
    assert_eq!(first.header("WWW-Authenticate"), Some("Bearer realm=\"traguardo\""));
    for case in cases().into_iter().filter(|case| case.row.gate != Gate::Public) {
        for names in [&theirs, &theirs.sought_in("L454"), &Names::of_nothing("A999")] {
            for (who, carry) in carry {
                for (how, spoil) in spoil {
                    let request = world.anonymous(&case.info.method, &case.path(names));
                    let reply = spoil(&case, names, carry(request)).send();
                    let call = format!("{} {} {who} {how}", case.info.method, case.path(names));
                    assert_eq!(difference(&reply, &first), None, "{call}");
                }
            }
        }
    }
}
