//! Web pages and caches: any page may read what is public, none may do more, whatever the deployment says of the rest.

use super::*;
use crate::world::Wishes;

const PATH: &str = "/v1/public/catalogue";

#[test]
fn any_page_may_read_what_is_public_whatever_origins_the_deployment_names() {
    for origins in [vec![], vec!["https://cruscotto.comune.example".to_owned()]] {
        let world = World::with(Wishes { origins, ..Wishes::default() });
        for origin in ["https://cruscotto.comune.example", "https://altro.example", "null"] {
            let get = |path: &str| world.anonymous("GET", path).header("Origin", origin).send();
            let reply = get(PATH);
            let allowed: Vec<_> =
                reply.headers.iter().filter(|(name, _)| name == "access-control-allow-origin").collect();
            assert_eq!((reply.status, allowed.len()), (200, 1), "{reply}");
            assert_eq!(allowed[0].1, "*");
            let exposed = reply.header("access-control-expose-headers").unwrap().to_lowercase();
            for name in
                ["etag", "last-modified", "link", "retry-after", "x-ratelimit-remaining", "x-correlation-id"]
            {
                assert!(exposed.contains(name), "{name}: {exposed}");
            }
            let refused = get("/v1/public/comuni/A999/plans");
            assert_eq!(
                (refused.refused(404).as_str(), refused.header("access-control-allow-origin")),
                ("not-found", Some("*"))
            );
            assert!(reply.header("access-control-allow-credentials").is_none(), "{reply}");
        }
    }
}

#[test]
fn a_preflight_of_a_read_is_answered_and_offers_no_more() {
    let world = World::with(Wishes {
        origins: vec!["https://cruscotto.comune.example".to_owned()],
        ..Wishes::default()
    });
    let ask = |path: &str| {
        let request = world.anonymous("OPTIONS", path).header("Origin", "https://altro.example");
        let request = request.header("Access-Control-Request-Method", "GET");
        request.header("Access-Control-Request-Headers", "if-none-match").send()
    };
    let reply = ask(PATH);
    assert_eq!((reply.status, reply.header("access-control-allow-origin")), (204, Some("*")), "{reply}");
    assert_eq!(reply.header("access-control-allow-methods"), Some("GET, HEAD, OPTIONS"));
    assert!(reply.header("access-control-allow-headers").unwrap().contains("If-None-Match"), "{reply}");
    let elsewhere = ask("/v1/comuni/L454/units");
    assert_eq!(elsewhere.header("access-control-allow-origin"), None, "{elsewhere}");
}

#[test]
fn a_token_is_not_looked_at_and_does_not_escape_the_limit() {
    let world = World::with(Wishes { requests_a_minute: 5, ..Wishes::default() });
    let ask = || world.anonymous("GET", PATH).token("a.b.c").send();
    // The minute may turn over once in between.
    let statuses: Vec<_> = (0..11).map(|_| ask().status).collect();
    assert!(statuses.iter().all(|status| [200, 429].contains(status)), "{statuses:?}");
    assert!(statuses.contains(&200) && statuses.contains(&429), "{statuses:?}");
}

#[test]
fn a_refusal_is_kept_by_no_cache() {
    let world = World::new();
    let refused = read(&world, "/dumps/2025/facts");
    assert_eq!(
        (refused.refused(404).as_str(), refused.header("cache-control")),
        ("not-found", Some("no-store"))
    );
}
