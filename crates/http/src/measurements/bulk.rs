//! Many measurements at once: each with its outcome, all or nothing or what can be recorded.

use actix_web::post;
use actix_web::web::Bytes;
use serde::Deserialize;
use serde_json::value::RawValue;
use traguardo_documents::measurement::MeasurementBody;
use traguardo_domain::access::Action;
use traguardo_persistence::TenantTx;
use utoipa::ToSchema;
use validator::Validate;

use super::register::{Entered, Recorder, Register};
use crate::answer::Answer;
use crate::body;
use crate::bulk::outcomes::{self, BulkQuery, BulkResponse, Outcomes, Written};
use crate::call::Call;
use crate::keyed::Confidence;
use crate::plans::PlanPath;
use crate::problem::Problem;

/// Le misurazioni, nell'ordine in cui vanno registrate.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"items": [{
    "external_id": "PCC-2025-06", "subject": "ext:PAGAMENTI/indicators/ext:IRP",
    "period": {"from": "2025-01-01", "to": "2025-06-30"}, "value": {"type": "number", "figure": "-1.5"},
    "standing": "provisional"
}]}))]
pub(crate) struct MeasurementsRequest {
    /// Le misurazioni, come da sole.
    #[schema(min_items = 1, max_items = 1_000, value_type = Vec<MeasurementBody>)]
    items: Vec<Box<RawValue>>,
}

/// Una misurazione per riga, ciascuna un oggetto JSON intero.
#[derive(ToSchema)]
#[schema(
    max_length = 8_388_608,
    pattern = "^[\\s\\S]*$",
    example = "{\"external_id\":\"PCC-2025-06\",\"subject\":\"ext:PAGAMENTI/indicators/ext:IRP\",\"period\":{\"from\":\"2025-01-01\",\"to\":\"2025-06-30\"},\"value\":{\"type\":\"number\",\"figure\":\"-1.5\"},\"standing\":\"provisional\"}\n"
)]
#[expect(dead_code, reason = "only its description is published")]
pub(crate) struct MeasurementLines(String);

/// An item of a bulk, read or refused, and what it says it is of.
struct Item {
    path: String,
    body: Result<MeasurementBody, Problem>,
}

/// What an item that could not be read says it is of.
#[derive(Deserialize)]
struct Named {
    #[serde(default)]
    subject: String,
}

impl Item {
    fn read(bytes: &[u8]) -> Self {
        let body = body::parse::<MeasurementBody>(bytes);
        let path = match &body {
            Ok(body) => body.subject_as_written().to_owned(),
            Err(_) => serde_json::from_slice::<Named>(bytes).map(|named| named.subject).unwrap_or_default(),
        };
        Self { path: path.chars().take(400).collect(), body }
    }
}

/// The items, from one JSON object or from a line each.
fn items_of(bytes: &Bytes, lines: bool) -> Result<Vec<Item>, Problem> {
    let items: Vec<Item> = if lines {
        outcomes::lines_of(bytes)?.into_iter().map(Item::read).collect()
    } else {
        let request = body::parse::<MeasurementsRequest>(bytes)?;
        outcomes::check_count(request.items.len())?;
        request.items.iter().map(|item| Item::read(item.get().as_bytes())).collect()
    };
    outcomes::check_count(items.len())?;
    Ok(items)
}

/// Registra molte misurazioni insieme
///
/// Fino a mille, nell'ordine, ciascuna con il suo esito: chi è già registrata con la stessa chiave e lo stesso contenuto risponde
/// 200. Una misurazione può prendere il posto di un'altra dello stesso invio. Il corpo è un oggetto JSON con `items`, oppure una
/// misurazione per riga (`application/x-ndjson`). Con `mode=atomic` un rifiuto annulla tutto e si riceve 422 con ogni errore.
#[utoipa::path(tag = "measurements", params(PlanPath, BulkQuery, crate::call::IdempotencyKey), request_body(
    content((MeasurementsRequest = "application/json"), (MeasurementLines = "application/x-ndjson"))
), responses(
    (status = 200, description = "Gli esiti.", body = BulkResponse),
))]
#[post("/{plan}/measurements-bulk")]
pub(crate) async fn record_measurements(call: Call<PlanPath, BulkQuery>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::RecordMeasurements)?.large();
    let manner = permit.manner();
    let (app, actor, key) = (permit.app.clone(), permit.actor.clone(), permit.path.plan.clone());
    let lines = permit.body.is_declared("application/x-ndjson");
    let received = permit.receive_bytes(&["application/json", "application/x-ndjson"]).await?;
    let work = move |tx: &mut TenantTx<'_>, bytes: Bytes| {
        let items = items_of(&bytes, lines)?;
        let readable: Vec<&MeasurementBody> =
            items.iter().filter_map(|item| item.body.as_ref().ok()).collect();
        let mut register = Register::open(tx, &Recorder { app: &app, actor: &actor }, &key, &readable)?;
        let (paths, bodies): (Vec<_>, Vec<_>) = items.into_iter().map(|item| (item.path, item.body)).unzip();
        let enter = |body: Result<MeasurementBody, Problem>| register.enter(body?).map(written);
        let outcomes = bodies.into_iter().map(enter).collect();
        let outcomes = Outcomes::decide(outcomes, &manner)?;
        if manner.is_trial {
            tx.leave_unchanged();
        } else {
            register.store(tx)?;
        }
        Answer::ok(&outcomes.response(paths))
    };
    received.run(Confidence::Open, work).await
}

fn written(entered: Entered) -> Written {
    let (status, measurement) = match entered {
        Entered::Added(added) => (201, added),
        Entered::Known(known) => (200, known),
    };
    Written { status, id: Some(measurement.id.0), version: None }
}
