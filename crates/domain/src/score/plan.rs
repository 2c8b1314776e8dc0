//! The score of a plan: from values and judgements to the result of the comune, along the plan's own tree.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::achievement::Expected;
use super::percent::Percent;
use super::tree::{Child, How, Judged, Judgement, Node, NodeKind, Outcome, Scored, counted_absence, mean};
use super::why::Why;
use crate::assignment::{Assignment, AssignmentId};
use crate::deadline::Deadline;
use crate::figure::Figure;
use crate::indicator::Indicator;
use crate::measurement::{Subject, Value};
use crate::objective::Objective;
use crate::phase::Phase;
use crate::plan::document::PlanDocument;
use crate::rulebook::{BandOn, ObjectiveMix, RollUp, Rulebook};
use crate::said::{Said, Words};
use crate::target::Target;
use crate::unit::{Unit, UnitId};
use crate::weight::Weight;

/// What is known of a plan's results on a day.
#[derive(Debug, Clone, Default)]
pub struct Results {
    /// The value that stands for each thing measured; of one assignment, or of all of them.
    pub values: HashMap<(Subject, Option<AssignmentId>), Value>,
    /// What was decided of each assignment.
    pub judgements: HashMap<AssignmentId, Judgement>,
}

/// Scores a plan by a rulebook.
pub struct Scorer<'s> {
    plan: &'s PlanDocument,
    rulebook: &'s Rulebook,
    results: &'s Results,
    at: NaiveDate,
    below: HashMap<UnitId, HashSet<UnitId>>,
}

impl<'s> Scorer<'s> {
    /// A scorer of a plan, as its results were known on a day.
    #[must_use]
    pub fn new(plan: &'s PlanDocument, rulebook: &'s Rulebook, results: &'s Results, at: NaiveDate) -> Self {
        Self { plan, rulebook, results, at, below: lines_of_descent(&plan.units) }
    }

    /// The result of the comune: of its structures that are part of no other.
    #[must_use]
    pub fn comune(&self) -> Scored {
        let known: HashSet<UnitId> = self.plan.units.iter().map(|unit| unit.id).collect();
        let is_top = |unit: &&Unit| unit.facts.parent.is_none_or(|parent| !known.contains(&parent));
        let tops = self.plan.units.iter().filter(is_top);
        let children = tops.filter_map(|unit| {
            let scored = self.unit(unit)?;
            let counts = self.counts(&scored);
            Some(Child { weight: self.weight_of_unit(unit), counts, scored })
        });
        let node =
            Node { kind: NodeKind::Comune, id: None, label: self.plan.plan.facts.title.as_str().to_owned() };
        self.finished(node, mean(children.collect()))
    }

    /// The result of a structure, of everything assigned at or below it; none when nothing is.
    #[must_use]
    pub fn unit(&self, unit: &Unit) -> Option<Scored> {
        let within = self.below.get(&unit.id)?;
        let mut children = Vec::new();
        for objective in &self.plan.objectives {
            for assignment in &objective.facts.assignments {
                if within.contains(&assignment.facts.unit) {
                    let scored = self.assignment(objective, assignment);
                    let counts = self.counts(&scored);
                    let weight = self.coefficient(assignment.facts.weight.as_ref());
                    children.push(Child { weight, counts, scored });
                }
            }
        }
        if children.is_empty() {
            return None;
        }
        let node =
            Node { kind: NodeKind::Unit, id: Some(unit.id.0), label: unit.facts.name.as_str().to_owned() };
        Some(self.finished(node, mean(children)))
    }

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
        let due = due.or_else(|| self.due(facts.deadline.as_ref()));
        let (outcome, how) = match self.value(Subject::Indicator(indicator.id), of) {
            None => (self.absent(due), How::Nothing { value: None }),
            Some(value) => {
                let expected = Expected {
                    formula: facts.formula,
                    direction: facts.direction,
                    target: facts.target.as_ref().map(|said| &said.value),
                    baseline: facts.baseline.as_ref().and_then(|baseline| baseline.figure),
                    due,
                };
                let words = facts.target.as_ref().and_then(|said| said.words.clone());
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

    fn finished(&self, node: Node, (outcome, how): (Outcome, How)) -> Scored {
        let mut scored = Scored { node, outcome, band: None, judged: None, how };
        scored.band = self.band(&scored);
        scored
    }

    fn band(&self, scored: &Scored) -> Option<crate::text::Code> {
        let percent = scored.percent()?;
        self.rulebook.bands.of(self.banded(percent)).map(|band| band.code.clone())
    }

    /// The result bands look at.
    fn banded(&self, percent: Percent) -> Percent {
        match self.rulebook.band_on {
            BandOn::Computed => percent,
            BandOn::Shown => Percent::of(percent.shown()),
        }
    }

    /// What an assignment or a structure counts in what it is part of.
    fn counts(&self, scored: &Scored) -> Option<Percent> {
        match scored.outcome {
            Outcome::Absent { why } => counted_absence(why, self.rulebook.absences),
            Outcome::Reached { percent } if scored.node.kind == NodeKind::Assignment => {
                let band = self.rulebook.bands.of(self.banded(percent));
                Some(band.map_or(percent, |band| band.effect.counts(percent)))
            }
            // Bands value objectives; what a structure reached is a mean of them already.
            Outcome::Reached { percent } => Some(percent),
        }
    }

    /// The value of something in an assignment: its own, else the one for all of them.
    fn value(&self, subject: Subject, of: AssignmentId) -> Option<&Value> {
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

    fn coefficient(&self, weight: Option<&Said<Weight>>) -> Option<Decimal> {
        match &weight?.value {
            Weight::Percent { percent } => Some(percent.number()),
            Weight::Class { class } => {
                let set = self.rulebook.roll_ups.classes.get(class).copied();
                let scale = &self.plan.plan.facts.scale;
                let of_scale =
                    || scale.iter().find(|known| known.code == *class).map(|known| known.coefficient);
                set.or_else(of_scale).map(Figure::number)
            }
            Weight::Unclear => None,
        }
    }

    fn weight_of_unit(&self, unit: &Unit) -> Option<Decimal> {
        match self.rulebook.roll_ups.comune {
            RollUp::Equal => Some(Decimal::ONE),
            RollUp::Set => self.rulebook.roll_ups.set.get(&unit.facts.code).map(|weight| weight.number()),
            RollUp::ByStaff => {
                let within = self.below.get(&unit.id)?;
                let units = self.plan.units.iter().filter(|one| within.contains(&one.id));
                let posts = units.flat_map(|one| one.facts.staff.iter()).map(|line| line.posts.number());
                let sum = posts.fold(Decimal::ZERO, Decimal::saturating_add);
                (sum > Decimal::ZERO).then_some(sum)
            }
        }
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

/// For every structure, those at or below it.
fn lines_of_descent(units: &[Unit]) -> HashMap<UnitId, HashSet<UnitId>> {
    let parents: HashMap<UnitId, Option<UnitId>> =
        units.iter().map(|unit| (unit.id, unit.facts.parent)).collect();
    let mut below: HashMap<UnitId, HashSet<UnitId>> = HashMap::new();
    for unit in units {
        let up = |unit: &UnitId| parents.get(unit).copied().flatten();
        for above in std::iter::successors(Some(unit.id), up).take(units.len()) {
            below.entry(above).or_default().insert(unit.id);
        }
    }
    below
}
