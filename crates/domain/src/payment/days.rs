//! Days of the calendar between two facts, and those of them in which a bill could not be collected.

use chrono::NaiveDate;

use crate::invoice::{Bill, Dispute};

/// The days from one to another; less than none when the other is earlier.
pub(super) fn between(from: NaiveDate, to: NaiveDate) -> i64 {
    to.signed_duration_since(from).num_days()
}

/// How many of the days from receipt to an end were contested: the first of a dispute counts, the last does not, and a day two
/// disputes share counts once.
pub(super) fn contested(disputes: &[Dispute], received: NaiveDate, end: NaiveDate) -> i64 {
    let clipped = |dispute: &Dispute| {
        let until = dispute.until.map_or(end, |until| until.min(end));
        (dispute.from.max(received), until)
    };
    let mut spans: Vec<_> = disputes.iter().map(clipped).filter(|(from, until)| from < until).collect();
    spans.sort_unstable();
    let mut days = 0_i64;
    let mut counted_to = received;
    for (from, until) in spans {
        days = days.saturating_add(between(from.max(counted_to), until).max(0));
        counted_to = counted_to.max(until);
    }
    days
}

/// How late a bill that is not paid is on a day, without the days it was contested; less than nothing where it cannot be asked yet.
pub(super) fn days_late(bill: &Bill, on: NaiveDate) -> i64 {
    let contested = contested(&bill.facts.disputes, bill.facts.received, on);
    between(bill.facts.due, on).saturating_sub(contested)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn dispute(from: &str, until: &str) -> Dispute {
        Dispute { from: day(from), until: (!until.is_empty()).then(|| day(until)) }
    }

    #[test]
    fn contested_days_are_those_of_all_disputes_together_between_receipt_and_end() {
        let count = |disputes: &[Dispute]| contested(disputes, day("2025-02-05"), day("2025-03-25"));
        assert_eq!(count(&[]), 0);
        assert_eq!(count(&[dispute("2025-02-10", "2025-03-02")]), 20);
        assert_eq!(count(&[dispute("2025-02-10", "2025-02-20"), dispute("2025-02-15", "2025-02-25")]), 15);
        assert_eq!(count(&[dispute("2025-02-15", "2025-02-25"), dispute("2025-02-10", "2025-03-01")]), 19);
        assert_eq!(count(&[dispute("2025-01-01", "2025-02-07")]), 2);
        assert_eq!(count(&[dispute("2025-03-20", "")]), 5);
        assert_eq!(count(&[dispute("2025-03-25", ""), dispute("2025-01-01", "2025-02-05")]), 0);
    }

    #[test]
    fn the_leap_day_and_the_turn_of_the_year_are_days_like_others() {
        assert_eq!(between(day("2024-02-28"), day("2024-03-01")), 2);
        assert_eq!(between(day("2025-12-31"), day("2026-01-01")), 1);
        assert_eq!(between(day("2025-02-09"), day("2025-02-04")), -5);
    }
}
