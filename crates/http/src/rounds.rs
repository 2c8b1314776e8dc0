//! Rounds over HTTP: the windows in which values are collected. They are few, and each plan's are listed whole.

use actix_web::{HttpRequest, delete, get, post, put};
use serde::Serialize;
use traguardo_documents::Reader;
use traguardo_documents::round::RoundBody;
use traguardo_documents::span::SpanBody;
use traguardo_domain::access::Action;
use traguardo_domain::measurement::Span;
use traguardo_domain::plan::Plan;
use traguardo_domain::round::{Round, RoundFacts, RoundId};
use traguardo_domain::{Fault, FaultKind, Faults, Version, Violation};
use traguardo_persistence::{TenantTx, rounds};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::answer::Answer;
use crate::call::{Call, Key, PathOf, segment};
use crate::keyed::Confidence;
use crate::plans::{self, PlanPath};
use crate::problem::Problem;
use crate::put::{Put, Ways};
use crate::workspace::{address, expect_id};

/// Adds the routes.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config
        .service(list_rounds)
        .service(add_round)
        .service(read_round)
        .service(write_round)
        .service(remove_round);
}

/// What a path below the rounds of a plan names.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct RoundPath {
    /// Codice catastale del comune.
    #[param(value_type = String, pattern = "^[A-Z][0-9]{3}$", max_length = 4, example = "L454")]
    #[expect(dead_code, reason = "documents the segment that the call reads itself")]
    comune: (),
    /// Identificativo del piano, oppure `ext:` seguito dalla chiave esterna.
    #[param(value_type = String, pattern = "^(ext:[A-Za-z0-9._:~@+-]+|[0-9a-fA-F-]{36})$", max_length = 104, example = "ext:PIANO-2025")]
    plan: Key,
    /// Identificativo della raccolta, oppure `ext:` seguito dalla chiave esterna.
    #[param(value_type = String, pattern = "^(ext:[A-Za-z0-9._:~@+-]+|[0-9a-fA-F-]{36})$", max_length = 104, example = "ext:PRIMO-SEMESTRE")]
    round: Key,
}

impl PathOf for RoundPath {
    fn read(request: &HttpRequest) -> Option<Self> {
        let plan = Key::parse(segment(request, "plan")?)?;
        Some(Self { comune: (), plan, round: Key::parse(segment(request, "round")?)? })
    }
}

/// Una raccolta di valori, com'è ora.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RoundRead, example = json!({
    "id": "0193a5c0-0000-7000-8000-000000000009", "external_id": "PRIMO-SEMESTRE", "title": "Monitoraggio del primo semestre",
    "period": {"from": "2025-01-01", "to": "2025-06-30"}, "window": {"from": "2025-07-01", "to": "2025-07-31"}, "version": 1
}))]
pub(crate) struct RoundResponse {
    /// Identificativo.
    id: Uuid,
    /// Chiave nel programma che l'ha inviata.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 100, pattern = "^[A-Za-z0-9][A-Za-z0-9._:~@+-]*$")]
    external_id: Option<String>,
    /// Titolo.
    #[schema(max_length = 200, pattern = "^.*\\S.*$")]
    title: String,
    /// I giorni a cui si riferiscono i valori.
    #[schema(value_type = SpanBody)]
    period: Span,
    /// I giorni in cui si raccolgono.
    #[schema(value_type = SpanBody)]
    window: Span,
    /// Versione, la stessa dell'ETag.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    version: i32,
}

/// Le raccolte di un piano, dalla prima che si apre.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RoundList {
    /// Le raccolte.
    #[schema(min_items = 0, max_items = 100)]
    items: Vec<RoundResponse>,
}

impl From<Round> for RoundResponse {
    fn from(round: Round) -> Self {
        let facts = round.facts;
        Self {
            id: round.id.0,
            external_id: facts.external_id.map(String::from),
            title: facts.title.into(),
            period: facts.period,
            window: facts.window,
            version: round.version.number(),
        }
    }
}

fn plan_of(tx: &mut TenantTx<'_>, key: &Key) -> Result<Plan, Problem> {
    Ok(plans::look_up(tx, key)?.ok_or(Violation::NotFound)?)
}

fn look_up(tx: &mut TenantTx<'_>, plan: &Plan, key: &Key) -> Result<Option<Round>, Problem> {
    let is_named = |round: &Round| match key {
        Key::Ours(id) => round.id.0 == *id,
        Key::Theirs(key) => round.facts.external_id.as_ref() == Some(key),
    };
    Ok(rounds::all(tx, plan.id)?.into_iter().find(is_named))
}

/// What is said of a round, in its plan.
fn facts(
    mut body: RoundBody,
    key: Option<&Key>,
    there: Option<Uuid>,
    plan: &Plan,
) -> Result<RoundFacts, Problem> {
    let mut faults = Faults::new();
    let mut at = Reader::new(&mut faults);
    if let Some(key) = key {
        body.addressed(&mut at, &address(key));
    }
    if key.is_none_or(|key| key.theirs().is_some()) {
        expect_id(&mut at, body.id(), there);
    }
    let facts = body.read(&mut at, plan);
    faults.finish(facts).map_err(Problem::invalid)
}

/// Adds a round to those of a plan, which are few.
fn add(tx: &mut TenantTx<'_>, plan: &Plan, id: RoundId, facts: RoundFacts) -> Result<Round, Problem> {
    if rounds::all(tx, plan.id)?.len() >= RoundFacts::MOST {
        let detail = format!("Un piano ha al massimo {} raccolte.", RoundFacts::MOST);
        return Err(Problem::invalid(vec![Fault {
            pointer: String::new(),
            kind: FaultKind::OutOfBounds,
            detail,
        }]));
    }
    let round = Round { id, facts, version: Version::FIRST };
    rounds::insert(tx, plan.id, &round)?;
    Ok(round)
}

/// Elenca le raccolte di un piano
///
/// Tutte, dalla prima che si apre. Un piano che non ne ha raccoglie valori in ogni momento.
#[utoipa::path(tag = "measurements", params(PlanPath), responses(
    (status = 200, description = "Le raccolte.", body = RoundList),
))]
#[get("")]
pub(crate) async fn list_rounds(call: Call<PlanPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadResults)?;
    let key = permit.path.plan.clone();
    let work = move |tx: &mut TenantTx<'_>| {
        let plan = plan_of(tx, &key)?;
        Ok(rounds::all(tx, plan.id)?)
    };
    let items = permit.tenant(work).await?.into_iter().map(RoundResponse::from).collect();
    Answer::ok(&RoundList { items })
}

/// Aggiunge una raccolta
///
/// Da quando il piano ne ha, si raccolgono solo i valori dei loro periodi e nei loro giorni. Fino a quando i risultati non sono
/// certificati.
#[utoipa::path(tag = "measurements", params(PlanPath, crate::call::IdempotencyKey), request_body = RoundBody, responses(
    (status = 201, description = "La raccolta aggiunta.", body = RoundResponse),
))]
#[post("")]
pub(crate) async fn add_round(call: Call<PlanPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::EditRounds)?;
    let (id, key) = (RoundId(permit.app.new_id()), permit.path.plan.clone());
    let location = permit.link(&format!("{}/{}", permit.request.path(), id.0));
    let work = move |tx: &mut TenantTx<'_>, body: RoundBody| {
        let plan = plan_of(tx, &key)?;
        plan.rounds_open()?;
        let round = add(tx, &plan, id, facts(body, None, None, &plan)?)?;
        Answer::created(location, round.version, &RoundResponse::from(round))
    };
    permit.keyed(Confidence::Open, work).await
}

/// Legge una raccolta
///
/// Per identificativo o per chiave esterna.
#[utoipa::path(tag = "measurements", params(RoundPath, crate::call::IfNoneMatch), responses(
    (status = 200, description = "La raccolta.", body = RoundResponse),
    (status = 304, description = "Chi chiede ha già questa versione."),
))]
#[get("/{round}")]
pub(crate) async fn read_round(call: Call<RoundPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadResults)?;
    let (plan, key) = (permit.path.plan.clone(), permit.path.round.clone());
    let work = move |tx: &mut TenantTx<'_>| {
        let plan = plan_of(tx, &plan)?;
        look_up(tx, &plan, &key)
    };
    let round = permit.tenant(work).await?.ok_or(Violation::NotFound)?;
    permit.found(round.version, &RoundResponse::from(round))
}

/// Scrive una raccolta
///
/// La sostituisce; per chiave esterna la crea, se non c'è. Per cambiarla serve `If-Match`.
#[utoipa::path(tag = "measurements", params(RoundPath, crate::call::Preconditions), request_body = RoundBody, responses(
    (status = 200, description = "La raccolta com'è ora.", body = RoundResponse),
    (status = 201, description = "La raccolta creata.", body = RoundResponse),
))]
#[put("/{round}")]
pub(crate) async fn write_round(call: Call<RoundPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::EditRounds)?;
    let condition = permit.condition()?;
    let (plan, key) = (permit.path.plan.clone(), permit.path.round.clone());
    let id = RoundId(permit.app.new_id());
    let path = permit.request.path().to_owned();
    let base = path.rsplit_once('/').map_or("", |(base, _)| base);
    let location = permit.link(&format!("{base}/{}", id.0));
    let (permit, body) = permit.read::<RoundBody>().await?;
    let put = Put { condition, named_by: key.named_by(), location };
    let work = move |tx: &mut TenantTx<'_>| {
        let plan = plan_of(tx, &plan)?;
        plan.rounds_open()?;
        let before = look_up(tx, &plan, &key)?;
        let facts = facts(body, Some(&key), before.as_ref().map(|round| round.id.0), &plan)?;
        let ways = Ways {
            create: |tx: &mut TenantTx<'_>, facts| add(tx, &plan, id, facts),
            change: |tx: &mut TenantTx<'_>, before: &Round, facts| {
                let round = Round { id: before.id, facts, version: before.version.next() };
                rounds::update(tx, plan.id, before, &round)?;
                Ok(round)
            },
        };
        put.carry_out::<Round, RoundResponse, _, _>(tx, before, facts, ways)
    };
    permit.tenant(work).await
}

/// Toglie una raccolta
///
/// I valori raccolti restano. Fino a quando i risultati non sono certificati.
#[utoipa::path(tag = "measurements", params(RoundPath, crate::call::IfMatch), responses(
    (status = 204, description = "Tolta."),
))]
#[delete("/{round}")]
pub(crate) async fn remove_round(call: Call<RoundPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::EditRounds)?;
    let condition = permit.condition()?;
    let (plan, key) = (permit.path.plan.clone(), permit.path.round.clone());
    let work = move |tx: &mut TenantTx<'_>| {
        let plan = plan_of(tx, &plan)?;
        plan.rounds_open()?;
        let round = look_up(tx, &plan, &key)?.ok_or(Violation::NotFound)?;
        condition.expected.check(round.version)?;
        rounds::delete(tx, plan.id, &round)?;
        Ok(())
    };
    permit.tenant(work).await?;
    Ok(Answer::done())
}
