//! Plans of cards read from texts: the real one where it is, and invented ones.

use std::path::PathBuf;

use traguardo_domain::digest::Digest;

use crate::gathered::{Fields, Gathered, GatheredObjective, Use};
use crate::layout::gather;
use crate::profile::{Field, Profile, shipped};
use crate::source::{LineForm, Source, SourceFormat, SourceLine};

mod seed;

fn profile() -> Profile {
    shipped().unwrap().into_iter().find(|profile| profile.name == "cards").unwrap()
}

fn source(text: &str) -> Source {
    let line = |(at, words): (usize, &str)| {
        let form = if words.contains('\t') { LineForm::Row } else { LineForm::Prose };
        let cells = words.split('\t').map(str::to_owned).collect();
        SourceLine::new(u32::try_from(at + 1).unwrap(), 0, form, cells)
    };
    let lines = text.lines().enumerate().map(line).collect();
    Source::new(SourceFormat::Text, "UTF-8", Digest::of(text.as_bytes()), Vec::new(), lines)
}

fn read(text: &str) -> Gathered {
    gather(&source(text), &profile())
}

fn words(fields: &Fields, field: Field) -> &str {
    fields.get(field).map_or("", |found| found.words.as_str())
}

fn column(rows: &[Fields], field: Field) -> Vec<&str> {
    rows.iter().map(|row| words(row, field)).collect()
}

fn of_unit(gathered: &Gathered, unit: usize) -> Vec<&GatheredObjective> {
    gathered.objectives.iter().filter(|objective| objective.units == [unit]).collect()
}

fn lines_that(gathered: &Gathered, became: Use) -> Vec<usize> {
    let uses = gathered.uses().iter().enumerate();
    uses.filter(|(_, known)| **known == became).map(|(at, _)| at + 1).collect()
}
