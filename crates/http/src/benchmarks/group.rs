//! Groups as comparisons find them.

use std::sync::Arc;

use chrono::NaiveDate;
use traguardo_domain::Violation;
use traguardo_domain::group::{Group, GroupRef, resolve};
use traguardo_domain::registry::Registry;
use traguardo_persistence::{CrossTenantTx, peer_groups, registry};

use crate::app::App;
use crate::problem::Problem;

/// The registry at its last edition.
///
/// # Errors
/// 503 when the database is away.
pub(crate) fn registry(_app: &App, tx: &mut CrossTenantTx<'_>) -> Result<Arc<Registry>, Problem> {
    Ok(Arc::new(registry::read(tx)?))
}

/// The group a reference names on a day.
///
/// # Errors
/// 404 when it names none.
pub(crate) fn resolved(
    tx: &mut CrossTenantTx<'_>,
    reference: &GroupRef,
    registry: &Registry,
    on: NaiveDate,
) -> Result<Group, Problem> {
    let GroupRef::Custom(code) = reference else {
        return resolve(reference, registry, &[], on).map_err(|why| Violation::from(why).into());
    };
    let (group, versions) = peer_groups::look_up(tx, code)?.ok_or(Violation::NotFound)?;
    let found = resolve(reference, registry, &versions, on).map_err(Violation::from)?;
    Ok(found.titled(group.facts.name.as_str()))
}
