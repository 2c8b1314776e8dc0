//! Binding an objective that is there to a version of a template: which of its indicators is which. Nothing else of the
//! objective changes, and what cannot be compared is not bound.

use std::collections::{BTreeMap, BTreeSet};

use super::content::indexed;
use super::{Definition, Template, TemplateIndicator};
use crate::fault::{Fault, FaultKind, Faults, Refused};
use crate::indicator::{Indicator, IndicatorFacts, IndicatorId};
use crate::likeness::{EQUAL, same_words};
use crate::objective::ObjectiveFacts;
use crate::text::Code;
use crate::vocabulary::vocabulary;

vocabulary! {
    /// What must be the same in two indicators whose figures are compared.
    Comparable, "Che cosa dev'essere uguale perché i dati di due indicatori si possano confrontare: unità di misura, formula, verso." {
        /// The unit.
        Measure = "measure",
        /// The formula.
        Formula = "formula",
        /// Which results are better.
        Direction = "direction",
    }
}

/// Which indicator of an objective is which of a template's.
pub type Pairs = BTreeMap<IndicatorId, Code>;

/// An indicator that seems to be one of a template's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposedPair {
    /// The objective's.
    pub indicator: IndicatorId,
    /// The template's.
    pub template_indicator: Code,
    /// How alike what they measure is told, per mille.
    pub score: u16,
}

/// The least likeness of names for which two indicators are proposed to be the same.
const ALIKE: u16 = 250;

/// What an indicator says that the definition contradicts. What it does not say contradicts nothing.
#[must_use]
pub fn contradicted(facts: &IndicatorFacts, definition: &Definition) -> Vec<Comparable> {
    let measure = facts.measure.is_some_and(|measure| measure != definition.measure);
    let formula = facts.formula.is_some_and(|formula| formula != definition.formula);
    let direction = facts.direction.is_some_and(|direction| direction != definition.direction);
    let found =
        [(Comparable::Measure, measure), (Comparable::Formula, formula), (Comparable::Direction, direction)];
    found.into_iter().filter(|(_, contradicts)| *contradicts).map(|(what, _)| what).collect()
}

/// Which indicators of an objective seem to be which of a template's: those that are told alike, state a unit or a formula, and
/// contradict nothing. Each is proposed once; the most alike first.
#[must_use]
pub fn propose(facts: &ObjectiveFacts, template: &Template) -> Vec<ProposedPair> {
    let mut pairs: Vec<ProposedPair> = Vec::new();
    for indicator in facts.all_indicators() {
        let candidates = template.facts.indicators.iter();
        pairs.extend(candidates.filter_map(|one| proposed(indicator, one)));
    }
    pairs.sort_by(|one, other| {
        let by_code = || one.template_indicator.cmp(&other.template_indicator);
        other.score.cmp(&one.score).then_with(by_code).then_with(|| one.indicator.cmp(&other.indicator))
    });
    let (mut ours, mut theirs) = (BTreeSet::new(), BTreeSet::new());
    pairs.retain(|pair| {
        let free = !ours.contains(&pair.indicator) && !theirs.contains(&pair.template_indicator);
        free && ours.insert(pair.indicator) && theirs.insert(pair.template_indicator.clone())
    });
    pairs
}

fn proposed(indicator: &Indicator, one: &TemplateIndicator) -> Option<ProposedPair> {
    let facts = &indicator.facts;
    let says_how = facts.measure.is_some() || facts.formula.is_some();
    if !says_how || !contradicted(facts, &one.definition).is_empty() {
        return None;
    }
    let score = alike(facts.name.as_str(), one);
    (score >= ALIKE).then(|| ProposedPair {
        indicator: indicator.id,
        template_indicator: one.code.clone(),
        score,
    })
}

/// How alike a name is to what a template's indicator is called, or to its formula.
fn alike(name: &str, one: &TemplateIndicator) -> u16 {
    if same_words(name, one.name.as_str()) {
        return EQUAL;
    }
    let by_formula = super::stem::likeness(name, one.definition.formula_words.as_str());
    super::stem::likeness(name, one.name.as_str()).max(by_formula)
}

/// Binds an objective to a version, its indicators as the pairs say. Indicators that no pair names are the objective's own.
///
/// # Errors
/// Every pair that cannot be, at `/indicators/<id>`: an indicator the objective or the version does not have, one named twice,
/// one whose unit, formula or direction contradicts the version's.
pub fn bind(
    facts: &ObjectiveFacts,
    template: &Template,
    pairs: &Pairs,
) -> Result<ObjectiveFacts, Vec<Fault>> {
    let mut faults = Faults::new();
    for unknown in pairs.keys().filter(|id| !facts.all_indicators().any(|one| one.id == **id)) {
        let detail = "L'obiettivo non ha un indicatore con questo identificativo.";
        faults.push(Refused::new(FaultKind::UnknownReference, detail).at(&place_of(*unknown)));
    }
    let mut bound = facts.clone();
    bound.template = Some(template.code.clone());
    bound.template_version = Some(template.number);
    for indicator in bound.all_indicators_mut() {
        indicator.facts.template_indicator = pairs.get(&indicator.id).cloned();
    }
    let wrong = mismatches(&bound, template);
    for (indicator, refused) in wrong {
        faults.push(refused.at(&place_of(indicator)));
    }
    faults.finish(Some(bound))
}

fn place_of(indicator: IndicatorId) -> String {
    format!("/indicators/{}", indicator.0)
}

/// An objective that follows no template.
#[must_use]
pub fn unbind(facts: &ObjectiveFacts) -> ObjectiveFacts {
    let mut facts = facts.clone();
    facts.template = None;
    facts.template_version = None;
    facts.all_indicators_mut().for_each(|one| one.facts.template_indicator = None);
    facts
}

/// What is wrong with how an objective says it is bound to the version it names, at its pointers.
#[must_use]
pub fn faults_of(facts: &ObjectiveFacts, template: &Template) -> Vec<Fault> {
    let places: Vec<(String, IndicatorId)> =
        indexed(facts).zip(facts.all_indicators()).map(|((pointer, _), one)| (pointer, one.id)).collect();
    let pointer = |id: IndicatorId| places.iter().find(|(_, one)| *one == id);
    let wrong = mismatches(facts, template).into_iter();
    let faults = wrong.filter_map(|(id, refused)| {
        let (pointer, _) = pointer(id)?;
        Some(refused.at(&format!("{pointer}/template_indicator")))
    });
    faults.collect()
}

/// The indicators that cannot be the ones of the version they say they are.
fn mismatches(facts: &ObjectiveFacts, template: &Template) -> Vec<(IndicatorId, Refused)> {
    let (mut wrong, mut seen) = (Vec::new(), BTreeSet::new());
    for indicator in facts.all_indicators() {
        let Some(code) = indicator.facts.template_indicator.as_ref() else { continue };
        let refused = match template.indicator(code) {
            None => Some(unknown(template, code)),
            Some(_) if !seen.insert(code.clone()) => Some(twice(code)),
            Some((one, _)) => {
                let contradicted = contradicted(&indicator.facts, &one.definition);
                (!contradicted.is_empty()).then(|| incomparable(code, &contradicted))
            }
        };
        wrong.extend(refused.map(|refused| (indicator.id, refused)));
    }
    wrong
}

fn unknown(template: &Template, code: &Code) -> Refused {
    let (of, number) = (template.code.as_str(), template.number);
    let detail = format!("{of}, versione {number}, non ha l'indicatore {}.", code.as_str());
    Refused::new(FaultKind::UnknownReference, detail)
}

fn twice(code: &Code) -> Refused {
    let detail = format!("{} è già un altro indicatore dell'obiettivo.", code.as_str());
    Refused::new(FaultKind::Inconsistent, detail)
}

fn incomparable(code: &Code, contradicted: &[Comparable]) -> Refused {
    let named: Vec<&str> = contradicted.iter().map(|what| what.in_words()).collect();
    let detail = format!(
        "Non si può confrontare con {}: {} diversa da quella definita. Si lasci l'indicatore fuori dall'abbinamento o lo si corregga.",
        code.as_str(),
        named.join(", ")
    );
    Refused::new(FaultKind::Inconsistent, detail)
}

impl Comparable {
    const fn in_words(self) -> &'static str {
        match self {
            Self::Measure => "unità di misura",
            Self::Formula => "formula",
            Self::Direction => "direzione",
        }
    }
}

/// What is wrong with how a write changes to what an objective is bound, whatever versions say. A binding of an objective that
/// is there is changed by adopting, binding and rebasing, never by writing it; whoever may not bind writes none at all.
#[must_use]
pub fn rewritten(before: Option<&ObjectiveFacts>, after: &ObjectiveFacts, may_bind: bool) -> Vec<Fault> {
    let mut faults = Vec::new();
    let bound = before.and_then(|before| before.template_version.map(|version| (before, version)));
    match bound {
        Some((before, version))
            if after.template_version != Some(version) || after.template != before.template =>
        {
            faults.push(moved(before, version).at("/template_version"));
        }
        None if after.template_version.is_some() && !may_bind => {
            faults.push(not_yours().at("/template_version"));
        }
        Some(_) | None => {}
    }
    for ((pointer, code), indicator) in indexed(after).zip(after.all_indicators()) {
        let was = before.and_then(|before| before.all_indicators().find(|one| one.id == indicator.id));
        let was = was.and_then(|one| one.facts.template_indicator.as_ref());
        let pointer = format!("{pointer}/template_indicator");
        if code.is_some() && after.template_version.is_none() {
            faults.push(without_version().at(&pointer));
        } else if code != was && !may_bind {
            faults.push(not_yours().at(&pointer));
        }
    }
    faults
}

fn moved(before: &ObjectiveFacts, version: i32) -> Refused {
    let code = before.template.as_ref().map_or("un obiettivo condiviso", Code::as_str);
    let detail = format!(
        "L'obiettivo segue {code}, versione {version}: si stacca o si porta a un'altra versione con le operazioni di adozione."
    );
    Refused::new(FaultKind::Inconsistent, detail)
}

fn not_yours() -> Refused {
    let detail =
        "L'adesione a un obiettivo condiviso la scrive chi adotta per il comune: segretario o integratore.";
    Refused::new(FaultKind::Inconsistent, detail)
}

fn without_version() -> Refused {
    let detail = "Un indicatore condiviso è di una versione: manca `template_version` dell'obiettivo.";
    Refused::new(FaultKind::Inconsistent, detail)
}
