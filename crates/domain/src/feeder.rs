//! Feeders: shared figures computed from the facts of registers. A figure tells of which indicator it is, of whom, of which days,
//! by which method, so many of so many, and what it left out; none is ever zero for want of facts.

use std::collections::HashSet;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::figure::Figure;
use crate::measurement::{Span, Value};
use crate::register::Register;
use crate::unit::UnitId;
use crate::vocabulary::vocabulary;

pub mod feed;
mod settings;

pub use settings::{FundRounding, NoRequests, Proration, Settings, SettingsFacts};

/// Of which structures a figure is.
#[derive(Debug, Clone, Copy)]
pub enum Within<'u> {
    /// Of all, and of what is in nobody's charge.
    Comune,
    /// Of these alone: a structure and those below it.
    Units(&'u HashSet<UnitId>),
}

impl Within<'_> {
    /// Whether what is in the charge of this structure counts.
    #[must_use]
    pub fn holds(self, unit: Option<UnitId>) -> bool {
        match self {
            Self::Comune => true,
            Self::Units(units) => unit.is_some_and(|unit| units.contains(&unit)),
        }
    }
}

/// How a figure is computed: a word for it and its version, which grows when what is counted or how changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Method {
    /// Its word, as in `itp`.
    pub code: &'static str,
    /// Its version, from one.
    pub version: u16,
    /// What it says, in Italian: what is counted, what is left out.
    pub words: &'static str,
}

impl Method {
    /// How the word of a method ends that a comune settled in the place of the one the shared definition tells of.
    pub const AS_SETTLED: &str = "_as_settled";

    /// Whether it is one a comune settled: its figures are not those of who follows the shared definition.
    #[must_use]
    pub fn is_as_settled(self) -> bool {
        self.code.ends_with(Self::AS_SETTLED)
    }
}

/// What a figure came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// So many of so many; the denominator is not zero. Both as they were summed; days weighted by amounts are such a ratio too.
    Ratio {
        /// So many.
        numerator: Decimal,
        /// Of so many.
        denominator: Decimal,
    },
    /// A number by itself.
    Number(Decimal),
    /// Nothing: why.
    NotComputable(NotComputable),
}

vocabulary! {
    /// Why a figure cannot be computed.
    NotComputable, "Perché un indicatore non si calcola: il registro non ha fatti, il denominatore è zero, i fatti sono troppo pochi, i numeri sono troppo grandi." {
        /// The register has nothing of those days.
        NoFacts = "no_facts",
        /// There is nothing to divide by.
        ZeroDenominator = "zero_denominator",
        /// There are fewer than the method wants.
        TooFew = "too_few",
        /// The sums do not fit.
        TooLarge = "too_large",
    }
}

/// How many things there are, as figures count them.
pub(crate) fn how_many(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

/// Facts of the days that did not count, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeftOut {
    /// A word for why.
    pub why: &'static str,
    /// The same in Italian.
    pub words: &'static str,
    /// How many.
    pub count: u64,
}

/// A figure as it was computed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Computed {
    /// The shared indicator it fills: `T1.itp`.
    pub indicator: &'static str,
    /// The register it was computed from.
    pub register: Register,
    /// The days it is about.
    pub period: Span,
    /// How.
    pub method: Method,
    /// What it came to.
    pub outcome: Outcome,
    /// Whether the value of the indicator is a percentage of the ratio, and not the ratio itself.
    pub percent: bool,
    /// How many facts counted.
    pub counted: u64,
    /// What did not, and why.
    pub left_out: Vec<LeftOut>,
    /// Whether everything it is to be computed of was looked at: as long as something was not, the value is not settled, whatever
    /// day it is.
    pub whole: bool,
}

impl Outcome {
    /// A ratio, when there is something to divide by.
    #[must_use]
    pub fn ratio(numerator: Decimal, denominator: Decimal) -> Self {
        if denominator.is_zero() {
            Self::NotComputable(NotComputable::ZeroDenominator)
        } else {
            Self::Ratio { numerator, denominator }
        }
    }
}

impl Computed {
    /// What there is to tell of it when its register was written to, or was not: from one nobody ever kept nothing comes, not
    /// even what a comune settled that a year without facts is worth.
    #[must_use]
    pub fn of_written(self, written: bool) -> Self {
        let none = Outcome::NotComputable(NotComputable::NoFacts);
        if written { self } else { Self { outcome: none, counted: 0, left_out: Vec::new(), ..self } }
    }

    /// The decimals a figure is told with.
    pub const DECIMALS: u32 = 2;

    /// The value as it is told, rounded half away from zero to two decimals.
    #[must_use]
    pub fn value(&self) -> Option<Figure> {
        Figure::rounded(self.number()?, Self::DECIMALS)
    }

    /// The value that things are decided by, with every decimal a figure has: four thousandths of a day are a delay.
    #[must_use]
    pub fn exact(&self) -> Option<Figure> {
        Figure::rounded(self.number()?, Figure::DECIMALS)
    }

    /// Whether a figure somebody wrote says the same: with every decimal, or as this is told.
    #[must_use]
    pub fn says(&self, figure: Figure) -> bool {
        [self.exact(), self.value()].contains(&Some(figure))
    }

    fn number(&self) -> Option<Decimal> {
        match self.outcome {
            Outcome::NotComputable(_) => None,
            Outcome::Number(number) => Some(number),
            Outcome::Ratio { numerator, denominator } => {
                let times = if self.percent { Decimal::ONE_HUNDRED } else { Decimal::ONE };
                numerator.checked_mul(times)?.checked_div(denominator)
            }
        }
    }

    /// What is recorded of it: a share keeps both its numbers, a mean is a number.
    #[must_use]
    pub fn recorded(&self) -> Option<Value> {
        match self.outcome {
            Outcome::Ratio { numerator, denominator } if self.percent => Some(Value::Ratio {
                numerator: Figure::new(numerator)?,
                denominator: Figure::new(denominator)?,
            }),
            Outcome::Ratio { .. } | Outcome::Number(_) => self.exact().map(|figure| Value::Number { figure }),
            Outcome::NotComputable(_) => None,
        }
    }
}

/// The days a figure is asked of, and the day up to which facts are known: what happens later has not happened yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// The days.
    pub period: Span,
    /// The day it is seen from.
    pub on: NaiveDate,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn computed(outcome: Outcome, percent: bool) -> Computed {
        let day = |text: &str| text.parse().unwrap();
        Computed {
            indicator: "T3.attestation",
            register: Register::Obligations,
            period: Span { from: day("2025-01-01"), to: day("2025-12-31") },
            method: Method { code: "attestation", version: 1, words: "" },
            outcome,
            percent,
            counted: 1,
            left_out: Vec::new(),
            whole: true,
        }
    }

    #[test]
    fn a_share_keeps_both_its_numbers_and_is_told_in_hundredths() {
        let share = computed(Outcome::ratio(Decimal::from(11), Decimal::from(14)), true);
        assert_eq!(share.value(), Some(Figure::parse("78.57").unwrap()));
        assert_eq!(
            share.recorded(),
            Some(Value::Ratio { numerator: Figure::whole(11), denominator: Figure::whole(14) })
        );
    }

    #[test]
    fn a_mean_is_told_to_two_decimals_and_recorded_with_all() {
        let mean = computed(Outcome::ratio(Decimal::from(5_000), Decimal::from(18_000)), false);
        let figure = |text| Figure::parse(text).unwrap();
        assert_eq!(mean.value(), Some(figure("0.28")));
        assert_eq!(mean.recorded(), Some(Value::Number { figure: figure("0.277778") }));
    }

    #[test]
    fn nothing_to_divide_by_is_no_zero() {
        let none = computed(Outcome::ratio(Decimal::ZERO, Decimal::ZERO), true);
        assert_eq!(none.outcome, Outcome::NotComputable(NotComputable::ZeroDenominator));
        assert_eq!((none.value(), none.recorded()), (None, None));
    }
}
