//! Groups of comuni to compare with: those the registry makes, and those somebody names, with dated versions.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::comune::{ComuneCode, ProvinceCode, RegionCode};
use crate::registry::ClassScheme;
use crate::text::{Code, Line, Text};
use crate::version::{Version, Versioned};

mod membership;
mod reference;
mod resolve;

pub use membership::{in_force, next};
pub use resolve::{Group, Unresolved, resolve};

/// What names a group: `all`, `region:03`, `province:MI`, `class:tuel_156:6`, `class:tuel_156:6:region:03`, `near:L454:20`,
/// `custom:valle-sabbia`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum GroupRef {
    /// Every comune of the registry.
    All,
    /// Those of a region.
    Region(RegionCode),
    /// Those of a province.
    Province(ProvinceCode),
    /// Those of a class of residents, in one region or in all.
    Class(ClassScheme, u8, Option<RegionCode>),
    /// A comune and so many that are most like it.
    Near(ComuneCode, u16),
    /// One somebody named.
    Custom(Code),
}

/// What is said of a group somebody names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupFacts {
    /// What it is called.
    pub name: Line<200>,
    /// What brings them together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purpose: Option<Text<2000>>,
}

/// A group somebody names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PeerGroup {
    /// Its code, one in the whole service.
    pub code: Code,
    /// The comune whose it is, or the platform.
    pub owner: ComuneCode,
    /// What is said of it.
    #[serde(flatten)]
    pub facts: GroupFacts,
    /// Grows at every change.
    pub version: Version,
}

impl Versioned for PeerGroup {
    type Facts = GroupFacts;

    fn facts(&self) -> &GroupFacts {
        &self.facts
    }

    fn version(&self) -> Version {
        self.version
    }
}

/// Who belongs to a group from a day on: a version is never altered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    /// Its number, from 1.
    pub number: i32,
    /// The first day it holds.
    pub valid_from: NaiveDate,
    /// Who belongs.
    pub members: BTreeSet<ComuneCode>,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
}
