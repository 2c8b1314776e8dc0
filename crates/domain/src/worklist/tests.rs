use serde_json::json;

use super::*;
use crate::measurable::tests::{
    day, in_assignment, indicator, measured, number, objective, of_indicator, phase, plan, round, unit,
};

/// Label, unit's number and state of every task.
fn states(tasks: &[Task<'_>]) -> Vec<(String, TaskState)> {
    tasks.iter().map(|task| (task.thing.label().to_owned(), task.state)).collect()
}

fn state(tasks: &[Task<'_>]) -> Vec<TaskState> {
    tasks.iter().map(|task| task.state).collect()
}

fn one_indicator(units: &[u128]) -> PlanDocument {
    plan(&json!([objective(1, units, &json!({"indicators": [indicator(1, "100", Some("2024-09-30"))]}))]))
}

fn halves() -> [Round; 2] {
    [
        round(1, "2024-06-30", ("2024-07-01", "2024-07-31")),
        round(2, "2024-12-31", ("2025-01-01", "2025-01-31")),
    ]
}

#[test]
fn what_is_late_comes_first_and_then_what_is_due_first() {
    let indicators = json!([
        indicator(1, "1", Some("2024-12-31")),
        indicator(2, "1", Some("2024-10-31")),
        indicator(3, "1", Some("2024-02-28")),
        indicator(4, "1", Some("2024-10-31")),
    ]);
    let plan = plan(&json!([objective(1, &[0], &json!({"indicators": indicators}))]));
    let tasks = worklist(&plan, &[], &[], day("2024-03-01"), None);
    let expected =
        [("3", TaskState::Late), ("2", TaskState::Open), ("4", TaskState::Open), ("1", TaskState::Open)];
    assert_eq!(states(&tasks), expected.map(|(one, state)| (format!("Indicatore {one}"), state)));
    assert!(
        worklist(&plan, &[], &[], day("2023-12-31"), None).iter().all(|task| task.state == TaskState::Coming)
    );
}

#[test]
fn a_value_for_all_fills_the_task_of_each_and_a_value_of_one_its_own() {
    let plan = one_indicator(&[0, 1]);
    let for_all = measured(1, &of_indicator(1), "2024-03-31", "provisional", &number("10"));
    let own = in_assignment(for_all.clone(), 11);
    let on = |values: &[Measurement]| state(&worklist(&plan, values, &[], day("2024-05-01"), None));
    assert_eq!(on(&[for_all]), [TaskState::Provisional, TaskState::Provisional]);
    assert_eq!(on(&[own]), [TaskState::Open, TaskState::Provisional]);
}

#[test]
fn each_round_asks_for_a_value_that_reaches_as_far_as_it_does() {
    let (plan, rounds) = (one_indicator(&[0]), halves());
    let half = [measured(1, &of_indicator(1), "2024-06-30", "provisional", &number("10"))];
    let on = |values: &[Measurement], at: &str| state(&worklist(&plan, values, &rounds, day(at), None));
    assert_eq!(on(&[], "2024-06-30"), [TaskState::Coming, TaskState::Coming]);
    assert_eq!(on(&[], "2024-07-31"), [TaskState::Open, TaskState::Coming]);
    assert_eq!(on(&[], "2024-08-01"), [TaskState::Late, TaskState::Coming]);
    assert_eq!(on(&half, "2024-07-10"), [TaskState::Provisional, TaskState::Coming]);
    assert_eq!(on(&half, "2024-08-01"), [TaskState::Coming]);
    assert_eq!(on(&half, "2025-01-01"), [TaskState::Open]);
    assert_eq!(on(&half, "2025-02-01"), [TaskState::Late]);
}

#[test]
fn a_missed_round_takes_no_values_and_a_value_of_a_later_one_makes_up_for_it() {
    let (plan, rounds) = (one_indicator(&[0]), halves());
    let tasks = worklist(&plan, &[], &rounds, day("2025-01-10"), None);
    let taken: Vec<_> = tasks.iter().map(|task| (task.state, task.takes_values)).collect();
    assert_eq!(taken, [(TaskState::Late, false), (TaskState::Open, true)]);
    let year = [measured(1, &of_indicator(1), "2024-12-31", "final", &number("90"))];
    assert_eq!(state(&worklist(&plan, &year, &rounds, day("2025-01-10"), None)), [TaskState::Final]);
}

#[test]
fn what_is_final_is_not_asked_for_again() {
    let (plan, rounds) = (one_indicator(&[0]), halves());
    let done = [measured(1, &of_indicator(1), "2024-02-15", "final", &number("100"))];
    assert_eq!(
        state(&worklist(&plan, &done, &rounds, day("2024-05-01"), None)),
        [TaskState::Final, TaskState::Final]
    );
}

#[test]
fn what_does_not_apply_and_what_cannot_be_judged_are_told_apart_from_values() {
    let plan = one_indicator(&[0]);
    for (word, expected) in
        [("not_applicable", TaskState::NotApplicable), ("not_evaluable", TaskState::NotEvaluable)]
    {
        let value = json!({"type": word, "reason": "Nessuna richiesta nell'anno"});
        let values = [measured(1, &of_indicator(1), "2024-06-30", "provisional", &value)];
        assert_eq!(state(&worklist(&plan, &values, &[], day("2024-12-31"), None)), [expected]);
    }
}

#[test]
fn a_value_of_the_whole_phase_fills_what_it_is_made_of_and_one_recorded_later_is_not_known_yet() {
    let phases =
        json!([phase(1, None, &[indicator(1, "5", None), indicator(2, "5", None)]), phase(2, None, &[])]);
    let plan = plan(&json!([objective(1, &[0], &json!({"phases": phases}))]));
    let whole = json!({"type": "phase", "id": crate::measurable::tests::id(5, 1)});
    let values = [measured(1, &whole, "2024-06-30", "final", &json!({"type": "done", "done": true}))];
    let on = |at: &str| state(&worklist(&plan, &values, &[], day(at), None));
    assert_eq!(on("2024-07-01"), [TaskState::Final, TaskState::Final, TaskState::Open]);
    assert_eq!(on("2024-06-30"), [TaskState::Open, TaskState::Open, TaskState::Open]);
}

#[test]
fn a_head_of_structure_sees_what_is_assigned_there() {
    let plan = one_indicator(&[0, 1]);
    let units = HashSet::from([unit(1)]);
    let tasks = worklist(&plan, &[], &[], day("2024-05-01"), Some(&units));
    assert_eq!(tasks.iter().map(|task| task.thing.assignment.facts.unit).collect::<Vec<_>>(), [unit(1)]);
}
