//! Consents: to whom a comune lets its published results be shown in comparisons. A ledger: what is changed is the next entry.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::text::{Code, Text};
use crate::vocabulary::vocabulary;

mod ledger;

pub use ledger::{deciding, exposure, general_exposure};

vocabulary! {
    /// Who sees a comparison. Whoever may be seen by the public may be seen by regions and groups too.
    Audience, "A chi si mostra un confronto: ai comuni dello stesso gruppo, alle regioni, a tutti." {
        /// Other comuni, in groups they share.
        Group = "group",
        /// Dashboards of regions.
        Region = "region",
        /// Everybody.
        Public = "public",
    }
}

vocabulary! {
    /// How a comune is shown.
    Mode, "Come si è mostrati: per nome, solo dentro le statistiche, per niente." {
        /// By name, with its value.
        Named = "named",
        /// In statistics of enough comuni, never by itself.
        Anonymous = "anonymous",
        /// Not at all: its value enters nothing.
        Withheld = "withheld",
    }
}

/// What is said in an entry of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentFacts {
    /// Of which shared indicator; of all of those without an entry of their own, when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub indicator: Option<Code>,
    /// To whom.
    pub audience: Audience,
    /// How.
    pub mode: Mode,
    /// The first day it is shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub embargo_until: Option<NaiveDate>,
    /// What is to be said of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text<2000>>,
}

/// An entry of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// Its number, from 1.
    pub number: i32,
    /// When.
    pub recorded_at: DateTime<Utc>,
    /// By which member; by the operator when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<Uuid>,
    /// What.
    #[serde(flatten)]
    pub facts: ConsentFacts,
}

/// How the value of one comune for one indicator is shown to each audience, by everything in its ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Exposure {
    /// To comuni of its groups.
    pub group: Shown,
    /// To regions.
    pub region: Shown,
    /// To everybody.
    pub public: Shown,
}

/// How a value is shown, and from which day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Shown {
    /// How.
    pub mode: Mode,
    /// The first day; it counts as withheld before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
}
