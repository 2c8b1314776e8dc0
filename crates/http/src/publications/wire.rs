//! Publications as they travel.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use traguardo_documents::Word;
use traguardo_domain::fact::{Fact, Grade, Incomparable, LeftOut, Shortfall};
use traguardo_domain::figure::Figure;
use traguardo_persistence::publications::Published;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::pages::listing;

/// How good a fact is.
type GradeWord = Word<Grade>;
/// What a fact falls short of.
type ShortfallWord = Word<Shortfall>;
/// Why there is no fact.
type IncomparableWord = Word<Incomparable>;

/// Una pubblicazione, in breve.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "number": 2, "year": 2025, "published_at": "2026-06-25T09:00:00Z", "at": "2026-05-20", "certified": true, "plan_version": 1,
    "digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "facts": 7, "left_out": 2
}))]
pub(crate) struct PublicationSummary {
    /// Il numero, da 1.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    number: i32,
    /// L'anno dei dati.
    #[schema(minimum = 2009, maximum = 2100, example = 2025)]
    year: i16,
    /// Quando.
    published_at: DateTime<Utc>,
    /// Il membro che ha pubblicato.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    member: Option<Uuid>,
    /// Il giorno a cui sono i risultati.
    at: NaiveDate,
    /// Se erano certificati.
    certified: bool,
    /// La versione del piano.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    plan_version: i32,
    /// L'impronta di ciò che è pubblicato.
    #[schema(min_length = 64, max_length = 64, pattern = "^[0-9a-f]{64}$")]
    digest: String,
    /// Quanti dati.
    #[schema(minimum = 0, maximum = 100_000, value_type = i32)]
    facts: usize,
    /// Quanti restano fuori.
    #[schema(minimum = 0, maximum = 100_000, value_type = i32)]
    left_out: usize,
}

listing! {
    /// Una pagina di pubblicazioni.
    PublicationList of PublicationSummary
}

/// Una mancanza di un dato.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FactShortfall, example = json!({"code": "provisional", "words": "Non è certificato, o il valore registrato è provvisorio."}))]
pub(crate) struct ShortfallResponse {
    /// Quale.
    code: ShortfallWord,
    /// A parole.
    #[schema(max_length = 200, pattern = "^[\\s\\S]+$")]
    words: &'static str,
}

/// Un dato pubblicato: quanto vale nel comune un indicatore condiviso.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PublishedFact, example = json!({
    "indicator": "T1.itp", "definition": 1, "value": "-3.2", "grade": "B",
    "shortfalls": [{"code": "provisional", "words": "Non è certificato, o il valore registrato è provvisorio."}]
}))]
pub(crate) struct FactResponse {
    /// L'indicatore condiviso.
    #[schema(max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$", example = "T1.itp")]
    indicator: String,
    /// Il numero della sua definizione.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    definition: i32,
    /// Quanto vale, nella sua unità.
    #[schema(max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$", example = "-3.2")]
    value: String,
    /// Di un rapporto, il numeratore.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$")]
    numerator: Option<String>,
    /// Di un rapporto, il denominatore.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$")]
    denominator: Option<String>,
    /// Quanto del valore atteso dal piano è raggiunto, in centesimi.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$")]
    score: Option<String>,
    /// La qualità.
    grade: GradeWord,
    /// Che cosa le manca per essere A.
    #[schema(min_items = 0, max_items = 5)]
    shortfalls: Vec<ShortfallResponse>,
}

/// Ciò che è legato a un indicatore condiviso e non dà un dato.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LeftOut, example = json!({
    "indicator": "T3.score", "objective": "0193a5c0-0000-7000-8000-000000000003", "why": "other_measure",
    "words": "Il piano lo misura in un'altra unità."
}))]
pub(crate) struct LeftOutResponse {
    /// L'indicatore condiviso.
    #[schema(max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$", example = "T3.score")]
    indicator: String,
    /// L'obiettivo che lo ha.
    objective: Uuid,
    /// Perché.
    why: IncomparableWord,
    /// A parole.
    #[schema(max_length = 200, pattern = "^[\\s\\S]+$")]
    words: &'static str,
}

/// I risultati di un piano, come sono pubblicati per il confronto.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Publication, example = json!({
    "plan": "0193a5c0-0000-7000-8000-000000000002", "number": 2, "year": 2025, "published_at": "2026-06-25T09:00:00Z",
    "at": "2026-05-20", "certified": true, "plan_version": 1, "dry_run": false,
    "digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "facts": [{"indicator": "T1.itp", "definition": 1, "value": "-3.2", "grade": "A", "shortfalls": []}],
    "left_out": [{
        "indicator": "T3.score", "objective": "0193a5c0-0000-7000-8000-000000000003", "why": "no_value",
        "words": "Nessun valore registrato."
    }]
}))]
pub(crate) struct PublicationResponse {
    /// Il piano.
    plan: Uuid,
    /// Il numero, da 1; di una prova, quello che avrebbe.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    number: i32,
    /// L'anno dei dati.
    #[schema(minimum = 2009, maximum = 2100, example = 2025)]
    year: i16,
    /// Quando.
    published_at: DateTime<Utc>,
    /// Il membro che ha pubblicato.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    member: Option<Uuid>,
    /// Il giorno a cui sono i risultati.
    at: NaiveDate,
    /// Se erano certificati.
    certified: bool,
    /// La versione del piano.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    plan_version: i32,
    /// L'impronta di ciò che è pubblicato.
    #[schema(min_length = 64, max_length = 64, pattern = "^[0-9a-f]{64}$")]
    digest: String,
    /// Se è solo una prova.
    dry_run: bool,
    /// I dati, per indicatore.
    #[schema(min_items = 0, max_items = 100_000)]
    facts: Vec<FactResponse>,
    /// Che cosa resta fuori, e perché.
    #[schema(min_items = 0, max_items = 100_000)]
    left_out: Vec<LeftOutResponse>,
}

impl PublicationResponse {
    /// A publication, or what one would be.
    pub(crate) fn of(published: Published, dry_run: bool) -> Self {
        let Published { publication, plan_version, digest } = published;
        let drawn = publication.drawn;
        Self {
            plan: publication.plan.0,
            number: publication.number,
            year: publication.year.number(),
            published_at: publication.published_at,
            member: publication.member,
            at: publication.at,
            certified: publication.certified,
            plan_version,
            digest: digest.to_string(),
            dry_run,
            facts: drawn.facts.into_iter().map(FactResponse::from).collect(),
            left_out: drawn.left_out.into_iter().map(LeftOutResponse::from).collect(),
        }
    }
}

impl From<Published> for PublicationSummary {
    fn from(published: Published) -> Self {
        let Published { publication, plan_version, digest } = published;
        Self {
            number: publication.number,
            year: publication.year.number(),
            published_at: publication.published_at,
            member: publication.member,
            at: publication.at,
            certified: publication.certified,
            plan_version,
            digest: digest.to_string(),
            facts: publication.drawn.facts.len(),
            left_out: publication.drawn.left_out.len(),
        }
    }
}

impl From<Fact> for FactResponse {
    fn from(fact: Fact) -> Self {
        let text = |figure: Option<Figure>| figure.map(String::from);
        let grade = Word(fact.grade());
        let shortfall = |code: Shortfall| ShortfallResponse { code: Word(code), words: code.sentence() };
        Self {
            indicator: fact.indicator.into(),
            definition: fact.definition,
            value: fact.value.into(),
            numerator: text(fact.numerator),
            denominator: text(fact.denominator),
            score: text(fact.score),
            grade,
            shortfalls: fact.shortfalls.into_iter().map(shortfall).collect(),
        }
    }
}

impl From<LeftOut> for LeftOutResponse {
    fn from(left: LeftOut) -> Self {
        Self {
            indicator: left.indicator.into(),
            objective: left.objective.0,
            why: Word(left.why),
            words: left.why.sentence(),
        }
    }
}
