//! Work lists: what must be filled, in which structure, by when. A head of structure reads the own one as "what I must fill".

use std::collections::HashSet;

use chrono::NaiveDate;

use crate::measurable::{Known, Measurable, measurables};
use crate::measurement::{Measurement, Span, Standing, Value};
use crate::plan::document::PlanDocument;
use crate::round::{Collection, Round, collection};
use crate::unit::UnitId;
use crate::vocabulary::vocabulary;

#[cfg(test)]
mod tests;

vocabulary! {
    /// Where something to be filled stands.
    TaskState, "Stato di un dato da inserire: scaduto, da inserire, non ancora aperto, inserito in via provvisoria, inserito in via definitiva, dichiarato non applicabile, dichiarato non valutabile." {
        /// The day it was due is over, and nothing was said.
        Late = "late",
        /// It can be filled, and nothing was said.
        Open = "open",
        /// It cannot be filled yet.
        Coming = "coming",
        /// A value that may still change is there.
        Provisional = "provisional",
        /// A final value is there.
        Final = "final",
        /// It was said that it does not apply.
        NotApplicable = "not_applicable",
        /// It was said that it cannot be judged.
        NotEvaluable = "not_evaluable",
    }
}

/// Something to be filled.
#[derive(Debug, Clone, Copy)]
pub struct Task<'w> {
    /// Of what, and in which structure.
    pub thing: Measurable<'w>,
    /// In which round; none in a plan that collects values all year.
    pub round: Option<&'w Round>,
    /// The days its value is about.
    pub period: Span,
    /// The first day it can be filled.
    pub opens: NaiveDate,
    /// The last day it should be: the end of the window, or in a plan without rounds the thing's own deadline.
    pub due: NaiveDate,
    /// The thing's own deadline, which in a plan with rounds is another day.
    pub deadline: NaiveDate,
    /// Where it stands.
    pub state: TaskState,
    /// Whether a value is taken on this day. What is late in a plan with rounds is not, until somebody opens the window again.
    pub takes_values: bool,
    /// The value that tells how it stands, whether it fills this task or is of an earlier period.
    pub standing: Option<&'w Measurement>,
}

/// What must be filled, as it was known at the end of a day, of everything assigned to some structures (or to all).
///
/// In a plan with rounds a task is asked for each round whose window is open or coming, and for the one that closed last while
/// nothing fills it: it is late, and a value of a later period makes up for it. In a plan without, one task stands for the year,
/// open from its first day to the day the thing is due.
///
/// A value fills the task of a round when its period reaches as far as the round's, or when it is final: what is done in February
/// is not asked for again in July. What was said of a phase or an objective as a whole fills the tasks of what it is made of,
/// because scores look at it alone. That something was not done yet is a value too.
///
/// What is late comes first, then what is due first, then the order of the plan.
#[must_use]
#[expect(clippy::implicit_hasher, reason = "sets of structures are made in one place, with one hasher")]
pub fn worklist<'w>(
    plan: &'w PlanDocument,
    measurements: &'w [Measurement],
    rounds: &'w [Round],
    at: NaiveDate,
    units: Option<&HashSet<UnitId>>,
) -> Vec<Task<'w>> {
    let known = Known::on(measurements, at);
    let asked = asked_rounds(rounds, at);
    let mut tasks = Vec::new();
    for thing in measurables(plan) {
        if units.is_some_and(|units| !units.contains(&thing.assignment.facts.unit)) {
            continue;
        }
        let standing = known.of(&thing);
        let deadline = thing.schedule(i32::from(plan.plan.facts.year.number())).due();
        if rounds.is_empty() {
            tasks.push(task_of_the_year(plan, thing, standing, (at, deadline)));
        }
        tasks.extend(asked.iter().filter_map(|(round, missed)| {
            let task = task_of_a_round(thing, round, standing, (at, deadline));
            let takes_values = collection(rounds, task.period, at) == Collection::Open;
            (!missed || task.state == TaskState::Late).then_some(Task { takes_values, ..task })
        }));
    }
    tasks.sort_by_key(|task| (task.state != TaskState::Late, task.due));
    tasks
}

/// The rounds values are asked for on a day, and whether they are over: of those that are, the last.
fn asked_rounds(rounds: &[Round], at: NaiveDate) -> Vec<(&Round, bool)> {
    let ahead = rounds.iter().filter(|round| round.facts.window.to >= at).map(|round| (round, false));
    let over = rounds.iter().filter(|round| round.facts.window.to < at);
    let missed = over.max_by_key(|round| (round.facts.window.to, round.facts.period.to));
    let missed = missed.filter(|missed| {
        // A round of the same days that is open again takes its place.
        !rounds.iter().any(|other| other.facts.period == missed.facts.period && other.facts.window.to >= at)
    });
    missed.map(|round| (round, true)).into_iter().chain(ahead).collect()
}

fn task_of_the_year<'w>(
    plan: &PlanDocument,
    thing: Measurable<'w>,
    standing: Option<&'w Measurement>,
    (at, deadline): (NaiveDate, NaiveDate),
) -> Task<'w> {
    let year = i32::from(plan.plan.facts.year.number());
    let from = NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(deadline);
    let to = NaiveDate::from_ymd_opt(year, 12, 31).unwrap_or(deadline);
    let state = standing.map_or_else(|| unfilled(at, (from, deadline)), filled);
    Task {
        thing,
        round: None,
        period: Span { from, to },
        opens: from,
        due: deadline,
        deadline,
        state,
        takes_values: true,
        standing,
    }
}

fn task_of_a_round<'w>(
    thing: Measurable<'w>,
    round: &'w Round,
    standing: Option<&'w Measurement>,
    (at, deadline): (NaiveDate, NaiveDate),
) -> Task<'w> {
    let Span { from: opens, to: due } = round.facts.window;
    let reaches = |one: &&Measurement| {
        one.facts.standing == Standing::Final || one.facts.period.to >= round.facts.period.to
    };
    let state = standing.filter(reaches).map_or_else(|| unfilled(at, (opens, due)), filled);
    let period = round.facts.period;
    Task { thing, round: Some(round), period, opens, due, deadline, state, takes_values: false, standing }
}

fn unfilled(at: NaiveDate, (opens, due): (NaiveDate, NaiveDate)) -> TaskState {
    if at > due {
        TaskState::Late
    } else if at < opens {
        TaskState::Coming
    } else {
        TaskState::Open
    }
}

fn filled(by: &Measurement) -> TaskState {
    match (&by.facts.value, by.facts.standing) {
        (Value::NotApplicable { .. }, _) => TaskState::NotApplicable,
        (Value::NotEvaluable { .. }, _) => TaskState::NotEvaluable,
        (
            Value::Number { .. }
            | Value::Ratio { .. }
            | Value::Done { .. }
            | Value::Day { .. }
            | Value::Point { .. }
            | Value::Judgement { .. }
            | Value::Parts { .. }
            | Value::Text { .. },
            standing,
        ) => match standing {
            Standing::Provisional => TaskState::Provisional,
            Standing::Final => TaskState::Final,
        },
    }
}
