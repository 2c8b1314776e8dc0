//! Scores checked again, as the check travels.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use traguardo_domain::digest::Digest;
use traguardo_domain::score::{Checked, Mismatch, Scored, verify};
use traguardo_persistence::results::{Certified, CertifiedContent};
use utoipa::ToSchema;
use uuid::Uuid;

use super::Scoring;
use super::wire::RulebookUsed;
use crate::conclusion;
use crate::problem::{Kind, Problem};
use crate::words::Word;

/// What was computed again.
type CheckedWord = Word<Checked>;

/// Una cifra che non torna.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ScoreMismatch, example = json!({"path": ["Piano 2025", "Area 1"], "what": "sum", "expected": "6700", "stands": "6800"}))]
pub(crate) struct MismatchResponse {
    /// Come si chiamano i nodi per cui si passa, dall'alto.
    #[schema(min_items = 1, max_items = 100, max_length = 2000, pattern = "^[\\s\\S]+$")]
    path: Vec<String>,
    /// L'identificativo del nodo; il comune non ne ha.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    id: Option<Uuid>,
    /// Quale cifra.
    what: CheckedWord,
    /// Che cosa viene ora.
    #[schema(max_length = 200, pattern = "^.*$")]
    expected: String,
    /// Che cosa c'è scritto.
    #[schema(max_length = 200, pattern = "^.*$")]
    stands: String,
}

/// Un albero ricalcolato per altra via.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ScoreCheck, example = json!({"nodes": 32, "correct": true, "mismatches": []}))]
pub(crate) struct CheckResponse {
    /// Quanti nodi sono stati ricalcolati.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    nodes: i32,
    /// Se tornano tutti.
    correct: bool,
    /// Che cosa non torna.
    #[schema(min_items = 0, max_items = 1_000)]
    mismatches: Vec<MismatchResponse>,
}

/// I risultati certificati, ricalcolati dai dati conservati.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CertifiedCheck, example = json!({
    "number": 1, "certified_at": "2026-03-15T09:00:00Z", "at": "2026-03-15", "plan_version": 2, "year": 2025, "edition": 1,
    "inputs_digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "same_inputs": true,
    "digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "same_results": true,
    "tree": {"nodes": 32, "correct": true, "mismatches": []}
}))]
pub(crate) struct CertifiedCheck {
    /// Il loro numero.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    number: i32,
    /// Quando sono stati certificati.
    certified_at: DateTime<Utc>,
    /// Il giorno a cui guardano.
    at: NaiveDate,
    /// La versione del piano.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    plan_version: i32,
    /// L'anno del sistema di valutazione.
    #[schema(minimum = 2009, maximum = 2100)]
    year: i16,
    /// La sua edizione.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    edition: i32,
    /// L'impronta di ciò da cui sono stati calcolati.
    #[schema(max_length = 64, pattern = "^[0-9a-f]{64}$")]
    inputs_digest: String,
    /// Se ciò che si sa di quel giorno ha ancora la stessa impronta.
    same_inputs: bool,
    /// L'impronta dei risultati.
    #[schema(max_length = 64, pattern = "^[0-9a-f]{64}$")]
    digest: String,
    /// Se, ricalcolati dai dati conservati, sono gli stessi cifra per cifra.
    same_results: bool,
    /// L'albero conservato, ricalcolato per altra via.
    tree: CheckResponse,
}

/// La verifica dei risultati di un piano.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ScoreVerification, example = json!({
    "at": "2025-12-31", "plan": "0193a5c0-0000-7000-8000-000000000002", "rulebook": {"shipped": "three_levels", "title": "Tre livelli"},
    "inputs_digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "correct": true,
    "tree": {"nodes": 32, "correct": true, "mismatches": []}
}))]
pub(crate) struct VerificationResponse {
    /// Il giorno.
    at: NaiveDate,
    /// Il piano.
    plan: Uuid,
    /// La versione approvata; assente per la bozza.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 1, maximum = 2_147_483_647)]
    plan_version: Option<i32>,
    /// Il sistema di valutazione.
    rulebook: RulebookUsed,
    /// L'impronta di tutto ciò da cui i risultati sono calcolati.
    #[schema(max_length = 64, pattern = "^[0-9a-f]{64}$")]
    inputs_digest: String,
    /// Se tutto torna.
    correct: bool,
    /// I risultati di quel giorno, ricalcolati per altra via.
    tree: CheckResponse,
    /// I risultati certificati, se ci sono.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    certified: Option<CertifiedCheck>,
}

impl VerificationResponse {
    pub(super) fn of(scoring: &Scoring, certified: Option<(Certified, Scoring)>) -> Result<Self, Problem> {
        let content = conclusion::content(&scoring.inputs, scoring.at);
        let tree = CheckResponse::of(&content, scoring);
        let certified =
            certified.map(|(certified, then)| CertifiedCheck::of(&certified, &then)).transpose()?;
        let sound = |check: &CertifiedCheck| check.same_inputs && check.same_results && check.tree.correct;
        Ok(Self {
            at: scoring.at,
            plan: scoring.inputs.plan.id.0,
            plan_version: scoring.plan_version(),
            rulebook: RulebookUsed::of(&scoring.inputs),
            inputs_digest: scoring.inputs.digest(scoring.at)?.to_string(),
            correct: tree.correct && certified.as_ref().is_none_or(sound),
            tree,
            certified,
        })
    }
}

impl CertifiedCheck {
    fn of(certified: &Certified, then: &Scoring) -> Result<Self, Problem> {
        let again = conclusion::content(&then.inputs, then.at);
        let digest = Digest::of_object(&again).map_err(|error| {
            log::error!("results cannot be written: {error}");
            Problem::of(Kind::Internal)
        })?;
        Ok(Self {
            number: certified.number,
            certified_at: certified.certified_at,
            at: certified.at,
            plan_version: certified.plan_version,
            year: certified.rulebook.year.number(),
            edition: certified.rulebook.edition,
            inputs_digest: certified.inputs_digest.to_string(),
            same_inputs: then.inputs.digest(then.at)? == certified.inputs_digest,
            digest: certified.digest.to_string(),
            same_results: again == certified.content && digest == certified.digest,
            tree: CheckResponse::of(&certified.content, then),
        })
    }
}

impl CheckResponse {
    /// The comune's tree, which holds those of the structures at its top; and those of the structures below them.
    fn of(content: &CertifiedContent, scoring: &Scoring) -> Self {
        let rulebook = scoring.inputs.by.rulebook();
        let trees = || std::iter::once(&content.comune).chain(&content.units);
        let mismatches: Vec<Mismatch> = trees().flat_map(|tree| verify(tree, rulebook)).collect();
        let nodes = trees().map(Scored::nodes).fold(0, usize::saturating_add);
        Self {
            nodes: i32::try_from(nodes).unwrap_or(i32::MAX),
            correct: mismatches.is_empty(),
            mismatches: mismatches.into_iter().take(1_000).map(MismatchResponse::from).collect(),
        }
    }
}

impl From<Mismatch> for MismatchResponse {
    fn from(mismatch: Mismatch) -> Self {
        Self {
            path: mismatch.path,
            id: mismatch.id,
            what: Word(mismatch.what),
            expected: mismatch.expected,
            stands: mismatch.stands,
        }
    }
}
