//! Units: the structures of a comune (dipartimento, area, settore, servizio, ufficio), a tree whose branches come and go with time.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::fault::{Fault, FaultKind, Refused};
use crate::figure::Figure;
use crate::period::Period;
use crate::text::{Code, ExternalId, Line, Text};
use crate::version::{Version, Versioned};
use crate::violation::Violation;
use crate::vocabulary::vocabulary;

/// The id of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UnitId(pub Uuid);

vocabulary! {
    /// What kind of structure it is. Comuni nest them as they please, so the kind puts no constraint on the tree.
    UnitKind, "Tipo di struttura: dipartimento, area, settore, servizio, ufficio." {
        /// Dipartimento.
        Department = "department",
        /// Area.
        Area = "area",
        /// Settore.
        Sector = "sector",
        /// Servizio.
        Service = "service",
        /// Ufficio.
        Office = "office",
    }
}

/// A line of the staff table of a unit (*dotazione organica*).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffLine {
    /// The post: `Istruttore amministrativo`.
    pub qualification: Line<200>,
    /// The contract area or old category, as it is printed: `Istruttori`, `C`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<Line<60>>,
    /// How many; part of a unit is a part-time post.
    pub posts: Figure,
    /// How many of them are women, where it is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub women: Option<Figure>,
    /// How many of them are men, where it is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub men: Option<Figure>,
}

/// What a caller says of a unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitFacts {
    /// The key an integrating program has for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<ExternalId>,
    /// The code people use for it; no two units have the same on the same day.
    pub code: Code,
    /// Its name.
    pub name: Line<200>,
    /// What kind of structure it is.
    pub kind: UnitKind,
    /// The unit it is part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<UnitId>,
    /// The days it exists.
    #[serde(flatten)]
    pub validity: Period,
    /// Who answers for it: a role, never a person's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub responsible: Option<Line<200>>,
    /// Whether whoever answers for it does so *ad interim*.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub interim: bool,
    /// Its staff table.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub staff: Vec<StaffLine>,
    /// What it does year after year (*attività consolidata*), in Markdown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activities: Option<Text<20_000>>,
}

/// A structure of a comune.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Its id.
    pub id: UnitId,
    /// What is said of it.
    #[serde(flatten)]
    pub facts: UnitFacts,
    /// Grows at every change; no part of a plan's content.
    #[serde(skip, default = "Version::first")]
    pub version: Version,
}

impl Versioned for Unit {
    type Facts = UnitFacts;

    fn facts(&self) -> &UnitFacts {
        &self.facts
    }

    fn version(&self) -> Version {
        self.version
    }
}

impl Unit {
    /// A new unit, in its place in the tree.
    ///
    /// # Errors
    /// When its parent does not exist, or not for all its days.
    pub fn found(id: UnitId, facts: UnitFacts, tree: &Tree) -> Result<Self, Violation> {
        tree.admit(id, &facts)?;
        Ok(Self { id, facts, version: Version::FIRST })
    }

    /// The same unit with other facts, perhaps in another place of the tree.
    ///
    /// # Errors
    /// When its parent does not exist for all its days, is below it, or when units below it would outlive it.
    pub fn change(&self, facts: UnitFacts, tree: &Tree) -> Result<Self, Violation> {
        tree.admit(self.id, &facts)?;
        tree.hold_children(self.id, &facts)?;
        Ok(Self { id: self.id, facts, version: self.version.next() })
    }
}

/// Where every unit of a comune hangs and when it exists: what placing one among them needs to know.
#[derive(Debug, Default)]
pub struct Tree(HashMap<UnitId, (Option<UnitId>, Period)>);

impl Tree {
    /// The tree made of these places.
    #[must_use]
    pub fn new(places: impl IntoIterator<Item = (UnitId, Option<UnitId>, Period)>) -> Self {
        Self(places.into_iter().map(|(id, parent, validity)| (id, (parent, validity))).collect())
    }

    /// A unit and every unit below it.
    #[must_use]
    pub fn at_or_below(&self, top: UnitId) -> HashSet<UnitId> {
        self.0.keys().copied().filter(|unit| self.is_at_or_below(*unit, top)).collect()
    }

    /// A unit and every unit above it, itself first; nothing for one that is not in the tree.
    pub fn at_and_above(&self, unit: UnitId) -> impl Iterator<Item = UnitId> {
        let up = |unit: &UnitId| self.0.get(unit).and_then(|(parent, _)| *parent);
        // No further than there are units, so that even a damaged tree ends.
        std::iter::successors(Some(unit).filter(|unit| self.0.contains_key(unit)), up).take(self.0.len())
    }

    fn admit(&self, id: UnitId, facts: &UnitFacts) -> Result<(), Violation> {
        let Some(parent) = facts.parent else { return Ok(()) };
        let Some((_, parent_validity)) = self.0.get(&parent) else {
            let detail = "L'unità superiore non esiste in questo comune.";
            return Err(invalid("/parent", FaultKind::UnknownReference, detail));
        };
        if self.is_at_or_below(parent, id) {
            return Err(Violation::UnitBelowItself);
        }
        if !facts.validity.lies_within(parent_validity) {
            let detail = "L'unità superiore non esiste per tutto il periodo.";
            return Err(invalid("/valid_from", FaultKind::Inconsistent, detail));
        }
        Ok(())
    }

    fn hold_children(&self, id: UnitId, facts: &UnitFacts) -> Result<(), Violation> {
        let mut children = self.0.values().filter(|(parent, _)| *parent == Some(id));
        if children.all(|(_, validity)| validity.lies_within(&facts.validity)) {
            return Ok(());
        }
        let detail = "Alcune unità che ne fanno parte esistono anche fuori dal periodo.";
        Err(invalid("/valid_to", FaultKind::Inconsistent, detail))
    }

    fn is_at_or_below(&self, unit: UnitId, ancestor: UnitId) -> bool {
        unit == ancestor || self.at_and_above(unit).any(|unit| unit == ancestor)
    }
}

fn invalid(pointer: &str, kind: FaultKind, detail: &str) -> Violation {
    let fault: Fault = Refused::new(kind, detail).at(pointer);
    Violation::Invalid(vec![fault])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn id(number: u128) -> UnitId {
        UnitId(Uuid::from_u128(number))
    }

    fn period(from: &str, to: Option<&str>) -> Period {
        Period::parse(from.parse().unwrap(), to.map(|day| day.parse().unwrap())).unwrap()
    }

    fn facts(parent: Option<UnitId>, validity: Period) -> UnitFacts {
        UnitFacts {
            external_id: None,
            code: Code::parse("A1").unwrap(),
            name: Line::parse("Area 1").unwrap(),
            kind: UnitKind::Area,
            parent,
            validity,
            responsible: None,
            interim: false,
            staff: Vec::new(),
            activities: None,
        }
    }

    #[test]
    fn a_unit_cannot_hang_below_itself() {
        let always = period("2020-01-01", None);
        let tree =
            Tree::new([(id(1), None, always), (id(2), Some(id(1)), always), (id(3), Some(id(2)), always)]);
        let top = Unit { id: id(1), facts: facts(None, always), version: Version::FIRST };
        assert_eq!(top.change(facts(Some(id(3)), always), &tree), Err(Violation::UnitBelowItself));
        assert_eq!(top.change(facts(Some(id(1)), always), &tree), Err(Violation::UnitBelowItself));
    }

    #[test]
    fn a_unit_exists_only_while_its_parent_does() {
        let tree = Tree::new([(id(1), None, period("2020-01-01", Some("2024-12-31")))]);
        let outliving = facts(Some(id(1)), period("2024-01-01", None));
        assert!(matches!(Unit::found(id(2), outliving, &tree), Err(Violation::Invalid(_))));
        let within = facts(Some(id(1)), period("2024-01-01", Some("2024-12-31")));
        assert!(Unit::found(id(2), within, &tree).is_ok());
    }

    #[test]
    fn a_unit_does_not_end_before_its_parts() {
        let always = period("2020-01-01", None);
        let tree = Tree::new([(id(1), None, always), (id(2), Some(id(1)), always)]);
        let top = Unit { id: id(1), facts: facts(None, always), version: Version::FIRST };
        let ended = facts(None, period("2020-01-01", Some("2024-12-31")));
        assert!(matches!(top.change(ended, &tree), Err(Violation::Invalid(_))));
    }

    #[test]
    fn a_parent_of_nowhere_is_named_by_its_place() {
        let always = period("2020-01-01", None);
        let Err(Violation::Invalid(faults)) =
            Unit::found(id(2), facts(Some(id(9)), always), &Tree::default())
        else {
            panic!("admitted below nothing")
        };
        assert_eq!(faults[0].pointer, "/parent");
    }

    proptest! {
        #[test]
        fn any_tree_even_a_damaged_one_answers(edges in proptest::collection::vec((0u128..8, 0u128..8), 0..12), at in 0u128..8, under in 0u128..8) {
            let always = period("2020-01-01", None);
            let tree = Tree::new(edges.into_iter().map(|(unit, parent)| (id(unit), Some(id(parent)), always)));
            let unit = Unit { id: id(at), facts: facts(None, always), version: Version::FIRST };
            let _ = unit.change(facts(Some(id(under)), always), &tree);
        }
    }
}
