#![expect(clippy::arithmetic_side_effects, reason = "days of tests are few")]

use proptest::prelude::*;

use super::*;
use crate::fault::FaultKind;
use crate::measurement::Span;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn still(from: &str, until: &str) -> Suspension {
    let until = Some(until).filter(|until| !until.is_empty()).map(day);
    Suspension { from: day(from), until, reason: SuspensionReason::Completion }
}

fn term<'s>(start: &str, days: u16, suspensions: &'s [Suspension]) -> Term<'s> {
    Term { start: day(start), days, suspensions }
}

#[test]
fn the_first_day_is_not_counted_and_the_last_is() {
    // 1 March + 30 days = 31 March.
    let plain = term("2025-03-01", 30, &[]);
    assert_eq!(plain.due(), Some(day("2025-03-31")));
    assert!(plain.is_kept_on(day("2025-03-31")) && !plain.is_kept_on(day("2025-04-01")));
    assert!(!plain.is_over_on(day("2025-03-31")) && plain.is_over_on(day("2025-04-01")));
}

#[test]
fn a_suspension_takes_its_first_day_and_gives_its_last_back() {
    // 10 to 20 March: ten days, 10..19; on the 20th it runs again. Due 31 March + 10 = 10 April.
    let ten = [still("2025-03-10", "2025-03-20")];
    let suspended = term("2025-03-01", 30, &ten);
    assert_eq!(suspended.due(), Some(day("2025-04-10")));
    // 1 March to 5 April: 35 days, less ten.
    assert_eq!(suspended.taken_by(day("2025-04-05")), 25);
    // In the middle of it, on the 15th: 14 days less the five from the 10th on.
    assert_eq!(suspended.taken_by(day("2025-03-15")), 9);
}

#[test]
fn days_of_overlapping_suspensions_count_once_and_those_after_the_term_do_not_make_it_longer() {
    // 5-15 and 10-20 March are the fifteen days 5..19: due 31 March + 15 = 15 April.
    let both = [still("2025-03-10", "2025-03-20"), still("2025-03-05", "2025-03-15")];
    assert_eq!(term("2025-03-01", 30, &both).due(), Some(day("2025-04-15")));
    // One that begins on the day after the last comes too late.
    let late = [still("2025-04-01", "2025-04-11")];
    assert_eq!(term("2025-03-01", 30, &late).due(), Some(day("2025-03-31")));
    assert!(!term("2025-03-01", 30, &late).is_kept_on(day("2025-04-11")));
    // One that begins on the last day still counts.
    let last = [still("2025-03-31", "2025-04-10")];
    assert_eq!(term("2025-03-01", 30, &last).due(), Some(day("2025-04-10")));
}

#[test]
fn a_term_that_stands_still_without_end_is_never_over_unless_it_was_before() {
    let open = [still("2025-03-10", "")];
    let standing = term("2025-03-01", 30, &open);
    assert_eq!(standing.due(), None);
    assert!(!standing.is_over_on(day("2026-03-01")));
    assert_eq!(standing.taken_by(day("2026-03-01")), 9);
    let too_late = [still("2025-04-02", "")];
    assert!(term("2025-03-01", 30, &too_late).is_over_on(day("2025-04-01")));
}

#[test]
fn what_is_seen_depends_on_the_days_and_on_the_day_it_is_seen_from() {
    let year = Span { from: day("2025-01-01"), to: day("2025-12-31") };
    let asked = |on: &str| Asked { period: year, on: day(on) };
    let plain = term("2025-03-01", 30, &[]);
    let closed = Some(day("2025-04-02"));
    assert_eq!(plain.seen(closed, asked("2025-02-28")), Seen::Outside);
    assert_eq!(plain.seen(closed, asked("2025-03-31")), Seen::Running);
    assert_eq!(plain.seen(closed, asked("2025-04-01")), Seen::Overdue);
    assert_eq!(plain.seen(closed, asked("2025-04-02")), Seen::Closed { taken: 32, kept: false });
    assert_eq!(
        plain.seen(Some(day("2025-03-30")), asked("2026-01-31")),
        Seen::Closed { taken: 29, kept: true }
    );
    assert_eq!(plain.seen(None, asked("2024-12-31")), Seen::Outside);
    let before = term("2024-11-01", 30, &[]);
    assert_eq!(before.seen(Some(day("2024-11-20")), asked("2025-12-31")), Seen::Outside);
    assert_eq!(before.seen(None, asked("2025-12-31")), Seen::Overdue);
}

#[test]
fn suspensions_that_cannot_be_are_told_by_their_places() {
    let given = [
        still("2025-02-01", "2025-02-10"),
        still("2025-03-10", "2025-03-05"),
        still("2025-05-01", "2025-05-02"),
        still("2025-03-10", ""),
        still("0900-03-10", "2025-03-11"),
    ];
    let faults = faults_of("/review", day("2025-03-01"), Some(day("2025-04-01")), &given);
    let places: Vec<(&str, FaultKind)> = faults.iter().map(|one| (one.pointer.as_str(), one.kind)).collect();
    let expected = [
        ("/review/suspensions/0/from", FaultKind::Inconsistent),
        ("/review/suspensions/1/until", FaultKind::Inconsistent),
        ("/review/suspensions/2/from", FaultKind::Inconsistent),
        ("/review/suspensions/3/until", FaultKind::Inconsistent),
        ("/review/suspensions/4/from", FaultKind::OutOfBounds),
    ];
    assert_eq!(places, expected);
    assert!(faults_of("", day("2025-03-01"), None, &[still("2025-03-10", "")]).is_empty());
    let many = vec![still("2025-03-02", "2025-03-03"); Suspension::MOST + 1];
    assert_eq!(faults_of("", day("2025-03-01"), None, &many)[0].pointer, "/suspensions");
}

fn any_suspensions() -> impl Strategy<Value = Vec<Suspension>> {
    let one = (0_u64..200, proptest::option::of(0_u64..60)).prop_map(|(from, length)| {
        let from = day("2025-01-01") + Days::new(from);
        let until = length.map(|length| from + Days::new(length));
        Suspension { from, until, reason: SuspensionReason::Other }
    });
    proptest::collection::vec(one, 0..6)
}

/// Counts day by day what the rules say in words.
fn counted(term: &Term<'_>, end: NaiveDate) -> u64 {
    let stands = |day: NaiveDate| {
        term.suspensions.iter().any(|one| one.from <= day && one.until.is_none_or(|until| day < until))
    };
    let running = term.start.iter_days().take_while(|day| *day < end).filter(|day| !stands(*day));
    u64::try_from(running.count()).unwrap()
}

proptest! {
    #[test]
    fn days_are_those_counted_one_by_one(suspensions in any_suspensions(), days in 1_u16..90, end in 0_u64..400) {
        let term = term("2025-01-15", days, &suspensions);
        let end = day("2025-01-15") + Days::new(end);
        prop_assert_eq!(term.taken_by(end), counted(&term, end));
    }

    #[test]
    fn a_day_keeps_the_term_exactly_up_to_the_last_that_does(
        suspensions in any_suspensions(), days in 1_u16..90, end in 0_u64..400,
    ) {
        let term = term("2025-01-15", days, &suspensions);
        let end = day("2025-01-15") + Days::new(end);
        prop_assert_eq!(term.is_kept_on(end), !term.is_over_on(end));
    }

    #[test]
    fn one_more_suspension_never_makes_late_what_was_in_term(
        suspensions in any_suspensions(), days in 1_u16..90, end in 0_u64..400,
    ) {
        let end = day("2025-01-15") + Days::new(end);
        let fewer = suspensions.get(1..).unwrap_or_default();
        let (with, without) = (term("2025-01-15", days, &suspensions), term("2025-01-15", days, fewer));
        prop_assert!(with.taken_by(end) <= without.taken_by(end));
        prop_assert!(!without.is_kept_on(end) || with.is_kept_on(end));
    }

    #[test]
    fn neither_order_nor_saying_it_twice_changes_a_term(suspensions in any_suspensions(), end in 0_u64..400) {
        let end = day("2025-01-15") + Days::new(end);
        let mut twice: Vec<Suspension> = suspensions.iter().rev().chain(&suspensions).copied().collect();
        twice.rotate_left(suspensions.len() / 2);
        let (once, again) = (term("2025-01-15", 30, &suspensions), term("2025-01-15", 30, &twice));
        prop_assert_eq!((once.taken_by(end), once.due()), (again.taken_by(end), again.due()));
    }
}
