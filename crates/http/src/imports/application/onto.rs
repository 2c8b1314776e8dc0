//! The plan a draft is put into, as it is, and as it would be.

use traguardo_documents::draft::Draft;
use traguardo_documents::source::SourceFormat;
use traguardo_domain::import::Import;
use traguardo_domain::plan::diff::{Change, diff};
use traguardo_domain::plan::document::PlanDocument;
use traguardo_domain::plan::merge::{Keys, MergeOptions, Merged, keep_edits, merge};
use traguardo_domain::plan::{Plan, PlanId};
use traguardo_domain::unit::Unit;
use traguardo_persistence::plans::{Filter, Order};
use traguardo_persistence::{PageRequest, TenantTx, imports, plan_documents, plans as kept};
use uuid::Uuid;

use super::super::draft::open;
use crate::call::Key;
use crate::plans;
use crate::problem::{Kind, Problem};

/// Which plan is meant.
#[derive(Debug, Clone)]
pub(super) enum Target {
    /// The one of the year and kind the file was sent for.
    OfItsYear,
    /// The one somebody named.
    Named(Key),
}

/// What a draft is put into.
pub(super) struct Onto {
    /// The plan and its document, where there is one.
    there: Option<(Plan, PlanDocument)>,
    /// The structures of the comune in the year of the plan.
    units: Vec<Unit>,
    /// The draft that was last put into it, as it was read from its file; compressed.
    last: Option<Vec<u8>>,
}

impl Onto {
    /// Loads what an import is to be put into; `unknown` is the refusal of a name that names no plan.
    pub(super) fn load(
        tx: &mut TenantTx<'_>,
        import: &Import,
        target: &Target,
        unknown: impl Fn() -> Problem,
    ) -> Result<Self, Problem> {
        let facts = &import.facts;
        let plan = match target {
            Target::Named(key) => Some(plans::look_up(tx, key)?.ok_or_else(unknown)?),
            Target::OfItsYear => {
                let filter = Filter { year: Some(facts.year), kind: Some(facts.kind) };
                let one = PageRequest { order: Order::Year, after: None, limit: 1 };
                kept::list(tx, &filter, &one)?.items.pop()
            }
        };
        Ok(match plan {
            None => Self {
                there: None,
                units: plan_documents::units_of_year(tx, i32::from(facts.year.number()))?,
                last: None,
            },
            Some(plan) => {
                let document = plan_documents::load(tx, &plan)?;
                let units = document.units.clone();
                let last = imports::last_read_into(tx, plan.id)?;
                Self { there: Some((plan, document)), units, last }
            }
        })
    }

    /// The plan, where there is one.
    pub(super) fn plan(&self) -> Option<&Plan> {
        self.there.as_ref().map(|(plan, _)| plan)
    }

    /// The plan and its document, where there is one.
    pub(super) fn there(&self) -> Option<(&Plan, &PlanDocument)> {
        self.there.as_ref().map(|(plan, document)| (plan, document))
    }

    /// The plan as it would be with the draft. What people wrote into it since the last file was put there stays, where this
    /// file says what that one said.
    pub(super) fn merged(
        &self,
        draft: &Draft,
        remove_absent: bool,
        fresh: &mut dyn FnMut() -> Uuid,
    ) -> Result<Merged, Problem> {
        let mut merged = self.brought(draft, remove_absent, fresh);
        if let (Some((_, there)), Some(last)) = (&self.there, &self.last) {
            // Taking out what the file does not have is asked for this time, and was not for that one.
            let before = self.brought(&open(last)?, false, fresh);
            let kept = keep_edits(there, &before.document, &merged.document);
            merged.document = kept.map_err(|error| unlike(&error))?;
        }
        Ok(merged)
    }

    /// The plan as a draft alone would make it.
    fn brought(&self, draft: &Draft, remove_absent: bool, fresh: &mut dyn FnMut() -> Uuid) -> Merged {
        let mut incoming = draft.document.clone();
        if self.there.is_none() {
            // A document that was exported carries the id of the plan it came from, which this one is not.
            incoming.plan.id = PlanId(fresh());
        }
        // The keys of a plan's own document are somebody's; those of what was read were made from the order of its rows.
        let keys = match draft.certificate.format {
            SourceFormat::Plan => Keys::OfTheFile,
            SourceFormat::Text
            | SourceFormat::Csv
            | SourceFormat::Xlsx
            | SourceFormat::Ods
            | SourceFormat::Docx => Keys::OfThePlan,
        };
        let options = MergeOptions { remove_absent, keys, ..MergeOptions::default() };
        let existing = self.there.as_ref().map(|(_, document)| document);
        merge(existing, &self.units, &incoming, &options, fresh)
    }

    /// What would change.
    pub(super) fn changes(&self, after: &PlanDocument) -> Result<Vec<Change>, Problem> {
        let nothing = || PlanDocument {
            units: self.units.clone(),
            sections: Vec::new(),
            objectives: Vec::new(),
            ..after.clone()
        };
        let before = self.there.as_ref().map_or_else(nothing, |(_, document)| document.clone());
        let compared = diff(&before, &after.with_units_as_read());
        compared.map(|difference| difference.changes).map_err(|error| unlike(&error))
    }
}

fn unlike(error: &dyn std::fmt::Display) -> Problem {
    log::error!("a plan cannot be compared with what it would be: {error}");
    Problem::of(Kind::Internal)
}
