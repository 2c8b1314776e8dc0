//! Payment times computed from bills, over HTTP: the worked example to the cent, what would change, what is lost.

mod forecasts;
mod funds;
mod perimeters;

use serde_json::{Value, json};

use super::drafts::{Draft, TO_ITS_YEAR};
use super::with;
use crate::world::{Reply, World};

/// What bill `number` says, received and issued on one day.
fn invoice(number: &str, total: &str, received: &str, due: &str) -> Value {
    json!({
        "supplier": "01234567890", "number": number, "issued": received, "received": received, "due": due, "total": total
    })
}

/// A bill paid whole on a day.
fn paid(invoice: &Value, day: &str) -> Value {
    let payment = json!({"reference": "1", "day": day, "amount": invoice["total"]});
    json!({"invoice": invoice, "payments": [payment]})
}

/// The bills of the worked example: four paid, one of them contested for twenty days, and one nobody paid.
fn example() -> Vec<Value> {
    let disputes = json!({"disputes": [{"from": "2025-02-10", "until": "2025-03-02"}]});
    let contested = with(&invoice("F4", "2500.00", "2025-02-05", "2025-03-07"), &disputes);
    vec![
        paid(&invoice("F1", "10000", "2025-01-10", "2025-02-09"), "2025-02-04"),
        paid(&invoice("F2", "4000", "2025-01-20", "2025-02-19"), "2025-03-06"),
        paid(&invoice("F3", "1500", "2025-02-01", "2025-03-03"), "2025-03-03"),
        paid(&contested, "2025-03-25"),
        json!({"invoice": invoice("F5", "3000", "2025-10-02", "2025-11-01")}),
    ]
}

#[track_caller]
fn send(world: &World, items: &[Value]) -> Value {
    let body = json!({ "items": items });
    let sent = world.call("ragioneria", "POST", "L454", "/invoices-bulk").json(&body).send().expect(200);
    assert_eq!(sent["refused"], 0, "{sent}");
    sent
}

/// A comune with the bills of the worked example.
fn with_the_example() -> World {
    let world = World::new();
    world.move_to("2026-04-10");
    send(&world, &example());
    world
}

fn ask(world: &World, query: &str) -> Reply {
    world.call("ragioneria", "GET", "L454", &format!("/payment-figures?{query}")).send()
}

fn post(world: &World, path: &str, body: &Value) -> Reply {
    world.call("ragioneria", "POST", "L454", path).json(body).send()
}

/// One figure of a situation.
fn figure(situation: &Value, indicator: &str) -> Value {
    let figures = situation["figures"].as_array().unwrap();
    figures.iter().find(|one| one["indicator"] == indicator).unwrap().clone()
}

/// One figure of what a query is told.
#[track_caller]
fn told(world: &World, query: &str, indicator: &str) -> Value {
    figure(&ask(world, query).expect(200)["situation"], indicator)
}

fn value(world: &World, query: &str, indicator: &str) -> Value {
    told(world, query, indicator)["value"].clone()
}

#[test]
fn the_worked_example_comes_out_to_the_cent() {
    let world = with_the_example();
    let itp = told(&world, "year=2025&quarter=1", "T1.itp");
    assert_eq!((&itp["numerator"], &itp["denominator"]), (&json!("5000"), &json!("18000")), "{itp}");
    assert_eq!((&itp["value"], &itp["with_contested_days"]), (&json!("0.28"), &json!("3.06")), "{itp}");
    assert_eq!((&itp["on_target"], &itp["counted"]), (&json!(false), &json!(4)), "{itp}");
    assert_eq!((&itp["perimeter"], &itp["method"]["code"]), (&json!("paid_in_period"), &json!("itp")));
    let tmp = told(&world, "year=2025", "T1.tmp");
    assert_eq!((&tmp["numerator"], &tmp["value"]), (&json!("545000"), &json!("30.28")), "{tmp}");
    assert_eq!(value(&world, "year=2025", "T1.tmr"), "0.28");
    let irp = told(&world, "year=2025", "T1.irp");
    assert_eq!((&irp["numerator"], &irp["denominator"]), (&json!("185000"), &json!("21000")), "{irp}");
    assert_eq!((&irp["value"], &irp["perimeter"]), (&json!("8.81"), &json!("due_in_year")), "{irp}");
    assert_eq!(value(&world, "year=2025", "T1.itp"), "0.28");
}

#[test]
fn without_the_contested_days_the_quarter_would_be_three_days_late() {
    let world = with_the_example();
    send(&world, &[paid(&invoice("F4", "2500", "2025-02-05", "2025-03-07"), "2025-03-25")]);
    assert_eq!(value(&world, "year=2025&quarter=1", "T1.itp"), "3.06");
}

#[test]
fn the_debt_its_creditors_and_the_coverage_are_told_beside_the_figures() {
    let world = with_the_example();
    let situation = ask(&world, "year=2025").expect(200)["situation"].clone();
    let overdue = json!({"amount": "3000.00", "bills": 1, "creditors": 1});
    assert_eq!((&situation["debt"]["on"], &situation["debt"]["overdue"]), (&json!("2025-12-31"), &overdue));
    let coverage =
        json!({"paid": "18000", "received": "21000", "percent": "85.71", "least": "95", "enough": false});
    assert_eq!(situation["coverage"], coverage);
}

#[test]
fn sending_everything_again_changes_nothing() {
    let world = with_the_example();
    let before = ask(&world, "year=2025").expect(200);
    let mut again = example();
    again.reverse();
    send(&world, &again);
    let after = ask(&world, "year=2025").expect(200);
    assert_eq!(before["situation"], after["situation"]);
    assert_eq!(before["register"], after["register"], "a register told nothing new is as it was");
}

#[test]
fn a_payment_in_two_parts_on_one_day_is_the_same_payment() {
    let world = with_the_example();
    let before = ask(&world, "year=2025").expect(200)["situation"].clone();
    let part = |reference: &str, amount: &str| json!({"reference": reference, "day": "2025-03-06", "amount": amount});
    let second = invoice("F2", "4000", "2025-01-20", "2025-02-19");
    send(&world, &[json!({"invoice": second, "payments": [part("1", "1500.37"), part("2", "2499.63")]})]);
    assert_eq!(ask(&world, "year=2025").expect(200)["situation"], before);
}

#[test]
fn a_register_without_facts_tells_no_zero() {
    let world = World::new();
    let situation = ask(&world, "year=2019").expect(200)["situation"].clone();
    for figure in situation["figures"].as_array().unwrap() {
        assert_eq!(
            (&figure["value"], &figure["not_computable"]),
            (&Value::Null, &json!("no_facts")),
            "{figure}"
        );
    }
    assert!(situation["coverage"]["received"].is_null() && situation["coverage"]["enough"].is_null());
}

#[test]
fn the_certified_delay_stands_beside_our_forecast() {
    let draft = Draft::new();
    draft.add(&json!({"title": "Pagare in tempo"}));
    draft.walk(&TO_ITS_YEAR);
    draft.world.move_to("2026-04-10");
    send(&draft.world, &example());
    let before = ask(&draft.world, "year=2025").expect(200);
    assert_eq!((&before["forecast_delay"], &before["certified"]), (&json!("8.81"), &Value::Null));
    let body =
        json!({"delay_days": "8.9", "source": "Piattaforma", "day": "2026-02-10", "act": "Verbale n. 4"});
    draft.call("revisore", "PUT", "/payment-time/certified").json(&body).send().expect(201);
    let after = ask(&draft.world, "year=2025").expect(200);
    assert_eq!(
        (&after["forecast_delay"], &after["certified"]["delay_days"]),
        (&json!("8.81"), &json!("8.9"))
    );
    assert_eq!(after["certified"]["act"], "Verbale n. 4");
    assert!(ask(&draft.world, "year=2024").expect(200)["certified"].is_null());
}

#[test]
fn what_is_asked_wrongly_is_refused_by_its_name() {
    let world = World::new();
    for (query, parameter) in [
        ("year=1999", "year"),
        ("year=2025&quarter=5", "quarter"),
        ("year=2025&quarter=0", "quarter"),
        ("year=2025&unit=0193a5c0-0000-7000-8000-00000000beef", "unit"),
    ] {
        let refused = ask(&world, query);
        assert_eq!(refused.refused(400), "invalid-parameter", "{query}");
        assert_eq!(refused.pointers(), [parameter], "{query}");
    }
    for role in ["giunta", "lettore"] {
        let refused = world.call(role, "GET", "L454", "/payment-figures").send();
        assert_eq!(refused.refused(403), "forbidden", "{role}");
    }
}
