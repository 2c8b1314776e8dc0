//! What a comune settled of how its figures are computed.

use diesel::prelude::*;
use traguardo_domain::Version;
use traguardo_domain::audit::ObjectKind;
use traguardo_domain::feeder::{Settings, SettingsFacts};

use crate::error::Error;
use crate::json::Json;
use crate::schema::feeder_settings;
use crate::tenant::TenantTx;

/// What figures are computed by: what the comune settled, and where it settled nothing yet what is usual.
///
/// # Errors
/// When the database fails.
pub fn look_up(tx: &mut TenantTx<'_>) -> Result<Settings, Error> {
    let row = feeder_settings::table
        .find(tx.comune().to_owned())
        .select((feeder_settings::version, feeder_settings::content))
        .first::<(i32, Json<SettingsFacts>)>(tx.connection())
        .optional()?;
    let settled = |(version, Json(facts))| Settings { facts, version: Version::stored(version) };
    Ok(row.map_or_else(|| Settings { facts: SettingsFacts::default(), version: Version::FIRST }, settled))
}

/// Stores what is settled otherwise.
///
/// # Errors
/// When the database fails.
pub fn update(tx: &mut TenantTx<'_>, before: &Settings, after: &Settings) -> Result<(), Error> {
    let content = (
        feeder_settings::version.eq(after.version.number()),
        feeder_settings::content.eq(Json(after.facts.clone())),
    );
    let comune = tx.comune().to_owned();
    diesel::insert_into(feeder_settings::table)
        .values((feeder_settings::comune.eq(comune.clone()), content.clone()))
        .on_conflict(feeder_settings::comune)
        .do_update()
        .set(content)
        .execute(tx.connection())?;
    tx.touch(ObjectKind::FeederSettings, &comune, Some(&before.facts), Some(&after.facts))
}
