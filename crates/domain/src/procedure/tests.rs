#![expect(clippy::arithmetic_side_effects, reason = "days of tests are few")]

use std::collections::HashSet;

use chrono::Days;
use proptest::prelude::*;
use rust_decimal::Decimal;
use uuid::Uuid;

use super::*;
use crate::feeder::{Asked, LeftOut, NotComputable, Outcome, SettingsFacts, Within};
use crate::figure::Figure;
use crate::measurement::Span;
use crate::term::SuspensionReason;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn procedure(key: &str, term: u16, started: &str, closed: &str) -> Procedure {
    Procedure {
        key: ExternalId::parse(key).unwrap(),
        kind: Line::parse("Permesso di costruire").unwrap(),
        started: day(started),
        term,
        suspensions: Vec::new(),
        closed: Some(closed).filter(|closed| !closed.is_empty()).map(day),
        unit: None,
        sampled: false,
    }
}

impl Procedure {
    fn suspended(mut self, from: &str, until: &str) -> Self {
        let suspension =
            Suspension { from: day(from), until: Some(day(until)), reason: SuspensionReason::Completion };
        self.suspensions.push(suspension);
        self
    }
}

/// A year of procedures.
///
/// | key | term | started | suspended | closed | days | |
/// |---|---|---|---|---|---|---|
/// | P1 | 30 | 10/01 | | 09/02 | 30 | in term, on its last day |
/// | P2 | 90 | 01/02 | 10/02-12/03: 30 days | 01/06 | 120-30 = 90 | in term |
/// | P3 | 30 | 01/03 | | 01/04 | 31 | late by a day |
/// | P4 | 180 | 01/10 before | | 15/01 | 31+30+31+14 = 106 | in term |
/// | P5 | 30 | 01/11 | | | | due 01/12: overdue |
/// | P6 | 90 | 01/12 | | | | due 01/03 after |
/// | P7 | 30 | 01/12 | | | | due 31/12: not over yet |
fn year() -> Vec<Procedure> {
    vec![
        procedure("P1", 30, "2025-01-10", "2025-02-09"),
        procedure("P2", 90, "2025-02-01", "2025-06-01").suspended("2025-02-10", "2025-03-12"),
        procedure("P3", 30, "2025-03-01", "2025-04-01"),
        procedure("P4", 180, "2024-10-01", "2025-01-15"),
        procedure("P5", 30, "2025-11-01", ""),
        procedure("P6", 90, "2025-12-01", ""),
        procedure("P7", 30, "2025-12-01", ""),
    ]
}

fn asked(on: &str) -> Asked {
    Asked { period: Span { from: day("2025-01-01"), to: day("2025-12-31") }, on: day(on) }
}

fn ratio(numerator: i64, denominator: i64) -> Outcome {
    Outcome::Ratio { numerator: Decimal::from(numerator), denominator: Decimal::from(denominator) }
}

fn told(left_out: &[LeftOut]) -> Vec<(&str, u64)> {
    left_out.iter().map(|one| (one.why, one.count)).collect()
}

fn outcomes(procedures: &[Procedure], asked: Asked) -> Vec<Outcome> {
    let figures = figures(procedures, Within::Comune, asked, &SettingsFacts::default());
    figures.iter().map(|one| one.outcome).collect()
}

#[test]
fn a_year_of_procedures_comes_to_three_in_term_of_five_and_less_time_than_allowed() {
    let figures = figures(&year(), Within::Comune, asked("2026-01-31"), &SettingsFacts::default());
    let [in_term, time_ratio, overdue] = figures.as_slice() else { panic!("three figures") };
    // P1, P2, P4 of P1, P2, P3, P4, P5.
    assert_eq!((in_term.indicator, in_term.outcome, in_term.counted), ("T6.in_term", ratio(3, 5), 5));
    assert_eq!(in_term.value(), Some(Figure::whole(60)));
    assert_eq!(told(&in_term.left_out), [("still_open", 2)]);
    // (30 + 90 + 31 + 106) / (30 + 90 + 30 + 180) = 257 / 330 = 77.88 %.
    assert_eq!((time_ratio.indicator, time_ratio.outcome), ("T6.time_ratio", ratio(257, 330)));
    assert_eq!(time_ratio.value(), Some(Figure::parse("77.88").unwrap()));
    assert_eq!(told(&time_ratio.left_out), [("still_open", 2), ("overdue", 1)]);
    // P5, of seven.
    assert_eq!((overdue.indicator, overdue.outcome), ("T6.overdue", Outcome::Number(Decimal::ONE)));
    assert_eq!((overdue.percent, overdue.counted), (false, 7));
}

#[test]
fn a_sample_speaks_for_itself_and_the_rest_is_left_out() {
    let mut procedures = year();
    procedures[0].sampled = true;
    procedures[2].sampled = true;
    let figures = figures(&procedures, Within::Comune, asked("2026-01-31"), &SettingsFacts::default());
    // P1 of P1 and P3; (30 + 31) / 60.
    assert_eq!((figures[0].outcome, figures[1].outcome), (ratio(1, 2), ratio(61, 60)));
    assert_eq!(told(&figures[0].left_out), [("outside_sample", 5)]);
    assert_eq!(figures[0].method.code, "procedures_in_term_sampled");
    assert_eq!(figures[2].outcome, Outcome::Number(Decimal::ONE));
}

#[test]
fn what_ran_out_before_is_in_the_backlog_and_in_the_share_of_that_year_alone() {
    let open = [procedure("P5", 30, "2024-11-01", ""), procedure("P1", 30, "2025-01-10", "2025-02-09")];
    let of = |year: &str| {
        let period = Span { from: day(&format!("{year}-01-01")), to: day(&format!("{year}-12-31")) };
        let asked = Asked { period, on: day("2026-01-31") };
        figures(&open, Within::Comune, asked, &SettingsFacts::default())
    };
    assert_eq!((of("2024")[0].outcome, of("2025")[0].outcome), (ratio(0, 1), ratio(1, 1)));
    assert_eq!(told(&of("2025")[0].left_out), [("overdue_before", 1)]);
    assert_eq!(of("2025")[2].outcome, Outcome::Number(Decimal::ONE));
    // Suspended for ten days its last day is the last of the year: it is late from the next one on.
    let last = [procedure("P8", 30, "2024-11-21", "").suspended("2024-12-01", "2024-12-11")];
    let in_year = |year: &str| {
        let period = Span { from: day(&format!("{year}-01-01")), to: day(&format!("{year}-12-31")) };
        outcomes(&last, Asked { period, on: day("2026-01-31") })[0]
    };
    let none = Outcome::NotComputable(NotComputable::ZeroDenominator);
    assert_eq!((in_year("2024"), in_year("2025")), (none, ratio(0, 1)));
}

#[test]
fn a_sample_is_of_its_structure_and_of_a_tenth_of_what_it_closed_at_least() {
    let of = |unit: u128, sampled: bool, closed: &str| Procedure {
        unit: Some(UnitId(Uuid::from_u128(unit))),
        sampled,
        ..procedure("P", 30, "2025-03-01", closed)
    };
    let (soon, late) = ("2025-03-11", "2025-05-01");
    // One structure flags one of ten, in term; the other flags none, and has two late of three.
    let mut procedures: Vec<Procedure> = (0..9).map(|_| of(1, false, late)).collect();
    procedures.push(of(1, true, soon));
    procedures.extend([of(2, false, soon), of(2, false, late), of(2, false, late)]);
    let seen = |procedures: &[Procedure]| {
        figures(procedures, Within::Comune, asked("2026-01-31"), &SettingsFacts::default())
    };
    let sampled = seen(&procedures);
    assert_eq!((sampled[0].outcome, sampled[1].outcome), (ratio(2, 4), ratio(142, 120)));
    assert_eq!(told(&sampled[0].left_out), [("outside_sample", 9)]);
    assert_eq!(sampled[0].method.code, "procedures_in_term_sampled");
    // One more that is outside, and the sample is too small to stand: all of both are told.
    procedures.push(of(1, false, late));
    let whole = seen(&procedures);
    assert_eq!((whole[0].outcome, told(&whole[0].left_out)), (ratio(2, 14), vec![]));
    assert_eq!((whole[0].method.code, whole[1].method.code), ("procedures_in_term", "procedures_time_ratio"));
    // One that closed nothing is no sample either.
    let open = [of(3, true, ""), of(3, false, late)];
    assert_eq!(seen(&open)[0].outcome, ratio(0, 2));
}

#[test]
fn without_procedures_there_are_no_figures_and_without_late_ones_none_are_overdue() {
    let none = Outcome::NotComputable(NotComputable::NoFacts);
    assert_eq!(outcomes(&[], asked("2026-01-31")), [none, none, none]);
    assert_eq!(outcomes(&year(), asked("2024-09-01")), [none, none, none]);
    let open = [procedure("P6", 90, "2025-12-01", "")];
    let zero = Outcome::NotComputable(NotComputable::ZeroDenominator);
    assert_eq!(outcomes(&open, asked("2026-01-31")), [zero, zero, Outcome::Number(Decimal::ZERO)]);
}

#[test]
fn what_is_closed_later_is_overdue_until_then() {
    let late = [procedure("P3", 30, "2025-03-01", "2025-06-01")];
    assert_eq!(outcomes(&late, asked("2025-04-30"))[2], Outcome::Number(Decimal::ONE));
    assert_eq!(outcomes(&late, asked("2025-06-01"))[2], Outcome::Number(Decimal::ZERO));
    assert_eq!(outcomes(&late, asked("2025-06-01"))[1], ratio(92, 30));
}

#[test]
fn a_structure_answers_for_its_own() {
    let mut procedures = year();
    procedures[2].unit = Some(UnitId(Uuid::from_u128(1)));
    let mine = HashSet::from([UnitId(Uuid::from_u128(1))]);
    let figures = figures(&procedures, Within::Units(&mine), asked("2026-01-31"), &SettingsFacts::default());
    assert_eq!((figures[0].outcome, figures[1].outcome), (ratio(0, 1), ratio(31, 30)));
}

#[test]
fn what_is_wrong_with_a_procedure_is_told_all_at_once() {
    let mut wrong = procedure("P1", 0, "2025-03-01", "2025-02-01").suspended("2025-02-01", "2025-01-01");
    wrong.kind = Line::parse("Permesso chiesto da XXXYYY00A01Z999X").unwrap();
    let pointers: Vec<String> = wrong.faults().into_iter().map(|fault| fault.pointer).collect();
    assert_eq!(pointers, ["/kind", "/term_days", "/closed", "/suspensions/0/from", "/suspensions/0/until"]);
    for (term, faults) in [(1, 0), (365, 0), (366, 1)] {
        assert_eq!(procedure("P1", term, "2025-03-01", "").faults().len(), faults, "{term}");
    }
    assert!(year().iter().all(|one| one.faults().is_empty()));
}

fn any_procedure() -> impl Strategy<Value = Procedure> {
    let suspensions = proptest::collection::vec((0_u64..60, 0_u64..30), 0..3);
    let parts = (proptest::sample::select(vec![30_u16, 90, 180]), 0_u64..500, any::<bool>());
    (parts, suspensions, proptest::option::of(0_u64..200)).prop_map(
        |((term, start, sampled), suspensions, closed)| {
            let started = day("2024-08-01") + Days::new(start);
            let after = |days: u64| started + Days::new(days);
            let suspension = |(from, length): (u64, u64)| Suspension {
                from: after(from),
                until: Some(after(from + length)),
                reason: SuspensionReason::Opinion,
            };
            Procedure {
                started,
                closed: closed.map(after),
                suspensions: suspensions.into_iter().map(suspension).collect(),
                sampled,
                ..procedure("P", term, "2025-01-01", "")
            }
        },
    )
}

fn numerator(outcome: Outcome) -> Decimal {
    match outcome {
        Outcome::Ratio { numerator, .. } => numerator,
        Outcome::Number(number) => number,
        Outcome::NotComputable(_) => Decimal::ZERO,
    }
}

proptest! {
    #[test]
    fn order_of_arrival_changes_nothing(
        procedures in proptest::collection::vec(any_procedure(), 0..12), turn in 0_usize..12,
    ) {
        let mut turned: Vec<Procedure> = procedures.iter().rev().cloned().collect();
        turned.rotate_left(turn.min(procedures.len()));
        prop_assert_eq!(outcomes(&procedures, asked("2026-01-31")), outcomes(&turned, asked("2026-01-31")));
    }

    #[test]
    fn a_suspension_said_twice_counts_once(procedures in proptest::collection::vec(any_procedure(), 0..12)) {
        let mut twice = procedures.clone();
        for one in &mut twice {
            one.suspensions.extend(one.suspensions.clone());
        }
        prop_assert_eq!(outcomes(&procedures, asked("2026-01-31")), outcomes(&twice, asked("2026-01-31")));
    }

    #[test]
    fn suspending_makes_nothing_late_and_nothing_slower(
        procedures in proptest::collection::vec(any_procedure(), 0..12), from in 0_u64..90, length in 0_u64..60,
    ) {
        let mut suspended = procedures.clone();
        for one in &mut suspended {
            let start = one.started + Days::new(from);
            let until = Some(start + Days::new(length));
            one.suspensions.push(Suspension { from: start, until, reason: SuspensionReason::Other });
        }
        let plain: Vec<Decimal> = outcomes(&procedures, asked("2026-01-31")).into_iter().map(numerator).collect();
        let with: Vec<Decimal> = outcomes(&suspended, asked("2026-01-31")).into_iter().map(numerator).collect();
        prop_assert!(with[0] >= plain[0] && with[1] <= plain[1] && with[2] <= plain[2]);
    }

    #[test]
    fn what_is_written_is_read_back(procedure in any_procedure()) {
        let written = serde_json::to_value(&procedure).unwrap();
        prop_assert_eq!(serde_json::from_value::<Procedure>(written).unwrap(), procedure);
    }
}
