//! The difference between two documents of a plan: what was added, removed, changed or put elsewhere, object by object, for
//! people who approve a variation and for programs that follow one.
//!
//! An object is the same one in both documents when it has the same id under the same parent. Its parts are objects of their
//! own; every other member is a field, compared whole. Versions are no part of a document and are not compared.

use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

mod apply;
mod compare;
mod order;

use crate::vocabulary::vocabulary;

pub use apply::{ApplyError, apply};
pub use compare::diff;

vocabulary! {
    /// What happened to an object.
    ChangeKind, "Che cosa è accaduto a un oggetto: aggiunto, tolto, modificato, spostato fra quelli accanto." {
        /// It was not there.
        Added = "added",
        /// It is no longer there.
        Removed = "removed",
        /// Some of its fields are others.
        Changed = "changed",
        /// It has another place among those beside it.
        Moved = "moved",
    }
}

vocabulary! {
    /// What kind of object of a document changed.
    ChangedObject, "Oggetto del documento toccato dalla differenza: piano, struttura, sezione, obiettivo, assegnazione, fase, indicatore." {
        /// The plan itself: its header, or the document around it.
        Plan = "plan",
        /// A structure.
        Unit = "unit",
        /// A section.
        Section = "section",
        /// An objective.
        Objective = "objective",
        /// An assignment of an objective.
        Assignment = "assignment",
        /// A phase of an objective.
        Phase = "phase",
        /// An indicator of an objective or of a phase.
        Indicator = "indicator",
    }
}

impl ChangedObject {
    /// The lists of objects an object of this kind consists of, in the order they are read.
    const fn parts(self) -> &'static [(&'static str, Self)] {
        match self {
            Self::Plan => {
                &[("units", Self::Unit), ("sections", Self::Section), ("objectives", Self::Objective)]
            }
            Self::Objective => {
                &[("assignments", Self::Assignment), ("phases", Self::Phase), ("indicators", Self::Indicator)]
            }
            Self::Phase => &[("indicators", Self::Indicator)],
            Self::Unit | Self::Section | Self::Assignment | Self::Indicator => &[],
        }
    }

    /// What the objects in the list `member` are, when it is a list of objects.
    fn part(self, member: &str) -> Option<Self> {
        self.parts().iter().find(|(name, _)| *name == member).map(|(_, kind)| *kind)
    }
}

/// The member of a document that holds the header of the plan.
const HEADER: &str = "plan";

/// Where the header of the plan stands.
const HEADER_POINTER: &str = "/plan";

/// Everything that makes one document another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// In the order of the later document; what was removed, at the place it had.
    pub changes: Vec<Change>,
}

impl Difference {
    /// Whether the two documents say the same.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }
}

/// One thing that happened to one object. An object both moved and changed has two of these, the move first; one added or
/// removed has one, which stands for its parts too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What happened.
    pub kind: ChangeKind,
    /// To what kind of object.
    pub object: ChangedObject,
    /// Which one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Uuid>,
    /// What people call it: code and title or name, in one line; the unit's for an assignment.
    pub label: String,
    /// Where it stands, with ids instead of indexes: `/objectives/<id>/indicators/<id>`. The header is `/plan`, the document
    /// around it the empty pointer.
    pub pointer: String,
    /// The fields that are others, by name; only of what changed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldChange>,
    /// The whole object, only of what was added or removed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
    /// The index among those beside it, only of what was added or moved (in the later document) or removed (in the earlier).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<u32>,
}

/// A field that is another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldChange {
    /// The name of the member.
    pub field: String,
    /// What it was; absent when nothing was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<Value>,
    /// What it is; absent when nothing is said any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<Value>,
}

#[cfg(test)]
mod tests;
