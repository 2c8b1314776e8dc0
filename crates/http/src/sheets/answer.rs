//! A sheet as whoever may see it reads it: what was said, what was done, what it comes to and how.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::content::{SheetChange, SheetContent};
use crate::pages::listing;
use crate::words::{SheetCategoryWord, SheetMoveWord, SheetRemarkWord, SheetStateWord, SheetUnpayableWord};

mod shown;

/// Una percentuale di una scheda: com'è calcolata e come si mostra.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"percent": "87.021428571429", "shown": "87.02"}))]
pub(crate) struct SheetPercent {
    /// Con dodici decimali al massimo, arrotondata a metà per eccesso.
    #[schema(max_length = 29, pattern = "^-?[0-9]{1,15}([.][0-9]{1,12})?$")]
    percent: String,
    /// Con due.
    #[schema(max_length = 23, pattern = "^-?[0-9]{1,15}[.][0-9]{2}$")]
    shown: String,
}

/// Una riga del calcolo, nell'ordine: le componenti si sommano, poi contano i giorni prestati, poi le riduzioni.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"code": "STR", "says": "STR: 95,71 punti per un peso di 45.", "weight": "45", "points": {"percent": "95.71", "shown": "95.71"}, "adds": {"percent": "43.0695", "shown": "43.07"}}))]
pub(crate) struct SheetLine {
    /// Il codice della componente; assente nelle righe che vengono dopo le componenti.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$")]
    code: Option<String>,
    /// Il calcolo, in parole.
    #[schema(max_length = 1000, pattern = "^.+$")]
    says: String,
    /// Il peso della componente.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$")]
    weight: Option<String>,
    /// I punti della componente, da 0 a 100; oppure i centesimi dei giorni che contano, o quelli che le riduzioni tolgono.
    points: SheetPercent,
    /// Che cosa la componente aggiunge.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    adds: Option<SheetPercent>,
    /// Che cosa resta dopo i giorni prestati, o dopo le riduzioni.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    left: Option<SheetPercent>,
}

/// Ciò a cui la scheda arriva, riga per riga. Ogni riga è arrotondata a dodici decimali, a metà per eccesso, e le righe si sommano
/// senza altri arrotondamenti; la fascia si decide sul totale non arrotondato.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "lines": [], "score": {"percent": "87.5", "shown": "87.50"}, "total": {"percent": "87.5", "shown": "87.50"}, "band": "80", "pays": "90"
}))]
pub(crate) struct SheetReckoning {
    /// Le righe.
    #[schema(min_items = 0, max_items = 25)]
    lines: Vec<SheetLine>,
    /// La somma delle componenti.
    score: SheetPercent,
    /// Il totale, dopo i giorni prestati e le riduzioni.
    total: SheetPercent,
    /// La fascia in cui cade il totale.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$")]
    band: Option<String>,
    /// I centesimi della quota che la fascia apre.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 29, pattern = "^-?[0-9]{1,15}([.][0-9]{1,12})?$")]
    pays: Option<String>,
}

/// Un'avvertenza: non impedisce nulla.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"code": "unit_not_prevailing", "message": "La struttura non ha il peso prevalente.", "law": "D.Lgs. 150/2009, art. 9, comma 1, lett. a)"}))]
pub(crate) struct SheetNotice {
    /// Quale.
    code: SheetRemarkWord,
    /// In parole.
    #[schema(max_length = 300, pattern = "^.+$")]
    message: String,
    /// La norma.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 100, pattern = "^.+$")]
    law: Option<String>,
}

/// Un passo fatto.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MadeSheetStep, example = json!({"move": "share", "at": "2026-03-01T09:00:00Z", "by": "0193a5c0-0000-7000-8000-000000000003"}))]
pub(crate) struct StepResponse {
    /// Il passo.
    #[serde(rename = "move")]
    made: SheetMoveWord,
    /// Quando.
    at: DateTime<Utc>,
    /// Il membro che lo ha fatto.
    by: Uuid,
    /// Il motivo.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 4000, pattern = "^[\\s\\S]+$")]
    reason: Option<String>,
    /// I punti che la risposta ha cambiato.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false, min_items = 0, max_items = 70)]
    changes: Vec<SheetChange>,
}

/// Una scheda di valutazione individuale, intera.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PersonalSheet, example = json!({
    "id": "0193a5c0-0000-7000-8000-000000000021", "plan": "0193a5c0-0000-7000-8000-000000000002", "year": 2025,
    "person": "0193a5c0-0000-7000-8000-000000000004", "evaluator": "0193a5c0-0000-7000-8000-000000000005", "state": "draft",
    "content": {"category": "staff", "scheme": {"name": "Personale"}, "components": [
        {"code": "STR", "kind": "unit", "title": "La struttura", "weight": "100"}
    ]},
    "steps": [], "missing": ["STR"], "notices": [], "payable": false, "unpayable_because": "report_not_validated", "version": 1
}))]
pub(crate) struct SheetResponse {
    /// Identificativo.
    id: Uuid,
    /// Il piano dell'anno.
    plan: Uuid,
    /// L'anno.
    #[schema(minimum = 2009, maximum = 2100)]
    year: i32,
    /// Il membro valutato.
    person: Uuid,
    /// Il membro che valuta.
    evaluator: Uuid,
    /// Stato.
    state: SheetStateWord,
    /// Ciò che chi valuta dice, com'è stato condiviso.
    content: SheetContent,
    /// I passi fatti, nell'ordine.
    #[schema(min_items = 0, max_items = 10)]
    steps: Vec<StepResponse>,
    /// L'ultimo giorno per accettare o contestare; assente finché la scheda non è condivisa.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    answer_by: Option<NaiveDate>,
    /// I codici delle voci a cui mancano i punti.
    #[schema(min_items = 0, max_items = 70)]
    missing: Vec<MissingCode>,
    /// Ciò a cui arriva, con i punti che valgono ora; assente finché ne mancano.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    reckoning: Option<SheetReckoning>,
    /// Ciò a cui arrivava quando è stata condivisa, se la risposta alla contestazione ha cambiato dei punti.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    reckoning_as_shared: Option<SheetReckoning>,
    /// Le avvertenze.
    #[schema(min_items = 0, max_items = 2)]
    notices: Vec<SheetNotice>,
    /// Se qualcosa è pagabile: solo con la scheda definitiva e la relazione validata.
    payable: bool,
    /// Perché nulla è pagabile.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    unpayable_because: Option<SheetUnpayableWord>,
    /// Quando è diventata definitiva.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    finished_at: Option<DateTime<Utc>>,
    /// Versione, la stessa dell'ETag.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    version: i32,
}

/// Il codice di una voce della scheda.
#[derive(Debug, Serialize, ToSchema)]
#[serde(transparent)]
#[schema(max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$", example = "STR")]
pub(crate) struct MissingCode(String);

/// Una scheda, in breve.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "0193a5c0-0000-7000-8000-000000000021", "plan": "0193a5c0-0000-7000-8000-000000000002", "year": 2025,
    "person": "0193a5c0-0000-7000-8000-000000000004", "evaluator": "0193a5c0-0000-7000-8000-000000000005",
    "category": "staff", "state": "draft", "version": 1
}))]
pub(crate) struct SheetSummary {
    /// Identificativo.
    id: Uuid,
    /// Il piano dell'anno.
    plan: Uuid,
    /// L'anno.
    #[schema(minimum = 2009, maximum = 2100)]
    year: i32,
    /// Il membro valutato.
    person: Uuid,
    /// Il membro che valuta.
    evaluator: Uuid,
    /// Categoria del valutato.
    category: SheetCategoryWord,
    /// Stato.
    state: SheetStateWord,
    /// L'ultimo giorno per accettare o contestare.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    answer_by: Option<NaiveDate>,
    /// Il totale, se i punti ci sono tutti.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    total: Option<SheetPercent>,
    /// Versione, la stessa dell'ETag.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    version: i32,
}

listing! {
    /// Una pagina delle schede che chi chiede può vedere, dalla più recente.
    SheetList of SheetSummary
}
