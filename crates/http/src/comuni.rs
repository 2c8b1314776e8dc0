//! Comuni over HTTP.

use actix_web::{get, put};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use traguardo_domain::access::Action;
use traguardo_domain::comune::{Comune, Identifier, Identity, Population, ProvinceCode, RegionCode};
use traguardo_domain::period::Period;
use traguardo_domain::text::Line;
use traguardo_domain::version::NamedBy;
use traguardo_domain::{Fault, Faults};
use traguardo_persistence::{Page, TenantTx, comuni};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use validator::Validate;

use crate::answer::Answer;
use crate::call::{Call, ComunePath, NoPath};
use crate::pages::{Asked, listing};
use crate::problem::Problem;
use crate::put::{Put, Ways};
use crate::query::parsed;
use crate::words::{SchemeWord, Word};

/// Adds the route of all comuni.
pub(crate) fn configure_all(config: &mut ServiceConfig) {
    config.service(list_comuni);
}

/// Adds the routes of one comune.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config.service(read_comune).service(write_comune);
}

/// Un codice che un registro ha dato al comune, con i giorni in cui è in vigore.
#[derive(Debug, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"scheme": "istat", "value": "015224", "valid_from": "1861-03-17"}))]
pub(crate) struct ComuneIdentifier {
    /// Registro.
    scheme: SchemeWord,
    /// Codice.
    #[schema(min_length = 1, max_length = 30, pattern = "^[a-z0-9_]+$", example = "015224")]
    #[validate(length(min = 1, max = 30))]
    value: String,
    /// Primo giorno in vigore.
    #[serde(deserialize_with = "crate::day::one")]
    valid_from: NaiveDate,
    /// Ultimo giorno in vigore.
    #[serde(default, deserialize_with = "crate::day::maybe")]
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    valid_to: Option<NaiveDate>,
}

/// Residenti contati in un giorno.
#[derive(Debug, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"residents": 6000, "counted_on": "2023-12-31"}))]
pub(crate) struct ComunePopulation {
    /// Quanti.
    #[schema(minimum = 0, maximum = 10_000_000)]
    #[validate(range(min = 0, max = 10_000_000))]
    residents: i32,
    /// Il giorno del conteggio.
    #[serde(deserialize_with = "crate::day::one")]
    counted_on: NaiveDate,
}

/// I fatti pubblici per cui un comune è conosciuto.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "name": "Truccazzano", "province": "MI", "region": "03",
    "identifiers": [{"scheme": "istat", "value": "015224", "valid_from": "1861-03-17"}]
}))]
pub(crate) struct ComuneIdentity {
    /// Nome.
    #[schema(min_length = 1, max_length = 100, pattern = "^.*\\S.*$")]
    #[validate(length(min = 1, max = 100))]
    name: String,
    /// Sigla della provincia o città metropolitana.
    #[schema(min_length = 2, max_length = 2, pattern = "^[A-Z]{2}$")]
    #[validate(length(min = 2, max = 2))]
    province: String,
    /// Codice ISTAT della regione.
    #[schema(min_length = 2, max_length = 2, pattern = "^[0-9]{2}$")]
    #[validate(length(min = 2, max = 2))]
    region: String,
    /// Residenti, se noti.
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "crate::object::optional")]
    #[validate(nested)]
    population: Option<ComunePopulation>,
    /// I codici dei registri; uno per registro in ogni giorno.
    #[serde(default, deserialize_with = "crate::object::list")]
    #[schema(min_items = 0, max_items = 50)]
    #[validate(length(max = 50), nested)]
    identifiers: Vec<ComuneIdentifier>,
}

/// Un comune registrato.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "code": "L454", "name": "Truccazzano", "province": "MI", "region": "03",
    "identifiers": [{"scheme": "istat", "value": "015224", "valid_from": "1861-03-17"}], "version": 1
}))]
pub(crate) struct ComuneResponse {
    /// Codice catastale, la chiave del comune.
    #[schema(max_length = 4, pattern = "^[A-Z][0-9]{3}$")]
    code: String,
    /// Nome.
    #[schema(max_length = 100, pattern = "^.*\\S.*$")]
    name: String,
    /// Sigla della provincia o città metropolitana.
    #[schema(max_length = 2, pattern = "^[A-Z]{2}$")]
    province: String,
    /// Codice ISTAT della regione.
    #[schema(max_length = 2, pattern = "^[0-9]{2}$")]
    region: String,
    /// Residenti, se noti.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    population: Option<ComunePopulation>,
    /// I codici dei registri.
    #[schema(min_items = 0, max_items = 50)]
    identifiers: Vec<ComuneIdentifier>,
    /// Versione, la stessa dell'ETag.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    version: i32,
}

listing! {
    /// Una pagina di comuni.
    ComuneList of ComuneResponse
}

/// In which order to list comuni.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
pub(crate) enum ComuneSort {
    /// Per nome.
    #[default]
    #[serde(rename = "name")]
    Name,
    /// Per codice catastale.
    #[serde(rename = "code")]
    Code,
}

/// Which comuni to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ComuneQuery {
    /// Solo i comuni di questa provincia.
    #[param(nullable = false, max_length = 2, pattern = "^[A-Z]{2}$")]
    province: Option<String>,
    /// Solo i comuni di questa regione.
    #[param(nullable = false, max_length = 2, pattern = "^[0-9]{2}$")]
    region: Option<String>,
    /// Ordinamento.
    #[param(inline, nullable = false)]
    sort: Option<ComuneSort>,
    /// Il `next_cursor` della pagina precedente.
    #[param(nullable = false, max_length = 2000, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
    /// Quanti elementi al massimo.
    #[param(nullable = false, minimum = 1, maximum = 200, default = 50)]
    limit: Option<i32>,
}

impl ComuneIdentity {
    /// The domain's identity, or every fault in this one.
    fn read(self) -> Result<Identity, Vec<Fault>> {
        let mut faults = Faults::new();
        let name = faults.take("/name", Line::parse(&self.name));
        let province = faults.take("/province", ProvinceCode::parse(&self.province));
        let region = faults.take("/region", RegionCode::parse(&self.region));
        let mut identifiers = Vec::with_capacity(self.identifiers.len());
        for (index, wire) in self.identifiers.into_iter().enumerate() {
            let validity = Period::parse(wire.valid_from, wire.valid_to);
            let read = validity.and_then(|validity| Identifier::parse(wire.scheme.0, &wire.value, validity));
            identifiers.extend(faults.take(&format!("/identifiers/{index}"), read));
        }
        let population = self.population.map(|wire| {
            faults.take("/population/counted_on", Period::parse(wire.counted_on, None));
            Population { residents: wire.residents, counted_on: wire.counted_on }
        });
        let facts = (|| Some(Identity::new(name?, province?, region?, population)))();
        faults.finish(facts)?.with_identifiers(identifiers)
    }
}

impl From<Comune> for ComuneResponse {
    fn from(comune: Comune) -> Self {
        let identity = comune.identity;
        let identifier = |identifier: &Identifier| ComuneIdentifier {
            scheme: Word(identifier.scheme()),
            value: identifier.value().to_owned(),
            valid_from: identifier.validity().from(),
            valid_to: identifier.validity().to(),
        };
        Self {
            code: comune.code.to_string(),
            identifiers: identity.identifiers().iter().map(identifier).collect(),
            name: identity.name.as_str().to_owned(),
            province: identity.province.as_str().to_owned(),
            region: identity.region.as_str().to_owned(),
            population: identity
                .population
                .map(|found| ComunePopulation { residents: found.residents, counted_on: found.counted_on }),
            version: comune.version.number(),
        }
    }
}

/// Elenca i comuni
///
/// Per chi è di un comune, il suo; per la piattaforma e per chi confronta, tutti quelli registrati.
#[utoipa::path(tag = "comuni", params(ComuneQuery), responses(
    (status = 200, description = "Una pagina di comuni.", body = ComuneList),
))]
#[get("/comuni")]
pub(crate) async fn list_comuni(call: Call<NoPath, ComuneQuery>) -> Result<Answer, Problem> {
    let query = call.query()?;
    let (order, list) = match query.sort.unwrap_or_default() {
        ComuneSort::Name => (comuni::Order::Name, "comuni:name"),
        ComuneSort::Code => (comuni::Order::Code, "comuni:code"),
    };
    let asked = Asked { list, cursor: query.cursor.as_ref(), limit: query.limit };
    let request = asked.page(order)?;
    let filter = comuni::Filter {
        province: parsed("province", query.province.as_ref(), ProvinceCode::parse)?,
        region: parsed("region", query.region.as_ref(), RegionCode::parse)?,
    };
    let home = call.actor().comune;
    let (app, http) = (call.app().clone(), call.request().clone());
    let page = if home.is_platform() {
        call.across(Action::ListComuni, move |tx| Ok(comuni::list(tx, &filter, &request)?)).await?
    } else {
        let permit = call.authorize_in(Action::ListComuni, home)?;
        let own = permit.tenant(move |tx| Ok(comuni::find(tx)?)).await?;
        let items = if request.after.is_none() && filter.admits(&own) { vec![own] } else { Vec::new() };
        Page { items, next: None }
    };
    Answer::ok(&ComuneList::from(asked.answer(&app, &http, page, ComuneResponse::from)))
}

/// Legge un comune
///
/// I fatti pubblici per cui è conosciuto.
#[utoipa::path(tag = "comuni", params(ComunePath, crate::call::IfNoneMatch), responses(
    (status = 200, description = "Il comune.", body = ComuneResponse),
    (status = 304, description = "Chi chiede ha già questa versione."),
))]
#[get("")]
pub(crate) async fn read_comune(call: Call<ComunePath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadComune)?;
    let comune = permit.tenant(|tx| Ok(comuni::find(tx)?)).await?;
    permit.found(comune.version, &ComuneResponse::from(comune))
}

/// Registra un comune o ne cambia i fatti
///
/// Lo fa la piattaforma. Se il comune non è registrato lo registra, e da quel momento il comune ha i propri dati, separati da
/// quelli di ogni altro; per cambiarne i fatti serve `If-Match`.
#[utoipa::path(tag = "comuni", params(ComunePath, crate::call::Preconditions), request_body = ComuneIdentity, responses(
    (status = 200, description = "Il comune com'è ora.", body = ComuneResponse),
    (status = 201, description = "Il comune registrato.", body = ComuneResponse),
))]
#[put("")]
pub(crate) async fn write_comune(call: Call<ComunePath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::KeepComuni)?;
    let condition = permit.condition()?;
    let location = permit.link(&format!("/v1/comuni/{}", permit.grant.comune()));
    let (permit, wire) = permit.read::<ComuneIdentity>().await?;
    let identity = wire.read().map_err(Problem::invalid)?;
    let put = Put { condition, named_by: NamedBy::TheirKey, location };
    let work = move |tx: &mut TenantTx<'_>| {
        let before = comuni::look_up(tx)?;
        let ways = Ways {
            create: |tx: &mut TenantTx<'_>, identity| {
                let comune = Comune::register(tx.grant().comune(), identity).map_err(Problem::invalid)?;
                comuni::insert(tx, &comune)?;
                Ok(comune)
            },
            change: |tx: &mut TenantTx<'_>, before: &Comune, identity| {
                let after = before.change(identity);
                comuni::update(tx, before, &after)?;
                Ok(after)
            },
        };
        put.carry_out::<Comune, ComuneResponse, _, _>(tx, before, identity, ways)
    };
    permit.tenant(work).await
}
