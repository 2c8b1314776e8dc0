//! Units over HTTP.

mod wire;

use actix_web::{HttpRequest, delete, get, post, put};
use traguardo_domain::Violation;
use traguardo_domain::access::Action;
use traguardo_domain::period::Period;
use traguardo_domain::unit::{Unit, UnitId};
use traguardo_persistence::{TenantTx, units};
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answer::Answer;
use crate::call::{Call, ComunePath, Key, PathOf, segment};
use crate::keyed::Confidence;
use crate::pages::Asked;
use crate::problem::Problem;
use crate::put::{Put, Ways};
use crate::query::refused;
use wire::{NewUnit, UnitList, UnitQuery, UnitResponse};

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
