//! Payment times, computed from bills and what was paid of them: one bill at a time, in any order, so that however many there are
//! no more than one is ever held. Each figure has bills of its own (paid in these days, received in them, due in them), and says
//! whose: they are never mixed. Sums are whole cents and whole days; there is one division, at the end.

use crate::vocabulary::vocabulary;

mod days;
mod delay;
mod figures;
pub mod fund;
mod known;
mod left;
mod liquidated;
mod mean;
mod methods;
mod paid;
mod received;
mod stock;
mod supposed;
mod tally;
#[cfg(test)]
mod tests;

pub use figures::{Coverage, Told, figures, hundredths};
pub use known::{FundKnown, Known};
pub use left::Why;
pub use liquidated::LiquidatedShare;
pub use stock::{Debt, Stock};
pub use supposed::{Supposed, Supposition};
pub use tally::Tally;

vocabulary! {
    /// Which bills a figure is of.
    Perimeter, "Quali fatture guarda un indicatore: quelle pagate nel periodo, quelle ricevute nel periodo, quelle scadute nel periodo (pagate o no, e quelle non ancora scadute pagate nel periodo)." {
        /// Those paid in the days, whenever they were issued.
        PaidInPeriod = "paid_in_period",
        /// Those received in the days.
        ReceivedInYear = "received_in_year",
        /// Those due in the days, paid or not, and those due later that were paid in them.
        DueInYear = "due_in_year",
    }
}
