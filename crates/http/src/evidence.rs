//! Evidence over HTTP: small files values rest on, kept as they came.

use actix_web::{HttpRequest, get, post};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use traguardo_domain::Violation;
use traguardo_domain::access::Action;
use traguardo_domain::evidence_file::{EvidenceFile, MediaType};
use traguardo_domain::fault::Refused;
use traguardo_domain::measurement::EvidenceFileId;
use traguardo_domain::plan::PlanId;
use traguardo_domain::text::Line;
use traguardo_persistence::{TenantTx, evidence_files};
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, SchemaFormat, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{IntoParams, PartialSchema, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::answer::Answer;
use crate::body::ReceivedFile;
use crate::call::{Call, Key, PathOf, segment};
use crate::keyed::Confidence;
use crate::objectives::plan_id;
use crate::plans::{self, PlanPath};
use crate::precondition;
use crate::problem::{Kind, Problem};
use crate::query::refused;

/// Adds the routes.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config.service(keep_evidence).service(read_evidence_content).service(read_evidence);
}

/// What a path below the evidence of a plan names.
#[derive(Clone, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct EvidencePath {
    /// Codice catastale del comune.
    #[param(value_type = String, pattern = "^[A-Z][0-9]{3}$", max_length = 4, example = "L454")]
    #[expect(dead_code, reason = "documents the segment that the call reads itself")]
    comune: (),
    /// Identificativo del piano, oppure `ext:` seguito dalla chiave esterna.
    #[param(value_type = String, pattern = "^(ext:[A-Za-z0-9._:~@+-]+|[0-9a-fA-F-]{36})$", max_length = 104, example = "ext:PIANO-2025")]
    plan: Key,
    /// Identificativo del file.
    #[param(value_type = Uuid)]
    file: EvidenceFileId,
}

impl PathOf for EvidencePath {
    fn read(request: &HttpRequest) -> Option<Self> {
        let plan = Key::parse(segment(request, "plan")?)?;
        Some(Self { comune: (), plan, file: EvidenceFileId(segment(request, "file")?.parse().ok()?) })
    }
}

/// What is said of a file that is sent.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct EvidenceQuery {
    /// Come si chiama il file.
    #[param(min_length = 1, max_length = 300, pattern = "^.*\\S.*$", example = "estratto-pcc.pdf")]
    name: String,
}

/// A file, byte for byte; only its description is published.
pub(crate) struct EvidenceContent;

impl PartialSchema for EvidenceContent {
    fn schema() -> RefOr<Schema> {
        let bytes = ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Binary)))
            .max_length(Some(EvidenceFile::MOST_BYTES))
            .description(Some("Il file, byte per byte."))
            .examples(["anno;giorni di ritardo\n2025;-3,2"]);
        Schema::from(bytes.build()).into()
    }
}

impl ToSchema for EvidenceContent {
    fn name() -> std::borrow::Cow<'static, str> {
        std::borrow::Cow::Borrowed("EvidenceContent")
    }
}

/// Un file conservato come prova. Il suo contenuto si legge a parte.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = EvidenceFile, example = json!({
    "id": "0193a5c0-0000-7000-8000-000000000010", "name": "estratto-pcc.pdf", "media_type": "application/pdf", "size": 48213,
    "digest": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "received_at": "2026-01-15T09:00:00Z"
}))]
pub(crate) struct EvidenceResponse {
    /// Identificativo, da indicare fra le prove di una misurazione.
    id: Uuid,
    /// Come si chiama.
    #[schema(max_length = 300, pattern = "^.*\\S.*$")]
    name: String,
    /// Che cos'è.
    #[schema(max_length = 100, pattern = "^[a-z]+/[a-z.-]+$", example = "application/pdf")]
    media_type: &'static str,
    /// Quanti byte ha.
    #[schema(minimum = 1, maximum = 5_242_880)]
    size: i32,
    /// Il suo SHA-256, lo stesso dell'`ETag` del contenuto.
    #[schema(min_length = 64, max_length = 64, pattern = "^[0-9a-f]{64}$")]
    digest: String,
    /// Quando è arrivato.
    received_at: DateTime<Utc>,
    /// Il membro che l'ha inviato.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    received_from: Option<Uuid>,
}

impl From<EvidenceFile> for EvidenceResponse {
    fn from(file: EvidenceFile) -> Self {
        Self {
            id: file.id.0,
            name: file.name.into(),
            media_type: file.media_type.essence(),
            size: file.size,
            digest: file.digest.to_string(),
            received_at: file.received_at,
            received_from: file.member,
        }
    }
}

/// Conserva una prova
///
/// Il file com'è nel corpo, fino a 5 MiB, dichiarato con il suo `Content-Type`; i byte devono essere ciò che è dichiarato. Lo
/// stesso contenuto, inviato di nuovo nello stesso piano, è il file che c'è già.
#[utoipa::path(tag = "measurements", params(PlanPath, EvidenceQuery, crate::call::IdempotencyKey), request_body(content(
    (EvidenceContent = "application/pdf"),
    (EvidenceContent = "image/png"),
    (EvidenceContent = "image/jpeg"),
    (EvidenceContent = "text/csv"),
    (EvidenceContent = "text/plain"),
    (EvidenceContent = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (EvidenceContent = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (EvidenceContent = "application/vnd.oasis.opendocument.spreadsheet"),
    (EvidenceContent = "application/vnd.oasis.opendocument.text"),
)), responses(
    (status = 200, description = "Il file che c'era già.", body = EvidenceResponse),
    (status = 201, description = "Il file conservato.", body = EvidenceResponse),
))]
#[post("")]
pub(crate) async fn keep_evidence(call: Call<PlanPath, EvidenceQuery>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::RecordMeasurements)?;
    let name = Line::parse(&permit.query.name).map_err(|error| refused(error.kind, "name", &error.detail))?;
    let (app, key, member) = (permit.app.clone(), permit.path.plan.clone(), permit.actor.member);
    let base = permit.link(permit.request.path());
    // Held until the file is stored: as many as there are turns are in memory at once.
    let turn = app.receiving().await?;
    let received =
        permit.receive_raw(&MediaType::ALL.map(MediaType::essence), EvidenceFile::MOST_BYTES).await?;
    let id = EvidenceFileId(app.new_id());
    let work = move |tx: &mut TenantTx<'_>, sent: ReceivedFile| {
        let plan = collecting(tx, &key)?;
        let media_type =
            MediaType::declared(&sent.media_type).ok_or(Problem::of(Kind::UnsupportedMediaType))?;
        let arrival = (tx.occasion().at, Some(member));
        let file = EvidenceFile::received(id, name, media_type, &sent.bytes, arrival).map_err(unfit)?;
        if let Some(known) = evidence_files::with_digest(tx, plan, file.digest)? {
            tx.leave_unchanged();
            return Answer::ok(&EvidenceResponse::from(known));
        }
        evidence_files::insert(tx, plan, &file, &sent.bytes)?;
        Answer::created_without_version(format!("{base}/{}", id.0), &EvidenceResponse::from(file))
    };
    let answer = received.run(Confidence::Open, work).await;
    drop(turn);
    answer
}

fn collecting(tx: &mut TenantTx<'_>, key: &Key) -> Result<PlanId, Problem> {
    let plan = plans::look_up(tx, key)?.ok_or(Violation::NotFound)?;
    plan.collecting()?;
    Ok(plan.id)
}

fn unfit(error: Refused) -> Problem {
    Problem::invalid(vec![error.at("")])
}

fn look_up(tx: &mut TenantTx<'_>, path: &EvidencePath) -> Result<(PlanId, EvidenceFile), Problem> {
    let plan = plan_id(tx, &path.plan)?;
    Ok((plan, evidence_files::look_up(tx, plan, path.file)?.ok_or(Violation::NotFound)?))
}

/// Legge che cosa si sa di una prova
///
/// Come si chiama, che cos'è, quanto è grande, il suo SHA-256.
#[utoipa::path(tag = "measurements", params(EvidencePath, crate::call::IfNoneMatch), responses(
    (status = 200, description = "Il file.", body = EvidenceResponse),
    (status = 304, description = "Chi chiede ce l'ha già."),
))]
#[get("/{file}")]
pub(crate) async fn read_evidence(call: Call<EvidencePath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadResults)?;
    let path = permit.path.clone();
    let (_, file) = permit.tenant(move |tx| look_up(tx, &path)).await?;
    let tag = file.digest.to_string();
    if precondition::holds(permit.headers(), &tag)? {
        return Ok(Answer::kept_not_modified(&tag));
    }
    Ok(Answer::ok(&EvidenceResponse::from(file))?.tagged(&tag))
}

/// Riprende una prova
///
/// Byte per byte com'è stata inviata, come allegato.
#[utoipa::path(tag = "measurements", params(EvidencePath, crate::call::IfNoneMatch), responses(
    (status = 200, description = "Il file.", content_type = "application/octet-stream", body = EvidenceContent),
    (status = 304, description = "Chi chiede ce l'ha già."),
))]
#[get("/{file}/content")]
pub(crate) async fn read_evidence_content(call: Call<EvidencePath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadResults)?;
    let held = precondition::held(permit.headers())?;
    let path = permit.path.clone();
    let work = move |tx: &mut TenantTx<'_>| {
        let (plan, file) = look_up(tx, &path)?;
        let tag = file.digest.to_string();
        if held.is_none_or(|held| held.contains(&tag)) {
            return Ok(Answer::kept_not_modified(&tag));
        }
        let bytes = evidence_files::content(tx, plan, file.id)?.ok_or(Violation::NotFound)?;
        Ok(Answer::file(file.name.as_str(), bytes).tagged(&tag))
    };
    permit.tenant(work).await
}
