//! The draft of an import over HTTP: the plan as far as it was understood, its certificate, and the file it came from.

use actix_web::get;
use serde::Serialize;
use traguardo_documents::draft::{Certificate, Draft, Trace};
use traguardo_domain::access::Action;
use traguardo_domain::import::ImportId;
use traguardo_domain::plan::document::PlanDocument;
use traguardo_domain::{Version, Violation};
use traguardo_persistence::{TenantTx, imports, packed};

use super::schema::{CertificateSchema, DraftSchema, ImportFile};
use super::{ImportPath, found};
use crate::answer::Answer;
use crate::app::App;
use crate::call::{Call, Permit};
use crate::kept::described;
use crate::precondition;
use crate::problem::{Kind, Problem};

/// A draft as it travels.
#[derive(Serialize)]
pub(crate) struct DraftResponse {
    document: PlanDocument,
    traces: Vec<Trace>,
}

described!(DraftResponse as DraftSchema);

/// A certificate as it travels: the same whoever asks for it, here or at the command line.
#[derive(Serialize)]
#[serde(transparent)]
pub(crate) struct CertificateResponse(Certificate);

described!(CertificateResponse as CertificateSchema);

/// The draft of an import that was read, compressed.
pub(super) fn kept(tx: &mut TenantTx<'_>, id: ImportId) -> Result<Vec<u8>, Problem> {
    Ok(imports::draft(tx, id)?.ok_or(Violation::NotFound)?)
}

/// A draft as it was kept.
pub(super) fn open(bytes: &[u8]) -> Result<Draft, Problem> {
    serde_json::from_slice(&packed::unpack(bytes)?).map_err(|error| {
        log::error!("a draft cannot be read back: {error}");
        Problem::of(Kind::Internal)
    })
}

/// A draft, opened off the event loop.
pub(super) async fn opened(app: &App, bytes: Vec<u8>) -> Result<Draft, Problem> {
    app.aside(move || open(&bytes)).await?
}

/// The draft the request asks for, unless it holds this version already.
pub(super) async fn asked<Q>(permit: &Permit<ImportPath, Q>) -> Result<(Version, Option<Draft>), Problem> {
    let id = permit.path.import;
    let held = precondition::held(permit.headers())?;
    let work = move |tx: &mut TenantTx<'_>| {
        let import = found(tx, id)?.import;
        import.drafted()?;
        let text = import.version.number().to_string();
        if held.is_none_or(|held| held.contains(&text)) {
            return Ok((import.version, None));
        }
        Ok((import.version, Some(kept(tx, id)?)))
    };
    match permit.tenant(work).await? {
        (version, None) => Ok((version, None)),
        (version, Some(bytes)) => Ok((version, Some(opened(&permit.app, bytes).await?))),
    }
}

/// The draft the request asks for.
pub(super) async fn whole<Q>(permit: &Permit<ImportPath, Q>) -> Result<Draft, Problem> {
    let id = permit.path.import;
    let work = move |tx: &mut TenantTx<'_>| {
        found(tx, id)?.import.drafted()?;
        kept(tx, id)
    };
    opened(&permit.app, permit.tenant(work).await?).await
}

/// Legge la bozza di un'importazione
///
/// Il piano per quanto si è capito, nella forma del suo documento, e per ogni valore il posto nel file e le parole che vi stanno.
#[utoipa::path(tag = "imports", params(ImportPath, crate::call::IfNoneMatch), responses(
    (status = 200, description = "La bozza.", body = DraftResponse),
    (status = 304, description = "Chi chiede ha già questa versione."),
    (status = 409, description = "Il file non è stato letto."),
))]
#[get("/{import}/draft")]
pub(crate) async fn read_import_draft(call: Call<ImportPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadImports)?;
    match asked(&permit).await? {
        (version, None) => Ok(Answer::not_modified(version)),
        (version, Some(Draft { document, traces, .. })) => {
            Answer::found(version, &DraftResponse { document, traces })
        }
    }
}

/// Legge il certificato di un'importazione
///
/// Conteggi per genere, impronta del file, copertura, che cosa è diventata ogni riga, rilievi: ciò che serve a dire che nulla è andato
/// perso. È lo stesso che scrive la riga di comando.
#[utoipa::path(tag = "imports", params(ImportPath, crate::call::IfNoneMatch), responses(
    (status = 200, description = "Il certificato.", body = CertificateResponse),
    (status = 304, description = "Chi chiede ha già questa versione."),
    (status = 409, description = "Il file non è stato letto."),
))]
#[get("/{import}/certificate")]
pub(crate) async fn read_import_certificate(call: Call<ImportPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadImports)?;
    match asked(&permit).await? {
        (version, None) => Ok(Answer::not_modified(version)),
        (version, Some(draft)) => Answer::found(version, &CertificateResponse(draft.certificate)),
    }
}

/// Riprende il file di un'importazione
///
/// Byte per byte com'è stato inviato.
#[utoipa::path(tag = "imports", params(ImportPath), responses(
    (status = 200, description = "Il file.", content_type = "application/octet-stream", body = ImportFile),
))]
#[get("/{import}/source")]
pub(crate) async fn read_import_source(call: Call<ImportPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadImports)?;
    let id = permit.path.import;
    let work = move |tx: &mut TenantTx<'_>| {
        let import = found(tx, id)?.import;
        Ok((import, imports::source(tx, id)?.ok_or(Violation::NotFound)?))
    };
    let (import, bytes) = permit.tenant(work).await?;
    let whole = permit.app.aside(move || packed::unpack(&bytes)).await??;
    let name = import.facts.file_name.map_or_else(|| id.0.to_string(), String::from);
    Ok(Answer::file(&name, whole))
}
