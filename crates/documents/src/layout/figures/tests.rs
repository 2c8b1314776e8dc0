use traguardo_domain::section::SectionKind;

use super::*;
use crate::gathered::GatheredSection;
use crate::layout::testing::source_of;

/// What is said of the figures of these paragraphs and of this table.
fn said(lines: &[&str], grids: &[Grid]) -> Vec<String> {
    let mut gathered = Gathered::nothing_of(&source_of(""));
    let lines = lines.iter().enumerate().map(|(line, words)| Found::new(*words, Place { line, cell: 0 }));
    let section = GatheredSection { kind: SectionKind::Staff, title: None, lines: lines.collect() };
    gathered.sections.push(section);
    review(&mut gathered, grids);
    gathered.noticed.into_iter().map(|noticed| noticed.message).collect()
}

fn grid(header: &str, rows: &[&str], total: Option<&str>) -> Grid {
    let cells = |row: &str| row.split('|').map(str::to_owned).collect::<Vec<_>>();
    let placed = |(line, row): (usize, &&str)| (Place { line, cell: 0 }, cells(row));
    Grid {
        header: cells(header),
        rows: rows.iter().enumerate().map(placed).collect(),
        total: total.map(|row| (Place { line: rows.len(), cell: 0 }, cells(row))),
    }
}

#[test]
fn shares_are_those_of_the_whole_before_them_rounded_either_way() {
    assert_eq!(said(&["N. 3 (100%)", "N. 2 (66%)", "N. 2 (67%)", "N. 1 (33,3%)"], &[]), [""; 0]);
    assert_eq!(said(&["N. 3 (100%)", "N. 2 (70%)"], &[]), ["2 su 3 è il 66,7%, non la percentuale stampata"]);
    assert_eq!(said(&["N. 3 (100%)", "Altro.", "N. 2 (70%)"], &[]), [""; 0]);
    assert_eq!(said(&["N. 0 (100%)", "N. 2 (70%)", "N. x (5%)", "()", "(%)"], &[]), [""; 0]);
}

#[test]
fn totals_are_the_sums_of_their_columns() {
    let right = grid("Chi|Posti", &["a|1.000", "b|-", "c|20"], Some("Totale|1.020"));
    assert_eq!(said(&[], &[right]), [""; 0]);
    let wrong = grid("Chi|Posti", &["a|1", "b|2"], Some("Totale|4"));
    assert_eq!(said(&[], &[wrong]), ["Il totale stampato della colonna «Posti» è 4, ma le righe danno 3"]);
    let words = grid("Chi|Posti", &["a|uno", "b|2"], Some("Totale|4"));
    assert_eq!(said(&[], &[words]), [""; 0]);
}

#[test]
fn one_count_of_two_days_is_told() {
    let table =
        grid("Anno|Giorno|Abitanti", &["2024|31 dicembre|1200 di cui 600", "2025|31 dicembre|1250"], None);
    let same = ["Abitanti: n. 1.250 al 31 dicembre 2025."];
    assert_eq!(said(&same, std::slice::from_ref(&table)), [""; 0]);
    let other = ["Abitanti: n. 1.250 al 31 marzo 2025."];
    let message =
        "Lo stesso numero, 1250, è del 31 marzo 2025 nel testo e del 31 dicembre 2025 nella tabella";
    assert_eq!(said(&other, &[table]), [message]);
}
