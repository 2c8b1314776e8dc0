//! What a reader gathers from a source: the words of a plan, each with its place, put together as the layout puts them.
//! Nothing is understood yet: what a date or a target means is read later, from these words.

use traguardo_domain::objective::ObjectiveKind;
use traguardo_domain::reading::Confidence;
use traguardo_domain::review::FindingCode;
use traguardo_domain::unit::UnitKind;

use crate::profile::Field;
use crate::source::{Place, Source};

mod section;

pub use section::GatheredSection;

/// Words found in a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The words, without their dress (see [`crate::markup::plain`]).
    pub words: String,
    /// Where they begin.
    pub place: Place,
    /// Where they go on, when they are put together from several cells.
    pub more: Vec<Place>,
    /// How sure it is that they are this value.
    pub confidence: Confidence,
}

impl Found {
    /// Words of one cell, where the layout says they stand.
    pub fn new(words: impl Into<String>, place: Place) -> Self {
        Self { words: words.into(), place, more: Vec::new(), confidence: Confidence::Certain }
    }

    /// The same, not so sure.
    #[must_use]
    pub fn with(self, confidence: Confidence) -> Self {
        Self { confidence, ..self }
    }

    /// The same, going on with words of another cell.
    pub fn join(&mut self, words: &str, place: Place) {
        if words.is_empty() {
            return;
        }
        if !self.words.is_empty() {
            self.words.push(' ');
        }
        self.words.push_str(words);
        self.more.push(place);
    }
}

/// Values of one object, in the order they were found; a field may be there several times.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields(Vec<(Field, Found)>);

impl Fields {
    /// Adds a value.
    pub fn add(&mut self, field: Field, found: Found) {
        self.0.push((field, found));
    }

    /// The first value of a field.
    #[must_use]
    pub fn get(&self, field: Field) -> Option<&Found> {
        self.all(field).next()
    }

    /// The first value of a field, to be gone on with.
    pub fn get_mut(&mut self, field: Field) -> Option<&mut Found> {
        self.0.iter_mut().find(|(known, _)| *known == field).map(|(_, found)| found)
    }

    /// Goes on with the first value of a field; adds it where there is none.
    pub fn add_or_join(&mut self, field: Field, found: Found) {
        match self.get_mut(field) {
            Some(known) => {
                known.confidence = known.confidence.max(found.confidence);
                known.join(&found.words, found.place);
                known.more.extend(found.more);
            }
            None => self.add(field, found),
        }
    }

    /// Puts a value in the place of the first one of its field; adds it where there is none.
    pub fn set(&mut self, field: Field, found: Found) {
        match self.get_mut(field) {
            Some(known) => *known = found,
            None => self.add(field, found),
        }
    }

    /// Every value of a field.
    pub fn all(&self, field: Field) -> impl Iterator<Item = &Found> {
        self.0.iter().filter(move |(known, _)| *known == field).map(|(_, found)| found)
    }

    /// Every value.
    pub fn iter(&self) -> impl Iterator<Item = &(Field, Found)> {
        self.0.iter()
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A structure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GatheredUnit {
    /// Its level.
    pub kind: UnitKind,
    /// Its name, number, code, responsible.
    pub fields: Fields,
    /// Index of the structure it is part of; always smaller than its own.
    pub parent: Option<usize>,
    /// Its posts: qualification, category, posts, women, men.
    pub staff: Vec<Fields>,
    /// The row that counts the posts.
    pub staff_total: Option<Found>,
    /// What it does year after year, a line each.
    pub activities: Vec<Found>,
    /// Titles and weights of its objectives, as a summary prints them.
    pub summary: Vec<Fields>,
    /// The row that sums the weights.
    pub summary_total: Option<Found>,
}

impl GatheredUnit {
    /// A structure of which nothing is known but its level and these values.
    #[must_use]
    pub const fn new(kind: UnitKind, fields: Fields, parent: Option<usize>) -> Self {
        Self {
            kind,
            fields,
            parent,
            staff: Vec::new(),
            staff_total: None,
            activities: Vec::new(),
            summary: Vec::new(),
            summary_total: None,
        }
    }
}

/// An objective.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GatheredObjective {
    /// The structures it is assigned to, by index; none when it is of the whole comune.
    pub units: Vec<usize>,
    /// Its own values.
    pub fields: Fields,
    /// The kinds the place it stands in gives it.
    pub kinds: Vec<ObjectiveKind>,
    /// Its phases: number, title, weight, deadline, and one indicator with its target.
    pub phases: Vec<Fields>,
    /// Its indicators: profile, indicator, target, deadline.
    pub indicators: Vec<Fields>,
    /// How it is done: step and step times.
    pub steps: Vec<Fields>,
}

/// What became of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Use {
    /// Its words are values of the plan.
    Value,
    /// It opens a structure, a section, a group.
    Heading,
    /// It names the columns of a table.
    Header,
    /// It names them again.
    RepeatedHeader,
    /// It counts or sums other lines.
    Total,
    /// Nothing is written in it.
    Blank,
    /// It says nothing of the plan.
    Decoration,
    /// It was not understood.
    NotUnderstood,
}

/// What a reader noticed that the plan itself does not show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noticed {
    /// The rule.
    pub code: FindingCode,
    /// Where.
    pub place: Place,
    /// The words, as they stand there.
    pub words: Option<String>,
    /// What is wrong, in Italian.
    pub message: String,
    /// What may be done, in Italian.
    pub suggestion: Option<String>,
    /// Index of the objective it is about.
    pub objective: Option<usize>,
    /// Index of the structure it is about.
    pub unit: Option<usize>,
}

/// What a reader gathered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gathered {
    /// The title of the plan.
    pub title: Option<Found>,
    /// The structures, each after the one it is part of.
    pub units: Vec<GatheredUnit>,
    /// The narrative.
    pub sections: Vec<GatheredSection>,
    /// The objectives, in their order.
    pub objectives: Vec<GatheredObjective>,
    /// What was noticed.
    pub noticed: Vec<Noticed>,
    uses: Vec<Use>,
}

impl Gathered {
    /// Nothing yet: every line is blank or not understood until a reader says what became of it. So no line can be lost.
    #[must_use]
    pub fn nothing_of(source: &Source) -> Self {
        let use_of = |line: &crate::source::SourceLine| {
            if line.is_blank() { Use::Blank } else { Use::NotUnderstood }
        };
        Self {
            title: None,
            units: Vec::new(),
            sections: Vec::new(),
            objectives: Vec::new(),
            noticed: Vec::new(),
            uses: source.lines().iter().map(use_of).collect(),
        }
    }

    /// Says what became of a line; a blank one stays blank.
    pub fn put(&mut self, line: usize, became: Use) {
        if let Some(known) = self.uses.get_mut(line)
            && *known != Use::Blank
        {
            *known = became;
        }
    }

    /// What became of every line.
    #[must_use]
    pub fn uses(&self) -> &[Use] {
        &self.uses
    }
}
