//! `Idempotency-Key`: the same request again gets the same answer, and nothing else does.

use diesel::prelude::*;
use diesel::sql_types::BigInt;
use serde_json::{Value, json};

use super::together;
use crate::world::{Reply, Request, World};

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

fn count(world: &World, what: &str) -> i64 {
    let question = format!("select count(*) as n from {what}");
    diesel::sql_query(question).get_result::<Count>(&mut world.stored.administrator()).unwrap().n
}

fn post(world: &World, role: &str, path: &str, body: &Value, key: &str) -> Request {
    world.call(role, "POST", "L454", path).json(body).key(key)
}

fn unit(code: &str) -> Value {
    json!({"code": code, "name": "Ufficio", "kind": "office", "valid_from": "2025-01-01"})
}

fn replayed(reply: &Reply) -> bool {
    reply.header("idempotency-replayed") == Some("true")
}

#[test]
fn ten_equal_requests_at_once_have_one_effect_and_one_answer() {
    let world = World::new();
    let secrets = "/members/ext:demo:integratore/secrets";
    for (role, path, table, body) in [
        ("segretario", "/units", "units", unit("K.1")),
        ("segretario", "/plans", "plans", json!({"year": 2031, "kind": "standalone", "title": "Piano"})),
        (
            "amministratore",
            "/members",
            "members",
            json!({"kind": "client", "label": "ERP", "roles": ["integratore"]}),
        ),
        ("amministratore", secrets, "member_secrets", json!({})),
    ] {
        let (before, audited) = (count(&world, table), count(&world, "audit_entries"));
        let request = post(&world, role, path, &body, "once");
        let replies = together(&vec![request; 10]);
        let first = &replies[0];
        first.expect(201);
        for reply in &replies {
            assert_eq!((reply.status, &reply.body), (201, &first.body), "{path}: {reply}");
            assert_eq!(reply.header("location"), first.header("location"), "{path}: {reply}");
            assert_eq!(reply.header("etag"), first.header("etag"), "{path}: {reply}");
        }
        assert_eq!(replies.iter().filter(|reply| !replayed(reply)).count(), 1, "{path}: one is the first");
        assert_eq!(count(&world, table), before + 1, "{path}");
        assert_eq!(count(&world, "audit_entries"), audited + 1, "{path}");
    }
}

#[test]
fn a_secret_is_given_again_to_a_retry_and_kept_in_clear_nowhere() {
    let world = World::new();
    let request =
        post(&world, "amministratore", "/members/ext:demo:integratore/secrets", &json!({}), "secret");
    let replies = [request.send(), request.send(), request.send()];
    let secret = replies[0].expect(201)["client_secret"].as_str().unwrap().to_owned();
    assert!(secret.starts_with("trg_") && secret.len() == 47, "{secret}");
    for reply in &replies {
        assert_eq!(reply.expect(201)["client_secret"], secret.as_str());
    }
    for table in ["idempotency_keys", "member_secrets", "audit_entries", "members"] {
        // Bytes are looked through as bytes: a row as text shows them in hexadecimal.
        let clear = format!("position('{secret}' in t::text) > 0");
        let hexadecimal = format!("position(encode('{secret}'::bytea, 'hex') in t::text) > 0");
        assert_eq!(count(&world, &format!("{table} t where {clear} or {hexadecimal}")), 0, "{table}");
    }
    assert_eq!(count(&world, "idempotency_keys where body is not null and octet_length(body) > 40"), 1);
    let form = format!(
        "grant_type=client_credentials&client_id={}&client_secret={secret}",
        replies[0].json()["client_id"].as_str().unwrap()
    );
    let token =
        world.anonymous("POST", "/v1/oauth/token").bytes("application/x-www-form-urlencoded", form).send();
    assert_eq!(token.expect(200)["token_type"], "Bearer");
}

#[test]
fn a_key_belongs_to_one_content_one_member_one_path_and_one_comune() {
    let world = World::new();
    let first = post(&world, "segretario", "/units", &unit("K.1"), "k").send();
    let made = first.expect(201);
    assert!(!replayed(&first));
    let again = post(&world, "segretario", "/units", &unit("K.1"), "k").send();
    assert!(replayed(&again) && again.expect(201) == made);
    let quoted = post(&world, "segretario", "/units", &unit("K.1"), "\"k\"").send();
    assert!(replayed(&quoted), "{quoted}");
    let other = post(&world, "segretario", "/units", &unit("K.2"), "k").send();
    assert_eq!(other.refused(422), "idempotency-key-reused");
    let by_another = post(&world, "amministratore", "/units", &unit("K.3"), "k").send();
    assert!(!replayed(&by_another) && by_another.expect(201)["code"] == "K.3");
    let elsewhere = json!({"year": 2032, "kind": "standalone", "title": "Piano"});
    post(&world, "segretario", "/plans", &elsewhere, "k").send().expect(201);
    let next_door = world.call("segretario", "POST", "F471", "/units").json(&unit("K.1")).key("k").send();
    assert!(!replayed(&next_door) && next_door.expect(201)["id"] != made["id"]);
    assert_eq!(post(&world, "lettore", "/units", &unit("K.1"), "k").send().refused(403), "forbidden");
}

#[test]
fn a_refused_request_keeps_no_key_and_may_be_made_again() {
    let world = World::new();
    let mut wrong = unit("K.1");
    wrong["name"] = "a\u{202e}b".into();
    assert_eq!(post(&world, "segretario", "/units", &wrong, "k").send().refused(422), "invalid");
    let orphan = json!({"code": "K.1", "name": "Ufficio", "kind": "office", "valid_from": "2025-01-01", "parent": "0193a5c0-0000-7000-8000-000000000004"});
    assert_eq!(post(&world, "segretario", "/units", &orphan, "k").send().pointers(), ["/parent"]);
    let taken = world.call("segretario", "PUT", "L454", "/units/ext:K-1").json(&unit("K.1")).send();
    taken.expect(201);
    assert_eq!(
        post(&world, "segretario", "/units", &unit("K.1"), "k").send().refused(409),
        "unit-code-taken"
    );
    assert_eq!(count(&world, "idempotency_keys"), 0);
    world.call("segretario", "DELETE", "L454", "/units/ext:K-1").if_match(taken.etag()).send().expect(204);
    let made = post(&world, "segretario", "/units", &unit("K.1"), "k").send();
    assert!(!replayed(&made) && made.expect(201)["code"] == "K.1");
}

#[test]
fn a_key_is_forgotten_after_seventy_two_hours() {
    let world = World::new();
    let age = |hours: &str| {
        let aged = format!("update idempotency_keys set created_at = now() - interval '{hours}'");
        diesel::sql_query(aged).execute(&mut world.stored.administrator()).unwrap();
    };
    post(&world, "segretario", "/units", &unit("K.1"), "k").send().expect(201);
    age("71 hours 59 minutes");
    assert!(replayed(&post(&world, "segretario", "/units", &unit("K.1"), "k").send()));
    age("72 hours 1 minute");
    let later = post(&world, "segretario", "/units", &unit("K.1"), "k").send();
    assert_eq!(later.refused(409), "unit-code-taken");
    post(&world, "segretario", "/units", &unit("K.2"), "k").send().expect(201);
    assert_eq!(count(&world, "idempotency_keys"), 1);
}
