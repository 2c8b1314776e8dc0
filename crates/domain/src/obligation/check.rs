//! Checks: what was found of one obligation on a day, in the whole comune or in one structure.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike as _, NaiveDate};
use serde::{Deserialize, Serialize};

use super::campaign::{Campaign, QualityCriterion, campaign};
use super::catalogue::obligation;
use super::score::Score;
use crate::fault::{Fault, FaultKind, Refused};
use crate::period::Year;
use crate::register::{Entry, Register};
use crate::text::{Code, ExternalId, Line, Text};
use crate::unit::UnitId;
use crate::vocabulary::Vocabulary as _;

/// The points given, by criterion; a criterion that is not there was given none.
pub type Points = BTreeMap<QualityCriterion, u16>;

/// What was found of an obligation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// The key the program of the comune has for it.
    pub key: ExternalId,
    /// The campaign it is of.
    pub year: Year,
    /// The obligation, by its code in the catalogue of that year.
    pub obligation: Code,
    /// The structure whose part was looked at; none where it was looked at for the whole comune.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// The day whose state it tells, which may be earlier than the day somebody looked.
    pub checked_on: NaiveDate,
    /// Why it concerns neither the comune nor the structure; absent where it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_applicable: Option<Line<300>>,
    /// The points given on the scale of the campaign; none where only this was looked at: is it up to date.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub points: Points,
    /// Whether it is published, complete and up to date; where absent, the points tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub up_to_date: Option<bool>,
    /// The days of the year, until that of the check, on which what is published was brought up to date; absent where nobody looked
    /// at that, empty where it never was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated_on: Option<Vec<NaiveDate>>,
    /// What else is to be said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text<2000>>,
}

impl Check {
    /// The most days on which something is brought up to date in a year.
    pub const MOST_UPDATES: usize = 366;

    /// Whether it is a row of the grid: points, or why there are none to give.
    #[must_use]
    pub fn is_graded(&self) -> bool {
        self.not_applicable.is_some() || !self.points.is_empty()
    }

    /// Its points of the most it could have; none where it does not apply, or was not graded.
    #[must_use]
    pub fn score(&self, campaign: &Campaign) -> Option<Score> {
        if self.not_applicable.is_some() || self.points.is_empty() {
            return None;
        }
        let given = QualityCriterion::all().iter().map(|criterion| u64::from(self.given(*criterion)));
        Some(Score { points: given.fold(0, u64::saturating_add), most: campaign.scale.full().into() })
    }

    /// The points of a criterion: an empty one counts nothing.
    #[must_use]
    pub fn given(&self, criterion: QualityCriterion) -> u16 {
        self.points.get(&criterion).copied().unwrap_or_default()
    }

    /// The criteria below the most, in their order.
    pub fn short_of<'c>(&'c self, campaign: &'c Campaign) -> impl Iterator<Item = QualityCriterion> + 'c {
        let graded = self.not_applicable.is_none() && !self.points.is_empty();
        let all = QualityCriterion::all().iter().copied().filter(move |_| graded);
        all.filter(|criterion| self.given(*criterion) < campaign.scale.most(*criterion))
    }

    /// Whether it is fully up to date, as it was said or as its points tell; none where it does not apply or nobody said.
    #[must_use]
    pub fn is_up_to_date(&self, campaign: &Campaign) -> Option<bool> {
        if self.not_applicable.is_some() {
            return None;
        }
        let told = || (!self.points.is_empty()).then(|| !self.is_behind(campaign));
        self.up_to_date.or_else(told)
    }

    /// Whether nothing is left to do: every point, or that it is up to date where no points were given.
    #[must_use]
    pub fn is_full(&self, campaign: &Campaign) -> bool {
        self.score(campaign).map_or(self.up_to_date == Some(true), Score::is_full)
    }

    /// Whether it shows that nothing is left to do of what an earlier one of the same obligation found short: every point is given
    /// now; or, where no points are, it is up to date and nothing else fell short. That something is up to date says nothing of
    /// how open its format is.
    #[must_use]
    pub fn heals(&self, earlier: &Self, campaign: &Campaign) -> bool {
        let about_that = || earlier.short_of(campaign).all(QualityCriterion::is_of_being_up_to_date);
        self.is_full(campaign) && (self.score(campaign).is_some() || about_that())
    }

    fn is_behind(&self, campaign: &Campaign) -> bool {
        self.short_of(campaign).any(QualityCriterion::is_of_being_up_to_date)
    }

    fn faults_of_what_it_is_about(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self.checked_on.year() != i32::from(self.year.number()) {
            let detail = "Il giorno di cui la verifica dice lo stato è nell'anno della campagna.";
            faults.push(Refused::new(FaultKind::Inconsistent, detail).at("/checked_on"));
        }
        if campaign(self.year).is_none() {
            let detail = "Il catalogo degli obblighi e le campagne cominciano dal 2017.";
            faults.push(Refused::new(FaultKind::OutOfBounds, detail).at("/year"));
        } else if obligation(self.obligation.as_str(), self.year).is_none() {
            let detail = "Nel catalogo di quell'anno non c'è un obbligo con questo codice.";
            faults.push(Refused::new(FaultKind::UnknownReference, detail).at("/obligation"));
        }
        faults
    }

    fn faults_of_what_was_found(&self) -> Vec<Fault> {
        let nothing = self.points.is_empty() && self.up_to_date.is_none();
        if self.not_applicable.is_some() && self.updated_on.is_some() {
            let detail = "Di un obbligo che non si applica non si dice quando è stato aggiornato.";
            return vec![Refused::new(FaultKind::Inconsistent, detail).at("/updated_on")];
        }
        match (&self.not_applicable, nothing) {
            (Some(_), false) => {
                let detail =
                    "Di un obbligo che non si applica non si danno punti, né si dice se è aggiornato.";
                vec![Refused::new(FaultKind::Inconsistent, detail).at("/not_applicable")]
            }
            (None, true) => {
                let detail = "Servono i punti, o se l'obbligo è aggiornato, o perché non si applica.";
                vec![Refused::new(FaultKind::Missing, detail).at("/points")]
            }
            (Some(_), true) | (None, false) => Vec::new(),
        }
    }

    fn faults_of_updates(&self) -> Vec<Fault> {
        let days = self.updated_on.as_deref().unwrap_or_default();
        if days.len() > Self::MOST_UPDATES {
            let detail = format!("Al massimo {}.", Self::MOST_UPDATES);
            return vec![Refused::new(FaultKind::OutOfBounds, detail).at("/updated_on")];
        }
        let mut known = BTreeSet::new();
        let wrong = |day: &NaiveDate| {
            if day.year() != i32::from(self.year.number()) || *day > self.checked_on {
                Some(
                    "Il giorno di un aggiornamento è nell'anno della campagna e non dopo quello della verifica.",
                )
            } else if known.insert(*day) {
                None
            } else {
                Some("Ogni giorno si dice una volta.")
            }
        };
        let wrong: Vec<_> = days.iter().map(wrong).collect();
        let refused = |(place, detail): (usize, Option<&str>)| {
            Some(Refused::new(FaultKind::Inconsistent, detail?).at(&format!("/updated_on/{place}")))
        };
        wrong.into_iter().enumerate().filter_map(refused).collect()
    }

    fn faults_of_points(&self, campaign: &Campaign) -> Vec<Fault> {
        let over = |(criterion, points): (&QualityCriterion, &u16)| {
            let most = campaign.scale.most(*criterion);
            let detail = format!("Da 0 a {most} nella scala di quell'anno.");
            (*points > most).then(|| {
                Refused::new(FaultKind::OutOfBounds, detail).at(&format!("/points/{}", criterion.word()))
            })
        };
        let mut faults: Vec<Fault> = self.points.iter().filter_map(over).collect();
        if self.up_to_date == Some(true) && self.is_behind(campaign) {
            let detail =
                "I punti dicono che manca qualcosa: un obbligo aggiornato solo in parte non è aggiornato.";
            faults.push(Refused::new(FaultKind::Inconsistent, detail).at("/up_to_date"));
        }
        faults
    }
}

impl Entry for Check {
    const REGISTER: Register = Register::Obligations;

    fn key(&self) -> &ExternalId {
        &self.key
    }

    fn matters(&self) -> (NaiveDate, Option<NaiveDate>) {
        let updates = self.updated_on.iter().flatten().copied();
        let first = updates.fold(self.checked_on, NaiveDate::min);
        (first, NaiveDate::from_ymd_opt(i32::from(self.year.number()), 12, 31))
    }

    fn unit(&self) -> Option<UnitId> {
        self.unit
    }

    fn faults(&self) -> Vec<Fault> {
        let mut faults = self.faults_of_what_it_is_about();
        faults.extend(self.faults_of_what_was_found());
        faults.extend(self.faults_of_updates());
        faults.extend(campaign(self.year).into_iter().flat_map(|campaign| self.faults_of_points(&campaign)));
        faults
    }
}
