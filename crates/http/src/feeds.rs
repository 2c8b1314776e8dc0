//! Feeds over HTTP: the shared indicators of a plan filled from registers, and what became of each.

use actix_web::{HttpRequest, get, post};
use serde::Deserialize;
use traguardo_domain::Violation;
use traguardo_domain::access::Action;
use traguardo_domain::payment_time::PaymentTime;
use traguardo_domain::plan::Plan;
use traguardo_persistence::feeds::{Feeding, feed};
use traguardo_persistence::{TenantTx, feeds};
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answer::Answer;
use crate::call::{Call, Key, PathOf, segment};
use crate::keyed::Confidence;
use crate::pages::Asked;
use crate::plans::{self, PlanPath};
use crate::problem::Problem;

mod asked;
mod wire;

use asked::NewFeed;
use wire::{FeedList, FeedResponse, FeedSummary};
pub(crate) use wire::{RegisterStateResponse, RegisterWord};

/// Adds the routes.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config.service(list_feeds).service(feed_plan).service(read_feed);
}

/// What a path to a feed names.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct FeedPath {
    /// Codice catastale del comune.
    #[param(value_type = String, pattern = "^[A-Z][0-9]{3}$", max_length = 4, example = "L454")]
    #[expect(dead_code, reason = "documents the segment that the call reads itself")]
    comune: (),
    /// Identificativo del piano, oppure `ext:` seguito dalla chiave esterna.
    #[param(value_type = String, pattern = "^(ext:[A-Za-z0-9._:~@+-]+|[0-9a-fA-F-]{36})$", max_length = 104, example = "ext:PIANO-2025")]
    plan: Key,
    /// Numero dell'alimentazione, oppure `current` per l'ultima.
    #[param(value_type = String, pattern = "^(current|[1-9][0-9]{0,8})$", max_length = 9, example = "current")]
    number: Option<i32>,
}

impl PathOf for FeedPath {
    fn read(request: &HttpRequest) -> Option<Self> {
        let plan = Key::parse(segment(request, "plan")?)?;
        let number = match segment(request, "number")? {
            "current" => None,
            text => {
                let number = text.parse::<i32>().ok();
                Some(number.filter(|number| *number > 0 && number.to_string() == text)?)
            }
        };
        Some(Self { comune: (), plan, number })
    }
}

/// Which feeds to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct FeedsQuery {
    /// Il `next_cursor` della pagina precedente.
    #[param(nullable = false, max_length = 2000, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
    /// Quanti elementi al massimo.
    #[param(nullable = false, minimum = 1, maximum = 200, default = 50)]
    limit: Option<i32>,
}

fn plan_of(tx: &mut TenantTx<'_>, key: &Key) -> Result<Plan, Problem> {
    Ok(plans::look_up(tx, key)?.ok_or(Violation::NotFound)?)
}

/// Elenca le alimentazioni di un piano
///
/// Dall'ultima: quando, da chi, e che cosa ne è stato degli indicatori.
#[utoipa::path(tag = "feeds", params(PlanPath, FeedsQuery), responses(
    (status = 200, description = "Una pagina di alimentazioni.", body = FeedList),
))]
#[get("")]
pub(crate) async fn list_feeds(call: Call<PlanPath, FeedsQuery>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadResults)?;
    let query = &permit.query;
    let asked = Asked { list: "feeds", cursor: query.cursor.as_ref(), limit: query.limit };
    let (request, key) = (asked.page(())?, permit.path.plan.clone());
    let work = move |tx: &mut TenantTx<'_>| {
        let plan = plan_of(tx, &key)?;
        Ok(feeds::list(tx, plan.id, &request)?)
    };
    let page = permit.tenant(work).await?;
    Answer::ok(&FeedList::from(asked.answer(&permit.app, &permit.request, page, FeedSummary::from)))
}

/// Alimenta un piano dai registri
///
/// Ogni indicatore condiviso che i registri calcolano diventa una misurazione: con numeratore e denominatore, ciò che è rimasto fuori,
/// il metodo e la revisione del registro. Un fatto corretto dà una misurazione che prende il posto della precedente; alimentare due
/// volte non cambia nulla. Ciò che altri hanno registrato non si tocca, e un risultato certificato neppure: la differenza si segnala.
/// Per il ritardo annuale dei pagamenti vale il dato certificato, quando c'è; quello calcolato diventa la previsione del piano.
#[utoipa::path(tag = "feeds", params(PlanPath, crate::call::IdempotencyKey), request_body = NewFeed, responses(
    (status = 200, description = "Che cosa ne è stato di ogni indicatore; di una prova, che cosa ne sarebbe.", body = FeedResponse),
))]
#[post("")]
pub(crate) async fn feed_plan(call: Call<PlanPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::Feed)?;
    let (key, today, app) = (permit.path.plan.clone(), permit.app.today(), permit.app.clone());
    let foresees = permit.actor.roles.iter().any(|role| PaymentTime::FORECAST_BY.contains(role));
    let member = permit.actor.member;
    let work = move |tx: &mut TenantTx<'_>, body: NewFeed| {
        let plan = plan_of(tx, &key)?;
        let asked = body.asked(&plan, today)?;
        let (complete, trial) = (body.complete(), body.is_trial());
        let feeding = Feeding { asked, complete, foresees, trial, today, member };
        let fed = feed(tx, &plan, &feeding, &mut || app.new_id())?;
        Answer::ok(&FeedResponse::of(fed.feed, fed.kept))
    };
    permit.keyed(Confidence::Open, work).await
}

/// Legge un'alimentazione
///
/// Com'era quando è stata fatta: lo stato dei registri e che cosa ne è stato di ogni indicatore.
#[utoipa::path(tag = "feeds", params(FeedPath), responses(
    (status = 200, description = "L'alimentazione.", body = FeedResponse),
))]
#[get("/{number}")]
pub(crate) async fn read_feed(call: Call<FeedPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadResults)?;
    let (key, number) = (permit.path.plan.clone(), permit.path.number);
    let work = move |tx: &mut TenantTx<'_>| {
        let plan = plan_of(tx, &key)?;
        Ok(feeds::look_up(tx, plan.id, number)?)
    };
    let feed = permit.tenant(work).await?.ok_or(Violation::NotFound)?;
    Answer::ok(&FeedResponse::of(feed, true))
}
