//! The transitions a plan has made, as they are kept: added and read.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use traguardo_domain::Vocabulary as _;
use traguardo_domain::act::Act;
use traguardo_domain::plan::cycle::{Grounds, Transition};
use traguardo_domain::plan::{Plan, PlanId, PlanState};
use traguardo_domain::said::Words;
use uuid::Uuid;

use crate::error::Error;
use crate::json::Json;
use crate::schema::plan_transitions;
use crate::tenant::TenantTx;
use crate::{plans, versions};

/// A transition that was made.
#[derive(Debug, Clone)]
pub struct Made {
    /// Which one.
    pub transition: Transition,
    /// The state it led to.
    pub state: PlanState,
    /// When.
    pub at: DateTime<Utc>,
    /// By which member; by the operator when absent.
    pub member: Option<Uuid>,
    /// On which grounds.
    pub grounds: Grounds,
}

type Columns = (String, String, DateTime<Utc>, Option<Uuid>, Option<Json<Act>>, Option<String>);

/// The transitions of a plan, the last first.
///
/// # Errors
/// When the database fails.
pub fn all(tx: &mut TenantTx<'_>, plan: PlanId) -> Result<Vec<Made>, Error> {
    let rows = plan_transitions::table
        .filter(plan_transitions::comune.eq(tx.comune().to_owned()))
        .filter(plan_transitions::plan.eq(plan.0))
        .order(plan_transitions::number.desc())
        .select((
            plan_transitions::transition,
            plan_transitions::state,
            plan_transitions::made_at,
            plan_transitions::member,
            plan_transitions::act,
            plan_transitions::reason,
        ))
        .load::<Columns>(tx.connection())?;
    rows.into_iter().map(Made::try_from).collect()
}

/// Stores a transition and the plan it led to, and seals it where the transition does.
///
/// # Errors
/// When the database fails.
pub fn make(
    tx: &mut TenantTx<'_>,
    before: &Plan,
    after: &Plan,
    transition: Transition,
    grounds: &Grounds,
) -> Result<(), Error> {
    plans::update(tx, before, after)?;
    add(tx, after, transition, grounds)?;
    match (transition.seals(), &grounds.act) {
        (false, _) => Ok(()),
        (true, Some(act)) => versions::seal(tx, after, act),
        (true, None) => Err(Error::inconsistent("plan transition", "it seals without an act")),
    }
}

/// Adds the transition that led `plan` to the state it is in.
fn add(tx: &mut TenantTx<'_>, plan: &Plan, transition: Transition, grounds: &Grounds) -> Result<(), Error> {
    let made = plan_transitions::table
        .filter(plan_transitions::comune.eq(tx.comune().to_owned()))
        .filter(plan_transitions::plan.eq(plan.id.0))
        .select(diesel::dsl::max(plan_transitions::number))
        .first::<Option<i32>>(tx.connection())?;
    let row = (
        plan_transitions::comune.eq(tx.comune().to_owned()),
        plan_transitions::plan.eq(plan.id.0),
        plan_transitions::number.eq(made.unwrap_or_default().saturating_add(1)),
        plan_transitions::transition.eq(transition.word()),
        plan_transitions::state.eq(plan.state.word()),
        plan_transitions::made_at.eq(tx.occasion().at),
        plan_transitions::member.eq(tx.member()),
        plan_transitions::act.eq(grounds.act.clone().map(Json)),
        plan_transitions::reason.eq(grounds.reason.as_ref().map(|words| words.as_str().to_owned())),
    );
    diesel::insert_into(plan_transitions::table).values(row).execute(tx.connection())?;
    Ok(())
}

impl TryFrom<Columns> for Made {
    type Error = Error;

    fn try_from((transition, state, at, member, act, reason): Columns) -> Result<Self, Error> {
        let unknown = |word: &str| Error::inconsistent("plan transition", word);
        let reason = reason.as_deref().map(Words::parse).transpose();
        let reason = reason.map_err(|error| Error::inconsistent("plan transition", error))?;
        Ok(Self {
            transition: Transition::from_word(&transition).ok_or_else(|| unknown(&transition))?,
            state: PlanState::from_word(&state).ok_or_else(|| unknown(&state))?,
            at,
            member,
            grounds: Grounds { act: act.map(|act| act.0), reason },
        })
    }
}
