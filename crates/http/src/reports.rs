//! The report of a plan over HTTP: computed until it is adopted, then as it was.

use actix_web::get;
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use traguardo_domain::Violation;
use traguardo_domain::access::Action;
use traguardo_domain::act::Act;
use traguardo_domain::plan::cycle::Transition;
use traguardo_domain::plan::{Plan, PlanState};
use traguardo_domain::report::Report;
use traguardo_persistence::reports::Adopted;
use traguardo_persistence::transitions::Made;
use traguardo_persistence::{TenantTx, reports, transitions};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answer::Answer;
use crate::call::Call;
use crate::conclusion;
use crate::plans::{self, PlanPath};
use crate::problem::Problem;
use crate::transitions::ActBody;
use crate::words::PlanStateWord;
use traguardo_documents::Word;

mod schema;

pub(crate) use schema::ReportSchema;

/// Adds the routes.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config.service(read_report);
}

/// L'adozione della relazione.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReportAdoption, example = json!({
    "number": 1, "at": "2025-06-10T09:00:00Z", "act": {"kind": "giunta_resolution", "number": "71", "date": "2025-06-10"},
    "digest": "0000000000000000000000000000000000000000000000000000000000000000"
}))]
pub(crate) struct AdoptionResponse {
    /// Il numero: una relazione rinviata si adotta di nuovo.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    number: i32,
    /// Quando è stata registrata.
    at: DateTime<Utc>,
    /// L'atto della Giunta.
    #[schema(value_type = ActBody)]
    act: Act,
    /// L'impronta della relazione adottata.
    #[schema(min_length = 64, max_length = 64, pattern = "^[0-9a-f]{64}$")]
    digest: String,
}

/// La validazione della relazione.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReportValidation, example = json!({
    "at": "2025-06-25T09:00:00Z", "act": {"kind": "evaluation_opinion", "number": "3", "date": "2025-06-25"}
}))]
pub(crate) struct ValidationResponse {
    /// Quando è stata registrata.
    at: DateTime<Utc>,
    /// L'atto dell'organo di valutazione.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = ActBody)]
    act: Option<Act>,
    /// Le osservazioni.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 4000, pattern = "^[\\s\\S]+$")]
    remarks: Option<String>,
}

/// La relazione sulla performance, con ciò che ne è stato fatto.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReportRead, example = json!({
    "state": "reporting", "at": "2025-12-31", "payable": false,
    "not_payable_because": "La relazione non è ancora validata: nessun premio è erogabile (D.Lgs. 150/2009, art. 14, comma 6).",
    "report": {
        "format": "traguardo.report.v1", "comune": "L454", "plan": "0193a5c0-0000-7000-8000-000000000002", "year": 2025,
        "kind": "piao_performance", "title": "Piano della performance 2025", "plan_version": 1,
        "plan_digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "rulebook_title": "Tre livelli",
        "at": "2025-12-31", "certified": false,
        "result": {"outcome": {"type": "reached", "percent": "72"}, "shown": "72.00", "deviation": "28.00"},
        "units": [], "objectives": [], "variations": [], "sterilisations": [], "findings": []
    }
}))]
pub(crate) struct ReportResponse {
    /// Lo stato del piano.
    state: PlanStateWord,
    /// Il giorno a cui è aggiornata.
    at: NaiveDate,
    /// L'adozione; assente finché la relazione è in preparazione, e si ricalcola a ogni lettura.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    adopted: Option<AdoptionResponse>,
    /// La validazione.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    validated: Option<ValidationResponse>,
    /// Se i premi si possono pagare: solo dopo la validazione (D.Lgs. 150/2009, art. 14, comma 6).
    payable: bool,
    /// Perché non ancora.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 300, pattern = "^[\\s\\S]+$")]
    not_payable_because: Option<String>,
    /// La relazione.
    #[schema(value_type = ReportSchema)]
    report: Report,
}

impl From<Adopted> for AdoptionResponse {
    fn from(adopted: Adopted) -> Self {
        let Adopted { number, adopted_at, act, digest, .. } = adopted;
        Self { number, at: adopted_at, act, digest: digest.to_string() }
    }
}

impl From<Made> for ValidationResponse {
    fn from(made: Made) -> Self {
        Self { at: made.at, act: made.grounds.act, remarks: made.grounds.reason.map(String::from) }
    }
}

/// Legge la relazione sulla performance
///
/// Ogni obiettivo del piano approvato, nel suo ordine, con risultati e scostamenti; le variazioni con i loro atti, le
/// sterilizzazioni con le loro cause, i rilievi ancora aperti. Si calcola a ogni lettura finché la Giunta non la adotta; poi è quella adottata.
#[utoipa::path(tag = "evaluation", params(PlanPath), responses(
    (status = 200, description = "La relazione.", body = ReportResponse),
))]
#[get("/{plan}/report")]
pub(crate) async fn read_report(call: Call<PlanPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadResults)?;
    let (key, today) = (permit.path.plan.clone(), permit.app.today());
    let work = move |tx: &mut TenantTx<'_>| {
        let plan = plans::look_up(tx, &key)?.ok_or(Violation::NotFound)?;
        let adopted = if is_adopted(plan.state) { reports::current(tx, plan.id)? } else { None };
        let report = match &adopted {
            Some(adopted) => adopted.report.clone(),
            None => conclusion::draw_report(tx, &plan, today)?,
        };
        let validated = if plan.state.pays() { validation(tx, &plan)? } else { None };
        Ok(ReportResponse {
            state: Word(plan.state),
            at: report.at,
            adopted: adopted.map(AdoptionResponse::from),
            validated,
            payable: plan.state.pays(),
            not_payable_because: (!plan.state.pays()).then(|| NOT_PAYABLE.to_owned()),
            report,
        })
    };
    Answer::ok(&permit.tenant(work).await?)
}

/// Why nothing is payable yet.
const NOT_PAYABLE: &str =
    "La relazione non è ancora validata: nessun premio è erogabile (D.Lgs. 150/2009, art. 14, comma 6).";

/// Whether the report that was adopted last is the one that stands.
const fn is_adopted(state: PlanState) -> bool {
    match state {
        PlanState::ReportAdopted | PlanState::ReportValidated | PlanState::Closed => true,
        PlanState::Draft
        | PlanState::Proposed
        | PlanState::UnderReview
        | PlanState::Approved
        | PlanState::Published
        | PlanState::InProgress
        | PlanState::InVariation
        | PlanState::Reporting
        | PlanState::Evaluated => false,
    }
}

fn validation(tx: &mut TenantTx<'_>, plan: &Plan) -> Result<Option<ValidationResponse>, Problem> {
    let made = transitions::all(tx, plan.id)?;
    let last = made.into_iter().find(|made| made.transition == Transition::ValidateReport);
    Ok(last.map(ValidationResponse::from))
}
