//! Bills and payments: sent in any order and as often as one likes, kept once.

mod files;
mod orders;

use serde_json::{Value, json};

use super::{NOBODY, walk, with};
use crate::world::{Reply, World};

/// A bill of 1,220 euro, of which 220 are VAT the comune pays in the supplier's place.
fn bill(number: &str) -> Value {
    json!({
        "supplier": "01234567890", "number": number, "issued": "2025-01-08", "received": "2025-01-10", "total": "1220",
        "split_vat": "220"
    })
}

fn note(number: &str, credited: &str, total: &str) -> Value {
    let credits = json!({"number": credited, "issued": "2025-01-08"});
    with(
        &bill(number),
        &json!({"kind": "credit_note", "received": "2025-01-20", "total": total, "split_vat": "0", "credits": credits}),
    )
}

fn payment(number: &str, reference: &str, amount: &str) -> Value {
    json!({
        "supplier": "IT01234567890", "number": number, "issued": "2025-01-08", "reference": reference, "day": "2025-02-04",
        "amount": amount
    })
}

fn bills(world: &World, query: &str, items: &[Value]) -> Reply {
    let path = format!("/invoices-bulk{query}");
    world.call("integratore", "POST", "L454", &path).json(&json!({ "items": items })).send()
}

fn payments(world: &World, items: &[Value]) -> Reply {
    world.call("integratore", "POST", "L454", "/payments-bulk").json(&json!({ "items": items })).send()
}

/// Sends a bill, and says its id.
fn sent(world: &World, bill: &Value) -> String {
    let outcome = bills(world, "", &[json!({ "invoice": bill })]).expect(200);
    outcome["items"][0]["id"].as_str().unwrap().to_owned()
}

fn read(world: &World, id: &str) -> Value {
    world.call("nucleo", "GET", "L454", &format!("/invoices/{id}")).send().expect(200)
}

fn listed(world: &World, query: &str) -> Vec<Value> {
    walk(world, &world.token("L454", "nucleo"), &format!("/v1/comuni/L454/invoices{query}")).0
}

fn numbers(items: &[Value]) -> Vec<String> {
    super::column(items, "number")
}

fn statuses(outcome: &Value) -> Vec<(i64, i64)> {
    let items = outcome["items"].as_array().unwrap().iter();
    items.map(|item| (item["status"].as_i64().unwrap(), item["version"].as_i64().unwrap_or(0))).collect()
}

#[test]
fn a_bill_is_read_back_with_what_was_paid_and_credited_of_it() {
    let world = World::new();
    let disputes = json!([{"from": "2025-03-01"}, {"from": "2025-01-15", "until": "2025-01-20"}]);
    let whole = with(
        &bill("12/A"),
        &json!({"disputes": disputes, "unit": "ext:demo:area-1", "liquidated": "2025-01-22", "supplier": "it 01234567890"}),
    );
    let id = sent(&world, &whole);
    let paid = json!([{"reference": "118", "day": "2025-02-04", "amount": "400.5"}]);
    let item = json!({"invoice": whole, "payments": paid});
    bills(&world, "", &[item, json!({"invoice": note("NC1", "12/A", "99.5")})]).expect(200);
    let read = read(&world, &id);
    assert_eq!((&read["supplier"], &read["due"]), (&json!("01234567890"), &json!("2025-02-09")));
    assert_eq!(
        read["disputes"],
        json!([{"from": "2025-01-15", "until": "2025-01-20"}, {"from": "2025-03-01"}])
    );
    assert_eq!(read["payments"], json!([{"reference": "118", "day": "2025-02-04", "amount": "400.50"}]));
    let amounts = ["total", "split_vat", "payable", "credited", "paid", "open"]
        .map(|name| read[name].as_str().unwrap());
    assert_eq!(amounts, ["1220.00", "220.00", "1000.00", "99.50", "400.50", "500.00"]);
    assert!(read["unit"].is_string() && read["version"] == 2, "{read}");
}

#[test]
fn sending_twice_changes_nothing() {
    let world = World::new();
    let paid = json!([{"reference": "1", "day": "2025-02-04", "amount": "500"}]);
    let items = [json!({"invoice": bill("1"), "payments": paid}), json!({"invoice": note("2", "1", "10")})];
    assert_eq!(statuses(&bills(&world, "", &items).expect(200)), [(201, 1), (201, 1)]);
    assert_eq!(statuses(&payments(&world, &[payment("1", "2", "20.00")]).expect(200)), [(201, 0)]);
    let before = (listed(&world, ""), trail(&world));
    assert_eq!(statuses(&bills(&world, "", &items).expect(200)), [(200, 2), (200, 1)]);
    assert_eq!(statuses(&payments(&world, &[payment("1", "2", "20")]).expect(200)), [(200, 0)]);
    assert_eq!((listed(&world, ""), trail(&world)), before);
}

/// How many entries the trail has of registers.
fn trail(world: &World) -> usize {
    let token = world.token("L454", "amministratore");
    let (entries, _) = walk(world, &token, "/v1/comuni/L454/audit?object=register&limit=200");
    entries.len()
}

#[test]
fn a_bill_alone_is_put_read_and_taken_away_under_the_id_it_gives_itself() {
    let world = World::new();
    let id = sent(&world, &bill("1"));
    let path = format!("/invoices/{id}");
    let call = |method: &str, path: &str| world.call("ragioneria", method, "L454", path);
    let other = call("PUT", &path).json(&bill("2")).if_match("*").send();
    assert_eq!((other.refused(422).as_str(), other.pointers()), ("invalid", vec!["/number".to_owned()]));
    let changed = with(&bill("1"), &json!({"liquidated": "2025-01-20"}));
    assert_eq!(call("PUT", &path).json(&changed).send().refused(428), "precondition-required");
    assert_eq!(call("PUT", &path).json(&changed).if_match("\"7\"").send().refused(412), "stale");
    let reply = call("PUT", &path).json(&changed).if_match("\"1\"").send();
    assert_eq!((reply.expect(200)["liquidated"].clone(), reply.etag()), (json!("2025-01-20"), "\"2\""));
    assert_eq!(call("PUT", &path).json(&changed).send().expect(200)["version"], 2);
    let held = call("GET", &path).header("If-None-Match", "\"2\"").send();
    assert_eq!(held.status, 304);
    payments(&world, &[payment("1", "1", "10")]).expect(200);
    assert_eq!(call("DELETE", &path).if_match("\"2\"").send().refused(412), "stale");
    assert_eq!(call("DELETE", &path).if_match("\"3\"").send().status, 204);
    assert_eq!(call("GET", &path).send().refused(404), "not-found");
    let again = call("PUT", &path).json(&bill("1")).send();
    assert_eq!(
        (again.expect(201)["payments"].clone(), again.header("Location").is_some()),
        (json!([]), true)
    );
    assert_eq!(call("GET", &format!("/invoices/{NOBODY}")).send().refused(404), "not-found");
}

#[test]
fn a_payment_is_corrected_under_its_number_and_taken_back_by_nothing() {
    let world = World::new();
    let id = sent(&world, &bill("1"));
    payments(&world, &[payment("1", "118", "400"), payment("1", "119", "100")]).expect(200);
    let outcome = payments(&world, &[payment("1", "118", "450"), payment("1", "119", "0")]).expect(200);
    assert_eq!(statuses(&outcome), [(200, 0), (200, 0)]);
    let read = read(&world, &id);
    assert_eq!((&read["paid"], &read["version"]), (&json!("450.00"), &json!(3)));
    assert_eq!(read["payments"].as_array().unwrap().len(), 1);
}

#[test]
fn each_item_has_its_outcome_and_one_refusal_undoes_all_or_itself() {
    let world = World::new();
    let good = json!({"invoice": bill("1")});
    let bad = json!({"invoice": with(&bill("2"), &json!({"total": "0", "received": "2025-01-01"}))});
    let twice = json!({"invoice": with(&bill("1"), &json!({"total": "7", "split_vat": null}))});
    let items = [good.clone(), bad, twice, json!({"invoice": bill("3"), "more": 1})];
    let refused = bills(&world, "", &items);
    assert_eq!(refused.refused(422), "bulk-refused");
    assert_eq!(
        refused.pointers(),
        [
            "/items/1/invoice/received",
            "/items/1/invoice/total",
            "/items/1/invoice/split_vat",
            "/items/2",
            "/items/3/more"
        ]
    );
    let trial = bills(&world, "?mode=partial&dry_run=true", &items).expect(200);
    assert_eq!(
        (&trial["applied"], &trial["written"], &trial["refused"]),
        (&json!(false), &json!(1), &json!(3))
    );
    assert!(listed(&world, "").is_empty());
    let done = bills(&world, "?mode=partial", &items).expect(200);
    assert_eq!(
        (&done["applied"], &done["items"][0]["path"]),
        (&json!(true), &json!("01234567890/2025-01-08/1"))
    );
    assert_eq!(numbers(&listed(&world, "")), ["1"]);
    let lines = format!("{good}\n{}\n", json!({"invoice": bill("4")}));
    let call = world.call("integratore", "POST", "L454", "/invoices-bulk");
    let sent = call.bytes("application/x-ndjson", lines).send().expect(200);
    assert_eq!(statuses(&sent), [(200, 1), (201, 1)]);
    let call = world.call("integratore", "POST", "L454", "/invoices-bulk?mode=partial");
    let broken = call.bytes("application/x-ndjson", "{\"invoice\": \n").send().expect(200);
    assert_eq!((&broken["items"][0]["status"], broken["items"][0].get("path")), (&json!(400), None));
}

#[test]
fn what_a_bill_says_wrongly_is_told_in_its_place() {
    let world = World::new();
    let id = sent(&world, &bill("1"));
    let cases = [
        (json!({"supplier": "Ditta & figli"}), vec!["/supplier"]),
        (json!({"total": "1.220,00"}), vec!["/total"]),
        (json!({"total": "12.345"}), vec!["/total"]),
        (json!({"split_vat": "1220.01"}), vec!["/split_vat"]),
        (json!({"received": "2025-01-07"}), vec!["/received"]),
        (json!({"liquidated": "2025-01-09"}), vec!["/liquidated"]),
        (json!({"unit": NOBODY}), vec!["/unit"]),
        (json!({"disputes": [{"from": "2025-03-01", "until": "2025-02-01"}]}), vec!["/disputes/0/until"]),
        (json!({"credits": {"number": "9", "issued": "2025-01-08"}}), vec!["/credits"]),
        (
            json!({"kind": "credit_note", "credits": {"number": "1", "issued": "2025-01-08"}}),
            vec!["/credits"],
        ),
    ];
    for (members, places) in cases {
        let body = with(&bill("1"), &members);
        let path = format!("/invoices/{id}");
        let refused = world.call("segretario", "PUT", "L454", &path).json(&body).if_match("*").send();
        assert_eq!(refused.refused(422), "invalid", "{members}");
        assert_eq!(refused.pointers(), places, "{members}");
    }
}

#[test]
fn bills_are_listed_by_receipt_and_found_by_what_is_asked() {
    let world = World::new();
    let other = json!({"supplier": "09876543210", "received": "2025-03-01", "unit": "ext:demo:area-1"});
    let items = [
        json!({"invoice": with(&bill("B"), &json!({"received": "2025-02-01"}))}),
        json!({"invoice": bill("A"), "payments": [{"reference": "1", "day": "2025-02-04", "amount": "1000"}]}),
        json!({"invoice": with(&bill("C"), &other)}),
        json!({"invoice": note("N", "B", "1000")}),
    ];
    bills(&world, "", &items).expect(200);
    let unit = listed(&world, "?number=C")[0]["unit"].as_str().unwrap().to_owned();
    for (query, found) in [
        ("?limit=1".to_owned(), vec!["A", "N", "B", "C"]),
        ("?open=true".to_owned(), vec!["C"]),
        ("?open=false".to_owned(), vec!["A", "N", "B"]),
        ("?supplier=it09876543210".to_owned(), vec!["C"]),
        ("?supplier=IT%2009876543210".to_owned(), vec!["C"]),
        ("?received_from=2025-01-20&received_to=2025-02-01".to_owned(), vec!["N", "B"]),
        (format!("?unit={unit}"), vec!["C"]),
        (format!("?unit={NOBODY}"), vec![]),
    ] {
        assert_eq!(numbers(&listed(&world, &query)), found, "{query}");
    }
}

#[test]
fn whoever_only_reads_registers_does_not_write_them() {
    let world = World::new();
    let items = json!({"items": [{"invoice": bill("1")}]});
    for (path, body) in
        [("/invoices-bulk", &items), ("/payments-bulk", &json!({"items": [payment("1", "1", "1")]}))]
    {
        let refused = world.call("nucleo", "POST", "L454", path).json(body).send();
        assert_eq!(refused.refused(403), "forbidden");
    }
}

#[test]
fn whoever_has_nothing_to_do_with_registers_does_not_read_them() {
    let world = World::new();
    let id = sent(&world, &bill("1"));
    for path in ["/invoices".to_owned(), format!("/invoices/{id}")] {
        assert_eq!(world.call("lettore", "GET", "L454", &path).send().refused(403), "forbidden");
    }
}
