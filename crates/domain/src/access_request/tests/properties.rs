//! What holds of any register of requests.

#![expect(clippy::arithmetic_side_effects, reason = "days of tests are few")]

use chrono::Days;
use proptest::prelude::*;

use super::*;

fn any_request() -> impl Strategy<Value = AccessRequest> {
    let kinds =
        proptest::sample::select(vec![AccessKind::Simple, AccessKind::Generalised, AccessKind::Documentary]);
    let outcomes = proptest::sample::select(vec![
        AccessOutcome::Granted,
        AccessOutcome::Refused,
        AccessOutcome::Withdrawn,
        AccessOutcome::Transferred,
    ]);
    let suspensions = proptest::collection::vec((0_u64..40, 0_u64..20), 0..3);
    let closing = proptest::option::of((0_u64..80, outcomes));
    (kinds, 0_u64..420, suspensions, closing).prop_map(|(kind, received, suspensions, closing)| {
        let mut request = request("A", kind, "2025-01-01");
        request.received = day("2024-11-01") + Days::new(received);
        let after = |days: u64| request.received + Days::new(days);
        request.suspensions = suspensions
            .into_iter()
            .map(|(from, length)| Suspension {
                from: after(from),
                until: Some(after(from + length)),
                reason: SuspensionReason::Other,
            })
            .collect();
        request.closed = closing.map(|(days, outcome)| Closing { on: after(days), outcome });
        request
    })
}

fn shares(requests: &[AccessRequest], asked: Asked) -> (Outcome, Outcome) {
    let figures = figures(requests, Within::Comune, asked, &SettingsFacts::default());
    (figures[0].outcome, figures[1].outcome)
}

fn numerator(outcome: Outcome) -> Decimal {
    match outcome {
        Outcome::Ratio { numerator, .. } => numerator,
        Outcome::Number(_) | Outcome::NotComputable(_) => Decimal::ZERO,
    }
}

proptest! {
    #[test]
    fn order_of_arrival_changes_nothing(
        requests in proptest::collection::vec(any_request(), 0..12), turn in 0_usize..12,
    ) {
        let mut turned: Vec<AccessRequest> = requests.iter().rev().cloned().collect();
        turned.rotate_left(turn.min(requests.len()));
        prop_assert_eq!(shares(&requests, the_year()), shares(&turned, the_year()));
    }

    #[test]
    fn a_suspension_said_twice_counts_once(requests in proptest::collection::vec(any_request(), 0..12)) {
        let mut twice = requests.clone();
        for one in &mut twice {
            one.suspensions.extend(one.suspensions.clone());
        }
        prop_assert_eq!(shares(&requests, the_year()), shares(&twice, the_year()));
    }

    #[test]
    fn suspending_never_makes_an_answer_in_term_a_late_one(
        requests in proptest::collection::vec(any_request(), 0..12), from in 0_u64..60, length in 0_u64..30,
    ) {
        let mut suspended = requests.clone();
        for one in &mut suspended {
            let start = one.received + Days::new(from);
            let until = Some(start + Days::new(length));
            one.suspensions.push(Suspension { from: start, until, reason: SuspensionReason::Other });
        }
        let (plain, with) = (shares(&requests, the_year()), shares(&suspended, the_year()));
        prop_assert!(numerator(with.0) >= numerator(plain.0));
        prop_assert!(numerator(with.1) <= numerator(plain.1));
    }

    #[test]
    fn every_answer_of_a_year_is_of_one_of_its_quarters(requests in proptest::collection::vec(any_request(), 0..12)) {
        let quarters = [("01-01", "03-31"), ("04-01", "06-30"), ("07-01", "09-30"), ("10-01", "12-31")];
        let sum: Decimal = quarters
            .map(|(from, to)| asked(&format!("2025-{from}"), &format!("2025-{to}"), "2026-12-31"))
            .into_iter()
            .map(|quarter| numerator(shares(&requests, quarter).0))
            .sum();
        let year = asked("2025-01-01", "2025-12-31", "2026-12-31");
        prop_assert_eq!(sum, numerator(shares(&requests, year).0));
    }

    #[test]
    fn what_is_written_is_read_back(request in any_request()) {
        let written = serde_json::to_value(&request).unwrap();
        prop_assert_eq!(serde_json::from_value::<AccessRequest>(written).unwrap(), request);
    }
}
