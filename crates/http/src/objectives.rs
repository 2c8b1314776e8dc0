//! Objectives over HTTP.

mod wire;

use actix_web::{HttpRequest, delete, get, post, put};
use traguardo_documents::objective::ObjectiveBody;
use traguardo_domain::Violation;
use traguardo_domain::access::Action;
use traguardo_domain::objective::{Objective, ObjectiveId};
use traguardo_domain::plan::PlanId;
use traguardo_domain::unit::UnitId;
use traguardo_persistence::adoptions::followed;
use traguardo_persistence::objectives::{Filter, Name, Order, Placed};
use traguardo_persistence::{TenantTx, Written, objectives, plans as stored_plans, units};
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answer::Answer;
use crate::call::{Call, ComunePath, Key, PathOf, segment};
use crate::kept::ObjectiveResponse;
use crate::keyed::Confidence;
use crate::pages::{Asked, WirePage};
use crate::plans::{self, PlanPath};
use crate::problem::{Kind, Problem};
use crate::workspace::{Done, Workspace};
use wire::{ObjectiveList, ObjectiveQuery, SearchQuery, words};

/// Adds the routes of the objectives of a plan.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config
        .service(list_objectives)
        .service(add_objective)
        .service(read_objective)
        .service(write_objective)
        .service(remove_objective);
}

/// Adds the search in a whole comune.
pub(crate) fn configure_search(config: &mut ServiceConfig) {
    config.service(search_objectives);
}

/// What a path below the objectives of a plan names.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct ObjectivePath {
    /// Codice catastale del comune.
    #[param(value_type = String, pattern = "^[A-Z][0-9]{3}$", max_length = 4, example = "L454")]
    #[expect(dead_code, reason = "documents the segment that the call reads itself")]
    comune: (),
    /// Identificativo del piano, oppure `ext:` seguito dalla chiave esterna.
    #[param(value_type = String, pattern = "^(ext:[A-Za-z0-9._:~@+-]+|[0-9a-fA-F-]{36})$", max_length = 104, example = "ext:PIANO-2025")]
    pub(crate) plan: Key,
    /// Identificativo dell'obiettivo, oppure `ext:` seguito dalla chiave esterna.
    #[param(value_type = String, pattern = "^(ext:[A-Za-z0-9._:~@+-]+|[0-9a-fA-F-]{36})$", max_length = 104, example = "ext:PAGAMENTI")]
    pub(crate) objective: Key,
}

impl PathOf for ObjectivePath {
    fn read(request: &HttpRequest) -> Option<Self> {
        let plan = Key::parse(segment(request, "plan")?)?;
        Some(Self { comune: (), plan, objective: Key::parse(segment(request, "objective")?)? })
    }
}

/// How an objective is named inside its plan.
pub(crate) fn name(key: &Key) -> Name<'_> {
    match key {
        Key::Ours(id) => Name::Id(ObjectiveId(*id)),
        Key::Theirs(key) => Name::Key(key),
    }
}

/// The id of the plan a key names: of a plan named by its id nothing is read.
pub(crate) fn plan_id(tx: &mut TenantTx<'_>, key: &Key) -> Result<PlanId, Problem> {
    match key {
        Key::Ours(id) => Ok(PlanId(*id)),
        Key::Theirs(_) => Ok(plans::look_up(tx, key)?.ok_or(Violation::NotFound)?.id),
    }
}

/// An objective as it stands after a write.
pub(crate) fn response(objective: &Objective) -> Result<ObjectiveResponse, Problem> {
    let content = Written::of(objective).map_err(|error| {
        log::error!("an objective cannot be written: {error}");
        Problem::of(Kind::Internal)
    })?;
    ObjectiveResponse::new(objective.version, &content)
}

fn wire(page: WirePage<Result<ObjectiveResponse, Problem>>) -> Result<ObjectiveList, Problem> {
    let items = page.items.into_iter().collect::<Result<Vec<_>, _>>()?;
    let page = WirePage { items, limit: page.limit, next_cursor: page.next_cursor, links: page.links };
    Ok(ObjectiveList::from(page))
}

/// Elenca gli obiettivi di un piano
///
/// Ogni obiettivo intero, una pagina alla volta; i filtri si sommano.
#[utoipa::path(tag = "objectives", params(PlanPath, ObjectiveQuery), responses(
    (status = 200, description = "Una pagina di obiettivi.", body = ObjectiveList),
))]
#[get("")]
pub(crate) async fn list_objectives(call: Call<PlanPath, ObjectiveQuery>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadPlans)?;
    let query = &permit.query;
    let (order, list) = query.sort.unwrap_or_default().order();
    let asked = Asked { list, cursor: query.cursor.as_ref(), limit: query.limit };
    let request = asked.page(order)?;
    let (mut filter, plan, unit) = (query.filter()?, permit.path.plan.clone(), query.unit);
    let code = query.finding.as_deref().map(crate::findings::code).transpose()?;
    let work = move |tx: &mut TenantTx<'_>| {
        let plan = plans::look_up(tx, &plan)?.ok_or(Violation::NotFound)?;
        filter.plan = Some(plan.id);
        if let Some(unit) = unit {
            filter.units = Some(units::tree(tx)?.at_or_below(UnitId(unit)).into_iter().collect());
        }
        if let Some(code) = code {
            filter.ids = Some(crate::findings::objectives_with(tx, &plan, code)?);
        }
        Ok(objectives::list(tx, &filter, &request)?)
    };
    let page = permit.tenant(work).await?;
    Answer::ok(&wire(asked.answer(&permit.app, &permit.request, page, ObjectiveResponse::try_from))?)
}

/// Cerca fra gli obiettivi del comune
///
/// Per parole, in tutti i piani del comune.
#[utoipa::path(tag = "objectives", params(ComunePath, SearchQuery), responses(
    (status = 200, description = "Una pagina di obiettivi.", body = ObjectiveList),
))]
#[get("/objectives")]
pub(crate) async fn search_objectives(call: Call<ComunePath, SearchQuery>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadPlans)?;
    let query = &permit.query;
    let asked = Asked { list: "objectives:search", cursor: query.cursor.as_ref(), limit: query.limit };
    let request = asked.page(Order::Title)?;
    let filter = Filter { words: Some(words("words", &query.words)?), ..Filter::default() };
    let page = permit.tenant(move |tx| Ok(objectives::list(tx, &filter, &request)?)).await?;
    Answer::ok(&wire(asked.answer(&permit.app, &permit.request, page, ObjectiveResponse::try_from))?)
}

/// Aggiunge un obiettivo
///
/// In fondo al piano, che dev'essere in bozza o in variazione. Il responsabile aggiunge obiettivi della propria struttura.
#[utoipa::path(tag = "objectives", params(PlanPath, crate::call::IdempotencyKey), request_body = ObjectiveBody, responses(
    (status = 201, description = "L'obiettivo aggiunto.", body = ObjectiveResponse),
))]
#[post("")]
pub(crate) async fn add_objective(call: Call<PlanPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::EditObjectives)?;
    let (app, plan) = (permit.app.clone(), permit.path.plan.clone());
    let base = permit.link(permit.request.path());
    let work = move |tx: &mut TenantTx<'_>, body: ObjectiveBody| {
        let mut workspace = Workspace::open(tx, &app, &plan)?;
        workspace.follow(tx, body.follows())?;
        let objective = workspace.add_objective(body)?;
        let position = objectives::next_position(tx, workspace.plan.id)?;
        let placed = Placed { position, objective };
        objectives::store(tx, &workspace.plan, std::slice::from_ref(&placed), &[])?;
        stored_plans::turn_page(tx, &workspace.plan)?;
        let objective = placed.objective;
        Answer::created(format!("{base}/{}", objective.id.0), objective.version, &response(&objective)?)
    };
    permit.keyed(Confidence::Open, work).await
}

/// Legge un obiettivo
///
/// Con assegnazioni, fasi e indicatori.
#[utoipa::path(tag = "objectives", params(ObjectivePath, crate::call::IfNoneMatch), responses(
    (status = 200, description = "L'obiettivo.", body = ObjectiveResponse),
    (status = 304, description = "Chi chiede ha già questa versione."),
))]
#[get("/{objective}")]
pub(crate) async fn read_objective(call: Call<ObjectivePath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadPlans)?;
    let (plan, key) = (permit.path.plan.clone(), permit.path.objective.clone());
    let work = move |tx: &mut TenantTx<'_>| {
        let plan = plan_id(tx, &plan)?;
        Ok(objectives::read(tx, plan, name(&key))?)
    };
    let kept = permit.tenant(work).await?.ok_or(Violation::NotFound)?;
    permit.found(kept.version, &ObjectiveResponse::try_from(kept)?)
}

/// Scrive un obiettivo
///
/// Lo sostituisce; per chiave esterna lo crea, in fondo al piano, se non c'è. Le liste di assegnazioni, fasi e indicatori
/// che non sono scritte restano come sono. Per cambiarlo serve `If-Match`.
#[utoipa::path(tag = "objectives", params(ObjectivePath, crate::call::Preconditions), request_body = ObjectiveBody, responses(
    (status = 200, description = "L'obiettivo com'è ora.", body = ObjectiveResponse),
    (status = 201, description = "L'obiettivo creato.", body = ObjectiveResponse),
))]
#[put("/{objective}")]
pub(crate) async fn write_objective(call: Call<ObjectivePath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::EditObjectives)?;
    let condition = permit.condition()?;
    let (app, plan, key) = (permit.app.clone(), permit.path.plan.clone(), permit.path.objective.clone());
    let path = permit.request.path().to_owned();
    let base = permit.link(path.rsplit_once('/').map_or("", |(base, _)| base));
    let (permit, body) = permit.read::<ObjectiveBody>().await?;
    let work = move |tx: &mut TenantTx<'_>| {
        let mut workspace = Workspace::open(tx, &app, &plan)?;
        let before = objectives::look_up(tx, workspace.plan.id, name(&key))?;
        let had = before.as_ref().map(|placed| &placed.objective);
        workspace.follow(tx, body.follows().into_iter().chain(had.and_then(followed)))?;
        let (done, objective) = workspace.put_objective(body, &key, &condition, had)?;
        if done == Done::Left {
            tx.leave_unchanged();
            return Answer::found(objective.version, &response(&objective)?);
        }
        let position = match &before {
            Some(placed) => placed.position,
            None => objectives::next_position(tx, workspace.plan.id)?,
        };
        let placed = Placed { position, objective };
        let had: Vec<&Objective> = had.into_iter().collect();
        objectives::store(tx, &workspace.plan, std::slice::from_ref(&placed), &had)?;
        stored_plans::turn_page(tx, &workspace.plan)?;
        let objective = placed.objective;
        if done == Done::Changed {
            return Answer::found(objective.version, &response(&objective)?);
        }
        Answer::created(format!("{base}/{}", objective.id.0), objective.version, &response(&objective)?)
    };
    permit.tenant(work).await
}

/// Toglie un obiettivo
///
/// Con tutto ciò che contiene; il piano dev'essere in bozza o in variazione.
#[utoipa::path(tag = "objectives", params(ObjectivePath, crate::call::IfMatch), responses(
    (status = 204, description = "Tolto."),
))]
#[delete("/{objective}")]
pub(crate) async fn remove_objective(call: Call<ObjectivePath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::EditObjectives)?;
    let (condition, app) = (permit.condition()?, permit.app.clone());
    let (plan, key) = (permit.path.plan.clone(), permit.path.objective.clone());
    let work = move |tx: &mut TenantTx<'_>| {
        let workspace = Workspace::open(tx, &app, &plan)?;
        let placed = objectives::look_up(tx, workspace.plan.id, name(&key))?.ok_or(Violation::NotFound)?;
        workspace.remove_objective(&condition, &placed.objective)?;
        objectives::delete(tx, &workspace.plan, &[&placed.objective])?;
        stored_plans::turn_page(tx, &workspace.plan)?;
        Ok(())
    };
    permit.tenant(work).await?;
    Ok(Answer::done())
}
