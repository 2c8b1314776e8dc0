//! What does not apply never moves a score, and neither does the order in which checks come, nor that one comes twice.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

const OBLIGATIONS: [&str; 7] = ["16.01", "16.02", "16.03", "03.01", "07.06", "12.01", "21.06"];

/// So many days after the first of the year.
fn nth_day(days: u64) -> NaiveDate {
    day("2022-01-01").checked_add_days(chrono::Days::new(days)).unwrap()
}

fn check() -> impl Strategy<Value = Check> {
    let points = prop::collection::vec(0..=2_u16, 0..=5);
    let said = prop::option::of(any::<bool>());
    let applies = prop::bool::weighted(0.8);
    let updates = prop::option::of(prop::collection::btree_set(0..365_u32, 0..4));
    (0..OBLIGATIONS.len(), 0..4_u128, 0..365_u32, points, said, applies, updates).prop_map(
        |(at, unit, days, points, said, applies, updates)| {
            let on = nth_day(days.into());
            let of = OBLIGATIONS[at];
            let told = if points.is_empty() { said.or(Some(false)) } else { None };
            let before = |updates: BTreeSet<u32>| updates.into_iter().filter(|update| *update <= days);
            let updated_on =
                updates.map(|updates| before(updates).map(|days| nth_day(days.into())).collect());
            let check = Check { up_to_date: told, updated_on, ..graded(of, &on.to_string(), &points) };
            let check = if applies { check } else { not_applicable(of, &on.to_string()) };
            if unit == 0 { check } else { of_unit(unit, check) }
        },
    )
}

/// Checks as a register holds them: one for each key.
fn checks() -> impl Strategy<Value = Vec<Check>> {
    prop::collection::vec(check(), 0..40).prop_map(|all| {
        let by_key = all.into_iter().map(|check| (check.key.clone(), check));
        by_key.collect::<std::collections::BTreeMap<_, _>>().into_values().collect()
    })
}

fn outcomes(checks: &[Check]) -> Vec<Outcome> {
    of_2022(checks).into_iter().map(|figure| figure.outcome).collect()
}

proptest! {
    #[test]
    fn no_check_that_was_taken_is_faulty(checks in checks()) {
        for check in checks {
            prop_assert_eq!(check.faults(), Vec::new());
        }
    }

    #[test]
    fn the_order_of_checks_changes_nothing(
        (checks, shuffled) in checks().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
    ) {
        prop_assert_eq!(of_2022(&checks), of_2022(&shuffled));
        let drawn = |checks: &[Check]| {
            let grid = Attestation::drawn(checks, year(2022), day("2022-12-31")).unwrap();
            (grid.score(), grid.by_unit(), grid.rows.len(), grid.left_out.clone())
        };
        prop_assert_eq!(drawn(&checks), drawn(&shuffled));
    }

    #[test]
    fn a_check_that_comes_twice_changes_no_figure(checks in checks()) {
        let twice: Vec<Check> = checks.iter().chain(&checks).cloned().collect();
        prop_assert_eq!(outcomes(&checks), outcomes(&twice));
    }

    #[test]
    fn what_does_not_apply_never_moves_a_score(checks in checks(), on in 0..365_u64) {
        let on = nth_day(on);
        let mut more = checks.clone();
        more.push(not_applicable("18.01", &on.to_string()));
        more.push(of_unit(9, not_applicable("16.01", &on.to_string())));
        let scores = |checks: &[Check]| -> Vec<Option<Figure>> {
            let (seen, whole) = (of_2022(checks), of_2022(&whole(checks)));
            whole[..1].iter().chain(&seen[1..]).map(Computed::value).collect()
        };
        prop_assert_eq!(scores(&checks), scores(&more));
    }

    #[test]
    fn a_score_lies_between_none_and_full_and_is_full_when_nothing_falls_short(checks in checks()) {
        let grid = Attestation::drawn(&checks, year(2022), day("2022-12-31")).unwrap();
        for score in grid.by_unit().into_values().chain([grid.score()]) {
            prop_assert!(score.points <= score.most);
        }
        let rows = grid.rows.iter().filter_map(|row| row.score);
        prop_assert_eq!(grid.shortfalls().count() == 0, rows.into_iter().all(Score::is_full));
        let points: u64 = grid.shortfalls().map(|short| u64::from(short.most.abs_diff(short.points))).sum();
        let all = grid.by_unit().into_values().fold(Score::default(), Score::and);
        prop_assert_eq!(points, all.most.abs_diff(all.points));
    }
}
