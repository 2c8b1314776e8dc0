//! What headings open: structures, groups of their objectives, parts of the narrative.

use std::collections::HashMap;

use traguardo_domain::objective::ObjectiveKind;
use traguardo_domain::unit::UnitKind;

use crate::gathered::{Fields, Found, GatheredSection, GatheredUnit, Use};
use crate::layout::heading;
use crate::markup::fold;
use crate::profile::{Field, Heading, Opens, Taken};
use crate::source::{Place, SourceLine};

use super::Walk;
use super::prose::Prose;

/// The longest line that goes on with a heading by its place alone, in bytes.
const LONGEST_NAME: usize = 120;

/// The structures and groups that are open.
#[derive(Default)]
pub(super) struct Scope {
    /// The structure whose objectives come.
    pub(super) unit: Option<usize>,
    /// The kinds of the group that is open.
    pub(super) kinds: Vec<ObjectiveKind>,
    /// Whether the objectives that come are of the whole comune.
    pub(super) common: bool,
    /// The objectives of this structure and group, by number.
    pub(super) numbers: HashMap<String, usize>,
    /// The structures that are open, each with the level its heading has.
    levels: Vec<(UnitKind, usize)>,
    /// The structures, by what is above them and what they are called.
    known: HashMap<(Option<usize>, String), usize>,
}

impl Scope {
    /// Opens a group of objectives.
    pub(super) fn group(&mut self, kinds: &[ObjectiveKind], common: bool) {
        kinds.clone_into(&mut self.kinds);
        self.common = common;
        self.numbers.clear();
    }

    /// The structures an objective of here is assigned to. A layout whose rows name their structures puts them here.
    pub(super) fn units(&self) -> Vec<usize> {
        if self.common { Vec::new() } else { self.unit.into_iter().collect() }
    }
}

/// A structure whose heading may go on in the lines that follow.
pub(super) struct Pending<'p> {
    heading: &'p Heading,
    level: UnitKind,
    fields: Fields,
    used: Vec<usize>,
    /// Whether a blank line came since.
    pub(super) gap: bool,
}

impl<'p> Walk<'p> {
    /// Opens what a heading opens; `None` when it opens nothing here and is read as any other line.
    pub(super) fn heading(
        &mut self,
        heading: &'p Heading,
        taken: &Taken,
        index: usize,
        line: &SourceLine,
    ) -> Option<Use> {
        let (cell, words) = heading::words_of(line)?;
        let place = Place { line: index, cell };
        match &heading.opens {
            Opens::Unit(level) => self.structure(heading, *level, taken, place),
            Opens::Plan => {
                if self.gathered.title.is_some() || self.scope.unit.is_some() || self.pending.is_some() {
                    return None;
                }
                self.gathered.title = Some(Found::new(words, place));
            }
            Opens::Group(kinds) => self.group(kinds, false),
            Opens::Common(kinds) => self.group(kinds, true),
            opens @ (Opens::Section(_) | Opens::Contents(_)) => {
                self.close();
                self.gathered.sections.push(GatheredSection {
                    kind: opens.section(),
                    title: Some(Found::new(words, place)),
                    lines: Vec::new(),
                });
                self.prose = Prose::Section(self.gathered.sections.len().saturating_sub(1));
            }
            Opens::Activities => {
                self.close();
                self.prose = Prose::Activities;
            }
            Opens::Objectives => {
                self.settle();
                self.prose = Prose::Free(None);
            }
            Opens::Nothing => {
                self.close();
                self.prose = Prose::Skipped;
            }
        }
        Some(Use::Heading)
    }

    /// Opens a group of objectives.
    fn group(&mut self, kinds: &[ObjectiveKind], common: bool) {
        self.settle();
        self.scope.group(kinds, common);
        self.last = None;
        self.prose = Prose::Free(None);
    }

    /// Ends the table that is open.
    fn close(&mut self) {
        self.settle();
        self.table = None;
        self.last = None;
    }

    /// Opens a structure, or goes on with one whose heading says no other thing.
    fn structure(&mut self, heading: &'p Heading, level: UnitKind, taken: &Taken, place: Place) {
        let found = || taken.fields.iter().map(|(field, words)| (*field, Found::new(words, place)));
        if let Some(pending) = &mut self.pending
            && pending.level == level
            && taken.fields.iter().all(|(field, words)| says(&pending.fields, *field, words) != Some(false))
            && taken.fields.iter().any(|(field, words)| says(&pending.fields, *field, words) == Some(true))
        {
            for (field, value) in found() {
                if pending.fields.get(field).is_none() {
                    pending.fields.add(field, value);
                }
            }
            return;
        }
        self.settle();
        let mut fields = Fields::default();
        super::add_all(&mut fields, found());
        self.pending = Some(Pending { heading, level, fields, used: Vec::new(), gap: false });
    }

    /// Whether a line goes on with the heading before it; if so its words are taken.
    pub(super) fn goes_on(&mut self, index: usize, line: &SourceLine) -> bool {
        let (Some(pending), Some((cell, words))) = (&mut self.pending, heading::words_of(line)) else {
            return false;
        };
        let folded = (words.len() <= LONGEST_NAME).then(|| fold(&words));
        let place = Place { line: index, cell };
        let name_missing = pending.fields.get(Field::Unit).is_none();
        for (at, pattern) in pending.heading.continues.iter().enumerate() {
            let bare = pattern.is_bare();
            let Some(folded) = folded.as_ref().filter(|_| !pending.used.contains(&at)) else { continue };
            if bare && ((pending.gap && !name_missing) || words.ends_with(['.', ';', ':'])) {
                continue;
            }
            let Some(taken) = pattern.whole_folded(folded) else { continue };
            if taken.fields.iter().any(|(field, _)| pending.fields.get(*field).is_some()) {
                continue;
            }
            pending.used.push(at);
            pending.gap = false;
            for (field, words) in taken.fields {
                let found = Found::new(words, place);
                let sure = traguardo_domain::reading::Confidence::Likely;
                pending.fields.add(field, if bare { found.with(sure) } else { found });
            }
            return true;
        }
        false
    }

    /// Opens the structure whose heading has ended; the heading of the open one again, at the top of a page, changes nothing.
    pub(super) fn settle(&mut self) {
        let Some(pending) = self.pending.take() else { return };
        let current = self.scope.unit.and_then(|unit| self.gathered.units.get(unit));
        if current.is_some_and(|unit| repeats(&unit.fields, &pending.fields)) {
            return;
        }
        let levels = &mut self.scope.levels;
        while levels.last().is_some_and(|(level, _)| *level >= pending.level) {
            levels.pop();
        }
        let parent = levels.last().map(|(_, unit)| *unit);
        let called = (parent, called(&pending.fields));
        let level = pending.level;
        let unit = match self.scope.known.get(&called).copied() {
            Some(unit) => self.again(unit, &pending.fields),
            None => self.first(called, level, pending.fields),
        };
        self.scope.levels.push((level, unit));
        self.scope.unit = Some(unit);
        self.scope.group(&[], false);
        self.last = None;
        self.prose = Prose::Free(None);
        if let Some(open) = &mut self.table {
            open.carried.fill(None);
        }
    }

    /// A structure that comes for the first time.
    fn first(&mut self, called: (Option<usize>, String), level: UnitKind, fields: Fields) -> usize {
        let named = fields.get(Field::Unit).filter(|_| fields.get(Field::Number).is_none());
        let kind = named.and_then(|name| heading::level_named(&name.words)).unwrap_or(level);
        let unit = self.gathered.units.len();
        self.gathered.units.push(GatheredUnit::new(kind, fields, called.0));
        self.scope.known.insert(called, unit);
        unit
    }

    /// A structure that comes again, after others, with what its heading says that the first did not.
    fn again(&mut self, unit: usize, fields: &Fields) -> usize {
        if let Some(known) = self.gathered.units.get_mut(unit) {
            for (field, found) in fields.iter() {
                if says(&known.fields, *field, &found.words) != Some(true) {
                    known.fields.add(*field, found.clone());
                }
            }
        }
        unit
    }
}

/// Whether these values say the words of a field; `None` when they say nothing of it.
fn says(fields: &Fields, field: Field, words: &str) -> Option<bool> {
    fields.get(field).map(|known| fold(&known.words).squeezed() == fold(words).squeezed())
}

/// Whether all that some values say, other values say too.
fn repeats(known: &Fields, again: &Fields) -> bool {
    !again.is_empty() && again.iter().all(|(field, found)| says(known, *field, &found.words) == Some(true))
}

/// What a structure is called, as it is compared.
fn called(fields: &Fields) -> String {
    let words = |field| fields.get(field).map(|found| fold(&found.words).squeezed()).unwrap_or_default();
    [words(Field::Number), words(Field::Code), words(Field::Unit)].join("|")
}
