//! The shared objectives a plan follows, over HTTP: adopting, binding, suggestions, rebase.

use actix_web::{delete, get, post, put};
use traguardo_domain::access::Action;
use traguardo_domain::objective::{Objective, ObjectiveFacts, ObjectiveId};
use traguardo_domain::template::Template;
use traguardo_domain::template::adoption::adopt;
use traguardo_domain::template::binding::{bind, unbind};
use traguardo_domain::text::Code;
use traguardo_domain::version::Condition;
use traguardo_domain::{Fault, FaultKind, Violation};
use traguardo_persistence::objectives::Placed;
use traguardo_persistence::{TenantTx, objectives, plans as stored_plans, templates};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answer::Answer;
use crate::call::{Call, Key};
use crate::kept::ObjectiveResponse;
use crate::keyed::Confidence;
use crate::objectives::{ObjectivePath, name, response};
use crate::plans::{self, PlanPath};
use crate::problem::Problem;
use crate::workspace::Workspace;

pub(crate) mod followed;
mod list;
mod rebase;
mod suggestions;
mod wire;

use list::AdoptionList;
use wire::{NewAdoption, NewBinding};

/// Adds the routes.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config
        .service(list_adoptions)
        .service(adopt_template)
        .service(bind_objective)
        .service(unbind_objective)
        .service(rebase::preview_rebase)
        .service(rebase::rebase_objective);
}

/// Adds the route of suggestions: beside the others, where no objective can be called like it.
pub(crate) fn configure_suggestions(config: &mut ServiceConfig) {
    config.service(suggestions::list_suggestions);
}

/// Elenca gli obiettivi condivisi che il piano segue
///
/// Com'è ora: per ogni obiettivo legato, quale versione segue, qual è l'ultima, e dove dice altro.
#[utoipa::path(tag = "adoptions", params(PlanPath), responses(
    (status = 200, description = "Che cosa segue il piano.", body = AdoptionList),
))]
#[get("")]
pub(crate) async fn list_adoptions(call: Call<PlanPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadPlans)?;
    let key = permit.path.plan.clone();
    let work = move |tx: &mut TenantTx<'_>| {
        let plan = plans::look_up(tx, &key)?.ok_or(Violation::NotFound)?;
        AdoptionList::of(tx, &plan)
    };
    Answer::ok(&permit.tenant(work).await?)
}

/// Adotta un obiettivo condiviso
///
/// Crea un obiettivo in fondo al piano, con un'assegnazione per ogni struttura scelta, gli indicatori legati e il valore atteso
/// dell'anno del piano. Si possono dire altrimenti solo i campi aperti. Il piano dev'essere in bozza o in variazione.
#[utoipa::path(tag = "adoptions", params(PlanPath, crate::call::IdempotencyKey), request_body = NewAdoption, responses(
    (status = 201, description = "L'obiettivo creato.", body = ObjectiveResponse),
))]
#[post("")]
pub(crate) async fn adopt_template(call: Call<PlanPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::Adopt)?;
    let (app, key) = (permit.app.clone(), permit.path.plan.clone());
    let path = permit.request.path().to_owned();
    let base = permit.link(path.strip_suffix("/adoptions").unwrap_or_default());
    let work = move |tx: &mut TenantTx<'_>, body: NewAdoption| {
        let workspace = Workspace::open(tx, &app, &key)?;
        let template = version_named(tx, &body.template, body.version)?;
        let (assignments, overrides) = workspace.read(|at, context| Some(body.read(at, context)))?;
        let year = workspace.plan.facts.year;
        let facts = adopt(&template, assignments, &overrides, year, &mut || app.new_id());
        let objective = Objective::set(ObjectiveId(app.new_id()), facts.map_err(Problem::invalid)?)?;
        let position = objectives::next_position(tx, workspace.plan.id)?;
        let placed = Placed { position, objective };
        objectives::store(tx, &workspace.plan, std::slice::from_ref(&placed), &[])?;
        stored_plans::turn_page(tx, &workspace.plan)?;
        let objective = placed.objective;
        let location = format!("{base}/objectives/{}", objective.id.0);
        Answer::created(location, objective.version, &response(&objective)?)
    };
    permit.keyed(Confidence::Open, work).await
}

/// Lega un obiettivo a un obiettivo condiviso
///
/// Dice quale versione segue e quale suo indicatore è quale; non cambia altro. Ciò che ha unità di misura, formula o verso
/// diversi non si può legare. Serve `If-Match` con l'`ETag` dell'obiettivo.
#[utoipa::path(tag = "adoptions", params(ObjectivePath, crate::call::IfMatch), request_body = NewBinding, responses(
    (status = 200, description = "L'obiettivo com'è ora.", body = ObjectiveResponse),
))]
#[put("/{objective}")]
pub(crate) async fn bind_objective(call: Call<ObjectivePath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::Adopt)?;
    let (condition, app) = (permit.condition()?, permit.app.clone());
    let (plan, key) = (permit.path.plan.clone(), permit.path.objective.clone());
    let (permit, body) = permit.read::<NewBinding>().await?;
    let work = move |tx: &mut TenantTx<'_>| {
        let workspace = Workspace::open(tx, &app, &plan)?;
        let bench = Bench::set(tx, &workspace, &key, &condition)?;
        let facts = &bench.before.objective.facts;
        let template = version_named(tx, &body.template, body.version)?;
        let moves = facts.template.as_ref() == Some(&template.code)
            && facts.template_version.is_some_and(|number| number != template.number);
        if moves {
            let detail = "L'obiettivo ne segue un'altra versione: si passa da una all'altra con rebase.";
            return Err(fault("/version", FaultKind::Inconsistent, detail));
        }
        let pairs = body.pairs().map_err(Problem::invalid)?;
        let bound = bind(facts, &template, &pairs).map_err(Problem::invalid)?;
        bench.store(tx, bound)
    };
    permit.tenant(work).await
}

/// Stacca un obiettivo dall'obiettivo condiviso che segue
///
/// L'obiettivo resta com'è, e non entra più nei confronti. Serve `If-Match` con l'`ETag` dell'obiettivo.
#[utoipa::path(tag = "adoptions", params(ObjectivePath, crate::call::IfMatch), responses(
    (status = 204, description = "Fatto."),
))]
#[delete("/{objective}")]
pub(crate) async fn unbind_objective(call: Call<ObjectivePath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::Adopt)?;
    let (condition, app) = (permit.condition()?, permit.app.clone());
    let (plan, key) = (permit.path.plan.clone(), permit.path.objective.clone());
    let work = move |tx: &mut TenantTx<'_>| {
        let workspace = Workspace::open(tx, &app, &plan)?;
        let bench = Bench::set(tx, &workspace, &key, &condition)?;
        bench.before.objective.facts.template_version.ok_or(Violation::NotFound)?;
        let free = unbind(&bench.before.objective.facts);
        bench.store(tx, free)
    };
    permit.tenant(work).await?;
    Ok(Answer::done())
}

/// An objective that is there, about to be bound otherwise by somebody who knows it.
struct Bench {
    plan: traguardo_domain::plan::Plan,
    before: Placed,
}

impl Bench {
    fn set(
        tx: &mut TenantTx<'_>,
        workspace: &Workspace,
        key: &Key,
        condition: &Condition,
    ) -> Result<Self, Problem> {
        let plan = workspace.plan.clone();
        let before = objectives::look_up(tx, plan.id, name(key))?.ok_or(Violation::NotFound)?;
        condition.expected.check(before.objective.version)?;
        Ok(Self { plan, before })
    }

    /// Stores what it came to, unless it came to nothing new.
    fn store(self, tx: &mut TenantTx<'_>, facts: ObjectiveFacts) -> Result<Answer, Problem> {
        let Placed { position, objective } = &self.before;
        if facts == objective.facts {
            tx.leave_unchanged();
            return Answer::found(objective.version, &response(objective)?);
        }
        let placed = Placed { position: *position, objective: objective.change(facts)? };
        objectives::store(tx, &self.plan, std::slice::from_ref(&placed), &[objective])?;
        stored_plans::turn_page(tx, &self.plan)?;
        Answer::found(placed.objective.version, &response(&placed.objective)?)
    }
}

/// The version of a template that is named, or its last.
fn version_named(tx: &mut TenantTx<'_>, code: &str, number: Option<i32>) -> Result<Template, Problem> {
    let code = Code::parse(code).map_err(|refused| Problem::invalid(vec![refused.at("/template")]))?;
    match templates::look_up(tx, &code, number)? {
        Some(kept) => Ok(kept.template),
        None if templates::look_up(tx, &code, None)?.is_some() => Err(fault(
            "/version",
            FaultKind::UnknownReference,
            "L'obiettivo condiviso non ha questa versione.",
        )),
        None => Err(fault(
            "/template",
            FaultKind::UnknownReference,
            "Non c'è un obiettivo condiviso con questo codice.",
        )),
    }
}

fn fault(pointer: &str, kind: FaultKind, detail: &str) -> Problem {
    Problem::invalid(vec![Fault { pointer: pointer.to_owned(), kind, detail: detail.to_owned() }])
}
