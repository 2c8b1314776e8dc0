//! What is told of groups, and of which.

use std::collections::BTreeSet;

use proptest::prelude::*;
use rust_decimal::Decimal;

use super::super::statistics::Figures;
use super::super::*;
use crate::score::Percent;
use crate::text::Code;

fn rated(category: Category, total: &str, band: Option<&str>, top: bool) -> Rated {
    let total = Percent::of(total.parse().unwrap());
    Rated { category, total, band: band.map(|code| Code::parse(code).unwrap()), top }
}

fn told(rated: &[Rated]) -> Figures {
    match statistics(rated, &BTreeSet::new()).remove(0) {
        Group::Told(_, figures) => figures,
        Group::Withheld(category) => panic!("{category:?} is withheld"),
    }
}

#[test]
fn five_are_told_and_four_are_not() {
    let mut all: Vec<Rated> = ["90", "80", "70", "95", "65"]
        .iter()
        .map(|total| rated(Category::Staff, total, None, false))
        .collect();
    all.extend(["90", "80", "70", "95"].iter().map(|total| rated(Category::Manager, total, None, false)));
    let groups = statistics(&all, &BTreeSet::from([Category::Segretario]));
    assert_eq!(groups.len(), 3);
    assert_eq!(groups[0], Group::Withheld(Category::Manager));
    assert_eq!(groups[1], Group::Withheld(Category::Segretario));
    assert!(matches!(&groups[2], Group::Told(Category::Staff, figures) if figures.count == 5));
}

#[test]
fn the_figures_are_those_one_reckons_by_hand() {
    let totals =
        [("90", "A", true), ("80", "B", false), ("70", "C", false), ("95", "A", true), ("65", "C", false)];
    let all: Vec<Rated> =
        totals.iter().map(|(total, band, top)| rated(Category::Staff, total, Some(band), *top)).collect();
    let figures = told(&all);
    assert_eq!(figures.mean.to_string(), "80");
    // Squared distances 100 + 0 + 100 + 225 + 225 = 650; 650 / 5 = 130; its root is 11.401754250991...
    assert_eq!(figures.deviation.to_string(), "11.401754");
    assert_eq!(figures.top_share, Some(Percent::of(Decimal::from(40))));
    let spread: Vec<(&str, u32)> = figures.bands.iter().map(|one| (one.band.as_str(), one.count)).collect();
    assert_eq!(spread, [("A", 2), ("B", 1), ("C", 2)]);
    // 1 - (4 + 1 + 4) / 25.
    assert_eq!(figures.differentiation, Some(Percent::of(Decimal::from(64))));
}

#[test]
fn all_alike_are_not_differentiated_at_all() {
    let all = vec![rated(Category::Staff, "88.123456789012", Some("A"), true); 7];
    let figures = told(&all);
    assert_eq!((figures.deviation, figures.differentiation), (Decimal::ZERO, Some(Percent::ZERO)));
    assert_eq!(figures.mean.to_string(), "88.123456789012");
    let bare = told(&vec![rated(Category::Staff, "88", None, false); 5]);
    assert_eq!((bare.top_share, bare.differentiation, bare.bands.len()), (None, None, 0));
}

proptest! {
    #[test]
    fn a_deviation_is_the_root_of_the_variance_to_its_last_place(totals in prop::collection::vec(0_i64..=100_000_000, 5..60)) {
        let all: Vec<Rated> = totals.iter().map(|total| Rated {
            category: Category::Staff, total: Percent::of(Decimal::new(*total, 6)), band: None, top: false,
        }).collect();
        let deviation = told(&all).deviation;
        // In units of the sixth place: (2d - 1)^2 n^2 <= 4 (n sum(t^2) - sum(t)^2) < (2d + 1)^2 n^2.
        let number = i128::try_from(totals.len()).unwrap();
        let sum: i128 = totals.iter().map(|total| i128::from(*total)).sum();
        let squares: i128 = totals.iter().map(|total| i128::from(*total) * i128::from(*total)).sum();
        let spread = 4 * (number * squares - sum * sum);
        let mut exact = deviation;
        exact.rescale(6);
        let units = exact.mantissa();
        let square = |edge: i128| edge.signum() * edge * edge * number * number;
        prop_assert!(square(2 * units - 1) <= spread && spread < square(2 * units + 1), "{deviation}");
    }

    #[test]
    fn the_order_of_sheets_does_not_matter(totals in prop::collection::vec(0_i64..=100_000_000, 5..30)) {
        let all: Vec<Rated> = totals.iter().map(|total| Rated {
            category: Category::Staff, total: Percent::of(Decimal::new(*total, 6)), band: Some(Code::parse("A").unwrap()), top: true,
        }).collect();
        let turned: Vec<Rated> = all.iter().rev().cloned().collect();
        prop_assert_eq!(told(&all), told(&turned));
    }
}
