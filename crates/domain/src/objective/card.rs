//! The card of an objective: what it is looked for by, written from its content and never read back.

use chrono::NaiveDate;

use super::ObjectiveFacts;
use crate::deadline::Deadline;
use crate::indicator::Indicator;
use crate::said::Said;
use crate::text::{Line, Text};
use crate::vocabulary::Vocabulary as _;

/// What an objective is looked for by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// The words of its kinds.
    pub kinds: Vec<&'static str>,
    /// The codes of its programmes.
    pub programmes: Vec<String>,
    /// Who answers for it, in any unit.
    pub responsibles: Vec<String>,
    /// The stretches of days on which something in it is due, the first first.
    pub due: Vec<(NaiveDate, NaiveDate)>,
    /// All its words, for a search.
    pub words: String,
}

impl ObjectiveFacts {
    /// Its card; a month without a year is one of `plan_year`.
    #[must_use]
    pub fn card(&self, plan_year: i32) -> Card {
        let mut due: Vec<_> = self.deadlines().flat_map(|said| said.value.windows(plan_year)).collect();
        due.sort_unstable();
        due.dedup();
        let mut responsibles: Vec<String> = self
            .assignments
            .iter()
            .filter_map(|one| one.facts.responsible.as_ref())
            .map(|role| role.as_str().to_owned())
            .collect();
        responsibles.sort();
        responsibles.dedup();
        Card {
            kinds: self.kinds.iter().map(|kind| kind.word()).collect(),
            programmes: self
                .programmes
                .iter()
                .filter_map(|link| link.code.as_ref())
                .map(|code| code.as_str().to_owned())
                .collect(),
            responsibles,
            due,
            words: self.words(),
        }
    }

    /// Every indicator, of the objective and of its phases.
    pub fn every_indicator(&self) -> impl Iterator<Item = &Indicator> {
        self.indicators.iter().chain(self.phases.iter().flat_map(|phase| phase.facts.indicators.iter()))
    }

    /// Every deadline in it.
    fn deadlines(&self) -> impl Iterator<Item = &Said<Deadline>> {
        let steps = self.steps.iter().filter_map(|step| step.when.as_ref());
        let phases = self.phases.iter().filter_map(|phase| phase.facts.deadline.as_ref());
        let indicators = self.every_indicator().filter_map(|indicator| indicator.facts.deadline.as_ref());
        self.deadline.iter().chain(steps).chain(phases).chain(indicators)
    }

    fn words(&self) -> String {
        let mut words = vec![self.title.as_str()];
        words.extend(self.code.as_ref().map(Line::as_str));
        words.extend(self.description.as_ref().map(Text::as_str));
        let texts =
            [&self.purpose, &self.stakeholders, &self.expected_impact, &self.expected_result, &self.notes];
        words.extend(texts.into_iter().flatten().map(Text::as_str));
        let lines = [&self.dup_objective, &self.strategic_line].into_iter().flatten();
        words.extend(lines.map(Line::as_str));
        words.extend(self.steps.iter().map(|step| step.how.as_str()));
        words.extend(self.laws.iter().map(Line::as_str));
        words.extend(self.programmes.iter().filter_map(|link| link.label.as_ref()).map(Line::as_str));
        words.extend(self.phases.iter().map(|phase| phase.facts.title.as_str()));
        words.extend(self.every_indicator().map(|indicator| indicator.facts.name.as_str()));
        words.join("\n")
    }
}
