use super::*;

const UNITS: [(&str, &str); 3] =
    [("SA", "Settore affari"), ("SF", "Settore finanze"), ("ST", "Settore tecnico")];

fn titled(titles: [&str; 3]) -> PlanDocument {
    let objectives: Vec<Value> = titles
        .iter()
        .enumerate()
        .map(|(at, title)| json!({"title": title, "in": at, "code": format!("1/{at}")}))
        .collect();
    plan(2025, &UNITS, json!(objectives))
}

#[test]
fn an_objective_written_again_in_other_structures_is_told_once() {
    let found = of(&titled(["Tempi dei procedimenti", "TEMPI DEI PROCEDIMENTI.", "Altro compito"]), "E24");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].place.pointer, "/objectives/0");
    assert!(found[0].message.contains("Settore finanze (1/1)"), "{}", found[0].message);
    assert_eq!(of(&titled(["Tempi dei procedimenti", "Tempi dei pagamenti", "Altro compito"]), "E24"), []);
}

#[test]
fn one_misspelled_word_does_not_hide_a_copy() {
    let one = "Attuazione delle misure previste dal piano triennale anticorruzione, antiriciclaggio, codice comportamento, rotazione, trasparenza";
    let found = of(&titled([one, &one.replace("riciclaggio", "riciclagio"), "Altro compito"]), "E24");
    assert_eq!(found.len(), 1);
    let other = one.replace("misure previste", "procedure scritte").replace("rotazione", "controlli");
    assert_eq!(of(&titled([one, &other, "Altro compito"]), "E24"), []);
}

#[test]
fn copies_in_one_structure_and_one_objective_of_many_are_no_copies() {
    let same =
        small(json!([{"title": "Gestione ordinaria", "in": 0}, {"title": "Gestione ordinaria", "in": 0}]));
    assert_eq!(of(&same, "E24"), []);
    let shared = plan(
        2025,
        &UNITS,
        json!([
        {"title": "Gestione ordinaria", "assignments": [{"unit": 0}, {"unit": 1}, {"unit": 2}]}]),
    );
    assert_eq!(of(&shared, "E24"), []);
}

#[test]
fn long_titles_by_the_hundred_are_compared() {
    let objectives: Vec<Value> = (0..300)
        .map(|at| {
            let words: Vec<String> =
                (0..60).map(|word| format!("parola{}", (at * 7 + word * 13) % 97)).collect();
            json!({"title": format!("{} {at}", words.join(" ")), "in": at % 3})
        })
        .collect();
    let document = plan(2025, &UNITS, json!(objectives));
    let found = review(&document, &Context::default());
    assert!(!found.is_empty());
}
