//! Many changes at once: a thousand mixed items, decided one after the other on what was loaded, stored in a constant handful
//! of statements. All or nothing, or what can be done; or only said, and not done.

use actix_web::post;
use actix_web::web::Bytes;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use traguardo_domain::Version;
use traguardo_domain::access::Action;
use traguardo_domain::text::Code;
use traguardo_domain::version::Expected;
use traguardo_persistence::TenantTx;
use traguardo_persistence::adoptions::Named;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answer::Answer;
use crate::body;
use crate::call::Call;
use crate::keyed::Confidence;
use crate::plans::PlanPath;
use crate::problem::Problem;
use crate::workspace::Workspace;

mod bench;
pub(crate) mod outcomes;
mod schema;

use bench::Bench;
use outcomes::{BulkQuery, BulkResponse, Outcomes, fault};
use schema::{BulkLines, BulkValue};

/// Adds the route of many changes at once.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config.service(change_objectives);
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

/// What a value says it is bound to, whatever else it says.
#[derive(Deserialize)]
struct Bound {
    template: Option<String>,
    template_version: Option<i32>,
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

    /// The version of a template its value says it is bound to, when it can be read.
    fn follows(&self) -> Option<Named> {
        let value = self.value.as_ref()?;
        let Bound { template, template_version } = serde_json::from_str(value.get()).ok()?;
        Code::parse(&template?).ok().zip(template_version)
    }

    fn value<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        let value = self.value.as_ref().ok_or_else(|| fault("/value", "Per put serve il valore."))?;
        body::parse(value.get().as_bytes())
    }
}

/// The items, from one JSON object or from a line each.
fn items_of(bytes: &Bytes, lines: bool) -> Result<Vec<BulkItem>, Problem> {
    let items = if lines {
        let read = |(place, line): (usize, &[u8])| {
            body::parse::<BulkItem>(line).map_err(|problem| problem.below(&format!("/items/{place}")))
        };
        outcomes::lines_of(bytes)?.into_iter().enumerate().map(read).collect::<Result<_, _>>()?
    } else {
        body::parse::<BulkRequest>(bytes)?.items
    };
    outcomes::check_count(items.len())?;
    Ok(items)
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
    let manner = permit.manner();
    let (app, key) = (permit.app.clone(), permit.path.plan.clone());
    let lines = permit.body.is_declared("application/x-ndjson");
    let received = permit.receive_bytes(&["application/json", "application/x-ndjson"]).await?;
    let work = move |tx: &mut TenantTx<'_>, bytes: Bytes| {
        let items = items_of(&bytes, lines)?;
        let workspace = Workspace::open(tx, &app, &key)?;
        let mut bench = Bench::set(tx, workspace, items.iter().filter_map(BulkItem::follows))?;
        let outcomes: Vec<_> = items.iter().map(|item| bench.carry_out(item)).collect();
        let outcomes = Outcomes::decide(outcomes, &manner)?;
        if manner.is_trial {
            tx.leave_unchanged();
        } else {
            bench.store(tx)?;
        }
        Answer::ok(&outcomes.response(items.into_iter().map(|item| item.path)))
    };
    received.run(Confidence::Open, work).await
}
