//! Headings: the lines that open structures, groups and sections, and the lines that go on with them.

use traguardo_domain::unit::UnitKind;

use crate::markup::{fold, plain};
use crate::profile::{Heading, Profile, Taken};
use crate::source::SourceLine;

/// The longest words of a heading, in bytes: what is longer is a paragraph.
const LONGEST: usize = 240;

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
    let (_, words) = words_of(line).filter(|(_, words)| words.len() <= LONGEST)?;
    let folded = fold(&words);
    let next = next.and_then(words_of).map(|(_, words)| fold(&words));
    let follows = |heading: &Heading| match &heading.followed_by {
        Some(pattern) => next.as_ref().is_some_and(|words| pattern.whole_folded(words).is_some()),
        None => true,
    };
    let matching = |heading: &'p Heading| Some((heading, heading.line.whole_folded(&folded)?));
    profile.headings.iter().filter(|heading| follows(heading)).find_map(matching)
}

/// The level a structure's name says it is of: `Area tecnica`, `Ufficio tributi`, `Segretario comunale`.
#[must_use]
pub fn level_named(name: &str) -> Option<UnitKind> {
    let folded = fold(name);
    let first = folded.as_str().split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty())?;
    match first {
        "dipartimento" | "direzione" => Some(UnitKind::Department),
        "area" => Some(UnitKind::Area),
        "settore" => Some(UnitKind::Sector),
        "servizio" | "servizi" => Some(UnitKind::Service),
        "ufficio" | "uffici" | "segreteria" | "segretario" => Some(UnitKind::Office),
        _ => None,
    }
}
