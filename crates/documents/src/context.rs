//! What must be known to read a part of a plan: the plan's year and scale, the structures it may name, the parts that are
//! there already and keep their identity.

use std::collections::{HashMap, HashSet, VecDeque};

use traguardo_domain::FaultKind;
use traguardo_domain::fault::Refused;
use traguardo_domain::text::ExternalId;
use traguardo_domain::unit::{Unit, UnitId};
use traguardo_domain::weight::WeightClass;
use uuid::Uuid;

use crate::reader::Reader;

/// What a part of a plan is read against.
pub struct Context<'c> {
    /// The plan's year: a day without a year is one of it.
    pub year: i32,
    /// The plan's classes of weights.
    pub scale: &'c [WeightClass],
    /// The structures it may name.
    pub units: &'c UnitNames,
    /// Whether ids that nobody has yet are taken as they come: those of a document that was written elsewhere.
    pub takes_new_ids: bool,
    /// Where new ids come from.
    pub fresh: &'c mut dyn FnMut() -> Uuid,
}

/// The structures of a comune by id, by code and by external id.
#[derive(Debug, Default)]
pub struct UnitNames {
    ids: HashSet<UnitId>,
    codes: HashMap<String, UnitId>,
    keys: HashMap<String, UnitId>,
}

impl UnitNames {
    /// The names of these structures.
    pub fn new<'u>(units: impl IntoIterator<Item = &'u Unit>) -> Self {
        let mut names = Self::default();
        for unit in units {
            names.add(unit);
        }
        names
    }

    /// Adds the names of one more.
    pub fn add(&mut self, unit: &Unit) {
        self.ids.insert(unit.id);
        self.codes.insert(unit.facts.code.as_str().to_owned(), unit.id);
        if let Some(key) = &unit.facts.external_id {
            self.keys.insert(key.as_str().to_owned(), unit.id);
        }
    }

    /// The structure a text names: by id, or by `ext:` and its external id.
    ///
    /// # Errors
    /// When it names none of them.
    pub fn named(&self, text: &str) -> Result<UnitId, Refused> {
        let found = match text.strip_prefix("ext:") {
            Some(key) => self.keys.get(key).copied(),
            None => Uuid::try_parse(text).ok().map(UnitId).filter(|id| self.ids.contains(id)),
        };
        found.ok_or_else(unknown_unit)
    }

    /// The structure with this code.
    ///
    /// # Errors
    /// When there is none.
    pub fn coded(&self, code: &str) -> Result<UnitId, Refused> {
        self.codes.get(code).copied().ok_or_else(unknown_unit)
    }
}

fn unknown_unit() -> Refused {
    Refused::new(FaultKind::UnknownReference, "L'unità non esiste in questo comune nell'anno del piano.")
}

/// The parts of a list that are there already: what is written again keeps its id. A part is known by the id written with
/// it, else by its external id, else by its place among those that have none.
#[derive(Debug, Default)]
pub struct Known {
    ids: HashSet<Uuid>,
    keys: HashMap<String, Uuid>,
    nameless: VecDeque<Uuid>,
}

impl Known {
    /// The identities of these parts, in their order.
    pub fn new<'p>(parts: impl IntoIterator<Item = (Uuid, Option<&'p ExternalId>)>) -> Self {
        let mut known = Self::default();
        for (id, key) in parts {
            known.ids.insert(id);
            match key {
                Some(key) => drop(known.keys.insert(key.as_str().to_owned(), id)),
                None => known.nameless.push_back(id),
            }
        }
        known
    }

    /// The same, for a part written alone: where it stands among the others says nothing of which one it is.
    #[must_use]
    pub fn named_only(mut self) -> Self {
        self.nameless.clear();
        self
    }

    /// The id of a part as it was written: its own, the one it had, or a new one.
    ///
    /// # Errors
    /// When it names an id that is none of these, and new ids are not taken.
    pub fn identify(
        &mut self,
        written: Option<Uuid>,
        key: Option<&ExternalId>,
        context: &mut Context<'_>,
    ) -> Result<Uuid, Refused> {
        if let Some(id) = written {
            self.nameless.retain(|nameless| *nameless != id);
            if self.ids.contains(&id) || context.takes_new_ids {
                return Ok(id);
            }
            let detail = "Non c'è una parte con questo identificativo; per crearne una lasciarlo via.";
            return Err(Refused::new(FaultKind::UnknownReference, detail));
        }
        let had = match key {
            Some(key) => self.keys.get(key.as_str()).copied(),
            None => self.nameless.pop_front(),
        };
        Ok(had.unwrap_or_else(|| (context.fresh)()))
    }
}

/// How a part is named from outside what is written of it: by the path of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// By the id the service gave it.
    Id(Uuid),
    /// By its external id.
    Key(ExternalId),
}

impl Address {
    /// Brings what is written of a part under the name it was addressed by: what the body leaves out, the address says.
    pub fn settle(&self, at: &mut Reader<'_>, id: &mut Option<Uuid>, external_id: &mut Option<String>) {
        let differs = match self {
            Self::Id(named) => id.replace(*named).is_some_and(|written| written != *named).then_some("id"),
            Self::Key(named) => {
                let written = external_id.replace(named.as_str().to_owned());
                written.is_some_and(|written| written != named.as_str()).then_some("external_id")
            }
        };
        if let Some(member) = differs {
            at.fault(member, FaultKind::Inconsistent, "Non è quello del percorso.");
        }
    }
}
