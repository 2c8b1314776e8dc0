//! Many changes at once: a thousand mixed items, decided one after the other on what was loaded, stored in a constant handful
//! of statements. All or nothing, or what can be done; or only said, and not done.

use actix_web::post;
use actix_web::web::Bytes;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use traguardo_domain::access::Action;
use traguardo_domain::version::Expected;
use traguardo_domain::{Fault, FaultKind, Version};
use traguardo_persistence::TenantTx;
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::answer::Answer;
use crate::body;
use crate::call::Call;
use crate::keyed::Confidence;
use crate::plans::PlanPath;
use crate::problem::{Kind, Problem, ProblemBody};
use crate::workspace::Workspace;

mod bench;
mod schema;

use bench::{Bench, Written};
use schema::{BulkLines, BulkValue};

/// The most items at once.
const MOST_ITEMS: usize = 1_000;

/// Adds the route of many changes at once.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config.service(change_objectives);
}

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
    /// Se vero si dice l'esito di ciascuno e non si fa nulla.
    #[param(nullable = false)]
    dry_run: Option<bool>,
}

/// What is done with what an item names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(example = "put")]
pub(crate) enum BulkOperation {
    /// Creare o sostituire.
    Put,
    /// Togliere.
    Delete,
}

/// Una delle scritture.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"operation": "put", "path": "ext:PAGAMENTI", "value": {"title": "Rispettare i tempi di pagamento"}}))]
pub(crate) struct BulkItem {
    /// Che cosa fare.
    operation: BulkOperation,
    /// Di che cosa: il percorso sotto `objectives/`, come nelle singole operazioni (`ext:OB1`, `ext:OB1/indicators/ext:I1`,
    /// `ext:OB1/phases/ext:F1/indicators/ext:I1`).
    #[schema(min_length = 1, max_length = 400, pattern = "^[A-Za-z0-9._:~@+/-]+$")]
    path: String,
    /// La versione che si conosce dell'obiettivo, oppure `*`; come `If-Match`.
    #[schema(nullable = false, max_length = 20, pattern = "^([*]|[1-9][0-9]*)$", example = "*")]
    if_match: Option<String>,
    /// Che cosa scrivere, nella forma della singola operazione; per `put`.
    #[schema(nullable = false, value_type = BulkValue)]
    value: Option<Box<RawValue>>,
}

/// Le scritture, nell'ordine in cui vanno fatte.
#[derive(Debug, Deserialize, validator::Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"items": [{"operation": "put", "path": "ext:PAGAMENTI", "value": {"title": "Rispettare i tempi di pagamento"}}]}))]
pub(crate) struct BulkRequest {
    /// Le scritture.
    #[schema(min_items = 1, max_items = 1_000)]
    items: Vec<BulkItem>,
}

/// L'esito di una scrittura.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"index": 0, "path": "ext:PAGAMENTI", "status": 201, "id": "0193a5c0-0000-7000-8000-000000000004", "version": 1}))]
pub(crate) struct BulkOutcome {
    /// La posizione della scrittura, da zero.
    #[schema(minimum = 0, maximum = 999)]
    index: i32,
    /// Il percorso che nominava.
    #[schema(max_length = 400, pattern = "^[\\s\\S]*$")]
    path: String,
    /// Lo stato che avrebbe avuto la singola operazione.
    #[schema(minimum = 200, maximum = 499)]
    status: i32,
    /// L'identificativo di ciò che è stato scritto.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    id: Option<Uuid>,
    /// La versione dell'obiettivo.
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
    /// Quante scritture sono fatte, o lo sarebbero.
    #[schema(minimum = 0, maximum = 1000)]
    written: i32,
    /// Quante sono rifiutate.
    #[schema(minimum = 0, maximum = 1000)]
    refused: i32,
    /// Gli esiti.
    #[schema(min_items = 0, max_items = 1_000)]
    items: Vec<BulkOutcome>,
}

impl BulkItem {
    fn expected(&self) -> Result<Expected, Problem> {
        match self.if_match.as_deref() {
            None => Ok(Expected::Unsaid),
            Some("*") => Ok(Expected::Any),
            Some(text) => {
                let number = text.parse().map_err(|_| fault("/if_match", "Una versione, oppure *."))?;
                Ok(Expected::OneOf(vec![Version::stored(number)]))
            }
        }
    }

    fn value<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        let value = self.value.as_ref().ok_or_else(|| fault("/value", "Per put serve il valore."))?;
        body::parse(value.get().as_bytes())
    }
}

fn fault(pointer: &str, detail: &str) -> Problem {
    let fault = Fault { pointer: pointer.to_owned(), kind: FaultKind::Missing, detail: detail.to_owned() };
    Problem::invalid(vec![fault])
}

/// The items, from one JSON object or from a line each.
fn items_of(bytes: &Bytes, lines: bool) -> Result<Vec<BulkItem>, Problem> {
    let items = if lines {
        let mut items = Vec::new();
        for line in bytes.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty()) {
            let place = items.len();
            if place >= MOST_ITEMS {
                return Err(too_many());
            }
            items.push(
                body::parse::<BulkItem>(line).map_err(|problem| problem.below(&format!("/items/{place}")))?,
            );
        }
        items
    } else {
        body::parse::<BulkRequest>(bytes)?.items
    };
    match items.len() {
        0 => Err(fault("/items", "Serve almeno una scrittura.")),
        1..=MOST_ITEMS => Ok(items),
        _ => Err(too_many()),
    }
}

fn too_many() -> Problem {
    let detail = format!("Al massimo {MOST_ITEMS} scritture alla volta.");
    Problem::invalid(vec![Fault { pointer: "/items".to_owned(), kind: FaultKind::OutOfBounds, detail }])
}

/// Scrive molti obiettivi e loro parti insieme
///
/// Fino a mille scritture miste, fatte nell'ordine, ciascuna con il suo esito. Il corpo è un oggetto JSON con `items`, oppure
/// una scrittura per riga (`application/x-ndjson`). Con `mode=atomic` un rifiuto annulla tutto e si riceve 422 con ogni errore.
#[utoipa::path(tag = "objectives", params(PlanPath, BulkQuery, crate::call::IdempotencyKey), request_body(
    content((BulkRequest = "application/json"), (BulkLines = "application/x-ndjson"))
), responses(
    (status = 200, description = "Gli esiti.", body = BulkResponse),
))]
#[post("/{plan}/objectives-bulk")]
pub(crate) async fn change_objectives(call: Call<PlanPath, BulkQuery>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::EditObjectives)?.large();
    let mode = permit.query.mode.unwrap_or_default();
    let dry_run = permit.query.dry_run.unwrap_or_default();
    let (app, key) = (permit.app.clone(), permit.path.plan.clone());
    let lines = permit.body.is_declared("application/x-ndjson");
    let received = permit.receive_bytes(&["application/json", "application/x-ndjson"]).await?;
    let work = move |tx: &mut TenantTx<'_>, bytes: Bytes| {
        let items = items_of(&bytes, lines)?;
        let workspace = Workspace::open(tx, &app, &key)?;
        let mut bench = Bench::set(tx, workspace)?;
        let outcomes: Vec<_> = items.iter().map(|item| bench.carry_out(item)).collect();
        let refused = outcomes.iter().filter(|outcome| outcome.is_err()).count();
        if refused > 0 && mode == BulkMode::Atomic && !dry_run {
            return Err(refusal(outcomes));
        }
        if dry_run {
            tx.leave_unchanged();
        } else {
            bench.store(tx)?;
        }
        Answer::ok(&response(&items, outcomes, refused, !dry_run))
    };
    received.run(Confidence::Open, work).await
}

fn response(
    items: &[BulkItem],
    outcomes: Vec<Result<Written, Problem>>,
    refused: usize,
    done: bool,
) -> BulkResponse {
    let number = |count: usize| i32::try_from(count).unwrap_or(i32::MAX);
    let written = outcomes.len().saturating_sub(refused);
    let outcome = |(index, (item, outcome)): (usize, (&BulkItem, Result<Written, Problem>))| {
        let (index, path) = (number(index), item.path.clone());
        match outcome {
            Ok(Written { status, id, version }) => {
                let version = version.map(Version::number);
                BulkOutcome { index, path, status, id, version, problem: None }
            }
            Err(problem) => {
                let problem = problem.body("");
                BulkOutcome {
                    index,
                    path,
                    status: problem.status(),
                    id: None,
                    version: None,
                    problem: Some(problem),
                }
            }
        }
    };
    let items = items.iter().zip(outcomes).enumerate().map(outcome).collect();
    BulkResponse { applied: done && written > 0, written: number(written), refused: number(refused), items }
}

/// Everything that is wrong with the items, each fault below its item.
fn refusal(outcomes: Vec<Result<Written, Problem>>) -> Problem {
    let mut faults = Vec::new();
    for (index, outcome) in outcomes.into_iter().enumerate() {
        if let Err(problem) = outcome {
            faults.extend(problem.as_faults(&format!("/items/{index}")));
        }
    }
    Problem::of(Kind::BulkRefused).with_faults(faults)
}
