//! Imports as they travel.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use traguardo_documents::detect::Proposal;
use traguardo_documents::draft::{Certificate, FindingState};
use traguardo_documents::word::Word;
use traguardo_domain::import::{Applied, Import, Unreadable};
use traguardo_domain::review::FindingCode;
use traguardo_persistence::imports::Standing;
use utoipa::ToSchema;
use uuid::Uuid;

use super::schema::{ImportCounts, SourceFormat, reasons, tally};
use crate::pages::listing;
use crate::words::{ImportStateWord, PlanKindWord};

/// Un profilo che somiglia al file, e perché.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"profile": "table_per_structure", "score": "0.920", "reasons": ["6 intestazioni di struttura", "6 tabelle con 7 colonne su 8"]}))]
pub(crate) struct ProfileProposal {
    /// Il profilo.
    #[schema(max_length = 60, pattern = "^[a-z][a-z0-9_]*$")]
    pub(crate) profile: String,
    /// Quanto gli somiglia, da 0 a 1.
    #[schema(max_length = 5, pattern = "^(0[.][0-9]{3}|1)$", example = "0.989")]
    pub(crate) score: String,
    /// Perché.
    #[schema(schema_with = reasons)]
    pub(crate) reasons: Vec<String>,
}

impl From<Proposal> for ProfileProposal {
    fn from(proposal: Proposal) -> Self {
        let Proposal { profile, score, reasons } = proposal;
        Self { profile, score, reasons }
    }
}

/// Che cosa si è capito del file, in breve.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Summary {
    profile: String,
    format: serde_json::Value,
    encoding: String,
    counts: serde_json::Value,
    lines: BTreeMap<String, usize>,
    lines_in: usize,
    coverage: String,
    findings_by_code: BTreeMap<FindingCode, usize>,
    findings_open: usize,
    findings_safe: usize,
    pub(crate) proposals: Vec<ProfileProposal>,
}

impl Summary {
    /// What is shown of a certificate.
    pub(crate) fn of(certificate: &Certificate) -> serde_json::Result<Self> {
        let open = || certificate.findings.iter().filter(|finding| finding.state == FindingState::Open);
        Ok(Self {
            profile: certificate.profile.clone(),
            format: serde_json::to_value(certificate.format)?,
            encoding: certificate.encoding.clone(),
            counts: serde_json::to_value(certificate.counts)?,
            lines: certificate.lines.clone(),
            lines_in: certificate.lines_in,
            coverage: certificate.coverage.clone(),
            findings_by_code: certificate.findings_by_code.clone(),
            findings_open: open().count(),
            findings_safe: open().filter(|finding| finding.safe).count(),
            proposals: certificate.proposals.iter().cloned().map(ProfileProposal::from).collect(),
        })
    }
}

/// Che cosa si è capito del file, in breve; tutto sta nella bozza.
#[derive(ToSchema)]
#[schema(as = ImportSummary, example = json!({
    "profile": "table_per_structure", "format": "text", "encoding": "UTF-8",
    "counts": {"units": 6, "posts": 0, "sections": 0, "objectives": 18, "assignments": 18, "phases": 31, "indicators": 31, "values": 210},
    "lines": {"value": 60, "header": 6, "blank": 9}, "lines_in": 75, "coverage": "1",
    "findings_by_code": {"E01": 6}, "findings_open": 6, "findings_safe": 0, "proposals": []
}))]
#[expect(dead_code, reason = "only its description is published: it is sent as it was kept")]
pub(crate) struct SummaryResponse {
    /// Il profilo con cui si è letto.
    #[schema(max_length = 60, pattern = "^[a-z][a-z0-9_]*$")]
    profile: String,
    /// La forma del file.
    format: SourceFormat,
    /// La codifica del testo.
    #[schema(max_length = 40, pattern = "^[A-Za-z0-9_-]*$")]
    encoding: String,
    /// Quanti di ogni genere.
    counts: ImportCounts,
    /// Che cosa sono diventate le righe del file: la somma è `lines_in`.
    #[schema(schema_with = tally)]
    lines: (),
    /// Quante righe ha il file.
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    lines_in: i32,
    /// La parte delle righe scritte che si è capita: un decimale da 0 a 1.
    #[schema(max_length = 10, pattern = "^[01]([.][0-9]+)?$", example = "0.98")]
    coverage: String,
    /// Quanti rilievi di ogni regola.
    #[schema(schema_with = tally)]
    findings_by_code: (),
    /// Quanti rilievi aspettano una decisione.
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    findings_open: i32,
    /// Quanti di questi hanno un suggerimento che si può applicare senza giudizio.
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    findings_safe: i32,
    /// I profili che somigliano al file, dal più simile; vuoto se il profilo era detto.
    #[schema(min_items = 0, max_items = 100)]
    proposals: Vec<ProfileProposal>,
}

/// Perché un file non si legge.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportRefusal, example = json!({"code": "unsupported", "detail": "È un PDF: serve il testo che contiene."}))]
pub(crate) struct RefusalResponse {
    /// Il motivo, stabile.
    #[schema(max_length = 60, pattern = "^[a-z0-9_]+$")]
    code: String,
    /// Che cosa vuol dire questa volta.
    #[schema(max_length = 2000, pattern = "^[\\s\\S]*$")]
    detail: String,
}

/// Dove è stata messa una bozza.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AppliedImport, example = json!({"plan": "0193a5c0-0000-7000-8000-000000000002", "revision": 2, "at": "2025-01-10T09:00:00Z"}))]
pub(crate) struct AppliedResponse {
    /// Il piano.
    plan: Uuid,
    /// La revisione che il piano aveva allora: l'`ETag` del suo documento.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    revision: i32,
    /// Quando.
    at: DateTime<Utc>,
}

/// Un'importazione: un file, a che punto è la sua lettura, che cosa se ne è capito.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Import, example = json!({
    "id": "0193a5c0-0000-7000-8000-000000000009", "state": "reading", "percent": 40, "file_name": "piano.docx",
    "media_type": "application/octet-stream", "size": 120_000,
    "digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "year": 2025, "kind": "piao_performance",
    "profile": "detect", "received_at": "2025-01-10T09:00:00Z", "version": 2
}))]
pub(crate) struct ImportResponse {
    /// Identificativo.
    id: Uuid,
    /// A che punto è.
    state: ImportStateWord,
    /// Quanto del file si è letto, in centesimi.
    #[schema(minimum = 0, maximum = 100)]
    percent: i32,
    /// Come si chiama il file.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 300, pattern = "^.*\\S.*$")]
    file_name: Option<String>,
    /// Come è stato dichiarato.
    #[schema(max_length = 200, pattern = "^.+$")]
    media_type: String,
    /// Quanti byte ha.
    #[schema(minimum = 1, maximum = 20_971_520)]
    size: i32,
    /// La sua impronta (SHA-256).
    #[schema(max_length = 64, pattern = "^[0-9a-f]{64}$")]
    digest: String,
    /// Anno del piano.
    #[schema(minimum = 2009, maximum = 2100)]
    year: i32,
    /// Natura del piano.
    kind: PlanKindWord,
    /// Titolo chiesto per il piano.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 300, pattern = "^.*\\S.*$")]
    title: Option<String>,
    /// Il profilo chiesto.
    #[schema(max_length = 60, pattern = "^[a-z][a-z0-9_]*$")]
    profile: String,
    /// Quando è stato ricevuto.
    received_at: DateTime<Utc>,
    /// Il membro che lo ha inviato.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    member: Option<Uuid>,
    /// Perché non si legge, se è rifiutato.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    refusal: Option<RefusalResponse>,
    /// Che cosa se ne è capito, quando è letto.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = SummaryResponse)]
    summary: Option<Box<RawValue>>,
    /// Dove la bozza è stata messa l'ultima volta.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    applied: Option<AppliedResponse>,
    /// Versione, la stessa dell'ETag; cresce anche mentre si legge.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    version: i32,
}

listing! {
    /// Una pagina di importazioni.
    ImportList of ImportResponse
}

impl From<Unreadable> for RefusalResponse {
    fn from(refusal: Unreadable) -> Self {
        Self { code: refusal.code, detail: refusal.detail }
    }
}

impl From<Applied> for AppliedResponse {
    fn from(applied: Applied) -> Self {
        Self { plan: applied.plan.0, revision: applied.revision.number(), at: applied.at }
    }
}

impl From<Standing> for ImportResponse {
    fn from(standing: Standing) -> Self {
        let Standing { import, percent, summary, .. } = standing;
        let Import { id, facts, received_at, member, state, refusal, applied, version, .. } = import;
        Self {
            id: id.0,
            state: Word(state),
            percent: i32::from(percent),
            file_name: facts.file_name.map(String::from),
            media_type: facts.media_type.into(),
            size: facts.size,
            digest: facts.digest.to_string(),
            year: i32::from(facts.year.number()),
            kind: Word(facts.kind),
            title: facts.title.map(String::from),
            profile: facts.profile.into(),
            received_at,
            member,
            refusal: refusal.map(RefusalResponse::from),
            summary: summary.and_then(|written| RawValue::from_string(written.into()).ok()),
            applied: applied.map(AppliedResponse::from),
            version: version.number(),
        }
    }
}
