use super::*;
use crate::act::ActKind;
use crate::objective::Art8Area;
use crate::vocabulary::Vocabulary as _;

fn code(text: &str) -> ProgrammeCode {
    ProgrammeCode::parse(text).unwrap()
}

fn label(text: &str, year: i32) -> Option<&'static str> {
    programme(&code(text), year).map(|entry| entry.label)
}

#[test]
fn a_code_means_one_thing_in_a_year() {
    for list in ListName::all() {
        for year in 2009..=2035 {
            let mut codes: Vec<_> = in_year(*list, year).map(|entry| entry.code).collect();
            let all = codes.len();
            codes.sort_unstable();
            codes.dedup();
            assert_eq!(codes.len(), all, "{list:?} in {year}");
        }
    }
}

#[test]
fn every_entry_says_something_and_ends_after_it_begins() {
    for list in ListName::all() {
        assert!(!entries(*list).is_empty() && !list.meaning().is_empty() && !list.source().is_empty());
        for entry in entries(*list) {
            assert!(!entry.label.trim().is_empty() && !entry.code.is_empty(), "{entry:?}");
            assert!(entry.to.is_none_or(|to| to >= entry.from), "{entry:?}");
        }
    }
}

#[test]
fn every_parent_is_in_the_same_list() {
    for list in ListName::all() {
        for entry in entries(*list) {
            let known = entry.parent.is_none_or(|parent| entries(*list).iter().any(|e| e.code == parent));
            assert!(known, "{entry:?}");
        }
    }
}

#[test]
fn a_programme_begins_with_its_mission() {
    for entry in entries(ListName::Programmes) {
        let mission = entry.code.split_once('.').map(|(mission, _)| mission);
        assert_eq!(entry.parent, mission, "{entry:?}");
    }
    assert_eq!(entries(ListName::Programmes).iter().filter(|entry| entry.parent.is_none()).count(), 23);
}

#[test]
fn nurseries_have_their_own_programme_from_2026() {
    assert_eq!(label("12.11", 2025), None);
    assert_eq!(label("12.11", 2026), Some("Interventi per asili nido"));
    assert_eq!(label("12.01", 2025), Some("Interventi per l'infanzia e i minori e per asili nido"));
    assert_eq!(label("12.01", 2026), Some("Interventi per l'infanzia e i minori"));
}

#[test]
fn before_the_harmonised_budget_there_is_no_programme() {
    assert_eq!(label("01.02", 2014), None);
    assert_eq!(label("01.02", 2015), Some("Segreteria generale"));
    assert_eq!(label("01.99", 2024), None);
}

#[test]
fn school_buildings_are_a_programme_of_regions_only() {
    assert!(programme(&code("04.03"), 2024).unwrap().is_for_regions_only());
    assert!(!programme(&code("04.06"), 2024).unwrap().is_for_regions_only());
}

#[test]
fn classes_of_population_leave_no_hole_and_do_not_overlap() {
    for (scheme, classes) in [(ListName::PopulationTuel, 12), (ListName::PopulationStaffing, 9)] {
        let mut next = Some(0);
        for entry in entries(scheme) {
            let class = entry.residents.unwrap();
            assert_eq!(Some(class.at_least), next, "{entry:?}");
            next = class.at_most.map(|most| most + 1);
        }
        assert_eq!((next, entries(scheme).len()), (None, classes));
    }
}

#[test]
fn a_comune_is_of_one_class_in_each_scheme() {
    let class = |scheme, residents| population_class(scheme, residents).map(|entry| entry.code);
    assert_eq!(class(ListName::PopulationTuel, 5_953), Some("6"));
    assert_eq!(class(ListName::PopulationTuel, 0), Some("1"));
    assert_eq!(class(ListName::PopulationTuel, 4_999), Some("5"));
    assert_eq!(class(ListName::PopulationTuel, u32::MAX), Some("12"));
    assert_eq!(class(ListName::PopulationStaffing, 25_000), Some("f"));
    assert_eq!(class(ListName::PopulationStaffing, 1_500_000), Some("i"));
    assert_eq!(class(ListName::Programmes, 25_000), None);
}

#[test]
fn what_a_plan_can_name_is_what_the_lists_have() {
    let codes = |list| entries(list).iter().map(|entry| entry.code).collect::<Vec<_>>();
    let areas: Vec<_> = Art8Area::all().iter().map(|area| area.word()).collect();
    let acts: Vec<_> = ActKind::all().iter().map(|act| act.word()).collect();
    assert_eq!((codes(ListName::PerformanceAreas), codes(ListName::ActTypes)), (areas, acts));
}

#[test]
fn labels_agree_as_comuni_print_them() {
    for (text, printed, agrees) in [
        ("01.02", "Segreteria generale e organizzazione", true),
        ("01.02", "SEGRETERIA GENERALE", true),
        ("01.02", "Segreteria", true),
        (
            "01.03",
            "Gestione economica, finanziaria, programmazione, provveditorato e controllo di gestione",
            true,
        ),
        ("01.06", "Ufficio Tecnico", true),
        ("01.07", "Anagrafe e stato civile - servizio elettorale e consultazioni popolari", true),
        ("01.08", "Servizio statistico e sistemi informativi", true),
        ("03.01", "Polizia locale", true),
        ("05.02", "Attivita' culturali e interventi diversi nel settore culturale", true),
        ("06.02", "Politiche giovanili", true),
        ("08.01", "Urbanistica e programmazione del territorio", true),
        ("08.02", "Edilizia residenziale pubblica e locale e piani di edilizia economico- popolare", true),
        ("12.01", "Interventi per l'infanzia e per i minori", true),
        ("12.07", "Servizi sociali", true),
        ("04.06", "Istruzione tecnica superiore", false),
        ("14.02", "Ufficio tecnico", false),
        ("06.01", "Piscine comunali, stadio comunale, palazzetto ed altri impianti", false),
        ("04.02", "Istruzione universitaria", false),
        ("01.01", "Segreteria generale", false),
        ("12.02", "Interventi per gli anziani", false),
    ] {
        let entry = programme(&code(text), 2024).unwrap();
        assert_eq!(label_agrees(printed, entry), agrees, "{text} {printed}");
    }
}

/// But for the two of the debt, whose labels are one word apart.
#[test]
fn the_label_of_one_programme_is_never_that_of_another() {
    for year in [2024, 2026] {
        let programmes = || {
            in_year(ListName::Programmes, year)
                .filter(|entry| entry.parent.is_some_and(|parent| parent != "50"))
        };
        for entry in programmes() {
            assert!(label_agrees(entry.label, entry), "{entry:?}");
            let others = programmes().filter(|other| other.code != entry.code);
            let confused: Vec<_> = others.filter(|other| label_agrees(entry.label, other)).collect();
            let may_be =
                entry.is_for_regions_only() || confused.iter().all(|other| other.is_for_regions_only());
            assert!(may_be, "{} {} {confused:?}", entry.code, entry.label);
        }
    }
}

#[test]
fn no_words_contradict_no_code() {
    assert!(label_agrees("", programme(&code("01.02"), 2024).unwrap()));
    assert!(label_agrees("- / -", programme(&code("01.02"), 2024).unwrap()));
}
