//! Decides the order in which the document is written, so that equal documents are equal files.

use utoipa::openapi::{OpenApi, RefOr, Schema};
use yaml_serde::{Mapping, Value};

use super::Error;

/// The document as YAML, always in the same order.
///
/// # Errors
/// When it cannot be written.
pub fn to_yaml(api: &OpenApi) -> Result<String, Error> {
    Ok(yaml_serde::to_string(&ordered(api)?)?)
}

/// The document as JSON, in the order of the YAML.
///
/// # Errors
/// When it cannot be written.
pub fn to_json(api: &OpenApi) -> Result<String, Error> {
    Ok(serde_json::to_string_pretty(&ordered(api)?)?)
}

/// The document with its extensions, which the framework keeps in no order, sorted after the rest.
pub(super) fn ordered(api: &OpenApi) -> Result<Value, Error> {
    Ok(extensions_last(yaml_serde::to_value(api)?))
}

fn extensions_last(value: Value) -> Value {
    match value {
        Value::Mapping(mapping) => {
            let (mut extensions, plain): (Vec<_>, Vec<_>) =
                mapping.into_iter().partition(|(key, _)| is_extension(key));
            extensions.sort_by(|(one, _), (other, _)| one.as_str().cmp(&other.as_str()));
            let all = plain.into_iter().chain(extensions);
            Value::Mapping(all.map(|(key, inner)| (key, extensions_last(inner))).collect::<Mapping>())
        }
        Value::Sequence(items) => Value::Sequence(items.into_iter().map(extensions_last).collect()),
        scalar @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Tagged(_)) => {
            scalar
        }
    }
}

fn is_extension(key: &Value) -> bool {
    key.as_str().is_some_and(|name| name.starts_with("x-"))
}

/// Gives paths and properties back the order they were declared in, which JSON values forget.
pub(super) fn restore(api: &mut OpenApi, declared: &OpenApi) {
    let order = &declared.paths.paths;
    api.paths.paths.sort_by_cached_key(|path, _| order.get_index_of(path));
    let before = declared.components.as_ref();
    let after = api.components.as_mut();
    for (name, schema) in after.into_iter().flat_map(|all| &mut all.schemas) {
        let original = before.and_then(|all| all.schemas.get(name));
        if let (RefOr::T(Schema::Object(object)), Some(RefOr::T(Schema::Object(original)))) =
            (schema, original)
        {
            let order = &original.properties;
            object.properties.sort_by_cached_key(|property, _| order.get_index_of(property));
        }
    }
}
