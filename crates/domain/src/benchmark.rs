//! Comparison across comuni: who enters a statistic, what is told of a group, where one comune stands in it, and what is kept back.
//!
//! A comune is named, anonymous or withheld, to groups, to regions and to everybody; never more openly to a wider audience than to a
//! narrower one, whatever is stored. Who is withheld, or under embargo, enters nothing. Who is named enters one by one. Who is
//! anonymous enters with its whole block of at least [`FEWEST_ANONYMOUS`], cut once for an indicator and a year from all who are
//! anonymous, by region and residents, whatever is asked: so whatever answers are put together, by union, intersection or difference,
//! what they differ in is made of whole blocks. Nothing is told of fewer than [`FEWEST`]; the least and the greatest value only where
//! somebody who is named has it; of what is summed no mean where one makes more than half. Lists, and correlation, are of the named.
//!
//! **What this does not cover.** The six or more of a block are not told apart, but their values together can be found out by whoever
//! asks often enough about groups with ever other named ones in them; if all six are the same, each is known. Two answers at different
//! times, before and after a comune joins, leaves, publishes again or is named, may differ by fewer than a block. Comuni of one block
//! that tell each other their values find out the others'. And what somebody knows from elsewhere (who is the largest, what a report
//! says) may say whose a value is.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use crate::comune::{ComuneCode, RegionCode};
use crate::consent::{Audience, Exposure};
use crate::fact::Grade;
use crate::figure::Figure;

mod blocks;
pub mod correlation;
pub mod distribution;
mod micros;
pub mod place;
pub mod selection;
pub mod statistics;
pub mod suppression;
pub mod trend;

#[cfg(test)]
mod tests;

pub use selection::{Outside, Pool, Query, Selection};
pub use statistics::Ranked;
pub use suppression::{KeptBack, Suppression};

/// The fewest comuni a statistic of a group is told of.
pub const FEWEST: usize = 5;

/// The fewest comuni that are anonymous together: one more than [`FEWEST`], because each of them knows itself.
pub const FEWEST_ANONYMOUS: usize = 6;

/// Who looks at a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Viewer {
    /// A comune: it sees groups it belongs to as one of them, others as everybody.
    Comune(ComuneCode),
    /// A region's dashboard.
    Region,
    /// Anybody.
    Public,
}

impl Viewer {
    /// As whom it sees a group of these: as one of them, as a region, as everybody.
    #[must_use]
    pub fn audience(self, members: &BTreeSet<ComuneCode>) -> Audience {
        match self {
            Self::Comune(comune) if members.contains(&comune) => Audience::Group,
            Self::Comune(_) | Self::Public => Audience::Public,
            Self::Region => Audience::Region,
        }
    }

    /// The comune that looks, which sees its own value whatever it lets others see.
    #[must_use]
    pub const fn comune(self) -> Option<ComuneCode> {
        match self {
            Self::Comune(comune) => Some(comune),
            Self::Region | Self::Public => None,
        }
    }
}

/// What one comune brings to the comparison of one indicator in one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contribution {
    /// Which comune.
    pub comune: ComuneCode,
    /// Its region, and its residents where they are known: what fixes the block it is anonymous in.
    pub region: RegionCode,
    /// Its residents.
    pub residents: Option<i32>,
    /// Its value.
    pub value: Figure,
    /// How much of its own target it achieved, in hundredths.
    pub score: Option<Figure>,
    /// How good the value is.
    pub grade: Grade,
    /// By which definition of the indicator.
    pub definition: i32,
    /// When it was published.
    pub published_at: DateTime<Utc>,
    /// How it is shown to whom.
    pub exposure: Exposure,
}
