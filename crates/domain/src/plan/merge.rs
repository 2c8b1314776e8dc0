//! A document read from a file brought onto the plan that is there: what is there keeps its identity, what the file says takes
//! the place of what was said, and what the file does not say stays.
//!
//! The same object is found again by what it is called before how it is numbered: a row put in the middle shifts every number
//! after it, and no title. So a title that is the same, or like, wins over a key or a code whose title is unlike; only where
//! no title is like does a key, then a code, decide alone.

use std::collections::{BTreeMap, HashSet};

use uuid::Uuid;

mod edited;
mod identities;
mod keys;
mod objectives;
mod pairing;
mod parts;
mod sections;
mod units;
mod values;

use crate::objective::ObjectiveId;
use crate::plan::document::{Header, PlanDocument};
use crate::plan::{PlanFacts, PlanId};
use crate::unit::{Unit, UnitId};
use crate::vocabulary::vocabulary;
pub use edited::keep_edits;
use identities::{Identities, Noun};

vocabulary! {
    /// How an object of a file was found among those that are there.
    MatchedBy, "Come un oggetto del file è stato riconosciuto: per scelta di una persona, chiave esterna, codice, somiglianza, posto; o è nuovo." {
        /// Somebody said so.
        Choice = "choice",
        /// Both have the same external key.
        ExternalId = "external_id",
        /// Both have the same printed code in the same structure.
        Code = "code",
        /// Their titles are the same or alike.
        Likeness = "likeness",
        /// Both stand at the same place, and nothing else does.
        Place = "place",
        /// It was not found: it is new.
        New = "new",
    }
}

/// Whose keys hold when an object that has one is found again under another.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Keys {
    /// The file's: they are the keys of an integrating program.
    #[default]
    OfTheFile,
    /// Those that are there: the file's were only made while it was read, from the order of its rows.
    OfThePlan,
}

/// What somebody decided about bringing a file onto a plan.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MergeOptions {
    /// Whether what the file does not have is taken out of the plan. Structures never are: other plans use them too.
    pub remove_absent: bool,
    /// Whose keys hold.
    pub keys: Keys,
    /// The structures of the comune that those of the file are, where a person said so.
    pub units: BTreeMap<UnitId, UnitId>,
}

/// What became of one object of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match<Id> {
    /// Its index in the file's document.
    pub index: usize,
    /// Its id in the file's document.
    pub incoming: Id,
    /// The id of what it was found to be; nothing when it is new.
    pub existing: Option<Id>,
    /// Its id in the merged document.
    pub merged: Id,
    /// How it was found.
    pub by: MatchedBy,
    /// How alike the titles are, per mille.
    pub score: u16,
}

/// A file brought onto a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// The plan as it would be.
    pub document: PlanDocument,
    /// What became of every objective of the file, in its order.
    pub matches: Vec<Match<ObjectiveId>>,
    /// What became of every structure of the file, in its order.
    pub units: Vec<Match<UnitId>>,
    /// The objectives that are there and not in the file, in their order; whether they stay is for the options to say.
    pub absent: Vec<ObjectiveId>,
}

/// Brings a document onto the plan that is there, or onto nothing; `units` are the structures the comune has in the plan's
/// year. What is new keeps its id of the file, unless something there has it: then `fresh` gives another.
///
/// Merging the same document again changes nothing, and when both documents pass [`PlanDocument::check`], so does the merged.
#[must_use]
pub fn merge(
    existing: Option<&PlanDocument>,
    units: &[Unit],
    incoming: &PlanDocument,
    options: &MergeOptions,
    fresh: &mut dyn FnMut() -> Uuid,
) -> Merged {
    let there = units_there(existing, units);
    let mut bench = Bench { options, identities: Identities::taken_by(existing, &there, fresh) };
    let structures = units::merged(there, &incoming.units, &mut bench);
    let renamed = structures.renamed();
    let sections = existing.map_or(&[][..], |plan| &plan.sections);
    let sections = parts::merged(sections, incoming.sections.clone(), &mut bench).items;
    let moved: Vec<_> =
        incoming.objectives.iter().map(|objective| objectives::renamed(objective, &renamed)).collect();
    let objectives = existing.map_or(&[][..], |plan| &plan.objectives);
    let objectives = parts::merged(objectives, moved, &mut bench);
    Merged {
        document: PlanDocument {
            format: incoming.format,
            comune: existing.map_or(incoming.comune, |plan| plan.comune),
            plan: header(existing, incoming, options.keys),
            units: structures.units,
            sections,
            objectives: objectives.items,
        },
        matches: objectives.matches.into_iter().map(|one| one.of(ObjectiveId)).collect(),
        units: structures.matches,
        absent: objectives.absent.into_iter().map(ObjectiveId).collect(),
    }
}

/// What a merge needs at every step.
struct Bench<'m> {
    options: &'m MergeOptions,
    identities: Identities<'m>,
}

impl Bench<'_> {
    /// The id of something new: its own, or another where that is taken.
    fn identity(&mut self, noun: Noun, own: Uuid) -> Uuid {
        self.identities.claim(noun, own)
    }
}

impl Match<Uuid> {
    fn of<Id>(self, id: impl Fn(Uuid) -> Id) -> Match<Id> {
        Match {
            index: self.index,
            incoming: id(self.incoming),
            existing: self.existing.map(&id),
            merged: id(self.merged),
            by: self.by,
            score: self.score,
        }
    }
}

/// The structures of the plan, and those of the comune it does not name.
fn units_there(existing: Option<&PlanDocument>, units: &[Unit]) -> Vec<Unit> {
    let mut there: Vec<Unit> = existing.map_or_else(Vec::new, |plan| plan.units.clone());
    let known: HashSet<UnitId> = there.iter().map(|unit| unit.id).collect();
    there.extend(units.iter().filter(|unit| !known.contains(&unit.id)).cloned());
    there
}

/// The header: whose plan it is, of which year and under which law stays, title and scale are the file's.
fn header(existing: Option<&PlanDocument>, incoming: &PlanDocument, keys: Keys) -> Header {
    let said = &incoming.plan;
    let Some(there) = existing.map(|plan| &plan.plan) else { return said.clone() };
    let key = match keys {
        Keys::OfTheFile => said.facts.external_id.as_ref().or(there.facts.external_id.as_ref()),
        Keys::OfThePlan => there.facts.external_id.as_ref().or(said.facts.external_id.as_ref()),
    };
    let facts = PlanFacts {
        external_id: key.cloned(),
        year: there.facts.year,
        kind: there.facts.kind,
        title: said.facts.title.clone(),
        scale: values::list(&there.facts.scale, said.facts.scale.clone()),
    };
    Header { id: PlanId(there.id.0), facts }
}

#[cfg(test)]
mod tests;
