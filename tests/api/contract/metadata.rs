//! Decides whether a document presents itself: identity, terms, servers, status, tags, no leftovers.

use serde_json::{Value, json};

use super::walk::{Document, Findings, items, members, says};
use super::{each_rule_fires, operation, remove};

pub(super) fn check(document: &Document<'_>, findings: &mut Findings) {
    info(document.root, findings);
    servers(document.root, findings);
    status(document, findings);
    tags(document, findings);
    leftovers(document, findings);
}

fn info(root: &Value, findings: &mut Findings) {
    let info = &root["info"];
    let one_line = info["x-summary"].as_str().is_some_and(|text| !text.contains('\n'));
    let https = |value: &Value| value.as_str().is_some_and(|url| url.starts_with("https://"));
    let demands = [
        (root["openapi"].as_str().is_some_and(|version| version.starts_with("3.")), "info.openapi", "is 3.x"),
        (says(&info["title"]), "info.title", "is there"),
        (says(&info["description"]), "info.description", "is there"),
        (one_line && says(&info["x-summary"]), "info.summary", "x-summary is one line"),
        (says(&info["contact"]["email"]) || says(&info["contact"]["url"]), "info.contact", "can be reached"),
        (https(&info["termsOfService"]), "info.terms", "termsOfService is an https address"),
        (says(&info["license"]["name"]), "info.license", "is named"),
        (says(&info["x-api-id"]), "info.id", "x-api-id is there"),
        (is_semver(&info["version"]), "info.version", "is major.minor.patch"),
        (!info["description"].to_string().contains("<script"), "info.markdown", "runs nothing"),
    ];
    for (holds, rule, words) in demands {
        findings.demand(holds, rule, "info", words);
    }
}

fn is_semver(version: &Value) -> bool {
    let core = version.as_str().unwrap_or_default().split(['-', '+']).next();
    let parts: Vec<&str> = core.unwrap_or_default().split('.').collect();
    let number = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    parts.len() == 3 && parts.iter().all(number)
}

fn servers(root: &Value, findings: &mut Findings) {
    for server in items(&root["servers"]) {
        let url = server["url"].as_str().unwrap_or_default();
        let sandbox = server["x-sandbox"] == true;
        findings.demand(says(&server["description"]), "server.description", url, "is there");
        findings.demand(sandbox || url.starts_with("https://"), "server.https", url, "is https");
        findings.demand(url.contains("://"), "server.absolute", url, "is absolute");
        findings.demand(!url.ends_with('/'), "server.slash", url, "ends without a slash");
    }
    let published = items(&root["servers"]).any(|server| server["x-sandbox"] != true);
    findings.demand(published, "server.present", "servers", "one is not a sandbox");
}

fn status(document: &Document<'_>, findings: &mut Findings) {
    let ok = &document.root["paths"]["/status"]["get"]["responses"]["200"];
    findings.demand(ok.is_object(), "status.present", "/status", "answers 200 to GET");
    let content = document.content(ok);
    let json =
        content.iter().any(|(media, _)| ["application/json", "application/problem+json"].contains(media));
    findings.demand(json, "status.json", "/status", "its 200 is JSON");
}

fn tags(document: &Document<'_>, findings: &mut Findings) {
    let defined: Vec<&str> = items(&document.root["tags"])
        .inspect(|tag| {
            let place = tag["name"].as_str().unwrap_or_default();
            findings.demand(says(&tag["description"]), "tag.description", place, "is there");
        })
        .filter_map(|tag| tag["name"].as_str())
        .collect();
    for operation in document.operations() {
        for tag in items(&operation.body["tags"]).filter_map(Value::as_str) {
            findings.demand(defined.contains(&tag), "tag.defined", &operation.place(), tag);
        }
    }
}

fn leftovers(document: &Document<'_>, findings: &mut Findings) {
    let mut pointers = Vec::new();
    references(document.root, &mut pointers);
    for pointer in &pointers {
        let target = pointer.strip_prefix('#').and_then(|at| document.root.pointer(at));
        findings.demand(target.is_some(), "reference.resolves", pointer, "points at something");
    }
    for (kind, all) in members(&document.root["components"]) {
        for (name, _) in members(all).filter(|_| kind != "securitySchemes") {
            let pointer = format!("#/components/{kind}/{name}");
            let used = pointers.contains(&pointer.as_str());
            findings.demand(used, "component.used", &pointer, "is pointed at");
        }
    }
}

fn references<'d>(value: &'d Value, found: &mut Vec<&'d str>) {
    found.extend(value["$ref"].as_str());
    members(value).for_each(|(_, inner)| references(inner, found));
    items(value).for_each(|inner| references(inner, found));
}

#[test]
fn rules_of_identity_fire() {
    each_rule_fires(&[
        ("info.openapi", |d| d["openapi"] = json!("2.0")),
        ("info.title", |d| d["info"]["title"] = json!("")),
        ("info.description", |d| remove(&mut d["info"], "description")),
        ("info.summary", |d| remove(&mut d["info"], "x-summary")),
        ("info.summary", |d| d["info"]["x-summary"] = json!("due\nrighe")),
        ("info.contact", |d| remove(&mut d["info"], "contact")),
        ("info.terms", |d| remove(&mut d["info"], "termsOfService")),
        ("info.license", |d| remove(&mut d["info"], "license")),
        ("info.id", |d| remove(&mut d["info"], "x-api-id")),
        ("info.version", |d| d["info"]["version"] = json!("1.0")),
        ("info.markdown", |d| d["info"]["description"] = json!("<script>")),
    ]);
}

#[test]
fn rules_of_servers_status_tags_and_leftovers_fire() {
    each_rule_fires(&[
        ("server.description", |d| remove(&mut d["servers"][0], "description")),
        ("server.https", |d| d["servers"][0]["url"] = json!("http://a.example")),
        ("server.https", |d| remove(&mut d["servers"][1], "x-sandbox")),
        ("server.absolute", |d| d["servers"][0]["url"] = json!("/v1")),
        ("server.slash", |d| d["servers"][0]["url"] = json!("https://a.example/")),
        ("server.present", |d| d["servers"] = json!([])),
        ("status.present", |d| remove(&mut d["paths"], "/status")),
        ("status.json", |d| {
            operation(d, "read_status")["responses"]["200"]["content"] = json!({ "text/plain": {} });
        }),
        ("tag.description", |d| remove(&mut d["tags"][0], "description")),
        ("tag.defined", |d| operation(d, "read_unit")["tags"] = json!(["altro"])),
        ("component.used", |d| d["components"]["schemas"]["Orphan"] = json!({ "type": "object" })),
        ("reference.resolves", |d| remove(&mut d["components"]["schemas"], "Unit")),
    ]);
}
