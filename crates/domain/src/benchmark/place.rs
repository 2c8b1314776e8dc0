//! Where one comune stands among those it is compared with.

use super::Ranked;
use super::micros;
use crate::figure::Figure;
use crate::indicator::Direction;

/// Where a comune stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Its value.
    pub value: Figure,
    /// Its rank, from 1, the best first; equals share the better one. Absent where more is neither better nor worse.
    pub rank: Option<usize>,
    /// Among how many: itself and those it is compared with.
    pub among: usize,
    /// The share of the others with a lower value, and half of those with the same one, in hundredths.
    pub percentile: Figure,
    /// How much its value is above the median of the group.
    pub to_median: Figure,
}

impl Ranked {
    /// The place of a comune with this value, which is among those who entered or is not.
    #[must_use]
    pub fn place(&self, value: Figure, entered: bool, direction: Direction) -> Option<Place> {
        let own = micros::of(value);
        let values = self.values();
        let lower = values.partition_point(|one| *one < own);
        let not_higher = values.partition_point(|one| *one <= own);
        let higher = values.len().saturating_sub(not_higher);
        let others = values.len().saturating_sub(usize::from(entered));
        let equal = not_higher.saturating_sub(lower).saturating_sub(usize::from(entered));
        let better = match direction {
            Direction::Higher => Some(higher),
            Direction::Lower => Some(lower),
            Direction::Within => None,
        };
        let halves = lower.saturating_mul(2).saturating_add(equal);
        let share = micros::divided(
            micros::count(halves).saturating_mul(100_000_000),
            micros::count(others.saturating_mul(2)),
        )?;
        let median = micros::of(self.percentile(50)?);
        Some(Place {
            value,
            rank: better.map(|better| better.saturating_add(1)),
            among: others.saturating_add(1),
            percentile: micros::figure(share)?,
            to_median: micros::figure(own.saturating_sub(median))?,
        })
    }
}
