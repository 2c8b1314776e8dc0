//! The report (*relazione sulla performance*): what became of a plan, objective by objective. It is made by walking the sealed
//! plan in its order, so that none of its objectives can be missing.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::act::Act;
use crate::assignment::AssignmentId;
use crate::comune::ComuneCode;
use crate::digest::Digest;
use crate::objective::ObjectiveId;
use crate::period::Year;
use crate::plan::{PlanId, PlanKind};
use crate::rulebook::EditionRef;
use crate::said::Words;
use crate::score::{Judgement, NodeKind, Outcome};
use crate::text::Code;
use crate::unit::UnitId;
use crate::vocabulary::vocabulary;

mod findings;
mod lines;
mod made;
#[cfg(test)]
mod tests;

pub use findings::ReportFinding;
pub use made::{Material, Variation, report};

vocabulary! {
    /// The form of a report: grows when a reader of the one before could not read it.
    ReportFormat, "Forma della relazione." {
        /// The first.
        V1 = "traguardo.report.v1",
    }
}

/// What became of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Its form.
    pub format: ReportFormat,
    /// Whose it is.
    pub comune: ComuneCode,
    /// Of which plan.
    pub plan: PlanId,
    /// Of which year.
    pub year: Year,
    /// The nature of the plan.
    pub kind: PlanKind,
    /// The title of the plan.
    pub title: String,
    /// The version of the plan it mirrors.
    pub plan_version: i32,
    /// The digest of that version.
    pub plan_digest: Digest,
    /// The rulebook the results were computed by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rulebook: Option<EditionRef>,
    /// What that rulebook is called.
    pub rulebook_title: String,
    /// The day up to which everything known counts.
    pub at: NaiveDate,
    /// Whether the evaluation body certified the results.
    pub certified: bool,
    /// What the comune reached.
    pub result: ResultLine,
    /// What each structure that has something assigned reached, in the order of the plan.
    pub units: Vec<UnitLine>,
    /// Every objective of the plan, in its order.
    pub objectives: Vec<ObjectiveLine>,
    /// The variations made during the year.
    pub variations: Vec<VariationLine>,
    /// What somebody decided nobody here answers for.
    pub sterilisations: Vec<SterilisationLine>,
    /// What is still found wrong.
    pub findings: Vec<ReportFinding>,
}

/// What something reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultLine {
    /// What came of it, after judgement.
    pub outcome: Outcome,
    /// As people are shown it, with two places; none where there is no result.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown: Option<String>,
    /// How far it is from all of it, with two places.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deviation: Option<String>,
    /// The degree of achievement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub band: Option<Code>,
    /// What that degree is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub band_label: Option<String>,
    /// In words, why there is no result.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub absence: Option<String>,
}

/// A structure and what it reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitLine {
    /// Which.
    pub id: UnitId,
    /// Its code.
    pub code: Code,
    /// Its name.
    pub name: String,
    /// How many objectives are assigned at or below it.
    pub assigned: usize,
    /// How many of them count in its result.
    pub counted: usize,
    /// What they weigh together, whether they count or not: a hundred, where the plan's weights close.
    pub weight: String,
    /// What it reached.
    pub result: ResultLine,
}

/// An objective and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectiveLine {
    /// Which.
    pub id: ObjectiveId,
    /// The code the plan prints.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// What was to be done.
    pub title: String,
    /// In each structure it is assigned to; nowhere, where the plan assigns it to none.
    pub assignments: Vec<AssignmentLine>,
}

/// An objective in a structure and what became of it there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssignmentLine {
    /// Which.
    pub id: AssignmentId,
    /// In which structure.
    pub unit: UnitId,
    /// The name of the structure, as of the plan's year.
    pub unit_name: String,
    /// Who answers for it, a role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub responsible: Option<String>,
    /// What it weighs there, in numbers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<String>,
    /// What it reached.
    pub result: ResultLine,
    /// What it was computed to have reached, where something else was decided or confirmed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub computed: Option<ResultLine>,
    /// What was decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub judgement: Option<Judgement>,
    /// Its phases and indicators, each with what was measured.
    pub measured: Vec<MeasuredLine>,
}

/// A phase or an indicator and what was measured of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeasuredLine {
    /// What it is.
    pub kind: NodeKind,
    /// Which.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<uuid::Uuid>,
    /// What it is called.
    pub label: String,
    /// What was expected, in the words of the plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<Words>,
    /// What was measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<crate::measurement::Value>,
    /// What it reached.
    pub result: ResultLine,
}

/// A variation of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VariationLine {
    /// The version it made.
    pub version: i32,
    /// The act it was adopted by.
    pub act: Act,
    /// When it was sealed.
    pub sealed_at: DateTime<Utc>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What changed, object by object, in a line each.
    pub changes: Vec<String>,
}

/// Something nobody here answers for, and what followed from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SterilisationLine {
    /// Of which assignment.
    pub assignment: AssignmentId,
    /// What was to be done.
    pub title: String,
    /// In which structure.
    pub unit_name: String,
    /// The judgement, with its effect and its cause.
    pub judgement: Judgement,
}
