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

/// The heading a line is, if it is one, and what it says: the first of the profile's that matches.
#[must_use]
pub fn recognise<'p>(profile: &'p Profile, line: &SourceLine) -> Option<(&'p Heading, Taken)> {
    let (_, words) = words_of(line).filter(|(_, words)| words.len() <= LONGEST)?;
    let folded = fold(&words);
    profile.headings.iter().find_map(|heading| Some((heading, heading.line.whole_folded(&folded)?)))
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
