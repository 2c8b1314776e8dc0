//! Indicators of an objective or of a phase, merged.

use std::collections::BTreeSet;

use uuid::Uuid;

use crate::indicator::{Indicator, IndicatorFacts, IndicatorId};
use crate::plan::merge::Bench;
use crate::plan::merge::identities::Noun;
use crate::plan::merge::pairing::Features;
use crate::plan::merge::parts::Part;
use crate::plan::merge::values::{baseline, maybe, said};
use crate::text::ExternalId;

impl Part for Indicator {
    const NOUN: Noun = Noun::Indicator;
    const MOVES: bool = false;
    const PLACED: bool = true;

    fn id(&self) -> Uuid {
        self.id.0
    }

    fn set_id(&mut self, id: Uuid) {
        self.id = IndicatorId(id);
    }

    fn key(&self) -> Option<&ExternalId> {
        self.facts.external_id.as_ref()
    }

    fn set_key(&mut self, key: Option<ExternalId>) {
        self.facts.external_id = key;
    }

    fn features(&self) -> Features {
        Features::new(self.facts.name.as_str(), self.key().map(ExternalId::as_str), None, BTreeSet::new())
    }

    fn over(&self, says: Self, _: &mut Bench<'_>) -> Self {
        let (had, says) = (&self.facts, says.facts);
        let facts = IndicatorFacts {
            external_id: had.external_id.clone(),
            name: says.name,
            profile: says.profile.or(had.profile),
            family: says.family.or(had.family),
            measure: maybe(had.measure.as_ref(), says.measure),
            direction: says.direction.or(had.direction),
            formula: says.formula.or(had.formula),
            formula_words: maybe(had.formula_words.as_ref(), says.formula_words),
            baseline: baseline(had.baseline.as_ref(), says.baseline),
            source: maybe(had.source.as_ref(), says.source),
            target: said(had.target.as_ref(), says.target),
            deadline: said(had.deadline.as_ref(), says.deadline),
            weight: said(had.weight.as_ref(), says.weight),
            template_indicator: maybe(had.template_indicator.as_ref(), says.template_indicator),
            notes: maybe(had.notes.as_ref(), says.notes),
        };
        Self { id: self.id, facts }
    }

    fn settle(&mut self, _: &mut Bench<'_>) {}
}
