//! The catalogue of data sets over HTTP: DCAT-AP_IT, as JSON-LD that needs nothing from elsewhere to be read.

use actix_web::{HttpResponse, get};
use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Value, json};
use traguardo_persistence::published::{self, YearOfFacts};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::offered::Offered;
use super::visitor::Visitor;
use crate::problem::Problem;

/// Adds the routes.
pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(read_public_catalogue);
}

/// When the catalogue began: it is that old before anybody publishes anything.
const SINCE: &str = "2026-11-21";
/// The licence, as the national vocabulary names it.
const LICENCE_TERM: &str = "https://w3id.org/italia/controlled-vocabulary/licences/A21_CCBY40";
/// Where the Union's vocabularies are.
const AUTHORITY: &str = "http://publications.europa.eu/resource/authority";

/// Il catalogo dei dati aperti, secondo il profilo nazionale DCAT-AP_IT, in JSON-LD.
#[derive(ToSchema)]
#[schema(as = DataCatalogue, value_type = Object, example = json!({
    "@context": {"dcat": "http://www.w3.org/ns/dcat#", "dcatapit": "http://dati.gov.it/onto/dcatapit#"},
    "@graph": [{"@id": "https://api.traguardo.example/v1/public/catalogue#catalogue", "@type": ["dcatapit:Catalog", "dcat:Catalog"]}]
}))]
#[expect(dead_code, reason = "only its description is published")]
pub(crate) struct CatalogueSchema(Value);

/// Legge il catalogo dei dati aperti
///
/// Senza token. Un insieme di dati per ogni anno di cui c'è qualcosa, con licenza, periodo, cadenza e indirizzi, secondo il profilo
/// nazionale DCAT-AP_IT; è fatto per essere raccolto da dati.gov.it o dal catalogo di una regione.
#[utoipa::path(tag = "public", security(()), params(crate::call::IfNoneMatch), responses(
    (status = 200, description = "Il catalogo.", content_type = "application/ld+json", body = CatalogueSchema,
        example = json!({"@context": {"dcat": "http://www.w3.org/ns/dcat#"}, "@graph": []})),
    (status = 304, description = "Chi chiede lo ha già."),
))]
#[get("/catalogue")]
pub(crate) async fn read_public_catalogue(visitor: Visitor) -> Result<HttpResponse, Problem> {
    visitor.takes(&["application/ld+json", "application/json", "application/*", "*/*"])?;
    let today = visitor.app.today();
    let years = visitor.across(move |tx| Ok(published::years(tx, today)?)).await?;
    let modified = years.iter().map(|year| year.last).max();
    Offered::written(&visitor, "application/ld+json", &catalogue(&visitor.link(""), &years), modified)
}

/// The vocabularies the catalogue takes its words from.
const PREFIXES: [(&str, &str); 9] = [
    ("adms", "http://www.w3.org/ns/adms#"),
    ("dcat", "http://www.w3.org/ns/dcat#"),
    ("dcatapit", "http://dati.gov.it/onto/dcatapit#"),
    ("dct", "http://purl.org/dc/terms/"),
    ("foaf", "http://xmlns.com/foaf/0.1/"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("schema", "http://schema.org/"),
    ("vcard", "http://www.w3.org/2006/vcard/ns#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

/// Words in Italian.
const IN_ITALIAN: [(&str, &str); 4] = [
    ("title", "dct:title"),
    ("description", "dct:description"),
    ("name", "foaf:name"),
    ("keyword", "dcat:keyword"),
];

/// Days.
const DAYS: [(&str, &str); 4] = [
    ("issued", "dct:issued"),
    ("modified", "dct:modified"),
    ("startDate", "schema:startDate"),
    ("endDate", "schema:endDate"),
];

/// Plain texts, and things that are told in their place.
const PLAIN: [(&str, &str); 5] = [
    ("identifier", "dct:identifier"),
    ("fn", "vcard:fn"),
    ("temporal", "dct:temporal"),
    ("versionInfo", "owl:versionInfo"),
    ("mediaType", "dcat:mediaType"),
];

/// Addresses of other things.
const ADDRESSES: [(&str, &str); 20] = [
    ("publisher", "dct:publisher"),
    ("rightsHolder", "dct:rightsHolder"),
    ("creator", "dct:creator"),
    ("contactPoint", "dcat:contactPoint"),
    ("hasURL", "vcard:hasURL"),
    ("theme", "dcat:theme"),
    ("themeTaxonomy", "dcat:themeTaxonomy"),
    ("language", "dct:language"),
    ("homepage", "foaf:homepage"),
    ("landingPage", "dcat:landingPage"),
    ("spatial", "dct:spatial"),
    ("accrualPeriodicity", "dct:accrualPeriodicity"),
    ("license", "dct:license"),
    ("licenseType", "dct:type"),
    ("dataset", "dcat:dataset"),
    ("distribution", "dcat:distribution"),
    ("conformsTo", "dct:conformsTo"),
    ("format", "dct:format"),
    ("accessURL", "dcat:accessURL"),
    ("downloadURL", "dcat:downloadURL"),
];

/// What the words of the catalogue mean: all of it is said here, nothing is fetched.
fn context() -> Value {
    let plain = PREFIXES.iter().chain(&PLAIN).map(|(word, term)| ((*word).to_owned(), json!(term)));
    let marked = |words: &'static [(&str, &str)], mark: &'static str, value: &'static str| {
        words.iter().map(move |(word, term)| ((*word).to_owned(), json!({"@id": term, mark: value})))
    };
    let all = plain
        .chain(marked(&IN_ITALIAN, "@language", "it"))
        .chain(marked(&DAYS, "@type", "xsd:date"))
        .chain(marked(&ADDRESSES, "@type", "@id"));
    Value::Object(all.collect())
}

fn catalogue(service: &str, years: &[YearOfFacts]) -> Value {
    let here = format!("{service}/v1/public/catalogue");
    let modified = years.iter().map(|year| year.last).max().map_or_else(|| SINCE.to_owned(), day);
    let names: Vec<String> = years.iter().map(|year| dataset_id(&here, year)).collect();
    let mut graph = vec![
        json!({
            "@id": format!("{here}#catalogue"), "@type": ["dcatapit:Catalog", "dcat:Catalog"],
            "title": "Performance dei comuni: dati aperti",
            "description": "Gli indicatori condivisi dei piani della performance, per i comuni che consentono di mostrarli a tutti.",
            "publisher": format!("{here}#publisher"), "homepage": format!("{service}/docs/"),
            "language": format!("{AUTHORITY}/language/ITA"), "themeTaxonomy": format!("{AUTHORITY}/data-theme"),
            "license": LICENCE_TERM, "issued": SINCE, "modified": modified, "dataset": names,
        }),
        json!({
            "@id": format!("{here}#publisher"), "@type": ["dcatapit:Agent", "foaf:Agent"],
            "name": "Gestore del servizio Traguardo", "identifier": service,
        }),
        json!({
            "@id": format!("{here}#contact"), "@type": ["dcatapit:Organization", "vcard:Organization"],
            "fn": "Gestore del servizio Traguardo", "hasURL": format!("{service}/docs/"),
        }),
        json!({
            "@id": LICENCE_TERM, "@type": ["dcatapit:LicenseDocument", "dct:LicenseDocument"],
            "name": "Creative Commons Attribuzione 4.0 Internazionale (CC BY 4.0)", "versionInfo": "4.0",
            "licenseType": "http://purl.org/adms/licencetype/Attribution", "homepage": super::offered::LICENCE,
        }),
    ];
    graph.extend(
        years.iter().flat_map(|year| [dataset(service, &here, year), distribution(service, &here, year)]),
    );
    json!({"@context": context(), "@graph": graph})
}

fn dataset_id(here: &str, year: &YearOfFacts) -> String {
    format!("{here}#facts-{}", year.year)
}

fn distribution_id(here: &str, year: &YearOfFacts) -> String {
    format!("{here}#facts-{}-csv", year.year)
}

fn title(year: &YearOfFacts) -> String {
    format!("Indicatori condivisi della performance dei comuni, {}", year.year)
}

fn dataset(service: &str, here: &str, year: &YearOfFacts) -> Value {
    let number = year.year;
    json!({
        "@id": dataset_id(here, year), "@type": ["dcatapit:Dataset", "dcat:Dataset"],
        "identifier": format!("facts-{number}"), "title": title(year),
        "description": format!(
            "Un valore per comune e indicatore condiviso nell'anno {number}, con la definizione con cui è misurato, il punteggio e \
             la qualità. Ci sono soltanto i comuni che consentono di mostrarlo a tutti con il loro nome."
        ),
        "publisher": format!("{here}#publisher"), "rightsHolder": format!("{here}#publisher"),
        "creator": format!("{here}#publisher"), "contactPoint": format!("{here}#contact"),
        "theme": format!("{AUTHORITY}/data-theme/GOVE"), "keyword": ["performance", "comuni", "indicatori", "PIAO"],
        "language": format!("{AUTHORITY}/language/ITA"), "spatial": format!("{AUTHORITY}/country/ITA"),
        "accrualPeriodicity": format!("{AUTHORITY}/frequency/ANNUAL"),
        "temporal": {
            "@type": ["dcatapit:PeriodOfTime", "dct:PeriodOfTime"],
            "startDate": format!("{number}-01-01"), "endDate": format!("{number}-12-31"),
        },
        "issued": day(year.first), "modified": day(year.last), "landingPage": format!("{service}/docs/"),
        "distribution": [distribution_id(here, year)],
    })
}

fn distribution(service: &str, here: &str, year: &YearOfFacts) -> Value {
    let address = format!("{service}/v1/public/dumps/{}/facts", year.year);
    let described = format!("{service}/v1/public/dumps/{}/facts-schema", year.year);
    json!({
        "@id": distribution_id(here, year), "@type": ["dcatapit:Distribution", "dcat:Distribution"],
        "title": format!("{} (CSV)", title(year)),
        "description": "Una tabella UTF-8 separata da virgole, con la descrizione delle colonne accanto.",
        "format": format!("{AUTHORITY}/file-type/CSV"), "mediaType": "text/csv", "license": LICENCE_TERM,
        "accessURL": address, "downloadURL": address, "conformsTo": described, "modified": day(year.last),
    })
}

fn day(moment: DateTime<Utc>) -> String {
    let text = moment.to_rfc3339_opts(SecondsFormat::Secs, true);
    text.split('T').next().unwrap_or_default().to_owned()
}
