//! Measurements as they are written: of what, for which days, the value, and what it rests on.

use std::collections::HashMap;

use serde::Deserialize;
use traguardo_domain::FaultKind;
use traguardo_domain::assignment::Assignment;
use traguardo_domain::digest::Digest;
use traguardo_domain::fault::Refused;
use traguardo_domain::measurement::{
    Evidence, EvidenceFileId, Measured, MeasurementFacts, Origin, Span, Standing, Value,
};
use traguardo_domain::objective::Objective;
use traguardo_domain::plan::Plan;
use traguardo_domain::text::{ExternalId, Line, Text};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use crate::context::Address;
use crate::reader::Reader;
use crate::span::SpanBody;
use crate::value::ValueBody;
use crate::word::Word;

mod subject;

pub use subject::SubjectPath;

/// Whether a value may still change.
pub type StandingWord = Word<Standing>;
/// Where a value comes from.
pub type OriginWord = Word<Origin>;

/// Ciò su cui poggia un valore: un titolo, e dove si trova.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Evidence, example = json!({"title": "Estratto della PCC al 31 dicembre", "link": "https://crediticommerciali.example/estratto"}))]
pub struct EvidenceBody {
    /// Che cos'è.
    #[schema(min_length = 1, max_length = 300, pattern = "^.*\\S.*$")]
    title: String,
    /// Dove si trova.
    #[schema(nullable = false, max_length = 2000, format = "uri", pattern = "^https?://\\S+$")]
    link: Option<String>,
    /// Il file conservato qui, fra le prove del piano.
    #[schema(nullable = false)]
    file: Option<Uuid>,
    /// Lo SHA-256 di ciò che vi si trova, perché non cambi senza che si veda.
    #[schema(nullable = false, min_length = 64, max_length = 64, pattern = "^[0-9a-f]{64}$")]
    digest: Option<String>,
}

/// Un valore misurato, da aggiungere a quelli del piano.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(as = Measurement, example = json!({
    "external_id": "PCC-2025-12", "subject": "ext:PAGAMENTI/indicators/ext:IRP", "assignment": "ext:A1",
    "period": {"from": "2025-01-01", "to": "2025-12-31"}, "value": {"type": "number", "figure": "-3.2"},
    "standing": "final", "source": "PCC",
    "evidence": [{"title": "Estratto della PCC", "link": "https://crediticommerciali.example/estratto"}]
}))]
pub struct MeasurementBody {
    /// Chiave nel programma che la invia, unica nel piano: inviata di nuovo uguale, non si aggiunge una seconda volta.
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 100,
        pattern = "^[A-Za-z0-9][A-Za-z0-9._:~@+-]*$"
    )]
    external_id: Option<String>,
    /// Di che cosa: il percorso sotto `objectives/`. `ext:OB1/indicators/ext:I1`, `ext:OB1/phases/ext:F1`,
    /// `ext:OB1/phases/ext:F1/indicators/ext:I1`, oppure `ext:OB1` per l'obiettivo intero.
    #[schema(
        min_length = 1,
        max_length = 400,
        pattern = "^[A-Za-z0-9._:~@+/-]+$",
        example = "ext:PAGAMENTI/indicators/ext:IRP"
    )]
    subject: String,
    /// In quale assegnazione dell'obiettivo, per identificativo o `ext:`; se manca, in tutte.
    #[schema(
        nullable = false,
        max_length = 104,
        pattern = "^(ext:[A-Za-z0-9._:~@+-]+|[0-9a-fA-F-]{36})$",
        example = "ext:A1"
    )]
    assignment: Option<String>,
    /// I giorni a cui si riferisce: il valore dice come stanno le cose alla loro fine.
    period: SpanBody,
    /// Il valore.
    value: ValueBody,
    /// Se può ancora cambiare.
    standing: StandingWord,
    /// Da dove viene; se manca, `integration` quando lo invia un programma, altrimenti `entered`.
    #[schema(nullable = false)]
    origin: Option<OriginWord>,
    /// Il registro, la rilevazione o il programma da cui è tratto.
    #[schema(nullable = false, min_length = 1, max_length = 300, pattern = "^.*\\S.*$")]
    source: Option<String>,
    /// Annotazioni.
    #[schema(nullable = false, min_length = 1, max_length = 4000, pattern = "^[\\s\\S]+$")]
    note: Option<String>,
    /// Su che cosa poggia.
    #[serde(default)]
    #[schema(min_items = 0, max_items = 20)]
    evidence: Vec<EvidenceBody>,
    /// La misurazione di cui prende il posto, per identificativo o `ext:`: la corregge, e restano entrambe.
    #[schema(nullable = false, max_length = 104, pattern = "^(ext:[A-Za-z0-9._:~@+-]+|[0-9a-fA-F-]{36})$")]
    supersedes: Option<String>,
}

/// What a measurement is read against.
pub struct MeasuredPlan<'p> {
    /// The plan.
    pub plan: &'p Plan,
    /// The objectives with a name, in the order they are looked through: as they are official, as they are being varied.
    pub objectives: &'p dyn Fn(&Address) -> Vec<&'p Objective>,
    /// The files kept as evidence of the plan, of those that are named.
    pub files: &'p HashMap<EvidenceFileId, Digest>,
    /// Where values come from when it is not said.
    pub origin: Origin,
}

/// A measurement that was read.
#[derive(Debug)]
pub struct ReadMeasurement<'p> {
    /// What it says, but for the one it takes the place of.
    pub facts: MeasurementFacts,
    /// The objective it is of.
    pub objective: &'p Objective,
    /// The assignment it is of, when it is one in particular.
    pub assignment: Option<&'p Assignment>,
    /// The name of the one it takes the place of.
    pub supersedes: Option<Address>,
}

impl MeasurementBody {
    /// What it is of, when that is spelled as it should be.
    #[must_use]
    pub fn subject(&self) -> Option<SubjectPath> {
        SubjectPath::parse(&self.subject).ok()
    }

    /// What it is of, as it was written.
    #[must_use]
    pub fn subject_as_written(&self) -> &str {
        &self.subject
    }

    /// Its key, when it is spelled as it should be.
    #[must_use]
    pub fn external_id(&self) -> Option<ExternalId> {
        ExternalId::parse(self.external_id.as_ref()?).ok()
    }

    /// Whether it takes the place of another.
    #[must_use]
    pub const fn corrects(&self) -> bool {
        self.supersedes.is_some()
    }

    /// The files it names.
    pub fn files(&self) -> impl Iterator<Item = EvidenceFileId> + '_ {
        self.evidence.iter().filter_map(|evidence| evidence.file).map(EvidenceFileId)
    }

    /// Reads what it says.
    pub fn read<'p>(self, at: &mut Reader<'_>, of: &MeasuredPlan<'p>) -> Option<ReadMeasurement<'p>> {
        let external_id = at.maybe("external_id", self.external_id.as_ref(), ExternalId::parse);
        let found = found(at, &self.subject, self.assignment.as_deref(), of);
        let period = read_period(at, &self.period, of.plan);
        let value = read_value(at, self.value, found.as_ref().map(|found| found.measured));
        let source = at.maybe("source", self.source.as_ref(), Line::parse);
        let note = at.maybe("note", self.note.as_ref(), Text::parse);
        let evidence = at.each("evidence", self.evidence, MeasurementFacts::MOST_EVIDENCE, |evidence, at| {
            evidence.read(at, of.files)
        });
        let supersedes = at.maybe("supersedes", self.supersedes.as_ref(), subject::name);
        let found = found?;
        let facts = MeasurementFacts {
            external_id,
            subject: found.measured.subject(),
            objective: found.objective.id,
            assignment: found.assignment.map(|assignment| assignment.id),
            period: period?,
            value: value?,
            standing: self.standing.0,
            origin: self.origin.map_or(of.origin, |origin| origin.0),
            source,
            note,
            evidence,
            supersedes: None,
        };
        Some(ReadMeasurement { facts, objective: found.objective, assignment: found.assignment, supersedes })
    }
}

/// What a measurement is of, found in the plan.
struct Found<'p> {
    objective: &'p Objective,
    measured: Measured<'p>,
    assignment: Option<&'p Assignment>,
}

fn found<'p>(
    at: &mut Reader<'_>,
    subject: &str,
    assignment: Option<&str>,
    of: &MeasuredPlan<'p>,
) -> Option<Found<'p>> {
    let path = at.take("subject", SubjectPath::parse(subject));
    let assignment = match assignment {
        None => None,
        Some(text) => Some(at.take("assignment", subject::name(text))?),
    };
    let path = path?;
    let mut known = false;
    for objective in (of.objectives)(path.objective()) {
        let Some(measured) = path.find(objective) else { continue };
        known = true;
        let Some(name) = &assignment else { return Some(Found { objective, measured, assignment: None }) };
        let place = name.place(&objective.facts.assignments);
        if let Some(assignment) = place.and_then(|place| objective.facts.assignments.get(place)) {
            return Some(Found { objective, measured, assignment: Some(assignment) });
        }
    }
    let (member, detail) = if known {
        ("assignment", "L'obiettivo non ha questa assegnazione.")
    } else {
        ("subject", "Il piano non ha questo obiettivo, o l'obiettivo questa parte.")
    };
    at.fault(member, FaultKind::UnknownReference, detail);
    None
}

fn read_period(at: &mut Reader<'_>, period: &SpanBody, plan: &Plan) -> Option<Span> {
    let mut at = at.member("period");
    let period = period.read(&mut at)?;
    for fault in plan.faults_of_period(period) {
        at.fault(fault.pointer.trim_start_matches('/'), fault.kind, &fault.detail);
    }
    Some(period)
}

fn read_value(at: &mut Reader<'_>, value: ValueBody, of: Option<Measured<'_>>) -> Option<Value> {
    let mut at = at.member("value");
    let value = value.read(&mut at)?;
    for fault in of.map(|of| of.expectation().faults_of(&value)).unwrap_or_default() {
        at.fault(fault.pointer.trim_start_matches('/'), fault.kind, &fault.detail);
    }
    Some(value)
}

impl EvidenceBody {
    /// The file it names.
    #[must_use]
    pub fn file(&self) -> Option<EvidenceFileId> {
        self.file.map(EvidenceFileId)
    }

    /// Reads it, where the plan has these files.
    pub fn read(self, at: &mut Reader<'_>, files: &HashMap<EvidenceFileId, Digest>) -> Option<Evidence> {
        let title = at.take("title", Line::parse(&self.title));
        let link = at.maybe("link", self.link.as_ref(), web_address);
        let digest = at.maybe("digest", self.digest.as_ref(), |text| {
            let detail = "Uno SHA-256: 64 cifre esadecimali minuscole.";
            Digest::parse(text).ok_or_else(|| Refused::new(FaultKind::Malformed, detail))
        });
        let file = self.file.map(EvidenceFileId);
        match file.map(|file| files.get(&file)) {
            Some(None) => {
                at.fault("file", FaultKind::UnknownReference, "Il piano non ha questa prova.");
            }
            Some(Some(kept)) if digest.is_some_and(|digest| digest != *kept) => {
                at.fault("digest", FaultKind::Inconsistent, "Il file conservato ha un altro SHA-256.");
            }
            Some(Some(_)) | None => {}
        }
        Some(Evidence { title: title?, link, file, digest })
    }
}

/// The address of something on the web, and nothing a browser would run.
fn web_address(text: &str) -> Result<Line<2000>, Refused> {
    let line = Line::parse(text)?;
    let rest = line.as_str().strip_prefix("https://").or_else(|| line.as_str().strip_prefix("http://"));
    if rest.is_none_or(|rest| rest.is_empty() || rest.contains(char::is_whitespace)) {
        return Err(Refused::new(FaultKind::Malformed, "Un indirizzo che comincia con https:// o http://."));
    }
    Ok(line)
}
