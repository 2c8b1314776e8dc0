//! What a version of a template and an objective can both say, place by place: by this they are compared and rebased.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Field, Template, TemplateIndicator, TemplatePhase, YearTarget};
use crate::deadline::Deadline;
use crate::figure::Figure;
use crate::indicator::Indicator;
use crate::objective::{Art8Area, ObjectiveFacts, ObjectiveKind};
use crate::period::Year;
use crate::phase::Phase;
use crate::said::Said;
use crate::target::Target;
use crate::text::{Code, Line, Text};
use crate::weight::Weight;

mod pointer;

pub(super) use pointer::indexed;
pub use pointer::pointer;

/// One thing a template says, and an objective that follows it may say otherwise.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// Which field.
    pub field: Field,
    /// Of which of its indicators, when it is a field of an indicator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub indicator: Option<Code>,
}

/// What is said in a place, without the words it was read from where it was understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Content {
    /// A text.
    Words(String),
    /// What an objective is; whether it is of several structures is told by its assignments.
    Kinds(BTreeSet<ObjectiveKind>),
    /// The laws it comes from.
    Laws(Vec<Line<300>>),
    /// Its areas of performance.
    Areas(BTreeSet<Art8Area>),
    /// What it weighs: once where it weighs the same in every structure.
    Weights(Vec<Option<Weight>>),
    /// Its phases.
    Phases(Vec<PhaseContent>),
    /// What an indicator is expected to be.
    Target(Said<Target>),
    /// Which of the template's indicators there are.
    Indicators(BTreeSet<Code>),
}

/// What a template and an objective can both say of a phase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PhaseContent {
    /// What is done.
    pub title: String,
    /// What it weighs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight: Option<Weight>,
    /// By when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Said<Deadline>>,
}

/// The fields of an objective that a template has something to say of, in the order people read them.
const OF_THE_OBJECTIVE: [Field; 10] = [
    Field::Title,
    Field::Purpose,
    Field::Description,
    Field::ExpectedResult,
    Field::Kinds,
    Field::Laws,
    Field::Areas,
    Field::Weight,
    Field::Phases,
    Field::Indicators,
];

/// The same of each of its indicators.
const OF_AN_INDICATOR: [Field; 3] = [Field::IndicatorName, Field::Target, Field::Source];

impl Place {
    /// A field of the objective.
    #[must_use]
    pub const fn of_objective(field: Field) -> Self {
        Self { field, indicator: None }
    }

    /// A field of one of its indicators.
    #[must_use]
    pub const fn of_indicator(field: Field, indicator: Code) -> Self {
        Self { field, indicator: Some(indicator) }
    }
}

impl Template {
    /// Every place where an objective could say something other than this version.
    #[must_use]
    pub fn places(&self) -> Vec<Place> {
        let of_objective = OF_THE_OBJECTIVE.into_iter().map(Place::of_objective);
        let codes = self.facts.indicators.iter().map(|one| &one.code);
        let of_indicators =
            codes.flat_map(|code| OF_AN_INDICATOR.map(|field| Place::of_indicator(field, code.clone())));
        of_objective.chain(of_indicators).collect()
    }

    /// What this version says in a place, for a plan of this year; nothing where it is silent.
    #[must_use]
    pub fn says(&self, place: &Place, year: Year) -> Option<Content> {
        let facts = &self.facts;
        let indicator = || facts.indicators.iter().find(|one| Some(&one.code) == place.indicator.as_ref());
        match place.field {
            Field::Title => words(Some(facts.title.as_str())),
            Field::Purpose => words(Some(facts.purpose.as_str())),
            Field::Description => words(facts.description.as_ref().map(Text::as_str)),
            Field::ExpectedResult => words(facts.expected_result.as_ref().map(Text::as_str)),
            Field::Kinds => kinds(&facts.kinds),
            Field::Laws => some(facts.laws.clone(), Vec::is_empty).map(Content::Laws),
            Field::Areas => some(facts.areas.clone(), BTreeSet::is_empty).map(Content::Areas),
            Field::Weight => facts.weight.map(|percent| Content::Weights(vec![Some(weight(percent))])),
            Field::Phases => some(facts.phases.iter().map(PhaseContent::from).collect(), Vec::is_empty)
                .map(Content::Phases),
            Field::Indicators => Some(Content::Indicators(self.codes())),
            Field::IndicatorName => words(indicator().map(|one| one.name.as_str())),
            Field::Target => indicator().and_then(|one| one.target_of(year)).map(target),
            Field::Source => words(indicator().and_then(|one| one.source.as_ref()).map(Line::as_str)),
        }
    }

    /// Whether whoever adopts this version may not say otherwise in a place.
    #[must_use]
    pub fn locks(&self, place: &Place) -> bool {
        self.facts.locked.contains(&place.field)
    }

    /// The codes of its indicators.
    #[must_use]
    pub fn codes(&self) -> BTreeSet<Code> {
        self.facts.indicators.iter().map(|one| one.code.clone()).collect()
    }
}

impl TemplateIndicator {
    /// What it is expected to be in a year: what was said for the last of the years that have begun by then.
    #[must_use]
    pub fn target_of(&self, year: Year) -> Option<&Said<Target>> {
        let begun = self.targets.iter().filter(|target| target.from <= year);
        begun.max_by_key(|YearTarget { from, .. }| *from).map(|one| &one.target)
    }
}

impl ObjectiveFacts {
    /// Its indicators, those of its phases among them.
    pub fn all_indicators(&self) -> impl Iterator<Item = &Indicator> {
        let of_phases = self.phases.iter().flat_map(|phase| phase.facts.indicators.iter());
        self.indicators.iter().chain(of_phases)
    }

    /// The same, to be changed.
    pub(super) fn all_indicators_mut(&mut self) -> impl Iterator<Item = &mut Indicator> {
        let of_phases = self.phases.iter_mut().flat_map(|phase| phase.facts.indicators.iter_mut());
        self.indicators.iter_mut().chain(of_phases)
    }

    /// The indicator that is this one of the template it follows.
    #[must_use]
    pub fn bound(&self, code: &Code) -> Option<&Indicator> {
        self.all_indicators().find(|one| one.facts.template_indicator.as_ref() == Some(code))
    }

    /// What is said in a place.
    #[must_use]
    pub fn says(&self, place: &Place) -> Option<Content> {
        let indicator = || place.indicator.as_ref().and_then(|code| self.bound(code)).map(|one| &one.facts);
        match place.field {
            Field::Title => words(Some(self.title.as_str())),
            Field::Purpose => words(self.purpose.as_ref().map(Text::as_str)),
            Field::Description => words(self.description.as_ref().map(Text::as_str)),
            Field::ExpectedResult => words(self.expected_result.as_ref().map(Text::as_str)),
            Field::Kinds => kinds(&self.kinds),
            Field::Laws => some(self.laws.clone(), Vec::is_empty).map(Content::Laws),
            Field::Areas => some(self.areas.clone(), BTreeSet::is_empty).map(Content::Areas),
            Field::Weight => self.weights(),
            Field::Phases => {
                some(self.phases.iter().map(PhaseContent::from).collect(), Vec::is_empty).map(Content::Phases)
            }
            Field::Indicators => {
                let codes = self.all_indicators().filter_map(|one| one.facts.template_indicator.clone());
                Some(Content::Indicators(codes.collect()))
            }
            Field::IndicatorName => words(indicator().map(|one| one.name.as_str())),
            Field::Target => indicator().and_then(|one| one.target.as_ref()).map(target),
            Field::Source => words(indicator().and_then(|one| one.source.as_ref()).map(Line::as_str)),
        }
    }

    /// Whether something can be said in a place at all: an indicator that is not there has no name, and what is assigned to
    /// nobody weighs nothing.
    #[must_use]
    pub fn has_room_for(&self, place: &Place) -> bool {
        match (&place.indicator, place.field) {
            (Some(code), _) => self.bound(code).is_some(),
            (None, Field::Weight) => !self.assignments.is_empty(),
            (
                None,
                Field::Title
                | Field::Purpose
                | Field::Description
                | Field::ExpectedResult
                | Field::Kinds
                | Field::Laws
                | Field::Areas
                | Field::Phases
                | Field::IndicatorName
                | Field::Target
                | Field::Source
                | Field::Indicators,
            ) => true,
        }
    }

    fn weights(&self) -> Option<Content> {
        let mut weights: Vec<Option<Weight>> = Vec::new();
        for assignment in &self.assignments {
            let weight = assignment.facts.weight.as_ref().map(|said| said.value.clone());
            if !weights.contains(&weight) {
                weights.push(weight);
            }
        }
        weights.iter().any(Option::is_some).then_some(Content::Weights(weights))
    }
}

impl Content {
    /// The figure, where what is said is one: a weight that is the same everywhere, a target that is a bound, how many
    /// phases or indicators.
    #[must_use]
    pub fn figure(&self) -> Option<Figure> {
        match self {
            Self::Weights(weights) => match weights.as_slice() {
                [Some(Weight::Percent { percent })] => Some(*percent),
                [] | [_] | [_, _, ..] => None,
            },
            Self::Target(said) => match said.value {
                Target::Bound { figure, .. } | Target::Change { figure, .. } => Some(figure),
                Target::Range { .. }
                | Target::Fraction { .. }
                | Target::Done
                | Target::By { .. }
                | Target::Parts { .. }
                | Target::Text => None,
            },
            Self::Phases(phases) => i32::try_from(phases.len()).ok().map(Figure::whole),
            Self::Indicators(codes) => i32::try_from(codes.len()).ok().map(Figure::whole),
            Self::Words(_) | Self::Kinds(_) | Self::Laws(_) | Self::Areas(_) => None,
        }
    }
}

impl From<&TemplatePhase> for PhaseContent {
    fn from(phase: &TemplatePhase) -> Self {
        Self {
            title: phase.title.as_str().to_owned(),
            weight: phase.weight.map(weight),
            deadline: phase.deadline.as_ref().map(deadline),
        }
    }
}

impl From<&Phase> for PhaseContent {
    fn from(phase: &Phase) -> Self {
        Self {
            title: phase.facts.title.as_str().to_owned(),
            weight: phase.facts.weight.as_ref().map(|said| said.value.clone()),
            deadline: phase.facts.deadline.as_ref().map(deadline),
        }
    }
}

/// A figure as a weight.
pub(super) const fn weight(percent: Figure) -> Weight {
    Weight::Percent { percent }
}

fn words(text: Option<&str>) -> Option<Content> {
    text.map(|text| Content::Words(text.to_owned()))
}

fn kinds(kinds: &BTreeSet<ObjectiveKind>) -> Option<Content> {
    let kinds = kinds.iter().copied().filter(|kind| *kind != ObjectiveKind::Transversal).collect();
    some(kinds, BTreeSet::is_empty).map(Content::Kinds)
}

fn some<T>(value: T, is_empty: impl Fn(&T) -> bool) -> Option<T> {
    (!is_empty(&value)).then_some(value)
}

/// Words count only where they are all there is.
fn target(said: &Said<Target>) -> Content {
    let words = if said.value == Target::Text { said.words.clone() } else { None };
    Content::Target(Said { words, value: said.value.clone() })
}

fn deadline(said: &Said<Deadline>) -> Said<Deadline> {
    let words = if said.value == Deadline::Text { said.words.clone() } else { None };
    Said { words, value: said.value.clone() }
}
