use serde_json::json;

use super::*;
use crate::measurable::tests::{
    day, in_assignment, indicator, measured, number, objective, of_indicator, plan,
};

fn two_indicators() -> PlanDocument {
    let indicators = json!([indicator(1, "10", None), indicator(2, "10", None)]);
    plan(&json!([objective(1, &[0, 1], &json!({"indicators": indicators}))]))
}

#[test]
fn days_are_counted_from_the_last_time_something_was_told_of() {
    let plan = two_indicators();
    let values = [
        measured(1, &of_indicator(1), "2024-03-31", "provisional", &number("3")),
        in_assignment(measured(2, &of_indicator(1), "2024-06-30", "final", &number("5")), 11),
    ];
    let fresh = freshness(&plan, &values, day("2024-07-11"), None);
    let days: Vec<_> = fresh.iter().map(|one| (one.days, one.never_updated(), one.standing)).collect();
    let (provisional, definitive) = (Some(Standing::Provisional), Some(Standing::Final));
    let (never, first, second) =
        ((None, true, None), (Some(101), false, provisional), (Some(10), false, definitive));
    assert_eq!(days, [first, never, second, never]);
    assert!(freshness(&plan, &values, day("2024-03-31"), None).iter().all(Freshness::never_updated));
}

#[test]
fn a_correction_is_a_telling_and_what_it_corrects_counts_no_more() {
    let plan = two_indicators();
    let wrong = measured(1, &of_indicator(1), "2024-03-31", "provisional", &number("3"));
    let mut right = measured(2, &of_indicator(1), "2024-03-31", "final", &number("4"));
    right.facts.supersedes = Some(wrong.id);
    right.recorded_at = "2024-05-01T08:00:00Z".parse().unwrap();
    let values = [wrong, right];
    let told = |at: &str| freshness(&plan, &values, day(at), None)[0].told.unwrap();
    assert_eq!((told("2024-04-30").provisional, told("2024-04-30").definitive), (1, 0));
    assert_eq!((told("2024-05-01").provisional, told("2024-05-01").definitive), (0, 1));
}

#[test]
fn each_structure_is_told_how_much_of_its_own_is_known() {
    let plan = two_indicators();
    let values = [
        measured(1, &of_indicator(1), "2024-03-31", "provisional", &number("3")),
        in_assignment(measured(2, &of_indicator(2), "2024-06-30", "final", &number("5")), 11),
    ];
    let fresh = freshness(&plan, &values, day("2024-12-31"), None);
    let kept: Vec<_> = upkeep(&plan, &fresh)
        .iter()
        .map(|one| {
            (
                one.measured,
                one.updated,
                one.never_updated(),
                one.provisional,
                one.definitive,
                one.share.to_string(),
            )
        })
        .collect();
    assert_eq!(kept, [(2, 1, 1, 1, 0, "50".to_owned()), (2, 2, 0, 1, 1, "100".to_owned())]);
    assert_eq!(upkeep(&plan, &fresh)[1].oldest, Some(day("2024-04-01")));
}
