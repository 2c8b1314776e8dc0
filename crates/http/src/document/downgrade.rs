//! Decides how the 3.1 document is said in OpenAPI 3.0.3, for tools that read nothing newer.

use utoipa::openapi::OpenApi;
use yaml_serde::{Mapping, Value};

use super::Error;

/// Members that hold a map of schemas by name: the map itself is no schema.
const MAPS: &[&str] = &[
    "properties",
    "schemas",
    "responses",
    "headers",
    "parameters",
    "paths",
    "callbacks",
    "securitySchemes",
    "content",
    "examples",
];

/// Members whose value is data, to be left as it is.
const DATA: &[&str] = &["example", "default", "enum", "value", "required"];

/// Members of 3.1 with no counterpart, which only say more.
const DROPPED: &[&str] = &["propertyNames", "contentEncoding", "contentMediaType", "$schema"];

/// The document as YAML of OpenAPI 3.0.3.
///
/// # Errors
/// When a schema of 3.1 cannot be said in 3.0, or the document cannot be written.
pub fn to_3_0(api: &OpenApi) -> Result<String, Error> {
    let mut document = super::order::ordered(api)?;
    schemas("", &mut document)?;
    let root = document.as_mapping_mut().ok_or(Error::Shape("document"))?;
    root.insert("openapi".into(), "3.0.3".into());
    for name in ["jsonSchemaDialect", "webhooks", "$schema", "$self"] {
        root.shift_remove(name);
    }
    if let Some(info) = root.get_mut("info").and_then(Value::as_mapping_mut) {
        info.shift_remove("summary");
        if let Some(license) = info.get_mut("license").and_then(Value::as_mapping_mut) {
            license_by_address(license);
        }
    }
    super::order::quoted(document)
}

fn license_by_address(license: &mut Mapping) {
    let identifier = license.shift_remove("identifier");
    if let Some(identifier) = identifier.as_ref().and_then(Value::as_str) {
        let address = format!("https://spdx.org/licenses/{identifier}.html");
        license.insert("url".into(), address.into());
    }
}

/// Visits everything that may be a schema, innermost first.
fn schemas(place: &str, value: &mut Value) -> Result<(), Error> {
    match value {
        Value::Mapping(members) => {
            for (key, inner) in members.iter_mut() {
                let key = key.as_str().unwrap_or_default();
                let place = format!("{place}/{key}");
                let list_of_data = key == "examples" && inner.is_sequence();
                if list_of_data || DATA.contains(&key) || key.starts_with("x-") {
                    continue;
                }
                match inner.as_mapping_mut() {
                    Some(map) if MAPS.contains(&key) => each_named(&place, map)?,
                    Some(_) | None => schemas(&place, inner)?,
                }
            }
            schema(place, members)
        }
        Value::Sequence(items) => items.iter_mut().try_for_each(|item| schemas(place, item)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Tagged(_) => Ok(()),
    }
}

fn each_named(place: &str, map: &mut Mapping) -> Result<(), Error> {
    map.iter_mut().try_for_each(|(name, inner)| {
        schemas(&format!("{place}/{}", name.as_str().unwrap_or_default()), inner)
    })
}

fn schema(place: &str, schema: &mut Mapping) -> Result<(), Error> {
    for name in DROPPED {
        schema.shift_remove(*name);
    }
    nullable_type(place, schema)?;
    nullable_choice("oneOf", schema);
    nullable_choice("anyOf", schema);
    lone_reference(schema);
    exclusive_bound(schema, "exclusiveMinimum", "minimum");
    exclusive_bound(schema, "exclusiveMaximum", "maximum");
    if let Some(constant) = schema.shift_remove("const") {
        schema.insert("enum".into(), Value::Sequence(vec![constant]));
    }
    if schema.get("examples").is_some_and(Value::is_sequence)
        && let Some(Value::Sequence(examples)) = schema.shift_remove("examples")
        && let Some(first) = examples.into_iter().next()
    {
        schema.insert("example".into(), first);
    }
    Ok(())
}

/// `type: [x, "null"]` becomes `type: x, nullable: true`.
fn nullable_type(place: &str, schema: &mut Mapping) -> Result<(), Error> {
    let Some(Value::Sequence(types)) = schema.get("type") else {
        return Ok(());
    };
    let nullable = types.iter().any(is_null_name);
    let mut rest = types.iter().filter(|name| !is_null_name(name)).cloned();
    let (Some(kind), None) = (rest.next(), rest.next()) else {
        return Err(Error::NoCounterpart(place.to_owned()));
    };
    schema.insert("type".into(), kind);
    if nullable {
        schema.insert("nullable".into(), true.into());
    }
    Ok(())
}

fn is_null_name(name: &Value) -> bool {
    name.as_str() == Some("null")
}

/// A choice between null and one schema becomes that schema, nullable.
fn nullable_choice(kind: &str, schema: &mut Mapping) {
    let Some(Value::Sequence(choices)) = schema.get(kind) else {
        return;
    };
    let (null, rest): (Vec<Value>, Vec<Value>) = choices.iter().cloned().partition(is_null_schema);
    if null.is_empty() {
        return;
    }
    schema.shift_remove(kind);
    let kind = if rest.len() == 1 { "allOf" } else { kind };
    schema.insert(kind.into(), Value::Sequence(rest));
    schema.insert("nullable".into(), true.into());
}

fn is_null_schema(schema: &Value) -> bool {
    schema.get("type").is_some_and(is_null_name)
}

/// In 3.0 a reference hides what stands beside it.
fn lone_reference(schema: &mut Mapping) {
    if schema.len() < 2 || !schema.get("$ref").is_some_and(Value::is_string) {
        return;
    }
    if let Some(pointer) = schema.shift_remove("$ref") {
        let reference = Mapping::from_iter([("$ref".into(), pointer)]);
        schema.insert("allOf".into(), Value::Sequence(vec![reference.into()]));
    }
}

fn exclusive_bound(schema: &mut Mapping, exclusive: &str, inclusive: &str) {
    if schema.get(exclusive).is_some_and(Value::is_number)
        && let Some(bound) = schema.shift_remove(exclusive)
    {
        schema.insert(inclusive.into(), bound);
        schema.insert(exclusive.into(), true.into());
    }
}
