//! A fact of each register of a comune, under one key.

use serde_json::{Value, json};

use super::planted::canary;
use crate::world::World;

/// The registers, and what is said of a fact of each beside its key and the structure in charge.
fn said(canary: &str, year: &str) -> Vec<(&'static str, Value)> {
    let check = json!({
        "year": year.parse::<i32>().unwrap(), "obligation": "16.02", "checked_on": format!("{year}-05-31"),
        "points": {"publication": 100}, "note": canary
    });
    vec![
        ("publication-checks", check),
        ("access-requests", json!({"kind": "simple", "object": canary, "received": "2025-02-20"})),
        ("procedures", json!({"kind": canary, "started": "2025-02-20", "closed": "2025-03-10"})),
        ("training", json!({"person": "D-1", "year": 2025, "role": "general", "service_from": "2025-01-01"})),
        (
            "surveys",
            json!({"service": canary, "period": {"from": "2025-05-01", "to": "2025-05-31"}, "scale": {"from": 1, "to": 5},
                "answers": [{"point": 4, "count": 40}]}),
        ),
    ]
}

/// Writes a fact into each register, where it is of a year of that year; their key.
pub(super) fn facts(world: &World, comune: &str, unit: &str, year: &str) -> String {
    let key = canary(comune);
    for (register, mut body) in said(&key, year) {
        body["unit"] = unit.into();
        world.call("segretario", "PUT", comune, &format!("/{register}/{key}")).json(&body).send().expect(201);
    }
    key
}
