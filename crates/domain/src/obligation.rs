//! What a comune must publish of itself, and whether it does: the obligations of legislative decree 33 of 2013 as a dated
//! catalogue, the yearly campaigns in which the evaluation body attests them, and the checks a comune keeps of each.

use serde::{Deserialize, Serialize};

use crate::law::Certainty;
use crate::text::{Code, Line, Text};
use crate::vocabulary::vocabulary;

pub mod attestation;
mod campaign;
mod catalogue;
mod check;
mod figures;
mod score;
mod standing;
#[cfg(test)]
mod tests;
mod updates;

pub use campaign::{Campaign, QualityCriterion, Scale, Steps, campaign, campaigns};
pub use catalogue::{edition, edition_of, editions, in_edition, obligation};
pub use check::{Check, Points};
pub use figures::figures;
pub use score::Score;

vocabulary! {
    /// How often what is published must be brought up to date.
    UpdateFrequency, "Ogni quanto si aggiorna una pubblicazione: appena cambia, ogni tre mesi, ogni sei mesi, ogni anno." {
        /// As soon as it changes.
        Timely = "timely",
        /// Every three months.
        Quarterly = "quarterly",
        /// Every six months.
        HalfYearly = "half_yearly",
        /// Every year.
        Annual = "annual",
    }
}

vocabulary! {
    /// From when the years of publication are counted.
    CountedFrom, "Da quando si contano gli anni di pubblicazione: dal 1° gennaio dopo la pubblicazione, dalla fine dell'incarico." {
        /// From the first of January after it was published, and as long as the act has effects.
        Publication = "publication",
        /// From the end of the office it is about.
        EndOfOffice = "end_of_office",
    }
}

vocabulary! {
    /// In what form it is published so that it can be used again.
    OpenFormat, "Formato in cui si pubblica: tabella aperta, documento elaborabile, collegamento a dove il dato sta già." {
        /// A table in an open format.
        Table = "table",
        /// A document whose text can be searched and copied.
        Document = "document",
        /// A link to where it already is.
        Link = "link",
    }
}

/// Something a comune must publish, as it was for some years.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Obligation {
    /// Its code, section and number: `16.02`. The same through the years, unlike what it says.
    pub code: Code,
    /// The section of level two of the transparent administration, where its section has them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subsection: Option<Line<200>>,
    /// What it is called.
    pub title: Line<200>,
    /// What is published.
    pub content: Text<600>,
    /// Where it is written, as Italian lawyers cite.
    pub norm: Line<200>,
    /// How often it is brought up to date.
    pub frequency: UpdateFrequency,
    /// More on when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frequency_words: Option<Line<200>>,
    /// How many years it stays published.
    pub years: u8,
    /// From when they are counted.
    pub years_from: CountedFrom,
    /// In what form.
    pub format: OpenFormat,
    /// Which office usually has the data; each comune says who in its own plan.
    pub elaborated_by: Line<200>,
    /// When it concerns a comune; absent where it concerns all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub applies_when: Option<Line<200>>,
    /// The binding model it is published in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<Line<200>>,
    /// The first year it was so.
    pub valid_from: i16,
    /// The last year it was so, when there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<i16>,
}

impl Obligation {
    /// Whether it was so in a year.
    #[must_use]
    pub fn is_valid_in(&self, year: i16) -> bool {
        self.valid_from <= year && self.valid_to.is_none_or(|last| year <= last)
    }
}

/// A section of level one of the transparent administration, with what is published in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Its number among the sections.
    pub code: Code,
    /// Its name, as it is on every site.
    pub title: Line<200>,
    /// What is published in it, through the years.
    pub obligations: Vec<Obligation>,
}

/// The catalogue as it was for some years.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edition {
    /// Its name: its first year.
    pub version: Code,
    /// The first year it is of.
    pub from: i16,
    /// The last year it is of; none for the current one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<i16>,
    /// Where it comes from, as Italian lawyers cite.
    pub source: Line<300>,
    /// How sure it is.
    pub certainty: Certainty,
    /// What sets it apart.
    pub note: Text<600>,
}

impl Edition {
    /// Whether it is of a year.
    #[must_use]
    pub fn holds_in(&self, year: i16) -> bool {
        self.from <= year && self.to.is_none_or(|last| year <= last)
    }
}
