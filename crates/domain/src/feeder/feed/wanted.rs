//! What a plan wants filled: its indicators that are shared ones a register can fill, each in the places it has a figure of.

use super::FeedReason;
use super::fill::{Fill, fill};
use crate::assignment::{Assignment, AssignmentId};
use crate::indicator::Indicator;
use crate::objective::Objective;
use crate::plan::document::PlanDocument;
use crate::template::{Definition, Pooling, Scope, Template, TemplateFacts};
use crate::text::Code;
use crate::unit::UnitId;

/// Of whom a figure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// Of the whole comune: recorded once, for all structures.
    Comune,
    /// Of the structure of an assignment and those below it.
    Unit(AssignmentId, UnitId),
}

impl Place {
    /// The structure, when it is one's.
    #[must_use]
    pub const fn unit(self) -> Option<UnitId> {
        match self {
            Self::Comune => None,
            Self::Unit(_, unit) => Some(unit),
        }
    }

    /// The assignment a figure is recorded for, when it is one's.
    #[must_use]
    pub const fn assignment(self) -> Option<AssignmentId> {
        match self {
            Self::Comune => None,
            Self::Unit(assignment, _) => Some(assignment),
        }
    }
}

/// An indicator a plan wants filled, in one place.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'p> {
    /// Of which objective.
    pub objective: &'p Objective,
    /// Which of its indicators.
    pub indicator: &'p Indicator,
    /// The shared one it is.
    pub code: &'p Code,
    /// How that is filled.
    pub fill: &'static Fill,
    /// Of whom.
    pub place: Place,
    /// Why it cannot be filled, when it cannot.
    pub unfit: Option<FeedReason>,
}

/// What a plan wants filled, in the order of the plan.
///
/// A shared indicator that is the comune's one figure, and any of an objective of the comune as a whole, is wanted once;
/// another once for each structure the objective is assigned to. `shipped` are the templates the registers are read by: who
/// adopted an indicator that says something else wants something else.
#[must_use]
pub fn wanted<'p>(
    document: &'p PlanDocument,
    templates: &[Template],
    shipped: &[(Code, TemplateFacts)],
) -> Vec<Wanted<'p>> {
    let mut found = Vec::new();
    for objective in &document.objectives {
        let adopted = adopted(objective, templates);
        for indicator in objective.facts.every_indicator() {
            let Some(code) = &indicator.facts.template_indicator else { continue };
            let Some(fill) = fill(code.as_str()) else { continue };
            let definition =
                adopted.and_then(|template| template.indicator(code)).map(|(one, _)| &one.definition);
            let unfit = unfit(indicator, definition, defined(shipped, code));
            let whole = definition.is_none_or(|one| one.pooling == Pooling::Same)
                || adopted.is_some_and(|template| template.facts.scope == Scope::Comune);
            let places = places(&objective.facts.assignments, whole);
            found.extend(places.into_iter().map(|place| Wanted {
                objective,
                indicator,
                code,
                fill,
                place,
                unfit,
            }));
        }
    }
    found
}

/// The version of a template an objective adopted.
fn adopted<'t>(objective: &Objective, templates: &'t [Template]) -> Option<&'t Template> {
    let (code, number) = objective.facts.template.as_ref().zip(objective.facts.template_version)?;
    templates.iter().find(|one| one.code == *code && one.number == number)
}

/// How the templates that come with the program define an indicator.
fn defined<'s>(shipped: &'s [(Code, TemplateFacts)], code: &Code) -> Option<&'s Definition> {
    let indicators = shipped.iter().flat_map(|(_, facts)| &facts.indicators);
    indicators.into_iter().find(|one| one.code == *code).map(|one| &one.definition)
}

/// Why an indicator of a plan cannot be filled, by what it adopted and by what is computed here.
fn unfit(
    indicator: &Indicator,
    adopted: Option<&Definition>,
    computed: Option<&Definition>,
) -> Option<FeedReason> {
    let Some(adopted) = adopted else { return Some(FeedReason::UnknownIndicator) };
    if computed != Some(adopted) {
        return Some(FeedReason::OtherDefinition);
    }
    let other = indicator.facts.measure.is_some_and(|measure| measure != adopted.measure);
    other.then_some(FeedReason::OtherMeasure)
}

/// Where it is wanted: once when it is the comune's, or nobody in particular has it.
fn places(assignments: &[Assignment], whole: bool) -> Vec<Place> {
    if whole || assignments.is_empty() {
        return vec![Place::Comune];
    }
    assignments.iter().map(|one| Place::Unit(one.id, one.facts.unit)).collect()
}
