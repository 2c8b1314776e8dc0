//! The comune's own profiles as they are kept.

use diesel::prelude::*;
use traguardo_domain::Version;
use traguardo_domain::audit::ObjectKind;
use traguardo_domain::import::{ProfileName, StoredProfile};

use crate::error::Error;
use crate::json::Json;
use crate::schema::import_profiles;
use crate::tenant::TenantTx;

type Row = (String, i32, Json<serde_json::Value>);

/// Every profile of the comune, by name. They are few.
///
/// # Errors
/// When the database fails.
pub fn all(tx: &mut TenantTx<'_>) -> Result<Vec<StoredProfile>, Error> {
    let rows = import_profiles::table
        .filter(import_profiles::comune.eq(tx.comune().to_owned()))
        .order(import_profiles::name.asc())
        .select((import_profiles::name, import_profiles::version, import_profiles::content))
        .load::<Row>(tx.connection())?;
    rows.into_iter().map(stored).collect()
}

/// The profile with this name, if there is one.
///
/// # Errors
/// When the database fails.
pub fn look_up(tx: &mut TenantTx<'_>, name: &ProfileName) -> Result<Option<StoredProfile>, Error> {
    let row = import_profiles::table
        .find((tx.comune().to_owned(), name.as_str()))
        .select((import_profiles::name, import_profiles::version, import_profiles::content))
        .first::<Row>(tx.connection())
        .optional()?;
    row.map(stored).transpose()
}

/// Stores a new profile.
///
/// # Errors
/// When the database fails.
pub fn insert(tx: &mut TenantTx<'_>, profile: &StoredProfile) -> Result<(), Error> {
    let row = (
        import_profiles::comune.eq(tx.comune().to_owned()),
        import_profiles::name.eq(profile.name.as_str().to_owned()),
        import_profiles::version.eq(profile.version.number()),
        import_profiles::content.eq(Json(profile.content.clone())),
    );
    diesel::insert_into(import_profiles::table).values(row).execute(tx.connection())?;
    tx.touch(ObjectKind::ImportProfile, &profile.name.as_str(), None, Some(profile))
}

/// Stores a changed profile.
///
/// # Errors
/// When the database fails.
pub fn update(
    tx: &mut TenantTx<'_>,
    before: &StoredProfile,
    content: serde_json::Value,
) -> Result<StoredProfile, Error> {
    let after = StoredProfile { content, version: before.version.next(), ..before.clone() };
    let key = (tx.comune().to_owned(), after.name.as_str().to_owned());
    diesel::update(import_profiles::table.find(key))
        .set((
            import_profiles::version.eq(after.version.number()),
            import_profiles::content.eq(Json(after.content.clone())),
        ))
        .execute(tx.connection())?;
    tx.touch(ObjectKind::ImportProfile, &after.name.as_str(), Some(before), Some(&after))?;
    Ok(after)
}

/// Deletes a profile. What was read with it stays read.
///
/// # Errors
/// When the database fails.
pub fn delete(tx: &mut TenantTx<'_>, profile: &StoredProfile) -> Result<(), Error> {
    let key = (tx.comune().to_owned(), profile.name.as_str().to_owned());
    diesel::delete(import_profiles::table.find(key)).execute(tx.connection())?;
    tx.touch(ObjectKind::ImportProfile, &profile.name.as_str(), Some(profile), None)
}

fn stored((name, version, content): Row) -> Result<StoredProfile, Error> {
    let name = ProfileName::parse(&name).map_err(|error| Error::inconsistent("import profile", error))?;
    Ok(StoredProfile { name, content: content.0, version: Version::stored(version) })
}
