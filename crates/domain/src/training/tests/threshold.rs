//! The hours asked of each, and of whom none are.

use super::*;
use crate::law::Certainty;

#[test]
fn the_threshold_is_that_of_the_year_and_of_the_work() {
    let hours = |role: TrainingRole, year| role.threshold(year).and_then(Dated::figure);
    let forty = Some(Figure::whole(40));
    assert_eq!(hours(TrainingRole::General, 2023), None);
    assert_eq!(hours(TrainingRole::General, 2024), Some(Figure::whole(24)));
    assert_eq!(hours(TrainingRole::General, 2025), forty);
    assert_eq!(
        (hours(TrainingRole::LocalPolice, 2024), hours(TrainingRole::LocalPolice, 2025)),
        (forty, forty)
    );
    let of_2024 = TrainingRole::LocalPolice.threshold(2024).unwrap();
    assert_eq!(of_2024.certainty, Certainty::ProductRule);

    // In 2024, 30 hours are enough for an office and not for the police.
    let mut entries: Vec<_> = (1..=6).map(|number| person(number, "30")).collect();
    for entry in &mut entries {
        entry.year = Year::parse(2024).unwrap();
        entry.service_from = day("2024-01-01");
        entry.courses = vec![course("30", "2024-06-30")];
    }
    entries[0].role = TrainingRole::LocalPolice;
    let year = Span { from: day("2024-01-01"), to: day("2024-12-31") };
    let asked = Asked { period: year, on: day("2025-01-31") };
    assert_eq!(outcomes(&entries, asked)[0], ratio("5", 6));
}

#[test]
fn in_a_year_that_asks_for_no_hours_there_is_no_share_over_the_threshold() {
    let mut entries = six();
    for entry in &mut entries {
        entry.year = Year::parse(2022).unwrap();
        entry.service_from = day("2022-01-01");
        entry.courses = vec![course("10", "2022-06-30")];
    }
    let period = Span { from: day("2022-01-01"), to: day("2022-12-31") };
    let told = outcomes(&entries, Asked { period, on: day("2023-01-31") });
    let none = Outcome::NotComputable(NotComputable::ZeroDenominator);
    assert_eq!(told, [none, ratio("60", 6), ratio("6", 6)]);
}

#[test]
fn who_was_not_there_all_year_is_asked_a_part_as_the_comune_settled() {
    // From 15 June: seven months begun, 40 x 7 / 12 = 23.33 hours; 200 days of 365, 40 x 200 / 365 = 21.92.
    for (hours, by_months, by_days) in
        [("23.34", true, true), ("23.33", false, true), ("21.92", false, true), ("21.91", false, false)]
    {
        let mut entries = six();
        entries[5] = person(6, hours);
        entries[5].service_from = day("2025-06-15");
        entries[5].courses[0].concluded = Some(day("2025-09-30"));
        let reached = |more| if more { ratio("4", 6) } else { ratio("3", 6) };
        assert_eq!(over(&entries, Proration::Months), reached(by_months), "{hours}");
        assert_eq!(over(&entries, Proration::Days), reached(by_days), "{hours}");
        assert_eq!(over(&entries, Proration::Nothing), reached(false), "{hours}");
    }
}

#[test]
fn a_short_month_away_takes_off_more_by_months_than_by_days() {
    // Away all February: 40 x 11 / 12 = 36.67 hours by months, 40 x 337 / 365 = 36.93 by days.
    for (hours, by_months, by_days) in [("36.66", "3", "3"), ("36.67", "4", "3"), ("36.94", "4", "4")] {
        let mut entries = six();
        entries[5] = person(6, hours);
        entries[5].absences = vec![Span { from: day("2025-02-01"), to: day("2025-02-28") }];
        assert_eq!(over(&entries, Proration::Months), ratio(by_months, 6), "{hours}");
        assert_eq!(over(&entries, Proration::Days), ratio(by_days, 6), "{hours}");
    }
}

#[test]
fn what_a_comune_settled_otherwise_is_another_method() {
    let method = |proration| figures(&six(), Within::Comune, year(), &settled(proration))[0].method;
    assert!(!method(Proration::Months).is_as_settled());
    let codes = [Proration::Months, Proration::Days, Proration::Nothing].map(|one| method(one).code);
    let settled = ["training_threshold_by_days_as_settled", "training_threshold_whole_as_settled"];
    assert_eq!(codes, ["training_threshold", settled[0], settled[1]]);
}

#[test]
fn long_absences_ask_less_and_overlapping_ones_count_once() {
    // Away from 15 January to 31 July: February to July have no day of presence, 6 of 12 months, 20 hours.
    let mut entries = six();
    entries[5] = person(6, "20");
    let away = |from: &str, to: &str| Span { from: day(from), to: day(to) };
    entries[5].absences = vec![away("2025-03-01", "2025-07-31"), away("2025-01-15", "2025-04-30")];
    assert_eq!(over(&entries, Proration::Months), ratio("4", 6));
    entries[5].courses = vec![course("19.99", "2025-10-01")];
    assert_eq!(over(&entries, Proration::Months), ratio("3", 6));
    // By days: 14 of January and 153 from August on, 167 of 365, 40 x 167 / 365 = 18.30.
    assert_eq!(over(&entries, Proration::Days), ratio("4", 6));
    entries[5].courses = vec![course("18.30", "2025-10-01")];
    assert_eq!(over(&entries, Proration::Days), ratio("3", 6));
}

#[test]
fn of_whom_nothing_is_asked_it_is_not_said_that_it_was_reached() {
    // Away all year: no month and no day is asked, and nothing was done.
    let away = |number: u32| {
        let mut entry = person(number, "1");
        entry.courses.clear();
        entry.absences = vec![Span { from: day("2025-01-01"), to: day("2025-12-31") }];
        entry
    };
    let told = |entries: &[TrainingEntry], proration| {
        let figures = figures(entries, Within::Comune, year(), &settled(proration));
        let left: Vec<(&str, u64)> = figures[0].left_out.iter().map(|one| (one.why, one.count)).collect();
        (figures[0].outcome, figures[0].counted, left)
    };
    let mut entries = six();
    entries.push(away(7));
    assert_eq!(told(&entries, Proration::Months), (ratio("3", 6), 6, vec![("few", 0)]));
    assert_eq!(told(&entries, Proration::Days), (ratio("3", 6), 6, vec![("few", 0)]));
    // Who asks the whole of everybody asks it of who is away too.
    assert_eq!(told(&entries, Proration::Nothing), (ratio("3", 7), 7, vec![]));
    assert_eq!(outcomes(&entries, year())[1], ratio("184", 7));
    entries.extend((8..=11).map(away));
    assert_eq!(told(&entries, Proration::Months), (ratio("3", 6), 6, vec![("nothing_asked", 5)]));
    // Of four of whom something is asked nothing is told, of none that there is nothing to tell.
    let four: Vec<_> = six().into_iter().take(4).chain((7..=11).map(away)).collect();
    assert_eq!(told(&four, Proration::Months), (UNTOLD, 0, vec![]));
    let none: Vec<_> = (7..=11).map(away).collect();
    let nothing = Outcome::NotComputable(NotComputable::ZeroDenominator);
    assert_eq!(told(&none, Proration::Months), (nothing, 0, vec![("nothing_asked", 5)]));
}

#[test]
fn who_is_asked_elsewhere_cannot_be_told_by_subtraction() {
    let unit = UnitId(Uuid::from_u128(1));
    let mut entries: Vec<_> = (1..=11).map(|number| person(number, "40")).collect();
    for entry in &mut entries[..5] {
        entry.unit = Some(unit);
    }
    let units = HashSet::from([unit]);
    let within = |entries: &[TrainingEntry]| {
        let figures = figures(entries, Within::Units(&units), year(), &SettingsFacts::default());
        (figures[0].outcome, figures[1].outcome)
    };
    assert_eq!(within(&entries), (ratio("5", 5), ratio("200", 5)));
    // Of two of the six elsewhere nothing is asked: the share of all less that of the five would be of the other four.
    for entry in &mut entries[9..] {
        entry.absences = vec![Span { from: day("2025-01-01"), to: day("2025-12-31") }];
    }
    assert_eq!(within(&entries), (UNTOLD, ratio("200", 5)));
}
