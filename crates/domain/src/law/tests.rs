use super::compliance::{ComplianceRule, bases, basis};
use super::*;
use crate::vocabulary::Vocabulary as _;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn number(parameter: ParameterName, year: i32) -> Option<String> {
    number_of(parameter, year).map(|figure| figure.to_string())
}

#[test]
fn every_name_has_one_parameter_and_no_parameter_is_empty() {
    for name in ParameterName::all() {
        let known: Vec<_> = parameters().filter(|parameter| parameter.name == *name).collect();
        assert_eq!(known.len(), 1, "{name:?}");
        assert!(!known[0].dated.is_empty() && !known[0].title.is_empty(), "{name:?}");
    }
    assert_eq!(parameters().count(), ParameterName::all().len());
}

#[test]
fn no_parameter_is_two_things_in_one_year() {
    for parameter in parameters() {
        for year in 2000..=2100 {
            let holding = parameter.dated.iter().filter(|dated| dated.holds_in(year)).count();
            assert!(holding <= 1, "{:?} in {year}", parameter.name);
        }
        assert!(parameter.dated.iter().all(|dated| dated.to.is_none_or(|to| to >= dated.from)));
        assert!(parameter.dated.is_sorted_by_key(|dated| dated.from), "{:?}", parameter.name);
    }
}

#[test]
fn every_value_says_where_it_is_written() {
    assert!(parameters().flat_map(|parameter| parameter.dated).all(|dated| dated.reference.len() > 5));
}

#[test]
fn training_was_24_hours_and_is_40() {
    for (year, hours) in [(2023, None), (2024, Some("24")), (2025, Some("40")), (2030, Some("40"))] {
        assert_eq!(number(ParameterName::TrainingHours, year).as_deref(), hours, "{year}");
    }
}

#[test]
fn the_payments_objective_weighs_at_least_thirty() {
    let dated = figure(ParameterName::PaymentsObjectiveWeight, 2024).unwrap();
    assert_eq!(dated.figure(), Some(Figure::whole(30)));
    assert_eq!(dated.value, Value::Amount { number: 30, unit: AmountUnit::Percent });
    assert!(dated.reference.contains("4-bis"));
    assert_eq!(number_of(ParameterName::PaymentsObjectiveWeight, 2022), None);
}

#[test]
fn the_plan_is_due_in_january_and_the_report_in_june_of_the_year_after() {
    assert_eq!(deadline_of(ParameterName::PlanDeadline, 2025), Some(date("2025-01-31")));
    assert_eq!(deadline_of(ParameterName::ReportDeadline, 2025), Some(date("2026-06-30")));
    assert_eq!(deadline_of(ParameterName::BudgetDeadline, 2025), Some(date("2024-12-31")));
    assert_eq!(deadline_of(ParameterName::TrainingHours, 2025), None);
}

#[test]
fn a_moved_budget_moves_the_plan_thirty_days_further() {
    assert_eq!(plan_deadline(2025, None), Some(date("2025-01-31")));
    assert_eq!(plan_deadline(2025, Some(date("2025-02-28"))), Some(date("2025-03-30")));
    assert_eq!(plan_deadline(2024, Some(date("2024-03-15"))), Some(date("2024-04-14")));
    assert_eq!(plan_deadline(2019, Some(date("2019-03-31"))), Some(date("2019-01-31")));
    assert_eq!(plan_deadline(2025, Some(date("2024-12-15"))), Some(date("2025-01-31")));
    assert_eq!(plan_deadline(i32::MAX, None), None);
    assert_eq!(plan_deadline(2025, Some(NaiveDate::MAX)), None);
}

#[test]
fn every_day_of_every_delay_has_one_share() {
    for (days, share) in [
        (i32::MIN, 0),
        (-1, 0),
        (0, 0),
        (1, 1),
        (10, 1),
        (11, 2),
        (30, 2),
        (31, 3),
        (60, 3),
        (61, 5),
        (i32::MAX, 5),
    ] {
        assert_eq!(guarantee_fund_share(2025, days), Some(Figure::whole(share)), "{days}");
    }
    assert_eq!(guarantee_fund_share(2020, 15), None);
    let Value::Bands(bands) = figure(ParameterName::GuaranteeFundBands, 2025).unwrap().value else {
        panic!("no bands")
    };
    let joined = |pair: &[Band]| pair[0].at_most.map(|most| most + 1) == pair[1].at_least;
    assert!(bands.windows(2).all(joined));
    assert!(bands[0].at_least.is_none() && bands[4].at_most.is_none());
}

#[test]
fn targets_of_the_recovery_plan_end_with_it() {
    for (year, share) in [(2024, Some("80")), (2025, Some("95")), (2026, None)] {
        assert_eq!(number(ParameterName::RecoveryCoverage, year).as_deref(), share, "{year}");
    }
    assert_eq!(number(ParameterName::RecoveryPaymentTime, 2025).as_deref(), Some("30"));
    assert_eq!(number(ParameterName::RecoveryPaymentDelay, 2025).as_deref(), Some("0"));
}

#[test]
fn fewer_than_five_comuni_are_no_group() {
    assert_eq!(number(ParameterName::MinimumGroup, 2025).as_deref(), Some("5"));
    let dated = figure(ParameterName::MinimumGroup, 2025).unwrap();
    assert_eq!(dated.certainty, Certainty::ProductRule);
}

#[test]
fn every_day_of_the_calendar_exists_in_every_year() {
    for parameter in parameters() {
        for dated in parameter.dated {
            if let Value::Day(day) = dated.value {
                assert!((2009..=2100).all(|year| day.of(year).is_some()), "{:?}", parameter.name);
            }
        }
    }
}

#[test]
fn every_check_has_its_reason_and_reads_a_parameter_that_is_there() {
    assert_eq!(bases(2025).count(), ComplianceRule::all().len());
    for basis in bases(2025) {
        assert!(!basis.asks.is_empty() && !basis.reference.is_empty());
        if let Some(parameter) = basis.parameter {
            assert!(figure(parameter, i32::from(basis.from)).is_some(), "{basis:?}");
        }
    }
}

#[test]
fn a_plan_is_not_checked_against_a_law_that_came_later() {
    assert_eq!(basis(ComplianceRule::Training, 2023), None);
    assert!(basis(ComplianceRule::Training, 2024).is_some());
    assert!(basis(ComplianceRule::ReportComplete, 2011).is_some());
}
