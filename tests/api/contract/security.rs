//! Decides whether every operation says who may call it, and signing in is done soundly.

use serde_json::{Value, json};

use super::walk::{Document, Findings, Operation, items, members};
use super::{each_rule_fires, operation, remove};

pub(super) fn check(document: &Document<'_>, findings: &mut Findings) {
    let schemes = &document.root["components"]["securitySchemes"];
    for (name, scheme) in members(schemes) {
        sound_scheme(name, scheme, findings);
    }
    for operation in document.operations() {
        requirement(document.root, &operation, findings);
    }
}

fn requirement(root: &Value, operation: &Operation<'_>, findings: &mut Findings) {
    let place = operation.place();
    let own = operation.body.get("security");
    let required = own.unwrap_or(&root["security"]);
    findings.demand(
        items(required).count() > 0,
        "security.stated",
        &place,
        "a requirement, or {} for anyone",
    );
    for (name, _) in items(required).flat_map(members) {
        let defined = root["components"]["securitySchemes"][name].is_object();
        findings.demand(defined, "security.defined", &place, name);
    }
    let names_a_scheme = items(required).any(|one| members(one).next().is_some());
    let mixed = names_a_scheme && operation.is_public();
    findings.demand(!mixed, "security.optional", &place, "either public or secured, not both");
}

fn sound_scheme(name: &str, scheme: &Value, findings: &mut Findings) {
    let kind = scheme["type"].as_str().unwrap_or_default();
    let of = |member: &str| scheme[member].as_str().unwrap_or_default().to_lowercase();
    let cites = scheme["description"].as_str().is_some_and(|text| text.contains("RFC8725"));
    let jwt = of("bearerformat") == "jwt" || of("scheme") == "bearer" || kind == "oauth2";
    findings.demand(!jwt || cites, "scheme.rfc8725", name, "the description cites RFC8725");
    let exposed = kind == "apiKey" && matches!(of("in").as_str(), "query" | "cookie");
    findings.demand(!exposed, "scheme.api_key", name, "not in address or cookie");
    let weak = kind == "http" && matches!(of("scheme").as_str(), "negotiate" | "oauth" | "basic" | "digest");
    findings.demand(!weak, "scheme.weak", name, "not an old scheme");
    for (flow, described) in members(&scheme["flows"]) {
        let allowed = !matches!(flow, "implicit" | "password");
        findings.demand(allowed, "scheme.flow", name, flow);
        for (member, url) in members(described).filter(|(member, _)| member.ends_with("Url")) {
            let https = url.as_str().is_some_and(|url| url.starts_with("https://"));
            findings.demand(https, "scheme.https", name, member);
        }
    }
}

fn scheme<'d>(document: &'d mut Value, name: &str) -> &'d mut Value {
    &mut document["components"]["securitySchemes"][name]
}

#[test]
fn rules_of_security_fire() {
    each_rule_fires(&[
        ("security.stated", |d| remove(d, "security")),
        ("security.stated", |d| operation(d, "create_unit")["security"] = json!([])),
        ("security.defined", |d| operation(d, "create_unit")["security"] = json!([{ "other": [] }])),
        ("security.optional", |d| operation(d, "create_unit")["security"] = json!([{ "token": [] }, {}])),
        ("scheme.rfc8725", |d| scheme(d, "token")["description"] = json!("Un token.")),
        ("scheme.rfc8725", |d| remove(scheme(d, "client_credentials"), "description")),
        ("scheme.api_key", |d| *scheme(d, "key") = json!({ "type": "apiKey", "in": "query", "name": "k" })),
        ("scheme.api_key", |d| *scheme(d, "key") = json!({ "type": "apiKey", "in": "cookie", "name": "k" })),
        ("scheme.weak", |d| *scheme(d, "old") = json!({ "type": "http", "scheme": "Negotiate" })),
        ("scheme.flow", |d| scheme(d, "client_credentials")["flows"]["implicit"] = json!({})),
        ("scheme.https", |d| {
            scheme(d, "client_credentials")["flows"]["clientCredentials"]["tokenUrl"] =
                json!("http://a.example");
        }),
    ]);
}
