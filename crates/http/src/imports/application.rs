//! A draft put into a plan over HTTP: first what would change, and how each objective was found again; then the change, whole or not
//! at all, and none the second time.

use actix_web::{get, post};
use serde::Deserialize;
use traguardo_domain::access::Action;
use traguardo_domain::import::{Applied, Import};
use traguardo_domain::version::Expected;
use traguardo_domain::{FaultKind, Version, Violation};
use traguardo_persistence::{TenantTx, imports, plan_documents};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use super::draft::{kept, open, opened};
use super::{ImportPath, found};
use crate::adoptions::followed::hold;
use crate::answer::Answer;
use crate::call::{Call, Key};
use crate::keyed::Confidence;
use crate::problem::Problem;
use crate::query::refused;

mod onto;
mod wire;

use onto::{Onto, Target};
use wire::{ApplicationPreview, ApplicationResponse};

/// Into which plan, and how.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct PreviewQuery {
    /// Il piano: il suo identificativo, oppure `ext:` seguito dalla chiave esterna. Senza, quello dell'anno e della natura chiesti.
    #[param(
        nullable = false,
        max_length = 104,
        pattern = "^(ext:[A-Za-z0-9._:~@+-]+|[0-9a-fA-F-]{36})$",
        example = "ext:PIANO-2025"
    )]
    plan: Option<String>,
    /// Se ciò che il piano ha e il file no va tolto; senza, resta.
    #[param(nullable = false)]
    remove_absent: Option<bool>,
}

/// Dove mettere una bozza, e come.
#[derive(Debug, Default, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"remove_absent": false}))]
pub(crate) struct ApplicationRequest {
    /// Il piano: il suo identificativo, oppure `ext:` seguito dalla chiave esterna. Senza, quello dell'anno e della natura chiesti,
    /// che è cominciato in bozza se non c'è.
    #[schema(
        nullable = false,
        max_length = 104,
        pattern = "^(ext:[A-Za-z0-9._:~@+-]+|[0-9a-fA-F-]{36})$",
        example = "ext:PIANO-2025"
    )]
    plan: Option<String>,
    /// La revisione che si è vista del piano (l'`ETag` del suo documento): se è cambiato da allora, non si fa nulla.
    #[schema(nullable = false, minimum = 1, maximum = 2_147_483_647)]
    #[validate(range(min = 1))]
    revision: Option<i32>,
    /// Se ciò che il piano ha e il file no va tolto; senza, resta.
    #[schema(nullable = false)]
    remove_absent: Option<bool>,
}

impl Target {
    fn read(plan: Option<&String>, refuse: impl Fn() -> Problem) -> Result<Self, Problem> {
        match plan {
            None => Ok(Self::OfItsYear),
            Some(key) => Key::parse(key).map(Self::Named).ok_or_else(refuse),
        }
    }
}

/// Mostra che cosa cambierebbe
///
/// La differenza fra il piano com'è e come sarebbe con la bozza, come ogni obiettivo del file è stato riconosciuto (chiave esterna,
/// codice, somiglianza) e quali obiettivi del piano il file non ha. Non si cambia nulla.
#[utoipa::path(tag = "imports", params(ImportPath, PreviewQuery), responses(
    (status = 200, description = "Che cosa cambierebbe.", body = ApplicationPreview),
    (status = 409, description = "Il file non è stato letto."),
))]
#[get("/{import}/application")]
pub(crate) async fn preview_application(call: Call<ImportPath, PreviewQuery>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadImports)?;
    let (id, remove_absent) = (permit.path.import, permit.query.remove_absent.unwrap_or_default());
    let unknown = || refused(FaultKind::Malformed, "plan", "Non nomina un piano.");
    let target = Target::read(permit.query.plan.as_ref(), unknown)?;
    let work = move |tx: &mut TenantTx<'_>| {
        let import = found(tx, id)?.import;
        import.drafted()?;
        Ok((kept(tx, id)?, Onto::load(tx, &import, &target, unknown)?))
    };
    let (bytes, onto) = permit.tenant(work).await?;
    let draft = opened(&permit.app, bytes).await?;
    let app = permit.app.clone();
    // Comparing every objective with every other takes a core for a while.
    let preview = permit.app.aside(move || {
        let merged = onto.merged(&draft, remove_absent, &mut || app.new_id())?;
        ApplicationPreview::new(&onto, &draft.document, &merged)
    });
    Answer::ok(&preview.await??)
}

/// Mette la bozza in un piano
///
/// Tutta o niente; la seconda volta, o con lo stesso file importato di nuovo, non cambia nulla e lo dice. Ciò che il piano ha già
/// conserva la sua identità; le strutture che il comune non ha sono create. Il piano dev'essere modificabile.
#[utoipa::path(tag = "imports", params(ImportPath, crate::call::IdempotencyKey), request_body = ApplicationRequest, responses(
    (status = 200, description = "Il piano com'è ora, e se è cambiato.", body = ApplicationResponse),
    (status = 412, description = "L'importazione non è più alla revisione indicata."),
))]
#[post("/{import}/application")]
pub(crate) async fn apply_import(call: Call<ImportPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ApplyImports)?;
    let (app, id) = (permit.app.clone(), permit.path.import);
    let work = move |tx: &mut TenantTx<'_>, asked: ApplicationRequest| {
        let unknown = || Problem::invalid(vec![wire::unknown_plan()]);
        let target = Target::read(asked.plan.as_ref(), unknown)?;
        let before = found(tx, id)?.import;
        before.drafted()?;
        let onto = Onto::load(tx, &before, &target, unknown)?;
        if let (Some(seen), Some(plan)) = (asked.revision, onto.plan()) {
            Expected::OneOf(vec![Version::stored(seen)]).check(plan.revision)?;
        } else if asked.revision.is_some() {
            return Err(Violation::Gone.into());
        }
        let draft = open(&kept(tx, id)?)?;
        let merged = onto.merged(&draft, asked.remove_absent.unwrap_or_default(), &mut || app.new_id())?;
        let changes = onto.changes(&merged.document)?;
        let (plan, unchanged) = match onto.there() {
            Some((plan, _)) if changes.is_empty() => (plan.clone(), true),
            known => {
                hold(tx, known.map(|(_, document)| document), &merged.document)?;
                (plan_documents::put(tx, known, &merged.document)?, false)
            }
        };
        let applied = Applied { plan: plan.id, at: tx.occasion().at, revision: plan.revision };
        mark(tx, &before, &before.apply(applied)?, unchanged)?;
        Answer::ok(&ApplicationResponse::new(unchanged, onto.plan().is_none(), plan, &changes))
    };
    permit.keyed(Confidence::Open, work).await
}

/// Notes on the import where its draft is now.
fn mark(tx: &mut TenantTx<'_>, before: &Import, after: &Import, unchanged: bool) -> Result<(), Problem> {
    if after == before {
        if unchanged {
            tx.leave_unchanged();
        }
        return Ok(());
    }
    Ok(imports::mark_applied(tx, before, after)?)
}
