//! Which web pages may call: none unless the operator names their origin.

use crate::world::{Reply, Request, Wishes, World};

const OURS: &str = "https://cruscotto.comune.example";
const OTHER: &str = "https://altro.example";

fn preflight(world: &World, origin: &str, method: &str, headers: &str) -> Reply {
    let request = world.anonymous("OPTIONS", "/v1/comuni/L454/units/ext:demo:area-1");
    let request = request.header("Origin", origin).header("Access-Control-Request-Method", method);
    request.header("Access-Control-Request-Headers", headers).send()
}

fn read(world: &World, origin: &str) -> Request {
    world.call("lettore", "GET", "L454", "/units").header("Origin", origin)
}

fn allowed(reply: &Reply) -> Option<&str> {
    reply.header("access-control-allow-origin")
}

#[test]
fn no_page_may_call_unless_its_origin_is_named() {
    let world = World::new();
    for origin in [OURS, OTHER, "null", "http://127.0.0.1"] {
        let reply = read(&world, origin).send();
        assert_eq!((reply.status, allowed(&reply)), (200, None), "{reply}");
        assert_eq!(allowed(&preflight(&world, origin, "PUT", "If-Match")), None);
    }
}

#[test]
fn a_named_origin_may_call_and_another_may_not() {
    let world = World::with(Wishes { origins: vec![OURS.to_owned()], ..Wishes::default() });
    let reply = read(&world, OURS).send();
    assert_eq!((reply.status, allowed(&reply)), (200, Some(OURS)), "{reply}");
    let exposed = reply.header("access-control-expose-headers").unwrap().to_lowercase();
    for name in ["etag", "location", "x-ratelimit-remaining", "retry-after", "x-correlation-id"] {
        assert!(exposed.contains(name), "{name}: {exposed}");
    }
    assert!(reply.headers.iter().any(|(name, value)| name == "vary" && value.contains("Origin")), "{reply}");
    for method in ["GET", "PUT", "POST", "DELETE"] {
        let reply = preflight(&world, OURS, method, "authorization, content-type, if-match, idempotency-key");
        assert_eq!((reply.status, allowed(&reply)), (200, Some(OURS)), "{reply}");
        assert!(reply.header("access-control-allow-methods").unwrap().contains(method), "{reply}");
    }
    for origin in
        [OTHER, "null", "https://cruscotto.comune.example.evil.example", "http://cruscotto.comune.example"]
    {
        let reply = read(&world, origin).send();
        assert_eq!(allowed(&reply), None, "{origin}: {reply}");
        assert_eq!(allowed(&preflight(&world, origin, "PUT", "if-match")), None, "{origin}");
    }
    assert_eq!(allowed(&preflight(&world, OURS, "PUT", "x-secret")), None);
}

#[test]
fn a_refused_preflight_is_a_problem_like_any_refusal() {
    let world = World::with(Wishes { origins: vec![OURS.to_owned()], ..Wishes::default() });
    for (origin, method, headers) in
        [(OTHER, "PUT", "if-match"), (OURS, "PROPFIND", "if-match"), (OURS, "PUT", "x-secret")]
    {
        let reply = preflight(&world, origin, method, headers);
        reply.refused(reply.status);
        assert!((400..500).contains(&reply.status), "{reply}");
    }
}

#[test]
fn a_refusal_to_a_named_origin_can_be_read_by_its_page() {
    let world = World::with(Wishes { origins: vec![OURS.to_owned()], ..Wishes::default() });
    let reply = world.anonymous("GET", "/v1/identity").header("Origin", OURS).send();
    assert_eq!((reply.refused(401).as_str(), allowed(&reply)), ("unauthorized", Some(OURS)));
}
