//! Public plans over HTTP: their headers, and their documents and reports as they were sealed.

use actix_web::{HttpResponse, get};
use chrono::{DateTime, Utc};
use serde::Serialize;
use traguardo_domain::act::Act;
use traguardo_domain::digest::Digest;
use traguardo_domain::{ComuneCode, Violation};
use traguardo_persistence::published::{self, PublicPlan};
use traguardo_persistence::versions::{self, Which};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use super::offered::{JSON, LICENCE, Life, Offered};
use super::visitor::{PublicPlanPath, Visitor};
use crate::call::ComunePath;
use crate::plan_documents::DocumentResponse;
use crate::precondition;
use crate::problem::Problem;
use crate::reports::ReportSchema;
use crate::transitions::ActBody;
use crate::words::{PlanKindWord, PlanStateWord, Word};

/// Adds the routes.
pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(list_public_plans)
        .service(read_public_plan)
        .service(read_public_document)
        .service(read_public_report);
}

/// Dove sono le altre cose di un piano pubblico.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PublicPlanLinks {
    /// L'intestazione.
    #[serde(rename = "self")]
    #[schema(max_length = 2000, format = "uri")]
    this: String,
    /// Il documento approvato.
    #[schema(max_length = 2000, format = "uri")]
    document: String,
    /// I risultati: non ce n'è finché il comune non ne pubblica o la relazione non è validata.
    #[schema(max_length = 2000, format = "uri")]
    results: String,
    /// La relazione, se è validata.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 2000, format = "uri")]
    report: Option<String>,
}

/// Un piano che tutti possono leggere, com'è nella versione approvata.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PublicPlan, example = json!({
    "id": "0193a5c0-0000-7000-8000-000000000002", "comune": "L454", "year": 2025, "horizon_end": 2027,
    "kind": "piao_performance", "title": "Piano della performance 2025-2027", "state": "published", "version": 1,
    "sealed_at": "2025-01-31T10:00:00Z", "act": {"kind": "giunta_resolution", "number": "12", "date": "2025-01-31"},
    "digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "licence": "https://creativecommons.org/licenses/by/4.0/",
    "_links": {
        "self": "https://api.traguardo.example/v1/public/comuni/L454/plans/0193a5c0-0000-7000-8000-000000000002",
        "document": "https://api.traguardo.example/v1/public/comuni/L454/plans/0193a5c0-0000-7000-8000-000000000002/document",
        "results": "https://api.traguardo.example/v1/public/comuni/L454/plans/0193a5c0-0000-7000-8000-000000000002/results"
    }
}))]
pub(crate) struct PublicPlanResponse {
    /// Identificativo.
    id: Uuid,
    /// Codice catastale del comune.
    #[schema(max_length = 4, pattern = "^[A-Z][0-9]{3}$")]
    comune: String,
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
    /// Stato nel ciclo.
    state: PlanStateWord,
    /// Numero della versione approvata che vale.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    version: i32,
    /// Quando è stata sigillata.
    sealed_at: DateTime<Utc>,
    /// L'atto che l'ha approvata.
    #[schema(value_type = ActBody)]
    act: Act,
    /// L'impronta SHA-256 del suo documento.
    #[schema(min_length = 64, max_length = 64, pattern = "^[0-9a-f]{64}$")]
    digest: String,
    /// La licenza con cui si può riusare.
    #[schema(max_length = 200, format = "uri")]
    licence: &'static str,
    /// Dove sono le altre cose del piano.
    #[serde(rename = "_links")]
    links: PublicPlanLinks,
}

/// I piani di un comune che tutti possono leggere, dal più recente.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PublicPlanList {
    /// I piani: uno per natura e anno.
    #[schema(min_items = 1, max_items = 1000)]
    items: Vec<PublicPlanResponse>,
}

impl PublicPlanResponse {
    fn of(told: PublicPlan, comune: ComuneCode, visitor: &Visitor) -> Self {
        let PublicPlan { plan, sealed } = told;
        let here = visitor.link(&format!("/v1/public/comuni/{comune}/plans/{}", plan.id.0));
        Self {
            id: plan.id.0,
            comune: comune.to_string(),
            year: i32::from(plan.facts.year.number()),
            horizon_end: i32::from(plan.horizon_end()),
            kind: Word(plan.facts.kind),
            title: plan.facts.title.as_str().to_owned(),
            state: Word(plan.state),
            version: sealed.number,
            sealed_at: sealed.sealed_at,
            act: sealed.act,
            digest: sealed.digest.to_string(),
            licence: LICENCE,
            links: PublicPlanLinks {
                document: format!("{here}/document"),
                results: format!("{here}/results"),
                report: plan.state.pays().then(|| format!("{here}/report")),
                this: here,
            },
        }
    }
}

/// Elenca i piani pubblici di un comune
///
/// Senza token. I piani pubblicati, com'erano quando sono stati approvati: di ciò che si sta scrivendo non si dice nulla.
#[utoipa::path(tag = "public", security(()), params(ComunePath, crate::call::IfNoneMatch), responses(
    (status = 200, description = "I piani.", body = PublicPlanList),
    (status = 304, description = "Chi chiede li ha già."),
))]
#[get("/comuni/{comune}/plans")]
pub(crate) async fn list_public_plans(visitor: Visitor) -> Result<HttpResponse, Problem> {
    visitor.takes(JSON)?;
    let comune = visitor.comune()?;
    let found = visitor.at_home(|tx| Ok(published::plans(tx)?)).await?;
    if found.is_empty() {
        // A comune that is here and has published nothing is not told from one that is not here.
        return Err(Violation::NotFound.into());
    }
    let items = found.into_iter().map(|told| PublicPlanResponse::of(told, comune, &visitor)).collect();
    Offered::object(&visitor, &PublicPlanList { items }, None)
}

/// Legge un piano pubblico
///
/// Senza token. L'intestazione, con l'atto che lo ha approvato e l'impronta del documento.
#[utoipa::path(tag = "public", security(()), params(PublicPlanPath, crate::call::IfNoneMatch), responses(
    (status = 200, description = "L'intestazione.", body = PublicPlanResponse),
    (status = 304, description = "Chi chiede ce l'ha già."),
))]
#[get("/comuni/{comune}/plans/{plan}")]
pub(crate) async fn read_public_plan(visitor: Visitor) -> Result<HttpResponse, Problem> {
    visitor.takes(JSON)?;
    let (comune, id) = (visitor.comune()?, visitor.plan()?);
    let told = visitor.at_home(move |tx| Ok(published::plan(tx, id)?)).await?.ok_or(Violation::NotFound)?;
    Offered::object(&visitor, &PublicPlanResponse::of(told, comune, &visitor), None)
}

/// Legge il documento di un piano pubblico
///
/// Senza token. La versione approvata che vale, byte per byte com'è stata sigillata: l'`ETag` è la sua impronta SHA-256. Con
/// `Accept-Encoding: gzip` è inviata compressa.
#[utoipa::path(tag = "public", security(()), params(PublicPlanPath, crate::call::IfNoneMatch), responses(
    (status = 200, description = "Il documento.", body = DocumentResponse),
    (status = 304, description = "Chi chiede lo ha già."),
))]
#[get("/comuni/{comune}/plans/{plan}/document")]
pub(crate) async fn read_public_document(visitor: Visitor) -> Result<HttpResponse, Problem> {
    visitor.takes(JSON)?;
    let (id, held) = (visitor.plan()?, digests(&visitor)?);
    let found = visitor.at_home(move |tx| {
        // The header is not asked for: what is sealed says it itself.
        let plan = traguardo_persistence::plans::look_up(tx, id)?;
        plan.filter(|plan| plan.state.is_public()).ok_or(Violation::NotFound)?;
        let sealed = versions::look_up(tx, id, Which::Current)?.ok_or(Violation::NotFound)?;
        let document = versions::document(tx, id, Which::Number(sealed.number), held.as_deref())?;
        let (_, document) = document.ok_or(Violation::NotFound)?;
        Ok((sealed, document))
    });
    let (sealed, document) = found.await?;
    let offered = sealed_bytes(sealed.digest, sealed.sealed_at);
    document.map_or_else(|| Ok(offered.not_modified()), |bytes| offered.kept(&visitor, bytes))
}

/// Legge la relazione di un piano pubblico
///
/// Senza token. La relazione sulla performance adottata e validata, byte per byte com'è stata adottata: l'`ETag` è la sua impronta
/// SHA-256. Prima della validazione non c'è.
#[utoipa::path(tag = "public", security(()), params(PublicPlanPath, crate::call::IfNoneMatch), responses(
    (status = 200, description = "La relazione.", body = ReportSchema, example = json!({
        "format": "traguardo.report.v1", "comune": "L454", "plan": "0193a5c0-0000-7000-8000-000000000002", "year": 2025,
        "kind": "piao_performance", "title": "Piano della performance 2025", "plan_version": 1,
        "plan_digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "rulebook_title": "Tre livelli",
        "at": "2025-12-31", "certified": true,
        "result": {"outcome": {"type": "reached", "percent": "72"}, "shown": "72.00", "deviation": "28.00"},
        "units": [], "objectives": [], "variations": [], "sterilisations": [], "findings": []
    })),
    (status = 304, description = "Chi chiede ce l'ha già."),
))]
#[get("/comuni/{comune}/plans/{plan}/report")]
pub(crate) async fn read_public_report(visitor: Visitor) -> Result<HttpResponse, Problem> {
    visitor.takes(JSON)?;
    let (id, held) = (visitor.plan()?, digests(&visitor)?);
    let found = visitor.at_home(move |tx| {
        let plan = traguardo_persistence::plans::look_up(tx, id)?;
        plan.filter(|plan| plan.state.pays()).ok_or(Violation::NotFound)?;
        Ok(published::report(tx, id, held.as_deref())?.ok_or(Violation::NotFound)?)
    });
    let report = found.await?;
    let offered = sealed_bytes(report.digest, report.adopted_at);
    report.document.map_or_else(|| Ok(offered.not_modified()), |bytes| offered.kept(&visitor, bytes))
}

/// The digests the caller holds; `None` when it holds whatever there is.
fn digests(visitor: &Visitor) -> Result<Option<Vec<Digest>>, Problem> {
    let held = precondition::held(visitor.headers())?;
    Ok(held.map(|held| held.iter().filter_map(|tag| Digest::parse(tag)).collect()))
}

fn sealed_bytes(digest: Digest, at: DateTime<Utc>) -> Offered {
    let (tag, media) = (digest.to_string(), "application/json");
    Offered { tag, modified: Some(at), life: Life::Long, media, described_by: None }
}
