//! Findings: a rule, where it struck, what it says to whoever wrote the plan; and the order they come in.

use serde::Serialize;

use super::code::{FindingCode, Severity};
use crate::indicator::{Indicator, IndicatorId};
use crate::objective::{Objective, ObjectiveId};
use crate::phase::PhaseId;
use crate::plan::document::PlanDocument;
use crate::section::SectionId;
use crate::unit::UnitId;

/// One thing found in a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The rule.
    pub code: FindingCode,
    /// How grave it is here.
    pub severity: Severity,
    /// Where.
    pub place: Place,
    /// The words found wrong, as they were written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// What is wrong, in Italian.
    pub message: String,
    /// The law the rule comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub law: Option<&'static str>,
    /// What may be done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<Suggestion>,
}

/// What may be done about a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Suggestion {
    /// The words to write instead, or what to do, in Italian.
    pub text: String,
    /// Whether the text may take the place of the words found wrong without anyone's judgement.
    pub safe: bool,
    /// Whether the text is words to write in place of those found wrong; what is safe always is. Otherwise it is advice.
    pub replaces: bool,
}

/// Where in a document, as a program and as a person would look for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    /// RFC 6901 pointer into the document; empty for the plan as a whole.
    pub pointer: String,
    /// The unit: of the assignment, or the only one the objective is assigned to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// The section.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<SectionId>,
    /// The objective.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub objective: Option<ObjectiveId>,
    /// The phase.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phase: Option<PhaseId>,
    /// The indicator.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub indicator: Option<IndicatorId>,
}

impl Place {
    /// Names the nouns a pointer passes through, so that no rule has to.
    fn at(document: &PlanDocument, pointer: String) -> Self {
        let steps: Vec<&str> = pointer.split('/').skip(1).collect();
        let mut place = Self::nowhere();
        match steps.as_slice() {
            ["units", at, ..] => place.unit = nth(&document.units, at).map(|unit| unit.id),
            ["sections", at, ..] => place.section = nth(&document.sections, at).map(|section| section.id),
            ["objectives", at, inside @ ..] => {
                if let Some(objective) = nth(&document.objectives, at) {
                    place.enter(objective, inside);
                }
            }
            _ => {}
        }
        place.pointer = pointer;
        place
    }

    const fn nowhere() -> Self {
        Self {
            pointer: String::new(),
            unit: None,
            section: None,
            objective: None,
            phase: None,
            indicator: None,
        }
    }

    fn enter(&mut self, objective: &Objective, inside: &[&str]) {
        self.objective = Some(objective.id);
        if let [only] = objective.facts.assignments.as_slice() {
            self.unit = Some(only.facts.unit);
        }
        let indicator_id = |indicators, at| nth::<Indicator>(indicators, at).map(|indicator| indicator.id);
        match inside {
            ["assignments", at, ..] => {
                self.unit = nth(&objective.facts.assignments, at).map(|assignment| assignment.facts.unit);
            }
            ["phases", at, inside @ ..] => {
                let phase = nth(&objective.facts.phases, at);
                self.phase = phase.map(|phase| phase.id);
                if let (Some(phase), ["indicators", at, ..]) = (phase, inside) {
                    self.indicator = indicator_id(&phase.facts.indicators, at);
                }
            }
            ["indicators", at, ..] => self.indicator = indicator_id(&objective.facts.indicators, at),
            _ => {}
        }
    }
}

fn nth<'a, T>(items: &'a [T], at: &str) -> Option<&'a T> {
    items.get(at.parse::<usize>().ok()?)
}

/// What a rule says, before the nouns of its place are named.
#[derive(Debug)]
pub(super) struct Remark {
    code: FindingCode,
    severity: Severity,
    pointer: String,
    words: Option<String>,
    message: String,
    suggestion: Option<Suggestion>,
}

impl Remark {
    /// The rule struck there.
    pub(super) fn new(code: FindingCode, pointer: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            pointer: pointer.into(),
            words: None,
            message: message.into(),
            suggestion: None,
        }
    }

    /// On account of these words.
    pub(super) fn quoting(self, words: Option<&str>) -> Self {
        Self { words: words.map(str::to_owned), ..self }
    }

    /// More or less gravely than the rule does.
    pub(super) fn graded(self, severity: Severity) -> Self {
        Self { severity, ..self }
    }

    /// And somebody should decide whether to do this.
    pub(super) fn proposing(self, text: impl Into<String>) -> Self {
        Self { suggestion: Some(Suggestion { text: text.into(), safe: false, replaces: false }), ..self }
    }

    /// And this may be written in place of the words, if somebody agrees.
    pub(super) fn offering(self, text: impl Into<String>) -> Self {
        Self { suggestion: Some(Suggestion { text: text.into(), safe: false, replaces: true }), ..self }
    }

    /// And this may be written in place of the words.
    pub(super) fn replacing(self, text: impl Into<String>) -> Self {
        Self { suggestion: Some(Suggestion { text: text.into(), safe: true, replaces: true }), ..self }
    }
}

/// The findings the remarks amount to, in the order of the document.
pub(super) fn settle(document: &PlanDocument, remarks: Vec<Remark>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = remarks
        .into_iter()
        .map(|remark| Finding {
            code: remark.code,
            severity: remark.severity,
            place: Place::at(document, remark.pointer),
            words: remark.words,
            message: remark.message,
            law: remark.code.law(),
            suggestion: remark.suggestion,
        })
        .collect();
    findings.sort_by_cached_key(|finding| (reading_order(&finding.place.pointer), finding.code));
    findings
}

/// The members of every object of a document, in the order they are written in.
const MEMBERS: [(&str, &str); 10] = [
    ("", "plan units sections objectives"),
    ("plan", "external_id year kind title scale"),
    ("units", "code name kind parent responsible staff activities"),
    ("sections", "kind title body"),
    (
        "objectives",
        "code title kinds description purpose stakeholders expected_impact expected_result steps deadline programmes \
         dup_objective strategic_line cup laws areas template continues notes assignments phases indicators",
    ),
    ("steps", "how when"),
    ("assignments", "unit weight card_weight summary_title responsible delegate notes"),
    ("phases", "code title weight deadline expected_result notes indicators"),
    (
        "indicators",
        "name profile family measure direction formula formula_words baseline source target deadline weight notes",
    ),
    ("value", "deadline parts"),
];

/// Where a pointer points, as a row of numbers that sorts as the document reads.
#[must_use]
pub fn reading_order(pointer: &str) -> Vec<usize> {
    let mut holder = "";
    let mut row = Vec::new();
    for step in pointer.split('/').skip(1) {
        if let Ok(at) = step.parse() {
            row.push(at);
            continue;
        }
        let members = MEMBERS.iter().find(|(name, _)| *name == holder).map_or("", |(_, members)| *members);
        row.push(members.split(' ').position(|member| member == step).unwrap_or(usize::MAX));
        holder = step;
    }
    row
}
