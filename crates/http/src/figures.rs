//! What registers come to, over HTTP: every shared figure of a year, of the comune or of a structure.

use actix_web::get;
use chrono::{Datelike as _, NaiveDate};
use serde::Deserialize;
use traguardo_domain::access::Action;
use traguardo_domain::feeder;
use traguardo_domain::feeder::feed::Figures;
use traguardo_domain::measurement::Span;
use traguardo_domain::period::{Year, credible};
use traguardo_domain::register::RegisterState;
use traguardo_domain::unit::{Unit, UnitId};
use traguardo_persistence::figures::{Request, computed};
use traguardo_persistence::{TenantTx, feeder_settings, registers, units};
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::answer::Answer;
use crate::call::{Call, ComunePath};
use crate::problem::Problem;
use crate::query::refused;

mod wire;

pub(crate) use wire::FigureResponse;
use wire::FiguresResponse;

/// Adds the routes.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config.service(read_figures);
}

/// Which figures.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct FiguresQuery {
    /// L'anno; se manca, quello in corso.
    #[param(nullable = false, minimum = 2009, maximum = 2100, example = 2025)]
    year: Option<i32>,
    /// Il giorno da cui si guardano i fatti, se non è oggi: ciò che è datato dopo non è ancora successo.
    #[serde(default, deserialize_with = "crate::day::maybe")]
    #[param(nullable = false, example = "2026-01-20")]
    on: Option<NaiveDate>,
    /// Solo i fatti di questa struttura e di quelle che ne fanno parte, per identificativo.
    #[param(nullable = false)]
    unit: Option<Uuid>,
}

impl FiguresQuery {
    /// The days of the year, and the day they are seen from.
    fn asked(&self, today: NaiveDate) -> Result<feeder::Asked, Problem> {
        let year = self.year.unwrap_or_else(|| today.year());
        let year = Year::parse(year).map_err(|error| refused(error.kind, "year", &error.detail))?;
        let day =
            |month, day| NaiveDate::from_ymd_opt(i32::from(year.number()), month, day).unwrap_or_default();
        let period = Span { from: day(1, 1), to: day(12, 31) };
        let on = credible(self.on.unwrap_or(today));
        let on = on.map_err(|error| refused(error.kind, "on", &error.detail))?;
        Ok(feeder::Asked { period, on })
    }
}

/// What was computed, and of what.
struct Found {
    registers: Vec<RegisterState>,
    figures: Figures,
    unit: Option<Unit>,
}

fn found(tx: &mut TenantTx<'_>, asked: feeder::Asked, unit: Option<UnitId>) -> Result<Found, Problem> {
    let settings = feeder_settings::look_up(tx)?.facts;
    let tree = units::tree(tx)?;
    let figures = computed(tx, &Request::new(asked, &settings, &tree, unit))?;
    let named = unit.map(|unit| units::look_up(tx, unit)).transpose()?.flatten();
    Ok(Found { registers: registers::all(tx)?, figures, unit: named })
}

/// Legge gli indicatori calcolati dai registri
///
/// Di ogni indicatore condiviso che i registri calcolano: il valore, il numeratore e il denominatore, il metodo, ciò che è rimasto fuori
/// e perché, la revisione del registro. Non si registra nulla: per questo si alimenta un piano.
#[utoipa::path(tag = "feeds", params(ComunePath, FiguresQuery), responses(
    (status = 200, description = "Gli indicatori dell'anno.", body = FiguresResponse),
))]
#[get("/figures")]
pub(crate) async fn read_figures(call: Call<ComunePath, FiguresQuery>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadRegisters)?;
    let asked = permit.query.asked(permit.app.today())?;
    let unit = permit.query.unit.map(UnitId);
    let found = permit.tenant(move |tx: &mut TenantTx<'_>| found(tx, asked, unit)).await?;
    let Found { registers, mut figures, unit: named } = found;
    let computed = figures.remove(&unit).unwrap_or_default();
    Answer::ok(&FiguresResponse::of(asked, &registers, (unit, named.as_ref()), &computed))
}
