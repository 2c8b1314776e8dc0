//! Plans of the layouts of tables, ours and the real ones.

use traguardo_domain::digest::Digest;
use traguardo_domain::objective::ObjectiveKind;
use traguardo_domain::unit::UnitKind;

use super::*;
use crate::profile::{Field, shipped};
use crate::source::SourceFormat;

mod areas;
mod large;
mod phased;
mod properties;
mod seeds;

/// A text with tables by tabs.
fn text(words: &str) -> Source {
    cells(words, '\t', SourceFormat::Text)
}

/// A text whose cells are parted by a character.
fn cells(words: &str, by: char, format: SourceFormat) -> Source {
    let lines = words.lines().zip(1..).map(|(line, number)| {
        let cells: Vec<String> = line.split(by).map(str::to_owned).collect();
        let form = if cells.len() > 1 { LineForm::Row } else { LineForm::Prose };
        SourceLine::new(number, 0, form, cells)
    });
    Source::new(format, "UTF-8", Digest::of(words.as_bytes()), Vec::new(), lines.collect())
}

/// A profile that comes with the program, read once for all tests.
fn shared(name: &str) -> &'static Profile {
    static PROFILES: std::sync::LazyLock<Vec<Profile>> = std::sync::LazyLock::new(|| shipped().unwrap());
    PROFILES.iter().find(|profile| profile.name == name).unwrap()
}

/// The words of a field, nothing where there is none.
fn said(fields: &Fields, field: Field) -> &str {
    fields.get(field).map_or("", |found| found.words.as_str())
}

/// How many lines came to each use.
fn count(gathered: &Gathered, became: Use) -> usize {
    gathered.uses().iter().filter(|known| **known == became).count()
}

/// The codes and lines of what was noticed.
fn noticed(gathered: &Gathered) -> Vec<(&'static str, usize)> {
    use traguardo_domain::vocabulary::Vocabulary as _;
    gathered
        .noticed
        .iter()
        .map(|noticed| (noticed.code.word(), noticed.place.line.saturating_add(1)))
        .collect()
}
