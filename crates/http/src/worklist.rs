//! The year being followed over HTTP: what is to be filled by when, what was never updated, how far the plan should be and is.

use std::collections::HashSet;

use actix_web::get;
use chrono::NaiveDate;
use serde::Deserialize;
use traguardo_domain::access::Action;
use traguardo_domain::figure::Figure;
use traguardo_domain::freshness::freshness;
use traguardo_domain::measurable::ValueKind;
use traguardo_domain::plan::document::PlanDocument;
use traguardo_domain::progress::{Followed, Heed, WarningKind, progress};
use traguardo_domain::unit::{Tree, UnitId};
use traguardo_domain::worklist::{TaskState, worklist};
use traguardo_domain::{FaultKind, Violation};
use traguardo_persistence::results::{self, Inputs};
use traguardo_persistence::{TenantTx, rounds};
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::answer::Answer;
use crate::call::{Call, Key};
use crate::plans::{self, PlanPath};
use crate::problem::Problem;
use crate::query::{parsed, refused};
use crate::words::Word;

mod advances;
mod fresh;
mod tasks;
mod words;

use advances::ProgressResponse;
use fresh::FreshnessResponse;
use tasks::WorklistResponse;

/// Where something to be filled stands.
pub(crate) type TaskStateWord = Word<TaskState>;
/// What kind of value is expected.
pub(crate) type ValueKindWord = Word<ValueKind>;
/// What is to be looked at.
pub(crate) type WarningKindWord = Word<WarningKind>;

/// Adds the routes.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config.service(read_worklist).service(read_freshness).service(read_progress);
}

/// What to list of the work to be done.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct WorklistQuery {
    /// Il giorno a cui guardare; oggi, se non si dice.
    #[serde(default, deserialize_with = "crate::day::maybe")]
    #[param(nullable = false)]
    at: Option<NaiveDate>,
    /// Solo ciò che è assegnato a questa struttura o a una che ne fa parte; per un responsabile la sua, se non si dice.
    #[param(nullable = false)]
    unit: Option<Uuid>,
    /// Solo ciò che è in questo stato.
    #[param(nullable = false)]
    state: Option<TaskStateWord>,
}

/// What to tell of how fresh things are.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct FreshnessQuery {
    /// Il giorno a cui guardare; oggi, se non si dice.
    #[serde(default, deserialize_with = "crate::day::maybe")]
    #[param(nullable = false)]
    at: Option<NaiveDate>,
    /// Solo ciò che è assegnato a questa struttura o a una che ne fa parte.
    #[param(nullable = false)]
    unit: Option<Uuid>,
}

/// What to tell of how far the year is.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ProgressQuery {
    /// Il giorno a cui guardare; oggi, se non si dice.
    #[serde(default, deserialize_with = "crate::day::maybe")]
    #[param(nullable = false)]
    at: Option<NaiveDate>,
    /// Solo ciò che è assegnato a questa struttura o a una che ne fa parte.
    #[param(nullable = false)]
    unit: Option<Uuid>,
    /// Da quanti giorni prima della scadenza si è a rischio; 30, se non si dice.
    #[param(nullable = false, minimum = 0, maximum = 366)]
    days: Option<u16>,
    /// Oltre quanti punti sotto l'atteso si è indietro; 20, se non si dice.
    #[param(nullable = false, max_length = 23, pattern = "^[0-9]{1,3}([.][0-9]{1,6})?$", example = "20")]
    points: Option<String>,
}

impl ProgressQuery {
    fn heed(&self) -> Result<Heed, Problem> {
        let Heed { days, points } = Heed::default();
        if self.days.is_some_and(|days| days > 366) {
            return Err(refused(FaultKind::OutOfBounds, "days", "Da 0 a 366."));
        }
        let asked = parsed("points", self.points.as_ref(), Figure::parse)?;
        if asked.is_some_and(|points| points < Figure::ZERO || points > Figure::HUNDRED) {
            return Err(refused(FaultKind::OutOfBounds, "points", "Da 0 a 100."));
        }
        Ok(Heed { days: self.days.unwrap_or(days), points: asked.unwrap_or(points) })
    }
}

/// A structure of a plan and those below it.
fn subtree(plan: &PlanDocument, top: UnitId) -> Option<HashSet<UnitId>> {
    let places = plan.units.iter().map(|unit| (unit.id, unit.facts.parent, unit.facts.validity));
    plan.units.iter().any(|unit| unit.id == top).then(|| Tree::new(places).at_or_below(top))
}

/// The structures a query asks for, all of them when it names none.
fn asked_units(plan: &PlanDocument, unit: Option<Uuid>) -> Result<Option<HashSet<UnitId>>, Problem> {
    let Some(unit) = unit else { return Ok(None) };
    let detail = "La struttura non esiste nell'anno del piano.";
    let found = subtree(plan, UnitId(unit));
    found.map(Some).ok_or_else(|| refused(FaultKind::UnknownReference, "unit", detail))
}

fn inputs(tx: &mut TenantTx<'_>, key: &Key, at: NaiveDate) -> Result<Inputs, Problem> {
    let plan = plans::look_up(tx, key)?.ok_or(Violation::NotFound)?;
    Ok(results::inputs(tx, &plan, at)?)
}

/// Elenca ciò che va inserito
///
/// Ogni valore atteso, entro quando, e se c'è già: prima ciò che è scaduto, poi ciò che scade prima. A un responsabile, ciò che deve inserire lui.
#[utoipa::path(tag = "following", params(PlanPath, WorklistQuery), responses(
    (status = 200, description = "Ciò che va inserito.", body = WorklistResponse),
))]
#[get("/{plan}/worklist")]
pub(crate) async fn read_worklist(call: Call<PlanPath, WorklistQuery>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadResults)?;
    let (key, at) = (permit.path.plan.clone(), permit.query.at.unwrap_or_else(|| permit.app.today()));
    let work = move |tx: &mut TenantTx<'_>| {
        let inputs = inputs(tx, &key, at)?;
        let rounds = rounds::all(tx, inputs.plan.id)?;
        Ok((inputs, rounds))
    };
    let (inputs, rounds) = permit.tenant(work).await?;
    let plan = &inputs.document;
    let units = match (permit.query.unit, permit.grant.unit()) {
        // A head of a structure that the plan does not know has nothing to fill in it.
        (None, Some(own)) => Some(subtree(plan, own).unwrap_or_default()),
        (unit, _) => asked_units(plan, unit)?,
    };
    let tasks = worklist(plan, &inputs.measurements, &rounds, at, units.as_ref());
    let collects = inputs.plan.state.collects();
    Answer::ok(&WorklistResponse::of(&tasks, at, collects, permit.query.state.map(|state| state.0)))
}

/// Dice quanto è aggiornato ciò che si sa
///
/// Per ogni cosa misurata quando se ne è saputo l'ultima volta, e se mai; per ogni struttura quanto di ciò che le è assegnato è noto.
#[utoipa::path(tag = "following", params(PlanPath, FreshnessQuery), responses(
    (status = 200, description = "Quanto è aggiornato ciò che si sa.", body = FreshnessResponse),
))]
#[get("/{plan}/freshness")]
pub(crate) async fn read_freshness(call: Call<PlanPath, FreshnessQuery>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadResults)?;
    let (key, at) = (permit.path.plan.clone(), permit.query.at.unwrap_or_else(|| permit.app.today()));
    let inputs = permit.tenant(move |tx: &mut TenantTx<'_>| inputs(tx, &key, at)).await?;
    let units = asked_units(&inputs.document, permit.query.unit)?;
    let fresh = freshness(&inputs.document, &inputs.measurements, at, units.as_ref());
    Answer::ok(&FreshnessResponse::of(&inputs.document, &fresh, at))
}

/// Dice a che punto è il piano
///
/// Quanto ne è atteso a un giorno, secondo le sue scadenze, quanto ne è fatto, e che cosa guardare prima che sia tardi.
#[utoipa::path(tag = "following", params(PlanPath, ProgressQuery), responses(
    (status = 200, description = "A che punto è il piano.", body = ProgressResponse),
))]
#[get("/{plan}/progress")]
pub(crate) async fn read_progress(call: Call<PlanPath, ProgressQuery>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadResults)?;
    let heed = permit.query.heed()?;
    let (key, at) = (permit.path.plan.clone(), permit.query.at.unwrap_or_else(|| permit.app.today()));
    let inputs = permit.tenant(move |tx: &mut TenantTx<'_>| inputs(tx, &key, at)).await?;
    let units = asked_units(&inputs.document, permit.query.unit)?;
    let judgements = inputs.known(at).judgements;
    let followed = Followed {
        plan: &inputs.document,
        rulebook: inputs.by.rulebook(),
        measurements: &inputs.measurements,
        judgements: &judgements,
    };
    let far = progress(followed, at, heed);
    Answer::ok(&ProgressResponse::of(&inputs, far, (at, heed), units.as_ref()))
}
