//! Facts: what is published of a year for comparison, one for each shared indicator a comune has results of, and how good it is.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::figure::Figure;
use crate::objective::ObjectiveId;
use crate::period::Year;
use crate::plan::{PlanId, PlanState};
use crate::text::Code;
use crate::violation::Violation;
use crate::vocabulary::vocabulary;

mod drawing;

pub use drawing::{Material, draw};

vocabulary! {
    /// How good a fact is: the fewer things it falls short of, the better.
    Grade, "Qualità di un dato confrontabile: A senza mancanze, B una, C due, D di più." {
        /// It falls short of nothing.
        A = "A",
        /// Of one thing.
        B = "B",
        /// Of two.
        C = "C",
        /// Of more.
        D = "D",
    }
}

vocabulary! {
    /// What a fact falls short of.
    Shortfall, "Che cosa manca a un dato: la definizione corrente, tutto l'anno, la certificazione, il denominatore, l'assenza di rilievi." {
        /// It was measured by a definition that is not the current one, or otherwise than that tells, as the comune settled.
        OldDefinition = "old_definition",
        /// It is of a part of the year.
        PartOfTheYear = "part_of_the_year",
        /// It is not certified.
        Provisional = "provisional",
        /// It is a ratio whose denominator nobody recorded.
        NoDenominator = "no_denominator",
        /// The review found an error in what the plan says of it.
        OpenFinding = "open_finding",
    }
}

vocabulary! {
    /// Why something bound to a shared indicator gives no fact.
    Incomparable, "Perché un indicatore legato a uno condiviso non dà un dato confrontabile." {
        /// The plan measures it in another unit.
        OtherMeasure = "other_measure",
        /// The plan tells it by another formula.
        OtherFormula = "other_formula",
        /// The plan says that other results are better.
        OtherDirection = "other_direction",
        /// Nothing was measured.
        NoValue = "no_value",
        /// What was measured is no figure.
        NotAFigure = "not_a_figure",
        /// It does not apply, cannot be judged, or its denominator is zero.
        NotEvaluable = "not_evaluable",
        /// It is the comune's one figure, and structures say different ones.
        Disagreeing = "disagreeing",
        /// Not all the structures it is put together from recorded something that can be put together.
        Incomplete = "incomplete",
        /// Another objective of the plan follows a newer definition of it.
        OtherDefinition = "other_definition",
        /// There is no such indicator in the version adopted.
        Unknown = "unknown",
    }
}

/// What is published of one shared indicator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// Which.
    pub indicator: Code,
    /// By which of its definitions.
    pub definition: i32,
    /// Of which year.
    pub year: Year,
    /// How much, in the indicator's unit.
    pub value: Figure,
    /// Of a ratio, what was counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub numerator: Option<Figure>,
    /// Of a ratio, among how many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub denominator: Option<Figure>,
    /// How much of what the plan expected was achieved, in hundredths.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<Figure>,
    /// What it falls short of.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub shortfalls: BTreeSet<Shortfall>,
}

impl Fact {
    /// How good it is.
    #[must_use]
    pub fn grade(&self) -> Grade {
        match self.shortfalls.len() {
            0 => Grade::A,
            1 => Grade::B,
            2 => Grade::C,
            _ => Grade::D,
        }
    }
}

impl Shortfall {
    /// What it is, for people.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::OldDefinition => "La definizione con cui è misurato non è quella corrente.",
            Self::PartOfTheYear => "Il periodo misurato non copre tutto l'anno.",
            Self::Provisional => "Non è certificato, o il valore registrato è provvisorio.",
            Self::NoDenominator => "È un rapporto e il denominatore non è registrato.",
            Self::OpenFinding => "La revisione del piano vi trova un errore.",
        }
    }
}

impl Incomparable {
    /// What it is, for people.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::OtherMeasure => "Il piano lo misura in un'altra unità.",
            Self::OtherFormula => "Il piano lo calcola con un'altra formula.",
            Self::OtherDirection => "Il piano dice migliori altri risultati.",
            Self::NoValue => "Nessun valore registrato.",
            Self::NotAFigure => "Ciò che è stato misurato non è un numero.",
            Self::NotEvaluable => "Non si applica, non è valutabile, o il denominatore è zero.",
            Self::Disagreeing => "È il dato unico del comune, e le strutture ne dicono di diversi.",
            Self::Incomplete => {
                "Il dato del comune si ricava da più strutture, e non tutte hanno valori da mettere insieme."
            }
            Self::OtherDefinition => "Un altro obiettivo del piano segue una definizione più recente.",
            Self::Unknown => "La versione adottata dell'obiettivo condiviso non ha questo indicatore.",
        }
    }
}

/// Something bound to a shared indicator that gives no fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Which shared indicator.
    pub indicator: Code,
    /// In which objective.
    pub objective: ObjectiveId,
    /// Why.
    pub why: Incomparable,
}

/// What a plan's results give to comparison.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Drawn {
    /// The facts, by indicator.
    pub facts: Vec<Fact>,
    /// What gives none, and why.
    pub left_out: Vec<LeftOut>,
}

/// Whether the results of a plan in a state may be published: from when the year is followed.
///
/// # Errors
/// [`Violation::NotPublishable`].
pub fn publishable(state: PlanState) -> Result<(), Violation> {
    if state.collects() || state.is_certified() { Ok(()) } else { Err(Violation::NotPublishable { state }) }
}

/// A publication: the facts of a plan's year as they were published, which take the place of those published before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publication {
    /// Of which plan.
    pub plan: PlanId,
    /// Its number in the plan, from 1.
    pub number: i32,
    /// Of which year.
    pub year: Year,
    /// When.
    pub published_at: DateTime<Utc>,
    /// By which member; by the service or the operator when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<Uuid>,
    /// The day the results are told as of.
    pub at: NaiveDate,
    /// Whether the results were certified.
    pub certified: bool,
    /// What was drawn.
    #[serde(flatten)]
    pub drawn: Drawn,
}
