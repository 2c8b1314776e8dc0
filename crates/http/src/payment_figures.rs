//! Payment times computed from bills, and what would come of them, over HTTP.

use std::collections::HashSet;

use actix_web::get;
use chrono::{Datelike as _, NaiveDate};
use serde::Deserialize;
use traguardo_domain::FaultKind;
use traguardo_domain::access::Action;
use traguardo_domain::fault::Refused;
use traguardo_domain::feeder::{Asked, SettingsFacts, Within};
use traguardo_domain::measurement::Span;
use traguardo_domain::payment::{Perimeter, Tally, Why};
use traguardo_domain::period::{Year, credible};
use traguardo_domain::register::Register;
use traguardo_domain::unit::UnitId;
use traguardo_persistence::payment_figures::{mattering, without_bill};
use traguardo_persistence::{TenantTx, feeder_settings, invoices, payment_times, registers, units};
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::answer::Answer;
use crate::call::{Call, ComunePath};
use crate::problem::Problem;
use crate::query::refused;
use crate::words::Word;

mod figure;
mod funds;
mod quotas;
mod supposed;
mod told;

use told::{FiguresResponse, Told};

/// Which bills a figure is of.
pub(crate) type PerimeterWord = Word<Perimeter>;
/// Why a bill does not count.
pub(crate) type WhyWord = Word<Why>;
/// Why a figure cannot be computed.
pub(crate) type NotComputableWord = Word<traguardo_domain::feeder::NotComputable>;

/// Adds the routes.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config
        .service(read_payment_figures)
        .service(supposed::forecast_payments)
        .service(funds::forecast_fund)
        .service(quotas::forecast_quotas);
}

/// Di quali giorni, visti da quale, e di quale struttura.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct FiguresQuery {
    /// L'anno; quello in corso, se non si dice.
    #[param(nullable = false, minimum = 2009, maximum = 2100, example = 2025)]
    year: Option<i32>,
    /// Il trimestre; tutto l'anno, se non si dice.
    #[param(nullable = false, minimum = 1, maximum = 4, example = 1)]
    quarter: Option<i32>,
    /// Il giorno da cui si guarda: ciò che ha una data successiva non è ancora successo. Oggi, se non si dice.
    #[serde(default, deserialize_with = "crate::day::maybe")]
    #[param(nullable = false)]
    on: Option<NaiveDate>,
    /// Solo le fatture di questa struttura e di quelle che ne fanno parte.
    #[param(nullable = false)]
    unit: Option<Uuid>,
}

/// A year, or one of its quarters.
fn period(year: i32, quarter: Option<i32>) -> Result<Span, (Refused, &'static str)> {
    let year = Year::parse(year).map_err(|refused| (refused, "year"))?;
    let year = i32::from(year.number());
    let day = |month, day| NaiveDate::from_ymd_opt(year, month, day);
    let days = match quarter {
        None => day(1, 1).zip(day(12, 31)),
        Some(1) => day(1, 1).zip(day(3, 31)),
        Some(2) => day(4, 1).zip(day(6, 30)),
        Some(3) => day(7, 1).zip(day(9, 30)),
        Some(4) => day(10, 1).zip(day(12, 31)),
        Some(_) => None,
    };
    let (from, to) = days.ok_or_else(|| (Refused::new(FaultKind::OutOfBounds, "Da 1 a 4."), "quarter"))?;
    Ok(Span { from, to })
}

impl FiguresQuery {
    fn asked(&self, today: NaiveDate) -> Result<Asked, Problem> {
        let on =
            credible(self.on.unwrap_or(today)).map_err(|wrong| refused(wrong.kind, "on", &wrong.detail))?;
        let period = period(self.year.unwrap_or_else(|| today.year()), self.quarter)
            .map_err(|(wrong, parameter)| refused(wrong.kind, parameter, &wrong.detail))?;
        Ok(Asked { period, on })
    }
}

/// The structures below one, when one is asked for; none when the comune has no such structure.
fn below(tx: &mut TenantTx<'_>, unit: Option<Uuid>) -> Result<Option<HashSet<UnitId>>, Problem> {
    let Some(unit) = unit else { return Ok(None) };
    Ok(Some(units::tree(tx)?.at_or_below(UnitId(unit))))
}

/// Within which structures, when one is asked for.
const fn within(units: Option<&HashSet<UnitId>>) -> Within<'_> {
    match units {
        None => Within::Comune,
        Some(units) => Within::Units(units),
    }
}

/// The figures of some days, from one pass over the bills.
fn tally<'u>(
    tx: &mut TenantTx<'_>,
    within: Within<'u>,
    asked: Asked,
    settings: &SettingsFacts,
) -> Result<Tally<'u>, Problem> {
    let mut tally = Tally::new(within, asked, settings);
    invoices::bills(tx, mattering(asked), |bill| tally.take(&bill))?;
    if matches!(within, Within::Comune) {
        tally.without_bill(without_bill(tx, asked)?);
    }
    Ok(tally)
}

/// Legge i tempi di pagamento calcolati
///
/// ITP, TMP, TMR, ritardo annuale e quota di fatture liquidate in 15 giorni, ciascuno con le sue fatture, numeratore, denominatore, metodo ed
/// esclusioni; la copertura delle medie, il debito e i creditori; accanto alla previsione, il ritardo certificato nel piano dell'anno.
#[utoipa::path(tag = "payment-figures", params(ComunePath, FiguresQuery), responses(
    (status = 200, description = "I tempi di pagamento.", body = FiguresResponse),
))]
#[get("/payment-figures")]
pub(crate) async fn read_payment_figures(call: Call<ComunePath, FiguresQuery>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadRegisters)?;
    let asked = permit.query.asked(permit.app.today())?;
    let unit = permit.query.unit;
    let work = move |tx: &mut TenantTx<'_>| {
        let units = below(tx, unit)?;
        if units.as_ref().is_some_and(HashSet::is_empty) {
            return Err(refused(FaultKind::UnknownReference, "unit", "La struttura non esiste."));
        }
        let settings = feeder_settings::look_up(tx)?.facts;
        let tally = tally(tx, within(units.as_ref()), asked, &settings)?;
        let certified = payment_times::certified_of_year(tx, asked.period.to.year())?;
        let register = registers::state(tx, Register::Invoices)?;
        Ok(FiguresResponse::of(Told { tally: &tally, asked, unit, certified, register }))
    };
    Answer::ok(&permit.tenant(work).await?)
}
