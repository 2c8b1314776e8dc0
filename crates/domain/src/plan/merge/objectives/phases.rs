//! Phases of an objective, merged.

use std::collections::BTreeSet;

use uuid::Uuid;

use crate::phase::{Phase, PhaseFacts, PhaseId};
use crate::plan::merge::Bench;
use crate::plan::merge::identities::Noun;
use crate::plan::merge::pairing::Features;
use crate::plan::merge::parts::{self, Part};
use crate::plan::merge::values::{maybe, said};
use crate::text::{ExternalId, Line};

impl Part for Phase {
    const NOUN: Noun = Noun::Phase;
    const MOVES: bool = false;
    const PLACED: bool = true;

    fn id(&self) -> Uuid {
        self.id.0
    }

    fn set_id(&mut self, id: Uuid) {
        self.id = PhaseId(id);
    }

    fn key(&self) -> Option<&ExternalId> {
        self.facts.external_id.as_ref()
    }

    fn set_key(&mut self, key: Option<ExternalId>) {
        self.facts.external_id = key;
    }

    fn features(&self) -> Features {
        let code = self.facts.code.as_ref().map(Line::as_str);
        Features::new(self.facts.title.as_str(), self.key().map(ExternalId::as_str), code, BTreeSet::new())
    }

    fn over(&self, says: Self, bench: &mut Bench<'_>) -> Self {
        let (had, says) = (&self.facts, says.facts);
        let facts = PhaseFacts {
            external_id: had.external_id.clone(),
            code: maybe(had.code.as_ref(), says.code),
            title: says.title,
            weight: said(had.weight.as_ref(), says.weight),
            deadline: said(had.deadline.as_ref(), says.deadline),
            expected_result: maybe(had.expected_result.as_ref(), says.expected_result),
            notes: maybe(had.notes.as_ref(), says.notes),
            indicators: parts::merged(&had.indicators, says.indicators, bench).items,
        };
        Self { id: self.id, facts }
    }

    fn settle(&mut self, bench: &mut Bench<'_>) {
        for indicator in &mut self.facts.indicators {
            indicator.set_id(bench.identity(Noun::Indicator, indicator.id.0));
        }
    }
}
