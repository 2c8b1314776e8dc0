//! A mean of days weighted by amounts, summed exactly.

use rust_decimal::Decimal;

use crate::feeder::{NotComputable, Outcome};

/// Sums in cents, and in cents for each day. Nothing more is added once a sum did not fit.
#[derive(Debug, Clone, Default)]
pub(super) struct Mean {
    sums: Sums,
    too_large: bool,
}

#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    amount: i128,
    days: i128,
    contested: i128,
}

impl Mean {
    /// Adds an amount that took so many days; of those, some were contested and are not in `days` any more.
    pub(super) fn add(&mut self, cents: i64, days: i64, contested: i64) {
        match self.sums.and(cents.into(), days.into(), contested.into()) {
            Some(sums) => self.sums = sums,
            None => self.too_large = true,
        }
    }

    /// The mean.
    pub(super) fn outcome(&self) -> Outcome {
        self.over(Some(self.sums.days))
    }

    /// The mean there would be, did contested days count.
    pub(super) fn with_contested_days(&self) -> Outcome {
        self.over(self.sums.days.checked_add(self.sums.contested))
    }

    fn over(&self, days: Option<i128>) -> Outcome {
        let ratio = || Some(Outcome::ratio(euro(days?)?, euro(self.sums.amount)?));
        let fits = if self.too_large { None } else { ratio() };
        fits.unwrap_or(Outcome::NotComputable(NotComputable::TooLarge))
    }
}

impl Sums {
    fn and(self, cents: i128, days: i128, contested: i128) -> Option<Self> {
        Some(Self {
            amount: self.amount.checked_add(cents)?,
            days: self.days.checked_add(cents.checked_mul(days)?)?,
            contested: self.contested.checked_add(cents.checked_mul(contested)?)?,
        })
    }
}

/// A sum of cents, in euro; none when it does not fit.
pub(super) fn euro(cents: i128) -> Option<Decimal> {
    Decimal::try_from_i128_with_scale(cents, 2).ok().map(|euro| euro.normalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_that_do_not_fit_are_said_and_nothing_to_divide_by_is_no_zero() {
        let mut mean = Mean::default();
        assert_eq!(mean.outcome(), Outcome::NotComputable(NotComputable::ZeroDenominator));
        for _ in 0..100 {
            mean.add(i64::MAX, i64::MAX, 0);
        }
        assert_eq!(mean.outcome(), Outcome::NotComputable(NotComputable::TooLarge));
    }
}
