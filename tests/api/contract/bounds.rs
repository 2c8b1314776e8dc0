//! Decides whether every value has an end: numbers, words, lists, and what a request may carry.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::walk::{Document, Findings, items, kind};
use super::{each_rule_fires, operation, remove};

pub(super) fn check(document: &Document<'_>, findings: &mut Findings) {
    for (place, schema) in document.schemas() {
        match kind(schema) {
            Some("integer") => number(&place, schema, &["int32", "int64"], findings),
            Some("number") => {
                number(
                    &place,
                    schema,
                    &["float", "double", "decimal32", "decimal64", "decimal128"],
                    findings,
                );
            }
            Some("string") => string(&place, schema, findings),
            Some("array") => array(&place, schema, findings),
            Some(_) | None => {}
        }
        let map = schema["additionalProperties"].is_object();
        findings.demand(!map || schema["maxProperties"].is_number(), "map.bounds", &place, "maxProperties");
        let mut seen = BTreeSet::new();
        for value in items(&schema["enum"]) {
            findings.demand(seen.insert(value.to_string()), "enum.once", &place, "no value twice");
            let typed = kind(schema) != Some("string") || value.is_string() || value.is_null();
            findings.demand(typed, "enum.typed", &place, "values of the type");
        }
    }
    closed_requests(document, findings);
}

fn number(place: &str, schema: &Value, formats: &[&str], findings: &mut Findings) {
    let format = schema["format"].as_str().unwrap_or_default();
    findings.demand(formats.contains(&format), "number.format", place, format);
    let low = !schema["minimum"].is_null() || !schema["exclusiveMinimum"].is_null();
    let high = !schema["maximum"].is_null() || !schema["exclusiveMaximum"].is_null();
    findings.demand(low && high, "number.bounds", place, "minimum and maximum");
}

fn string(place: &str, schema: &Value, findings: &mut Findings) {
    let has = |name: &str| !schema[name].is_null();
    let listed = has("enum") || has("const");
    let ends = listed || has("format") || has("maxLength");
    findings.demand(ends, "string.length", place, "maxLength, format or enum");
    let shaped = listed || has("format") || has("pattern");
    findings.demand(shaped, "string.shape", place, "pattern, format or enum");
    let pattern = schema["pattern"].as_str().unwrap_or("^$");
    let whole = pattern.starts_with('^') && pattern.ends_with('$');
    findings.demand(whole, "string.pattern", place, "covers the whole text");
}

fn array(place: &str, schema: &Value, findings: &mut Findings) {
    findings.demand(schema["items"].is_object(), "array.items", place, "says what it lists");
    let ends = schema["minItems"].is_number() && schema["maxItems"].is_number();
    findings.demand(ends, "array.bounds", place, "minItems and maxItems");
}

/// A request refuses what it does not know; an answer stays open, so that fields may be added.
fn closed_requests(document: &Document<'_>, findings: &mut Findings) {
    for operation in document.operations() {
        for (_, media) in document.content(&operation.body["requestBody"]) {
            for (at, schema) in document.reachable(&media["schema"]) {
                let object = kind(schema) == Some("object") || schema["properties"].is_object();
                let closed = schema["additionalProperties"] == false;
                let map = schema["additionalProperties"].is_object();
                let place = format!("{} {at}", operation.place());
                findings.demand(
                    !object || closed || map,
                    "request.closed",
                    &place,
                    "additionalProperties: false",
                );
            }
        }
    }
}

fn of_unit<'d>(document: &'d mut Value, name: &str) -> &'d mut Value {
    &mut document["components"]["schemas"]["Unit"]["properties"][name]
}

#[test]
fn rules_of_bounds_fire() {
    each_rule_fires(&[
        ("number.format", |d| remove(of_unit(d, "version"), "format")),
        ("number.format", |d| of_unit(d, "version")["format"] = json!("uint32")),
        ("number.format", |d| {
            *of_unit(d, "version") = json!({ "type": ["number", "null"], "minimum": 0, "maximum": 1 });
        }),
        ("number.bounds", |d| remove(of_unit(d, "version"), "maximum")),
        ("number.bounds", |d| remove(&mut d["components"]["headers"]["Retry-After"]["schema"], "minimum")),
        ("number.bounds", |d| {
            *of_unit(d, "version") = json!({ "type": ["integer", "null"], "format": "int32" });
        }),
        ("string.length", |d| remove(of_unit(d, "name"), "maxLength")),
        ("string.length", |d| *of_unit(d, "name") = json!({ "type": ["string", "null"], "pattern": "^.$" })),
        ("string.length", |d| {
            remove(&mut operation(d, "list_units")["parameters"][1]["schema"], "maxLength");
        }),
        ("string.shape", |d| remove(of_unit(d, "name"), "pattern")),
        ("string.pattern", |d| of_unit(d, "name")["pattern"] = json!("[a-z]")),
        ("array.items", |d| *of_unit(d, "name") = json!({ "type": "array", "minItems": 0, "maxItems": 1 })),
        ("array.bounds", |d| {
            *of_unit(d, "name") = json!({ "type": ["array", "null"], "items": {}, "minItems": 0 });
        }),
        ("map.bounds", |d| *of_unit(d, "name") = json!({ "type": "object", "additionalProperties": {} })),
        ("enum.once", |d| of_unit(d, "name")["enum"] = json!(["a", "a"])),
        ("enum.typed", |d| of_unit(d, "name")["enum"] = json!([1])),
        ("request.closed", |d| remove(&mut d["components"]["schemas"]["UnitDraft"], "additionalProperties")),
        ("request.closed", |d| {
            d["components"]["schemas"]["UnitDraft"]["properties"]["inner"] =
                json!({ "$ref": "#/components/schemas/Unit" });
        }),
    ]);
}
