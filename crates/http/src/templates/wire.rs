//! Shared objectives as they travel.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use traguardo_documents::template::{FieldWord, ScopeWord, TemplateBody};
use traguardo_documents::{Reader, Word};
use traguardo_domain::template::{Defined, TemplateChange, TemplateFacts};
use traguardo_domain::text::Code;
use traguardo_persistence::templates::Kept;
use utoipa::ToSchema;
use validator::Validate;

use crate::json_value::JsonValue;
use crate::pages::listing;

/// La versione che un autore pubblica.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "author": "traguardo",
    "content": {
        "title": "Formazione del personale", "purpose": "Tenere aggiornate le competenze", "scope": "unit",
        "indicators": [{
            "code": "T7.hours", "name": "Ore medie di formazione a persona", "formula": "higher",
            "formula_words": "Ore di formazione attestate, diviso i dipendenti in servizio", "measure": "hours", "direction": "higher",
            "perimeter": "Dipendenti in servizio al 31 dicembre", "pooling": "mean"
        }]
    }
}))]
pub(crate) struct NewTemplateVersion {
    /// Il codice dell'autore: sempre lo stesso, da una versione all'altra.
    #[schema(
        min_length = 1,
        max_length = 40,
        pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$",
        example = "traguardo"
    )]
    #[validate(length(min = 1, max = 40))]
    author: String,
    /// Che cosa dice.
    #[validate(nested)]
    content: TemplateBody,
}

impl NewTemplateVersion {
    /// The author it names, and what it says.
    pub(super) fn read(self, at: &mut Reader<'_>, code: &Code, year: i32) -> Option<(Code, TemplateFacts)> {
        let author = at.take("author", Code::parse(&self.author));
        let facts = self.content.read(&mut at.member("content"), code, year);
        Some((author?, facts?))
    }
}

/// Il numero della definizione di un indicatore: cresce quando cambia ciò che lo definisce.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"indicator": "T1.itp", "number": 1}))]
pub(crate) struct IndicatorDefinition {
    /// Il codice dell'indicatore.
    #[schema(max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._-]*$")]
    indicator: String,
    /// Il numero, da 1.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    number: i32,
}

/// Una versione di un obiettivo condiviso.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TemplateVersion, example = json!({
    "code": "T7", "author": "traguardo", "number": 1, "published_at": "2025-01-10T09:00:00Z",
    "digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "content": {"title": "Formazione del personale", "purpose": "Tenere aggiornate le competenze", "scope": "unit"}, "definitions": []
}))]
pub(crate) struct TemplateResponse {
    /// Codice.
    #[schema(max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._-]*$")]
    code: String,
    /// L'autore.
    #[schema(max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._-]*$")]
    author: String,
    /// Il numero della versione, lo stesso dell'ETag.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    number: i32,
    /// Quando è stata pubblicata.
    published_at: DateTime<Utc>,
    /// L'impronta (SHA-256) di ciò che dice.
    #[schema(max_length = 64, pattern = "^[0-9a-f]{64}$")]
    digest: String,
    /// Che cosa dice: nella forma in cui si scrive.
    #[schema(value_type = TemplateBody)]
    content: TemplateFacts,
    /// I numeri delle definizioni, anche degli indicatori che solo versioni precedenti avevano.
    #[schema(min_items = 0, max_items = 10_000)]
    definitions: Vec<IndicatorDefinition>,
}

/// Un indicatore condiviso, in breve.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"code": "T1.itp", "name": "Indicatore annuale di tempestività dei pagamenti (ITP)"}))]
pub(crate) struct IndicatorSummary {
    /// Codice.
    #[schema(max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._-]*$")]
    code: String,
    /// Che cosa si misura.
    #[schema(max_length = 2000, pattern = "^[\\s\\S]+$")]
    name: String,
}

/// Un obiettivo condiviso, in breve.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "code": "T7", "author": "traguardo", "number": 1, "published_at": "2025-01-10T09:00:00Z", "title": "Formazione del personale",
    "scope": "unit", "locked": ["laws"], "indicators": [{"code": "T7.hours", "name": "Ore medie di formazione a persona"}]
}))]
pub(crate) struct TemplateSummary {
    /// Codice.
    #[schema(max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._-]*$")]
    code: String,
    /// L'autore.
    #[schema(max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._-]*$")]
    author: String,
    /// Il numero della versione corrente.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    number: i32,
    /// Quando è stata pubblicata.
    published_at: DateTime<Utc>,
    /// Il titolo canonico.
    #[schema(max_length = 1000, pattern = "^.*\\S.*$")]
    title: String,
    /// Di chi è il risultato.
    scope: ScopeWord,
    /// Che cosa chi lo adotta non può dire altrimenti.
    #[schema(min_items = 0, max_items = 13)]
    locked: Vec<FieldWord>,
    /// Gli indicatori.
    #[schema(min_items = 0, max_items = 30)]
    indicators: Vec<IndicatorSummary>,
}

listing! {
    /// Una pagina di obiettivi condivisi, per codice.
    TemplateList of TemplateSummary
}

/// Una versione, in breve.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "number": 2, "title": "Formazione del personale", "published_at": "2026-01-10T09:00:00Z",
    "digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
}))]
pub(crate) struct TemplateVersionSummary {
    /// Il numero.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    number: i32,
    /// Il titolo.
    #[schema(max_length = 1000, pattern = "^.*\\S.*$")]
    title: String,
    /// Quando è stata pubblicata.
    published_at: DateTime<Utc>,
    /// L'impronta (SHA-256) di ciò che dice.
    #[schema(max_length = 64, pattern = "^[0-9a-f]{64}$")]
    digest: String,
}

/// Le versioni di un obiettivo condiviso, dall'ultima.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"items": []}))]
pub(crate) struct TemplateVersions {
    /// Le versioni.
    #[schema(min_items = 0, max_items = 10_000)]
    pub(super) items: Vec<TemplateVersionSummary>,
}

/// Un campo che è cambiato.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TemplateChange, example = json!({
    "indicator": "T1.itp", "member": "perimeter", "redefines": true, "before": "Fatture pagate", "after": "Fatture pagate, senza quelle contestate"
}))]
pub(crate) struct TemplateChangeResponse {
    /// Di quale indicatore; assente se è dell'obiettivo.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._-]*$")]
    indicator: Option<String>,
    /// Quale campo, com'è scritto; `indicators` dice quali indicatori ci sono, e uno che è stato aggiunto o tolto.
    #[schema(max_length = 40, pattern = "^[a-z_]+$")]
    member: String,
    /// Se i dati di prima e di dopo non si confrontano.
    redefines: bool,
    /// Com'era; assente se non c'era.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = JsonValue)]
    before: Option<Value>,
    /// Com'è; assente se non c'è più.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = JsonValue)]
    after: Option<Value>,
}

/// Che cosa cambia da una versione a un'altra.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"from": 1, "to": 2, "changes": [{"member": "weight", "redefines": false, "before": "10", "after": "15"}]}))]
pub(crate) struct TemplateDifference {
    /// La versione di partenza.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub(super) from: i32,
    /// La versione di arrivo.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub(super) to: i32,
    /// I cambiamenti: dell'obiettivo, poi di ciascun indicatore.
    #[schema(min_items = 0, max_items = 1_000)]
    pub(super) changes: Vec<TemplateChangeResponse>,
}

impl From<Defined> for IndicatorDefinition {
    fn from(defined: Defined) -> Self {
        Self { indicator: defined.indicator.into(), number: defined.number }
    }
}

impl From<Kept> for TemplateResponse {
    fn from(Kept { template, digest }: Kept) -> Self {
        Self {
            code: template.code.into(),
            author: template.author.into(),
            number: template.number,
            published_at: template.published_at,
            digest: digest.to_string(),
            content: template.facts,
            definitions: template.definitions.into_iter().map(IndicatorDefinition::from).collect(),
        }
    }
}

impl From<Kept> for TemplateSummary {
    fn from(Kept { template, .. }: Kept) -> Self {
        let indicator = |one: traguardo_domain::template::TemplateIndicator| IndicatorSummary {
            code: one.code.into(),
            name: one.name.into(),
        };
        Self {
            code: template.code.into(),
            author: template.author.into(),
            number: template.number,
            published_at: template.published_at,
            title: template.facts.title.into(),
            scope: Word(template.facts.scope),
            locked: template.facts.locked.into_iter().map(Word).collect(),
            indicators: template.facts.indicators.into_iter().map(indicator).collect(),
        }
    }
}

impl From<Kept> for TemplateVersionSummary {
    fn from(Kept { template, digest }: Kept) -> Self {
        Self {
            number: template.number,
            title: template.facts.title.into(),
            published_at: template.published_at,
            digest: digest.to_string(),
        }
    }
}

impl From<TemplateChange> for TemplateChangeResponse {
    fn from(change: TemplateChange) -> Self {
        let TemplateChange { indicator, member, redefines, before, after } = change;
        Self { indicator: indicator.map(String::from), member, redefines, before, after }
    }
}
