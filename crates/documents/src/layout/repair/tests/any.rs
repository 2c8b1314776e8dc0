//! Whatever the rows: no word is lost or moved, nothing panics, and time grows with the lines alone.

use proptest::prelude::*;

use super::*;
use crate::gathered::Found;
use crate::layout::repair::fit::{NoHints, fit};
use crate::layout::repair::grid::{Cell, Names};
use crate::layout::repair::spill::{joined, same_reading};
use crate::markup::plain;
use crate::profile::Column;
use crate::source::Place;

/// Words that tables of this layout are made of, whole and broken.
fn word() -> impl Strategy<Value = String> {
    let known = [
        "NR",
        "SERVIZIO",
        "UFFICIO",
        "PESO",
        "OBIETTIVO",
        "OBJETTIVO",
        "RISULTATO ATTESO",
        "TEMPI STABILITI",
        "EQ",
        "AMBITO ORGANIZZATIVO",
        "1",
        "2",
        "44",
        "31/12/2025",
        "01-02-Segreteria",
        "01-02-03-Ufficio",
        "100%",
        "N/P",
        "1 - rilevante operativo",
        "2 - rilevante",
        "strategico",
        "Dipartimento",
        "Tutti i dipartimenti",
        "CUP:",
        "<b>",
        "è",
        "–",
        "-",
        "INDICATORE",
        "Rif. DUP",
        "NR 44",
        "PESO OBIETTIVO 2 - rilevante",
        "100% 31/12/2025",
    ];
    prop_oneof![
        6 => proptest::sample::select(known.to_vec()).prop_map(str::to_owned),
        2 => "[a-zàèìòù]{1,9}",
        1 => "\\PC{0,12}",
    ]
}

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => Just(String::new()),
        6 => proptest::collection::vec(word(), 1..4).prop_map(|words| words.join(" ").replace(['\t', '\n'], " ")),
    ]
}

fn rows() -> impl Strategy<Value = Vec<Vec<String>>> {
    proptest::collection::vec(proptest::collection::vec(cell(), 1..16), 0..14)
}

proptest! {
    #[test]
    fn fitting_keeps_every_word_in_its_order(cells in proptest::collection::vec(cell(), 0..18), named in 1_usize..15) {
        let profile = wide();
        let columns: Vec<Option<&Column>> = profile.tables[0].columns.iter().map(Some).take(named).collect();
        let texts: Vec<&str> = cells.iter().map(String::as_str).collect();
        let placed = fit(&texts, &columns, &NoHints);
        let words = |texts: Vec<String>| texts.join(" ").split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let before = words(cells.iter().map(|cell| plain(cell)).collect());
        prop_assert_eq!(before, words(placed.iter().map(|part| part.words.clone()).collect()));
        prop_assert!(placed.windows(2).all(|pair| pair[0].column <= pair[1].column && pair[0].cell <= pair[1].cell));
        prop_assert!(placed.iter().all(|part| part.column < columns.len()));
    }

    #[test]
    fn names_taken_off_a_cell_and_what_is_left_are_all_of_it(cell in cell(), own in proptest::option::of(0_usize..13)) {
        let names = Names::of(&wide().tables[0]);
        if let Cell::Spilled(spilled) = names.read(&cell, own) {
            let whole: String = [spilled.names, spilled.rest].concat().split_whitespace().collect();
            prop_assert_eq!(whole, plain(&cell).split_whitespace().collect::<String>());
        }
    }

    #[test]
    fn joining_halves_loses_no_word(first in proptest::collection::vec(cell(), 8), second in proptest::collection::vec(cell(), 8)) {
        let found = |line: usize, cells: &[String]| -> Vec<Option<Found>> {
            let found = |(cell, words): (usize, &String)| Found::new(plain(words), Place { line, cell });
            cells.iter().enumerate().map(found).map(|found| Some(found).filter(|found| !found.words.is_empty())).collect()
        };
        let (one, two) = (found(0, &first), found(1, &second));
        for ((one, two), both) in one.iter().zip(&two).zip(joined(one.clone(), two.clone())) {
            let words = both.map(|found| found.words).unwrap_or_default();
            for half in [one, two].into_iter().flatten() {
                prop_assert!(words.contains(&half.words) || same_reading(&words, &half.words));
            }
        }
    }

    #[test]
    fn no_rows_make_the_reader_panic_or_lose_a_line(rows in rows()) {
        let text: Vec<String> = rows.iter().map(|cells| cells.join("\t")).collect();
        let source = source(&text.join("\n"));
        let gathered = gather(&source, &wide());
        prop_assert_eq!(gathered.uses().len(), source.lines().len());
        for (index, unit) in gathered.units.iter().enumerate() {
            prop_assert!(unit.parent.is_none_or(|parent| parent < index));
        }
        let units = gathered.objectives.iter().flat_map(|one| one.units.clone());
        prop_assert!(units.into_iter().all(|unit| unit < gathered.units.len()));
    }
}

/// More rows than any plan has.
const ROWS: u32 = 2_000;

#[test]
fn rows_by_the_thousand_are_read() {
    let mut text =
        "NR\tDIPARTIMENTO\tSERVIZIO\tUFFICIO\tRif. DUP\tOBIETTIVO\tPESO\tINDICATORE\tTEMPI\n".to_owned();
    for row in 0..ROWS {
        let [group, service, name] = [row % 50, row % 700, row % 9_000].map(|number| number.to_string());
        let line = match row % 4 {
            0 => format!(
                "{row}\tDipartimento {group} alfa{name}\t\t\t01-02-x\tFare{row}\t1 - operativo\tn.\t31/12/2025"
            ),
            1 => format!(
                "{row}\t\tbeta{service} di tutti\tufficio gamma{name}\tFare\t2 - strategico\t31/12/2025"
            ),
            2 => format!("\t\t{:02}-{:02}-Servizio\t\t\tFare\t\t\t", row % 90 + 1, row % 80 + 1),
            _ => format!("{row}\t\t\t\t\t\t\t\t"),
        };
        text.push_str(&line);
        text.push('\n');
    }
    let source = source(&text);
    let gathered = gather(&source, &wide());
    assert!(gathered.objectives.len() > usize::try_from(ROWS / 2).unwrap());
}
