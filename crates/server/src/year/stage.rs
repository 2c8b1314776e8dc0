//! Where a year is played: before people who read its steps, or before a test that moves the clock and tries the wrong roles.

use chrono::NaiveDate;
use serde_json::Value;
use traguardo_domain::ComuneCode;
use traguardo_domain::role::Role;

/// Something that is about to be asked of the service.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// Of which comune.
    pub comune: ComuneCode,
    /// By whom.
    pub role: Role,
    /// How.
    pub method: &'a str,
    /// Below the comune.
    pub path: &'a str,
    /// What the caller says it knows of what it changes.
    pub if_match: Option<&'a str>,
    /// With what.
    pub body: &'a Value,
}

/// A step of the year, and what came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Came<'a> {
    /// It was made now: this came of it.
    Of(&'a str),
    /// It was made before, and stands.
    Stands,
}

/// Who watches a year being played, and keeps its calendar.
pub trait Stage {
    /// The year comes to a day. Gives the day the service is told it is: this one where its clock can be moved, else today.
    fn comes_to(&mut self, day: NaiveDate) -> NaiveDate;

    /// Something that writes is about to be asked.
    fn asks(&mut self, asked: &Asked<'_>);

    /// A step was made, or stands already.
    fn made(&mut self, comune: ComuneCode, step: &str, came: Came<'_>);
}
