//! The tree of structures as headings open it: each below the last one of a level above its own.

use std::collections::HashMap;

use traguardo_domain::unit::UnitKind;

use crate::gathered::{Fields, Found, Gathered, GatheredUnit};
use crate::markup::fold;
use crate::profile::{Field, Taken};
use crate::source::Place;

/// The fields that name a structure, the one that says its level included.
const NAMES: [Field; 6] =
    [Field::Unit, Field::Department, Field::Area, Field::Sector, Field::Service, Field::Office];

/// The structures opened so far.
#[derive(Debug, Default)]
pub struct Structures {
    open: Vec<usize>,
    known: HashMap<(Option<usize>, UnitKind, String), usize>,
    codes: HashMap<String, (Field, Found)>,
}

impl Structures {
    /// The structure that is open, the lowest of them.
    #[must_use]
    pub fn current(&self) -> Option<usize> {
        self.open.last().copied()
    }

    /// Closes all of them: what follows is of the whole comune.
    pub fn close(&mut self) {
        self.open.clear();
    }

    /// Remembers a code or number a list gives to a name, for the structure that has that name.
    pub fn coded(&mut self, name: &str, field: Field, code: Found) {
        let key = compared(name);
        if !key.is_empty() {
            self.codes.entry(key).or_insert((field, code));
        }
    }

    /// Opens a structure, or one that was open before and is called the same.
    pub fn open(&mut self, gathered: &mut Gathered, kind: UnitKind, taken: &Taken, place: Place) -> usize {
        let level = |at: &usize| gathered.units.get(*at).map_or(u8::MAX, |unit| rank(unit.kind));
        while self.open.last().is_some_and(|last| level(last) >= rank(kind)) {
            self.open.pop();
        }
        let at = self.find(gathered, kind, taken, place);
        self.open.push(at);
        at
    }

    /// The structure of this name below the open one, made where it is not there.
    pub fn find(&mut self, gathered: &mut Gathered, kind: UnitKind, taken: &Taken, place: Place) -> usize {
        let parent = self.current();
        let name = compared(name_of(taken).unwrap_or_default());
        let key = (parent, kind, name);
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let mut fields = fields_of(taken, place);
        if let Some((field, code)) = self.codes.get(&key.2)
            && fields.get(*field).is_none()
        {
            fields.add(*field, code.clone());
        }
        let at = gathered.units.len();
        gathered.units.push(GatheredUnit::new(kind, fields, parent));
        self.known.insert(key, at);
        at
    }
}

/// The words that name a structure.
#[must_use]
pub fn name_of(taken: &Taken) -> Option<&str> {
    NAMES.iter().find_map(|field| taken.get(*field))
}

/// The name a structure has among its fields.
#[must_use]
pub fn name_among(fields: &Fields) -> Option<&Found> {
    NAMES.iter().find_map(|field| fields.get(*field))
}

/// Whether a field names a structure, and the level it says it has.
#[must_use]
pub fn level_of(field: Field) -> Option<UnitKind> {
    let named = NAMES.contains(&field);
    let kind = if field == Field::Department {
        UnitKind::Department
    } else if field == Field::Area {
        UnitKind::Area
    } else if field == Field::Service {
        UnitKind::Service
    } else if field == Field::Office {
        UnitKind::Office
    } else {
        UnitKind::Sector
    };
    named.then_some(kind)
}

/// What was taken, as values of one object.
#[must_use]
pub fn fields_of(taken: &Taken, place: Place) -> Fields {
    let mut fields = Fields::default();
    for (field, words) in &taken.fields {
        fields.add(*field, Found::new(words.as_str(), place));
    }
    fields
}

/// A name as names are compared: its letters and digits.
#[must_use]
pub fn compared(name: &str) -> String {
    fold(name).as_str().chars().filter(|letter| letter.is_alphanumeric()).collect()
}

const fn rank(kind: UnitKind) -> u8 {
    match kind {
        UnitKind::Department => 0,
        UnitKind::Area => 1,
        UnitKind::Sector => 2,
        UnitKind::Service => 3,
        UnitKind::Office => 4,
    }
}
