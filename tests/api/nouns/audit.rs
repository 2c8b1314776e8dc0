//! The audit trail, over HTTP.

use serde_json::{Value, json};

use super::{NOBODY, column, walk};
use crate::world::{Reply, World};

/// The whole trail of L454, the newest first.
fn trail(world: &World) -> Vec<Value> {
    walk(world, &world.token("L454", "amministratore"), "/v1/comuni/L454/audit?limit=200").0
}

/// A write, and what it must leave: who acted, the action, the object, whether there was one before and is one after.
struct Write {
    role: &'static str,
    method: &'static str,
    path: &'static str,
    body: Option<Value>,
    leaves: (&'static str, &'static str, bool, bool),
}

fn writes() -> Vec<Write> {
    let unit =
        |name: &str| json!({"code": "S.01", "name": name, "kind": "sector", "valid_from": "2025-01-01"});
    let plan = |title: &str| json!({"year": 2026, "kind": "peg_pdo", "title": title});
    let member = |label: &str| json!({"kind": "client", "label": label, "roles": ["integratore"]});
    let write = |role, method, path, body, leaves| Write { role, method, path, body, leaves };
    let created = |action, object| (action, object, false, true);
    let changed = |action, object| (action, object, true, true);
    let deleted = |action, object| (action, object, true, false);
    vec![
        write("segretario", "PUT", "/units/ext:S", Some(unit("A")), created("edit_units", "unit")),
        write("integratore", "PUT", "/units/ext:S", Some(unit("B")), changed("edit_units", "unit")),
        write("segretario", "DELETE", "/units/ext:S", None, deleted("edit_units", "unit")),
        write("segretario", "POST", "/units", Some(unit("C")), created("edit_units", "unit")),
        write("segretario", "PUT", "/plans/ext:P", Some(plan("A")), created("edit_plans", "plan")),
        write("integratore", "PUT", "/plans/ext:P", Some(plan("B")), changed("edit_plans", "plan")),
        write("segretario", "DELETE", "/plans/ext:P", None, deleted("edit_plans", "plan")),
        write("segretario", "POST", "/plans", Some(plan("C")), created("edit_plans", "plan")),
        write(
            "amministratore",
            "PUT",
            "/members/ext:M",
            Some(member("A")),
            created("keep_members", "member"),
        ),
        write(
            "amministratore",
            "PUT",
            "/members/ext:M",
            Some(member("B")),
            changed("keep_members", "member"),
        ),
        write(
            "amministratore",
            "POST",
            "/members/ext:M/secrets",
            Some(json!({})),
            created("keep_members", "secret"),
        ),
        write("amministratore", "POST", "/members/ext:M/revocation", None, changed("keep_members", "member")),
        write("amministratore", "POST", "/members", Some(member("C")), created("keep_members", "member")),
    ]
}

fn send(world: &World, write: &Write) -> Reply {
    let mut request = world.call(write.role, write.method, "L454", write.path);
    if write.method != "POST" && (write.leaves.2) {
        request = request.if_match("*");
    }
    write.body.as_ref().map_or_else(|| request.clone(), |body| request.clone().json(body)).send()
}

#[test]
fn every_write_leaves_one_entry_that_says_who_did_what_to_which_object() {
    let world = World::new();
    let mut known = trail(&world);
    for write in writes() {
        let what = format!("{} {}", write.method, write.path);
        let reply = send(&world, &write);
        assert!((200..300).contains(&reply.status), "{what}: {reply}");
        let now = trail(&world);
        assert_eq!(now.len(), known.len() + 1, "{what}");
        assert_eq!(&now[1..], &known[..], "{what}: no entry before it changes");
        let (entry, last) = (&now[0], &known[0]);
        let (action, object, before, after) = write.leaves;
        assert_eq!((&entry["action"], &entry["object"]), (&json!(action), &json!(object)), "{what}");
        assert_eq!((entry["before"].is_string(), entry["after"].is_string()), (before, after), "{what}");
        let actor = world.member("L454", write.role).id.0.to_string();
        assert_eq!((&entry["actor"], &entry["member"]), (&json!("member"), &json!(actor)), "{what}");
        assert_eq!(reply.header("X-Correlation-ID"), entry["request_id"].as_str(), "{what}");
        assert_eq!(entry["seq"].as_i64(), last["seq"].as_i64().map(|seq| seq + 1), "{what}");
        assert_eq!(entry["previous"], last["digest"], "{what}");
        if let Ok(body) = serde_json::from_slice::<Value>(&reply.body) {
            assert_eq!(entry["object_id"], body["id"], "{what}");
        }
        known = now;
    }
}

#[test]
fn the_states_of_one_object_follow_each_other_by_their_digests() {
    let world = World::new();
    for write in writes().iter().take(3) {
        assert!(send(&world, write).status < 300);
    }
    let entries = trail(&world);
    let (deleted, changed, created) = (&entries[0], &entries[1], &entries[2]);
    assert_eq!(created["after"], changed["before"]);
    assert_eq!(changed["after"], deleted["before"]);
    assert_ne!(changed["before"], changed["after"]);
}

#[test]
fn what_the_platform_changes_in_a_comune_stands_in_the_comunes_trail() {
    let world = World::new();
    let before = trail(&world).len();
    let facts = json!({"name": "Truccazzano", "province": "MI", "region": "03"});
    world.platform("platform_admin", "PUT", "/v1/comuni/L454").json(&facts).if_match("*").send().expect(200);
    let entries = trail(&world);
    assert_eq!(entries.len(), before + 1);
    let admin = world.member("Z000", "platform_admin").id.0.to_string();
    assert_eq!((&entries[0]["object"], &entries[0]["member"]), (&json!("comune"), &json!(admin)));
    assert_eq!((&entries[0]["object_id"], &entries[0]["action"]), (&json!("L454"), &json!("keep_comuni")));
    let seeded = &entries[entries.len() - 1];
    assert_eq!(
        (&seeded["seq"], &seeded["actor"], &seeded["member"]),
        (&json!(1), &json!("operator"), &Value::Null)
    );
    assert_eq!(seeded["previous"], json!("0".repeat(64)));
}

#[test]
fn what_changes_nothing_leaves_no_entry() {
    let world = World::new();
    let before = trail(&world);
    let call = |role: &str, method: &str, path: &str| world.call(role, method, "L454", path);
    for path in [
        "/units",
        "/plans",
        "/members",
        "/audit",
        "",
        "/units/ext:demo:area-1",
        "/members/ext:demo:integratore/secrets",
    ] {
        call("amministratore", "GET", path).send().expect(200);
    }
    let unit = call("lettore", "GET", "/units/ext:demo:area-2").send().expect(200);
    let same = json!({"code": unit["code"], "name": unit["name"], "kind": unit["kind"], "valid_from": unit["valid_from"]});
    call("segretario", "PUT", "/units/ext:demo:area-2").json(&same).send().expect(200);
    let other = super::with(&same, &json!({"name": "Altro"}));
    call("segretario", "PUT", "/units/ext:demo:area-2").json(&other).send().refused(428);
    call("segretario", "PUT", "/units/ext:demo:area-2").json(&other).if_match("\"9\"").send().refused(412);
    call("segretario", "POST", "/units").json(&other).send().refused(409);
    call("segretario", "POST", "/units").json(&json!({})).send().refused(422);
    call("lettore", "POST", "/units").json(&other).send().refused(403);
    call("segretario", "DELETE", "/units/ext:demo:area-1").if_match("*").send().refused(409);
    call("segretario", "DELETE", "/units/ext:NESSUNA").if_match("*").send().refused(404);
    let wrong = json!({"kind": "person", "label": "X", "roles": ["integratore"]});
    call("amministratore", "POST", "/members").json(&wrong).send().refused(422);
    call("amministratore", "POST", "/members/ext:demo:lettore/secrets").json(&json!({})).send().refused(409);
    assert_eq!(trail(&world), before);
}

#[test]
fn a_write_repeated_with_its_key_leaves_one_entry() {
    let world = World::new();
    let before = trail(&world).len();
    let plan = json!({"year": 2026, "kind": "peg_pdo", "title": "Piano"});
    let post = || world.call("segretario", "POST", "L454", "/plans").key("k1").json(&plan).send();
    assert_eq!(post().expect(201), post().expect(201));
    assert_eq!(trail(&world).len(), before + 1);
    let revoke =
        || world.call("amministratore", "POST", "L454", "/members/ext:demo:lettore/revocation").send();
    assert_eq!(revoke().expect(200), revoke().expect(200));
    assert_eq!(trail(&world).len(), before + 2);
}

#[test]
fn the_trail_is_read_page_by_page_by_kind_by_object_and_by_member() {
    let world = World::new();
    for write in writes() {
        assert!(send(&world, &write).status < 300);
    }
    let token = world.token("L454", "revisore");
    let list = |query: &str| walk(&world, &token, &format!("/v1/comuni/L454/audit{query}"));
    let (entries, pages) = list("?limit=7");
    assert_eq!((entries.len(), pages), (30, 5));
    let seqs: Vec<i64> = entries.iter().map(|entry| entry["seq"].as_i64().unwrap()).collect();
    assert_eq!(seqs, (1..=30).rev().collect::<Vec<_>>(), "the newest first, without gaps");
    let plans = list("?object=plan&limit=2").0;
    assert_eq!((plans.len(), column(&plans, "object")), (5, vec!["plan".to_owned(); 5]));
    let id = plans[1]["object_id"].as_str().unwrap();
    assert_eq!(list(&format!("?object=plan&object_id={id}")).0.len(), 3);
    let member = world.member("L454", "integratore").id.0;
    assert_eq!(list(&format!("?member={member}")).0.len(), 2);
    assert!(list(&format!("?member={NOBODY}")).0.is_empty());
    let get =
        |query: &str| world.anonymous("GET", &format!("/v1/comuni/L454/audit{query}")).token(&token).send();
    for (query, parameter) in
        [("?object=palace", "object"), ("?member=x", "member"), ("?limit=0", "limit"), ("?sort=seq", "sort")]
    {
        let refused = get(query);
        assert_eq!(
            (refused.refused(400), refused.pointers()),
            ("invalid-parameter".to_owned(), vec![parameter.to_owned()])
        );
    }
    assert_eq!(get("?cursor=x").refused(400), "unknown-cursor");
}

#[test]
fn the_trail_is_read_by_the_roles_that_may_and_in_their_comune_alone() {
    let world = World::new();
    for role in ["amministratore", "segretario", "nucleo", "revisore"] {
        world.call(role, "GET", "L454", "/audit").send().expect(200);
        let token = world.token("L454", role);
        let other = world.anonymous("GET", "/v1/comuni/F471/audit").token(&token).send();
        assert_eq!(other.refused(404), "not-found", "{role}");
    }
    for role in ["responsabile", "giunta", "rpct", "ragioneria", "dipendente", "lettore", "integratore"] {
        assert_eq!(world.call(role, "GET", "L454", "/audit").send().refused(403), "forbidden", "{role}");
    }
    world.platform("platform_admin", "GET", "/v1/comuni/Z000/audit").send().expect(200);
    let guest = world.platform("platform_admin", "GET", "/v1/comuni/L454/audit").send();
    assert_eq!(guest.refused(404), "not-found");
}
