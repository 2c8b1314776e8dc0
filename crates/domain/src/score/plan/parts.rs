//! The result of one objective in one structure: from what was measured of it, of its phases and of its indicators.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::Scorer;
use crate::assignment::{Assignment, AssignmentId};
use crate::deadline::Deadline;
use crate::figure::Figure;
use crate::indicator::Indicator;
use crate::measurement::{Subject, Value};
use crate::objective::Objective;
use crate::phase::Phase;
use crate::rulebook::ObjectiveMix;
use crate::said::{Said, Words};
use crate::score::achievement::Expected;
use crate::score::percent::Percent;
use crate::score::sentences::expected_words;
use crate::score::tree::{Child, How, Judged, Node, NodeKind, Outcome, Scored, counted_absence, mean};
use crate::score::why::Why;
use crate::target::Target;
use crate::weight::Weight;

impl Scorer<'_> {
    /// The result of an objective in one structure.
    #[must_use]
    pub fn assignment(&self, objective: &Objective, assignment: &Assignment) -> Scored {
        let of = assignment.id;
        let whole = self.value(Subject::Objective(objective.id), of);
        let (outcome, how) = match whole {
            Some(value) => self.measured(
                Expected {
                    formula: None,
                    direction: None,
                    target: None,
                    baseline: None,
                    due: self.due(objective.facts.deadline.as_ref()),
                },
                value,
                None,
            ),
            None => self.objective(objective, of),
        };
        let node = Node {
            kind: NodeKind::Assignment,
            id: Some(of.0),
            label: objective.facts.title.as_str().to_owned(),
        };
        let mut scored = self.finished(node, (outcome, how));
        if let Some(judgement) = self.results.judgements.get(&of) {
            scored.outcome = judgement.applied(outcome);
            scored.judged = Some(Judged { computed: outcome, judgement: judgement.clone() });
            scored.band = self.band(&scored);
        }
        scored
    }

    /// The result of one indicator in one assignment, whether or not the result of the objective is made of it.
    #[must_use]
    pub fn indicator(&self, indicator: &Indicator, of: AssignmentId) -> Scored {
        self.indicator_child(indicator, of).scored
    }

    fn objective(&self, objective: &Objective, of: AssignmentId) -> (Outcome, How) {
        let facts = &objective.facts;
        let weighted = facts.phases.iter().any(|phase| phase.facts.weight.is_some());
        let phases = || facts.phases.iter().map(|phase| self.phase_child(phase, of)).collect::<Vec<_>>();
        let indicators =
            || facts.indicators.iter().map(|one| self.indicator_child(one, of)).collect::<Vec<_>>();
        let children = match self.rulebook.roll_ups.objective {
            ObjectiveMix::PhasesFirst if weighted => phases(),
            ObjectiveMix::PhasesFirst if facts.indicators.is_empty() => phases(),
            ObjectiveMix::PhasesFirst | ObjectiveMix::Indicators => indicators(),
            ObjectiveMix::Both if facts.phases.is_empty() => indicators(),
            ObjectiveMix::Both if facts.indicators.is_empty() => phases(),
            ObjectiveMix::Both => shared(phases(), indicators(), self.rulebook.roll_ups.phases_share),
        };
        if children.is_empty() {
            return (self.absent(self.due(facts.deadline.as_ref())), How::Nothing { value: None });
        }
        mean(children)
    }

    fn phase_child(&self, phase: &Phase, of: AssignmentId) -> Child {
        let due = self.due(phase.facts.deadline.as_ref());
        let expected = Expected { formula: None, direction: None, target: None, baseline: None, due };
        let (outcome, how) = match self.value(Subject::Phase(phase.id), of) {
            Some(value) => self.measured(expected, value, None),
            None if phase.facts.indicators.is_empty() => (self.absent(due), How::Nothing { value: None }),
            None => mean(phase.facts.indicators.iter().map(|one| self.indicator_child(one, of)).collect()),
        };
        let label = phase.facts.title.as_str().to_owned();
        let node = Node { kind: NodeKind::Phase, id: Some(phase.id.0), label };
        self.child(node, (outcome, how), phase.facts.weight.as_ref())
    }

    fn indicator_child(&self, indicator: &Indicator, of: AssignmentId) -> Child {
        let facts = &indicator.facts;
        let expected = self.expected(indicator);
        let (outcome, how) = match self.value(Subject::Indicator(indicator.id), of) {
            None => (self.absent(expected.due), How::Nothing { value: None }),
            Some(value) => {
                let words = facts.target.as_ref().and_then(expected_words);
                self.measured(expected, value, words)
            }
        };
        let node = Node {
            kind: NodeKind::Indicator,
            id: Some(indicator.id.0),
            label: facts.name.as_str().to_owned(),
        };
        self.child(node, (outcome, how), facts.weight.as_ref())
    }

    /// What is expected of an indicator.
    pub(in crate::score) fn expected<'i>(&self, indicator: &'i Indicator) -> Expected<'i> {
        let facts = &indicator.facts;
        let due = match facts.target.as_ref().map(|said| &said.value) {
            Some(Target::By { deadline }) => self.day(deadline),
            Some(
                Target::Bound { .. }
                | Target::Range { .. }
                | Target::Fraction { .. }
                | Target::Change { .. }
                | Target::Done
                | Target::Parts { .. }
                | Target::Text,
            )
            | None => None,
        };
        Expected {
            formula: facts.formula,
            direction: facts.direction,
            target: facts.target.as_ref().map(|said| &said.value),
            baseline: facts.baseline.as_ref().and_then(|baseline| baseline.figure),
            due: due.or_else(|| self.due(facts.deadline.as_ref())),
        }
    }

    fn child(&self, node: Node, (outcome, how): (Outcome, How), weight: Option<&Said<Weight>>) -> Child {
        let counts = match outcome {
            Outcome::Reached { percent } => Some(percent),
            Outcome::Absent { why } => counted_absence(why, self.rulebook.absences),
        };
        let scored = Scored { node, outcome, band: None, judged: None, how };
        Child { weight: self.coefficient(weight), counts, scored }
    }

    fn measured(&self, expected: Expected<'_>, value: &Value, words: Option<Words>) -> (Outcome, How) {
        match expected.achieved(value, &self.rulebook.formulas) {
            Ok(achieved) => {
                let how = How::Measured {
                    formula: achieved.formula,
                    value: value.clone(),
                    expected: words,
                    uncapped: achieved.uncapped,
                    cap: Percent::from(self.rulebook.formulas.cap),
                };
                (Outcome::Reached { percent: achieved.percent }, how)
            }
            Err(why) => (Outcome::Absent { why }, How::Nothing { value: Some(value.clone()) }),
        }
    }

    /// The value of something in an assignment: its own, else the one for all of them.
    pub(in crate::score) fn value(&self, subject: Subject, of: AssignmentId) -> Option<&Value> {
        let values = &self.results.values;
        values.get(&(subject, Some(of))).or_else(|| values.get(&(subject, None)))
    }

    fn absent(&self, due: Option<NaiveDate>) -> Outcome {
        let due = due.or_else(|| NaiveDate::from_ymd_opt(self.year(), 12, 31));
        let why = if due.is_some_and(|due| self.at <= due) { Why::NotDue } else { Why::Missing };
        Outcome::Absent { why }
    }

    fn year(&self) -> i32 {
        i32::from(self.plan.plan.facts.year.number())
    }

    fn due(&self, deadline: Option<&Said<Deadline>>) -> Option<NaiveDate> {
        self.day(&deadline?.value)
    }

    fn day(&self, deadline: &Deadline) -> Option<NaiveDate> {
        deadline.window(self.year()).map(|(_, last)| last)
    }
}

/// Phases and indicators side by side: the phases have the share the rulebook says, the indicators the rest.
fn shared(phases: Vec<Child>, indicators: Vec<Child>, share: Figure) -> Vec<Child> {
    let scale = |children: Vec<Child>, share: Decimal| -> Vec<Child> {
        let unweighted = children.iter().all(|child| child.weight.is_none());
        let own = |child: &Child| if unweighted { Some(Decimal::ONE) } else { child.weight };
        let whole = children.iter().filter_map(own).fold(Decimal::ZERO, Decimal::saturating_add);
        let scaled = |child: Child| {
            let weight = own(&child).and_then(|weight| weight.saturating_mul(share).checked_div(whole));
            Child { weight: weight.map(|weight| Percent::of(weight).number()), ..child }
        };
        children.into_iter().map(scaled).collect()
    };
    let rest = Decimal::ONE_HUNDRED.saturating_sub(share.number()).max(Decimal::ZERO);
    let mut all = scale(phases, share.number());
    all.extend(scale(indicators, rest));
    all
}
