//! PUT, the same for every noun: what is not there is created, what is as asked is left, what differs is changed by whoever
//! knows its version.

use serde::Serialize;
use traguardo_domain::version::{Condition, Course, NamedBy, Versioned};
use traguardo_persistence::TenantTx;

use crate::answer::Answer;
use crate::problem::Problem;

/// What a PUT says beside its body.
pub(crate) struct Put {
    /// What the caller knows of the object.
    pub(crate) condition: Condition,
    /// How it names it.
    pub(crate) named_by: NamedBy,
    /// Where it will be, if it is created.
    pub(crate) location: String,
}

/// How an object of a noun is created and changed, stored included.
pub(crate) struct Ways<C, D> {
    pub(crate) create: C,
    pub(crate) change: D,
}

impl Put {
    /// Carries it out, and answers with the object as `R` shows it.
    ///
    /// # Errors
    /// What the condition refuses, and what creating or changing refuses.
    pub(crate) fn carry_out<O, R, C, D>(
        self,
        tx: &mut TenantTx<'_>,
        before: Option<O>,
        facts: O::Facts,
        ways: Ways<C, D>,
    ) -> Result<Answer, Problem>
    where
        O: Versioned,
        R: From<O> + Serialize,
        C: FnOnce(&mut TenantTx<'_>, O::Facts) -> Result<O, Problem>,
        D: FnOnce(&mut TenantTx<'_>, &O, O::Facts) -> Result<O, Problem>,
    {
        match (self.condition.course(self.named_by, before.as_ref(), &facts)?, before) {
            (Course::Leave, Some(object)) => {
                tx.leave_unchanged();
                Answer::found(object.version(), &R::from(object))
            }
            (Course::Change, Some(before)) => {
                let after = (ways.change)(tx, &before, facts)?;
                Answer::found(after.version(), &R::from(after))
            }
            (Course::Create | Course::Leave | Course::Change, _) => {
                let object = (ways.create)(tx, facts)?;
                Answer::created(self.location, object.version(), &R::from(object))
            }
        }
    }
}
