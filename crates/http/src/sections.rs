//! Sections over HTTP. They are few, and each plan's are listed whole.

use actix_web::{HttpRequest, delete, get, post, put};
use serde::Serialize;
use traguardo_documents::section::SectionBody;
use traguardo_documents::word::SectionKindWord;
use traguardo_documents::{Reader, Word};
use traguardo_domain::access::Action;
use traguardo_domain::section::{Section, SectionFacts, SectionId};
use traguardo_domain::{Faults, Version, Violation};
use traguardo_persistence::sections::{self, Placed};
use traguardo_persistence::{TenantTx, plans as stored_plans};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::answer::Answer;
use crate::call::{Call, Key, PathOf, segment};
use crate::keyed::Confidence;
use crate::objectives::plan_id;
use crate::plans::{self, PlanPath};
use crate::problem::Problem;
use crate::put::{Put, Ways};
use crate::workspace::{address, expect_id};

/// Adds the routes of the sections of a plan.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config
        .service(list_sections)
        .service(add_section)
        .service(read_section)
        .service(write_section)
        .service(remove_section);
}

/// What a path below the sections of a plan names.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct SectionPath {
    /// Codice catastale del comune.
    #[param(value_type = String, pattern = "^[A-Z][0-9]{3}$", max_length = 4, example = "L454")]
    #[expect(dead_code, reason = "documents the segment that the call reads itself")]
    comune: (),
    /// Identificativo del piano, oppure `ext:` seguito dalla chiave esterna.
    #[param(value_type = String, pattern = "^(ext:[A-Za-z0-9._:~@+-]+|[0-9a-fA-F-]{36})$", max_length = 104, example = "ext:PIANO-2025")]
    plan: Key,
    /// Identificativo della sezione, oppure `ext:` seguito dalla chiave esterna.
    #[param(value_type = String, pattern = "^(ext:[A-Za-z0-9._:~@+-]+|[0-9a-fA-F-]{36})$", max_length = 104, example = "ext:CONTESTO")]
    section: Key,
}

impl PathOf for SectionPath {
    fn read(request: &HttpRequest) -> Option<Self> {
        let plan = Key::parse(segment(request, "plan")?)?;
        Some(Self { comune: (), plan, section: Key::parse(segment(request, "section")?)? })
    }
}

/// Una sezione narrativa del piano, com'è ora.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SectionRead, example = json!({
    "id": "0193a5c0-0000-7000-8000-000000000003", "kind": "external_context", "title": "Il contesto",
    "body": "Il comune conta **5.953** residenti.", "version": 1
}))]
pub(crate) struct SectionResponse {
    /// Identificativo.
    id: Uuid,
    /// Chiave dell'oggetto nel programma che lo ha inviato.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 100, pattern = "^[A-Za-z0-9][A-Za-z0-9._:~@+-]*$")]
    external_id: Option<String>,
    /// Argomento.
    kind: SectionKindWord,
    /// Titolo.
    #[schema(max_length = 300, pattern = "^.*\\S.*$")]
    title: String,
    /// Testo, in Markdown.
    #[schema(max_length = 100_000, pattern = "^[\\s\\S]+$")]
    body: String,
    /// Versione, la stessa dell'ETag.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    version: i32,
}

/// Le sezioni di un piano, nell'ordine.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SectionList {
    /// Le sezioni.
    #[schema(min_items = 0, max_items = 200)]
    items: Vec<SectionResponse>,
}

impl From<Section> for SectionResponse {
    fn from(section: Section) -> Self {
        let facts = section.facts;
        Self {
            id: section.id.0,
            external_id: facts.external_id.map(String::from),
            kind: Word(facts.kind),
            title: facts.title.into(),
            body: facts.body.into(),
            version: section.version.number(),
        }
    }
}

fn look_up(
    tx: &mut TenantTx<'_>,
    plan: traguardo_domain::plan::PlanId,
    key: &Key,
) -> Result<Option<Placed>, Problem> {
    Ok(match key {
        Key::Ours(id) => sections::look_up(tx, plan, Some(*id), None)?,
        Key::Theirs(key) => sections::look_up(tx, plan, None, Some(key))?,
    })
}

fn facts(mut body: SectionBody, key: Option<&Key>) -> Result<SectionFacts, Problem> {
    let mut faults = Faults::new();
    let mut at = Reader::new(&mut faults);
    if let Some(key) = key {
        body.addressed(&mut at, &address(key));
    }
    let facts = body.read(&mut at);
    faults.finish(facts).map_err(Problem::invalid)
}

/// Whether the id written with a section is that of the one that is there.
fn same_id(written: Option<Uuid>, there: Option<Uuid>) -> Result<(), Problem> {
    let mut faults = Faults::new();
    expect_id(&mut Reader::new(&mut faults), written, there);
    faults.finish(Some(())).map_err(Problem::invalid)
}

/// Elenca le sezioni di un piano
///
/// Tutte, nell'ordine del piano.
#[utoipa::path(tag = "sections", params(PlanPath), responses(
    (status = 200, description = "Le sezioni.", body = SectionList),
))]
#[get("")]
pub(crate) async fn list_sections(call: Call<PlanPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadPlans)?;
    let key = permit.path.plan.clone();
    let work = move |tx: &mut TenantTx<'_>| {
        let plan = plans::look_up(tx, &key)?.ok_or(Violation::NotFound)?;
        Ok(sections::all(tx, plan.id)?)
    };
    let items = permit.tenant(work).await?.into_iter().map(|placed| placed.section.into()).collect();
    Answer::ok(&SectionList { items })
}

/// Aggiunge una sezione
///
/// In fondo alle altre; il piano dev'essere in bozza o in variazione.
#[utoipa::path(tag = "sections", params(PlanPath, crate::call::IdempotencyKey), request_body = SectionBody, responses(
    (status = 201, description = "La sezione aggiunta.", body = SectionResponse),
))]
#[post("")]
pub(crate) async fn add_section(call: Call<PlanPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::EditPlans)?;
    let (id, key) = (SectionId(permit.app.new_id()), permit.path.plan.clone());
    let location = permit.link(&format!("{}/{}", permit.request.path(), id.0));
    let work = move |tx: &mut TenantTx<'_>, body: SectionBody| {
        let plan = plans::look_up(tx, &key)?.ok_or(Violation::NotFound)?;
        plan.open()?;
        same_id(body.id(), None)?;
        let section = Section { id, facts: facts(body, None)?, version: Version::FIRST };
        add(tx, &plan, section.clone())?;
        Answer::created(location, section.version, &SectionResponse::from(section))
    };
    permit.keyed(Confidence::Open, work).await
}

fn add(tx: &mut TenantTx<'_>, plan: &traguardo_domain::plan::Plan, section: Section) -> Result<(), Problem> {
    let last = sections::all(tx, plan.id)?.last().map_or(0, |placed| placed.position);
    sections::store(tx, plan, &[Placed { position: last.saturating_add(1), section }], &[])?;
    stored_plans::turn_page(tx, plan)?;
    Ok(())
}

/// Legge una sezione
///
/// Per identificativo o per chiave esterna.
#[utoipa::path(tag = "sections", params(SectionPath, crate::call::IfNoneMatch), responses(
    (status = 200, description = "La sezione.", body = SectionResponse),
    (status = 304, description = "Chi chiede ha già questa versione."),
))]
#[get("/{section}")]
pub(crate) async fn read_section(call: Call<SectionPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadPlans)?;
    let (plan, key) = (permit.path.plan.clone(), permit.path.section.clone());
    let work = move |tx: &mut TenantTx<'_>| {
        let plan = plan_id(tx, &plan)?;
        look_up(tx, plan, &key)
    };
    let section = permit.tenant(work).await?.ok_or(Violation::NotFound)?.section;
    permit.found(section.version, &SectionResponse::from(section))
}

/// Scrive una sezione
///
/// La sostituisce; per chiave esterna la crea, in fondo alle altre, se non c'è. Per cambiarla serve `If-Match`.
#[utoipa::path(tag = "sections", params(SectionPath, crate::call::Preconditions), request_body = SectionBody, responses(
    (status = 200, description = "La sezione com'è ora.", body = SectionResponse),
    (status = 201, description = "La sezione creata.", body = SectionResponse),
))]
#[put("/{section}")]
pub(crate) async fn write_section(call: Call<SectionPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::EditPlans)?;
    let condition = permit.condition()?;
    let (plan, key) = (permit.path.plan.clone(), permit.path.section.clone());
    let id = SectionId(permit.app.new_id());
    let path = permit.request.path().to_owned();
    let base = path.rsplit_once('/').map_or("", |(base, _)| base);
    let location = permit.link(&format!("{base}/{}", id.0));
    let (permit, body) = permit.read::<SectionBody>().await?;
    let written = body.id();
    let facts = facts(body, Some(&key))?;
    let put = Put { condition, named_by: key.named_by(), location };
    let work = move |tx: &mut TenantTx<'_>| {
        let plan = plans::look_up(tx, &plan)?.ok_or(Violation::NotFound)?;
        plan.open()?;
        let placed = look_up(tx, plan.id, &key)?;
        if key.theirs().is_some() {
            same_id(written, placed.as_ref().map(|placed| placed.section.id.0))?;
        }
        let position = placed.as_ref().map_or(1, |placed| placed.position);
        let ways = Ways {
            create: |tx: &mut TenantTx<'_>, facts| {
                let section = Section { id, facts, version: Version::FIRST };
                add(tx, &plan, section.clone())?;
                Ok(section)
            },
            change: |tx: &mut TenantTx<'_>, before: &Section, facts| {
                let section = Section { id: before.id, facts, version: before.version.next() };
                sections::store(tx, &plan, &[Placed { position, section: section.clone() }], &[before])?;
                stored_plans::turn_page(tx, &plan)?;
                Ok(section)
            },
        };
        let before = placed.map(|placed| placed.section);
        put.carry_out::<Section, SectionResponse, _, _>(tx, before, facts, ways)
    };
    permit.tenant(work).await
}

/// Toglie una sezione
///
/// Il piano dev'essere in bozza o in variazione.
#[utoipa::path(tag = "sections", params(SectionPath, crate::call::IfMatch), responses(
    (status = 204, description = "Tolta."),
))]
#[delete("/{section}")]
pub(crate) async fn remove_section(call: Call<SectionPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::EditPlans)?;
    let condition = permit.condition()?;
    let (plan, key) = (permit.path.plan.clone(), permit.path.section.clone());
    let work = move |tx: &mut TenantTx<'_>| {
        let plan = plans::look_up(tx, &plan)?.ok_or(Violation::NotFound)?;
        plan.open()?;
        let section = look_up(tx, plan.id, &key)?.ok_or(Violation::NotFound)?.section;
        condition.expected.check(section.version)?;
        sections::delete(tx, &plan, &[&section])?;
        stored_plans::turn_page(tx, &plan)?;
        Ok(())
    };
    permit.tenant(work).await?;
    Ok(Answer::done())
}
