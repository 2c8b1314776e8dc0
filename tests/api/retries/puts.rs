//! PUT by the caller's own key: creates, leaves alone, changes only what is known.

use serde_json::{Value, json};

use crate::world::{Reply, Request, World};

struct Case {
    role: &'static str,
    path: &'static str,
    body: Value,
    other: Value,
}

fn cases() -> [Case; 3] {
    let unit =
        |name: &str| json!({"code": "P.1", "name": name, "kind": "office", "valid_from": "2025-01-01"});
    let plan = |title: &str| json!({"year": 2035, "kind": "standalone", "title": title});
    let member = |label: &str| json!({"kind": "client", "label": label, "roles": ["integratore"]});
    [
        Case { role: "segretario", path: "/units/ext:P-1", body: unit("uno"), other: unit("due") },
        Case { role: "segretario", path: "/plans/ext:P-1", body: plan("uno"), other: plan("due") },
        Case { role: "amministratore", path: "/members/ext:P-1", body: member("uno"), other: member("due") },
    ]
}

#[test]
fn putting_by_external_id_creates_leaves_and_changes_what_is_known() {
    let world = World::new();
    for case in cases() {
        let put = |body: &Value| world.call(case.role, "PUT", "L454", case.path).json(body);
        let send = |request: Request, tag: &str| -> Reply { request.if_match(tag).send() };
        assert_eq!(send(put(&case.body), "\"1\"").refused(412), "nothing-to-change", "{}", case.path);
        assert_eq!(send(put(&case.body), "*").refused(412), "nothing-to-change");
        let made = put(&case.body).header("If-None-Match", "*").send();
        let object = made.expect(201);
        assert_eq!((object["external_id"].as_str(), made.etag()), (Some("P-1"), "\"1\""));
        let location = made.header("location").unwrap().strip_prefix(&world.url).unwrap();
        assert!(location.ends_with(object["id"].as_str().unwrap()), "{made}");
        let token = world.token("L454", case.role);
        assert_eq!(world.anonymous("GET", location).token(&token).send().expect(200), object);

        let same = put(&case.body).send();
        assert_eq!((same.expect(200), same.etag()), (object.clone(), "\"1\""));
        assert_eq!(put(&case.body).header("If-None-Match", "*").send().refused(412), "already-there");
        assert_eq!(put(&case.other).send().refused(428), "precondition-required");
        assert_eq!(send(put(&case.body), "\"7\"").refused(412), "stale");
        assert_eq!(send(put(&case.other), "W/\"1\"").refused(412), "stale");
        let changed = send(put(&case.other), "\"9\", \"1\"");
        assert_eq!((changed.expect(200)["version"].as_i64(), changed.etag()), (Some(2), "\"2\""));
        let stale = send(put(&case.body), "\"1\"");
        assert_eq!((stale.refused(412).as_str(), stale.etag()), ("stale", "\"2\""));
        let over = send(put(&case.body), "*");
        assert_eq!((over.expect(200)["version"].as_i64(), over.etag()), (Some(3), "\"3\""));

        let mut foreign = case.body.clone();
        foreign["external_id"] = "P-2".into();
        let disagreeing = send(put(&foreign), "*");
        assert_eq!(
            (disagreeing.refused(422).as_str(), disagreeing.pointers()),
            ("invalid", vec!["/external_id".to_owned()])
        );
        foreign["external_id"] = "P-1".into();
        assert_eq!(put(&foreign).send().expect(200)["version"], 3);
    }
}

#[test]
fn putting_by_an_id_that_is_not_there_creates_nothing() {
    let world = World::new();
    for case in cases() {
        let path = case.path.replace("ext:P-1", "0193a5c0-0000-7000-8000-000000000004");
        for tag in [None, Some("*"), Some("\"1\"")] {
            let put = world.call(case.role, "PUT", "L454", &path).json(&case.body);
            let put = tag.map_or(put.clone(), |tag| put.if_match(tag));
            assert_eq!(put.send().refused(404), "not-found", "{path}");
        }
    }
}

#[test]
fn a_reader_who_has_the_version_gets_no_body() {
    let world = World::new();
    for case in cases() {
        let made = world.call(case.role, "PUT", "L454", case.path).json(&case.body).send();
        made.expect(201);
        let read =
            |tags: &str| world.call(case.role, "GET", "L454", case.path).header("If-None-Match", tags).send();
        for known in ["\"1\"", "W/\"1\"", "\"5\", \"1\"", "*"] {
            let reply = read(known);
            assert_eq!((reply.status, reply.body.len(), reply.etag()), (304, 0, "\"1\""), "{known}: {reply}");
        }
        assert_eq!(read("\"2\"").expect(200), made.json());
    }
}

#[test]
fn a_comune_is_put_like_anything_else() {
    let world = World::new();
    let body = json!({"name": "Abano Terme", "province": "PD", "region": "05"});
    let put = |body: &Value| world.platform("platform_admin", "PUT", "/v1/comuni/A001").json(body);
    assert_eq!(put(&body).if_match("*").send().refused(412), "nothing-to-change");
    assert_eq!(put(&body).send().expect(201)["version"], 1);
    assert_eq!(put(&body).send().expect(200)["version"], 1);
    let other = json!({"name": "Abano", "province": "PD", "region": "05"});
    assert_eq!(put(&other).send().refused(428), "precondition-required");
    assert_eq!(put(&other).if_match("\"1\"").send().expect(200)["version"], 2);
}
