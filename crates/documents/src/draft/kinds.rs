//! What kind of objective one is: by the words before its title, by the place it stands in, by its class, by a cell that says it.

use std::collections::BTreeSet;

use traguardo_domain::objective::ObjectiveKind;

use crate::markup::fold;
use crate::profile::{KindMarker, Profile};

/// The words that name the kinds.
const WORDS: [(&str, ObjectiveKind); 13] = [
    ("strateg", ObjectiveKind::Strategic),
    ("operativ", ObjectiveKind::Operational),
    ("trasversal", ObjectiveKind::Transversal),
    ("intersettorial", ObjectiveKind::Transversal),
    ("obbligator", ObjectiveKind::ByLaw),
    ("di legge", ObjectiveKind::ByLaw),
    ("manteniment", ObjectiveKind::Maintenance),
    ("ordinari", ObjectiveKind::Maintenance),
    ("svilupp", ObjectiveKind::Development),
    ("migliorament", ObjectiveKind::Development),
    ("individual", ObjectiveKind::Individual),
    ("comun", ObjectiveKind::Common),
    ("tutto il personale", ObjectiveKind::Common),
];

/// The kinds a cell names.
pub(super) fn named(words: &str) -> BTreeSet<ObjectiveKind> {
    let folded = fold(words);
    let begins = |stem: &str| {
        folded.as_str().match_indices(stem).any(|(at, _)| {
            let before = folded.as_str().get(..at).and_then(|before| before.chars().next_back());
            before.is_none_or(|before| !before.is_alphanumeric())
        })
    };
    WORDS.iter().filter(|(stem, _)| begins(stem)).map(|(_, kind)| *kind).collect()
}

/// The kinds the words a title begins with give it: those of the marker that takes most of it.
pub(super) fn of_title<'p>(profile: &'p Profile, title: &str) -> Option<&'p KindMarker> {
    let marked = |marker: &'p KindMarker| Some((marker, marker.words.start(title)?.rest.len()));
    profile.kinds.iter().filter_map(marked).min_by_key(|(_, rest)| *rest).map(|(marker, _)| marker)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_may_name_several_kinds() {
        let kinds = named("Obiettivo strategico trasversale");
        assert_eq!(kinds, BTreeSet::from([ObjectiveKind::Strategic, ObjectiveKind::Transversal]));
        assert_eq!(named("Altro"), BTreeSet::new());
    }
}
