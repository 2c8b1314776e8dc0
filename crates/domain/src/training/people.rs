//! Persons as their entries make them: what was asked of each in a year, and what each did, as far as is known on a day.

use std::collections::{BTreeMap, HashSet};

use chrono::{Datelike as _, NaiveDate};
use rust_decimal::Decimal;

use super::{Course, PersonKey, TrainingEntry, year_in, year_of};
use crate::feeder::Proration;
use crate::law::Dated;
use crate::register::Entry as _;
use crate::unit::UnitId;

/// One person, as seen on a day.
#[derive(Clone)]
pub(super) struct Person<'e> {
    entries: Vec<&'e TrainingEntry>,
    on: NaiveDate,
}

/// A part of the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part {
    /// So many.
    pub(super) of: u32,
    /// Of so many.
    pub(super) out_of: u32,
}

/// The persons who had begun to serve by a day, in the entries of its year in the structures `holds` says.
pub(super) fn people(
    entries: &[TrainingEntry],
    on: NaiveDate,
    holds: impl Fn(Option<UnitId>) -> bool,
) -> Vec<Person<'_>> {
    let mut persons: BTreeMap<&PersonKey, Vec<&TrainingEntry>> = BTreeMap::new();
    let of_year = |entry: &&TrainingEntry| i32::from(entry.year.number()) == year_in(on);
    for entry in entries.iter().filter(of_year).filter(|entry| entry.service_from <= on) {
        if holds(entry.unit()) {
            persons.entry(&entry.person).or_default().push(entry);
        }
    }
    persons.into_values().map(|entries| Person { entries, on }).collect()
}

impl<'e> Person<'e> {
    /// Whether the person is in service.
    pub(super) fn serves(&self) -> bool {
        self.entries.iter().any(|entry| entry.serves_on(self.on))
    }

    fn courses(&self) -> impl Iterator<Item = &'e Course> {
        self.entries.iter().flat_map(|entry| &entry.courses)
    }

    /// The courses that count.
    pub(super) fn counted(&self) -> impl Iterator<Item = &'e Course> {
        let on = self.on;
        self.courses().filter(move |course| course.counts_on(on))
    }

    /// Whether hours are left out because there is no certificate of them.
    pub(super) fn lacks_certificates(&self) -> bool {
        let over = |course: &Course| course.concluded.is_some_and(|day| day <= self.on);
        self.courses().any(|course| over(course) && !course.certified)
    }

    /// The hours that count; none when they do not fit.
    pub(super) fn hours(&self) -> Option<Decimal> {
        self.counted().try_fold(Decimal::ZERO, |sum, course| sum.checked_add(course.hours.number()))
    }

    /// The hours asked of a whole year: of the work the person is in service for, and of the more demanding when that is several.
    pub(super) fn threshold(&self) -> Option<&'static Dated> {
        let serving = self.entries.iter().filter(|entry| entry.serves_on(self.on));
        serving.filter_map(|entry| entry.role.threshold(year_in(self.on))).max_by_key(|dated| dated.figure())
    }

    /// The part of the year for which hours are asked.
    pub(super) fn part(&self, proration: Proration) -> Part {
        match proration {
            Proration::Nothing => Part { of: 1, out_of: 1 },
            Proration::Months => {
                let months: HashSet<u32> = self.present().map(|day| day.month()).collect();
                Part { of: count(months.len()), out_of: 12 }
            }
            Proration::Days => {
                let year = year_of(year_in(self.on));
                Part { of: count(self.present().count()), out_of: year.to.ordinal() }
            }
        }
    }

    /// The days of the year in which the person serves and is not away for long. Who left later than the day it is seen from has
    /// not left yet.
    fn present(&self) -> impl Iterator<Item = NaiveDate> {
        let year = year_of(year_in(self.on));
        year.from.iter_days().take_while(move |day| *day <= year.to).filter(|day| {
            self.entries.iter().any(|entry| {
                let left = entry.service_to.filter(|last| *last < self.on);
                let away = entry.absences.iter().filter(|absence| absence.from <= self.on);
                entry.service_from <= *day
                    && left.is_none_or(|last| *day <= last)
                    && !away.into_iter().any(|absence| absence.from <= *day && *day <= absence.to)
            })
        })
    }

    /// Whether any hours are asked of the person: there is a threshold for the work, and a part of the year it is asked for. Of
    /// whom nothing is asked it cannot be said that it was reached.
    pub(super) fn is_asked(&self, proration: Proration) -> bool {
        self.threshold().and_then(Dated::figure).is_some() && self.part(proration).of > 0
    }

    /// Whether the person has the hours asked for that part of the year; none when no threshold is, or when the hours do not fit.
    pub(super) fn reaches(&self, proration: Proration) -> Option<bool> {
        let asked = self.threshold()?.figure()?.number();
        let Part { of, out_of } = self.part(proration);
        let done = self.hours()?.checked_mul(Decimal::from(out_of))?;
        Some(done >= asked.checked_mul(Decimal::from(of))?)
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
