//! What is published of a plan for comparison, over HTTP.

use actix_web::{HttpRequest, get, post};
use serde::Deserialize;
use traguardo_domain::Violation;
use traguardo_domain::access::Action;
use traguardo_domain::plan::Plan;
use traguardo_persistence::{TenantTx, publications};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use validator::Validate;

use crate::answer::Answer;
use crate::call::{Call, Key, PathOf, segment};
use crate::conclusion;
use crate::keyed::Confidence;
use crate::pages::Asked;
use crate::plans::{self, PlanPath};
use crate::problem::Problem;

mod wire;

use wire::{PublicationList, PublicationResponse, PublicationSummary};

/// Adds the routes.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config.service(list_publications).service(publish_results).service(read_publication);
}

/// What a path to a publication names.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct PublicationPath {
    /// Codice catastale del comune.
    #[param(value_type = String, pattern = "^[A-Z][0-9]{3}$", max_length = 4, example = "L454")]
    #[expect(dead_code, reason = "documents the segment that the call reads itself")]
    comune: (),
    /// Identificativo del piano, oppure `ext:` seguito dalla chiave esterna.
    #[param(value_type = String, pattern = "^(ext:[A-Za-z0-9._:~@+-]+|[0-9a-fA-F-]{36})$", max_length = 104, example = "ext:PIANO-2025")]
    plan: Key,
    /// Numero della pubblicazione, oppure `current` per l'ultima.
    #[param(value_type = String, pattern = "^(current|[1-9][0-9]{0,8})$", max_length = 9, example = "current")]
    number: Option<i32>,
}

impl PathOf for PublicationPath {
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

/// Which publications to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct PublicationsQuery {
    /// Il `next_cursor` della pagina precedente.
    #[param(nullable = false, max_length = 2000, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
    /// Quanti elementi al massimo.
    #[param(nullable = false, minimum = 1, maximum = 200, default = 50)]
    limit: Option<i32>,
}

/// La pubblicazione che si chiede.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"dry_run": true}))]
pub(crate) struct NewPublication {
    /// Se solo provare: si risponde che cosa si pubblicherebbe, e non si pubblica nulla.
    #[schema(nullable = false, default = false)]
    dry_run: Option<bool>,
}

fn plan_of(tx: &mut TenantTx<'_>, key: &Key) -> Result<Plan, Problem> {
    Ok(plans::look_up(tx, key)?.ok_or(Violation::NotFound)?)
}

/// Elenca le pubblicazioni di un piano
///
/// Dall'ultima, che è quella che vale nei confronti.
#[utoipa::path(tag = "publications", params(PlanPath, PublicationsQuery), responses(
    (status = 200, description = "Una pagina di pubblicazioni.", body = PublicationList),
))]
#[get("")]
pub(crate) async fn list_publications(call: Call<PlanPath, PublicationsQuery>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadResults)?;
    let query = &permit.query;
    let asked = Asked { list: "publications", cursor: query.cursor.as_ref(), limit: query.limit };
    let (request, key) = (asked.page(())?, permit.path.plan.clone());
    let work = move |tx: &mut TenantTx<'_>| {
        let plan = plan_of(tx, &key)?;
        Ok(publications::list(tx, plan.id, &request)?)
    };
    let page = permit.tenant(work).await?;
    Answer::ok(&PublicationList::from(asked.answer(
        &permit.app,
        &permit.request,
        page,
        PublicationSummary::from,
    )))
}

/// Pubblica i risultati per il confronto
///
/// Per ogni indicatore condiviso a cui il piano è legato, il dato del comune, con la sua qualità e ciò che le manca; e che cosa resta
/// fuori, e perché. Prende il posto di ciò che del piano era pubblicato. A chi si mostra lo dicono i consensi: senza, a nessuno.
/// Si può da quando il piano è in corso; quando la relazione è validata avviene da sé.
#[utoipa::path(tag = "publications", params(PlanPath, crate::call::IdempotencyKey), request_body = NewPublication, responses(
    (status = 200, description = "Ciò che si pubblicherebbe: nulla è pubblicato.", body = PublicationResponse),
    (status = 201, description = "Ciò che è pubblicato.", body = PublicationResponse),
))]
#[post("")]
pub(crate) async fn publish_results(call: Call<PlanPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::PublishResults)?;
    let (key, today) = (permit.path.plan.clone(), permit.app.today());
    let here = permit.link(permit.request.path());
    let work = move |tx: &mut TenantTx<'_>, asked: NewPublication| {
        let plan = plan_of(tx, &key)?;
        if asked.dry_run.unwrap_or_default() {
            tx.leave_unchanged();
            let drawn = conclusion::draw_publication(tx, &plan, today)?;
            return Answer::ok(&PublicationResponse::of(drawn, true));
        }
        let published = conclusion::publish(tx, &plan, today)?;
        let location = format!("{here}/{}", published.publication.number);
        Answer::created_without_version(location, &PublicationResponse::of(published, false))
    };
    permit.keyed(Confidence::Open, work).await
}

/// Legge una pubblicazione
///
/// Com'era quando è stata fatta, anche se un'altra ne ha preso il posto.
#[utoipa::path(tag = "publications", params(PublicationPath), responses(
    (status = 200, description = "La pubblicazione.", body = PublicationResponse),
))]
#[get("/{number}")]
pub(crate) async fn read_publication(call: Call<PublicationPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadResults)?;
    let (key, number) = (permit.path.plan.clone(), permit.path.number);
    let work = move |tx: &mut TenantTx<'_>| {
        let plan = plan_of(tx, &key)?;
        Ok(publications::look_up(tx, plan.id, number)?)
    };
    let published = permit.tenant(work).await?.ok_or(Violation::NotFound)?;
    Answer::ok(&PublicationResponse::of(published, false))
}
