//! The share of bills found payable within fifteen days of receipt, counted by number, of each structure and of all.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;

use super::left::{Left, Place, Why, place};
use crate::feeder::{Asked, NotComputable, Outcome};
use crate::invoice::{Bill, Cents};
use crate::unit::UnitId;

/// The days within which a bill is to be found payable.
const TERM: u64 = 15;

/// So many of so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LiquidatedShare {
    /// Found payable in time.
    pub in_time: u64,
    /// Of these.
    pub of: u64,
}

/// What became of a bill.
enum Found {
    InTime,
    Late,
    Out(Why),
}

/// The shares, and what they leave out.
#[derive(Debug, Clone, Default)]
pub(super) struct Liquidated {
    all: LiquidatedShare,
    /// By structure; none is in nobody's charge.
    pub(super) by_unit: BTreeMap<Option<UnitId>, LiquidatedShare>,
    pub(super) left: Left,
    /// The structures of which the register keeps the day at all.
    keeping: BTreeSet<Option<UnitId>>,
}

impl Liquidated {
    /// Takes a bill, if it was received in the days.
    pub(super) fn take(&mut self, bill: &Bill, asked: Asked) {
        let received = bill.facts.received;
        if bill.facts.liquidated.is_some_and(|day| day <= asked.on) {
            self.keeping.insert(bill.facts.unit);
        }
        if received < asked.period.from || received > asked.period.to.min(asked.on) {
            return;
        }
        let in_time = match place(bill) {
            Place::InItsBill => return,
            Place::Out(why) => return self.left.push(why),
            Place::Counts => match found(bill, asked.on) {
                Found::Out(why) => return self.left.push(why),
                Found::InTime => true,
                Found::Late => false,
            },
        };
        self.all.count(in_time);
        self.by_unit.entry(bill.facts.unit).or_default().count(in_time);
    }

    /// The share of all.
    pub(super) fn outcome(&self) -> Outcome {
        if self.keeping.is_empty() || self.all.of == 0 && self.left.is_empty() {
            return Outcome::NotComputable(NotComputable::NoFacts);
        }
        self.all.outcome()
    }

    /// How many bills counted.
    pub(super) const fn counted(&self) -> u64 {
        self.all.of
    }

    /// By structure, of those of which the register keeps the day, with what is in nobody's charge.
    pub(super) fn shares(&self) -> Vec<(Option<UnitId>, LiquidatedShare)> {
        let known = |unit: &Option<UnitId>| self.keeping.contains(unit) || unit.is_none();
        let kept = self.by_unit.iter().filter(|(unit, _)| !self.keeping.is_empty() && known(unit));
        kept.map(|(unit, share)| (*unit, *share)).collect()
    }
}

impl LiquidatedShare {
    fn count(&mut self, in_time: bool) {
        self.in_time = self.in_time.saturating_add(in_time.into());
        self.of = self.of.saturating_add(1);
    }

    /// The share as a ratio.
    #[must_use]
    pub fn outcome(self) -> Outcome {
        Outcome::ratio(Decimal::from(self.in_time), Decimal::from(self.of))
    }
}

/// What became of a bill. Who paid it had found it payable, on that day at the latest: where nobody said the day, it was that one,
/// and paying late never makes a share better.
fn found(bill: &Bill, on: NaiveDate) -> Found {
    let facts = &bill.facts;
    let last = facts.received.checked_add_days(Days::new(TERM)).unwrap_or(facts.received);
    if facts.disputes.iter().any(|dispute| dispute.from <= on) {
        return Found::Out(Why::Contested);
    }
    if bill.owed(on) <= Cents::ZERO {
        return Found::Out(Why::NothingOwed);
    }
    let paid = bill.payments.iter().map(|(day, _)| *day).min();
    match facts.liquidated.into_iter().chain(paid).min().filter(|day| *day <= on) {
        Some(day) if day <= last => Found::InTime,
        None if on <= last => Found::Out(Why::TooEarly),
        Some(_) | None => Found::Late,
    }
}
