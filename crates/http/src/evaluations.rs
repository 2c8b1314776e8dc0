//! Evaluations over HTTP: what the evaluation body asks and decides, and what is answered.

use actix_web::{HttpRequest, get};
use serde::Deserialize;
use traguardo_domain::access::Action;
use traguardo_domain::evaluation::EvaluationState;
use traguardo_domain::unit::UnitId;
use traguardo_persistence::{Cursor, Page, TenantTx, units};
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::answer::Answer;
use crate::call::{Call, Key, PathOf, segment};
use crate::pages::{Asked, listing};
use crate::plans::PlanPath;
use crate::problem::Problem;
use crate::words::Word;

mod bench;
mod certifications;
mod judgement;
mod steps;
mod wire;

use bench::Bench;
use certifications::certify_assignments;
use steps::{answer_evaluation, take_step};
use wire::{EvaluationResponse, EvaluationSummary};

/// Where an evaluation stands.
type EvaluationStateWord = Word<EvaluationState>;

/// Adds the routes.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config.service(list_evaluations).service(read_evaluation).service(take_step).service(answer_evaluation);
}

/// Adds the certification of many at once.
pub(crate) fn configure_certifications(config: &mut ServiceConfig) {
    config.service(certify_assignments);
}

/// What a path to an evaluation names.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct EvaluationPath {
    /// Codice catastale del comune.
    #[param(value_type = String, pattern = "^[A-Z][0-9]{3}$", max_length = 4, example = "L454")]
    #[expect(dead_code, reason = "documents the segment that the call reads itself")]
    comune: (),
    /// Identificativo del piano, oppure `ext:` seguito dalla chiave esterna.
    #[param(value_type = String, pattern = "^(ext:[A-Za-z0-9._:~@+-]+|[0-9a-fA-F-]{36})$", max_length = 104, example = "ext:PIANO-2025")]
    plan: Key,
    /// Identificativo dell'assegnazione, oppure `ext:` seguito dalla chiave esterna se nel piano la ha una sola.
    #[param(value_type = String, pattern = "^(ext:[A-Za-z0-9._:~@+-]+|[0-9a-fA-F-]{36})$", max_length = 104, example = "ext:A1")]
    assignment: Key,
}

impl PathOf for EvaluationPath {
    fn read(request: &HttpRequest) -> Option<Self> {
        let plan = Key::parse(segment(request, "plan")?)?;
        Some(Self { comune: (), plan, assignment: Key::parse(segment(request, "assignment")?)? })
    }
}

/// Which evaluations to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct EvaluationQuery {
    /// Solo quelle in questo stato.
    #[param(nullable = false)]
    state: Option<EvaluationStateWord>,
    /// Solo quelle di questa struttura o di una che ne fa parte.
    #[param(nullable = false)]
    unit: Option<Uuid>,
    /// Il `next_cursor` della pagina precedente.
    #[param(nullable = false, max_length = 2000, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
    /// Quanti elementi al massimo.
    #[param(nullable = false, minimum = 1, maximum = 200, default = 50)]
    limit: Option<i32>,
}

listing! {
    /// Una pagina di valutazioni.
    EvaluationPage of EvaluationSummary
}

/// Elenca le valutazioni di un piano
///
/// Tutte le assegnazioni della versione corrente, nell'ordine del piano, anche quelle che nessuno ha aperto: con il risultato calcolato,
/// quello che vale e, se c'è, la decisione.
#[utoipa::path(tag = "evaluation", params(PlanPath, EvaluationQuery), responses(
    (status = 200, description = "Una pagina di valutazioni.", body = EvaluationPage),
))]
#[get("")]
pub(crate) async fn list_evaluations(call: Call<PlanPath, EvaluationQuery>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadResults)?;
    let (key, today) = (permit.path.plan.clone(), permit.app.today());
    let (state, unit) = (permit.query.state, permit.query.unit);
    let asked =
        Asked { list: "evaluations", cursor: permit.query.cursor.as_ref(), limit: permit.query.limit };
    let request = asked.page(())?;
    let work = move |tx: &mut TenantTx<'_>| {
        let bench = Bench::open(tx, &key, today)?;
        let within = match unit {
            None => None,
            Some(unit) => Some(units::tree(tx)?.at_or_below(UnitId(unit))),
        };
        let mut items = bench.summaries();
        items.retain(|one| {
            state.is_none_or(|state| state == one.state)
                && within.as_ref().is_none_or(|units| units.contains(&UnitId(one.unit.id)))
        });
        Ok(cut(items, request.after.as_ref(), usize::from(request.limit)))
    };
    let page = permit.tenant(work).await?;
    Answer::ok(&EvaluationPage::from(asked.answer(&permit.app, &permit.request, page, |one| one)))
}

/// The page after a place: what is listed was worked out whole, and is as long as a plan.
fn cut(items: Vec<EvaluationSummary>, after: Option<&Cursor>, limit: usize) -> Page<EvaluationSummary> {
    let begins = after.and_then(|after| {
        let at = items.iter().position(|one| one.assignment.to_string() == after.id)?;
        Some(at.saturating_add(1))
    });
    // An assignment that is no longer listed is looked for by the place it had.
    let had = || after.and_then(|after| after.key.parse().ok());
    let first = begins.or_else(had).unwrap_or(0);
    let mut items: Vec<EvaluationSummary> = items.into_iter().skip(first).collect();
    let more = items.len() > limit;
    items.truncate(limit);
    let place = |one: &EvaluationSummary| Cursor {
        key: first.saturating_add(limit).to_string(),
        id: one.assignment.to_string(),
    };
    let next = if more { items.last().map(place) } else { None };
    Page { items, next }
}

/// Legge una valutazione
///
/// I suoi passi, i valori su cui poggia, il risultato calcolato e quello che vale, uno accanto all'altro.
#[utoipa::path(tag = "evaluation", params(EvaluationPath), responses(
    (status = 200, description = "La valutazione.", body = EvaluationResponse),
))]
#[get("/{assignment}")]
pub(crate) async fn read_evaluation(call: Call<EvaluationPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadResults)?;
    let (plan, key, today) = (permit.path.plan.clone(), permit.path.assignment.clone(), permit.app.today());
    let work = move |tx: &mut TenantTx<'_>| {
        let bench = Bench::open(tx, &plan, today)?;
        let place = bench.find(&key)?;
        Ok(bench.told(place))
    };
    Answer::ok(&permit.tenant(work).await?)
}
