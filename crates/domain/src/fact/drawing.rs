//! Drawing facts: from the sealed plan and what is known of its results on a day to one figure of the comune for each shared
//! indicator, with what it falls short of; and for everything that gives none, why.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{Datelike as _, NaiveDate};
use rust_decimal::{Decimal, RoundingStrategy};

use super::{Drawn, Fact, Incomparable, LeftOut, Shortfall};
use crate::assignment::AssignmentId;
use crate::figure::Figure;
use crate::indicator::{Formula, Indicator};
use crate::measurement::{Measurement, Standing, Subject, standing};
use crate::objective::{Objective, ObjectiveId};
use crate::plan::document::PlanDocument;
use crate::review::{Finding, Severity};
use crate::score::Scorer;
use crate::template::{Definition, Pooling, Template};
use crate::text::Code;

mod pool;
mod reading;

#[cfg(test)]
mod tests;

use pool::pool;
use reading::{Reading, read};

/// What facts are drawn from.
#[derive(Clone, Copy)]
pub struct Material<'m> {
    /// The sealed plan.
    pub document: &'m PlanDocument,
    /// Everything measured.
    pub measurements: &'m [Measurement],
    /// What scores its indicators, as of the same day.
    pub scorer: &'m Scorer<'m>,
    /// The versions of the templates it follows, and the current version of each.
    pub templates: &'m [Template],
    /// The day.
    pub at: NaiveDate,
    /// Whether its results were certified.
    pub certified: bool,
    /// What its review found.
    pub findings: &'m [Finding],
}

/// An indicator of the plan that is a shared one.
struct Bound<'m> {
    objective: &'m Objective,
    indicator: &'m Indicator,
    code: &'m Code,
    /// The version of the template its objective adopted.
    template: Option<&'m Template>,
}

type Stands<'m> = HashMap<(Subject, Option<AssignmentId>), &'m Measurement>;

/// What a bound indicator gave.
struct Told<'m> {
    bound: &'m Bound<'m>,
    readings: Vec<Reading>,
}

/// The facts of a plan's year.
///
/// Where a figure is put together from structures, all of them count or there is none: a sum of a part is no figure of the
/// comune. A structure it does not apply to is no part of it. Where the figure is the comune's one, whoever recorded it will do.
#[must_use]
pub fn draw(material: &Material<'_>) -> Drawn {
    let stands = standing(material.measurements, material.at);
    let mut by_code: BTreeMap<&Code, Vec<Bound<'_>>> = BTreeMap::new();
    for bound in material.bound() {
        by_code.entry(bound.code).or_default().push(bound);
    }
    let mut drawn = Drawn::default();
    for (code, bound) in &by_code {
        let (fact, left_out) = material.drawn_of(code, bound, &stands);
        drawn.facts.extend(fact);
        drawn.left_out.extend(left_out.into_iter().map(|(objective, why)| LeftOut {
            indicator: (*code).clone(),
            objective,
            why,
        }));
    }
    drawn
}

impl<'m> Material<'m> {
    fn bound(&self) -> impl Iterator<Item = Bound<'m>> + use<'m> {
        let templates = self.templates;
        self.document.objectives.iter().flat_map(move |objective| {
            let adopted = objective.facts.template.as_ref().zip(objective.facts.template_version);
            let template = adopted.and_then(|(code, number)| {
                templates.iter().find(|one| one.code == *code && one.number == number)
            });
            objective.facts.every_indicator().filter_map(move |indicator| {
                let code = indicator.facts.template_indicator.as_ref()?;
                Some(Bound { objective, indicator, code, template })
            })
        })
    }

    /// The fact of one shared indicator, if there is one, and the objectives that had no part in it.
    fn drawn_of(
        &self,
        code: &Code,
        bound: &[Bound<'_>],
        stands: &Stands<'_>,
    ) -> (Option<Fact>, Vec<(ObjectiveId, Incomparable)>) {
        let newest = bound.iter().filter_map(Bound::definition).max_by_key(|(_, number)| *number);
        let (mut told, mut left_out): (Vec<Told<'_>>, Vec<_>) = (Vec::new(), Vec::new());
        for one in bound {
            match one.told_by(newest).and_then(|definition| read(self, one, definition, stands)) {
                Ok(readings) => told.push(Told { bound: one, readings }),
                Err(why) => left_out.push((one.objective.id, why)),
            }
        }
        let Some((definition, number)) = newest else { return (None, left_out) };
        let readings: Vec<Reading> = told.iter().flat_map(|one| one.readings.iter().copied()).collect();
        let complete = definition.pooling == Pooling::Same || left_out.is_empty();
        let pooled = if complete { pool(definition, &readings) } else { Err(Incomparable::Incomplete) };
        match pooled {
            Ok(pooled) => {
                let mut shortfalls = self.shortfalls(code, number, &told);
                shortfalls.extend(
                    (pooled.ratio.is_none() && is_ratio(definition)).then_some(Shortfall::NoDenominator),
                );
                let fact = Fact {
                    indicator: code.clone(),
                    definition: number,
                    year: self.document.plan.facts.year,
                    value: pooled.value,
                    numerator: pooled.ratio.map(|(numerator, _)| numerator),
                    denominator: pooled.ratio.map(|(_, denominator)| denominator),
                    score: self.score(&told),
                    shortfalls,
                };
                (Some(fact), left_out)
            }
            Err(why) => {
                left_out.extend(told.iter().map(|one| (one.bound.objective.id, why)));
                (None, left_out)
            }
        }
    }

    /// What a figure falls short of, whatever it is a share of.
    fn shortfalls(&self, code: &Code, definition: i32, told: &[Told<'_>]) -> BTreeSet<Shortfall> {
        let readings = || told.iter().flat_map(|one| one.readings.iter());
        let provisional = !self.certified || readings().any(|one| one.standing == Standing::Provisional);
        let as_settled = readings().any(|one| one.as_settled);
        let of = told.iter().find_map(|one| one.bound.template);
        [
            (self.is_old(of, code, definition) || as_settled, Shortfall::OldDefinition),
            (readings().any(|one| !one.whole_year), Shortfall::PartOfTheYear),
            (provisional, Shortfall::Provisional),
            (told.iter().any(|one| self.is_in_error(one.bound)), Shortfall::OpenFinding),
        ]
        .into_iter()
        .filter_map(|(holds, shortfall)| holds.then_some(shortfall))
        .collect()
    }

    /// Whether the current version of the template defines the indicator otherwise, or has it no more.
    fn is_old(&self, template: Option<&Template>, code: &Code, definition: i32) -> bool {
        let versions = self.templates.iter().filter(|one| template.is_some_and(|of| of.code == one.code));
        let current = versions.max_by_key(|one| one.number);
        current.and_then(|one| one.indicator(code)).is_none_or(|(_, current)| current != definition)
    }

    /// Whether the review found an error in the objective as a whole or in the indicator.
    fn is_in_error(&self, bound: &Bound<'_>) -> bool {
        let at = |finding: &&Finding| {
            finding.place.objective == Some(bound.objective.id)
                && finding.place.indicator.is_none_or(|indicator| indicator == bound.indicator.id)
        };
        self.findings.iter().filter(at).any(|finding| finding.severity == Severity::Error)
    }

    /// The mean of what the indicators achieved, each in each structure.
    fn score(&self, told: &[Told<'_>]) -> Option<Figure> {
        let (mut sum, mut count) = (Decimal::ZERO, Decimal::ZERO);
        for Told { bound, .. } in told.iter().filter(|one| !one.readings.is_empty()) {
            for assignment in &bound.objective.facts.assignments {
                if let Some(percent) = self.scorer.indicator(bound.indicator, assignment.id).percent() {
                    sum = sum.checked_add(percent.number())?;
                    count = count.checked_add(Decimal::ONE)?;
                }
            }
        }
        rounded(sum.checked_div(count)?)
    }

    /// Whether a measurement is of all the year.
    fn covers_the_year(&self, measurement: &Measurement) -> bool {
        let year = i32::from(self.document.plan.facts.year.number());
        let (from, to) = (measurement.facts.period.from, measurement.facts.period.to);
        let begins = from.year() < year || (from.year() == year && from.ordinal() == 1);
        let ends = to.year() > year || (to.year() == year && (to.month(), to.day()) == (12, 31));
        begins && ends
    }
}

impl<'m> Bound<'m> {
    /// The definition of its shared indicator in the version adopted, and its number; none when that has no such indicator.
    fn definition(&self) -> Option<(&'m Definition, i32)> {
        let (shared, number) = self.template?.indicator(self.code)?;
        Some((&shared.definition, number))
    }

    /// The definition its figures are of, when they can be compared and put together with those by the newest one of the plan.
    fn told_by(&self, newest: Option<(&'m Definition, i32)>) -> Result<&'m Definition, Incomparable> {
        let (definition, number) = self.definition().ok_or(Incomparable::Unknown)?;
        let facts = &self.indicator.facts;
        if facts.measure.is_some_and(|measure| measure != definition.measure) {
            return Err(Incomparable::OtherMeasure);
        }
        if facts.formula.is_some_and(|formula| formula != definition.formula) {
            return Err(Incomparable::OtherFormula);
        }
        if facts.direction.is_some_and(|direction| direction != definition.direction) {
            return Err(Incomparable::OtherDirection);
        }
        if newest.is_some_and(|(_, newest)| newest != number) {
            return Err(Incomparable::OtherDefinition);
        }
        Ok(definition)
    }
}

/// Whether figures by this definition are shares of something.
fn is_ratio(definition: &Definition) -> bool {
    definition.formula == Formula::Ratio || definition.pooling == Pooling::Pooled
}

/// A computed number as it is published: six places, half up; none when it is beyond all figures.
fn rounded(number: Decimal) -> Option<Figure> {
    Figure::new(number.round_dp_with_strategy(6, RoundingStrategy::MidpointAwayFromZero))
}
