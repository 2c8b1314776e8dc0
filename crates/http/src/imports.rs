//! Imports over HTTP: a file is received, read after the answer, settled, and put into a plan.

use actix_web::{HttpRequest, delete, get, patch, post};
use traguardo_domain::access::Action;
use traguardo_domain::import::{Import, ImportId, ProfileName};
use traguardo_domain::period::Year;
use traguardo_domain::{FaultKind, Violation};
use traguardo_persistence::imports::{self, Filter, Standing};
use traguardo_persistence::{TenantTx, import_profiles, packed};
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answer::Answer;
use crate::call::{Call, ComunePath, PathOf, segment};
use crate::keyed::Confidence;
use crate::pages::Asked;
use crate::problem::Problem;
use crate::query::refused;

mod application;
mod asked;
mod desk;
mod draft;
mod engine;
mod findings;
mod schema;
mod wire;

pub(crate) use desk::Desk;

use asked::{ImportPatch, ImportQuery, ImportsQuery};
use schema::{ImportFile, ImportForm};
use wire::{ImportList, ImportResponse};

/// What a file may be declared as; what it is, its bytes say.
const FILES: &[&str] = &[
    "application/octet-stream",
    "application/json",
    "text/plain",
    "text/markdown",
    "text/csv",
    "text/tab-separated-values",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.oasis.opendocument.spreadsheet",
];
/// How a change of an import is declared.
const PATCHES: &[&str] = &["application/merge-patch+json", "application/json"];

/// Adds the routes of imports.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config
        .service(list_imports)
        .service(receive_import)
        .service(draft::read_import_draft)
        .service(draft::read_import_certificate)
        .service(draft::read_import_source)
        .service(findings::list_import_findings)
        .service(findings::list_import_lines)
        .service(application::preview_application)
        .service(application::apply_import)
        .service(read_import)
        .service(settle_import)
        .service(remove_import);
}

/// What a path below the imports of a comune names.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct ImportPath {
    /// Codice catastale del comune.
    #[param(value_type = String, pattern = "^[A-Z][0-9]{3}$", max_length = 4, example = "L454")]
    #[expect(dead_code, reason = "documents the segment that the call reads itself")]
    comune: (),
    /// Identificativo dell'importazione.
    #[param(value_type = Uuid)]
    pub(crate) import: ImportId,
}

impl PathOf for ImportPath {
    fn read(request: &HttpRequest) -> Option<Self> {
        Some(Self { comune: (), import: ImportId(segment(request, "import")?.parse().ok()?) })
    }
}

/// Whether a profile of this name is there to read with.
fn is_known(tx: &mut TenantTx<'_>, name: &ProfileName) -> Result<bool, Problem> {
    Ok(name.is_detect() || engine::is_shipped(name) || import_profiles::look_up(tx, name)?.is_some())
}

/// The import with this id.
fn found(tx: &mut TenantTx<'_>, id: ImportId) -> Result<Standing, Problem> {
    Ok(imports::look_up(tx, id)?.ok_or(Violation::NotFound)?)
}

/// Invia un file da leggere
///
/// Il file com'è (testo con tabelle, Markdown, CSV, XLSX, ODS, DOCX, il documento canonico in JSON), fino a 20 MB, nel corpo oppure
/// nella parte `file` di un modulo. Si legge dopo la risposta: l'indirizzo in `Location` dice a che punto è. Ciò che il file è lo
/// dicono i suoi byte; un piano nella forma canonica si può dichiarare `application/json`.
#[utoipa::path(tag = "imports", params(ComunePath, ImportQuery, crate::call::IdempotencyKey), request_body(content(
    (ImportFile = "application/octet-stream"),
    (ImportFile = "text/plain"),
    (ImportFile = "text/markdown"),
    (ImportFile = "text/csv"),
    (ImportFile = "text/tab-separated-values"),
    (ImportFile = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (ImportFile = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (ImportFile = "application/vnd.oasis.opendocument.spreadsheet"),
    (ImportForm = "multipart/form-data"),
)), responses(
    (status = 202, description = "L'importazione, da leggere.", body = ImportResponse, headers(("Retry-After" = i32))),
))]
#[post("")]
pub(crate) async fn receive_import(call: Call<ComunePath, ImportQuery>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::EditImports)?;
    let (app, comune, member) = (permit.app.clone(), permit.grant.comune(), permit.actor.member);
    let base = permit.link(&format!("/v1/comuni/{comune}/imports"));
    let query: ImportQuery = crate::query::read(permit.request.query_string())?;
    // Held until the file is stored: as many as there are turns are in memory at once.
    let turn = app.receiving().await?;
    let received = permit.receive_file(FILES).await?;
    let (media_type, bytes) = (received.value().media_type.clone(), received.value().bytes.clone());
    let looked = app.aside(move || {
        engine::look(&media_type, &bytes)?;
        Ok::<_, Problem>(packed::pack(&bytes)?)
    });
    let packed = looked.await??;
    let facts = query.facts(received.value())?;
    let import = Import::received(ImportId(app.new_id()), facts, app.now(), Some(member));
    let id = import.id;
    let work = move |tx: &mut TenantTx<'_>, packed: Vec<u8>| {
        if !is_known(tx, &import.facts.profile)? {
            let detail = "Il profilo non c'è: né fra quelli del programma, né fra quelli del comune.";
            return Err(refused(FaultKind::UnknownReference, "profile", detail));
        }
        imports::insert(tx, &import, &packed)?;
        let location = format!("{base}/{}", import.id.0);
        Answer::accepted(location, &ImportResponse::from(Standing::of(import)))
    };
    let answer = received.with(packed).run(Confidence::Open, work).await?;
    drop(turn);
    desk::attend(&app, comune, id);
    Ok(answer)
}

/// Elenca le importazioni
///
/// Dall'ultima ricevuta, una pagina alla volta.
#[utoipa::path(tag = "imports", params(ComunePath, ImportsQuery), responses(
    (status = 200, description = "Una pagina di importazioni.", body = ImportList),
))]
#[get("")]
pub(crate) async fn list_imports(call: Call<ComunePath, ImportsQuery>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadImports)?;
    let query = &permit.query;
    let asked = Asked { list: "imports", cursor: query.cursor.as_ref(), limit: query.limit };
    let request = asked.page(())?;
    let year = query.year.map(Year::parse).transpose();
    let year = year.map_err(|error| refused(error.kind, "year", &error.detail))?;
    let filter = Filter { year, state: query.state.map(|state| state.0) };
    let page = permit.tenant(move |tx| Ok(imports::list(tx, &filter, &request)?)).await?;
    for standing in page.items.iter().filter(|one| one.is_unattended(permit.app.now())) {
        desk::attend(&permit.app, permit.grant.comune(), standing.import.id);
    }
    Answer::ok(&ImportList::from(asked.answer(&permit.app, &permit.request, page, ImportResponse::from)))
}

/// Legge un'importazione
///
/// A che punto è la lettura e, quando è finita, che cosa se ne è capito: profili proposti con il perché, conteggi, copertura, rilievi.
/// Mentre si legge, `Retry-After` dice fra quanto tornare.
#[utoipa::path(tag = "imports", params(ImportPath, crate::call::IfNoneMatch), responses(
    (status = 200, description = "L'importazione.", body = ImportResponse, headers(("Retry-After" = i32))),
    (status = 304, description = "Chi chiede ha già questa versione."),
))]
#[get("/{import}")]
pub(crate) async fn read_import(call: Call<ImportPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadImports)?;
    let id = permit.path.import;
    let standing = permit.tenant(move |tx| found(tx, id)).await?;
    if standing.is_unattended(permit.app.now()) {
        desk::attend(&permit.app, permit.grant.comune(), id);
    }
    let (version, pending) = (standing.import.version, standing.import.is_pending());
    let answer = permit.found(version, &ImportResponse::from(standing))?;
    Ok(if pending { answer.retry_after(1) } else { answer })
}

/// Decide su una bozza
///
/// Rilievi applicati o lasciati, valori riscritti, strutture riconosciute, indicatori divisi, righe spiegate: tutte le decisioni o
/// nessuna. Le decisioni si aggiungono a quelle già prese; la bozza è esaminata di nuovo.
#[utoipa::path(tag = "imports", params(ImportPath, crate::call::IfMatch), request_body(
    content = ImportPatch, content_type = "application/merge-patch+json"
), responses(
    (status = 200, description = "L'importazione com'è ora.", body = ImportResponse),
))]
#[patch("/{import}")]
pub(crate) async fn settle_import(call: Call<ImportPath>) -> Result<Answer, Problem> {
    let mut permit = call.authorize(Action::EditImports)?.large();
    let (condition, id) = (permit.condition()?, permit.path.import);
    let body = std::mem::replace(&mut permit.body, crate::body::Body::none());
    let (wanted, _) = body.json_as::<ImportPatch>(PATCHES).await?;
    let expected = condition.expected.clone();
    let load = move |tx: &mut TenantTx<'_>| {
        tx.leave_unchanged();
        let standing = found(tx, id)?;
        expected.check(standing.import.version)?;
        standing.import.drafted()?;
        Ok((standing, draft::kept(tx, id)?))
    };
    let (standing, kept) = permit.tenant(load).await?;
    let app = permit.app.clone();
    // Reviewing a plan takes a core for a while, and the comune's other writers need not wait for it.
    let work = move || engine::settle(&kept, &wanted.settlements, &mut || app.new_id());
    let drafted = permit.app.aside(work).await??;
    let seen = standing.import.version;
    let store = move |tx: &mut TenantTx<'_>| {
        let before = found(tx, id)?.import;
        if before.version != seen {
            return Err(Violation::Stale { current: before.version }.into());
        }
        let after = before.settle(drafted.digest)?;
        if after == before {
            tx.leave_unchanged();
        } else {
            imports::settle(tx, &before, &after, &drafted)?;
        }
        found(tx, id)
    };
    let standing = permit.tenant(store).await?;
    Answer::found(standing.import.version, &ImportResponse::from(standing))
}

/// Cancella un'importazione
///
/// Con il suo file e la sua bozza. Ciò che ne è stato messo in un piano vi resta.
#[utoipa::path(tag = "imports", params(ImportPath, crate::call::IfMatch), responses(
    (status = 204, description = "Cancellata."),
))]
#[delete("/{import}")]
pub(crate) async fn remove_import(call: Call<ImportPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::EditImports)?;
    let (condition, id) = (permit.condition()?, permit.path.import);
    let work = move |tx: &mut TenantTx<'_>| {
        let import = found(tx, id)?.import;
        condition.expected.check(import.version)?;
        Ok(imports::delete(tx, &import)?)
    };
    permit.tenant(work).await?;
    Ok(Answer::done())
}
