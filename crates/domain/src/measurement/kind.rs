//! Kinds of values, and which of them can be right for what the plan expects: a value no formula can ever make a result of, and
//! nobody is asked to judge, is refused when it is sent and not found missing at the end of the year.

use super::Value;
use crate::fault::{Fault, FaultKind, Refused};
use crate::indicator::Formula;
use crate::target::Target;
use crate::vocabulary::{Vocabulary as _, vocabulary};

vocabulary! {
    /// What a value is.
    ValueKind, "Il genere di un valore: numero, rapporto, fatto o non fatto, giorno in cui è stato fatto, punto di una scala, giudizio da 0 a 100, più parti, parole, non si applica, non valutabile." {
        /// A number.
        Number = "number",
        /// So many of so many.
        Ratio = "ratio",
        /// Done, or not.
        Done = "done",
        /// The day it was done.
        Day = "day",
        /// A point of a scale.
        Point = "point",
        /// A judgement.
        Judgement = "judgement",
        /// A value for each part.
        Parts = "parts",
        /// Words.
        Text = "text",
        /// It does not apply.
        NotApplicable = "not_applicable",
        /// It cannot be judged.
        NotEvaluable = "not_evaluable",
    }
}

/// What the plan expects of something that is measured, as far as it decides which values can be right for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expectation<'p> {
    /// Of an objective or a phase as a whole: that it be done.
    Done,
    /// Of an indicator, or of one part of its target.
    Result {
        /// The formula the plan names.
        formula: Option<Formula>,
        /// What is to be reached.
        target: Option<&'p Target>,
        /// Whether a term is known for it.
        has_term: bool,
    },
}

impl<'p> Expectation<'p> {
    /// Whether values of this kind can be right for it. Words, judgements and reasons always can.
    #[must_use]
    pub fn takes(self, kind: ValueKind) -> bool {
        match kind {
            ValueKind::Done
            | ValueKind::Judgement
            | ValueKind::Text
            | ValueKind::NotApplicable
            | ValueKind::NotEvaluable => true,
            ValueKind::Day => self.takes_days(),
            ValueKind::Ratio => self.takes_figures() || self.counts_times(),
            ValueKind::Number | ValueKind::Point => self.takes_figures(),
            ValueKind::Parts => self.parts().is_some(),
        }
    }

    /// A day says when a figure was reached as well, which counts where there is a term for it.
    const fn takes_days(self) -> bool {
        match self {
            Self::Done => true,
            Self::Result { has_term, target, .. } => has_term || !is_figure(target),
        }
    }

    fn takes_figures(self) -> bool {
        match self {
            Self::Done => false,
            Self::Result { formula, target, .. } => takes_figures(formula, target),
        }
    }

    const fn counts_times(self) -> bool {
        matches!(self, Self::Result { formula: Some(Formula::Frequency), .. })
    }

    /// What cannot be right in a value, each with its place in it.
    #[must_use]
    pub fn faults_of(self, value: &Value) -> Vec<Fault> {
        if !self.takes(value.kind()) {
            let kinds = ValueKind::all().iter().copied().filter(|kind| self.takes(*kind));
            let kinds: Vec<&str> = kinds.map(ValueKind::word).collect();
            let detail =
                format!("Non se ne ricava un risultato: qui si può misurare con {}.", kinds.join(", "));
            return vec![Refused::new(FaultKind::Inconsistent, detail).at("/type")];
        }
        match (value, self.parts()) {
            (Value::Parts { parts }, Some(expected)) => faults_of_parts(parts, &expected),
            (
                Value::Number { .. }
                | Value::Ratio { .. }
                | Value::Done { .. }
                | Value::Day { .. }
                | Value::Point { .. }
                | Value::Judgement { .. }
                | Value::Parts { .. }
                | Value::Text { .. }
                | Value::NotApplicable { .. }
                | Value::NotEvaluable { .. },
                _,
            ) => Vec::new(),
        }
    }

    /// What is expected of each part, where there are several.
    fn parts(self) -> Option<Vec<Self>> {
        let Self::Result { target: Some(Target::Parts { parts }), has_term, .. } = self else { return None };
        let part = |target: &'p Target| {
            let has_term = has_term || matches!(target, Target::By { .. });
            Self::Result { formula: None, target: Some(target), has_term }
        };
        Some(parts.iter().map(|one| part(&one.value)).collect())
    }
}

fn faults_of_parts(values: &[Option<Value>], expected: &[Expectation<'_>]) -> Vec<Fault> {
    if values.len() > expected.len() {
        let detail = format!("Le parti dell'indicatore sono {}.", expected.len());
        return vec![Refused::new(FaultKind::Inconsistent, detail).at("/parts")];
    }
    let mut faults = Vec::new();
    for (index, (value, expected)) in values.iter().zip(expected).enumerate() {
        for mut fault in value.as_ref().map(|value| expected.faults_of(value)).unwrap_or_default() {
            fault.pointer.insert_str(0, &format!("/parts/{index}"));
            faults.push(fault);
        }
    }
    faults
}

/// Whether a target is a figure to be reached.
const fn is_figure(target: Option<&Target>) -> bool {
    match target {
        Some(
            Target::Bound { .. } | Target::Range { .. } | Target::Fraction { .. } | Target::Change { .. },
        ) => true,
        Some(Target::Done | Target::By { .. } | Target::Parts { .. } | Target::Text) | None => false,
    }
}

/// Whether a figure can be right: where one is expected, or nothing says what is.
fn takes_figures(formula: Option<Formula>, target: Option<&Target>) -> bool {
    match formula {
        Some(Formula::Milestone | Formula::Judgement | Formula::Qualitative) => true,
        Some(Formula::Date | Formula::RelativeDate) => false,
        Some(
            Formula::Higher
            | Formula::HigherFromBaseline
            | Formula::Lower
            | Formula::LowerThanZero
            | Formula::Range
            | Formula::Boolean
            | Formula::Scale
            | Formula::Ratio
            | Formula::Count
            | Formula::Variation
            | Formula::Frequency
            | Formula::Threshold
            | Formula::Composite,
        )
        | None => is_figure(target) || matches!(target, None | Some(Target::Text)),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::rulebook::{Shipped, shipped};
    use crate::score::Expected;

    fn targets() -> Vec<Target> {
        let bound = json!({"type": "bound", "comparison": "at_least", "figure": "80"});
        [
            bound.clone(),
            json!({"type": "range", "low": "1", "low_included": true, "high": "2", "high_included": true}),
            json!({"type": "fraction", "comparison": "at_least", "numerator": "1", "denominator": "3"}),
            json!({"type": "change", "comparison": "at_least", "figure": "60"}),
            json!({"type": "done"}),
            json!({"type": "by", "deadline": {"type": "date", "day": "2024-12-31"}}),
            json!({"type": "parts", "parts": [{"value": bound}, {"value": {"type": "done"}}]}),
            json!({"type": "text"}),
        ]
        .map(|target| serde_json::from_value(target).unwrap())
        .to_vec()
    }

    fn values() -> Vec<Value> {
        [
            json!({"type": "number", "figure": "80"}),
            json!({"type": "ratio", "numerator": "4", "denominator": "5"}),
            json!({"type": "done", "done": true}),
            json!({"type": "day", "day": "2024-06-30"}),
            json!({"type": "point", "figure": "3"}),
            json!({"type": "judgement", "percent": "50"}),
            json!({"type": "parts", "parts": [{"type": "number", "figure": "80"}, {"type": "done", "done": true}]}),
            json!({"type": "text", "words": "fatto"}),
            json!({"type": "not_applicable", "reason": "soppresso"}),
            json!({"type": "not_evaluable", "reason": "nessun dato"}),
        ]
        .map(|value| serde_json::from_value(value).unwrap())
        .to_vec()
    }

    #[test]
    fn what_is_refused_no_formula_makes_a_result_of() {
        let rules = shipped(Shipped::ThreeLevels).unwrap().formulas;
        let (targets, values) = (targets(), values());
        let formulas: Vec<Option<Formula>> =
            std::iter::once(None).chain(Formula::all().iter().copied().map(Some)).collect();
        for (formula, has_term) in
            formulas.iter().flat_map(|formula| [true, false].map(|has_term| (*formula, has_term)))
        {
            for target in std::iter::once(None).chain(targets.iter().map(Some)) {
                let expectation = Expectation::Result { formula, target, has_term };
                let due = has_term.then(|| "2024-12-31".parse().unwrap());
                let baseline = Some(crate::figure::Figure::whole(50));
                let expected = Expected { formula, direction: None, target, baseline, due };
                for value in &values {
                    let computed = expected.achieved(value, &rules);
                    if !expectation.faults_of(value).is_empty() {
                        assert!(computed.is_err(), "{formula:?} {target:?} {value:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn what_a_plan_expects_says_which_values_can_be_right() {
        let kinds = |expectation: Expectation<'_>| {
            let taken = ValueKind::all().iter().copied().filter(|kind| expectation.takes(*kind));
            let telling = taken.map(ValueKind::word).take_while(|word| *word != "text");
            telling.filter(|word| *word != "judgement").collect::<Vec<_>>().join(" ")
        };
        let of = |target: usize| Expectation::Result {
            formula: None,
            target: Some(Box::leak(Box::new(targets().swap_remove(target)))),
            has_term: false,
        };
        assert_eq!(kinds(of(0)), "number ratio done point");
        assert_eq!(kinds(of(4)), "done day");
        assert_eq!(kinds(of(5)), "done day");
        assert_eq!(kinds(of(6)), "done day parts");
        assert_eq!(kinds(of(7)), "number ratio done day point");
        assert_eq!(kinds(Expectation::Done), "done day");
    }

    #[test]
    fn the_fault_of_a_part_is_told_at_its_place() {
        let target = targets().swap_remove(6);
        let expectation = Expectation::Result { formula: None, target: Some(&target), has_term: true };
        let parts = |parts: serde_json::Value| {
            let value: Value = serde_json::from_value(json!({"type": "parts", "parts": parts})).unwrap();
            expectation.faults_of(&value).into_iter().map(|fault| fault.pointer).collect::<Vec<_>>()
        };
        let number = json!({"type": "number", "figure": "1"});
        assert_eq!(parts(json!([number, number])), ["/parts/1/type"]);
        assert_eq!(parts(json!([number, null])), [""; 0]);
        assert_eq!(parts(json!([null, null, number])), ["/parts"]);
    }
}
