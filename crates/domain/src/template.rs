//! Shared objectives: what many comuni set out to do alike, written once by an author, versioned, and adopted into their plans.
//! What is compared across comuni is an indicator of a template, in one definition.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::deadline::Deadline;
use crate::figure::Figure;
use crate::indicator::{Direction, Family, Formula, Profile};
use crate::measure::Measure;
use crate::objective::{Art8Area, ObjectiveKind};
use crate::period::Year;
use crate::said::Said;
use crate::target::Target;
use crate::text::{Code, Line, Text};
use crate::version::{Version, Versioned};
use crate::vocabulary::vocabulary;

pub mod adoption;
pub mod binding;
mod catalogue;
mod check;
mod coherence;
pub mod content;
pub mod deviation;
mod difference;
mod publishing;
pub mod rebase;
mod stem;
pub mod suggestion;
#[cfg(test)]
mod tests;

pub use catalogue::{PLATFORM_AUTHOR, catalogue};
pub use difference::TemplateChange;

vocabulary! {
    /// Who writes templates.
    AuthorKind, "Chi scrive obiettivi condivisi: la piattaforma, una regione, un'unione di comuni, una software house." {
        /// The platform.
        Platform = "platform",
        /// A region.
        Region = "region",
        /// A union of comuni.
        Union = "union",
        /// A software house.
        SoftwareHouse = "software_house",
    }
}

/// What is said of an author.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorFacts {
    /// What kind of body.
    pub kind: AuthorKind,
    /// Its name.
    pub name: Line<200>,
    /// The members of the platform who publish for it.
    pub members: BTreeSet<Uuid>,
}

/// A body that writes templates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Author {
    /// Its code: `traguardo` is the platform itself.
    pub code: Code,
    /// What is said of it.
    #[serde(flatten)]
    pub facts: AuthorFacts,
    /// Grows at every change.
    pub version: Version,
}

impl Versioned for Author {
    type Facts = AuthorFacts;

    fn facts(&self) -> &AuthorFacts {
        &self.facts
    }

    fn version(&self) -> Version {
        self.version
    }
}

vocabulary! {
    /// How the figures of several structures become the comune's one.
    Pooling, "Come i dati di più strutture diventano il dato del comune: uno solo per tutto il comune, somma dei numeratori su somma dei denominatori, somma, media semplice." {
        /// There is one figure, the comune's: wherever it is recorded it must be the same.
        Same = "same",
        /// Numerators over denominators.
        Pooled = "pooled",
        /// The sum.
        Summed = "summed",
        /// The simple mean.
        Mean = "mean",
    }
}

vocabulary! {
    /// What a template says and whoever adopts it may say otherwise, unless it is locked.
    Field, "Un campo di un obiettivo condiviso, che chi lo adotta può cambiare se non è bloccato." {
        /// The title of the objective.
        Title = "title",
        /// What it is for.
        Purpose = "purpose",
        /// More words on it.
        Description = "description",
        /// What it is expected to bring.
        ExpectedResult = "expected_result",
        /// What it is.
        Kinds = "kinds",
        /// The laws it comes from.
        Laws = "laws",
        /// The areas of performance.
        Areas = "areas",
        /// What it weighs.
        Weight = "weight",
        /// Its phases.
        Phases = "phases",
        /// The name of an indicator.
        IndicatorName = "indicator_name",
        /// What an indicator is expected to be.
        Target = "target",
        /// Where its figures come from.
        Source = "source",
        /// Which indicators there are.
        Indicators = "indicators",
    }
}

vocabulary! {
    /// Whose result the indicators of a template are.
    Scope, "A che cosa si riferisce un obiettivo condiviso: al comune intero o alla singola struttura." {
        /// The comune's as a whole.
        Comune = "comune",
        /// Each structure's.
        Unit = "unit",
    }
}

/// What an indicator is expected to be from a year on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearTarget {
    /// The first year it holds for.
    pub from: Year,
    /// What.
    pub target: Said<Target>,
}

/// What makes figures comparable: the same in two indicators, or they are not compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Definition {
    /// How a result is told.
    pub formula: Formula,
    /// The formula in words.
    pub formula_words: Text<2000>,
    /// The unit.
    pub measure: Measure,
    /// Which results are better.
    pub direction: Direction,
    /// What is counted in, and what is not.
    pub perimeter: Text<2000>,
    /// How several structures' figures become one.
    pub pooling: Pooling,
}

/// An indicator of a template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateIndicator {
    /// Its code, the template's and a word of its own: `T1.itp`. It names what is compared, whatever the version.
    pub code: Code,
    /// What is measured.
    pub name: Text<2000>,
    /// Which quality it looks at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profile: Option<Profile>,
    /// Where between means and effects it looks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub family: Option<Family>,
    /// What makes its figures comparable.
    #[serde(flatten)]
    pub definition: Definition,
    /// Where the figures come from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Line<300>>,
    /// What it is expected to be, by year.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<YearTarget>,
}

/// A phase of a template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplatePhase {
    /// What is done.
    pub title: Text<2000>,
    /// What it weighs among the phases, in hundredths.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<Figure>,
    /// By when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Said<Deadline>>,
}

/// What an author says of a template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateFacts {
    /// Its canonical title.
    pub title: Line<1000>,
    /// What for.
    pub purpose: Text<4000>,
    /// More words on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Text<4000>>,
    /// What it is expected to bring.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected_result: Option<Text<4000>>,
    /// Whose result it is.
    pub scope: Scope,
    /// What it is.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub kinds: BTreeSet<ObjectiveKind>,
    /// The laws it comes from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub laws: Vec<Line<300>>,
    /// The areas of performance.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub areas: BTreeSet<Art8Area>,
    /// What it is suggested to weigh, in hundredths.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<Figure>,
    /// What a plan must say to comply with the law, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compliance: Option<Text<2000>>,
    /// Words plans say the same thing with, for whoever looks for objectives like it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub said_also: Vec<Line<300>>,
    /// What whoever adopts it may not say otherwise.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub locked: BTreeSet<Field>,
    /// What is measured.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub indicators: Vec<TemplateIndicator>,
    /// The steps.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub phases: Vec<TemplatePhase>,
}

/// An indicator as a published version has it: with the number of its definition, which grows when that changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Defined {
    /// Which indicator.
    pub indicator: Code,
    /// The number of its definition, from 1.
    pub number: i32,
}

/// A published version of a template. A version is never altered; what changes is the next one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template {
    /// Its code: `T1`.
    pub code: Code,
    /// Whose it is.
    pub author: Code,
    /// Its number, from 1.
    pub number: i32,
    /// When it was published.
    pub published_at: DateTime<Utc>,
    /// What it says.
    #[serde(flatten)]
    pub facts: TemplateFacts,
    /// The number of the definition of each of its indicators, and of those earlier versions had.
    #[serde(default)]
    pub definitions: Vec<Defined>,
}

impl Template {
    /// The indicator with this code, and the number of its definition.
    #[must_use]
    pub fn indicator(&self, code: &Code) -> Option<(&TemplateIndicator, i32)> {
        let indicator = self.facts.indicators.iter().find(|one| one.code == *code)?;
        let number = self.definitions.iter().find(|one| one.indicator == *code).map_or(1, |one| one.number);
        Some((indicator, number))
    }
}
