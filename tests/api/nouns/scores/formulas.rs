//! Each formula of the rules of measuring, with its worked example.

use serde_json::{Value, json};

use super::{Scored, at_least, number, objective, rulebook, shown};
use crate::nouns::drafts::on;
use crate::world::World;

fn at_most(figure: &str) -> Value {
    json!({"value": {"type": "bound", "comparison": "at_most", "figure": figure}})
}

fn baseline(figure: &str) -> Value {
    json!({"year": 2024, "figure": figure})
}

fn by(deadline: &Value) -> Value {
    json!({"value": {"type": "by", "deadline": deadline}})
}

fn day(day: &str) -> Value {
    json!({"type": "day", "day": day})
}

fn ratio(numerator: &str, denominator: &str) -> Value {
    json!({"type": "ratio", "numerator": numerator, "denominator": denominator})
}

/// What is wanted, what was measured, what comes of it.
type Row = (Value, Value, &'static str);

fn figures() -> Vec<Row> {
    let range = json!({"value": {"type": "range", "low": "90", "low_included": true, "high": "100", "high_included": true}});
    let change = json!({"value": {"type": "change", "comparison": "at_least", "figure": "60"}});
    vec![
        (json!({"formula": "higher", "target": at_least("80")}), number("72"), "90.00"),
        (
            json!({"formula": "higher_from_baseline", "baseline": baseline("50"), "target": at_least("80")}),
            number("72"),
            "73.33",
        ),
        (json!({"formula": "lower", "target": at_most("30")}), number("36"), "83.33"),
        (json!({"formula": "lower", "target": at_most("30")}), number("30"), "100.00"),
        (json!({"formula": "lower_zero", "target": at_most("0")}), number("0.28"), "0.00"),
        (json!({"formula": "lower_zero", "target": at_most("0")}), number("-3"), "100.00"),
        (json!({"formula": "range", "target": range}), number("81"), "90.00"),
        (json!({"formula": "range", "target": range}), number("95"), "100.00"),
        (
            json!({"formula": "scale", "target": at_least("3.5")}),
            json!({"type": "point", "figure": "3.2"}),
            "91.43",
        ),
        (json!({"formula": "ratio", "target": at_least("100")}), ratio("18", "20"), "90.00"),
        (
            json!({"formula": "ratio", "target": at_least("100")}),
            ratio("0", "0"),
            "not_evaluable: zero_denominator",
        ),
        (json!({"formula": "count", "target": at_least("15")}), number("12"), "80.00"),
        (
            json!({"formula": "variation", "baseline": baseline("50"), "target": change}),
            number("72"),
            "73.33",
        ),
        (json!({"formula": "frequency", "target": at_least("4")}), ratio("3", "4"), "75.00"),
        (json!({"formula": "threshold", "target": at_most("0")}), number("8.81"), "0.00"),
        (json!({"formula": "threshold", "target": at_most("0")}), number("0"), "100.00"),
    ]
}

fn other_kinds() -> Vec<Row> {
    let done = json!({"value": {"type": "done"}});
    let june = by(&json!({"type": "date", "day": "2025-06-30"}));
    let relative = by(&json!({"type": "relative", "days": 60, "after_part": 1}));
    let parts = json!({"value": {"type": "parts", "parts": [at_least("3"), {"value": {"type": "done"}}]}});
    let both = |done: bool| json!({"type": "parts", "parts": [number("3"), {"type": "done", "done": done}]});
    let text = json!({"words": "giornaliero", "value": {"type": "text"}});
    vec![
        (json!({"formula": "boolean", "target": done}), json!({"type": "done", "done": true}), "100.00"),
        (json!({"formula": "boolean", "target": done}), json!({"type": "done", "done": false}), "0.00"),
        (json!({"formula": "date", "target": june}), day("2025-06-30"), "100.00"),
        (json!({"formula": "date", "target": june}), day("2025-07-01"), "80.00"),
        (json!({"formula": "date", "target": june}), day("2025-07-15"), "80.00"),
        (json!({"formula": "date", "target": june}), day("2025-07-16"), "60.00"),
        (json!({"formula": "date", "target": june}), day("2025-08-29"), "30.00"),
        (json!({"formula": "date", "target": june}), day("2025-08-30"), "0.00"),
        (json!({"formula": "date", "target": june}), json!({"type": "day"}), "0.00"),
        // Sixty days after the end of March; sixteen days late.
        (
            json!({"formula": "relative_date", "target": relative}),
            json!({"type": "day", "day": "2025-06-15", "since": "2025-03-31"}),
            "60.00",
        ),
        (
            json!({"formula": "judgement", "target": text}),
            json!({"type": "judgement", "percent": "80"}),
            "80.00",
        ),
        (json!({"formula": "composite", "target": parts}), both(true), "100.00"),
        (json!({"formula": "composite", "target": parts}), both(false), "50.00"),
        (
            json!({"formula": "qualitative", "target": text}),
            json!({"type": "text", "words": "Fatto ogni giorno"}),
            "not_evaluable: needs_judgement",
        ),
        (
            json!({"formula": "higher", "target": at_least("80")}),
            json!({"type": "not_applicable", "reason": "Nessun caso"}),
            "not_applicable",
        ),
        (
            json!({"formula": "higher", "target": at_least("80")}),
            json!({"type": "not_evaluable", "reason": "Registro perduto"}),
            "not_evaluable: declared",
        ),
    ]
}

#[track_caller]
fn come_out(rulebook: Option<&Value>, rows: &[Row]) {
    let key = |place: usize| format!("F{place}");
    let objectives: Vec<Value> =
        rows.iter().enumerate().map(|(place, (wants, ..))| objective(&key(place), "10", wants)).collect();
    let scored = Scored::by(rulebook, &objectives);
    for (place, (_, value, _)) in rows.iter().enumerate() {
        scored.measure(&key(place), value);
    }
    let scores = scored.scores("");
    for (place, (wants, value, comes)) in rows.iter().enumerate() {
        let one = super::one(&scores, &key(place));
        assert_eq!(shown(&one["outcome"]), *comes, "{wants} {value}");
    }
}

#[test]
fn each_formula_of_figures_gives_its_worked_example() {
    come_out(None, &figures());
}

#[test]
fn each_formula_of_days_of_parts_and_of_judgement_gives_its_worked_example() {
    come_out(None, &other_kinds());
}

#[test]
fn a_rulebook_may_count_a_tolerance_and_scales_from_their_least_point() {
    let world = World::new();
    let mut content = rulebook(&world, "/formulas/low_tolerance", json!("10"));
    content["formulas"]["scale"] = json!("from_least");
    content["formulas"]["parts"] = json!("all");
    let parts = json!({"value": {"type": "parts", "parts": [at_least("3"), {"value": {"type": "done"}}]}});
    let half = json!({"type": "parts", "parts": [number("3"), {"type": "done", "done": false}]});
    come_out(
        Some(&content),
        &[
            (json!({"formula": "lower", "target": at_most("30")}), number("36"), "40.00"),
            (
                json!({"formula": "scale", "target": at_least("3.5")}),
                json!({"type": "point", "figure": "3.2"}),
                "88.00",
            ),
            (json!({"formula": "composite", "target": parts}), half, "0.00"),
        ],
    );
}

#[test]
fn of_two_phases_of_one_weight_one_done_is_half() {
    let phase = |key: &str| json!({"external_id": key, "title": format!("Fase {key}"), "weight": super::percent("50"), "deadline": on("2025-12-31")});
    let mut whole = objective("MILE", "10", &json!({"formula": "higher", "target": at_least("80")}));
    whole["phases"] = json!([phase("F1"), phase("F2")]);
    let scored = Scored::new(&[whole]);
    scored.record("ext:MILE/phases/ext:F1", &json!({"type": "done", "done": true}));
    scored.record("ext:MILE/phases/ext:F2", &json!({"type": "done", "done": false}));
    assert_eq!(shown(&scored.assignment("MILE")["outcome"]), "50.00");
}
