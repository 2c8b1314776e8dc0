//! The parts of an objective, alike in how they are found, put and removed.

use serde::Serialize;
use serde::de::DeserializeOwned;
use traguardo_domain::assignment::Assignment;
use traguardo_domain::indicator::Indicator;
use traguardo_domain::objective::ObjectiveFacts;
use traguardo_domain::phase::Phase;
use traguardo_domain::text::ExternalId;
use uuid::Uuid;

use crate::assignment::{self, AssignmentBody};
use crate::context::{Address, Context};
use crate::indicator::{self, IndicatorBody};
use crate::phase::{self, PhaseBody};
use crate::reader::Reader;

/// A part of an objective.
pub trait Part: Clone + PartialEq + Serialize + Send + 'static {
    /// What is written of it.
    type Body: DeserializeOwned + Send + 'static;

    /// Its id.
    fn id(&self) -> Uuid;

    /// Its external id.
    fn external_id(&self) -> Option<&ExternalId>;

    /// The list of such parts of an objective, or of one of its phases; `None` when that phase is not there, or holds none.
    fn list<'f>(facts: &'f mut ObjectiveFacts, phase: Option<&Address>) -> Option<&'f mut Vec<Self>>;

    /// Reads what is written of one, under the name it was addressed by, among those that are there.
    fn read(
        body: Self::Body,
        address: Option<&Address>,
        there: &[Self],
        at: &mut Reader<'_>,
        context: &mut Context<'_>,
    ) -> Option<Self>;
}

impl Address {
    /// The place in a list of the part with this name.
    pub fn place<P: Part>(&self, parts: &[P]) -> Option<usize> {
        parts.iter().position(|part| match self {
            Self::Id(id) => part.id() == *id,
            Self::Key(key) => part.external_id() == Some(key),
        })
    }
}

impl Part for Assignment {
    type Body = AssignmentBody;

    fn id(&self) -> Uuid {
        self.id.0
    }

    fn external_id(&self) -> Option<&ExternalId> {
        self.facts.external_id.as_ref()
    }

    fn list<'f>(facts: &'f mut ObjectiveFacts, phase: Option<&Address>) -> Option<&'f mut Vec<Self>> {
        phase.is_none().then_some(&mut facts.assignments)
    }

    fn read(
        mut body: AssignmentBody,
        address: Option<&Address>,
        there: &[Self],
        at: &mut Reader<'_>,
        context: &mut Context<'_>,
    ) -> Option<Self> {
        if let Some(address) = address {
            body.addressed(at, address);
        }
        body.read(at, &mut assignment::known(there).named_only(), context)
    }
}

impl Part for Phase {
    type Body = PhaseBody;

    fn id(&self) -> Uuid {
        self.id.0
    }

    fn external_id(&self) -> Option<&ExternalId> {
        self.facts.external_id.as_ref()
    }

    fn list<'f>(facts: &'f mut ObjectiveFacts, phase: Option<&Address>) -> Option<&'f mut Vec<Self>> {
        phase.is_none().then_some(&mut facts.phases)
    }

    fn read(
        mut body: PhaseBody,
        address: Option<&Address>,
        there: &[Self],
        at: &mut Reader<'_>,
        context: &mut Context<'_>,
    ) -> Option<Self> {
        if let Some(address) = address {
            body.addressed(at, address);
        }
        body.read(at, &mut phase::known(there).named_only(), there, context)
    }
}

impl Part for Indicator {
    type Body = IndicatorBody;

    fn id(&self) -> Uuid {
        self.id.0
    }

    fn external_id(&self) -> Option<&ExternalId> {
        self.facts.external_id.as_ref()
    }

    fn list<'f>(facts: &'f mut ObjectiveFacts, phase: Option<&Address>) -> Option<&'f mut Vec<Self>> {
        let Some(address) = phase else { return Some(&mut facts.indicators) };
        let place = address.place(&facts.phases)?;
        facts.phases.get_mut(place).map(|phase| &mut phase.facts.indicators)
    }

    fn read(
        mut body: IndicatorBody,
        address: Option<&Address>,
        there: &[Self],
        at: &mut Reader<'_>,
        context: &mut Context<'_>,
    ) -> Option<Self> {
        if let Some(address) = address {
            body.addressed(at, address);
        }
        body.read(at, &mut indicator::known(there).named_only(), context)
    }
}
