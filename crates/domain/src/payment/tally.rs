//! One pass over the bills of a comune, from which every figure of some days is told.

use super::delay::{Counted, timeliness, yearly};
use super::left::Why;
use super::liquidated::Liquidated;
use super::received::Received;
use super::stock::Stock;
use crate::feeder::{Asked, SettingsFacts, Within};
use crate::invoice::Bill;

/// The sums of some days. It holds no bill, but one line for each structure and each supplier that is owed something.
#[derive(Debug, Clone)]
pub struct Tally<'u> {
    pub(super) within: Within<'u>,
    pub(super) asked: Asked,
    pub(super) timeliness: Counted,
    pub(super) received: Received,
    pub(super) yearly: Counted,
    pub(super) liquidated: Liquidated,
    stock: Stock,
}

impl<'u> Tally<'u> {
    /// Of some days, seen from a day, within some structures.
    #[must_use]
    pub fn new(within: Within<'u>, asked: Asked, settings: &SettingsFacts) -> Self {
        Self {
            within,
            asked,
            timeliness: Counted::default(),
            received: Received::default(),
            yearly: Counted::default(),
            liquidated: Liquidated::default(),
            stock: Stock::on(asked.period.to.min(asked.on), settings.contested_debt_counts),
        }
    }

    /// Takes one bill; each is given once.
    pub fn take(&mut self, bill: &Bill) {
        if !self.within.holds(bill.facts.unit) {
            return;
        }
        timeliness(&mut self.timeliness, bill, self.asked);
        self.received.take(bill, self.asked);
        yearly(&mut self.yearly, bill, self.asked);
        self.liquidated.take(bill, self.asked);
        self.stock.take(bill, self.within);
    }

    /// Says that so many payments of the days are of bills the register does not have.
    pub fn without_bill(&mut self, payments: u64) {
        self.timeliness.left.push_many(Why::PaymentWithoutBill, payments);
    }

    /// What is still to be paid on the last of the days, or on the day it is seen from.
    #[must_use]
    pub const fn stock(&self) -> &Stock {
        &self.stock
    }
}
