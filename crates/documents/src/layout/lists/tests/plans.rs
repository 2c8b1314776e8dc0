//! Plans of this layout written by us, with other words and other mistakes.

use super::*;

#[test]
fn a_plan_of_dots_and_dashes_without_brackets_is_read() {
    use SectionKind::{ExternalContext, Introduction, Planning, Staff};

    let gathered = read(include_str!("../../../../fixtures/lists_dots.txt"));
    assert_eq!(not_understood(&gathered), [0_usize; 0]);
    let expected = [
        (UnitKind::Area, "Area Tecnica e Ambiente", 0),
        (UnitKind::Sector, "Lavori pubblici", 4),
        (UnitKind::Sector, "Verde e parchi", 3),
        (UnitKind::Area, "AREA SERVIZI ALLA PERSONA", 0),
        (UnitKind::Sector, "Biblioteca civica", 2),
        (UnitKind::Sector, "Asilo nido comunale", 3),
    ];
    assert_eq!(outline(&gathered), expected);
    let parents: Vec<Option<usize>> = gathered.units.iter().map(|unit| unit.parent).collect();
    assert_eq!(parents, [None, Some(0), Some(0), None, Some(3), Some(3)]);
    assert_eq!(gathered.objectives.len(), 12);
    assert_eq!(
        titles(&gathered)[2],
        "Rifare la segnaletica orizzontale delle vie del centro e di quelle intorno alle scuole"
    );
    assert_eq!(words(gathered.units[1].fields.get(Field::Responsible)), "geometra capo");
    let kinds: Vec<SectionKind> = gathered.sections.iter().map(|section| section.kind).collect();
    assert_eq!(kinds, [Introduction, ExternalContext, Staff, Planning, Planning]);
    let common =
        gathered.sections[3].lines.iter().filter(|line| line.words.starts_with(|c: char| c.is_numeric()));
    assert_eq!(common.count(), 3);
    let noticed: Vec<(usize, &str)> =
        gathered.noticed.iter().map(|found| (found.place.line + 1, found.message.as_str())).collect();
    assert_eq!(
        noticed,
        [
            (22, "15 su 40 è il 37,5%, non la percentuale stampata"),
            (27, "Il totale stampato della colonna «Donne» è 14, ma le righe danno 15"),
        ]
    );
    let staff: Vec<(usize, Confidence)> = gathered
        .units
        .iter()
        .enumerate()
        .flat_map(|(at, unit)| {
            unit.staff.iter().map(move |post| (at, post.get(Field::Posts).unwrap().confidence))
        })
        .collect();
    assert_eq!(staff, [(0, Confidence::Likely), (4, Confidence::Guess)]);
}

#[test]
fn a_plan_of_numbers_without_areas_is_read() {
    let gathered = read(include_str!("../../../../fixtures/lists_numbers.txt"));
    assert_eq!(not_understood(&gathered), [0_usize; 0]);
    let expected = [
        (UnitKind::Service, "SERVIZIO FINANZIARIO", 3),
        (UnitKind::Service, "SERVIZIO ANAGRAFE E STATO CIVILE", 4),
        (UnitKind::Service, "SERVIZIO POLIZIA LOCALE", 2),
    ];
    assert_eq!(outline(&gathered), expected);
    assert!(gathered.units.iter().all(|unit| unit.parent.is_none()));
    let numbers: Vec<&str> =
        gathered.objectives.iter().map(|objective| words(objective.fields.get(Field::Number))).collect();
    assert_eq!(numbers, ["1", "2", "3", "1", "2", "4", "5", "1", "2"]);
    assert!(gathered.objectives.iter().all(|objective| objective.kinds == [ObjectiveKind::Operational]));
    assert_eq!(
        words(gathered.objectives[3].fields.get(Field::Description)),
        "- con uno sportello al mese nelle frazioni - e uno per telefono"
    );
    let codes: Vec<&str> = gathered.units.iter().map(|unit| words(unit.fields.get(Field::Code))).collect();
    assert_eq!(codes, ["F", "A", "P"]);
    assert_eq!(gathered.noticed.len(), 1);
    assert_eq!(
        gathered.noticed[0].message,
        "Lo stesso numero, 3412, è del 30 giugno 2025 nel testo e del 31 dicembre 2025 nella tabella"
    );
    let titled: Vec<&str> = gathered.sections.iter().map(|section| words(section.title.as_ref())).collect();
    assert_eq!(
        titled,
        [
            "1. PREMESSA",
            "2. IL CONTESTO ESTERNO",
            "3. STRUTTURA ORGANIZZATIVA",
            "5. MONITORAGGIO E VALUTAZIONE"
        ]
    );
}
