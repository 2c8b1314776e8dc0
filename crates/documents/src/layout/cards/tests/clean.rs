//! A plan written by a word processor: proper rows, nothing torn, no blank lines. It must be read perfectly.

use super::*;

const PLAN: &str = include_str!("../../../../fixtures/cards_clean.txt");

/// The same plan as a word processor keeps it.
fn document() -> Gathered {
    let mut document = source(PLAN);
    document.format = SourceFormat::Docx;
    gather(&document, profile())
}

#[test]
fn a_clean_plan_is_read_whole_and_nothing_is_noticed() {
    let gathered = document();
    assert_eq!(gathered.noticed, []);
    assert_eq!(lines_that(&gathered, Use::NotUnderstood), [0; 0]);
    assert_eq!(gathered.objectives.len(), 5);
    assert_eq!(gathered.objectives, read(PLAN).objectives);
}

#[test]
fn its_structures_have_offices_posts_activities_and_weights() {
    let gathered = document();
    let names: Vec<(&str, Option<usize>)> =
        gathered.units.iter().map(|unit| (words(&unit.fields, Field::Unit), unit.parent)).collect();
    assert_eq!(
        names,
        [
            ("Area Servizi alla Comunità", None),
            ("Ufficio Anagrafe", Some(0)),
            ("Ufficio Scuola e Biblioteca", Some(0)),
            ("Area Territorio", None),
            ("Sportello Edilizia", Some(3)),
        ]
    );
    let area = &gathered.units[0];
    assert_eq!(words(&area.fields, Field::Responsible), "Funzionario incaricato dei servizi alla comunità");
    assert_eq!(words(&area.fields, Field::Code), "SC");
    assert_eq!(column(&area.staff, Field::Posts), ["1", "2,5", "1"]);
    assert_eq!(column(&area.staff, Field::Category), ["Funzionari", "Istruttori", "Operatori esperti"]);
    assert_eq!(area.staff_total.as_ref().unwrap().words, "4,5");
    assert_eq!(area.activities.len(), 2);
    assert_eq!(column(&area.summary, Field::Weight), ["40%", "35%", "25%"]);
    assert_eq!(area.summary_total.as_ref().unwrap().words, "100%");
}

#[test]
fn its_cards_have_every_value_in_its_field() {
    let gathered = document();
    let first = card(&gathered, "1/SC");
    for (field, expected) in [
        (Field::Title, "Carte d'identità senza attese"),
        (Field::CardWeight, "40%"),
        (Field::Weight, "40%"),
        (Field::Programme, "01.07 Anagrafe e stato civile"),
        (Field::DupObjective, "Servizi vicini alle persone"),
        (Field::Stakeholders, "Residenti"),
        (Field::Impact, "Meno code allo sportello"),
        (Field::Result, "Appuntamento entro due giorni"),
    ] {
        assert_eq!(words(&first.fields, field), expected);
    }
    assert_eq!(
        column(&first.steps, Field::Step),
        ["Agenda in rete", "Secondo sportello al mattino", "Apertura del sabato"]
    );
    assert_eq!(
        column(&first.steps, Field::StepTimes),
        ["entro il 31/03/2026", "entro il 30/06/2026", "dal 01/09/2026"]
    );
    assert_eq!(
        column(&first.indicators, Field::Profile),
        ["Tempestività", "Qualità (percepita)", "Economicità"]
    );
    assert_eq!(column(&first.indicators, Field::Target), ["<= 2", ">= 8", "non superiore a 12 euro"]);
    let indicators: Vec<usize> = gathered.objectives.iter().map(|card| card.indicators.len()).collect();
    assert_eq!(indicators, [3, 1, 1, 2, 1]);
}

#[test]
fn its_text_outside_of_structures_is_a_section() {
    let gathered = document();
    assert_eq!(gathered.title.as_ref().unwrap().words, "Piano della performance 2026");
    let titles: Vec<Option<&str>> = gathered
        .sections
        .iter()
        .map(|section| section.title.as_ref().map(|title| title.words.as_str()))
        .collect();
    assert_eq!(titles, [None, Some("Premessa")]);
    assert_eq!(gathered.sections[1].lines.len(), 2);
}

#[test]
fn a_category_of_one_letter_is_no_stain() {
    let text = include_str!("../../../../fixtures/cards_clean.txt").replace("\tFunzionari\t", "\tD\t");
    let gathered = read(&text);
    assert_eq!(column(&gathered.units[0].staff, Field::Category)[0], "D");
}
