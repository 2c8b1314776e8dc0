//! Schedules: how much of something is expected to be there on a day, and by which day all of it.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::deadline::Deadline;
use crate::score::Percent;

/// The days something is expected on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// From a day to a day, one by one; never empty.
    windows: Vec<(NaiveDate, NaiveDate)>,
}

impl Schedule {
    /// The schedule the first deadline speaks of that has days in it or goes on all the time; without one, the last day of the
    /// plan's year.
    ///
    /// What `grows` (a figure) is expected little by little from the first day of the year, whatever single day it is due on;
    /// so is what goes on all the time or recurs without saying on which days. What is done or not is expected on its day.
    #[must_use]
    pub fn of(deadlines: &[&Deadline], year: i32, grows: bool) -> Self {
        let first_of_year = NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default();
        let last_of_year = NaiveDate::from_ymd_opt(year, 12, 31).unwrap_or_default();
        let stated = deadlines.iter().find(|one| goes_on(one) || !one.windows(year).is_empty());
        let windows = stated.map(|deadline| deadline.windows(year)).unwrap_or_default();
        let windows = match windows.as_slice() {
            [] if grows || stated.is_some() => vec![(first_of_year, last_of_year)],
            [] => vec![(last_of_year, last_of_year)],
            [(first, last)] if first == last && grows => vec![(first_of_year.min(*last), *last)],
            [..] => windows,
        };
        Self { windows }
    }

    /// The day all of it is due.
    #[must_use]
    pub fn due(&self) -> NaiveDate {
        self.windows.iter().map(|(_, last)| *last).max().unwrap_or_default()
    }

    /// How much is expected at the end of a day: of each stretch of days the part that is over, and of several the mean. What is
    /// due on one day is expected from that day on.
    #[must_use]
    pub fn expected(&self, at: NaiveDate) -> Percent {
        let sum: Decimal = self
            .windows
            .iter()
            .map(|window| share(*window, at).number())
            .fold(Decimal::ZERO, Decimal::saturating_add);
        let count = Decimal::from(u64::try_from(self.windows.len()).unwrap_or(u64::MAX));
        sum.checked_div(count).map_or(Percent::FULL, |mean| Percent::of(mean).within(Percent::FULL))
    }
}

/// How much of a stretch of days is over at the end of one of them.
fn share((first, last): (NaiveDate, NaiveDate), at: NaiveDate) -> Percent {
    if at >= last {
        return Percent::FULL;
    }
    if at < first {
        return Percent::ZERO;
    }
    let days = |from: NaiveDate, to: NaiveDate| {
        Decimal::from(to.signed_duration_since(from).num_days()).saturating_add(Decimal::ONE)
    };
    Percent::ratio(days(first, at), days(first, last)).unwrap_or(Percent::FULL)
}

const fn goes_on(deadline: &Deadline) -> bool {
    match deadline {
        Deadline::Continuous | Deadline::Recurring { .. } => true,
        Deadline::Date { .. }
        | Deadline::Month { .. }
        | Deadline::Span { .. }
        | Deadline::LegalTerm
        | Deadline::Event { .. }
        | Deadline::Relative { .. }
        | Deadline::Impossible { .. }
        | Deadline::Parts { .. }
        | Deadline::Text => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn shown(schedule: &Schedule, at: &str) -> String {
        schedule.expected(day(at)).shown().to_string()
    }

    #[test]
    fn what_is_done_on_a_day_is_expected_from_that_day_and_a_figure_little_by_little() {
        let date = Deadline::Date { day: day("2024-12-31") };
        let deed = Schedule::of(&[&date], 2024, false);
        assert_eq!(
            (shown(&deed, "2024-12-30"), shown(&deed, "2024-12-31")),
            ("0.00".into(), "100.00".into())
        );
        let figure = Schedule::of(&[&date], 2024, true);
        assert_eq!(shown(&figure, "2024-01-01"), "0.27");
        assert_eq!(shown(&figure, "2024-07-01"), "50.00");
        assert_eq!(figure.due(), day("2024-12-31"));
    }

    #[test]
    fn a_month_is_a_window_and_days_that_recur_are_expected_one_by_one() {
        let november = Deadline::Month { month: 11, year: None };
        assert_eq!(shown(&Schedule::of(&[&november], 2024, false), "2024-11-15"), "50.00");
        let days = vec![day("2024-06-30"), day("2024-12-31")];
        let twice = Deadline::Recurring { every: crate::deadline::Recurrence::HalfYearly, days };
        assert_eq!(shown(&Schedule::of(&[&twice], 2024, false), "2024-09-01"), "50.00");
    }

    #[test]
    fn without_days_it_is_due_at_the_end_of_the_year() {
        assert_eq!(Schedule::of(&[&Deadline::LegalTerm], 2024, false).due(), day("2024-12-31"));
        assert_eq!(shown(&Schedule::of(&[&Deadline::Continuous], 2024, false), "2024-07-01"), "50.00");
        let own = Deadline::Text;
        let above = Deadline::Date { day: day("2024-06-30") };
        assert_eq!(Schedule::of(&[&own, &above], 2024, false).due(), day("2024-06-30"));
    }

    proptest! {
        #[test]
        fn later_days_never_expect_less(
            windows in proptest::collection::vec((0u16..900, 0u16..400), 1..5), one in 0u16..1400, later in 0u16..300,
        ) {
            let begin = day("2023-06-01");
            let after = |days: u16| begin.checked_add_days(chrono::Days::new(days.into())).unwrap();
            let windows = windows.into_iter().map(|(from, long)| (after(from), after(from.saturating_add(long))));
            let schedule = Schedule { windows: windows.collect() };
            let (now, then) = (schedule.expected(after(one)), schedule.expected(after(one.saturating_add(later))));
            prop_assert!(Percent::ZERO <= now && now <= then && then <= Percent::FULL);
            prop_assert_eq!(schedule.expected(schedule.due()), Percent::FULL);
        }
    }
}
