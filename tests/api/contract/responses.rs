//! Decides whether answers say what every caller relies on: all refusals, limits, how long to keep.

use serde_json::{Value, json};

use super::walk::{Document, Findings, Operation, says};
use super::{each_rule_fires, operation, remove};

const LIMITS: [&str; 4] =
    ["X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset", "X-Correlation-ID"];

const DIRECTIVES: [&str; 5] = ["max-age", "private", "no-store", "no-cache", "no-transform"];

pub(super) fn check(document: &Document<'_>, findings: &mut Findings) {
    for operation in document.operations() {
        let responses = document.responses(&operation);
        expected(document, &operation, findings);
        let succeeds = responses.iter().any(|(status, _)| status.starts_with(['2', '3']));
        findings.demand(succeeds, "status.success", &operation.place(), "some answer is no refusal");
        for (status, response) in responses {
            let place = format!("{} {status}", operation.place());
            let number = status.len() == 3 && status.bytes().all(|byte| byte.is_ascii_digit());
            findings.demand(number, "status.number", &place, "is a number, not a default");
            findings.demand(says(&response["description"]), "response.description", &place, "is there");
            headers(status, response, &place, findings);
            cache(document, status, response, &place, findings);
        }
    }
}

fn expected<'d>(document: &Document<'d>, operation: &Operation<'d>, findings: &mut Findings) {
    let secured = !operation.is_public();
    let conditional = document.takes_header(operation, "If-Match");
    let writes = !operation.reads();
    let demands: [(bool, &[&str]); 6] = [
        (true, &["400", "429", "500", "503"]),
        (secured, &["401", "403"]),
        (operation.path.contains('{'), &["404"]),
        (!operation.body["requestBody"].is_null(), &["408", "413", "415", "422"]),
        (conditional, &["412", "428"]),
        (secured && writes, &["409"]),
    ];
    for (applies, statuses) in demands {
        for status in statuses.iter().filter(|_| applies) {
            let declared = operation.body["responses"][*status].is_object();
            findings.demand(declared, "status.declared", &operation.place(), status);
        }
    }
    let one = matches!(operation.method, "put" | "patch" | "delete") && operation.path.ends_with('}');
    findings.demand(
        !one || conditional,
        "request.if_match",
        &operation.place(),
        "a change names the version it changes",
    );
}

fn headers(status: &str, response: &Value, place: &str, findings: &mut Findings) {
    let carries = |name: &str| response["headers"][name].is_object();
    for name in LIMITS {
        findings.demand(carries(name), "response.limits", place, name);
    }
    let waits = matches!(status, "429" | "503");
    findings.demand(!waits || carries("Retry-After"), "response.retry", place, "Retry-After");
    let asks = status == "401";
    findings.demand(!asks || carries("WWW-Authenticate"), "response.authenticate", place, "WWW-Authenticate");
    let moves = matches!(status, "201" | "202" | "303");
    findings.demand(!moves || carries("Location"), "response.location", place, "Location");
    let versioned = matches!(status, "201" | "304" | "412");
    findings.demand(!versioned || carries("ETag"), "response.etag", place, "ETag");
}

fn cache<'d>(
    document: &Document<'d>,
    status: &str,
    response: &'d Value,
    place: &str,
    findings: &mut Findings,
) {
    let kept = ["Cache-Control", "Expires"].map(|name| document.resolve(&response["headers"][name]));
    let declared = kept.iter().filter(|header| !header.is_null()).count();
    findings.demand(!status.starts_with('2') || declared == 1, "cache.declared", place, "once");
    for header in kept.into_iter().filter(|header| !header.is_null()) {
        let words = header["description"].as_str().unwrap_or_default();
        let named = DIRECTIVES.iter().any(|directive| words.contains(directive));
        findings.demand(named, "cache.described", place, "names a directive");
    }
}

fn remove_header(document: &mut Value, id: &str, status: &str, name: &str) {
    remove(&mut operation(document, id)["responses"][status]["headers"], name);
}

#[test]
fn rules_of_answers_fire() {
    each_rule_fires(&[
        ("status.declared", |d| remove(&mut operation(d, "read_unit")["responses"], "401")),
        ("status.declared", |d| remove(&mut operation(d, "read_unit")["responses"], "404")),
        ("status.declared", |d| remove(&mut operation(d, "create_unit")["responses"], "415")),
        ("status.declared", |d| remove(&mut operation(d, "replace_unit")["responses"], "428")),
        ("status.declared", |d| remove(&mut operation(d, "remove_unit")["responses"], "409")),
        ("status.declared", |d| remove(&mut operation(d, "read_status")["responses"], "503")),
        ("request.if_match", |d| operation(d, "remove_unit")["parameters"] = json!([])),
        ("status.success", |d| remove(&mut operation(d, "remove_unit")["responses"], "204")),
        ("status.number", |d| operation(d, "read_unit")["responses"]["default"] = json!({})),
        ("response.description", |d| {
            operation(d, "read_unit")["responses"]["200"]["description"] = json!(" ");
        }),
        ("response.limits", |d| remove_header(d, "read_unit", "200", "X-RateLimit-Reset")),
        ("response.limits", |d| remove(&mut operation(d, "remove_unit")["responses"]["204"], "headers")),
        ("response.limits", |d| remove(&mut d["components"]["responses"]["NotFound"], "headers")),
        ("response.retry", |d| {
            remove(&mut d["components"]["responses"]["ServiceUnavailable"]["headers"], "Retry-After");
        }),
        ("response.authenticate", |d| {
            remove(&mut d["components"]["responses"]["Unauthorized"]["headers"], "WWW-Authenticate");
        }),
        ("response.location", |d| remove_header(d, "create_unit", "201", "Location")),
        ("response.etag", |d| remove_header(d, "create_unit", "201", "ETag")),
        ("cache.declared", |d| remove_header(d, "read_unit", "200", "Cache-Control")),
        ("cache.declared", |d| {
            operation(d, "read_unit")["responses"]["200"]["headers"]["Expires"] =
                json!({ "description": "no-store" });
        }),
        ("cache.described", |d| d["components"]["headers"]["Cache-Control"]["description"] = json!("Altro.")),
    ]);
}
