//! Which formula a result is computed with.

use super::Expected;
use crate::figure::Figure;
use crate::indicator::{Direction, Formula};
use crate::measure::Comparison;
use crate::measurement::Value;
use crate::rulebook::Formulas;
use crate::target::Target;

impl Expected<'_> {
    /// The formula a result is computed with: another one where the rulebook says so.
    pub(in crate::score) fn formula_by(&self, value: &Value, rules: &Formulas) -> Formula {
        let formula = self.formula_used(value);
        rules.instead.get(&formula).copied().unwrap_or(formula)
    }

    /// The formula the plan names, else the one its target and its value speak for.
    fn formula_used(&self, value: &Value) -> Formula {
        if let Value::Judgement { .. } = value {
            return Formula::Judgement;
        }
        if let Some(formula) = self.formula {
            return formula;
        }
        let lower = self.direction == Some(Direction::Lower);
        match self.target {
            Some(Target::Bound { comparison, figure, .. }) => match comparison {
                Comparison::Exactly => Formula::Range,
                Comparison::AtMost | Comparison::LessThan if *figure <= Figure::ZERO => {
                    Formula::LowerThanZero
                }
                Comparison::AtMost | Comparison::LessThan => Formula::Lower,
                Comparison::AtLeast | Comparison::MoreThan if lower => Formula::Lower,
                Comparison::AtLeast | Comparison::MoreThan => Formula::Higher,
            },
            Some(Target::Range { .. }) => Formula::Range,
            Some(Target::Fraction { .. }) => Formula::Ratio,
            Some(Target::Change { .. }) => Formula::Variation,
            Some(Target::Done) => Formula::Boolean,
            Some(Target::By { .. }) => Formula::Date,
            Some(Target::Parts { .. }) => Formula::Composite,
            Some(Target::Text) | None => match value {
                Value::Done { .. } => Formula::Boolean,
                Value::Day { .. } => Formula::Date,
                Value::Number { .. }
                | Value::Ratio { .. }
                | Value::Point { .. }
                | Value::Judgement { .. }
                | Value::Parts { .. }
                | Value::Text { .. }
                | Value::NotApplicable { .. }
                | Value::NotEvaluable { .. } => Formula::Qualitative,
            },
        }
    }
}
