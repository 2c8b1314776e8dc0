//! Groups of comuni to compare with, over HTTP.

use actix_web::{get, put};
use chrono::NaiveDate;
use serde::Deserialize;
use traguardo_domain::access::Action;
use traguardo_domain::fault::Refused;
use traguardo_domain::group::{self, Group, GroupFacts, GroupRef, PeerGroup};
use traguardo_domain::registry::Registry;
use traguardo_domain::version::NamedBy;
use traguardo_domain::{ComuneCode, Version, Violation};
use traguardo_persistence::peer_groups::{self, ByCode};
use traguardo_persistence::{CrossTenantTx, TenantTx};
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answer::Answer;
use crate::call::{Call, NoPath};
use crate::pages::Asked;
use crate::problem::Problem;
use crate::put::{Put, Ways};
use crate::query::parsed;

mod names;
mod versions;
mod wire;

use names::GroupPath;
use versions::{add_group_version, list_group_members, list_group_versions, read_group_version};
use wire::{PeerGroupFacts, PeerGroupList, PeerGroupResponse};

/// Adds the routes.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config
        .service(list_groups)
        .service(read_group)
        .service(write_group)
        .service(list_group_versions)
        .service(read_group_version)
        .service(add_group_version)
        .service(list_group_members);
}

/// The group a reference names on a day, by the name its owner gave it when it has one.
///
/// # Errors
/// 404 when it leads to no group.
pub(crate) fn resolved(
    tx: &mut CrossTenantTx<'_>,
    registry: &Registry,
    reference: &GroupRef,
    on: NaiveDate,
) -> Result<Group, Problem> {
    let resolve = |custom: &[_]| group::resolve(reference, registry, custom, on).map_err(Violation::from);
    match reference {
        GroupRef::Custom(code) => {
            let (named, versions) = peer_groups::look_up(tx, code)?.ok_or(Violation::NotFound)?;
            Ok(resolve(&versions)?.titled(named.facts.name.as_str()))
        }
        GroupRef::All
        | GroupRef::Region(_)
        | GroupRef::Province(_)
        | GroupRef::Class(..)
        | GroupRef::Near(..) => Ok(resolve(&[])?),
    }
}

/// Which groups to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct GroupQuery {
    /// Solo i gruppi definiti da questo comune; Z000 è la piattaforma.
    #[param(nullable = false, max_length = 4, pattern = "^[A-Z][0-9]{3}$", example = "L454")]
    owner: Option<String>,
    /// Il `next_cursor` della pagina precedente.
    #[param(nullable = false, max_length = 2000, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
    /// Quanti elementi al massimo.
    #[param(nullable = false, minimum = 1, maximum = 200, default = 50)]
    limit: Option<i32>,
}

fn owner(text: &str) -> Result<ComuneCode, Refused> {
    ComuneCode::parse(text)
}

/// Elenca i gruppi definiti
///
/// Da chiunque, per codice. I gruppi che derivano dal registro (regioni, province, classi, comuni simili) ci sono senza definirli.
#[utoipa::path(tag = "groups", params(GroupQuery), responses(
    (status = 200, description = "Una pagina di gruppi.", body = PeerGroupList),
))]
#[get("")]
pub(crate) async fn list_groups(call: Call<NoPath, GroupQuery>) -> Result<Answer, Problem> {
    let permit = call.authorize_across(Action::Compare)?;
    let query = &permit.query;
    let asked = Asked { list: "groups", cursor: query.cursor.as_ref(), limit: query.limit };
    let request = asked.page(ByCode)?;
    let filter = peer_groups::Filter { owner: parsed("owner", query.owner.as_ref(), owner)? };
    let page = permit.across(move |tx| Ok(peer_groups::list(tx, &filter, &request)?)).await?;
    let page = asked.answer(&permit.app, &permit.request, page, PeerGroupResponse::from);
    Answer::ok(&PeerGroupList::from(page))
}

/// Legge un gruppo definito
///
/// Di chiunque sia. Chi ne fa parte lo dicono le versioni, e in un giorno `GET /groups/custom:{group}/members`.
#[utoipa::path(tag = "groups", params(GroupPath, crate::call::IfNoneMatch), responses(
    (status = 200, description = "Il gruppo.", body = PeerGroupResponse),
    (status = 304, description = "Chi chiede ha già questa versione."),
))]
#[get("/{group}")]
pub(crate) async fn read_group(call: Call<GroupPath>) -> Result<Answer, Problem> {
    let permit = call.authorize_across(Action::Compare)?;
    let code = permit.path.group.clone();
    let found = permit.across(move |tx| Ok(peer_groups::look_up(tx, &code)?)).await?;
    let (group, _) = found.ok_or(Violation::NotFound)?;
    permit.found(group.version, &PeerGroupResponse::from(group))
}

/// Definisce un gruppo
///
/// È di chi lo definisce, e lui solo lo cambia; il codice è unico in tutto il servizio. Per cambiarlo serve `If-Match`.
#[utoipa::path(tag = "groups", params(GroupPath, crate::call::Preconditions), request_body = PeerGroupFacts, responses(
    (status = 200, description = "Il gruppo com'è ora.", body = PeerGroupResponse),
    (status = 201, description = "Il gruppo definito.", body = PeerGroupResponse),
))]
#[put("/{group}")]
pub(crate) async fn write_group(call: Call<GroupPath>) -> Result<Answer, Problem> {
    let permit = call.authorize_at_home(Action::KeepComparisons)?;
    let condition = permit.condition()?;
    let (code, owner) = (permit.path.group.clone(), permit.grant.comune());
    let location = permit.link(&format!("/v1/groups/{}", code.as_str()));
    let (permit, wire) = permit.read::<PeerGroupFacts>().await?;
    let facts = wire.read().map_err(Problem::invalid)?;
    let put = Put { condition, named_by: NamedBy::TheirKey, location };
    let work = move |tx: &mut TenantTx<'_>| {
        let before = peer_groups::own(tx, &code)?;
        let ways = Ways {
            create: |tx: &mut TenantTx<'_>, facts: GroupFacts| {
                let group = PeerGroup { code, owner, facts, version: Version::FIRST };
                peer_groups::insert(tx, &group)?;
                Ok(group)
            },
            change: |tx: &mut TenantTx<'_>, before: &PeerGroup, facts: GroupFacts| {
                let after = PeerGroup { facts, version: before.version.next(), ..before.clone() };
                peer_groups::update(tx, before, &after)?;
                Ok(after)
            },
        };
        put.carry_out::<PeerGroup, PeerGroupResponse, _, _>(tx, before, facts, ways)
    };
    permit.tenant(work).await
}
