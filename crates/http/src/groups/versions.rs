//! Who belongs to a group somebody defined: versions by date, only added, and who belongs to any group on a day.

use actix_web::{get, post};
use chrono::NaiveDate;
use serde::Deserialize;
use traguardo_domain::Violation;
use traguardo_domain::access::Action;
use traguardo_domain::group;
use traguardo_persistence::{CrossTenantTx, TenantTx, peer_groups, registry};
use utoipa::IntoParams;

use super::names::{GroupPath, GroupVersionPath, ReferencePath};
use super::resolved;
use super::wire::{
    GroupMembers, GroupVersionList, GroupVersionResponse, GroupVersionSummary, NewGroupVersion,
};
use crate::answer::Answer;
use crate::call::Call;
use crate::keyed::Confidence;
use crate::problem::Problem;

/// On which day.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct MembersQuery {
    /// Chi ne fa parte in questo giorno; oggi, se non è detto.
    #[serde(default, deserialize_with = "crate::day::maybe")]
    #[param(nullable = false)]
    on: Option<NaiveDate>,
}

/// Elenca le versioni di un gruppo
///
/// Dalla prima. Ciascuna vale dal suo giorno finché non comincia la seguente, e non cambia mai.
#[utoipa::path(tag = "groups", params(GroupPath), responses(
    (status = 200, description = "Le versioni.", body = GroupVersionList),
))]
#[get("/{group}/versions")]
pub(crate) async fn list_group_versions(call: Call<GroupPath>) -> Result<Answer, Problem> {
    let permit = call.authorize_across(Action::Compare)?;
    let code = permit.path.group.clone();
    let found = permit.across(move |tx| Ok(peer_groups::look_up(tx, &code)?)).await?;
    let (_, versions) = found.ok_or(Violation::NotFound)?;
    Answer::ok(&GroupVersionList { items: versions.iter().map(GroupVersionSummary::from).collect() })
}

/// Legge una versione di un gruppo
///
/// Con i comuni che ne fanno parte.
#[utoipa::path(tag = "groups", params(GroupVersionPath), responses(
    (status = 200, description = "La versione.", body = GroupVersionResponse),
))]
#[get("/{group}/versions/{number}")]
pub(crate) async fn read_group_version(call: Call<GroupVersionPath>) -> Result<Answer, Problem> {
    let permit = call.authorize_across(Action::Compare)?;
    let (code, number) = (permit.path.group.clone(), permit.path.number);
    let found = permit.across(move |tx| Ok(peer_groups::look_up(tx, &code)?)).await?;
    let (_, versions) = found.ok_or(Violation::NotFound)?;
    let version = versions.iter().find(|version| version.number == number).ok_or(Violation::NotFound)?;
    Answer::ok(&GroupVersionResponse::from(version))
}

/// Aggiunge una versione a un gruppo
///
/// Chi ne fa parte da un giorno in poi. Lo fa chi ha definito il gruppo; la versione non può valere da prima dell'ultima, e i comuni
/// devono essere nel registro.
#[utoipa::path(tag = "groups", params(GroupPath, crate::call::IdempotencyKey), request_body = NewGroupVersion, responses(
    (status = 201, description = "La versione aggiunta.", body = GroupVersionResponse),
))]
#[post("/{group}/versions")]
pub(crate) async fn add_group_version(call: Call<GroupPath>) -> Result<Answer, Problem> {
    let permit = call.authorize_at_home(Action::KeepComparisons)?;
    let code = permit.path.group.clone();
    let below = permit.link(&format!("/v1/groups/{}/versions", code.as_str()));
    let work = move |tx: &mut TenantTx<'_>, new: NewGroupVersion| {
        let group = peer_groups::own(tx, &code)?.ok_or(Violation::NotFound)?;
        let members = new.members().map_err(Problem::invalid)?;
        let before = peer_groups::own_versions(tx, &code)?;
        let known = registry::known(tx, &members)?;
        let now = tx.occasion().at;
        let version = group::next(&before, new.valid_from, members, &known, now).map_err(Problem::invalid)?;
        peer_groups::add_version(tx, &group, &version)?;
        let location = format!("{below}/{}", version.number);
        Answer::created_without_version(location, &GroupVersionResponse::from(&version))
    };
    permit.keyed(Confidence::Open, work).await
}

/// Elenca i comuni di un gruppo
///
/// Di qualunque gruppo con cui ci si può confrontare, in un giorno. Un comune cessato conta come quello in cui è proseguito.
#[utoipa::path(tag = "groups", params(ReferencePath, MembersQuery), responses(
    (status = 200, description = "Il gruppo e chi ne fa parte.", body = GroupMembers),
))]
#[get("/{reference}/members")]
pub(crate) async fn list_group_members(call: Call<ReferencePath, MembersQuery>) -> Result<Answer, Problem> {
    let permit = call.authorize_across(Action::Compare)?;
    let on = permit.query.on.unwrap_or_else(|| permit.app.today());
    let (app, reference) = (permit.app.clone(), permit.path.reference.clone());
    let work = move |tx: &mut CrossTenantTx<'_>| {
        let registry = app.registry().at(tx)?;
        let group = resolved(tx, &registry, &reference, on)?;
        Ok(GroupMembers::of(group, &registry, on))
    };
    Answer::ok(&permit.across(work).await?)
}
