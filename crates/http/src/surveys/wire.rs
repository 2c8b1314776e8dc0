//! Surveys as they travel.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use traguardo_documents::Reader;
use traguardo_documents::context::UnitNames;
use traguardo_domain::measurement::Span;
use traguardo_domain::register::Kept;
use traguardo_domain::survey::{AnswerCount, AnswerScale, SurveyEntry};
use traguardo_domain::text::{ExternalId, Line};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use crate::entries::{Noun, many};
use crate::pages::listing;

/// I giorni in cui gli utenti sono stati sentiti.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"from": "2025-05-01", "to": "2025-05-31"}))]
pub(crate) struct SurveyPeriod {
    /// Il primo.
    #[serde(deserialize_with = "crate::day::one")]
    #[schema(example = "2025-05-01")]
    from: NaiveDate,
    /// L'ultimo.
    #[serde(deserialize_with = "crate::day::one")]
    #[schema(example = "2025-05-31")]
    to: NaiveDate,
}

/// La scala del giudizio complessivo, dal peggiore al migliore: al massimo dieci gradini.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"from": 1, "to": 5}))]
pub(crate) struct SurveyScale {
    /// Il giudizio peggiore: 0 oppure 1.
    #[schema(minimum = 0, maximum = 1)]
    from: i16,
    /// Il giudizio migliore.
    #[schema(minimum = 1, maximum = 11)]
    to: i16,
}

/// Quante risposte ha avuto un punteggio.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"point": 4, "count": 20}))]
pub(crate) struct SurveyAnswers {
    /// Il punteggio, nella scala.
    #[schema(minimum = 0, maximum = 11)]
    point: i16,
    /// Quante risposte.
    #[schema(minimum = 0, maximum = 10_000_000, value_type = i32)]
    count: u32,
}

/// Una rilevazione di soddisfazione su un servizio.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "service": "Biblioteca", "period": {"from": "2025-05-01", "to": "2025-05-31"}, "scale": {"from": 1, "to": 5}, "invited": 200,
    "answers": [{"point": 3, "count": 5}, {"point": 4, "count": 20}, {"point": 5, "count": 10}], "concluded": "2025-06-10",
    "report": "https://comune.example.it/rapporto-biblioteca-2025"
}))]
pub(crate) struct SurveyBody {
    /// La chiave della rilevazione nel programma che la tiene. Da sola la dice il percorso; fra molte serve.
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 100,
        pattern = "^[A-Za-z0-9][A-Za-z0-9._:~@+-]*$"
    )]
    #[validate(length(min = 1, max = 100))]
    key: Option<String>,
    /// Il servizio.
    #[schema(min_length = 1, max_length = 300, pattern = "^.*\\S.*$", example = "Biblioteca")]
    #[validate(length(min = 1, max = 300))]
    service: String,
    /// La struttura che se ne occupa: identificativo, oppure `ext:` seguito dalla chiave esterna.
    #[schema(
        nullable = false,
        max_length = 104,
        pattern = "^(ext:[A-Za-z0-9._:~@+-]+|[0-9a-fA-F-]{36})$",
        example = "ext:AREA-1"
    )]
    #[validate(length(max = 104))]
    unit: Option<String>,
    /// I giorni in cui gli utenti sono stati sentiti.
    period: SurveyPeriod,
    /// La scala del giudizio complessivo.
    scale: SurveyScale,
    /// Quanti sono stati invitati a rispondere, se si sa.
    #[schema(nullable = false, minimum = 0, maximum = 10_000_000, value_type = Option<i32>)]
    invited: Option<u32>,
    /// Quante risposte ha avuto ciascun punteggio; quello che non c'è non ne ha avute.
    #[schema(min_items = 0, max_items = 11)]
    #[validate(length(max = 11))]
    answers: Vec<SurveyAnswers>,
    /// Il giorno in cui la rilevazione è conclusa; assente finché è in corso.
    #[serde(default, deserialize_with = "crate::day::maybe")]
    #[schema(nullable = false, example = "2025-06-10")]
    concluded: Option<NaiveDate>,
    /// Dove si legge il rapporto sugli esiti, quando c'è.
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 2000,
        pattern = "^https?://\\S+$",
        example = "https://comune.example.it/rapporto-biblioteca-2025"
    )]
    #[validate(length(min = 1, max = 2000))]
    report: Option<String>,
}

/// Una rilevazione di soddisfazione.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Survey, example = json!({
    "key": "BIB-2025", "service": "Biblioteca", "period": {"from": "2025-05-01", "to": "2025-05-31"}, "scale": {"from": 1, "to": 5},
    "invited": 200, "answers": [{"point": 4, "count": 20}, {"point": 5, "count": 10}], "respondents": 30, "concluded": "2025-06-10",
    "report": "https://comune.example.it/rapporto-biblioteca-2025", "version": 1
}))]
pub(crate) struct SurveyResponse {
    /// La chiave della rilevazione nel programma che la tiene.
    #[schema(max_length = 100, pattern = "^[A-Za-z0-9][A-Za-z0-9._:~@+-]*$")]
    key: String,
    /// Il servizio.
    #[schema(max_length = 300, pattern = "^.*\\S.*$")]
    service: String,
    /// La struttura che se ne occupa.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    unit: Option<Uuid>,
    /// I giorni in cui gli utenti sono stati sentiti.
    period: SurveyPeriod,
    /// La scala del giudizio complessivo.
    scale: SurveyScale,
    /// Quanti sono stati invitati a rispondere.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 10_000_000, value_type = Option<i32>)]
    invited: Option<u32>,
    /// Quante risposte ha avuto ciascun punteggio.
    #[schema(min_items = 0, max_items = 11)]
    answers: Vec<SurveyAnswers>,
    /// Quante risposte in tutto.
    #[schema(minimum = 0, maximum = 110_000_000, value_type = i32)]
    respondents: u64,
    /// Il giorno in cui la rilevazione è conclusa.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    concluded: Option<NaiveDate>,
    /// Dove si legge il rapporto sugli esiti.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 2000, pattern = "^https?://\\S+$")]
    report: Option<String>,
    /// Versione, la stessa dell'ETag.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    version: i32,
}

listing! {
    /// Una pagina di rilevazioni di soddisfazione.
    SurveyList of SurveyResponse
}

many! {
    /// Rilevazioni di soddisfazione da scrivere insieme.
    #[schema(example = json!({"items": [{
        "key": "BIB-2025", "service": "Biblioteca", "period": {"from": "2025-05-01", "to": "2025-05-31"},
        "scale": {"from": 1, "to": 5}, "answers": [{"point": 4, "count": 20}]
    }]}))]
    Surveys,
    /// Una rilevazione di soddisfazione per riga, ciascuna un oggetto JSON intero.
    SurveyLines of SurveyBody,
    "{\"key\":\"BIB-2025\",\"service\":\"Biblioteca\",\"period\":{\"from\":\"2025-05-01\",\"to\":\"2025-05-31\"},\"scale\":{\"from\":1,\"to\":5},\"answers\":[]}\n"
}

impl Noun for SurveyBody {
    type Entry = SurveyEntry;
    type Response = SurveyResponse;
    const LIST: &'static str = "surveys";

    fn key(&self) -> Option<&str> {
        self.key.as_deref()
    }

    fn read(self, at: &mut Reader<'_>, key: ExternalId, units: &UnitNames) -> Option<SurveyEntry> {
        let service = at.take("service", Line::parse(&self.service));
        let unit = at.maybe("unit", self.unit.as_ref(), |unit| units.named(unit));
        let report = at.maybe("report", self.report.as_ref(), Line::parse);
        let answer = |one: SurveyAnswers| AnswerCount { point: one.point, count: one.count };
        Some(SurveyEntry {
            key,
            service: service?,
            unit,
            period: Span { from: self.period.from, to: self.period.to },
            scale: AnswerScale { from: self.scale.from, to: self.scale.to },
            invited: self.invited,
            answers: self.answers.into_iter().map(answer).collect(),
            concluded: self.concluded,
            report,
        })
    }
}

impl From<Kept<SurveyEntry>> for SurveyResponse {
    fn from(kept: Kept<SurveyEntry>) -> Self {
        let respondents = kept.entry.respondents();
        let entry = kept.entry;
        let answer = |one: AnswerCount| SurveyAnswers { point: one.point, count: one.count };
        Self {
            key: entry.key.into(),
            service: entry.service.into(),
            unit: entry.unit.map(|unit| unit.0),
            period: SurveyPeriod { from: entry.period.from, to: entry.period.to },
            scale: SurveyScale { from: entry.scale.from, to: entry.scale.to },
            invited: entry.invited,
            answers: entry.answers.into_iter().map(answer).collect(),
            respondents,
            concluded: entry.concluded,
            report: entry.report.map(String::from),
            version: kept.version.number(),
        }
    }
}
