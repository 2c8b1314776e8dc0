//! Comparison across comuni: who enters a statistic, what is told of a group, where one comune stands in it, and what is kept back.

use crate::comune::{ComuneCode, RegionCode};
use crate::consent::Exposure;
use crate::fact::Grade;
use crate::figure::Figure;

/// The fewest comuni a statistic of a group is told of.
pub const FEWEST: usize = 5;

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
    /// How it is shown to whom.
    pub exposure: Exposure,
}
