//! Shared objectives, over HTTP: the current version of each, the next one its author publishes, and every version there was.

use actix_web::{get, put};
use chrono::Datelike as _;
use traguardo_documents::Reader;
use traguardo_domain::access::Action;
use traguardo_domain::fault::Refused;
use traguardo_domain::template::{Template, TemplateFacts};
use traguardo_domain::text::{Code, Line};
use traguardo_domain::version::{NamedBy, Versioned as _};
use traguardo_domain::{FaultKind, Faults, Violation};
use traguardo_persistence::templates::{Filter, Kept};
use traguardo_persistence::{CrossTenantTx, TenantTx, authors, templates};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answer::Answer;
use crate::call::{Call, NoPath, PathOf as _};
use crate::pages::Asked;
use crate::precondition;
use crate::problem::{Kind, Problem};
use crate::put::{Put, Ways};
use crate::query::parsed;

mod adoptions;
mod names;
mod versions;
mod wire;

use adoptions::list_template_adoptions;
use names::{TemplatePath, TemplateQuery};
use versions::{compare_template_versions, list_template_versions, read_template_version};
use wire::{NewTemplateVersion, TemplateList, TemplateResponse, TemplateSummary};

/// Adds the routes.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config
        .service(list_templates)
        .service(read_template)
        .service(publish_template)
        .service(list_template_versions)
        .service(read_template_version)
        .service(compare_template_versions)
        .service(list_template_adoptions);
}

/// Elenca gli obiettivi condivisi
///
/// Di ciascuno la versione corrente, per codice. Tutti li leggono.
#[utoipa::path(tag = "templates", params(TemplateQuery), responses(
    (status = 200, description = "Una pagina di obiettivi condivisi.", body = TemplateList),
))]
#[get("")]
pub(crate) async fn list_templates(call: Call<NoPath, TemplateQuery>) -> Result<Answer, Problem> {
    let query = call.query()?;
    let asked = Asked { list: "templates:code", cursor: query.cursor.as_ref(), limit: query.limit };
    let request = asked.page(())?;
    let filter = Filter {
        author: parsed("author", query.author.as_ref(), Code::parse)?,
        words: parsed("words", query.words.as_ref(), Line::<200>::parse)?.map(String::from),
    };
    let (app, http) = (call.app().clone(), call.request().clone());
    let work = move |tx: &mut CrossTenantTx<'_>| Ok(templates::list(tx, &filter, &request)?);
    let page = call.across(Action::ReadTemplates, work).await?;
    Answer::ok(&TemplateList::from(asked.answer(&app, &http, page, TemplateSummary::from)))
}

/// Legge un obiettivo condiviso
///
/// La versione corrente: il suo numero è l'ETag.
#[utoipa::path(tag = "templates", params(TemplatePath, crate::call::IfNoneMatch), responses(
    (status = 200, description = "La versione corrente.", body = TemplateResponse),
    (status = 304, description = "Chi chiede ha già questa versione."),
))]
#[get("/{template}")]
pub(crate) async fn read_template(call: Call<TemplatePath>) -> Result<Answer, Problem> {
    let path = TemplatePath::read(call.request()).ok_or(Violation::NotFound)?;
    call.query()?;
    let work = move |tx: &mut CrossTenantTx<'_>| Ok(templates::look_up_across(tx, &path.template, None)?);
    let kept = call.across(Action::ReadTemplates, work).await?.ok_or(Violation::NotFound)?;
    found(&call, kept)
}

/// The answer with a version, or 304 to whoever holds it already.
fn found<P: crate::call::PathOf>(call: &Call<P>, kept: Kept) -> Result<Answer, Problem> {
    if precondition::already_holds(call.request().headers(), kept.version())? {
        return Ok(Answer::not_modified(kept.version()));
    }
    Answer::found(kept.version(), &TemplateResponse::from(kept))
}

/// Pubblica la versione seguente di un obiettivo condiviso
///
/// La prima, se non c'è; per la seguente serve `If-Match`. Uguale alla corrente, non cambia nulla. Le versioni pubblicate non si alterano: chi ne ha
/// adottata una resta con quella finché non passa alla nuova. Dove cambia ciò che definisce un indicatore, la sua definizione prende il numero
/// seguente, e i dati di prima e di dopo non si confrontano. Pubblica solo chi l'autore elenca fra i suoi membri.
#[utoipa::path(tag = "templates", params(TemplatePath, crate::call::Preconditions), request_body = NewTemplateVersion, responses(
    (status = 200, description = "La versione corrente.", body = TemplateResponse),
    (status = 201, description = "La prima versione.", body = TemplateResponse),
))]
#[put("/{template}")]
pub(crate) async fn publish_template(call: Call<TemplatePath>) -> Result<Answer, Problem> {
    let permit = call.authorize_at_home(Action::PublishTemplates)?;
    let (condition, code) = (permit.condition()?, permit.path.template.clone());
    let location = permit.link(&format!("/v1/templates/{}", code.as_str()));
    let year = permit.app.today().year();
    let (permit, body) = permit.read::<NewTemplateVersion>().await?;
    let mut faults = Faults::new();
    let read = body.read(&mut Reader::new(&mut faults), &code, year);
    let (author, facts) = faults.finish(read).map_err(Problem::invalid)?;
    let put = Put { condition, named_by: NamedBy::TheirKey, location };
    let work = move |tx: &mut TenantTx<'_>| {
        let before = templates::look_up(tx, &code, None)?;
        serves(tx, &author, before.as_ref())?;
        let publish = |tx: &mut TenantTx<'_>, before: Option<&Kept>, facts: TemplateFacts| {
            let known = before.map(|kept| &kept.template);
            let at = tx.occasion().at;
            match Template::publish(code.clone(), author.clone(), facts, known, at)? {
                Some(next) => Ok(templates::add(tx, before, next)?),
                None => before.cloned().ok_or_else(|| Problem::of(Kind::Internal)),
            }
        };
        let ways = Ways {
            create: |tx: &mut TenantTx<'_>, facts| publish(tx, None, facts),
            change: |tx: &mut TenantTx<'_>, before: &Kept, facts| publish(tx, Some(before), facts),
        };
        put.carry_out::<Kept, TemplateResponse, _, _>(tx, before, facts, ways)
    };
    permit.tenant(work).await
}

/// Whether the caller publishes for the author it names, and the template is that author's.
fn serves(tx: &mut TenantTx<'_>, author: &Code, before: Option<&Kept>) -> Result<(), Problem> {
    let Some(known) = authors::look_up(tx, author)? else {
        let refused = Refused::new(FaultKind::UnknownReference, "Nessun autore ha questo codice.");
        return Err(Problem::invalid(vec![refused.at("/author")]));
    };
    let own = before.is_none_or(|kept| kept.template.author == *author);
    if own && tx.member().is_some_and(|member| known.is_served_by(member)) {
        return Ok(());
    }
    Err(Violation::NotYourAuthor.into())
}
