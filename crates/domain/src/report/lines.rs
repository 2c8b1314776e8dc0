//! The lines of a report, from what was scored.

use rust_decimal::Decimal;

use super::made::number;
use super::{AssignmentLine, MeasuredLine, ObjectiveLine, ResultLine};
use crate::assignment::Assignment;
use crate::objective::Objective;
use crate::plan::document::PlanDocument;
use crate::rulebook::Rulebook;
use crate::score::{How, NodeKind, Outcome, Percent, Scored, Unjudged, Why};
use crate::text::Code;
use crate::weight::Weight;

/// What lines are written by.
pub(super) struct Lines<'l> {
    pub(super) rulebook: &'l Rulebook,
    pub(super) document: &'l PlanDocument,
}

impl Lines<'_> {
    /// An objective, with every structure it is assigned to.
    pub(super) fn objective(
        &self,
        objective: &Objective,
        scored: impl Fn(&Assignment) -> Scored,
    ) -> ObjectiveLine {
        let facts = &objective.facts;
        let lines =
            facts.assignments.iter().map(|assignment| self.assignment(assignment, &scored(assignment)));
        ObjectiveLine {
            id: objective.id,
            code: facts.code.as_ref().map(|code| code.as_str().to_owned()),
            title: facts.title.as_str().to_owned(),
            assignments: lines.collect(),
        }
    }

    fn assignment(&self, assignment: &Assignment, scored: &Scored) -> AssignmentLine {
        let facts = &assignment.facts;
        let unit = self.document.units.iter().find(|unit| unit.id == facts.unit);
        let judged = scored.judged.as_ref();
        let mut measured = Vec::new();
        self.measured(scored, &mut measured);
        AssignmentLine {
            id: assignment.id,
            unit: facts.unit,
            unit_name: unit.map(|unit| unit.facts.name.as_str().to_owned()).unwrap_or_default(),
            responsible: facts.responsible.as_ref().map(|role| role.as_str().to_owned()),
            weight: facts.weight.as_ref().and_then(|weight| self.weight(&weight.value)),
            result: self.result(scored.outcome, scored.band.as_ref()),
            computed: judged.map(|judged| self.result(judged.computed, None)),
            judgement: judged.map(|judged| judged.judgement.clone()),
            measured,
        }
    }

    /// Everything measured below a node, in its order.
    fn measured(&self, scored: &Scored, into: &mut Vec<MeasuredLine>) {
        let (value, expected) = match &scored.how {
            How::Mean { .. } => (None, None),
            How::Measured { value, expected, .. } => (Some(value.clone()), expected.clone()),
            How::Nothing { value } => (value.clone(), None),
        };
        if value.is_some() || scored.node.kind != NodeKind::Assignment {
            into.push(MeasuredLine {
                kind: scored.node.kind,
                id: scored.node.id,
                label: scored.node.label.clone(),
                expected,
                value,
                result: self.result(scored.outcome, None),
            });
        }
        if let How::Mean { parts, .. } = &scored.how {
            for part in parts {
                self.measured(&part.scored, into);
            }
        }
    }

    fn weight(&self, weight: &Weight) -> Option<String> {
        match weight {
            Weight::Percent { percent } => Some(number(percent.number())),
            Weight::Class { class } => {
                let known = self.document.plan.facts.scale.iter().find(|known| known.code == *class);
                let set = self.rulebook.roll_ups.classes.get(class).copied();
                set.or_else(|| known.map(|known| known.coefficient)).map(|figure| number(figure.number()))
            }
            Weight::Unclear => None,
        }
    }

    /// What something reached.
    pub(super) fn result(&self, outcome: Outcome, band: Option<&Code>) -> ResultLine {
        let bands = self.rulebook.bands.as_slice();
        let named = band.and_then(|code| bands.iter().find(|band| band.code == *code));
        let (shown, deviation, absence) = match outcome {
            Outcome::Reached { percent } => {
                let missing = Decimal::ONE_HUNDRED.checked_sub(percent.number()).unwrap_or_default();
                (Some(percent.shown().to_string()), Some(Percent::of(missing).shown().to_string()), None)
            }
            Outcome::Absent { why } => (None, None, Some(absence(why).to_owned())),
        };
        ResultLine {
            outcome,
            shown,
            deviation,
            band: band.cloned(),
            band_label: named.map(|band| band.label.as_str().to_owned()),
            absence,
        }
    }
}

const fn absence(why: Why) -> &'static str {
    match why {
        Why::Missing => "Nessun valore, a termine scaduto.",
        Why::NotDue => "Termine non ancora scaduto.",
        Why::NotApplicable => "Non pertinente.",
        Why::Sterilised => "Sterilizzato: il peso va agli altri.",
        Why::NothingCounts => "Nessuna delle sue parti conta.",
        Why::NotEvaluable { because } => match because {
            Unjudged::ZeroDenominator => "Non valutabile: denominatore zero.",
            Unjudged::NoTarget => "Non valutabile: nessun valore atteso.",
            Unjudged::NoBaseline => "Non valutabile: nessun valore di partenza.",
            Unjudged::BaselineIsTarget => "Non valutabile: la partenza è già il valore atteso.",
            Unjudged::BaselineIsZero => "Non valutabile: la partenza è zero.",
            Unjudged::NeedsJudgement => "Non valutabile senza un giudizio.",
            Unjudged::OtherKind => "Non valutabile: misura di altro tipo da quella attesa.",
            Unjudged::NoTerm => "Non valutabile: termine senza data.",
            Unjudged::TooLarge => "Non valutabile: cifre troppo grandi.",
            Unjudged::Declared => "Dichiarato non valutabile.",
        },
    }
}
