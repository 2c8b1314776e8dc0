//! What would avoid the fund: one way out for each condition that is not met, and what would be left if it alone were.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{FundFacts, FundReading, Law, cents, communicated_by};
use crate::figure::Figure;
use crate::law::{self, ParameterName};

/// Something that, done in time, takes one condition away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WayOut {
    /// To publish the debt and communicate it.
    Communicate {
        /// By this day.
        by: NaiveDate,
    },
    /// To have less debt at the end of the year before.
    ReduceDebt {
        /// At most this much.
        to: Decimal,
        /// So much of it paid.
        pay: Decimal,
    },
    /// To pay earlier, so that the year ends without delay.
    PayEarlier {
        /// At most so many days: enough by either way of reading them.
        delay: Figure,
    },
}

/// A way out, with what would be set aside were it the only one taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Avoiding {
    /// The way.
    pub way: WayOut,
    /// By both ways of reading the delay.
    pub then: [FundReading; 2],
}

/// The ways out, in the order the law asks for them; none when nothing leads to the fund.
pub(super) fn ways(facts: &FundFacts, law: Law) -> Option<Vec<Avoiding>> {
    let mut ways = Vec::new();
    let mut push = |way, changed: FundFacts| {
        ways.push(Avoiding { way, then: changed.readings(law)? });
        Some(())
    };
    if !facts.communicated {
        let by = communicated_by(facts.year)?;
        push(WayOut::Communicate { by }, FundFacts { communicated: true, ..*facts })?;
    }
    let (reduced_at, let_pass_at) = facts.debt_limits(law)?;
    let to = floor_to_cents(reduced_at.max(let_pass_at));
    if facts.debt.number() > to {
        let pay = cents(facts.debt.number().checked_sub(to)?);
        push(WayOut::ReduceDebt { to, pay }, FundFacts { debt: Figure::new(to)?, ..*facts })?;
    }
    let delay =
        law::number_of(ParameterName::PaymentDelayTarget, facts.year.checked_sub(1)?).unwrap_or(Figure::ZERO);
    if facts.delay > delay {
        push(WayOut::PayEarlier { delay }, FundFacts { delay, ..*facts })?;
    }
    Some(ways)
}

/// The most whole cents in an amount.
fn floor_to_cents(amount: Decimal) -> Decimal {
    amount.trunc_with_scale(2).normalize()
}
