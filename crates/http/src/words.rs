//! The closed vocabularies of the domain that are this crate's to show, as they travel.

use traguardo_domain::audit::ObjectKind;
use traguardo_domain::comune::Scheme;
use traguardo_domain::member::MemberKind;
use traguardo_domain::objective::ObjectiveKind;
use traguardo_domain::plan::PlanState;
use traguardo_domain::role::Role;
use traguardo_domain::unit::UnitKind;

pub(crate) use traguardo_documents::Word;

/// The register of an identifier.
pub(crate) type SchemeWord = Word<Scheme>;
/// The kind of a member.
pub(crate) type MemberKindWord = Word<MemberKind>;
/// A kind of object.
pub(crate) type ObjectKindWord = Word<ObjectKind>;
/// What an objective is.
pub(crate) type ObjectiveKindWord = Word<ObjectiveKind>;
/// The nature of a plan.
pub(crate) type PlanKindWord = Word<traguardo_domain::plan::PlanKind>;
/// The state of a plan.
pub(crate) type PlanStateWord = Word<PlanState>;
/// A role.
pub(crate) type RoleWord = Word<Role>;
/// The kind of a unit.
pub(crate) type UnitKindWord = Word<UnitKind>;
