use super::*;

#[test]
fn the_timeliness_of_the_first_quarter_misses_its_target_by_a_hair() {
    let told = told(&all(), first_quarter(), "T1.itp");
    assert_eq!(told.computed.outcome, ratio(5_000, 18_000));
    assert_eq!(told.computed.value().unwrap().to_string(), "0.28");
    assert_eq!((told.computed.counted, told.perimeter), (4, Perimeter::PaidInPeriod));
    assert_eq!(told.target, Some(crate::figure::Figure::ZERO));
}

#[test]
fn without_the_contested_days_it_would_be_three_days_and_six_hundredths() {
    let told = told(&all(), first_quarter(), "T1.itp");
    assert_eq!(told.with_contested_days, Some(ratio(55_000, 18_000)));
    let undisputed: Vec<_> = paid()
        .into_iter()
        .map(|mut bill| {
            bill.facts.disputes.clear();
            bill
        })
        .collect();
    assert_eq!(value(&undisputed, first_quarter(), "T1.itp").unwrap(), "3.06");
}

#[test]
fn the_mean_time_counts_from_receipt_and_the_mean_delay_from_the_day_due() {
    let time = told(&all(), year("2026-04-01"), "T1.tmp");
    assert_eq!(time.computed.outcome, ratio(545_000, 18_000));
    assert_eq!(time.computed.value().unwrap().to_string(), "30.28");
    assert_eq!(time.perimeter, Perimeter::ReceivedInYear);
    assert_eq!(left_out(&time.computed), [("unpaid", 1)]);
    assert_eq!(value(&all(), year("2026-04-01"), "T1.tmr").unwrap(), "0.28");
}

#[test]
fn the_means_of_what_was_received_say_how_much_of_it_they_cover() {
    let coverage = tally(&all(), year("2026-04-01")).coverage();
    assert_eq!(coverage.outcome, ratio(18_000, 21_000));
    assert_eq!((coverage.least, coverage.enough), (Some(crate::figure::Figure::whole(95)), Some(false)));
    assert_eq!(tally(&paid(), year("2026-04-01")).coverage().enough, Some(true));
    assert_eq!(tally(&[], year("2026-04-01")).coverage().enough, None);
}

#[test]
fn the_yearly_delay_runs_to_the_end_of_the_year_for_what_is_not_paid() {
    let told = told(&all(), year("2026-04-01"), "T1.irp");
    assert_eq!(told.computed.outcome, ratio(185_000, 21_000));
    assert_eq!(told.computed.value().unwrap().to_string(), "8.81");
    assert_eq!((told.computed.counted, told.perimeter), (5, Perimeter::DueInYear));
    assert_eq!(value(&all(), year("2026-04-01"), "T1.itp").unwrap(), "0.28");
}

#[test]
fn during_the_year_it_runs_to_the_day_it_is_seen_from() {
    assert_eq!(computed(&all(), year("2025-11-11"), "T1.irp").outcome, ratio(35_000, 21_000));
    let before = computed(&all(), year("2025-10-31"), "T1.irp");
    assert_eq!((before.outcome, left_out(&before)), (ratio(5_000, 18_000), vec![("not_yet_due", 1)]));
}

#[test]
fn no_perimeter_is_mixed_with_another() {
    let last_year = bill("A", 1_000, "2024-11-20", "2024-12-20", "2025-01-09");
    let early = bill("B", 1_000, "2025-12-10", "2026-01-09", "2025-12-20");
    let values = |bill: Bill| {
        ["T1.itp", "T1.tmp", "T1.tmr", "T1.irp"]
            .map(|indicator| value(std::slice::from_ref(&bill), year("2026-04-01"), indicator))
    };
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(values(last_year), [some("20"), None, None, None]);
    assert_eq!(values(early), [some("-20"), some("10"), some("-20"), some("-20")]);
    let paid_after = bill("C", 1_000, "2025-11-01", "2025-12-01", "2026-01-10");
    assert_eq!(values(paid_after), [None, some("70"), some("40"), some("30")]);
    let paid_in_april = bill("D", 1_000, "2025-11-01", "2025-12-01", "2026-04-01");
    assert_eq!(values(paid_in_april), [None, None, None, some("30")]);
    let due_next_year = bill("E", 1_000, "2025-12-10", "2026-01-09", "");
    assert_eq!(values(due_next_year), [None, None, None, None]);
    let paid_before = bill("F", 1_000, "2024-12-05", "2025-01-04", "2024-12-25");
    assert_eq!(values(paid_before), [None, None, None, some("-10")]);
}

#[test]
fn nothing_to_look_at_is_not_zero() {
    let nothing = computed(&[], year("2026-04-01"), "T1.itp");
    assert_eq!(nothing.outcome, Outcome::NotComputable(NotComputable::NoFacts));
    assert_eq!((nothing.value(), nothing.recorded()), (None, None));
    for indicator in ["T1.tmp", "T1.tmr", "T1.irp", "T1.liquidated_15"] {
        assert_eq!(value(&[], year("2026-04-01"), indicator), None);
    }
}
