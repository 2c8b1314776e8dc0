//! Plans made of lists: a narrative below headings, and objectives as items of lists below the structures they are assigned to.

use traguardo_domain::objective::ObjectiveKind;

mod line;
mod objectives;
mod outside;
mod staff;
mod tables;

#[cfg(test)]
mod tests;

use self::line::{Forms, Item, Opening, Read, ReadLine, Style};
use self::tables::Tables;
use crate::gathered::{Found, Gathered, Use};
use crate::layout::figures;
use crate::layout::narrative::{Narrative, goes_on};
use crate::layout::structures::{Structures, fields_of};
use crate::profile::{Opens, Pattern, Profile};
use crate::source::{Place, Source};

/// Gathers what a plan made of lists says.
#[must_use]
pub fn gather(source: &Source, profile: &Profile) -> Gathered {
    let forms = Forms::of(profile);
    let mut reads: Vec<ReadLine<'_>> =
        source.lines().iter().enumerate().map(|(at, line)| forms.read(at, line)).collect();
    outside::leave_out(&mut reads);
    let mut reader = Lists::new(source, profile);
    let before_items = line::before_items(profile, &reads);
    for (read, before_item) in reads.into_iter().zip(before_items) {
        reader.take(read, before_item);
    }
    reader.finish()
}

/// What items of lists are where the reader stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// Lines of the narrative.
    Narrative,
    /// Objectives.
    Objectives,
    /// What the open structure does year after year.
    Activities,
    /// Nothing of the plan.
    Nothing,
}

/// The last words read, that the next line may go on with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Last {
    Nothing,
    Section,
    Objective,
    Activity(usize),
}

/// The reader, as it goes through the lines.
struct Lists<'p> {
    source: &'p Source,
    profile: &'p Profile,
    gathered: Gathered,
    narrative: Narrative,
    structures: Structures,
    tables: Tables<'p>,
    mode: Mode,
    kinds: Vec<ObjectiveKind>,
    /// How the objectives of the open list are marked.
    style: Option<Style>,
    /// Whether a paragraph stands between the open list and here.
    interrupted: bool,
    last: Last,
    /// The lines that may still go on with the heading just read.
    continues: Vec<&'p Pattern>,
}

impl<'p> Lists<'p> {
    fn new(source: &'p Source, profile: &'p Profile) -> Self {
        Self {
            source,
            profile,
            gathered: Gathered::nothing_of(source),
            narrative: Narrative::new(),
            structures: Structures::default(),
            tables: Tables::default(),
            mode: Mode::Narrative,
            kinds: Vec::new(),
            style: None,
            interrupted: false,
            last: Last::Nothing,
            continues: Vec::new(),
        }
    }

    fn take(&mut self, line: ReadLine<'p>, before_item: bool) {
        let place = line.place;
        match line.read {
            Read::Blank => {}
            Read::Decoration => self.gathered.put(place.line, Use::Decoration),
            Read::Heading(opening, words) => self.heading(&opening, &words, place),
            Read::Item(item) => self.item(&item, place),
            Read::Prose(words) => self.prose(&words, place, before_item),
            Read::Row(cells) => self.row(&cells, place),
        }
    }

    fn heading(&mut self, opening: &Opening<'p>, words: &str, place: Place) {
        let title = Found::new(words.trim_end_matches([':', ' ']), place);
        self.tables.close(&mut self.narrative);
        match &opening.heading.opens {
            Opens::Plan if self.gathered.title.is_some() || !self.gathered.sections.is_empty() => {
                return self.paragraph(words, place);
            }
            Opens::Plan => self.gathered.title = Some(title),
            opens @ (Opens::Section(_) | Opens::Contents(_)) => {
                self.structures.close();
                self.kinds.clear();
                self.mode = Mode::Narrative;
                self.narrative.open(&mut self.gathered, opens.section(), title);
            }
            Opens::Unit(kind) => {
                self.structures.open(&mut self.gathered, *kind, &opening.taken, place);
                self.mode = Mode::Objectives;
                self.narrative.close();
            }
            Opens::Group(kinds) => self.open_group(kinds),
            Opens::Common(kinds) => {
                self.structures.close();
                self.open_group(kinds);
            }
            Opens::Objectives => self.mode = Mode::Objectives,
            Opens::Activities => self.mode = Mode::Activities,
            Opens::Nothing => self.mode = Mode::Nothing,
        }
        self.gathered.put(place.line, Use::Heading);
        self.style = None;
        self.interrupted = false;
        self.last = Last::Nothing;
        self.continues = opening.heading.continues.iter().collect();
    }

    fn open_group(&mut self, kinds: &[ObjectiveKind]) {
        self.kinds = kinds.to_vec();
        self.mode = Mode::Objectives;
        self.narrative.close();
    }

    fn item(&mut self, item: &Item<'p>, place: Place) {
        let among_objectives = self.mode == Mode::Objectives;
        if let Some(opening) = item.opening.as_ref().filter(|_| item.looks_like_a_heading(among_objectives)) {
            let words = item.written();
            return self.heading(opening, &words, place);
        }
        self.tables.close(&mut self.narrative);
        self.continues.clear();
        match self.mode {
            Mode::Objectives if self.style.is_none() || self.style == Some(item.style) => {
                self.objective(item, place);
            }
            Mode::Objectives if !self.interrupted => self.detail(item, place),
            Mode::Activities => self.activity(&item.words, place),
            Mode::Nothing => self.gathered.put(place.line, Use::Decoration),
            Mode::Objectives | Mode::Narrative => {
                if let Some((field, code, name)) = item.coded() {
                    self.structures.coded(name, field, Found::new(code, place));
                }
                self.line(Found::new(item.written(), place));
            }
        }
    }

    fn prose(&mut self, words: &str, place: Place, before_item: bool) {
        if self.continued(words, place) {
            return self.gathered.put(place.line, Use::Heading);
        }
        if self.joined(words, place) {
            return self.gathered.put(place.line, Use::Value);
        }
        let heads_objectives = self.mode == Mode::Objectives && before_item;
        if heads_objectives && let Some(opening) = line::bare(self.profile, words) {
            return self.heading(&opening, words, place);
        }
        self.tables.close(&mut self.narrative);
        self.continues.clear();
        if heads_objectives && self.style.is_none() && words.ends_with(':') {
            return self.gathered.put(place.line, Use::Heading);
        }
        self.paragraph(words, place);
    }

    /// A paragraph, where the reader stands.
    fn paragraph(&mut self, words: &str, place: Place) {
        match self.mode {
            Mode::Nothing => self.gathered.put(place.line, Use::Decoration),
            Mode::Activities => self.activity(words, place),
            Mode::Objectives if self.style.is_none() && self.structures.current().is_some() => {
                self.activity(words, place);
            }
            Mode::Objectives => {
                self.interrupted = true;
                self.line(Found::new(words, place));
            }
            Mode::Narrative => self.line(Found::new(words, place)),
        }
    }

    fn line(&mut self, found: Found) {
        self.gathered.put(found.place.line, Use::Value);
        self.narrative.add(&mut self.gathered, found);
        self.last = Last::Section;
    }

    /// Whether a line goes on with the heading above it, as the profile says.
    fn continued(&mut self, words: &str, place: Place) -> bool {
        let taken = self.continues.iter().enumerate().find_map(|(at, line)| Some((at, line.whole(words)?)));
        let Some((at, taken)) = taken else { return false };
        self.continues.remove(at);
        let Some(unit) = self.structures.current().and_then(|at| self.gathered.units.get_mut(at)) else {
            return false;
        };
        for (field, found) in fields_of(&taken, place).iter() {
            unit.fields.add(*field, found.clone());
        }
        true
    }

    fn finish(mut self) -> Gathered {
        self.tables.close(&mut self.narrative);
        staff::assign(&mut self.gathered, self.tables.staff);
        figures::review(&mut self.gathered, &self.narrative.grids);
        self.gathered
    }
}
