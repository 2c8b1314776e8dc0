//! Training: what each person who works for a comune did in a year, under a pseudonym. No name, no tax code: the comune alone
//! knows who is who, and what is told is told of five persons or more.

use chrono::{Datelike as _, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::fault::Fault;
use crate::figure::Figure;
use crate::law::{Dated, ParameterName, figure};
use crate::measurement::Span;
use crate::period::Year;
use crate::register::{Entry, Register};
use crate::text::{ExternalId, Line};
use crate::unit::UnitId;
use crate::vocabulary::vocabulary;

mod checks;
mod figures;
mod groups;
mod people;
mod person_key;
#[cfg(test)]
mod tests;

pub use figures::{figures, on_syllabus};
pub use groups::Groups;
pub use person_key::PersonKey;

vocabulary! {
    /// What work the hours asked of a person depend on.
    TrainingRole, "Da quale lavoro dipende la soglia di ore di formazione: in generale, oppure Polizia locale." {
        /// Whatever else.
        General = "general",
        /// The local police.
        LocalPolice = "local_police",
    }
}

impl TrainingRole {
    /// The hours asked of each person in a year, and where that is written; none before anybody asked for any.
    #[must_use]
    pub fn threshold(self, year: i32) -> Option<&'static Dated> {
        let parameter = match self {
            Self::General => ParameterName::TrainingHours,
            Self::LocalPolice => ParameterName::LocalPoliceTrainingHours,
        };
        figure(parameter, year)
    }
}

/// A course a person attended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Course {
    /// What it is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Line<200>>,
    /// How many hours.
    pub hours: Figure,
    /// Whether there is a certificate of it: without one the hours do not count.
    pub certified: bool,
    /// The day it was concluded; none while it is under way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub concluded: Option<NaiveDate>,
    /// Whether it is one of the national platform Syllabus.
    #[serde(default)]
    pub syllabus: bool,
}

impl Course {
    /// The most hours of one course.
    pub const MOST_HOURS: i32 = 1_000;

    /// Whether it counts, as things stand on a day: concluded by then, and with a certificate.
    #[must_use]
    pub fn counts_on(&self, day: NaiveDate) -> bool {
        self.certified && self.concluded.is_some_and(|concluded| concluded <= day)
    }
}

/// What one person did in one year in one structure. Who changed structure has an entry in each; who did no course has one
/// without courses, or would not be counted among those of whom hours are asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrainingEntry {
    /// The key its own program has for it.
    pub key: ExternalId,
    /// The pseudonym of the person.
    pub person: PersonKey,
    /// The year.
    pub year: Year,
    /// The structure the person works in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// What the hours asked depend on.
    pub role: TrainingRole,
    /// The first day of service in the year.
    pub service_from: NaiveDate,
    /// The last day of service in the year; none while it goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_to: Option<NaiveDate>,
    /// When the person was away for long; why is not kept.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub absences: Vec<Span>,
    /// The courses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub courses: Vec<Course>,
}

impl TrainingEntry {
    /// The most courses of a person in a year.
    pub const MOST_COURSES: usize = 200;
    /// The most absences of a person in a year.
    pub const MOST_ABSENCES: usize = 24;

    /// The days of its year.
    #[must_use]
    pub fn days(&self) -> Span {
        year_of(i32::from(self.year.number()))
    }

    /// Whether the person is in service on a day, as far as is known on that day.
    #[must_use]
    pub fn serves_on(&self, day: NaiveDate) -> bool {
        self.service_from <= day && self.service_to.is_none_or(|last| day <= last)
    }
}

/// The days of a year.
fn year_of(year: i32) -> Span {
    let day = |month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
    Span { from: day(1, 1), to: day(12, 31) }
}

/// The year a day is in.
fn year_in(day: NaiveDate) -> i32 {
    day.year()
}

impl Entry for TrainingEntry {
    const REGISTER: Register = Register::Training;

    fn key(&self) -> &ExternalId {
        &self.key
    }

    fn matters(&self) -> (NaiveDate, Option<NaiveDate>) {
        let Span { from, to } = self.days();
        (from, Some(to))
    }

    fn unit(&self) -> Option<UnitId> {
        self.unit
    }

    fn faults(&self) -> Vec<Fault> {
        checks::faults_of(self)
    }
}
