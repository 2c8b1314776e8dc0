//! Plans, rulebooks and results as simple as they can be told, at random.

use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;

/// What an indicator wants; figures are tenths.
#[derive(Debug, Clone)]
pub(super) enum Wants {
    Higher(i32),
    Lower(i32),
    LowerZero(i32),
    Range(i32, i32),
    Done,
    By(i32),
    FromBaseline(i32, i32),
    Ratio(i32),
    Scale(i32),
    Threshold(i32),
    Frequency(i32),
    Milestone,
    Variation(i32, i32),
    Parts(i32, i32),
    Words,
}

/// What was measured; figures are tenths, days are counted from the first of 2024.
#[derive(Debug, Clone)]
pub(super) enum Got {
    Number(i32),
    Ratio(i32, i32),
    Done(bool),
    Day(Option<i32>),
    Judged(i32),
    NotApplicable,
    NotEvaluable,
    Text,
    Two(Option<i32>, Option<i32>),
}

#[derive(Debug, Clone)]
pub(super) enum Weighs {
    Percent(i32),
    Class(u8),
    Unclear,
}

#[derive(Debug, Clone)]
pub(super) struct Indicator {
    pub(super) wants: Wants,
    pub(super) weight: Option<i32>,
    /// The value for all structures, and the one of the first assignment only.
    pub(super) got: Option<Got>,
    pub(super) got_first: Option<Got>,
}

#[derive(Debug, Clone)]
pub(super) struct Phase {
    pub(super) weight: Option<i32>,
    pub(super) due: Option<i32>,
    pub(super) indicators: Vec<Indicator>,
    pub(super) got: Option<Got>,
}

#[derive(Debug, Clone)]
pub(super) enum Decided {
    Certified,
    Override(i32),
    NotEvaluable,
    Redistributed,
    Frozen(i32),
    Exogenous(i32),
}

#[derive(Debug, Clone)]
pub(super) struct Objective {
    /// Structures (by a number, whatever it is), what it weighs there, what was decided there.
    pub(super) assigned: Vec<(usize, Option<Weighs>, Option<Decided>)>,
    pub(super) due: Option<i32>,
    pub(super) phases: Vec<Phase>,
    pub(super) indicators: Vec<Indicator>,
    pub(super) got: Option<Got>,
}

#[derive(Debug, Clone)]
pub(super) struct Structure {
    /// One of those before it, by a number, whatever it is.
    pub(super) parent: Option<usize>,
    pub(super) posts: i32,
    pub(super) set: Option<i32>,
}

#[derive(Debug, Clone)]
pub(super) struct Rules {
    pub(super) cap: i32,
    pub(super) tolerance: Option<i32>,
    pub(super) above: u8,
    pub(super) from_least: bool,
    pub(super) all_parts: bool,
    /// What counts zero: missing, not due, not applicable, not evaluable.
    pub(super) zero: [bool; 4],
    pub(super) mix: u8,
    pub(super) share: i32,
    pub(super) roll_up: u8,
    pub(super) class_two: Option<i32>,
    pub(super) bands: u8,
    pub(super) on_shown: bool,
}

#[derive(Debug, Clone)]
pub(super) struct Spec {
    pub(super) units: Vec<Structure>,
    pub(super) objectives: Vec<Objective>,
    pub(super) rules: Rules,
    /// The day, counted from the first of 2024.
    pub(super) at: i32,
}

fn wants() -> impl Strategy<Value = Wants> {
    let figure = || -200i32..1500;
    prop_oneof![
        3 => figure().prop_map(Wants::Higher),
        1 => figure().prop_map(Wants::Lower),
        1 => (-20i32..=0).prop_map(Wants::LowerZero),
        1 => (-50i32..500, 0i32..500).prop_map(|(low, wide)| Wants::Range(low, low + wide)),
        1 => Just(Wants::Done),
        1 => (0i32..366).prop_map(Wants::By),
        1 => (figure(), figure()).prop_map(|(from, to)| Wants::FromBaseline(from, to)),
        1 => (1i32..1000).prop_map(Wants::Ratio),
        1 => (5i32..60).prop_map(Wants::Scale),
        1 => figure().prop_map(Wants::Threshold),
        1 => (1i32..200).prop_map(Wants::Frequency),
        1 => Just(Wants::Milestone),
        1 => (-100i32..1000, -600i32..600).prop_map(|(from, change)| Wants::Variation(from, change)),
        1 => (1i32..500, 1i32..500).prop_map(|(one, other)| Wants::Parts(one, other)),
        1 => Just(Wants::Words),
    ]
}

fn got() -> impl Strategy<Value = Got> {
    prop_oneof![
        25 => (-300i32..2000).prop_map(Got::Number),
        2 => (0i32..300, 0i32..300).prop_map(|(of, all)| Got::Ratio(of, all)),
        1 => any::<bool>().prop_map(Got::Done),
        2 => of(0i32..500).prop_map(Got::Day),
        1 => (0i32..=1000).prop_map(Got::Judged),
        1 => Just(Got::NotApplicable),
        1 => Just(Got::NotEvaluable),
        1 => Just(Got::Text),
        1 => (of(0i32..600), of(0i32..600)).prop_map(|(one, other)| Got::Two(one, other)),
    ]
}

/// Mostly a value of the kind that is wanted; sometimes any.
fn fitting(wants: &Wants, got: Got) -> Got {
    match (wants, got) {
        (Wants::By(due), Got::Number(number)) => Got::Day(Some((due + number / 25).max(0))),
        (Wants::Parts(..), Got::Number(number)) => Got::Two(Some(number.abs() / 3), Some(number.abs() / 4)),
        (Wants::Done, Got::Number(number)) => Got::Done(number > 0),
        (Wants::Ratio(_) | Wants::Frequency(_), Got::Number(number)) if number > 0 => {
            Got::Ratio(number, 1000)
        }
        (_, got) => got,
    }
}

fn indicator() -> impl Strategy<Value = Indicator> {
    (wants(), of(-5i32..100), proptest::option::weighted(0.8, got()), proptest::option::weighted(0.2, got()))
        .prop_map(|(wants, weight, got, got_first)| {
            let [got, got_first] = [got, got_first].map(|got| got.map(|got| fitting(&wants, got)));
            Indicator { wants, weight, got, got_first }
        })
}

fn phase() -> impl Strategy<Value = Phase> {
    (of(0i32..100), of(0i32..366), vec(indicator(), 0..3), proptest::option::weighted(0.3, got()))
        .prop_map(|(weight, due, indicators, got)| Phase { weight, due, indicators, got })
}

fn weighs() -> impl Strategy<Value = Weighs> {
    prop_oneof![
        6 => (-3i32..100).prop_map(Weighs::Percent),
        2 => (1u8..=3).prop_map(Weighs::Class),
        1 => Just(Weighs::Unclear),
    ]
}

fn decided() -> impl Strategy<Value = Decided> {
    prop_oneof![
        1 => Just(Decided::Certified),
        1 => (0i32..=100).prop_map(Decided::Override),
        1 => Just(Decided::NotEvaluable),
        1 => Just(Decided::Redistributed),
        1 => (0i32..=100).prop_map(Decided::Frozen),
        1 => (0i32..=100).prop_map(Decided::Exogenous),
    ]
}

fn objective() -> impl Strategy<Value = Objective> {
    let decided = || proptest::option::weighted(0.2, decided());
    let assigned = (any::<u8>(), proptest::option::weighted(0.8, weighs()), decided());
    let assigned = assigned.prop_map(|(unit, weighs, decided)| (usize::from(unit), weighs, decided));
    let got = proptest::option::weighted(0.1, got());
    (vec(assigned, 1..3), of(0i32..366), vec(phase(), 0..3), vec(indicator(), 0..3), got).prop_map(
        |(assigned, due, phases, indicators, got)| Objective { assigned, due, phases, indicators, got },
    )
}

fn rules() -> impl Strategy<Value = Rules> {
    let formulas =
        (prop_oneof![Just(100i32), Just(110), Just(120)], of(1i32..300), 0u8..3, any::<[bool; 2]>());
    let sums = (any::<[bool; 4]>(), 0u8..3, 0i32..=100, 0u8..3, of(0i32..50), 0u8..3, any::<bool>());
    (formulas, sums).prop_map(|(formulas, sums)| {
        let (cap, tolerance, above, [from_least, all_parts]) = formulas;
        let (zero, mix, share, roll_up, class_two, bands, on_shown) = sums;
        Rules {
            cap,
            tolerance,
            above,
            from_least,
            all_parts,
            zero,
            mix,
            share,
            roll_up,
            class_two,
            bands,
            on_shown,
        }
    })
}

pub(super) fn spec() -> impl Strategy<Value = Spec> {
    let structure = (of(any::<u8>()), 0i32..30, of(0i32..100)).prop_map(|(parent, posts, set)| Structure {
        parent: parent.map(usize::from),
        posts,
        set,
    });
    let at = prop_oneof![100i32..400, Just(500)];
    (vec(structure, 1..6), vec(objective(), 0..8), rules(), at)
        .prop_map(|(units, objectives, rules, at)| Spec { units, objectives, rules, at })
}
