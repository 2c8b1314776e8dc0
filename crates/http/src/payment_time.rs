//! Payment times over HTTP: the certified figure and our forecast side by side, and the quota that hangs on them.

use actix_web::{get, post, put};
use serde::Serialize;
use traguardo_domain::access::Action;
use traguardo_domain::payment_time::{PaymentFigure, PaymentTime, Recorded};
use traguardo_domain::plan::{Plan, PlanState};
use traguardo_domain::role::Role;
use traguardo_domain::version::NamedBy;
use traguardo_domain::{Version, Violation, Vocabulary as _};
use traguardo_persistence::{TenantTx, payment_times};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answer::Answer;
use crate::call::{Call, Key};
use crate::plans::{self, PlanPath};
use crate::problem::{Kind, Problem};
use crate::put::{Put, Ways};
use crate::words::Word;

pub(crate) mod quota;
mod wire;

use quota::{QuotaBody, QuotaResponse};
use wire::{
    CertifiedDelayBody, CertifiedDelayResponse, ForecastDelayBody, ForecastDelayResponse, PaymentTimeResponse,
};

/// Which of the two figures.
pub(crate) type PaymentFigureWord = Word<PaymentFigure>;

/// Adds the routes of the payment times of a plan.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config
        .service(read_payment_time)
        .service(write_certified_delay)
        .service(write_forecast_delay)
        .service(compute_quota);
}

fn both(tx: &mut TenantTx<'_>, key: &Key) -> Result<(Plan, PaymentTime), Problem> {
    let plan = plans::look_up(tx, key)?.ok_or(Violation::NotFound)?;
    let time = payment_times::look_up(tx, plan.id)?;
    Ok((plan, time))
}

/// Both figures of a plan whose figures may still change: nothing of a closed plan does.
fn open(tx: &mut TenantTx<'_>, key: &Key) -> Result<(Plan, PaymentTime), Problem> {
    let (plan, time) = both(tx, key)?;
    if plan.state == PlanState::Closed {
        return Err(Violation::NothingCollected { state: plan.state }.into());
    }
    Ok((plan, time))
}

/// Puts one of the figures.
fn write<F, R>(
    tx: &mut TenantTx<'_>,
    put: Put,
    plan: &Plan,
    (figure, before, facts): (PaymentFigure, Option<Recorded<F>>, F),
) -> Result<Answer, Problem>
where
    F: PartialEq + Serialize + Clone + std::fmt::Debug,
    R: From<Recorded<F>> + Serialize,
{
    let (recorded_at, recorded_by) = (tx.occasion().at, tx.member());
    let ways = Ways {
        create: |tx: &mut TenantTx<'_>, facts| {
            let recorded = Recorded { facts, recorded_at, recorded_by, version: Version::FIRST };
            payment_times::insert(tx, plan.id, figure, &recorded)?;
            Ok(recorded)
        },
        change: |tx: &mut TenantTx<'_>, before: &Recorded<F>, facts| {
            let recorded = Recorded { facts, recorded_at, recorded_by, version: before.version.next() };
            payment_times::update(tx, plan.id, figure, (before, &recorded))?;
            Ok(recorded)
        },
    };
    put.carry_out::<Recorded<F>, R, _, _>(tx, before, facts, ways)
}

/// Legge i tempi di pagamento
///
/// Il ritardo certificato e quello previsto, quale dei due decide, se si è in tempo, che cosa si può pagare.
#[utoipa::path(tag = "evaluation", params(PlanPath), responses(
    (status = 200, description = "I tempi di pagamento.", body = PaymentTimeResponse),
))]
#[get("")]
pub(crate) async fn read_payment_time(call: Call<PlanPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadResults)?;
    let key = permit.path.plan.clone();
    let (plan, time) = permit.tenant(move |tx: &mut TenantTx<'_>| both(tx, &key)).await?;
    Answer::ok(&PaymentTimeResponse::of(&plan, time))
}

/// Registra il ritardo certificato
///
/// Lo fa il revisore, e non chi ha registrato la previsione. Per cambiarlo serve `If-Match`; a piano chiuso non cambia più.
#[utoipa::path(tag = "evaluation", params(PlanPath, crate::call::Preconditions), request_body = CertifiedDelayBody, responses(
    (status = 200, description = "Il ritardo certificato com'è ora.", body = CertifiedDelayResponse),
    (status = 201, description = "Il ritardo certificato, registrato.", body = CertifiedDelayResponse),
))]
#[put("/certified")]
pub(crate) async fn write_certified_delay(call: Call<PlanPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::CertifyFigures)?;
    let (condition, key) = (permit.condition()?, permit.path.plan.clone());
    let location = permit.link(permit.request.path());
    let (permit, body) = permit.read::<CertifiedDelayBody>().await?;
    let facts = body.facts()?;
    let put = Put { condition, named_by: NamedBy::TheirKey, location };
    let work = move |tx: &mut TenantTx<'_>| {
        let (plan, time) = open(tx, &key)?;
        time.certifiable_by(tx.member())?;
        let figure = (PaymentFigure::Certified, time.certified, facts);
        write::<_, CertifiedDelayResponse>(tx, put, &plan, figure)
    };
    permit.tenant(work).await
}

/// Registra il ritardo previsto
///
/// Lo fanno la ragioneria, il segretario o un programma, e vale finché non c'è il dato certificato. Per cambiarlo serve `If-Match`; a piano chiuso non cambia più.
#[utoipa::path(tag = "evaluation", params(PlanPath, crate::call::Preconditions), request_body = ForecastDelayBody, responses(
    (status = 200, description = "Il ritardo previsto com'è ora.", body = ForecastDelayResponse),
    (status = 201, description = "Il ritardo previsto, registrato.", body = ForecastDelayResponse),
))]
#[put("/forecast")]
pub(crate) async fn write_forecast_delay(call: Call<PlanPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::RecordMeasurements)?;
    let (condition, key) = (permit.condition()?, permit.path.plan.clone());
    let location = permit.link(permit.request.path());
    let (permit, body) = permit.read::<ForecastDelayBody>().await?;
    let facts = body.facts()?;
    if !PaymentTime::FORECAST_BY.iter().any(|role| permit.actor.roles.contains(role)) {
        let words = PaymentTime::FORECAST_BY.map(Role::word).join(", ");
        return Err(Problem::of(Kind::Forbidden).because(format!("Possono farlo: {words}.")));
    }
    let put = Put { condition, named_by: NamedBy::TheirKey, location };
    let work = move |tx: &mut TenantTx<'_>| {
        let (plan, time) = open(tx, &key)?;
        let figure = (PaymentFigure::Forecast, time.forecast, facts);
        write::<_, ForecastDelayResponse>(tx, put, &plan, figure)
    };
    permit.tenant(work).await
}

/// Calcola la quota legata ai tempi di pagamento
///
/// Tutta o niente, due volte: con il dato certificato e con la previsione. Non si conserva nulla.
#[utoipa::path(tag = "evaluation", params(PlanPath), request_body = QuotaBody, responses(
    (status = 200, description = "La quota.", body = QuotaResponse),
))]
#[post("/quota")]
pub(crate) async fn compute_quota(call: Call<PlanPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadResults)?;
    let key = permit.path.plan.clone();
    let (permit, body) = permit.read::<QuotaBody>().await?;
    let asked = body.asked()?;
    let (plan, time) = permit.tenant(move |tx: &mut TenantTx<'_>| both(tx, &key)).await?;
    Answer::ok(&QuotaResponse::of(&asked, &plan, &time)?)
}
