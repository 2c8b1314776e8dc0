//! What holds for every path: the methods it has, the headers every answer carries, who may call from a web page, what is published.

mod cors;
mod published;

use std::collections::BTreeMap;

use traguardo_http::document::{build, methods_by_path};
use traguardo_http::problem::Kind;
use traguardo_http::routes;

use crate::operations::plant;
use crate::world::{Reply, Socket, World};

const METHODS: [&str; 8] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"];

/// Every path of the document, and those beside it, with names of what is planted.
fn paths(world: &World) -> BTreeMap<String, Vec<String>> {
    let names = plant(world, "L454");
    let api = build(routes::configure).unwrap();
    let beside = [
        "/v1/openapi.yaml",
        "/v1/openapi.json",
        "/.well-known/jwks.json",
        "/health/live",
        "/health/ready",
        "/metrics",
        "/problems",
        "/problems/invalid",
        "/docs/",
    ];
    let found = methods_by_path(&api)
        .into_iter()
        .map(|(path, methods)| (format!("/v1{}", names.fill(&path)), methods));
    found.chain(beside.map(|path| (path.to_owned(), vec!["GET".to_owned()]))).collect()
}

fn has_every_header(reply: &Reply) {
    for name in ["x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset"] {
        let number = reply.header(name).and_then(|value| value.parse::<u32>().ok());
        assert!(number.is_some(), "{name}: {reply}");
    }
    let once = |name: &str| reply.headers.iter().filter(|(known, _)| known == name).count() == 1;
    assert!(once("x-correlation-id") && once("cache-control"), "{reply}");
    assert_eq!(reply.header("x-content-type-options"), Some("nosniff"), "{reply}");
    assert!(reply.header("server").is_none() && reply.header("x-powered-by").is_none(), "{reply}");
}

#[test]
fn a_wrong_method_is_refused_with_the_right_ones() {
    let world = World::new();
    for (path, methods) in paths(&world) {
        let known = |method: &str| methods.iter().any(|known| known == method);
        let mut allowed = methods.clone();
        allowed.extend(known("GET").then(|| "HEAD".to_owned()));
        allowed.push("OPTIONS".to_owned());
        allowed.sort();
        let listed = |reply: &Reply| {
            let mut listed: Vec<String> = reply
                .header("allow")
                .unwrap_or_else(|| panic!("{path}: {reply}"))
                .split(", ")
                .map(str::to_owned)
                .collect();
            listed.sort();
            listed
        };
        for method in METHODS {
            let reply = world.anonymous(method, &path).send();
            has_every_header(&reply);
            if method == "OPTIONS" {
                assert_eq!((reply.status, reply.body.len()), (204, 0), "{path}: {reply}");
                assert_eq!(listed(&reply), allowed, "{path}");
            } else if !allowed.iter().any(|known| known == method) {
                if method == "HEAD" {
                    assert_eq!(reply.status, 405, "{path}: {reply}");
                } else {
                    assert_eq!(reply.refused(405), "method-not-allowed", "{method} {path}");
                }
                assert_eq!(listed(&reply), allowed, "{path}");
            } else {
                assert_ne!(reply.status, 405, "{method} {path}: {reply}");
                assert!(reply.status < 500, "{method} {path}: {reply}");
            }
        }
    }
}

#[test]
fn head_answers_as_get_does_without_the_body() {
    let world = World::new();
    let token = world.token("L454", "segretario");
    for (path, methods) in paths(&world) {
        if !methods.iter().any(|method| method == "GET") {
            continue;
        }
        let send = |method: &str| world.anonymous(method, &path).token(&token).send();
        let (get, head) = (send("GET"), send("HEAD"));
        assert_eq!(head.status, get.status, "{path}: {head}");
        for name in ["content-type", "etag", "cache-control", "location"] {
            assert_eq!(head.header(name), get.header(name), "{path}: {name}");
        }
        let mut socket = Socket::open(&world);
        socket.send(format!(
            "HEAD {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\r\n"
        ));
        let heard = socket.hear("", std::time::Duration::from_secs(5));
        assert_eq!(heard.status(), get.status, "{path}: {heard:?}");
        assert!(heard.text.ends_with("\r\n\r\n"), "{path} has a body: {heard:?}");
    }
}

#[test]
fn a_path_that_is_not_there_is_a_problem_for_every_method() {
    let world = World::new();
    for path in ["/none", "/v1/none", "/v1/comuni/L454/none", "/problems/none", "/docs/none.js"] {
        for method in METHODS {
            let reply = world.anonymous(method, path).send();
            has_every_header(&reply);
            let other_method_of_a_path =
                path.starts_with("/problems/") && method != "GET" && method != "HEAD";
            if other_method_of_a_path {
                assert!(matches!(reply.status, 204 | 405), "{method} {path}: {reply}");
            } else if method == "HEAD" {
                assert_eq!(reply.status, 404, "{path}");
            } else {
                assert_eq!(reply.refused(404), "not-found", "{method} {path}");
            }
        }
    }
}

#[test]
fn every_kind_of_refusal_has_its_page() {
    let world = World::new();
    let all = world.anonymous("GET", "/problems").send();
    for kind in Kind::ALL {
        let entry = kind.entry();
        let page = world.anonymous("GET", &format!("/problems/{}", entry.slug)).send();
        assert_eq!(page.status, 200, "{}", entry.slug);
        assert!(page.text().contains(entry.explanation), "{page}");
        assert!(all.text().contains(&format!("/problems/{}", entry.slug)), "{}", entry.slug);
        assert!((400..600).contains(&entry.status), "{}", entry.slug);
    }
}

#[test]
fn the_type_of_a_refusal_leads_to_its_page() {
    let world = World::new();
    let read = |path: &str| world.call("lettore", "GET", "L454", path);
    let met = [
        read("/units/ext:none").send(),
        read("/units?x=1").send(),
        read("/members").send(),
        world.anonymous("GET", "/v1/identity").send(),
        world.anonymous("DELETE", "/v1/identity").send(),
        read("/units").header("Accept", "text/xml").send(),
        world.call("segretario", "DELETE", "L454", "/units/ext:demo:area-2").send(),
        world.call("segretario", "POST", "L454", "/units").bytes("text/plain", "x").send(),
        world.call("segretario", "POST", "L454", "/units").bytes("application/json", "{").send(),
        world.call("segretario", "POST", "L454", "/units").bytes("application/json", "{}").send(),
    ];
    let statuses: Vec<u16> = met.iter().map(|reply| reply.status).collect();
    assert_eq!(statuses, [404, 400, 403, 401, 405, 406, 428, 415, 400, 422]);
    for reply in met {
        let kind = reply.json()["type"].as_str().unwrap().to_owned();
        assert_eq!(world.anonymous("GET", &kind).send().status, 200, "{kind}");
    }
}
