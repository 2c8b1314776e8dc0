//! Every way the rules can refuse. Closed on purpose: a new refusal stops the build until it has a status and an Italian title.

use thiserror::Error;

use crate::access::Action;
use crate::evaluation::EvaluationRefusal;
use crate::fault::Fault;
use crate::import::ImportState;
use crate::plan::PlanState;
use crate::plan::cycle::{Lacking, Transition};
use crate::round::Collection;
use crate::sheet::SheetRefusal;
use crate::version::Version;

/// A refusal of the domain.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Violation {
    /// There is no such thing, or not for this caller.
    #[error("not found")]
    NotFound,
    /// The caller may know of it and may not do this.
    #[error("{} is not permitted", action.as_str())]
    Forbidden {
        /// What was asked.
        action: Action,
    },
    /// A role may be given only by someone else.
    #[error("the roles given are not the caller's to give")]
    RoleNotYoursToGive,
    /// What was sent is understood and cannot be accepted; all its faults.
    #[error("{} faults in what was sent", .0.len())]
    Invalid(Vec<Fault>),
    /// A change did not say which version it knows.
    #[error("a change must name the version it knows")]
    PreconditionMissing,
    /// The object has changed since.
    #[error("now at version {}", current.number())]
    Stale {
        /// The version it is at.
        current: Version,
    },
    /// The caller names a version of something that is not there (any more).
    #[error("nothing is there to change")]
    Gone,
    /// The caller asked to create only, and it exists.
    #[error("already there, at version {}", current.number())]
    AlreadyThere {
        /// The version it is at.
        current: Version,
    },
    /// The cursor is not one this list gave.
    #[error("the cursor is not one this list gave")]
    UnknownCursor,
    /// A comune with this code is registered.
    #[error("the comune is registered already")]
    ComuneRegistered,
    /// A register's code belongs to another comune in the same days.
    #[error("the identifier belongs to another comune")]
    IdentifierTaken,
    /// Another structure has this code in the same days.
    #[error("the code of the unit is taken")]
    UnitCodeTaken,
    /// Another object has this external id.
    #[error("the external id is taken")]
    ExternalIdTaken,
    /// The structure would be below itself.
    #[error("the unit would be its own ancestor")]
    UnitBelowItself,
    /// The structure still holds others, or is somebody's.
    #[error("the unit is in use")]
    UnitInUse,
    /// The comune has a plan of this kind for this year.
    #[error("the year has a plan of this kind")]
    PlanOfYearExists,
    /// What the plan contains is not to be changed in the state it is in.
    #[error("the plan is not editable")]
    PlanNotEditable {
        /// The state.
        state: PlanState,
    },
    /// The plan has sealed versions; it is not deleted any more.
    #[error("the plan has sealed versions")]
    PlanSealed,
    /// The transition does not leave from the state the plan is in.
    #[error("no such transition from here")]
    NoWayFromHere {
        /// The state.
        state: PlanState,
        /// What was asked.
        transition: Transition,
    },
    /// The transition lacks something; all of it.
    #[error("the transition lacks {} things", lacks.len())]
    TransitionLacks {
        /// What was asked.
        transition: Transition,
        /// What is missing.
        lacks: Vec<Lacking>,
    },
    /// The objective belongs to other structures than the caller's.
    #[error("the objective is not of the caller's unit")]
    OutsideYourUnit,
    /// Values are not collected and nothing is judged in the state the plan is in.
    #[error("nothing is collected of the plan")]
    NothingCollected {
        /// The state.
        state: PlanState,
    },
    /// Values of such a period are not collected today.
    #[error("the window of collection is not open")]
    WindowClosed {
        /// What its window says.
        window: Collection,
    },
    /// Another measurement has taken the place of that one already.
    #[error("the measurement is superseded already")]
    SupersededAlready,
    /// A step of an evaluation does not lead on from where it stands, or is not the caller's to make.
    #[error("{0}")]
    EvaluationRefused(EvaluationRefusal),
    /// A step of an individual evaluation does not lead on from where it stands, or is not the caller's to make.
    #[error("{0}")]
    SheetRefused(SheetRefusal),
    /// The file was not read, or has been: what was asked needs another state.
    #[error("the import is not in a state for this")]
    ImportNotReady {
        /// The state.
        state: ImportState,
    },
    /// What the plan came to is not to be published in the state it is in.
    #[error("nothing of the plan is to be published")]
    NotPublishable {
        /// The state.
        state: PlanState,
    },
    /// The caller does not publish for this author.
    #[error("the author is another's")]
    NotYourAuthor,
    /// Another tenant has a group with this code.
    #[error("the code of the group is taken")]
    GroupCodeTaken,
    /// Another member has this identity at its issuer.
    #[error("the identity is another member's")]
    IdentityTaken,
    /// The member was revoked; nothing of it changes any more.
    #[error("the member is revoked")]
    MemberRevoked,
    /// Only a program proves itself with a secret.
    #[error("a person has no secret here")]
    NotAClient,
    /// Two secrets are valid already.
    #[error("the client has two valid secrets")]
    TooManySecrets,
}

impl Violation {
    /// The same refusal of something that stands below a place of what was sent: its faults are told from the top.
    #[must_use]
    pub fn below(mut self, place: &str) -> Self {
        if let Self::Invalid(faults) = &mut self {
            for fault in faults {
                fault.pointer.insert_str(0, place);
            }
        }
        self
    }
}
