//! Individual evaluations (*schede*): what an evaluator says of one person in a year, and what the person answers. A sheet is its
//! person's, its evaluator's and the evaluation body's, and nobody else's.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::fault::{FaultKind, Refused};
use crate::member::MemberId;
use crate::period::Year;
use crate::plan::PlanId;
use crate::role::Role;
use crate::version::{Version, Versioned};
use crate::violation::Violation;
use crate::vocabulary::vocabulary;

pub mod content;
pub mod reckoning;
pub mod statistics;
pub mod steps;

#[cfg(test)]
mod tests;

pub use content::{
    Attendance, Behaviour, Category, Change, Component, ComponentKind, Content, Malus, MalusKind, Scale,
    ScaleReading, Scheme, ScoreNode, Source,
};
pub use reckoning::{Entry, Reckoning, SheetRemark};
pub use statistics::{Figures, Group, Rated, statistics};
pub use steps::{Made, Move, SheetMove, SheetRefusal, SheetState};

/// The id of a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SheetId(pub Uuid);

vocabulary! {
    /// Why nothing is payable on a sheet.
    Unpayable, "Perché nulla è pagabile: la scheda non è definitiva, oppure la relazione del piano non è validata." {
        /// The sheet is not final.
        SheetNotFinal = "sheet_not_final",
        /// The report of the plan's year is not validated (legislative decree 150 of 2009, art. 14, paragraph 6).
        ReportNotValidated = "report_not_validated",
    }
}

/// Who somebody is to a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The person it is of.
    pub person: bool,
    /// Who evaluates.
    pub evaluator: bool,
    /// A member of the evaluation body.
    pub body: bool,
}

/// The individual evaluation of one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sheet {
    /// Its id.
    pub id: SheetId,
    /// Drawn once and kept with it: without it nobody can guess a digest of the sheet from what may stand in it.
    pub salt: Uuid,
    /// The plan whose year it is of.
    pub plan: PlanId,
    /// That year.
    pub year: Year,
    /// The person.
    pub person: MemberId,
    /// Who evaluates.
    pub evaluator: MemberId,
    /// What the evaluator says, as it was shared.
    pub content: Content,
    /// What was done, in order.
    pub steps: Vec<Made>,
    /// When it became final.
    pub finished_at: Option<DateTime<Utc>>,
    /// Grows at every change.
    pub version: Version,
}

impl Versioned for Sheet {
    type Facts = Content;

    fn facts(&self) -> &Content {
        &self.content
    }

    fn version(&self) -> Version {
        self.version
    }
}

/// The ids a new sheet is given.
#[derive(Debug, Clone, Copy)]
pub struct NewIds {
    /// Its own.
    pub id: SheetId,
    /// What its digests are salted with.
    pub salt: Uuid,
}

/// For whom, and of which plan, a sheet is written.
#[derive(Debug, Clone, Copy)]
pub struct Subject {
    /// The plan.
    pub plan: PlanId,
    /// Its year.
    pub year: Year,
    /// The person.
    pub person: MemberId,
}

/// The roles that evaluate others: an employee answers a sheet and writes none.
#[must_use]
pub fn may_evaluate(roles: &std::collections::BTreeSet<Role>) -> bool {
    const EVALUATORS: [Role; 4] = [Role::Segretario, Role::Responsabile, Role::Nucleo, Role::Giunta];
    EVALUATORS.iter().any(|role| roles.contains(role))
}

impl Sheet {
    /// A new sheet, as a draft of its evaluator's.
    ///
    /// # Errors
    /// When the evaluator would evaluate itself, or the content does not hold together: all its faults.
    pub fn draft(
        ids: NewIds,
        subject: Subject,
        evaluator: MemberId,
        content: Content,
    ) -> Result<Self, Violation> {
        if subject.person == evaluator {
            let detail = "Nessuno valuta se stesso.";
            return Err(Violation::Invalid(vec![
                Refused::new(FaultKind::Inconsistent, detail).at("/person"),
            ]));
        }
        content.check().map_err(|faults| Violation::Invalid(faults).below("/content"))?;
        let (NewIds { id, salt }, Subject { plan, year, person }) = (ids, subject);
        let version = Version::FIRST;
        Ok(Self {
            id,
            salt,
            plan,
            year,
            person,
            evaluator,
            content,
            steps: Vec::new(),
            finished_at: None,
            version,
        })
    }

    /// The same sheet with another content, while it is a draft and for its evaluator.
    ///
    /// # Errors
    /// When it is shared already, or not the caller's to write; when the content does not hold together.
    pub fn change(&self, content: Content, who: Standing) -> Result<Self, Violation> {
        if !who.evaluator || who.person {
            return Err(SheetRefusal::NotYours.into());
        }
        if self.state() != SheetState::Draft {
            return Err(SheetRefusal::NotFromHere(self.state()).into());
        }
        content.check().map_err(Violation::Invalid)?;
        Ok(Self { content, version: self.version.next(), ..self.clone() })
    }

    /// Who a member is to it.
    #[must_use]
    pub fn standing(&self, member: MemberId, body: bool) -> Standing {
        Standing { person: self.person == member, evaluator: self.evaluator == member, body }
    }

    /// What stands: the content as it was shared, with the points that were changed since.
    #[must_use]
    pub fn current(&self) -> Content {
        let changes = self.steps.iter().filter_map(|step| match &step.made {
            Move::Answer { changes, .. } => Some(changes),
            Move::Share | Move::Accept | Move::Object { .. } | Move::Finish => None,
        });
        changes.fold(self.content.clone(), |content, changes| content.with(changes))
    }

    /// Why nothing is payable on it, when the report of its year is validated and when it is not.
    #[must_use]
    pub fn unpayable(&self, report_validated: bool) -> Option<Unpayable> {
        if !report_validated {
            return Some(Unpayable::ReportNotValidated);
        }
        (self.state() != SheetState::Final).then_some(Unpayable::SheetNotFinal)
    }

    /// What of it remains in aggregates: a figure without a name; nothing until it is final.
    #[must_use]
    pub fn rated(&self) -> Option<Rated> {
        if self.state() != SheetState::Final {
            return None;
        }
        let reckoning = self.current().reckon().ok()?;
        Some(Rated {
            category: self.content.category,
            total: reckoning.total,
            band: reckoning.band.map(|band| band.code),
            top: reckoning.top,
        })
    }
}
