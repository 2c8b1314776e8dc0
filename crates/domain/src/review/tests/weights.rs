use super::*;

fn weighing(weights: &[&str]) -> PlanDocument {
    let objectives: Vec<Value> = weights
        .iter()
        .enumerate()
        .map(|(at, weight)| json!({"title": format!("Obiettivo {at}"), "in": 0, "weight": percent(weight)}))
        .collect();
    small(json!(objectives))
}

fn with_scale(mut document: PlanDocument) -> PlanDocument {
    let class = |code: &str, label: &str| json!({"code": code, "label": label, "coefficient": code});
    let scale = json!([class("1", "rilevante operativo"), class("2", "rilevante strategico")]);
    document.plan.facts.scale = serde_json::from_value(scale).unwrap();
    document
}

#[test]
fn weights_of_a_structure_that_do_not_close_are_found() {
    let found = of(&weighing(&["50", "46.5"]), "E04");
    assert_eq!(found[0].place.pointer, "/units/0");
    assert_eq!(found[0].words.as_deref(), Some("96,5"));
    assert_eq!(of(&weighing(&["50", "49.5", "0.5"]), "E04"), []);
}

#[test]
fn weights_in_classes_do_not_have_to_close() {
    let weight = said("1", json!({"type": "class", "class": "1"}));
    assert_eq!(of(&small(json!([{"title": "Uno", "in": 0, "weight": weight}])), "E04"), []);
}

#[test]
fn weights_of_phases_that_do_not_close_are_found() {
    let phased = |weights: [&str; 2]| {
        let phases = weights.map(|weight| json!({"title": "Fase", "weight": percent(weight)}));
        small(json!([{"title": "Uno", "in": 0, "weight": percent("100"), "phases": phases}]))
    };
    assert_eq!(places(&phased(["50", "40"]), "E04"), ["/objectives/0/phases"]);
    assert_eq!(places(&phased(["50", "50"]), "E04"), [""; 0]);
}

#[test]
fn a_weight_missing_beside_others_is_found_and_a_plan_without_weights_is_told_once() {
    let document = small(json!([
        {"title": "Uno", "in": 0, "weight": percent("100")}, {"title": "Due", "in": 0}, {"title": "Tre", "in": 0}]));
    assert_eq!(places(&document, "E05"), ["/objectives/1/assignments/0", "/objectives/2/assignments/0"]);
    let none = of(&small(json!([{"title": "Uno", "in": 0}, {"title": "Due", "in": 0}])), "E05");
    assert_eq!(none.len(), 1);
    assert_eq!((none[0].place.pointer.as_str(), none[0].severity), ("", Severity::Notice));
    assert_eq!(of(&weighing(&["40", "60"]), "E05"), []);
}

#[test]
fn a_phase_without_weight_beside_one_with_it_is_found() {
    let document = small(json!([{"title": "Uno", "in": 0, "weight": percent("100"),
        "phases": [{"title": "Prima", "weight": percent("100")}, {"title": "Seconda"}]}]));
    assert_eq!(places(&document, "E05"), ["/objectives/0/phases/1"]);
}

#[test]
fn a_weight_that_is_no_class_of_the_scale_is_found() {
    let classed = |weight: Value| with_scale(small(json!([{"title": "Uno", "in": 0, "weight": weight}])));
    let contradictory = of(&classed(said("2 - rilevante operativo", json!({"type": "unclear"}))), "E06");
    assert!(contradictory[0].message.contains("si contraddice"), "{}", contradictory[0].message);
    assert_eq!(contradictory[0].place.pointer, "/objectives/0/assignments/0/weight");
    let unknown = classed(said("3", json!({"type": "class", "class": "3"})));
    assert_eq!(of(&unknown, "E06").len(), 1);
    let known = classed(said("2", json!({"type": "class", "class": "2"})));
    assert_eq!(of(&known, "E06"), []);
}

#[test]
fn a_card_that_weighs_otherwise_than_the_summary_is_found_and_one_without_weight_noticed() {
    let assigned = |weight: &str, card: Option<&str>| {
        let mut assignment = json!({"unit": 0, "weight": percent(weight)});
        if let Some(card) = card {
            assignment["card_weight"] = percent(card);
        }
        json!({"title": format!("Obiettivo {weight}"), "assignments": [assignment]})
    };
    let document =
        small(json!([assigned("40", Some("40.0")), assigned("35", Some("20")), assigned("25", None)]));
    let found = of(&document, "E07");
    assert_eq!(found.len(), 2);
    assert_eq!(found[0].place.pointer, "/objectives/1/assignments/0/card_weight");
    assert_eq!(found[0].severity, Severity::Warning);
    assert_eq!(found[1].place.pointer, "/objectives/2/assignments/0");
    assert_eq!(found[1].severity, Severity::Notice);
    assert_eq!(of(&weighing(&["40", "60"]), "E07"), []);
}

#[test]
fn a_weight_of_nothing_or_over_one_hundred_is_found() {
    let document = weighing(&["0", "-5", "105"]);
    assert_eq!(places(&document, "E08").len(), 3);
    assert_eq!(of(&weighing(&["100"]), "E08"), []);
    assert_eq!(of(&weighing(&["0.5", "99.5"]), "E08"), []);
}

#[test]
fn a_unit_the_document_does_not_have_is_reviewed_all_the_same() {
    let document = small(json!([{"title": "Uno", "in": 7, "weight": percent("90")}]));
    assert_eq!(places(&document, "E04"), ["/objectives/0/assignments/0"]);
}
