//! Evaluations as they are kept: steps, only ever added.

use std::collections::HashMap;

use diesel::prelude::*;
use traguardo_domain::assignment::AssignmentId;
use traguardo_domain::audit::ObjectKind;
use traguardo_domain::evaluation::{Evaluation, EvaluationStep};
use traguardo_domain::plan::PlanId;
use uuid::Uuid;

use crate::error::Error;
use crate::json::Json;
use crate::schema::evaluation_steps;
use crate::tenant::TenantTx;

/// Every evaluation of a plan that was opened, by assignment: one statement.
///
/// # Errors
/// When the database fails.
pub fn all(tx: &mut TenantTx<'_>, plan: PlanId) -> Result<HashMap<AssignmentId, Evaluation>, Error> {
    let rows = evaluation_steps::table
        .filter(evaluation_steps::comune.eq(tx.comune().to_owned()))
        .filter(evaluation_steps::plan.eq(plan.0))
        .order((evaluation_steps::assignment.asc(), evaluation_steps::number.asc()))
        .select((evaluation_steps::assignment, evaluation_steps::content))
        .load::<(Uuid, Json<EvaluationStep>)>(tx.connection())?;
    let mut evaluations: HashMap<AssignmentId, Evaluation> = HashMap::new();
    for (assignment, Json(step)) in rows {
        let assignment = AssignmentId(assignment);
        let unopened = || Evaluation { assignment, steps: Vec::new() };
        evaluations.entry(assignment).or_insert_with(unopened).steps.push(step);
    }
    Ok(evaluations)
}

/// The evaluation of one assignment, unopened when nobody took a step.
///
/// # Errors
/// When the database fails.
pub fn look_up(tx: &mut TenantTx<'_>, plan: PlanId, assignment: AssignmentId) -> Result<Evaluation, Error> {
    let rows = evaluation_steps::table
        .filter(evaluation_steps::comune.eq(tx.comune().to_owned()))
        .filter(evaluation_steps::plan.eq(plan.0))
        .filter(evaluation_steps::assignment.eq(assignment.0))
        .order(evaluation_steps::number.asc())
        .select(evaluation_steps::content)
        .load::<Json<EvaluationStep>>(tx.connection())?;
    Ok(Evaluation { assignment, steps: rows.into_iter().map(|Json(step)| step).collect() })
}

/// Adds the last step of an evaluation.
///
/// # Errors
/// When the database fails.
pub fn add(
    tx: &mut TenantTx<'_>,
    plan: PlanId,
    before: &Evaluation,
    after: &Evaluation,
) -> Result<(), Error> {
    let Some(step) = after.steps.last() else { return Ok(()) };
    let row = (
        evaluation_steps::comune.eq(tx.comune().to_owned()),
        evaluation_steps::plan.eq(plan.0),
        evaluation_steps::assignment.eq(after.assignment.0),
        evaluation_steps::number.eq(i32::try_from(after.steps.len()).unwrap_or(i32::MAX)),
        evaluation_steps::made_at.eq(step.at),
        evaluation_steps::member.eq(step.by),
        evaluation_steps::content.eq(Json(step.clone())),
    );
    diesel::insert_into(evaluation_steps::table).values(row).execute(tx.connection())?;
    tx.touch(ObjectKind::Evaluation, &after.assignment.0, Some(before), Some(after))
}
