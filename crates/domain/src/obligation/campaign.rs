//! Campaigns: each year the authority says what is attested, of which day, by when, and on which scale.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::{Datelike as _, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::law::Certainty;
use crate::period::Year;
use crate::text::{Code, Line, Text};
use crate::vocabulary::{Vocabulary as _, vocabulary};

vocabulary! {
    /// What is looked at of something published.
    QualityCriterion, "Criterio di qualità di una pubblicazione: pubblicazione, completezza del contenuto, completezza rispetto agli uffici, aggiornamento, apertura del formato." {
        /// Whether it is published, and where it should be.
        Publication = "publication",
        /// Whether it says everything.
        Content = "content",
        /// Whether it is there for every office.
        Offices = "offices",
        /// Whether it is up to date.
        Update = "update",
        /// Whether its format is open.
        Format = "format",
    }
}

impl QualityCriterion {
    /// Whether what falls short of it is not fully up to date. How open the format is, is another matter.
    #[must_use]
    pub const fn is_of_being_up_to_date(self) -> bool {
        match self {
            Self::Publication | Self::Content | Self::Offices | Self::Update => true,
            Self::Format => false,
        }
    }
}

/// The points a criterion is given, in steps from none to the most.
pub type Steps = BTreeMap<QualityCriterion, Vec<u16>>;

/// How much is given for what, in some years.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scale {
    /// The first year.
    pub from: i16,
    /// The last, when there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<i16>,
    /// How sure it is.
    pub certainty: Certainty,
    /// What there is to know of it.
    pub note: Text<600>,
    /// The steps of each criterion. Whole points between two steps are taken too: where the steps are sure there are none.
    pub steps: Steps,
}

impl Scale {
    /// The most a criterion is given.
    #[must_use]
    pub fn most(&self, criterion: QualityCriterion) -> u16 {
        self.steps.get(&criterion).and_then(|steps| steps.last()).copied().unwrap_or_default()
    }

    /// The most an obligation is given.
    #[must_use]
    pub fn full(&self) -> u32 {
        let most = QualityCriterion::all().iter().map(|criterion| u32::from(self.most(*criterion)));
        most.fold(0, u32::saturating_add)
    }
}

/// A campaign as its file has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Held {
    year: Year,
    act: Line<200>,
    state_on: NaiveDate,
    publish_by: NaiveDate,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    follow_up_on: Option<NaiveDate>,
    certainty: Certainty,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    scope: Option<Vec<Code>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<Text<600>>,
}

#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    scales: Vec<Scale>,
    campaigns: Vec<Held>,
}

/// What is attested in a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Campaign {
    /// The year.
    pub year: Year,
    /// The act that called it; none while it is not known.
    pub act: Option<Line<200>>,
    /// The day whose state is attested.
    pub state_on: NaiveDate,
    /// The last day to publish the attestation.
    pub publish_by: NaiveDate,
    /// The day whose state is looked at again, where something fell short and the day is known.
    pub follow_up_on: Option<NaiveDate>,
    /// How sure its days are.
    pub certainty: Certainty,
    /// What is attested: obligations, or whole sections, by their codes. None while it is not known: whatever was checked counts.
    pub scope: Option<Vec<Code>>,
    /// What else there is to know.
    pub note: Option<Text<600>>,
    /// How much is given for what.
    pub scale: &'static Scale,
}

impl Campaign {
    /// Whether it attests an obligation.
    #[must_use]
    pub fn attests(&self, obligation: &str) -> bool {
        let names = |code: &Code| {
            obligation
                .strip_prefix(code.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        self.scope.as_ref().is_none_or(|scope| scope.iter().any(names))
    }
}

const FILE: &str = include_str!("campaigns.json");

/// Read once; its test shows that there is nothing in it that cannot be read.
static WRITTEN: LazyLock<Written> = LazyLock::new(|| serde_json::from_str(FILE).unwrap_or_default());

/// The campaigns that were held, the oldest first.
pub fn campaigns() -> impl Iterator<Item = Campaign> {
    WRITTEN.campaigns.iter().filter_map(held)
}

/// The campaign of a year. One that was not called yet is expected on the days of the last, and says that it is not sure; there is
/// none before the first.
#[must_use]
pub fn campaign(year: Year) -> Option<Campaign> {
    let known = WRITTEN.campaigns.iter().find(|campaign| campaign.year == year);
    known.map_or_else(|| expected(year), held)
}

fn held(campaign: &Held) -> Option<Campaign> {
    Some(Campaign {
        year: campaign.year,
        act: Some(campaign.act.clone()),
        state_on: campaign.state_on,
        publish_by: campaign.publish_by,
        follow_up_on: campaign.follow_up_on,
        certainty: campaign.certainty,
        scope: campaign.scope.clone(),
        note: campaign.note.clone(),
        scale: scale_of(campaign.year)?,
    })
}

fn expected(year: Year) -> Option<Campaign> {
    let last = WRITTEN.campaigns.last().filter(|last| last.year < year)?;
    let that_year = |day: NaiveDate| day.with_year(i32::from(year.number()));
    Some(Campaign {
        year,
        act: None,
        state_on: that_year(last.state_on)?,
        publish_by: that_year(last.publish_by)?,
        follow_up_on: None,
        certainty: Certainty::Unsure,
        scope: None,
        note: Text::parse(
            "L'ANAC non ha ancora indetto questa campagna, o non è ancora caricata: le date sono quelle dell'ultima, e contano tutti gli obblighi verificati.",
        )
        .ok(),
        scale: scale_of(year)?,
    })
}

fn scale_of(year: Year) -> Option<&'static Scale> {
    let holds =
        |scale: &&Scale| scale.from <= year.number() && scale.to.is_none_or(|last| year.number() <= last);
    WRITTEN.scales.iter().find(holds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::{ParameterName, deadline_of};
    use crate::obligation::{edition_of, in_edition, obligation};

    fn year(number: i32) -> Year {
        Year::parse(number).unwrap()
    }

    #[test]
    fn the_file_is_read_and_nothing_in_it_is_left() {
        let written: Written = serde_json::from_str(FILE).unwrap();
        let file: serde_json::Value = serde_json::from_str(FILE).unwrap();
        assert_eq!(serde_json::to_value(&written).unwrap(), file);
        assert_eq!(campaigns().count(), written.campaigns.len());
        assert!(written.campaigns.windows(2).all(|pair| pair[0].year < pair[1].year));
    }

    #[test]
    fn each_campaign_is_of_its_year_and_attests_what_the_catalogue_has() {
        for campaign in campaigns() {
            let number = campaign.year.number();
            let days = [Some(campaign.state_on), Some(campaign.publish_by), campaign.follow_up_on];
            let days: Vec<NaiveDate> = days.into_iter().flatten().collect();
            assert!(days.iter().all(|day| day.year() == i32::from(number)) && days.is_sorted(), "{number}");
            let edition = edition_of(campaign.year).unwrap();
            for code in campaign.scope.iter().flatten() {
                let named = in_edition(edition)
                    .any(|(section, obligation)| section.code == *code || obligation.code == *code);
                assert!(named, "{} of {number}", code.as_str());
            }
        }
    }

    #[test]
    fn its_days_are_those_the_parameters_of_the_law_tell() {
        for number in [2024, 2025] {
            let campaign = campaign(year(number)).unwrap();
            assert_eq!(deadline_of(ParameterName::AttestationDay, number), Some(campaign.state_on));
            assert_eq!(deadline_of(ParameterName::AttestationDeadline, number), Some(campaign.publish_by));
        }
    }

    #[test]
    fn the_old_scale_gives_fourteen_and_the_new_one_says_that_it_is_not_sure() {
        let old = campaign(year(2022)).unwrap().scale;
        assert_eq!(
            (old.full(), old.most(QualityCriterion::Publication), old.certainty),
            (14, 2, Certainty::Confirmed)
        );
        let new = campaign(year(2023)).unwrap().scale;
        assert_eq!((new.full(), new.certainty), (500, Certainty::Unsure));
        for scale in [old, new] {
            for criterion in QualityCriterion::all() {
                assert!(scale.steps.get(criterion).unwrap().is_sorted());
            }
        }
    }

    #[test]
    fn a_campaign_not_called_yet_is_expected_and_there_is_none_before_the_first() {
        let expected = campaign(year(2031)).unwrap();
        assert_eq!(expected.state_on, "2031-05-31".parse().unwrap());
        assert_eq!((expected.certainty, expected.act, expected.scope), (Certainty::Unsure, None, None));
        assert_eq!(campaign(year(2016)), None);
    }

    #[test]
    fn a_section_in_scope_brings_its_obligations_and_no_others() {
        let campaign = campaign(year(2024)).unwrap();
        assert!(campaign.attests("16.05") && campaign.attests("03.01"));
        assert!(!campaign.attests("10.05") && !campaign.attests("160.1"));
        assert!(obligation("16.05", year(2024)).is_some());
    }
}
