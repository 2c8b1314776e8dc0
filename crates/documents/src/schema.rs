//! The JSON Schema of a plan's document, published for whoever writes one: made from the types that read it.

use serde_json::{Map, Value, json};
use utoipa::ToSchema as _;

use crate::plan::PlanBody;

/// The address the schema is known by.
pub const ID: &str = "urn:traguardo:plan:v1";

/// The schema, in the dialect of 2020-12.
///
/// # Errors
/// When a schema cannot be written as JSON, which for those declared here does not happen.
pub fn plan_schema() -> Result<Value, serde_json::Error> {
    let mut named = Vec::new();
    PlanBody::schemas(&mut named);
    named.push((PlanBody::name().into_owned(), <PlanBody as utoipa::PartialSchema>::schema()));
    let mut definitions = Map::new();
    for (name, schema) in named {
        definitions.insert(name, in_dialect(serde_json::to_value(schema)?));
    }
    definitions.sort_keys();
    let mut whole = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": ID,
        "title": "Un piano della performance, in un solo documento",
        "$ref": format!("#/$defs/{}", PlanBody::name()),
    });
    if let Some(members) = whole.as_object_mut() {
        members.insert("$defs".to_owned(), Value::Object(definitions));
    }
    Ok(whole)
}

/// What OpenAPI says in its own way, said as JSON Schema says it.
fn in_dialect(value: Value) -> Value {
    match value {
        Value::Object(members) => Value::Object(members.into_iter().map(member_in_dialect).collect()),
        Value::Array(items) => Value::Array(items.into_iter().map(in_dialect).collect()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value,
    }
}

fn member_in_dialect((name, value): (String, Value)) -> (String, Value) {
    match (name.as_str(), value) {
        // An example is data, and is left as it is.
        ("example", example) => ("examples".to_owned(), json!([example])),
        ("examples", examples) => (name, examples),
        ("$ref", Value::String(target)) => {
            (name, Value::String(target.replace("#/components/schemas/", "#/$defs/")))
        }
        (_, value) => (name, in_dialect(value)),
    }
}
