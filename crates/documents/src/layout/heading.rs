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

/// The heading a line is, if it is one, and what it says: the first of the profile's that matches. A heading that must be
/// followed by something is recognised by [`recognise_before`] only.
#[must_use]
pub fn recognise<'p>(profile: &'p Profile, line: &SourceLine) -> Option<(&'p Heading, Taken)> {
    recognise_before(profile, line, None)
}

/// The same, knowing the line that comes after, blank ones aside.
#[must_use]
pub fn recognise_before<'p>(
    profile: &'p Profile,
    line: &SourceLine,
    next: Option<&SourceLine>,
) -> Option<(&'p Heading, Taken)> {
    let (_, words) = words_of(line)?;
    let words = fold(&words);
    let next = next.and_then(words_of).map(|(_, words)| fold(&words));
    let follows = |heading: &Heading| match &heading.followed_by {
        Some(pattern) => next.as_ref().is_some_and(|words| pattern.whole_of(words).is_some()),
        None => true,
    };
    let matching = |heading: &'p Heading| Some((heading, heading.line.whole_of(&words)?));
    profile.headings.iter().filter(|heading| follows(heading)).find_map(matching)
}
