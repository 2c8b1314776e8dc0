use super::*;

fn with_cup(cup: &str) -> PlanDocument {
    small(json!([{"title": "Uno", "in": 0, "cup": [cup]}]))
}

#[test]
fn a_code_that_is_no_cup_is_found_and_repaired_by_place_but_never_by_itself() {
    for (cup, repaired) in [
        ("151F22001234005", "I51F22001234005"),
        ("I5IF22OO1234005", "I51F22001234005"),
        ("151 F22 001234005", "I51F22001234005"),
        ("\u{415}51F22001234005", "E51F22001234005"),
    ] {
        let found = of(&with_cup(cup), "E21");
        assert_eq!(found[0].place.pointer, "/objectives/0/cup/0");
        assert_eq!(
            found[0].suggestion,
            Some(Suggestion { text: repaired.into(), safe: false, replaces: true }),
            "{cup}"
        );
    }
    let lost = of(&with_cup("I51F2200"), "E21");
    assert!(!lost[0].suggestion.as_ref().unwrap().text.contains("I51"));
    assert_eq!(of(&with_cup("I51F22001234005"), "E21"), []);
}

#[test]
fn look_alike_letters_are_found_in_any_text_with_the_words_to_write() {
    let document = small(json!([{"title": "\u{422}empi di legge", "in": 0, "notes": "Categoria \u{421}"}]));
    let found = of(&document, "E22");
    assert_eq!(places(&document, "E22"), ["/objectives/0/title", "/objectives/0/notes"]);
    assert_eq!(found[0].words.as_deref(), Some("\u{422}empi"));
    assert_eq!(found[0].suggestion, Some(Suggestion { text: "Tempi".into(), safe: true, replaces: true }));
}

#[test]
fn foreign_words_and_accents_are_no_look_alikes() {
    for title in ["Qualità è già così", "Il giornale Правда", "La lettera λ", "Superficie in m²"]
    {
        assert_eq!(of(&small(json!([{"title": title, "in": 0}])), "E22"), [], "{title}");
    }
}

fn with_programme(code: &str, label: Option<&str>, year: i32) -> PlanDocument {
    let mut link = json!({"code": code});
    if let Some(label) = label {
        link["label"] = json!(label);
    }
    let objectives = json!([{"title": "Uno", "in": 0, "programmes": [link]}]);
    plan(year, &[("S.A", "Settore amministrativo")], objectives)
}

#[test]
fn a_programme_called_as_another_is_found_with_the_one_meant() {
    let found = of(&with_programme("04.06", Some("Istruzione tecnica superiore"), 2024), "E20");
    assert_eq!(found[0].place.pointer, "/objectives/0/programmes/0");
    assert_eq!(found[0].words.as_deref(), Some("04.06 Istruzione tecnica superiore"));
    let suggestion = found[0].suggestion.as_ref().unwrap();
    assert!(suggestion.text.starts_with("04.05"), "{}", suggestion.text);
    assert!(!suggestion.safe);
    assert_eq!(of(&with_programme("04.05", Some("ISTRUZIONE TECNICA SUPERIORE"), 2024), "E20"), []);
    assert_eq!(of(&with_programme("04.06", None, 2024), "E20"), []);
}

#[test]
fn a_programme_its_year_does_not_have_is_found() {
    assert_eq!(of(&with_programme("12.11", None, 2025), "E20").len(), 1);
    assert_eq!(of(&with_programme("12.11", None, 2026), "E20"), []);
    assert_eq!(of(&with_programme("77.01", None, 2026), "E20").len(), 1);
    assert_eq!(of(&with_programme("04.03", None, 2025), "E20").len(), 1, "of regions only");
}

#[test]
fn fillers_stand_in_the_order_they_are_looked_up_in() {
    use crate::review::words::is_filler;
    assert!(["a", "e", "entro", "sulle", "uno"].into_iter().all(is_filler));
    assert!(!is_filler("pagamenti"));
}
