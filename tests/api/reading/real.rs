//! The five plans comuni really wrote, sent as they are, where the folder of them is: counts and places alone, none of their words.

use std::collections::HashMap;
use std::path::PathBuf;

use super::*;

const COMUNE: &str = "L454";

/// The bytes of a real plan; nothing, and a word on it, where there is none.
fn real(start: &str) -> Option<Vec<u8>> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/seeds");
    let folder = std::env::var_os("TRAGUARDO_SEEDS").map_or(beside, PathBuf::from);
    let mut files = std::fs::read_dir(&folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let file =
        files.find(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(start)));
    if file.is_none() {
        eprintln!("no real plan {start} in {}: nothing was tried", folder.display());
    }
    Some(std::fs::read(file?).unwrap())
}

/// Imports a real plan: its certificate, its draft, and the plan it becomes.
fn imported(start: &str, year: i32, lines: usize) -> Option<[Value; 3]> {
    let bytes = real(start)?;
    let world = World::new();
    let file = File { bytes: &bytes, name: "piano.txt", year };
    let import = Import::of(&world, COMUNE, &file);
    let certificate = import.accounted(lines, &[]);
    let draft = import.document();
    let plan = import.becomes_a_plan_once(&file);
    assert_eq!(sorted(by_unit(&plan)), sorted(by_unit(&draft)));
    assert_eq!(classes(&plan), classes(&draft));
    Some([certificate, draft, plan])
}

/// How many objectives have each class of weight; under an empty name, those of none.
fn classes(document: &Value) -> HashMap<String, usize> {
    let mut classes: HashMap<String, usize> = HashMap::new();
    for objective in list(document, "objectives") {
        let class = objective["assignments"][0]["weight"]["value"]["class"].as_str().unwrap_or_default();
        *classes.entry(class.to_owned()).or_default() += 1;
    }
    classes
}

fn is_transversal(objective: &Value) -> bool {
    list(objective, "kinds").contains(&json!("transversal"))
}

/// The lines of the findings of a code, in their order.
fn lines_of(certificate: &Value, code: &str) -> Vec<u64> {
    let findings = list(certificate, "findings").iter().filter(|finding| finding["code"] == code);
    let mut lines: Vec<u64> = findings.filter_map(|finding| finding["spot"]["line"].as_u64()).collect();
    lines.sort_unstable();
    lines
}

fn holds_all(certificate: &Value, code: &str, lines: &[u64]) {
    let found = lines_of(certificate, code);
    assert!(lines.iter().all(|line| found.contains(line)), "{code}: {lines:?} are not all in {found:?}");
}

#[test]
fn the_plan_with_phases() {
    let Some([certificate, draft, _]) = imported("000_", 2024, 65) else { return };
    assert_eq!(certificate["profile"], "table_with_phases");
    assert_eq!(counted(&draft), [18, 31, 49, 18]);
    assert_eq!(by_unit(&draft), [(6, 100); 3]);
    assert_eq!(lines_of(&certificate, "E01"), [10, 29, 35, 50, 56, 57], "six days that do not exist");
    assert_eq!(lines_of(&certificate, "E02"), [8], "a year far away");
    assert_eq!(lines_of(&certificate, "E12"), [65], "an objective without phases");
}

#[test]
fn the_plan_by_areas() {
    let Some([certificate, draft, _]) = imported("001_", 2024, 113) else { return };
    assert_eq!(certificate["profile"], "table_per_area");
    assert_eq!(counted(&draft), [71, 0, 71, 71]);
    assert_eq!(by_unit(&draft), [(9, 100), (14, 96), (23, 87), (13, 60), (12, 39)]);
    assert_eq!(list(&draft, "objectives").iter().filter(|one| is_transversal(one)).count(), 25);
    let of = |code: &str| list(&certificate, "findings").iter().find(|one| one["code"] == code).unwrap();
    assert_eq!((&of("E09")["words"], &of("E09")["spot"]["line"]), (&json!("1, 4 e 6"), &json!(73)));
    assert_eq!((&of("E10")["words"], &of("E10")["spot"]["line"]), (&json!("area 4"), &json!(94)));
    assert_eq!(lines_of(&certificate, "E04").len(), 4, "the sums that are not one hundred");
}

#[test]
fn the_plan_of_cards() {
    let Some([certificate, draft, plan]) = imported("002_", 2025, 939) else { return };
    assert_eq!(certificate["profile"], "cards");
    assert_eq!(counted(&draft), [38, 0, 50, 38]);
    assert_eq!(by_unit(&draft), [(11, 100), (9, 100), (9, 100), (9, 100)]);
    for document in [&draft, &plan] {
        let staff =
            list(document, "units").iter().map(|unit| list(unit, "staff").len()).filter(|posts| *posts > 0);
        assert_eq!(sorted_posts(staff), [4, 5, 5, 7]);
        let lost =
            list(document, "objectives").iter().filter(|one| one["assignments"][0]["card_weight"].is_null());
        assert_eq!(lost.count(), 11, "weights the cards lost, taken from the summaries");
    }
    let counts = found(&certificate, ["E05", "E09", "E11", "E22", "E23"]);
    assert_eq!(counts.values().copied().collect::<Vec<_>>(), [11, 2, 1, 22, 2], "{counts:?}");
    assert_eq!(lines_of(&certificate, "E11"), [822], "a code of no sector");
    holds_all(&certificate, "E09", &[231, 842]);
    holds_all(&certificate, "E14", &[912, 926, 931]);
    holds_all(&certificate, "E15", &[842]);
}

fn sorted_posts(posts: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut posts: Vec<usize> = posts.collect();
    posts.sort_unstable();
    posts
}

#[test]
fn the_wide_table() {
    let Some([certificate, draft, plan]) = imported("003_", 2024, 207) else { return };
    assert_eq!(certificate["profile"], "wide_table");
    assert_eq!(counted(&draft)[..3], [147, 0, 147]);
    for document in [&draft, &plan] {
        let tops = tops(document);
        let mut blocks: Vec<(Option<&str>, usize)> = Vec::new();
        for objective in list(document, "objectives") {
            let unit = objective["assignments"][0]["unit"].as_str().unwrap();
            let block = Some(tops[unit]).filter(|_| !is_transversal(objective));
            match blocks.last_mut().filter(|(last, _)| *last == block) {
                Some((_, count)) => *count += 1,
                None => blocks.push((block, 1)),
            }
        }
        assert_eq!(blocks.iter().map(|(_, count)| *count).collect::<Vec<_>>(), [53, 29, 38, 8, 19]);
        assert_eq!(blocks.last().unwrap().0, None, "the last are everybody's");
        let expected = [("1", 56), ("2", 85), ("", 6)].map(|(class, count)| (class.to_owned(), count));
        assert_eq!(classes(document), HashMap::from(expected));
        let depth = |kind: &str| list(document, "units").iter().filter(|unit| unit["kind"] == kind).count();
        assert!(
            depth("department") == 3 && depth("service") > 0 && depth("office") > 0,
            "a tree of three levels"
        );
    }
    assert_eq!(lines_of(&certificate, "E01"), [52]);
    assert_eq!(
        lines_of(&certificate, "E21"),
        [124, 125, 127, 128, 129],
        "codes of projects with figures for letters"
    );
    holds_all(&certificate, "E20", &[27, 28, 29, 32, 33, 34, 135]);
    holds_all(&certificate, "E09", &[32, 33, 103, 140, 141, 151]);
    assert_eq!(lines_of(&certificate, "E23").len(), 8, "headers in the rows");
    assert!(lines_of(&certificate, "E19").len() >= 23, "rows of fewer cells");
}

#[test]
fn the_plan_in_words() {
    let Some([certificate, draft, plan]) = imported("004_", 2024, 385) else { return };
    assert_eq!(certificate["profile"], "lists_under_headings");
    assert_eq!(counted(&draft), [127, 0, 0, 127]);
    let sectors = [20, 7, 5, 15, 8, 7, 16, 12, 14, 13, 10];
    assert_eq!(by_unit(&draft), sectors.map(|objectives| (objectives, 0)));
    for document in [&draft, &plan] {
        let tops = tops(document);
        let mut areas: HashMap<&str, usize> = HashMap::new();
        for objective in list(document, "objectives") {
            *areas.entry(tops[objective["assignments"][0]["unit"].as_str().unwrap()]).or_default() += 1;
        }
        let mut areas: Vec<usize> = areas.into_values().collect();
        areas.sort_unstable();
        assert_eq!(areas, [12, 14, 23, 23, 23, 32]);
        let body = |kind: &str, holds: &dyn Fn(&str) -> bool| -> Vec<usize> {
            let sections = list(document, "sections").iter().filter(|one| one["kind"] == kind);
            sections
                .map(|one| one["body"].as_str().unwrap().lines().filter(|line| holds(line)).count())
                .collect()
        };
        let of_years = |line: &str| line.starts_with("| 20");
        assert_eq!(body("external_context", &of_years), [4], "the population, year by year");
        assert_eq!(body("internal_context", &|line| line.starts_with("| Settore")), [8], "who works where");
        let common =
            |line: &str| line.split_once(')').is_some_and(|(number, _)| number.parse::<u8>().is_ok());
        assert!(body("planning", &common).contains(&7), "the objectives of all");
    }
    assert_eq!(
        lines_of(&certificate, "E25"),
        [79, 115, 117],
        "two dates of one figure, two shares that are others"
    );
    assert_eq!(found(&certificate, ["E05"])["E05"], 1, "no objective has a weight");
}
