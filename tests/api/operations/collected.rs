//! What values are collected of a plan: windows, values, what they rest on; and bills.

use serde_json::{Value, json};

use super::planted::canary;
use crate::world::World;

/// A window of collection.
pub(super) fn round(canary: &str) -> Value {
    let period = json!({"from": "2030-01-01", "to": "2030-12-31"});
    json!({"external_id": canary, "title": canary, "period": period, "window": {"from": "2031-01-01", "to": "2031-02-28"}})
}

/// A value of the plan in its year.
pub(super) fn measurement(canary: &str) -> Value {
    json!({
        "external_id": canary, "subject": "ext:OB1/indicators/ext:I1", "note": canary,
        "period": {"from": "2037-01-01", "to": "2037-03-31"}, "value": {"type": "number", "figure": "70"},
        "standing": "provisional"
    })
}

/// A file kept as evidence.
pub(super) fn file(world: &World, comune: &str, plan: &str) -> String {
    let canary = canary(comune);
    let path = format!("/plans/{plan}/evidence?name={canary}.txt");
    let sent = world.call("segretario", "POST", comune, &path).bytes("text/plain", canary.as_bytes()).send();
    sent.expect(201)["id"].as_str().unwrap().to_owned()
}

/// A bill with a payment, in the charge of a structure.
pub(super) fn bill(world: &World, comune: &str, unit: &str) -> String {
    let canary = canary(comune);
    let invoice = json!({
        "supplier": "01234567890", "number": canary, "issued": "2025-01-08", "received": "2025-01-10", "total": "1220",
        "split_vat": "220", "unit": unit
    });
    let paid = json!([{"reference": canary, "day": "2025-02-04", "amount": "400"}]);
    let body = json!({"items": [{"invoice": invoice, "payments": paid}]});
    let sent = world.call("segretario", "POST", comune, "/invoices-bulk").json(&body).send().expect(200);
    sent["items"][0]["id"].as_str().unwrap().to_owned()
}
