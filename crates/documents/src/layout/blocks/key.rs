//! The names before values: `Peso: 20%`, or `Peso` in one cell and `20%` in the next.

use crate::gathered::Found;
use crate::markup::{fold, plain};
use crate::profile::{Column, Field, Profile};
use crate::source::{Place, SourceLine};

/// The longest name of a value.
const LONGEST_NAME: usize = 60;

/// A value with the field its name says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) field: Field,
    pub(super) found: Found,
}

/// The named values of a line; none where it names none.
pub(super) fn keys_of(profile: &Profile, at: usize, line: &SourceLine) -> Vec<Key> {
    let mut keys: Vec<Key> = Vec::new();
    for (cell, words) in line.cells().enumerate() {
        let words = plain(words);
        let place = Place { line: at, cell };
        if words.is_empty() {
            continue;
        }
        let in_a_row = line.alone().is_none();
        match named(profile, &words, in_a_row) {
            Some((column, value)) => {
                let found = Found::new(cleaned(column, value), place);
                keys.push(Key { field: column.field, found });
            }
            None => match keys.last_mut() {
                Some(key) if key.found.words.is_empty() => key.found = Found::new(words, place),
                Some(key) => key.found.join(&words, place),
                None => return Vec::new(),
            },
        }
    }
    for key in &mut keys {
        if profile.nothing.iter().any(|nothing| nothing.is(&key.found.words)) {
            key.found.words.clear();
        }
    }
    keys
}

/// The column a text names, and the value after the colon; in a row, the name may be all there is.
fn named<'p, 'w>(profile: &'p Profile, words: &'w str, in_a_row: bool) -> Option<(&'p Column, &'w str)> {
    let (name, value) = match words.split_once(':') {
        Some((name, value)) => (name, value.trim()),
        None if in_a_row => (words, ""),
        None => return None,
    };
    if name.chars().count() > LONGEST_NAME {
        return None;
    }
    let folded = fold(name);
    let named = |column: &&Column| column.headers.iter().any(|header| header.whole_folded(&folded).is_some());
    Some((profile.keys.iter().find(named)?, value))
}

/// A value without the words before it that are no part of it.
fn cleaned(column: &Column, value: &str) -> String {
    let dropped = column.drops.iter().find_map(|drop| drop.start(value));
    dropped.map_or_else(|| value.to_owned(), |taken| taken.rest)
}
