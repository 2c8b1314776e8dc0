//! Values as whole millionths: a figure has six places at most, so that sums and orders of thousands of them are exact and quick.

use rust_decimal::Decimal;

use crate::figure::Figure;

const PLACES: u32 = 6;

/// A value in millionths.
pub(super) type Micros = i128;

/// A figure in millionths. It has fifteen digits before the point and six after, so that it always fits.
pub(super) fn of(figure: Figure) -> Micros {
    let number = figure.number();
    let power = PLACES.saturating_sub(number.scale());
    number.mantissa().saturating_mul(10_i128.saturating_pow(power))
}

/// Millionths as a figure; `None` when they are too many for one.
pub(super) fn figure(micros: Micros) -> Option<Figure> {
    Decimal::try_from_i128_with_scale(micros, PLACES).ok().and_then(Figure::new)
}

/// A quotient, half of a millionth rounded away from zero; `None` when it is by nothing.
pub(super) fn divided(dividend: Micros, by: Micros) -> Option<Micros> {
    let quotient = dividend.checked_div(by)?;
    let rest = dividend.checked_rem(by)?.unsigned_abs();
    let away = if (dividend < 0) == (by < 0) { 1 } else { -1 };
    let half = rest.saturating_mul(2) >= by.unsigned_abs();
    Some(if half { quotient.saturating_add(away) } else { quotient })
}

/// How many, to reckon with.
pub(super) fn count(many: usize) -> Micros {
    Micros::try_from(many).unwrap_or(Micros::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn halves_are_rounded_away_from_nothing() {
        for (dividend, by, expected) in
            [(7, 2, 4), (-7, 2, -4), (7, -2, -4), (5, 3, 2), (4, 3, 1), (-4, 3, -1), (0, 5, 0)]
        {
            assert_eq!(divided(dividend, by), Some(expected), "{dividend}/{by}");
        }
        assert_eq!(divided(1, 0), None);
    }

    proptest! {
        #[test]
        fn a_figure_comes_back_as_it_was(whole in -999_999_999_999_999_i64..=999_999_999_999_999, part in 0u32..1_000_000) {
            let one = Figure::parse(&format!("{whole}.{part:06}")).unwrap();
            prop_assert_eq!(figure(of(one)), Some(one));
        }
    }
}
