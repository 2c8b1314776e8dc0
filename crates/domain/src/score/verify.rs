//! Verification: a stored result computed again from its own tree, from the leaves up, in whole numbers. Nothing here is shared
//! with whoever computed it first: what both agree on, digit by digit, is right.

use rust_decimal::Decimal;
use uuid::Uuid;

use super::tree::{How, Judgement, NodeKind, Outcome, Part, Scored, Sterilisation};
use super::why::{Unjudged, Why};
use super::{Percent, percent};
use crate::measurement::Value;
use crate::rulebook::{Absence, Band, BandOn, Effect, Rulebook};
use crate::text::Code;
use crate::vocabulary::vocabulary;

mod whole;

vocabulary! {
    /// What was computed again.
    Checked, "Che cosa è stato ricalcolato: peso complessivo, peso che conta, somma, quanto conta una parte, risultato, risultato calcolato prima del giudizio, limite massimo, fascia." {
        /// The weight of all parts.
        Weight = "weight",
        /// The weight of those that count.
        Counted = "counted",
        /// The sum of weight times result.
        Sum = "sum",
        /// What a part counts.
        Counts = "counts",
        /// The result.
        Outcome = "outcome",
        /// The result before it was judged.
        Computed = "computed",
        /// Above which nothing counts more.
        Cap = "cap",
        /// The degree of achievement.
        Band = "band",
    }
}

/// A figure that does not come out again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// What the nodes on the way to it are called, from the top.
    pub path: Vec<String>,
    /// The id of the node; the comune has none.
    pub id: Option<Uuid>,
    /// Which figure.
    pub what: Checked,
    /// What comes out now.
    pub expected: String,
    /// What stands in the tree.
    pub stands: String,
}

/// Every figure of a tree that does not come out again by the rulebook it was computed with; none when all is right.
#[must_use]
pub fn verify(scored: &Scored, rulebook: &Rulebook) -> Vec<Mismatch> {
    let mut check = Check { rulebook, path: Vec::new(), found: Vec::new() };
    check.node(scored);
    check.found
}

impl Scored {
    /// How many nodes its tree has, itself among them.
    #[must_use]
    pub fn nodes(&self) -> usize {
        match &self.how {
            How::Mean { parts, .. } => {
                parts.iter().fold(1, |sum: usize, part| sum.saturating_add(part.scored.nodes()))
            }
            How::Measured { .. } | How::Nothing { .. } => 1,
        }
    }
}

/// A walk through a tree.
struct Check<'c> {
    rulebook: &'c Rulebook,
    path: Vec<String>,
    found: Vec<Mismatch>,
}

/// The exact sums of a mean.
struct Sums {
    weight: Decimal,
    counted: Decimal,
    sum: Decimal,
    mean: Option<Percent>,
}

impl Check<'_> {
    fn node(&mut self, scored: &Scored) {
        self.path.push(scored.node.label.clone());
        let computed = self.computed(scored);
        let stands = scored.judged.as_ref().map_or(scored.outcome, |judged| judged.computed);
        self.compare(scored, Checked::Computed, &said(computed), &said(stands));
        let outcome = scored.judged.as_ref().map_or(stands, |judged| after(&judged.judgement, stands));
        self.compare(scored, Checked::Outcome, &said(outcome), &said(scored.outcome));
        let band = self.band_of(scored).map(|band| band.code.clone());
        self.compare(scored, Checked::Band, &coded(band.as_ref()), &coded(scored.band.as_ref()));
        self.path.pop();
    }

    /// What comes out of the node before anybody judged it; what its parts are wrong in is noted on the way.
    fn computed(&mut self, scored: &Scored) -> Outcome {
        match &scored.how {
            How::Measured { value, uncapped, cap, .. } => {
                let rule = Percent::from(self.rulebook.formulas.cap);
                self.compare(scored, Checked::Cap, &rule.to_string(), &cap.to_string());
                let uncapped = said_outright(value).unwrap_or(*uncapped);
                let number = if uncapped < Percent::ZERO { Percent::ZERO } else { uncapped };
                Outcome::Reached { percent: if number > rule { rule } else { number } }
            }
            How::Nothing { value } => {
                let stands = scored.judged.as_ref().map_or(scored.outcome, |judged| judged.computed);
                without(value.as_ref(), stands)
            }
            How::Mean { parts, weight, counted, sum } => {
                for part in parts {
                    self.part(part);
                    self.node(&part.scored);
                }
                let Some(sums) = whole::sums(parts) else {
                    let why = Why::NotEvaluable { because: Unjudged::TooLarge };
                    return Outcome::Absent { why };
                };
                self.compare(scored, Checked::Weight, &plain(sums.weight), &plain(*weight));
                self.compare(scored, Checked::Counted, &plain(sums.counted), &plain(*counted));
                self.compare(scored, Checked::Sum, &plain(sums.sum), &plain(*sum));
                match sums.mean.filter(|_| something_reached(parts)) {
                    Some(percent) => Outcome::Reached { percent },
                    None if sums.mean.is_some() => Outcome::Absent { why: foremost_reason(parts, true) },
                    None => Outcome::Absent { why: foremost_reason(parts, false) },
                }
            }
        }
    }

    fn part(&mut self, part: &Part) {
        let counts = match part.scored.outcome {
            _ if part.weight.is_none() => None,
            Outcome::Absent { why } => self.absence(why),
            Outcome::Reached { percent } => Some(match self.band_of(&part.scored) {
                Some(Band { effect: Effect::Fixed { percent: fixed }, .. })
                    if part.scored.node.kind == NodeKind::Assignment =>
                {
                    Percent::from(*fixed)
                }
                Some(_) | None => percent,
            }),
        };
        self.path.push(part.scored.node.label.clone());
        let number = |counts: Option<Percent>| counts.map_or_else(|| "-".to_owned(), |one| one.to_string());
        self.compare(&part.scored, Checked::Counts, &number(counts), &number(part.counts));
        self.path.pop();
    }

    fn absence(&self, why: Why) -> Option<Percent> {
        let rules = self.rulebook.absences;
        let zero = match why {
            Why::Missing => rules.missing == Absence::Zero,
            Why::NotDue => rules.not_due == Absence::Zero,
            Why::NotApplicable => rules.not_applicable == Absence::Zero,
            Why::NotEvaluable { .. } => rules.not_evaluable == Absence::Zero,
            Why::Sterilised | Why::NothingCounts => false,
        };
        zero.then_some(Percent::ZERO)
    }

    /// The band of a node's result: looked for from below, where the scorer looks from above.
    fn band_of(&self, scored: &Scored) -> Option<&Band> {
        let valued = match scored.node.kind {
            NodeKind::Comune | NodeKind::Unit | NodeKind::Assignment => true,
            NodeKind::Phase | NodeKind::Indicator => false,
        };
        let percent = scored.percent().filter(|_| valued)?;
        let number = match self.rulebook.band_on {
            BandOn::Computed => percent.number(),
            BandOn::Shown => percent.shown(),
        };
        let bands = self.rulebook.bands.as_slice();
        bands.iter().take_while(|band| band.from.number() <= number).last()
    }

    fn compare(&mut self, scored: &Scored, what: Checked, expected: &str, stands: &str) {
        if expected != stands {
            self.found.push(Mismatch {
                path: self.path.clone(),
                id: scored.node.id,
                what,
                expected: expected.to_owned(),
                stands: stands.to_owned(),
            });
        }
    }
}

/// What a value says by itself, whatever was expected.
const fn said_outright(value: &Value) -> Option<Percent> {
    match value {
        Value::Done { done: true } => Some(Percent::FULL),
        Value::Done { done: false } => Some(Percent::ZERO),
        Value::Number { .. }
        | Value::Ratio { .. }
        | Value::Day { .. }
        | Value::Point { .. }
        | Value::Judgement { .. }
        | Value::Parts { .. }
        | Value::Text { .. }
        | Value::NotApplicable { .. }
        | Value::NotEvaluable { .. } => None,
    }
}

/// What comes of no result: nothing was entered, or something that says why there is none.
fn without(value: Option<&Value>, stands: Outcome) -> Outcome {
    let why = match (value, stands) {
        (None, Outcome::Absent { why: why @ (Why::Missing | Why::NotDue) }) => why,
        (None, _) => Why::Missing,
        (Some(Value::NotApplicable { .. }), _) => Why::NotApplicable,
        (Some(Value::NotEvaluable { .. }), _) => Why::NotEvaluable { because: Unjudged::Declared },
        (Some(_), Outcome::Absent { why: why @ (Why::NotEvaluable { .. } | Why::NotApplicable) }) => why,
        (Some(_), _) => Why::NotEvaluable { because: Unjudged::OtherKind },
    };
    Outcome::Absent { why }
}

/// What a judgement leaves of a computed result.
fn after(judgement: &Judgement, computed: Outcome) -> Outcome {
    let effect = match judgement {
        Judgement::Certified => return computed,
        Judgement::Override { percent, .. } => return reached(percent.number()),
        Judgement::NotEvaluable { .. } => {
            return Outcome::Absent { why: Why::NotEvaluable { because: Unjudged::Declared } };
        }
        Judgement::Sterilised { effect, .. } => effect,
    };
    match (effect, computed) {
        (Sterilisation::Redistributed, _) => Outcome::Absent { why: Why::Sterilised },
        (Sterilisation::Frozen { percent }, _) => reached(percent.number()),
        (Sterilisation::Exogenous { .. }, Outcome::Absent { .. }) => computed,
        (Sterilisation::Exogenous { percent: share }, Outcome::Reached { percent }) => {
            whole::forgiven(percent, share.number()).map_or(computed, |percent| Outcome::Reached { percent })
        }
    }
}

fn reached(number: Decimal) -> Outcome {
    Outcome::Reached { percent: Percent::of(number) }
}

/// Whether a part that counts has a result.
fn something_reached(parts: &[Part]) -> bool {
    let counts = |part: &&Part| part.counts.is_some();
    parts.iter().filter(counts).any(|part| part.scored.percent().is_some())
}

/// Of the reasons why parts have no result, the one that comes first among reasons; of those that count, when only absences do.
fn foremost_reason(parts: &[Part], counting: bool) -> Why {
    let mut reasons = Vec::new();
    for part in parts.iter().filter(|part| !counting || part.counts.is_some()) {
        if let Outcome::Absent { why } = part.scored.outcome {
            reasons.push(why);
        }
    }
    reasons.sort_unstable();
    let kind = |why: &Why| why.word().split(':').next().unwrap_or_default().to_owned();
    let mixed = reasons.windows(2).any(|pair| !matches!(pair, [one, other] if kind(one) == kind(other)));
    reasons.first().copied().filter(|_| counting || !mixed).unwrap_or(Why::NothingCounts)
}

fn said(outcome: Outcome) -> String {
    match outcome {
        Outcome::Reached { percent } => percent.to_string(),
        Outcome::Absent { why } => why.word(),
    }
}

fn coded(band: Option<&Code>) -> String {
    band.map_or("-", Code::as_str).to_owned()
}

fn plain(number: Decimal) -> String {
    number.round_dp(percent::Percent::PLACES.saturating_mul(2)).normalize().to_string()
}

#[cfg(test)]
mod tests;
