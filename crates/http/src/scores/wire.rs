//! What every answer about scores says alike: percentages, outcomes, bands, the rulebook they come from.

use serde::Serialize;
use traguardo_domain::rulebook::{BandOn, Rulebook, Shipped};
use traguardo_domain::score::{Outcome, Percent, Unjudged, Why};
use traguardo_domain::text::Code;
use traguardo_persistence::results::{Inputs, ScoredBy};
use utoipa::ToSchema;

use crate::words::Word;

/// The rulebooks that come with the program.
pub(crate) type ShippedWord = Word<Shipped>;
/// Which result bands look at.
pub(crate) type BandOnWord = Word<BandOn>;
/// Why a result cannot be judged.
type UnjudgedWord = Word<Unjudged>;

/// Una percentuale di raggiungimento.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ScorePercent, example = json!({"percent": "95.714285714286", "shown": "95.71"}))]
pub(crate) struct PercentResponse {
    /// Quanto, fino a dodici decimali.
    #[schema(max_length = 30, pattern = "^-?[0-9]{1,16}([.][0-9]{1,12})?$")]
    percent: String,
    /// Com'è mostrata: due decimali, a metà verso l'alto.
    #[schema(max_length = 20, pattern = "^-?[0-9]{1,16}[.][0-9]{2}$")]
    shown: String,
}

/// Se un risultato c'è.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(example = "reached")]
pub(crate) enum OutcomeType {
    /// C'è.
    Reached,
    /// Non c'è.
    Absent,
}

/// Perché un risultato non c'è: cose diverse, e nessuna è zero.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(example = "missing")]
pub(crate) enum AbsenceReason {
    /// Il termine è passato e nessuno ha inserito un valore.
    Missing,
    /// Il termine non è ancora passato.
    NotDue,
    /// Non si applica.
    NotApplicable,
    /// Non è valutabile.
    NotEvaluable,
    /// Sterilizzato: il peso passa agli altri.
    Sterilised,
    /// Nulla di ciò che lo compone conta.
    NothingCounts,
}

/// Un risultato, o perché non c'è.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ScoreOutcome, example = json!({"type": "reached", "percent": "95.714285714286", "shown": "95.71"}))]
pub(crate) struct OutcomeResponse {
    /// Se c'è.
    #[serde(rename = "type")]
    kind: OutcomeType,
    /// Per `reached`: quanto, fino a dodici decimali.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 30, pattern = "^-?[0-9]{1,16}([.][0-9]{1,12})?$")]
    percent: Option<String>,
    /// Per `reached`: com'è mostrato, con due decimali.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 20, pattern = "^-?[0-9]{1,16}[.][0-9]{2}$")]
    shown: Option<String>,
    /// Per `absent`: perché.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    why: Option<AbsenceReason>,
    /// Per `not_evaluable`: che cosa lo impedisce.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    because: Option<UnjudgedWord>,
    /// Per `absent`: il perché a parole.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 300, pattern = "^.+$")]
    words: Option<String>,
}

/// Il grado di raggiungimento.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ScoreBand, example = json!({"code": "raggiunto", "label": "Raggiunto"}))]
pub(crate) struct BandResponse {
    /// Il codice della fascia.
    #[schema(max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$")]
    pub(super) code: String,
    /// Come si chiama.
    #[schema(max_length = 100, pattern = "^.*\\S.*$")]
    pub(super) label: String,
}

/// Il sistema di valutazione (SMVP) usato: un'edizione del comune, oppure uno già pronto.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ScoreRulebook, example = json!({"shipped": "three_levels", "title": "Tre livelli"}))]
pub(crate) struct RulebookUsed {
    /// L'anno dell'edizione.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 2009, maximum = 2100)]
    year: Option<i16>,
    /// Il numero dell'edizione.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 1, maximum = 2_147_483_647)]
    edition: Option<i32>,
    /// Quale di quelli già pronti, quando il comune non ne ha uno.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    shipped: Option<ShippedWord>,
    /// Come si chiama.
    #[schema(max_length = 300, pattern = "^.*\\S.*$")]
    title: String,
}

/// Come si arrotonda.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ScoreRounding, example = json!({"computed_places": 12, "shown_places": 2, "mode": "half_up", "bands_on": "computed"}))]
pub(crate) struct RoundingResponse {
    /// I decimali con cui si calcola.
    #[schema(minimum = 0, maximum = 28)]
    computed_places: i32,
    /// I decimali con cui si mostra.
    #[schema(minimum = 0, maximum = 28)]
    shown_places: i32,
    /// In che modo: `half_up`, a metà verso l'alto.
    #[schema(max_length = 20, pattern = "^[a-z_]+$")]
    mode: &'static str,
    /// Su quale risultato si decide la fascia.
    bands_on: BandOnWord,
}

impl From<Percent> for PercentResponse {
    fn from(percent: Percent) -> Self {
        Self { percent: percent.to_string(), shown: percent.shown().to_string() }
    }
}

impl From<Outcome> for OutcomeResponse {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Reached { percent } => Self {
                kind: OutcomeType::Reached,
                percent: Some(percent.to_string()),
                shown: Some(percent.shown().to_string()),
                why: None,
                because: None,
                words: None,
            },
            Outcome::Absent { why } => {
                let (reason, because) = reason(why);
                Self {
                    kind: OutcomeType::Absent,
                    percent: None,
                    shown: None,
                    why: Some(reason),
                    because: because.map(Word),
                    words: Some(why.in_words()),
                }
            }
        }
    }
}

const fn reason(why: Why) -> (AbsenceReason, Option<Unjudged>) {
    match why {
        Why::Missing => (AbsenceReason::Missing, None),
        Why::NotDue => (AbsenceReason::NotDue, None),
        Why::NotApplicable => (AbsenceReason::NotApplicable, None),
        Why::NotEvaluable { because } => (AbsenceReason::NotEvaluable, Some(because)),
        Why::Sterilised => (AbsenceReason::Sterilised, None),
        Why::NothingCounts => (AbsenceReason::NothingCounts, None),
    }
}

impl BandResponse {
    pub(crate) fn of(code: Option<&Code>, rulebook: &Rulebook) -> Option<Self> {
        let code = code?;
        let band = rulebook.bands.as_slice().iter().find(|band| band.code == *code);
        let label = band.map_or(code.as_str(), |band| band.label.as_str()).to_owned();
        Some(Self { code: code.as_str().to_owned(), label })
    }
}

impl RulebookUsed {
    pub(crate) fn of(inputs: &Inputs) -> Self {
        let title = inputs.by.rulebook().title.as_str().to_owned();
        match &inputs.by {
            ScoredBy::Edition(edition) => {
                let reference = edition.reference();
                let (year, edition) = (Some(reference.year.number()), Some(reference.edition));
                Self { year, edition, shipped: None, title }
            }
            ScoredBy::Shipped(which, _) => {
                Self { year: None, edition: None, shipped: Some(Word(*which)), title }
            }
        }
    }
}

impl RoundingResponse {
    pub(crate) fn of(rulebook: &Rulebook) -> Self {
        let places = |places: u32| i32::try_from(places).unwrap_or(i32::MAX);
        Self {
            computed_places: places(Percent::PLACES),
            shown_places: places(Percent::SHOWN_PLACES),
            mode: "half_up",
            bands_on: Word(rulebook.band_on),
        }
    }
}
