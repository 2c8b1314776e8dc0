//! How many writes at once are answered, whatever they write: each with its outcome, all or nothing or what can be done.

use serde::{Deserialize, Serialize};
use traguardo_domain::{Fault, FaultKind, Version};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::call::Permit;
use crate::envelope::RequestId;
use crate::problem::{Kind, Problem, ProblemBody};

/// The most items at once.
pub(crate) const MOST_ITEMS: usize = 1_000;

/// Whether one refusal undoes everything.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum BulkMode {
    /// Tutti o nessuno.
    #[default]
    Atomic,
    /// Ciò che si può.
    Partial,
}

/// How to carry the items out.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct BulkQuery {
    /// `atomic`: se uno è rifiutato non si fa nulla. `partial`: si fa ciò che si può.
    #[param(inline, nullable = false)]
    mode: Option<BulkMode>,
    /// Se vero si dice l'esito di ciascuno e non si fa nulla. Lo stato è 200 anche quando, con `atomic`, un rifiuto annullerebbe
    /// tutto: allora `written` è 0.
    #[param(nullable = false)]
    dry_run: Option<bool>,
}

/// How a request wants its items carried out, and which request it is.
pub(crate) struct Manner {
    /// Whether nothing is to be done.
    pub(crate) is_trial: bool,
    mode: BulkMode,
    request: String,
}

impl<P> Permit<P, BulkQuery> {
    /// How the items are to be carried out.
    pub(crate) fn manner(&self) -> Manner {
        let is_trial = self.query.dry_run.unwrap_or_default();
        Manner { is_trial, mode: self.query.mode.unwrap_or_default(), request: RequestId::get(&self.request) }
    }
}

impl Manner {
    /// Whether nothing would be done, trial or not, when so many items are refused.
    pub(crate) fn undoes(&self, refused: usize) -> bool {
        refused > 0 && self.mode == BulkMode::Atomic
    }
}

/// L'esito di una scrittura.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"index": 0, "path": "ext:PAGAMENTI", "status": 201, "id": "0193a5c0-0000-7000-8000-000000000004", "version": 1}))]
pub(crate) struct BulkOutcome {
    /// La posizione della scrittura, da zero.
    #[schema(minimum = 0, maximum = 999)]
    index: i32,
    /// Il percorso che nominava; assente se non si legge che cosa nominava.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 400, pattern = "^[\\s\\S]*$")]
    path: Option<String>,
    /// Lo stato che avrebbe avuto la singola operazione.
    #[schema(minimum = 200, maximum = 499)]
    status: i32,
    /// L'identificativo di ciò che è stato scritto.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    id: Option<Uuid>,
    /// La versione che ne risulta.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 1, maximum = 2_147_483_647)]
    version: Option<i32>,
    /// Perché è stata rifiutata.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    problem: Option<ProblemBody>,
}

/// Gli esiti, nell'ordine delle scritture.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"applied": true, "written": 1, "refused": 0, "items": []}))]
pub(crate) struct BulkResponse {
    /// Se qualcosa è stato fatto.
    applied: bool,
    /// Quante scritture sono fatte; in una prova, quante lo sarebbero: nessuna se con `atomic` un rifiuto annulla tutto.
    #[schema(minimum = 0, maximum = 1000)]
    written: i32,
    /// Quante sono rifiutate.
    #[schema(minimum = 0, maximum = 1000)]
    refused: i32,
    /// Gli esiti.
    #[schema(min_items = 0, max_items = 1_000)]
    items: Vec<BulkOutcome>,
}

/// What an item came to.
pub(crate) struct Written {
    /// The status it would have had alone.
    pub(crate) status: i32,
    /// What was written.
    pub(crate) id: Option<Uuid>,
    /// The version it is at, when it has any.
    pub(crate) version: Option<Version>,
}

/// What all items came to.
pub(crate) struct Outcomes<'m> {
    items: Vec<Result<Written, Problem>>,
    refused: usize,
    manner: &'m Manner,
}

impl<'m> Outcomes<'m> {
    /// The outcomes of items that may be carried out together.
    ///
    /// # Errors
    /// 422 with every fault when one refusal undoes everything and there is one.
    pub(crate) fn decide(items: Vec<Result<Written, Problem>>, manner: &'m Manner) -> Result<Self, Problem> {
        let refused = items.iter().filter(|outcome| outcome.is_err()).count();
        if manner.undoes(refused) && !manner.is_trial {
            return Err(refusal(items));
        }
        Ok(Self { items, refused, manner })
    }

    /// The answer, each item named by its path.
    pub(crate) fn response(self, paths: impl IntoIterator<Item = String>) -> BulkResponse {
        let Self { items, refused, manner } = self;
        let number = |count: usize| i32::try_from(count).unwrap_or(i32::MAX);
        let good = items.len().saturating_sub(refused);
        let written = if manner.undoes(refused) { 0 } else { good };
        let outcome = |(index, (path, outcome)): (usize, (String, Result<Written, Problem>))| {
            let path = Some(path).filter(|path| !path.is_empty());
            manner.told(number(index), path, outcome)
        };
        let items = paths.into_iter().zip(items).enumerate().map(outcome).collect();
        let applied = !manner.is_trial && written > 0;
        BulkResponse { applied, written: number(written), refused: number(refused), items }
    }
}

impl Manner {
    /// How an outcome is told; a refusal names the request it is part of.
    fn told(&self, index: i32, path: Option<String>, outcome: Result<Written, Problem>) -> BulkOutcome {
        match outcome {
            Ok(Written { status, id, version }) => {
                let version = version.map(Version::number);
                BulkOutcome { index, path, status, id, version, problem: None }
            }
            Err(problem) => {
                let problem = problem.body(&self.request);
                let status = problem.status();
                BulkOutcome { index, path, status, id: None, version: None, problem: Some(problem) }
            }
        }
    }
}

/// Everything that is wrong with the items, each fault below its item.
fn refusal(outcomes: Vec<Result<Written, Problem>>) -> Problem {
    let mut faults = Vec::new();
    for (index, outcome) in outcomes.into_iter().enumerate() {
        if let Err(problem) = outcome {
            faults.extend(problem.as_faults(&format!("/items/{index}")));
        }
    }
    let detail = "Almeno una delle scritture è rifiutata e, con mode=atomic, nessuna è stata fatta; errors dice di ciascuna che cosa non \
        va. Con mode=partial si fa ciò che si può.";
    Problem::of(Kind::BulkRefused).because(detail).with_faults(faults)
}

/// The lines of a body that has an item in each.
///
/// # Errors
/// 422 when they are too many.
pub(crate) fn lines_of(bytes: &[u8]) -> Result<Vec<&[u8]>, Problem> {
    let lines = bytes.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty());
    let lines: Vec<&[u8]> = lines.take(MOST_ITEMS.saturating_add(1)).collect();
    if lines.len() > MOST_ITEMS { Err(too_many()) } else { Ok(lines) }
}

/// Whether so many items may come at once.
///
/// # Errors
/// 422 when they are none or too many.
pub(crate) fn check_count(count: usize) -> Result<(), Problem> {
    match count {
        0 => Err(fault("/items", "Serve almeno una scrittura.")),
        1..=MOST_ITEMS => Ok(()),
        _ => Err(too_many()),
    }
}

/// The refusal of something that is missing.
pub(crate) fn fault(pointer: &str, detail: &str) -> Problem {
    let fault = Fault { pointer: pointer.to_owned(), kind: FaultKind::Missing, detail: detail.to_owned() };
    Problem::invalid(vec![fault])
}

fn too_many() -> Problem {
    let detail = format!("Al massimo {MOST_ITEMS} scritture alla volta.");
    Problem::invalid(vec![Fault { pointer: "/items".to_owned(), kind: FaultKind::OutOfBounds, detail }])
}
