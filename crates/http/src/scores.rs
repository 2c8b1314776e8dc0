//! Scores over HTTP: what a plan reached, as the tree that explains it, and checked again.

use std::collections::HashSet;

use actix_web::{HttpRequest, get};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use traguardo_domain::access::Action;
use traguardo_domain::plan::document::PlanDocument;
use traguardo_domain::score::{Overview, Results, Scored, Scorer, explain};
use traguardo_domain::unit::{Tree, UnitId};
use traguardo_domain::{FaultKind, Violation};
use traguardo_persistence::TenantTx;
use traguardo_persistence::results::{self, Inputs};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::answer::Answer;
use crate::call::{Call, Key, PathOf, segment};
use crate::plans::{self, PlanPath};
use crate::problem::Problem;
use crate::query::refused;

mod check;
mod list;
mod next;
mod tree;
mod wire;

use check::VerificationResponse;
use list::ScoresResponse;
pub(crate) use next::NextBandResponse;
pub(crate) use tree::NodeResponse;
use tree::ScoredResponse;
pub(crate) use wire::{
    BandResponse, OutcomeResponse, PercentResponse, RoundingResponse, RulebookUsed, ShippedWord,
};

/// Adds the routes.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config.service(list_scores).service(verify_scores).service(explain_score);
}

/// What a path to a score names.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct ScorePath {
    /// Codice catastale del comune.
    #[param(value_type = String, pattern = "^[A-Z][0-9]{3}$", max_length = 4, example = "L454")]
    #[expect(dead_code, reason = "documents the segment that the call reads itself")]
    comune: (),
    /// Identificativo del piano, oppure `ext:` seguito dalla chiave esterna.
    #[param(value_type = String, pattern = "^(ext:[A-Za-z0-9._:~@+-]+|[0-9a-fA-F-]{36})$", max_length = 104, example = "ext:PIANO-2025")]
    plan: Key,
    /// `comune`, oppure l'identificativo di una struttura, di un'assegnazione, di una fase o di un indicatore (questi ultimi nella
    /// prima assegnazione che li ha).
    #[param(value_type = String, pattern = "^(comune|[0-9a-fA-F-]{36})$", max_length = 36, example = "comune")]
    node: Option<Uuid>,
}

impl PathOf for ScorePath {
    fn read(request: &HttpRequest) -> Option<Self> {
        let plan = Key::parse(segment(request, "plan")?)?;
        let node = match segment(request, "node")? {
            "comune" => None,
            id => Some(id.parse().ok()?),
        };
        Some(Self { comune: (), plan, node })
    }
}

/// Which scores to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ScoresQuery {
    /// Il giorno a cui guardare: conta ciò che si sapeva alla sua fine; oggi, se non si dice, e mai dopo la certificazione.
    #[serde(default, deserialize_with = "crate::day::maybe")]
    #[param(nullable = false)]
    at: Option<NaiveDate>,
    /// Solo questa struttura e quelle che ne fanno parte, con i loro obiettivi.
    #[param(nullable = false)]
    unit: Option<Uuid>,
}

/// As of which day.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct AtQuery {
    /// Il giorno a cui guardare: conta ciò che si sapeva alla sua fine; oggi, se non si dice.
    #[serde(default, deserialize_with = "crate::day::maybe")]
    #[param(nullable = false)]
    at: Option<NaiveDate>,
}

/// Da dove viene un risultato: l'albero, e le stesse cose in frasi da leggere ad alta voce.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ScoreExplanation, example = json!({
    "at": "2025-12-31", "plan": "0193a5c0-0000-7000-8000-000000000002", "plan_version": 1,
    "rulebook": {"shipped": "three_levels", "title": "Tre livelli"},
    "rounding": {"computed_places": 12, "shown_places": 2, "mode": "half_up", "bands_on": "computed"},
    "sentences": ["Il comune raggiunge 80,00 su 100 ed è nella fascia «Raggiunto in parte»."],
    "tree": {
        "node": {"kind": "comune", "label": "Piano della performance 2025"},
        "outcome": {"type": "reached", "percent": "80", "shown": "80.00"}, "how": {"type": "nothing"}
    }
}))]
pub(crate) struct ExplanationResponse {
    /// Il giorno.
    at: NaiveDate,
    /// Il piano.
    plan: Uuid,
    /// La versione approvata; assente per la bozza.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 1, maximum = 2_147_483_647)]
    plan_version: Option<i32>,
    /// Il sistema di valutazione.
    rulebook: RulebookUsed,
    /// Come si arrotonda.
    rounding: RoundingResponse,
    /// La spiegazione, una frase per ciascun fatto.
    #[schema(min_items = 1, max_items = 100_000, max_length = 20_000, pattern = "^.+$")]
    sentences: Vec<String>,
    /// L'albero da cui viene il risultato.
    tree: ScoredResponse,
    /// Per un'assegnazione che non è nella fascia più alta: che cosa la porterebbe in quella sopra.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    next_band: Option<NextBandResponse>,
}

/// A plan to be scored: what was known of it on a day.
pub(crate) struct Scoring {
    pub(crate) inputs: Inputs,
    pub(crate) at: NaiveDate,
}

impl Scoring {
    /// Loads what a plan is scored from, in a constant number of statements. Once results are certified they stand as they
    /// were on that day: what fell due later changes none of them.
    pub(crate) fn load(tx: &mut TenantTx<'_>, key: &Key, at: NaiveDate) -> Result<Self, Problem> {
        let plan = plans::look_up(tx, key)?.ok_or(Violation::NotFound)?;
        let certified = if plan.state.is_certified() { results::certified(tx, plan.id)? } else { None };
        let at = certified.map_or(at, |certified| at.min(certified.at));
        Ok(Self { inputs: results::inputs(tx, &plan, at)?, at })
    }

    /// What was known.
    pub(crate) fn known(&self) -> Results {
        self.inputs.known(self.at)
    }

    /// A scorer of the plan.
    pub(crate) fn scorer<'s>(&'s self, known: &'s Results) -> Scorer<'s> {
        Scorer::new(&self.inputs.document, self.inputs.by.rulebook(), known, self.at)
    }

    /// The version that is scored; none for the draft.
    pub(crate) fn plan_version(&self) -> Option<i32> {
        self.inputs.sealed.as_ref().map(|sealed| sealed.number)
    }
}

/// A structure of a plan and those below it.
fn subtree(plan: &PlanDocument, top: Uuid) -> Result<HashSet<UnitId>, Problem> {
    if !plan.units.iter().any(|unit| unit.id.0 == top) {
        let detail = "La struttura non esiste nell'anno del piano.";
        return Err(refused(FaultKind::UnknownReference, "unit", detail));
    }
    let places = plan.units.iter().map(|unit| (unit.id, unit.facts.parent, unit.facts.validity));
    Ok(Tree::new(places).at_or_below(UnitId(top)))
}

/// Elenca i risultati
///
/// Del comune, di ogni struttura, di ogni obiettivo in ciascuna struttura: com'erano noti in un giorno, con la versione del piano e il
/// sistema di valutazione usati.
#[utoipa::path(tag = "scores", params(PlanPath, ScoresQuery), responses(
    (status = 200, description = "I risultati.", body = ScoresResponse),
))]
#[get("")]
pub(crate) async fn list_scores(call: Call<PlanPath, ScoresQuery>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadResults)?;
    let (key, at) = (permit.path.plan.clone(), permit.query.at.unwrap_or_else(|| permit.app.today()));
    let scoring = permit.tenant(move |tx: &mut TenantTx<'_>| Scoring::load(tx, &key, at)).await?;
    let units = permit.query.unit.map(|unit| subtree(&scoring.inputs.document, unit)).transpose()?;
    let work = move || {
        let known = scoring.known();
        ScoresResponse::of(&scoring, &scoring.scorer(&known).all(), units.as_ref())
    };
    Answer::ok(&permit.app.aside(work).await?)
}

/// Spiega un risultato
///
/// L'albero da cui viene, con pesi, somme esatte, che cosa è lasciato fuori e perché; e le stesse cose in frasi italiane.
#[utoipa::path(tag = "scores", params(ScorePath, AtQuery), responses(
    (status = 200, description = "La spiegazione.", body = ExplanationResponse),
))]
#[get("/{node}/explanation")]
pub(crate) async fn explain_score(call: Call<ScorePath, AtQuery>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadResults)?;
    let (key, at) = (permit.path.plan.clone(), permit.query.at.unwrap_or_else(|| permit.app.today()));
    let node = permit.path.node;
    let scoring = permit.tenant(move |tx: &mut TenantTx<'_>| Scoring::load(tx, &key, at)).await?;
    let explained = permit.app.aside(move || ExplanationResponse::of(&scoring, node)).await?;
    Answer::ok(&explained.ok_or(Violation::NotFound)?)
}

impl ExplanationResponse {
    /// The explanation of a node; none when the plan has no such node.
    fn of(scoring: &Scoring, node: Option<Uuid>) -> Option<Self> {
        let (known, rulebook) = (scoring.known(), scoring.inputs.by.rulebook());
        let scorer = scoring.scorer(&known);
        let all: Overview<'_> = scorer.all();
        let scored: &Scored = match node {
            None => &all.comune,
            Some(id) => all.find(id)?,
        };
        let one = all.assignments.iter().find(|one| Some(one.assignment.id.0) == node);
        let next = one.and_then(|one| scorer.next_band(one.objective, one.assignment));
        Some(Self {
            at: scoring.at,
            plan: scoring.inputs.plan.id.0,
            plan_version: scoring.plan_version(),
            rulebook: RulebookUsed::of(&scoring.inputs),
            rounding: RoundingResponse::of(rulebook),
            sentences: explain(scored, rulebook),
            tree: ScoredResponse::of(scored, rulebook),
            next_band: next.map(|next| NextBandResponse::of(next, node)),
        })
    }
}

/// Verifica i risultati
///
/// I risultati di oggi ricalcolati dal loro stesso albero per altra via; quelli certificati, se ci sono, ricalcolati dai dati conservati e
/// confrontati cifra per cifra.
#[utoipa::path(tag = "scores", params(PlanPath, AtQuery), responses(
    (status = 200, description = "Se tutto torna, e che cosa no.", body = VerificationResponse),
))]
#[get("/verification")]
pub(crate) async fn verify_scores(call: Call<PlanPath, AtQuery>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadResults)?;
    let (key, at) = (permit.path.plan.clone(), permit.query.at.unwrap_or_else(|| permit.app.today()));
    let work = move |tx: &mut TenantTx<'_>| {
        let scoring = Scoring::load(tx, &key, at)?;
        let certified = match results::certified(tx, scoring.inputs.plan.id)? {
            None => None,
            Some(certified) => {
                let then = certified.at;
                Some((certified, Scoring::load(tx, &key, then)?))
            }
        };
        Ok((scoring, certified))
    };
    let (scoring, certified) = permit.tenant(work).await?;
    Answer::ok(&permit.app.aside(move || VerificationResponse::of(&scoring, certified)).await??)
}
