//! Whatever the lines, no line is lost and none takes long.

use std::time::{Duration, Instant};

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

/// How many lines are read: a hundred thousand, or a tenth of that where nothing is optimised.
const LINES: usize = if cfg!(debug_assertions) { 10_000 } else { 100_000 };

/// Reads some lines over and over until there are that many.
fn timed(lines: &str) -> Duration {
    let many: Vec<&str> = lines.lines().cycle().take(LINES).collect();
    let source = source(&many.join("\n"));
    let start = Instant::now();
    assert_eq!(gather(&source, profile()).uses().len(), source.lines().len());
    start.elapsed()
}

#[test]
fn a_hundred_thousand_lines_take_seconds() {
    let cards = TORN.split_once("OBIETTIVI GESTIONALI").unwrap().1;
    let rows = "\tcontinua la riga con\t\n";
    let open = "Obiettivo 1/EN\tTITOLO\nProfilo di performance\tIndicatore di risultato\tTarget\n";
    let one_card = [open, &rows.repeat(99_998)].concat();
    let loose = [open, &"e ancora parole sciolte\n\n".repeat(50_000)].concat();
    let summary = "Obiettivo\tPeso\nUN TITOLO\t10%\n";
    let cases = [
        ("cards", cards),
        ("one card", &one_card),
        ("loose lines", &loose),
        ("summaries", summary),
        ("plans", TORN),
    ];
    for (name, lines) in cases {
        let time = timed(lines);
        assert!(time < Duration::from_mins(2), "{name}: {time:?}");
    }
}
