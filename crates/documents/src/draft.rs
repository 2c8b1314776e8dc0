//! Drafts: a plan as far as it was understood from a source. Every value says where it was found and in which words; every line
//! of the source says what became of it; what is wrong is told, and nothing is corrected unless someone asks.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use traguardo_domain::comune::ComuneCode;
use traguardo_domain::digest::Digest;
use traguardo_domain::period::Year;
use traguardo_domain::plan::document::PlanDocument;
use traguardo_domain::reading::Confidence;
use traguardo_domain::review::{FindingCode, Severity};

use crate::detect::Proposal;
use crate::gathered::Use;
use crate::source::{SourceFormat, SourceRemark, Spot};

mod accounts;
mod assemble;
mod assignments;
mod codes;
mod desk;
mod findings;
mod fit;
mod kinds;
mod leftovers;
mod links;
mod objectives;
mod parts;
mod plan;
mod rows;
mod sections;
mod settle;
mod spill;
mod staff;
mod units;

pub use assemble::{DraftRequest, assemble};
pub use plan::from_plan;
pub use settle::{Settlement, settle};

/// Where a value of the draft was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trace {
    /// Pointer into the draft's document (RFC 6901).
    pub pointer: String,
    /// Where its words begin.
    pub spot: Spot,
    /// Where they go on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub more: Vec<Spot>,
    /// The words, as they stand there.
    pub words: String,
    /// How sure the reading is: that the words are this value, and of what they mean.
    pub confidence: Confidence,
}

/// What became of one line of the source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineAccount {
    /// The line; its column is the first with something in it.
    pub spot: Spot,
    /// What became of it.
    pub became: Use,
    /// Its words, when they are in nothing else of the draft.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
}

/// How a finding stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingState {
    /// Nobody has decided.
    Open,
    /// Its suggestion was applied, or something else written in its place.
    Settled,
    /// Somebody decided to leave it.
    Dismissed,
}

/// What is wrong in a draft, or was on the way to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftFinding {
    /// Its name in this draft: the same as long as it is about the same words in the same place.
    pub id: String,
    /// The rule.
    pub code: FindingCode,
    /// How grave it is here.
    pub severity: Severity,
    /// Pointer into the draft's document; empty for the plan as a whole, or for what is in none of its values.
    pub pointer: String,
    /// Where in the source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spot: Option<Spot>,
    /// The words found wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// What is wrong, in Italian.
    pub message: String,
    /// The law the rule comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub law: Option<String>,
    /// What may be done, or written instead, in Italian.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<String>,
    /// Whether the suggestion is words that may be written in place of those found; otherwise it is advice.
    #[serde(default)]
    pub replacement: bool,
    /// Whether the suggestion may take the place of the words without anyone's judgement.
    pub safe: bool,
    /// Whether only reading the source could show it: a new review of the plan does not look for it again.
    #[serde(default)]
    pub read: bool,
    /// How it stands.
    pub state: FindingState,
    /// Why it was left, when it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// How many of each kind a draft has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Structures.
    pub units: usize,
    /// Posts of the staff tables.
    pub posts: usize,
    /// Sections.
    pub sections: usize,
    /// Objectives.
    pub objectives: usize,
    /// Assignments.
    pub assignments: usize,
    /// Phases.
    pub phases: usize,
    /// Indicators of objectives and of phases.
    pub indicators: usize,
    /// Values with a place in the source.
    pub values: usize,
}

/// What the import of a source came to: enough to say later what was read, and that nothing was lost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    /// The comune.
    pub comune: ComuneCode,
    /// The plan's year.
    pub year: Year,
    /// The digest of the source's bytes.
    pub digest: Digest,
    /// The form the source came in.
    pub format: SourceFormat,
    /// The encoding of its text.
    pub encoding: String,
    /// The profile it was read with.
    pub profile: String,
    /// The profiles that were tried, the best first; none when one was named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub proposals: Vec<Proposal>,
    /// How many of each kind.
    pub counts: Counts,
    /// How many lines came to what; their sum is `lines_in`.
    pub lines: BTreeMap<String, usize>,
    /// How many lines the source has.
    pub lines_in: usize,
    /// What is to be told of the file itself: what its lines cannot show.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<SourceRemark>,
    /// The share of the lines with something in them that were understood: a decimal from `0` to `1`.
    pub coverage: String,
    /// How many findings of each code.
    pub findings_by_code: BTreeMap<FindingCode, usize>,
    /// The findings.
    pub findings: Vec<DraftFinding>,
}

/// A plan as far as it was understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The plan.
    pub document: PlanDocument,
    /// Where its values were found, in the order of the document.
    pub traces: Vec<Trace>,
    /// What became of every line of the source, in order.
    pub lines: Vec<LineAccount>,
    /// What it came to.
    pub certificate: Certificate,
}

#[cfg(test)]
mod tests;
