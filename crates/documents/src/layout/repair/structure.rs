//! Structures named in columns: a department, a service and an office in every row, some blank, some cut by a page break, some
//! with a code before the name. From all rows together comes the tree; what one row says badly another says well.

use std::collections::HashMap;

use crate::gathered::{Fields, Found, Gathered, GatheredObjective, Noticed};
use crate::markup::plain;
use crate::profile::{Column, Field, Holds, Profile};
use crate::source::Place;
use traguardo_domain::reading::Confidence;
use traguardo_domain::review::FindingCode;
use traguardo_domain::unit::UnitKind;

use super::code::{self, Code};
use super::likeness::telling_words;

mod below;
mod emit;
mod names;
mod node;
mod top;

use node::Tree;

/// The columns that name structures, from the top.
const LEVELS: [(Field, UnitKind); 5] = [
    (Field::Department, UnitKind::Department),
    (Field::Area, UnitKind::Area),
    (Field::Sector, UnitKind::Sector),
    (Field::Service, UnitKind::Service),
    (Field::Office, UnitKind::Office),
];

/// A column that names structures.
#[derive(Debug, Clone, Copy)]
struct Level<'p> {
    field: Field,
    kind: UnitKind,
    column: &'p Column,
}

/// What one cell says of a structure.
#[derive(Debug, Clone)]
struct Said {
    found: Found,
    code: Option<Code>,
    name: String,
    telling: Vec<String>,
    everyone: bool,
}

impl Said {
    fn read(found: Found, column: &Column) -> Self {
        let read = code::leading(&found.words);
        let everyone = found.words.len() <= 120 && column.everyone.iter().any(|words| words.is(&found.words));
        let (code, name) = match read {
            Some((code, name)) => (Some(code), name),
            None => (None, found.words.clone()),
        };
        let telling = telling_words(&name);
        Self { found, code, name, telling, everyone }
    }

    fn is_doubtful(&self) -> bool {
        self.found.confidence >= Confidence::Guess
    }
}

/// What one row says of its structures, by level.
#[derive(Debug, Clone)]
struct Row {
    objective: usize,
    said: Vec<Option<Said>>,
}

impl Row {
    fn said(&self, level: usize) -> Option<&Said> {
        self.said.get(level).and_then(Option::as_ref)
    }

    /// What it says below the top.
    fn below(&self) -> impl DoubleEndedIterator<Item = (usize, &Said)> {
        let all = self.said.iter().enumerate().skip(1);
        all.filter_map(|(level, said)| Some((level, said.as_ref()?)))
    }

    /// The beginning of the code it prints, of the lowest level that has one.
    fn prefix(&self, depth: usize) -> Option<Code> {
        let mut codes = self.said.iter().rev().flatten().filter_map(|said| said.code.as_ref());
        codes.find_map(|code| code.up_to(depth))
    }
}

/// What a row's top structure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Top {
    /// This one.
    One(usize),
    /// All of them.
    Everyone,
    /// Not known.
    Unknown,
}

/// Finds the structures that the columns of a table name, and assigns every objective to its own.
pub fn place(gathered: &mut Gathered, profile: &Profile) {
    let said = |level: &Level<'_>| {
        let mut objectives = gathered.objectives.iter().filter(|objective| objective.units.is_empty());
        objectives.any(|objective| objective.fields.get(level.field).is_some())
    };
    let levels: Vec<Level<'_>> = levels_of(profile).into_iter().filter(said).collect();
    if levels.is_empty() {
        return;
    }
    let mut rows = Vec::new();
    for (index, objective) in gathered.objectives.iter_mut().enumerate() {
        if objective.units.is_empty() {
            rows.push(Row { objective: index, said: taken(objective, &levels) });
        }
    }
    let mut notes = Notes::default();
    let tops = top::resolve(&rows, &levels, &mut notes);
    let mut tree = Tree::of(&rows, &levels, &tops);
    let found = below::resolve(&rows, &tops, &mut tree, &mut notes);
    let emitted = emit::units(gathered, &levels, &tree, &tops, &found);
    emit::assign(gathered, &rows, &tops, &found, &emitted);
    gathered.noticed.append(&mut notes.0);
}

/// The columns of the profile's tables of objectives that name structures, from the top.
fn levels_of(profile: &Profile) -> Vec<Level<'_>> {
    let tables = profile.tables.iter().filter(|table| table.holds == Holds::Objectives);
    let columns: Vec<&Column> = tables.flat_map(|table| &table.columns).collect();
    let level = |(field, kind): (Field, UnitKind)| {
        let column = columns.iter().find(|column| column.field == field)?;
        Some(Level { field, kind, column })
    };
    LEVELS.into_iter().filter_map(level).collect()
}

/// Takes what an objective says of its structures out of its values.
fn taken(objective: &mut GatheredObjective, levels: &[Level<'_>]) -> Vec<Option<Said>> {
    let said = |level: &Level<'_>| {
        let found = objective.fields.get(level.field)?.clone();
        Some(Said::read(found, level.column))
    };
    let said = levels.iter().map(said).collect();
    let mut rest = Fields::default();
    for (field, found) in objective.fields.iter() {
        if !levels.iter().any(|level| level.field == *field) {
            rest.add(*field, found.clone());
        }
    }
    objective.fields = rest;
    said
}

/// What is told of structures.
#[derive(Debug, Default)]
struct Notes(Vec<Noticed>);

impl Notes {
    /// Tells a message about a cell, and what may be written instead.
    fn tell(
        &mut self,
        code: FindingCode,
        row: &Row,
        said: &Said,
        (message, suggestion): (String, Option<String>),
    ) {
        self.0.push(Noticed {
            code,
            place: said.found.place,
            words: Some(plain(&said.found.words)),
            message,
            suggestion,
            objective: Some(row.objective),
            unit: None,
        });
    }
}

/// How often each of several things was counted.
type Counts<K> = HashMap<K, usize>;

/// The most counted; of equals the one that `first` puts before.
fn most<K: Clone, O: Ord>(counts: &Counts<K>, first: impl Fn(&K) -> O) -> Option<K> {
    let best = counts.iter().min_by_key(|(key, count)| (std::cmp::Reverse(**count), first(key)));
    best.map(|(key, _)| key.clone())
}

/// The place of nothing.
const NOWHERE: Place = Place { line: 0, cell: 0 };
