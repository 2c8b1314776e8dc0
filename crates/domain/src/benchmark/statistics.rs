//! What is told of a group as a whole: nothing of fewer than [`FEWEST`].

use super::micros::{self, Micros};
use super::{FEWEST, Selection, Suppression};
use crate::figure::Figure;
use crate::template::Pooling;

/// How the figures are reckoned, for whoever reckons them again.
pub const METHOD: &str = "Percentili per interpolazione lineare fra i valori ordinati: il percentile p sta al posto (n - 1) * p / 100, \
contando da zero. Si arrotonda alla sesta cifra decimale, la metà lontano dallo zero. Il posto in graduatoria segue il verso \
dell'indicatore e i pari hanno il posto migliore; il percentile di un comune è la quota degli altri con un valore minore, più metà dei pari.";

/// The values of those who entered, in order: enough of them, or there is none of this.
#[derive(Debug, Clone)]
pub struct Ranked {
    /// In ascending order.
    values: Vec<Micros>,
    /// The least and the greatest of those that may be told one by one.
    named: Option<(Micros, Micros)>,
}

/// What is told of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statistics {
    /// Of how many comuni.
    pub n: usize,
    /// The mean, or why it is not told.
    pub mean: Result<Figure, Suppression>,
    /// The tenth percentile.
    pub p10: Figure,
    /// The first quartile.
    pub p25: Figure,
    /// The median.
    pub p50: Figure,
    /// The third quartile.
    pub p75: Figure,
    /// The ninetieth percentile.
    pub p90: Figure,
    /// The least value, or why it is not told: it is one comune's, and told only when that comune is named.
    pub min: Result<Figure, Suppression>,
    /// The greatest value, or why it is not told.
    pub max: Result<Figure, Suppression>,
}

impl Selection<'_> {
    /// How many of a hundred comuni of the group entered.
    #[must_use]
    pub fn coverage(&self) -> Option<Figure> {
        let hundred_millions = micros::count(self.entered()).saturating_mul(100_000_000);
        micros::divided(hundred_millions, micros::count(self.members())).and_then(micros::figure)
    }

    /// The values in order.
    ///
    /// # Errors
    /// [`Suppression::TooFew`] when fewer than [`FEWEST`] entered.
    pub fn ranked(&self) -> Result<Ranked, Suppression> {
        let mut values: Vec<Micros> = self.contributing().map(|one| micros::of(one.value)).collect();
        if values.len() < FEWEST {
            return Err(Suppression::TooFew);
        }
        values.sort_unstable();
        let named = || self.named().iter().map(|one| micros::of(one.value));
        Ok(Ranked { values, named: named().min().zip(named().max()) })
    }

    /// What is told of the group.
    ///
    /// # Errors
    /// As for [`Selection::ranked`].
    pub fn statistics(&self, pooling: Pooling) -> Result<Statistics, Suppression> {
        self.ranked()?.statistics(pooling)
    }
}

impl Ranked {
    /// The values, in ascending order.
    pub(super) fn values(&self) -> &[Micros] {
        &self.values
    }

    /// What is told of them.
    ///
    /// # Errors
    /// [`Suppression::TooFew`], never in fact: there are enough of them, or there would be none of this.
    pub fn statistics(&self, pooling: Pooling) -> Result<Statistics, Suppression> {
        let percentile = |hundredths| self.percentile(hundredths).ok_or(Suppression::TooFew);
        Ok(Statistics {
            n: self.values.len(),
            mean: self.mean(pooling),
            p10: percentile(10)?,
            p25: percentile(25)?,
            p50: percentile(50)?,
            p75: percentile(75)?,
            p90: percentile(90)?,
            min: Self::extreme(self.values.first(), self.named.map(|(least, _)| least)),
            max: Self::extreme(self.values.last(), self.named.map(|(_, greatest)| greatest)),
        })
    }

    /// The value so many hundredths of the way, between the two it lies between.
    pub(super) fn percentile(&self, hundredths: i128) -> Option<Figure> {
        let steps = micros::count(self.values.len().checked_sub(1)?).saturating_mul(hundredths);
        let place = usize::try_from(steps.checked_div(100)?).ok()?;
        let part = steps.checked_rem(100)?;
        let below = *self.values.get(place)?;
        let above = *self.values.get(place.saturating_add(1)).unwrap_or(&below);
        let weighed =
            below.saturating_mul(100_i128.saturating_sub(part)).saturating_add(above.saturating_mul(part));
        micros::figure(micros::divided(weighed, 100)?)
    }

    /// The mean: of what is summed, only when nobody makes more than half of the whole.
    fn mean(&self, pooling: Pooling) -> Result<Figure, Suppression> {
        let whole: Micros = self.values.iter().fold(0, |sum, value| sum.saturating_add(*value));
        let weight: Micros =
            self.values.iter().fold(0, |sum, value| sum.saturating_add(value.saturating_abs()));
        let ends = [self.values.first(), self.values.last()];
        let most = ends.into_iter().flatten().map(|value| value.saturating_abs()).max().unwrap_or(0);
        if pooling == Pooling::Summed && most.saturating_mul(2) > weight {
            return Err(Suppression::Dominance);
        }
        let mean = micros::divided(whole, micros::count(self.values.len()));
        mean.and_then(micros::figure).ok_or(Suppression::TooFew)
    }

    /// The least or the greatest value, when somebody who is named has it.
    fn extreme(value: Option<&Micros>, named: Option<Micros>) -> Result<Figure, Suppression> {
        let told = value.filter(|value| named == Some(**value)).and_then(|value| micros::figure(*value));
        told.ok_or(Suppression::AnonymousBlock)
    }
}
