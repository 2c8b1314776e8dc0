//! Which shared objectives the objectives of a plan look like, over HTTP. Nothing is bound by being suggested.

use actix_web::get;
use serde::{Deserialize, Serialize};
use traguardo_domain::access::Action;
use traguardo_domain::objective::Objective;
use traguardo_domain::template::Template;
use traguardo_domain::template::binding::propose;
use traguardo_domain::template::suggestion::{Suggester, Suggestion};
use traguardo_domain::{FaultKind, Violation};
use traguardo_persistence::{TenantTx, objectives, templates};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::answer::Answer;
use crate::call::Call;
use crate::plans::{self, PlanPath};
use crate::problem::Problem;
use crate::query::refused;

/// Un indicatore che sembra uno di quelli condivisi.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ProposedIndicator, example = json!({
    "indicator": "0193a5c0-0000-7000-8000-000000000005", "template_indicator": "T1.itp", "score": 750
}))]
pub(super) struct PairResponse {
    /// L'indicatore dell'obiettivo.
    indicator: Uuid,
    /// Il codice di quello condiviso.
    #[schema(max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$", example = "T1.itp")]
    template_indicator: String,
    /// Quanto si somigliano, in millesimi.
    #[schema(minimum = 0, maximum = 1000)]
    score: i32,
}

/// Un obiettivo condiviso a cui un obiettivo somiglia.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TemplateSuggestion, example = json!({
    "template": "T1", "version": 1, "title": "Tempi di pagamento", "score": 870, "clear": true,
    "reasons": ["le parole «tempi», «pagamento» nel titolo: l'obiettivo condiviso dice «rispetto dei tempi medi di pagamento»"],
    "indicators": []
}))]
pub(super) struct SuggestionResponse {
    /// Il suo codice.
    #[schema(max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$", example = "T1")]
    template: String,
    /// La sua ultima versione.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    version: i32,
    /// Il suo titolo.
    #[schema(max_length = 1000, pattern = "^.*\\S.*$")]
    title: String,
    /// Quanto si somigliano, in millesimi.
    #[schema(minimum = 0, maximum = 1000)]
    score: i32,
    /// Se nessun altro gli somiglia quasi altrettanto.
    clear: bool,
    /// Perché.
    #[schema(min_items = 0, max_items = 10, value_type = Vec<SuggestionReason>)]
    reasons: Vec<String>,
    /// Quale indicatore sembra quale.
    #[schema(min_items = 0, max_items = 100)]
    indicators: Vec<PairResponse>,
}

/// Una ragione, in parole.
#[derive(ToSchema)]
#[schema(max_length = 4000, pattern = "^[\\s\\S]+$", example = "un indicatore in giorni, meno è meglio")]
#[expect(dead_code, reason = "gives the items of a list their bounds in the published schema")]
struct SuggestionReason(String);

/// Un obiettivo e ciò a cui somiglia.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ObjectiveSuggestions, example = json!({
    "objective": "0193a5c0-0000-7000-8000-000000000004", "title": "Rispettare i tempi di pagamento", "version": 1,
    "suggestions": [{
        "template": "T1", "version": 1, "title": "Tempi di pagamento", "score": 870, "clear": true,
        "reasons": ["un indicatore in giorni, meno è meglio"], "indicators": []
    }]
}))]
pub(super) struct SuggestedResponse {
    /// L'obiettivo.
    objective: Uuid,
    /// La sua chiave esterna.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 100, pattern = "^[A-Za-z0-9][A-Za-z0-9._:~@+-]*$")]
    external_id: Option<String>,
    /// Il suo titolo.
    #[schema(max_length = 1000, pattern = "^.*\\S.*$")]
    title: String,
    /// La sua versione, da dire in `If-Match` per legarlo.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    version: i32,
    /// A che cosa somiglia, il più simile per primo.
    #[schema(min_items = 1, max_items = 1_000)]
    suggestions: Vec<SuggestionResponse>,
}

/// Che cosa si suggerisce per un piano.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PlanSuggestions, example = json!({"items": []}))]
pub(super) struct SuggestionList {
    /// Gli obiettivi non legati che somigliano a qualcosa, nell'ordine del piano.
    #[schema(min_items = 0, max_items = 2_000)]
    items: Vec<SuggestedResponse>,
}

/// Which suggestions to tell.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct SuggestionQuery {
    /// Solo quelli che somigliano almeno così, in millesimi.
    #[param(nullable = false, minimum = 600, maximum = 1000, example = 700)]
    least: Option<i32>,
}

fn wire(objective: &Objective, suggestion: Suggestion, known: &[Template]) -> SuggestionResponse {
    let template = known.iter().find(|template| template.code == suggestion.template);
    let pairs = template.map(|template| propose(&objective.facts, template)).unwrap_or_default();
    let pair = |pair: traguardo_domain::template::binding::ProposedPair| PairResponse {
        indicator: pair.indicator.0,
        template_indicator: pair.template_indicator.into(),
        score: i32::from(pair.score),
    };
    SuggestionResponse {
        template: suggestion.template.into(),
        version: suggestion.version,
        title: suggestion.title,
        score: i32::from(suggestion.score),
        clear: suggestion.clear,
        reasons: suggestion.reasons,
        indicators: pairs.into_iter().map(pair).collect(),
    }
}

/// Suggerisce a quali obiettivi condivisi legare quelli del piano
///
/// Per somiglianza delle parole, con un punteggio e le ragioni; di ogni suggerimento, anche quale indicatore sembra quale. Nulla
/// si lega da sé. Sotto i 600 millesimi non si suggerisce nulla; `clear` dice se nessun altro somiglia quasi altrettanto.
#[utoipa::path(tag = "adoptions", params(PlanPath, SuggestionQuery), responses(
    (status = 200, description = "I suggerimenti.", body = SuggestionList),
))]
#[get("/{plan}/template-suggestions")]
pub(super) async fn list_suggestions(call: Call<PlanPath, SuggestionQuery>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadPlans)?;
    let (key, app) = (permit.path.plan.clone(), permit.app.clone());
    let least = permit.query.least.unwrap_or(600);
    if !(600..=1000).contains(&least) {
        return Err(refused(FaultKind::OutOfBounds, "least", "Da 600 a 1000."));
    }
    let work = move |tx: &mut TenantTx<'_>| {
        let plan = plans::look_up(tx, &key)?.ok_or(Violation::NotFound)?;
        Ok((objectives::all(tx, plan.id)?, templates::current(tx)?))
    };
    let (placed, known) = permit.tenant(work).await?;
    // Comparing every objective with every phrase takes a core for a while.
    let items = app.aside(move || {
        let suggester = Suggester::of(&known);
        let free = placed.into_iter().map(|placed| placed.objective);
        let free = free.filter(|objective| objective.facts.template_version.is_none());
        let alike = free.filter_map(|objective| {
            let found = suggester.suggest(&objective.facts).into_iter();
            let found = found.filter(|one| i32::from(one.score) >= least);
            let suggestions: Vec<_> = found.map(|one| wire(&objective, one, &known)).collect();
            (!suggestions.is_empty()).then(|| SuggestedResponse {
                objective: objective.id.0,
                external_id: objective.facts.external_id.map(String::from),
                title: objective.facts.title.into(),
                version: objective.version.number(),
                suggestions,
            })
        });
        alike.collect()
    });
    Answer::ok(&SuggestionList { items: items.await? })
}
