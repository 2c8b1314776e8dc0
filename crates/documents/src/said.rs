//! Targets, deadlines and weights as they are written: words, a value, or both. Words alone are understood here.

use traguardo_domain::FaultKind;
use traguardo_domain::figure::Figure;

use crate::reader::Reader;

mod deadline;
mod target;
mod weight;

pub use deadline::{DeadlineBody, DeadlineType, SaidDeadline};
pub use target::{SaidTarget, TargetBody, TargetType};
pub use weight::{SaidWeight, WeightBody, WeightType};

/// Whether parts may stand here: in a value they may, in a part they may not.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Depth {
    Whole,
    Part,
}

/// Neither words nor a value: nothing was said.
fn unsaid<T>(at: &mut Reader<'_>) -> Option<T> {
    at.fault("", FaultKind::Missing, "Servono le parole, il valore, o entrambi.");
    None
}

/// A member that this type of value needs.
pub(crate) fn needed<T>(at: &mut Reader<'_>, name: &str, value: Option<T>) -> Option<T> {
    if value.is_none() {
        at.fault(name, FaultKind::Missing, "Per questo tipo serve.");
    }
    value
}

/// A figure that this type of value needs.
fn figure(at: &mut Reader<'_>, name: &str, text: Option<&String>) -> Option<Figure> {
    let text = needed(at, name, text)?;
    at.take(name, Figure::parse(text))
}

/// Parts, where they may stand.
fn allowed_parts<T>(at: &mut Reader<'_>, parts: Option<Vec<T>>, depth: Depth) -> Option<Vec<T>> {
    if depth == Depth::Part {
        at.fault("parts", FaultKind::Inconsistent, "Una parte non ha parti a sua volta.");
        return None;
    }
    needed(at, "parts", parts)
}
