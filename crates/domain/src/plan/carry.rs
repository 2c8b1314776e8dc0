//! A plan carried to another year: what is written again next year, with its times moved and its identity new.

use chrono::{Months, NaiveDate};
use uuid::Uuid;

use crate::assignment::AssignmentId;
use crate::deadline::{Deadline, DeadlinePart};
use crate::figure::Figure;
use crate::indicator::{Indicator, IndicatorId};
use crate::objective::{Objective, ObjectiveFacts, ObjectiveId};
use crate::period::Year;
use crate::phase::PhaseId;
use crate::plan::PlanFacts;
use crate::plan::document::{Header, PlanDocument};
use crate::said::{Said, Words};
use crate::section::{Section, SectionId};
use crate::target::{Target, TargetPart};
use crate::text::Line;
use crate::unit::Unit;
use crate::version::Version;

/// How far times move: from a year to a year.
#[derive(Debug, Clone, Copy)]
struct Shift {
    from: i32,
    years: i32,
}

impl PlanFacts {
    /// The same header for another year: the years named in the title move with it.
    #[must_use]
    pub fn carried_to(&self, year: Year) -> Self {
        let from = i32::from(self.year.number());
        let shift = Shift { from, years: i32::from(year.number()).saturating_sub(from) };
        let title = Line::parse(&shift.text(self.title.as_str())).unwrap_or_else(|_| self.title.clone());
        Self { external_id: None, year, kind: self.kind, title, scale: self.scale.clone() }
    }
}

impl PlanDocument {
    /// The same contents under another header, for its year: new identities, times moved, each objective saying which one it
    /// goes on with. Of the units, those that exist in that year are kept; an assignment to one that does not is left out.
    #[must_use]
    pub fn carried_to(&self, header: Header, units: &[Unit], fresh: &mut dyn FnMut() -> Uuid) -> Self {
        let from = i32::from(self.plan.facts.year.number());
        let shift = Shift { from, years: i32::from(header.facts.year.number()).saturating_sub(from) };
        let section = |section: &Section, fresh: &mut dyn FnMut() -> Uuid| Section {
            id: SectionId(fresh()),
            facts: section.facts.clone(),
            version: Version::FIRST,
        };
        Self {
            format: self.format,
            comune: self.comune,
            plan: header,
            units: units.to_vec(),
            sections: self.sections.iter().map(|one| section(one, fresh)).collect(),
            objectives: self.objectives.iter().map(|one| carried(one, shift, units, fresh)).collect(),
        }
    }
}

fn carried(
    objective: &Objective,
    shift: Shift,
    units: &[Unit],
    fresh: &mut dyn FnMut() -> Uuid,
) -> Objective {
    let mut facts: ObjectiveFacts = objective.facts.clone();
    facts.continues = Some(objective.id);
    facts.assignments.retain(|one| units.iter().any(|unit| unit.id == one.facts.unit));
    for assignment in &mut facts.assignments {
        assignment.id = AssignmentId(fresh());
    }
    facts.deadline = facts.deadline.map(|said| shift.said_deadline(said));
    for step in &mut facts.steps {
        step.when = step.when.take().map(|said| shift.said_deadline(said));
    }
    for phase in &mut facts.phases {
        phase.id = PhaseId(fresh());
        phase.facts.deadline = phase.facts.deadline.take().map(|said| shift.said_deadline(said));
        phase.facts.indicators.iter_mut().for_each(|indicator| shift.indicator(indicator, fresh));
    }
    facts.indicators.iter_mut().for_each(|indicator| shift.indicator(indicator, fresh));
    Objective { id: ObjectiveId(fresh()), facts, version: Version::FIRST }
}

impl Shift {
    fn indicator(self, indicator: &mut Indicator, fresh: &mut dyn FnMut() -> Uuid) {
        indicator.id = IndicatorId(fresh());
        let facts = &mut indicator.facts;
        facts.deadline = facts.deadline.take().map(|said| self.said_deadline(said));
        facts.target = facts.target.take().map(|said| Said {
            words: said.words.map(|words| self.target_words(words, &said.value)),
            value: self.target(said.value),
        });
    }

    fn said_deadline(self, said: Said<Deadline>) -> Said<Deadline> {
        Said { words: said.words.map(|words| self.words(words)), value: self.deadline(said.value) }
    }

    /// A day as many years away; 29 February falls on the 28th where there is none.
    fn day(self, day: NaiveDate) -> NaiveDate {
        let months = Months::new(self.years.unsigned_abs().saturating_mul(12));
        let moved =
            if self.years < 0 { day.checked_sub_months(months) } else { day.checked_add_months(months) };
        moved.unwrap_or(day)
    }

    const fn year(self, year: i32) -> i32 {
        year.saturating_add(self.years)
    }

    fn deadline(self, deadline: Deadline) -> Deadline {
        match deadline {
            Deadline::Date { day } => Deadline::Date { day: self.day(day) },
            Deadline::Month { month, year } => {
                Deadline::Month { month, year: year.map(|year| self.year(year)) }
            }
            Deadline::Span { from, to } => Deadline::Span { from: self.day(from), to: self.day(to) },
            Deadline::Recurring { every, days } => {
                Deadline::Recurring { every, days: days.into_iter().map(|day| self.day(day)).collect() }
            }
            Deadline::Impossible { day, month, year, suggested } => Deadline::Impossible {
                day,
                month,
                year: self.year(year),
                suggested: suggested.map(|day| self.day(day)),
            },
            Deadline::Parts { parts } => Deadline::Parts {
                parts: parts
                    .into_iter()
                    .map(|part| DeadlinePart {
                        words: part.words.map(|words| self.words(words)),
                        value: self.deadline(part.value),
                    })
                    .collect(),
            },
            Deadline::LegalTerm
            | Deadline::Event { .. }
            | Deadline::Relative { .. }
            | Deadline::Continuous
            | Deadline::Text => deadline,
        }
    }

    fn target(self, target: Target) -> Target {
        match target {
            Target::By { deadline } => Target::By { deadline: self.deadline(deadline) },
            Target::Parts { parts } => Target::Parts {
                parts: parts
                    .into_iter()
                    .map(|part| TargetPart {
                        words: part.words.map(|words| self.target_words(words, &part.value)),
                        value: self.target(part.value),
                    })
                    .collect(),
            },
            Target::Bound { .. }
            | Target::Range { .. }
            | Target::Fraction { .. }
            | Target::Change { .. }
            | Target::Done
            | Target::Text => target,
        }
    }

    /// The words of a target; where what looks like a year is the figure itself, they stay as they are, and so does it.
    fn target_words(self, words: Words, value: &Target) -> Words {
        let like_a_year = |figure: &Figure| self.text(&figure.to_string()) != figure.to_string();
        let stays = match value {
            Target::Bound { figure, .. } | Target::Change { figure, .. } => like_a_year(figure),
            Target::Range { low, high, .. } => like_a_year(low) || like_a_year(high),
            Target::Fraction { numerator, denominator, .. } => {
                like_a_year(numerator) || like_a_year(denominator)
            }
            Target::Done | Target::By { .. } | Target::Parts { .. } | Target::Text => false,
        };
        if stays { words } else { self.words(words) }
    }

    fn words(self, words: Words) -> Words {
        Words::parse(&self.text(words.as_str())).unwrap_or(words)
    }

    /// A text in which every year near the plan's has moved: words and value say the same year after it.
    fn text(self, text: &str) -> String {
        let near = |year: &i32| (self.from.saturating_sub(5)..=self.from.saturating_add(5)).contains(year);
        let mut moved = String::with_capacity(text.len());
        let mut digits = String::new();
        for c in text.chars().chain(std::iter::once('\n')) {
            if c.is_ascii_digit() {
                digits.push(c);
                continue;
            }
            let year = digits.parse::<i32>().ok().filter(|_| digits.len() == 4).filter(near);
            match year {
                Some(year) => moved.push_str(&self.year(year).to_string()),
                None => moved.push_str(&digits),
            }
            digits.clear();
            moved.push(c);
        }
        moved.pop();
        moved
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEXT: Shift = Shift { from: 2024, years: 1 };

    #[test]
    fn words_and_value_move_together() {
        let day = |text: &str| text.parse().unwrap();
        let said = Said {
            words: Words::parse("entro il 31.12.2024").ok(),
            value: Deadline::Date { day: day("2024-12-31") },
        };
        let moved = NEXT.said_deadline(said);
        assert_eq!(moved.words.unwrap().as_str(), "entro il 31.12.2025");
        assert_eq!(moved.value, Deadline::Date { day: day("2025-12-31") });
    }

    #[test]
    fn only_years_near_the_plans_move() {
        assert_eq!(
            NEXT.text("D.Lgs. 33/2013, delibera 12024, anno 2024-2026"),
            "D.Lgs. 33/2013, delibera 12024, anno 2025-2027"
        );
    }

    #[test]
    fn the_last_of_february_stays_in_february() {
        assert_eq!(NEXT.day("2024-02-29".parse().unwrap()), "2025-02-28".parse().unwrap());
    }
}
