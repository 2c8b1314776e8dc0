//! Comparisons somebody keeps, over HTTP: the tenant's own, asked again by whoever asks, as that one may see.

use actix_web::{HttpRequest, delete, get, post, put};
use serde::{Deserialize, Serialize};
use traguardo_domain::access::Action;
use traguardo_domain::text::Line;
use traguardo_domain::version::NamedBy;
use traguardo_domain::{Faults, Version, Violation};
use traguardo_persistence::TenantTx;
use traguardo_persistence::saved_queries::{self, Order, SavedFacts, SavedQuery};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;
use validator::Validate;

use crate::answer::Answer;
use crate::benchmarks::{
    self, Asking, BenchmarkCsv, BenchmarkJsonStat, BenchmarkQuestion, BenchmarkTable, Format, FormatQuery,
};
use crate::call::{Call, NoPath, PathOf, segment};
use crate::envelope::RequestId;
use crate::keyed::Confidence;
use crate::pages::{Asked, listing};
use crate::problem::{Kind, Problem};
use crate::put::{Put, Ways};

/// Adds the routes.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config
        .service(list_saved_queries)
        .service(add_saved_query)
        .service(read_saved_query)
        .service(write_saved_query)
        .service(remove_saved_query)
        .service(read_saved_query_result);
}

/// What a path to a comparison that is kept names.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct SavedQueryPath {
    /// Identificativo del confronto conservato.
    #[param(value_type = String, format = "uuid", max_length = 36, example = "0193a5c0-0000-7000-8000-000000000009")]
    query: Uuid,
}

impl PathOf for SavedQueryPath {
    fn read(request: &HttpRequest) -> Option<Self> {
        Some(Self { query: segment(request, "query")?.parse().ok()? })
    }
}

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct SavedQueriesQuery {
    /// Il `next_cursor` della pagina precedente.
    #[param(nullable = false, max_length = 2000, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
    /// Quanti elementi al massimo.
    #[param(nullable = false, minimum = 1, maximum = 200, default = 50)]
    limit: Option<i32>,
}

/// Un confronto da conservare.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "name": "Pagamenti in Lombardia", "question": {"indicators": ["T1.itp"], "years": [2025], "group": "region:03", "figures": "statistics"}
}))]
pub(crate) struct NewSavedQuery {
    /// Come si chiama.
    #[schema(min_length = 1, max_length = 200, pattern = "^.*\\S.*$")]
    name: String,
    /// Che cosa si chiede.
    question: BenchmarkQuestion,
}

/// Un confronto conservato.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SavedQuery, example = json!({
    "id": "0193a5c0-0000-7000-8000-000000000009", "name": "Pagamenti in Lombardia",
    "question": {"indicators": ["T1.itp"], "years": [2025], "group": "region:03", "figures": "statistics"}, "version": 1
}))]
pub(crate) struct SavedQueryResponse {
    /// Identificativo.
    id: Uuid,
    /// Come si chiama.
    #[schema(max_length = 200, pattern = "^.*\\S.*$")]
    name: String,
    /// Che cosa si chiede.
    #[schema(value_type = BenchmarkQuestion)]
    question: serde_json::Value,
    /// Versione, la stessa dell'ETag.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    version: i32,
}

listing! {
    /// Una pagina dei confronti conservati.
    SavedQueryList of SavedQueryResponse
}

impl From<SavedQuery> for SavedQueryResponse {
    fn from(query: SavedQuery) -> Self {
        Self {
            id: query.id,
            name: query.facts.name.into(),
            question: query.facts.content,
            version: query.version.number(),
        }
    }
}

impl NewSavedQuery {
    /// What is to be kept, when the question is one: whether what it names exists is told when it is asked.
    fn facts(&self) -> Result<SavedFacts, Problem> {
        self.question.read("/question")?;
        let mut faults = Faults::new();
        let name = faults.take("/name", Line::parse(&self.name));
        let name = faults.finish(name).map_err(Problem::invalid)?;
        let content = serde_json::to_value(&self.question).map_err(|error| unwritable(&error))?;
        Ok(SavedFacts { name, content })
    }
}

fn unwritable(error: &serde_json::Error) -> Problem {
    log::error!("a saved query cannot be written or read back: {error}");
    Problem::of(Kind::Internal)
}

/// Elenca i confronti conservati
///
/// Quelli del comune di chi chiede, o della piattaforma, per nome.
#[utoipa::path(tag = "benchmarks", params(SavedQueriesQuery), responses(
    (status = 200, description = "Una pagina di confronti.", body = SavedQueryList),
))]
#[get("")]
pub(crate) async fn list_saved_queries(call: Call<NoPath, SavedQueriesQuery>) -> Result<Answer, Problem> {
    let permit = call.authorize_at_home(Action::Compare)?;
    Format::asked(None, permit.headers())?.only_json()?;
    let asked =
        Asked { list: "saved_queries:name", cursor: permit.query.cursor.as_ref(), limit: permit.query.limit };
    let request = asked.page(Order::Name)?;
    let page = permit.tenant(move |tx| Ok(saved_queries::list(tx, &request)?)).await?;
    let wire = asked.answer(&permit.app, &permit.request, page, SavedQueryResponse::from);
    Answer::ok(&SavedQueryList::from(wire))
}

/// Conserva un confronto
///
/// Per chiederlo di nuovo con il suo identificativo.
#[utoipa::path(tag = "benchmarks", params(crate::call::IdempotencyKey), request_body = NewSavedQuery, responses(
    (status = 201, description = "Il confronto conservato.", body = SavedQueryResponse),
))]
#[post("")]
pub(crate) async fn add_saved_query(call: Call<NoPath>) -> Result<Answer, Problem> {
    let permit = call.authorize_at_home(Action::KeepComparisons)?;
    let id = permit.app.new_id();
    let location = permit.link(&format!("/v1/saved-queries/{id}"));
    let work = move |tx: &mut TenantTx<'_>, new: NewSavedQuery| {
        let query = SavedQuery { id, facts: new.facts()?, version: Version::FIRST };
        saved_queries::insert(tx, &query)?;
        Answer::created(location, query.version, &SavedQueryResponse::from(query))
    };
    permit.keyed(Confidence::Open, work).await
}

/// Legge un confronto conservato
///
/// La domanda; la risposta è `result`.
#[utoipa::path(tag = "benchmarks", params(SavedQueryPath, crate::call::IfNoneMatch), responses(
    (status = 200, description = "Il confronto.", body = SavedQueryResponse),
    (status = 304, description = "Chi chiede ha già questa versione."),
))]
#[get("/{query}")]
pub(crate) async fn read_saved_query(call: Call<SavedQueryPath>) -> Result<Answer, Problem> {
    let permit = call.authorize_at_home(Action::Compare)?;
    Format::asked(None, permit.headers())?.only_json()?;
    let id = permit.path.query;
    let found = permit.tenant(move |tx| Ok(saved_queries::look_up(tx, id)?)).await?;
    let found = found.ok_or(Violation::NotFound)?;
    permit.found(found.version, &SavedQueryResponse::from(found))
}

/// Cambia un confronto conservato
///
/// Lo sostituisce; serve `If-Match`.
#[utoipa::path(tag = "benchmarks", params(SavedQueryPath, crate::call::IfMatch), request_body = NewSavedQuery, responses(
    (status = 200, description = "Il confronto com'è ora.", body = SavedQueryResponse),
))]
#[put("/{query}")]
pub(crate) async fn write_saved_query(call: Call<SavedQueryPath>) -> Result<Answer, Problem> {
    let permit = call.authorize_at_home(Action::KeepComparisons)?;
    let condition = permit.condition()?;
    let id = permit.path.query;
    let (permit, new) = permit.read::<NewSavedQuery>().await?;
    let facts = new.facts()?;
    let put = Put { condition, named_by: NamedBy::OurId, location: String::new() };
    let work = move |tx: &mut TenantTx<'_>| {
        let before = saved_queries::look_up(tx, id)?;
        let ways = Ways {
            create: |_: &mut TenantTx<'_>, _| Err(Violation::NotFound.into()),
            change: |tx: &mut TenantTx<'_>, before: &SavedQuery, facts| {
                Ok(saved_queries::update(tx, before, facts)?)
            },
        };
        put.carry_out::<SavedQuery, SavedQueryResponse, _, _>(tx, before, facts, ways)
    };
    permit.tenant(work).await
}

/// Cancella un confronto conservato
///
/// Serve `If-Match`.
#[utoipa::path(tag = "benchmarks", params(SavedQueryPath, crate::call::IfMatch), responses(
    (status = 204, description = "Cancellato."),
))]
#[delete("/{query}")]
pub(crate) async fn remove_saved_query(call: Call<SavedQueryPath>) -> Result<Answer, Problem> {
    let permit = call.authorize_at_home(Action::KeepComparisons)?;
    let (condition, id) = (permit.condition()?, permit.path.query);
    let work = move |tx: &mut TenantTx<'_>| {
        let found = saved_queries::look_up(tx, id)?.ok_or(Violation::NotFound)?;
        condition.expected.check(found.version)?;
        Ok(saved_queries::delete(tx, &found)?)
    };
    permit.tenant(work).await?;
    Ok(Answer::done())
}

/// Chiede di nuovo un confronto conservato
///
/// La risposta di oggi, come la può vedere chi chiede.
#[utoipa::path(tag = "benchmarks", params(SavedQueryPath, FormatQuery), responses(
    (status = 200, description = "La tabella.", content((BenchmarkTable = "application/json"), (BenchmarkCsv = "text/csv"), (BenchmarkJsonStat = "application/vnd.json-stat+json", example = json!({"version": "2.0", "class": "dataset", "id": ["indicator"], "size": [1], "value": [0.28]})))),
))]
#[get("/{query}/result")]
pub(crate) async fn read_saved_query_result(
    call: Call<SavedQueryPath, FormatQuery>,
) -> Result<Answer, Problem> {
    let permit = call.authorize_at_home(Action::Compare)?;
    let format = Format::asked(permit.query.format.as_ref(), permit.headers())?;
    let id = permit.path.query;
    let found = permit.tenant(move |tx| Ok(saved_queries::look_up(tx, id)?)).await?;
    let found = found.ok_or(Violation::NotFound)?;
    let kept: BenchmarkQuestion =
        serde_json::from_value(found.facts.content).map_err(|error| unwritable(&error))?;
    let asking = Asking::by(&permit.app, &permit.actor, RequestId::get(&permit.request))?;
    format.table(benchmarks::table(asking, kept.read("")?).await?)
}
