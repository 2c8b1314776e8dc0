//! What may be told of sheets without telling of anybody: figures of groups, and of no group smaller than five.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::content::Category;
use crate::score::Percent;
use crate::text::Code;

/// What a final sheet leaves in aggregates.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Rated {
    /// Whom it was of.
    pub category: Category,
    /// What it came to.
    pub total: Percent,
    /// The band of pay.
    pub band: Option<Code>,
    /// Whether that was the highest.
    pub top: bool,
}

/// How many fell into a band.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InBand {
    /// Its code.
    pub band: Code,
    /// How many.
    pub count: u32,
    /// Which share.
    pub share: Percent,
}

/// The figures of a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Figures {
    /// How many sheets.
    pub count: u32,
    /// Their mean, to twelve places.
    pub mean: Percent,
    /// Their standard deviation (of the whole population), to [`DEVIATION_PLACES`] places, half up.
    pub deviation: Decimal,
    /// The share in the highest band; none when no sheet has bands.
    pub top_share: Option<Percent>,
    /// How they spread over the bands.
    pub bands: Vec<InBand>,
    /// How differentiated they are: nothing when all are in one band, the more the more evenly they spread (one hundred times one
    /// less the sum of the squared shares); none without bands.
    pub differentiation: Option<Percent>,
}

/// What may be told of a category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum Group {
    /// Its figures.
    Told(Category, Figures),
    /// Nothing: they are fewer than [`LEAST_GROUP`], and figures would be somebody's.
    Withheld(Category),
}

/// The fewest persons anything is told of.
pub const LEAST_GROUP: usize = 5;
/// The places a standard deviation is computed to.
pub const DEVIATION_PLACES: u32 = 6;
/// The most sheets a group is reckoned for.
const MOST: usize = 10_000;

/// The figures of each category, of those that may be told; `withheld` are categories already known to be too small.
#[must_use]
pub fn statistics(rated: &[Rated], withheld: &BTreeSet<Category>) -> Vec<Group> {
    let mut groups: BTreeMap<Category, Vec<&Rated>> = BTreeMap::new();
    for one in rated {
        groups.entry(one.category).or_default().push(one);
    }
    for category in withheld {
        groups.insert(*category, Vec::new());
    }
    let told = |(category, all): (Category, Vec<&Rated>)| {
        let enough = all.len() >= LEAST_GROUP;
        let figures = if enough { figures(&all) } else { None };
        figures.map_or(Group::Withheld(category), |figures| Group::Told(category, figures))
    };
    groups.into_iter().map(told).collect()
}

fn figures(all: &[&Rated]) -> Option<Figures> {
    let count = u32::try_from(all.len()).ok().filter(|_| all.len() <= MOST)?;
    let number = Decimal::from(count);
    let totals: Vec<Percent> = all.iter().map(|one| one.total).collect();
    let sum = totals.iter().try_fold(Decimal::ZERO, |sum, total| sum.checked_add(total.number()))?;
    let mut bands: BTreeMap<&Code, u32> = BTreeMap::new();
    for code in all.iter().filter_map(|one| one.band.as_ref()) {
        let held = bands.entry(code).or_default();
        *held = held.saturating_add(1);
    }
    let share = |part: u32| Percent::ratio(Decimal::from(part), number);
    let spread = bands
        .into_iter()
        .map(|(band, count)| Some(InBand { band: band.clone(), count, share: share(count)? }));
    let bands = spread.collect::<Option<Vec<_>>>()?;
    let top = u32::try_from(all.iter().filter(|one| one.top).count()).ok()?;
    Some(Figures {
        count,
        mean: sum.checked_div(number).map(Percent::of)?,
        deviation: deviation(&totals)?,
        top_share: if bands.is_empty() { None } else { share(top) },
        differentiation: differentiation(&bands, count),
        bands,
    })
}

/// One hundred times one less the sum of the squared shares: exact, for counts are whole.
fn differentiation(bands: &[InBand], count: u32) -> Option<Percent> {
    if bands.is_empty() {
        return None;
    }
    let square = |number: u32| Decimal::from(u64::from(number).saturating_mul(u64::from(number)));
    let together = bands.iter().try_fold(Decimal::ZERO, |sum, one| sum.checked_add(square(one.count)))?;
    Percent::ratio(square(count).checked_sub(together)?, square(count))
}

/// The standard deviation of percentages, to [`DEVIATION_PLACES`] places, half up, without ever leaving whole numbers.
///
/// With the totals `t` in units of the twelfth place, `d = sqrt(n * sum(t^2) - sum(t)^2) / n` in those units. The root rounded
/// half up is the largest `r` with `(2r - 1) * n * unit <= sqrt(4 * (..))`, and the whole part of that root decides it exactly.
fn deviation(totals: &[Percent]) -> Option<Decimal> {
    const UNIT: u128 = 10_u128.pow(Percent::PLACES.saturating_sub(DEVIATION_PLACES));
    let number = u128::try_from(totals.len()).ok()?;
    let (mut sum, mut squares) = (0_u128, 0_u128);
    for total in totals {
        let mut exact = total.number();
        exact.rescale(Percent::PLACES);
        let units = u128::try_from(exact.mantissa()).ok()?;
        sum = sum.checked_add(units)?;
        squares = squares.checked_add(units.checked_mul(units)?)?;
    }
    let spread = number.checked_mul(squares)?.checked_sub(sum.checked_mul(sum)?)?;
    let twice = spread.checked_mul(4)?.isqrt();
    let rounded = twice.checked_div(number.checked_mul(UNIT)?)?.checked_add(1)?.checked_div(2)?;
    let deviation =
        Decimal::try_from_i128_with_scale(i128::try_from(rounded).ok()?, DEVIATION_PLACES).ok()?;
    Some(deviation.normalize())
}
