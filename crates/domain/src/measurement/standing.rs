//! Which values stand: of everything recorded until a day, for each thing measured the one that says how things stand.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::{Measurement, MeasurementId, Standing, Subject};
use crate::assignment::AssignmentId;
use crate::period::legal_day;

/// What was known at the end of a day: for each subject, in all structures or in one, the measurement that stands.
///
/// A measurement superseded by one known by then does not stand. Of the others the one whose period ends last does; of two of
/// one period a final one before a provisional one, and of those the one recorded last.
#[must_use]
pub fn standing(
    measurements: &[Measurement],
    at: NaiveDate,
) -> HashMap<(Subject, Option<AssignmentId>), &Measurement> {
    let known = || measurements.iter().filter(|one| legal_day(one.recorded_at) <= at);
    let superseded: HashSet<MeasurementId> = known().filter_map(|one| one.facts.supersedes).collect();
    let mut stands: HashMap<(Subject, Option<AssignmentId>), &Measurement> = HashMap::new();
    for one in known().filter(|one| !superseded.contains(&one.id)) {
        let key = (one.facts.subject, one.facts.assignment);
        let before = stands.entry(key).or_insert(one);
        if rank(one) > rank(before) {
            *before = one;
        }
    }
    stands
}

fn rank(one: &Measurement) -> impl Ord {
    (one.facts.period.to, one.facts.standing == Standing::Final, one.recorded_at, one.id)
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use uuid::Uuid;

    use super::*;

    fn measurement(number: u128, to: &str, standing: &str, recorded: &str, of: Option<u128>) -> Measurement {
        serde_json::from_value(json!({
            "id": Uuid::from_u128(number), "subject": {"type": "indicator", "id": Uuid::from_u128(1)},
            "objective": Uuid::from_u128(8),
            "period": {"from": "2024-01-01", "to": to}, "value": {"type": "number", "figure": number.to_string()},
            "standing": standing, "origin": "entered", "supersedes": of.map(Uuid::from_u128),
            "recorded_at": format!("{recorded}T10:00:00Z"), "recorded_by": Uuid::from_u128(9),
        }))
        .unwrap()
    }

    fn stands(measurements: &[Measurement], at: &str) -> Option<u128> {
        let stands = standing(measurements, at.parse().unwrap());
        stands.values().next().map(|one| one.id.0.as_u128())
    }

    #[test]
    fn a_day_knows_what_was_recorded_by_then() {
        let all = [
            measurement(1, "2024-03-31", "provisional", "2024-04-10", None),
            measurement(2, "2024-06-30", "provisional", "2024-07-10", None),
            measurement(3, "2024-03-31", "final", "2024-08-01", Some(1)),
        ];
        assert_eq!(stands(&all, "2024-04-09"), None);
        assert_eq!(stands(&all, "2024-04-10"), Some(1));
        assert_eq!(stands(&all, "2024-09-01"), Some(2));
        assert_eq!(stands(&all[..1], "2024-09-01"), Some(1));
        assert_eq!(stands(&[all[0].clone(), all[2].clone()], "2024-09-01"), Some(3));
        assert_eq!(stands(&[all[0].clone(), all[2].clone()], "2024-07-31"), Some(1));
    }

    #[test]
    fn of_one_period_what_is_final_stands_before_what_is_provisional() {
        let all = [
            measurement(1, "2024-12-31", "final", "2025-01-10", None),
            measurement(2, "2024-12-31", "provisional", "2025-01-20", None),
        ];
        assert_eq!(stands(&all, "2025-02-01"), Some(1));
    }
}
