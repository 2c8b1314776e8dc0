//! Any lines at all: nothing is lost, and large sources are read whole.

use proptest::prelude::*;

use super::*;

/// How many lines a large source has.
const LINES: usize = 10_000;

/// Lines like those of plans, in any order, and lines like nothing.
fn line() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "",
        "  ",
        ".....",
        "12",
        "PREMESSA",
        "CONTESTO ESTERNO:",
        "AREA TECNICA",
        "(Settore Tributi)",
        "Biblioteca",
        "- Curare il verde",
        "• Tenere i conti",
        "1) Primo",
        "2. Secondo",
        "a) nota",
        "- A. AREA TECNICA",
        "continua così",
        "Gli obiettivi strategici comuni sono i seguenti:",
        "Obiettivi operativi",
        "SETTORE\tUOMINI\tDONNE\tTOTALE",
        "Tributi\t1\t2\t3",
        "TOTALE\t1\t2\t4",
        "DONNE N. 16 (68%)",
        "TOTALE N. 24 (100%)",
        "n. 5.000 al 31 marzo 2024",
        "Responsabile: il segretario",
        "PIANO DELLA PERFORMANCE 2026",
        "COMUNE DI NESSUNO",
        "•\tcella",
    ]);
    prop_oneof![4 => known.prop_map(str::to_owned), 1 => "[^\n\r]{0,40}"]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_lines_are_read_and_none_is_lost(lines in prop::collection::vec(line(), 0..60)) {
        read(&lines.join("\n"));
    }
}

#[test]
fn a_large_source_is_read_whole() {
    let block = "AREA TECNICA\n(Settore Verde)\n- Curare il verde, sia dei parchi che\n\ndelle strade\n- Potare\nParole che non sono in nessun elenco.\nSETTORE\tUOMINI\tDONNE\tTOTALE\nVerde\t1\t2\t3\nPREMESSA\n";
    let source = source_of(&block.repeat(LINES / 10));
    let gathered = gather(&source, shipped_profile("lists_under_headings"));
    assert_eq!(gathered.objectives.len(), LINES / 5);
}
