//! The cycle of a plan over HTTP: which transitions are open, which were made, and making one.

use std::collections::BTreeSet;

use actix_web::{get, post};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use traguardo_documents::{Reader, Word};
use traguardo_domain::access::Action;
use traguardo_domain::act::{Act, ActKind};
use traguardo_domain::evaluation::Evaluation;
use traguardo_domain::plan::cycle::{Circumstances, Grounds, Lack, Transition, Way};
use traguardo_domain::plan::{Plan, PlanState};
use traguardo_domain::review::{Context, review};
use traguardo_domain::said::Words;
use traguardo_domain::text::Line;
use traguardo_domain::{Faults, Violation};
use traguardo_persistence::results::Inputs;
use traguardo_persistence::transitions::{self, Made};
use traguardo_persistence::{TenantTx, objectives, plan_documents, reports, results, rulebooks};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;
use validator::Validate;

use crate::answer::Answer;
use crate::call::Call;
use crate::conclusion;
use crate::keyed::Confidence;
use crate::plans::{self, PlanPath, PlanResponse};
use crate::problem::Problem;
use crate::words::{PlanStateWord, RoleWord};

/// A step of the cycle.
type TransitionWord = Word<Transition>;
/// What a transition lacks.
type LackWord = Word<Lack>;
/// The kind of an act.
type ActKindWord = Word<ActKind>;

/// Adds the routes of the cycle of a plan.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config.service(list_transitions).service(make_transition);
}

/// Un atto di un organo del comune.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Act, example = json!({"kind": "giunta_resolution", "number": "12", "date": "2025-01-31"}))]
pub(crate) struct ActBody {
    /// Tipo di atto.
    kind: ActKindWord,
    /// Numero.
    #[schema(min_length = 1, max_length = 40, pattern = "^.*\\S.*$", example = "12")]
    #[validate(length(min = 1, max = 40))]
    number: String,
    /// Data di adozione.
    #[serde(deserialize_with = "crate::day::one")]
    #[schema(example = "2025-01-31")]
    date: NaiveDate,
}

/// Il passaggio di stato che si chiede.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"transition": "propose"}))]
pub(crate) struct NewTransition {
    /// Il passaggio.
    transition: TransitionWord,
    /// L'atto che lo rende ufficiale, dove serve.
    #[schema(nullable = false)]
    #[validate(nested)]
    act: Option<ActBody>,
    /// Il motivo, dove serve.
    #[schema(nullable = false, min_length = 1, max_length = 4000, pattern = "^[\\s\\S]+$")]
    #[validate(length(min = 1, max = 4000))]
    reason: Option<String>,
}

/// Un passaggio che parte dallo stato in cui è il piano.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OpenTransition, example = json!({"transition": "approve", "to": "approved", "roles": ["giunta", "segretario"], "lacks": ["act"]}))]
pub(crate) struct WayResponse {
    /// Il passaggio.
    transition: TransitionWord,
    /// Lo stato a cui porta.
    to: PlanStateWord,
    /// Chi può farlo.
    #[schema(min_items = 1, max_items = 14)]
    roles: Vec<RoleWord>,
    /// Che cosa gli manca, per chi chiede; vuoto se può farlo subito.
    #[schema(min_items = 0, max_items = 8)]
    lacks: Vec<LackWord>,
}

/// Un passaggio fatto.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MadeTransition, example = json!({"transition": "propose", "state": "proposed", "at": "2025-01-10T09:00:00Z"}))]
pub(crate) struct MadeResponse {
    /// Il passaggio.
    transition: TransitionWord,
    /// Lo stato a cui ha portato.
    state: PlanStateWord,
    /// Quando.
    at: DateTime<Utc>,
    /// Il membro che lo ha fatto.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    member: Option<Uuid>,
    /// L'atto.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = ActBody)]
    act: Option<Act>,
    /// Il motivo.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 4000, pattern = "^[\\s\\S]+$")]
    reason: Option<String>,
}

/// Dove è il piano nel ciclo, dove può andare e da dove viene.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Transitions, example = json!({"state": "draft", "open": [], "made": []}))]
pub(crate) struct TransitionsResponse {
    /// Lo stato.
    state: PlanStateWord,
    /// I passaggi che partono da qui.
    #[schema(min_items = 0, max_items = 10)]
    open: Vec<WayResponse>,
    /// I passaggi fatti, dall'ultimo.
    #[schema(min_items = 0, max_items = 10_000)]
    made: Vec<MadeResponse>,
}

impl From<Way> for WayResponse {
    fn from(way: Way) -> Self {
        Self {
            transition: Word(way.transition),
            to: Word(way.to),
            roles: way.roles.iter().copied().map(Word).collect(),
            lacks: way.lacks.into_iter().map(|lacking| Word(lacking.what)).collect(),
        }
    }
}

impl From<Made> for MadeResponse {
    fn from(made: Made) -> Self {
        Self {
            transition: Word(made.transition),
            state: Word(made.state),
            at: made.at,
            member: made.member,
            act: made.grounds.act,
            reason: made.grounds.reason.map(String::from),
        }
    }
}

impl ActBody {
    /// The act, when it can be one.
    pub(crate) fn read(&self, at: &mut Reader<'_>) -> Option<Act> {
        let number = at.take("number", Line::parse(&self.number))?;
        Some(Act { kind: self.kind.0, number, date: self.date })
    }
}

impl NewTransition {
    fn grounds(&self) -> Result<Grounds, Problem> {
        let mut faults = Faults::new();
        let mut at = Reader::new(&mut faults);
        let reason = at.maybe("reason", self.reason.as_ref(), Words::parse);
        let act = self.act.as_ref().and_then(|act| act.read(&mut at.member("act")));
        faults.finish(Some(Grounds { act, reason })).map_err(Problem::invalid)
    }
}

/// What a transition of a plan finds: what only the asked ones want is looked up only where they leave from.
fn circumstances(tx: &mut TenantTx<'_>, plan: &Plan, today: NaiveDate) -> Result<Circumstances, Problem> {
    let year = plan.facts.year;
    let scored_by = rulebooks::look_up(tx, year)?;
    let rulebook = scored_by.as_ref().map(|edition| &edition.rulebook);
    let blocks = rulebook.is_some_and(|rulebook| !rulebook.blocking.is_empty());
    let blocking = match rulebook {
        Some(rulebook) if blocks && (!plan.state.is_public() || plan.state == PlanState::InVariation) => {
            let document = plan_documents::load(tx, plan)?;
            let found = review(&document, &Context::default()).into_iter().map(|finding| finding.code);
            found.filter(|code| rulebook.blocking.contains(code)).collect()
        }
        Some(_) | None => BTreeSet::new(),
    };
    let (has_rulebook, undecided) = if plan.state == PlanState::Reporting {
        let inputs = results::inputs(tx, plan, today)?;
        (inputs.by.reference().is_some(), undecided(&inputs))
    } else {
        (scored_by.is_some(), 0)
    };
    Ok(Circumstances {
        today,
        has_objectives: objectives::any(tx, plan.id)?,
        blocking,
        variations_until: rulebook.and_then(|rulebook| rulebook.last_day_of_variations(year)),
        has_rulebook,
        undecided,
    })
}

/// What a transition leaves behind beside the state: the results as certified, the report as adopted, the facts as published.
fn conclude(
    tx: &mut TenantTx<'_>,
    plan: &Plan,
    transition: Transition,
    grounds: &Grounds,
    today: NaiveDate,
) -> Result<(), Problem> {
    match (transition, &grounds.act) {
        (Transition::Certify, _) => conclusion::certify(tx, plan, today),
        (Transition::AdoptReport, Some(act)) => {
            let drawn = conclusion::draw_report(tx, plan, today)?;
            reports::adopt(tx, plan.id, drawn, act)?;
            Ok(())
        }
        (Transition::ValidateReport, _) => conclusion::publish(tx, plan, today).map(drop),
        (
            Transition::AdoptReport
            | Transition::Propose
            | Transition::OpenReview
            | Transition::SendBack
            | Transition::Approve
            | Transition::Publish
            | Transition::Start
            | Transition::OpenVariation
            | Transition::ApproveVariation
            | Transition::OpenReporting
            | Transition::ReturnReport
            | Transition::Close
            | Transition::ResumeYear
            | Transition::ReopenCollection,
            _,
        ) => Ok(()),
    }
}

/// How many assignments the evaluation body has still to decide on.
fn undecided(inputs: &Inputs) -> usize {
    let objectives = inputs.document.objectives.iter();
    let assignments = objectives.flat_map(|objective| &objective.facts.assignments);
    let decided = |id| inputs.evaluations.get(id).is_some_and(|one: &Evaluation| one.decision().is_some());
    assignments.filter(|assignment| !decided(&assignment.id)).count()
}

/// Elenca i passaggi di un piano
///
/// Quelli che partono dallo stato in cui è, con ciò che manca a ciascuno per chi chiede, e quelli fatti.
#[utoipa::path(tag = "cycle", params(PlanPath), responses(
    (status = 200, description = "I passaggi.", body = TransitionsResponse),
))]
#[get("/{plan}/transitions")]
pub(crate) async fn list_transitions(call: Call<PlanPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadPlans)?;
    let (key, roles, today) = (permit.path.plan.clone(), permit.actor.roles.clone(), permit.app.today());
    let work = move |tx: &mut TenantTx<'_>| {
        let plan = plans::look_up(tx, &key)?.ok_or(Violation::NotFound)?;
        let ways = plan.ways(&roles, &circumstances(tx, &plan, today)?);
        Ok(TransitionsResponse {
            state: Word(plan.state),
            open: ways.into_iter().map(WayResponse::from).collect(),
            made: transitions::all(tx, plan.id)?.into_iter().map(MadeResponse::from).collect(),
        })
    };
    Answer::ok(&permit.tenant(work).await?)
}

/// Fa un passaggio
///
/// L'approvazione sigilla il piano: il documento intero, con la sua impronta, il suo numero e l'atto.
#[utoipa::path(tag = "cycle", params(PlanPath, crate::call::IdempotencyKey), request_body = NewTransition, responses(
    (status = 200, description = "L'intestazione del piano, nel nuovo stato.", body = PlanResponse),
))]
#[post("/{plan}/transitions")]
pub(crate) async fn make_transition(call: Call<PlanPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::MovePlans)?;
    let (key, roles, today) = (permit.path.plan.clone(), permit.actor.roles.clone(), permit.app.today());
    let work = move |tx: &mut TenantTx<'_>, asked: NewTransition| {
        let Word(transition) = asked.transition;
        let grounds = asked.grounds()?;
        let before = plans::look_up(tx, &key)?.ok_or(Violation::NotFound)?;
        let after = before.make(transition, &roles, &grounds, &circumstances(tx, &before, today)?)?;
        transitions::make(tx, &before, &after, transition, &grounds)?;
        conclude(tx, &after, transition, &grounds, today)?;
        Answer::found(after.version, &PlanResponse::from(after))
    };
    permit.keyed(Confidence::Open, work).await
}
