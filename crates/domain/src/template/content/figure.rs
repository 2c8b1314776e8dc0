//! Figures among what is said: the only thing of a plan the author of a template is told.

use super::Content;
use crate::figure::Figure;
use crate::target::Target;
use crate::weight::Weight;

impl Content {
    /// The figure, where what is said is one: a weight that is the same everywhere, a target that is a bound, how many
    /// phases or indicators.
    #[must_use]
    pub fn figure(&self) -> Option<Figure> {
        match self {
            Self::Weights(weights) => match weights.as_slice() {
                [Some(Weight::Percent { percent })] => Some(*percent),
                [] | [_] | [_, _, ..] => None,
            },
            Self::Target(said) => match said.value {
                Target::Bound { figure, .. } | Target::Change { figure, .. } => Some(figure),
                Target::Range { .. }
                | Target::Fraction { .. }
                | Target::Done
                | Target::By { .. }
                | Target::Parts { .. }
                | Target::Text => None,
            },
            Self::Phases(phases) => i32::try_from(phases.len()).ok().map(Figure::whole),
            Self::Indicators(codes) => i32::try_from(codes.len()).ok().map(Figure::whole),
            Self::Words(_) | Self::Kinds(_) | Self::Laws(_) | Self::Areas(_) => None,
        }
    }
}
