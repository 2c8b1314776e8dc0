use proptest::prelude::*;

use super::*;

#[test]
fn a_misspelled_word_leaves_a_short_title_alike_and_another_subject_does_not() {
    assert!(permille("Tempi dei pagmenti", "Tempi dei pagamenti") > 600);
    assert!(permille("Pagmenti", "Pagamenti") > 500);
    assert!(permille("Tempi dei pagamenti", "Manutenzione delle strade") < 100);
    assert_eq!(permille("TEMPI  di pagamento.", "tempi del pagamento"), EQUAL);
}

#[test]
fn a_small_number_tells_short_titles_apart_and_long_ones_not() {
    assert!(permille("Obiettivo 1", "Obiettivo 2") < 500);
    assert!(permille("Fase 1", "Fase 12") < 500);
    assert!(
        permille("Attivazione di 3 sportelli polifunzionali", "Attivazione di 4 sportelli polifunzionali")
            > 600
    );
    assert!(permille("Piano triennale 2024-2026", "Piano triennale 2025-2027") > 500);
}

#[test]
fn a_text_of_fillers_alone_has_pieces_and_an_empty_one_has_none() {
    assert!(!pieces("con il").is_empty());
    assert!(pieces("— ?").is_empty());
    assert_eq!(permille("— ?", "!"), 0);
}

proptest! {
    #[test]
    fn likeness_is_of_both_and_complete_with_oneself(one in "\\PC{0,40}", other in "\\PC{0,40}") {
        prop_assert_eq!(permille(&one, &other), permille(&other, &one));
        prop_assert!(permille(&one, &other) <= EQUAL);
        if !pieces(&one).is_empty() {
            prop_assert_eq!(permille(&one, &one), EQUAL);
        }
    }

    #[test]
    fn an_index_misses_no_row_that_is_as_alike_as_asked(texts in proptest::collection::vec("[ab]{1,4}( [ab]{1,4}){0,4}", 2..12)) {
        let texts: Vec<BTreeSet<String>> = texts.iter().map(|text| text.split(' ').map(str::to_owned).collect()).collect();
        let lexicon = Lexicon::of(&texts);
        let rows: Vec<Row> = texts.iter().map(|text| lexicon.row(text)).collect();
        let mut index = Index::for_likeness(500, 100);
        rows.iter().enumerate().for_each(|(number, row)| index.add(row, number));
        for row in &rows {
            let candidates = index.candidates(row);
            for (number, other) in rows.iter().enumerate().filter(|(_, other)| row.permille(other) >= 500) {
                prop_assert!(candidates.iter().any(|(one, _)| *one == number), "{:?} {:?}", row, other);
            }
        }
    }
}
