//! Plan headers over HTTP.

mod wire;

use actix_web::{HttpRequest, delete, get, post, put};
use traguardo_domain::Violation;
use traguardo_domain::access::Action;
use traguardo_domain::period::Year;
use traguardo_domain::plan::{Plan, PlanId};
use traguardo_persistence::{TenantTx, plans};
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answer::Answer;
use crate::call::{Call, ComunePath, Key, PathOf, segment};
use crate::keyed::Confidence;
use crate::pages::Asked;
use crate::problem::Problem;
use crate::put::{Put, Ways};
use crate::query::refused;
pub(crate) use wire::PlanResponse;
use wire::{NewPlan, PlanList, PlanQuery};

/// Adds the routes of plans.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config
        .service(list_plans)
        .service(draft_plan)
        .service(read_plan)
        .service(write_plan)
        .service(remove_plan);
}

/// What a path below the plans of a comune names.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct PlanPath {
    /// Codice catastale del comune.
    #[param(value_type = String, pattern = "^[A-Z][0-9]{3}$", max_length = 4, example = "L454")]
    #[expect(dead_code, reason = "documents the segment that the call reads itself")]
    comune: (),
    /// Identificativo del piano, oppure `ext:` seguito dalla chiave esterna.
    #[param(value_type = String, pattern = "^(ext:[A-Za-z0-9._:~@+-]+|[0-9a-fA-F-]{36})$", max_length = 104, example = "ext:PIANO-2025")]
    pub(crate) plan: Key,
}

impl PathOf for PlanPath {
    fn read(request: &HttpRequest) -> Option<Self> {
        Some(Self { comune: (), plan: Key::parse(segment(request, "plan")?)? })
    }
}

/// The plan a key names.
pub(crate) fn look_up(tx: &mut TenantTx<'_>, key: &Key) -> Result<Option<Plan>, Problem> {
    Ok(match key {
        Key::Theirs(external_id) => plans::look_up_external(tx, external_id)?,
        Key::Ours(id) => plans::look_up(tx, PlanId(*id))?,
    })
}

/// Elenca i piani
///
/// Le intestazioni dei piani del comune, una pagina alla volta.
#[utoipa::path(tag = "plans", params(ComunePath, PlanQuery), responses(
    (status = 200, description = "Una pagina di piani.", body = PlanList),
))]
#[get("")]
pub(crate) async fn list_plans(call: Call<ComunePath, PlanQuery>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadPlans)?;
    let query = &permit.query;
    let (order, list) = query.sort.unwrap_or_default().order();
    let asked = Asked { list, cursor: query.cursor.as_ref(), limit: query.limit };
    let request = asked.page(order)?;
    let year = query
        .year
        .map(Year::parse)
        .transpose()
        .map_err(|error| refused(error.kind, "year", &error.detail))?;
    let filter = plans::Filter { year, kind: query.kind.map(|kind| kind.0) };
    let page = permit.tenant(move |tx| Ok(plans::list(tx, &filter, &request)?)).await?;
    Answer::ok(&PlanList::from(asked.answer(&permit.app, &permit.request, page, PlanResponse::from)))
}

/// Comincia un piano
///
/// Il piano nasce in bozza; il comune ne ha uno per natura e anno.
#[utoipa::path(tag = "plans", params(ComunePath, crate::call::IdempotencyKey), request_body = NewPlan, responses(
    (status = 201, description = "Il piano, in bozza.", body = PlanResponse),
))]
#[post("")]
pub(crate) async fn draft_plan(call: Call<ComunePath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::EditPlans)?;
    let id = PlanId(permit.app.new_id());
    let location = permit.link(&format!("/v1/comuni/{}/plans/{}", permit.grant.comune(), id.0));
    let work = move |tx: &mut TenantTx<'_>, new: NewPlan| {
        let plan = Plan::draft(id, new.facts(None)?);
        plans::insert(tx, &plan)?;
        Answer::created(location, plan.version, &PlanResponse::from(plan))
    };
    permit.keyed(Confidence::Open, work).await
}

/// Legge l'intestazione di un piano
///
/// Per identificativo o per chiave esterna.
#[utoipa::path(tag = "plans", params(PlanPath, crate::call::IfNoneMatch), responses(
    (status = 200, description = "L'intestazione.", body = PlanResponse),
    (status = 304, description = "Chi chiede ha già questa versione."),
))]
#[get("/{plan}")]
pub(crate) async fn read_plan(call: Call<PlanPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadPlans)?;
    let key = permit.path.plan.clone();
    let plan = permit.tenant(move |tx| look_up(tx, &key)).await?.ok_or(Violation::NotFound)?;
    permit.found(plan.version, &PlanResponse::from(plan))
}

/// Scrive l'intestazione di un piano
///
/// Sostituisce l'intestazione; per chiave esterna crea il piano se non c'è. Per cambiarla serve `If-Match`.
#[utoipa::path(tag = "plans", params(PlanPath, crate::call::Preconditions), request_body = NewPlan, responses(
    (status = 200, description = "L'intestazione com'è ora.", body = PlanResponse),
    (status = 201, description = "Il piano creato, in bozza.", body = PlanResponse),
))]
#[put("/{plan}")]
pub(crate) async fn write_plan(call: Call<PlanPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::EditPlans)?;
    let condition = permit.condition()?;
    let (key, new_id) = (permit.path.plan.clone(), PlanId(permit.app.new_id()));
    let location = permit.link(&format!("/v1/comuni/{}/plans/{}", permit.grant.comune(), new_id.0));
    let (permit, new) = permit.read::<NewPlan>().await?;
    let facts = new.facts(key.theirs())?;
    let put = Put { condition, named_by: key.named_by(), location };
    let work = move |tx: &mut TenantTx<'_>| {
        let before = look_up(tx, &key)?;
        let ways = Ways {
            create: |tx: &mut TenantTx<'_>, facts| {
                let plan = Plan::draft(new_id, facts);
                plans::insert(tx, &plan)?;
                Ok(plan)
            },
            change: |tx: &mut TenantTx<'_>, before: &Plan, facts| {
                before.open()?;
                let after = before.change(facts);
                plans::update(tx, before, &after)?;
                Ok(after)
            },
        };
        put.carry_out::<Plan, PlanResponse, _, _>(tx, before, facts, ways)
    };
    permit.tenant(work).await
}

/// Cancella un piano in bozza
///
/// Con tutto ciò che contiene.
#[utoipa::path(tag = "plans", params(PlanPath, crate::call::IfMatch), responses(
    (status = 204, description = "Cancellato."),
))]
#[delete("/{plan}")]
pub(crate) async fn remove_plan(call: Call<PlanPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::EditPlans)?;
    let (condition, key) = (permit.condition()?, permit.path.plan.clone());
    let work = move |tx: &mut TenantTx<'_>| {
        let plan = look_up(tx, &key)?.ok_or(Violation::NotFound)?;
        condition.expected.check(plan.version)?;
        Ok(plans::delete(tx, &plan)?)
    };
    permit.tenant(work).await?;
    Ok(Answer::done())
}
