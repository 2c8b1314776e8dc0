//! `traguardo import FILE`: what a comune tries first, with nothing but the program and its file; then sent to the demo.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::place::Place;
use crate::running::{Ended, Running, Service, demo_env, program, run};

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
        "ERRORI: da correggere (1)",
        "E01  Data inesistente: 1",
        "riga 5, colonna 3: Il giorno 31/06/2026 non esiste.",
        "«31/06/2026» → «30/06/2026» (sicura)",
        "E04  Pesi che non danno 100",
        "90 (mancano 10)",
        "uno per uno con --all",
        "CHE COSA FARE",
        "--year 2026 --accept-safe --apply",
    ] {
        assert!(read.out.contains(words), "{words}: {}", read.out);
    }
    let is_copied = |line: &str| line.trim_start().starts_with("traguardo import");
    let told = read.out.lines().filter(|line| !is_copied(line));
    assert!(told.clone().all(|line| line.chars().count() <= 100), "{}", read.out);
    let errors = read.out.find("ERRORI").unwrap();
    assert!(read.out.find("AVVERTIMENTI").is_some_and(|at| at > errors), "{}", read.out);
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
fn a_profile_of_ones_own_is_a_file() {
    let place = Place::new();
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("../documents/profiles/table_with_phases.json");
    let mut profile: Value = serde_json::from_slice(&std::fs::read(shipped).unwrap()).unwrap();
    profile["name"] = "tabelle_nostre".into();
    let own = place.file("nostro.json", &profile.to_string());
    let read = import(&place.file("piano.txt", PLAN), &["--profile", own.to_str().unwrap()]).well();
    assert!(read.out.contains("tabelle_nostre"), "{}", read.out);
    assert!(read.out.contains("3 obiettivi"), "{}", read.out);
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../documents/fixtures").join(name)
}

#[test]
fn every_layout_is_told_and_nothing_of_it_is_lost() {
    let fixtures = [
        ("blocks_forms.txt", "key_value_blocks", 3),
        ("blocks_lines.txt", "key_value_blocks", 3),
        ("cards_clean.txt", "cards", 5),
        ("cards_torn.txt", "cards", 7),
        ("lists_dots.txt", "lists_under_headings", 12),
        ("lists_numbers.txt", "lists_under_headings", 9),
    ];
    for (name, profile, objectives) in fixtures {
        let told = import(&fixture(name), &[]).well().out;
        assert!(told.contains(&format!("{objectives} obiettivi")), "{name}: {told}");
        let certificate = import(&fixture(name), &["--format", "json"]).well().out;
        let certificate: Value = serde_json::from_str(&certificate).unwrap();
        assert_eq!(certificate["profile"], profile, "{name}");
        assert_eq!(certificate["counts"]["objectives"], objectives, "{name}");
        assert_eq!(certificate["proposals"][0]["profile"], profile, "{name}");
    }
}

#[test]
fn lines_nobody_understood_are_told_with_their_words() {
    let told = import(&fixture("blocks_lines.txt"), &[]).well().out;
    assert!(told.contains("RIGHE NON CAPITE (1)"), "{told}");
    assert!(told.contains("riga 42  "), "{told}");
    assert!(told.contains("1. Leggere 1 riga non capita"), "{told}");
}

#[test]
fn the_year_of_another_plan_is_noticed() {
    let told = run(program().arg("import").arg(fixture("blocks_lines.txt")).args([
        "--comune",
        "L454",
        "--year",
        "2024",
        "--dry-run",
    ]));
    assert!(told.well().out.contains("ripetere con --year 2026"));
}

#[test]
fn many_findings_of_a_rule_are_summed_up_unless_all_are_asked_for() {
    let place = Place::new();
    let row = |number: u32| format!("{number}\tPratica di tipo {number}\t31/12/2019\t\tSì\tPratiche\n");
    let rows: String = (1..=40).map(row).collect();
    let head = PLAN.lines().take(3).collect::<Vec<_>>().join("\n");
    let file = place.file("lungo.txt", &format!("{head}\n{rows}"));
    let (brief, all) = (import(&file, &[]).well().out, import(&file, &["--all"]).well().out);
    assert!(brief.contains("posti"), "{brief}");
    assert!(!all.contains("posti"), "{all}");
    assert!(!all.contains("uno per uno con --all"), "{all}");
    assert!(brief.lines().count() < 120 && brief.lines().count() < all.lines().count(), "{brief}");
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

/// Sends a file to the demo as its Segretario.
fn send(service: &Service, token: &str, file: &Path, more: &[&str]) -> Ended {
    let mut command = program();
    command.env("TRAGUARDO_URL", &service.url).env("TRAGUARDO_TOKEN", token).arg("import").arg(file);
    run(command.args(["--comune", "L454", "--year", "2026"]).args(more))
}

#[test]
fn a_file_sent_to_the_service_becomes_a_plan_once() {
    let place = Place::new();
    let service = Running::demo(&place);
    let env = demo_env(&place.data());
    let token = &env["TOKEN_L454_SEGRETARIO"];
    let file = place.file("piano è mio.txt", PLAN);

    let sent = send(&service, token, &file, &[]).well().out;
    for words in ["table_with_phases", "3 obiettivi", "E01  Data inesistente", "NEL SERVIZIO", "/imports/"] {
        assert!(sent.contains(words), "{words}: {sent}");
    }
    assert!(sent.contains("non è stata applicata"), "{sent}");

    let document = place.path().join("letto.json");
    let more = ["--accept-safe", "--apply", "--document", document.to_str().unwrap()];
    let applied = send(&service, token, &file, &more).well().out;
    assert!(applied.contains("1 correzione sicura"), "{applied}");
    assert!(!applied.contains("E01  Data inesistente"), "it was corrected: {applied}");
    assert!(applied.contains("creato: "), "{applied}");
    let plan = applied.split("/plans/").nth(1).unwrap().split_whitespace().next().unwrap();
    let path = format!("/v1/comuni/L454/plans/{plan}");
    let objectives = service.get(&format!("{path}/objectives"), token).expect(200).json();
    assert_eq!(objectives["items"].as_array().unwrap().len(), 3);
    run(program().arg("review").arg(&document)).well();

    let again = send(&service, token, &file, &["--apply"]).well().out;
    assert!(again.contains("invariato"), "{again}");
    let corrected = place.file("piano corretto.txt", &PLAN.replace("90 %", "100 %"));
    let updated = send(&service, token, &corrected, &["--accept-safe", "--apply"]).well().out;
    assert!(updated.contains("aggiornato: 1 cambiato"), "{updated}");

    let json = send(&service, token, &corrected, &["--format", "json"]).well().out;
    let certificate: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(certificate["counts"]["objectives"], 3);

    refused_by(&service, &env, &place);
}

/// What the service refuses is told in its words.
fn refused_by(service: &Service, env: &BTreeMap<String, String>, place: &Place) {
    let token = &env["TOKEN_L454_SEGRETARIO"];
    let file = place.file("piano.txt", PLAN);
    let unknown = send(service, token, &file, &["--profile", "nessuno"]);
    assert!(!unknown.status.success());
    assert!(unknown.err.contains("profile  Il profilo non c'è"), "{}", unknown.err);
    let reader = send(service, &env["TOKEN_L454_LETTORE"], &file, &[]);
    assert!(reader.err.contains("(403)"), "{}", reader.err);
    let other = send(service, &env["TOKEN_F471_SEGRETARIO"], &file, &[]);
    assert!(other.err.contains("(404)"), "{}", other.err);
    let prose = place.file("lettera.txt", "Si comunica che la riunione è rinviata.\n");
    let prose = send(service, token, &prose, &[]);
    assert!(prose.err.contains("non può leggere il file"), "{}{}", prose.err, prose.out);
    assert_eq!(prose.out, "");
}

#[test]
fn to_send_a_file_it_takes_an_address_and_a_token() {
    let place = Place::new();
    let file = place.file("piano.txt", PLAN);
    let asked = ["--comune", "L454", "--year", "2026"];
    let nowhere = run(program().arg("import").arg(&file).args(asked)).refusal();
    assert!(nowhere.contains("--dry-run") && nowhere.contains("TRAGUARDO_URL"), "{nowhere}");
    let server = ["--server", "http://127.0.0.1:9"];
    let nobody = run(program().arg("import").arg(&file).args(asked).args(server)).refusal();
    assert!(nobody.contains("TRAGUARDO_TOKEN"), "{nobody}");
    let mut away = program();
    let away = run(away.env("TRAGUARDO_TOKEN", "x").arg("import").arg(&file).args(asked).args(server));
    assert!(away.refusal().contains("127.0.0.1:9"), "{}", away.err);
}
