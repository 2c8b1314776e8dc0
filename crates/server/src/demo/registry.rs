//! The registry of the demo: its own comuni, and some hundreds of invented ones to compare them with, clearly so called.

use chrono::NaiveDate;
use traguardo_domain::ComuneCode;
use traguardo_domain::access::{Action, Operator};
use traguardo_domain::comune::{Population, ProvinceCode, RegionCode};
use traguardo_domain::figure::Figure;
use traguardo_domain::period::Period;
use traguardo_domain::registry::{AltitudeZone, Entry};
use traguardo_domain::text::Line;
use traguardo_persistence::Database;
use traguardo_persistence::registry::{Origin, is_loaded, load};

use super::{Facts, Source, unfit};
use crate::failure::Failure;
use crate::registry::understood;

/// Codes of the letter Z, which no comune can have; names that say what they are.
const INVENTED: &str = include_str!("registry.csv");

/// The invented comuni of the demo's registry, beside its own.
pub(super) fn invented() -> Result<Vec<Entry>, Failure> {
    understood(INVENTED.as_bytes())
}

/// Loads a first registry where there is none: these comuni, and others.
pub(super) fn seed<'f>(
    database: &Database,
    source: &Source<'_>,
    comuni: impl Iterator<Item = &'f Facts>,
    others: Vec<Entry>,
) -> Result<(), Failure> {
    let mut entries = comuni.map(entry).collect::<Result<Vec<_>, _>>()?;
    entries.extend(others);
    let origin = Origin {
        source: Line::parse("Dati dimostrativi: comuni inventati e misure arrotondate").map_err(unfit)?,
        state_on: day(2026, 1, 1),
    };
    let grant = Operator.act(Action::KeepRegistry, ComuneCode::PLATFORM);
    database.tenant(&grant, source.occasion(), |tx| {
        if is_loaded(tx)? {
            tx.leave_unchanged();
            return Ok(());
        }
        load(tx, &entries, origin)?;
        Ok(())
    })
}

fn entry(facts: &Facts) -> Result<Entry, Failure> {
    let population = Population { residents: facts.residents, counted_on: day(2023, 12, 31) };
    Ok(Entry {
        code: ComuneCode::parse(facts.code).map_err(unfit)?,
        name: Line::parse(facts.name).map_err(unfit)?,
        province: ProvinceCode::parse(facts.province).map_err(unfit)?,
        region: RegionCode::parse(facts.region).map_err(unfit)?,
        istat: facts.istat.map(Line::parse).transpose().map_err(unfit)?,
        validity: Period::parse(day(1861, 3, 17), None).map_err(unfit)?,
        successor: None,
        population: Some(population),
        area: Some(Figure::whole(facts.area)),
        altitude: Some(AltitudeZone::Plain),
        invented: facts.istat.is_none(),
    })
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use traguardo_domain::registry::{ClassScheme, Registry, class_of};

    use super::*;

    #[test]
    fn the_invented_comuni_say_so_and_none_has_a_code_a_comune_can_have() {
        let entries = invented().unwrap();
        assert!(entries.len() >= 300);
        for entry in &entries {
            assert!(entry.invented && entry.name.as_str().starts_with("Comune inventato "), "{}", entry.code);
            assert!(entry.code.to_string().starts_with('Z'), "{}", entry.code);
            assert!(!super::super::COMUNI.iter().any(|facts| facts.code == entry.code.to_string()));
        }
    }

    #[test]
    fn they_stand_in_many_regions_in_the_classes_people_live_in_and_some_have_merged() {
        let registry = Registry::new(None, invented().unwrap());
        let today = day(2026, 3, 1);
        let regions: BTreeSet<&str> = registry.on(today).map(|entry| entry.region.as_str()).collect();
        assert!(regions.len() >= 15, "{regions:?}");
        for class in 1..=8_u8 {
            let of_class = registry.on(today).filter(|entry| {
                entry.population.is_some_and(|found| class_of(ClassScheme::Tuel156, found.residents) == class)
            });
            assert!(of_class.count() >= 10, "class {class}");
        }
        let ended = registry.entries().iter().filter(|entry| entry.successor.is_some());
        assert!(ended.clone().count() >= 4);
        for entry in ended {
            assert!(registry.current(entry.code, today).is_some(), "{}", entry.code);
        }
    }
}
