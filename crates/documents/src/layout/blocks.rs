//! Plans made of blocks: for every objective some lines that say "name: value", below headings of structures.

mod block;
mod key;

#[cfg(test)]
mod tests;

use self::block::Block;
use self::key::{Key, keys_of};
use crate::gathered::{Fields, Found, Gathered, Use};
use crate::layout::heading;
use crate::layout::narrative::{Narrative, goes_on};
use crate::layout::structures::{Structures, fields_of, level_of};
use crate::markup::{fold, plain};
use crate::profile::{Field, Heading, Opens, Profile, Taken};
use crate::source::{Place, Source, SourceLine};

/// Gathers what a plan made of blocks says.
#[must_use]
pub fn gather(source: &Source, profile: &Profile) -> Gathered {
    let mut reader = Blocks::new(source, profile);
    for (at, line) in source.lines().iter().enumerate() {
        reader.take(at, line);
    }
    reader.close();
    reader.gathered
}

/// What the next line without a name goes on with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Last {
    Nothing,
    Value,
    Section,
}

/// The reader, as it goes through the lines.
struct Blocks<'p> {
    profile: &'p Profile,
    gathered: Gathered,
    narrative: Narrative,
    structures: Structures,
    block: Option<Block>,
    /// The field blocks begin with, known from the first of them.
    opener: Option<Field>,
    last: Last,
    /// Whether a blank line stands before this one.
    apart: bool,
}

impl<'p> Blocks<'p> {
    fn new(source: &Source, profile: &'p Profile) -> Self {
        Self {
            profile,
            gathered: Gathered::nothing_of(source),
            narrative: Narrative::new(),
            structures: Structures::default(),
            block: None,
            opener: None,
            last: Last::Nothing,
            apart: true,
        }
    }

    fn take(&mut self, at: usize, line: &SourceLine) {
        if line.is_blank() {
            self.apart = true;
            return;
        }
        let became = self.said(at, line);
        self.gathered.put(at, became);
        self.apart = false;
    }

    fn said(&mut self, at: usize, line: &SourceLine) -> Use {
        let cell = line.cells().position(|cell| !cell.trim().is_empty()).unwrap_or_default();
        let place = Place { line: at, cell };
        let alone = heading::words_of(line).map(|(_, words)| words);
        if let Some(words) = &alone {
            let folded = fold(words);
            if self.profile.decorations.iter().any(|line| line.whole_folded(&folded).is_some()) {
                return Use::Decoration;
            }
            if let Some(taken) = self.begins(words) {
                self.open(Some(&taken), place);
                return Use::Value;
            }
            if let Some((heading, taken)) = heading::recognise(self.profile, line)
                && self.heading(heading, &taken, words, place)
            {
                return Use::Heading;
            }
        }
        let keys = keys_of(self.profile, at, line);
        if !keys.is_empty() {
            for key in keys {
                self.key(key);
            }
            self.last = Last::Value;
            return Use::Value;
        }
        let words = alone.unwrap_or_else(|| line.cells().map(plain).collect::<Vec<_>>().join(" "));
        self.unnamed(words.trim(), place)
    }

    /// How a block begins, where the profile says.
    fn begins(&self, words: &str) -> Option<Taken> {
        self.profile.cards.as_ref()?.begins.iter().find_map(|line| line.whole(words))
    }

    fn heading(&mut self, heading: &Heading, taken: &Taken, words: &str, place: Place) -> bool {
        let title = Found::new(words.trim_end_matches([':', ' ']), place);
        match &heading.opens {
            Opens::Plan if self.gathered.title.is_some() => return false,
            Opens::Plan => self.gathered.title = Some(title),
            // Right below the lines of a block, a structure is one of its values.
            Opens::Unit(_) if self.block.is_some() && !self.apart => return false,
            Opens::Unit(kind) => {
                self.close();
                self.structures.open(&mut self.gathered, *kind, taken, place);
                self.narrative.close();
            }
            opens @ (Opens::Section(_) | Opens::Contents(_)) => {
                self.close();
                self.structures.close();
                self.narrative.open(&mut self.gathered, opens.section(), title);
                self.last = Last::Section;
                return true;
            }
            Opens::Common(_) => {
                self.close();
                self.structures.close();
            }
            Opens::Group(_) | Opens::Activities | Opens::Objectives | Opens::Nothing => self.close(),
        }
        self.last = Last::Nothing;
        true
    }

    /// A value with its name: of the block it opens, of the open one, or of the open structure.
    fn key(&mut self, key: Key) {
        if self.block.is_none()
            && matches!(key.field, Field::Responsible | Field::Delegate | Field::Interim)
            && let Some(unit) = self.structures.current().and_then(|at| self.gathered.units.get_mut(at))
        {
            return unit.fields.add(key.field, key.found);
        }
        if self.block.as_ref().is_none_or(|block| block.is_over(key.field, self.opener)) {
            self.open(None, key.found.place);
            self.opener = self.opener.or(Some(key.field));
        }
        let level = level_of(key.field);
        let Some(block) = self.block.as_mut() else { return };
        match level {
            Some(kind) => {
                let taken = Taken { fields: vec![(key.field, key.found.words)], rest: String::new() };
                let at = self.structures.find(&mut self.gathered, kind, &taken, key.found.place);
                block.units = vec![at];
            }
            None => block.add(key.field, key.found),
        }
    }

    /// Words without a name: they go on with the value above, or with the narrative.
    fn unnamed(&mut self, words: &str, place: Place) -> Use {
        if self.last == Last::Value
            && let Some(value) = self.block.as_mut().and_then(Block::last)
            && (!self.apart || value.words.is_empty() || goes_on(&value.words, words))
        {
            value.join(words, place);
            return Use::Value;
        }
        if self.block.is_some() || self.structures.current().is_some() {
            return Use::NotUnderstood;
        }
        self.narrative.add(&mut self.gathered, Found::new(words, place));
        self.last = Last::Section;
        Use::Value
    }

    fn open(&mut self, taken: Option<&Taken>, place: Place) {
        self.close();
        let fields = taken.map(|taken| fields_of(taken, place)).unwrap_or_default();
        let units = self.structures.current().into_iter().collect();
        self.block = Some(Block::new(units, &fields));
        self.last = Last::Value;
    }

    /// Ends the open block.
    fn close(&mut self) {
        if let Some(block) = self.block.take() {
            self.gathered.objectives.push(block.finish());
        }
        self.last = Last::Nothing;
    }
}

/// Values of one object with their fields, as they are put together.
fn fields(values: impl IntoIterator<Item = (Field, Found)>) -> Fields {
    let mut fields = Fields::default();
    for (field, found) in values {
        fields.add(field, found);
    }
    fields
}
