//! Bodies of the right shape with one wrong member, for every member the document names: each fault is pointed at.

use serde_json::Value;

use super::Complaints;
use super::operations::{Operation, with_json};
use crate::world::World;

const DATES: [&str; 15] = [
    "2025-02-30",
    "2025-13-01",
    "2025-00-10",
    "31.06.2024",
    "06/31/2024",
    "2024-06-31",
    "0001-01-01",
    "9999-12-31",
    "+12025-01-01",
    "-0044-03-15",
    "-262143-01-01",
    "infinity",
    "now",
    "2025-01-01T00:00:00Z",
    "",
];

/// Values of every type but the one this schema asks for.
fn of_other_types(kind: &str) -> Vec<&'static str> {
    let all = [
        ("string", "\"x\""),
        ("integer", "7"),
        ("integer", "12345678901234567890123456789"),
        ("number", "2025.5"),
        ("number", "2025.0"),
        ("number", "-0"),
        ("number", "1e18"),
        ("boolean", "true"),
        ("array", "[]"),
        ("array", "[[[1]]]"),
        ("object", "{}"),
        ("object", "{\"a\": {\"b\": 1}}"),
    ];
    all.into_iter().filter(|(name, _)| *name != kind).map(|(_, raw)| raw).collect()
}

/// Values that are text and no good text here.
fn wrong_texts(schema: &Value) -> Vec<String> {
    let quoted = |text: &str| Value::from(text).to_string();
    if schema["format"] == "date" {
        return DATES.iter().map(|text| quoted(text)).collect();
    }
    let most = usize::try_from(schema["maxLength"].as_u64().unwrap_or(36)).unwrap();
    let mut wrong: Vec<String> =
        ["", "a\0b", "a\u{1}b", "a\nb\u{7f}", "a\u{202e}b", "a\u{200b}b", "\u{2066}a", "a\u{feff}b"]
            .iter()
            .map(|text| quoted(text))
            .collect();
    wrong.push(quoted("   "));
    wrong.push(quoted(&"x".repeat(most + 1)));
    wrong.push(quoted(&"x".repeat(most.max(99_999) + 1)));
    wrong.push(quoted(&"e\u{301}\u{301}\u{301}".repeat(most)));
    if schema["format"] == "uuid" || schema["enum"].is_array() {
        wrong.extend(["x", "0193a5c0-0000-7000-8000", "AREA", "òàù"].map(quoted));
    }
    wrong
}

fn try_member(world: &World, operation: &Operation, name: &str, schema: &Value, complaints: &mut Complaints) {
    let pointer = format!("/{name}");
    let mut refuse = |raw: &str, statuses: &[u16]| {
        let case = format!("{} {name} = {}", operation.name, raw.chars().take(60).collect::<String>());
        let request = operation.with(world, operation.altered(name, raw));
        complaints.refuse(&case, &request, statuses, Some(&pointer));
    };
    let kind = if schema["enum"].is_array() { "string" } else { schema["type"].as_str().unwrap_or("object") };
    for raw in of_other_types(kind) {
        // An object may hold what only its own members refuse: nested.rs looks there.
        if kind != "object" || !raw.starts_with(['[', '{']) {
            refuse(raw, &[422]);
        }
    }
    refuse("1e400", &[400]);
    refuse("\"\\ud800\"", &[400]);
    refuse("\"\\udc00\\ud800\"", &[400]);
    if operation.required(name) {
        refuse("null", &[422]);
    }
    match kind {
        "string" => wrong_texts(schema).iter().for_each(|raw| refuse(raw, &[422])),
        "integer" => {
            let most = schema["maximum"].as_i64().unwrap_or(i64::from(i32::MAX));
            let beyond = (most + 1).to_string();
            for raw in ["-1", "0", &beyond, "2147483648", "9223372036854775808", "-9223372036854775809"] {
                refuse(raw, &[422]);
            }
        }
        _ => {}
    }
}

#[test]
fn each_wrong_member_of_each_body_is_pointed_at() {
    let world = World::new();
    let document =
        serde_json::to_value(traguardo_http::document::build(traguardo_http::routes::configure).unwrap());
    let document = document.unwrap();
    let mut complaints = Complaints::default();
    for operation in with_json(&world).into_iter().filter(Operation::reads_members) {
        for (name, schema) in operation.properties() {
            let reference = schema["$ref"].as_str().unwrap_or_default().trim_start_matches('#');
            let schema = if reference.is_empty() { schema } else { document.pointer(reference).unwrap() };
            try_member(&world, &operation, name, schema, &mut complaints);
            if operation.required(name) {
                let mut body = operation.body.clone();
                body.as_object_mut().unwrap().remove(name).unwrap();
                let case = format!("{} without {name}", operation.name);
                let request = operation.with(&world, body.to_string());
                complaints.refuse(&case, &request, &[422], Some(&format!("/{name}")));
            }
        }
        for unknown in ["unknown_member", "Code", "id", "comune", "version", "", "a/b~c", "è"] {
            if operation.properties().any(|(name, _)| name == unknown) {
                continue;
            }
            let pointer = format!("/{}", unknown.replace('~', "~0").replace('/', "~1"));
            let request = operation.with(&world, operation.altered(unknown, "1"));
            complaints.refuse(&format!("{} {unknown}", operation.name), &request, &[422], Some(&pointer));
        }
        if let Some((name, _)) = operation.properties().find(|(name, _)| operation.required(name)) {
            let twice = operation.body.to_string().replacen(
                '{',
                &format!("{{\"{name}\": {},", operation.body[name]),
                1,
            );
            complaints.refuse(
                &format!("{} twice {name}", operation.name),
                &operation.with(&world, twice),
                &[422],
                None,
            );
        }
    }
    complaints.none();
}
