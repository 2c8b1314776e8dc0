//! Whatever the lines, no line is lost and large sources are read whole.

use proptest::prelude::*;

use super::*;

const TORN: &str = include_str!("../../../../fixtures/cards_torn.txt");
const CLEAN: &str = include_str!("../../../../fixtures/cards_clean.txt");

/// Lines of both plans, cut and put together as it comes.
fn line() -> impl Strategy<Value = String> {
    let known: Vec<String> = TORN.lines().chain(CLEAN.lines()).map(str::to_owned).collect();
    let cut = (proptest::sample::select(known.clone()), 0_usize..60).prop_map(|(line, at)| {
        let (before, after) = line.split_at(line.char_indices().nth(at).map_or(line.len(), |(byte, _)| byte));
        [before, "\t", after].concat()
    });
    prop_oneof![
        6 => proptest::sample::select(known),
        2 => cut,
        1 => "[ \\ta-zA-Z0-9/%.àèТ_*<-]{0,40}",
        1 => "\\PC{0,30}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn no_line_is_lost_and_nothing_points_outside(lines in proptest::collection::vec(line(), 0..120)) {
        let text = lines.join("\n");
        let source = source(&text);
        let gathered = gather(&source, profile());
        prop_assert_eq!(gathered.uses().len(), source.lines().len());
        for (line, became) in source.lines().iter().zip(gathered.uses()) {
            prop_assert_eq!(line.is_blank(), *became == Use::Blank);
        }
        for (at, unit) in gathered.units.iter().enumerate() {
            prop_assert!(unit.parent.is_none_or(|parent| parent < at));
        }
        for card in &gathered.objectives {
            prop_assert!(card.units.iter().all(|unit| *unit < gathered.units.len()));
        }
        for noticed in &gathered.noticed {
            prop_assert!(noticed.place.line < source.lines().len());
            prop_assert!(noticed.objective.is_none_or(|at| at < gathered.objectives.len()));
        }
    }
}

/// How many lines a large source has.
const LINES: usize = 4_000;

/// Reads some lines over and over until there are that many.
fn read_many(lines: &str) {
    let many: Vec<&str> = lines.lines().cycle().take(LINES).collect();
    let source = source(&many.join("\n"));
    assert_eq!(gather(&source, profile()).uses().len(), source.lines().len());
}

#[test]
fn large_sources_are_read_whole() {
    let cards = TORN.split_once("OBIETTIVI GESTIONALI").unwrap().1;
    let rows = "\tcontinua la riga con\t\n";
    let open = "Obiettivo 1/EN\tTITOLO\nProfilo di performance\tIndicatore di risultato\tTarget\n";
    let one_card = [open, &rows.repeat(LINES)].concat();
    let loose = [open, &"e ancora parole sciolte\n\n".repeat(LINES / 2)].concat();
    let summary = "Obiettivo\tPeso\nUN TITOLO\t10%\n";
    [cards, &one_card, &loose, summary, TORN].into_iter().for_each(read_many);
}
