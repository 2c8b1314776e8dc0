//! What the tests of the readers share: sources from text, the real plans where they are, and the check that nothing is lost.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::LazyLock;

use traguardo_domain::digest::Digest;

use crate::gathered::{Found, Gathered, Use};
use crate::markup::plain;
use crate::profile::{Profile, shipped};
use crate::source::{LineForm, Source, SourceFormat, SourceLine};

/// A text as a source: cells by tabs, or by bars where the line begins with one.
pub(crate) fn source_of(text: &str) -> Source {
    let lines = text.lines().enumerate().map(|(at, line)| {
        let number = u32::try_from(at.saturating_add(1)).unwrap();
        let cells: Vec<String> = match line.trim().strip_prefix('|') {
            Some(row) => row.trim_end_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect(),
            None => line.split('\t').map(str::to_owned).collect(),
        };
        let form = if cells.len() > 1 { LineForm::Row } else { LineForm::Prose };
        SourceLine::new(number, 0, form, cells)
    });
    Source::new(SourceFormat::Text, "UTF-8", Digest::of(text.as_bytes()), Vec::new(), lines.collect())
}

/// A profile that comes with the program.
pub(crate) fn shipped_profile(name: &str) -> &'static Profile {
    static PROFILES: LazyLock<Vec<Profile>> = LazyLock::new(|| shipped().unwrap());
    PROFILES.iter().find(|profile| profile.name == name).unwrap()
}

/// One of the real plans, where the folder of them is.
pub(crate) fn seed(prefix: &str) -> Option<String> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/seeds");
    let folder = std::env::var_os("TRAGUARDO_SEEDS").map_or(beside, PathBuf::from);
    let files = std::fs::read_dir(folder).ok();
    let file = files
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .find(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(prefix)));
    if file.is_none() {
        eprintln!("no real plans here: nothing to try");
    }
    std::fs::read_to_string(file?).ok()
}

/// The words of the title of a value.
pub(crate) fn words(found: Option<&Found>) -> &str {
    found.map_or("", |found| found.words.as_str())
}

/// How many lines came to each use.
pub(crate) fn uses(gathered: &Gathered) -> HashMap<Use, usize> {
    let mut counts = HashMap::new();
    for became in gathered.uses() {
        let count: &mut usize = counts.entry(*became).or_default();
        *count = count.saturating_add(1);
    }
    counts
}

/// The lines that were not understood, by number.
pub(crate) fn not_understood(gathered: &Gathered) -> Vec<usize> {
    let lines = gathered.uses().iter().enumerate();
    lines.filter(|(_, became)| **became == Use::NotUnderstood).map(|(at, _)| at.saturating_add(1)).collect()
}

/// Checks that the words of every line that was understood as saying something are in what was gathered.
pub(crate) fn nothing_is_lost(source: &Source, gathered: &Gathered) {
    assert_eq!(source.lines().len(), gathered.uses().len());
    let mut by_line: HashMap<usize, String> = HashMap::new();
    for found in every(gathered) {
        for place in std::iter::once(&found.place).chain(&found.more) {
            by_line.entry(place.line).or_default().push_str(&letters(&found.words));
        }
    }
    for (at, (line, became)) in source.lines().iter().zip(gathered.uses()).enumerate() {
        assert_eq!(line.is_blank(), *became == Use::Blank, "line {at}");
        let kept = by_line.get(&at).map_or("", String::as_str);
        match became {
            Use::Value | Use::Total => {
                let words =
                    line.cells().flat_map(|cell| plain(cell).split(' ').map(letters).collect::<Vec<_>>());
                // A lone letter the line begins with is the mark of an item.
                for (_, word) in words.enumerate().filter(|(at, word)| *at > 0 || word.chars().count() > 1) {
                    assert!(kept.contains(&word), "line {}: {word:?} is lost: {kept}", at.saturating_add(1));
                }
            }
            Use::Heading
            | Use::Header
            | Use::RepeatedHeader
            | Use::Blank
            | Use::Decoration
            | Use::NotUnderstood => {}
        }
    }
}

/// The letters and digits of a text; the marks of items are none of its words.
fn letters(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).collect()
}

fn every(gathered: &Gathered) -> Vec<&Found> {
    let mut all: Vec<&Found> = gathered.title.iter().collect();
    for unit in &gathered.units {
        let tables = unit.staff.iter().chain(&unit.summary).chain([&unit.fields]);
        all.extend(tables.flat_map(|fields| fields.iter().map(|(_, found)| found)));
        all.extend(unit.activities.iter().chain(&unit.staff_total).chain(&unit.summary_total));
    }
    for section in &gathered.sections {
        all.extend(section.title.iter().chain(&section.lines));
    }
    for objective in &gathered.objectives {
        let parts = objective.phases.iter().chain(&objective.indicators).chain(&objective.steps);
        all.extend(parts.chain([&objective.fields]).flat_map(|fields| fields.iter().map(|(_, found)| found)));
    }
    all
}
