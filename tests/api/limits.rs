//! How much a caller may ask for in a minute.

use crate::world::{Reply, Wishes, World, until};
use std::time::Duration;

const LIMIT: u32 = 5;

fn strict() -> World {
    World::with(Wishes { requests_a_minute: LIMIT, ..Wishes::default() })
}

fn number(reply: &Reply, name: &str) -> u32 {
    let value = reply.header(name).unwrap_or_else(|| panic!("no {name}: {reply}"));
    value.parse().unwrap_or_else(|_| panic!("{name}: {reply}"))
}

/// Looks from another address than the tests', which nothing counts, whether enough of the minute is left for a whole test.
fn wait_for_room_in_the_minute() {
    let left = || {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
        60 - now.as_secs() % 60
    };
    assert!(until(Duration::from_secs(12), || left() > 8), "the minute never began anew");
}

fn counts_down_then_refuses(ask: impl Fn() -> Reply) {
    for used in 1..=LIMIT {
        let reply = ask();
        assert_ne!(reply.status, 429, "{reply}");
        assert_eq!(number(&reply, "x-ratelimit-limit"), LIMIT);
        assert_eq!(number(&reply, "x-ratelimit-remaining"), LIMIT - used);
        assert!((1..=60).contains(&number(&reply, "x-ratelimit-reset")), "{reply}");
    }
    for _ in 0..2 {
        let refused = ask();
        assert_eq!(refused.refused(429), "too-many-requests");
        assert_eq!(number(&refused, "x-ratelimit-remaining"), 0);
        assert!((1..=60).contains(&number(&refused, "retry-after")), "{refused}");
        assert_eq!(refused.header("retry-after"), refused.header("x-ratelimit-reset"));
    }
}

#[test]
fn a_member_counts_down_and_is_refused_and_another_is_not() {
    wait_for_room_in_the_minute();
    let world = strict();
    let reader = world.token("L454", "lettore");
    let ask = |token: &str| world.anonymous("GET", "/v1/comuni/L454/units?limit=1").token(token).send();
    counts_down_then_refuses(|| ask(&reader));
    let other = ask(&world.token("L454", "segretario"));
    assert_eq!((other.status, number(&other, "x-ratelimit-remaining")), (200, LIMIT - 1), "{other}");
    // Another token of the same member is the same member.
    assert_eq!(ask(&world.token("L454", "lettore")).refused(429), "too-many-requests");
    let anonymous = world.anonymous("GET", "/health/live").send();
    assert_eq!(
        (anonymous.status, number(&anonymous, "x-ratelimit-remaining")),
        (200, LIMIT - 1),
        "{anonymous}"
    );
}

#[test]
fn refused_requests_of_a_member_count_too() {
    wait_for_room_in_the_minute();
    let world = strict();
    let reader = world.token("L454", "lettore");
    counts_down_then_refuses(|| world.anonymous("GET", "/v1/comuni/L454/units?x=1").token(&reader).send());
}

#[test]
fn whoever_shows_no_token_is_counted_by_its_address() {
    wait_for_room_in_the_minute();
    let world = strict();
    counts_down_then_refuses(|| world.anonymous("GET", "/v1/comuni/L454/units").send());
    let member = world.call("lettore", "GET", "L454", "/units").send();
    assert_eq!(member.status, 200, "a member is not its address: {member}");
    let pretending =
        world.anonymous("GET", "/v1/comuni/L454/units").header("X-Forwarded-For", "203.0.113.7").send();
    assert_eq!(pretending.refused(429), "too-many-requests");
}

#[test]
fn whoever_shows_a_token_that_is_none_is_counted_by_its_address() {
    wait_for_room_in_the_minute();
    let world = strict();
    counts_down_then_refuses(|| world.anonymous("GET", "/v1/comuni/L454/units").token("a.b.c").send());
}

#[test]
fn a_client_that_fails_ten_times_waits_whoever_else_calls() {
    wait_for_room_in_the_minute();
    let world = World::new();
    let attempt = |client: &str| {
        let form = format!("grant_type=client_credentials&client_id={client}&client_secret=trg_wrong");
        world.anonymous("POST", "/v1/oauth/token").bytes("application/x-www-form-urlencoded", form).send()
    };
    let id = world.member("L454", "integratore").id.0;
    let client = format!("L454.{id}");
    for _ in 0..10 {
        let reply = attempt(&client);
        assert_eq!(
            (reply.refused(401).as_str(), reply.json()["error"].as_str()),
            ("unauthorized", Some("invalid_client"))
        );
    }
    let refused = attempt(&client);
    assert_eq!(refused.refused(429), "too-many-requests");
    assert!((1..=60).contains(&number(&refused, "retry-after")));
    assert_eq!(attempt("F471.0193a5c0-0000-7000-8000-000000000004").refused(401), "unauthorized");
}
