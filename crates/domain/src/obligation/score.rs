//! Points of the most there could be.

use rust_decimal::{Decimal, RoundingStrategy};

/// So many points of so many. What does not apply is in neither.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Score {
    /// The points.
    pub points: u64,
    /// The most they could be.
    pub most: u64,
}

impl Score {
    /// The decimals a score is told with.
    pub const DECIMALS: u32 = 1;

    /// Both together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self { points: self.points.saturating_add(other.points), most: self.most.saturating_add(other.most) }
    }

    /// Of many, all together.
    pub fn of(scores: impl IntoIterator<Item = Self>) -> Self {
        scores.into_iter().fold(Self::default(), Self::and)
    }

    /// Whether there is no point missing.
    #[must_use]
    pub const fn is_full(self) -> bool {
        self.points >= self.most
    }

    /// In hundredths, with one decimal, half away from zero; none where there was nothing to give.
    #[must_use]
    pub fn percent(self) -> Option<Decimal> {
        let hundredths = Decimal::from(self.points).checked_mul(Decimal::ONE_HUNDRED)?;
        let share = hundredths.checked_div(Decimal::from(self.most))?;
        Some(share.round_dp_with_strategy(Self::DECIMALS, RoundingStrategy::MidpointAwayFromZero))
    }
}
