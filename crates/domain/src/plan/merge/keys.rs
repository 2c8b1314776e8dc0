//! External keys: no two objects of a list have the same, whatever a file says.

use std::collections::HashSet;

use super::Keys;
use crate::text::ExternalId;

/// The keys an object has: the one that is there, and the one the file says.
#[derive(Debug, Default, Clone)]
pub(super) struct KeysOf {
    /// The one that is there.
    pub(super) kept: Option<ExternalId>,
    /// The one the file says.
    pub(super) said: Option<ExternalId>,
}

/// One key at most for each object. The key that does not hold is an object's only while nobody else has it.
pub(super) fn settled(objects: Vec<KeysOf>, keys: Keys) -> Vec<Option<ExternalId>> {
    let in_order = |one: KeysOf| match keys {
        Keys::OfTheFile => (one.said, one.kept),
        Keys::OfThePlan => (one.kept, one.said),
    };
    let (first, second): (Vec<_>, Vec<_>) = objects.into_iter().map(in_order).unzip();
    let mut taken = HashSet::new();
    let mut claim = |key: Option<ExternalId>| key.filter(|key| taken.insert(key.clone()));
    let first: Vec<Option<ExternalId>> = first.into_iter().map(&mut claim).collect();
    let second = second.into_iter();
    first.into_iter().zip(second).map(|(first, second)| first.or_else(|| claim(second))).collect()
}
