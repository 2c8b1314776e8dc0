//! Bringing an objective from the version it follows to a newer one, three ways: what the version said, what the newer one says,
//! what the objective says. Who alone changed a field has it; where both did, the objective keeps its own unless it is locked
//! or somebody decides, and it is told.

use std::collections::BTreeMap;

use serde::Serialize;
use uuid::Uuid;

use super::content::{Content, Place};
use super::{Field, Template};
use crate::objective::ObjectiveFacts;
use crate::period::Year;
use crate::text::Code;
use crate::vocabulary::vocabulary;

mod indicators;
mod take;

vocabulary! {
    /// What a rebase does with a field.
    RebaseOutcome, "Che cosa fa il passaggio a una nuova versione: il campo prende il nuovo testo, resta com'è, è in conflitto e resta com'è finché qualcuno non sceglie, oppure è bloccato e prende il nuovo testo." {
        /// Only the template changed: the objective follows.
        Taken = "taken",
        /// Only the objective says otherwise: it stays.
        Kept = "kept",
        /// Both changed: the objective's stays, unless somebody chose.
        Conflict = "conflict",
        /// Both changed, and the template locks it: the template's is taken.
        Overruled = "overruled",
    }
}

vocabulary! {
    /// Whose word holds where both changed a field.
    RebaseChoice, "Chi ha ragione dove un campo è cambiato da entrambe le parti: il piano o l'obiettivo condiviso." {
        /// The objective's.
        Ours = "ours",
        /// The template's.
        Theirs = "theirs",
    }
}

/// What was decided of the places in conflict.
pub type Choices = BTreeMap<Place, RebaseChoice>;

/// What became of one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RebaseChange {
    /// Which.
    #[serde(flatten)]
    pub place: Place,
    /// What.
    pub outcome: RebaseOutcome,
    /// Whether the newer version locks it.
    pub locked: bool,
    /// What the version that is followed said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base: Option<Content>,
    /// What the newer one says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub theirs: Option<Content>,
    /// What the objective says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ours: Option<Content>,
    /// What was chosen, of a conflict.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub choice: Option<RebaseChoice>,
}

/// An objective at the newer version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rebased {
    /// What it says now.
    pub facts: ObjectiveFacts,
    /// What became of each place where somebody says something other than the version that was followed.
    pub changes: Vec<RebaseChange>,
    /// The indicators whose definition is another: what was measured by the old one is not compared with the new.
    pub redefined: Vec<Code>,
    /// The indicators the newer version has no more and the plan had made its own: they stay, bound to nothing.
    pub released: Vec<Code>,
}

impl Rebased {
    /// The conflicts nobody has decided.
    pub fn undecided(&self) -> impl Iterator<Item = &RebaseChange> {
        let conflicts = self.changes.iter().filter(|one| one.outcome == RebaseOutcome::Conflict);
        conflicts.filter(|one| one.choice.is_none())
    }
}

/// From which version to which.
#[derive(Debug, Clone, Copy)]
pub struct Versions<'v> {
    /// The one that is followed.
    pub base: &'v Template,
    /// The newer one.
    pub theirs: &'v Template,
}

/// Brings an objective that follows one version to another, in a plan of this year.
#[must_use]
pub fn rebase(
    ours: &ObjectiveFacts,
    versions: Versions<'_>,
    year: Year,
    choices: &Choices,
    fresh: &mut dyn FnMut() -> Uuid,
) -> Rebased {
    let Versions { base, theirs } = versions;
    let bench = Bench { ours, base, theirs, year, choices };
    let mut changes = Vec::new();
    let mut facts = ours.clone();
    for place in bench.places() {
        let Some(change) = bench.decide(place) else { continue };
        let takes = match change.outcome {
            RebaseOutcome::Taken | RebaseOutcome::Overruled => true,
            RebaseOutcome::Conflict => change.choice == Some(RebaseChoice::Theirs),
            RebaseOutcome::Kept => false,
        };
        if takes {
            take::place(&mut facts, &change.place, theirs, year, fresh);
        }
        changes.push(change);
    }
    let redefined = indicators::redefine(&mut facts, base, theirs);
    let (change, released) = indicators::merge(&mut facts, &bench, fresh);
    changes.extend(change);
    facts.template = Some(theirs.code.clone());
    facts.template_version = Some(theirs.number);
    Rebased { facts, changes, redefined, released }
}

/// The three sides.
struct Bench<'b> {
    ours: &'b ObjectiveFacts,
    base: &'b Template,
    theirs: &'b Template,
    year: Year,
    choices: &'b Choices,
}

impl Bench<'_> {
    /// The places all three can say something of; which indicators there are is merged by itself.
    fn places(&self) -> impl Iterator<Item = Place> {
        let (before, after) = (self.base.codes(), self.theirs.codes());
        let common = move |place: &Place| {
            place.indicator.as_ref().is_none_or(|code| before.contains(code) && after.contains(code))
        };
        let places = self.theirs.places().into_iter().filter(common);
        places.filter(|place| place.field != Field::Indicators && self.ours.has_room_for(place))
    }

    /// What becomes of a place; nothing where all say the same.
    fn decide(&self, place: Place) -> Option<RebaseChange> {
        let (base, theirs) = (self.base.says(&place, self.year), self.theirs.says(&place, self.year));
        let ours = self.ours.says(&place);
        let locked = self.theirs.locks(&place);
        let imposed = locked && theirs.is_some() && (base != theirs || !self.base.locks(&place));
        let outcome = if ours == theirs || (base.is_none() && theirs.is_none()) {
            return None;
        } else if imposed && ours != base {
            RebaseOutcome::Overruled
        } else if base == theirs || (ours != base && theirs.is_none()) {
            RebaseOutcome::Kept
        } else if ours == base {
            RebaseOutcome::Taken
        } else {
            RebaseOutcome::Conflict
        };
        let chosen = self.choices.get(&place).copied();
        let choice = chosen.filter(|_| outcome == RebaseOutcome::Conflict);
        Some(RebaseChange { place, outcome, locked, base, theirs, ours, choice })
    }
}

#[cfg(test)]
mod tests;
