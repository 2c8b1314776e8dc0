//! The review of a plan: what is wrong in it, what is missing, and what the law asks of it. A pure function of the document
//! and of the few facts a document does not say; nothing is corrected here, everything is proposed.

use chrono::NaiveDate;
use serde::Serialize;

mod areas;
mod code;
mod completeness;
mod compliance;
mod copies;
mod finding;
mod links;
mod measurability;
mod numbering;
mod outline;
mod parts;
mod targets;
mod themes;
mod times;
mod training;
mod weights;
mod words;

#[cfg(test)]
mod tests;

pub use code::{FindingCode, Severity};
pub use finding::{Finding, Place, Suggestion, reading_order};

use crate::plan::document::PlanDocument;
use outline::Outline;

/// What the document does not say and some rules ask; `None` where it is not known, and then those rules are silent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Context {
    /// The day the Giunta approved the plan.
    pub approved_on: Option<NaiveDate>,
    /// The day by which the law lets the budget of the plan's year be approved, when it was put off.
    pub budget_deadline: Option<NaiveDate>,
}

/// Everything found in a plan, in the order of the document; equal documents give equal findings.
///
/// Rows that lost a column (`E19`), headings read as rows (`E23`) and figures that do not follow from each other (`E25`) can
/// only be seen while a file is imported, and the checks on results, reports and publication (`C06`, `C09` to `C14`) only once
/// there are some: none of them is ever found here.
#[must_use]
pub fn review(document: &PlanDocument, context: &Context) -> Vec<Finding> {
    let outline = Outline::of(document);
    let mut remarks = Vec::new();
    times::review(&outline, &mut remarks);
    weights::review(&outline, &mut remarks);
    numbering::review(&outline, &mut remarks);
    areas::review(&outline, &mut remarks);
    completeness::review(&outline, &mut remarks);
    targets::review(&outline, &mut remarks);
    parts::review(&outline, &mut remarks);
    measurability::review(&outline, &mut remarks);
    links::review(&outline, &mut remarks);
    words::review(&outline, &mut remarks);
    copies::review(&outline, &mut remarks);
    compliance::review(&outline, *context, &mut remarks);
    finding::settle(document, remarks)
}
