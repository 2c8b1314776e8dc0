//! The score of a plan: from values and judgements to the result of the comune, along the plan's own tree.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::percent::Percent;
use super::tree::{Child, How, Judgement, Node, NodeKind, Outcome, Scored, counted_absence, mean};
use crate::assignment::{Assignment, AssignmentId};
use crate::measurement::{Subject, Value};
use crate::objective::Objective;
use crate::plan::document::PlanDocument;
use crate::rulebook::{BandOn, Rulebook};
use crate::unit::{Unit, UnitId};

mod closing;
mod find;
mod parts;
mod weights;

/// What is known of a plan's results on a day.
#[derive(Debug, Clone, Default)]
pub struct Results {
    /// The value that stands for each thing measured; of one assignment, or of all of them.
    pub values: HashMap<(Subject, Option<AssignmentId>), Value>,
    /// What was decided of each assignment.
    pub judgements: HashMap<AssignmentId, Judgement>,
}

/// An objective in one structure, with its result.
#[derive(Debug, Clone)]
pub struct Assigned<'s> {
    /// The objective.
    pub objective: &'s Objective,
    /// Where it is assigned.
    pub assignment: &'s Assignment,
    /// What it weighs by the plan and the rulebook; none when the plan gives it no weight.
    pub weight: Option<Decimal>,
    /// What it counts in its structure; none when it is left out.
    pub counts: Option<Percent>,
    /// Its result.
    pub scored: Scored,
}

/// Every result of a plan: of the comune, of each structure that has something to do, of each assignment, in the order of
/// the plan.
#[derive(Debug, Clone)]
pub struct Overview<'s> {
    /// The comune's.
    pub comune: Scored,
    /// Those of the structures.
    pub units: Vec<(&'s Unit, Scored)>,
    /// Those of the assignments.
    pub assignments: Vec<Assigned<'s>>,
}

/// Scores a plan by a rulebook. Each assignment is scored once, however many structures it is part of.
pub struct Scorer<'s> {
    pub(super) plan: &'s PlanDocument,
    pub(super) rulebook: &'s Rulebook,
    pub(super) results: &'s Results,
    pub(super) at: NaiveDate,
    below: OnceCell<HashMap<UnitId, HashSet<UnitId>>>,
    once: OnceCell<Once<'s>>,
}

/// What is computed once: the assignments in the order of the plan, and which of them are of each structure.
struct Once<'s> {
    assigned: Vec<Assigned<'s>>,
    of: HashMap<UnitId, Vec<usize>>,
}

impl<'s> Scorer<'s> {
    /// A scorer of a plan, as its results were known on a day.
    #[must_use]
    pub fn new(plan: &'s PlanDocument, rulebook: &'s Rulebook, results: &'s Results, at: NaiveDate) -> Self {
        Self { plan, rulebook, results, at, below: OnceCell::new(), once: OnceCell::new() }
    }

    /// The result of the comune: of its structures that are part of no other.
    #[must_use]
    pub fn comune(&self) -> Scored {
        self.comune_of(self.tops().filter_map(|unit| Some((unit, self.unit(unit)?))))
    }

    /// The result of a structure, of everything assigned at or below it; none when nothing is.
    #[must_use]
    pub fn unit(&self, unit: &Unit) -> Option<Scored> {
        let within = self.below(unit.id)?;
        let once = self.once();
        let mut places: Vec<usize> =
            within.iter().filter_map(|id| once.of.get(id)).flatten().copied().collect();
        if places.is_empty() {
            return None;
        }
        places.sort_unstable();
        let child =
            |one: &Assigned<'_>| Child { weight: one.weight, counts: one.counts, scored: one.scored.clone() };
        let children = places.iter().filter_map(|place| once.assigned.get(*place)).map(child).collect();
        let node =
            Node { kind: NodeKind::Unit, id: Some(unit.id.0), label: unit.facts.name.as_str().to_owned() };
        Some(self.finished(node, mean(children)))
    }

    /// Every result at once.
    #[must_use]
    pub fn all(&self) -> Overview<'s> {
        let scored = |unit: &'s Unit| Some((unit, self.unit(unit)?));
        let units: Vec<(&Unit, Scored)> = self.plan.units.iter().filter_map(scored).collect();
        let tops: HashSet<UnitId> = self.tops().map(|unit| unit.id).collect();
        let of_tops = units.iter().filter(|(unit, _)| tops.contains(&unit.id));
        let comune = self.comune_of(of_tops.map(|(unit, scored)| (*unit, scored.clone())));
        Overview { comune, units, assignments: self.once().assigned.clone() }
    }

    /// The structures at or below one.
    fn below(&self, unit: UnitId) -> Option<&HashSet<UnitId>> {
        self.below.get_or_init(|| weights::lines_of_descent(&self.plan.units)).get(&unit)
    }

    /// The structures that are part of no other.
    fn tops(&self) -> impl Iterator<Item = &'s Unit> {
        let plan = self.plan;
        let known: HashSet<UnitId> = plan.units.iter().map(|unit| unit.id).collect();
        plan.units.iter().filter(move |unit| unit.facts.parent.is_none_or(|parent| !known.contains(&parent)))
    }

    fn comune_of<'u>(&self, tops: impl Iterator<Item = (&'u Unit, Scored)>) -> Scored {
        let children = tops.map(|(unit, scored)| {
            let counts = self.counts(&scored);
            Child { weight: self.weight_of_unit(unit), counts, scored }
        });
        let node =
            Node { kind: NodeKind::Comune, id: None, label: self.plan.plan.facts.title.as_str().to_owned() };
        self.finished(node, mean(children.collect()))
    }

    fn once(&self) -> &Once<'s> {
        self.once.get_or_init(|| {
            let mut once = Once { assigned: Vec::new(), of: HashMap::new() };
            for objective in &self.plan.objectives {
                for assignment in &objective.facts.assignments {
                    once.of.entry(assignment.facts.unit).or_default().push(once.assigned.len());
                    once.assigned.push(self.assigned(objective, assignment));
                }
            }
            once
        })
    }

    fn assigned(&self, objective: &'s Objective, assignment: &'s Assignment) -> Assigned<'s> {
        let scored = self.assignment(objective, assignment);
        let weight = self.coefficient(assignment.facts.weight.as_ref());
        Assigned { objective, assignment, weight, counts: self.counts(&scored), scored }
    }

    fn finished(&self, node: Node, (outcome, how): (Outcome, How)) -> Scored {
        let mut scored = Scored { node, outcome, band: None, judged: None, how };
        scored.band = self.band(&scored);
        scored
    }

    fn band(&self, scored: &Scored) -> Option<crate::text::Code> {
        let percent = scored.percent()?;
        self.rulebook.bands.of(self.rulebook.band_on.looked_at(percent)).map(|band| band.code.clone())
    }

    /// What an assignment or a structure counts in what it is part of.
    fn counts(&self, scored: &Scored) -> Option<Percent> {
        match scored.outcome {
            Outcome::Absent { why } => counted_absence(why, self.rulebook.absences),
            Outcome::Reached { percent } if scored.node.kind == NodeKind::Assignment => {
                let band = self.rulebook.bands.of(self.rulebook.band_on.looked_at(percent));
                Some(band.map_or(percent, |band| band.effect.counts(percent)))
            }
            // Bands value objectives; what a structure reached is a mean of them already.
            Outcome::Reached { percent } => Some(percent),
        }
    }
}

impl BandOn {
    /// The result bands look at.
    #[must_use]
    pub fn looked_at(self, percent: Percent) -> Percent {
        match self {
            Self::Computed => percent,
            Self::Shown => Percent::of(percent.shown()),
        }
    }
}
