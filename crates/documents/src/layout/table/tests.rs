//! Plans of the layouts of tables, ours and the real ones.

use traguardo_domain::digest::Digest;
use traguardo_domain::objective::ObjectiveKind;
use traguardo_domain::unit::UnitKind;

use super::*;
use crate::profile::{Field, shipped};
use crate::source::SourceFormat;

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

/// A profile that comes with the program.
fn profile(name: &str) -> Profile {
    shipped().unwrap().into_iter().find(|profile| profile.name == name).unwrap()
}
