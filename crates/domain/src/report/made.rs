//! How a report is made: from the sealed plan, the rulebook and what is known of the results.

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;

use super::lines::Lines;
use super::{ObjectiveLine, Report, ReportFormat, SterilisationLine, UnitLine, VariationLine, findings};
use crate::act::Act;
use crate::digest::Digest;
use crate::objective::Objective;
use crate::plan::diff::{Change, ChangeKind, Difference};
use crate::plan::document::PlanDocument;
use crate::rulebook::{EditionRef, Rulebook};
use crate::score::{How, Judgement, Results, Scored, Scorer};
use crate::unit::Unit;

/// What a report is made of.
#[derive(Debug, Clone, Copy)]
pub struct Material<'m> {
    /// The sealed plan.
    pub document: &'m PlanDocument,
    /// Its number.
    pub plan_version: i32,
    /// Its digest.
    pub plan_digest: Digest,
    /// How its results are computed.
    pub rulebook: &'m Rulebook,
    /// Which edition that is.
    pub edition: Option<EditionRef>,
    /// What is known of the results.
    pub results: &'m Results,
    /// On which day.
    pub at: NaiveDate,
    /// Whether they were certified.
    pub certified: bool,
    /// The variations, the first first.
    pub variations: &'m [Variation],
}

/// A variation, with what it changed.
#[derive(Debug, Clone)]
pub struct Variation {
    /// The version it made.
    pub version: i32,
    /// Its act.
    pub act: Act,
    /// When it was sealed.
    pub sealed_at: DateTime<Utc>,
    /// Why.
    pub reason: Option<String>,
    /// What it changed.
    pub difference: Difference,
}

/// The report of a plan: one line for each of its objectives, whatever is known of them.
#[must_use]
pub fn report(material: &Material<'_>) -> Report {
    let Material { document, rulebook, at, .. } = *material;
    let scorer = Scorer::new(document, rulebook, material.results, at);
    let lines = Lines { rulebook, document };
    let objectives: Vec<ObjectiveLine> = document
        .objectives
        .iter()
        .map(|objective| lines.objective(objective, |assignment| scorer.assignment(objective, assignment)))
        .collect();
    let units = document.units.iter().filter_map(|unit| unit_line(&lines, unit, &scorer.unit(unit)?));
    let header = &document.plan.facts;
    Report {
        format: ReportFormat::V1,
        comune: document.comune,
        plan: document.plan.id,
        year: header.year,
        kind: header.kind,
        title: header.title.as_str().to_owned(),
        plan_version: material.plan_version,
        plan_digest: material.plan_digest,
        rulebook: material.edition,
        rulebook_title: rulebook.title.as_str().to_owned(),
        at,
        certified: material.certified,
        result: lines.result(scorer.comune().outcome, scorer.comune().band.as_ref()),
        units: units.collect(),
        sterilisations: objectives.iter().flat_map(sterilised).collect(),
        findings: findings::of(material, &objectives),
        variations: material.variations.iter().map(|one| variation_line(one, document)).collect(),
        objectives,
    }
}

fn unit_line(lines: &Lines<'_>, unit: &Unit, scored: &Scored) -> Option<UnitLine> {
    let How::Mean { parts, weight, .. } = &scored.how else { return None };
    Some(UnitLine {
        id: unit.id,
        code: unit.facts.code.clone(),
        name: unit.facts.name.as_str().to_owned(),
        assigned: parts.len(),
        counted: parts.iter().filter(|part| part.counts.is_some()).count(),
        weight: number(*weight),
        result: lines.result(scored.outcome, scored.band.as_ref()),
    })
}

fn sterilised(objective: &ObjectiveLine) -> impl Iterator<Item = SterilisationLine> + '_ {
    objective.assignments.iter().filter_map(|assignment| {
        let judgement @ Judgement::Sterilised { .. } = assignment.judgement.as_ref()? else { return None };
        Some(SterilisationLine {
            assignment: assignment.id,
            title: objective.title.clone(),
            unit_name: assignment.unit_name.clone(),
            judgement: judgement.clone(),
        })
    })
}

fn variation_line(variation: &Variation, document: &PlanDocument) -> VariationLine {
    VariationLine {
        version: variation.version,
        act: variation.act.clone(),
        sealed_at: variation.sealed_at,
        reason: variation.reason.clone(),
        changes: variation.difference.changes.iter().map(|one| change(one, document)).collect(),
    }
}

fn change(change: &Change, document: &PlanDocument) -> String {
    let what = match change.kind {
        ChangeKind::Added => "Aggiunto",
        ChangeKind::Removed => "Tolto",
        ChangeKind::Changed => "Modificato",
        ChangeKind::Moved => "Spostato",
    };
    let label = match whole(change, document) {
        Some(title) => format!("{title}; {}", change.label),
        None => change.label.clone(),
    };
    if change.fields.is_empty() {
        return format!("{what}: {label}");
    }
    let fields: Vec<&str> = change.fields.iter().map(|field| field.field.as_str()).collect();
    format!("{what}: {label} ({})", fields.join(", "))
}

/// The title of the objective something changed is a part of: what people call an assignment is only its structure.
fn whole<'d>(change: &Change, document: &'d PlanDocument) -> Option<&'d str> {
    let (objective, _) = change.pointer.strip_prefix("/objectives/")?.split_once('/')?;
    let is_named = |one: &&Objective| one.id.0.to_string() == objective;
    document.objectives.iter().find(is_named).map(|one| one.facts.title.as_str())
}

/// A number as it travels.
pub(super) fn number(number: Decimal) -> String {
    number.normalize().to_string()
}
