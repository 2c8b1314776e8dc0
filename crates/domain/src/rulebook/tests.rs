//! What a rulebook may say, and what it may not.

use proptest::prelude::*;

use super::*;
use crate::fault::FaultKind;
use crate::score::Percent;

fn three_levels() -> Rulebook {
    shipped(Shipped::ThreeLevels).unwrap()
}

fn figure(text: &str) -> Figure {
    Figure::parse(text).unwrap()
}

/// Where the faults of a rulebook are that is three levels but for one thing.
fn faulted(change: impl FnOnce(&mut Rulebook)) -> Vec<String> {
    let mut rulebook = three_levels();
    change(&mut rulebook);
    rulebook.check().into_iter().map(|fault| fault.pointer).collect()
}

fn share(kind: ComponentKind, weight: i32) -> Share {
    Share { kind, title: None, weight: Figure::whole(weight) }
}

fn of_managers(components: Vec<Share>) -> BTreeMap<Category, Mix> {
    BTreeMap::from([(Category::Manager, Mix { components, bands: None })])
}

#[test]
fn the_cap_lies_between_a_hundred_and_a_hundred_and_twenty() {
    for cap in ["100", "110", "117.5", "120"] {
        assert_eq!(faulted(|rules| rules.formulas.cap = figure(cap)), Vec::<String>::new(), "{cap}");
    }
    assert_eq!(faulted(|rules| rules.formulas.cap = figure("120.000001")), ["/formulas/cap"]);
    // Under a hundred nobody would ever reach the highest degree of some rulebooks either.
    assert_eq!(faulted(|rules| rules.formulas.cap = figure("99.99")), ["/formulas/cap"]);
}

#[test]
fn being_later_never_counts_more() {
    let step = |days, percent: &str| LateStep { days, percent: figure(percent) };
    let late = |steps: Vec<LateStep>| faulted(|rules| rules.formulas.late = steps);
    assert_eq!(late(vec![step(15, "80"), step(30, "80"), step(60, "0")]), Vec::<String>::new());
    assert_eq!(late(vec![]), Vec::<String>::new());
    assert_eq!(late(vec![step(15, "80"), step(15, "70")]), ["/formulas/late/1/days"]);
    assert_eq!(late(vec![step(15, "80"), step(30, "81")]), ["/formulas/late/1/percent"]);
    assert_eq!(late(vec![step(15, "100.1"), step(9, "-1")]).len(), 3);
}

#[test]
fn a_formula_in_place_of_another_is_not_replaced_itself() {
    let instead = |pairs: &[(Formula, Formula)]| {
        faulted(|rules| rules.formulas.instead = pairs.iter().copied().collect())
    };
    assert_eq!(instead(&[(Formula::Lower, Formula::Threshold)]), Vec::<String>::new());
    assert_eq!(instead(&[(Formula::Lower, Formula::Lower)]), ["/formulas/instead/lower"]);
    let round = [(Formula::Lower, Formula::Higher), (Formula::Higher, Formula::Lower)];
    assert_eq!(instead(&round), ["/formulas/instead/higher", "/formulas/instead/lower"]);
}

#[test]
fn weights_that_are_set_are_there_when_they_are_asked_for() {
    let set = |weights: &[(&str, &str)]| {
        let weights = weights.iter().map(|(code, weight)| (Code::parse(code).unwrap(), figure(weight)));
        let weights = weights.collect();
        faulted(|rules| {
            rules.roll_ups = RollUps { comune: RollUp::Set, set: weights, ..rules.roll_ups.clone() }
        })
    };
    assert_eq!(set(&[("AREA-1", "0"), ("AREA-2", "3")]), Vec::<String>::new());
    assert_eq!(set(&[("AREA-1", "0")]), ["/roll_ups/set"]);
    assert_eq!(set(&[]), ["/roll_ups/set"]);
    assert_eq!(set(&[("A/1", "-1"), ("B", "1")]), ["/roll_ups/set/A~11"]);
}

#[test]
fn every_other_setting_has_its_bounds() {
    assert_eq!(
        faulted(|rules| rules.formulas.low_tolerance = Some(Figure::ZERO)),
        ["/formulas/low_tolerance"]
    );
    assert_eq!(faulted(|rules| rules.formulas.least_point = figure("-1")), ["/formulas/least_point"]);
    assert_eq!(faulted(|rules| rules.roll_ups.phases_share = figure("101")), ["/roll_ups/phases_share"]);
    assert_eq!(faulted(|rules| rules.variations_until = Some(13)), ["/variations_until"]);
    assert_eq!(faulted(|rules| rules.variations_until = Some(0)), ["/variations_until"]);
    let class = |coefficient: &str| {
        let classes = BTreeMap::from([(Code::parse("1").unwrap(), figure(coefficient))]);
        faulted(|rules| rules.roll_ups.classes = classes)
    };
    assert_eq!(class("0.5"), Vec::<String>::new());
    assert_eq!(class("0"), ["/roll_ups/classes/1"]);
}

#[test]
fn a_band_nothing_reaches_is_told() {
    let bands = |from: &str| {
        let mut bands = three_levels().bands.as_slice().to_vec();
        let code = Code::parse("oltre").unwrap();
        let label = Line::parse("Oltre").unwrap();
        bands.push(Band { code, label, from: figure(from), effect: Effect::Proportional });
        Bands::parse(bands).unwrap()
    };
    assert_eq!(faulted(|rules| rules.bands = bands("105")), ["/bands/3/from"]);
    assert_eq!(faulted(|rules| (rules.bands, rules.formulas.cap) = (bands("105"), figure("110"))), [""; 0]);
}

#[test]
fn the_components_of_an_individual_evaluation_make_a_hundred() {
    let mix = |components| faulted(|rules| rules.individual = of_managers(components));
    let unit = || share(ComponentKind::Unit, 60);
    assert_eq!(mix(vec![unit(), share(ComponentKind::Behaviours, 40)]), [""; 0]);
    assert_eq!(mix(vec![unit(), share(ComponentKind::Behaviours, 30)]), ["/individual/manager/components"]);
    assert_eq!(mix(vec![]), ["/individual/manager/components"]);
    assert_eq!(mix(vec![unit(), share(ComponentKind::Unit, 40)]), ["/individual/manager/components/1/kind"]);
    let nameless = vec![unit(), share(ComponentKind::Other, 40)];
    assert_eq!(mix(nameless), ["/individual/manager/components/1/title"]);
    let none = vec![unit(), share(ComponentKind::Behaviours, 40), share(ComponentKind::Entity, 0)];
    assert_eq!(mix(none), ["/individual/manager/components/2/weight"]);
}

#[test]
fn a_structure_that_does_not_prevail_is_remarked_and_not_refused() {
    let told = |unit, behaviours| {
        let shares = vec![share(ComponentKind::Unit, unit), share(ComponentKind::Behaviours, behaviours)];
        let rules = Rulebook { individual: of_managers(shares), ..three_levels() };
        assert_eq!(rules.check(), Vec::new());
        rules.remarks().into_iter().map(|remark| remark.pointer).collect::<Vec<_>>()
    };
    assert_eq!(told(51, 49), [""; 0]);
    assert_eq!(told(50, 50), ["/individual/manager/components"]);
    assert_eq!(told(40, 60), ["/individual/manager/components"]);
}

#[test]
fn a_change_is_told_member_by_member() {
    let before = three_levels();
    assert_eq!(before.changes(&before).unwrap(), Vec::new());
    let mut after = before.clone();
    after.formulas.cap = figure("110");
    after.formulas.late[1].percent = figure("65");
    after.variations_until = None;
    after.roll_ups.set = BTreeMap::from([(Code::parse("A/1").unwrap(), figure("2"))]);
    let told = before.changes(&after).unwrap();
    let places: Vec<_> = told.iter().map(|change| change.pointer.as_str()).collect();
    assert_eq!(places, ["/formulas/cap", "/formulas/late/1/percent", "/roll_ups/set", "/variations_until"]);
    assert_eq!((&told[0].before, &told[0].after), (&Some("100".into()), &Some("110".into())));
    assert_eq!((&told[3].before, &told[3].after), (&Some(10.into()), &None));
    let bands = before.changes(&shipped(Shipped::FourLevels).unwrap()).unwrap();
    assert_eq!(bands.iter().map(|change| change.pointer.as_str()).collect::<Vec<_>>(), ["/bands", "/title"]);
}

#[test]
fn what_became_fixed_is_one_change() {
    let before = three_levels();
    let mut bands = before.bands.as_slice().to_vec();
    bands[1].effect = Effect::Fixed { percent: figure("50") };
    let after = Rulebook { bands: Bands::parse(bands).unwrap(), ..before.clone() };
    let told = before.changes(&after).unwrap();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].pointer, "/bands/1/effect");
}

fn band(number: usize, from: Figure) -> Band {
    let code = Code::parse(&format!("b{number}")).unwrap();
    Band { code, label: Line::parse("Fascia").unwrap(), from, effect: Effect::Proportional }
}

/// Beginnings of bands, in hundredths of a point.
fn beginnings() -> impl Strategy<Value = Vec<Figure>> {
    let hundredths = |number: i32| Figure::new(rust_decimal::Decimal::new(number.into(), 2)).unwrap();
    proptest::collection::vec((-100_i32..13_000).prop_map(hundredths), 0..8)
}

proptest! {
    #[test]
    fn bands_that_are_taken_leave_no_gap_and_do_not_overlap(from in beginnings(), result in 0_i64..1_300_000) {
        let bands: Vec<Band> = from.iter().enumerate().map(|(number, from)| band(number, *from)).collect();
        let faults = Bands::faults(&bands);
        prop_assert_eq!(Bands::parse(bands.clone()).is_err(), !faults.is_empty());
        let Ok(closed) = Bands::parse(bands.clone()) else { return Ok(()) };
        // Counted the long way round: the bands this result lies in, from where they begin to where the next one does.
        let result = Percent::of(rust_decimal::Decimal::new(result, 4));
        let ends = bands.iter().skip(1).map(|next| Some(next.from)).chain([None]);
        let within = bands.iter().zip(ends).filter(|(band, end)| {
            Percent::from(band.from) <= result && end.is_none_or(|end| result < Percent::from(end))
        });
        let holding: Vec<&Band> = within.map(|(band, _)| band).collect();
        prop_assert_eq!(holding.len(), 1, "one band, and one only");
        prop_assert_eq!(closed.of(result), holding.first().copied());
    }

    #[test]
    fn each_fault_of_bands_has_its_place(from in beginnings()) {
        let bands: Vec<Band> = from.iter().enumerate().map(|(number, from)| band(number, *from)).collect();
        for fault in Bands::faults(&bands) {
            let place = fault.pointer.strip_prefix('/').and_then(|rest| rest.strip_suffix("/from"));
            let Some(place) = place else {
                prop_assert_eq!((fault.kind, bands.len()), (FaultKind::Missing, 0));
                continue;
            };
            let index: usize = place.parse().unwrap();
            let right = match index.checked_sub(1) {
                None => from[0] == Figure::ZERO,
                Some(before) => from[before] < from[index],
            };
            prop_assert!(!right, "{}", fault.pointer);
        }
    }

    #[test]
    fn whatever_is_taken_can_be_written_and_read_and_taken_again(
        cap in 90_i32..130, late in proptest::collection::vec((0_u16..90, -10_i32..110), 0..5), share in -5_i32..110,
    ) {
        let mut rules = three_levels();
        rules.formulas.cap = Figure::whole(cap);
        rules.roll_ups.phases_share = Figure::whole(share);
        let steps = late.iter().map(|(days, percent)| LateStep { days: *days, percent: Figure::whole(*percent) });
        rules.formulas.late = steps.collect();
        let sound = (100..=120).contains(&cap)
            && (0..=100).contains(&share)
            && late.iter().all(|(_, percent)| (0..=100).contains(percent))
            && late.is_sorted_by(|one, next| one.0 < next.0 && one.1 >= next.1);
        prop_assert_eq!(rules.check().is_empty(), sound);
        let again: Rulebook = serde_json::from_str(&serde_json::to_string(&rules).unwrap()).unwrap();
        prop_assert_eq!(again.check(), rules.check());
    }
}
