//! Large sources are read whole.

use super::*;

/// Reads many lines like these.
fn whole(head: &str, line: impl Fn(usize) -> String) {
    let body: Vec<String> = (0..4_000).map(line).collect();
    let source = text(&format!("{head}\n{}", body.join("\n")));
    let gathered = gather(&source, shared("table_with_phases"));
    assert_eq!(gathered.uses().len(), source.lines().len());
}

const HEAD: &str =
    "STRUTTURA: AREA ROSSA\nN°\tDescrizione Obiettivi\tPeso %\tIndicatori\tValori Attesi\tData Fine Attesa";

#[test]
fn many_objectives_with_phases_are_read_whole() {
    whole(HEAD, |n| format!("{}\tQualcosa da fare numero {n}\t10%\tQuante cose\t{n}\t31.12.2024", n / 2));
}

#[test]
fn a_cell_that_goes_on_over_many_rows_is_read_whole() {
    whole(&format!("{HEAD}\n1\tInizio\t10%\tQuante\t1\toggi"), |_| "\te ancora parole\t\t\t\t".to_owned());
}

#[test]
fn many_structures_are_read_whole() {
    whole("", |n| format!("STRUTTURA: AREA {n}, RESPONSABILE: FUNZIONARIO {n}"));
}

#[test]
fn one_line_of_many_cells_is_read_whole() {
    whole(&format!("{HEAD}\n{}", "1\t".repeat(200_000)), |_| "parole".to_owned());
}
