//! The figures a pass over the bills comes to.

use chrono::Datelike as _;
use rust_decimal::Decimal;

use super::delay::Counted;
use super::liquidated::LiquidatedShare;
use super::mean::euro;
use super::{Perimeter, Tally, methods};
use crate::feeder::{Asked, Computed, Method, NotComputable, Outcome, SettingsFacts, Within};
use crate::figure::Figure;
use crate::invoice::Bill;
use crate::law::{self, ParameterName};
use crate::register::Register;
use crate::unit::UnitId;

/// A figure with the bills it is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The figure.
    pub computed: Computed,
    /// Which bills.
    pub perimeter: Perimeter,
    /// What it would be, did contested days count; for means of days.
    pub with_contested_days: Option<Outcome>,
    /// The most (or, for a share, the least) the law or the shared objective wants of it, where there is one.
    pub target: Option<Figure>,
}

/// How much of what was received the two means of it are of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// What was paid, of what was received; both in euro.
    pub outcome: Outcome,
    /// The least hundredths it has to be for those means to count for the recovery plan.
    pub least: Option<Figure>,
    /// Whether it is enough; none when there is no least, or nothing was received.
    pub enough: Option<bool>,
}

/// A ratio in hundredths, to two decimals; none when there is nothing to divide by.
#[must_use]
pub fn hundredths(outcome: Outcome) -> Option<Figure> {
    match outcome {
        Outcome::Ratio { numerator, denominator } => {
            let share = numerator.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(denominator)?;
            Figure::rounded(share, Computed::DECIMALS)
        }
        Outcome::Number(_) | Outcome::NotComputable(_) => None,
    }
}

/// The shared figures some bills fill.
#[must_use]
pub fn figures<'b>(
    bills: impl IntoIterator<Item = &'b Bill>,
    within: Within<'_>,
    asked: Asked,
    settings: &SettingsFacts,
) -> Vec<Computed> {
    let mut tally = Tally::new(within, asked, settings);
    for bill in bills {
        tally.take(bill);
    }
    tally.figures()
}

impl Tally<'_> {
    /// The shared figures, for a feeder.
    #[must_use]
    pub fn figures(&self) -> Vec<Computed> {
        self.told().into_iter().map(|told| told.computed).collect()
    }

    /// The shared figures, each with the bills it is of.
    #[must_use]
    pub fn told(&self) -> Vec<Told> {
        let received = &self.received;
        vec![
            self.mean("T1.itp", methods::ITP, Perimeter::PaidInPeriod, &self.timeliness),
            self.mean("T1.tmp", methods::TMP, Perimeter::ReceivedInYear, &received.time),
            self.mean("T1.tmr", methods::TMR, Perimeter::ReceivedInYear, &received.delay),
            self.mean("T1.irp", methods::IRP, Perimeter::DueInYear, &self.yearly),
            self.share(),
        ]
    }

    /// The yearly delay: what the comune foresees until the platform's own is certified.
    #[must_use]
    pub fn yearly_delay(&self) -> Option<Computed> {
        let told = self.mean("T1.irp", methods::IRP, Perimeter::DueInYear, &self.yearly);
        Some(told.computed).filter(|computed| computed.value().is_some())
    }

    fn year(&self) -> i32 {
        self.asked.period.to.year()
    }

    fn mean(&self, indicator: &'static str, method: Method, perimeter: Perimeter, of: &Counted) -> Told {
        let or_no_facts = |outcome| match outcome {
            Outcome::NotComputable(NotComputable::ZeroDenominator) if of.left.is_empty() => {
                Outcome::NotComputable(NotComputable::NoFacts)
            }
            outcome @ (Outcome::NotComputable(_) | Outcome::Ratio { .. } | Outcome::Number(_)) => outcome,
        };
        let parameter = match indicator {
            "T1.tmp" => ParameterName::RecoveryPaymentTime,
            "T1.tmr" => ParameterName::RecoveryPaymentDelay,
            _ => ParameterName::PaymentDelayTarget,
        };
        Told {
            computed: Computed {
                indicator,
                register: Register::Invoices,
                period: self.asked.period,
                method,
                outcome: or_no_facts(of.mean.outcome()),
                percent: false,
                counted: of.bills,
                left_out: of.left.told(),
                whole: true,
            },
            perimeter,
            with_contested_days: Some(or_no_facts(of.mean.with_contested_days())),
            target: law::number_of(parameter, self.year()),
        }
    }

    fn share(&self) -> Told {
        Told {
            computed: Computed {
                indicator: "T1.liquidated_15",
                register: Register::Invoices,
                period: self.asked.period,
                method: methods::LIQUIDATED,
                outcome: self.liquidated.outcome(),
                percent: true,
                counted: self.liquidated.counted(),
                left_out: self.liquidated.left.told(),
                whole: true,
            },
            perimeter: Perimeter::ReceivedInYear,
            with_contested_days: None,
            target: Some(Figure::HUNDRED),
        }
    }

    /// The share found payable within fifteen days, of each structure that received bills; first what is in nobody's charge.
    #[must_use]
    pub fn liquidated_by_unit(&self) -> Vec<(Option<UnitId>, LiquidatedShare)> {
        self.liquidated.shares()
    }

    /// How much of what was received was paid.
    #[must_use]
    pub fn coverage(&self) -> Coverage {
        let ratio = || Some(Outcome::ratio(euro(self.received.paid)?, euro(self.received.owed)?));
        let outcome = ratio().unwrap_or(Outcome::NotComputable(NotComputable::TooLarge));
        let least = law::number_of(ParameterName::RecoveryCoverage, self.year());
        let enough = match outcome {
            Outcome::Ratio { numerator, denominator } => least.and_then(|least| {
                let paid = numerator.checked_mul(Decimal::ONE_HUNDRED)?;
                Some(paid >= denominator.checked_mul(least.number())?)
            }),
            Outcome::Number(_) | Outcome::NotComputable(_) => None,
        };
        Coverage { outcome, least, enough }
    }
}
