//! Units over HTTP.

use actix_web::{HttpRequest, delete, get, post, put};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use traguardo_documents::Reader;
use traguardo_documents::unit::{Sheet, StaffLineBody};
use traguardo_domain::access::Action;
use traguardo_domain::period::Period;
use traguardo_domain::text::{Code, ExternalId, Line};
use traguardo_domain::unit::{StaffLine, Unit, UnitFacts, UnitId};
use traguardo_domain::{Faults, Violation};
use traguardo_persistence::{TenantTx, units};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;
use validator::Validate;

use crate::answer::Answer;
use crate::call::{Call, ComunePath, Key, PathOf, segment};
use crate::keyed::Confidence;
use crate::pages::{Asked, listing};
use crate::problem::Problem;
use crate::put::{Put, Ways};
use crate::query::refused;
use crate::words::{UnitKindWord, Word};

/// Adds the routes of units.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config.service(list_units).service(add_unit).service(read_unit).service(write_unit).service(remove_unit);
}

/// What a path below the units of a comune names.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct UnitPath {
    /// Codice catastale del comune.
    #[param(value_type = String, pattern = "^[A-Z][0-9]{3}$", max_length = 4, example = "L454")]
    #[expect(dead_code, reason = "documents the segment that the call reads itself")]
    comune: (),
    /// Identificativo dell'unità, oppure `ext:` seguito dalla chiave esterna.
    #[param(value_type = String, pattern = "^(ext:[A-Za-z0-9._:~@+-]+|[0-9a-fA-F-]{36})$", max_length = 104, example = "ext:AREA-1")]
    unit: Key,
}

impl PathOf for UnitPath {
    fn read(request: &HttpRequest) -> Option<Self> {
        Some(Self { comune: (), unit: Key::parse(segment(request, "unit")?)? })
    }
}

/// Una struttura, come la dice chi la registra.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"code": "AREA-1", "name": "Area amministrativa", "kind": "area", "valid_from": "2025-01-01"}))]
pub(crate) struct NewUnit {
    /// Chiave dell'oggetto nel programma che lo invia, unica nel comune per le unità.
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 100,
        pattern = "^[A-Za-z0-9][A-Za-z0-9._:~@+-]*$"
    )]
    #[validate(length(min = 1, max = 100))]
    external_id: Option<String>,
    /// Codice della struttura, unico nel comune in ogni giorno.
    #[schema(min_length = 1, max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$", example = "AREA-1")]
    #[validate(length(min = 1, max = 40))]
    code: String,
    /// Nome della struttura.
    #[schema(min_length = 1, max_length = 200, pattern = "^.*\\S.*$", example = "Area amministrativa")]
    #[validate(length(min = 1, max = 200))]
    name: String,
    /// Tipo di struttura.
    kind: UnitKindWord,
    /// Unità di cui fa parte.
    #[schema(nullable = false)]
    parent: Option<Uuid>,
    /// Primo giorno in cui esiste.
    #[serde(deserialize_with = "crate::day::one")]
    #[schema(example = "2025-01-01")]
    valid_from: NaiveDate,
    /// Ultimo giorno in cui esiste; assente se esiste ancora.
    #[serde(default, deserialize_with = "crate::day::maybe")]
    #[schema(nullable = false)]
    valid_to: Option<NaiveDate>,
    /// Chi ne risponde: un ruolo, mai il nome di una persona.
    #[schema(nullable = false, min_length = 1, max_length = 200, pattern = "^.*\\S.*$")]
    responsible: Option<String>,
    /// Se chi ne risponde lo fa ad interim.
    #[schema(nullable = false)]
    interim: Option<bool>,
    /// Dotazione organica.
    #[schema(nullable = false, min_items = 0, max_items = 200)]
    staff: Option<Vec<StaffLineBody>>,
    /// Attività consolidata, in Markdown.
    #[schema(nullable = false, min_length = 1, max_length = 20_000, pattern = "^[\\s\\S]+$")]
    activities: Option<String>,
}

/// Una struttura del comune.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "0193a5c0-0000-7000-8000-000000000001", "external_id": "AREA-1", "code": "AREA-1", "name": "Area amministrativa",
    "kind": "area", "valid_from": "2025-01-01", "version": 1
}))]
pub(crate) struct UnitResponse {
    /// Identificativo.
    id: Uuid,
    /// Chiave dell'oggetto nel programma che lo ha inviato.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 100, pattern = "^[A-Za-z0-9][A-Za-z0-9._:~@+-]*$")]
    external_id: Option<String>,
    /// Codice della struttura.
    #[schema(max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$")]
    code: String,
    /// Nome della struttura.
    #[schema(max_length = 200, pattern = "^.*\\S.*$")]
    name: String,
    /// Tipo di struttura.
    kind: UnitKindWord,
    /// Unità di cui fa parte.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    parent: Option<Uuid>,
    /// Primo giorno in cui esiste.
    valid_from: NaiveDate,
    /// Ultimo giorno in cui esiste.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    valid_to: Option<NaiveDate>,
    /// Chi ne risponde.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 200, pattern = "^.*\\S.*$")]
    responsible: Option<String>,
    /// Se chi ne risponde lo fa ad interim.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schema(required = false)]
    interim: bool,
    /// Dotazione organica.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false, value_type = Vec<StaffLineBody>, min_items = 0, max_items = 200)]
    staff: Vec<StaffLine>,
    /// Attività consolidata, in Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 20_000, pattern = "^[\\s\\S]+$")]
    activities: Option<String>,
    /// Versione, la stessa dell'ETag.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    version: i32,
}

listing! {
    /// Una pagina di strutture.
    UnitList of UnitResponse
}

/// In which order to list units.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
pub(crate) enum UnitSort {
    /// Per codice.
    #[default]
    #[serde(rename = "code")]
    Code,
    /// Per codice, al contrario.
    #[serde(rename = "-code")]
    CodeDescending,
    /// Per nome.
    #[serde(rename = "name")]
    Name,
    /// Per nome, al contrario.
    #[serde(rename = "-name")]
    NameDescending,
}

impl UnitSort {
    const fn order(self) -> (units::Order, &'static str) {
        match self {
            Self::Code => (units::Order::Code, "units:code"),
            Self::CodeDescending => (units::Order::CodeDescending, "units:-code"),
            Self::Name => (units::Order::Name, "units:name"),
            Self::NameDescending => (units::Order::NameDescending, "units:-name"),
        }
    }
}

/// Which units to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct UnitQuery {
    /// Solo le unità di questo tipo.
    #[param(nullable = false)]
    kind: Option<UnitKindWord>,
    /// Solo le unità che fanno parte direttamente di questa.
    #[param(nullable = false)]
    parent: Option<Uuid>,
    /// Solo le unità che esistono in questo giorno.
    #[serde(default, deserialize_with = "crate::day::maybe")]
    #[param(nullable = false)]
    on: Option<NaiveDate>,
    /// Ordinamento.
    #[param(inline, nullable = false)]
    sort: Option<UnitSort>,
    /// Il `next_cursor` della pagina precedente.
    #[param(nullable = false, max_length = 2000, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
    /// Quanti elementi al massimo.
    #[param(nullable = false, minimum = 1, maximum = 200, default = 50)]
    limit: Option<i32>,
}

impl NewUnit {
    fn facts(self, path_key: Option<&ExternalId>) -> Result<UnitFacts, Problem> {
        let mut faults = Faults::new();
        let external_id = faults.take("/external_id", Key::agree(path_key, self.external_id.as_deref()));
        let code = faults.take("/code", Code::parse(&self.code));
        let name = faults.take("/name", Line::parse(&self.name));
        // The period's fault is its end's only when its beginning is a day that can be.
        let start = Period::parse(self.valid_from, None);
        let place = if start.is_ok() { "/valid_to" } else { "/valid_from" };
        let validity = faults.take(place, Period::parse(self.valid_from, self.valid_to));
        let (Word(kind), parent) = (self.kind, self.parent.map(UnitId));
        let mut sheet = Sheet {
            responsible: self.responsible,
            interim: self.interim,
            staff: self.staff,
            activities: self.activities,
        };
        let facts = (|| {
            let mut facts = UnitFacts {
                external_id: external_id?,
                code: code?,
                name: name?,
                kind,
                parent,
                validity: validity?,
                responsible: None,
                interim: false,
                staff: Vec::new(),
                activities: None,
            };
            std::mem::take(&mut sheet).read_into(&mut facts, &mut Reader::new(&mut faults));
            Some(facts)
        })();
        faults.finish(facts).map_err(Problem::invalid)
    }
}

impl From<Unit> for UnitResponse {
    fn from(unit: Unit) -> Self {
        let facts = unit.facts;
        Self {
            id: unit.id.0,
            external_id: facts.external_id.map(|id| id.as_str().to_owned()),
            code: facts.code.as_str().to_owned(),
            name: facts.name.as_str().to_owned(),
            kind: Word(facts.kind),
            parent: facts.parent.map(|parent| parent.0),
            valid_from: facts.validity.from(),
            valid_to: facts.validity.to(),
            responsible: facts.responsible.map(String::from),
            interim: facts.interim,
            staff: facts.staff,
            activities: facts.activities.map(String::from),
            version: unit.version.number(),
        }
    }
}

fn look_up(tx: &mut TenantTx<'_>, key: &Key) -> Result<Option<Unit>, Problem> {
    Ok(match key {
        Key::Theirs(external_id) => units::look_up_external(tx, external_id)?,
        Key::Ours(id) => units::look_up(tx, UnitId(*id))?,
    })
}

/// Elenca le strutture
///
/// Le strutture del comune, una pagina alla volta. Con `on` si vede l'albero com'è in un giorno.
#[utoipa::path(tag = "units", params(ComunePath, UnitQuery), responses(
    (status = 200, description = "Una pagina di strutture.", body = UnitList),
))]
#[get("")]
pub(crate) async fn list_units(call: Call<ComunePath, UnitQuery>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadUnits)?;
    let query = &permit.query;
    let (order, list) = query.sort.unwrap_or_default().order();
    let asked = Asked { list, cursor: query.cursor.as_ref(), limit: query.limit };
    let request = asked.page(order)?;
    if let Some(Err(error)) = query.on.map(|day| Period::parse(day, None)) {
        return Err(refused(error.kind, "on", &error.detail));
    }
    let filter =
        units::Filter { kind: query.kind.map(|kind| kind.0), parent: query.parent.map(UnitId), on: query.on };
    let page = permit.tenant(move |tx| Ok(units::list(tx, &filter, &request)?)).await?;
    Answer::ok(&UnitList::from(asked.answer(&permit.app, &permit.request, page, UnitResponse::from)))
}

/// Registra una struttura
///
/// Il codice è unico nel comune in ogni giorno; l'unità superiore deve esistere per tutto il periodo.
#[utoipa::path(tag = "units", params(ComunePath, crate::call::IdempotencyKey), request_body = NewUnit, responses(
    (status = 201, description = "La struttura registrata.", body = UnitResponse),
))]
#[post("")]
pub(crate) async fn add_unit(call: Call<ComunePath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::EditUnits)?;
    let id = UnitId(permit.app.new_id());
    let location = permit.link(&format!("/v1/comuni/{}/units/{}", permit.grant.comune(), id.0));
    let work = move |tx: &mut TenantTx<'_>, new: NewUnit| {
        let unit = Unit::found(id, new.facts(None)?, &units::tree(tx)?)?;
        units::insert(tx, &unit)?;
        Answer::created(location, unit.version, &UnitResponse::from(unit))
    };
    permit.keyed(Confidence::Open, work).await
}

/// Legge una struttura
///
/// Per identificativo o per chiave esterna.
#[utoipa::path(tag = "units", params(UnitPath, crate::call::IfNoneMatch), responses(
    (status = 200, description = "La struttura.", body = UnitResponse),
    (status = 304, description = "Chi chiede ha già questa versione."),
))]
#[get("/{unit}")]
pub(crate) async fn read_unit(call: Call<UnitPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadUnits)?;
    let key = permit.path.unit.clone();
    let unit = permit.tenant(move |tx| look_up(tx, &key)).await?.ok_or(Violation::NotFound)?;
    permit.found(unit.version, &UnitResponse::from(unit))
}

/// Scrive una struttura
///
/// Sostituisce la struttura; per chiave esterna la crea se non c'è. Per cambiarla serve `If-Match`.
#[utoipa::path(tag = "units", params(UnitPath, crate::call::Preconditions), request_body = NewUnit, responses(
    (status = 200, description = "La struttura com'è ora.", body = UnitResponse),
    (status = 201, description = "La struttura creata.", body = UnitResponse),
))]
#[put("/{unit}")]
pub(crate) async fn write_unit(call: Call<UnitPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::EditUnits)?;
    let condition = permit.condition()?;
    let (key, new_id) = (permit.path.unit.clone(), UnitId(permit.app.new_id()));
    let location = permit.link(&format!("/v1/comuni/{}/units/{}", permit.grant.comune(), new_id.0));
    let (permit, new) = permit.read::<NewUnit>().await?;
    let facts = new.facts(key.theirs())?;
    let put = Put { condition, named_by: key.named_by(), location };
    let work = move |tx: &mut TenantTx<'_>| {
        let before = look_up(tx, &key)?;
        let ways = Ways {
            create: |tx: &mut TenantTx<'_>, facts| {
                let unit = Unit::found(new_id, facts, &units::tree(tx)?)?;
                units::insert(tx, &unit)?;
                Ok(unit)
            },
            change: |tx: &mut TenantTx<'_>, before: &Unit, facts| {
                let after = before.change(facts, &units::tree(tx)?)?;
                units::update(tx, before, &after)?;
                Ok(after)
            },
        };
        put.carry_out::<Unit, UnitResponse, _, _>(tx, before, facts, ways)
    };
    permit.tenant(work).await
}

/// Cancella una struttura
///
/// Solo se nessun'altra unità e nessun membro fa capo a lei; altrimenti la si fa cessare con `valid_to`.
#[utoipa::path(tag = "units", params(UnitPath, crate::call::IfMatch), responses(
    (status = 204, description = "Cancellata."),
))]
#[delete("/{unit}")]
pub(crate) async fn remove_unit(call: Call<UnitPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::EditUnits)?;
    let (condition, key) = (permit.condition()?, permit.path.unit.clone());
    let work = move |tx: &mut TenantTx<'_>| {
        let unit = look_up(tx, &key)?.ok_or(Violation::NotFound)?;
        condition.expected.check(unit.version)?;
        Ok(units::delete(tx, &unit)?)
    };
    permit.tenant(work).await?;
    Ok(Answer::done())
}
