//! Scores: how much of a plan was achieved, as trees that are their own explanation.

pub mod achievement;
mod formulas;
pub mod percent;
pub mod why;

pub use achievement::{Achieved, Expected};
pub use percent::Percent;
pub use why::{Unjudged, Why};
