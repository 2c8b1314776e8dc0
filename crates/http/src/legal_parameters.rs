//! The figures and days of the law over HTTP.

use actix_web::{HttpRequest, HttpResponse, get};
use chrono::NaiveDate;
use serde::Serialize;
use traguardo_domain::figure::Figure;
use traguardo_domain::law::{Band, Dated, DayOfYear, Parameter, Value, parameters};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::problem::Problem;
use crate::reference::{self, YearQuery};
use crate::words::{AmountUnitWord, CertaintyWord, ParameterNameWord, Word};

/// Adds the route.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config.service(list_legal_parameters);
}

/// Un giorno che torna ogni anno.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"month": 6, "day": 30, "years_after": 1}))]
pub(crate) struct DayOfYearResponse {
    /// Mese.
    #[schema(minimum = 1, maximum = 12)]
    month: i32,
    /// Giorno del mese.
    #[schema(minimum = 1, maximum = 31)]
    day: i32,
    /// Quanti anni dopo quello del piano cade; negativo se cade prima.
    #[schema(minimum = -5, maximum = 5)]
    years_after: i16,
}

/// Che cosa segue fra due numeri di giorni, compresi.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"days_from": 1, "days_to": 10, "percent": "1"}))]
pub(crate) struct BandResponse {
    /// Da quanti giorni; assente nella prima fascia.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = -100_000, maximum = 100_000)]
    days_from: Option<i32>,
    /// Fino a quanti giorni; assente nell'ultima fascia.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = -100_000, maximum = 100_000)]
    days_to: Option<i32>,
    /// La percentuale che segue.
    #[schema(max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$")]
    percent: String,
}

/// Un valore e gli anni in cui vale: un numero con la sua unità, oppure un giorno, oppure fasce.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "valid_from": 2025, "number": "40", "unit": "hours", "reference": "Direttiva Ministro PA 14/1/2025", "certainty": "confirmed"
}))]
pub(crate) struct LegalValue {
    /// Primo anno di piano per cui vale.
    #[schema(minimum = 1861, maximum = 2100)]
    valid_from: i16,
    /// Ultimo anno di piano per cui vale; assente se vale ancora.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 1861, maximum = 2100)]
    valid_to: Option<i16>,
    /// Il numero, quando il parametro è un numero.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$")]
    number: Option<String>,
    /// L'unità di misura del numero.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    unit: Option<AmountUnitWord>,
    /// Il giorno dell'anno, quando il parametro è una scadenza.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    due: Option<DayOfYearResponse>,
    /// La data della scadenza per il piano dell'anno chiesto.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    date: Option<NaiveDate>,
    /// Le fasce, quando il parametro ne ha.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false, min_items = 0, max_items = 20)]
    bands: Vec<BandResponse>,
    /// Dove è scritto.
    #[schema(max_length = 300, pattern = "^.*\\S.*$")]
    reference: &'static str,
    /// Quanto è certo.
    certainty: CertaintyWord,
    /// Che altro c'è da sapere.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 300, pattern = "^.*\\S.*$")]
    note: Option<&'static str>,
}

/// Un parametro di legge attraverso gli anni.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "name": "training_hours", "title": "Ore annue di formazione per persona", "values": [{
        "valid_from": 2025, "number": "40", "unit": "hours", "reference": "Direttiva Ministro PA 14/1/2025",
        "certainty": "confirmed"
    }]
}))]
pub(crate) struct LegalParameter {
    /// Nome del parametro.
    name: ParameterNameWord,
    /// Che cos'è.
    #[schema(max_length = 200, pattern = "^.*\\S.*$")]
    title: &'static str,
    /// I valori, dal più vecchio; uno solo se si è chiesto un anno.
    #[schema(min_items = 1, max_items = 50)]
    values: Vec<LegalValue>,
}

/// I parametri di legge.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LegalParameterList {
    /// I parametri.
    #[schema(min_items = 0, max_items = 500)]
    items: Vec<LegalParameter>,
}

impl From<DayOfYear> for DayOfYearResponse {
    fn from(day: DayOfYear) -> Self {
        let small = |number: u32| i32::try_from(number).unwrap_or_default();
        Self { month: small(day.month), day: small(day.day), years_after: day.years_after }
    }
}

impl From<&Band> for BandResponse {
    fn from(band: &Band) -> Self {
        let percent = Figure::whole(band.percent).to_string();
        Self { days_from: band.at_least, days_to: band.at_most, percent }
    }
}

impl LegalValue {
    fn of(dated: &Dated, year: Option<i32>) -> Self {
        let (unit, day, bands): (_, _, &[Band]) = match dated.value {
            Value::Amount { unit, .. } => (Some(Word(unit)), None, &[]),
            Value::Day(day) => (None, Some(day), &[]),
            Value::Bands(bands) => (None, None, bands),
        };
        Self {
            valid_from: dated.from,
            valid_to: dated.to,
            number: dated.figure().map(|figure| figure.to_string()),
            unit,
            due: day.map(DayOfYearResponse::from),
            date: day.zip(year).and_then(|(day, year)| day.of(year)),
            bands: bands.iter().map(BandResponse::from).collect(),
            reference: dated.reference,
            certainty: Word(dated.certainty),
            note: dated.note,
        }
    }
}

impl LegalParameter {
    /// The parameter, when it has a value in the year asked.
    fn of(parameter: &Parameter, year: Option<i32>) -> Option<Self> {
        let holds = |dated: &&Dated| year.is_none_or(|year| dated.holds_in(year));
        let values: Vec<LegalValue> =
            parameter.dated.iter().filter(holds).map(|dated| LegalValue::of(dated, year)).collect();
        let (name, title) = (Word(parameter.name), parameter.title);
        (!values.is_empty()).then_some(Self { name, title, values })
    }
}

/// Elenca i parametri di legge
///
/// Senza token. Ore di formazione, soglie, quote e scadenze con cui si verifica un piano, con la fonte e gli anni in cui valgono.
#[utoipa::path(tag = "reference", security(()), params(YearQuery, crate::call::IfNoneMatch), responses(
    (status = 200, description = "I parametri.", body = LegalParameterList),
    (status = 304, description = "Chi chiede li ha già."),
))]
#[get("/legal-parameters")]
pub(crate) async fn list_legal_parameters(request: HttpRequest) -> Result<HttpResponse, Problem> {
    let year = reference::year(&request)?;
    let items = parameters().filter_map(|parameter| LegalParameter::of(parameter, year)).collect();
    reference::answer(&request, &LegalParameterList { items })
}
