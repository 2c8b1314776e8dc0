//! Headers of the wrong form, and ids of requests that would do harm in a log.

use serde_json::json;

use super::Complaints;
use crate::world::{Request, Socket, World};

fn unit() -> serde_json::Value {
    json!({"code": "H.1", "name": "Ufficio", "kind": "office", "valid_from": "2025-01-01"})
}

fn put(world: &World) -> Request {
    world.call("segretario", "PUT", "L454", "/units/ext:demo:area-1").json(&unit())
}

#[test]
fn a_precondition_that_is_no_list_of_tags_is_refused() {
    let world = World::new();
    let mut complaints = Complaints::default();
    let long = "\"x".repeat(5_000);
    for value in [
        "1",
        "\"1",
        "1\"",
        "\"1\" \"2\"",
        "*, \"1\"",
        "\"1\",",
        ",",
        "",
        " ",
        "W/1",
        "w/\"1\"",
        "\"a\"b\"",
        "è",
        &long,
    ] {
        let start: String = value.chars().take(20).collect();
        complaints.refuse(
            &format!("If-Match {start}"),
            &put(&world).if_match(value),
            &[400],
            Some("if-match"),
        );
        let read =
            world.call("lettore", "GET", "L454", "/units/ext:demo:area-1").header("If-None-Match", value);
        complaints.refuse(&format!("If-None-Match {start}"), &read, &[400], Some("if-none-match"));
    }
    for value in
        ["\"99\"", "\"01\"", "\"+1\"", "\" 1\"", "\"99999999999999999999\"", "W/\"1\"", "\"\"", "\"1-gzip\""]
    {
        complaints.refuse(value, &put(&world).if_match(value), &[412], None);
    }
    complaints.refuse("absent", &put(&world), &[428], None);
    complaints.none();
}

#[test]
fn a_key_of_a_retry_that_is_no_key_is_refused() {
    let world = World::new();
    let mut complaints = Complaints::default();
    let post = || world.call("segretario", "POST", "L454", "/units").json(&unit());
    for key in ["", "\"\"", " ", &"k".repeat(256), "chiave-è", "a\tb", &"k".repeat(50_000)] {
        let case: String = key.chars().take(20).collect();
        complaints.refuse(&format!("key {case:?}"), &post().key(key), &[400], Some("Idempotency-Key"));
    }
    complaints.refuse("two keys", &post().key("a").key("b"), &[400], Some("Idempotency-Key"));
    complaints.none();
    post().key(&"k".repeat(255)).send().expect(201);
}

#[test]
fn a_caller_that_takes_no_json_is_told_so() {
    let world = World::new();
    let mut complaints = Complaints::default();
    let read = || world.call("lettore", "GET", "L454", "/units");
    for accept in
        ["text/xml", "text/html, image/png", "application/xml;q=1", "text/*", "application/json-seq", "*"]
    {
        complaints.refuse(accept, &read().header("Accept", accept), &[406], None);
    }
    complaints.refuse("not ASCII", &read().header("Accept", "è"), &[400, 406], None);
    complaints.none();
    for accept in [
        "application/json",
        "*/*",
        "text/html, */*;q=0.1",
        "APPLICATION/JSON",
        "application/*",
        "text/xml, application/json",
    ] {
        read().header("Accept", accept).send().expect(200);
    }
}

#[test]
fn an_authorization_that_is_no_token_is_refused() {
    let world = World::new();
    let mut complaints = Complaints::default();
    let token = world.token("L454", "lettore");
    let read = || world.anonymous("GET", "/v1/comuni/L454/units");
    for value in [
        "",
        "Bearer",
        "Bearer ",
        "Basic YTpi",
        "Bearer a.b.c",
        &format!("Bearer {}", "x".repeat(60_000)),
        &token,
    ] {
        let case: String = value.chars().take(20).collect();
        complaints.refuse(
            &format!("Authorization {case}"),
            &read().header("Authorization", value),
            &[401],
            None,
        );
    }
    complaints.refuse("two tokens", &read().token(&token).token(&token), &[401], None);
    complaints.refuse(
        "in the query",
        &world.anonymous("GET", &format!("/v1/comuni/L454/units?access_token={token}")),
        &[401],
        None,
    );
    complaints.none();
}

#[test]
fn a_harmless_id_of_a_request_comes_back_and_a_harmful_one_does_not() {
    let world = World::new();
    let call = |id: &str| {
        world.call("lettore", "GET", "L454", "/units/ext:none").header("X-Correlation-ID", id).send()
    };
    for harmless in ["a", "0190-abc", &"x".repeat(64)] {
        let reply = call(harmless);
        assert_eq!(reply.refused(404), "not-found");
        assert_eq!(reply.header("x-correlation-id"), Some(harmless));
        assert_eq!(reply.json()["instance"], format!("urn:traguardo:request:{harmless}"));
    }
    for harmful in
        ["", "a b", "<script>", "a\"b", "{\"a\":1}", "è", "%0d%0a", "$(id)", "a;b", "a\tb", &"x".repeat(65)]
    {
        let reply = call(harmful);
        assert_eq!(reply.refused(404), "not-found");
        let id = reply.header("x-correlation-id").unwrap();
        assert!(id != harmful && id.len() == 36, "{harmful:?}: {reply}");
        assert_eq!(reply.json()["instance"], format!("urn:traguardo:request:{id}"));
    }
}

#[test]
fn a_line_break_in_a_header_makes_no_header_of_ours() {
    let world = World::new();
    let mut socket = Socket::open(&world);
    socket.send("GET /v1/status HTTP/1.1\r\nHost: x\r\nX-Correlation-ID: a\rSet-Cookie: b\r\nConnection: close\r\n\r\n");
    let heard = socket.hear("", std::time::Duration::from_secs(5));
    assert!(!heard.text.to_lowercase().contains("set-cookie"), "{heard:?}");
    assert!(heard.closed, "{heard:?}");
}
