//! The tree a score is: every node holds what it was made of, by which rule, with which exact figures, and what was left out.

use std::collections::HashSet;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::judgement::SterilisationCause;
use super::percent::Percent;
use super::why::Why;
use crate::figure::Figure;
use crate::indicator::Formula;
use crate::measurement::Value;
use crate::rulebook::{Absence, Absences};
use crate::said::Words;
use crate::text::Code;
use crate::vocabulary::vocabulary;

vocabulary! {
    /// What a node of the tree is of.
    NodeKind, "A che cosa si riferisce un risultato: comune, struttura, assegnazione, fase, indicatore." {
        /// The comune as a whole.
        Comune = "comune",
        /// A structure, with everything below it.
        Unit = "unit",
        /// An objective in a structure.
        Assignment = "assignment",
        /// A phase.
        Phase = "phase",
        /// An indicator.
        Indicator = "indicator",
    }
}

/// What a node is of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Node {
    /// What kind of thing.
    pub kind: NodeKind,
    /// Which one; the comune has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Uuid>,
    /// What it is called.
    pub label: String,
}

/// What came of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Outcome {
    /// So much was achieved.
    Reached {
        /// How much.
        percent: Percent,
    },
    /// There is no result.
    Absent {
        /// Why.
        why: Why,
    },
}

/// What the evaluation body decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Judgement {
    /// The computed result stands.
    Certified,
    /// Another result stands in its place (*forzatura*); the computed one stays beside it.
    Override {
        /// Which.
        percent: Figure,
        /// Why.
        reason: Words,
    },
    /// It cannot be judged, and leaves the denominator.
    NotEvaluable {
        /// Why not.
        reason: Words,
    },
    /// Something nobody here answers for stood in the way.
    Sterilised {
        /// What follows from it.
        effect: Sterilisation,
        /// What kind of thing it was.
        #[serde(default)]
        code: SterilisationCause,
        /// What it was.
        cause: Words,
    },
}

/// What follows from a cause nobody here answers for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Sterilisation {
    /// Its weight goes to the others.
    Redistributed,
    /// What was achieved until then stands.
    Frozen {
        /// How much that was.
        percent: Figure,
    },
    /// So much of what is missing is forgiven.
    Exogenous {
        /// The share of what is missing.
        percent: Figure,
    },
}

/// A judgement and what it was made on: both results are kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judged {
    /// The result as it was computed.
    pub computed: Outcome,
    /// What was decided.
    pub judgement: Judgement,
}

/// How a result came about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum How {
    /// From what was measured.
    Measured {
        /// The formula.
        formula: Formula,
        /// What was measured.
        value: Value,
        /// What was expected: in the words of the plan, or of its figures where it has none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        expected: Option<Words>,
        /// Before the cap.
        uncapped: Percent,
        /// Above which nothing counts more.
        cap: Percent,
    },
    /// The mean of parts, divided by the weight of those that count.
    Mean {
        /// The parts, in their order.
        parts: Vec<Part>,
        /// The weight of all of them.
        weight: Decimal,
        /// The weight of those that count.
        counted: Decimal,
        /// The sum of weight times result, before it is divided.
        sum: Decimal,
    },
    /// From nothing: there is no value, or it says nothing that can be computed.
    Nothing {
        /// What was entered, if something was.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        value: Option<Value>,
    },
}

/// A part of a mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// What it weighs among the others; none when the plan gives it no weight and others have one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<Decimal>,
    /// What it counts; none when it was left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counts: Option<Percent>,
    /// The part.
    pub scored: Scored,
}

/// A result that says how it came about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scored {
    /// What it is of.
    pub node: Node,
    /// What came of it, after judgement.
    pub outcome: Outcome,
    /// The degree of achievement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub band: Option<Code>,
    /// What was decided on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub judged: Option<Judged>,
    /// How it came about.
    pub how: How,
}

impl Scored {
    /// How much was achieved; none where there is no result.
    #[must_use]
    pub const fn percent(&self) -> Option<Percent> {
        match self.outcome {
            Outcome::Reached { percent } => Some(percent),
            Outcome::Absent { .. } => None,
        }
    }
}

/// What an absent result counts, by the rulebook: none when it is left out.
#[must_use]
pub(super) fn counted_absence(why: Why, absences: Absences) -> Option<Percent> {
    let policy = match why {
        Why::Missing => absences.missing,
        Why::NotDue => absences.not_due,
        Why::NotApplicable => absences.not_applicable,
        Why::NotEvaluable { .. } => absences.not_evaluable,
        // Their weight goes to the others, whatever the rulebook says of what is merely absent.
        Why::Sterilised | Why::NothingCounts => Absence::Excluded,
    };
    match policy {
        Absence::Zero => Some(Percent::ZERO),
        Absence::Excluded => None,
    }
}

/// A part on its way into a mean.
pub(super) struct Child {
    pub(super) weight: Option<Decimal>,
    pub(super) counts: Option<Percent>,
    pub(super) scored: Scored,
}

/// The mean of parts: where none has a weight all weigh the same; where some have, those without are left out.
pub(super) fn mean(children: Vec<Child>) -> (Outcome, How) {
    let unweighted = children.iter().all(|child| child.weight.is_none());
    let (mut weight, mut counted, mut sum) = (Decimal::ZERO, Decimal::ZERO, Decimal::ZERO);
    let mut parts = Vec::with_capacity(children.len());
    for Child { weight: own, counts, scored } in children {
        let own = if unweighted { Some(Decimal::ONE) } else { own };
        let share = own.unwrap_or_default();
        weight = weight.saturating_add(share);
        let counts = counts.filter(|_| own.is_some());
        if let Some(percent) = counts {
            counted = counted.saturating_add(share);
            sum = sum.saturating_add(share.saturating_mul(percent.number()));
        }
        parts.push(Part { weight: own, counts, scored });
    }
    let outcome = match (sum.checked_div(counted), why_only_absences_count(&parts)) {
        (Some(_), Some(why)) => Outcome::Absent { why },
        (Some(mean), None) => Outcome::Reached { percent: Percent::of(mean) },
        (None, _) => Outcome::Absent { why: why_nothing_counts(&parts) },
    };
    (outcome, How::Mean { parts, weight, counted, sum })
}

/// Where nothing was achieved because nothing is there: what counts zero for want of a result is no result of the whole either.
/// It counts zero in turn, by the same rule, so that no sum above it changes.
fn why_only_absences_count(parts: &[Part]) -> Option<Why> {
    let counting = || parts.iter().filter(|part| part.counts.is_some()).map(|part| part.scored.outcome);
    let reached = counting().any(|outcome| matches!(outcome, Outcome::Reached { .. }));
    let reasons = counting().filter_map(|outcome| match outcome {
        Outcome::Absent { why } => Some(why),
        Outcome::Reached { .. } => None,
    });
    reasons.min().filter(|_| !reached)
}

/// Where all parts were left out for one kind of reason, that is the reason of the whole.
fn why_nothing_counts(parts: &[Part]) -> Why {
    let reasons = || {
        parts.iter().filter_map(|part| match part.scored.outcome {
            Outcome::Absent { why } => Some(why),
            Outcome::Reached { .. } => None,
        })
    };
    let kinds: HashSet<_> = reasons().map(|why| std::mem::discriminant(&why)).collect();
    reasons().min().filter(|_| kinds.len() == 1).unwrap_or(Why::NothingCounts)
}
