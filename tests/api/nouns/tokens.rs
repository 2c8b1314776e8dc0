//! Tokens of programs, our keys, and the tokens of other issuers, over HTTP.

mod issuers;
mod keys;
mod outside;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use super::NOBODY;
use super::secrets::issue;
use crate::world::{Reply, Wishes, World};

const FORM: &str = "application/x-www-form-urlencoded";
const ERP: &str = "/members/ext:demo:integratore";

/// A program's name and secret.
struct Credentials {
    id: String,
    secret: String,
    number: String,
}

/// A new secret of the demo's program of L454.
fn given(world: &World) -> Credentials {
    let issued = issue(world, &format!("{ERP}/secrets")).expect(201);
    let text = |name: &str| issued[name].as_str().unwrap().to_owned();
    Credentials { id: text("client_id"), secret: text("client_secret"), number: text("id") }
}

fn form(world: &World, body: &str) -> Reply {
    world.anonymous("POST", "/v1/oauth/token").bytes(FORM, body).send()
}

fn ask(world: &World, id: &str, secret: &str) -> Reply {
    form(world, &format!("grant_type=client_credentials&client_id={id}&client_secret={secret}"))
}

fn token(reply: &Reply) -> String {
    reply.expect(200)["access_token"].as_str().unwrap().to_owned()
}

fn identity(world: &World, token: &str) -> Reply {
    world.anonymous("GET", "/v1/identity").token(token).send()
}

fn revoke(world: &World, path: &str) {
    world.call("amministratore", "POST", "L454", &format!("{path}/revocation")).send().expect(200);
}

#[test]
fn a_program_gets_a_token_for_its_comune_that_lives_ten_minutes() {
    let world = World::new();
    let own = given(&world);
    let reply = ask(&world, &own.id, &own.secret);
    let body = reply.expect(200);
    assert_eq!((&body["token_type"], &body["expires_in"]), (&json!("Bearer"), &json!(600)));
    assert_eq!(reply.header("Cache-Control"), Some("no-store"));
    let token = token(&reply);
    let claims = token.split('.').nth(1).unwrap();
    let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).unwrap()).unwrap();
    assert_eq!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(), 600);
    assert_eq!((&claims["comune"], &claims["client_id"]), (&json!("L454"), &json!(own.id)));
    assert_eq!(claims["roles"], json!(["integratore"]));
    assert_eq!(identity(&world, &token).expect(200)["comune"], "L454");
    let plan = json!({"year": 2026, "kind": "peg_pdo", "title": "PEG 2026"});
    let post = |comune: &str| {
        world.anonymous("POST", &format!("/v1/comuni/{comune}/plans")).token(&token).json(&plan).send()
    };
    post("L454").expect(201);
    assert_eq!(post("F471").refused(404), "not-found");
    // Two secrets open alike, in the form and in Basic, and a scope asked for changes nothing.
    let second = given(&world);
    let basic = |credentials: &Credentials| {
        let pair = STANDARD.encode(format!("{}:{}", credentials.id, credentials.secret));
        let request =
            world.anonymous("POST", "/v1/oauth/token").header("Authorization", &format!("Basic {pair}"));
        request.bytes(FORM, "grant_type=client_credentials&scope=plans").send()
    };
    for credentials in [&own, &second] {
        assert_eq!(basic(credentials).expect(200)["expires_in"], 600);
    }
}

#[test]
fn whoever_does_not_prove_to_be_a_program_of_ours_gets_no_token() {
    let world = World::new();
    let own = given(&world);
    let person = world.member("L454", "segretario").id.0;
    let elsewhere = own.id.replace("L454", "F471");
    let nobody = format!("L454.{NOBODY}");
    let cases = [
        (own.id.as_str(), "trg_wrong"),
        (own.id.as_str(), ""),
        (nobody.as_str(), own.secret.as_str()),
        (elsewhere.as_str(), own.secret.as_str()),
        (&format!("L454.{person}"), own.secret.as_str()),
        ("L454", own.secret.as_str()),
        ("A001.x", own.secret.as_str()),
        ("", own.secret.as_str()),
    ];
    for (id, secret) in cases {
        let refused = ask(&world, id, secret);
        assert_eq!(refused.refused(401), "unauthorized", "{id}");
        assert_eq!(refused.json()["error"], "invalid_client", "{id}");
    }
    revoke(&world, &format!("{ERP}/secrets/{}", own.number));
    assert_eq!(ask(&world, &own.id, &own.secret).refused(401), "unauthorized", "a revoked secret");
    let second = given(&world);
    token(&ask(&world, &second.id, &second.secret));
    revoke(&world, ERP);
    assert_eq!(ask(&world, &second.id, &second.secret).refused(401), "unauthorized", "a revoked program");
}

#[test]
fn a_request_for_a_token_that_is_not_one_is_refused_before_anything_is_looked_up() {
    let world = World::new();
    let credentials = format!("client_id=L454.{NOBODY}&client_secret=trg_x");
    let cases = [
        (format!("grant_type=password&{credentials}"), "unsupported_grant_type"),
        (credentials.clone(), "invalid_request"),
        (format!("grant_type=client_credentials&client_id=L454.{NOBODY}"), "invalid_request"),
        ("grant_type=client_credentials&client_secret=x".to_owned(), "invalid_request"),
        ("grant_type=client_credentials".to_owned(), "invalid_request"),
        (String::new(), "invalid_request"),
    ];
    for (body, code) in cases {
        let refused = form(&world, &body);
        assert_eq!(refused.refused(400), "invalid-token-request", "{body}");
        assert_eq!(refused.json()["error"], code, "{body}");
    }
    let json = json!({"grant_type": "client_credentials", "client_id": "x", "client_secret": "y"});
    let refused = world.anonymous("POST", "/v1/oauth/token").json(&json).send();
    assert_eq!(refused.refused(415), "unsupported-media-type");
}

#[test]
fn ten_failures_make_a_program_wait_and_no_other() {
    let world = World::new();
    let own = given(&world);
    let wrong = || ask(&world, &own.id, "trg_wrong");
    // Counts are of a minute of the clock: near its end the next one is gone into, so that what follows is in the same.
    let mut failures = 0;
    let waiting = loop {
        let reply = wrong();
        let enough = |reply: &Reply| reply.header("Retry-After").unwrap().parse::<u32>().unwrap() > 5;
        if reply.status == 429 && enough(&reply) {
            break reply;
        }
        if reply.status == 401 {
            failures += 1;
        } else {
            std::thread::park_timeout(std::time::Duration::from_millis(500));
        }
        assert!(failures <= 30, "{failures} failures, and no waiting");
    };
    assert_eq!(waiting.refused(429), "too-many-requests");
    assert!(failures >= 10, "made to wait after {failures} failures");
    let right = ask(&world, &own.id, &own.secret);
    assert_eq!(right.refused(429), "too-many-requests", "not even with the right secret");
    let secret =
        world.platform("platform_admin", "POST", "/v1/comuni/Z000/members/ext:demo:benchmark_reader/secrets");
    let other = secret.json(&json!({})).send().expect(201);
    let text = |name: &str| other[name].as_str().unwrap();
    token(&ask(&world, text("client_id"), text("client_secret")));
}

#[test]
fn a_program_revoked_is_refused_at_once_here_and_soon_everywhere() {
    let world = World::new();
    let own = given(&world);
    let token = token(&ask(&world, &own.id, &own.secret));
    let second = World::on(
        std::sync::Arc::clone(&world.stored),
        Wishes {
            standing_life: std::time::Duration::ZERO,
            public_url: Some(world.public_url.clone()),
            ..Wishes::default()
        },
    );
    for instance in [&world, &second] {
        identity(instance, &token).expect(200);
    }
    revoke(&world, ERP);
    for instance in [&world, &second] {
        assert_eq!(identity(instance, &token).refused(401), "unauthorized");
    }
}
