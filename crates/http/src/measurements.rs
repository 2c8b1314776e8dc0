//! Measurements over HTTP: added one at a time or a thousand together, read, never altered.

use actix_web::{HttpRequest, get, post};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use traguardo_documents::measurement::{MeasurementBody, SubjectPath};
use traguardo_domain::access::Action;
use traguardo_domain::measurement::{Measurement, MeasurementId, Subject};
use traguardo_domain::plan::Plan;
use traguardo_domain::{FaultKind, Violation};
use traguardo_persistence::measurements::{Filter, Name};
use traguardo_persistence::{TenantTx, measurements};
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::answer::Answer;
use crate::call::{Call, Key, PathOf, segment};
use crate::keyed::Confidence;
use crate::pages::Asked;
use crate::plans::{self, PlanPath};
use crate::problem::Problem;
use crate::query::{in_order, parsed, refused};

mod bulk;
mod contents;
mod register;
mod wire;

use contents::Contents;
use register::{Entered, Recorder, Register};
use wire::MeasurementList;
pub(crate) use wire::{MeasurementResponse, Standings, SubjectResponse};

/// Adds the routes.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config
        .service(list_measurements)
        .service(record_measurement)
        .service(bulk::record_measurements)
        .service(read_measurement);
}

/// What a path below the measurements of a plan names.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct MeasurementPath {
    /// Codice catastale del comune.
    #[param(value_type = String, pattern = "^[A-Z][0-9]{3}$", max_length = 4, example = "L454")]
    #[expect(dead_code, reason = "documents the segment that the call reads itself")]
    comune: (),
    /// Identificativo del piano, oppure `ext:` seguito dalla chiave esterna.
    #[param(value_type = String, pattern = "^(ext:[A-Za-z0-9._:~@+-]+|[0-9a-fA-F-]{36})$", max_length = 104, example = "ext:PIANO-2025")]
    plan: Key,
    /// Identificativo della misurazione, oppure `ext:` seguito dalla chiave esterna.
    #[param(value_type = String, pattern = "^(ext:[A-Za-z0-9._:~@+-]+|[0-9a-fA-F-]{36})$", max_length = 104, example = "ext:PCC-2025-12")]
    measurement: Key,
}

impl PathOf for MeasurementPath {
    fn read(request: &HttpRequest) -> Option<Self> {
        let plan = Key::parse(segment(request, "plan")?)?;
        Some(Self { comune: (), plan, measurement: Key::parse(segment(request, "measurement")?)? })
    }
}

/// Which measurements to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct MeasurementsQuery {
    /// Solo quelle di questo soggetto: il percorso sotto `objectives/`, come in `subject` di una misurazione.
    #[param(
        nullable = false,
        min_length = 1,
        max_length = 400,
        pattern = "^[A-Za-z0-9._:~@+/-]+$",
        example = "ext:PAGAMENTI/indicators/ext:IRP"
    )]
    subject: Option<String>,
    /// Solo quelle di questa assegnazione in particolare, per identificativo.
    #[param(nullable = false)]
    assignment: Option<Uuid>,
    /// Solo quelle il cui periodo finisce in questo giorno o dopo.
    #[serde(default, deserialize_with = "crate::day::maybe")]
    #[param(nullable = false, example = "2025-01-01")]
    period_from: Option<NaiveDate>,
    /// Solo quelle il cui periodo finisce in questo giorno o prima.
    #[serde(default, deserialize_with = "crate::day::maybe")]
    #[param(nullable = false, example = "2025-12-31")]
    period_to: Option<NaiveDate>,
    /// Solo quelle registrate da questo istante in poi: ciò che è nuovo per chi ha già letto il resto.
    #[param(nullable = false)]
    recorded_from: Option<DateTime<Utc>>,
    /// Il `next_cursor` della pagina precedente.
    #[param(nullable = false, max_length = 2000, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
    /// Quanti elementi al massimo.
    #[param(nullable = false, minimum = 1, maximum = 200, default = 50)]
    limit: Option<i32>,
}

/// What a list is narrowed to.
fn named(tx: &mut TenantTx<'_>, plan: &Plan, path: &SubjectPath) -> Result<Subject, Problem> {
    let found = Contents::load(tx, plan, std::slice::from_ref(path))?.subjects(path).first().copied();
    let detail = "Il piano non ha questo obiettivo, o l'obiettivo questa parte.";
    found.ok_or_else(|| refused(FaultKind::UnknownReference, "subject", detail))
}

/// Elenca le misurazioni di un piano
///
/// Nell'ordine in cui sono state registrate, una pagina alla volta: anche quelle di cui altre hanno preso il posto.
#[utoipa::path(tag = "measurements", params(PlanPath, MeasurementsQuery), responses(
    (status = 200, description = "Una pagina di misurazioni.", body = MeasurementList),
))]
#[get("/{plan}/measurements")]
pub(crate) async fn list_measurements(call: Call<PlanPath, MeasurementsQuery>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadResults)?;
    let query = &permit.query;
    let asked = Asked { list: "measurements", cursor: query.cursor.as_ref(), limit: query.limit };
    let request = asked.page(())?;
    let path = parsed("subject", query.subject.as_ref(), SubjectPath::parse)?;
    let (key, today) = (permit.path.plan.clone(), permit.app.today());
    let (assignment, recorded_from) = (query.assignment, query.recorded_from);
    let (period_from, period_to) = (query.period_from, query.period_to);
    in_order("period_from", period_from, period_to)?;
    let work = move |tx: &mut TenantTx<'_>| {
        let plan = plans::look_up(tx, &key)?.ok_or(Violation::NotFound)?;
        let subject = path.map(|path| named(tx, &plan, &path)).transpose()?;
        let filter = Filter { plan: plan.id, subject, assignment, period_from, period_to, recorded_from };
        let page = measurements::list(tx, &filter, &request)?;
        let standings = Standings::of(tx, plan.id, &page.items, today)?;
        Ok((page, standings))
    };
    let (page, standings) = permit.tenant(work).await?;
    let show = |measurement| standings.show(measurement);
    Answer::ok(&MeasurementList::from(asked.answer(&permit.app, &permit.request, page, show)))
}

/// Registra una misurazione
///
/// Si aggiunge alle altre; ciò che è sbagliato si corregge con un'altra, che ne prende il posto (`supersedes`), e restano entrambe.
/// Se il piano ha finestre di raccolta, dev'essere aperta quella del periodo. Una chiave esterna già inviata con lo stesso
/// contenuto risponde 200 con ciò che c'è. Chi dirige una struttura registra per le assegnazioni di quella e delle sottostanti.
#[utoipa::path(
    tag = "measurements",
    params(PlanPath, crate::call::IdempotencyKey),
    request_body = MeasurementBody,
    responses(
        (status = 200, description = "La misurazione che c'era già.", body = MeasurementResponse),
        (status = 201, description = "La misurazione registrata.", body = MeasurementResponse),
    )
)]
#[post("/{plan}/measurements")]
pub(crate) async fn record_measurement(call: Call<PlanPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::RecordMeasurements)?;
    let (app, actor, key) = (permit.app.clone(), permit.actor.clone(), permit.path.plan.clone());
    let base = permit.link(permit.request.path());
    let work = move |tx: &mut TenantTx<'_>, body: MeasurementBody| {
        let recorder = Recorder { app: &app, actor: &actor };
        let mut register = Register::open(tx, &recorder, &key, &[&body])?;
        let entered = register.enter(body)?;
        register.store(tx)?;
        let plan = register.plan.id;
        let mut show = |measurement: Measurement| {
            let standings = Standings::of(tx, plan, std::slice::from_ref(&measurement), app.today())?;
            Ok::<_, Problem>(standings.show(measurement))
        };
        match entered {
            Entered::Known(known) => Answer::ok(&show(known)?),
            Entered::Added(added) => {
                let location = format!("{base}/{}", added.id.0);
                Answer::created_without_version(location, &show(added)?)
            }
        }
    };
    permit.keyed(Confidence::Open, work).await
}

/// Legge una misurazione
///
/// Per identificativo o per chiave esterna: com'è stata registrata, e se oggi è quella che vale.
#[utoipa::path(tag = "measurements", params(MeasurementPath), responses(
    (status = 200, description = "La misurazione.", body = MeasurementResponse),
))]
#[get("/{plan}/measurements/{measurement}")]
pub(crate) async fn read_measurement(call: Call<MeasurementPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadResults)?;
    let (plan, key) = (permit.path.plan.clone(), permit.path.measurement.clone());
    let today = permit.app.today();
    let work = move |tx: &mut TenantTx<'_>| {
        let plan = plans::look_up(tx, &plan)?.ok_or(Violation::NotFound)?.id;
        let name = match &key {
            Key::Ours(id) => Name::Id(MeasurementId(*id)),
            Key::Theirs(key) => Name::Key(key),
        };
        let measurement = measurements::look_up(tx, plan, name)?.ok_or(Violation::NotFound)?;
        let standings = Standings::of(tx, plan, std::slice::from_ref(&measurement), today)?;
        Ok(standings.show(measurement))
    };
    Answer::ok(&permit.tenant(work).await?)
}
