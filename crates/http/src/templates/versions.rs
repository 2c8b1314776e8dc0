//! The versions of a shared objective: each as it was published, and what changes from one to another.

use actix_web::get;
use traguardo_domain::Violation;
use traguardo_domain::access::Action;
use traguardo_domain::text::Code;
use traguardo_persistence::templates::Kept;
use traguardo_persistence::{CrossTenantTx, templates};

use super::found;
use super::names::{TemplateDiffPath, TemplatePath, TemplateVersionPath};
use super::wire::{TemplateChangeResponse, TemplateDifference, TemplateVersionSummary, TemplateVersions};
use crate::answer::Answer;
use crate::call::{Call, PathOf as _};
use crate::problem::{Kind, Problem};
use crate::rulebooks::Which;

fn version(tx: &mut CrossTenantTx<'_>, template: &Code, which: Which) -> Result<Kept, Problem> {
    let number = match which {
        Which::Current => None,
        Which::Number(number) => Some(number),
    };
    Ok(templates::look_up_across(tx, template, number)?.ok_or(Violation::NotFound)?)
}

/// Elenca le versioni di un obiettivo condiviso
///
/// Dall'ultima, che è la corrente.
#[utoipa::path(tag = "templates", params(TemplatePath), responses(
    (status = 200, description = "Le versioni.", body = TemplateVersions),
))]
#[get("/{template}/versions")]
pub(crate) async fn list_template_versions(call: Call<TemplatePath>) -> Result<Answer, Problem> {
    let path = TemplatePath::read(call.request()).ok_or(Violation::NotFound)?;
    call.query()?;
    let work = move |tx: &mut CrossTenantTx<'_>| Ok(templates::versions(tx, &path.template)?);
    let all = call.across(Action::ReadTemplates, work).await?;
    if all.is_empty() {
        return Err(Violation::NotFound.into());
    }
    Answer::ok(&TemplateVersions { items: all.into_iter().map(TemplateVersionSummary::from).collect() })
}

/// Legge una versione di un obiettivo condiviso
///
/// Com'è stata pubblicata, che non cambia mai.
#[utoipa::path(tag = "templates", params(TemplateVersionPath, crate::call::IfNoneMatch), responses(
    (status = 200, description = "La versione.", body = super::wire::TemplateResponse),
    (status = 304, description = "Chi chiede l'ha già."),
))]
#[get("/{template}/versions/{number}")]
pub(crate) async fn read_template_version(call: Call<TemplateVersionPath>) -> Result<Answer, Problem> {
    let path = TemplateVersionPath::read(call.request()).ok_or(Violation::NotFound)?;
    call.query()?;
    let work = move |tx: &mut CrossTenantTx<'_>| version(tx, &path.template, path.number);
    let kept = call.across(Action::ReadTemplates, work).await?;
    found(&call, kept)
}

/// Confronta due versioni di un obiettivo condiviso
///
/// Che cosa è cambiato, campo per campo: prima l'obiettivo, poi ciascun indicatore. `redefines` dice dove i dati di prima e di dopo non si
/// confrontano.
#[utoipa::path(tag = "templates", params(TemplateDiffPath), responses(
    (status = 200, description = "I cambiamenti.", body = TemplateDifference),
))]
#[get("/{template}/versions/{number}/diff/{other}")]
pub(crate) async fn compare_template_versions(call: Call<TemplateDiffPath>) -> Result<Answer, Problem> {
    let path = TemplateDiffPath::read(call.request()).ok_or(Violation::NotFound)?;
    call.query()?;
    let work = move |tx: &mut CrossTenantTx<'_>| {
        Ok((version(tx, &path.template, path.number)?, version(tx, &path.template, path.other)?))
    };
    let (from, to) = call.across(Action::ReadTemplates, work).await?;
    let changes = from.template.facts.changes(&to.template.facts).map_err(|error| {
        log::error!("a template cannot be written: {error}");
        Problem::of(Kind::Internal)
    })?;
    Answer::ok(&TemplateDifference {
        from: from.template.number,
        to: to.template.number,
        changes: changes.into_iter().map(TemplateChangeResponse::from).collect(),
    })
}
