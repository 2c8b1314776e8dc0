//! Which values can be right for what is measured, and how what is wrong in them is told.

use serde_json::{Value, json};

use super::{delay, faults, in_its_year, record, with};

fn of(subject: &str, value: &Value) -> Value {
    with(&delay("1"), &json!({"subject": subject, "value": value}))
}

const NUMBER: &str = "ext:OB1/indicators/ext:IRP";
const DONE: &str = "ext:OB1/indicators/ext:FATTO";
const PARTS: &str = "ext:OB1/indicators/ext:PARTI";
const WORDS: &str = "ext:OB1/indicators/ext:PAROLE";
const PHASE: &str = "ext:OB1/phases/ext:F1";

#[test]
fn every_kind_of_value_comes_back_as_it_was_said() {
    let draft = in_its_year();
    for (subject, value) in [
        (NUMBER, json!({"type": "number", "figure": "-0.28"})),
        (NUMBER, json!({"type": "ratio", "numerator": "3", "denominator": "0"})),
        (NUMBER, json!({"type": "point", "figure": "3.5"})),
        (NUMBER, json!({"type": "judgement", "percent": "0"})),
        (DONE, json!({"type": "done", "done": false})),
        (DONE, json!({"type": "day", "day": "2025-06-30", "since": "2025-01-31"})),
        (DONE, json!({"type": "day"})),
        (PARTS, json!({"type": "parts", "parts": [{"type": "number", "figure": "0"}, null]})),
        (PARTS, json!({"type": "done", "done": true})),
        (WORDS, json!({"type": "number", "figure": "12"})),
        (WORDS, json!({"type": "text", "words": "Ogni giorno, salvo agosto"})),
        (PHASE, json!({"type": "day", "day": "2025-03-30"})),
        (NUMBER, json!({"type": "not_applicable", "reason": "Servizio soppresso"})),
        (NUMBER, json!({"type": "not_evaluable", "reason": "Nessuna fattura"})),
    ] {
        let made = record(&draft, &of(subject, &value)).expect(201);
        assert_eq!(made["value"], value);
    }
}

#[test]
fn what_no_formula_could_make_a_result_of_is_refused_with_what_could_be() {
    let draft = in_its_year();
    for (subject, value, place, could) in [
        (DONE, json!({"type": "number", "figure": "1"}), "/value/type", "done, day, judgement"),
        (NUMBER, json!({"type": "day", "day": "2025-06-30"}), "/value/type", "number, ratio, done, point"),
        (
            NUMBER,
            json!({"type": "parts", "parts": [{"type": "done", "done": true}]}),
            "/value/type",
            "number, ratio",
        ),
        (PHASE, json!({"type": "ratio", "numerator": "1", "denominator": "2"}), "/value/type", "done, day"),
        ("ext:OB1", json!({"type": "number", "figure": "90"}), "/value/type", "done, day, judgement, text"),
        (
            PARTS,
            json!({"type": "parts", "parts": [null, {"type": "number", "figure": "1"}]}),
            "/value/parts/1/type",
            "done, day",
        ),
        (
            PARTS,
            json!({"type": "parts", "parts": [null, null, {"type": "done", "done": true}]}),
            "/value/parts",
            "sono 2",
        ),
    ] {
        let refused = record(&draft, &of(subject, &value));
        assert_eq!(faults(&refused), [place], "{value}");
        let detail = refused.json()["errors"][0]["detail"].as_str().unwrap().to_owned();
        assert!(detail.contains(could), "{detail}");
    }
}

#[test]
fn every_fault_of_a_measurement_is_told_at_once() {
    let draft = in_its_year();
    let wrong = json!({
        "external_id": "-", "subject": "ext:OB1/indicators/ext:NESSUNO", "assignment": "?",
        "period": {"from": "2025-02-30", "to": "30/06/2025"},
        "value": {"type": "judgement", "percent": "101", "figure": "1"},
        "standing": "final", "source": " ", "note": "\u{0}",
        "evidence": [{"title": "", "link": "javascript:alert(1)", "digest": "A"}, {"title": "x", "file": super::NOBODY}],
        "supersedes": "ext:"
    });
    let mut places = faults(&record(&draft, &wrong));
    places.sort();
    assert_eq!(
        places,
        [
            "/assignment",
            "/evidence/0/digest",
            "/evidence/0/link",
            "/evidence/0/title",
            "/evidence/1/file",
            "/external_id",
            "/note",
            "/period/from",
            "/period/to",
            "/source",
            "/supersedes",
            "/value/figure",
            "/value/percent",
        ]
    );
    for (members, place) in [
        (json!({"evidence": vec![json!({"title": "x"}); 21]}), "/evidence"),
        (json!({"value": {"type": "number", "figure": "1e3"}}), "/value/figure"),
        (json!({"value": {"type": "number", "figure": 3}}), "/value/figure"),
        (json!({"value": {"type": "mood", "figure": "3"}}), "/value/type"),
        (json!({"value": {"type": "number", "figure": "3", "colour": "red"}}), "/value/colour"),
        (json!({"value": null}), "/value"),
        (json!({"standing": "forever"}), "/standing"),
        (json!({"origin": "dream"}), "/origin"),
        (json!({"colour": "red"}), "/colour"),
        (json!({"period": {"from": "2025-06-30", "to": "2025-01-01"}}), "/period/to"),
    ] {
        assert_eq!(faults(&record(&draft, &with(&delay("1"), &members))), [place], "{members}");
    }
    record(&draft, &with(&delay("1"), &json!({"evidence": vec![json!({"title": "x"}); 20]}))).expect(201);
}

#[test]
fn a_period_lies_between_the_year_before_and_the_end_of_the_three_years() {
    let draft = in_its_year();
    for (from, to, places) in [
        ("2024-01-01", "2024-12-31", &[][..]),
        ("2027-01-01", "2027-12-31", &[]),
        ("2023-12-31", "2024-12-31", &["/period/from"]),
        ("2025-01-01", "2028-01-01", &["/period/to"]),
        ("1900-01-01", "9999-12-31", &["/period/from", "/period/to"]),
        ("2025-06-30", "2025-06-30", &[]),
    ] {
        let reply = record(&draft, &with(&delay("1"), &json!({"period": {"from": from, "to": to}})));
        if places.is_empty() {
            reply.expect(201);
        } else {
            assert_eq!(faults(&reply), places, "{from} {to}");
        }
    }
}
