//! The quota of result pay that hangs on payment times: all or nothing (decree-law 13 of 2023, art. 4-bis, paragraph 2).

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::figure::Figure;
use crate::score::Percent;

/// What the pay of a head comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quota {
    /// The part that hangs on payment times.
    pub on_payments: Decimal,
    /// The part that does not.
    pub on_the_rest: Decimal,
    /// Whether payments were in time.
    pub in_time: bool,
    /// What is payable.
    pub payable: Decimal,
}

impl Quota {
    /// The least share of result pay that hangs on payment times, in hundredths.
    pub const LEAST_SHARE: i32 = 30;

    /// What is payable of a theoretical pay: the share on payments whole or not at all, the rest in proportion to the score.
    /// Payments are in time when the yearly delay is nothing or less. `None` when figures are too large.
    #[must_use]
    pub fn of(pay: Figure, share: Figure, delay: Figure, score: Percent) -> Option<Self> {
        let hundredth = |amount: Decimal, share: Decimal| {
            amount.checked_mul(share)?.checked_div(Decimal::ONE_HUNDRED).map(cents)
        };
        let on_payments = hundredth(pay.number(), share.number())?;
        let on_the_rest = pay.number().checked_sub(on_payments)?;
        let in_time = delay <= Figure::ZERO;
        let earned = hundredth(on_the_rest, score.number())?;
        let payable = if in_time { earned.checked_add(on_payments)? } else { earned };
        Some(Self { on_payments, on_the_rest, in_time, payable })
    }
}

fn cents(amount: Decimal) -> Decimal {
    amount.round_dp_with_strategy(2, rust_decimal::RoundingStrategy::MidpointAwayFromZero).normalize()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worked_example_loses_its_thirty_per_cent_by_a_hair() {
        let score = Percent::of(Decimal::from(92));
        let quota = |delay: &str| {
            Quota::of(Figure::whole(3000), Figure::whole(30), Figure::parse(delay).unwrap(), score).unwrap()
        };
        let late = quota("8.81");
        assert_eq!((late.on_payments, late.payable), (Decimal::from(900), Decimal::from(1932)));
        assert_eq!(quota("0").payable, Decimal::from(2832));
        assert!(!quota("0.28").in_time);
    }
}
