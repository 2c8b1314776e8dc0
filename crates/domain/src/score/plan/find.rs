//! Any node of a plan's results by its id.

use uuid::Uuid;

use super::Overview;
use crate::score::tree::{How, Scored};

impl Overview<'_> {
    /// The node with an id: a structure, an assignment, or a phase or an indicator as it is in the first assignment that has it.
    #[must_use]
    pub fn find(&self, id: Uuid) -> Option<&Scored> {
        let units = self.units.iter().map(|(_, scored)| scored);
        let unit = units.into_iter().find(|scored| scored.node.id == Some(id));
        unit.or_else(|| self.assignments.iter().find_map(|one| one.scored.find(id)))
    }
}

impl Scored {
    /// The node with an id: this one, or one below it.
    #[must_use]
    pub fn find(&self, id: Uuid) -> Option<&Self> {
        if self.node.id == Some(id) {
            return Some(self);
        }
        match &self.how {
            How::Mean { parts, .. } => parts.iter().find_map(|part| part.scored.find(id)),
            How::Measured { .. } | How::Nothing { .. } => None,
        }
    }
}
