//! Scores: how much of a plan was achieved, as trees that are their own explanation.

pub mod achievement;
mod formulas;
pub mod judgement;
mod known;
pub mod percent;
pub mod plan;
pub mod reach;
pub mod sentences;
pub mod simulation;
pub mod tree;
pub mod verify;
pub mod why;

#[cfg(test)]
mod tests;

pub use achievement::{Achieved, Expected};
pub use judgement::SterilisationCause;
pub use percent::Percent;
pub use plan::{Assigned, Overview, Results, Scorer};
pub use reach::{NextBand, Reach, Way};
pub use sentences::explain;
pub use simulation::{Changes, Delta, Supposed, deltas};
pub use tree::{How, Judged, Judgement, Node, NodeKind, Outcome, Part, Scored, Sterilisation};
pub use verify::{Checked, Mismatch, verify};
pub use why::{Unjudged, Why};
