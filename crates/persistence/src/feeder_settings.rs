//! What a comune settled of how its figures are computed.

use diesel::prelude::*;
use traguardo_domain::Version;
use traguardo_domain::audit::ObjectKind;
use traguardo_domain::feeder::{Settings, SettingsFacts};

use crate::error::Error;
use crate::json::Json;
use crate::schema::feeder_settings;
use crate::tenant::TenantTx;

/// What the comune settled, when it settled anything.
///
/// # Errors
/// When the database fails.
pub fn look_up(tx: &mut TenantTx<'_>) -> Result<Option<Settings>, Error> {
    let row = feeder_settings::table
        .find(tx.comune().to_owned())
        .select((feeder_settings::version, feeder_settings::content))
        .first::<(i32, Json<SettingsFacts>)>(tx.connection())
        .optional()?;
    Ok(row.map(|(version, Json(facts))| Settings { facts, version: Version::stored(version) }))
}

/// What figures are computed by: what the comune settled, and where it settled nothing what is usual.
///
/// # Errors
/// When the database fails.
pub fn standing(tx: &mut TenantTx<'_>) -> Result<SettingsFacts, Error> {
    Ok(look_up(tx)?.map(|settings| settings.facts).unwrap_or_default())
}

/// Stores what was settled for the first time.
///
/// # Errors
/// When the database fails.
pub fn insert(tx: &mut TenantTx<'_>, settings: &Settings) -> Result<(), Error> {
    let row = (
        feeder_settings::comune.eq(tx.comune().to_owned()),
        feeder_settings::version.eq(settings.version.number()),
        feeder_settings::content.eq(Json(settings.facts.clone())),
    );
    diesel::insert_into(feeder_settings::table).values(row).execute(tx.connection())?;
    let id = tx.comune().to_owned();
    tx.touch(ObjectKind::FeederSettings, &id, None, Some(&settings.facts))
}

/// Stores what is settled otherwise.
///
/// # Errors
/// When the database fails.
pub fn update(tx: &mut TenantTx<'_>, before: &Settings, after: &Settings) -> Result<(), Error> {
    diesel::update(feeder_settings::table.find(tx.comune().to_owned()))
        .set((
            feeder_settings::version.eq(after.version.number()),
            feeder_settings::content.eq(Json(after.facts.clone())),
        ))
        .execute(tx.connection())?;
    let id = tx.comune().to_owned();
    tx.touch(ObjectKind::FeederSettings, &id, Some(&before.facts), Some(&after.facts))
}
