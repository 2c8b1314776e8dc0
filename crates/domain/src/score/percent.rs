//! Percentages of achievement: exact decimals with a declared number of places, so that the order of a sum cannot matter and
//! whoever recomputes one by hand gets the same digits.

use std::fmt;
use std::str::FromStr as _;

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

use crate::figure::Figure;

/// A percentage of achievement, to twelve places. What is shown is rounded once more, to two; see [`Percent::shown`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Percent(Decimal);

impl Percent {
    /// The places a percentage is computed to.
    pub const PLACES: u32 = 12;
    /// The places it is shown with.
    pub const SHOWN_PLACES: u32 = 2;
    /// Nothing achieved.
    pub const ZERO: Self = Self(Decimal::ZERO);
    /// All of it.
    pub const FULL: Self = Self(Decimal::ONE_HUNDRED);

    /// A number of hundredths, rounded half up to the places percentages are computed to.
    #[must_use]
    pub fn of(number: Decimal) -> Self {
        Self(number.round_dp_with_strategy(Self::PLACES, RoundingStrategy::MidpointAwayFromZero).normalize())
    }

    /// One hundred times a share of a whole; `None` when the whole is nothing, or the figures are too large.
    #[must_use]
    pub fn ratio(share: Decimal, whole: Decimal) -> Option<Self> {
        share.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole).map(Self::of)
    }

    /// The number of hundredths.
    #[must_use]
    pub const fn number(self) -> Decimal {
        self.0
    }

    /// As people are shown it: two places, half up.
    #[must_use]
    pub fn shown(self) -> Decimal {
        let mut shown =
            self.0.round_dp_with_strategy(Self::SHOWN_PLACES, RoundingStrategy::MidpointAwayFromZero);
        shown.rescale(Self::SHOWN_PLACES);
        shown
    }

    /// The nearest percentage from nothing to `cap`.
    #[must_use]
    pub fn within(self, cap: Self) -> Self {
        self.max(Self::ZERO).min(cap)
    }
}

impl From<Figure> for Percent {
    fn from(figure: Figure) -> Self {
        Self::of(figure.number())
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl From<Percent> for String {
    fn from(percent: Percent) -> Self {
        percent.to_string()
    }
}

impl TryFrom<String> for Percent {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let number = Decimal::from_str(&text).map_err(|_| format!("{text} is no percentage"))?;
        if number.scale() > Self::PLACES {
            return Err(format!("{text} has more than {} places", Self::PLACES));
        }
        Ok(Self::of(number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn it_is_shown_half_up_and_kept_exactly() {
        let third = Percent::ratio(decimal("1"), decimal("3")).unwrap();
        assert_eq!(third.to_string(), "33.333333333333");
        assert_eq!(third.shown().to_string(), "33.33");
        assert_eq!(Percent::of(decimal("95.125")).shown().to_string(), "95.13");
        assert_eq!(Percent::of(decimal("67")).shown().to_string(), "67.00");
        assert_eq!(Percent::ratio(decimal("1"), decimal("0")), None);
    }
}
