//! Findings over HTTP: the review of a plan, and of any document that is not stored.

use actix_web::{get, post};
use serde::{Deserialize, Serialize};
use traguardo_documents::plan::{Before, PlanBody};
use traguardo_documents::{Reader, Word};
use traguardo_domain::access::Action;
use traguardo_domain::objective::ObjectiveId;
use traguardo_domain::plan::Plan;
use traguardo_domain::plan::document::PlanDocument;
use traguardo_domain::review::{Context, Finding, FindingCode, Severity, review};
use traguardo_domain::{FaultKind, Faults, Violation, Vocabulary as _};
use traguardo_persistence::versions::{self, Which};
use traguardo_persistence::{TenantTx, plan_documents};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::answer::Answer;
use crate::call::{Call, NoPath};
use crate::plans::{self, PlanPath};
use crate::problem::Problem;
use crate::query::refused;
use crate::words::{FindingCodeWord, SeverityWord};

/// Adds the route of the findings of a plan.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config.service(list_findings);
}

/// Adds the review of any document.
pub(crate) fn configure_review(config: &mut ServiceConfig) {
    config.service(review_document);
}

/// Dove sta un rilievo.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FindingPlace, example = json!({"pointer": "/objectives/3/phases/1/deadline"}))]
pub(crate) struct PlaceResponse {
    /// Un puntatore JSON (RFC 6901) nel documento del piano.
    #[schema(max_length = 1000, format = "json-pointer", example = "/objectives/3/phases/1/deadline")]
    pointer: String,
    /// La struttura.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    unit: Option<Uuid>,
    /// La sezione.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    section: Option<Uuid>,
    /// L'obiettivo.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    objective: Option<Uuid>,
    /// La fase.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    phase: Option<Uuid>,
    /// L'indicatore.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    indicator: Option<Uuid>,
}

/// Che cosa si può fare di un rilievo.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Suggestion, example = json!({"text": "30.06.2024", "safe": false}))]
pub(crate) struct SuggestionResponse {
    /// Le parole da scrivere al posto di quelle trovate, o che cosa fare.
    #[schema(max_length = 2000, pattern = "^[\\s\\S]+$")]
    text: String,
    /// Se le parole possono prendere il posto di quelle trovate senza che nessuno le giudichi.
    safe: bool,
}

/// Un rilievo: una regola, un posto, parole.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Finding, example = json!({
    "code": "E01", "severity": "error", "title": "Data inesistente", "place": {"pointer": "/objectives/3/phases/1/deadline"},
    "words": "31.06.2024", "message": "Il 31 giugno 2024 non esiste.", "suggestion": {"text": "30.06.2024", "safe": false}
}))]
pub(crate) struct FindingResponse {
    /// Il codice della regola, stabile.
    code: FindingCodeWord,
    /// Quanto è grave qui.
    severity: SeverityWord,
    /// La regola in poche parole.
    #[schema(max_length = 200, pattern = "^.+$")]
    title: &'static str,
    /// Dove.
    place: PlaceResponse,
    /// Le parole trovate, come sono scritte.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 4000, pattern = "^[\\s\\S]+$")]
    words: Option<String>,
    /// Che cosa non va.
    #[schema(max_length = 4000, pattern = "^[\\s\\S]+$")]
    message: String,
    /// La legge da cui viene la regola.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 500, pattern = "^.+$")]
    law: Option<&'static str>,
    /// Che cosa si può fare.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    suggestion: Option<SuggestionResponse>,
}

/// I rilievi di un piano, nell'ordine del suo documento.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Findings, example = json!({"errors": 0, "warnings": 0, "notices": 0, "items": []}))]
pub(crate) struct FindingsResponse {
    /// Quanti errori.
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    errors: i32,
    /// Quanti avvisi.
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    warnings: i32,
    /// Quante osservazioni.
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    notices: i32,
    /// I rilievi.
    #[schema(min_items = 0, max_items = 100_000)]
    items: Vec<FindingResponse>,
}

/// Which findings to tell.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct FindingQuery {
    /// Solo quelli di questa regola.
    #[param(nullable = false)]
    code: Option<FindingCodeWord>,
    /// Solo quelli di questa gravità.
    #[param(nullable = false)]
    severity: Option<SeverityWord>,
}

impl From<Finding> for FindingResponse {
    fn from(finding: Finding) -> Self {
        let place = finding.place;
        Self {
            code: Word(finding.code),
            severity: Word(finding.severity),
            title: finding.code.title(),
            place: PlaceResponse {
                pointer: place.pointer,
                unit: place.unit.map(|id| id.0),
                section: place.section.map(|id| id.0),
                objective: place.objective.map(|id| id.0),
                phase: place.phase.map(|id| id.0),
                indicator: place.indicator.map(|id| id.0),
            },
            words: finding.words,
            message: finding.message,
            law: finding.law,
            suggestion: finding.suggestion.map(|one| SuggestionResponse { text: one.text, safe: one.safe }),
        }
    }
}

impl FindingsResponse {
    fn new(findings: Vec<Finding>, query: &FindingQuery) -> Self {
        let asked = |finding: &Finding| {
            query.code.is_none_or(|code| code.0 == finding.code)
                && query.severity.is_none_or(|severity| severity.0 == finding.severity)
        };
        let findings: Vec<Finding> = findings.into_iter().filter(asked).collect();
        let count = |severity: Severity| {
            let many = findings.iter().filter(|finding| finding.severity == severity).count();
            i32::try_from(many).unwrap_or(i32::MAX)
        };
        Self {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            notices: count(Severity::Notice),
            items: findings.into_iter().map(FindingResponse::from).collect(),
        }
    }
}

/// The code a parameter names.
pub(crate) fn code(word: &str) -> Result<FindingCode, Problem> {
    let detail = "Non è il codice di un rilievo.";
    FindingCode::from_word(word).ok_or_else(|| refused(FaultKind::Malformed, "finding", detail))
}

/// What the review finds in a plan as it is now.
fn findings_of(tx: &mut TenantTx<'_>, plan: &Plan) -> Result<Vec<Finding>, Problem> {
    let document = plan_documents::load(tx, plan)?;
    let approved_on = match plan.sealed {
        None => None,
        Some(_) => versions::look_up(tx, plan.id, Which::Number(1))?.map(|first| first.act.date),
    };
    Ok(review(&document, &Context { approved_on, budget_deadline: None }))
}

/// The objectives of a plan that have a finding of this code.
pub(crate) fn objectives_with(
    tx: &mut TenantTx<'_>,
    plan: &Plan,
    code: FindingCode,
) -> Result<Vec<ObjectiveId>, Problem> {
    let findings = findings_of(tx, plan)?;
    Ok(findings
        .iter()
        .filter(|finding| finding.code == code)
        .filter_map(|finding| finding.place.objective)
        .collect())
}

/// Elenca i rilievi di un piano
///
/// Che cosa non va, che cosa manca, che cosa chiede la legge: del piano com'è ora, anche in bozza.
#[utoipa::path(tag = "review", params(PlanPath, FindingQuery), responses(
    (status = 200, description = "I rilievi.", body = FindingsResponse),
))]
#[get("/{plan}/findings")]
pub(crate) async fn list_findings(call: Call<PlanPath, FindingQuery>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadPlans)?;
    let key = permit.path.plan.clone();
    let work = move |tx: &mut TenantTx<'_>| {
        let plan = plans::look_up(tx, &key)?.ok_or(Violation::NotFound)?;
        findings_of(tx, &plan)
    };
    let findings = permit.tenant(work).await?;
    Answer::ok(&FindingsResponse::new(findings, &permit.query))
}

/// Esamina un documento
///
/// I rilievi di un documento qualsiasi; non se ne conserva nulla.
#[utoipa::path(tag = "review", params(FindingQuery), request_body = PlanBody, responses(
    (status = 200, description = "I rilievi.", body = FindingsResponse),
))]
#[post("/review")]
pub(crate) async fn review_document(call: Call<NoPath, FindingQuery>) -> Result<Answer, Problem> {
    let permit = call.authorize_at_home(Action::Interpret)?.large();
    let (permit, body) = permit.read::<PlanBody>().await?;
    let app = permit.app.clone();
    // A large plan takes a core for a while.
    let work = move || {
        let document = stranger(body, &mut || app.new_id())?;
        Ok::<_, Problem>(review(&document, &Context::default()))
    };
    let findings = permit.app.aside(work).await??;
    Answer::ok(&FindingsResponse::new(findings, &permit.query))
}

/// A document that belongs to nothing stored here.
fn stranger(body: PlanBody, fresh: &mut dyn FnMut() -> Uuid) -> Result<PlanDocument, Problem> {
    let mut faults = Faults::new();
    let document = body.read(&mut Reader::new(&mut faults), &Before::default(), fresh);
    let document = faults.finish(document).map_err(Problem::invalid)?;
    document.check()?;
    Ok(document)
}
