//! Stub until the parser is merged.
#![expect(missing_docs, reason = "stub")]
use crate::deadline::Deadline;
use crate::said::Words;
use crate::target::Target;
use crate::weight::{Weight, WeightClass};
pub struct Reading<T> {
    pub value: T,
}
#[must_use]
pub fn target(_: &Words, _: Option<i32>) -> Reading<Target> {
    Reading { value: Target::Text }
}
#[must_use]
pub fn deadline(_: &Words, _: Option<i32>) -> Reading<Deadline> {
    Reading { value: Deadline::Text }
}
#[must_use]
pub fn weight(_: &Words, _: &[WeightClass]) -> Reading<Weight> {
    Reading { value: Weight::Unclear }
}
