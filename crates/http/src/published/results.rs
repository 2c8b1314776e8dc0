//! The results of a public plan over HTTP: what the comune lets everybody see by its name, and, once the report is validated,
//! what the comune and its structures reached. Nothing here is of a person.

use actix_web::{HttpResponse, get};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use traguardo_domain::digest::Digest;
use traguardo_domain::fact::Grade;
use traguardo_domain::measure::Measure;
use traguardo_domain::plan::PlanId;
use traguardo_domain::report::{Report, ResultLine, UnitLine};
use traguardo_domain::{Violation, Vocabulary as _};
use traguardo_persistence::published::{self, Indicators, LastPublication, PublicFact};
use traguardo_persistence::{TenantTx, packed};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use super::dumps::named;
use super::offered::{JSON, LICENCE, Life, Offered, bytes_of};
use super::visitor::{PublicPlanPath, Visitor};
use crate::problem::{Kind, Problem};
use crate::words::Word;

/// How good a fact is.
type GradeWord = Word<Grade>;
/// The unit of a value.
type MeasureWord = Word<Measure>;

/// Adds the routes.
pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(read_public_results);
}

/// La pubblicazione da cui vengono i dati.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PublicResultsPublication)]
pub(crate) struct PublicationResponse {
    /// Il suo numero nel piano.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    number: i32,
    /// Quando.
    published_at: DateTime<Utc>,
    /// Il giorno a cui i risultati si riferiscono.
    at: NaiveDate,
    /// Se i risultati erano certificati.
    certified: bool,
    /// La versione del piano.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    plan_version: i32,
}

/// Il valore di un indicatore condiviso.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PublicFact)]
pub(crate) struct FactResponse {
    /// Codice dell'indicatore.
    #[schema(max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._-]*$")]
    indicator: String,
    /// Che cosa misura.
    #[schema(max_length = 2000, pattern = "^[\\s\\S]*$")]
    name: String,
    /// Numero della definizione con cui è misurato.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    definition: i32,
    /// Anno.
    #[schema(minimum = 2009, maximum = 2100)]
    year: i32,
    /// Valore, nell'unità dell'indicatore.
    #[schema(max_length = 30, pattern = "^-?[0-9]+([.][0-9]+)?$")]
    value: String,
    /// Unità.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    measure: Option<MeasureWord>,
    /// Quanto di ciò che il piano si attendeva è stato raggiunto, in centesimi.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 30, pattern = "^-?[0-9]+([.][0-9]+)?$")]
    score: Option<String>,
    /// Qualità del dato.
    grade: GradeWord,
}

/// Che cosa è stato raggiunto.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PublicOutcome)]
pub(crate) struct OutcomeLine {
    /// In centesimi, con due decimali; assente dove un risultato non c'è.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 30, pattern = "^-?[0-9]+([.][0-9]+)?$")]
    percent: Option<String>,
    /// Il codice del grado di raggiungimento.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 40, pattern = "^.*\\S.*$")]
    band: Option<String>,
    /// Come si chiama quel grado.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 300, pattern = "^[\\s\\S]*$")]
    band_label: Option<String>,
}

/// Una struttura e che cosa ha raggiunto.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PublicUnitOutcome)]
pub(crate) struct UnitOutcome {
    /// Identificativo.
    id: Uuid,
    /// Codice.
    #[schema(max_length = 40, pattern = "^.*\\S.*$")]
    code: String,
    /// Nome.
    #[schema(max_length = 300, pattern = "^.*\\S.*$")]
    name: String,
    /// Che cosa ha raggiunto.
    outcome: OutcomeLine,
}

/// Che cosa dicono i risultati certificati, da quando la relazione è validata.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PublicCertified)]
pub(crate) struct CertifiedResponse {
    /// Il giorno fino al quale conta tutto ciò che è noto.
    at: NaiveDate,
    /// L'impronta della relazione che li riporta.
    #[schema(min_length = 64, max_length = 64, pattern = "^[0-9a-f]{64}$")]
    report_digest: String,
    /// Il comune.
    comune: OutcomeLine,
    /// Le strutture, nell'ordine del piano.
    #[schema(min_items = 0, max_items = 10_000)]
    units: Vec<UnitOutcome>,
}

/// I risultati pubblici di un piano: mai di una persona.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PublicResults, example = json!({
    "plan": "0193a5c0-0000-7000-8000-000000000002", "comune": "L454", "year": 2025,
    "publication": {"number": 1, "published_at": "2026-06-25T09:00:00Z", "at": "2025-12-31", "certified": true, "plan_version": 1},
    "facts": [{
        "indicator": "T1.itp", "name": "Indicatore di tempestività dei pagamenti", "definition": 1, "year": 2025, "value": "-3.2",
        "measure": "days", "score": "100", "grade": "A"
    }],
    "certified": {
        "at": "2025-12-31", "report_digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "comune": {"percent": "72.00", "band": "parziale", "band_label": "Raggiunto in parte"},
        "units": []
    },
    "licence": "https://creativecommons.org/licenses/by/4.0/"
}))]
pub(crate) struct PublicResultsResponse {
    /// Il piano.
    plan: Uuid,
    /// Codice catastale del comune.
    #[schema(max_length = 4, pattern = "^[A-Z][0-9]{3}$")]
    comune: String,
    /// Anno del piano.
    #[schema(minimum = 2009, maximum = 2100)]
    year: i32,
    /// L'ultima pubblicazione; assente se non ne viene nulla che il comune consenta di mostrare a tutti.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    publication: Option<PublicationResponse>,
    /// I valori che il comune consente di mostrare a tutti con il suo nome.
    #[schema(min_items = 0, max_items = 10_000)]
    facts: Vec<FactResponse>,
    /// I risultati certificati; assenti finché la relazione non è validata.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    certified: Option<CertifiedResponse>,
    /// La licenza con cui si possono riusare.
    #[schema(max_length = 200, format = "uri")]
    licence: &'static str,
}

impl From<LastPublication> for PublicationResponse {
    fn from(last: LastPublication) -> Self {
        let LastPublication { number, published_at, at, certified, plan_version } = last;
        Self { number, published_at, at, certified, plan_version }
    }
}

impl FactResponse {
    fn of(fact: PublicFact, indicators: &Indicators) -> Result<Self, Problem> {
        let called = named(indicators, &fact);
        Ok(Self {
            name: called.map(|called| called.name.clone()).unwrap_or_default(),
            measure: called.and_then(|called| Measure::from_word(&called.measure)).map(Word),
            indicator: fact.indicator,
            definition: fact.definition,
            year: i32::from(fact.year),
            value: fact.value,
            score: fact.score,
            grade: Word(Grade::from_word(&fact.grade).ok_or_else(|| Problem::of(Kind::Internal))?),
        })
    }
}

impl From<ResultLine> for OutcomeLine {
    fn from(line: ResultLine) -> Self {
        let band = line.band.map(|code| code.as_str().to_owned());
        Self { percent: line.shown, band, band_label: line.band_label }
    }
}

impl From<UnitLine> for UnitOutcome {
    fn from(line: UnitLine) -> Self {
        let code = line.code.as_str().to_owned();
        Self { id: line.id.0, code, name: line.name, outcome: line.result.into() }
    }
}

/// The results, and the report they are still to be read from.
struct Found {
    told: PublicResultsResponse,
    report: Option<Digest>,
    modified: DateTime<Utc>,
}

fn find(tx: &mut TenantTx<'_>, id: PlanId, today: NaiveDate) -> Result<Found, Problem> {
    let public = published::plan(tx, id)?.ok_or(Violation::NotFound)?;
    let shown = published::facts_of(tx, id, today)?;
    let publication = if shown.is_empty() { None } else { published::last_publication(tx, id)? };
    let report = if public.plan.state.pays() { published::report(tx, id, None)? } else { None };
    let moments =
        [publication.as_ref().map(|one| one.published_at), report.as_ref().map(|one| one.adopted_at)];
    // Neither published nor validated: there are no results yet.
    let modified = moments.into_iter().flatten().max().ok_or(Violation::NotFound)?;
    let indicators = published::indicators(tx)?;
    let facts =
        shown.into_iter().map(|fact| FactResponse::of(fact, &indicators)).collect::<Result<_, _>>()?;
    let told = PublicResultsResponse {
        plan: id.0,
        comune: tx.grant().comune().to_string(),
        year: i32::from(public.plan.facts.year.number()),
        publication: publication.map(PublicationResponse::from),
        facts,
        certified: None,
        licence: LICENCE,
    };
    Ok(Found { told, report: report.map(|report| report.digest), modified })
}

fn certified(tx: &mut TenantTx<'_>, id: PlanId) -> Result<CertifiedResponse, Problem> {
    let sealed = published::report(tx, id, Some(&[]))?.ok_or(Violation::NotFound)?;
    let bytes = packed::unpack(&sealed.document.unwrap_or_default())?;
    let report: Report = serde_json::from_slice(&bytes).map_err(|error| {
        log::error!("an adopted report cannot be read: {error}");
        Problem::of(Kind::Internal)
    })?;
    Ok(CertifiedResponse {
        at: report.at,
        report_digest: sealed.digest.to_string(),
        comune: report.result.into(),
        units: report.units.into_iter().map(UnitOutcome::from).collect(),
    })
}

/// Legge i risultati di un piano pubblico
///
/// Senza token. Dall'ultima pubblicazione, i valori che il comune consente di mostrare a tutti con il suo nome; dalla validazione
/// della relazione, che cosa il comune e le sue strutture hanno raggiunto. Di nessuna persona si dice nulla.
#[utoipa::path(tag = "public", security(()), params(PublicPlanPath, crate::call::IfNoneMatch), responses(
    (status = 200, description = "I risultati.", body = PublicResultsResponse),
    (status = 304, description = "Chi chiede li ha già."),
))]
#[get("/comuni/{comune}/plans/{plan}/results")]
pub(crate) async fn read_public_results(visitor: Visitor) -> Result<HttpResponse, Problem> {
    visitor.takes(JSON)?;
    let (id, today) = (visitor.plan()?, visitor.app.today());
    let mut found = visitor.at_home(move |tx| find(tx, id, today)).await?;
    // The tag is known before the report is unpacked: it stands for it by its digest.
    let known = (bytes_of(&found.told)?, found.report.map(|digest| digest.to_string()));
    let tag = Digest::of(&bytes_of(&known)?).to_string();
    let (modified, media) = (Some(found.modified), "application/json");
    let offered = Offered { tag, modified, life: Life::Short, media, described_by: None };
    if offered.is_held(&visitor)? {
        return Ok(offered.not_modified());
    }
    if found.report.is_some() {
        found.told.certified = Some(visitor.at_home(move |tx| certified(tx, id)).await?);
    }
    Ok(offered.whole(bytes_of(&found.told)?))
}
