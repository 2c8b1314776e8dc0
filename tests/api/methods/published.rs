//! What is published: the document as committed and as generated, and a page that works without a network.

use traguardo_http::document::{build, to_3_0, to_yaml};
use traguardo_http::routes;

use crate::world::World;

fn committed(name: &str) -> String {
    let path = format!("{}/../openapi/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn the_committed_document_is_the_generated_one_and_the_served_one() {
    let api = build(routes::configure).unwrap();
    let same = |name: &str, generated: &str| {
        let committed = committed(name);
        let differs = committed.lines().zip(generated.lines()).find(|(one, other)| one != other);
        assert!(committed == generated, "openapi/{name} differs, first at {differs:?}: run `make openapi`");
    };
    same("v1.yaml", &to_yaml(&api).unwrap());
    same("v1-3.0.yaml", &to_3_0(&api).unwrap());
    let world = World::new();
    let served = world.anonymous("GET", "/v1/openapi.yaml").send();
    assert_eq!((served.status, served.header("content-type")), (200, Some("application/yaml")));
    same("v1.yaml", &served.text());
    let json = world.anonymous("GET", "/v1/openapi.json").send().expect(200);
    let yaml: serde_json::Value = yaml_serde::from_str(&committed("v1.yaml")).unwrap();
    assert_eq!(json, yaml);
}

/// The addresses a page loads from.
fn sources(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    for mark in ["src=\"", "href=\"", "url(", "@import"] {
        let parts = html.split(mark).skip(1);
        found.extend(parts.map(|part| part.split(['"', ')', ';']).next().unwrap_or_default().to_owned()));
    }
    found
}

#[test]
fn the_documentation_page_loads_nothing_from_elsewhere() {
    let world = World::new();
    for path in ["/", "/docs"] {
        let reply = world.anonymous("GET", path).send();
        assert!((300..400).contains(&reply.status), "{reply}");
        assert_eq!(reply.header("location"), Some("/docs/"), "{reply}");
    }
    let page = world.anonymous("GET", "/docs/").send();
    assert_eq!(page.status, 200, "{page}");
    let sources = sources(&page.text());
    assert!(sources.len() >= 3, "{page}");
    for source in sources {
        assert!(!source.contains("//"), "{source} is elsewhere");
        let part = world.anonymous("GET", &format!("/docs/{}", source.trim_start_matches("./"))).send();
        assert_eq!(part.status, 200, "{source}: {}", part.status);
        assert!(!part.body.is_empty(), "{source}");
    }
    let start = world.anonymous("GET", "/docs/swagger-initializer.js").send();
    assert!(start.text().contains("/v1/openapi.json"), "{start}");
    assert!(!start.text().contains("petstore"), "{start}");
}

#[test]
fn a_comune_s_data_is_kept_by_no_cache_and_the_document_by_any() {
    let world = World::new();
    let cached = |reply: &crate::world::Reply| reply.header("cache-control").unwrap_or_default().to_owned();
    let unit = world.call("lettore", "GET", "L454", "/units/ext:demo:area-1").send();
    assert_eq!(cached(&unit), "no-store", "{unit}");
    for path in ["/v1/openapi.yaml", "/v1/openapi.json", "/problems/invalid", "/.well-known/jwks.json"] {
        let reply = world.anonymous("GET", path).send();
        assert_eq!(cached(&reply), "public, max-age=300", "{path}");
    }
}
