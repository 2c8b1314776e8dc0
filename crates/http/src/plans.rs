//! Plan headers over HTTP.

use actix_web::{HttpRequest, delete, get, post, put};
use serde::{Deserialize, Serialize};
use traguardo_documents::Reader;
use traguardo_documents::plan::{WeightClassBody, read_scale};
use traguardo_domain::access::Action;
use traguardo_domain::period::Year;
use traguardo_domain::plan::{Plan, PlanFacts, PlanId};
use traguardo_domain::text::{ExternalId, Line};
use traguardo_domain::weight::WeightClass;
use traguardo_domain::{Faults, Violation};
use traguardo_persistence::{TenantTx, plans};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;
use validator::Validate;

use crate::answer::Answer;
use crate::call::{Call, ComunePath, Key, PathOf, segment};
use crate::keyed::Confidence;
use crate::pages::{Asked, listing};
use crate::problem::Problem;
use crate::put::{Put, Ways};
use crate::query::refused;
use crate::words::{PlanKindWord, PlanStateWord, Word};

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

/// L'intestazione di un piano, come la dice chi lo scrive.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"year": 2025, "kind": "piao_performance", "title": "Piano della performance 2025-2027"}))]
pub(crate) struct NewPlan {
    /// Chiave dell'oggetto nel programma che lo invia, unica nel comune per i piani.
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 100,
        pattern = "^[A-Za-z0-9][A-Za-z0-9._:~@+-]*$"
    )]
    #[validate(length(min = 1, max = 100))]
    external_id: Option<String>,
    /// Anno del piano, il primo dei tre dell'orizzonte.
    #[schema(minimum = 2009, maximum = 2100, example = 2025)]
    #[validate(range(min = 2009, max = 2100))]
    year: i32,
    /// Natura del piano; il comune ne ha uno per natura e anno.
    kind: PlanKindWord,
    /// Titolo.
    #[schema(
        min_length = 1,
        max_length = 300,
        pattern = "^.*\\S.*$",
        example = "Piano della performance 2025-2027"
    )]
    #[validate(length(min = 1, max = 300))]
    title: String,
    /// Le classi dei pesi, dove non sono percentuali.
    #[schema(nullable = false, min_items = 0, max_items = 20)]
    scale: Option<Vec<WeightClassBody>>,
}

/// L'intestazione di un piano.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "0193a5c0-0000-7000-8000-000000000002", "year": 2025, "horizon_end": 2027, "kind": "piao_performance",
    "title": "Piano della performance 2025-2027", "state": "draft", "version": 1
}))]
pub(crate) struct PlanResponse {
    /// Identificativo.
    id: Uuid,
    /// Chiave dell'oggetto nel programma che lo ha inviato.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 100, pattern = "^[A-Za-z0-9][A-Za-z0-9._:~@+-]*$")]
    external_id: Option<String>,
    /// Anno del piano.
    #[schema(minimum = 2009, maximum = 2100)]
    year: i32,
    /// Ultimo anno dell'orizzonte triennale.
    #[schema(minimum = 2011, maximum = 2102)]
    horizon_end: i32,
    /// Natura del piano.
    kind: PlanKindWord,
    /// Titolo.
    #[schema(max_length = 300, pattern = "^.*\\S.*$")]
    title: String,
    /// Le classi dei pesi, dove non sono percentuali.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false, value_type = Vec<WeightClassBody>, min_items = 0, max_items = 20)]
    scale: Vec<WeightClass>,
    /// Stato nel ciclo.
    state: PlanStateWord,
    /// Numero dell'ultima versione approvata; assente se non ce n'è ancora.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 1, maximum = 2_147_483_647)]
    sealed_version: Option<i32>,
    /// Versione, la stessa dell'ETag.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    version: i32,
}

listing! {
    /// Una pagina di piani.
    PlanList of PlanResponse
}

/// In which order to list plans.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
pub(crate) enum PlanSort {
    /// Dal più recente.
    #[default]
    #[serde(rename = "-year")]
    YearDescending,
    /// Dal più antico.
    #[serde(rename = "year")]
    Year,
}

impl PlanSort {
    const fn order(self) -> (plans::Order, &'static str) {
        match self {
            Self::Year => (plans::Order::Year, "plans:year"),
            Self::YearDescending => (plans::Order::YearDescending, "plans:-year"),
        }
    }
}

/// Which plans to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct PlanQuery {
    /// Solo i piani di questo anno.
    #[param(nullable = false, minimum = 2009, maximum = 2100)]
    year: Option<i32>,
    /// Solo i piani di questa natura.
    #[param(nullable = false)]
    kind: Option<PlanKindWord>,
    /// Ordinamento.
    #[param(inline, nullable = false)]
    sort: Option<PlanSort>,
    /// Il `next_cursor` della pagina precedente.
    #[param(nullable = false, max_length = 2000, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
    /// Quanti elementi al massimo.
    #[param(nullable = false, minimum = 1, maximum = 200, default = 50)]
    limit: Option<i32>,
}

impl NewPlan {
    fn facts(self, path_key: Option<&ExternalId>) -> Result<PlanFacts, Problem> {
        let mut faults = Faults::new();
        let external_id = faults.take("/external_id", Key::agree(path_key, self.external_id.as_deref()));
        let year = faults.take("/year", Year::parse(self.year));
        let title = faults.take("/title", Line::parse(&self.title));
        let Word(kind) = self.kind;
        let scale = read_scale(&mut Reader::new(&mut faults), self.scale);
        let facts =
            (|| Some(PlanFacts { external_id: external_id?, year: year?, kind, title: title?, scale }))();
        faults.finish(facts).map_err(Problem::invalid)
    }
}

impl From<Plan> for PlanResponse {
    fn from(plan: Plan) -> Self {
        Self {
            id: plan.id.0,
            horizon_end: i32::from(plan.horizon_end()),
            external_id: plan.facts.external_id.map(|id| id.as_str().to_owned()),
            year: i32::from(plan.facts.year.number()),
            kind: Word(plan.facts.kind),
            title: plan.facts.title.as_str().to_owned(),
            scale: plan.facts.scale,
            state: Word(plan.state),
            sealed_version: plan.sealed,
            version: plan.version.number(),
        }
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
