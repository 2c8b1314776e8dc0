//! The attestation of a year, as data: the grid on the scale of that campaign, what it comes to, and what is left below full.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::campaign::{Campaign, QualityCriterion, campaign};
use super::catalogue::{edition_of, in_edition, obligation};
use super::score::Score;
use super::standing::{Standing, Why, counted, left_out, of_year};
use super::{Check, Obligation, Section};
use crate::feeder::LeftOut;
use crate::period::Year;
use crate::unit::UnitId;

/// A row of the grid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row<'c> {
    /// What was found.
    pub check: &'c Check,
    /// The section it is published in.
    pub section: &'static Section,
    /// What must be published.
    pub obligation: &'static Obligation,
    /// Its points of the most; none where it does not apply.
    pub score: Option<Score>,
    /// Whether it counts in the score of the comune: a structure's does not where the whole comune was checked for the same.
    pub counts: bool,
}

/// A criterion of a row that is below the most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shortfall<'c> {
    /// What was found.
    pub check: &'c Check,
    /// The criterion.
    pub criterion: QualityCriterion,
    /// The points it was given.
    pub points: u16,
    /// The most it could be given.
    pub most: u16,
}

/// The attestation of a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attestation<'c> {
    /// What is attested.
    pub campaign: Campaign,
    /// The day whose state it tells: that of the campaign, or an earlier one it is seen from.
    pub state_on: NaiveDate,
    /// The grid, by obligation; the whole comune before its structures.
    pub rows: Vec<Row<'c>>,
    /// What is attested and nobody checked.
    pub never_checked: Vec<&'static Obligation>,
    /// Checks of the year that are no rows, and why.
    pub left_out: Vec<LeftOut>,
}

impl<'c> Attestation<'c> {
    /// The attestation of a year as it is on a day; none for the years without campaigns. Before the day of the campaign it is
    /// what would be attested if that day were today.
    #[must_use]
    pub fn drawn(
        checks: impl IntoIterator<Item = &'c Check> + Clone,
        year: Year,
        on: NaiveDate,
    ) -> Option<Self> {
        let campaign = campaign(year)?;
        let state_on = campaign.state_on.min(on);
        let (mut not_graded, mut out_of_scope, mut graded) = (0, 0, Vec::new());
        for check in of_year(checks, year) {
            match (check.is_graded(), campaign.attests(check.obligation.as_str())) {
                (true, true) => graded.push(check),
                (true, false) => out_of_scope = one_more(out_of_scope),
                (false, _) => not_graded = one_more(not_graded),
            }
        }
        let standing = Standing::on(graded, state_on);
        let left_out = counted([
            left_out(Why::NotGraded, not_graded),
            left_out(Why::OutOfScope, out_of_scope),
            left_out(Why::Later, standing.later),
            left_out(Why::Replaced, standing.replaced),
        ]);
        let rows = rows(&standing, &campaign);
        let never_checked = never_checked(&campaign, &rows);
        Some(Self { campaign, state_on, rows, never_checked, left_out })
    }

    /// The rows that count for the comune.
    pub fn counting(&self) -> impl Iterator<Item = &Row<'c>> {
        self.rows.iter().filter(|row| row.counts)
    }

    /// What it comes to for the comune; the most is zero where nothing applies.
    #[must_use]
    pub fn score(&self) -> Score {
        Score::of(self.counting().filter_map(|row| row.score))
    }

    /// What it comes to for each structure, and for what was checked of the whole comune.
    #[must_use]
    pub fn by_unit(&self) -> BTreeMap<Option<UnitId>, Score> {
        let mut units = BTreeMap::new();
        for row in &self.rows {
            let score: &mut Score = units.entry(row.check.unit).or_default();
            *score = score.and(row.score.unwrap_or_default());
        }
        units
    }

    /// What is below full, row by row.
    pub fn shortfalls(&self) -> impl Iterator<Item = Shortfall<'c>> {
        self.rows.iter().flat_map(|row| {
            row.check.short_of(&self.campaign).map(|criterion| Shortfall {
                check: row.check,
                criterion,
                points: row.check.given(criterion),
                most: self.campaign.scale.most(criterion),
            })
        })
    }
}

fn rows<'c>(standing: &Standing<'c>, campaign: &Campaign) -> Vec<Row<'c>> {
    let comune = standing.told_for_the_comune();
    let row = |check: &&'c Check| {
        let (section, obligation) = obligation(check.obligation.as_str(), check.year)?;
        let counts = check.unit.is_none() || !comune.contains(&check.obligation);
        Some(Row { check, section, obligation, score: check.score(campaign), counts })
    };
    standing.by_item.values().filter_map(row).collect()
}

fn never_checked(campaign: &Campaign, rows: &[Row<'_>]) -> Vec<&'static Obligation> {
    let checked: BTreeSet<&str> = rows.iter().map(|row| row.obligation.code.as_str()).collect();
    let all = edition_of(campaign.year).into_iter().flat_map(in_edition);
    let never = |code: &str| campaign.attests(code) && !checked.contains(code);
    all.map(|(_, obligation)| obligation).filter(|obligation| never(obligation.code.as_str())).collect()
}

/// One more than so many.
const fn one_more(count: u64) -> u64 {
    count.saturating_add(1)
}
