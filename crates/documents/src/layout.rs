//! The readers of layouts: from a source and a profile to the words of a plan. There is one reader per shape of plan, and none
//! per comune; all of them share how headings and headers are recognised.

use crate::gathered::Gathered;
use crate::profile::{Layout, Profile};
use crate::source::Source;

pub mod blocks;
mod cards;
pub mod figures;
pub mod header;
pub mod heading;
pub mod likeness;
pub mod lists;
pub mod narrative;
pub mod repair;
pub mod structures;
mod table;

#[cfg(test)]
pub(crate) mod testing;

/// Gathers what a source says, as a profile reads it. Every line of the source is accounted for in what is gathered.
#[must_use]
pub fn gather(source: &Source, profile: &Profile) -> Gathered {
    match profile.layout {
        Layout::Table => table::gather(source, profile),
        Layout::Cards => cards::gather(source, profile),
        Layout::Lists => lists::gather(source, profile),
        Layout::Blocks => blocks::gather(source, profile),
    }
}
