//! Hours of training as they travel.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use traguardo_documents::Reader;
use traguardo_documents::context::UnitNames;
use traguardo_domain::access::Action;
use traguardo_domain::figure::Figure;
use traguardo_domain::measurement::Span;
use traguardo_domain::period::Year;
use traguardo_domain::register::Kept;
use traguardo_domain::text::{ExternalId, Line};
use traguardo_domain::training::{Course, PersonKey, TrainingEntry, TrainingRole};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use crate::entries::{Noun, many};
use crate::pages::listing;
use crate::words::Word;

/// What work the hours asked depend on.
pub(super) type TrainingRoleWord = Word<TrainingRole>;

/// Un periodo di assenza lunga, dal primo all'ultimo giorno. Il motivo non si registra.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"from": "2025-02-01", "to": "2025-06-30"}))]
pub(crate) struct LongAbsence {
    /// Il primo giorno.
    #[serde(deserialize_with = "crate::day::one")]
    #[schema(example = "2025-02-01")]
    from: NaiveDate,
    /// L'ultimo.
    #[serde(deserialize_with = "crate::day::one")]
    #[schema(example = "2025-06-30")]
    to: NaiveDate,
}

/// Un corso seguito.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CourseBody, example = json!({
    "title": "Il bilancio per chi non è ragioniere", "hours": "12.5", "certified": true, "concluded": "2025-05-20"
}))]
pub(crate) struct CourseBody {
    /// Il titolo.
    #[schema(nullable = false, min_length = 1, max_length = 200, pattern = "^.*\\S.*$")]
    title: Option<String>,
    /// Le ore.
    #[schema(max_length = 23, pattern = "^[0-9]{1,15}([.][0-9]{1,6})?$", example = "12.5")]
    hours: String,
    /// Se c'è un attestato: senza, le ore non contano.
    certified: bool,
    /// Il giorno in cui è concluso, nell'anno della registrazione; assente finché è in corso.
    #[serde(default, deserialize_with = "crate::day::maybe")]
    #[schema(nullable = false, example = "2025-05-20")]
    concluded: Option<NaiveDate>,
    /// Se è un corso della piattaforma Syllabus.
    #[serde(default)]
    #[schema(required = false, default = false)]
    syllabus: bool,
}

/// La formazione di una persona in un anno, sotto uno pseudonimo.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "person": "D-0042", "year": 2025, "role": "general", "service_from": "2025-01-01", "courses": [{
        "title": "Il bilancio per chi non è ragioniere", "hours": "12.5", "certified": true, "concluded": "2025-05-20"
    }]
}))]
pub(crate) struct TrainingBody {
    /// La chiave della registrazione nel programma che la tiene, che non dice di chi è. Da sola la dice il percorso; fra molte serve.
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 100,
        pattern = "^[A-Za-z0-9][A-Za-z0-9._:~@+-]*$"
    )]
    #[validate(length(min = 1, max = 100))]
    key: Option<String>,
    /// Lo pseudonimo della persona, lo stesso in ogni registrazione: con almeno una cifra, mai un nome, un codice fiscale o un indirizzo.
    #[schema(
        min_length = 1,
        max_length = 100,
        pattern = "^[A-Za-z0-9][A-Za-z0-9._:~+-]*$",
        example = "D-0042"
    )]
    #[validate(length(min = 1, max = 100))]
    person: String,
    /// L'anno.
    #[schema(minimum = 2009, maximum = 2100, example = 2025)]
    year: i32,
    /// La struttura in cui lavora: identificativo, oppure `ext:` seguito dalla chiave esterna.
    #[schema(
        nullable = false,
        max_length = 104,
        pattern = "^(ext:[A-Za-z0-9._:~@+-]+|[0-9a-fA-F-]{36})$",
        example = "ext:AREA-1"
    )]
    #[validate(length(max = 104))]
    unit: Option<String>,
    /// Da quale lavoro dipende la soglia di ore.
    role: TrainingRoleWord,
    /// Il primo giorno di servizio nell'anno.
    #[serde(deserialize_with = "crate::day::one")]
    #[schema(example = "2025-01-01")]
    service_from: NaiveDate,
    /// L'ultimo giorno di servizio nell'anno; assente se è ancora in servizio.
    #[serde(default, deserialize_with = "crate::day::maybe")]
    #[schema(nullable = false, example = "2025-10-31")]
    service_to: Option<NaiveDate>,
    /// Le assenze lunghe, che riducono la soglia.
    #[schema(nullable = false, min_items = 0, max_items = 24)]
    absences: Option<Vec<LongAbsence>>,
    /// I corsi.
    #[schema(nullable = false, min_items = 0, max_items = 200)]
    courses: Option<Vec<CourseBody>>,
}

/// Un corso seguito.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Course, example = json!({"hours": "12.5", "certified": true, "concluded": "2025-05-20", "syllabus": false}))]
pub(crate) struct CourseResponse {
    /// Il titolo.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 200, pattern = "^.*\\S.*$")]
    title: Option<String>,
    /// Le ore.
    #[schema(max_length = 23, pattern = "^[0-9]{1,15}([.][0-9]{1,6})?$")]
    hours: String,
    /// Se c'è un attestato.
    certified: bool,
    /// Il giorno in cui è concluso.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    concluded: Option<NaiveDate>,
    /// Se è un corso della piattaforma Syllabus.
    syllabus: bool,
}

/// La formazione di una persona in un anno.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Training, example = json!({
    "key": "2025-D-0042", "person": "D-0042", "year": 2025, "role": "general", "service_from": "2025-01-01", "courses": [
        {"hours": "12.5", "certified": true, "concluded": "2025-05-20", "syllabus": false}
    ], "version": 1
}))]
pub(crate) struct TrainingResponse {
    /// La chiave della registrazione nel programma che la tiene.
    #[schema(max_length = 100, pattern = "^[A-Za-z0-9][A-Za-z0-9._:~@+-]*$")]
    key: String,
    /// Lo pseudonimo della persona.
    #[schema(max_length = 100, pattern = "^[A-Za-z0-9][A-Za-z0-9._:~+-]*$")]
    person: String,
    /// L'anno.
    #[schema(minimum = 2009, maximum = 2100)]
    year: i16,
    /// La struttura in cui lavora.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    unit: Option<Uuid>,
    /// Da quale lavoro dipende la soglia di ore.
    role: TrainingRoleWord,
    /// Il primo giorno di servizio nell'anno.
    service_from: NaiveDate,
    /// L'ultimo giorno di servizio nell'anno; assente se è ancora in servizio.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    service_to: Option<NaiveDate>,
    /// Le assenze lunghe.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false, min_items = 0, max_items = 24)]
    absences: Vec<LongAbsence>,
    /// I corsi.
    #[schema(min_items = 0, max_items = 200)]
    courses: Vec<CourseResponse>,
    /// Versione, la stessa dell'ETag.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    version: i32,
}

listing! {
    /// Una pagina di registrazioni della formazione.
    TrainingList of TrainingResponse
}

many! {
    /// Registrazioni della formazione da scrivere insieme.
    #[schema(example = json!({"items": [{"key": "2025-D-0042", "person": "D-0042", "year": 2025, "role": "general", "service_from": "2025-01-01"}]}))]
    TrainingEntries,
    /// Una registrazione della formazione per riga, ciascuna un oggetto JSON intero.
    TrainingLines of TrainingBody,
    "{\"key\":\"2025-D-0042\",\"person\":\"D-0042\",\"year\":2025,\"role\":\"general\",\"service_from\":\"2025-01-01\"}\n"
}

impl CourseBody {
    fn read(self, at: &mut Reader<'_>) -> Option<Course> {
        let title = at.maybe("title", self.title.as_ref(), Line::parse);
        let hours = at.take("hours", Figure::parse(&self.hours))?;
        let (certified, concluded, syllabus) = (self.certified, self.concluded, self.syllabus);
        Some(Course { title, hours, certified, concluded, syllabus })
    }
}

impl Noun for TrainingBody {
    type Entry = TrainingEntry;
    type Response = TrainingResponse;
    const LIST: &'static str = "training";
    const READ: Action = Action::ReadTraining;
    const KEEP: Action = Action::KeepTraining;

    fn key(&self) -> Option<&str> {
        self.key.as_deref()
    }

    fn read(self, at: &mut Reader<'_>, key: ExternalId, units: &UnitNames) -> Option<TrainingEntry> {
        let person = at.take("person", PersonKey::parse(&self.person));
        let year = at.take("year", Year::parse(self.year));
        let unit = at.maybe("unit", self.unit.as_ref(), |unit| units.named(unit));
        let absence = |one: LongAbsence, _: &mut Reader<'_>| Some(Span { from: one.from, to: one.to });
        let most = TrainingEntry::MOST_ABSENCES;
        let absences = at.each("absences", self.absences.unwrap_or_default(), most, absence);
        let most = TrainingEntry::MOST_COURSES;
        let courses = at.each("courses", self.courses.unwrap_or_default(), most, CourseBody::read);
        let (role, service_from, service_to) = (self.role.0, self.service_from, self.service_to);
        let (person, year) = (person?, year?);
        Some(TrainingEntry { key, person, year, unit, role, service_from, service_to, absences, courses })
    }
}

impl From<Course> for CourseResponse {
    fn from(course: Course) -> Self {
        Self {
            title: course.title.map(String::from),
            hours: course.hours.to_string(),
            certified: course.certified,
            concluded: course.concluded,
            syllabus: course.syllabus,
        }
    }
}

impl From<Kept<TrainingEntry>> for TrainingResponse {
    fn from(kept: Kept<TrainingEntry>) -> Self {
        let entry = kept.entry;
        let absence = |span: Span| LongAbsence { from: span.from, to: span.to };
        Self {
            key: entry.key.into(),
            person: entry.person.into(),
            year: entry.year.number(),
            unit: entry.unit.map(|unit| unit.0),
            role: Word(entry.role),
            service_from: entry.service_from,
            service_to: entry.service_to,
            absences: entry.absences.into_iter().map(absence).collect(),
            courses: entry.courses.into_iter().map(CourseResponse::from).collect(),
            version: kept.version.number(),
        }
    }
}
