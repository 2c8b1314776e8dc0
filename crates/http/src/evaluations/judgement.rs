//! What is asked, answered and decided, as it is written.

use serde::{Deserialize, Serialize};
use traguardo_documents::Word;
use traguardo_documents::measurement::EvidenceBody;
use traguardo_domain::score::SterilisationCause;
use utoipa::ToSchema;
use validator::Validate;

mod read;

/// What kind of thing stood in the way.
type CauseWord = Word<SterilisationCause>;

/// Che cosa si decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(example = "certified")]
pub(crate) enum JudgementKind {
    /// Vale il risultato calcolato.
    Certified,
    /// Ne vale un altro, con la sua ragione; quello calcolato resta accanto.
    Override,
    /// Non è valutabile, ed esce dal denominatore.
    NotEvaluable,
    /// Una causa non imputabile ha impedito di raggiungerlo.
    Sterilised,
}

/// Che cosa segue da una causa non imputabile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(example = "redistributed")]
pub(crate) enum SterilisationKind {
    /// Il peso va agli altri.
    Redistributed,
    /// Vale quanto era raggiunto fino ad allora.
    Frozen,
    /// Di ciò che manca è condonata una parte.
    Exogenous,
}

/// L'effetto di una sterilizzazione.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SterilisationEffect, example = json!({"type": "exogenous", "percent": "50"}))]
pub(crate) struct EffectBody {
    /// Quale.
    r#type: SterilisationKind,
    /// Quanto era raggiunto, oppure la parte condonata di ciò che manca; da 0 a 100.
    #[schema(nullable = false, max_length = 23, pattern = "^[0-9]{1,15}([.][0-9]{1,6})?$", example = "50")]
    percent: Option<String>,
}

/// La decisione dell'organo di valutazione.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Judgement, example = json!({"type": "override", "percent": "85", "reason": "Il registro prova due accessi in più."}))]
pub(crate) struct JudgementBody {
    /// Che cosa si decide.
    r#type: JudgementKind,
    /// Il risultato che vale, da 0 al massimo che il sistema di valutazione ammette; per `override`.
    #[schema(nullable = false, max_length = 23, pattern = "^[0-9]{1,15}([.][0-9]{1,6})?$", example = "85")]
    percent: Option<String>,
    /// La ragione; per `override` e `not_evaluable`.
    #[schema(nullable = false, min_length = 1, max_length = 4000, pattern = "^[\\s\\S]+$")]
    #[validate(length(min = 1, max = 4000))]
    reason: Option<String>,
    /// Che cosa segue; per `sterilised`.
    #[schema(nullable = false)]
    effect: Option<EffectBody>,
    /// Il genere di causa; per `sterilised`.
    #[schema(nullable = false)]
    code: Option<CauseWord>,
    /// La causa, a parole; per `sterilised`.
    #[schema(nullable = false, min_length = 1, max_length = 4000, pattern = "^[\\s\\S]+$")]
    #[validate(length(min = 1, max = 4000))]
    cause: Option<String>,
}

/// Che cosa fa l'organo di valutazione.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(example = "open")]
pub(crate) enum StepKind {
    /// Apre la valutazione.
    Open,
    /// Chiede prove.
    AskEvidence,
    /// Decide.
    Decide,
    /// Ritira la decisione, per decidere di nuovo.
    Reopen,
}

/// Un passo dell'organo di valutazione.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"type": "decide", "judgement": {"type": "certified"}}))]
pub(crate) struct EvaluationMove {
    /// Che cosa si fa.
    r#type: StepKind,
    /// Quali prove si chiedono; per `ask_evidence`.
    #[schema(nullable = false, min_length = 1, max_length = 4000, pattern = "^[\\s\\S]+$")]
    #[validate(length(min = 1, max = 4000))]
    words: Option<String>,
    /// La decisione; per `decide`.
    #[schema(nullable = false)]
    #[validate(nested)]
    judgement: Option<JudgementBody>,
    /// Che cosa c'è da dire della decisione; per `decide`.
    #[schema(nullable = false, min_length = 1, max_length = 4000, pattern = "^[\\s\\S]+$")]
    #[validate(length(min = 1, max = 4000))]
    note: Option<String>,
    /// Perché si ritira la decisione; per `reopen`.
    #[schema(nullable = false, min_length = 1, max_length = 4000, pattern = "^[\\s\\S]+$")]
    #[validate(length(min = 1, max = 4000))]
    reason: Option<String>,
}

/// Che cosa si chiede all'organo di valutazione.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(example = "override")]
pub(crate) enum ProposalKind {
    /// Un altro risultato al posto di quello calcolato.
    Override,
    /// Che non sia valutato.
    NotEvaluable,
    /// Che sia riconosciuta una causa non imputabile.
    Sterilised,
}

/// Una proposta all'organo di valutazione; le sue ragioni sono nelle parole della risposta.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = JudgementProposal, example = json!({"type": "override", "percent": "85"}))]
pub(crate) struct ProposalBody {
    /// Che cosa si chiede.
    r#type: ProposalKind,
    /// Il risultato che si chiede; per `override`.
    #[schema(nullable = false, max_length = 23, pattern = "^[0-9]{1,15}([.][0-9]{1,6})?$", example = "85")]
    percent: Option<String>,
    /// Che cosa dovrebbe seguire; per `sterilised`.
    #[schema(nullable = false)]
    effect: Option<EffectBody>,
    /// Il genere di causa; per `sterilised`.
    #[schema(nullable = false)]
    code: Option<CauseWord>,
}

/// La risposta del responsabile.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"words": "Il registro è allegato.", "evidence": [{"title": "Registro degli accessi 2025"}]}))]
pub(crate) struct EvaluationAnswer {
    /// Che cosa si risponde.
    #[schema(min_length = 1, max_length = 4000, pattern = "^[\\s\\S]+$")]
    #[validate(length(min = 1, max = 4000))]
    words: String,
    /// Le prove.
    #[schema(nullable = false, min_items = 0, max_items = 20)]
    evidence: Option<Vec<EvidenceBody>>,
    /// Che cosa si chiede di decidere.
    #[schema(nullable = false)]
    proposal: Option<ProposalBody>,
}
