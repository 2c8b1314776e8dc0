//! Procedures as they travel.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use traguardo_documents::Reader;
use traguardo_documents::context::UnitNames;
use traguardo_domain::FaultKind;
use traguardo_domain::fault::Refused;
use traguardo_domain::procedure::Procedure;
use traguardo_domain::register::Kept;
use traguardo_domain::text::{ExternalId, Line};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use crate::entries::{Noun, many};
use crate::pages::listing;
use crate::suspensions::{self, SuspensionBody};

/// Un procedimento, senza dati di chi vi ha interesse.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "kind": "Permesso di costruire", "started": "2025-02-01", "term_days": 90,
    "suspensions": [{"from": "2025-02-10", "until": "2025-03-12", "reason": "completion"}], "closed": "2025-05-20"
}))]
pub(crate) struct ProcedureBody {
    /// La chiave del procedimento nel programma che lo tiene, come il numero di protocollo con `-` al posto di `/`. Da sola la dice il percorso; fra molti serve.
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 100,
        pattern = "^[A-Za-z0-9][A-Za-z0-9._:~@+-]*$"
    )]
    #[validate(length(min = 1, max = 100))]
    key: Option<String>,
    /// Il tipo di procedimento, come nell'elenco del comune, senza dati personali.
    #[schema(min_length = 1, max_length = 300, pattern = "^.*\\S.*$", example = "Permesso di costruire")]
    #[validate(length(min = 1, max = 300))]
    kind: String,
    /// Il giorno di avvio, che non si conta.
    #[serde(deserialize_with = "crate::day::one")]
    #[schema(example = "2025-02-01")]
    started: NaiveDate,
    /// Il termine in giorni di calendario (L. 241/1990, art. 2): trenta se non è stabilito altro.
    #[schema(nullable = false, minimum = 1, maximum = 365, default = 30, example = 90)]
    #[validate(range(min = 1, max = 365))]
    term_days: Option<i32>,
    /// Le sospensioni del termine.
    #[schema(nullable = false, min_items = 0, max_items = 50)]
    suspensions: Option<Vec<SuspensionBody>>,
    /// Il giorno in cui è stato chiuso; assente finché è aperto.
    #[serde(default, deserialize_with = "crate::day::maybe")]
    #[schema(nullable = false, example = "2025-05-20")]
    closed: Option<NaiveDate>,
    /// La struttura che ne è responsabile: identificativo, oppure `ext:` seguito dalla chiave esterna.
    #[schema(
        nullable = false,
        max_length = 104,
        pattern = "^(ext:[A-Za-z0-9._:~@+-]+|[0-9a-fA-F-]{36})$",
        example = "ext:AREA-1"
    )]
    #[validate(length(max = 104))]
    unit: Option<String>,
    /// Se fa parte del campione, dove non si controllano tutti: quote e tempi sono allora quelli del campione.
    #[schema(nullable = false)]
    sampled: Option<bool>,
}

/// Un procedimento, con il suo termine.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Procedure, example = json!({
    "key": "PROT-2025-0456", "kind": "Permesso di costruire", "started": "2025-02-01", "term_days": 90,
    "suspensions": [{"from": "2025-02-10", "until": "2025-03-12", "reason": "completion"}], "due": "2025-06-01",
    "closed": "2025-05-20", "days": 78, "in_term": true, "version": 1
}))]
pub(crate) struct ProcedureResponse {
    /// La chiave del procedimento nel programma che lo tiene.
    #[schema(max_length = 100, pattern = "^[A-Za-z0-9][A-Za-z0-9._:~@+-]*$")]
    key: String,
    /// Il tipo di procedimento.
    #[schema(max_length = 300, pattern = "^.*\\S.*$")]
    kind: String,
    /// Il giorno di avvio.
    started: NaiveDate,
    /// Il termine in giorni.
    #[schema(minimum = 1, maximum = 365)]
    term_days: i32,
    /// Le sospensioni del termine.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false, min_items = 0, max_items = 50)]
    suspensions: Vec<SuspensionBody>,
    /// L'ultimo giorno del termine; assente finché è sospeso senza una fine.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    due: Option<NaiveDate>,
    /// Il giorno in cui è stato chiuso.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    closed: Option<NaiveDate>,
    /// I giorni di calendario che ha richiesto, tolte le sospensioni; quando è chiuso.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 200_000)]
    days: Option<i32>,
    /// Se è stato chiuso nel termine; quando è chiuso.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    in_term: Option<bool>,
    /// La struttura che ne è responsabile.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    unit: Option<Uuid>,
    /// Se fa parte del campione.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schema(required = false)]
    sampled: bool,
    /// Versione, la stessa dell'ETag.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    version: i32,
}

listing! {
    /// Una pagina di procedimenti.
    ProcedureList of ProcedureResponse
}

many! {
    /// Procedimenti da scrivere insieme.
    #[schema(example = json!({"items": [{"key": "PROT-2025-0456", "kind": "Permesso di costruire", "started": "2025-02-01", "term_days": 90}]}))]
    Procedures,
    /// Un procedimento per riga, ciascuno un oggetto JSON intero.
    ProcedureLines of ProcedureBody,
    "{\"key\":\"PROT-2025-0456\",\"kind\":\"Permesso di costruire\",\"started\":\"2025-02-01\",\"term_days\":90}\n"
}

/// The days of a term, as far as they can be ones.
fn days(written: Option<i32>) -> Result<u16, Refused> {
    let written = written.unwrap_or(i32::from(Procedure::DEFAULT_TERM));
    let detail = format!("Il termine va da 1 a {} giorni.", Procedure::LONGEST_TERM);
    u16::try_from(written).map_err(|_| Refused::new(FaultKind::OutOfBounds, detail))
}

impl Noun for ProcedureBody {
    type Entry = Procedure;
    type Response = ProcedureResponse;
    const LIST: &'static str = "procedures";

    fn key(&self) -> Option<&str> {
        self.key.as_deref()
    }

    fn read(self, at: &mut Reader<'_>, key: ExternalId, units: &UnitNames) -> Option<Procedure> {
        let kind = at.take("kind", Line::parse(&self.kind));
        let term = at.take("term_days", days(self.term_days));
        let suspensions = suspensions::read(at, self.suspensions);
        let unit = at.maybe("unit", self.unit.as_ref(), |unit| units.named(unit));
        Some(Procedure {
            key,
            kind: kind?,
            started: self.started,
            term: term?,
            suspensions,
            closed: self.closed,
            unit,
            sampled: self.sampled.unwrap_or_default(),
        })
    }
}

impl From<Kept<Procedure>> for ProcedureResponse {
    fn from(kept: Kept<Procedure>) -> Self {
        let entry = kept.entry;
        Self {
            started: entry.started,
            term_days: i32::from(entry.term),
            due: entry.term().due(),
            closed: entry.closed,
            days: entry.closed.and_then(|day| i32::try_from(entry.term().taken_by(day)).ok()),
            in_term: entry.closed.map(|day| entry.term().is_kept_on(day)),
            key: entry.key.into(),
            kind: entry.kind.into(),
            suspensions: suspensions::shown(entry.suspensions),
            unit: entry.unit.map(|unit| unit.0),
            sampled: entry.sampled,
            version: kept.version.number(),
        }
    }
}
