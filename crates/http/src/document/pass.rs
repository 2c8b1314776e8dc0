//! Decides what is added to every operation, and which shared components the document then needs.

use serde_json::{Map, Value, json};

use super::operations::{METHODS, takes_header};
use super::problems::{self, Refusal};
use super::{Error, headers, member, preamble};

/// Completes every operation in place.
pub(super) fn every_operation(root: &mut Map<String, Value>) -> Result<(), Error> {
    for (path, item) in member(root, "paths")?.iter_mut() {
        let item = item.as_object_mut().ok_or(Error::Shape("path"))?;
        for method in METHODS {
            if let Some(operation) = item.get_mut(*method) {
                let operation = operation.as_object_mut().ok_or(Error::Shape("operation"))?;
                complete(method, path, operation)?;
            }
        }
    }
    Ok(())
}

fn complete(method: &str, path: &str, operation: &mut Map<String, Value>) -> Result<(), Error> {
    let reads = matches!(method, "get" | "head" | "options" | "trace");
    operation.insert("x-pdnd".into(), json!(if reads { "eroga" } else { "riceve" }));
    let parameters = operation.get_mut("parameters").and_then(Value::as_array_mut);
    for parameter in parameters.into_iter().flatten() {
        headers::describe_parameter(reads, parameter);
    }
    let expected = problems::expected(method, path, operation);
    let asked = Asked::of(reads, path, operation);
    let responses = member(operation, "responses")?;
    if asked.unless_changed {
        responses
            .entry("304")
            .or_insert_with(|| json!({ "description": "La risorsa è ancora quella che si possiede." }));
    }
    for status in expected {
        responses.entry(status.to_string()).or_insert_with(|| json!({}));
    }
    for (status, response) in responses.iter_mut() {
        let completed = asked.answer(status, response).ok_or_else(|| Error::UnknownStatus {
            operation: format!("{method} {path}"),
            status: status.clone(),
        })?;
        *response = completed;
    }
    Ok(())
}

/// The conditions a caller may put on an operation, which show in its answers.
struct Asked {
    if_unchanged: bool,
    unless_changed: bool,
    once: bool,
    /// What an answer to any page carries, whatever is asked.
    openly: &'static [&'static str],
}

impl Asked {
    fn of(reads: bool, path: &str, operation: &Map<String, Value>) -> Self {
        Self {
            if_unchanged: takes_header(operation, "If-Match"),
            unless_changed: reads && takes_header(operation, "If-None-Match"),
            once: takes_header(operation, "Idempotency-Key"),
            openly: match (path.starts_with("/public/"), reads) {
                (true, true) => &["Access-Control-Allow-Origin", "Last-Modified", "Link"],
                (true, false) => &["Access-Control-Allow-Origin"],
                (false, _) => &[],
            },
        }
    }

    /// The answer as published, or nothing when no refusal of this status is described.
    fn answer(&self, status: &str, response: &Value) -> Option<Value> {
        let own = response.as_object()?;
        if own.contains_key("$ref") {
            return Some(response.clone());
        }
        if status.starts_with(['1', '2', '3']) || own.contains_key("x-noqa") {
            return Some(self.with_headers(status, own));
        }
        let refusal = problems::of_status(status)?;
        if own.is_empty() {
            return Some(json!({ "$ref": format!("#/components/responses/{}", refusal.name) }));
        }
        let Value::Object(declared) = refusal.declared(own) else {
            return None;
        };
        Some(keep_other_headers(declared, own))
    }

    fn with_headers(&self, status: &str, own: &Map<String, Value>) -> Value {
        let mut names = headers::ALWAYS.to_vec();
        names.extend(self.names(status));
        names.extend(problems::of_status(status).map_or(&[][..], Refusal::headers));
        let shared = headers::of_responses();
        let mut answer = own.clone();
        let declared = answer.entry("headers").or_insert_with(|| Value::Object(Map::new()));
        if let Some(declared) = declared.as_object_mut() {
            let known = declared.keys().filter(|name| shared.contains_key(*name));
            let known: Vec<String> = known.cloned().collect();
            for name in known.iter().map(String::as_str).chain(names) {
                declared.insert(name.to_owned(), headers::reference(name));
            }
        }
        Value::Object(answer)
    }

    /// The headers of an answer that is no refusal, beyond those of every answer.
    fn names(&self, status: &str) -> Vec<&'static str> {
        let success = status.starts_with('2');
        let one_resource = self.if_unchanged || self.unless_changed;
        [
            (success || status == "304", "Cache-Control"),
            (matches!(status, "201" | "202" | "303"), "Location"),
            (status == "201" || status == "304" || (status == "200" && one_resource), "ETag"),
            (success && self.once, "Idempotency-Replayed"),
        ]
        .into_iter()
        .filter_map(|(applies, name)| applies.then_some(name))
        .chain(self.openly.iter().copied().filter(|_| success || status == "304"))
        .collect()
    }
}

fn keep_other_headers(mut response: Map<String, Value>, own: &Map<String, Value>) -> Value {
    let declared = own.get("headers").and_then(Value::as_object);
    let shared = headers::of_responses();
    if let Some(all) = response.get_mut("headers").and_then(Value::as_object_mut) {
        for (name, header) in declared.into_iter().flatten() {
            let published = if shared.contains_key(name) { headers::reference(name) } else { header.clone() };
            all.entry(name.clone()).or_insert(published);
        }
    }
    Value::Object(response)
}

/// Adds the shared components, keeping of them only what the document points at.
pub(super) fn shared_components(root: &mut Map<String, Value>) -> Result<(), Error> {
    let responses = pointed_at(root, "responses", problems::responses());
    let components = member(root, "components")?;
    components.insert("securitySchemes".into(), preamble::security_schemes());
    components.insert("responses".into(), Value::Object(responses));
    let schemas = member(components, "schemas")?;
    for (name, schema) in problems::schemas()? {
        schemas.entry(name).or_insert(schema);
    }
    let headers = pointed_at(root, "headers", headers::of_responses());
    member(root, "components")?.insert("headers".into(), Value::Object(headers));
    Ok(())
}

fn pointed_at(root: &Map<String, Value>, kind: &str, mut shared: Map<String, Value>) -> Map<String, Value> {
    let mut pointers = Vec::new();
    root.values().for_each(|value| references(value, &mut pointers));
    shared.retain(|name, _| pointers.contains(&format!("#/components/{kind}/{name}").as_str()));
    shared
}

fn references<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    if let Some(pointer) = value.get("$ref").and_then(Value::as_str) {
        found.push(pointer);
    }
    match value {
        Value::Object(members) => members.values().for_each(|inner| references(inner, found)),
        Value::Array(items) => items.iter().for_each(|inner| references(inner, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Says `minItems: 0` where a list has a highest length only: the derive refuses a zero.
pub(super) fn bounded_arrays(value: &mut Value) {
    match value {
        Value::Object(members) => {
            if members.contains_key("items") && members.get("maxItems").is_some_and(Value::is_number) {
                members.entry("minItems").or_insert(json!(0));
            }
            members.values_mut().for_each(bounded_arrays);
        }
        Value::Array(items) => items.iter_mut().for_each(bounded_arrays),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
