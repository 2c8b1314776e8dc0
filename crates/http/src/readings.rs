//! Italian words read as targets and deadlines, for front ends: what was understood, how surely, what a person should look at.

use actix_web::post;
use serde::{Deserialize, Serialize};
use traguardo_documents::said::{DeadlineBody, TargetBody};
use traguardo_documents::{Reader, Word};
use traguardo_domain::access::Action;
use traguardo_domain::deadline::Deadline;
use traguardo_domain::period::Year;
use traguardo_domain::reading::{self, Confidence, Reading, Remark, RemarkCode};
use traguardo_domain::said::Words;
use traguardo_domain::target::Target;
use traguardo_domain::{FaultKind, Faults};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use validator::Validate;

use crate::answer::Answer;
use crate::call::{Call, NoPath};
use crate::problem::Problem;

/// How sure a reading is.
type ConfidenceWord = Word<Confidence>;
/// The rule a remark is about.
type RemarkCodeWord = Word<RemarkCode>;

/// The most texts read at once.
const MOST_TEXTS: usize = 1_000;

/// Adds the routes that read words.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config.service(parse_targets).service(parse_deadlines);
}

/// Testi da interpretare.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"year": 2025, "texts": ["almeno il 70%", "entro il 31/12/2025"]}))]
pub(crate) struct TextsToRead {
    /// L'anno del piano: una data senza anno è di quest'anno, e una fuori dal triennio è segnalata.
    #[schema(nullable = false, minimum = 2009, maximum = 2100, example = 2025)]
    year: Option<i32>,
    /// I testi, come sono scritti.
    #[schema(min_items = 1, max_items = 1_000, value_type = Vec<TextToRead>)]
    texts: Vec<String>,
}

/// Un testo com'è scritto.
#[derive(ToSchema)]
#[schema(min_length = 1, max_length = 4000, pattern = "^[\\s\\S]+$", example = "almeno il 70%")]
#[expect(dead_code, reason = "gives the items of a list their bounds in the published schema")]
struct TextToRead(String);

/// Che cosa una persona dovrebbe guardare.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Remark, example = json!({"code": "E01", "detail": "La data 31/06/2024 non esiste.", "suggestion": "30/06/2024"}))]
pub(crate) struct RemarkResponse {
    /// La regola.
    code: RemarkCodeWord,
    /// Perché.
    #[schema(max_length = 2000, pattern = "^[\\s\\S]+$")]
    detail: String,
    /// Che cosa potrebbe stare al suo posto.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 4000, pattern = "^[\\s\\S]+$")]
    suggestion: Option<String>,
}

/// Un valore atteso interpretato.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TargetReading, example = json!({
    "words": "<=0", "value": {"type": "bound", "comparison": "at_most", "figure": "0"}, "confidence": "certain", "remarks": []
}))]
pub(crate) struct TargetReadingResponse {
    /// Le parole, come sono scritte.
    #[schema(max_length = 4000, pattern = "^[\\s\\S]+$")]
    words: String,
    /// Che cosa vogliono dire, per quanto si è capito.
    #[schema(value_type = TargetBody)]
    value: Target,
    /// Quanto è sicuro.
    confidence: ConfidenceWord,
    /// Che cosa guardare.
    #[schema(min_items = 0, max_items = 1_000)]
    remarks: Vec<RemarkResponse>,
}

/// Una scadenza interpretata.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DeadlineReading, example = json!({
    "words": "Novembre", "value": {"type": "month", "month": 11, "year": 2025}, "confidence": "certain", "remarks": []
}))]
pub(crate) struct DeadlineReadingResponse {
    /// Le parole, come sono scritte.
    #[schema(max_length = 4000, pattern = "^[\\s\\S]+$")]
    words: String,
    /// Che cosa vogliono dire, per quanto si è capito.
    #[schema(value_type = DeadlineBody)]
    value: Deadline,
    /// Quanto è sicuro.
    confidence: ConfidenceWord,
    /// Che cosa guardare.
    #[schema(min_items = 0, max_items = 1_000)]
    remarks: Vec<RemarkResponse>,
}

/// I valori attesi interpretati, nell'ordine dei testi.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TargetReadings {
    /// Uno per testo.
    #[schema(min_items = 0, max_items = 1_000)]
    items: Vec<TargetReadingResponse>,
}

/// Le scadenze interpretate, nell'ordine dei testi.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DeadlineReadings {
    /// Una per testo.
    #[schema(min_items = 0, max_items = 1_000)]
    items: Vec<DeadlineReadingResponse>,
}

impl From<Remark> for RemarkResponse {
    fn from(remark: Remark) -> Self {
        Self { code: Word(remark.code), detail: remark.detail, suggestion: remark.suggestion }
    }
}

impl From<Reading<Target>> for TargetReadingResponse {
    fn from(reading: Reading<Target>) -> Self {
        Self {
            words: reading.words.into(),
            value: reading.value,
            confidence: Word(reading.confidence),
            remarks: reading.remarks.into_iter().map(RemarkResponse::from).collect(),
        }
    }
}

impl From<Reading<Deadline>> for DeadlineReadingResponse {
    fn from(reading: Reading<Deadline>) -> Self {
        Self {
            words: reading.words.into(),
            value: reading.value,
            confidence: Word(reading.confidence),
            remarks: reading.remarks.into_iter().map(RemarkResponse::from).collect(),
        }
    }
}

impl TextsToRead {
    fn words(self) -> Result<(Option<i32>, Vec<Words>), Problem> {
        let mut faults = Faults::new();
        let mut at = Reader::new(&mut faults);
        let year = self.year.and_then(|year| at.take("year", Year::parse(year)));
        if self.texts.is_empty() {
            at.fault("texts", FaultKind::Missing, "Serve almeno un testo.");
        }
        let words = at.each("texts", self.texts, MOST_TEXTS, |text, at| at.take("", Words::parse(&text)));
        let words = faults.finish(Some(words)).map_err(Problem::invalid)?;
        Ok((year.map(|year| i32::from(year.number())), words))
    }
}

/// Interpreta valori attesi
///
/// Ogni testo italiano com'è scritto in un piano, con ciò che se ne è capito. Non se ne conserva nulla.
#[utoipa::path(tag = "review", request_body = TextsToRead, responses(
    (status = 200, description = "Le interpretazioni.", body = TargetReadings),
))]
#[post("/parse/targets")]
pub(crate) async fn parse_targets(call: Call<NoPath>) -> Result<Answer, Problem> {
    let permit = call.authorize_at_home(Action::Interpret)?;
    let (_, texts) = permit.read::<TextsToRead>().await?;
    let (year, words) = texts.words()?;
    let items = words.iter().map(|words| reading::target(words, year).into()).collect();
    Answer::ok(&TargetReadings { items })
}

/// Interpreta scadenze
///
/// Ogni testo italiano com'è scritto in un piano, con ciò che se ne è capito. Non se ne conserva nulla.
#[utoipa::path(tag = "review", request_body = TextsToRead, responses(
    (status = 200, description = "Le interpretazioni.", body = DeadlineReadings),
))]
#[post("/parse/deadlines")]
pub(crate) async fn parse_deadlines(call: Call<NoPath>) -> Result<Answer, Problem> {
    let permit = call.authorize_at_home(Action::Interpret)?;
    let (_, texts) = permit.read::<TextsToRead>().await?;
    let (year, words) = texts.words()?;
    let items = words.iter().map(|words| reading::deadline(words, year).into()).collect();
    Answer::ok(&DeadlineReadings { items })
}
