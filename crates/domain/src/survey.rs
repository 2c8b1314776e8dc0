//! Surveys of what users think of a service: how many answered what on which scale. Answers are counted, never who gave them.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::fault::Fault;
use crate::measurement::Span;
use crate::register::{Entry, Register};
use crate::text::{ExternalId, Line};
use crate::unit::UnitId;

mod checks;
mod figures;
mod scale;
#[cfg(test)]
mod tests;

pub use figures::figures;
pub use scale::AnswerScale;

/// How many gave one answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerCount {
    /// The point of the scale.
    pub point: i16,
    /// How many chose it.
    pub count: u32,
}

/// A survey on one service in one period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SurveyEntry {
    /// The key its own program has for it.
    pub key: ExternalId,
    /// The service.
    pub service: Line<300>,
    /// The structure in charge of the service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// The days on which users were asked.
    pub period: Span,
    /// The scale of the overall judgement.
    pub scale: AnswerScale,
    /// How many were invited to answer, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invited: Option<u32>,
    /// How many gave which overall judgement; a point that is not here was chosen by nobody.
    pub answers: Vec<AnswerCount>,
    /// The day it was concluded; none while it is under way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub concluded: Option<NaiveDate>,
    /// Where the report on it is kept, once there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report: Option<Line<2000>>,
}

impl SurveyEntry {
    /// The most answers to one point, and the most invited.
    pub const MOST_ANSWERS: u32 = 10_000_000;

    /// How many answered.
    #[must_use]
    pub fn respondents(&self) -> u64 {
        self.answers.iter().map(|answer| u64::from(answer.count)).fold(0, u64::saturating_add)
    }
}

impl Entry for SurveyEntry {
    const REGISTER: Register = Register::Surveys;

    fn key(&self) -> &ExternalId {
        &self.key
    }

    /// From the day users were first asked to the day it was concluded.
    fn matters(&self) -> (NaiveDate, Option<NaiveDate>) {
        (self.period.from, self.concluded)
    }

    fn unit(&self) -> Option<UnitId> {
        self.unit
    }

    fn faults(&self) -> Vec<Fault> {
        checks::faults_of(self)
    }
}
