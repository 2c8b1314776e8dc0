use super::*;

fn with(indicator: Value) -> PlanDocument {
    let mut objective = json!({"title": "Uno", "in": 0});
    objective["indicators"] = Value::Array(vec![indicator]);
    small(json!([objective]))
}

fn bound(measure: Option<&str>) -> Value {
    let mut target = json!({"type": "bound", "comparison": "at_most", "figure": "0"});
    if let Some(measure) = measure {
        target["measure"] = json!(measure);
    }
    said("<= 0", target)
}

#[test]
fn a_target_with_figures_that_was_not_understood_is_found() {
    let found = of(&with(json!({"name": "Multe", "target": said("3 20", json!({"type": "text"}))})), "E14");
    assert_eq!(found[0].place.pointer, "/objectives/0/indicators/0/target");
    assert_eq!(found[0].words.as_deref(), Some("3 20"));
    let wordy = json!({"name": "Multe", "target": said("come previsto", json!({"type": "text"}))});
    assert_eq!(of(&with(wordy), "E14"), []);
    assert_eq!(of(&with(measured("Multe")), "E14"), []);
}

#[test]
fn a_target_missing_where_one_is_expected_is_found() {
    let counted = json!({"name": "Controlli", "measure": "number"});
    assert_eq!(places(&with(counted), "E14"), ["/objectives/0/indicators/0"]);
    assert_eq!(places(&with(json!({"name": "Controlli", "formula": "ratio"})), "E14").len(), 1);
    assert_eq!(places(&with(json!({"name": "Atto adottato", "formula": "boolean"})), "E14"), [""; 0]);
    let beside =
        small(json!([{"title": "Uno", "in": 0, "indicators": [measured("Atti"), {"name": "Controlli"}]}]));
    assert_eq!(places(&beside, "E14"), ["/objectives/0/indicators/1"]);
}

fn parts(count: usize, value: &Value) -> Value {
    json!({"type": "parts", "parts": vec![json!({"value": value}); count]})
}

#[test]
fn parts_that_do_not_match_are_found() {
    let figure = json!({"type": "bound", "comparison": "exactly", "figure": "22", "measure": "number"});
    let day = json!({"type": "date", "day": "2025-03-01"});
    let of_parts = |name: &str, targets: usize, days: usize| {
        let target = said("valori", if targets > 1 { parts(targets, &figure) } else { figure.clone() });
        let deadline = said("tempi", if days > 1 { parts(days, &day) } else { day.clone() });
        with(json!({"name": name, "target": target, "deadline": deadline}))
    };
    let three = "1) posti di controllo 2) veicoli 3) verbali";
    assert_eq!(places(&of_parts(three, 2, 1), "E16"), ["/objectives/0/indicators/0"]);
    assert_eq!(places(&of_parts(three, 3, 2), "E16").len(), 1);
    assert_eq!(places(&of_parts("Controlli", 2, 3), "E16").len(), 1);
    for (name, targets, days) in [(three, 3, 3), (three, 1, 1), (three, 3, 1), ("Veicoli: 9.500", 2, 2)] {
        assert_eq!(places(&of_parts(name, targets, days), "E16"), [""; 0], "{name} {targets} {days}");
    }
}

#[test]
fn the_times_of_an_objective_are_those_of_its_only_indicator() {
    let figure = json!({"type": "bound", "comparison": "exactly", "figure": "22", "measure": "number"});
    let day = json!({"type": "date", "day": "2025-03-01"});
    let indicator = json!({"name": "Controlli", "target": said("valori", parts(3, &figure))});
    let document = small(json!([
        {"title": "Uno", "in": 0, "deadline": said("tempi", parts(2, &day)), "indicators": [indicator]}]));
    assert_eq!(places(&document, "E16"), ["/objectives/0/indicators/0"]);
}

#[test]
fn a_numbering_that_lost_a_number_is_found() {
    let of_words = |name: &str, target: &str| {
        with(json!({"name": name, "target": said(target, json!({"type": "text"}))}))
    };
    let two = "1) gara avviata 2) servizio avviato";
    let found = of(&of_words(two, "gara avviata 2) servizio avviato"), "E16");
    assert_eq!(found.len(), 1);
    assert!(found[0].message.contains("manca 1 nel valore atteso"), "{}", found[0].message);
    assert_eq!(of(&of_words(two, two), "E16"), []);
    assert_eq!(of(&of_words("Servizio avviato", "gara avviata 2) servizio avviato"), "E16"), []);
}

#[test]
fn a_change_with_nothing_to_start_from_is_found() {
    let change = said(
        "60% in più",
        json!({"type": "change", "comparison": "at_least", "figure": "60", "measure": "percent"}),
    );
    let indicator = json!({"name": "Ricavi", "target": change});
    assert_eq!(places(&with(indicator.clone()), "E17"), ["/objectives/0/indicators/0"]);
    let mut announced = indicator.clone();
    announced["baseline"] = json!({"year": 2024, "words": "in corso di rilevazione"});
    assert_eq!(places(&with(announced), "E17"), ["/objectives/0/indicators/0/baseline"]);
    let mut known = indicator;
    known["baseline"] = json!({"year": 2024, "figure": "12"});
    assert_eq!(places(&with(known), "E17"), [""; 0]);
    assert_eq!(places(&with(json!({"name": "Ricavi", "formula": "variation"})), "E17").len(), 1);
}

#[test]
fn a_figure_without_a_unit_is_noticed() {
    assert_eq!(places(&with(json!({"name": "Ritardo", "target": bound(None)})), "E18").len(), 1);
    let found = [
        json!({"name": "Ritardo", "target": bound(Some("days"))}),
        json!({"name": "Ritardo", "measure": "days", "target": bound(None)}),
        json!({"name": "Gradimento", "target": said("3,5 su 5",
            json!({"type": "bound", "comparison": "at_least", "figure": "3.5", "out_of": "5"}))}),
        json!({"name": "Controlli", "formula": "count", "target": bound(None)}),
    ];
    for indicator in found {
        assert_eq!(of(&with(indicator), "E18"), []);
    }
}
