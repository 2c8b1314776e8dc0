use super::*;

/// A plan of one structure whose objectives have these codes; an empty one is no code.
fn coded(codes: &[&str]) -> PlanDocument {
    let objectives: Vec<Value> = codes
        .iter()
        .enumerate()
        .map(|(at, code)| {
            let mut objective = json!({"title": format!("Obiettivo {at}"), "in": 0});
            if !code.is_empty() {
                objective["code"] = json!(code);
            }
            objective
        })
        .collect();
    small(json!(objectives))
}

#[test]
fn numbers_missing_repeated_or_out_of_order_are_found() {
    assert_eq!(places(&coded(&["1/SA", "", "3/SA"]), "E09"), ["/objectives/1"]);
    assert_eq!(places(&coded(&["1/SA", "//SA", "3/SA"]), "E09"), ["/objectives/1/code"]);
    assert_eq!(places(&coded(&["1", "2", "2"]), "E09"), ["/objectives/2/code"]);
    assert_eq!(places(&coded(&["1", "3", "2", "4"]), "E09"), ["/objectives/2/code"]);
    assert_eq!(places(&coded(&["1", "2", "3"]), "E09"), [""; 0]);
    assert_eq!(places(&coded(&["", "", ""]), "E09"), [""; 0]);
}

#[test]
fn holes_in_a_numbering_are_told_once_for_the_structure() {
    let found = of(&coded(&["2", "3", "5", "7", "8", "9"]), "E09");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].place.pointer, "/units/0");
    assert_eq!(found[0].words.as_deref(), Some("1, 4 e 6"));
}

#[test]
fn transversal_objectives_number_themselves_anew_and_a_numbering_may_go_on_from_another_structure() {
    let document = small(json!([
        {"title": "Uno", "code": "1", "in": 0}, {"title": "Due", "code": "2", "in": 0},
        {"title": "Tre", "code": "1", "in": 0, "kinds": ["transversal"]},
        {"title": "Quattro", "code": "2", "in": 0, "kinds": ["transversal"]}]));
    assert_eq!(of(&document, "E09"), []);
    let going_on = plan(
        2025,
        &[("SEG", "Segretario"), ("DIP", "Dipartimento")],
        json!([
        {"title": "Uno", "code": "1", "in": 0}, {"title": "Due", "code": "2", "in": 0},
        {"title": "Tre", "code": "3", "in": 1}, {"title": "Quattro", "code": "4", "in": 1}]),
    );
    assert_eq!(of(&going_on, "E09"), []);
}

#[test]
fn one_wrong_number_is_one_finding() {
    assert_eq!(places(&coded(&["29", "2", "3", "4", "5", "6"]), "E09"), ["/objectives/0/code"]);
    assert_eq!(places(&coded(&["1", "2", "40", "3", "4", "5"]), "E09"), ["/objectives/2/code"]);
}

/// A department with two offices, whose objectives have these codes, an office after the other in turn.
fn of_two_offices(codes: &[&str]) -> PlanDocument {
    let objectives: Vec<Value> = codes
        .iter()
        .zip([1, 2].into_iter().cycle())
        .map(|(code, unit)| json!({"title": "Atto", "code": code, "in": unit}))
        .collect();
    let units = [("D", "Dipartimento"), ("D.1", "Primo ufficio"), ("D.2", "Secondo ufficio")];
    let mut document = plan(2025, &units, json!(objectives));
    let top = document.units[0].id;
    document.units[1..].iter_mut().for_each(|unit| unit.facts.parent = Some(top));
    document
}

#[test]
fn offices_of_a_branch_may_be_numbered_through() {
    assert_eq!(of(&of_two_offices(&["1", "2", "3", "4", "5", "6", "7"]), "E09"), []);
    let found = of(&of_two_offices(&["1", "2", "3", "5", "6", "7"]), "E09");
    let places: Vec<(&str, Option<&str>)> =
        found.iter().map(|finding| (finding.place.pointer.as_str(), finding.words.as_deref())).collect();
    assert_eq!(places, [("/units/0", Some("4"))]);
    assert_eq!(of(&of_two_offices(&["1", "1", "2", "2", "3", "3"]), "E09"), []);
}

#[test]
fn a_structure_missing_in_a_sequence_is_found() {
    let numbered = |names: &[&str]| {
        let units: Vec<(String, &str)> =
            names.iter().enumerate().map(|(at, name)| (format!("U{}", at + 1), *name)).collect();
        let units: Vec<(&str, &str)> = units.iter().map(|(code, name)| (code.as_str(), *name)).collect();
        plan(2025, &units, json!([]))
    };
    let found = of(&numbered(&["Area 1 Affari generali", "Area 2", "Area 3", "Area 5 Urbanistica"]), "E10");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].place.pointer, "/units/3");
    assert_eq!(found[0].words.as_deref(), Some("area 4"));
    assert_eq!(places(&numbered(&["Settore I", "Settore II", "Settore IV"]), "E10"), ["/units/2"]);
    assert_eq!(places(&numbered(&["Area 1", "Area 2", "Area 3"]), "E10"), [""; 0]);
    assert_eq!(places(&numbered(&["Area 1", "Area 9", "Segreteria"]), "E10"), [""; 0]);
}

#[test]
fn a_structure_missing_in_a_sequence_of_codes_is_found() {
    let units = [("A1", "Affari"), ("A2", "Ragioneria"), ("A3", "Lavori"), ("A5", "Urbanistica")];
    assert_eq!(places(&plan(2024, &units, json!([])), "E10"), ["/units/3"]);
    assert_eq!(places(&plan(2024, &units[..3], json!([])), "E10"), [""; 0]);
}

#[test]
fn a_code_of_another_structure_is_found_with_the_one_expected() {
    let found = of(&coded(&["1/AV", "2/AV", "3/AV", "4/AA"]), "E11");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].place.pointer, "/objectives/3/code");
    assert_eq!(found[0].suggestion, Some(Suggestion { text: "4/AV".into(), safe: false, replaces: true }));
    assert_eq!(of(&coded(&["1/AV", "2/AV", "3/AV"]), "E11"), []);
    assert_eq!(of(&coded(&["1/AV", "2/AA"]), "E11"), []);
}

#[test]
fn an_objective_without_phases_beside_others_with_some_is_found() {
    let phased = json!({"title": "Uno", "in": 0, "phases": [{"title": "Fase"}]});
    let document = small(json!([phased, {"title": "Due", "in": 0}]));
    assert_eq!(places(&document, "E12"), ["/objectives/1"]);
    assert_eq!(of(&small(json!([{"title": "Uno", "in": 0}, {"title": "Due", "in": 0}])), "E12"), []);
    let elsewhere =
        plan(2025, &[("A", "Prima"), ("B", "Seconda")], json!([phased, {"title": "Due", "in": 1}]));
    assert_eq!(of(&elsewhere, "E12"), []);
}

#[test]
fn a_last_objective_that_breaks_off_is_found() {
    let ending = |title: &str| small(json!([{"title": "Primo di", "in": 0}, {"title": title, "in": 0}]));
    assert_eq!(places(&ending("Monitoraggio trimestrale della"), "E13"), ["/objectives/1"]);
    for whole in ["Monitoraggio trimestrale della spesa", "Vigilanza nell'area A", "Monitoraggio ..."] {
        assert_eq!(places(&ending(whole), "E13"), [""; 0], "{whole}");
    }
    let measured = json!({"title": "Monitoraggio della", "in": 0, "indicators": [measured("Atti")]});
    assert_eq!(of(&small(json!([measured])), "E13"), []);
}
