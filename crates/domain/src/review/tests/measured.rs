use super::*;

fn with(indicators: Value) -> PlanDocument {
    let mut objective = json!({"title": "Uno", "in": 0});
    objective["indicators"] = indicators;
    small(json!([objective, {"title": "Due", "in": 0, "indicators": [measured("Atti")]}]))
}

#[test]
fn an_objective_nothing_can_be_measured_of_is_found_once() {
    let done = said("100%", json!({"type": "done"}));
    let vague =
        json!([{"name": "Giornaliero", "target": done}, {"name": "Termini di legge", "target": done}]);
    let repeated =
        json!([{"name": "Relazione annuale", "target": said("relazione ANNUALE.", json!({"type": "done"}))}]);
    let wordy = json!([{"name": "Gradimento", "target": said("buono", json!({"type": "text"}))}]);
    for indicators in [vague, repeated, wordy, json!([{"name": "Predisposizione degli atti"}]), json!([])] {
        assert_eq!(places(&with(indicators), "E15"), ["/objectives/0"]);
    }
}

#[test]
fn an_objective_with_something_to_measure_is_not_found() {
    let dated = json!([{"name": "Relazione", "deadline": by("2025-10-31")}]);
    let judged = json!([{"name": "Asseverazione", "formula": "judgement"}]);
    for indicators in
        [dated, judged, json!([measured("Giorni di ritardo")]), json!([measured("Report trimestrali")])]
    {
        assert_eq!(places(&with(indicators), "E15"), [""; 0]);
    }
}

#[test]
fn an_indicator_that_names_nothing_is_found_even_beside_a_good_one() {
    let document = with(json!([measured("Atti"), measured("Trimestrale"), {"name": "Gradimento"}]));
    assert_eq!(places(&document, "E15"), ["/objectives/0/indicators/1"]);
}

#[test]
fn indicators_of_phases_measure_their_objective() {
    let phased =
        json!({"title": "Uno", "in": 0, "phases": [{"title": "Fase", "indicators": [measured("Atti")]}]});
    assert_eq!(of(&small(json!([phased])), "E15"), []);
}

#[test]
fn a_plan_without_any_indicator_is_told_once_as_an_error() {
    let found = of(&small(json!([{"title": "Uno", "in": 0}, {"title": "Due", "in": 0}])), "E15");
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].place.pointer.as_str(), found[0].severity), ("", Severity::Error));
}
