//! Checks as they travel.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use traguardo_documents::Reader;
use traguardo_documents::context::UnitNames;
use traguardo_documents::reader::day;
use traguardo_domain::FaultKind;
use traguardo_domain::obligation::{Check, Points, QualityCriterion};
use traguardo_domain::period::Year;
use traguardo_domain::register::Kept;
use traguardo_domain::text::{Code, ExternalId, Line, Text};
use traguardo_domain::unit::UnitId;
use traguardo_domain::vocabulary::Vocabulary as _;
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use crate::entries::Noun;
use crate::pages::listing;

/// I punti dati a ogni criterio, nella scala della campagna dell'anno; un criterio che manca vale zero.
#[derive(Debug, Default, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PublicationPoints, example = json!({"publication": 2, "content": 3, "offices": 3, "update": 2, "format": 1}))]
pub(crate) struct PointsBody {
    /// Se è pubblicato, e dove deve stare.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 100)]
    publication: Option<i32>,
    /// Se il contenuto è completo.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 100)]
    content: Option<i32>,
    /// Se c'è per tutti gli uffici.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 100)]
    offices: Option<i32>,
    /// Se è aggiornato.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 100)]
    update: Option<i32>,
    /// Se il formato è aperto.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 100)]
    format: Option<i32>,
}

impl PointsBody {
    const fn of(&self, criterion: QualityCriterion) -> Option<i32> {
        match criterion {
            QualityCriterion::Publication => self.publication,
            QualityCriterion::Content => self.content,
            QualityCriterion::Offices => self.offices,
            QualityCriterion::Update => self.update,
            QualityCriterion::Format => self.format,
        }
    }

    fn read(&self, at: &mut Reader<'_>) -> Points {
        let mut points = Points::new();
        for criterion in QualityCriterion::all() {
            let Some(given) = self.of(*criterion) else { continue };
            if let Ok(given) = u16::try_from(given) {
                points.insert(*criterion, given);
            } else {
                at.fault(criterion.word(), FaultKind::OutOfBounds, "Da 0 al massimo della scala.");
            }
        }
        points
    }
}

impl From<&Points> for PointsBody {
    fn from(points: &Points) -> Self {
        let of = |criterion| points.get(&criterion).copied().map(i32::from);
        Self {
            publication: of(QualityCriterion::Publication),
            content: of(QualityCriterion::Content),
            offices: of(QualityCriterion::Offices),
            update: of(QualityCriterion::Update),
            format: of(QualityCriterion::Format),
        }
    }
}

/// Che cosa si è trovato di un obbligo di pubblicazione.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(as = PublicationCheck, example = json!({
    "year": 2022, "obligation": "16.02", "unit_code": "SF", "checked_on": "2022-05-31",
    "points": {"publication": 2, "content": 3, "offices": 3, "update": 2, "format": 1}
}))]
pub(crate) struct CheckBody {
    /// Chiave nel programma che la invia, unica tra le verifiche; serve in un blocco, altrimenti la dice il percorso. Una `/` si scrive `-`.
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 100,
        pattern = "^[A-Za-z0-9][A-Za-z0-9._:~@+-]*$"
    )]
    key: Option<String>,
    /// L'anno della campagna.
    #[schema(minimum = 2009, maximum = 2100)]
    year: i32,
    /// L'obbligo, con il suo codice nel catalogo di quell'anno.
    #[schema(min_length = 1, max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$")]
    obligation: String,
    /// La struttura di cui si è verificata la parte: identificativo, oppure `ext:` e la sua chiave esterna. Senza, è tutto il comune.
    #[schema(nullable = false, max_length = 104, pattern = "^(ext:[A-Za-z0-9._:~@+-]+|[0-9a-fA-F-]{36})$")]
    unit: Option<String>,
    /// La struttura per codice, al posto di `unit`.
    #[schema(nullable = false, max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$")]
    unit_code: Option<String>,
    /// Il giorno di cui la verifica dice lo stato, nell'anno della campagna; per la griglia è quello che l'ANAC fissa, anche se si è
    /// guardato dopo.
    #[schema(format = "date", max_length = 10, example = "2025-05-31")]
    checked_on: String,
    /// Perché l'obbligo non si applica; in questo caso non si danno punti.
    #[schema(nullable = false, min_length = 1, max_length = 300, pattern = "^.*\\S.*$")]
    not_applicable: Option<String>,
    /// I punti; senza, la verifica dice solo se l'obbligo è aggiornato e non è una voce della griglia.
    #[schema(nullable = false)]
    points: Option<PointsBody>,
    /// Se è pubblicato, completo e aggiornato del tutto; se non si dice lo dicono i punti.
    #[schema(nullable = false)]
    up_to_date: Option<bool>,
    /// I giorni dell'anno, fino a quello della verifica, in cui ciò che è pubblicato è stato aggiornato; un elenco vuoto dice che non lo
    /// è mai stato, senza elenco non si sa. Da quelli del registro degli accessi (21.06) si calcola `T5.register`.
    #[schema(nullable = false, min_items = 0, max_items = 366, value_type = Option<Vec<PublicationUpdate>>)]
    updated_on: Option<Vec<String>>,
    /// Che altro c'è da dire.
    #[schema(nullable = false, min_length = 1, max_length = 2000, pattern = "^[\\s\\S]*\\S[\\s\\S]*$")]
    note: Option<String>,
    /// Versione, la stessa dell'`ETag`, per chi riscrive ciò che ha letto: non conta, e per cambiare una verifica serve `If-Match`. In un
    /// blocco è rifiutata.
    #[schema(nullable = false, minimum = 1, maximum = 2_147_483_647)]
    version: Option<i32>,
}

/// Un giorno in cui qualcosa di pubblicato è stato aggiornato.
#[derive(ToSchema)]
#[schema(format = "date", max_length = 10, example = "2025-06-30")]
#[expect(dead_code, reason = "gives the items of a list their bounds in the published schema")]
struct PublicationUpdate(String);

impl CheckBody {
    fn unit(&self, at: &mut Reader<'_>, units: &UnitNames) -> Option<UnitId> {
        match (&self.unit, &self.unit_code) {
            (Some(_), Some(_)) => {
                for member in ["unit", "unit_code"] {
                    at.fault(member, FaultKind::Inconsistent, "O unit o unit_code, non entrambi.");
                }
                None
            }
            (Some(unit), None) => at.take("unit", units.named(unit)),
            (None, Some(code)) => at.take("unit_code", units.coded(code)),
            (None, None) => None,
        }
    }
}

impl Noun for CheckBody {
    type Entry = Check;
    type Response = CheckResponse;
    const LIST: &'static str = "publication_checks";

    fn key(&self) -> Option<&str> {
        self.key.as_deref()
    }

    fn version(&self) -> Option<i32> {
        self.version
    }

    fn read(self, at: &mut Reader<'_>, key: ExternalId, units: &UnitNames) -> Option<Check> {
        at.version(self.version);
        let unit = self.unit(at, units);
        let year = at.take("year", Year::parse(self.year));
        let obligation = at.take("obligation", Code::parse(&self.obligation));
        let checked_on = at.take("checked_on", day(&self.checked_on));
        let not_applicable = at.maybe("not_applicable", self.not_applicable.as_ref(), Line::parse);
        let points = self.points.unwrap_or_default().read(&mut at.member("points"));
        let updated_on = self.updated_on.map(|days| {
            at.each("updated_on", days, Check::MOST_UPDATES, |written, at| at.take("", day(&written)))
        });
        let note = at.maybe("note", self.note.as_ref(), Text::parse);
        Some(Check {
            key,
            year: year?,
            obligation: obligation?,
            unit,
            checked_on: checked_on?,
            not_applicable,
            points,
            up_to_date: self.up_to_date,
            updated_on,
            note,
        })
    }
}

/// Una verifica, com'è ora.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PublicationCheckRead, example = json!({
    "key": "2022-16.02", "year": 2022, "obligation": "16.02", "checked_on": "2022-05-31",
    "points": {"publication": 2, "content": 3, "offices": 3, "update": 2, "format": 1}, "version": 1
}))]
pub(crate) struct CheckResponse {
    /// Chiave nel programma che l'ha inviata.
    #[schema(max_length = 100, pattern = "^[A-Za-z0-9][A-Za-z0-9._:~@+-]*$")]
    key: String,
    /// L'anno della campagna.
    #[schema(minimum = 2009, maximum = 2100)]
    year: i16,
    /// L'obbligo, con il suo codice nel catalogo di quell'anno.
    #[schema(max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$")]
    obligation: String,
    /// La struttura di cui si è verificata la parte; assente quando è tutto il comune.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    unit: Option<Uuid>,
    /// Il giorno di cui dice lo stato.
    checked_on: NaiveDate,
    /// Perché l'obbligo non si applica.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 300, pattern = "^.*\\S.*$")]
    not_applicable: Option<String>,
    /// I punti.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    points: Option<PointsBody>,
    /// Se è aggiornato del tutto, quando è stato detto.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    up_to_date: Option<bool>,
    /// I giorni in cui è stato aggiornato, quando si sa.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, min_items = 0, max_items = 366)]
    updated_on: Option<Vec<NaiveDate>>,
    /// Che altro c'è da dire.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 2000, pattern = "^[\\s\\S]*\\S[\\s\\S]*$")]
    note: Option<String>,
    /// Versione, la stessa dell'ETag.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    version: i32,
}

impl From<Kept<Check>> for CheckResponse {
    fn from(Kept { entry, version }: Kept<Check>) -> Self {
        Self {
            key: entry.key.into(),
            year: entry.year.number(),
            obligation: entry.obligation.into(),
            unit: entry.unit.map(|unit| unit.0),
            checked_on: entry.checked_on,
            not_applicable: entry.not_applicable.map(String::from),
            points: (!entry.points.is_empty()).then(|| PointsBody::from(&entry.points)),
            up_to_date: entry.up_to_date,
            updated_on: entry.updated_on,
            note: entry.note.map(String::from),
            version: version.number(),
        }
    }
}

listing! {
    /// Una pagina di verifiche sulle pubblicazioni.
    PublicationCheckList of CheckResponse
}

/// Le verifiche di un blocco, ciascuna con la sua chiave.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PublicationChecks, example = json!({"items": [{
    "key": "2022-16.02", "year": 2022, "obligation": "16.02", "checked_on": "2022-05-31",
    "points": {"publication": 2, "content": 3, "offices": 3, "update": 2, "format": 1}
}]}))]
#[expect(dead_code, reason = "only its description is published: the items are read one by one")]
pub(crate) struct ChecksRequest {
    /// Le verifiche.
    #[schema(min_items = 1, max_items = 1_000)]
    items: Vec<CheckBody>,
}

/// Una verifica per riga, ciascuna un oggetto JSON intero.
#[derive(ToSchema)]
#[schema(
    as = PublicationCheckLines,
    max_length = 8_388_608,
    pattern = "^[\\s\\S]*$",
    example = "{\"key\":\"2022-16.02\",\"year\":2022,\"obligation\":\"16.02\",\"checked_on\":\"2022-05-31\",\"up_to_date\":true}\n"
)]
#[expect(dead_code, reason = "only its description is published")]
pub(crate) struct CheckLines(String);
