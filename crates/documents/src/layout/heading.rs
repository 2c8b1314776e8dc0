//! Headings: the lines that open structures, groups and sections, and the lines that go on with them.

use crate::markup::{fold, plain};
use crate::profile::{Heading, Profile, Taken};
use crate::source::SourceLine;

/// The words of a line that could be a heading: its only full cell, without the marks a text puts before headings.
#[must_use]
pub fn words_of(line: &SourceLine) -> Option<(usize, String)> {
    let (cell, words) = line.alone()?;
    Some((cell, plain(words.trim_start().trim_start_matches('#'))))
}

/// The heading a line is, if it is one, and what it says: the first of the profile's that matches.
#[must_use]
pub fn recognise<'p>(profile: &'p Profile, line: &SourceLine) -> Option<(&'p Heading, Taken)> {
    let folded = fold(&words_of(line)?.1);
    profile.headings.iter().find_map(|heading| Some((heading, heading.line.whole_folded(&folded)?)))
}
