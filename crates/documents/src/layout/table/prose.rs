//! Lines that are no rows: where their words go, so that none is lost.

use traguardo_domain::section::SectionKind;

use crate::gathered::{Found, GatheredSection, Use};
use crate::layout::heading;
use crate::source::{Place, SourceLine};

use super::Walk;

/// Where lines that are no rows go.
#[derive(Clone, Copy)]
pub(super) enum Prose {
    /// To a part of the narrative without a heading: the one that is open, or a new one.
    Free(Option<usize>),
    /// To the part of the narrative a heading opened.
    Section(usize),
    /// To what the open structure does year after year.
    Activities,
    /// Nowhere: they say nothing of the plan.
    Skipped,
}

impl Walk<'_> {
    /// Takes a paragraph in.
    pub(super) fn prose(&mut self, index: usize, line: &SourceLine) -> Use {
        let Some((cell, words)) = heading::words_of(line) else { return Use::NotUnderstood };
        let found = Found::new(words, Place { line: index, cell });
        let activities = self.scope.unit.and_then(|unit| self.gathered.units.get_mut(unit));
        match (self.prose, activities) {
            (Prose::Skipped, _) => return Use::Decoration,
            (Prose::Activities, Some(unit)) => unit.activities.push(found),
            (Prose::Activities | Prose::Free(_) | Prose::Section(_), _) => self.narrative(found),
        }
        Use::Value
    }

    /// Puts words in the part of the narrative that is open, or in a new one.
    pub(super) fn narrative(&mut self, found: Found) {
        let open = match self.prose {
            Prose::Free(open) => open,
            Prose::Section(section) => Some(section),
            Prose::Activities | Prose::Skipped => None,
        };
        if let Some(section) = open.and_then(|section| self.gathered.sections.get_mut(section)) {
            section.lines.push(found);
            return;
        }
        let before = self.gathered.units.is_empty() && self.gathered.objectives.is_empty();
        let kind = if before { SectionKind::Introduction } else { SectionKind::Other };
        self.gathered.sections.push(GatheredSection { kind, title: None, lines: vec![found] });
        self.prose = Prose::Free(Some(self.gathered.sections.len().saturating_sub(1)));
    }

    /// What becomes of a row that is below no header.
    pub(super) const fn stray_row(&self) -> Use {
        match self.prose {
            Prose::Skipped => Use::Decoration,
            Prose::Free(_) | Prose::Section(_) | Prose::Activities => Use::NotUnderstood,
        }
    }
}
