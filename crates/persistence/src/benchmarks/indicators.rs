//! The indicators that can be compared, as the last versions of their templates define them.

use std::collections::HashMap;

use diesel::prelude::*;
use serde::Deserialize;
use traguardo_domain::template::{Defined, TemplateIndicator};
use traguardo_domain::text::Code;

use crate::cross::CrossTenantTx;
use crate::error::Error;
use crate::json::Json;
use crate::schema::templates;

/// A shared indicator as its template has it now.
#[derive(Debug, Clone)]
pub struct Indicator {
    /// The template it is of.
    pub template: String,
    /// What it is.
    pub facts: TemplateIndicator,
    /// The number of its definition.
    pub definition: i32,
}

/// The shared indicator with this code, as the last version of its template has it.
///
/// # Errors
/// When the database fails.
pub fn indicator(tx: &mut CrossTenantTx<'_>, code: &Code) -> Result<Option<Indicator>, Error> {
    Ok(indicators(tx, &[code.as_str()])?.remove(code.as_str()))
}

/// The shared indicators with these codes, by code; those nobody defined are not there. One statement.
///
/// # Errors
/// When the database fails.
pub fn indicators(tx: &mut CrossTenantTx<'_>, codes: &[&str]) -> Result<HashMap<String, Indicator>, Error> {
    let owners: Vec<&str> =
        codes.iter().filter_map(|code| code.split_once('.')).map(|(template, _)| template).collect();
    let last = templates::table
        .filter(templates::code.eq_any(owners))
        .distinct_on(templates::code)
        .order((templates::code, templates::number.desc()))
        .select((templates::code, templates::content))
        .load::<(String, Json<Measured>)>(tx.connection())?;
    Ok(measured(last, &|code| codes.contains(&code)))
}

/// Every shared indicator there is, by code. One statement.
///
/// # Errors
/// When the database fails.
pub fn all_indicators(tx: &mut CrossTenantTx<'_>) -> Result<HashMap<String, Indicator>, Error> {
    let last = templates::table
        .distinct_on(templates::code)
        .order((templates::code, templates::number.desc()))
        .select((templates::code, templates::content))
        .load::<(String, Json<Measured>)>(tx.connection())?;
    Ok(measured(last, &|_| true))
}

/// What of the content of a template says what is measured.
#[derive(Debug, Deserialize)]
struct Measured {
    #[serde(default)]
    indicators: Vec<TemplateIndicator>,
    #[serde(default)]
    definitions: Vec<Defined>,
}

fn measured(
    last: Vec<(String, Json<Measured>)>,
    wanted: &dyn Fn(&str) -> bool,
) -> HashMap<String, Indicator> {
    let mut indicators = HashMap::new();
    for (template, Json(content)) in last {
        let defined = |code: &Code| content.definitions.iter().find(|one| one.indicator == *code);
        for facts in &content.indicators {
            if wanted(facts.code.as_str()) {
                let definition = defined(&facts.code).map_or(1, |defined| defined.number);
                let one = Indicator { template: template.clone(), facts: facts.clone(), definition };
                indicators.insert(facts.code.as_str().to_owned(), one);
            }
        }
    }
    indicators
}
