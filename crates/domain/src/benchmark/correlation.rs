//! How two indicators go together, among comuni that are named in both.

use std::collections::HashMap;

use rust_decimal::{Decimal, RoundingStrategy};

use super::{FEWEST, Selection, Suppression};
use crate::comune::ComuneCode;
use crate::figure::Figure;

/// How two indicators go together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correlation {
    /// Of how many comuni.
    pub n: usize,
    /// Pearson's coefficient; absent when one of the two is the same everywhere.
    pub pearson: Option<Figure>,
    /// Spearman's, of the ranks; equals share the mean of their ranks.
    pub spearman: Option<Figure>,
}

/// A comune with its two values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// Which.
    pub comune: ComuneCode,
    /// Its value of the first.
    pub first: Figure,
    /// Its value of the second.
    pub second: Figure,
}

/// The comuni named in both, with their values.
#[must_use]
pub fn pairs(first: &Selection<'_>, second: &Selection<'_>) -> Vec<Pair> {
    let seconds: HashMap<_, _> = second.named().iter().map(|one| (one.comune, one.value)).collect();
    let pair = |one: &&super::Contribution| {
        let second = *seconds.get(&one.comune)?;
        Some(Pair { comune: one.comune, first: one.value, second })
    };
    first.named().iter().filter_map(pair).collect()
}

/// The coefficients of these pairs.
///
/// # Errors
/// [`Suppression::TooFew`] when there are fewer than [`FEWEST`].
pub fn correlation(pairs: &[Pair]) -> Result<Correlation, Suppression> {
    if pairs.len() < FEWEST {
        return Err(Suppression::TooFew);
    }
    let first: Vec<Decimal> = pairs.iter().map(|pair| pair.first.number()).collect();
    let second: Vec<Decimal> = pairs.iter().map(|pair| pair.second.number()).collect();
    let (pearson, spearman) = (coefficient(&first, &second), coefficient(&ranks(&first), &ranks(&second)));
    Ok(Correlation { n: pairs.len(), pearson, spearman })
}

/// Pearson's coefficient, to six places.
fn coefficient(first: &[Decimal], second: &[Decimal]) -> Option<Figure> {
    let (first, second) = (deviations(first)?, deviations(second)?);
    let product = |one: &[Decimal], other: &[Decimal]| {
        one.iter().zip(other).try_fold(Decimal::ZERO, |sum, (x, y)| sum.checked_add(x.checked_mul(*y)?))
    };
    let spread = root(product(&first, &first)?)?.checked_mul(root(product(&second, &second)?)?)?;
    let quotient = product(&first, &second)?.checked_div(spread)?;
    let rounded = quotient.round_dp_with_strategy(6, RoundingStrategy::MidpointAwayFromZero);
    Figure::new(rounded.clamp(Decimal::NEGATIVE_ONE, Decimal::ONE))
}

/// How far each is from the mean, as a part of the farthest: between -1 and 1, so that no product overflows. `None` when all
/// are the same.
fn deviations(values: &[Decimal]) -> Option<Vec<Decimal>> {
    let many = Decimal::from(values.len());
    let sum = values.iter().try_fold(Decimal::ZERO, |sum, value| sum.checked_add(*value))?;
    let mean = sum.checked_div(many)?;
    let apart: Option<Vec<Decimal>> = values.iter().map(|value| value.checked_sub(mean)).collect();
    let apart = apart?;
    let farthest = apart.iter().map(Decimal::abs).max().filter(|most| !most.is_zero())?;
    // Twelve places are enough for six of a coefficient, and their products are exact.
    let part = |one: &Decimal| one.checked_div(farthest).map(|part| part.round_dp(12));
    apart.iter().map(part).collect()
}

/// The rank of each value, doubled so that the mean of two ranks is whole.
fn ranks(values: &[Decimal]) -> Vec<Decimal> {
    let mut order: Vec<(Decimal, usize)> =
        values.iter().enumerate().map(|(place, value)| (*value, place)).collect();
    order.sort_unstable();
    let mut ranked: Vec<(usize, Decimal)> = Vec::with_capacity(order.len());
    let mut before = 0_usize;
    for equal in order.chunk_by(|(one, _), (other, _)| one == other) {
        let doubled = before.saturating_mul(2).saturating_add(equal.len()).saturating_add(1);
        ranked.extend(equal.iter().map(|(_, place)| (*place, Decimal::from(doubled))));
        before = before.saturating_add(equal.len());
    }
    ranked.sort_unstable();
    ranked.into_iter().map(|(_, rank)| rank).collect()
}

/// The square root of what is between one and some thousands, by Newton's steps.
fn root(number: Decimal) -> Option<Decimal> {
    let mut guess = number.max(Decimal::ONE);
    for _ in 0..64 {
        let next = guess.checked_add(number.checked_div(guess)?)?.checked_div(Decimal::TWO)?;
        if next >= guess {
            break;
        }
        guess = next;
    }
    Some(guess)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs_of(values: &[(&str, &str)]) -> Vec<Pair> {
        let figure = |text: &str| Figure::parse(text).unwrap();
        let pair = |(at, (first, second)): (usize, &(&str, &str))| Pair {
            comune: ComuneCode::parse(&format!("A{at:03}")).unwrap(),
            first: figure(first),
            second: figure(second),
        };
        values.iter().enumerate().map(pair).collect()
    }

    #[test]
    fn what_goes_straight_up_or_down_is_one_or_minus_one() {
        let up = pairs_of(&[("1", "10"), ("2", "20"), ("3", "30"), ("4", "40"), ("5", "50")]);
        let one = Some(Figure::whole(1));
        assert_eq!(correlation(&up), Ok(Correlation { n: 5, pearson: one, spearman: one }));
        let down = pairs_of(&[("1", "9"), ("2", "7.5"), ("3", "6"), ("4", "4.5"), ("5", "3")]);
        assert_eq!(correlation(&down).unwrap().pearson, Some(Figure::whole(-1)));
    }

    #[test]
    fn a_known_example_with_ties_comes_out_as_by_hand() {
        // Deviations (-2,-1,0,1,2) and (-1.6,-0.6,-0.6,1.4,1.4): 8/sqrt(10*7.2). Ranks of the second 1, 2.5, 2.5, 4.5, 4.5: 9/sqrt(10*9).
        let some = pairs_of(&[("1", "1"), ("2", "2"), ("3", "2"), ("4", "4"), ("5", "4")]);
        let told = correlation(&some).unwrap();
        assert_eq!(told.pearson, Figure::parse("0.942809").ok());
        assert_eq!(told.spearman, Figure::parse("0.948683").ok());
    }

    #[test]
    fn four_are_too_few_and_what_never_varies_goes_with_nothing() {
        let four = pairs_of(&[("1", "1"), ("2", "2"), ("3", "3"), ("4", "4")]);
        assert_eq!(correlation(&four), Err(Suppression::TooFew));
        let flat = pairs_of(&[("1", "7"), ("2", "7"), ("3", "7"), ("4", "7"), ("5", "7")]);
        assert_eq!(correlation(&flat).unwrap().pearson, None);
    }

    #[test]
    fn the_greatest_figures_do_not_overflow() {
        let most = "999999999999999.999999";
        let ends =
            [(most, "-999999999999999.999999"), ("0", "0"), (most, "1"), ("-1", most), ("0.000001", "5")];
        assert!(correlation(&pairs_of(&ends)).unwrap().pearson.is_some());
    }
}
