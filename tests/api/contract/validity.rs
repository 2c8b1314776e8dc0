//! Decides whether a value is what a schema describes, for the part of JSON Schema the document uses.
//!
//! Patterns are not tried: the black-box tests send the values to the service, which tries them.

use serde_json::{Map, Value, json};

use super::walk::{Document, items};

/// What is wrong with a value, as `pointer words`.
pub(super) fn faults<'d>(document: &Document<'d>, schema: &'d Value, value: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    compare(document, schema, value, "", &mut faults);
    faults
}

fn compare<'d>(
    document: &Document<'d>,
    schema: &'d Value,
    value: &Value,
    at: &str,
    faults: &mut Vec<String>,
) {
    let schema = document.resolve(schema);
    if value.is_null() && schema["nullable"] == true {
        return;
    }
    if !of_type(&schema["type"], value) {
        faults.push(format!("{at} {value} is not {}", schema["type"]));
        return;
    }
    let listed = schema["enum"].as_array();
    if listed.is_some_and(|all| !all.contains(value)) {
        faults.push(format!("{at} {value} is not one of {}", schema["enum"]));
    }
    if let Some(constant) = schema.get("const").filter(|constant| *constant != value) {
        faults.push(format!("{at} is not {constant}"));
    }
    combined(document, schema, value, at, faults);
    match value {
        Value::Object(object) => members_of(document, schema, object, at, faults),
        Value::Array(list) => {
            faults.extend(
                between(schema, ["minItems", "maxItems"], list.len()).map(|words| format!("{at} {words}")),
            );
            for (index, item) in list.iter().enumerate() {
                compare(document, &schema["items"], item, &format!("{at}/{index}"), faults);
            }
        }
        Value::String(text) => {
            faults.extend(
                between(schema, ["minLength", "maxLength"], text.chars().count())
                    .map(|words| format!("{at} {words}")),
            );
            let format = schema["format"].as_str().unwrap_or_default();
            if !of_format(format, text) {
                faults.push(format!("{at} {text} is not a {format}"));
            }
        }
        Value::Number(_) => within(schema, value, at, faults),
        Value::Null | Value::Bool(_) => {}
    }
}

fn of_type(kind: &Value, value: &Value) -> bool {
    let is = |name: &str| match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        _ => false,
    };
    let mut several = items(kind).filter_map(Value::as_str).peekable();
    match kind.as_str() {
        Some(one) => is(one),
        None => several.peek().is_none() || several.any(is),
    }
}

fn combined<'d>(
    document: &Document<'d>,
    schema: &'d Value,
    value: &Value,
    at: &str,
    faults: &mut Vec<String>,
) {
    for part in items(&schema["allOf"]) {
        compare(document, part, value, at, faults);
    }
    let fitting = |name: &str| {
        let choices = items(&schema[name]);
        choices.filter(|choice| self::faults(document, choice, value).is_empty()).count()
    };
    if schema["oneOf"].is_array() && fitting("oneOf") != 1 {
        faults.push(format!("{at} does not fit exactly one of the choices"));
    }
    if schema["anyOf"].is_array() && fitting("anyOf") == 0 {
        faults.push(format!("{at} fits none of the choices"));
    }
}

fn members_of<'d>(
    document: &Document<'d>,
    schema: &'d Value,
    object: &Map<String, Value>,
    at: &str,
    faults: &mut Vec<String>,
) {
    for name in items(&schema["required"]).filter_map(Value::as_str) {
        if !object.contains_key(name) {
            faults.push(format!("{at}/{name} is missing"));
        }
    }
    faults.extend(
        between(schema, ["minProperties", "maxProperties"], object.len())
            .map(|words| format!("{at} {words}")),
    );
    for (name, inner) in object {
        let at = format!("{at}/{name}");
        let described = schema["properties"].get(name);
        if described.is_none() && schema["additionalProperties"] == false {
            faults.push(format!("{at} is not foreseen"));
        }
        compare(document, described.unwrap_or(&schema["additionalProperties"]), inner, &at, faults);
    }
}

/// Whether a length is between the two bounds called so, as far as they are there.
fn between(schema: &Value, bounds: [&str; 2], length: usize) -> Option<String> {
    let [low, high] = bounds;
    let bound = |name: &str| {
        let bound = schema[name].as_u64();
        bound.and_then(|bound| usize::try_from(bound).ok())
    };
    let short = bound(low).is_some_and(|bound| length < bound);
    let long = bound(high).is_some_and(|bound| length > bound);
    (short || long).then(|| format!("has {length}, outside {low} and {high}"))
}

fn within(schema: &Value, value: &Value, at: &str, faults: &mut Vec<String>) {
    let number = value.as_f64().unwrap_or_default();
    let low = schema["minimum"].as_f64().is_some_and(|bound| number < bound);
    let high = schema["maximum"].as_f64().is_some_and(|bound| number > bound);
    if low || high {
        faults.push(format!("{at} {value} is outside minimum and maximum"));
    }
}

/// The formats whose form is plain to see.
fn of_format(format: &str, text: &str) -> bool {
    let shape: String = text.chars().map(|one| if one.is_ascii_digit() { '9' } else { one }).collect();
    match format {
        "date" => shape == "9999-99-99",
        "date-time" => shape.starts_with("9999-99-99T99:99:99") && text.ends_with('Z'),
        "uuid" => {
            let parts: Vec<usize> = text.split('-').map(str::len).collect();
            let hex = text.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
            hex && parts == [8, 4, 4, 4, 12]
        }
        "uri" => text.contains(':'),
        "email" => text.contains('@'),
        "decimal" => !text.is_empty() && shape.chars().all(|one| matches!(one, '9' | '.' | '-')),
        "json-pointer" => text.is_empty() || text.starts_with('/'),
        _ => true,
    }
}

#[test]
fn a_value_that_does_not_fit_its_schema_is_faulted() {
    let root = json!({ "components": { "schemas": { "Pair": {
        "type": "object", "required": ["a"], "additionalProperties": false,
        "properties": { "a": { "type": ["integer", "null"], "minimum": 1 } },
    } } } });
    let document = Document::new(&root);
    let pair = json!({ "$ref": "#/components/schemas/Pair" });
    let tries = [
        (&pair, json!({ "a": null }), true),
        (&pair, json!({ "a": 1 }), true),
        (&pair, json!({ "a": 0 }), false),
        (&pair, json!({ "a": "1" }), false),
        (&pair, json!({}), false),
        (&pair, json!({ "a": 1, "b": 2 }), false),
    ];
    let schemas = [
        (json!({ "enum": ["x"] }), json!("y"), false),
        (json!({ "const": 1 }), json!(2), false),
        (json!({ "type": "string", "maxLength": 2 }), json!("àèì"), false),
        (json!({ "type": "string", "maxLength": 3 }), json!("àèì"), true),
        (json!({ "type": "array", "items": { "type": "string" }, "maxItems": 1 }), json!(["a", 1]), false),
        (json!({ "oneOf": [{ "type": "null" }, { "type": "string" }] }), json!(null), true),
        (json!({ "oneOf": [{ "type": "null" }, { "type": "string" }] }), json!(1), false),
        (json!({ "anyOf": [{ "type": "string" }] }), json!(1), false),
        (json!({ "allOf": [{ "type": "string" }] }), json!(1), false),
        (json!({ "type": "string", "nullable": true }), json!(null), true),
        (json!({ "type": "string", "format": "date" }), json!("2026-1-1"), false),
        (json!({ "type": "string", "format": "date-time" }), json!("2026-01-01T00:00:00+01:00"), false),
        (json!({ "type": "string", "format": "uuid" }), json!("0199"), false),
        (json!({ "type": "object", "additionalProperties": { "type": "string" } }), json!({ "a": 1 }), false),
    ];
    let all = tries.into_iter().chain(schemas.iter().map(|(s, v, fits)| (s, v.clone(), *fits)));
    for (schema, value, fits) in all {
        let found = faults(&document, schema, &value);
        assert_eq!(found.is_empty(), fits, "{schema} {value} {found:?}");
    }
}
