//! The parts of an objective over HTTP: assignments, phases, indicators, and the indicators of a phase. They are written one at
//! a time, each under its own address, and share the version of their objective.

use actix_web::{delete, get, post, put};
use traguardo_documents::Part;
use traguardo_documents::assignment::AssignmentBody;
use traguardo_documents::indicator::IndicatorBody;
use traguardo_documents::phase::PhaseBody;
use traguardo_domain::Violation;
use traguardo_domain::access::Action;
use traguardo_domain::assignment::Assignment;
use traguardo_domain::indicator::Indicator;
use traguardo_domain::objective::Objective;
use traguardo_domain::phase::Phase;
use traguardo_persistence::adoptions::followed;
use traguardo_persistence::objectives::Placed;
use traguardo_persistence::{TenantTx, objectives, plans as stored_plans};
use utoipa_actix_web::service_config::ServiceConfig;
use validator::Validate;

use crate::answer::Answer;
use crate::call::{Call, PathOf};
use crate::keyed::Confidence;
use crate::objectives::{ObjectivePath, name, plan_id};
use crate::problem::Problem;
use crate::workspace::{Done, Workspace};

mod sites;

use sites::{
    AssignmentPath, IndicatorPath, PartPath, PhaseIndicatorPath, PhaseIndicatorsPath, PhasePath, Site,
};

/// Adds the routes of the parts of an objective.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config
        .service(add_assignment)
        .service(read_assignment)
        .service(write_assignment)
        .service(remove_assignment)
        .service(add_phase_indicator)
        .service(read_phase_indicator)
        .service(write_phase_indicator)
        .service(remove_phase_indicator)
        .service(add_phase)
        .service(read_phase)
        .service(write_phase)
        .service(remove_phase)
        .service(add_indicator)
        .service(read_indicator)
        .service(write_indicator)
        .service(remove_indicator);
}

async fn add<P: Part, Q: PartPath + PathOf + Send + 'static>(call: Call<Q>) -> Result<Answer, Problem>
where
    P::Body: Validate,
{
    let permit = call.authorize(Action::EditObjectives)?;
    let (app, site) = (permit.app.clone(), permit.path.site());
    let base = permit.link(permit.request.path());
    let work = move |tx: &mut TenantTx<'_>, body: P::Body| {
        let mut workspace = Workspace::open(tx, &app, &site.plan)?;
        let before = found(tx, &mut workspace, &site)?;
        let (_, part, after) = workspace.put_part::<P>(body, &site.place, None, &before.objective)?;
        let version = after.version;
        keep(tx, &workspace, &before, after)?;
        Answer::created(format!("{base}/{}", part.id()), version, &part)
    };
    permit.keyed(Confidence::Open, work).await
}

async fn read<P: Part, Q: PartPath + PathOf>(call: Call<Q>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadPlans)?;
    let site = permit.path.site();
    let work = move |tx: &mut TenantTx<'_>| {
        let plan = plan_id(tx, &site.plan)?;
        let placed = objectives::look_up(tx, plan, name(&site.objective))?.ok_or(Violation::NotFound)?;
        let Objective { version, mut facts, .. } = placed.objective;
        let parts = P::list(&mut facts, site.place.phase.as_ref()).ok_or(Violation::NotFound)?;
        let index = site.place.part.as_ref().and_then(|part| part.place(parts)).ok_or(Violation::NotFound)?;
        Ok((version, parts.swap_remove(index)))
    };
    let (version, part) = permit.tenant(work).await?;
    permit.found(version, &part)
}

async fn write<P: Part, Q: PartPath + PathOf>(call: Call<Q>) -> Result<Answer, Problem>
where
    P::Body: Validate,
{
    let permit = call.authorize(Action::EditObjectives)?;
    let (condition, app, site) = (permit.condition()?, permit.app.clone(), permit.path.site());
    let path = permit.request.path().to_owned();
    let base = permit.link(path.rsplit_once('/').map_or("", |(base, _)| base));
    let (permit, body) = permit.read::<P::Body>().await?;
    let work = move |tx: &mut TenantTx<'_>| {
        let mut workspace = Workspace::open(tx, &app, &site.plan)?;
        let before = found(tx, &mut workspace, &site)?;
        let named = site.key.as_ref().map(|key| (key, &condition));
        let (done, part, after) = workspace.put_part::<P>(body, &site.place, named, &before.objective)?;
        let version = after.version;
        match done {
            Done::Left => {
                tx.leave_unchanged();
                Answer::found(version, &part)
            }
            Done::Changed => {
                keep(tx, &workspace, &before, after)?;
                Answer::found(version, &part)
            }
            Done::Created => {
                keep(tx, &workspace, &before, after)?;
                Answer::created(format!("{base}/{}", part.id()), version, &part)
            }
        }
    };
    permit.tenant(work).await
}

async fn remove<P: Part, Q: PartPath + PathOf>(call: Call<Q>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::EditObjectives)?;
    let (condition, app, site) = (permit.condition()?, permit.app.clone(), permit.path.site());
    let work = move |tx: &mut TenantTx<'_>| {
        let mut workspace = Workspace::open(tx, &app, &site.plan)?;
        let before = found(tx, &mut workspace, &site)?;
        let after = workspace.remove_part::<P>(&site.place, &condition, &before.objective)?;
        keep(tx, &workspace, &before, after)
    };
    permit.tenant(work).await?;
    Ok(Answer::done())
}

fn found(tx: &mut TenantTx<'_>, workspace: &mut Workspace, site: &Site) -> Result<Placed, Problem> {
    let placed =
        objectives::look_up(tx, workspace.plan.id, name(&site.objective))?.ok_or(Violation::NotFound)?;
    workspace.follow(tx, followed(&placed.objective))?;
    Ok(placed)
}

fn keep(
    tx: &mut TenantTx<'_>,
    workspace: &Workspace,
    before: &Placed,
    after: Objective,
) -> Result<(), Problem> {
    let placed = Placed { position: before.position, objective: after };
    objectives::store(tx, &workspace.plan, std::slice::from_ref(&placed), &[&before.objective])?;
    stored_plans::turn_page(tx, &workspace.plan)?;
    Ok(())
}

/// Assegna un obiettivo a una struttura
///
/// Un obiettivo ha una sola assegnazione per struttura. L'`ETag` è quello dell'obiettivo.
#[utoipa::path(tag = "objectives", params(ObjectivePath, crate::call::IdempotencyKey), request_body = AssignmentBody, responses(
    (status = 201, description = "L'assegnazione, com'è stata scritta.", body = AssignmentBody),
))]
#[post("/{objective}/assignments")]
pub(crate) async fn add_assignment(call: Call<ObjectivePath>) -> Result<Answer, Problem> {
    add::<Assignment, _>(call).await
}

/// Legge un'assegnazione
///
/// L'`ETag` è quello dell'obiettivo.
#[utoipa::path(tag = "objectives", params(AssignmentPath, crate::call::IfNoneMatch), responses(
    (status = 200, description = "L'assegnazione.", body = AssignmentBody),
    (status = 304, description = "Chi chiede ha già questa versione."),
))]
#[get("/{objective}/assignments/{assignment}")]
pub(crate) async fn read_assignment(call: Call<AssignmentPath>) -> Result<Answer, Problem> {
    read::<Assignment, _>(call).await
}

/// Scrive un'assegnazione
///
/// Scrivendo un'altra struttura, l'obiettivo passa a quella con il suo peso e la sua identità. Per chiave esterna la crea, in
/// fondo alle altre, se non c'è. Per cambiarla serve `If-Match` con l'`ETag` dell'obiettivo.
#[utoipa::path(tag = "objectives", params(AssignmentPath, crate::call::Preconditions), request_body = AssignmentBody, responses(
    (status = 200, description = "L'assegnazione, com'è ora.", body = AssignmentBody),
    (status = 201, description = "L'assegnazione, appena scritta.", body = AssignmentBody),
))]
#[put("/{objective}/assignments/{assignment}")]
pub(crate) async fn write_assignment(call: Call<AssignmentPath>) -> Result<Answer, Problem> {
    write::<Assignment, _>(call).await
}

/// Toglie un'assegnazione
///
/// Serve `If-Match` con l'`ETag` dell'obiettivo.
#[utoipa::path(tag = "objectives", params(AssignmentPath, crate::call::IfMatch), responses(
    (status = 204, description = "Fatto."),
))]
#[delete("/{objective}/assignments/{assignment}")]
pub(crate) async fn remove_assignment(call: Call<AssignmentPath>) -> Result<Answer, Problem> {
    remove::<Assignment, _>(call).await
}

/// Aggiunge una fase a un obiettivo
///
/// In fondo alle altre. L'`ETag` è quello dell'obiettivo.
#[utoipa::path(tag = "objectives", params(ObjectivePath, crate::call::IdempotencyKey), request_body = PhaseBody, responses(
    (status = 201, description = "La fase, com'è stata scritta.", body = PhaseBody),
))]
#[post("/{objective}/phases")]
pub(crate) async fn add_phase(call: Call<ObjectivePath>) -> Result<Answer, Problem> {
    add::<Phase, _>(call).await
}

/// Legge una fase
///
/// L'`ETag` è quello dell'obiettivo.
#[utoipa::path(tag = "objectives", params(PhasePath, crate::call::IfNoneMatch), responses(
    (status = 200, description = "La fase.", body = PhaseBody),
    (status = 304, description = "Chi chiede ha già questa versione."),
))]
#[get("/{objective}/phases/{phase}")]
pub(crate) async fn read_phase(call: Call<PhasePath>) -> Result<Answer, Problem> {
    read::<Phase, _>(call).await
}

/// Scrive una fase
///
/// Per chiave esterna la crea, in fondo alle altre, se non c'è. Per cambiarla serve `If-Match` con l'`ETag` dell'obiettivo.
#[utoipa::path(tag = "objectives", params(PhasePath, crate::call::Preconditions), request_body = PhaseBody, responses(
    (status = 200, description = "La fase, com'è ora.", body = PhaseBody),
    (status = 201, description = "La fase, appena scritta.", body = PhaseBody),
))]
#[put("/{objective}/phases/{phase}")]
pub(crate) async fn write_phase(call: Call<PhasePath>) -> Result<Answer, Problem> {
    write::<Phase, _>(call).await
}

/// Toglie una fase
///
/// Serve `If-Match` con l'`ETag` dell'obiettivo.
#[utoipa::path(tag = "objectives", params(PhasePath, crate::call::IfMatch), responses(
    (status = 204, description = "Fatto."),
))]
#[delete("/{objective}/phases/{phase}")]
pub(crate) async fn remove_phase(call: Call<PhasePath>) -> Result<Answer, Problem> {
    remove::<Phase, _>(call).await
}

/// Aggiunge un indicatore a un obiettivo
///
/// In fondo agli altri. L'`ETag` è quello dell'obiettivo.
#[utoipa::path(tag = "objectives", params(ObjectivePath, crate::call::IdempotencyKey), request_body = IndicatorBody, responses(
    (status = 201, description = "L'indicatore, com'è stata scritta.", body = IndicatorBody),
))]
#[post("/{objective}/indicators")]
pub(crate) async fn add_indicator(call: Call<ObjectivePath>) -> Result<Answer, Problem> {
    add::<Indicator, _>(call).await
}

/// Legge un indicatore
///
/// L'`ETag` è quello dell'obiettivo.
#[utoipa::path(tag = "objectives", params(IndicatorPath, crate::call::IfNoneMatch), responses(
    (status = 200, description = "L'indicatore.", body = IndicatorBody),
    (status = 304, description = "Chi chiede ha già questa versione."),
))]
#[get("/{objective}/indicators/{indicator}")]
pub(crate) async fn read_indicator(call: Call<IndicatorPath>) -> Result<Answer, Problem> {
    read::<Indicator, _>(call).await
}

/// Scrive un indicatore
///
/// Per chiave esterna la crea, in fondo alle altre, se non c'è. Per cambiarla serve `If-Match` con l'`ETag` dell'obiettivo.
#[utoipa::path(tag = "objectives", params(IndicatorPath, crate::call::Preconditions), request_body = IndicatorBody, responses(
    (status = 200, description = "L'indicatore, com'è ora.", body = IndicatorBody),
    (status = 201, description = "L'indicatore, appena scritta.", body = IndicatorBody),
))]
#[put("/{objective}/indicators/{indicator}")]
pub(crate) async fn write_indicator(call: Call<IndicatorPath>) -> Result<Answer, Problem> {
    write::<Indicator, _>(call).await
}

/// Toglie un indicatore
///
/// Serve `If-Match` con l'`ETag` dell'obiettivo.
#[utoipa::path(tag = "objectives", params(IndicatorPath, crate::call::IfMatch), responses(
    (status = 204, description = "Fatto."),
))]
#[delete("/{objective}/indicators/{indicator}")]
pub(crate) async fn remove_indicator(call: Call<IndicatorPath>) -> Result<Answer, Problem> {
    remove::<Indicator, _>(call).await
}

/// Aggiunge un indicatore a una fase
///
/// In fondo agli altri. L'`ETag` è quello dell'obiettivo.
#[utoipa::path(tag = "objectives", params(PhaseIndicatorsPath, crate::call::IdempotencyKey), request_body = IndicatorBody, responses(
    (status = 201, description = "L'indicatore, com'è stata scritta.", body = IndicatorBody),
))]
#[post("/{objective}/phases/{phase}/indicators")]
pub(crate) async fn add_phase_indicator(call: Call<PhaseIndicatorsPath>) -> Result<Answer, Problem> {
    add::<Indicator, _>(call).await
}

/// Legge un indicatore di una fase
///
/// L'`ETag` è quello dell'obiettivo.
#[utoipa::path(tag = "objectives", params(PhaseIndicatorPath, crate::call::IfNoneMatch), responses(
    (status = 200, description = "L'indicatore.", body = IndicatorBody),
    (status = 304, description = "Chi chiede ha già questa versione."),
))]
#[get("/{objective}/phases/{phase}/indicators/{indicator}")]
pub(crate) async fn read_phase_indicator(call: Call<PhaseIndicatorPath>) -> Result<Answer, Problem> {
    read::<Indicator, _>(call).await
}

/// Scrive un indicatore di una fase
///
/// Per chiave esterna la crea, in fondo alle altre, se non c'è. Per cambiarla serve `If-Match` con l'`ETag` dell'obiettivo.
#[utoipa::path(tag = "objectives", params(PhaseIndicatorPath, crate::call::Preconditions), request_body = IndicatorBody, responses(
    (status = 200, description = "L'indicatore, com'è ora.", body = IndicatorBody),
    (status = 201, description = "L'indicatore, appena scritta.", body = IndicatorBody),
))]
#[put("/{objective}/phases/{phase}/indicators/{indicator}")]
pub(crate) async fn write_phase_indicator(call: Call<PhaseIndicatorPath>) -> Result<Answer, Problem> {
    write::<Indicator, _>(call).await
}

/// Toglie un indicatore di una fase
///
/// Serve `If-Match` con l'`ETag` dell'obiettivo.
#[utoipa::path(tag = "objectives", params(PhaseIndicatorPath, crate::call::IfMatch), responses(
    (status = 204, description = "Fatto."),
))]
#[delete("/{objective}/phases/{phase}/indicators/{indicator}")]
pub(crate) async fn remove_phase_indicator(call: Call<PhaseIndicatorPath>) -> Result<Answer, Problem> {
    remove::<Indicator, _>(call).await
}
