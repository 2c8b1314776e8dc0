//! Many requests at once.

use super::*;

fn item(key: &str, members: &Value) -> Value {
    with(&with(&request(), &json!({ "key": key })), members)
}

fn send(world: &World, query: &str, items: &[Value]) -> Reply {
    let call = world.call("integratore", "POST", "L454", &format!("/access-requests-bulk{query}"));
    call.json(&json!({ "items": items })).send()
}

fn statuses(outcome: &Value) -> Vec<i64> {
    outcome["items"].as_array().unwrap().iter().map(|item| item["status"].as_i64().unwrap()).collect()
}

/// How often the register was written.
fn revisions(world: &World) -> usize {
    let path = "/audit?object=register&limit=200";
    let entries = world.call("amministratore", "GET", "L454", path).send().expect(200);
    entries["items"].as_array().unwrap().len()
}

#[test]
fn a_thousand_are_written_at_once_and_posting_them_again_changes_nothing() {
    let world = World::new();
    let items: Vec<Value> = (0..1_000).map(|n| item(&format!("P-{n:04}"), &json!({}))).collect();
    let first = send(&world, "", &items).expect(200);
    assert_eq!((&first["applied"], &first["written"]), (&json!(true), &json!(1_000)));
    assert!(statuses(&first).iter().all(|status| *status == 201));
    assert_eq!(revisions(&world), 1);
    let again = send(&world, "", &items).expect(200);
    assert!(statuses(&again).iter().all(|status| *status == 200));
    assert_eq!(again["items"][0]["version"], 1);
    assert_eq!(revisions(&world), 1);
    let too_many: Vec<Value> = (0..1_001).map(|n| item(&format!("Q-{n}"), &json!({}))).collect();
    assert_eq!(send(&world, "", &too_many).pointers(), ["/items"]);
}

#[test]
fn one_refusal_undoes_everything_unless_what_can_be_done_is_asked_for() {
    let world = World::new();
    let items = [
        item("A", &json!({})),
        item("B", &json!({"object": "nessuno@pec.example.it"})),
        item("A", &json!({"object": "Altro"})),
        item("C", &json!({"suspensions": [{"from": "2025-01-01", "reason": "other"}]})),
    ];
    let refused = send(&world, "", &items);
    assert_eq!(refused.refused(422), "bulk-refused");
    let places = ["/items/1/object", "/items/2/key", "/items/3/suspensions/0/from"];
    assert_eq!(refused.pointers(), places);
    assert_eq!(get(&world, "A").refused(404), "not-found");
    let tried = send(&world, "?mode=partial&dry_run=true", &items).expect(200);
    assert_eq!((&tried["applied"], statuses(&tried)), (&json!(false), vec![201, 422, 422, 422]));
    let whole = send(&world, "?dry_run=true", &items).expect(200);
    assert_eq!(
        (statuses(&whole), &tried["written"], &whole["written"]),
        (statuses(&tried), &json!(1), &json!(0))
    );
    assert_eq!(get(&world, "A").refused(404), "not-found");
    let partial = send(&world, "?mode=partial", &items).expect(200);
    assert_eq!((&partial["written"], &partial["refused"]), (&json!(1), &json!(3)));
    assert_eq!(get(&world, "A").expect(200)["object"], request()["object"]);
    assert_eq!(get(&world, "C").refused(404), "not-found");
}

#[test]
fn a_request_in_each_line_is_a_bulk_too() {
    let world = World::new();
    let lines: String = ["A", "B"].map(|key| format!("{}\n", item(key, &json!({})))).concat();
    let call = world.call("integratore", "POST", "L454", "/access-requests-bulk");
    let outcome = call.bytes("application/x-ndjson", lines).send().expect(200);
    assert_eq!(
        (statuses(&outcome), column(outcome["items"].as_array().unwrap(), "path")),
        (vec![201, 201], vec!["A".to_owned(), "B".to_owned()])
    );
}

#[test]
fn what_a_line_that_cannot_be_read_was_of_is_not_made_up_and_its_refusal_names_the_request() {
    let world = World::new();
    let call = world.call("integratore", "POST", "L454", "/access-requests-bulk?mode=partial");
    let reply = call.bytes("application/x-ndjson", "{\"key\": \n").send();
    let outcome = reply.expect(200)["items"][0].clone();
    assert_eq!((&outcome["status"], outcome.get("path")), (&json!(400), None));
    let request = reply.header("X-Correlation-Id").unwrap();
    assert_eq!(outcome["problem"]["instance"], format!("urn:traguardo:request:{request}"));
}

#[test]
fn what_is_there_otherwise_is_written_over_and_its_version_grows() {
    let world = World::new();
    send(&world, "", &[item("A", &json!({}))]).expect(200);
    let closed = json!({"closed": {"on": "2025-03-10", "outcome": "granted"}});
    let outcome = send(&world, "", &[item("A", &closed), item("B", &json!({}))]).expect(200);
    assert_eq!(statuses(&outcome), [200, 201]);
    assert_eq!(outcome["items"][0]["version"], 2);
    assert_eq!(get(&world, "A").expect(200)["days"], 18);
}
