//! What the checks of a year come to.

use std::collections::HashSet;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use uuid::Uuid;

use super::attestation::Attestation;
use super::*;
use crate::fault::FaultKind;
use crate::feeder::{Asked, Computed, NotComputable, Outcome, SettingsFacts, Within};
use crate::figure::Figure;
use crate::measurement::Span;
use crate::period::Year;
use crate::register::Entry as _;
use crate::text::ExternalId;
use crate::unit::UnitId;

mod properties;
mod updates;
mod whole;

use whole::{edition_size, whole};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn year(number: i32) -> Year {
    Year::parse(number).unwrap()
}

fn unit(number: u128) -> UnitId {
    UnitId(Uuid::from_u128(number))
}

/// A check with points in the order of the criteria; fewer than five leave the last ones empty.
fn graded(obligation: &str, on: &str, points: &[u16]) -> Check {
    use QualityCriterion::{Content, Format, Offices, Publication, Update};
    let criteria = [Publication, Content, Offices, Update, Format];
    Check {
        key: ExternalId::parse(&format!("{obligation}-{on}")).unwrap(),
        year: year(on[..4].parse().unwrap()),
        obligation: Code::parse(obligation).unwrap(),
        unit: None,
        checked_on: day(on),
        not_applicable: None,
        points: criteria.into_iter().zip(points.iter().copied()).collect(),
        up_to_date: None,
        updated_on: None,
        note: None,
    }
}

fn not_applicable(obligation: &str, on: &str) -> Check {
    let why = Line::parse("Il comune non ha partecipazioni.").ok();
    Check { not_applicable: why, ..graded(obligation, on, &[]) }
}

fn of_unit(number: u128, check: Check) -> Check {
    let key = ExternalId::parse(&format!("{}-{number}", check.key.as_str())).unwrap();
    Check { unit: Some(unit(number)), key, ..check }
}

fn said(up_to_date: bool, obligation: &str, on: &str) -> Check {
    Check { up_to_date: Some(up_to_date), ..graded(obligation, on, &[]) }
}

fn asked(from: &str, to: &str, on: &str) -> Asked {
    Asked { period: Span { from: day(from), to: day(to) }, on: day(on) }
}

fn of_2022(checks: &[Check]) -> Vec<Computed> {
    let asked = asked("2022-01-01", "2022-12-31", "2023-02-01");
    figures(checks, Within::Comune, asked, &SettingsFacts::default())
}

fn ratio(numerator: u32, denominator: u32) -> Outcome {
    Outcome::ratio(Decimal::from(numerator), Decimal::from(denominator))
}

fn left(computed: &Computed, why: &str) -> u64 {
    computed.left_out.iter().find(|left| left.why == why).map_or(0, |left| left.count)
}

#[test]
fn two_three_three_two_one_is_eleven_of_fourteen() {
    let checks = [graded("16.02", "2022-05-31", &[2, 3, 3, 2, 1])];
    let grid = Attestation::drawn(&checks, year(2022), day("2022-12-31")).unwrap();
    assert_eq!(grid.score(), Score { points: 11, most: 14 });
    assert_eq!(grid.score().percent(), Some("78.6".parse().unwrap()));
    let [_, attestation, _, _] = of_2022(&checks).try_into().unwrap();
    assert_eq!((attestation.outcome, attestation.counted), (ratio(11, 14), 1));
    assert_eq!(attestation.value(), Some(Figure::parse("78.57").unwrap()));
    let short: Vec<(QualityCriterion, u16, u16)> =
        grid.shortfalls().map(|short| (short.criterion, short.points, short.most)).collect();
    assert_eq!(short, [(QualityCriterion::Update, 2, 3), (QualityCriterion::Format, 1, 3)]);
}

#[test]
fn an_empty_criterion_counts_nothing_and_what_does_not_apply_is_not_counted() {
    let mut checks = vec![graded("16.02", "2022-05-31", &[2, 3, 3])];
    let [_, attestation, _, _] = of_2022(&checks).try_into().unwrap();
    assert_eq!(attestation.outcome, ratio(8, 14));
    checks.push(not_applicable("07.02", "2022-05-31"));
    let [_, attestation, _, _] = of_2022(&checks).try_into().unwrap();
    assert_eq!((attestation.outcome, left(&attestation, "not_applicable")), (ratio(8, 14), 1));
    let [up_to_date, _, _, _] = of_2022(&whole(&checks)).try_into().unwrap();
    assert_eq!(up_to_date.outcome, ratio(0, 1));
    assert_eq!(usize::try_from(left(&up_to_date, "not_applicable")).unwrap() + 1, edition_size());
    let only = whole(&[]);
    let none =
        |computed: Computed| computed.outcome == Outcome::NotComputable(NotComputable::ZeroDenominator);
    let [up_to_date, attestation, follow_up, _] = of_2022(&only).try_into().unwrap();
    assert!(none(up_to_date) && none(attestation));
    assert_eq!(follow_up.outcome, Outcome::NotComputable(NotComputable::NoFacts));
}

#[test]
fn the_grid_is_of_the_day_of_the_campaign_and_is_not_there_before_it() {
    let checks = [
        graded("16.02", "2022-03-01", &[0, 0, 0, 0, 0]),
        graded("16.02", "2022-05-31", &[2, 3, 3, 3, 0]),
        graded("16.02", "2022-06-01", &[2, 3, 3, 3, 3]),
    ];
    let attested = |to, on| {
        let asked = asked("2022-01-01", to, on);
        let [_, attestation, _, _] =
            figures(&checks, Within::Comune, asked, &SettingsFacts::default()).try_into().unwrap();
        attestation
    };
    let year = attested("2022-12-31", "2023-01-31");
    assert_eq!((year.outcome, left(&year, "later"), left(&year, "replaced")), (ratio(11, 14), 1, 1));
    for early in [attested("2022-03-31", "2023-01-31"), attested("2022-12-31", "2022-05-30")] {
        assert_eq!(early.outcome, Outcome::NotComputable(NotComputable::NoFacts));
        assert_eq!(left(&early, "later"), 3);
    }
    assert_eq!(attested("2022-06-30", "2022-05-31").outcome, ratio(11, 14));
}

#[test]
fn what_fell_short_is_healed_by_a_later_check_of_the_same_year() {
    let checks = [
        graded("16.01", "2022-05-31", &[2, 3, 3, 3, 3]),
        graded("16.02", "2022-05-31", &[2, 2, 3, 3, 3]),
        graded("16.02", "2022-10-31", &[2, 3, 3, 3, 3]),
        graded("16.03", "2022-05-31", &[2, 3, 3, 2, 3]),
        said(true, "16.03", "2022-11-30"),
        graded("16.04", "2022-05-31", &[0]),
        graded("16.04", "2022-10-31", &[2, 3, 3, 3, 2]),
        graded("07.02", "2022-05-31", &[1, 1, 1, 1, 1]),
        not_applicable("07.02", "2022-09-01"),
        graded("03.01", "2022-05-31", &[2, 1, 1, 1, 1]),
    ];
    let [_, _, follow_up, _] = of_2022(&checks).try_into().unwrap();
    assert_eq!((follow_up.outcome, follow_up.counted), (ratio(2, 4), 4));
    assert_eq!(left(&follow_up, "not_applicable_since"), 1);
    let seen = asked("2022-01-01", "2022-12-31", "2022-10-31");
    let [_, _, so_far, _] =
        figures(&checks, Within::Comune, seen, &SettingsFacts::default()).try_into().unwrap();
    assert_eq!((so_far.outcome, left(&so_far, "later")), (ratio(1, 4), 1));
    let [_, _, full, _] = of_2022(&checks[..1]).try_into().unwrap();
    assert_eq!(full.outcome, Outcome::NotComputable(NotComputable::ZeroDenominator));
}

#[test]
fn that_something_is_up_to_date_heals_nothing_of_its_format() {
    let healed = |points: &[u16], later: Check| {
        let checks = [graded("16.03", "2022-05-31", points), later];
        let [_, _, follow_up, _] = of_2022(&checks).try_into().unwrap();
        follow_up.outcome
    };
    let current = || said(true, "16.03", "2022-11-30");
    assert_eq!(healed(&[2, 3, 3, 3, 0], current()), ratio(0, 1));
    assert_eq!(healed(&[2, 3, 3, 2, 2], current()), ratio(0, 1));
    assert_eq!(healed(&[1, 2, 2, 2, 3], current()), ratio(1, 1));
    assert_eq!(healed(&[1, 2, 2, 2, 3], said(false, "16.03", "2022-11-30")), ratio(0, 1));
    assert_eq!(healed(&[2, 3, 3, 3, 0], graded("16.03", "2022-11-30", &[2, 3, 3, 3, 3])), ratio(1, 1));
}

#[test]
fn an_obligation_is_up_to_date_when_it_is_said_or_every_point_but_that_of_the_format_is_given() {
    let checks = [
        said(true, "12.01", "2022-06-30"),
        said(false, "12.02", "2022-06-30"),
        graded("16.01", "2022-05-31", &[2, 3, 3, 3, 0]),
        graded("16.02", "2022-05-31", &[2, 3, 3, 2, 3]),
        said(true, "16.02", "2022-12-01"),
        graded("16.03", "2022-05-31", &[1, 3, 3, 3, 3]),
    ];
    let [up_to_date, _, _, _] = of_2022(&whole(&checks)).try_into().unwrap();
    assert_eq!((up_to_date.outcome, up_to_date.counted), (ratio(3, 5), 5));
    assert!(up_to_date.whole);
}

#[test]
fn a_structure_has_its_own_rows_and_the_comune_those_no_check_of_the_whole_tells() {
    let checks = [
        graded("16.01", "2022-05-31", &[2, 3, 3, 3, 3]),
        of_unit(1, graded("16.01", "2022-05-31", &[0, 0, 0, 0, 0])),
        of_unit(1, graded("16.02", "2022-05-31", &[2, 3, 3, 2, 1])),
        of_unit(2, graded("16.02", "2022-05-31", &[2, 3, 3, 3, 3])),
    ];
    let grid = Attestation::drawn(&checks, year(2022), day("2022-12-31")).unwrap();
    assert_eq!(grid.score(), Score { points: 39, most: 42 });
    let units: Vec<(Option<UnitId>, Score)> = grid.by_unit().into_iter().collect();
    let score = |points, most| Score { points, most };
    assert_eq!(
        units,
        [(None, score(14, 14)), (Some(unit(1)), score(11, 28)), (Some(unit(2)), score(14, 14))]
    );
    let below = HashSet::from([unit(1)]);
    let asked = asked("2022-01-01", "2022-12-31", "2023-02-01");
    let [_, own, _, _] =
        figures(&checks, Within::Units(&below), asked, &SettingsFacts::default()).try_into().unwrap();
    assert_eq!((own.outcome, left(&own, "never_checked")), (ratio(11, 28), 0));
    let [_, comune, _, _] = of_2022(&checks).try_into().unwrap();
    assert_eq!((comune.outcome, left(&comune, "told_for_the_comune")), (ratio(39, 42), 1));
}

#[test]
fn what_is_attested_and_nobody_checked_is_named_and_what_is_not_attested_is_left_out() {
    let checks = [graded("16.02", "2022-05-31", &[2]), graded("12.01", "2022-05-31", &[2, 3, 3, 3, 3])];
    let grid = Attestation::drawn(&checks, year(2022), day("2022-12-31")).unwrap();
    assert_eq!((grid.rows.len(), grid.score()), (1, Score { points: 2, most: 14 }));
    let never: Vec<&str> = grid.never_checked.iter().map(|never| never.code.as_str()).collect();
    assert!(never.contains(&"16.01") && !never.contains(&"16.02") && !never.contains(&"12.02"));
    let [_, attestation, _, _] = of_2022(&checks).try_into().unwrap();
    assert_eq!(left(&attestation, "out_of_scope"), 1);
    assert_eq!(left(&attestation, "never_checked"), u64::try_from(never.len()).unwrap());
}

#[test]
fn a_year_without_checks_or_without_campaigns_is_not_computable() {
    for (from, to) in [("2022-01-01", "2022-12-31"), ("2016-01-01", "2016-12-31")] {
        let figures = figures(&[], Within::Comune, asked(from, to, "2023-01-01"), &SettingsFacts::default());
        let names: Vec<&str> = figures.iter().map(|figure| figure.indicator).collect();
        assert_eq!(names, ["T3.up_to_date", "T3.attestation", "T3.follow_up", "T5.register"]);
        let none = Outcome::NotComputable(NotComputable::NoFacts);
        assert!(figures.iter().all(|figure| figure.outcome == none && figure.value().is_none()));
    }
}

#[test]
fn a_check_that_contradicts_itself_is_refused_where_it_does() {
    let places = |check: Check| -> Vec<(String, FaultKind)> {
        check.faults().into_iter().map(|fault| (fault.pointer, fault.kind)).collect()
    };
    let at = |place: &str, kind| vec![(place.to_owned(), kind)];
    let right = graded("16.02", "2022-05-31", &[2, 3, 3, 2, 1]);
    assert!(right.faults().is_empty() && not_applicable("07.02", "2022-05-31").faults().is_empty());
    let over = graded("16.02", "2022-05-31", &[3, 3, 3, 4, 1]);
    let both = [("/points/publication", FaultKind::OutOfBounds), ("/points/update", FaultKind::OutOfBounds)];
    assert_eq!(places(over), both.map(|(place, kind)| (place.to_owned(), kind)));
    assert!(graded("16.02", "2025-05-31", &[50, 66, 100, 33, 0]).faults().is_empty());
    assert_eq!(places(graded("16.02", "2022-05-31", &[])), at("/points", FaultKind::Missing));
    let why = not_applicable("16.02", "2022-05-31").not_applicable;
    let contradicted = Check { not_applicable: why, ..right.clone() };
    assert_eq!(places(contradicted), at("/not_applicable", FaultKind::Inconsistent));
    let claimed = Check { up_to_date: Some(true), ..right.clone() };
    assert_eq!(places(claimed), at("/up_to_date", FaultKind::Inconsistent));
    assert_eq!(places(graded("10.05", "2022-05-31", &[2])), at("/obligation", FaultKind::UnknownReference));
    assert_eq!(places(said(true, "16.02", "2016-05-31")), at("/year", FaultKind::OutOfBounds));
    let other_year = Check { checked_on: day("2023-01-10"), ..right };
    assert_eq!(places(other_year), at("/checked_on", FaultKind::Inconsistent));
}

#[test]
fn a_check_is_written_as_it_is_read_and_matters_to_the_end_of_its_year() {
    let check = of_unit(7, graded("16.02", "2022-05-31", &[2, 3]));
    let written = serde_json::to_value(&check).unwrap();
    assert_eq!(written["points"], serde_json::json!({"publication": 2, "content": 3}));
    assert_eq!(serde_json::from_value::<Check>(written).unwrap(), check);
    assert_eq!(check.matters(), (day("2022-05-31"), Some(day("2022-12-31"))));
}
