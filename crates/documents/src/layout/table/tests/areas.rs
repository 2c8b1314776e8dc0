//! Plans of ours with a table per area, headings over several lines and groups of objectives.

use super::*;

const LAGO: &str = "\
ALLEGATO 3
PIANO DELLA PERFORMANCE 2027-2029

OBIETTIVI DEL SEGRETARIO GENERALE
N\tObiettivi anno 2027\tPeso\tIndicatori\tScadenza\tTarget
1\tGiunta assistita\t100%\tSedute\t31/12/2027\t40

OBIETTIVI AREA II
Affari finanziari
Responsabile ad interim

Funzionario contabile
N\tObiettivi anno 2027\tPeso\tIndicatori\tScadenza\tTarget
1\tBilancio in tempo\t30%\tGiorni\t28/02/2027\t0
\t\t\tRilievi del revisore\t\t0
2\tCassa certa\t70%\tScarto\t31/12/2027\t5%
<b>Obiettivi trasversali</b>\t\t\t\t\t
1\tFormazione\t5%\tOre\t31/12/2027\t40
AREA II
N\tObiettivi anno 2027\tPeso\tIndicatori\tScadenza\tTarget
2\tAccessibilità\t5%\tPagine\t31/12/2027\t100%

OBIETTIVI AREA B - Territorio
Responsabile: Istruttore direttivo
N\tObiettivi di area anno 2026\tPeso\tIndicatori\tScadenza\tTarget
3\tVerde\t50%\tAlberi\t30/11/2027\t20
\t\t\t\t30/12/2027\t
5\tStrade\t\tKm\t
";

#[test]
fn areas_in_roman_figures_and_letters_are_read() {
    let gathered = gather(&text(LAGO), shared("table_per_area"));
    assert_eq!(gathered.title.as_ref().unwrap().words, "PIANO DELLA PERFORMANCE 2027-2029");
    assert_eq!(gathered.sections.len(), 2); // the annex, and a line that may be anything
    let fields = [Field::Number, Field::Unit, Field::Interim, Field::Responsible, Field::Year];
    let units: Vec<[&str; 5]> =
        gathered.units.iter().map(|unit| fields.map(|field| said(&unit.fields, field))).collect();
    assert_eq!(
        units,
        [
            ["", "SEGRETARIO GENERALE", "", "", "2027"],
            ["II", "Affari finanziari", "ad interim", "", "2027"],
            ["B", "Territorio", "", "Istruttore direttivo", "2026"],
        ]
    );
    assert_eq!(gathered.units.iter().map(|unit| unit.parent).collect::<Vec<_>>(), [None; 3]);
    let rows: Vec<(usize, &str, bool, usize)> = gathered
        .objectives
        .iter()
        .map(|objective| {
            let transversal = objective.kinds == [ObjectiveKind::Transversal];
            (
                objective.units[0],
                said(&objective.fields, Field::Number),
                transversal,
                objective.indicators.len(),
            )
        })
        .collect();
    assert_eq!(
        rows,
        [
            (0, "1", false, 1),
            (1, "1", false, 2),
            (1, "2", false, 1),
            (1, "1", true, 1),
            (1, "2", true, 1),
            (2, "3", false, 1),
            (2, "5", false, 1),
        ]
    );
    let aims = |at: usize| {
        gathered.objectives[at].indicators.iter().map(|own| said(own, Field::Target)).collect::<Vec<_>>()
    };
    assert_eq!([aims(1), aims(5)], [vec!["0", "0"], vec!["20"]]);
    assert_eq!(said(&gathered.objectives[5].indicators[0], Field::Deadline), "30/11/2027 30/12/2027");
    assert_eq!(noticed(&gathered), [("E19", 28)]);
    assert_eq!(count(&gathered, Use::NotUnderstood), 0);
    assert_eq!(count(&gathered, Use::RepeatedHeader), 1);
}

#[test]
fn a_row_without_a_place_is_told_of_and_not_guessed() {
    let plan = "OBIETTIVI AREA 1\nN\tObiettivi\tPeso\tIndicatori\n\t\t20%\t\n4\t\t\t\n1\tCosa\t10%\tQuanto\n\tStrane\tparole";
    let mut profile = shared("table_per_area").clone();
    profile.repairs.continued_rows = false;
    let gathered = gather(&text(plan), &profile);
    assert_eq!(count(&gathered, Use::NotUnderstood), 2);
    assert_eq!(noticed(&gathered), [("E19", 3), ("E09", 4), ("E19", 6)]);
}

#[test]
fn sections_and_lists_between_tables_keep_their_words() {
    let plan = "Premessa\nCome si legge.\n\nOBIETTIVI AREA 1\nTecnica\n\nChe cosa fa l'area tecnica.\n\
                N\tObiettivi\tPeso\tIndicatori\n1\tCosa\t10%\tQuanto\n\nCriteri di valutazione\nConta tutto.\na\tb\tc";
    let gathered = gather(&text(plan), shared("table_per_area"));
    let sections: Vec<(Option<&str>, Vec<&str>)> = gathered
        .sections
        .iter()
        .map(|section| {
            let lines = section.lines.iter().map(|line| line.words.as_str()).collect();
            (section.title.as_ref().map(|title| title.words.as_str()), lines)
        })
        .collect();
    assert_eq!(
        sections,
        [
            (Some("Premessa"), vec!["Come si legge."]),
            (None, vec!["Che cosa fa l'area tecnica."]),
            (Some("Criteri di valutazione"), vec!["Conta tutto."]),
        ]
    );
    assert_eq!(gathered.uses().last(), Some(&Use::NotUnderstood));
}

#[test]
fn a_structure_that_comes_again_is_the_same_with_what_it_says_more() {
    let plan = "OBIETTIVI AREA 1\nTecnica\nN\tObiettivi\tPeso\tIndicatori\n1\tCosa\t10%\tQuanto\nOBIETTIVI AREA 2\nVerde\n\
                1\tAltro\t10%\tQuanto\nOBIETTIVI AREA 1\nTecnica\nResponsabile: Geometra\n2\tAncora\t5%\tQuanto\n\
                Obiettivi del settore 7: Tributi\n1\tRuoli\t\t\nOBIETTIVI DELLA SEGRETERIA GENERALE\n1\tAtti\t\t";
    let gathered = gather(&text(plan), shared("table_per_area"));
    let units: Vec<_> =
        gathered.units.iter().map(|unit| (said(&unit.fields, Field::Unit), unit.parent)).collect();
    assert_eq!(
        units,
        [("Tecnica", None), ("Verde", None), ("Tributi", Some(0)), ("SEGRETERIA GENERALE", None)]
    );
    assert_eq!(said(&gathered.units[0].fields, Field::Responsible), "Geometra");
    let of: Vec<usize> = gathered.objectives.iter().map(|objective| objective.units[0]).collect();
    assert_eq!(of, [0, 1, 0, 2, 3]);
}
