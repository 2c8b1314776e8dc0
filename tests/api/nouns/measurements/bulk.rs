//! Many measurements at once.

use serde_json::{Value, json};

use super::{Draft, delay, in_its_year, record, with};
use crate::world::Reply;

fn send(draft: &Draft, query: &str, items: &[Value]) -> Reply {
    draft
        .call("integratore", "POST", &format!("/measurements-bulk{query}"))
        .json(&json!({ "items": items }))
        .send()
}

fn statuses(outcome: &Value) -> Vec<i64> {
    outcome["items"].as_array().unwrap().iter().map(|item| item["status"].as_i64().unwrap()).collect()
}

fn count(draft: &Draft) -> usize {
    let path = format!("/v1/comuni/L454{}/measurements?limit=200", super::super::drafts::PLAN);
    super::walk(&draft.world, &draft.world.token("L454", "lettore"), &path).0.len()
}

fn keyed(key: &str, figure: &str) -> Value {
    with(&delay(figure), &json!({ "external_id": key }))
}

/// A thousand values, of every thing that is measured.
fn thousand() -> Vec<Value> {
    let of = |n: usize| {
        let subject = ["ext:OB1/indicators/ext:IRP", "ext:OB1/phases/ext:F1/indicators/ext:I0"][n % 2];
        let members = json!({
            "external_id": format!("M{n:04}"), "subject": subject, "assignment": (["ext:A1", "ext:A2"][n / 2 % 2]),
        });
        with(&delay(&n.to_string()), &members)
    };
    (0..1000).map(of).collect()
}

#[test]
fn a_thousand_values_are_recorded_at_once_and_once() {
    let draft = in_its_year();
    let items = thousand();
    let outcome = send(&draft, "", &items).expect(200);
    assert_eq!(
        (&outcome["applied"], &outcome["written"], &outcome["refused"]),
        (&json!(true), &json!(1000), &json!(0))
    );
    assert!(statuses(&outcome).iter().all(|status| *status == 201));
    assert_eq!(outcome["items"][7]["path"], items[7]["subject"]);
    let last = draft.get("/measurements/ext:M0999").expect(200);
    assert_eq!((&last["id"], &last["origin"]), (&outcome["items"][999]["id"], &json!("integration")));
    let again = send(&draft, "", &items).expect(200);
    assert!(statuses(&again).iter().all(|status| *status == 200));
    assert_eq!(again["items"][3]["id"], outcome["items"][3]["id"]);
    assert_eq!(count(&draft), 1000);
}

#[test]
fn an_item_may_correct_one_of_the_same_bulk() {
    let draft = in_its_year();
    record(&draft, &keyed("OLD", "5")).expect(201);
    let items = [
        keyed("M1", "1"),
        with(&keyed("M2", "2"), &json!({"supersedes": "ext:M1"})),
        with(&keyed("M3", "3"), &json!({"supersedes": "ext:M1"})),
        with(&keyed("M4", "4"), &json!({"supersedes": "ext:M4"})),
        with(&keyed("M5", "5"), &json!({"supersedes": "ext:OLD"})),
        keyed("M1", "1"),
        keyed("M1", "9"),
    ];
    let outcome = send(&draft, "?mode=partial", &items).expect(200);
    assert_eq!(statuses(&outcome), [201, 201, 409, 422, 201, 200, 409]);
    let problem = |index: usize| outcome["items"][index]["problem"]["type"].clone();
    assert_eq!(
        (problem(2), problem(6)),
        (json!("/problems/superseded-already"), json!("/problems/external-id-taken"))
    );
    assert_eq!(draft.get("/measurements/ext:M1").expect(200)["superseded_by"], outcome["items"][1]["id"]);
    assert_eq!(draft.get("/measurements/ext:OLD").expect(200)["superseded_by"], outcome["items"][4]["id"]);
    assert_eq!(count(&draft), 4);
}

#[test]
fn one_refusal_undoes_everything_and_every_fault_is_told_below_its_item() {
    let draft = in_its_year();
    let items = [
        keyed("M1", "1"),
        with(&delay("1"), &json!({"subject": "ext:NESSUNO"})),
        with(&delay("1"), &json!({"value": {"type": "number", "figure": "x"}, "source": " "})),
        with(&delay("1"), &json!({"colour": "red"})),
        json!("non un oggetto"),
    ];
    let refused = send(&draft, "", &items);
    assert_eq!(refused.refused(422), "bulk-refused");
    assert_eq!(
        refused.pointers(),
        ["/items/1/subject", "/items/2/value/figure", "/items/2/source", "/items/3/colour", "/items/4"]
    );
    assert_eq!(count(&draft), 0);
    let trial = send(&draft, "?dry_run=true", &items).expect(200);
    assert_eq!(statuses(&trial), [201, 422, 422, 422, 422]);
    assert_eq!((&trial["applied"], &trial["written"], count(&draft)), (&json!(false), &json!(0), 0));
    let outcome = send(&draft, "?mode=partial", &items).expect(200);
    assert_eq!((&outcome["written"], &outcome["refused"], count(&draft)), (&json!(1), &json!(4), 1));
    assert_eq!(outcome["items"][3]["path"], "ext:OB1/indicators/ext:IRP");
}

#[test]
fn values_come_a_line_each_as_well() {
    let draft = in_its_year();
    let lines = |lines: &str, query: &str| {
        let call = draft.call("integratore", "POST", &format!("/measurements-bulk{query}"));
        call.bytes("application/x-ndjson", lines.as_bytes()).send()
    };
    let two = format!("{}\n\n{}\r\n", keyed("M1", "1"), keyed("M2", "2"));
    assert_eq!(statuses(&lines(&two, "").expect(200)), [201, 201]);
    let broken = format!("{}\n{{\"subject\": \n", keyed("M3", "3"));
    assert_eq!(statuses(&lines(&broken, "?mode=partial").expect(200)), [201, 400]);
    assert_eq!(lines(&broken, "").refused(422), "bulk-refused");
    assert_eq!(count(&draft), 3);
}

#[test]
fn too_many_or_no_items_and_plans_that_collect_nothing_are_refused() {
    let draft = in_its_year();
    let items: Vec<Value> = (0..1001).map(|n| keyed(&format!("M{n}"), "1")).collect();
    for refused in [send(&draft, "", &items), send(&draft, "", &[])] {
        assert_eq!((refused.refused(422).as_str(), refused.pointers()), ("invalid", vec!["/items".into()]));
    }
    for (query, parameter) in
        [("?mode=some", "mode"), ("?dry_run=maybe", "dry_run"), ("?colour=red", "colour")]
    {
        let refused = send(&draft, query, &items[..1]);
        assert_eq!(
            (refused.refused(400), refused.pointers()),
            ("invalid-parameter".into(), vec![parameter.into()])
        );
    }
    let before = Draft::new();
    assert_eq!(send(&before, "?mode=partial", &items[..1]).refused(409), "nothing-collected");
}

#[test]
fn a_bulk_sent_again_under_its_key_is_answered_as_it_was() {
    let draft = in_its_year();
    let call = |items: &[Value]| {
        let call = draft.call("integratore", "POST", "/measurements-bulk").header("Idempotency-Key", "notte");
        call.json(&json!({ "items": items })).send()
    };
    let (one, other) = (call(&[delay("1")]), call(&[delay("1")]));
    assert_eq!((one.expect(200), other.header("Idempotency-Replayed")), (other.expect(200), Some("true")));
    assert_eq!(call(&[delay("2")]).refused(422), "idempotency-key-reused");
    assert_eq!(count(&draft), 1);
}
