//! Writers at once: one wins, the others are told.

use serde_json::{Value, json};

use super::together;
use crate::world::{Request, World};

fn unit(code: &str, name: &str) -> Value {
    json!({"code": code, "name": name, "kind": "office", "valid_from": "2025-01-01"})
}

#[test]
fn of_fifty_writers_with_one_tag_one_wins() {
    let world = World::new();
    let path = "/units/ext:R-1";
    let made = world.call("segretario", "PUT", "L454", path).json(&unit("R.1", "Ufficio")).send();
    made.expect(201);
    let token = world.token("L454", "segretario");
    let writers: Vec<Request> = (0..50)
        .map(|number| {
            let put = world.anonymous("PUT", &format!("/v1/comuni/L454{path}")).token(&token);
            put.if_match(made.etag()).json(&unit("R.1", &format!("Ufficio {number}")))
        })
        .collect();
    let replies = together(&writers);
    let won: Vec<_> = replies.iter().filter(|reply| reply.status == 200).collect();
    assert_eq!(won.len(), 1);
    for lost in replies.iter().filter(|reply| reply.status != 200) {
        assert_eq!((lost.refused(412).as_str(), lost.etag()), ("stale", "\"2\""));
    }
    let now = world.call("lettore", "GET", "L454", path).send();
    assert_eq!((now.expect(200), now.etag()), (won[0].json(), "\"2\""));
}

#[test]
fn ten_creations_under_one_external_id_make_one_object() {
    let world = World::new();
    let same = world.call("integratore", "PUT", "L454", "/units/ext:R-2").json(&unit("R.2", "Ufficio"));
    let mut statuses: Vec<u16> = together(&vec![same; 10]).iter().map(|reply| reply.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 200, 200, 200, 200, 200, 200, 200, 200, 201]);
    let first = world.call("integratore", "PUT", "L454", "/units/ext:R-3").json(&unit("R.3", "Ufficio"));
    let replies = together(&vec![first.header("If-None-Match", "*"); 10]);
    assert_eq!(replies.iter().filter(|reply| reply.status == 201).count(), 1);
    for reply in replies.iter().filter(|reply| reply.status != 201) {
        assert_eq!(reply.refused(412), "already-there");
    }
    let mut body = unit("R.4", "Ufficio");
    body["external_id"] = "R-4".into();
    let posted = world.call("integratore", "POST", "L454", "/units").json(&body);
    let replies = together(&vec![posted; 10]);
    assert_eq!(replies.iter().filter(|reply| reply.status == 201).count(), 1);
    for reply in replies.iter().filter(|reply| reply.status != 201) {
        assert!(matches!(reply.refused(409).as_str(), "unit-code-taken" | "external-id-taken"), "{reply}");
    }
}

#[test]
fn two_units_moved_below_each_other_at_once_make_no_ring() {
    let world = World::new();
    let make = |key: &str| {
        let path = format!("/units/ext:{key}");
        world.call("segretario", "PUT", "L454", &path).json(&unit(key, "Ufficio")).send().expect(201)["id"]
            .clone()
    };
    for round in 0..5 {
        let (one, other) = (format!("A-{round}"), format!("B-{round}"));
        let ids = [make(&one), make(&other)];
        let below = |key: &str, parent: &Value| {
            let mut body = unit(key, "Ufficio");
            body["parent"] = parent.clone();
            world
                .call("segretario", "PUT", "L454", &format!("/units/ext:{key}"))
                .if_match("\"1\"")
                .json(&body)
        };
        let mut replies = together(&[below(&one, &ids[1]), below(&other, &ids[0])]);
        replies.sort_by_key(|reply| reply.status);
        replies[0].expect(200);
        assert_eq!(replies[1].refused(409), "unit-below-itself");
    }
}

#[test]
fn ten_plans_of_one_year_and_kind_at_once_make_one() {
    let world = World::new();
    let plan = json!({"year": 2033, "kind": "peg_pdo", "title": "Piano"});
    let replies = together(&vec![world.call("segretario", "POST", "L454", "/plans").json(&plan); 10]);
    assert_eq!(replies.iter().filter(|reply| reply.status == 201).count(), 1);
    for reply in replies.iter().filter(|reply| reply.status != 201) {
        assert_eq!(reply.refused(409), "plan-of-year-exists");
    }
}

#[test]
fn a_client_never_has_three_secrets() {
    let world = World::new();
    let request = world
        .call("amministratore", "POST", "L454", "/members/ext:demo:integratore/secrets")
        .json(&json!({}));
    let replies = together(&vec![request; 6]);
    assert_eq!(replies.iter().filter(|reply| reply.status == 201).count(), 2);
    for reply in replies.iter().filter(|reply| reply.status != 201) {
        assert!(matches!(reply.status, 409 | 503), "{reply}");
    }
    assert!(replies.iter().any(|reply| reply.status == 409 && reply.refused(409) == "too-many-secrets"));
}
