//! What is still found wrong when a report is made: of the plan itself, and of how its year was followed.

use serde::{Deserialize, Serialize};

use super::made::Material;
use super::{AssignmentLine, ObjectiveLine};
use crate::review::{Context, FindingCode, Severity, review};
use crate::score::{Outcome, Why};

/// A finding, as a report lists it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportFinding {
    /// Its code.
    pub code: FindingCode,
    /// How grave it is.
    pub severity: Severity,
    /// Where: a pointer into the plan, or into the report.
    pub pointer: String,
    /// In words.
    pub message: String,
}

/// Everything found: what the plan still has, variations after their term, what was due and never measured.
pub(super) fn of(material: &Material<'_>, objectives: &[ObjectiveLine]) -> Vec<ReportFinding> {
    let of_the_plan =
        review(material.document, &Context::default()).into_iter().map(|finding| ReportFinding {
            code: finding.code,
            severity: finding.severity,
            pointer: finding.place.pointer,
            message: finding.message,
        });
    let mut found: Vec<ReportFinding> = of_the_plan.collect();
    found.extend(late_variations(material));
    found.extend(unmeasured(objectives));
    found
}

/// C11: variations adopted after the last day the rulebook allows.
fn late_variations(material: &Material<'_>) -> Vec<ReportFinding> {
    let Some(until) = material.rulebook.last_day_of_variations(material.document.plan.facts.year) else {
        return Vec::new();
    };
    let late = material.variations.iter().enumerate().filter(|(_, one)| one.act.date > until);
    late.map(|(index, one)| ReportFinding {
        code: FindingCode::VariationsInTime,
        severity: FindingCode::VariationsInTime.severity(),
        pointer: format!("/variations/{index}"),
        message: format!(
            "La variazione {} è stata adottata il {}, dopo il termine del {until}.",
            one.version, one.act.date
        ),
    })
    .collect()
}

/// C09: objectives that the report has to list without saying what became of them.
fn unmeasured(objectives: &[ObjectiveLine]) -> Vec<ReportFinding> {
    // What is missing may count as nothing achieved: the result alone does not tell it from a zero.
    let missing = Outcome::Absent { why: Why::Missing };
    let unsaid = |one: &AssignmentLine| {
        let lines = || one.measured.iter();
        let due = one.result.outcome == missing || lines().any(|line| line.result.outcome == missing);
        due && lines().all(|line| line.value.is_none())
    };
    let silent = |line: &ObjectiveLine| line.assignments.is_empty() || line.assignments.iter().any(unsaid);
    let silent = objectives.iter().enumerate().filter(|(_, line)| silent(line));
    silent
        .map(|(index, line)| ReportFinding {
            code: FindingCode::ReportComplete,
            severity: FindingCode::ReportComplete.severity(),
            pointer: format!("/objectives/{index}"),
            message: if line.assignments.is_empty() {
                format!("«{}» non è assegnato a nessuna struttura: non ha un risultato.", line.title)
            } else {
                format!("Di «{}» non è stato inserito nessun valore.", line.title)
            },
        })
        .collect()
}
