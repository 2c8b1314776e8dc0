//! Plans of cards read from texts: the real one where it is, and invented ones.

use std::sync::LazyLock;

use traguardo_domain::digest::Digest;
use traguardo_domain::review::FindingCode;

use crate::gathered::{Fields, Gathered, GatheredObjective, Use};
use crate::layout::gather;
use crate::profile::{Field, Profile, shipped};
use crate::source::{LineForm, Source, SourceFormat, SourceLine};

mod clean;
mod properties;
mod seed;
mod torn;

/// The profile; read once, for all tests.
fn profile() -> &'static Profile {
    static PROFILE: LazyLock<Profile> =
        LazyLock::new(|| shipped().unwrap().into_iter().find(|profile| profile.name == "cards").unwrap());
    &PROFILE
}

fn source(text: &str) -> Source {
    let line = |(at, words): (usize, &str)| {
        let form = if words.contains('\t') { LineForm::Row } else { LineForm::Prose };
        let cells = words.split('\t').map(str::to_owned).collect();
        SourceLine::new(u32::try_from(at.saturating_add(1)).unwrap(), 0, form, cells)
    };
    let lines = text.lines().enumerate().map(line).collect();
    Source::new(SourceFormat::Text, "UTF-8", Digest::of(text.as_bytes()), Vec::new(), lines)
}

fn read(text: &str) -> Gathered {
    gather(&source(text), profile())
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
    uses.filter(|(_, known)| **known == became).map(|(at, _)| at.saturating_add(1)).collect()
}

fn card<'g>(gathered: &'g Gathered, code: &str) -> &'g GatheredObjective {
    gathered.objectives.iter().find(|card| words(&card.fields, Field::Code) == code).unwrap()
}

/// The codes of the objectives something was noticed of.
fn noticed(gathered: &Gathered, code: FindingCode) -> Vec<&str> {
    let about = gathered.noticed.iter().filter(|noticed| noticed.code == code);
    let cards = about.filter_map(|noticed| gathered.objectives.get(noticed.objective?));
    cards.map(|card| words(&card.fields, Field::Code)).collect()
}
