//! Exact figures: what plans count, weigh and measure. Never a float.

use std::fmt;
use std::str::FromStr as _;

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

use crate::fault::{FaultKind, Refused};

/// A decimal of at most fifteen digits before the point and six after, written without needless zeros, so that equal figures
/// are equal texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Figure(Decimal);

impl Figure {
    /// The most decimals.
    pub const DECIMALS: u32 = 6;
    /// The longest spelling: sign, fifteen digits, point, six digits.
    pub const MAX: usize = 23;
    /// How a figure is spelled.
    pub const PATTERN: &'static str = "^-?[0-9]{1,15}([.][0-9]{1,6})?$";
    /// Nothing.
    pub const ZERO: Self = Self(Decimal::ZERO);
    /// One hundred.
    pub const HUNDRED: Self = Self(Decimal::ONE_HUNDRED);

    /// Reads a figure as it travels: digits with a point, no thousands marks.
    ///
    /// # Errors
    /// When it is not spelled so or has too many digits.
    pub fn parse(text: &str) -> Result<Self, Refused> {
        let malformed =
            || Refused::new(FaultKind::Malformed, "Un numero in cifre, con il punto per i decimali.");
        let digits = text.strip_prefix('-').unwrap_or(text);
        let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
        let counted = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !counted(whole) || !counted(part) {
            return Err(malformed());
        }
        if whole.len() > 15 || part.len() > 6 {
            let detail = "Al massimo quindici cifre intere e sei decimali.";
            return Err(Refused::new(FaultKind::OutOfBounds, detail));
        }
        Decimal::from_str(text).map(|number| Self(clean(number))).map_err(|_| malformed())
    }

    /// The figure a computation gives, when it fits.
    #[must_use]
    pub fn new(number: Decimal) -> Option<Self> {
        let number = clean(number);
        Self::parse(&number.to_string()).ok()
    }

    /// The figure a computation gives, to so many decimals (half away from zero) and never more than fit.
    #[must_use]
    pub fn rounded(number: Decimal, decimals: u32) -> Option<Self> {
        let decimals = decimals.min(Self::DECIMALS);
        Self::new(number.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero))
    }

    /// A whole number.
    #[must_use]
    pub fn whole(number: i32) -> Self {
        Self(Decimal::from(number))
    }

    /// The number, to compute with.
    #[must_use]
    pub const fn number(self) -> Decimal {
        self.0
    }
}

/// Without needless zeros, and without a sign on nothing.
fn clean(number: Decimal) -> Decimal {
    let number = number.normalize();
    if number.is_zero() { Decimal::ZERO } else { number }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl From<Figure> for String {
    fn from(figure: Figure) -> Self {
        figure.to_string()
    }
}

impl TryFrom<String> for Figure {
    type Error = Refused;

    fn try_from(text: String) -> Result<Self, Refused> {
        Self::parse(&text)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn equal_figures_are_equal_texts() {
        for (text, spelled) in
            [("3.50", "3.5"), ("007", "7"), ("-0.0", "0"), ("9500", "9500"), ("0.28", "0.28")]
        {
            assert_eq!(Figure::parse(text).unwrap().to_string(), spelled);
        }
    }

    #[test]
    fn what_is_no_figure_is_refused() {
        for text in
            ["", "3,5", "1e3", "+1", ".5", "5.", "1.2.3", "9.500.000", "NaN", "1234567890123456", "0.1234567"]
        {
            assert!(Figure::parse(text).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic_and_what_it_writes_it_reads(text in any::<String>(), whole in any::<i64>()) {
            let _ = Figure::parse(&text);
            if let Ok(figure) = Figure::parse(&whole.to_string()) {
                prop_assert_eq!(Figure::parse(&figure.to_string()), Ok(figure));
            }
        }
    }
}
