//! Payment times of the bills of a comune: one pass over them, however many figures are wanted.

use traguardo_domain::feeder::Asked;
use traguardo_domain::feeder::feed::Figures;
use traguardo_domain::payment::Tally;

use crate::error::Error;
use crate::figures::Request;
use crate::invoices::{self, Mattering};
use crate::tenant::TenantTx;

/// The bills that matter to some days, seen from a day.
#[must_use]
pub const fn mattering(asked: Asked) -> Mattering {
    Mattering { from: asked.period.from, on: asked.on }
}

/// How many payments of some days are of bills that are not here.
///
/// # Errors
/// When the database fails.
pub fn without_bill(tx: &mut TenantTx<'_>, asked: Asked) -> Result<u64, Error> {
    let last = asked.period.to.min(asked.on);
    invoices::payments_without_bill(tx, Mattering { from: asked.period.from, on: last })
}

/// The figures of payment times, of the comune and of the structures somebody wants them of.
///
/// # Errors
/// When the database fails.
pub fn computed(tx: &mut TenantTx<'_>, request: &Request<'_>) -> Result<Figures, Error> {
    let strangers = without_bill(tx, request.asked)?;
    let tally = |within| Tally::new(within, request.asked, request.settings);
    let mut tallies: Vec<_> = request.places().map(|(unit, within)| (unit, tally(within))).collect();
    invoices::bills(tx, mattering(request.asked), |bill| {
        for (_, tally) in &mut tallies {
            tally.take(&bill);
        }
    })?;
    let told = |(unit, mut tally): (Option<_>, Tally<'_>)| {
        if unit.is_none() {
            tally.without_bill(strangers);
        }
        (unit, tally.figures())
    };
    Ok(tallies.into_iter().map(told).collect())
}
