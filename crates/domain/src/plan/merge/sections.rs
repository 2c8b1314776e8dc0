//! Sections of the narrative, merged.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::Bench;
use super::identities::Noun;
use super::pairing::Features;
use super::parts::Part;
use crate::section::{Section, SectionId};
use crate::text::ExternalId;

impl Part for Section {
    const NOUN: Noun = Noun::Section;
    const MOVES: bool = false;
    const PLACED: bool = false;

    fn id(&self) -> Uuid {
        self.id.0
    }

    fn set_id(&mut self, id: Uuid) {
        self.id = SectionId(id);
    }

    fn key(&self) -> Option<&ExternalId> {
        self.facts.external_id.as_ref()
    }

    fn set_key(&mut self, key: Option<ExternalId>) {
        self.facts.external_id = key;
    }

    fn features(&self) -> Features {
        Features::new(self.facts.title.as_str(), self.key().map(ExternalId::as_str), None, BTreeSet::new())
    }

    fn over(&self, said: Self, _: &mut Bench<'_>) -> Self {
        let mut facts = said.facts;
        facts.external_id.clone_from(&self.facts.external_id);
        Self { id: self.id, facts, version: self.version }
    }

    fn settle(&mut self, _: &mut Bench<'_>) {}
}
