//! Every word of every line that is said to be a value is in the plan, or kept beside its values.

use super::*;
use crate::import::{ImportFile, ProfileChoice, draft_of as draft_of_file};
use crate::layout::testing::seed;
use crate::markup::{fold, plain};
use crate::profile::{Pattern, shipped};
use crate::source::SourceHint;

/// How many lone signs of a scan may be left out of a plan.
const MOST_STAINS: usize = 2;

/// Invented plans of every layout.
const FIXTURES: [(&str, &str); 6] = [
    ("blocks_forms", include_str!("../../../fixtures/blocks_forms.txt")),
    ("blocks_lines", include_str!("../../../fixtures/blocks_lines.txt")),
    ("cards_clean", include_str!("../../../fixtures/cards_clean.txt")),
    ("cards_torn", include_str!("../../../fixtures/cards_torn.txt")),
    ("lists_dots", include_str!("../../../fixtures/lists_dots.txt")),
    ("lists_numbers", include_str!("../../../fixtures/lists_numbers.txt")),
];

fn letters(text: &str) -> String {
    fold(text).as_str().chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// Every text of a value, whatever it is in.
fn texts<'v>(value: &'v Value, into: &mut Vec<&'v str>) {
    match value {
        Value::String(text) => into.push(text),
        Value::Array(items) => items.iter().for_each(|item| texts(item, into)),
        Value::Object(members) => members.values().for_each(|member| texts(member, into)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The words of the lines of values that are nowhere: not in the plan, not in a finding of the reader, not in the names of
/// columns and headings of the layout. A letter alone in its cell must be a value of its own.
fn lost(text: &str) -> Vec<(usize, String)> {
    let profiles = shipped().unwrap();
    let file = ImportFile { bytes: text.as_bytes(), hint: SourceHint::default() };
    let mut ids = ids();
    let choice = ProfileChoice::Detect(&profiles);
    let draft = draft_of_file(file, choice, &request(), &mut ids, &mut |_| {}).unwrap();
    let profile = profiles.iter().find(|one| one.name == draft.certificate.profile);
    let written = [
        serde_json::to_value(&draft.document).unwrap(),
        serde_json::to_value(profile).unwrap(),
        draft.certificate.findings.iter().filter(|one| one.read).map(|one| one.words.clone()).collect(),
    ];
    let mut said = Vec::new();
    for value in &written {
        texts(value, &mut said);
    }
    let names: Vec<Pattern> = said.iter().filter_map(|text| Pattern::parse(text).ok()).collect();
    let is_name = |word: &str| names.iter().any(|name| !name.is_bare() && name.is(word));
    let whole: HashSet<String> = said.iter().map(|text| letters(text)).collect();
    // What became a code, or was mended, keeps its words beside it.
    said.extend(draft.traces.iter().map(|trace| trace.words.as_str()));
    let all: String = said.iter().map(|text| letters(text)).collect::<Vec<_>>().join(" ");
    let lines = text.lines().zip(&draft.lines).enumerate().filter(|(_, (_, line))| line.became == Use::Value);
    let mut lost = Vec::new();
    for (at, (line, _)) in lines {
        for cell in line.split(['\t', '|']).map(plain) {
            let cell = fold(&cell);
            let parts = cell.as_str().split(|letter: char| !letter.is_alphanumeric());
            let words: Vec<String> = parts.filter(|word| !word.is_empty()).map(letters).collect();
            let alone = words.len() == 1;
            let is_kept = |word: &String| {
                if alone && word.len() == 1 { whole.contains(word) } else { all.contains(word) }
            };
            lost.extend(
                words
                    .iter()
                    .filter(|word| !is_kept(word) && !is_name(word))
                    .map(|word| (at.saturating_add(1), word.clone())),
            );
        }
    }
    lost
}

/// Nothing may be lost but a few lone signs of a scan. Only lines are named: what real plans say is not printed.
fn check(name: &str, text: &str) {
    let lost = lost(text);
    let lines: Vec<usize> = lost.iter().map(|(line, _)| *line).collect();
    let signs = lost.iter().all(|(_, word)| word.chars().count() == 1);
    assert!(signs && lost.len() <= MOST_STAINS, "{name}: {lines:?}");
}

#[test]
fn no_word_of_an_invented_plan_is_lost() {
    for (name, text) in FIXTURES {
        check(name, text);
    }
}

#[test]
fn no_word_of_a_real_plan_is_lost() {
    for prefix in ["000", "001", "002", "003", "004"] {
        let Some(text) = seed(prefix) else { return };
        check(prefix, &text);
    }
}
