//! Decides the order in which the document is written, so that equal documents are equal files.

use utoipa::openapi::{OpenApi, RefOr, Schema};
use yaml_serde::{Mapping, Value};

use super::Error;

/// The document as YAML, always in the same order.
///
/// # Errors
/// When it cannot be written.
pub fn to_yaml(api: &OpenApi) -> Result<String, Error> {
    quoted(ordered(api)?)
}

/// What stands for the quotes around a text until the document is written: the writer quotes what it needs to, and no more.
const QUOTES: (&str, &str) = ("begin-quoted-", "-end-quoted");

/// YAML that readers of its version 1.1 understand as those of 1.2 do: to the former a bare `on` is true, and a bare day is no text.
///
/// # Errors
/// When it cannot be written.
pub(super) fn quoted(value: Value) -> Result<String, Error> {
    let written = yaml_serde::to_string(&marked(value))?;
    Ok(written.replace(QUOTES.0, "'").replace(QUOTES.1, "'"))
}

fn marked(value: Value) -> Value {
    match value {
        Value::Mapping(mapping) => {
            let all = mapping.into_iter().map(|(key, inner)| (marked(key), marked(inner)));
            Value::Mapping(all.collect::<Mapping>())
        }
        Value::Sequence(items) => Value::Sequence(items.into_iter().map(marked).collect()),
        Value::String(text) if is_ambiguous(&text) => {
            Value::String(format!("{}{text}{}", QUOTES.0, QUOTES.1))
        }
        scalar @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Tagged(_)) => {
            scalar
        }
    }
}

/// Whether some reader takes a bare text for something else: a yes or a no, nothing, a number, a day or an instant.
fn is_ambiguous(text: &str) -> bool {
    const WORDS: [&str; 9] = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"];
    let is_word = WORDS.iter().any(|word| word.eq_ignore_ascii_case(text));
    let is_figures = text.starts_with(|first: char| first.is_ascii_digit() || "+-.".contains(first))
        && text.contains(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || "+-.:_TZtze".contains(c));
    is_word || is_figures
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

#[cfg(test)]
mod tests {
    use super::*;

    fn yaml(json: serde_json::Value) -> String {
        quoted(yaml_serde::to_value(json).unwrap()).unwrap()
    }

    #[test]
    fn what_some_readers_take_for_something_else_is_quoted() {
        for text in [
            "on",
            "Off",
            "yes",
            "NO",
            "y",
            "n",
            "true",
            "null",
            "2025-01-31",
            "2025-01-31T09:00:00Z",
            "1:30",
            "0.28",
            "1_0",
        ] {
            assert_eq!(yaml(serde_json::json!([{ text: text }])), format!("- '{text}': '{text}'\n"));
        }
    }

    #[test]
    fn everything_else_is_left_as_it_is() {
        assert_eq!(yaml(serde_json::json!({"a": true, "b": 1, "c": null})), "a: true\nb: 1\nc: null\n");
        for text in ["one", "once", "n1", "-", "3f6f9c2e-1d2a-8c3b-9e4f-0123456789ab", "è on", "+x"] {
            let written = yaml(serde_json::json!({ "k": text }));
            assert!(!written.contains("quoted"), "{written}");
            assert_eq!(yaml_serde::from_str::<Value>(&written).unwrap()["k"].as_str(), Some(text));
        }
    }
}
