//! Tokens of other issuers: whom they speak of is known here or nobody, and the comune is never theirs to choose.

use serde_json::{Value, json};
use traguardo_http::tokens::IssuerSettings;

use super::super::with;
use super::identity;
use super::outside::{AUDIENCE, Outside, Page};
use crate::world::{Wishes, World};

/// A world that accepts an issuer, as its configuration says.
fn trusting(outside: &Outside, settings: &Value) -> World {
    let usual = json!({"issuer": outside.name, "audience": AUDIENCE, "algorithm": "EdDSA"});
    let text = json!([with(&usual, settings)]).to_string();
    World::with(Wishes { issuers: IssuerSettings::parse(&text).unwrap(), ..Wishes::default() })
}

/// Registers a person the issuer knows as `subject`.
fn register(world: &World, comune: &str, outside: &Outside, subject: &str) -> Value {
    let known = json!({"issuer": outside.name, "subject": subject});
    let member =
        json!({"kind": "person", "label": "Persona", "roles": ["segretario", "nucleo"], "identity": known});
    world.call("amministratore", "POST", comune, "/members").json(&member).send().expect(201)
}

#[test]
fn a_member_known_to_another_issuer_comes_with_its_token_and_its_roles_here() {
    let outside = Outside::new("accesso");
    let world = trusting(&outside, &json!({"jwks": {"file": outside.jwks_file()}, "comune": "L454"}));
    let member = register(&world, "L454", &outside, "42");
    let said = |claims: Value| identity(&world, &outside.token("42", &claims));
    let known = said(json!({})).expect(200);
    assert_eq!((&known["member"], &known["comune"]), (&member["id"], &json!("L454")));
    assert_eq!(known["roles"], json!(["segretario", "nucleo"]));
    // What it says of comune and roles is not listened to.
    let bold = said(json!({"comune": "F471", "roles": ["amministratore"], "producerId": "F471"})).expect(200);
    assert_eq!((&bold["comune"], &bold["roles"]), (&known["comune"], &known["roles"]));
    let token = outside.token("42", &json!({}));
    world.anonymous("GET", "/v1/comuni/L454/plans").token(&token).send().expect(200);
    let other = world.anonymous("GET", "/v1/comuni/F471/plans").token(&token).send();
    assert_eq!(other.refused(404), "not-found");
    let path = format!("/members/{}/revocation", member["id"].as_str().unwrap());
    world.call("amministratore", "POST", "L454", &path).send().expect(200);
    assert_eq!(said(json!({})).refused(401), "unauthorized");
}

#[test]
fn a_token_of_another_issuer_that_is_not_as_agreed_is_refused() {
    let (outside, stranger) = (Outside::new("accesso-severo"), Outside::new("estraneo"));
    let world = trusting(&outside, &json!({"jwks": {"file": outside.jwks_file()}, "comune": "L454"}));
    register(&world, "L454", &outside, "42");
    identity(&world, &outside.token("42", &json!({}))).expect(200);
    let now = traguardo_server::commands::now().timestamp();
    let refused = [
        ("unknown here", outside.token("43", &json!({}))),
        ("for somebody else", outside.token("42", &json!({"aud": "https://altro.example"}))),
        ("for several joined by commas", outside.token("42", &json!({"aud": format!("x,{AUDIENCE}")}))),
        ("ended", outside.token("42", &json!({"exp": now - 60, "iat": now - 120, "nbf": now - 120}))),
        ("without an end", outside.token("42", &json!({"exp": null}))),
        ("from tomorrow", outside.token("42", &json!({"nbf": now + 600}))),
        ("too long lived", outside.token("42", &json!({"exp": now + 7_200}))),
        ("of nobody", outside.token("", &json!({}))),
        ("of an issuer nobody named", stranger.token("42", &json!({}))),
        ("signed by another", stranger.token("42", &json!({"iss": outside.name}))),
        ("in our name", outside.token("42", &json!({"iss": world.public_url}))),
    ];
    for (why, token) in refused {
        assert_eq!(identity(&world, &token).refused(401), "unauthorized", "{why}");
    }
    let several = json!({"aud": ["https://altro.example", AUDIENCE]});
    identity(&world, &outside.token("42", &several)).expect(200);
}

#[test]
fn keys_at_an_address_are_fetched_when_a_token_names_one_not_known_and_not_at_every_token() {
    let (outside, stranger) = (Outside::new("accesso-remoto"), Outside::new("sconosciuto"));
    let page = Page::showing(&outside.jwks().to_string());
    let world = trusting(&outside, &json!({"jwks": {"url": page.url}, "comune": "L454"}));
    register(&world, "L454", &outside, "42");
    assert_eq!(page.looks(), 0);
    identity(&world, &outside.token("42", &json!({}))).expect(200);
    assert_eq!(page.looks(), 1, "an unknown key is looked for");
    identity(&world, &outside.token("42", &json!({"jti": "2"}))).expect(200);
    for number in 0..5 {
        let forged = stranger.token("42", &json!({"iss": outside.name, "jti": number.to_string()}));
        assert_eq!(identity(&world, &forged).refused(401), "unauthorized");
    }
    assert_eq!(page.looks(), 1, "whoever sends unknown keys does not make the service ask for each");
    page.show("not a set of keys");
    identity(&world, &outside.token("42", &json!({"jti": "3"}))).expect(200);
}

#[test]
fn keys_that_cannot_be_had_refuse_the_token_and_nothing_else() {
    let outside = Outside::new("accesso-guasto");
    let page = Page::showing("{}");
    let world = trusting(&outside, &json!({"jwks": {"url": page.url}, "comune": "L454"}));
    register(&world, "L454", &outside, "42");
    assert_eq!(identity(&world, &outside.token("42", &json!({}))).refused(401), "unauthorized");
    identity(&world, &world.token("L454", "lettore")).expect(200);
}

#[test]
fn a_token_of_the_national_data_platform_is_for_the_comune_of_its_producer() {
    let outside = Outside::new("piattaforma");
    let producers = json!({"producer-1": "L454", "producer-2": "F471"});
    let world = trusting(&outside, &json!({"jwks": {"file": outside.jwks_file()}, "producers": producers}));
    register(&world, "L454", &outside, "client-7");
    let token = |claims: Value| {
        let joined = json!({"aud": format!("https://altro.example/api, {AUDIENCE}"), "comune": "F471"});
        identity(&world, &outside.token("client-7", &with(&joined, &claims)))
    };
    assert_eq!(token(json!({"producerId": "producer-1"})).expect(200)["comune"], "L454");
    let refused = [
        ("a producer in whose comune it is not known", json!({"producerId": "producer-2"})),
        ("a producer nobody named", json!({"producerId": "producer-3"})),
        ("no producer", json!({})),
        ("a longer audience", json!({"producerId": "producer-1", "aud": format!("{AUDIENCE}/more,x")})),
    ];
    for (why, claims) in refused {
        assert_eq!(token(claims).refused(401), "unauthorized", "{why}");
    }
}
