//! Where next year starts from: what this year reached.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::assignment::AssignmentId;
use crate::figure::Figure;
use crate::indicator::{Baseline, Indicator};
use crate::measurement::{Subject, Value};
use crate::period::Year;
use crate::plan::document::PlanDocument;
use crate::score::Results;

impl PlanDocument {
    /// The same contents, with what each indicator reached as the figure the next year starts from. What was measured apart in
    /// several structures, and what is no figure, leaves the indicator as it was.
    #[must_use]
    pub fn starting_from(&self, results: &Results) -> Self {
        let year = self.plan.facts.year;
        let mut document = self.clone();
        for objective in &mut document.objectives {
            let facts = &mut objective.facts;
            let only = match facts.assignments.as_slice() {
                [assignment] => Some(assignment.id),
                [] | [_, _, ..] => None,
            };
            let of_phases = facts.phases.iter_mut().flat_map(|phase| &mut phase.facts.indicators);
            for indicator in facts.indicators.iter_mut().chain(of_phases) {
                if let Some(baseline) = reached(indicator, only, year, results) {
                    indicator.facts.baseline = Some(baseline);
                }
            }
        }
        document
    }
}

fn reached(
    indicator: &Indicator,
    only: Option<AssignmentId>,
    year: Year,
    results: &Results,
) -> Option<Baseline> {
    let subject = Subject::Indicator(indicator.id);
    let own = only.and_then(|assignment| results.values.get(&(subject, Some(assignment))));
    let figure = figure(own.or_else(|| results.values.get(&(subject, None)))?)?;
    Some(Baseline { year, figure: Some(figure), words: None })
}

/// A value as one figure; a ratio in hundredths, as its target is written.
fn figure(value: &Value) -> Option<Figure> {
    match value {
        Value::Number { figure } | Value::Point { figure } => Some(*figure),
        Value::Ratio { numerator, denominator } => {
            let share = numerator.number().checked_mul(Decimal::ONE_HUNDRED)?;
            let share = share.checked_div(denominator.number())?;
            Figure::new(share.round_dp_with_strategy(6, RoundingStrategy::MidpointAwayFromZero))
        }
        Value::Done { .. }
        | Value::Day { .. }
        | Value::Judgement { .. }
        | Value::Parts { .. }
        | Value::Text { .. }
        | Value::NotApplicable { .. }
        | Value::NotEvaluable { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use serde_json::json;
    use uuid::Uuid;

    use super::*;
    use crate::indicator::IndicatorId;

    #[test]
    fn next_year_starts_from_what_this_year_reached() {
        let id = Uuid::from_u128;
        let indicator = |number: u128| json!({"id": id(number), "name": "Quanto"});
        let document: PlanDocument = serde_json::from_value(json!({
            "format": "traguardo.plan.v1", "comune": "L454",
            "plan": {"id": id(1), "year": 2024, "kind": "standalone", "title": "Piano"},
            "objectives": [{"id": id(2), "title": "Uno", "assignments": [{"id": id(3), "unit": id(4)}],
                "indicators": [indicator(10), indicator(11), indicator(12)],
                "phases": [{"id": id(5), "title": "Fase", "indicators": [indicator(13)]}]}],
        }))
        .unwrap();
        let whole = |number| Value::Number { figure: Figure::whole(number) };
        let ratio = Value::Ratio { numerator: Figure::whole(1), denominator: Figure::whole(3) };
        let own = Some(AssignmentId(id(3)));
        let subject = |number| Subject::Indicator(IndicatorId(id(number)));
        let values = HashMap::from([
            ((subject(10), None), whole(72)),
            ((subject(11), own), ratio),
            ((subject(12), None), Value::Done { done: true }),
            ((subject(13), None), whole(5)),
        ]);
        let started = document.starting_from(&Results { values, judgements: HashMap::new() });
        let facts = &started.objectives[0].facts;
        let start = |indicator: &Indicator| {
            let baseline = indicator.facts.baseline.clone()?;
            Some((baseline.year.number(), baseline.figure?.to_string()))
        };
        let starts: Vec<_> = facts.indicators.iter().map(start).collect();
        let said = |figure: &str| Some((2024, figure.to_owned()));
        assert_eq!(starts, [said("72"), said("33.333333"), None]);
        assert_eq!(start(&facts.phases[0].facts.indicators[0]), said("5"));
    }
}
