//! Sections: the narrative of a plan, in its order.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::text::{ExternalId, Line, Text};
use crate::version::{Version, Versioned};
use crate::vocabulary::vocabulary;

/// The id of a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SectionId(pub Uuid);

vocabulary! {
    /// What a section is about.
    SectionKind, "Argomento di una sezione: premessa, contesto esterno, contesto interno, mandato, organizzazione, personale, risorse, programmazione, valutazione, allegato, altro." {
        /// Introduction.
        Introduction = "introduction",
        /// The territory and its people.
        ExternalContext = "external_context",
        /// The organisation seen from inside.
        InternalContext = "internal_context",
        /// The mandate of the mayor, and its strategic lines.
        Mandate = "mandate",
        /// Structures and offices.
        Organisation = "organisation",
        /// Staff.
        Staff = "staff",
        /// Means.
        Resources = "resources",
        /// The chain of planning documents.
        Planning = "planning",
        /// How results are measured and judged.
        Evaluation = "evaluation",
        /// Annex.
        Annex = "annex",
        /// Anything else.
        Other = "other",
    }
}

/// What a caller says of a section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionFacts {
    /// The key an integrating program has for it, unique in its plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<ExternalId>,
    /// What it is about.
    pub kind: SectionKind,
    /// Its title.
    pub title: Line<300>,
    /// Its text, in Markdown.
    pub body: Text<100_000>,
}

/// A section of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Its id.
    pub id: SectionId,
    /// What is said of it.
    #[serde(flatten)]
    pub facts: SectionFacts,
    /// Grows at every change; no part of the plan's content.
    #[serde(skip, default = "Version::first")]
    pub version: Version,
}

impl Versioned for Section {
    type Facts = SectionFacts;

    fn facts(&self) -> &SectionFacts {
        &self.facts
    }

    fn version(&self) -> Version {
        self.version
    }
}
