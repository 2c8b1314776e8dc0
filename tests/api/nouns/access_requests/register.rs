//! The register of requests that is published.

use super::*;

fn register(world: &World, query: &str) -> Reply {
    world.call("responsabile", "GET", "L454", &format!("/access-requests-register{query}")).send()
}

/// A half year of requests, as the domain counts it by hand in its own tests.
fn half_year(world: &World) {
    let closed = |on: &str, outcome: &str| json!({"on": on, "outcome": outcome});
    let requests = [
        (
            "A1",
            json!({"kind": "simple", "received": "2025-01-10", "closed": closed("2025-02-09", "granted")}),
        ),
        (
            "A3",
            json!({"received": "2025-03-01", "closed": closed("2025-04-05", "refused"),
                "review": {"asked": "2025-04-20", "closed": {"on": "2025-05-10", "outcome": "confirmed"}}}),
        ),
        ("A4", json!({"kind": "documentary", "received": "2025-05-01"})),
        ("A6", json!({"kind": "simple", "received": "2025-06-15", "unit": "ext:demo:area-1"})),
    ];
    for (key, members) in requests {
        put(world, key, &members).expect(201);
    }
}

#[test]
fn the_register_tells_objects_days_and_outcomes_and_nobody_who_asked() {
    let world = World::new();
    assert_eq!(register(&world, "?from=2025-01-01&to=2025-06-30").expect(200)["updated_at"], Value::Null);
    half_year(&world);
    let told = register(&world, "?from=2025-01-01&to=2025-06-30").expect(200);
    let object = &request()["object"];
    let lines = json!([
        {"kind": "simple", "object": object, "received": "2025-01-10", "closed": {"on": "2025-02-09", "outcome": "granted"}},
        {"kind": "generalised", "object": object, "received": "2025-03-01", "closed": {"on": "2025-04-05", "outcome": "refused"},
            "review_asked": "2025-04-20", "reviewed": {"on": "2025-05-10", "outcome": "confirmed"}},
        {"kind": "documentary", "object": object, "received": "2025-05-01", "closed": {"on": "2025-06-01", "outcome": "silence"}},
        {"kind": "simple", "object": object, "received": "2025-06-15"},
    ]);
    assert_eq!(told["items"], lines);
    let summary = json!({
        "received": 4, "refusals": 2, "open": 1, "overdue": 0,
        "outcomes": [{"outcome": "granted", "requests": 1}, {"outcome": "refused", "requests": 1}, {"outcome": "silence", "requests": 1}],
        "reviews_asked": 1, "reviews_closed": 1, "reviews_in_term": 1, "reviews_overdue": 0
    });
    assert_eq!(told["summary"], summary);
    assert!(told["updated_at"].is_string());
    // The request left open is of the next half year too, and late in it.
    let next = register(&world, "?from=2025-07-01&to=2025-12-31").expect(200);
    assert_eq!(next["items"].as_array().unwrap().len(), 1);
    assert_eq!((&next["summary"]["open"], &next["summary"]["overdue"]), (&json!(1), &json!(1)));
}

#[test]
fn what_happens_after_today_is_not_in_the_register() {
    let world = World::new();
    half_year(&world);
    world.move_to("2025-04-01");
    let told = register(&world, "").expect(200);
    assert_eq!(
        (&told["from"], &told["to"], &told["on"]),
        (&json!("2025-01-01"), &json!("2025-04-01"), &json!("2025-04-01"))
    );
    let lines = told["items"].as_array().unwrap();
    assert_eq!(
        (lines.len(), &lines[1]["closed"], &lines[1]["review_asked"]),
        (2, &Value::Null, &Value::Null)
    );
    assert_eq!(told["summary"]["overdue"], 1);
}

#[test]
fn the_days_of_a_register_are_a_year_at_most_and_in_their_order() {
    let world = World::new();
    for query in ["?from=2025-02-01&to=2025-01-01", "?from=2023-12-31&to=2024-12-31"] {
        let refused = register(&world, query);
        assert_eq!(
            (refused.refused(400).as_str(), refused.pointers()),
            ("invalid-parameter", vec!["from".to_owned()])
        );
    }
    register(&world, "?from=2024-01-01&to=2024-12-31").expect(200);
    assert_eq!(register(&world, "?to=31/12/2024").pointers(), ["to"]);
}
