//! The yearly attestation of what is published, as data, over HTTP.

use actix_web::{HttpRequest, get};
use chrono::NaiveDate;
use serde::Deserialize;
use traguardo_domain::Violation;
use traguardo_domain::access::Action;
use traguardo_domain::measurement::Span;
use traguardo_domain::obligation::Check;
use traguardo_domain::obligation::attestation::Attestation;
use traguardo_domain::period::Year;
use traguardo_persistence::{TenantTx, entries};
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answer::Answer;
use crate::call::{Call, PathOf, segment};
use crate::problem::Problem;

mod wire;

use wire::AttestationResponse;

/// Adds the routes.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config.service(read_attestation);
}

/// What a path to an attestation names.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct AttestationPath {
    /// Codice catastale del comune.
    #[param(value_type = String, pattern = "^[A-Z][0-9]{3}$", max_length = 4, example = "L454")]
    #[expect(dead_code, reason = "documents the segment that the call reads itself")]
    comune: (),
    /// L'anno della campagna.
    #[param(value_type = i32, minimum = 2009, maximum = 2100, example = 2025)]
    year: Year,
}

impl PathOf for AttestationPath {
    fn read(request: &HttpRequest) -> Option<Self> {
        let year = segment(request, "year")?.parse().ok()?;
        Some(Self { comune: (), year: Year::parse(year).ok()? })
    }
}

/// From which day it is seen.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct AttestationQuery {
    /// Il giorno da cui si guarda; oggi, se non si dice. Prima del giorno della campagna, ciò che si attesterebbe allora.
    #[serde(default, deserialize_with = "crate::day::maybe")]
    #[param(nullable = false)]
    on: Option<NaiveDate>,
}

/// Dà l'attestazione di un anno come dati
///
/// La griglia nello stato del giorno della campagna, con la scala di quell'anno: i punti di ogni voce, quelli del comune e di ogni
/// struttura, che cosa manca, che cosa non è stato verificato. Ciò che non si applica non conta; un criterio vuoto vale zero. Di un
/// anno senza verifiche non c'è attestazione.
#[utoipa::path(tag = "transparency", params(AttestationPath, AttestationQuery), responses(
    (status = 200, description = "L'attestazione.", body = AttestationResponse),
))]
#[get("/attestations/{year}")]
pub(crate) async fn read_attestation(
    call: Call<AttestationPath, AttestationQuery>,
) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadRegisters)?;
    let year = permit.path.year;
    let on = permit.query.on.unwrap_or_else(|| permit.app.today());
    let period = days_of(year).ok_or(Violation::NotFound)?;
    let work = move |tx: &mut TenantTx<'_>| Ok(entries::mattering::<Check>(tx, period)?);
    let checks = permit.tenant(work).await?;
    if checks.is_empty() {
        return Err(Violation::NotFound.into());
    }
    let attestation = Attestation::drawn(&checks, year, on).ok_or(Violation::NotFound)?;
    Answer::ok(&AttestationResponse::from(&attestation))
}

fn days_of(year: Year) -> Option<Span> {
    let day = |month, day| NaiveDate::from_ymd_opt(i32::from(year.number()), month, day);
    Span::parse(day(1, 1)?, day(12, 31)?).ok()
}
