//! Rulebooks, editions and opinions as they travel.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use traguardo_documents::Word;
use traguardo_documents::rulebook::RulebookBody;
use traguardo_domain::act::Act;
use traguardo_domain::rulebook::{Rulebook, Shipped, Verdict};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use crate::json_value::JsonValue;
use crate::transitions::ActBody;

mod made;

/// A rulebook that comes with the program.
pub(super) type ShippedWord = Word<Shipped>;
/// What the evaluation body thinks.
type VerdictWord = Word<Verdict>;

/// Un sistema di valutazione già pronto: da adottare con una sola chiamata, o da copiare e cambiare.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ShippedRulebook {
    /// Come si chiede.
    pub(super) shipped: ShippedWord,
    /// Che cosa dice.
    #[schema(value_type = RulebookBody)]
    pub(super) content: Rulebook,
}

/// I sistemi di valutazione già pronti.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"items": []}))]
pub(crate) struct ShippedRulebooks {
    /// I sistemi, dal più usato.
    #[schema(min_items = 0, max_items = 100)]
    pub(super) items: Vec<ShippedRulebook>,
}

/// Una versione di un piano sigillata con un'edizione: i suoi risultati si calcolano con quella, qualunque cosa cambi dopo.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"plan": "0193a5c0-0000-7000-8000-000000000002", "version": 1}))]
pub(crate) struct SealedPlanVersion {
    /// Il piano.
    plan: Uuid,
    /// Il numero della versione.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    version: i32,
}

/// Un'osservazione: ciò che si può dire e che la legge vorrebbe diverso.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RulebookRemark, example = json!({
    "pointer": "/individual/manager/components", "law": "D.Lgs. 150/2009, art. 9, comma 1, lettera a",
    "message": "Per chi risponde di una struttura i risultati della struttura devono pesare più di ogni altra componente."
}))]
pub(crate) struct RemarkResponse {
    /// Un puntatore JSON (RFC 6901) nel sistema di valutazione.
    #[schema(max_length = 1000, format = "json-pointer", example = "/individual/manager/components")]
    pointer: String,
    /// Che cosa si osserva.
    #[schema(max_length = 1000, pattern = "^[\\s\\S]+$")]
    message: String,
    /// La legge.
    #[schema(max_length = 500, pattern = "^.+$")]
    law: &'static str,
}

/// Un'edizione, in breve.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "year": 2025, "edition": 2, "title": "Sistema di misurazione e valutazione 2025", "recorded_at": "2025-01-10T09:00:00Z",
    "digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
}))]
pub(crate) struct RulebookEditionSummary {
    /// L'anno.
    #[schema(minimum = 2009, maximum = 2100, example = 2025)]
    year: i32,
    /// Il numero dell'edizione, lo stesso dell'ETag dell'anno.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    edition: i32,
    /// Come si chiama.
    #[schema(max_length = 300, pattern = "^.*\\S.*$")]
    title: String,
    /// Il sistema già pronto da cui è adottata, se è adottata com'è.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    shipped: Option<ShippedWord>,
    /// Quando è stata registrata.
    recorded_at: DateTime<Utc>,
    /// Il membro che l'ha registrata; assente se è stato il gestore del servizio.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    member: Option<Uuid>,
    /// L'impronta (SHA-256) di ciò che dice.
    #[schema(max_length = 64, pattern = "^[0-9a-f]{64}$")]
    digest: String,
}

/// Un'edizione intera.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RulebookEdition {
    /// L'anno.
    #[schema(minimum = 2009, maximum = 2100, example = 2025)]
    year: i32,
    /// Il numero dell'edizione, lo stesso dell'ETag dell'anno.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    edition: i32,
    /// Il sistema già pronto da cui è adottata, se è adottata com'è.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    shipped: Option<ShippedWord>,
    /// Quando è stata registrata.
    recorded_at: DateTime<Utc>,
    /// Il membro che l'ha registrata; assente se è stato il gestore del servizio.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    member: Option<Uuid>,
    /// L'impronta (SHA-256) di ciò che dice.
    #[schema(max_length = 64, pattern = "^[0-9a-f]{64}$")]
    digest: String,
    /// Che cosa dice: nella forma in cui si scrive.
    #[schema(value_type = RulebookBody)]
    content: Rulebook,
    /// Che cosa la legge vorrebbe diverso.
    #[schema(min_items = 0, max_items = 100)]
    remarks: Vec<RemarkResponse>,
    /// Le versioni dei piani sigillate con essa; solo di un'edizione letta fra le edizioni.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, min_items = 0, max_items = 10_000)]
    sealed_with: Option<Vec<SealedPlanVersion>>,
    /// I pareri dell'organo di valutazione, dal primo; solo di un'edizione letta fra le edizioni.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, min_items = 0, max_items = 1_000)]
    opinions: Option<Vec<OpinionResponse>>,
}

/// I sistemi di valutazione del comune: di ogni anno l'edizione corrente, dall'ultimo anno.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"items": []}))]
pub(crate) struct RulebookEditions {
    /// Le edizioni.
    #[schema(min_items = 0, max_items = 10_000)]
    pub(super) items: Vec<RulebookEditionSummary>,
}

/// Che cosa adottare: un sistema già pronto, oppure ciò che dice quello di un altro anno.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"shipped": "three_levels"}))]
pub(crate) struct RulebookAdoption {
    /// Un sistema già pronto.
    #[schema(nullable = false)]
    pub(super) shipped: Option<ShippedWord>,
    /// Un anno in cui il comune ne ha uno.
    #[schema(nullable = false, minimum = 2009, maximum = 2100, example = 2024)]
    pub(super) from_year: Option<i32>,
}

/// Un parere dell'organo di valutazione su un'edizione.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"verdict": "favourable"}))]
pub(crate) struct NewOpinion {
    /// Il parere.
    verdict: VerdictWord,
    /// Le ragioni; obbligatorie se ci sono osservazioni o se è contrario.
    #[schema(nullable = false, min_length = 1, max_length = 4000, pattern = "^[\\s\\S]+$")]
    #[validate(length(min = 1, max = 4000))]
    words: Option<String>,
    /// L'atto con cui è dato.
    #[schema(nullable = false)]
    #[validate(nested)]
    act: Option<ActBody>,
}

/// Un parere dato.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Opinion, example = json!({"verdict": "favourable", "given_at": "2025-01-12T09:00:00Z"}))]
pub(crate) struct OpinionResponse {
    /// Il parere.
    verdict: VerdictWord,
    /// Le ragioni.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 4000, pattern = "^[\\s\\S]+$")]
    words: Option<String>,
    /// L'atto.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = ActBody)]
    act: Option<Act>,
    /// Quando è stato dato.
    given_at: DateTime<Utc>,
    /// Il membro che lo ha dato; assente se è stato il gestore del servizio.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    member: Option<Uuid>,
}

/// I pareri su un'edizione.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Opinions, example = json!({"items": []}))]
pub(crate) struct OpinionList {
    /// I pareri, dal primo.
    #[schema(min_items = 0, max_items = 1_000)]
    pub(super) items: Vec<OpinionResponse>,
}

/// Un membro che è cambiato.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RulebookChange, example = json!({"pointer": "/formulas/cap", "before": "100", "after": "110"}))]
pub(crate) struct ChangeResponse {
    /// Un puntatore JSON (RFC 6901) nel sistema di valutazione.
    #[schema(max_length = 1000, format = "json-pointer", example = "/formulas/cap")]
    pointer: String,
    /// Com'era; assente se non c'era.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = JsonValue)]
    before: Option<Value>,
    /// Com'è; assente se non c'è più.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = JsonValue)]
    after: Option<Value>,
}

/// Che cosa cambia da un'edizione a un'altra, membro per membro.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"from": "1", "to": "2", "changes": [{"pointer": "/formulas/cap", "before": "100", "after": "110"}]}))]
pub(crate) struct RulebookDifference {
    /// L'edizione di partenza, o il sistema già pronto.
    #[schema(max_length = 20, pattern = "^([1-9][0-9]*|[a-z_]+)$", example = "1")]
    pub(super) from: String,
    /// L'edizione di arrivo, o il sistema già pronto.
    #[schema(max_length = 20, pattern = "^([1-9][0-9]*|[a-z_]+)$", example = "2")]
    pub(super) to: String,
    /// I cambiamenti, nell'ordine dei nomi.
    #[schema(min_items = 0, max_items = 10_000)]
    pub(super) changes: Vec<ChangeResponse>,
}
