//! `traguardo review FILE`: what an integrator's build stops on.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::place::Place;
use crate::running::{program, run};

/// A plan of the demo, as the program holds it.
fn demo_plan(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/demo/plans").join(name)
}

#[test]
fn a_plan_with_errors_fails_and_each_is_told_with_its_place() {
    let reviewed = run(program().arg("review").arg(demo_plan("s0.json")));
    assert!(!reviewed.status.success(), "{}", reviewed.out);
    let impossible: Vec<&str> = reviewed.out.lines().filter(|line| line.starts_with("E01 error")).collect();
    assert_eq!(impossible.len(), 6, "{}", reviewed.out);
    assert!(impossible.iter().all(|line| line.contains("/phases/")), "{impossible:?}");
    assert!(
        reviewed.out.lines().last().is_some_and(|line| line.starts_with("6 errors, ")),
        "{}",
        reviewed.out
    );
    let json = run(program().args(["review", "--format", "json"]).arg(demo_plan("s0.json"))).out;
    let findings: Value = serde_json::from_str(&json).unwrap();
    let errors = findings["findings"].as_array().unwrap().iter().filter(|one| one["severity"] == "error");
    assert_eq!(errors.count(), 6);
}

#[test]
fn warnings_fail_only_when_asked() {
    let file = demo_plan("s2.json");
    assert!(run(program().arg("review").arg(&file)).status.success());
    assert!(!run(program().args(["review", "--strict"]).arg(&file)).status.success());
}

#[test]
fn what_is_no_plan_is_refused_with_every_fault() {
    let place = Place::new();
    let file = place.path().join("plan.json");
    let text = r#"{"format": "traguardo.plan.v1", "comune": "l454", "plan": {"year": 1900, "kind": "standalone", "title": " "}}"#;
    std::fs::write(&file, text).unwrap();
    let refused = run(program().arg("review").arg(&file));
    assert!(!refused.status.success());
    for pointer in ["/comune", "/plan/year", "/plan/title"] {
        assert!(refused.err.contains(pointer), "{pointer}: {}", refused.err);
    }
    let missing = run(program().args(["review", "/nowhere/plan.json"]));
    assert!(missing.err.contains("/nowhere/plan.json"), "{}", missing.err);
}
