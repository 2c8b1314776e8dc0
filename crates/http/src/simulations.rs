//! Simulations over HTTP: what a plan would reach, were something else; nothing is stored.

use actix_web::post;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use traguardo_documents::rulebook::RulebookBody;
use traguardo_documents::said::{SaidTarget, SaidWeight};
use traguardo_documents::value::ValueBody;
use traguardo_domain::access::Action;
use traguardo_domain::period::credible;
use traguardo_domain::rulebook::Rulebook;
use traguardo_domain::score::{Delta, Scorer, deltas};
use traguardo_persistence::TenantTx;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;
use validator::Validate;

use crate::answer::Answer;
use crate::call::Call;
use crate::plans::PlanPath;
use crate::problem::Problem;
use crate::scores::{
    BandResponse, NextBandResponse, NodeResponse, OutcomeResponse, RoundingResponse, RulebookUsed, Scoring,
    ShippedWord,
};

mod places;
mod supposed;

use supposed::Supposition;

/// Adds the route.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config.service(simulate);
}

/// Quanto peserebbe un obiettivo in una struttura.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"assignment": "ext:OB1/assignments/ext:A1", "weight": {"words": "30%"}}))]
pub(crate) struct SupposedWeight {
    /// L'assegnazione: il percorso sotto `objectives/`, oppure il suo identificativo.
    #[schema(min_length = 1, max_length = 400, pattern = "^[A-Za-z0-9._:~@+/-]+$")]
    assignment: String,
    /// Il peso.
    weight: SaidWeight,
}

/// Che cosa ci si attenderebbe da un indicatore.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"indicator": "ext:OB1/indicators/ext:I1", "target": {"words": "almeno il 70%"}}))]
pub(crate) struct SupposedTarget {
    /// L'indicatore: il percorso sotto `objectives/`, oppure il suo identificativo.
    #[schema(min_length = 1, max_length = 400, pattern = "^[A-Za-z0-9._:~@+/-]+$")]
    indicator: String,
    /// Il valore atteso.
    target: SaidTarget,
}

/// Che cosa sarebbe stato misurato.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"subject": "ext:OB1/indicators/ext:I1", "value": {"type": "number", "figure": "72"}}))]
pub(crate) struct SupposedValue {
    /// Che cosa si misura: il percorso sotto `objectives/`, oppure il suo identificativo.
    #[schema(min_length = 1, max_length = 400, pattern = "^[A-Za-z0-9._:~@+/-]+$")]
    subject: String,
    /// In quale assegnazione, per identificativo o `ext:`; se manca, in tutte quelle che non hanno un valore loro.
    #[schema(nullable = false, max_length = 104, pattern = "^(ext:[A-Za-z0-9._:~@+-]+|[0-9a-fA-F-]{36})$")]
    assignment: Option<String>,
    /// Il valore.
    value: ValueBody,
}

/// Che cosa sarebbe diverso.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Simulation, example = json!({
    "values": [{"subject": "ext:OB1/indicators/ext:I1", "value": {"type": "number", "figure": "72"}}], "shipped": "four_levels"
}))]
pub(crate) struct SimulationBody {
    /// Il giorno a cui guardare; oggi, se non si dice.
    #[serde(default, deserialize_with = "crate::day::maybe")]
    #[schema(nullable = false)]
    at: Option<NaiveDate>,
    /// I pesi.
    #[serde(default)]
    #[schema(min_items = 0, max_items = 2_000)]
    weights: Vec<SupposedWeight>,
    /// I valori attesi.
    #[serde(default)]
    #[schema(min_items = 0, max_items = 2_000)]
    targets: Vec<SupposedTarget>,
    /// I valori misurati.
    #[serde(default)]
    #[schema(min_items = 0, max_items = 2_000)]
    values: Vec<SupposedValue>,
    /// Il sistema di valutazione, per intero.
    #[schema(nullable = false)]
    rulebook: Option<RulebookBody>,
    /// Il sistema di valutazione, fra quelli già pronti; non insieme a `rulebook`.
    #[schema(nullable = false)]
    shipped: Option<ShippedWord>,
    /// Le assegnazioni di cui dire che cosa le porterebbe nella fascia sopra: percorso sotto `objectives/`, oppure identificativo.
    #[serde(default)]
    #[schema(
        min_items = 0,
        max_items = 100,
        min_length = 1,
        max_length = 400,
        pattern = "^[A-Za-z0-9._:~@+/-]+$"
    )]
    next_bands: Vec<String>,
}

/// Che cosa cambierebbe di un risultato.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ScoreDelta, example = json!({
    "node": {"kind": "comune", "label": "Piano della performance 2025"},
    "before": {"type": "reached", "percent": "80", "shown": "80.00"}, "after": {"type": "reached", "percent": "92", "shown": "92.00"},
    "difference": "12", "band_after": {"code": "raggiunto", "label": "Raggiunto"}
}))]
pub(crate) struct DeltaResponse {
    /// Di che cosa.
    node: NodeResponse,
    /// Com'è.
    before: OutcomeResponse,
    /// Come sarebbe.
    after: OutcomeResponse,
    /// Di quanto sarebbe di più; assente se da una parte un risultato non c'è.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 30, pattern = "^-?[0-9]{1,16}([.][0-9]{1,12})?$")]
    difference: Option<String>,
    /// La fascia in cui è.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    band_before: Option<BandResponse>,
    /// Quella in cui sarebbe.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    band_after: Option<BandResponse>,
}

/// Che cosa cambierebbe.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SimulationResult, example = json!({
    "at": "2025-12-31", "plan": "0193a5c0-0000-7000-8000-000000000002", "plan_version": 1,
    "rulebook": {"shipped": "three_levels", "title": "Tre livelli"},
    "rounding": {"computed_places": 12, "shown_places": 2, "mode": "half_up", "bands_on": "computed"},
    "deltas": [{
        "node": {"kind": "comune", "label": "Piano della performance 2025"},
        "before": {"type": "reached", "percent": "67", "shown": "67.00"},
        "after": {"type": "reached", "percent": "80", "shown": "80.00"}, "difference": "13"
    }],
    "next_bands": []
}))]
pub(crate) struct SimulationResponse {
    /// Il giorno.
    at: NaiveDate,
    /// Il piano.
    plan: Uuid,
    /// La versione approvata; assente per la bozza.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 1, maximum = 2_147_483_647)]
    plan_version: Option<i32>,
    /// Il sistema di valutazione con cui il piano è valutato ora.
    rulebook: RulebookUsed,
    /// Come si arrotonda nella simulazione.
    rounding: RoundingResponse,
    /// Il comune e ogni struttura; gli obiettivi di cui cambia il risultato o la fascia.
    #[schema(min_items = 1, max_items = 100_000)]
    deltas: Vec<DeltaResponse>,
    /// Che cosa porterebbe nella fascia sopra le assegnazioni chieste; quelle già nella più alta non ci sono.
    #[schema(min_items = 0, max_items = 100)]
    next_bands: Vec<NextBandResponse>,
}

/// Simula
///
/// I risultati che si avrebbero con altri pesi, valori attesi, valori misurati o con un altro sistema di valutazione: dalla stessa funzione,
/// senza conservare nulla. Ciò che non nomina nulla del piano è rifiutato.
#[utoipa::path(tag = "scores", params(PlanPath), request_body = SimulationBody, responses(
    (status = 200, description = "Che cosa cambierebbe.", body = SimulationResponse),
))]
#[post("/{plan}/simulations")]
pub(crate) async fn simulate(call: Call<PlanPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadResults)?.large();
    let (key, today) = (permit.path.plan.clone(), permit.app.today());
    let (permit, body) = permit.read::<SimulationBody>().await?;
    let at =
        credible(body.at.unwrap_or(today)).map_err(|refused| Problem::invalid(vec![refused.at("/at")]))?;
    let scoring = permit.tenant(move |tx: &mut TenantTx<'_>| Scoring::load(tx, &key, at)).await?;
    let app = permit.app.clone();
    let work = move || {
        let supposition = body.read(&scoring.inputs.document, &mut || app.new_id())?;
        SimulationResponse::of(&scoring, &supposition)
    };
    Answer::ok(&permit.app.aside(work).await??)
}

impl SimulationResponse {
    fn of(scoring: &Scoring, supposition: &Supposition) -> Result<Self, Problem> {
        let (inputs, known) = (&scoring.inputs, scoring.known());
        let rulebook = inputs.by.rulebook();
        let supposed = supposition.changes.applied(&inputs.document, rulebook, &known)?;
        let before = scoring.scorer(&known).all();
        let scorer = Scorer::new(&supposed.plan, &supposed.rulebook, &supposed.results, scoring.at);
        let after = scorer.all();
        let asked =
            after.assignments.iter().filter(|one| supposition.next_bands.contains(&one.assignment.id));
        let next_bands = asked.filter_map(|one| {
            let next = scorer.next_band(one.objective, one.assignment)?;
            Some(NextBandResponse::of(next, Some(one.assignment.id.0)))
        });
        let response = |delta| DeltaResponse::of(&delta, rulebook, &supposed.rulebook);
        Ok(Self {
            at: scoring.at,
            plan: inputs.plan.id.0,
            plan_version: scoring.plan_version(),
            rulebook: RulebookUsed::of(inputs),
            rounding: RoundingResponse::of(&supposed.rulebook),
            deltas: deltas(&before, &after).into_iter().map(response).collect(),
            next_bands: next_bands.collect(),
        })
    }
}

impl DeltaResponse {
    fn of(delta: &Delta, before: &Rulebook, after: &Rulebook) -> Self {
        Self {
            node: (&delta.node).into(),
            before: delta.before.into(),
            after: delta.after.into(),
            difference: delta.difference.map(|number| number.normalize().to_string()),
            band_before: BandResponse::of(delta.band_before.as_ref(), before),
            band_after: BandResponse::of(delta.band_after.as_ref(), after),
        }
    }
}
