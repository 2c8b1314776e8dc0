//! Adopting a template: one objective made of it, for the structures that were chosen.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::content::weight;
use super::deviation::locked_by;
use super::{Field, Template, TemplateIndicator, TemplatePhase};
use crate::assignment::Assignment;
use crate::fault::{Fault, FaultKind, Faults, Refused};
use crate::indicator::{Indicator, IndicatorFacts, IndicatorId};
use crate::objective::{Art8Area, ObjectiveFacts, ObjectiveKind};
use crate::period::Year;
use crate::phase::{Phase, PhaseFacts, PhaseId};
use crate::said::Said;
use crate::target::Target;
use crate::text::{Code, ExternalId, Line, Text};

/// What whoever adopts says otherwise. What is unsaid is as the template has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overrides {
    /// The key an integrating program has for the objective; no template says it.
    pub external_id: Option<ExternalId>,
    /// The code the plan prints; no template says it.
    pub code: Option<Line<60>>,
    /// The title.
    pub title: Option<Line<1000>>,
    /// What it is for.
    pub purpose: Option<Text<4000>>,
    /// More words on it.
    pub description: Option<Text<20_000>>,
    /// What it is expected to bring.
    pub expected_result: Option<Text<4000>>,
    /// What it is.
    pub kinds: Option<BTreeSet<ObjectiveKind>>,
    /// The laws it comes from.
    pub laws: Option<Vec<Line<300>>>,
    /// The areas of performance.
    pub areas: Option<BTreeSet<Art8Area>>,
    /// The phases.
    pub phases: Option<Vec<Phase>>,
    /// Which of the template's indicators are taken; all of them, when it is unsaid.
    pub only: Option<BTreeSet<Code>>,
    /// What is said otherwise of the indicators.
    pub indicators: BTreeMap<Code, IndicatorOverrides>,
}

/// What is said otherwise of an indicator.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IndicatorOverrides {
    /// Its name.
    pub name: Option<Text<2000>>,
    /// What it is expected to be.
    pub target: Option<Said<Target>>,
    /// Where its figures come from.
    pub source: Option<Line<300>>,
}

/// Makes an objective of a template, for the structures that take it on: one objective, with an assignment for each. Where an
/// assignment says no weight, it weighs what the template suggests.
///
/// # Errors
/// Every fault, with its place in what was asked: no structure, one that is named twice, a field that is locked, an unknown indicator.
pub fn adopt(
    template: &Template,
    assignments: Vec<Assignment>,
    overrides: &Overrides,
    year: Year,
    fresh: &mut dyn FnMut() -> Uuid,
) -> Result<ObjectiveFacts, Vec<Fault>> {
    let mut faults = Faults::new();
    check_units(template, &assignments, &mut faults);
    check_locks(template, overrides, &mut faults);
    faults.finish(Some(()))?;
    let shared = assignments.len() > 1;
    let assignments = assignments.into_iter().map(|one| template.weighed(one)).collect();
    let taken =
        |one: &&TemplateIndicator| overrides.only.as_ref().is_none_or(|only| only.contains(&one.code));
    let indicators = template.facts.indicators.iter().filter(taken);
    let indicators = indicators.map(|one| overrides.indicator(one, year, fresh)).collect();
    let theirs = || template.facts.phases.iter().map(|phase| phase.begun(PhaseId(fresh()))).collect();
    let phases = overrides.phases.clone().unwrap_or_else(theirs);
    let mut facts = template.facts_of(overrides);
    if shared {
        facts.kinds.insert(ObjectiveKind::Transversal);
    }
    Ok(ObjectiveFacts { assignments, phases, indicators, ..facts })
}

fn check_units(template: &Template, assignments: &[Assignment], faults: &mut Faults) {
    if assignments.is_empty() {
        let detail = "Serve almeno una struttura che lo adotta.";
        faults.push(Refused::new(FaultKind::Missing, detail).at("/units"));
    }
    let locked = template.facts.weight.filter(|_| template.facts.locked.contains(&Field::Weight));
    let mut seen = BTreeSet::new();
    for (at, Assignment { facts, .. }) in assignments.iter().enumerate() {
        if !seen.insert(facts.unit.0) {
            let twice = Refused::new(FaultKind::Inconsistent, "La struttura è nominata due volte.");
            faults.push(twice.at(&format!("/units/{at}/unit")));
        }
        let departs = |percent| facts.weight.as_ref().is_some_and(|said| said.value != weight(percent));
        if locked.is_some_and(departs) {
            faults.push(locked_by(template).at(&format!("/units/{at}/weight")));
        }
    }
}

fn check_locks(template: &Template, overrides: &Overrides, faults: &mut Faults) {
    let said = [
        (Field::Title, "title", overrides.title.is_some()),
        (Field::Purpose, "purpose", overrides.purpose.is_some()),
        (Field::Description, "description", overrides.description.is_some()),
        (Field::ExpectedResult, "expected_result", overrides.expected_result.is_some()),
        (Field::Kinds, "kinds", overrides.kinds.is_some()),
        (Field::Laws, "laws", overrides.laws.is_some()),
        (Field::Areas, "areas", overrides.areas.is_some()),
        (Field::Phases, "phases", overrides.phases.is_some()),
        (Field::Indicators, "only", overrides.only.as_ref().is_some_and(|only| *only != template.codes())),
    ];
    let locked = |field: &Field| template.facts.locked.contains(field);
    for (_, name, _) in said.iter().filter(|(field, _, said)| *said && locked(field)) {
        faults.push(locked_by(template).at(&format!("/overrides/{name}")));
    }
    let codes = template.codes();
    let unknown = || {
        Refused::new(
            FaultKind::UnknownReference,
            "L'obiettivo condiviso non ha un indicatore con questo codice.",
        )
    };
    if overrides.only.as_ref().is_some_and(|only| !only.is_subset(&codes)) {
        faults.push(unknown().at("/overrides/only"));
    }
    for (code, one) in &overrides.indicators {
        let around = format!("/overrides/indicators/{}", code.as_str().replace('/', "~1"));
        if !codes.contains(code) {
            faults.push(unknown().at(&around));
        }
        let said = [
            (Field::IndicatorName, "name", one.name.is_some()),
            (Field::Target, "target", one.target.is_some()),
            (Field::Source, "source", one.source.is_some()),
        ];
        for (_, name, _) in said.iter().filter(|(field, _, said)| *said && locked(field)) {
            faults.push(locked_by(template).at(&format!("{around}/{name}")));
        }
    }
}

impl Overrides {
    fn indicator(&self, one: &TemplateIndicator, year: Year, fresh: &mut dyn FnMut() -> Uuid) -> Indicator {
        let mut indicator = one.begun(IndicatorId(fresh()), year);
        if let Some(said) = self.indicators.get(&one.code) {
            let facts = &mut indicator.facts;
            facts.name = said.name.clone().unwrap_or_else(|| facts.name.clone());
            facts.target = said.target.clone().or_else(|| facts.target.take());
            facts.source = said.source.clone().or_else(|| facts.source.take());
        }
        indicator
    }
}

impl Template {
    /// An assignment with a weight: what the template suggests, where it says none.
    fn weighed(&self, mut assignment: Assignment) -> Assignment {
        if assignment.facts.weight.is_none() {
            assignment.facts.weight = self.facts.weight.map(|percent| Said::plainly(weight(percent)));
        }
        assignment
    }

    /// What an objective made of it says of itself, without its parts.
    fn facts_of(&self, overrides: &Overrides) -> ObjectiveFacts {
        let facts = self.facts.clone();
        let description = || facts.description.as_ref().and_then(longer);
        ObjectiveFacts {
            external_id: overrides.external_id.clone(),
            code: overrides.code.clone(),
            title: overrides.title.clone().unwrap_or(facts.title),
            kinds: overrides.kinds.clone().unwrap_or(facts.kinds),
            description: overrides.description.clone().or_else(description),
            purpose: overrides.purpose.clone().or(Some(facts.purpose)),
            stakeholders: None,
            expected_impact: None,
            expected_result: overrides.expected_result.clone().or(facts.expected_result),
            steps: Vec::new(),
            deadline: None,
            programmes: Vec::new(),
            dup_objective: None,
            strategic_line: None,
            cup: Vec::new(),
            laws: overrides.laws.clone().unwrap_or(facts.laws),
            areas: overrides.areas.clone().unwrap_or(facts.areas),
            template: Some(self.code.clone()),
            template_version: Some(self.number),
            continues: None,
            notes: None,
            assignments: Vec::new(),
            phases: Vec::new(),
            indicators: Vec::new(),
        }
    }
}

impl TemplateIndicator {
    /// An indicator as an objective has it, for a plan of this year.
    pub(super) fn begun(&self, id: IndicatorId, year: Year) -> Indicator {
        let facts = IndicatorFacts {
            external_id: None,
            name: self.name.clone(),
            profile: self.profile,
            family: self.family,
            measure: Some(self.definition.measure),
            direction: Some(self.definition.direction),
            formula: Some(self.definition.formula),
            formula_words: Some(self.definition.formula_words.clone()),
            baseline: None,
            source: self.source.clone(),
            target: self.target_of(year).cloned(),
            deadline: None,
            weight: None,
            template_indicator: Some(self.code.clone()),
            notes: None,
        };
        Indicator { id, facts }
    }
}

impl TemplatePhase {
    /// A phase as an objective has it.
    pub(super) fn begun(&self, id: PhaseId) -> Phase {
        let facts = PhaseFacts {
            external_id: None,
            code: None,
            title: self.title.clone(),
            weight: self.weight.map(|percent| Said::plainly(weight(percent))),
            deadline: self.deadline.clone(),
            expected_result: None,
            notes: None,
            indicators: Vec::new(),
        };
        Phase { id, facts }
    }
}

/// The same text where more may be said.
pub(super) fn longer<const SHORT: usize, const LONG: usize>(text: &Text<SHORT>) -> Option<Text<LONG>> {
    Text::parse(text.as_str()).ok()
}
