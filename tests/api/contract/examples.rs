//! Decides whether every body is shown by an example, and whether examples are true.

use serde_json::{Value, json};

use super::validity;
use super::walk::{Document, Findings, items, members};
use super::{each_rule_fires, operation, remove};

pub(super) fn check(document: &Document<'_>, findings: &mut Findings) {
    for operation in document.operations() {
        let place = operation.place();
        for (media, body) in document.content(&operation.body["requestBody"]) {
            shown(document, &format!("{place} {media}"), body, findings);
        }
        for (status, response) in document.responses(&operation) {
            for (media, body) in document.content(response) {
                shown(document, &format!("{place} {status} {media}"), body, findings);
            }
            for (name, header) in members(&response["headers"]) {
                let place = format!("{place} {status} {name}");
                true_to(document, &place, document.resolve(header), findings);
            }
        }
        for parameter in document.parameters(&operation) {
            true_to(document, &place, parameter, findings);
        }
    }
    for (place, schema) in document.schemas() {
        for example in of_schema(schema).into_iter().chain(schema.get("default")) {
            compare(document, &place, schema, example, findings);
        }
    }
}

/// A body needs an example, its own or its schema's.
fn shown<'d>(document: &Document<'d>, place: &str, body: &'d Value, findings: &mut Findings) {
    let of_type = of_schema(document.resolve(&body["schema"]));
    let any = !of_media(document, body).is_empty() || !of_type.is_empty();
    findings.demand(any, "example.present", place, "is there");
    true_to(document, place, body, findings);
}

fn true_to<'d>(document: &Document<'d>, place: &str, holder: &'d Value, findings: &mut Findings) {
    for example in of_media(document, holder) {
        compare(document, place, &holder["schema"], example, findings);
    }
}

fn compare<'d>(
    document: &Document<'d>,
    place: &str,
    schema: &'d Value,
    example: &Value,
    findings: &mut Findings,
) {
    for fault in validity::faults(document, schema, example) {
        findings.demand(false, "example.valid", place, &fault);
    }
}

fn of_media<'d>(document: &Document<'d>, holder: &'d Value) -> Vec<&'d Value> {
    let named = members(&holder["examples"]).filter_map(|(_, one)| document.resolve(one).get("value"));
    holder.get("example").into_iter().chain(named).collect()
}

fn of_schema(schema: &Value) -> Vec<&Value> {
    let listed = items(&schema["examples"]);
    schema.get("example").into_iter().chain(listed).collect()
}

#[test]
fn rules_of_examples_fire() {
    each_rule_fires(&[
        ("example.present", |d| remove(&mut d["components"]["schemas"]["UnitDraft"], "example")),
        ("example.present", |d| remove(&mut d["components"]["schemas"]["UnitPage"], "example")),
        ("example.present", |d| {
            remove(
                &mut d["components"]["responses"]["NotFound"]["content"]["application/problem+json"],
                "examples",
            );
        }),
        ("example.valid", |d| d["components"]["schemas"]["Unit"]["example"] = json!({ "name": 1 })),
        ("example.valid", |d| d["components"]["headers"]["X-RateLimit-Limit"]["example"] = json!(-1)),
        ("example.valid", |d| operation(d, "list_units")["parameters"][0]["example"] = json!("L454444")),
        ("example.valid", |d| operation(d, "list_units")["parameters"][2]["schema"]["default"] = json!(0)),
        ("example.valid", |d| {
            operation(d, "read_unit")["responses"]["200"]["content"]["application/json"]["examples"] =
                json!({ "one": { "value": { "name": "Area" } } });
        }),
    ]);
}
