//! The fund a comune sets aside for its commercial debts (law 145 of 2018, art. 1, paragraphs 858-872): what leads to it, how much
//! it is by either way of reading a delay with decimals, and what would avoid it.

use chrono::NaiveDate;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::fault::{Fault, FaultKind, Refused};
use crate::feeder::FundRounding;
use crate::figure::Figure;
use crate::law::{self, ParameterName};
use crate::vocabulary::vocabulary;

mod avoiding;

pub use avoiding::{Avoiding, WayOut};

vocabulary! {
    /// What leads to the fund; where several do, the one that asks most.
    FundCondition, "Che cosa porta all'accantonamento: il debito non comunicato, il debito non ridotto, il ritardo nei pagamenti; oppure nulla." {
        /// The debt was not published, or not communicated to the platform (paragraph 868).
        NotCommunicated = "not_communicated",
        /// The debt was not reduced enough, and is too large to be let pass (paragraph 859, letter a).
        DebtNotReduced = "debt_not_reduced",
        /// Bills were paid late (paragraph 859, letter b).
        Delay = "delay",
        /// Nothing.
        Nothing = "nothing",
    }
}

/// What the fund of a year depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FundFacts {
    /// The year of the budget that would hold the fund.
    pub year: i32,
    /// Overdue debt at the end of the second year before.
    pub debt_before: Figure,
    /// Overdue debt at the end of the year before.
    pub debt: Figure,
    /// What the bills received in the year before come to.
    pub received: Figure,
    /// Appropriations of the year for goods and services.
    pub appropriations: Figure,
    /// The part of them that is paid with means that have a purpose already.
    pub earmarked: Figure,
    /// Whether the debt was published and communicated to the platform.
    pub communicated: bool,
    /// The yearly delay of the year before, in days.
    pub delay: Figure,
}

/// What comes of reading the delay in one way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FundReading {
    /// The way.
    pub rounding: FundRounding,
    /// The delay in whole days.
    pub days: i32,
    /// What leads to the fund.
    pub condition: FundCondition,
    /// The share of the base, in hundredths.
    pub share: Figure,
    /// What is set aside, to the cent.
    pub amount: Decimal,
}

/// The fund of a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fund {
    /// Appropriations without what has a purpose already.
    pub base: Decimal,
    /// How much the debt was reduced, in hundredths; none when there was none to reduce.
    pub reduction: Option<Decimal>,
    /// The most debt that counts as reduced enough.
    pub reduced_at: Decimal,
    /// The most debt that is let pass, however little it was reduced.
    pub let_pass_at: Decimal,
    /// By both ways of reading the delay.
    pub readings: [FundReading; 2],
    /// What would avoid it: all of these together, each with what would be left if it were done alone.
    pub avoided_by: Vec<Avoiding>,
}

/// What the law of a year says of the fund.
#[derive(Debug, Clone, Copy)]
struct Law {
    reduction: Decimal,
    exemption: Decimal,
    debt_share: Figure,
}

impl Law {
    fn of(year: i32) -> Option<Self> {
        let number = |name| law::number_of(name, year).map(Figure::number);
        Some(Self {
            reduction: number(ParameterName::DebtReduction)?,
            exemption: number(ParameterName::DebtExemption)?,
            debt_share: law::number_of(ParameterName::GuaranteeFundDebtShare, year)?,
        })
    }
}

impl FundFacts {
    /// What is wrong with it.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        let amounts = [
            (self.debt_before, "/debt_before"),
            (self.debt, "/debt"),
            (self.received, "/received"),
            (self.appropriations, "/appropriations"),
            (self.earmarked, "/earmarked"),
        ];
        let mut faults: Vec<Fault> = amounts
            .into_iter()
            .filter(|(amount, _)| *amount < Figure::ZERO)
            .map(|(_, at)| Refused::new(FaultKind::OutOfBounds, "Non meno di zero.").at(at))
            .collect();
        if self.earmarked > self.appropriations {
            let detail = "La parte vincolata non supera gli stanziamenti.";
            faults.push(Refused::new(FaultKind::Inconsistent, detail).at("/earmarked"));
        }
        faults
    }

    /// The fund that follows; none in a year the law knows of no fund, or when the figures are too large.
    #[must_use]
    pub fn fund(&self) -> Option<Fund> {
        let law = Law::of(self.year)?;
        let (reduced_at, let_pass_at) = self.debt_limits(law)?;
        Some(Fund {
            base: self.base()?,
            reduction: self.reduction(),
            reduced_at,
            let_pass_at,
            readings: self.readings(law)?,
            avoided_by: avoiding::ways(self, law)?,
        })
    }

    fn base(&self) -> Option<Decimal> {
        self.appropriations.number().checked_sub(self.earmarked.number()).map(cents)
    }

    /// How much less the debt is than a year before, in hundredths.
    fn reduction(&self) -> Option<Decimal> {
        let less = self.debt_before.number().checked_sub(self.debt.number())?;
        less.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(self.debt_before.number()).map(cents)
    }

    /// The most debt that is reduced enough, and the most that is let pass.
    fn debt_limits(&self, law: Law) -> Option<(Decimal, Decimal)> {
        let left = Decimal::ONE_HUNDRED.checked_sub(law.reduction)?;
        Some((share_of(self.debt_before.number(), left)?, share_of(self.received.number(), law.exemption)?))
    }

    fn readings(&self, law: Law) -> Option<[FundReading; 2]> {
        Some([self.reading(law, FundRounding::Nearest)?, self.reading(law, FundRounding::AnyDelay)?])
    }

    fn reading(&self, law: Law, rounding: FundRounding) -> Option<FundReading> {
        let days = whole_days(self.delay, rounding)?;
        let (reduced_at, let_pass_at) = self.debt_limits(law)?;
        let by_delay = law::guarantee_fund_share(self.year, days)?;
        let (condition, share) = if !self.communicated {
            (FundCondition::NotCommunicated, law.debt_share)
        } else if self.debt.number() > reduced_at.max(let_pass_at) {
            (FundCondition::DebtNotReduced, law.debt_share)
        } else if by_delay > Figure::ZERO {
            (FundCondition::Delay, by_delay)
        } else {
            (FundCondition::Nothing, Figure::ZERO)
        };
        let amount = cents(share_of(self.base()?, share.number())?);
        Some(FundReading { rounding, days, condition, share, amount })
    }
}

impl Fund {
    /// The reading of a comune that reads the delay in this way.
    #[must_use]
    pub fn read(&self, rounding: FundRounding) -> FundReading {
        let [nearest, any_delay] = self.readings;
        match rounding {
            FundRounding::Nearest => nearest,
            FundRounding::AnyDelay => any_delay,
        }
    }
}

/// A delay in whole days. No law says how: to the nearest, half up; or up, so that any delay is one.
fn whole_days(delay: Figure, rounding: FundRounding) -> Option<i32> {
    let whole = match rounding {
        FundRounding::Nearest => delay.number().checked_add(Decimal::new(5, 1))?.floor(),
        FundRounding::AnyDelay => delay.number().ceil(),
    };
    i32::try_from(whole).ok()
}

fn share_of(amount: Decimal, hundredths: Decimal) -> Option<Decimal> {
    amount.checked_mul(hundredths)?.checked_div(Decimal::ONE_HUNDRED).map(|share| share.normalize())
}

fn cents(amount: Decimal) -> Decimal {
    amount.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero).normalize()
}

/// By when the debt of the year before is communicated, for the fund of a year.
#[must_use]
pub fn communicated_by(year: i32) -> Option<NaiveDate> {
    law::deadline_of(ParameterName::DebtCommunicationDeadline, year.checked_sub(1)?)
}

/// By when the fund of a year is resolved.
#[must_use]
pub fn resolved_by(year: i32) -> Option<NaiveDate> {
    law::deadline_of(ParameterName::GuaranteeFundDeadline, year)
}

#[cfg(test)]
mod tests;
