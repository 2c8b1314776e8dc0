//! The whole plan over HTTP: one document out, one document in, its order, and its copy for another year.

use std::borrow::Cow;
use std::collections::HashMap;

use actix_web::{get, post, put};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use traguardo_documents::plan::{Before, PlanBody};
use traguardo_documents::{Reader, Word};
use traguardo_domain::access::Action;
use traguardo_domain::comune::ComuneCode;
use traguardo_domain::period::Year;
use traguardo_domain::plan::document::{Format, Header, PlanDocument};
use traguardo_domain::plan::{Plan, PlanId};
use traguardo_domain::score::Results;
use traguardo_domain::section::Section;
use traguardo_domain::text::{ExternalId, Line};
use traguardo_domain::unit::Unit;
use traguardo_domain::version::{Course, Versioned};
use traguardo_domain::{FaultKind, Faults, Version, Violation};
use traguardo_persistence::plan_documents::{self, Contents};
use traguardo_persistence::{TenantTx, measurements};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;
use validator::Validate;

use crate::adoptions::followed::hold;
use crate::answer::Answer;
use crate::call::Call;
use crate::keyed::Confidence;
use crate::plans::{self, PlanPath, PlanResponse};
use crate::precondition;
use crate::problem::{Kind, Problem};
use crate::words::PlanKindWord;
use crate::workspace::address;

/// Adds the routes of the whole plan.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config.service(read_document).service(write_document).service(order_plan).service(copy_plan);
}

/// A plan as it travels, its objectives as they were written.
#[derive(Serialize)]
pub(crate) struct DocumentResponse {
    format: Word<Format>,
    comune: ComuneCode,
    plan: Header,
    units: Vec<Unit>,
    sections: Vec<Section>,
    objectives: Vec<Box<RawValue>>,
}

impl DocumentResponse {
    fn new(comune: ComuneCode, plan: Plan, contents: Contents) -> Result<Self, Problem> {
        let raw = |written: traguardo_persistence::Written| RawValue::from_string(written.into());
        let objectives = contents.objectives.into_iter().map(raw).collect::<Result<Vec<_>, _>>();
        let objectives = objectives.map_err(|error| {
            log::error!("an objective is kept as no JSON: {error}");
            Problem::of(Kind::Internal)
        })?;
        Ok(Self {
            format: Word(Format::V1),
            comune,
            plan: Header { id: plan.id, facts: plan.facts },
            units: contents.units,
            sections: contents.sections,
            objectives,
        })
    }
}

/// What is read of a plan has the form of what is written of it.
impl PartialSchema for DocumentResponse {
    fn schema() -> RefOr<Schema> {
        PlanBody::schema()
    }
}

impl ToSchema for DocumentResponse {
    fn name() -> Cow<'static, str> {
        PlanBody::name()
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        PlanBody::schemas(schemas);
    }
}

/// A document as it stands among the revisions of its plan.
struct Standing {
    document: PlanDocument,
    revision: Version,
}

impl Versioned for Standing {
    type Facts = PlanDocument;

    fn facts(&self) -> &PlanDocument {
        &self.document
    }

    fn version(&self) -> Version {
        self.revision
    }
}

/// L'ordine degli obiettivi di un piano.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"objectives": ["0193a5c0-0000-7000-8000-000000000004"]}))]
pub(crate) struct PlanOrder {
    /// Tutti gli obiettivi, ciascuno una volta, nell'ordine voluto.
    #[schema(min_items = 0, max_items = 2_000)]
    objectives: Vec<Uuid>,
}

/// Un piano da cominciare copiandone un altro.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"year": 2026, "title": "Piano della performance 2026-2028"}))]
pub(crate) struct PlanCopy {
    /// Anno del nuovo piano.
    #[schema(minimum = 2009, maximum = 2100, example = 2026)]
    year: i32,
    /// Natura del nuovo piano; quella del piano copiato, se non è detta.
    #[schema(nullable = false)]
    kind: Option<PlanKindWord>,
    /// Titolo; quello del piano copiato, con l'anno cambiato, se non è detto.
    #[schema(nullable = false, min_length = 1, max_length = 300, pattern = "^.*\\S.*$")]
    title: Option<String>,
    /// Chiave del nuovo piano nel programma che lo invia.
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 100,
        pattern = "^[A-Za-z0-9][A-Za-z0-9._:~@+-]*$"
    )]
    external_id: Option<String>,
}

/// Legge il piano intero
///
/// Com'è ora, anche in bozza, in un solo documento; la versione approvata si legge da `versions/current`.
#[utoipa::path(tag = "plans", params(PlanPath, crate::call::IfNoneMatch), responses(
    (status = 200, description = "Il documento.", body = DocumentResponse),
    (status = 304, description = "Chi chiede ha già questo documento."),
))]
#[get("/{plan}/document")]
pub(crate) async fn read_document(call: Call<PlanPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadPlans)?;
    let (key, headers, comune) = (permit.path.plan.clone(), permit.headers().clone(), permit.grant.comune());
    let held = precondition::held(&headers)?;
    let work = move |tx: &mut TenantTx<'_>| {
        let plan = plans::look_up(tx, &key)?.ok_or(Violation::NotFound)?;
        let revision = plan.revision;
        let text = revision.number().to_string();
        if held.is_none_or(|held| held.contains(&text)) {
            return Ok((revision, None));
        }
        let contents = plan_documents::read(tx, &plan)?;
        Ok((revision, Some((plan, contents))))
    };
    match permit.tenant(work).await? {
        (revision, None) => Ok(Answer::not_modified(revision)),
        (revision, Some((plan, contents))) => {
            Answer::found(revision, &DocumentResponse::new(comune, plan, contents)?)
        }
    }
}

/// Scrive il piano intero
///
/// Il piano diventa ciò che dice il documento: ciò che il documento non ha è tolto, ciò che ha e il piano non ha è creato,
/// ciò che è scritto di nuovo (per `id` o per chiave esterna) conserva la sua identità. Per chiave esterna crea il piano se non c'è.
#[utoipa::path(tag = "plans", params(PlanPath, crate::call::Preconditions), request_body = PlanBody, responses(
    (status = 200, description = "Il documento com'è ora.", body = DocumentResponse),
    (status = 201, description = "Il documento del piano creato.", body = DocumentResponse),
))]
#[put("/{plan}/document")]
pub(crate) async fn write_document(call: Call<PlanPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::EditPlans)?.large();
    let (condition, key, comune) = (permit.condition()?, permit.path.plan.clone(), permit.grant.comune());
    let app = permit.app.clone();
    let base = permit.link(&format!("/v1/comuni/{comune}/plans"));
    let (permit, mut body) = permit.read::<PlanBody>().await?;
    let work = move |tx: &mut TenantTx<'_>| {
        let before = match plans::look_up(tx, &key)? {
            None => None,
            Some(plan) => {
                let document = plan_documents::load(tx, &plan)?;
                Some((Standing { document, revision: plan.revision }, plan))
            }
        };
        let mut faults = Faults::new();
        let mut at = Reader::new(&mut faults);
        body.addressed(&mut at, comune, &address(&key));
        let standing = before.as_ref().map(|(standing, _)| standing);
        let units = match standing {
            Some(standing) => standing.document.units.clone(),
            None => plan_documents::units_of_year(tx, body.year())?,
        };
        let known = Before { units: &units, plan: standing.map(|standing| &standing.document) };
        let after = body.read(&mut at, &known, &mut || app.new_id());
        let after = faults.finish(after).map_err(Problem::invalid)?;
        let course = condition.course(key.named_by(), standing, &after.with_units_as_read())?;
        if course == Course::Leave {
            tx.leave_unchanged();
        } else {
            let known = before.as_ref().map(|(standing, plan)| (plan, &standing.document));
            hold(tx, known.map(|(_, document)| document), &after)?;
            plan_documents::put(tx, known, &after)?;
        }
        let plan =
            plans::look_up(tx, &crate::call::Key::Ours(after.plan.id.0))?.ok_or(Violation::NotFound)?;
        let contents = plan_documents::read(tx, &plan)?;
        let (id, revision) = (plan.id, plan.revision);
        let response = DocumentResponse::new(comune, plan, contents)?;
        if course == Course::Create {
            return Answer::created(format!("{base}/{}/document", id.0), revision, &response);
        }
        Answer::found(revision, &response)
    };
    permit.tenant(work).await
}

/// Mette in ordine gli obiettivi
///
/// Serve `If-Match` con l'`ETag` del documento del piano.
#[utoipa::path(tag = "plans", params(PlanPath, crate::call::IfMatch), request_body = PlanOrder, responses(
    (status = 204, description = "Fatto."),
))]
#[put("/{plan}/order")]
pub(crate) async fn order_plan(call: Call<PlanPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::EditPlans)?;
    let (condition, key) = (permit.condition()?, permit.path.plan.clone());
    let (permit, order) = permit.read::<PlanOrder>().await?;
    let work = move |tx: &mut TenantTx<'_>| {
        let plan = plans::look_up(tx, &key)?.ok_or(Violation::NotFound)?;
        condition.expected.check(plan.revision)?;
        plan.open()?;
        let before = plan_documents::load(tx, &plan)?;
        let ordered = before.ordered(&order.objectives)?;
        if ordered == before {
            tx.leave_unchanged();
        } else {
            plan_documents::put(tx, Some((&plan, &before)), &ordered)?;
        }
        Ok(())
    };
    permit.tenant(work).await?;
    Ok(Answer::done())
}

/// Comincia un piano copiandone un altro
///
/// Strutture, sezioni, obiettivi, fasi e indicatori, con valori attesi e scadenze spostati di tanti anni quanti ne separano i
/// due piani. Ogni obiettivo dice di quale è il seguito; ogni indicatore parte dal valore a cui è arrivato.
#[utoipa::path(tag = "plans", params(PlanPath, crate::call::IdempotencyKey), request_body = PlanCopy, responses(
    (status = 201, description = "Il nuovo piano, in bozza.", body = PlanResponse),
))]
#[post("/{plan}/copies")]
pub(crate) async fn copy_plan(call: Call<PlanPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::EditPlans)?;
    let (app, key) = (permit.app.clone(), permit.path.plan.clone());
    let id = PlanId(app.new_id());
    let location = permit.link(&format!("/v1/comuni/{}/plans/{}", permit.grant.comune(), id.0));
    let work = move |tx: &mut TenantTx<'_>, copy: PlanCopy| {
        let plan = plans::look_up(tx, &key)?.ok_or(Violation::NotFound)?;
        let wanted = copy.header(id, &plan)?;
        let year = wanted.facts.clone();
        let document = plan_documents::load(tx, &plan)?;
        let units = plan_documents::units_of(tx, &year)?;
        let document = started(tx, &plan, document, year.year, app.today())?;
        let copied = document.carried_to(wanted, &units, &mut || app.new_id());
        let plan = plan_documents::put(tx, None, &copied)?;
        Answer::created(location, plan.version, &PlanResponse::from(plan))
    };
    permit.keyed(Confidence::Open, work).await
}

/// What is copied to a later year starts from what was reached until then.
fn started(
    tx: &mut TenantTx<'_>,
    plan: &Plan,
    document: PlanDocument,
    year: Year,
    today: NaiveDate,
) -> Result<PlanDocument, Problem> {
    if year <= plan.facts.year {
        return Ok(document);
    }
    let (measured, judged) = (measurements::all(tx, plan.id)?, HashMap::new());
    Ok(document.starting_from(&Results::known(&measured, &judged, today)))
}

impl PlanCopy {
    fn header(self, id: PlanId, copied: &Plan) -> Result<Header, Problem> {
        let mut faults = Faults::new();
        let mut at = Reader::new(&mut faults);
        let year = at.take("year", Year::parse(self.year));
        let title = at.maybe("title", self.title.as_ref(), Line::parse);
        let external_id = at.maybe("external_id", self.external_id.as_ref(), ExternalId::parse);
        if year == Some(copied.facts.year) && self.kind.is_none_or(|kind| kind.0 == copied.facts.kind) {
            at.fault("year", FaultKind::Inconsistent, "È l'anno del piano copiato.");
        }
        let header = year.map(|year| {
            let mut facts = copied.facts.carried_to(year);
            facts.external_id = external_id;
            facts.kind = self.kind.map_or(facts.kind, |kind| kind.0);
            facts.title = title.unwrap_or(facts.title);
            Header { id, facts }
        });
        faults.finish(header).map_err(Problem::invalid)
    }
}
