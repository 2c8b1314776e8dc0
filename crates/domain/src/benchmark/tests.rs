//! Comparison, worked by hand.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate};

use super::distribution::Bin;
use super::*;
use crate::consent::{Mode, Shown};
use crate::indicator::Direction;
use crate::period::Year;
use crate::template::Pooling;

mod country;
mod privacy;

pub(super) fn code(number: usize) -> ComuneCode {
    let letters = "ABCDEFGHIL";
    let letter = letters.chars().nth(number / 1000).unwrap();
    ComuneCode::parse(&format!("{letter}{:03}", number % 1000)).unwrap()
}

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn figure(text: &str) -> Figure {
    Figure::parse(text).unwrap()
}

pub(super) fn to_all(mode: Mode) -> Exposure {
    let shown = Shown { mode, from: None };
    Exposure { group: shown, region: shown, public: shown }
}

pub(super) fn contribution(number: usize, value: &str, mode: Mode) -> Contribution {
    Contribution {
        comune: code(number),
        region: RegionCode::parse("03").unwrap(),
        residents: i32::try_from(number).unwrap().checked_add(1000),
        value: figure(value),
        score: None,
        grade: Grade::A,
        definition: 1,
        published_at: DateTime::UNIX_EPOCH,
        exposure: to_all(mode),
    }
}

fn named(values: &[&str]) -> Vec<Contribution> {
    values.iter().enumerate().map(|(at, value)| contribution(at, value, Mode::Named)).collect()
}

fn everyone(pool: &[Contribution]) -> BTreeSet<ComuneCode> {
    pool.iter().map(|one| one.comune).collect()
}

fn query(members: &BTreeSet<ComuneCode>) -> Query<'_> {
    let (audience, day, least, definition) = (Audience::Group, day("2026-05-01"), Grade::D, None);
    Query { members, audience, day, least, definition }
}

#[test]
fn statistics_are_those_worked_by_hand() {
    let all = named(&["15", "20", "35", "40", "50", "-4"]);
    let members = everyone(&all);
    let pool = Pool::new(all);
    let told = pool.select(&query(&members), Outside::default()).statistics(Pooling::Same).unwrap();
    // In order -4 15 20 35 40 50; the places are 0.5, 1.25, 2.5, 3.75, 4.5.
    assert_eq!(told.n, 6);
    assert_eq!(told.p10, figure("5.5"));
    assert_eq!(told.p25, figure("16.25"));
    assert_eq!(told.p50, figure("27.5"));
    assert_eq!(told.p75, figure("38.75"));
    assert_eq!(told.p90, figure("45"));
    assert_eq!(told.mean, Ok(figure("26")));
    assert_eq!((told.min, told.max), (Ok(figure("-4")), Ok(figure("50"))));
}

#[test]
fn four_are_too_few_for_anything() {
    let all = named(&["1", "2", "3", "4"]);
    let members = everyone(&all);
    let pool = Pool::new(all);
    let selection = pool.select(&query(&members), Outside::default());
    assert_eq!(selection.statistics(Pooling::Same).unwrap_err(), Suppression::TooFew);
    assert_eq!(selection.named().len(), 4);
}

#[test]
fn ranks_follow_the_direction_and_equals_share_the_better_one() {
    let all = named(&["10", "20", "20", "30", "40"]);
    let members = everyone(&all);
    let pool = Pool::new(all);
    let ranked = pool.select(&query(&members), Outside::default()).ranked().unwrap();
    let place = |value: &str, entered, direction| ranked.place(figure(value), entered, direction).unwrap();
    assert_eq!(place("20", true, Direction::Higher).rank, Some(3));
    assert_eq!(place("20", true, Direction::Lower).rank, Some(2));
    assert_eq!(place("40", true, Direction::Higher).rank, Some(1));
    assert_eq!(place("20", true, Direction::Within).rank, None);
    // One of four others is lower and one the same.
    assert_eq!(place("20", true, Direction::Higher).percentile, figure("37.5"));
    assert_eq!(place("20", true, Direction::Higher).among, 5);
    let outside = place("25", false, Direction::Lower);
    assert_eq!((outside.rank, outside.among, outside.percentile), (Some(4), 6, figure("60")));
    assert_eq!(outside.to_median, figure("5"));
}

#[test]
fn a_mean_of_what_is_summed_is_not_told_when_one_makes_most_of_it() {
    let all = named(&["1", "2", "3", "4", "11"]);
    let members = everyone(&all);
    let pool = Pool::new(all);
    let selection = pool.select(&query(&members), Outside::default());
    assert_eq!(selection.statistics(Pooling::Summed).unwrap().mean, Err(Suppression::Dominance));
    assert_eq!(selection.statistics(Pooling::Pooled).unwrap().mean, Ok(figure("4.2")));
}

#[test]
fn bins_are_round_and_have_five_each() {
    let all: Vec<_> = (0..40).map(|at| contribution(at, &(at * at).to_string(), Mode::Named)).collect();
    let members = everyone(&all);
    let pool = Pool::new(all);
    let bins = pool.select(&query(&members), Outside::default()).ranked().unwrap().bins();
    assert_eq!(bins.first(), Some(&Bin { from: figure("0"), to: figure("500"), comuni: 23 }));
    assert_eq!(bins.iter().map(|bin| bin.comuni).collect::<Vec<_>>(), [23, 9, 8]);
    let flat = Pool::new(named(&["7", "7", "7", "7", "7"]));
    let bins = flat.select(&query(&members), Outside::default()).ranked().unwrap().bins();
    assert_eq!(bins, [Bin { from: figure("7"), to: figure("7.000001"), comuni: 5 }]);
}

#[test]
fn anonymous_ones_enter_by_whole_blocks_or_not_at_all() {
    let mut all = named(&["1", "2", "3", "4", "5"]);
    all.extend((10..23).map(|at| contribution(at, "9", Mode::Anonymous)));
    let pool = Pool::new(all.clone());
    let mut members = everyone(&all);
    let selection = pool.select(&query(&members), Outside::default());
    assert_eq!((selection.entered(), selection.anonymous()), (18, 13));
    assert_eq!(selection.statistics(Pooling::Same).unwrap().max, Err(Suppression::AnonymousBlock));
    // Thirteen are cut into six and seven: without the last, the seven do not enter.
    members.remove(&code(22));
    let selection = pool.select(&query(&members), Outside::default());
    assert_eq!((selection.entered(), selection.anonymous()), (11, 6));
    assert_eq!(selection.kept_back(), [KeptBack { why: Suppression::AnonymousBlock, comuni: 6 }]);
}

#[test]
fn what_is_kept_back_is_counted_by_its_reason() {
    let mut all = named(&["1", "2", "3", "4", "5", "6", "7"]);
    all[0].grade = Grade::C;
    all[1].definition = 2;
    all[2].exposure.group.from = Some(day("2026-05-02"));
    let members = everyone(&all);
    let pool = Pool::new(all);
    let asked = Query { least: Grade::B, ..query(&members) };
    let selection = pool.select(&asked, Outside { no_consent: 3, embargo: 1 });
    let told: Vec<_> = selection.kept_back().iter().map(|kept| (kept.why, kept.comuni)).collect();
    assert_eq!(
        told,
        [
            (Suppression::NoConsent, 3),
            (Suppression::Embargo, 2),
            (Suppression::Grade, 1),
            (Suppression::OtherDefinition, 1)
        ]
    );
    assert_eq!(selection.coverage(), Some(figure("57.142857")));
    assert!(selection.kept_back()[0].sentence().starts_with("3 comuni non entrano."));
}

#[test]
fn a_comune_sees_its_own_groups_as_one_of_them_and_others_as_everybody() {
    let members = BTreeSet::from([code(1), code(2)]);
    assert_eq!(Viewer::Comune(code(1)).audience(&members), Audience::Group);
    assert_eq!(Viewer::Comune(code(3)).audience(&members), Audience::Public);
    assert_eq!(Viewer::Region.audience(&members), Audience::Region);
    assert_eq!(Viewer::Public.audience(&members), Audience::Public);
}

#[test]
fn a_trend_breaks_where_the_definition_changed() {
    let year = |number: i32| Year::parse(number).unwrap();
    let of = |definition: i32| {
        let mut all = named(&["1", "2", "3", "4", "5"]);
        for one in &mut all {
            one.definition = definition;
        }
        Pool::new(all)
    };
    let pools = BTreeMap::from([(year(2023), of(1)), (year(2024), of(1)), (year(2025), of(2))]);
    let members = everyone(&named(&["1", "2", "3", "4", "5"]));
    let own =
        |_: Year, pool: &Pool, _: &Selection<'_>| pool.own(code(3)).map(|one| (one.definition, one.value));
    let points = trend::trend(&pools, &BTreeMap::new(), &query(&members), Pooling::Same, own);
    let told: Vec<_> = points.iter().map(|point| (point.year.number(), point.breaks, point.own)).collect();
    let four = Some(figure("4"));
    assert_eq!(told, [(2023, false, four), (2024, false, four), (2025, true, four)]);
}
