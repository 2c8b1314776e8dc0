//! The registry of all Italian comuni: public identity facts, whether they use this service or not, with the days they hold and
//! what comuni that ended went on in. Groups for comparison are made of it.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::comune::{ComuneCode, Population, ProvinceCode, RegionCode};
use crate::figure::Figure;
use crate::period::Period;
use crate::text::Line;
use crate::vocabulary::vocabulary;

mod check;
mod classes;
mod likeness;
mod regions;

pub use check::contradictions;
pub use classes::{Class, class, class_of, classes};
pub use likeness::{Feature, Like, MOST_ALIKE, Trait};
pub use regions::region_name;

vocabulary! {
    /// How high and how far from the sea a comune lies (ISTAT).
    AltitudeZone, "Zona altimetrica ISTAT: montagna interna, montagna litoranea, collina interna, collina litoranea, pianura." {
        /// Inner mountain.
        InnerMountain = "inner_mountain",
        /// Coastal mountain.
        CoastalMountain = "coastal_mountain",
        /// Inner hill.
        InnerHill = "inner_hill",
        /// Coastal hill.
        CoastalHill = "coastal_hill",
        /// Plain.
        Plain = "plain",
    }
}

vocabulary! {
    /// The ways the law cuts comuni into classes by their residents.
    ClassScheme, "Schema di classi demografiche: art. 156 del TUEL (12 classi), DM 17 marzo 2020 (9 classi)." {
        /// Art. 156 of the TUEL: twelve classes.
        Tuel156 = "tuel_156",
        /// Ministerial decree of 17 March 2020: nine classes.
        Dm2020 = "dm_2020",
    }
}

/// A comune as the registry has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// Its cadastral code.
    pub code: ComuneCode,
    /// Its name.
    pub name: Line<100>,
    /// Its province.
    pub province: ProvinceCode,
    /// Its region.
    pub region: RegionCode,
    /// Its ISTAT code in these days.
    pub istat: Option<Line<6>>,
    /// The days these facts hold.
    pub validity: Period,
    /// The comune it went on in, when it ended.
    pub successor: Option<ComuneCode>,
    /// Residents.
    pub population: Option<Population>,
    /// Square kilometres.
    pub area: Option<Figure>,
    /// How high it lies.
    pub altitude: Option<AltitudeZone>,
    /// Whether it is made up, for demonstrations.
    pub invented: bool,
}

/// An edition of the registry: what was loaded, from where. It is the version of every group made of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edition {
    /// Its number, from 1.
    pub number: i32,
    /// When it was loaded.
    pub loaded_at: chrono::DateTime<chrono::Utc>,
    /// Where it comes from.
    pub source: Line<300>,
    /// The day it tells the state of.
    pub state_on: NaiveDate,
    /// How many lines it has.
    pub entries: i32,
}

/// The registry as it was loaded: every comune with the days its facts hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registry {
    edition: Option<Edition>,
    /// By code, and then by first day.
    entries: Vec<Entry>,
}

impl Registry {
    /// How many lines a registry may have: all comuni, and room for those that were.
    pub const MAX: usize = 20_000;

    /// A registry of these entries; no edition, where none was loaded.
    #[must_use]
    pub fn new(edition: Option<Edition>, mut entries: Vec<Entry>) -> Self {
        entries.sort_by_key(|entry| (entry.code, entry.validity.from()));
        Self { edition, entries }
    }

    /// What was loaded, and from where.
    #[must_use]
    pub const fn edition(&self) -> Option<&Edition> {
        self.edition.as_ref()
    }

    /// The number of the edition; 0 where nothing was loaded.
    #[must_use]
    pub fn number(&self) -> i32 {
        self.edition.as_ref().map_or(0, |edition| edition.number)
    }

    /// Every entry, by code and then by first day.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The comuni that are there on a day, one entry each, by code.
    pub fn on(&self, day: NaiveDate) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(move |entry| entry.validity.holds(day))
    }

    /// Everything said of one comune, by first day.
    #[must_use]
    pub fn history(&self, code: ComuneCode) -> &[Entry] {
        let begin = self.entries.partition_point(|entry| entry.code < code);
        let end = self.entries.partition_point(|entry| entry.code <= code);
        self.entries.get(begin..end).unwrap_or_default()
    }

    /// The last that is said of a comune, be it still there or not.
    #[must_use]
    pub fn find(&self, code: ComuneCode) -> Option<&Entry> {
        self.history(code).last()
    }

    /// What is said of a comune on a day, if it is there.
    #[must_use]
    pub fn find_on(&self, code: ComuneCode, day: NaiveDate) -> Option<&Entry> {
        self.history(code).iter().find(|entry| entry.validity.holds(day))
    }

    /// The comune that is there on a day where this one was: itself, or the one it went on in, however many times removed.
    #[must_use]
    pub fn current(&self, code: ComuneCode, day: NaiveDate) -> Option<&Entry> {
        let mut passed = BTreeSet::new();
        let mut code = code;
        while passed.insert(code) {
            if let Some(entry) = self.find_on(code, day) {
                return Some(entry);
            }
            let ended = self.history(code).iter().rev().find(|entry| entry.validity.from() <= day)?;
            code = ended.successor?;
        }
        None
    }
}

#[cfg(test)]
mod tests;
