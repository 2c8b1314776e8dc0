//! Amounts of money in whole cents, so that sums are exact whatever their order.

use std::fmt;

use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

use crate::fault::{FaultKind, Refused};

/// Euro, in whole cents. What callers say is never less than nothing; what is computed of it may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Cents(i64);

impl Cents {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// The most one amount can be: below ten billion, so that millions of them add up within 64 bits.
    pub const MOST: Self = Self(999_999_999_999);
    /// The longest spelling of an amount that is said: ten digits, point, two digits.
    pub const LENGTH: usize = 13;
    /// How an amount is spelled when it is said.
    pub const PATTERN: &'static str = "^[0-9]{1,10}([.][0-9]{1,2})?$";

    /// So many cents.
    #[must_use]
    pub const fn new(cents: i64) -> Self {
        Self(cents)
    }

    /// Reads an amount: digits, and perhaps a point with one or two digits more.
    ///
    /// # Errors
    /// When it is spelled otherwise, or is larger than any bill.
    pub fn parse(text: &str) -> Result<Self, Refused> {
        let malformed =
            || Refused::new(FaultKind::Malformed, "Un importo in euro come 1234.56, senza segno.");
        let (whole, hundredths) = text.split_once('.').unwrap_or((text, "00"));
        let are_digits = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !are_digits(whole) || !are_digits(hundredths) {
            return Err(malformed());
        }
        let hundredths: i64 = match hundredths.len() {
            1 => hundredths.parse::<i64>().map_err(|_| malformed())?.saturating_mul(10),
            2 => hundredths.parse().map_err(|_| malformed())?,
            _ => return Err(malformed()),
        };
        let whole = whole.parse::<i64>().unwrap_or(i64::MAX);
        let cents = Self(whole.saturating_mul(100).saturating_add(hundredths));
        if cents > Self::MOST {
            return Err(Refused::new(FaultKind::OutOfBounds, format!("Al massimo {}.", Self::MOST)));
        }
        Ok(cents)
    }

    /// The number of cents.
    #[must_use]
    pub const fn number(self) -> i64 {
        self.0
    }

    /// The amount in euro, exactly.
    #[must_use]
    pub fn euro(self) -> Decimal {
        Decimal::new(self.0, 2)
    }

    /// Both together. Bounded amounts do not reach the end of the type; should they, the sum stays there.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// This one less the other; less than nothing when the other is more.
    #[must_use]
    pub const fn less(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl std::iter::Sum for Cents {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Self::plus)
    }
}

impl fmt::Display for Cents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let cents = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:02}", cents.wrapping_div(100), cents.wrapping_rem(100))
    }
}

impl Serialize for Cents {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_amount_is_spelled_in_digits_with_a_point() {
        let cents = |text: &str| Cents::parse(text).map(Cents::number).ok();
        assert_eq!(cents("1234.56"), Some(123_456));
        assert_eq!((cents("0"), cents("7.5"), cents("0.05")), (Some(0), Some(750), Some(5)));
        for text in ["", ".5", "1.", "1.234", "-1", "+1", "1,50", "1e3", " 1", "1.2.3", "\u{661}"] {
            assert_eq!(Cents::parse(text).unwrap_err().kind, FaultKind::Malformed, "{text:?}");
        }
        for text in ["10000000000", "99999999999999999999999999"] {
            assert_eq!(Cents::parse(text).unwrap_err().kind, FaultKind::OutOfBounds, "{text:?}");
        }
    }

    #[test]
    fn what_is_less_than_nothing_keeps_its_sign() {
        assert_eq!(Cents::new(-5).to_string(), "-0.05");
        assert_eq!(Cents::new(i64::MIN).to_string(), "-92233720368547758.08");
        assert_eq!(Cents::new(-1_234).euro().to_string(), "-12.34");
    }

    proptest! {
        #[test]
        fn an_amount_is_read_as_it_is_written(cents in 0..=Cents::MOST.number()) {
            prop_assert_eq!(Cents::parse(&Cents::new(cents).to_string()), Ok(Cents::new(cents)));
        }

        #[test]
        fn no_text_makes_it_panic(text in any::<String>()) {
            let _ = Cents::parse(&text);
        }
    }
}
