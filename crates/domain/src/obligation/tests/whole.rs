//! What nobody checked.

use super::*;

/// With these, every other obligation of the edition of 2022 looked at and found not to apply.
pub(super) fn whole(checks: &[Check]) -> Vec<Check> {
    let known: HashSet<&str> = checks.iter().map(|check| check.obligation.as_str()).collect();
    let codes = in_edition(edition_of(year(2022)).unwrap()).map(|(_, obligation)| obligation.code.as_str());
    let others = codes.filter(|code| !known.contains(code)).map(|code| not_applicable(code, "2022-05-31"));
    checks.iter().cloned().chain(others).collect()
}

/// How many obligations there are in the edition of 2022.
pub(super) fn edition_size() -> usize {
    in_edition(edition_of(year(2022)).unwrap()).count()
}

#[test]
fn what_nobody_checked_leaves_the_share_up_to_date_unsettled_and_untold_when_it_is_the_most() {
    let all = edition_size();
    let every = whole(&[said(true, "16.01", "2022-06-30")]);
    let seen = |count: usize| -> Computed {
        let [up_to_date, _, _, _] = of_2022(&every[..count]).try_into().unwrap();
        assert_eq!(usize::try_from(left(&up_to_date, "never_checked")).unwrap() + count, all);
        up_to_date
    };
    let (few, half) = (seen(all.div_ceil(2) - 1), seen(all.div_ceil(2)));
    assert_eq!(few.outcome, Outcome::NotComputable(NotComputable::TooFew));
    assert_eq!((few.counted, few.whole), (1, false));
    assert_eq!((half.outcome, half.whole), (ratio(1, 1), false));
    assert_eq!((seen(all - 1).whole, seen(all).outcome, seen(all).whole), (false, ratio(1, 1), true));
    // Of one structure it is not known what is its own: it has its share, not settled while anything may be.
    let own: Vec<Check> = every[..3].iter().cloned().map(|check| of_unit(1, check)).collect();
    let units = HashSet::from([unit(1)]);
    let asked = asked("2022-01-01", "2022-12-31", "2023-02-01");
    let of_unit = |checks: &[Check]| {
        let figures = figures(checks, Within::Units(&units), asked, &SettingsFacts::default());
        let [up_to_date, _, _, _] = figures.try_into().unwrap();
        (up_to_date.outcome, up_to_date.whole)
    };
    assert_eq!(of_unit(&own), (ratio(1, 1), false));
    let rest: Vec<Check> = own.iter().chain(&every[3..]).cloned().collect();
    assert_eq!(of_unit(&rest), (ratio(1, 1), true));
}

#[test]
fn a_grid_without_rows_that_are_attested_is_not_settled_where_it_is_known_which_they_are() {
    let one = [graded("16.02", "2022-05-31", &[2, 3, 3, 2, 1])];
    let [_, attestation, follow_up, _] = of_2022(&one).try_into().unwrap();
    assert_eq!((attestation.outcome, attestation.whole, follow_up.whole), (ratio(11, 14), false, false));
    let [_, attestation, follow_up, _] = of_2022(&whole(&one)).try_into().unwrap();
    assert_eq!((attestation.outcome, attestation.whole, follow_up.whole), (ratio(11, 14), true, true));
    // What the campaign of 2025 attests is not known.
    let one = [graded("16.02", "2025-05-31", &[100])];
    let asked = asked("2025-01-01", "2025-12-31", "2026-02-01");
    let figures = figures(&one, Within::Comune, asked, &SettingsFacts::default());
    assert_eq!((figures[0].whole, figures[1].whole), (false, true));
}
