//! What shared indicators are called and counted in, by the definition a fact was measured by.

use std::collections::HashMap;

use diesel::prelude::*;
use serde::Deserialize;

use crate::cross::CrossTenantTx;
use crate::error::Error;
use crate::json::Json;
use crate::schema::templates;
use crate::tenant::TenantTx;

/// What a shared indicator is called, and its unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// What is measured.
    pub name: String,
    /// The word of the unit.
    pub measure: String,
}

/// Every shared indicator there is or was, by its code and the number of its definition; by the number 0, as it is now.
pub type Indicators = HashMap<(String, i32), Named>;

/// What is read of a published version.
#[derive(Debug, Deserialize)]
struct Content {
    #[serde(default)]
    indicators: Vec<Indicator>,
    #[serde(default)]
    definitions: Vec<Defined>,
}

#[derive(Debug, Deserialize)]
struct Indicator {
    code: String,
    name: String,
    measure: String,
}

#[derive(Debug, Deserialize)]
struct Defined {
    indicator: String,
    number: i32,
}

/// The shared indicators, for a comune.
///
/// # Errors
/// When the database fails.
pub fn at_home(tx: &mut TenantTx<'_>) -> Result<Indicators, Error> {
    read(tx.connection())
}

/// The shared indicators, for whoever reads across comuni.
///
/// # Errors
/// When the database fails.
pub fn across(tx: &mut CrossTenantTx<'_>) -> Result<Indicators, Error> {
    read(tx.connection())
}

fn read(connection: &mut PgConnection) -> Result<Indicators, Error> {
    let versions = templates::table
        .order((templates::code, templates::number))
        .select(templates::content)
        .load::<Json<Content>>(connection)?;
    let mut known = Indicators::new();
    for Json(version) in versions {
        for Indicator { code, name, measure } in version.indicators {
            let named = Named { name, measure };
            let defined = version.definitions.iter().find(|defined| defined.indicator == code);
            if let Some(defined) = defined {
                known.insert((code.clone(), defined.number), named.clone());
            }
            known.insert((code, 0), named);
        }
    }
    Ok(known)
}
