//! Individual evaluations over HTTP: seen by the person, by who evaluates, and by the evaluation body. Anybody else is answered as
//! if there were none, by the database itself; see `persistence/src/sheets.rs`.

use actix_web::{HttpRequest, get, post, put};
use serde::Deserialize;
use traguardo_documents::Word;
use traguardo_domain::access::{Action, Actor};
use traguardo_domain::member::MemberId;
use traguardo_domain::period::Year;
use traguardo_domain::role::Role;
use traguardo_domain::sheet::{Made, NewIds, Sheet, SheetId, Standing, Subject, may_evaluate};
use traguardo_domain::version::{Course, NamedBy};
use traguardo_domain::{FaultKind, Violation};
use traguardo_persistence::sheets::{self, Filter, NewestFirst};
use traguardo_persistence::{TenantTx, plans as stored_plans};
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

mod answer;
mod asked;
mod content;
mod figures;
mod reading;

use answer::{SheetList, SheetResponse, SheetSummary};
use asked::{NewSheet, NewSheetStep, check_unit, wrong};
use content::SheetContent;

use crate::answer::Answer;
use crate::call::{Call, ComunePath, PathOf, segment};
use crate::keyed::Confidence;
use crate::pages::Asked;
use crate::problem::{Kind, Problem};
use crate::query::refused;
use crate::words::SheetStateWord;

/// Adds the routes.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config
        .service(list_sheets)
        .service(add_sheet)
        .service(read_sheet)
        .service(write_sheet)
        .service(step_sheet);
}

/// Adds the figures of all of them, which name nobody.
pub(crate) fn configure_statistics(config: &mut ServiceConfig) {
    config.service(figures::read_sheet_statistics);
}

/// What a path to a sheet names.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct SheetPath {
    /// Codice catastale del comune.
    #[param(value_type = String, pattern = "^[A-Z][0-9]{3}$", max_length = 4, example = "L454")]
    #[expect(dead_code, reason = "documents the segment that the call reads itself")]
    comune: (),
    /// Identificativo della scheda.
    #[param(value_type = String, pattern = "^[0-9a-fA-F-]{36}$", max_length = 36, example = "0193a5c0-0000-7000-8000-000000000021")]
    sheet: SheetId,
}

impl PathOf for SheetPath {
    fn read(request: &HttpRequest) -> Option<Self> {
        Some(Self { comune: (), sheet: SheetId(segment(request, "sheet")?.parse().ok()?) })
    }
}

/// Which sheets to list, of those the caller may see.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct SheetQuery {
    /// Solo quelle di questo anno.
    #[param(nullable = false, minimum = 2009, maximum = 2100)]
    year: Option<i32>,
    /// Solo quelle in questo stato.
    #[param(nullable = false)]
    state: Option<SheetStateWord>,
    /// Il `next_cursor` della pagina precedente.
    #[param(nullable = false, max_length = 2000, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
    /// Quanti elementi al massimo.
    #[param(nullable = false, minimum = 1, maximum = 200, default = 50)]
    limit: Option<i32>,
}

/// Who the caller is to a sheet.
fn standing(sheet: &Sheet, actor: &Actor) -> Standing {
    sheet.standing(MemberId(actor.member), actor.roles.contains(&Role::Nucleo))
}

/// A sheet as it is answered: what is payable hangs on the plan of its year.
fn shown(tx: &mut TenantTx<'_>, sheet: Sheet) -> Result<SheetResponse, Problem> {
    let plan = stored_plans::look_up(tx, sheet.plan)?;
    let validated = plan.is_some_and(|plan| plan.state.pays());
    Ok(SheetResponse::of(sheet, validated))
}

/// Elenca le schede
///
/// Quelle in cui chi chiede è valutato o valuta; all'organo di valutazione, tutte. Dalla più recente.
#[utoipa::path(tag = "sheets", params(ComunePath, SheetQuery), responses(
    (status = 200, description = "Una pagina di schede.", body = SheetList),
))]
#[get("")]
pub(crate) async fn list_sheets(call: Call<ComunePath, SheetQuery>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadSheets)?;
    let query = &permit.query;
    let asked = Asked { list: "sheets", cursor: query.cursor.as_ref(), limit: query.limit };
    let request = asked.page(NewestFirst)?;
    let parse = |year| Year::parse(year).map_err(|error| refused(error.kind, "year", &error.detail));
    let filter =
        Filter { year: query.year.map(parse).transpose()?, state: query.state.map(|Word(state)| state) };
    let page = permit.tenant(move |tx| Ok(sheets::list(tx, &filter, &request)?)).await?;
    Answer::ok(&SheetList::from(asked.answer(&permit.app, &permit.request, page, SheetSummary::from)))
}

/// Scrive una nuova scheda
///
/// In bozza, per una persona; chi la scrive è chi valuta, e nessuno valuta se stesso.
#[utoipa::path(tag = "sheets", params(ComunePath, crate::call::IdempotencyKey), request_body = NewSheet, responses(
    (status = 201, description = "La scheda scritta.", body = SheetResponse),
))]
#[post("")]
pub(crate) async fn add_sheet(call: Call<ComunePath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::WriteSheets)?;
    let ids = NewIds { id: SheetId(permit.app.new_id()), salt: permit.app.new_id() };
    let location = permit.link(&format!("{}/{}", permit.request.path(), ids.id.0));
    let (evaluator, evaluates) = (MemberId(permit.actor.member), may_evaluate(&permit.actor.roles));
    let work = move |tx: &mut TenantTx<'_>, asked: NewSheet| {
        if !evaluates {
            let words = "Scrivono schede il segretario, i responsabili, il nucleo e la giunta.";
            return Err(Problem::of(Kind::Forbidden).because(words));
        }
        let (plan, person) = asked.subject(tx)?;
        let content = asked.content.read().map_err(|problem| problem.below("/content"))?;
        let subject = Subject { plan: plan.id, year: plan.facts.year, person: person.id };
        let sheet = Sheet::draft(ids, subject, evaluator, content)?;
        check_unit(tx, &sheet.content, "/content/unit")?;
        if sheets::is_written(tx, subject.plan, subject.person, evaluator)? {
            return Err(wrong(
                "/person",
                FaultKind::Inconsistent,
                "C'è già una tua scheda per questa persona e questo piano.",
            ));
        }
        sheets::insert(tx, &sheet)?;
        Answer::created(location, sheet.version, &shown(tx, sheet)?)
    };
    // What is kept for retries is sealed: whoever reads the database finds no sheet there either.
    permit.keyed(Confidence::Sealed, work).await
}

/// Legge una scheda
///
/// Intera, con i passi e il calcolo riga per riga: è anche il modo in cui la persona se ne porta via una copia.
#[utoipa::path(tag = "sheets", params(SheetPath), responses(
    (status = 200, description = "La scheda.", body = SheetResponse),
))]
#[get("/{sheet}")]
pub(crate) async fn read_sheet(call: Call<SheetPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadSheets)?;
    let id = permit.path.sheet;
    let work = move |tx: &mut TenantTx<'_>| {
        let sheet = sheets::look_up(tx, id)?.ok_or(Violation::NotFound)?;
        Ok((sheet.version, shown(tx, sheet)?))
    };
    let (version, sheet) = permit.tenant(work).await?;
    Answer::found(version, &sheet)
}

/// Riscrive una scheda
///
/// Finché è in bozza, chi valuta ne sostituisce il contenuto. Serve `If-Match`.
#[utoipa::path(tag = "sheets", params(SheetPath, crate::call::IfMatch), request_body = SheetContent, responses(
    (status = 200, description = "La scheda com'è ora.", body = SheetResponse),
))]
#[put("/{sheet}")]
pub(crate) async fn write_sheet(call: Call<SheetPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::WriteSheets)?;
    let (condition, id, actor) = (permit.condition()?, permit.path.sheet, permit.actor.clone());
    let (permit, body) = permit.read::<SheetContent>().await?;
    let content = body.read()?;
    let work = move |tx: &mut TenantTx<'_>| {
        let found = sheets::look_up(tx, id)?;
        let course = condition.course(NamedBy::OurId, found.as_ref(), &content)?;
        let before = found.ok_or(Violation::NotFound)?;
        if course == Course::Leave {
            tx.leave_unchanged();
            return Answer::found(before.version, &shown(tx, before)?);
        }
        let after = before.change(content, standing(&before, &actor))?;
        check_unit(tx, &after.content, "/unit")?;
        sheets::update(tx, &before, &after)?;
        Answer::found(after.version, &shown(tx, after)?)
    };
    permit.tenant(work).await
}

/// Fa un passo di una scheda
///
/// Chi valuta la condivide; il valutato la accetta o la contesta entro il termine; chi valuta o l'organo di valutazione risponde, e
/// la rende definitiva quando è accettata, quando ha avuto risposta, oppure quando il termine è passato. Ciò che era resta.
#[utoipa::path(tag = "sheets", params(SheetPath, crate::call::IdempotencyKey), request_body = NewSheetStep, responses(
    (status = 200, description = "La scheda com'è ora.", body = SheetResponse),
))]
#[post("/{sheet}/steps")]
pub(crate) async fn step_sheet(call: Call<SheetPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::WriteSheets)?;
    let (id, actor) = (permit.path.sheet, permit.actor.clone());
    let work = move |tx: &mut TenantTx<'_>, asked: NewSheetStep| {
        let before = sheets::look_up(tx, id)?.ok_or(Violation::NotFound)?;
        let step = Made { made: asked.read()?, at: tx.occasion().at, by: actor.member };
        let after = before.step(step, standing(&before, &actor)).map_err(Violation::from)?;
        sheets::update(tx, &before, &after)?;
        Answer::found(after.version, &shown(tx, after)?)
    };
    permit.keyed(Confidence::Sealed, work).await
}
