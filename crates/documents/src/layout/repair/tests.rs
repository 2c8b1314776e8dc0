//! Whole plans of one wide table: the real one where it is at hand, and others of our own.

mod seed;

use crate::gathered::{Gathered, Use};
use crate::layout::gather;
use crate::profile::{Profile, shipped};
use crate::source::{LineForm, Source, SourceFormat, SourceLine};
use traguardo_domain::digest::Digest;

fn wide() -> Profile {
    shipped().unwrap().into_iter().find(|profile| profile.name == "wide_table").unwrap()
}

/// A text with tables by tabs, as a source.
fn source(text: &str) -> Source {
    let line = |(number, line): (usize, &str)| {
        let cells: Vec<String> = line.split('\t').map(str::to_owned).collect();
        let form = if cells.len() > 1 { LineForm::Row } else { LineForm::Prose };
        SourceLine::new(u32::try_from(number).unwrap() + 1, 0, form, cells)
    };
    let lines = text.lines().enumerate().map(line).collect();
    Source::new(SourceFormat::Text, "UTF-8", Digest::of(text.as_bytes()), Vec::new(), lines)
}

fn read(text: &str) -> Gathered {
    gather(&source(text), &wide())
}

fn became(gathered: &Gathered, wanted: Use) -> Vec<usize> {
    gathered
        .uses()
        .iter()
        .enumerate()
        .filter(|(_, became)| **became == wanted)
        .map(|(line, _)| line + 1)
        .collect()
}
