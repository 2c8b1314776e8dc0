//! Editions of a rulebook: what is changed is the next one, so that whatever was scored by an edition can be scored by it again.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Rulebook, Shipped};
use crate::act::Act;
use crate::digest::Digest;
use crate::period::Year;
use crate::said::Words;
use crate::version::{Version, Versioned};
use crate::vocabulary::vocabulary;

/// Which edition of which year's rulebook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct EditionRef {
    /// The year.
    pub year: Year,
    /// The number of the edition, from 1.
    pub edition: i32,
}

/// A rulebook of a year as it stood from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Edition {
    /// Of which year.
    pub year: Year,
    /// Its number, from 1: the version of the year's rulebook.
    pub number: Version,
    /// The rulebook of the program it was adopted from, when it was adopted as it is.
    pub shipped: Option<Shipped>,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// By which member; by the operator when absent.
    pub member: Option<Uuid>,
    /// The digest of what it says.
    pub digest: Digest,
    /// What it says.
    pub rulebook: Rulebook,
}

impl Edition {
    /// What names it.
    #[must_use]
    pub const fn reference(&self) -> EditionRef {
        EditionRef { year: self.year, edition: self.number.number() }
    }
}

impl Versioned for Edition {
    type Facts = Rulebook;

    fn facts(&self) -> &Rulebook {
        &self.rulebook
    }

    fn version(&self) -> Version {
        self.number
    }
}

impl Rulebook {
    /// The last day on which a plan of a year may be varied; none when there is no term.
    #[must_use]
    pub fn last_day_of_variations(&self, year: Year) -> Option<NaiveDate> {
        let month = u32::from(self.variations_until?);
        let first = NaiveDate::from_ymd_opt(i32::from(year.number()), month, 1)?;
        first.checked_add_months(chrono::Months::new(1))?.pred_opt()
    }
}

vocabulary! {
    /// What the evaluation body thinks of a rulebook: its opinion binds (legislative decree 150 of 2009, art. 7).
    Verdict, "Parere dell'organo di valutazione sul sistema: favorevole, favorevole con osservazioni, contrario." {
        /// It agrees.
        Favourable = "favourable",
        /// It agrees, and remarks.
        WithRemarks = "with_remarks",
        /// It does not agree.
        Contrary = "contrary",
    }
}

/// What is said with an opinion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpinionFacts {
    /// What it comes to.
    pub verdict: Verdict,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<Words>,
    /// The act it was given by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub act: Option<Act>,
}

/// An opinion as it was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opinion {
    /// What was said.
    #[serde(flatten)]
    pub facts: OpinionFacts,
    /// When.
    pub given_at: DateTime<Utc>,
    /// By which member.
    pub member: Option<Uuid>,
}

#[cfg(test)]
mod tests {
    use super::super::shipped;
    use super::*;

    #[test]
    fn the_last_day_of_variations_is_the_last_of_its_month() {
        let year = Year::parse(2024).unwrap();
        let with = |month| Rulebook { variations_until: month, ..shipped(Shipped::Binary).unwrap() };
        assert_eq!(with(Some(2)).last_day_of_variations(year), "2024-02-29".parse().ok());
        assert_eq!(with(Some(12)).last_day_of_variations(year), "2024-12-31".parse().ok());
        assert_eq!(with(None).last_day_of_variations(year), None);
    }
}
