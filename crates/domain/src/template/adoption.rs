//! Adopting a template: one objective made of it, for the structures that were chosen.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::content::weight;
use super::deviation::locked_by;
use super::{Field, Template, TemplateIndicator, TemplatePhase};
use crate::assignment::{Assignment, AssignmentFacts, AssignmentId};
use crate::fault::{Fault, FaultKind, Faults, Refused};
use crate::figure::Figure;
use crate::indicator::{Indicator, IndicatorFacts, IndicatorId};
use crate::objective::{Art8Area, ObjectiveFacts, ObjectiveKind};
use crate::period::Year;
use crate::phase::{Phase, PhaseFacts, PhaseId};
use crate::said::Said;
use crate::target::Target;
use crate::text::{Code, ExternalId, Line, Text};
use crate::unit::UnitId;

/// A structure that takes an objective on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// Which structure.
    pub unit: UnitId,
    /// What it weighs there; what the template suggests, when it is unsaid.
    pub weight: Option<Figure>,
    /// Who answers for it: a role.
    pub responsible: Option<Line<200>>,
}

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
    pub phases: Option<Vec<TemplatePhase>>,
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

/// Makes an objective of a template, for the structures that take it on: one objective, with an assignment for each.
///
/// # Errors
/// Every fault, with its place in what was asked: no structure or one twice, a field that is locked, an unknown indicator.
pub fn adopt(
    template: &Template,
    shares: &[Share],
    overrides: &Overrides,
    year: Year,
    fresh: &mut dyn FnMut() -> Uuid,
) -> Result<ObjectiveFacts, Vec<Fault>> {
    let mut faults = Faults::new();
    check_shares(template, shares, &mut faults);
    check_locks(template, overrides, &mut faults);
    faults.finish(Some(()))?;
    let assignments = shares.iter().map(|share| share.assignment(template, fresh)).collect();
    let taken = |one: &&TemplateIndicator| overrides.only.as_ref().is_none_or(|only| only.contains(&one.code));
    let indicators = template.facts.indicators.iter().filter(taken);
    let indicators = indicators.map(|one| overrides.indicator(one, year, fresh)).collect();
    let said = overrides.phases.as_ref().unwrap_or(&template.facts.phases);
    let phases = said.iter().map(|phase| phase.begun(PhaseId(fresh()))).collect();
    let mut facts = template.facts_of(overrides);
    if shares.len() > 1 {
        facts.kinds.insert(ObjectiveKind::Transversal);
    }
    Ok(ObjectiveFacts { assignments, phases, indicators, ..facts })
}

fn check_shares(template: &Template, shares: &[Share], faults: &mut Faults) {
    if shares.is_empty() {
        let detail = "Serve almeno una struttura che lo adotta.";
        faults.push(Refused::new(FaultKind::Missing, detail).at("/units"));
    }
    let mut seen = BTreeSet::new();
    for (at, share) in shares.iter().enumerate() {
        if !seen.insert(share.unit.0) {
            let twice = Refused::new(FaultKind::Inconsistent, "La struttura è nominata due volte.");
            faults.push(twice.at(&format!("/units/{at}/unit")));
        }
        let departs = share.weight.is_some() && share.weight != template.facts.weight;
        if departs && template.facts.weight.is_some() && template.facts.locked.contains(&Field::Weight) {
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
        Refused::new(FaultKind::UnknownReference, "L'obiettivo condiviso non ha un indicatore con questo codice.")
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

impl Share {
    fn assignment(&self, template: &Template, fresh: &mut dyn FnMut() -> Uuid) -> Assignment {
        let percent = self.weight.or(template.facts.weight);
        let facts = AssignmentFacts {
            external_id: None,
            unit: self.unit,
            weight: percent.map(|percent| Said::plainly(weight(percent))),
            card_weight: None,
            summary_title: None,
            responsible: self.responsible.clone(),
            delegate: None,
            notes: None,
        };
        Assignment { id: AssignmentId(fresh()), facts }
    }
}

impl Overrides {
    fn indicator(
        &self,
        one: &TemplateIndicator,
        year: Year,
        fresh: &mut dyn FnMut() -> Uuid,
    ) -> Indicator {
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
