//! Bringing an objective to a newer version of the template it follows, over HTTP: seen first, then done by the same function.

use actix_web::{get, put};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use traguardo_documents::Word;
use traguardo_domain::access::Action;
use traguardo_domain::objective::ObjectiveFacts;
use traguardo_domain::period::Year;
use traguardo_domain::template::Template;
use traguardo_domain::template::content::{Content, Place};
use traguardo_domain::template::rebase::{
    Choices, RebaseChange, RebaseChoice, RebaseOutcome, Rebased, Versions, rebase,
};
use traguardo_domain::text::Code;
use traguardo_domain::{FaultKind, Violation};
use traguardo_persistence::adoptions::followed;
use traguardo_persistence::{TenantTx, objectives, templates};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use super::followed::Followed;
use super::list::FieldWord;
use super::{Bench, fault};
use crate::answer::Answer;
use crate::app::App;
use crate::call::Call;
use crate::json_value::JsonValue;
use crate::kept::ObjectiveResponse;
use crate::objectives::{ObjectivePath, name};
use crate::plans;
use crate::problem::Problem;
use crate::workspace::Workspace;

type OutcomeWord = Word<RebaseOutcome>;
type ChoiceWord = Word<RebaseChoice>;

/// Che cosa succede a un campo.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RebaseChange, example = json!({
    "field": "purpose", "outcome": "conflict", "locked": false, "base": "Pagare in tempo", "theirs": "Pagare entro trenta giorni",
    "ours": "Pagare chi lavora per noi"
}))]
pub(super) struct ChangeResponse {
    /// Quale campo.
    field: FieldWord,
    /// Di quale indicatore condiviso, se è di un indicatore.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        max_length = 40,
        pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$",
        example = "T1.itp"
    )]
    indicator: Option<String>,
    /// Che cosa gli succede.
    outcome: OutcomeWord,
    /// Se la nuova versione lo blocca.
    locked: bool,
    /// Che cosa diceva la versione seguita.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = JsonValue)]
    base: Option<Value>,
    /// Che cosa dice la nuova.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = JsonValue)]
    theirs: Option<Value>,
    /// Che cosa dice l'obiettivo.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = JsonValue)]
    ours: Option<Value>,
}

/// Che cosa cambierebbe passando a una nuova versione.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RebasePreview, example = json!({
    "template": "T1", "from": 1, "to": 2, "changes": [], "redefined": [], "released": []
}))]
pub(super) struct RebaseResponse {
    /// L'obiettivo condiviso.
    #[schema(max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$", example = "T1")]
    template: String,
    /// La versione che si segue.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    from: i32,
    /// Quella a cui si passerebbe.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    to: i32,
    /// Che cosa succede a ciò che non è come diceva la versione seguita.
    #[schema(min_items = 0, max_items = 500)]
    changes: Vec<ChangeResponse>,
    /// Gli indicatori di cui cambia la definizione: i dati di prima e di dopo non si confrontano.
    #[schema(min_items = 0, max_items = 100, value_type = Vec<RebasedIndicatorCode>)]
    redefined: Vec<String>,
    /// Gli indicatori che la nuova versione non ha più e restano, del solo obiettivo.
    #[schema(min_items = 0, max_items = 100, value_type = Vec<RebasedIndicatorCode>)]
    released: Vec<String>,
}

/// Il codice di un indicatore condiviso.
#[derive(ToSchema)]
#[schema(max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$", example = "T1.itp")]
#[expect(dead_code, reason = "gives the items of a list their bounds in the published schema")]
struct RebasedIndicatorCode(String);

/// Che cosa si sceglie di un conflitto.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RebaseDecision, example = json!({"field": "purpose", "choice": "theirs"}))]
pub(super) struct ChoiceBody {
    /// Quale campo.
    field: FieldWord,
    /// Di quale indicatore condiviso, se è di un indicatore.
    #[schema(
        nullable = false,
        max_length = 40,
        pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$",
        example = "T1.itp"
    )]
    indicator: Option<String>,
    /// Chi ha ragione.
    choice: ChoiceWord,
}

/// Il passaggio a una nuova versione.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"choices": []}))]
pub(super) struct NewRebase {
    /// La versione a cui passare; l'ultima, se non è detta.
    #[schema(nullable = false, minimum = 1, maximum = 2_147_483_647)]
    #[validate(range(min = 1))]
    to: Option<i32>,
    /// Che cosa si sceglie dei conflitti; degli altri resta ciò che dice l'obiettivo.
    #[schema(nullable = false, min_items = 0, max_items = 500)]
    choices: Option<Vec<ChoiceBody>>,
}

/// To which version.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct RebaseQuery {
    /// La versione a cui si passerebbe; l'ultima, se non è detta.
    #[param(nullable = false, minimum = 1, maximum = 2_147_483_647)]
    to: Option<i32>,
}

impl From<RebaseChange> for ChangeResponse {
    fn from(change: RebaseChange) -> Self {
        let value = |content: Option<Content>| content.and_then(|content| serde_json::to_value(content).ok());
        Self {
            field: Word(change.place.field),
            indicator: change.place.indicator.map(String::from),
            outcome: Word(change.outcome),
            locked: change.locked,
            base: value(change.base),
            theirs: value(change.theirs),
            ours: value(change.ours),
        }
    }
}

impl NewRebase {
    fn choices(&self) -> Result<Choices, Problem> {
        let mut choices = Choices::new();
        for (at, one) in self.choices.iter().flatten().enumerate() {
            let indicator =
                one.indicator.as_deref().map(Code::parse).transpose().map_err(|refused| {
                    Problem::invalid(vec![refused.at(&format!("/choices/{at}/indicator"))])
                })?;
            choices.insert(Place { field: one.field.0, indicator }, one.choice.0);
        }
        Ok(choices)
    }

    /// Every choice must be of a conflict: a choice that changes nothing was made of something else.
    fn check(&self, rebased: &Rebased) -> Result<(), Problem> {
        for (at, one) in self.choices.iter().flatten().enumerate() {
            let of_it = |change: &&RebaseChange| {
                let indicator = change.place.indicator.as_ref().map(Code::as_str);
                change.place.field == one.field.0 && indicator == one.indicator.as_deref()
            };
            let change = rebased.changes.iter().find(of_it);
            if change.is_none_or(|change| change.choice.is_none()) {
                let detail = "Su questo campo non c'è un conflitto da decidere.";
                return Err(fault(&format!("/choices/{at}"), FaultKind::Inconsistent, detail));
            }
        }
        Ok(())
    }
}

/// The two versions of a rebase.
struct Pair {
    base: Template,
    theirs: Template,
}

impl Pair {
    fn load(
        tx: &mut TenantTx<'_>,
        objective: &traguardo_domain::objective::Objective,
        to: Option<i32>,
    ) -> Result<Self, Problem> {
        let named = followed(objective).ok_or(Violation::NotFound)?;
        let code = named.0.clone();
        let known = Followed::load(tx, [named])?;
        let base = known.of(&objective.facts).cloned().ok_or(Violation::NotFound)?;
        let theirs = templates::look_up(tx, &code, to)?.ok_or_else(unknown_version)?.template;
        if theirs.number < base.number {
            let detail = "È più vecchia di quella che l'obiettivo segue.";
            return Err(fault("/to", FaultKind::Inconsistent, detail));
        }
        Ok(Self { base, theirs })
    }

    fn rebased(&self, facts: &ObjectiveFacts, year: Year, choices: &Choices, app: &App) -> Rebased {
        let versions = Versions { base: &self.base, theirs: &self.theirs };
        rebase(facts, versions, year, choices, &mut || app.new_id())
    }
}

fn unknown_version() -> Problem {
    fault("/to", FaultKind::UnknownReference, "L'obiettivo condiviso non ha questa versione.")
}

/// Mostra che cosa cambierebbe con una nuova versione
///
/// A tre vie: ciò che diceva la versione seguita, ciò che dice la nuova, ciò che dice l'obiettivo. Non si cambia nulla.
#[utoipa::path(tag = "adoptions", params(ObjectivePath, RebaseQuery), responses(
    (status = 200, description = "Che cosa cambierebbe.", body = RebaseResponse),
    (status = 422, description = "L'obiettivo condiviso non ha questa versione."),
))]
#[get("/{objective}/rebase")]
pub(super) async fn preview_rebase(call: Call<ObjectivePath, RebaseQuery>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadPlans)?;
    let (plan, key) = (permit.path.plan.clone(), permit.path.objective.clone());
    let (app, to) = (permit.app.clone(), permit.query.to);
    let work = move |tx: &mut TenantTx<'_>| {
        let plan = plans::look_up(tx, &plan)?.ok_or(Violation::NotFound)?;
        let placed = objectives::look_up(tx, plan.id, name(&key))?.ok_or(Violation::NotFound)?;
        let pair = Pair::load(tx, &placed.objective, to)?;
        let done = pair.rebased(&placed.objective.facts, plan.facts.year, &Choices::new(), &app);
        Ok(RebaseResponse {
            template: pair.base.code.as_str().to_owned(),
            from: pair.base.number,
            to: pair.theirs.number,
            changes: done.changes.into_iter().map(ChangeResponse::from).collect(),
            redefined: done.redefined.into_iter().map(String::from).collect(),
            released: done.released.into_iter().map(String::from).collect(),
        })
    };
    Answer::ok(&permit.tenant(work).await?)
}

/// Porta un obiettivo a una nuova versione
///
/// Ciò che solo l'obiettivo condiviso ha cambiato si prende, ciò che solo l'obiettivo dice resta; dei conflitti resta ciò che dice
/// l'obiettivo, se non si sceglie altrimenti; ciò che è bloccato si prende. Serve `If-Match` con l'`ETag` dell'obiettivo.
#[utoipa::path(tag = "adoptions", params(ObjectivePath, crate::call::IfMatch), request_body = NewRebase, responses(
    (status = 200, description = "L'obiettivo com'è ora.", body = ObjectiveResponse),
))]
#[put("/{objective}/rebase")]
pub(super) async fn rebase_objective(call: Call<ObjectivePath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::Adopt)?;
    let (condition, app) = (permit.condition()?, permit.app.clone());
    let (plan, key) = (permit.path.plan.clone(), permit.path.objective.clone());
    let (permit, body) = permit.read::<NewRebase>().await?;
    let choices = body.choices()?;
    let work = move |tx: &mut TenantTx<'_>| {
        let workspace = Workspace::open(tx, &app, &plan)?;
        let bench = Bench::set(tx, &workspace, &key, &condition)?;
        let pair = Pair::load(tx, &bench.before.objective, body.to)?;
        let facts = &bench.before.objective.facts;
        let done = pair.rebased(facts, workspace.plan.facts.year, &choices, &app);
        body.check(&done)?;
        bench.store(tx, done.facts)
    };
    permit.tenant(work).await
}
