//! Means in whole numbers: billionths of a weight times billionths of a percentage, with nothing lost until the one division.

use rust_decimal::Decimal;

use super::Sums;
use crate::score::percent::Percent;
use crate::score::tree::Part;

const PLACES: u32 = Percent::PLACES;

/// A decimal as so many of its smallest part.
fn units(number: Decimal, places: u32) -> Option<i128> {
    let number = number.normalize();
    let up = places.checked_sub(number.scale())?;
    number.mantissa().checked_mul(10i128.checked_pow(up)?)
}

fn decimal(units: i128, places: u32) -> Option<Decimal> {
    let (mut units, mut places) = (units, places);
    // Needless zeros first, so that what can be held is.
    while places > 0 && units.checked_rem(10)? == 0 {
        units = units.checked_div(10)?;
        places = places.checked_sub(1)?;
    }
    Decimal::try_from_i128_with_scale(units, places).ok()
}

/// A quotient, half away from nothing.
fn halved_up(share: i128, whole: i128) -> Option<i128> {
    let half = whole.checked_abs()?;
    let doubled = share.checked_abs()?.checked_mul(2)?.checked_add(half)?;
    let quotient = doubled.checked_div(half.checked_mul(2)?)?;
    quotient.checked_mul(share.signum().checked_mul(whole.signum())?)
}

/// The sums of a mean, and the mean where something counts; none where figures are beyond whole numbers.
pub(super) fn sums(parts: &[Part]) -> Option<Sums> {
    let (mut weight, mut counted, mut sum) = (0i128, 0i128, 0i128);
    for part in parts {
        let own = units(part.weight.unwrap_or_default(), PLACES)?;
        weight = weight.checked_add(own)?;
        if let Some(counts) = part.counts {
            counted = counted.checked_add(own)?;
            sum = sum.checked_add(own.checked_mul(units(counts.number(), PLACES)?)?)?;
        }
    }
    let mean =
        if counted == 0 { None } else { Some(Percent::of(decimal(halved_up(sum, counted)?, PLACES)?)) };
    let twice = PLACES.checked_mul(2)?;
    Some(Sums {
        weight: decimal(weight, PLACES)?,
        counted: decimal(counted, PLACES)?,
        sum: decimal(sum, twice)?,
        mean,
    })
}

/// A percentage with a share of what is missing to a hundred forgiven.
pub(super) fn forgiven(percent: Percent, share: Decimal) -> Option<Percent> {
    let (full, reached) = (units(Decimal::ONE_HUNDRED, PLACES)?, units(percent.number(), PLACES)?);
    let missing = full.checked_sub(reached)?.max(0);
    let forgiven = halved_up(missing.checked_mul(units(share, 6)?)?, 100_000_000)?;
    decimal(reached.checked_add(forgiven)?, PLACES).map(Percent::of)
}
