//! Whole plans of one wide table: the real one where it is at hand, and others of our own.

mod any;
mod seed;
mod sixth;

use std::sync::LazyLock;

use crate::gathered::{Found, Gathered, GatheredObjective, GatheredUnit, Use};
use crate::layout::gather;
use crate::profile::{Field, Profile, shipped};
use crate::source::{LineForm, Source, SourceFormat, SourceLine};
use traguardo_domain::digest::Digest;
use traguardo_domain::objective::ObjectiveKind;

/// The profile of the layout, read once.
static WIDE: LazyLock<Profile> =
    LazyLock::new(|| shipped().unwrap().into_iter().find(|profile| profile.name == "wide_table").unwrap());

fn wide() -> Profile {
    WIDE.clone()
}

/// A text with tables by tabs, as a source.
fn source(text: &str) -> Source {
    let line = |(line, number): (&str, u32)| {
        let cells: Vec<String> = line.split('\t').map(str::to_owned).collect();
        let form = if cells.len() > 1 { LineForm::Row } else { LineForm::Prose };
        SourceLine::new(number, 0, form, cells)
    };
    let lines = text.lines().zip(1..).map(line).collect();
    Source::new(SourceFormat::Text, "UTF-8", Digest::of(text.as_bytes()), Vec::new(), lines)
}

fn became(gathered: &Gathered, wanted: Use) -> Vec<usize> {
    let uses = gathered.uses().iter().zip(1..);
    uses.filter(|(became, _)| **became == wanted).map(|(_, line)| line).collect()
}

fn code(unit: &GatheredUnit) -> String {
    unit.fields.get(Field::Code).map(|found| found.words.clone()).unwrap_or_default()
}

/// The structure at the top of one.
fn top(gathered: &Gathered, unit: usize) -> usize {
    gathered.units[unit].parent.map_or(unit, |parent| top(gathered, parent))
}
