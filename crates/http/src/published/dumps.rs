//! Dumps over HTTP: the facts of a year that comuni let everybody see by their names, as one table.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use actix_web::web::Bytes;
use actix_web::{HttpResponse, get};
use chrono::{DateTime, Datelike as _, NaiveDate, Utc};
use traguardo_domain::Violation;
use traguardo_domain::digest::Digest;
use traguardo_domain::period::Year;
use traguardo_persistence::packed::Packing;
use traguardo_persistence::published::{self, Indicators, Named, PublicFact, Standing};
use traguardo_persistence::{CrossTenantTx, Error};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use super::offered::{Life, Offered};
use super::table;
use super::visitor::{DumpPath, Visitor};
use crate::problem::Problem;

/// Adds the routes.
pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(read_public_facts).service(read_public_facts_schema);
}

/// A table, as it is sent; only its description is published.
pub(crate) struct FactsTable;

impl PartialSchema for FactsTable {
    fn schema() -> RefOr<Schema> {
        let text = ObjectBuilder::new()
            .schema_type(Type::String)
            .max_length(Some(2_000_000_000))
            .pattern(Some("^[\\s\\S]*$"))
            .description(Some("La tabella: virgole, UTF-8, la prima riga con i nomi delle colonne (RFC 4180)."))
            .examples([concat!(
                "comune,comune_name,province,region,indicator,indicator_name,definition,year,value,unit,score,grade,published_at\r\n",
                "L454,Truccazzano,MI,03,T1.itp,Indicatore di tempestività dei pagamenti,1,2025,-3.2,days,100,A,2026-06-25T09:00:00Z\r\n"
            )]);
        Schema::from(text.build()).into()
    }
}

impl ToSchema for FactsTable {
    fn name() -> std::borrow::Cow<'static, str> {
        std::borrow::Cow::Borrowed("PublicFactsTable")
    }
}

/// La descrizione di una tabella, per i programmi (CSV on the Web).
#[derive(ToSchema)]
#[schema(as = TableDescription, value_type = Object, example = json!({
    "@context": ["http://www.w3.org/ns/csvw", {"@language": "it"}], "url": "facts",
    "tableSchema": {"columns": [{"name": "comune", "titles": ["comune"], "datatype": "string"}]}
}))]
#[expect(dead_code, reason = "only its description is published")]
pub(crate) struct TableDescription(serde_json::Value);

/// A dump that was made.
#[derive(Debug, Clone)]
struct Dump {
    tag: String,
    packed: Bytes,
    size: u64,
}

/// The dumps made last, one a year: a dump of a country is asked for by many and changes seldom.
#[derive(Debug, Default)]
pub(crate) struct Dumps(Mutex<HashMap<Year, Dump>>);

impl Dumps {
    fn find(&self, year: Year, tag: &str) -> Option<Dump> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(&year).filter(|dump| dump.tag == tag).cloned()
    }

    fn keep(&self, year: Year, dump: Dump) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(year, dump);
    }
}

/// What an indicator was called in the definition a fact was measured by; as it is called now, where that is not known.
pub(super) fn named<'i>(indicators: &'i Indicators, fact: &PublicFact) -> Option<&'i Named> {
    let defined = indicators.get(&(fact.indicator.clone(), fact.definition));
    defined.or_else(|| indicators.get(&(fact.indicator.clone(), 0)))
}

/// What was found of a dump: how it stands, and the dump itself unless the caller holds it or it was made before.
struct Found {
    tag: String,
    last: Option<DateTime<Utc>>,
    made: Option<Dump>,
}

/// The tag of a dump: another whenever a byte of it would be. The form is in it, so that a release that writes it otherwise
/// has another.
fn tag(year: Year, standing: &Standing) -> String {
    let form = (table::heading(), year.number(), &standing.fingerprint);
    Digest::of(format!("{form:?}").as_bytes()).to_string()
}

fn make(tx: &mut CrossTenantTx<'_>, year: Year, today: NaiveDate, tag: &str) -> Result<Dump, Problem> {
    let (places, indicators) = (published::places(tx)?, published::indicators_across(tx)?);
    let mut packing = Packing::default();
    packing.write(table::heading().as_bytes())?;
    published::each_fact::<Error>(tx, year, today, |fact| {
        let line = table::line(fact, places.get(&fact.comune), named(&indicators, fact));
        packing.write(line.as_bytes())
    })?;
    let (packed, size) = packing.finish()?;
    Ok(Dump { tag: tag.to_owned(), packed: Bytes::from(packed), size })
}

/// Scarica i dati di un anno
///
/// Senza token. Una tabella con i valori degli indicatori condivisi che i comuni consentono di mostrare a tutti con il loro nome: chi
/// non lo consente, chi lo consente senza nome e chi lo consente da un giorno che deve venire non c'è. Un anno di cui non c'è nulla
/// non esiste. Con `Accept-Encoding: gzip` è inviata compressa.
#[utoipa::path(tag = "public", security(()), params(DumpPath, crate::call::IfNoneMatch), responses(
    (status = 200, description = "La tabella.", content_type = "text/csv", body = FactsTable),
    (status = 304, description = "Chi chiede l'ha già."),
))]
#[get("/dumps/{year}/facts")]
pub(crate) async fn read_public_facts(visitor: Visitor) -> Result<HttpResponse, Problem> {
    visitor.takes(&["text/csv", "text/*", "*/*"])?;
    let (year, today) = (visitor.year()?, visitor.app.today());
    let (app, held) = (visitor.app.clone(), crate::precondition::held(visitor.headers())?);
    let work = move |tx: &mut CrossTenantTx<'_>| {
        let standing = published::standing(tx, year, today)?;
        if standing.facts == 0 {
            return Err(Violation::NotFound.into());
        }
        let tag = tag(year, &standing);
        let last = standing.last;
        if held.is_none_or(|held| held.contains(&tag)) {
            return Ok(Found { tag, last, made: None });
        }
        let made = if let Some(made) = app.dumps().find(year, &tag) {
            made
        } else {
            let made = make(tx, year, today, &tag)?;
            app.dumps().keep(year, made.clone());
            made
        };
        Ok(Found { tag, last, made: Some(made) })
    };
    let Found { tag, last, made } = visitor.across(work).await?;
    let life = if i32::from(year.number()) < today.year() { Life::Long } else { Life::Short };
    let described_by = Some(visitor.link(&format!("/v1/public/dumps/{}/facts-schema", year.number())));
    let offered =
        Offered { tag, modified: last, life, media: "text/csv; charset=utf-8; header=present", described_by };
    Ok(match made {
        None => offered.not_modified(),
        Some(dump) => offered.long(&visitor, dump.packed, dump.size),
    })
}

/// Descrive i dati di un anno
///
/// Senza token. Le colonne della tabella: come si chiamano, di che tipo sono, che cosa vogliono dire (CSV on the Web).
#[utoipa::path(tag = "public", security(()), params(DumpPath, crate::call::IfNoneMatch), responses(
    (status = 200, description = "La descrizione.", content_type = "application/csvm+json", body = TableDescription,
        example = json!({"@context": "http://www.w3.org/ns/csvw", "url": "facts", "tableSchema": {"columns": []}})),
    (status = 304, description = "Chi chiede l'ha già."),
))]
#[get("/dumps/{year}/facts-schema")]
pub(crate) async fn read_public_facts_schema(visitor: Visitor) -> Result<HttpResponse, Problem> {
    visitor.takes(&["application/csvm+json", "application/json", "application/*", "*/*"])?;
    let (year, today) = (visitor.year()?, visitor.app.today());
    let years = visitor.across(move |tx| Ok(published::years(tx, today)?)).await?;
    let known = years.iter().find(|known| known.year == year.number()).ok_or(Violation::NotFound)?;
    Offered::written(&visitor, "application/csvm+json", &table::description(known.year), None)
}
