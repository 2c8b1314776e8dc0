use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::*;
use crate::vocabulary::Vocabulary as _;

fn code(text: &str) -> Code {
    Code::parse(text).unwrap()
}

fn entry(
    number: i32,
    (indicator, audience, mode, until): (Option<&str>, Audience, Mode, Option<&str>),
) -> Consent {
    let mut said = json!({
        "number": number, "recorded_at": "2025-03-01T10:00:00Z", "audience": audience.word(), "mode": mode.word(),
    });
    for (member, word) in [("indicator", indicator), ("embargo_until", until)] {
        if let Some(word) = word {
            said[member] = Json::from(word);
        }
    }
    serde_json::from_value(said).unwrap()
}

fn ledger(entries: &[(Option<&str>, Audience, Mode, Option<&str>)]) -> Vec<Consent> {
    (1..).zip(entries).map(|(number, one)| entry(number, *one)).collect()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

use Audience::{Group, Public, Region};
use Mode::{Anonymous, Named, Withheld};

#[test]
fn without_an_entry_nothing_is_shown() {
    assert_eq!(exposure(&[], &code("T1.itp")), Exposure::WITHHELD);
}

#[test]
fn an_entry_of_the_indicator_comes_before_the_general_one_and_the_last_before_those_before_it() {
    let told = ledger(&[
        (None, Group, Named, None),
        (Some("T1.itp"), Group, Withheld, None),
        (None, Group, Anonymous, None),
    ]);
    assert_eq!(exposure(&told, &code("T1.itp")).group, Shown::WITHHELD);
    assert_eq!(exposure(&told, &code("T3.att")).group.mode, Anonymous);
    assert_eq!(general_exposure(&told).group.mode, Anonymous);
    assert_eq!(deciding(&told, Some(&code("T3.att")), Group).map(|one| one.number), Some(3));
}

#[test]
fn what_everybody_sees_is_withheld_from_nobody() {
    let told = ledger(&[(None, Public, Named, None), (None, Group, Withheld, None)]);
    let shown = exposure(&told, &code("T1.itp"));
    assert_eq!((shown.group.mode, shown.region.mode, shown.public.mode), (Named, Named, Named));
}

#[test]
fn an_embargo_is_of_the_audience_it_was_told_for() {
    let told = ledger(&[(None, Group, Named, None), (None, Public, Anonymous, Some("2025-07-01"))]);
    let shown = exposure(&told, &code("T1.itp"));
    assert_eq!(shown.group, Shown { mode: Named, from: None });
    assert_eq!(shown.region.on(day("2025-06-30")), Withheld);
    assert_eq!(shown.region.on(day("2025-07-01")), Anonymous);
}

#[test]
fn of_two_that_cannot_be_said_in_one_the_wider_audience_s_holds() {
    let told = ledger(&[(None, Group, Anonymous, None), (None, Public, Named, Some("2025-07-01"))]);
    let until = Shown { mode: Named, from: Some(day("2025-07-01")) };
    assert_eq!(exposure(&told, &code("T1.itp")).group, until);
}

#[test]
fn an_entry_under_an_embargo_that_is_over_is_refused_and_so_is_one_that_shows_nothing() {
    let today = day("2025-03-01");
    let said = |mode, until| {
        let facts = entry(1, (None, Group, mode, until)).facts;
        Consent::record(
            &ledger(&[(None, Group, Named, None)]),
            facts,
            ("2025-03-01T10:00:00Z".parse().unwrap(), None),
            today,
        )
    };
    assert_eq!(said(Named, None).unwrap().number, 2);
    assert!(said(Named, Some("2025-03-02")).is_ok());
    assert!(said(Named, Some("2025-03-01")).is_err());
    assert!(said(Anonymous, Some("9999-12-31")).is_err());
    assert!(said(Withheld, Some("2025-03-02")).is_err());
}

type Said = (Option<&'static str>, Audience, Mode, Option<&'static str>);

fn any_entry() -> impl Strategy<Value = Said> {
    (
        prop::sample::select(vec![None, Some("T1.itp"), Some("T3.att")]),
        prop::sample::select(Audience::all()),
        prop::sample::select(Mode::all()),
        prop::sample::select(vec![None, Some("2025-04-01"), Some("2025-07-01"), Some("2026-01-01")]),
    )
}

fn any_ledger() -> impl Strategy<Value = Vec<Said>> {
    prop::collection::vec(any_entry(), 0..12)
}

const DAYS: [&str; 5] = ["2025-03-01", "2025-04-01", "2025-06-30", "2025-07-01", "2026-01-01"];

proptest! {
    #[test]
    fn a_narrower_audience_sees_at_least_as_much_on_every_day(told in any_ledger()) {
        let shown = exposure(&ledger(&told), &code("T1.itp"));
        for on in DAYS.map(day) {
            let open = |audience| shown.to(audience).on(on).openness();
            prop_assert!(open(Group) >= open(Region) && open(Region) >= open(Public), "{shown:?} {on}");
        }
    }

    #[test]
    fn no_day_shows_an_audience_more_than_was_told_for_it_or_a_wider_one(told in any_ledger()) {
        let told = ledger(&told);
        let shown = exposure(&told, &code("T1.itp"));
        for on in DAYS.map(day) {
            let own = |audience| deciding(&told, Some(&code("T1.itp")), audience).map_or(0, |one| {
                Shown { mode: one.facts.mode, from: one.facts.embargo_until }.on(on).openness()
            });
            prop_assert!(shown.public.on(on).openness() <= own(Public));
            prop_assert!(shown.region.on(on).openness() <= own(Public).max(own(Region)));
            prop_assert!(shown.group.on(on).openness() <= own(Public).max(own(Region)).max(own(Group)));
        }
    }

    #[test]
    fn who_withdraws_from_an_audience_and_the_wider_ones_is_shown_to_it_no_more(told in any_ledger()) {
        let mut told = told;
        told.extend(Audience::all().iter().map(|audience| (Some("T1.itp"), *audience, Withheld, None)));
        prop_assert_eq!(exposure(&ledger(&told), &code("T1.itp")), Exposure::WITHHELD);
    }

    #[test]
    fn a_general_withdrawal_withdraws_whatever_has_no_entry_of_its_own(told in any_ledger()) {
        let mut told: Vec<Said> = told.into_iter().filter(|one| one.0 != Some("T1.itp")).collect();
        told.extend(Audience::all().iter().map(|audience| (None, *audience, Withheld, None)));
        prop_assert_eq!(exposure(&ledger(&told), &code("T1.itp")), Exposure::WITHHELD);
    }

    #[test]
    fn entries_of_other_indicators_and_the_order_they_are_read_in_change_nothing(
        told in any_ledger(), turned in any::<bool>(),
    ) {
        let all = ledger(&told);
        let mut own: Vec<Consent> = all.iter().filter(|one| one.facts.indicator != Some(code("T3.att"))).cloned().collect();
        if turned {
            own.reverse();
        }
        prop_assert_eq!(exposure(&own, &code("T1.itp")), exposure(&all, &code("T1.itp")));
    }
}
