//! What an evaluation is about: the values whoever decides looks at, and the bounds of what may be decided.

use crate::assignment::AssignmentId;
use crate::fault::{FaultKind, Refused};
use crate::figure::Figure;
use crate::measurement::Measurement;
use crate::objective::ObjectiveId;
use crate::score::{Judgement, Sterilisation};

use super::Proposal;

/// The values an objective's result in one structure is made of: its own and those for all structures, of the objective and of
/// everything in it, also those that were superseded. Whoever entered one does not become a stranger to it by correcting it.
#[must_use]
pub fn concerning(
    objective: ObjectiveId,
    assignment: AssignmentId,
    measurements: &[Measurement],
) -> Vec<&Measurement> {
    let is_of_it = |one: &&Measurement| {
        let facts = &one.facts;
        facts.objective == objective && facts.assignment.is_none_or(|particular| particular == assignment)
    };
    measurements.iter().filter(is_of_it).collect()
}

/// Where a figure is out of bounds, below what it belongs to.
pub type OutOfBounds = (&'static str, Refused);

impl Judgement {
    /// Whether its figure may be decided under a rulebook with this cap.
    ///
    /// # Errors
    /// The bounds, and where the figure stands.
    pub fn check(&self, cap: Figure) -> Result<(), OutOfBounds> {
        match self {
            Self::Certified | Self::NotEvaluable { .. } => Ok(()),
            Self::Override { percent, .. } => within(*percent, cap, "percent"),
            Self::Sterilised { effect, .. } => effect.check(),
        }
    }
}

impl Proposal {
    /// Whether its figure could be decided under a rulebook with this cap.
    ///
    /// # Errors
    /// The bounds, and where the figure stands.
    pub fn check(&self, cap: Figure) -> Result<(), OutOfBounds> {
        match self {
            Self::NotEvaluable => Ok(()),
            Self::Override { percent } => within(*percent, cap, "percent"),
            Self::Sterilised { effect, .. } => effect.check(),
        }
    }
}

impl Sterilisation {
    fn check(&self) -> Result<(), OutOfBounds> {
        match self {
            Self::Redistributed => Ok(()),
            Self::Frozen { percent } | Self::Exogenous { percent } => {
                within(*percent, Figure::HUNDRED, "effect/percent")
            }
        }
    }
}

fn within(percent: Figure, most: Figure, place: &'static str) -> Result<(), OutOfBounds> {
    if percent >= Figure::ZERO && percent <= most {
        return Ok(());
    }
    Err((place, Refused::new(FaultKind::OutOfBounds, format!("Da 0 a {most}."))))
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use uuid::Uuid;

    use super::*;

    fn value(number: u128, objective: u128, assignment: Option<u128>) -> Measurement {
        serde_json::from_value(json!({
            "id": Uuid::from_u128(number), "subject": {"type": "phase", "id": Uuid::from_u128(3)},
            "objective": Uuid::from_u128(objective),
            "assignment": assignment.map(Uuid::from_u128), "period": {"from": "2024-01-01", "to": "2024-12-31"},
            "value": {"type": "done", "done": true}, "standing": "final", "origin": "entered",
            "recorded_at": "2025-01-10T09:00:00Z", "recorded_by": Uuid::from_u128(9),
        }))
        .unwrap()
    }

    #[test]
    fn it_is_about_the_values_of_everything_in_the_objective_here_or_everywhere() {
        let all = [value(11, 1, None), value(12, 1, Some(7)), value(13, 1, Some(8)), value(14, 2, None)];
        let about = concerning(ObjectiveId(Uuid::from_u128(1)), AssignmentId(Uuid::from_u128(7)), &all);
        let ids: Vec<u128> = about.iter().map(|one| one.id.0.as_u128()).collect();
        assert_eq!(ids, [11, 12]);
    }

    #[test]
    fn what_is_decided_lies_within_its_bounds() {
        let check = |judgement: serde_json::Value| {
            let judgement: Judgement = serde_json::from_value(judgement).unwrap();
            judgement.check(Figure::whole(110)).map_err(|(place, _)| place)
        };
        let over = |percent: &str| check(json!({"type": "override", "percent": percent, "reason": "x"}));
        assert_eq!((over("110"), over("0")), (Ok(()), Ok(())));
        assert_eq!((over("110.01"), over("-1")), (Err("percent"), Err("percent")));
        for kind in ["frozen", "exogenous"] {
            let effect = |percent: &str| {
                let effect = json!({"type": kind, "percent": percent});
                check(json!({"type": "sterilised", "effect": effect, "code": "law_changed", "cause": "x"}))
            };
            assert_eq!((effect("100"), effect("100.5")), (Ok(()), Err("effect/percent")));
        }
    }
}
