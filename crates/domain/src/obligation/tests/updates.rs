//! How often the register of requests was brought up to date.

use super::*;

/// A check of the register that says when it was brought up to date.
fn told(on: &str, days: &[&str]) -> Check {
    let updated_on = Some(days.iter().map(|text| day(text)).collect());
    Check { updated_on, ..said(true, "21.06", on) }
}

fn seen(checks: &[Check], within: Within<'_>, asked: Asked) -> Computed {
    let figure = figures(checks, within, asked, &SettingsFacts::default()).pop().unwrap();
    assert_eq!(figure.indicator, "T5.register");
    figure
}

fn in_2025(checks: &[Check]) -> Computed {
    seen(checks, Within::Comune, asked("2025-01-01", "2025-12-31", "2026-01-31"))
}

fn times(number: u32) -> Outcome {
    Outcome::Number(Decimal::from(number))
}

#[test]
fn days_told_by_several_checks_count_once_and_the_year_is_settled_when_its_end_is_told() {
    let first = told("2025-05-31", &["2025-01-20", "2025-04-22"]);
    let figure = in_2025(std::slice::from_ref(&first));
    assert_eq!((figure.outcome, figure.counted, figure.whole), (times(2), 2, false));
    let last = told("2025-12-31", &["2025-10-20", "2025-04-22", "2025-07-21"]);
    for checks in [[first.clone(), last.clone()], [last, first]] {
        let figure = in_2025(&checks);
        assert_eq!((figure.outcome, figure.whole, figure.percent), (times(4), true, false));
        // The first half alone: what a later check tells of it counts, what it tells of the second does not.
        let half = asked("2025-01-01", "2025-06-30", "2026-01-31");
        let figure = seen(&checks, Within::Comune, half);
        assert_eq!((figure.outcome, figure.whole), (times(2), true));
        // Seen before the last check, its days are not known.
        let early = seen(&checks, Within::Comune, asked("2025-01-01", "2025-12-31", "2025-11-30"));
        assert_eq!((early.outcome, early.whole), (times(2), false));
        assert_eq!((early.left_out[0].why, early.left_out[0].count), ("later", 1));
    }
}

#[test]
fn nothing_is_told_where_nobody_looked_and_never_is_no_times() {
    let silent = said(true, "21.06", "2025-12-31");
    let elsewhere =
        Check { obligation: Code::parse("21.05").unwrap(), ..told("2025-12-31", &["2025-06-30"]) };
    let figure = in_2025(&[silent.clone(), elsewhere]);
    assert_eq!(figure.outcome, Outcome::NotComputable(NotComputable::NoFacts));
    assert_eq!((figure.left_out[0].why, figure.left_out[0].count), ("updates_not_told", 1));
    let never = Check { updated_on: Some(Vec::new()), ..silent };
    assert_eq!(in_2025(&[never]).outcome, times(0));
}

#[test]
fn a_structure_has_its_own_register_and_the_comune_all() {
    let checks =
        [told("2025-12-31", &["2025-06-30"]), of_unit(1, told("2025-12-31", &["2025-06-30", "2025-09-30"]))];
    let own = HashSet::from([unit(1)]);
    let year = asked("2025-01-01", "2025-12-31", "2026-01-31");
    assert_eq!(seen(&checks[..1], Within::Units(&own), year).outcome, in_2025(&[]).outcome);
    assert_eq!(seen(&checks, Within::Units(&own), year).outcome, times(2));
    assert_eq!(in_2025(&checks).outcome, times(2));
}

#[test]
fn days_after_the_check_of_another_year_or_said_twice_are_refused_where_they_are() {
    let places =
        |check: &Check| -> Vec<String> { check.faults().into_iter().map(|fault| fault.pointer).collect() };
    let days = ["2025-05-31", "2024-12-31", "2025-06-01", "2025-01-02", "2025-05-31"];
    let wrong = told("2025-05-31", &days);
    assert_eq!(places(&wrong), ["/updated_on/1", "/updated_on/2", "/updated_on/4"]);
    let many = Check { updated_on: Some(vec![day("2025-01-01"); 367]), ..wrong.clone() };
    assert_eq!(places(&many), ["/updated_on"]);
    let none =
        Check { up_to_date: None, updated_on: wrong.updated_on, ..not_applicable("21.06", "2025-05-31") };
    assert_eq!(places(&none)[0], "/updated_on");
    let alone = Check { up_to_date: None, ..told("2025-05-31", &[]) };
    assert_eq!(places(&alone), ["/points"], "whether it is up to date is still to be said");
}

#[test]
fn a_check_matters_from_the_first_day_it_tells_of() {
    let check = told("2025-12-20", &["2025-09-01", "2025-03-01"]);
    assert_eq!(check.matters(), (day("2025-03-01"), Some(day("2025-12-31"))));
    assert_eq!(said(true, "21.06", "2025-12-20").matters().0, day("2025-12-20"));
}
