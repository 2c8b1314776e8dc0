//! A score as the tree it is: every node with what it was made of.

use serde::Serialize;
use traguardo_documents::value::ValueBody;
use traguardo_documents::word::FormulaWord;
use traguardo_domain::measurement::Value;
use traguardo_domain::rulebook::Rulebook;
use traguardo_domain::score::{How, Judged, Judgement, Node, NodeKind, Part, Scored, Sterilisation};
use utoipa::ToSchema;
use uuid::Uuid;

use super::list::decimal;
use super::wire::{BandResponse, OutcomeResponse, PercentResponse};
use crate::words::Word;

/// What a node is of.
pub(crate) type NodeKindWord = Word<NodeKind>;

/// Di che cosa è un risultato.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ScoreNode, example = json!({"kind": "comune", "label": "Piano della performance 2025"}))]
pub(crate) struct NodeResponse {
    /// Il genere.
    kind: NodeKindWord,
    /// L'identificativo; il comune non ne ha.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    id: Option<Uuid>,
    /// Come si chiama.
    #[schema(max_length = 2000, pattern = "^[\\s\\S]+$")]
    label: String,
}

/// Il genere di un giudizio.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(example = "certified")]
pub(crate) enum ScoreJudgementType {
    /// Il risultato calcolato è certificato.
    Certified,
    /// Un altro risultato al suo posto.
    Override,
    /// Non valutabile.
    NotEvaluable,
    /// Sterilizzato: il peso passa agli altri.
    SterilisedRedistributed,
    /// Sterilizzato: vale quanto raggiunto fino ad allora.
    SterilisedFrozen,
    /// Sterilizzato: una parte di quanto manca è riconosciuta.
    SterilisedExogenous,
}

/// Un giudizio, con il risultato calcolato accanto.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ScoreJudgement, example = json!({
    "type": "sterilised_exogenous", "percent": "50", "reason": "Fondi regionali ritirati",
    "computed": {"type": "reached", "percent": "40", "shown": "40.00"}
}))]
pub(crate) struct JudgedResponse {
    /// Il genere.
    #[serde(rename = "type")]
    kind: ScoreJudgementType,
    /// Il risultato stabilito, quello raggiunto fino ad allora, o la parte riconosciuta.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$")]
    percent: Option<String>,
    /// Il motivo, o la causa.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 4000, pattern = "^[\\s\\S]+$")]
    reason: Option<String>,
    /// Il risultato com'era calcolato.
    computed: OutcomeResponse,
}

/// Da che cosa viene un risultato.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(example = "mean")]
pub(crate) enum HowType {
    /// Da un valore misurato.
    Measured,
    /// Dalla media delle sue parti.
    Mean,
    /// Da nulla.
    Nothing,
}

/// Come è venuto un risultato. Quali membri ci sono dipende da `type`.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ScoreOrigin, example = json!({
    "type": "measured", "formula": "higher", "value": {"type": "number", "figure": "72"}, "expected": "almeno 80",
    "uncapped": {"percent": "90", "shown": "90.00"}, "cap": {"percent": "100", "shown": "100.00"}
}))]
pub(crate) struct HowResponse {
    /// Da che cosa viene.
    #[serde(rename = "type")]
    kind: HowType,
    /// Per `measured`: la formula.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    formula: Option<FormulaWord>,
    /// Per `measured`, e per `nothing` se qualcosa è stato inserito: il valore.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<ValueBody>)]
    value: Option<Value>,
    /// Per `measured`: il valore atteso, con le parole del piano.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 4000, pattern = "^[\\s\\S]+$")]
    expected: Option<String>,
    /// Per `measured`: prima del limite.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    uncapped: Option<PercentResponse>,
    /// Per `measured`: il limite, oltre il quale nulla conta di più.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    cap: Option<PercentResponse>,
    /// Per `mean`: il peso di tutte le parti.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 60, pattern = "^[0-9]{1,30}([.][0-9]{1,28})?$")]
    weight: Option<String>,
    /// Per `mean`: il peso di quelle che contano.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 60, pattern = "^[0-9]{1,30}([.][0-9]{1,28})?$")]
    counted: Option<String>,
    /// Per `mean`: la somma di peso per risultato, prima della divisione.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 60, pattern = "^[0-9]{1,30}([.][0-9]{1,28})?$")]
    sum: Option<String>,
    /// Per `mean`: le parti, nell'ordine.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, min_items = 0, max_items = 100_000)]
    parts: Option<Vec<PartResponse>>,
}

/// Una parte di una media.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ScorePart, example = json!({
    "weight": "30", "counts": {"percent": "80", "shown": "80.00"},
    "scored": {
        "node": {"kind": "assignment", "id": "0193a5c0-0000-7000-8000-000000000005", "label": "Tempi di pagamento"},
        "outcome": {"type": "reached", "percent": "80", "shown": "80.00"}, "how": {"type": "nothing"}
    }
}))]
pub(crate) struct PartResponse {
    /// Quanto pesa; assente se è senza peso accanto ad altre che ne hanno.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 60, pattern = "^[0-9]{1,30}([.][0-9]{1,28})?$")]
    weight: Option<String>,
    /// Quanto conta; assente se è lasciata fuori.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    counts: Option<PercentResponse>,
    /// La parte.
    #[schema(no_recursion)]
    scored: ScoredResponse,
}

/// Un risultato che dice come è venuto.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Scored, example = json!({
    "node": {"kind": "comune", "label": "Piano della performance 2025"},
    "outcome": {"type": "reached", "percent": "80", "shown": "80.00"}, "how": {"type": "nothing"}
}))]
pub(crate) struct ScoredResponse {
    /// Di che cosa è.
    node: NodeResponse,
    /// Il risultato, dopo il giudizio.
    outcome: OutcomeResponse,
    /// La fascia in cui cade.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    band: Option<BandResponse>,
    /// Il giudizio.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    judged: Option<JudgedResponse>,
    /// Come è venuto.
    how: HowResponse,
}

impl From<&Node> for NodeResponse {
    fn from(node: &Node) -> Self {
        Self { kind: Word(node.kind), id: node.id, label: node.label.clone() }
    }
}

impl ScoredResponse {
    /// A tree as it travels.
    pub(crate) fn of(scored: &Scored, rulebook: &Rulebook) -> Self {
        Self {
            node: (&scored.node).into(),
            outcome: scored.outcome.into(),
            band: BandResponse::of(scored.band.as_ref(), rulebook),
            judged: scored.judged.as_ref().map(JudgedResponse::from),
            how: HowResponse::of(&scored.how, rulebook),
        }
    }
}

impl HowResponse {
    const fn empty(kind: HowType) -> Self {
        Self {
            kind,
            formula: None,
            value: None,
            expected: None,
            uncapped: None,
            cap: None,
            weight: None,
            counted: None,
            sum: None,
            parts: None,
        }
    }

    fn of(how: &How, rulebook: &Rulebook) -> Self {
        match how {
            How::Measured { formula, value, expected, uncapped, cap } => Self {
                formula: Some(Word(*formula)),
                value: Some(value.clone()),
                expected: expected.as_ref().map(|words| words.as_str().to_owned()),
                uncapped: Some((*uncapped).into()),
                cap: Some((*cap).into()),
                ..Self::empty(HowType::Measured)
            },
            How::Mean { parts, weight, counted, sum } => Self {
                weight: Some(decimal(*weight)),
                counted: Some(decimal(*counted)),
                sum: Some(decimal(*sum)),
                parts: Some(parts.iter().map(|part| PartResponse::of(part, rulebook)).collect()),
                ..Self::empty(HowType::Mean)
            },
            How::Nothing { value } => Self { value: value.clone(), ..Self::empty(HowType::Nothing) },
        }
    }
}

impl PartResponse {
    fn of(part: &Part, rulebook: &Rulebook) -> Self {
        Self {
            weight: part.weight.map(decimal),
            counts: part.counts.map(PercentResponse::from),
            scored: ScoredResponse::of(&part.scored, rulebook),
        }
    }
}

impl From<&Judged> for JudgedResponse {
    fn from(judged: &Judged) -> Self {
        let (kind, percent, reason) = match &judged.judgement {
            Judgement::Certified => (ScoreJudgementType::Certified, None, None),
            Judgement::Override { percent, reason } => {
                (ScoreJudgementType::Override, Some(percent), Some(reason))
            }
            Judgement::NotEvaluable { reason } => (ScoreJudgementType::NotEvaluable, None, Some(reason)),
            Judgement::Sterilised { effect, cause, code: _ } => {
                let (kind, percent) = match effect {
                    Sterilisation::Redistributed => (ScoreJudgementType::SterilisedRedistributed, None),
                    Sterilisation::Frozen { percent } => {
                        (ScoreJudgementType::SterilisedFrozen, Some(percent))
                    }
                    Sterilisation::Exogenous { percent } => {
                        (ScoreJudgementType::SterilisedExogenous, Some(percent))
                    }
                };
                (kind, percent, Some(cause))
            }
        };
        Self {
            kind,
            percent: percent.map(ToString::to_string),
            reason: reason.map(|words| words.as_str().to_owned()),
            computed: judged.computed.into(),
        }
    }
}
