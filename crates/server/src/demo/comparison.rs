//! What the invented comuni of the demo give to comparison: some shared indicators in three years, the same at every start, and
//! consents of every sort. Their plans are headers with a sealed version and nothing in it: they are there to be compared.

use std::collections::BTreeSet;

use rust_decimal::{Decimal, RoundingStrategy};
use traguardo_domain::access::{Action, Operator};
use traguardo_domain::act::{Act, ActKind};
use traguardo_domain::comune::{Comune, Identity};
use traguardo_domain::consent::{Audience, Consent, ConsentFacts, Mode};
use traguardo_domain::fact::{Drawn, Fact, Publication, Shortfall};
use traguardo_domain::figure::Figure;
use traguardo_domain::period::Year;
use traguardo_domain::plan::{Plan, PlanFacts, PlanId, PlanKind, PlanState};
use traguardo_domain::registry::Entry;
use traguardo_domain::text::{Code, Line};
use traguardo_persistence::publications::{Published, publish};
use traguardo_persistence::{Database, TenantTx, comuni, consents, plans, versions};

use super::dice::below;
use super::{Source, day, unfit, unfit_all};
use crate::failure::Failure;

/// The years they have facts of: the last one is not certified yet.
const YEARS: [i32; 3] = [2023, 2024, 2025];

/// One comune in so many has facts: coverage is never whole.
const ONE_IN: u64 = 2;

/// How the values of an indicator are made, in hundredths.
struct Shape {
    code: &'static str,
    least: u64,
    spread: u64,
    /// What is taken away from all of them: delays may be below zero.
    below: u64,
    kind: Kind,
}

/// What a value is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// So much of so many.
    Ratio,
    /// A number as it is.
    Plain,
    /// A whole number.
    Count,
}

const SHAPES: [Shape; 11] = [
    shape("T1.irp", 0, 4_200, 1_900, Kind::Plain),
    shape("T1.itp", 0, 4_000, 1_800, Kind::Plain),
    shape("T1.liquidated_15", 5_500, 4_500, 0, Kind::Ratio),
    shape("T2.debt_share", 0, 1_400, 0, Kind::Ratio),
    shape("T3.attestation", 7_000, 3_000, 0, Kind::Ratio),
    shape("T4.measures", 6_000, 4_000, 0, Kind::Ratio),
    shape("T5.in_term", 6_500, 3_500, 0, Kind::Ratio),
    shape("T6.overdue", 0, 12_000, 0, Kind::Count),
    shape("T7.hours", 1_200, 3_400, 0, Kind::Plain),
    shape("T9.online", 1_000, 8_000, 0, Kind::Ratio),
    shape("T14.collected", 2_500, 6_000, 0, Kind::Ratio),
];

const fn shape(code: &'static str, least: u64, spread: u64, below: u64, kind: Kind) -> Shape {
    Shape { code, least, spread, below, kind }
}

/// Registers them with their facts and consents, where they are missing.
pub(super) fn seed(database: &Database, source: &Source<'_>, entries: &[Entry]) -> Result<(), Failure> {
    let there = entries.iter().filter(|entry| entry.validity.to().is_none());
    for (number, entry) in (0_u64..).zip(there) {
        if number.is_multiple_of(ONE_IN) {
            seed_one(database, source, entry, number)?;
        }
    }
    Ok(())
}

fn seed_one(database: &Database, source: &Source<'_>, entry: &Entry, number: u64) -> Result<(), Failure> {
    let act = |action| Operator.act(action, entry.code);
    let new = database.tenant(&act(Action::KeepComuni), source.occasion(), |tx| {
        if comuni::look_up(tx)?.is_some() {
            tx.leave_unchanged();
            return Ok(false);
        }
        let identity =
            Identity::new(entry.name.clone(), entry.province.clone(), entry.region, entry.population);
        comuni::insert(tx, &Comune::register(entry.code, identity).map_err(unfit_all)?)?;
        Ok::<_, Failure>(true)
    })?;
    if !new {
        return Ok(());
    }
    database.tenant(&act(Action::PublishResults), source.occasion(), |tx| {
        if let Some(facts) = consent(number) {
            let recorded_at = source.now;
            consents::record(tx, &Consent { number: 1, recorded_at, member: None, facts })?;
        }
        YEARS.into_iter().try_for_each(|year| publish_year(tx, source, year, number))
    })
}

/// What it lets be shown: most everything, some only to the comuni of their groups, some without a name, some later on, some
/// nothing.
fn consent(number: u64) -> Option<ConsentFacts> {
    let said = |audience, mode, embargo_until| {
        Some(ConsentFacts { indicator: None, audience, mode, embargo_until, note: None })
    };
    match below(20, number) {
        0 | 1 => None,
        2 => said(Audience::Public, Mode::Named, Some(day(2027, 6, 30))),
        3..=6 => said(Audience::Public, Mode::Anonymous, None),
        7..=9 => said(Audience::Group, Mode::Named, None),
        _ => said(Audience::Public, Mode::Named, None),
    }
}

/// A plan of the year, sealed, and what is published of it.
fn publish_year(tx: &mut TenantTx<'_>, source: &Source<'_>, year: i32, number: u64) -> Result<(), Failure> {
    let certified = year < 2025;
    let of = Year::parse(year).map_err(unfit)?;
    let facts = PlanFacts {
        external_id: None,
        year: of,
        kind: PlanKind::Standalone,
        title: Line::parse(&format!("Piano inventato {year}")).map_err(unfit)?,
        scale: Vec::new(),
    };
    let state = if certified { PlanState::Evaluated } else { PlanState::InProgress };
    let draft = Plan::draft(PlanId((source.new_id)()), facts);
    let plan = Plan { state, sealed: Some(1), ..draft };
    plans::insert(tx, &plan)?;
    let act = Act {
        kind: ActKind::GiuntaResolution,
        number: Line::parse("DIMOSTRATIVA-1").map_err(unfit)?,
        date: day(year, 1, 31),
    };
    versions::seal(tx, &plan, &act)?;
    let told =
        SHAPES.iter().zip(0_u64..).filter_map(|(shape, place)| fact(shape, of, seed_of(number, place, year)));
    let publication = Publication {
        plan: plan.id,
        number: 1,
        year: of,
        published_at: source.now,
        member: None,
        at: day(year, 12, 31),
        certified,
        drawn: Drawn { facts: told.collect(), left_out: Vec::new() },
    };
    Ok(publish(tx, &Published::new(publication, 1)?)?)
}

/// Where the values of one comune, one indicator and one year are drawn from.
fn seed_of(number: u64, place: u64, year: i32) -> u64 {
    let year = u64::try_from(year).unwrap_or_default();
    number.wrapping_mul(1_000).wrapping_add(place).wrapping_mul(10_000).wrapping_add(year)
}

/// What it has of an indicator in a year, if it has anything.
fn fact(shape: &Shape, year: Year, from: u64) -> Option<Fact> {
    if below(8, from) == 0 {
        return None;
    }
    let hundredths = shape.least.checked_add(below(shape.spread, from.wrapping_add(1)))?;
    let plain = Decimal::from(hundredths)
        .checked_sub(Decimal::from(shape.below))?
        .checked_div(Decimal::ONE_HUNDRED)?;
    let (value, parts) = match shape.kind {
        Kind::Plain => (plain, None),
        Kind::Count => (plain.trunc(), None),
        Kind::Ratio => {
            let among = Decimal::from(below(400, from.wrapping_add(2)).saturating_add(40));
            let counted = among.checked_mul(plain)?.checked_div(Decimal::ONE_HUNDRED)?.round();
            (counted.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(among)?, Some((counted, among)))
        }
    };
    let value = value.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
    let mut shortfalls = BTreeSet::new();
    if year.number() >= 2025 {
        shortfalls.insert(Shortfall::Provisional);
    }
    match below(20, from.wrapping_add(3)) {
        0 | 1 => shortfalls.extend([Shortfall::PartOfTheYear]),
        2 => shortfalls.extend([Shortfall::OpenFinding]),
        _ => {}
    }
    Some(Fact {
        indicator: Code::parse(shape.code).ok()?,
        definition: 1,
        year,
        value: Figure::new(value)?,
        numerator: parts.and_then(|(counted, _)| Figure::new(counted)),
        denominator: parts.and_then(|(_, among)| Figure::new(among)),
        score: None,
        shortfalls,
    })
}

#[cfg(test)]
mod tests {
    use traguardo_domain::template::catalogue;

    use super::*;

    #[test]
    fn their_indicators_are_of_the_catalogue() {
        let shared: BTreeSet<String> = catalogue()
            .unwrap()
            .into_iter()
            .flat_map(|(_, facts)| facts.indicators)
            .map(|indicator| indicator.code.as_str().to_owned())
            .collect();
        for shape in &SHAPES {
            assert!(shared.contains(shape.code), "{}", shape.code);
        }
    }

    #[test]
    fn their_values_are_the_same_at_every_start_and_lie_where_they_may() {
        let year = Year::parse(2024).unwrap();
        for shape in &SHAPES {
            let made = || (0..200).filter_map(|from| fact(shape, year, from * 7)).collect::<Vec<_>>();
            assert_eq!(made(), made());
            assert!(made().len() > 150, "{}", shape.code);
            if shape.kind == Kind::Ratio {
                for fact in made() {
                    assert!((Figure::ZERO..=Figure::HUNDRED).contains(&fact.value), "{fact:?}");
                }
            }
        }
    }

    #[test]
    fn there_are_consents_of_every_sort() {
        let shown = |mode, audience| {
            (0..160).filter_map(consent).any(|said| said.mode == mode && said.audience == audience)
        };
        assert!(shown(Mode::Named, Audience::Public) && shown(Mode::Named, Audience::Group));
        assert!(shown(Mode::Anonymous, Audience::Public));
        assert!((0..160).any(|number| consent(number).is_none()));
        assert!((0..160).filter_map(consent).any(|said| said.embargo_until.is_some()));
    }
}
