//! Decides whether bodies are of the right kind: refusals are problems, answers are objects.

use serde_json::{Value, json};

use super::walk::{Document, Findings, kind, members};
use super::{each_rule_fires, operation, remove};

pub(super) fn check(document: &Document<'_>, findings: &mut Findings) {
    for operation in document.operations() {
        for (status, response) in document.responses(&operation) {
            let place = format!("{} {status}", operation.place());
            let content = document.content(response);
            let empty = matches!(status, "204" | "205" | "304");
            findings.demand(!empty || content.is_empty(), "content.none", &place, "no body");
            let full = matches!(status, "200" | "201" | "202" | "203" | "206");
            let with_schema = content.iter().any(|(_, media)| media["schema"].is_object());
            findings.demand(!full || with_schema, "content.some", &place, "a body with a schema");
            let refuses = status.starts_with(['4', '5']) || status == "default";
            if refuses && response["x-noqa"].is_null() {
                problem(document, &content, &place, findings);
            }
            for (media, body) in content.iter().filter(|(media, _)| is_json(media)) {
                let object = kind(document.resolve(&body["schema"])) == Some("object");
                findings.demand(object, "content.object", &place, media);
            }
        }
    }
}

fn is_json(media: &str) -> bool {
    let media = media.split(';').next().unwrap_or_default();
    media == "application/json" || media.ends_with("+json")
}

fn problem<'d>(document: &Document<'d>, content: &[(&str, &'d Value)], place: &str, findings: &mut Findings) {
    let only = content.len() == 1 && content.iter().all(|(media, _)| *media == "application/problem+json");
    findings.demand(only, "problem.media", place, "is only application/problem+json");
    for (_, body) in content {
        let properties = &document.resolve(&body["schema"])["properties"];
        for name in ["type", "title", "status", "detail"] {
            findings.demand(properties[name].is_object(), "problem.member", place, name);
        }
        for (name, _) in members(properties) {
            let foreign = matches!(name, "code" | "message" | "msg");
            findings.demand(!foreign, "problem.foreign", place, name);
        }
    }
}

#[test]
fn rules_of_bodies_fire() {
    each_rule_fires(&[
        ("content.none", |d| {
            operation(d, "remove_unit")["responses"]["204"]["content"] = json!({ "application/json": {} });
        }),
        ("content.some", |d| remove(&mut operation(d, "read_unit")["responses"]["200"], "content")),
        ("content.object", |d| {
            operation(d, "list_units")["responses"]["200"]["content"]["application/json"]["schema"] =
                json!({ "type": "array", "items": {} });
        }),
        ("problem.media", |d| {
            d["components"]["responses"]["NotFound"]["content"] = json!({ "application/json": {} });
        }),
        ("problem.media", |d| remove(&mut d["components"]["responses"]["NotFound"], "content")),
        ("problem.member", |d| remove(&mut d["components"]["schemas"]["Problem"]["properties"], "detail")),
        ("problem.foreign", |d| d["components"]["schemas"]["Problem"]["properties"]["code"] = json!({})),
    ]);
}
