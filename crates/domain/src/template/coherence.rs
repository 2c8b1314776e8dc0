//! Whether what defines an indicator holds together: the formula with the unit and the direction, and what is expected with all three.

use super::check::Found;
use super::{Definition, Pooling};
use crate::fault::FaultKind;
use crate::figure::Figure;
use crate::indicator::{Direction, Formula};
use crate::measure::{Comparison, Measure};
use crate::target::Target;

impl Definition {
    pub(super) fn check(&self, place: &str, found: &mut Found) {
        let detail = "Una formula composta o senza numeri non dà un dato confrontabile.";
        let tells = !matches!(self.formula, Formula::Composite | Formula::Qualitative);
        found.unless(tells, format!("{place}/formula"), FaultKind::Inconsistent, detail);
        let detail = "Il verso non è quello della formula.";
        found.unless(
            self.runs_as_its_formula(),
            format!("{place}/direction"),
            FaultKind::Inconsistent,
            detail,
        );
        let at = format!("{place}/measure");
        let detail = "L'unità non è quella della formula.";
        found.unless(self.is_measured_as_its_formula(), at, FaultKind::Inconsistent, detail);
        let detail = "Si raccolgono così solo i rapporti in percentuale (pooled) o le quantità che si sommano (summed).";
        found.unless(self.pools(), format!("{place}/pooling"), FaultKind::Inconsistent, detail);
    }

    fn runs_as_its_formula(&self) -> bool {
        match self.formula {
            Formula::Higher
            | Formula::HigherFromBaseline
            | Formula::Boolean
            | Formula::Milestone
            | Formula::Scale
            | Formula::Frequency
            | Formula::Judgement => self.direction == Direction::Higher,
            Formula::Lower | Formula::LowerThanZero | Formula::Date | Formula::RelativeDate => {
                self.direction == Direction::Lower
            }
            Formula::Range => self.direction == Direction::Within,
            Formula::Ratio | Formula::Count | Formula::Variation => self.direction != Direction::Within,
            Formula::Threshold | Formula::Composite | Formula::Qualitative => true,
        }
    }

    fn is_measured_as_its_formula(&self) -> bool {
        match self.formula {
            Formula::Ratio | Formula::Milestone | Formula::Judgement => self.measure == Measure::Percent,
            Formula::Scale => self.measure == Measure::Points,
            Formula::Count => !matches!(self.measure, Measure::Percent | Measure::Points),
            Formula::Higher
            | Formula::HigherFromBaseline
            | Formula::Lower
            | Formula::LowerThanZero
            | Formula::Range
            | Formula::Boolean
            | Formula::Date
            | Formula::RelativeDate
            | Formula::Variation
            | Formula::Frequency
            | Formula::Threshold
            | Formula::Composite
            | Formula::Qualitative => true,
        }
    }

    fn pools(&self) -> bool {
        match self.pooling {
            Pooling::Same | Pooling::Mean => true,
            Pooling::Pooled => self.measure == Measure::Percent,
            Pooling::Summed => !matches!(self.measure, Measure::Percent | Measure::Points),
        }
    }

    /// Whether a result can be held against this, and why not, in Italian.
    pub(super) fn admits(&self, target: &Target) -> Result<(), &'static str> {
        let told = match target {
            Target::Bound { measure, .. } | Target::Range { measure, .. } => *measure,
            Target::Change { .. }
            | Target::Fraction { .. }
            | Target::Done
            | Target::By { .. }
            | Target::Parts { .. }
            | Target::Text => None,
        };
        if told.is_some_and(|told| told != self.measure) {
            return Err("L'unità del valore atteso non è quella dell'indicatore.");
        }
        match target {
            Target::Bound { comparison, figure, out_of, .. } => {
                self.admits_bound(*comparison, *figure, *out_of)
            }
            Target::Range { low, high, .. } if low > high => Err("L'intervallo finisce prima di cominciare."),
            Target::Range { .. } if self.is(&[Formula::Range, Formula::Threshold]) => Ok(()),
            Target::Fraction { comparison, .. } if self.is(&[Formula::Ratio, Formula::Threshold]) => {
                self.admits_comparison(*comparison)
            }
            Target::Change { .. } if self.is(&[Formula::Variation, Formula::HigherFromBaseline]) => Ok(()),
            Target::Done if self.formula == Formula::Boolean => Ok(()),
            Target::By { .. } if self.is(&[Formula::Date, Formula::RelativeDate]) => Ok(()),
            Target::Parts { .. } | Target::Text => Err("Il valore atteso non è uno, o non è misurabile."),
            Target::Range { .. }
            | Target::Fraction { .. }
            | Target::Change { .. }
            | Target::Done
            | Target::By { .. } => Err("Il valore atteso non è di quelli che la formula misura."),
        }
    }

    fn admits_bound(
        &self,
        comparison: Comparison,
        figure: Figure,
        out_of: Option<Figure>,
    ) -> Result<(), &'static str> {
        match self.formula {
            Formula::Boolean | Formula::Date | Formula::RelativeDate => {
                Err("Il valore atteso non è di quelli che la formula misura.")
            }
            Formula::LowerThanZero if figure > Figure::ZERO => {
                Err("Con questa formula il valore atteso è zero o meno.")
            }
            Formula::Scale if out_of.is_none_or(|out_of| figure > out_of) => {
                Err("Di un punteggio va detto il massimo della scala, non minore del valore atteso.")
            }
            Formula::Scale
            | Formula::LowerThanZero
            | Formula::Higher
            | Formula::HigherFromBaseline
            | Formula::Lower
            | Formula::Range
            | Formula::Milestone
            | Formula::Ratio
            | Formula::Count
            | Formula::Variation
            | Formula::Frequency
            | Formula::Judgement
            | Formula::Threshold
            | Formula::Composite
            | Formula::Qualitative => self.admits_comparison(comparison),
        }
    }

    fn admits_comparison(&self, comparison: Comparison) -> Result<(), &'static str> {
        let along = match (self.direction, comparison) {
            (_, Comparison::Exactly)
            | (Direction::Higher, Comparison::AtLeast | Comparison::MoreThan)
            | (Direction::Lower, Comparison::AtMost | Comparison::LessThan) => true,
            (
                Direction::Higher | Direction::Lower | Direction::Within,
                Comparison::AtLeast | Comparison::MoreThan | Comparison::AtMost | Comparison::LessThan,
            ) => false,
        };
        if along { Ok(()) } else { Err("Il confronto del valore atteso va contro il verso dell'indicatore.") }
    }

    fn is(&self, formulas: &[Formula]) -> bool {
        formulas.contains(&self.formula)
    }
}
