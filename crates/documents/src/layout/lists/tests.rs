use traguardo_domain::reading::Confidence;
use traguardo_domain::review::FindingCode;
use traguardo_domain::section::SectionKind;
use traguardo_domain::unit::UnitKind;

use super::*;
use crate::gathered::GatheredSection;
use crate::layout::structures::name_among;
use crate::layout::testing::{
    not_understood, nothing_is_lost, seed, shipped_profile, source_of, uses, words,
};
use crate::profile::Field;

mod any;
mod plans;

fn read(text: &str) -> Gathered {
    let source = source_of(text);
    let gathered = gather(&source, shipped_profile("lists_under_headings"));
    nothing_is_lost(&source, &gathered);
    gathered
}

/// Level, name and number of objectives of every structure, and the level above it.
fn outline(gathered: &Gathered) -> Vec<(UnitKind, &str, usize)> {
    let units = gathered.units.iter().enumerate();
    let counted = units.map(|(at, unit)| {
        let objectives = gathered.objectives.iter().filter(|objective| objective.units == [at]).count();
        (unit.kind, words(name_among(&unit.fields)), objectives)
    });
    counted.collect()
}

fn titles(gathered: &Gathered) -> Vec<&str> {
    gathered.objectives.iter().map(|objective| words(objective.fields.get(Field::Title))).collect()
}

#[test]
fn the_real_plan_is_read_whole() {
    let Some(text) = seed("004_") else { return };
    let gathered = read(&text);
    assert_eq!(not_understood(&gathered), [0_usize; 0]);
    assert_eq!(gathered.objectives.len(), 127);
    let outline = outline(&gathered);
    let of = |level: UnitKind| outline.iter().filter(move |(kind, ..)| *kind == level);
    assert_eq!(of(UnitKind::Area).count(), 6);
    let per_sector: Vec<usize> = of(UnitKind::Sector).map(|(.., objectives)| *objectives).collect();
    assert_eq!(per_sector, [20, 7, 5, 15, 8, 7, 16, 12, 14, 13, 10]);
    assert!(gathered.units.iter().all(|unit| (unit.kind == UnitKind::Area) == unit.parent.is_none()));
    let codes: Vec<&str> = gathered
        .units
        .iter()
        .filter_map(|unit| unit.fields.get(Field::Code))
        .map(|code| code.words.as_str())
        .collect();
    assert_eq!(codes, ["A", "B", "C", "D", "E", "F"]);
    let kinds = [ObjectiveKind::Operational, ObjectiveKind::Individual];
    assert!(gathered.objectives.iter().all(|objective| objective.kinds == kinds));
    assert!(words(gathered.title.as_ref()).ends_with("2024-2026"));
}

#[test]
fn the_narrative_of_the_real_plan_keeps_its_tables_and_the_common_objectives() {
    let Some(text) = seed("004_") else { return };
    let gathered = read(&text);
    let section = |kind, title: &str| {
        let named = |section: &&GatheredSection| {
            section.kind == kind && words(section.title.as_ref()).contains(title)
        };
        gathered.sections.iter().find(named).unwrap()
    };
    let rows =
        |section: &GatheredSection| section.lines.iter().filter(|line| line.words.starts_with("| ")).count();
    assert_eq!(rows(section(SectionKind::ExternalContext, "CONTESTO ESTERNO")), 1 + 4);
    assert_eq!(rows(section(SectionKind::InternalContext, "CONTESTO INTERNO")), 1 + 8 + 1);
    assert_eq!(uses(&gathered)[&Use::Total], 1);
    let common = section(SectionKind::Planning, "OBIETTIVI STRATEGICI comuni");
    let numbered = common
        .lines
        .iter()
        .filter(|line| line.words.split(' ').next().is_some_and(|mark| mark.ends_with(')')));
    let marks: Vec<&str> = numbered.filter_map(|line| line.words.split(' ').next()).collect();
    assert_eq!(marks, ["1)", "2)", "3)", "4)", "5)", "6)", "7)"]);
    let kinds: Vec<SectionKind> = gathered.sections.iter().map(|section| section.kind).collect();
    for kind in [SectionKind::Introduction, SectionKind::Mandate, SectionKind::Evaluation] {
        assert!(kinds.contains(&kind), "{kind:?}");
    }
    assert_eq!(gathered.units.iter().map(|unit| unit.staff.len()).sum::<usize>(), 6);
}

#[test]
fn the_figures_of_the_real_plan_that_disagree_are_told() {
    let Some(text) = seed("004_") else { return };
    let gathered = read(&text);
    let found: Vec<(FindingCode, usize)> =
        gathered.noticed.iter().map(|noticed| (noticed.code, noticed.place.line + 1)).collect();
    let code = FindingCode::FiguresDisagree;
    assert_eq!(found, [(code, 79), (code, 115), (code, 117)]);
}

#[test]
fn items_a_page_cut_in_two_are_whole_again() {
    let gathered = read(
        "AREA SOCIALE\n\n- Sostenere le famiglie, sia con\n\n3\n\naiuti economici che con servizi\n- Curare gli anziani;\n",
    );
    assert_eq!(
        titles(&gathered),
        ["Sostenere le famiglie, sia con aiuti economici che con servizi", "Curare gli anziani;"]
    );
    let cut = gathered.objectives[0].fields.get(Field::Title).unwrap();
    assert_eq!(cut.more, [Place { line: 6, cell: 0 }]);
    assert_eq!(gathered.uses()[4], Use::Decoration);
}

#[test]
fn a_paragraph_inside_a_list_ends_no_list_of_the_same_marks() {
    let text = "SETTORE TRIBUTI\n- Primo\n- Secondo\nGli obiettivi si verificano a metà anno.\n- Terzo\na) Nota\nb) Altra nota\n";
    let gathered = read(text);
    assert_eq!(titles(&gathered), ["Primo", "Secondo", "Terzo"]);
    let confidence = |at: usize| gathered.objectives[at].fields.get(Field::Title).unwrap().confidence;
    assert_eq!([confidence(1), confidence(2)], [Confidence::Certain, Confidence::Likely]);
    assert_eq!(
        gathered.sections[0].body(),
        "Gli obiettivi si verificano a metà anno.\n\na) Nota\nb) Altra nota"
    );
}

#[test]
fn items_of_another_mark_say_more_of_the_objective_above() {
    let gathered = read("SETTORE TRIBUTI\n1. Primo\n- con un passo\n- e un altro\n2. Secondo\n");
    assert_eq!(titles(&gathered), ["Primo", "Secondo"]);
    assert_eq!(words(gathered.objectives[0].fields.get(Field::Description)), "- con un passo - e un altro");
    assert_eq!(words(gathered.objectives[1].fields.get(Field::Number)), "2.".trim_end_matches('.'));
}

#[test]
fn an_index_repeats_headings_and_the_head_of_a_page_repeats_the_cover() {
    let text = "COMUNE DI PIEVE INVENTATA\n\nPIANO DELLA PERFORMANCE 2026\n1. Premessa\n2. Contesto esterno\n3. Contesto interno\nPREMESSA\nParole.\nCOMUNE DI PIEVE INVENTATA\nAltre parole.\n";
    let gathered = read(text);
    assert_eq!(uses(&gathered)[&Use::Decoration], 5);
    assert_eq!(gathered.sections.len(), 1);
    assert_eq!(gathered.sections[0].body(), "Parole.\n\nAltre parole.");
    assert_eq!(words(gathered.title.as_ref()), "PIANO DELLA PERFORMANCE 2026");
}
