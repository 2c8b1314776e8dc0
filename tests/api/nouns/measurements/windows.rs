//! Values are collected in the windows of the plan's rounds, when it has any.

use serde_json::{Value, json};

use super::{Draft, delay, in_its_year, record, with};

fn round(key: &str, period: [&str; 2], window: [&str; 2]) -> Value {
    json!({
        "external_id": key, "title": format!("Raccolta {key}"),
        "period": {"from": period[0], "to": period[1]}, "window": {"from": window[0], "to": window[1]}
    })
}

fn with_rounds() -> Draft {
    let draft = in_its_year();
    for round in [
        round("S1", ["2025-01-01", "2025-06-30"], ["2025-07-01", "2025-07-31"]),
        round("ANNO", ["2025-01-01", "2025-12-31"], ["2026-01-01", "2026-02-15"]),
    ] {
        draft.post("/rounds", &round).expect(201);
    }
    draft
}

fn year(figure: &str) -> Value {
    with(&delay(figure), &json!({"period": {"from": "2025-01-01", "to": "2025-12-31"}}))
}

#[test]
fn a_value_outside_its_window_is_refused_with_when_it_opens() {
    let draft = with_rounds();
    let told = |reply: crate::world::Reply, words: &str| {
        assert_eq!(reply.refused(409), "window-closed");
        let detail = reply.json()["detail"].as_str().unwrap().to_owned();
        assert!(detail.contains(words), "{detail}");
    };
    record(&draft, &delay("1")).expect(201);
    told(record(&draft, &year("1")), "si apre il 2026-01-01");
    let other = with(&delay("1"), &json!({"period": {"from": "2025-01-01", "to": "2025-05-31"}}));
    told(record(&draft, &other), "Nessuna raccolta");
    draft.world.move_to("2025-08-01");
    told(record(&draft, &delay("1")), "si è chiusa il 2025-07-31");
    draft.world.move_to("2026-02-15");
    record(&draft, &year("1")).expect(201);
}

#[test]
fn what_was_sent_in_time_may_be_sent_again_later() {
    let draft = with_rounds();
    let said = with(&delay("1"), &json!({"external_id": "M1"}));
    let made = record(&draft, &said).expect(201);
    draft.world.move_to("2025-08-01");
    assert_eq!(record(&draft, &said).expect(200), made);
}

#[test]
fn a_correction_needs_both_windows_open() {
    let draft = with_rounds();
    record(&draft, &with(&delay("1"), &json!({"external_id": "M1"}))).expect(201);
    draft.world.move_to("2026-01-10");
    let correction = with(&year("2"), &json!({"supersedes": "ext:M1"}));
    assert_eq!(record(&draft, &correction).refused(409), "window-closed");
    record(&draft, &year("2")).expect(201);
}

#[test]
fn windows_hold_for_each_item_of_a_bulk() {
    let draft = with_rounds();
    let items = json!({"items": [delay("1"), year("1")]});
    let outcome = draft.post("/measurements-bulk?mode=partial", &items).expect(200);
    assert_eq!(outcome["items"][0]["status"], 201);
    assert_eq!(outcome["items"][1]["problem"]["type"], "/problems/window-closed");
}
