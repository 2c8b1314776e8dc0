use proptest::prelude::*;

use super::*;

fn figure(text: &str) -> Figure {
    Figure::parse(text).unwrap()
}

/// The worked example: the debt went down by eight hundredths, and the delay is 8.81 days.
fn example(received: &str) -> FundFacts {
    FundFacts {
        year: 2026,
        debt_before: figure("100000"),
        debt: figure("92000"),
        received: figure(received),
        appropriations: figure("1200000"),
        earmarked: figure("200000"),
        communicated: true,
        delay: figure("8.81"),
    }
}

fn amounts(fund: &Fund) -> [Decimal; 2] {
    fund.readings.map(|reading| reading.amount)
}

fn conditions(fund: &Fund) -> [FundCondition; 2] {
    fund.readings.map(|reading| reading.condition)
}

#[test]
fn a_debt_small_beside_the_bills_is_let_pass_and_the_delay_decides() {
    let fund = example("2000000").fund().unwrap();
    assert_eq!(fund.reduction, Some(Decimal::from(8)));
    assert_eq!((fund.reduced_at, fund.let_pass_at), (Decimal::from(90_000), Decimal::from(100_000)));
    assert_eq!(fund.base, Decimal::from(1_000_000));
    assert_eq!(conditions(&fund), [FundCondition::Delay; 2]);
    assert_eq!(amounts(&fund), [Decimal::from(10_000); 2]);
    let [earlier] = fund.avoided_by.as_slice() else { panic!("one way out") };
    assert_eq!(earlier.way, WayOut::PayEarlier { delay: Figure::ZERO });
    assert_eq!(earlier.then.map(|reading| reading.amount), [Decimal::ZERO; 2]);
}

#[test]
fn a_debt_that_is_not_let_pass_costs_five_hundredths_whatever_the_delay() {
    let fund = example("1500000").fund().unwrap();
    assert_eq!(fund.let_pass_at, Decimal::from(75_000));
    assert_eq!(conditions(&fund), [FundCondition::DebtNotReduced; 2]);
    assert_eq!(amounts(&fund), [Decimal::from(50_000); 2]);
    let [debt, earlier] = fund.avoided_by.as_slice() else { panic!("two ways out") };
    assert_eq!(debt.way, WayOut::ReduceDebt { to: Decimal::from(90_000), pay: Decimal::from(2_000) });
    assert_eq!(debt.then.map(|reading| reading.amount), [Decimal::from(10_000); 2]);
    assert_eq!(earlier.then.map(|reading| reading.amount), [Decimal::from(50_000); 2]);
}

#[test]
fn whoever_does_not_communicate_the_debt_pays_as_if_it_had_not_gone_down() {
    let silent = FundFacts { communicated: false, delay: Figure::ZERO, ..example("2000000") };
    let fund = silent.fund().unwrap();
    assert_eq!(conditions(&fund), [FundCondition::NotCommunicated; 2]);
    assert_eq!(amounts(&fund), [Decimal::from(50_000); 2]);
    let by = "2026-01-31".parse().unwrap();
    let [way] = fund.avoided_by.as_slice() else { panic!("one way out") };
    assert_eq!(way.way, WayOut::Communicate { by });
    assert_eq!(way.then.map(|reading| reading.condition), [FundCondition::Nothing; 2]);
}

#[test]
fn both_ways_of_reading_a_delay_with_decimals_are_told() {
    let fund = |delay: &str| FundFacts { delay: figure(delay), ..example("2000000") }.fund().unwrap();
    for (delay, days, shares) in [
        ("-0.5", [0, 0], [0, 0]),
        ("0", [0, 0], [0, 0]),
        ("0.28", [0, 1], [0, 1]),
        ("0.5", [1, 1], [1, 1]),
        ("10.4", [10, 11], [1, 2]),
        ("10.5", [11, 11], [2, 2]),
        ("30.49", [30, 31], [2, 3]),
        ("60.2", [60, 61], [3, 5]),
        ("-12.7", [-13, -12], [0, 0]),
    ] {
        let fund = fund(delay);
        assert_eq!(fund.readings.map(|reading| reading.days), days, "{delay}");
        assert_eq!(fund.readings.map(|reading| reading.share), shares.map(Figure::whole), "{delay}");
    }
    assert_eq!(fund("0.28").read(FundRounding::Nearest).condition, FundCondition::Nothing);
    assert_eq!(fund("0.28").read(FundRounding::AnyDelay).condition, FundCondition::Delay);
}

#[test]
fn a_debt_of_nothing_is_reduced_enough_and_by_no_share() {
    let none = FundFacts { debt_before: Figure::ZERO, debt: Figure::ZERO, ..example("0") };
    let fund = FundFacts { delay: Figure::ZERO, ..none }.fund().unwrap();
    assert_eq!((fund.reduction, conditions(&fund)), (None, [FundCondition::Nothing; 2]));
    assert!(fund.avoided_by.is_empty());
    let new = FundFacts { debt: figure("0.01"), ..none }.fund().unwrap();
    assert_eq!(conditions(&new), [FundCondition::DebtNotReduced; 2]);
}

#[test]
fn a_reduction_of_exactly_ten_hundredths_is_enough() {
    let at = |debt: &str| FundFacts { debt: figure(debt), ..example("0") }.fund().unwrap();
    assert_eq!(conditions(&at("90000")), [FundCondition::Delay; 2]);
    assert_eq!(conditions(&at("90000.01")), [FundCondition::DebtNotReduced; 2]);
}

#[test]
fn what_contradicts_itself_is_said_and_years_without_the_law_have_no_fund() {
    let wrong = FundFacts { earmarked: figure("1200000.01"), debt: figure("-1"), ..example("0") };
    let pointers: Vec<_> = wrong.faults().into_iter().map(|fault| fault.pointer).collect();
    assert_eq!(pointers, ["/debt", "/earmarked"]);
    assert_eq!(FundFacts { year: 2018, ..example("0") }.fund(), None);
    assert_eq!(resolved_by(2026), "2026-02-28".parse().ok());
}

proptest! {
    #[test]
    fn taking_every_way_out_leaves_nothing_to_set_aside(
        before in 0u32..10_000_000, debt in 0u32..10_000_000, received in 0u32..100_000_000,
        delay in -2_000i64..20_000, communicated in any::<bool>(),
    ) {
        let cents = |number: u32| Figure::new(Decimal::new(number.into(), 2)).unwrap();
        let facts = FundFacts {
            debt_before: cents(before), debt: cents(debt), received: cents(received), communicated,
            delay: Figure::new(Decimal::new(delay, 2)).unwrap(), ..example("0")
        };
        let mut after = facts;
        for way in facts.fund().unwrap().avoided_by {
            match way.way {
                WayOut::Communicate { .. } => after.communicated = true,
                WayOut::ReduceDebt { to, .. } => after.debt = Figure::new(to).unwrap(),
                WayOut::PayEarlier { delay } => after.delay = delay,
            }
        }
        let fund = after.fund().unwrap();
        prop_assert_eq!(conditions(&fund), [FundCondition::Nothing; 2]);
        prop_assert!(fund.avoided_by.is_empty());
    }
}
