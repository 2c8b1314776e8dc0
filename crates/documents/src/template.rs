//! Templates as they are written: the form in which authors publish a version, and what it is read into.

use serde::Deserialize;
use traguardo_domain::template::{Field, Pooling, Scope};
use utoipa::ToSchema;
use validator::Validate;

use crate::said::{SaidDeadline, SaidTarget};
use crate::word::{
    Art8AreaWord, DirectionWord, FamilyWord, FormulaWord, MeasureWord, ObjectiveKindWord, ProfileWord, Word,
};

mod read;

/// What can be said otherwise or locked.
pub type FieldWord = Word<Field>;
/// How the figures of several structures become one.
pub type PoolingWord = Word<Pooling>;
/// Whose result a template is.
pub type ScopeWord = Word<Scope>;

/// Un valore atteso, da un anno in poi.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TemplateTarget, example = json!({
    "from": 2025, "target": {"value": {"type": "bound", "comparison": "at_least", "figure": "40", "measure": "hours"}}
}))]
pub struct YearTargetBody {
    /// Il primo anno per cui vale.
    #[schema(minimum = 2009, maximum = 2100, example = 2025)]
    from: i32,
    /// Il valore: misurabile, e coerente con la formula.
    target: SaidTarget,
}

/// Un indicatore condiviso. Ciò che lo definisce (formula, unità, verso, perimetro, modo di raccogliere) è ciò che rende confrontabili i dati.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TemplateIndicator, example = json!({
    "code": "T1.itp", "name": "Indicatore di tempestività dei pagamenti", "formula": "lower_zero",
    "formula_words": "Importo per giorni di ritardo, diviso la somma degli importi pagati", "measure": "days", "direction": "lower",
    "perimeter": "Fatture commerciali pagate nell'anno", "pooling": "same",
    "targets": [{"from": 2024, "target": {"value": {"type": "bound", "comparison": "at_most", "figure": "0", "measure": "days"}}}]
}))]
pub struct TemplateIndicatorBody {
    /// Codice: quello dell'obiettivo condiviso, un punto, una parola. Non cambia fra una versione e l'altra.
    #[schema(max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._-]*[.][A-Za-z0-9_-]+$", example = "T1.itp")]
    code: String,
    /// Che cosa si misura.
    #[schema(min_length = 1, max_length = 2000, pattern = "^[\\s\\S]+$")]
    name: String,
    /// Profilo di performance.
    #[schema(nullable = false)]
    profile: Option<ProfileWord>,
    /// Famiglia.
    #[schema(nullable = false)]
    family: Option<FamilyWord>,
    /// Tipo di formula.
    formula: FormulaWord,
    /// La formula a parole: che cosa si divide per che cosa.
    #[schema(min_length = 1, max_length = 2000, pattern = "^[\\s\\S]+$")]
    formula_words: String,
    /// Unità di misura.
    measure: MeasureWord,
    /// Quali risultati sono migliori.
    direction: DirectionWord,
    /// Che cosa si conta e che cosa no.
    #[schema(min_length = 1, max_length = 2000, pattern = "^[\\s\\S]+$")]
    perimeter: String,
    /// Come i dati di più strutture diventano quello del comune.
    pooling: PoolingWord,
    /// Da dove vengono i dati.
    #[schema(nullable = false, min_length = 1, max_length = 300, pattern = "^.*\\S.*$")]
    source: Option<String>,
    /// I valori attesi, in ordine di anno.
    #[schema(nullable = false, min_items = 0, max_items = 50)]
    targets: Option<Vec<YearTargetBody>>,
}

/// Una fase proposta.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TemplatePhase, example = json!({"title": "Verifica trimestrale dei pagamenti", "weight": "50", "deadline": {"words": "trimestrale"}}))]
pub struct TemplatePhaseBody {
    /// Che cosa si fa.
    #[schema(min_length = 1, max_length = 2000, pattern = "^[\\s\\S]+$")]
    title: String,
    /// Quanti centesimi dell'obiettivo pesa; tutte le fasi o nessuna, e insieme fanno 100.
    #[schema(nullable = false, max_length = 22, pattern = "^[0-9]{1,15}([.][0-9]{1,6})?$", example = "50")]
    weight: Option<String>,
    /// Entro quando.
    #[schema(nullable = false)]
    deadline: Option<SaidDeadline>,
}

/// Un obiettivo condiviso, come lo scrive il suo autore: tutto ciò che dice una versione.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(as = Template, example = json!({
    "title": "Formazione del personale", "purpose": "Tenere aggiornate le competenze", "scope": "unit",
    "laws": ["Direttiva Ministro PA 14/1/2025"], "weight": "10", "said_also": ["ore di formazione pro capite"], "locked": ["laws"],
    "indicators": [{
        "code": "T7.hours", "name": "Ore medie di formazione a persona", "formula": "higher",
        "formula_words": "Ore di formazione attestate, diviso i dipendenti in servizio", "measure": "hours", "direction": "higher",
        "perimeter": "Dipendenti in servizio al 31 dicembre", "pooling": "mean"
    }]
}))]
pub struct TemplateBody {
    /// Il titolo canonico.
    #[schema(min_length = 1, max_length = 1000, pattern = "^.*\\S.*$")]
    title: String,
    /// A che cosa serve.
    #[schema(min_length = 1, max_length = 4000, pattern = "^[\\s\\S]+$")]
    purpose: String,
    /// Altre parole.
    #[schema(nullable = false, min_length = 1, max_length = 4000, pattern = "^[\\s\\S]+$")]
    description: Option<String>,
    /// Che cosa deve portare.
    #[schema(nullable = false, min_length = 1, max_length = 4000, pattern = "^[\\s\\S]+$")]
    expected_result: Option<String>,
    /// Di chi è il risultato.
    scope: ScopeWord,
    /// Che cos'è; anche più tipi insieme.
    #[schema(nullable = false, min_items = 0, max_items = 8)]
    kinds: Option<Vec<ObjectiveKindWord>>,
    /// Le leggi da cui viene.
    #[schema(nullable = false, min_items = 0, max_items = 20, value_type = Option<Vec<TemplateLine>>)]
    laws: Option<Vec<String>>,
    /// Gli ambiti dell'art. 8.
    #[schema(nullable = false, min_items = 0, max_items = 8)]
    areas: Option<Vec<Art8AreaWord>>,
    /// Il peso suggerito, in centesimi.
    #[schema(nullable = false, max_length = 22, pattern = "^[0-9]{1,15}([.][0-9]{1,6})?$", example = "30")]
    weight: Option<String>,
    /// Che cosa deve dire un piano per rispettare la legge, a parole.
    #[schema(nullable = false, min_length = 1, max_length = 2000, pattern = "^[\\s\\S]+$")]
    compliance: Option<String>,
    /// Con quali altre parole i piani dicono la stessa cosa: per riconoscerla.
    #[schema(nullable = false, min_items = 0, max_items = 100, value_type = Option<Vec<TemplateLine>>)]
    said_also: Option<Vec<String>>,
    /// Che cosa chi lo adotta non può dire altrimenti; solo ciò di cui qui si dice qualcosa.
    #[schema(nullable = false, min_items = 0, max_items = 13)]
    locked: Option<Vec<FieldWord>>,
    /// Gli indicatori.
    #[schema(nullable = false, min_items = 0, max_items = 30)]
    indicators: Option<Vec<TemplateIndicatorBody>>,
    /// Le fasi proposte.
    #[schema(nullable = false, min_items = 0, max_items = 50)]
    phases: Option<Vec<TemplatePhaseBody>>,
}

/// Una legge, o altre parole per la stessa cosa.
#[derive(ToSchema)]
#[schema(max_length = 300, pattern = "^.*\\S.*$", example = "DL 13/2023, art. 4-bis, comma 2")]
#[expect(dead_code, reason = "gives the items of a list their bounds in the published schema")]
struct TemplateLine(String);
