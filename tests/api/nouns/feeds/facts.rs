//! Facts of registers, as a program of the comune sends them.

use serde_json::{Value, json};

use super::super::drafts::Draft;

fn put(draft: &Draft, path: &str, body: &Value) {
    let reply = draft.world.call("integratore", "PUT", "L454", path).json(body).if_match("*").send();
    if reply.status == 412 {
        draft.world.call("integratore", "PUT", "L454", path).json(body).send().expect(201);
    } else {
        reply.expect(200);
    }
}

/// A request to see data, and the day it was answered.
pub(super) fn access_request(draft: &Draft, key: &str, received: &str, answered: &str) {
    let closed = json!({"on": answered, "outcome": "granted"});
    let body =
        json!({"kind": "generalised", "object": "Dati sulle spese", "received": received, "closed": closed});
    put(draft, &format!("/access-requests/{key}"), &body);
}

/// A procedure with thirty days, in the charge of a structure.
pub(super) fn procedure(draft: &Draft, key: &str, unit: &str, started: &str, closed: &str) {
    let body = json!({"kind": "Autorizzazione", "started": started, "term_days": 30, "closed": closed, "unit": unit});
    put(draft, &format!("/procedures/{key}"), &body);
}

/// A bill, and the day it was paid whole.
pub(super) fn bill(
    draft: &Draft,
    number: &str,
    (received, due, total): (&str, &str, &str),
    paid: Option<&str>,
) {
    let invoice = json!({
        "supplier": "01234567890", "number": number, "issued": received, "received": received, "due": due, "total": total,
    });
    let payment = |day: &str| json!([{"reference": format!("M-{number}"), "day": day, "amount": total}]);
    let payments = paid.map_or_else(|| json!([]), payment);
    let bulk = json!({"items": [{"invoice": invoice, "payments": payments}]});
    let reply = draft.world.call("integratore", "POST", "L454", "/invoices-bulk").json(&bulk).send();
    let sent = reply.expect(200);
    assert_eq!(sent["refused"], 0, "{sent}");
}
