//! Scores: how much of a plan was achieved, as trees that are their own explanation.

pub mod achievement;
mod formulas;
mod known;
pub mod percent;
pub mod plan;
pub mod tree;
pub mod why;

#[cfg(test)]
mod tests;

pub use achievement::{Achieved, Expected};
pub use percent::Percent;
pub use plan::{Results, Scorer};
pub use tree::{How, Judged, Judgement, Node, NodeKind, Outcome, Part, Scored, Sterilisation};
pub use why::{Unjudged, Why};
