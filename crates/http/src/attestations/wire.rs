//! The attestation as it travels.

use chrono::NaiveDate;
use serde::Serialize;
use traguardo_domain::feeder::LeftOut;
use traguardo_domain::obligation::attestation::{Attestation, Row, Shortfall};
use traguardo_domain::obligation::{Obligation, Score};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::obligations::campaign::{CampaignResponse, QualityCriterionWord};
use crate::publication_checks::PointsBody;
use crate::words::Word;

/// L'attestazione di un anno.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Attestation, example = json!({
    "campaign": {
        "year": 2022, "act": "ANAC, delibera 201/2022", "state_on": "2022-05-31", "publish_by": "2022-06-30",
        "certainty": "confirmed", "scope": ["16.02"], "scale": {
            "certainty": "confirmed", "note": "Punti interi.", "full": 14,
            "criteria": [
                {"criterion": "publication", "most": 2, "steps": [0, 1, 2]},
                {"criterion": "content", "most": 3, "steps": [0, 1, 2, 3]},
                {"criterion": "offices", "most": 3, "steps": [0, 1, 2, 3]},
                {"criterion": "update", "most": 3, "steps": [0, 1, 2, 3]},
                {"criterion": "format", "most": 3, "steps": [0, 1, 2, 3]}
            ]
        }
    },
    "state_on": "2022-05-31", "score": {"points": 11, "most": 14, "percent": "78.6"}, "units": [], "rows": [], "shortfalls": [],
    "never_checked": [], "left_out": []
}))]
pub(crate) struct AttestationResponse {
    /// Che cosa si attesta, in quali giorni, con quale scala.
    campaign: CampaignResponse,
    /// Il giorno di cui dice lo stato: quello della campagna, o un giorno prima se si guarda da prima.
    state_on: NaiveDate,
    /// Il punteggio del comune.
    score: PublicationScore,
    /// Il punteggio di ogni struttura, e di ciò che è stato verificato per tutto il comune.
    #[schema(min_items = 0, max_items = 10_000)]
    units: Vec<UnitScore>,
    /// La griglia, per obbligo.
    #[schema(min_items = 0, max_items = 1_000_000)]
    rows: Vec<AttestationRow>,
    /// Che cosa è sotto il massimo, voce per voce.
    #[schema(min_items = 0, max_items = 5_000_000)]
    shortfalls: Vec<AttestationShortfall>,
    /// Gli obblighi attestati di cui non c'è alcuna verifica.
    #[schema(min_items = 0, max_items = 1000)]
    never_checked: Vec<AttestationObligation>,
    /// Le verifiche dell'anno che non sono voci della griglia, e perché.
    #[schema(min_items = 0, max_items = 20)]
    left_out: Vec<AttestationLeftOut>,
}

/// Punti dati e punti che si potevano dare. Ciò che non si applica non è né negli uni né negli altri.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"points": 11, "most": 14, "percent": "78.6"}))]
pub(crate) struct PublicationScore {
    /// I punti dati.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    points: i64,
    /// I punti che si potevano dare.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    most: i64,
    /// In centesimi, con un decimale; assente se non c'erano punti da dare.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 6, pattern = "^[0-9]{1,3}([.][0-9])?$")]
    percent: Option<String>,
}

/// Il punteggio di una struttura.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AttestationUnit, example = json!({
    "unit": "0193a5c0-0000-7000-8000-000000000002", "score": {"points": 11, "most": 14, "percent": "78.6"}
}))]
pub(crate) struct UnitScore {
    /// La struttura; assente per ciò che è stato verificato per tutto il comune.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    unit: Option<Uuid>,
    /// Il suo punteggio.
    score: PublicationScore,
}

/// Un obbligo, con il posto in cui si pubblica.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(example = json!({"code": "16.02", "title": "Indicatore annuale di tempestività dei pagamenti"}))]
pub(crate) struct AttestationObligation {
    /// Il codice.
    #[schema(max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$")]
    code: &'static str,
    /// Come si chiama.
    #[schema(max_length = 200, pattern = "^.*\\S.*$")]
    title: &'static str,
}

/// Una voce della griglia.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "obligation": {"code": "16.02", "title": "Indicatore annuale di tempestività dei pagamenti"},
    "section": "Pagamenti dell'amministrazione", "norm": "D.Lgs. 33/2013, art. 33, comma 1", "check": "2022-16.02",
    "checked_on": "2022-05-31", "points": {"publication": 2, "content": 3, "offices": 3, "update": 2, "format": 1},
    "score": {"points": 11, "most": 14, "percent": "78.6"}, "counts": true
}))]
pub(crate) struct AttestationRow {
    /// L'obbligo.
    obligation: AttestationObligation,
    /// La sottosezione di primo livello.
    #[schema(max_length = 200, pattern = "^.*\\S.*$")]
    section: &'static str,
    /// Dove l'obbligo è scritto.
    #[schema(max_length = 200, pattern = "^.*\\S.*$")]
    norm: &'static str,
    /// La struttura; assente quando è tutto il comune.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    unit: Option<Uuid>,
    /// La chiave della verifica.
    #[schema(max_length = 100, pattern = "^[A-Za-z0-9][A-Za-z0-9._:~@+-]*$")]
    check: String,
    /// Il giorno di cui la verifica dice lo stato.
    checked_on: NaiveDate,
    /// Perché l'obbligo non si applica.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 300, pattern = "^.*\\S.*$")]
    not_applicable: Option<String>,
    /// I punti dati.
    points: PointsBody,
    /// Il punteggio; assente se l'obbligo non si applica.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    score: Option<PublicationScore>,
    /// Se conta nel punteggio del comune: la voce di una struttura no, dove lo stesso obbligo è verificato per tutto il comune.
    counts: bool,
}

/// Un criterio sotto il massimo.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"obligation": "16.02", "check": "2022-16.02", "criterion": "update", "points": 2, "most": 3}))]
pub(crate) struct AttestationShortfall {
    /// Il codice dell'obbligo.
    #[schema(max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$")]
    obligation: String,
    /// La struttura; assente quando è tutto il comune.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    unit: Option<Uuid>,
    /// La chiave della verifica.
    #[schema(max_length = 100, pattern = "^[A-Za-z0-9][A-Za-z0-9._:~@+-]*$")]
    check: String,
    /// Il criterio.
    criterion: QualityCriterionWord,
    /// I punti dati.
    #[schema(minimum = 0, maximum = 1000)]
    points: i32,
    /// Il massimo.
    #[schema(minimum = 0, maximum = 1000)]
    most: i32,
}

/// Verifiche che non sono voci della griglia.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"why": "later", "words": "Verifiche di un giorno successivo a quello considerato.", "count": 3}))]
pub(crate) struct AttestationLeftOut {
    /// Perché, in una parola.
    #[schema(max_length = 40, pattern = "^[a-z_]+$")]
    why: &'static str,
    /// Perché.
    #[schema(max_length = 300, pattern = "^.*\\S.*$")]
    words: &'static str,
    /// Quante.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    count: i64,
}

impl From<Score> for PublicationScore {
    fn from(score: Score) -> Self {
        Self {
            points: whole(score.points),
            most: whole(score.most),
            percent: score.percent().map(|percent| percent.normalize().to_string()),
        }
    }
}

impl From<&'static Obligation> for AttestationObligation {
    fn from(obligation: &'static Obligation) -> Self {
        Self { code: obligation.code.as_str(), title: obligation.title.as_str() }
    }
}

impl From<&Row<'_>> for AttestationRow {
    fn from(row: &Row<'_>) -> Self {
        Self {
            obligation: row.obligation.into(),
            section: row.section.title.as_str(),
            norm: row.obligation.norm.as_str(),
            unit: row.check.unit.map(|unit| unit.0),
            check: row.check.key.as_str().to_owned(),
            checked_on: row.check.checked_on,
            not_applicable: row.check.not_applicable.clone().map(String::from),
            points: PointsBody::from(&row.check.points),
            score: row.score.map(PublicationScore::from),
            counts: row.counts,
        }
    }
}

impl From<Shortfall<'_>> for AttestationShortfall {
    fn from(short: Shortfall<'_>) -> Self {
        Self {
            obligation: short.check.obligation.as_str().to_owned(),
            unit: short.check.unit.map(|unit| unit.0),
            check: short.check.key.as_str().to_owned(),
            criterion: Word(short.criterion),
            points: short.points.into(),
            most: short.most.into(),
        }
    }
}

impl From<&LeftOut> for AttestationLeftOut {
    fn from(left: &LeftOut) -> Self {
        Self { why: left.why, words: left.words, count: whole(left.count) }
    }
}

impl From<&Attestation<'_>> for AttestationResponse {
    fn from(attestation: &Attestation<'_>) -> Self {
        let unit = |(unit, score): (Option<traguardo_domain::unit::UnitId>, Score)| UnitScore {
            unit: unit.map(|unit| unit.0),
            score: score.into(),
        };
        Self {
            campaign: (&attestation.campaign).into(),
            state_on: attestation.state_on,
            score: attestation.score().into(),
            units: attestation.by_unit().into_iter().map(unit).collect(),
            rows: attestation.rows.iter().map(AttestationRow::from).collect(),
            shortfalls: attestation.shortfalls().map(AttestationShortfall::from).collect(),
            never_checked: attestation
                .never_checked
                .iter()
                .copied()
                .map(AttestationObligation::from)
                .collect(),
            left_out: attestation.left_out.iter().map(AttestationLeftOut::from).collect(),
        }
    }
}

fn whole(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
