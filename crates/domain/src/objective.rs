//! Objectives: what a comune sets out to do, with everything that says how it will be known. An objective is written and
//! versioned whole: its assignments, phases and indicators are parts of it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::assignment::Assignment;
use crate::deadline::Deadline;
use crate::fault::{FaultKind, Refused};
use crate::indicator::Indicator;
use crate::phase::Phase;
use crate::said::Said;
use crate::text::{Code, ExternalId, Line, Text};
use crate::version::{Version, Versioned};
use crate::vocabulary::vocabulary;

mod card;
mod rules;

pub use card::Card;

/// The id of an objective.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ObjectiveId(pub Uuid);

vocabulary! {
    /// What an objective is; it may be several at once.
    ObjectiveKind, "Tipo di obiettivo: strategico, operativo, trasversale, obbligatorio di legge, di mantenimento, di sviluppo, individuale, comune a tutto il personale." {
        /// Strategico.
        Strategic = "strategic",
        /// Operativo.
        Operational = "operational",
        /// Trasversale: of several structures.
        Transversal = "transversal",
        /// Obbligatorio di legge.
        ByLaw = "by_law",
        /// Di mantenimento.
        Maintenance = "maintenance",
        /// Di sviluppo.
        Development = "development",
        /// Individuale.
        Individual = "individual",
        /// Comune a tutto il personale.
        Common = "common",
    }
}

vocabulary! {
    /// The areas of organisational performance (legislative decree 150 of 2009, art. 8).
    Art8Area, "Ambito di performance organizzativa (D.Lgs. 150/2009, art. 8, lettere a-h)." {
        /// Letter a: policies against the needs of the community.
        Policies = "a",
        /// Letter b: plans and programmes realised.
        Plans = "b",
        /// Letter c: satisfaction of users.
        Satisfaction = "c",
        /// Letter d: modernisation and competences.
        Modernisation = "d",
        /// Letter e: relations with citizens.
        Relations = "e",
        /// Letter f: efficiency in the use of means.
        Efficiency = "f",
        /// Letter g: quality and quantity of services.
        Services = "g",
        /// Letter h: equal opportunities.
        EqualOpportunities = "h",
    }
}

/// The budget programme an objective draws on, as the plan prints it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ProgrammeLink {
    /// Mission and programme (`01.02`), when the words name one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<ProgrammeCode>,
    /// What the plan calls it; not always a programme of the budget.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Line<300>>,
}

/// Mission and programme of a budget (legislative decree 118 of 2011): two digits, a point, two digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct ProgrammeCode(String);

impl ProgrammeCode {
    /// Reads a code.
    ///
    /// # Errors
    /// When it is not two digits, a point and two digits.
    pub fn parse(text: &str) -> Result<Self, Refused> {
        let digits = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        match text.split_once('.') {
            Some((mission, programme)) if digits(mission) && digits(programme) => Ok(Self(text.to_owned())),
            Some(_) | None => {
                let detail = "Missione e programma: due cifre, un punto, due cifre.";
                Err(Refused::new(FaultKind::Malformed, detail))
            }
        }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<ProgrammeCode> for String {
    fn from(code: ProgrammeCode) -> Self {
        code.0
    }
}

impl TryFrom<String> for ProgrammeCode {
    type Error = Refused;

    fn try_from(text: String) -> Result<Self, Refused> {
        Self::parse(&text)
    }
}

/// One way of carrying an objective out, with its own times.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// How.
    pub how: Text<4000>,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Said<Deadline>>,
}

/// What a caller says of an objective.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectiveFacts {
    /// The key an integrating program has for it, unique in its plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<ExternalId>,
    /// The code the plan prints: `6`, `7/SA`. Real plans miss it, repeat it and get it wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<Line<60>>,
    /// What is to be done, in a line.
    pub title: Line<1000>,
    /// What it is; several at once, or unsaid.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub kinds: BTreeSet<ObjectiveKind>,
    /// More words on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Text<20_000>>,
    /// What for (*finalità*).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purpose: Option<Text<4000>>,
    /// Who gains from it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stakeholders: Option<Text<4000>>,
    /// What it is expected to change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected_impact: Option<Text<4000>>,
    /// What it is expected to bring.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected_result: Option<Text<4000>>,
    /// How it will be done, each way with its own times.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Step>,
    /// By when, as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Said<Deadline>>,
    /// The budget programmes it draws on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub programmes: Vec<ProgrammeLink>,
    /// The operational objective of the DUP it comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dup_objective: Option<Line<500>>,
    /// The strategic line of the mandate it serves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub strategic_line: Option<Line<500>>,
    /// The investment projects it belongs to (CUP), as they are printed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cup: Vec<Line<40>>,
    /// The laws it comes from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub laws: Vec<Line<300>>,
    /// The areas of performance it belongs to.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub areas: BTreeSet<Art8Area>,
    /// The code of the shared objective it follows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template: Option<Code>,
    /// The version of it that was adopted; absent where the plan says it follows it and nobody bound it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template_version: Option<i32>,
    /// The objective of the year before that it goes on with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub continues: Option<ObjectiveId>,
    /// What else is to be said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<Text<4000>>,
    /// The units it is assigned to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assignments: Vec<Assignment>,
    /// Its steps.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub phases: Vec<Phase>,
    /// What is measured of it as a whole.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub indicators: Vec<Indicator>,
}

/// An objective of a plan, whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objective {
    /// Its id.
    pub id: ObjectiveId,
    /// What is said of it.
    #[serde(flatten)]
    pub facts: ObjectiveFacts,
    /// Grows at every change of it or of a part of it; no part of the plan's content.
    #[serde(skip, default = "Version::first")]
    pub version: Version,
}

impl Versioned for Objective {
    type Facts = ObjectiveFacts;

    fn facts(&self) -> &ObjectiveFacts {
        &self.facts
    }

    fn version(&self) -> Version {
        self.version
    }
}
