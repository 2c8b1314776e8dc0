//! Which structures are told of: no sum or difference of what is told is of fewer than five.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::period::Period;
use crate::unit::Tree;

fn unit(number: u128) -> UnitId {
    UnitId(Uuid::from_u128(number))
}

/// Structure 1 holds 2 and 3, 2 holds 4 and 5; 6 stands beside 1.
fn tree() -> Tree {
    let always = Period::parse(day("2020-01-01"), None).unwrap();
    let places = [(1, None), (2, Some(1)), (3, Some(1)), (4, Some(2)), (5, Some(2)), (6, None)];
    Tree::new(places.map(|(number, parent)| (unit(number), parent.map(unit), always)))
}

/// So many persons in each structure; 0 is none.
fn staff(counts: &[(u128, usize)]) -> Vec<TrainingEntry> {
    let units = counts.iter().flat_map(|(number, count)| std::iter::repeat_n(*number, *count));
    let entry = |(place, number): (u32, u128)| TrainingEntry {
        unit: (number > 0).then(|| unit(number)),
        ..person(place, "10")
    };
    (1..).zip(units).map(entry).collect()
}

fn mean(entries: &[TrainingEntry], of: Option<u128>) -> Outcome {
    let tree = tree();
    let groups = Groups::of(entries, &tree, year());
    let below = of.map(|number| tree.at_or_below(unit(number)));
    let within = below.as_ref().map_or(Within::Comune, Within::Units);
    let told = figures(entries, within, year(), &SettingsFacts::default());
    groups.told(of.map(unit), told.into_iter().nth(1).unwrap()).outcome
}

/// The structures told of.
fn told(counts: &[(u128, usize)]) -> Vec<u128> {
    let entries = staff(counts);
    (1..=6).filter(|number| matches!(mean(&entries, Some(*number)), Outcome::Ratio { .. })).collect()
}

#[test]
fn a_part_too_small_hides_the_next_smallest_so_that_a_whole_less_its_parts_tells_of_nobody() {
    assert_eq!(told(&[(2, 10), (3, 5), (6, 9)]), [1, 2, 3, 6]);
    assert_eq!(told(&[(2, 10), (3, 1), (6, 9)]), [1, 6], "what 1 has beyond 2 would be one person's");
    assert_eq!(told(&[(1, 2), (2, 10), (3, 7), (6, 9)]), [1, 2, 6], "two of 1 itself, with those of 3");
    assert_eq!(told(&[(1, 3), (2, 10), (3, 3), (6, 9)]), [1, 2, 6], "six that nothing is told of");
    assert_eq!(told(&[(4, 5), (5, 5), (3, 8), (6, 4)]), Vec::<u128>::new(), "below what is hidden all is");
    assert_eq!(mean(&staff(&[(2, 10), (3, 1)]), None), ratio("110", 11));
}

#[test]
fn figures_are_seen_at_the_end_of_a_quarter_so_that_no_two_days_tell_what_one_did() {
    let mut entries = six();
    entries[0].courses[0].concluded = Some(day("2025-04-02"));
    let seen = |on: &str| outcomes(&entries, asked("2025-12-31", on));
    assert_eq!(seen("2025-04-01"), seen("2025-04-02"));
    assert_eq!(seen("2025-04-02"), seen("2025-06-29"));
    assert_ne!(seen("2025-06-29"), seen("2025-06-30"));
    assert_eq!(outcomes(&entries, asked("2025-04-02", "2026-01-31")), seen("2025-04-01"));
    let none = Outcome::NotComputable(NotComputable::NoFacts);
    assert_eq!(seen("2025-03-30"), [none; 3]);
}

proptest! {
    /// Whoever adds up and takes away what is told of structures comes to no group of one to four: of every structure told, what is
    /// left of it without any of the told below it is none or five.
    #[test]
    fn what_is_left_of_a_whole_without_its_told_parts_is_nobody_or_five(
        counts in prop::collection::vec(0_usize..9, 7),
    ) {
        let counts: Vec<(u128, usize)> = (0_u128..).zip(counts).collect();
        let seen = told(&counts);
        let sizes: BTreeMap<u128, usize> = counts.iter().copied().collect();
        let at_or_below = |top: u128| tree().at_or_below(unit(top)).into_iter().map(|one| one.0.as_u128());
        let size = |top: u128| at_or_below(top).map(|one| sizes[&one]).sum::<usize>();
        let all: usize = sizes.values().sum();
        prop_assume!(all >= 5);
        let children = |top: u128| match top { 0 => vec![1, 6], 1 => vec![2, 3], 2 => vec![4, 5], _ => vec![] };
        for whole in std::iter::once(0).chain(seen.iter().copied()) {
            let below = children(whole);
            let below = below.iter().filter(|child| seen.contains(child)).map(|child| size(*child)).sum::<usize>();
            let left = if whole == 0 { all } else { size(whole) }.checked_sub(below).unwrap();
            prop_assert!(left == 0 || left >= 5, "{whole}: {left} of {counts:?}, told {seen:?}");
        }
    }
}
