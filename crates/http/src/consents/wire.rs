//! Consents as they travel.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use traguardo_documents::{Reader, Word};
use traguardo_domain::consent::{
    Audience, Consent, ConsentFacts, Exposure, Mode, deciding, exposure, general_exposure,
};
use traguardo_domain::text::{Code, Text};
use traguardo_domain::{Faults, Vocabulary as _};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use crate::problem::Problem;

/// Who sees a comparison.
type AudienceWord = Word<Audience>;
/// How a comune is shown.
type ModeWord = Word<Mode>;

/// Ciò che si dice in una voce del registro.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"audience": "region", "mode": "anonymous"}))]
pub(crate) struct NewConsent {
    /// L'indicatore condiviso; senza, tutti quelli che non hanno una voce propria.
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 40,
        pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$",
        example = "T1.itp"
    )]
    #[validate(length(min = 1, max = 40))]
    indicator: Option<String>,
    /// A chi.
    audience: AudienceWord,
    /// Come.
    mode: ModeWord,
    /// Il primo giorno in cui si è mostrati; senza, da subito.
    #[serde(default, deserialize_with = "crate::day::maybe")]
    #[schema(nullable = false)]
    embargo_until: Option<NaiveDate>,
    /// Una nota.
    #[schema(nullable = false, min_length = 1, max_length = 2000, pattern = "^[\\s\\S]+$")]
    #[validate(length(min = 1, max = 2000))]
    note: Option<String>,
}

impl NewConsent {
    /// What is said, or every fault in it.
    pub(crate) fn facts(&self) -> Result<ConsentFacts, Problem> {
        let mut faults = Faults::new();
        let mut at = Reader::new(&mut faults);
        let indicator = at.maybe("indicator", self.indicator.as_ref(), Code::parse);
        let note = at.maybe("note", self.note.as_ref(), Text::parse);
        let (Word(audience), Word(mode)) = (self.audience, self.mode);
        let facts = ConsentFacts { indicator, audience, mode, embargo_until: self.embargo_until, note };
        faults.finish(Some(facts)).map_err(Problem::invalid)
    }
}

/// Una voce del registro.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Consent, example = json!({
    "number": 1, "recorded_at": "2026-06-25T09:00:00Z", "indicator": "T1.itp", "audience": "region", "mode": "anonymous"
}))]
pub(crate) struct ConsentResponse {
    /// Il numero, da 1.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    number: i32,
    /// Quando.
    recorded_at: DateTime<Utc>,
    /// Il membro che l'ha data.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    member: Option<Uuid>,
    /// L'indicatore; senza, tutti quelli che non hanno una voce propria.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$")]
    indicator: Option<String>,
    /// A chi.
    audience: AudienceWord,
    /// Come.
    mode: ModeWord,
    /// Il primo giorno in cui si è mostrati.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    embargo_until: Option<NaiveDate>,
    /// Una nota.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 2000, pattern = "^[\\s\\S]+$")]
    note: Option<String>,
}

/// Come si è mostrati a qualcuno.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ShownTo, example = json!({
    "audience": "region", "mode": "anonymous", "today": "anonymous", "entry": 1,
    "words": "Alle regioni: solo dentro le statistiche."
}))]
pub(crate) struct ShownResponse {
    /// A chi.
    audience: AudienceWord,
    /// Come, dal giorno detto.
    mode: ModeWord,
    /// Il primo giorno; prima non si è mostrati.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    from: Option<NaiveDate>,
    /// Come, oggi.
    today: ModeWord,
    /// La voce data per questi, se c'è; chi si mostra a più persone si mostra anche a loro, qualunque cosa dica.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 1, maximum = 2_147_483_647)]
    entry: Option<i32>,
    /// A parole.
    #[schema(max_length = 200, pattern = "^[\\s\\S]+$")]
    words: String,
}

/// Come è mostrato un indicatore condiviso.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = IndicatorExposure, example = json!({
    "indicator": "T1.itp", "shown": [
        {"audience": "group", "mode": "anonymous", "today": "anonymous", "entry": 1, "words": "Ai comuni dei gruppi: solo dentro le statistiche."},
        {"audience": "region", "mode": "anonymous", "today": "anonymous", "entry": 1, "words": "Alle regioni: solo dentro le statistiche."},
        {"audience": "public", "mode": "withheld", "today": "withheld", "words": "A tutti: non è mostrato."}
    ]
}))]
pub(crate) struct IndicatorExposure {
    /// L'indicatore; senza, tutti quelli che non hanno una voce propria.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        max_length = 40,
        pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$",
        example = "T1.itp"
    )]
    indicator: Option<String>,
    /// A chi e come: gruppi, regioni, tutti.
    #[schema(min_items = 3, max_items = 3)]
    shown: Vec<ShownResponse>,
}

/// Il registro dei consensi e ciò che ne segue.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Consents, example = json!({
    "entries": [], "indicators": [], "general": {"shown": [
        {"audience": "group", "mode": "anonymous", "today": "anonymous", "entry": 1, "words": "Ai comuni dei gruppi: solo dentro le statistiche."},
        {"audience": "region", "mode": "anonymous", "today": "anonymous", "entry": 1, "words": "Alle regioni: solo dentro le statistiche."},
        {"audience": "public", "mode": "withheld", "today": "withheld", "words": "A tutti: non è mostrato."}
    ]}
}))]
pub(crate) struct ConsentsResponse {
    /// Le voci, dall'ultima.
    #[schema(min_items = 0, max_items = 100_000)]
    entries: Vec<ConsentResponse>,
    /// Come sono mostrati gli indicatori senza una voce propria.
    general: IndicatorExposure,
    /// Come è mostrato ogni indicatore nominato nel registro o pubblicato.
    #[schema(min_items = 0, max_items = 100_000)]
    indicators: Vec<IndicatorExposure>,
}

impl ConsentsResponse {
    /// A ledger, and what follows from it on a day.
    pub(crate) fn of(ledger: &[Consent], indicators: &BTreeSet<Code>, today: NaiveDate) -> Self {
        let follows = |indicator: Option<&Code>| IndicatorExposure::of(ledger, indicator, today);
        Self {
            entries: ledger.iter().rev().map(ConsentResponse::from).collect(),
            general: follows(None),
            indicators: indicators.iter().map(|indicator| follows(Some(indicator))).collect(),
        }
    }
}

impl IndicatorExposure {
    fn of(ledger: &[Consent], indicator: Option<&Code>, today: NaiveDate) -> Self {
        let exposure: Exposure =
            indicator.map_or_else(|| general_exposure(ledger), |indicator| exposure(ledger, indicator));
        let shown = |audience: &Audience| {
            let shown = exposure.to(*audience);
            ShownResponse {
                audience: Word(*audience),
                mode: Word(shown.mode),
                from: shown.from,
                today: Word(shown.on(today)),
                entry: deciding(ledger, indicator, *audience).map(|entry| entry.number),
                words: words(*audience, shown.mode, shown.from.filter(|from| *from > today)),
            }
        };
        Self {
            indicator: indicator.map(|indicator| indicator.as_str().to_owned()),
            shown: Audience::all().iter().map(shown).collect(),
        }
    }
}

impl From<&Consent> for ConsentResponse {
    fn from(consent: &Consent) -> Self {
        let facts = &consent.facts;
        Self {
            number: consent.number,
            recorded_at: consent.recorded_at,
            member: consent.member,
            indicator: facts.indicator.as_ref().map(|indicator| indicator.as_str().to_owned()),
            audience: Word(facts.audience),
            mode: Word(facts.mode),
            embargo_until: facts.embargo_until,
            note: facts.note.as_ref().map(|note| note.as_str().to_owned()),
        }
    }
}

fn words(audience: Audience, mode: Mode, from: Option<NaiveDate>) -> String {
    let to = match audience {
        Audience::Group => "Ai comuni degli stessi gruppi",
        Audience::Region => "Alle regioni",
        Audience::Public => "A tutti",
    };
    let how = match mode {
        Mode::Named => "per nome",
        Mode::Anonymous => "solo dentro le statistiche",
        Mode::Withheld => "per niente",
    };
    let from = from.map(|from| format!(", dal {}", from.format("%d/%m/%Y"))).unwrap_or_default();
    format!("{to}: {how}{from}.")
}
