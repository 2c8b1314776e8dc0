//! `traguardo import FILE --dry-run`: what a comune tries first, with nothing but the program and its file.

use std::path::Path;

use serde_json::Value;

use crate::place::Place;
use crate::running::{Ended, program, run};

/// A plan of ours: two structures with a table each, phases, a date that does not exist and a line nobody understands.
const PLAN: &str = "\
**PIANO DELLA PERFORMANCE 2026 - Comune di Valfinta**
## STRUTTURA N. 1: SETTORE DEMOGRAFICO (Responsabile: Vicesegretario)
Num.\tObiettivo / fasi\tScadenza\tPeso (%)\tTarget\tIndicatore di performance
1\tSportello in rete per le pratiche anagrafiche\t31/12/2026\t60 %\t95%\tPratiche digitali su totale
1.1)\tFASE 1: mappare i moduli\t31/06/2026\t(40%)\tSì\tMappa approvata
1.2)\tFase - formare gli operatori\t30/11/2026\t(60%)\t3\tOperatori formati
2\tApertura dello sportello nel pomeriggio\t31/12/2026\t40 %\t≥ 36 ore\tOre settimanali
## STRUTTURA N. 2: SETTORE OPERE (Responsabile: Dirigente tecnico)
Num.\tObiettivo / fasi\tScadenza\tPeso (%)\tTarget\tIndicatore di performance
1\tStrade sicure\t30/11/2026\t90 %\t12 km\tChilometri rifatti
1.1)\tFase: gara\t31/05/2026\t(100%)\t1\tGara aggiudicata
";

fn import(file: &Path, more: &[&str]) -> Ended {
    let arguments = ["--comune", "L454", "--year", "2026", "--dry-run"];
    run(program().arg("import").arg(file).args(arguments).args(more))
}

#[test]
fn a_plan_is_told_with_what_was_understood_what_is_wrong_and_what_to_do() {
    let place = Place::new();
    let read = import(&place.file("piano.txt", PLAN), &[]).well();
    for words in [
        "table_with_phases",
        "3 obiettivi",
        "3 fasi",
        "SETTORE DEMOGRAFICO",
        "E01  Data inesistente — 1 errore",
        "riga 5, colonna 3: «31/06/2026»",
        "E04  Pesi che non danno 100",
        "CHE COSA FARE",
    ] {
        assert!(read.out.contains(words), "{words}: {}", read.out);
    }
    assert!(read.out.lines().all(|line| line.chars().count() <= 100), "{}", read.out);
    assert_eq!(read.err, "", "nothing is written beside it when nobody watches");
}

#[test]
fn programs_get_the_certificate_and_nothing_else() {
    let place = Place::new();
    let read = import(&place.file("piano.txt", PLAN), &["--format", "json"]).well();
    assert_eq!(read.err, "");
    let certificate: Value = serde_json::from_str(&read.out).unwrap();
    assert_eq!(certificate["counts"]["objectives"], 3);
    assert_eq!(certificate["counts"]["phases"], 3);
    assert!(certificate["counts"]["indicators"].as_u64().unwrap() >= 3);
    assert!(certificate["coverage"].as_str().unwrap().parse::<f64>().unwrap() > 0.9);
    let lines: u64 =
        certificate["lines"].as_object().unwrap().values().map(|sum| sum.as_u64().unwrap()).sum();
    assert_eq!(Some(lines), certificate["lines_in"].as_u64(), "every line is accounted for");
    let findings = certificate["findings"].as_array().unwrap();
    let impossible = findings.iter().find(|finding| finding["code"] == "E01").unwrap();
    assert_eq!(impossible["spot"]["line"], 5);
}

#[test]
fn the_plan_can_be_written_as_a_document_that_is_reviewed() {
    let place = Place::new();
    let document = place.path().join("piano.json");
    let file = place.file("piano.txt", PLAN);
    import(&file, &["--document", document.to_str().unwrap()]).well();
    let reviewed = run(program().arg("review").arg(&document));
    assert!(reviewed.out.contains("E01 error"), "{}{}", reviewed.out, reviewed.err);
}

#[test]
fn a_profile_is_asked_for_by_name_or_given_as_a_file() {
    let place = Place::new();
    let file = place.file("piano.txt", PLAN);
    assert!(import(&file, &["--profile", "table_with_phases"]).well().out.contains("chiesto con --profile"));
    let none = import(&file, &["--profile", "nessuno"]);
    assert!(!none.status.success());
    assert!(none.err.contains("table_with_phases"), "it names those that are there: {}", none.err);
    let broken = place.file("profilo.json", "{}");
    let refused = import(&file, &["--profile", broken.to_str().unwrap()]);
    assert!(refused.err.contains("non è un profilo"), "{}", refused.err);
}

#[test]
fn what_is_no_plan_is_refused_with_what_to_do() {
    let place = Place::new();
    let prose = import(&place.file("lettera.txt", "Si comunica che la riunione è rinviata.\n"), &[]);
    assert!(!prose.status.success());
    assert!(prose.err.contains("--profile"), "{}", prose.err);
    assert_eq!(prose.out, "");
    let missing = import(Path::new("/nowhere/piano.txt"), &[]);
    assert!(missing.err.contains("/nowhere/piano.txt"), "{}", missing.err);
    let year =
        run(program().args(["import", "piano.txt", "--comune", "L454", "--year", "1999", "--dry-run"]));
    assert!(year.err.contains("--year"), "{}", year.err);
    let binary = place.path().join("piano.pdf");
    std::fs::write(&binary, b"%PDF-1.7\n").unwrap();
    assert!(import(&binary, &[]).err.contains("PDF"));
}

#[test]
fn nothing_a_file_says_is_obeyed_by_a_terminal() {
    let place = Place::new();
    let hostile = PLAN.replace("Strade sicure", "Strade \u{1b}[31msicure\u{202e}");
    let read = import(&place.file("piano.txt", &hostile), &[]);
    assert!(!read.out.contains(['\u{1b}', '\u{202e}']), "{}", read.out);
}
