//! Decides whether requests are made as HTTP means them: bodies where they belong, headers by name,
//! parameters that match their path, nothing secret in an address.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::walk::{Document, Findings, Operation, members, template};
use super::{each_rule_fires, operation, remove};

/// What the document says elsewhere, and may not say as a header.
const FORBIDDEN: [&str; 3] = ["authorization", "content-type", "accept"];

pub(super) fn check(document: &Document<'_>, findings: &mut Findings) {
    for operation in document.operations() {
        request_body(document, &operation, findings);
        parameters(document, &operation, findings);
        for (_, response) in document.responses(&operation) {
            for (name, _) in members(&response["headers"]) {
                header_name(&operation, name, findings);
            }
        }
    }
}

fn request_body(document: &Document<'_>, operation: &Operation<'_>, findings: &mut Findings) {
    let place = operation.place();
    let body = document.resolve(&operation.body["requestBody"]);
    let absent = body.is_null();
    findings.demand(absent || !operation.reads(), "body.read", &place, "a read has no body");
    findings.demand(absent || operation.method != "delete", "body.delete", &place, "a removal has no body");
    findings.demand(absent || body["required"] == true, "body.required", &place, "a body is required");
    if operation.method == "patch" {
        let media: Vec<&str> = members(&body["content"]).map(|(media, _)| media).collect();
        findings.demand(!media.is_empty(), "patch.body", &place, "has a body");
        let plain = media.contains(&"application/json");
        findings.demand(!plain, "patch.media", &place, "is a patch format");
        let steps = document.resolve(&body["content"]["application/json-patch+json"]["schema"]);
        findings.demand(steps.is_null() || steps["type"] == "array", "patch.steps", &place, "a list");
    }
}

fn parameters(document: &Document<'_>, operation: &Operation<'_>, findings: &mut Findings) {
    let place = operation.place();
    let mut declared = BTreeSet::new();
    for parameter in document.parameters(operation) {
        let name = parameter["name"].as_str().unwrap_or_default();
        let location = parameter["in"].as_str().unwrap_or_default();
        findings.demand(declared.insert((location, name)), "parameter.once", &place, name);
        findings.demand(
            location != "path" || parameter["required"] == true,
            "parameter.required",
            &place,
            name,
        );
        let lower = name.to_lowercase();
        let secret = ["password", "secret", "apikey", "api_key"].iter().any(|word| lower.contains(word));
        let in_address = matches!(location, "path" | "query");
        findings.demand(!(secret && in_address), "parameter.secret", &place, name);
        if location == "header" {
            header_name(operation, name, findings);
        }
    }
    let inside: BTreeSet<&str> = operation.path.split('/').filter_map(template).collect();
    let in_path = declared.iter().filter(|(location, _)| *location == "path");
    let in_path: BTreeSet<&str> = in_path.map(|(_, name)| *name).collect();
    findings.demand(inside == in_path, "parameter.path", &place, "the path's are all declared");
}

fn header_name(operation: &Operation<'_>, name: &str, findings: &mut Findings) {
    let place = operation.place();
    let lower = name.to_lowercase();
    findings.demand(!FORBIDDEN.contains(&lower.as_str()), "header.forbidden", &place, name);
    let allowed = ["x-ratelimit-", "x-correlation-id", "x-replyto"];
    let known = allowed.iter().any(|prefix| lower.starts_with(prefix));
    findings.demand(!lower.starts_with("x-") || known, "header.x", &place, name);
    let train = name.split('-').all(|word| word.starts_with(|first: char| first.is_ascii_uppercase()));
    findings.demand(train, "header.train", &place, name);
}

fn as_patch(document: &mut Value, body: Value) {
    let item = &mut document["paths"]["/comuni/{comune}/units/{unit}"];
    let mut patch = item["put"].clone();
    patch["operationId"] = json!("change_unit");
    patch["requestBody"] = body;
    item["patch"] = patch;
}

fn add_parameter(document: &mut Value, location: &str, name: &str) {
    let parameters = operation(document, "list_units")["parameters"].as_array_mut().unwrap();
    parameters.push(json!({ "name": name, "in": location, "required": true, "schema": {} }));
}

#[test]
fn rules_of_requests_fire() {
    each_rule_fires(&[
        ("body.read", |d| operation(d, "read_unit")["requestBody"] = json!({ "required": true })),
        ("body.delete", |d| operation(d, "remove_unit")["requestBody"] = json!({ "required": true })),
        ("body.required", |d| remove(&mut operation(d, "create_unit")["requestBody"], "required")),
        ("patch.body", |d| as_patch(d, Value::Null)),
        ("patch.media", |d| as_patch(d, json!({ "content": { "application/json": {} } }))),
        ("patch.steps", |d| {
            as_patch(
                d,
                json!({ "content": { "application/json-patch+json": { "schema": { "type": "object" } } } }),
            );
        }),
        ("parameter.once", |d| add_parameter(d, "query", "limit")),
        ("parameter.required", |d| operation(d, "list_units")["parameters"][0]["required"] = json!(false)),
        ("parameter.secret", |d| add_parameter(d, "query", "client_secret")),
        ("parameter.path", |d| add_parameter(d, "path", "missing")),
        ("parameter.path", |d| operation(d, "list_units")["parameters"] = json!([])),
        ("header.forbidden", |d| add_parameter(d, "header", "Authorization")),
        ("header.x", |d| add_parameter(d, "header", "X-Tenant")),
        ("header.train", |d| add_parameter(d, "header", "traceparent")),
        ("header.x", |d| operation(d, "read_unit")["responses"]["200"]["headers"]["X-Total"] = json!({})),
    ]);
}
