//! Sections as they are kept.

use diesel::prelude::*;
use diesel::upsert::excluded;
use traguardo_domain::Version;
use traguardo_domain::audit::ObjectKind;
use traguardo_domain::plan::{Plan, PlanId};
use traguardo_domain::section::Section;
use traguardo_domain::text::ExternalId;
use uuid::Uuid;

use crate::error::Error;
use crate::json::Written;
use crate::schema::sections;
use crate::tenant::TenantTx;

/// A section and its place in its plan.
#[derive(Debug, Clone)]
pub struct Placed {
    /// The place, growing in the order of the plan.
    pub position: i32,
    /// The section.
    pub section: Section,
}

/// Every section of a plan, in its order. They are few, and each is read with the others.
///
/// # Errors
/// When the database fails.
pub fn all(tx: &mut TenantTx<'_>, plan: PlanId) -> Result<Vec<Placed>, Error> {
    let rows = sections::table
        .filter(sections::comune.eq(tx.comune().to_owned()))
        .filter(sections::plan.eq(plan.0))
        .order((sections::position.asc(), sections::id.asc()))
        .select((sections::position, sections::version, sections::content))
        .load::<(i32, i32, Written)>(tx.connection())?;
    let placed = rows.into_iter().map(|(position, version, content)| {
        let section: Section =
            serde_json::from_str(content.as_str()).map_err(|error| Error::inconsistent("section", error))?;
        Ok(Placed { position, section: Section { version: Version::stored(version), ..section } })
    });
    placed.collect()
}

/// The section with this id or this external id.
///
/// # Errors
/// When the database fails.
pub fn look_up(
    tx: &mut TenantTx<'_>,
    plan: PlanId,
    id: Option<Uuid>,
    key: Option<&ExternalId>,
) -> Result<Option<Placed>, Error> {
    let named = |placed: &Placed| {
        let section = &placed.section;
        Some(section.id.0) == id || (key.is_some() && section.facts.external_id.as_ref() == key)
    };
    Ok(all(tx, plan)?.into_iter().find(named))
}

/// Stores sections, new ones and changed ones together.
///
/// # Errors
/// [`traguardo_domain::Violation::ExternalIdTaken`], or a failure of the database.
pub fn store(
    tx: &mut TenantTx<'_>,
    plan: &Plan,
    placed: &[Placed],
    before: &[&Section],
) -> Result<(), Error> {
    let comune = tx.comune().to_owned();
    let mut rows = Vec::with_capacity(placed.len());
    for Placed { position, section } in placed {
        let content = Written::of(section).map_err(|error| Error::inconsistent("section", error))?;
        rows.push((
            sections::comune.eq(comune.clone()),
            sections::plan.eq(plan.id.0),
            sections::id.eq(section.id.0),
            sections::external_id.eq(section.facts.external_id.as_ref().map(|key| key.as_str().to_owned())),
            sections::position.eq(*position),
            sections::version.eq(section.version.number()),
            sections::content.eq(content),
        ));
    }
    diesel::insert_into(sections::table)
        .values(&rows)
        .on_conflict((sections::comune, sections::plan, sections::id))
        .do_update()
        .set((
            sections::external_id.eq(excluded(sections::external_id)),
            sections::position.eq(excluded(sections::position)),
            sections::version.eq(excluded(sections::version)),
            sections::content.eq(excluded(sections::content)),
        ))
        .execute(tx.connection())?;
    for Placed { section, .. } in placed {
        let had = before.iter().find(|one| one.id == section.id);
        tx.touch(ObjectKind::Section, &section.id.0, had.copied(), Some(section))?;
    }
    Ok(())
}

/// Deletes sections.
///
/// # Errors
/// When the database fails.
pub fn delete(tx: &mut TenantTx<'_>, plan: &Plan, gone: &[&Section]) -> Result<(), Error> {
    let ids: Vec<Uuid> = gone.iter().map(|one| one.id.0).collect();
    let them = sections::table
        .filter(sections::comune.eq(tx.comune().to_owned()))
        .filter(sections::plan.eq(plan.id.0))
        .filter(sections::id.eq_any(ids));
    diesel::delete(them).execute(tx.connection())?;
    gone.iter().try_for_each(|one| tx.touch(ObjectKind::Section, &one.id.0, Some(*one), None))
}
