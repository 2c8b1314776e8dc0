//! Sealed versions of a plan over HTTP: their documents, their seals, what changed between two of them, and the check, open to
//! anybody, of a document against its seal.

use actix_web::http::header;
use actix_web::{HttpRequest, get, post};
use traguardo_documents::plan::PlanBody;
use traguardo_domain::Violation;
use traguardo_domain::access::{Action, Doorkeeper};
use traguardo_domain::comune::ComuneCode;
use traguardo_domain::digest::Digest;
use traguardo_domain::plan::PlanId;
use traguardo_domain::plan::canonical::canonical_text;
use traguardo_domain::plan::diff::{Difference, diff};
use traguardo_domain::plan::document::PlanDocument;
use traguardo_persistence::versions::{self, Which};
use traguardo_persistence::{TenantTx, packed};
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answer::{Answer, Coding};
use crate::call::{Anyone, Call, Key, PathOf, segment};
use crate::objectives::plan_id;
use crate::plan_documents::DocumentResponse;
use crate::plans::{self, PlanPath};
use crate::precondition;
use crate::problem::{Kind, Problem};

mod difference;
mod seal;

pub(crate) use difference::ChangeResponse;
use difference::DifferenceResponse;
use seal::{SealCheckResponse, SealList, SealResponse};

/// Adds the routes of the versions of a plan.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config.service(list_versions).service(read_seal).service(compare_versions).service(read_version);
}

/// Adds the check that is open to anybody.
pub(crate) fn configure_public(config: &mut ServiceConfig) {
    config.service(check_seal);
}

/// What a path to a version of a plan names.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct VersionPath {
    /// Codice catastale del comune.
    #[param(value_type = String, pattern = "^[A-Z][0-9]{3}$", max_length = 4, example = "L454")]
    #[expect(dead_code, reason = "documents the segment that the call reads itself")]
    comune: (),
    /// Identificativo del piano, oppure `ext:` seguito dalla chiave esterna.
    #[param(value_type = String, pattern = "^(ext:[A-Za-z0-9._:~@+-]+|[0-9a-fA-F-]{36})$", max_length = 104, example = "ext:PIANO-2025")]
    plan: Key,
    /// Numero della versione, oppure `current` per l'ultima approvata.
    #[param(value_type = String, pattern = "^(current|[1-9][0-9]{0,8})$", max_length = 9, example = "current")]
    number: Which,
}

/// What a path to two versions of a plan names.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct DiffPath {
    /// Codice catastale del comune.
    #[param(value_type = String, pattern = "^[A-Z][0-9]{3}$", max_length = 4, example = "L454")]
    #[expect(dead_code, reason = "documents the segment that the call reads itself")]
    comune: (),
    /// Identificativo del piano, oppure `ext:` seguito dalla chiave esterna.
    #[param(value_type = String, pattern = "^(ext:[A-Za-z0-9._:~@+-]+|[0-9a-fA-F-]{36})$", max_length = 104, example = "ext:PIANO-2025")]
    plan: Key,
    /// Numero della versione di partenza, oppure `current` per l'ultima approvata.
    #[param(value_type = String, pattern = "^(current|[1-9][0-9]{0,8})$", max_length = 9, example = "1")]
    number: Which,
    /// Numero della versione di arrivo, oppure `current` per l'ultima approvata.
    #[param(value_type = String, pattern = "^(current|[1-9][0-9]{0,8})$", max_length = 9, example = "2")]
    other: Which,
}

fn which(request: &HttpRequest, name: &str) -> Option<Which> {
    match segment(request, name)? {
        "current" => Some(Which::Current),
        text => {
            let number = text.parse::<i32>().ok().filter(|number| *number > 0 && number.to_string() == text);
            number.map(Which::Number)
        }
    }
}

impl PathOf for VersionPath {
    fn read(request: &HttpRequest) -> Option<Self> {
        let plan = Key::parse(segment(request, "plan")?)?;
        Some(Self { comune: (), plan, number: which(request, "number")? })
    }
}

impl PathOf for DiffPath {
    fn read(request: &HttpRequest) -> Option<Self> {
        let plan = Key::parse(segment(request, "plan")?)?;
        Some(Self { comune: (), plan, number: which(request, "number")?, other: which(request, "other")? })
    }
}

/// Elenca le versioni approvate di un piano
///
/// I loro sigilli, dall'ultimo.
#[utoipa::path(tag = "versions", params(PlanPath), responses(
    (status = 200, description = "I sigilli.", body = SealList),
))]
#[get("/{plan}/versions")]
pub(crate) async fn list_versions(call: Call<PlanPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadPlans)?;
    let key = permit.path.plan.clone();
    let work = move |tx: &mut TenantTx<'_>| {
        let plan = plans::look_up(tx, &key)?.ok_or(Violation::NotFound)?;
        Ok(versions::all(tx, plan.id)?)
    };
    let items = permit.tenant(work).await?.into_iter().map(SealResponse::from).collect();
    Answer::ok(&SealList { items })
}

/// Legge una versione approvata
///
/// Il documento del piano, nella forma su cui è calcolato il suo sigillo; non cambia mai. Con `Accept-Encoding: gzip` è inviato compresso.
#[utoipa::path(tag = "versions", params(VersionPath, crate::call::IfNoneMatch), responses(
    (status = 200, description = "Il documento.", body = DocumentResponse),
    (status = 304, description = "Chi chiede ha già questa versione."),
))]
#[get("/{plan}/versions/{number}")]
pub(crate) async fn read_version(call: Call<VersionPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadPlans)?;
    let held = precondition::held(permit.headers())?;
    let takes_gzip = permit.headers().get_all(header::ACCEPT_ENCODING).any(names_gzip);
    let (key, which) = (permit.path.plan.clone(), permit.path.number);
    let work = move |tx: &mut TenantTx<'_>| {
        let plan = plan_id(tx, &key)?;
        let held = held.map(|held| held.iter().filter_map(|tag| Digest::parse(tag)).collect::<Vec<_>>());
        Ok(versions::document(tx, plan, which, held.as_deref())?)
    };
    let (digest, document) = permit.tenant(work).await?.ok_or(Violation::NotFound)?;
    match document {
        None => Ok(Answer::kept_not_modified(&digest.to_string())),
        Some(bytes) if takes_gzip => Ok(Answer::kept(&digest.to_string(), bytes, Coding::Gzip)),
        Some(bytes) => Ok(Answer::kept(&digest.to_string(), packed::unpack(&bytes)?, Coding::Identity)),
    }
}

/// Whether a caller that says this of codings takes compressed answers.
pub(crate) fn names_gzip(value: &header::HeaderValue) -> bool {
    let text = value.to_str().unwrap_or_default();
    text.split(',').any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case("gzip") || name == "*");
        named && !parts.any(|part| matches!(part, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    })
}

/// Legge il sigillo di una versione
///
/// L'impronta del documento e l'atto che la rende ufficiale.
#[utoipa::path(tag = "versions", params(VersionPath), responses(
    (status = 200, description = "Il sigillo.", body = SealResponse),
))]
#[get("/{plan}/versions/{number}/seal")]
pub(crate) async fn read_seal(call: Call<VersionPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadPlans)?;
    let (key, which) = (permit.path.plan.clone(), permit.path.number);
    let work = move |tx: &mut TenantTx<'_>| {
        let plan = plan_id(tx, &key)?;
        Ok(versions::look_up(tx, plan, which)?)
    };
    let sealed = permit.tenant(work).await?.ok_or(Violation::NotFound)?;
    Answer::ok(&SealResponse::from(sealed))
}

/// Confronta due versioni
///
/// Che cosa è stato aggiunto, tolto, spostato o cambiato, membro per membro, nell'ordine del piano.
#[utoipa::path(tag = "versions", params(DiffPath), responses(
    (status = 200, description = "I cambiamenti.", body = DifferenceResponse),
))]
#[get("/{plan}/versions/{number}/diff/{other}")]
pub(crate) async fn compare_versions(call: Call<DiffPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadPlans)?;
    let (key, from, to) = (permit.path.plan.clone(), permit.path.number, permit.path.other);
    let work = move |tx: &mut TenantTx<'_>| {
        let plan = plan_id(tx, &key)?;
        let (from, before) = opened(tx, plan, from)?;
        let (to, after) = opened(tx, plan, to)?;
        Ok((from, to, before, after))
    };
    let (from, to, before, after) = permit.tenant(work).await?;
    let compared = permit.app.aside(move || diff(&before, &after)).await?;
    let Difference { changes } = compared.map_err(|error| {
        log::error!("two versions cannot be compared: {error}");
        Problem::of(Kind::Internal)
    })?;
    Answer::ok(&DifferenceResponse {
        from,
        to,
        changes: changes.into_iter().map(ChangeResponse::from).collect(),
    })
}

fn opened(tx: &mut TenantTx<'_>, plan: PlanId, which: Which) -> Result<(i32, PlanDocument), Problem> {
    let sealed = versions::look_up(tx, plan, which)?.ok_or(Violation::NotFound)?;
    let found = versions::document(tx, plan, Which::Number(sealed.number), Some(&[]))?;
    let (_, bytes) = found.ok_or(Violation::NotFound)?;
    let document = packed::open(&bytes.unwrap_or_default())?;
    Ok((sealed.number, document))
}

/// Verifica un documento
///
/// Se il documento inviato, comunque sia impaginato, è una versione approvata e pubblicata di un piano. Non serve un token.
#[utoipa::path(tag = "versions", request_body = PlanBody, security(()), responses(
    (status = 200, description = "Se lo è, e il sigillo che corrisponde.", body = SealCheckResponse),
))]
#[post("/seal-checks")]
pub(crate) async fn check_seal(anyone: Anyone) -> Result<Answer, Problem> {
    let bytes = anyone.body.large().bytes(&["application/json"]).await?;
    let canonical = canonical_text(&bytes).map_err(|error| {
        Problem::of(Kind::MalformedBody).because(format!("JSON non valido alla riga {}.", error.line()))
    })?;
    let digest = Digest::of(&canonical);
    let comune =
        serde_json::from_slice::<Of>(&canonical).ok().and_then(|of| ComuneCode::parse(&of.comune).ok());
    let sealed = match comune {
        None => None,
        Some(comune) => {
            let grant = Doorkeeper.check_seals(comune);
            anyone.app.tenant(grant, anyone.id, move |tx| Ok(versions::published(tx, digest)?)).await?
        }
    };
    let digest = digest.to_string();
    Answer::ok(&SealCheckResponse { matches: sealed.is_some(), digest, seal: sealed.map(SealResponse::from) })
}

/// What must be known of a document to look for its seal.
#[derive(serde::Deserialize)]
struct Of {
    comune: String,
}
