//! Decides whether things are called as the guidelines ask.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::walk::{Document, Findings, Operation, items, members, says, template};
use super::{each_rule_fires, operation, remove};

const METHOD_WORDS: [&str; 6] = ["get", "post", "put", "delete", "patch", "head"];

const ACTIONS: [&str; 12] = [
    "get", "post", "put", "delete", "patch", "create", "remove", "list", "update", "insert", "fetch", "read",
];

/// Names for which the ontologies have a better one.
const AVOIDED: [&str; 9] = [
    "nome",
    "surname",
    "first_name",
    "firstname",
    "last_name",
    "lastname",
    "cf",
    "fiscal_code",
    "fiscalcode",
];

const PAGING_OF_OTHERS: [&str; 6] = ["page", "per_page", "page_size", "expand", "include", "order_by"];

pub(super) fn check(document: &Document<'_>, findings: &mut Findings) {
    for (path, _) in members(&document.root["paths"]) {
        path_name(path, findings);
    }
    let mut ids = BTreeSet::new();
    for operation in document.operations() {
        described(&operation, findings);
        let id = operation.body["operationId"].as_str().unwrap_or_default();
        let first = id.split('_').next().unwrap_or_default();
        findings.demand(is_snake(id), "operation.id", &operation.place(), "is snake_case");
        findings.demand(!METHOD_WORDS.contains(&first), "operation.verb", id, "does not start with a method");
        findings.demand(ids.insert(id), "operation.unique", id, "names one operation");
        for parameter in document.parameters(&operation) {
            parameter_name(&operation, parameter, findings);
        }
    }
    for (name, _) in members(&document.root["components"]["schemas"]) {
        findings.demand(is_pascal(name), "schema.name", name, "is PascalCase");
    }
    for (place, schema) in document.schemas() {
        for (name, _) in members(&schema["properties"]) {
            let bare = name.strip_prefix('_').unwrap_or(name);
            findings.demand(is_snake(bare), "property.name", &place, name);
            findings.demand(!AVOIDED.contains(&name), "property.term", &place, name);
        }
    }
}

fn path_name(path: &str, findings: &mut Findings) {
    findings.demand(
        path.starts_with('/') && (path == "/" || !path.ends_with('/')),
        "path.slash",
        path,
        "begins with a slash and ends without",
    );
    for segment in path.split('/').filter(|segment| !segment.is_empty()) {
        let parameter = template(segment);
        let sound = parameter.map_or_else(|| is_kebab(segment), is_snake);
        findings.demand(sound, "path.kebab", path, segment);
        let acts = segment.split('-').any(|word| ACTIONS.contains(&word));
        findings.demand(!acts, "path.action", path, segment);
    }
}

fn described(operation: &Operation<'_>, findings: &mut Findings) {
    let place = operation.place();
    findings.demand(says(&operation.body["summary"]), "operation.summary", &place, "is there");
    findings.demand(says(&operation.body["description"]), "operation.description", &place, "is there");
    findings.demand(items(&operation.body["tags"]).count() == 1, "operation.tag", &place, "is one");
    let expected = if operation.reads() { "eroga" } else { "riceve" };
    findings.demand(
        operation.body["x-pdnd"] == expected,
        "operation.pdnd",
        &place,
        "is marked by what it does",
    );
}

fn parameter_name(operation: &Operation<'_>, parameter: &Value, findings: &mut Findings) {
    let name = parameter["name"].as_str().unwrap_or_default();
    let place = operation.place();
    findings.demand(says(&parameter["description"]), "parameter.description", &place, name);
    if parameter["in"] == "header" {
        return;
    }
    findings.demand(is_snake(name), "parameter.name", &place, name);
    findings.demand(!AVOIDED.contains(&name), "parameter.term", &place, name);
    findings.demand(!PAGING_OF_OTHERS.contains(&name), "parameter.paging", &place, name);
}

fn is_snake(name: &str) -> bool {
    words(name, '_', |byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
}

fn is_kebab(name: &str) -> bool {
    words(name, '-', |byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
}

fn is_pascal(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_uppercase())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn words(name: &str, separator: char, allowed: fn(&u8) -> bool) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.split(separator).all(|word| !word.is_empty() && word.as_bytes().iter().all(allowed))
}

fn rename_path(document: &mut Value, name: &str) {
    let item = document["paths"]["/status"].clone();
    document["paths"][name] = item;
}

#[test]
fn rules_of_names_fire() {
    each_rule_fires(&[
        ("path.slash", |d| rename_path(d, "/status/")),
        ("path.kebab", |d| rename_path(d, "/unit_kinds")),
        ("path.kebab", |d| rename_path(d, "/units/{unitId}")),
        ("path.kebab", |d| rename_path(d, "/units/ext:{externalId}")),
        ("path.action", |d| rename_path(d, "/create-unit")),
        ("operation.id", |d| operation(d, "read_unit")["operationId"] = json!("readUnit")),
        ("operation.verb", |d| operation(d, "read_unit")["operationId"] = json!("get_unit")),
        ("operation.unique", |d| operation(d, "read_unit")["operationId"] = json!("list_units")),
        ("operation.summary", |d| remove(operation(d, "read_unit"), "summary")),
        ("operation.description", |d| remove(operation(d, "read_unit"), "description")),
        ("operation.tag", |d| remove(operation(d, "read_unit"), "tags")),
        ("operation.pdnd", |d| operation(d, "read_unit")["x-pdnd"] = json!("riceve")),
        ("parameter.description", |d| {
            remove(&mut operation(d, "list_units")["parameters"][0], "description");
        }),
        ("parameter.name", |d| operation(d, "list_units")["parameters"][1]["name"] = json!("nextPage")),
        ("parameter.term", |d| operation(d, "list_units")["parameters"][1]["name"] = json!("cf")),
        ("parameter.paging", |d| operation(d, "list_units")["parameters"][1]["name"] = json!("page")),
        ("schema.name", |d| d["components"]["schemas"]["Page_Unit"] = json!({})),
        ("property.name", |d| d["components"]["schemas"]["Unit"]["properties"]["closedOn"] = json!({})),
        ("property.term", |d| d["components"]["schemas"]["Unit"]["properties"]["nome"] = json!({})),
    ]);
}
