use super::*;

fn due(deadline: Value) -> PlanDocument {
    let mut objective = json!({"title": "Inventario", "in": 0});
    objective["deadline"] = deadline;
    small(json!([objective]))
}

#[test]
fn a_date_that_does_not_exist_is_found_with_the_day_it_may_stand_for() {
    let value = json!({"type": "impossible", "written_day": 31, "written_month": 6, "written_year": 2025, "suggested": "2025-06-30"});
    let found = of(&due(said("31.06.2025", value)), "E01");
    assert_eq!(found[0].words.as_deref(), Some("31.06.2025"));
    assert_eq!(found[0].severity, Severity::Error);
    assert_eq!(
        found[0].suggestion,
        Some(Suggestion { text: "30/06/2025".into(), safe: true, replaces: true })
    );
    assert_eq!(places(&due(by("2025-06-30")), "E01"), [""; 0]);
}

#[test]
fn a_date_that_does_not_exist_is_found_in_parts_in_steps_and_in_targets() {
    let impossible =
        json!({"type": "impossible", "written_day": 31, "written_month": 4, "written_year": 2025});
    let parts = json!({"type": "parts", "parts": [{"value": {"type": "legal_term"}}, {"words": "31/4", "value": impossible}]});
    let document = small(json!([{"title": "Inventario", "in": 0, "deadline": said("tutto", parts.clone()),
        "steps": [{"how": "Raccolta", "when": said("31/4", impossible.clone())}],
        "indicators": [{"name": "Atto", "target": said("31/4", json!({"type": "by", "deadline": parts}))}]}]));
    let expected = [
        "/objectives/0/steps/0/when",
        "/objectives/0/deadline/value/parts/1",
        "/objectives/0/indicators/0/target/value/deadline/parts/1",
    ];
    assert_eq!(places(&document, "E01"), expected);
    assert_eq!(of(&document, "E01")[1].words.as_deref(), Some("31/4"));
}

#[test]
fn a_month_that_does_not_exist_is_found() {
    assert_eq!(places(&due(said("13", json!({"type": "month", "month": 13}))), "E01").len(), 1);
    assert_eq!(places(&due(said("Novembre", json!({"type": "month", "month": 11}))), "E01").len(), 0);
}

#[test]
fn a_year_outside_the_three_of_the_plan_is_found() {
    for day in ["2024-12-31", "2043-01-31", "2028-01-01"] {
        assert_eq!(places(&due(by(day)), "E02"), ["/objectives/0/deadline"], "{day}");
    }
    for day in ["2025-01-01", "2027-12-31"] {
        assert_eq!(places(&due(by(day)), "E02"), [""; 0], "{day}");
    }
    let suggestion = of(&due(by("2043-01-31")), "E02")[0].suggestion.clone().unwrap();
    assert_eq!(suggestion, Suggestion { text: "31/01/2025".into(), safe: false, replaces: true });
}

#[test]
fn years_of_months_spans_and_recurrences_count_too() {
    let month = json!({"type": "month", "month": 2, "year": 2024});
    let span = json!({"type": "span", "from": "2024-11-01", "to": "2025-03-31"});
    let recurring = json!({"type": "recurring", "every": "half_yearly", "on": ["2025-06-30", "2024-12-31"]});
    for value in [month, span, recurring] {
        assert_eq!(places(&due(said("parole", value)), "E02").len(), 1);
    }
    assert_eq!(places(&due(said("Febbraio", json!({"type": "month", "month": 2}))), "E02").len(), 0);
}

#[test]
fn a_deadline_that_is_no_date_is_noticed() {
    let words = [
        json!({"type": "legal_term"}),
        json!({"type": "event"}),
        json!({"type": "relative", "days": 60, "after_part": 1}),
        json!({"type": "recurring", "every": "quarterly"}),
        json!({"type": "continuous"}),
        json!({"type": "text"}),
    ];
    for value in words {
        let found = of(&due(said("parole", value)), "E03");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].severity, Severity::Notice);
    }
    let dated = json!({"type": "recurring", "every": "half_yearly", "on": ["2025-06-30"]});
    for value in [dated, json!({"type": "month", "month": 11})] {
        assert_eq!(of(&due(said("parole", value)), "E03"), []);
    }
}
