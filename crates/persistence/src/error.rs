//! What can go wrong between a decision and the disk; and which constraint of the database stands for which rule.

use diesel::result::{DatabaseErrorInformation, DatabaseErrorKind, Error as DieselError};
use thiserror::Error;
use traguardo_domain::{Fault, FaultKind, Violation};

/// A failure of persistence.
#[derive(Debug, Error)]
pub enum Error {
    /// A rule refused: one of the domain's, or one a constraint of the database keeps.
    #[error(transparent)]
    Violation(#[from] Violation),
    /// The database is away, overloaded or slow: the same request may succeed later.
    #[error("database unavailable: {0}")]
    Unavailable(String),
    /// What is stored cannot be what was stored, or a write left no audit entry: a fault of ours, or tampering.
    #[error("inconsistent: {0}")]
    Inconsistent(String),
    /// A query failed for a reason no caller can mend.
    #[error("query failed: {0}")]
    Query(DieselError),
    /// The database cannot be used as configured.
    #[error("{0}")]
    Setup(String),
}

impl Error {
    /// A stored value that does not convert back.
    pub(crate) fn inconsistent(what: &str, why: impl std::fmt::Display) -> Self {
        Self::Inconsistent(format!("{what}: {why}"))
    }
}

impl From<DieselError> for Error {
    fn from(error: DieselError) -> Self {
        if let DieselError::DatabaseError(kind, information) = error {
            return from_database(kind, information);
        }
        if let DieselError::RollbackErrorOnCommit { commit_error, .. } = error {
            return Self::from(*commit_error);
        }
        if matches!(error, DieselError::NotFound) {
            return Self::Violation(Violation::NotFound);
        }
        if matches!(error, DieselError::BrokenTransactionManager) {
            return Self::Unavailable(error.to_string());
        }
        Self::Query(error)
    }
}

fn from_database(
    kind: DatabaseErrorKind,
    information: Box<dyn DatabaseErrorInformation + Send + Sync>,
) -> Error {
    if let Some(violation) = information.constraint_name().and_then(|name| rule_of(breach_of(kind), name)) {
        return Error::Violation(violation);
    }
    let passing = matches!(
        kind,
        DatabaseErrorKind::ClosedConnection
            | DatabaseErrorKind::UnableToSendCommand
            | DatabaseErrorKind::SerializationFailure
    );
    if passing || is_timeout(information.message()) {
        return Error::Unavailable(information.message().to_owned());
    }
    Error::Query(DieselError::DatabaseError(kind, information))
}

/// Diesel does not hand on the SQLSTATE of a cancelled statement; the word stands in the message in every language of the server.
fn is_timeout(message: &str) -> bool {
    message.contains("timeout") || message.contains("terminating connection")
}

/// Whether a broken constraint says "such a thing exists already" or "no such thing exists".
#[derive(Clone, Copy, PartialEq, Eq)]
enum Breach {
    Taken,
    Dangling,
}

fn breach_of(kind: DatabaseErrorKind) -> Option<Breach> {
    if matches!(kind, DatabaseErrorKind::UniqueViolation | DatabaseErrorKind::ExclusionViolation) {
        Some(Breach::Taken)
    } else if matches!(kind, DatabaseErrorKind::ForeignKeyViolation) {
        Some(Breach::Dangling)
    } else {
        None
    }
}

/// The rule a named constraint keeps. A constraint that is not here is never met by a caller: meeting it is a fault of ours.
fn rule_of(breach: Option<Breach>, constraint: &str) -> Option<Violation> {
    let violation = match (breach?, constraint) {
        (Breach::Taken, "comuni_pkey") => Violation::ComuneRegistered,
        (Breach::Taken, "comune_identifiers_name_one_comune") => Violation::IdentifierTaken,
        (Breach::Taken, "units_code_is_one_units") => Violation::UnitCodeTaken,
        (
            Breach::Taken,
            "units_external_id_is_one_units"
            | "members_external_id_is_one_members"
            | "plans_external_id_is_one_plans"
            | "sections_external_id_is_one_sections"
            | "objectives_external_id_is_one_objectives"
            | "rounds_external_id_is_one_rounds"
            | "measurements_external_id_is_one_measurements",
        ) => Violation::ExternalIdTaken,
        (Breach::Taken, "measurements_are_superseded_once") => Violation::SupersededAlready,
        (Breach::Dangling, "measurements_supersede_one_of_the_plan") => {
            unknown("/supersedes", "Il piano non ha questa misurazione.")
        }
        (Breach::Taken, "members_identity_is_one_members") => Violation::IdentityTaken,
        (Breach::Taken, "peer_groups_code_is_one_groups") => Violation::GroupCodeTaken,
        (Breach::Taken, "plans_one_of_a_kind_a_year") => Violation::PlanOfYearExists,
        // Deleting a unit breaks the keys of those that point to it; naming a unit that is not there breaks the same keys
        // from the other side. The first is told apart by the caller, who knows that it deletes.
        (
            Breach::Dangling,
            "members_in_a_unit_of_the_comune"
            | "sheets_in_a_unit_of_the_comune"
            | "register_entries_in_a_unit_of_the_comune"
            | "invoices_in_a_unit_of_the_comune",
        ) => unknown_unit("/unit"),
        (Breach::Dangling, "assignments_to_a_unit_of_the_comune") => unknown_unit("/assignments"),
        (Breach::Dangling, "units_below_a_unit_of_the_comune") => unknown_unit("/parent"),
        (
            Breach::Dangling,
            "units_of_a_comune"
            | "plans_of_a_comune"
            | "members_of_a_tenant"
            | "imports_of_a_comune"
            | "import_profiles_of_a_comune"
            | "rulebooks_of_a_comune"
            | "registers_of_a_comune"
            | "register_entries_of_a_comune"
            | "invoices_of_a_comune"
            | "payments_of_a_comune"
            | "feeder_settings_of_a_comune"
            | "idempotency_keys_of_a_tenant",
        ) => Violation::NotFound,
        (Breach::Taken | Breach::Dangling, _) => return None,
    };
    Some(violation)
}

fn unknown_unit(pointer: &str) -> Violation {
    unknown(pointer, "L'unità non esiste in questo comune.")
}

fn unknown(pointer: &str, detail: &str) -> Violation {
    Violation::Invalid(vec![Fault {
        pointer: pointer.to_owned(),
        kind: FaultKind::UnknownReference,
        detail: detail.to_owned(),
    }])
}
