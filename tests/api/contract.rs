//! Decides whether a document keeps the rules that Italian public APIs are held to, and our own.
//!
//! Each finding reads `rule: place: words`. Each family of rules is tried on a document spoilt on
//! purpose, because a rule that cannot fire proves nothing.

mod bodies;
mod bounds;
mod examples;
mod metadata;
mod names;
mod requests;
mod responses;
mod sample;
mod security;
mod validity;
mod walk;

use serde_json::Value;

use walk::{Document, Findings};

/// Everything wrong with a document, or nothing.
pub(crate) fn findings(document: &Value) -> Vec<String> {
    let document = Document::new(document);
    let mut findings = Findings::default();
    metadata::check(&document, &mut findings);
    names::check(&document, &mut findings);
    requests::check(&document, &mut findings);
    responses::check(&document, &mut findings);
    bodies::check(&document, &mut findings);
    bounds::check(&document, &mut findings);
    security::check(&document, &mut findings);
    examples::check(&document, &mut findings);
    findings.into_lines()
}

fn published(name: &str) -> Value {
    let path = format!("{}/../openapi/{name}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|cause| panic!("{path}: {cause}"));
    yaml_serde::from_str(&text).unwrap_or_else(|cause| panic!("{path}: {cause}"))
}

fn lines(findings: &[String]) -> String {
    findings.join("\n")
}

#[test]
fn the_published_document_keeps_every_rule() {
    let found = findings(&published("v1.yaml"));
    assert!(found.is_empty(), "\n{}", lines(&found));
}

#[test]
fn the_published_document_in_3_0_keeps_every_rule() {
    let found = findings(&published("v1-3.0.yaml"));
    assert!(found.is_empty(), "\n{}", lines(&found));
}

#[test]
fn a_completed_document_keeps_every_rule_in_both_versions() {
    let found = findings(&sample::document());
    assert!(found.is_empty(), "\n{}", lines(&found));
    let old = traguardo_http::document::to_3_0(&sample::api()).unwrap();
    let found = findings(&yaml_serde::from_str(&old).unwrap());
    assert!(found.is_empty(), "\n{}", lines(&found));
}

#[test]
fn the_schemas_of_a_configuration_are_gathered_with_their_repetitions() {
    let schemas = traguardo_http::document::schemas(sample::configure);
    let units = schemas.iter().filter(|(name, _)| name == "Unit").count();
    assert!(units > 1, "Unit is named by several operations");
    let clashing = traguardo_http::document::collisions(&schemas);
    assert!(clashing.is_empty(), "{clashing:?}");
    let both = traguardo_http::document::schemas(sample::configure_with_a_namesake);
    assert_eq!(traguardo_http::document::collisions(&both), ["Unit"]);
}

type Spoil = fn(&mut Value);

/// Spoils a sound document in each way, and demands that the rule named beside it notices.
fn each_rule_fires(spoils: &[(&str, Spoil)]) {
    let sound = sample::document();
    for (rule, spoil) in spoils {
        let mut document = sound.clone();
        spoil(&mut document);
        let found = findings(&document);
        let fired = found.iter().any(|line| line.starts_with(&format!("{rule}: ")));
        assert!(fired, "{rule} did not fire; found:\n{}", lines(&found));
    }
}

/// The operation to spoil: a read, a page, a creation, a replacement, a removal.
fn operation<'d>(document: &'d mut Value, id: &str) -> &'d mut Value {
    let paths = document["paths"].as_object_mut().unwrap();
    paths
        .values_mut()
        .flat_map(|item| item.as_object_mut().unwrap().values_mut())
        .find(|operation| operation["operationId"] == id)
        .unwrap()
}

fn remove(parent: &mut Value, name: &str) {
    let removed = parent.as_object_mut().unwrap().remove(name);
    assert!(removed.is_some(), "there is no {name} to remove");
}
