//! Certifying many assignments at once: what was computed stands, for all that are named or for all that nothing was asked of.

use std::collections::HashSet;

use actix_web::post;
use serde::{Deserialize, Serialize};
use traguardo_domain::access::Action;
use traguardo_domain::assignment::AssignmentId;
use traguardo_domain::evaluation::{EvaluationState, EvaluationStep, EvaluationStepId, Move};
use traguardo_domain::{Fault, FaultKind, Violation};
use traguardo_persistence::{TenantTx, evaluations};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::bench::{Bench, Place};
use crate::answer::Answer;
use crate::app::App;
use crate::call::{Call, IdempotencyKey, Key};
use crate::keyed::Confidence;
use crate::plans::PlanPath;
use crate::problem::{Problem, ProblemBody};

/// Le assegnazioni da certificare: quelle nominate, oppure tutte quelle su cui nulla è stato chiesto né risposto.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"all_open": true}))]
pub(crate) struct Certifications {
    /// Gli identificativi delle assegnazioni, oppure `ext:` seguito dalla chiave esterna.
    #[schema(schema_with = names, required = false)]
    #[validate(length(min = 1, max = 2000))]
    assignments: Option<Vec<String>>,
    /// Se vero, tutte quelle da aprire o appena aperte. Quelle su cui si sono chieste prove, o si è risposto, vanno nominate.
    #[schema(nullable = false)]
    all_open: Option<bool>,
}

fn names() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
    use utoipa::openapi::Schema;
    use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, Type};
    let name = ObjectBuilder::new()
        .schema_type(Type::String)
        .max_length(Some(104))
        .pattern(Some("^(ext:[A-Za-z0-9._:~@+-]+|[0-9a-fA-F-]{36})$"));
    let about = "Gli identificativi delle assegnazioni, oppure `ext:` seguito dalla chiave esterna.";
    let list = ArrayBuilder::new().items(name).min_items(Some(1)).max_items(Some(2_000));
    Schema::from(list.description(Some(about)).build()).into()
}

/// L'esito per un'assegnazione.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"assignment": "0193a5c0-0000-7000-8000-000000000005", "status": 201}))]
pub(crate) struct CertificationOutcome {
    /// L'assegnazione, come è stata nominata.
    #[schema(max_length = 104, pattern = "^[\\s\\S]*$")]
    assignment: String,
    /// Lo stato che avrebbe avuto il singolo passo.
    #[schema(minimum = 200, maximum = 499)]
    status: i32,
    /// Perché non è stata certificata.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    problem: Option<ProblemBody>,
}

/// Gli esiti, nell'ordine in cui le assegnazioni sono nominate, o in quello del piano.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"certified": 147, "refused": 0, "items": []}))]
pub(crate) struct CertificationOutcomes {
    /// Quante sono certificate.
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    certified: i32,
    /// Quante non lo sono.
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    refused: i32,
    /// Gli esiti.
    #[schema(min_items = 0, max_items = 100_000)]
    items: Vec<CertificationOutcome>,
}

impl Certifications {
    /// The names of what is to be certified.
    fn named(&self, bench: &Bench) -> Result<Vec<String>, Violation> {
        match (&self.assignments, self.all_open.unwrap_or_default()) {
            (Some(named), false) => Ok(named.clone()),
            (None, true) => {
                let untouched = |place: &Place<'_>| match bench.evaluation(*place).state() {
                    EvaluationState::Unopened | EvaluationState::Open => true,
                    EvaluationState::Waiting | EvaluationState::Answered | EvaluationState::Decided => false,
                };
                let open = bench.places().filter(untouched);
                Ok(open.map(|place| place.assignment.id.0.to_string()).collect())
            }
            (Some(_), true) | (None, false) => {
                let detail = "assignments, oppure all_open vero: uno dei due.".to_owned();
                let fault = Fault { pointer: String::new(), kind: FaultKind::Inconsistent, detail };
                Err(Violation::Invalid(vec![fault]))
            }
        }
    }
}

/// Certifies one after the other; one named twice is decided the second time.
struct Certifying<'c> {
    app: &'c App,
    bench: &'c Bench,
    by: Uuid,
    done: HashSet<AssignmentId>,
}

impl Certifying<'_> {
    fn certify(&mut self, tx: &mut TenantTx<'_>, name: &str) -> Result<(), Problem> {
        let key = Key::parse(name).ok_or(Violation::NotFound)?;
        let place = self.bench.find(&key)?;
        if self.done.contains(&place.assignment.id) {
            let decided =
                traguardo_domain::evaluation::EvaluationRefusal::NotFromHere(EvaluationState::Decided);
            return Err(Violation::EvaluationRefused(decided).into());
        }
        let (at, by, app) = (tx.occasion().at, self.by, self.app);
        let step = |made: Move| EvaluationStep { id: EvaluationStepId(app.new_id()), made, at, by };
        let mut before = self.bench.evaluation(place);
        let values = self.bench.values(place);
        for after in before.certified(step, &values).map_err(Violation::EvaluationRefused)? {
            evaluations::add(tx, self.bench.inputs.plan.id, &before, &after)?;
            before = after;
        }
        self.done.insert(place.assignment.id);
        Ok(())
    }
}

/// Certifica molte assegnazioni
///
/// Per ciascuna vale il risultato calcolato: quelle da aprire sono aperte e decise. Ciascuna ha il suo esito: di quelle su cui chi certifica ha
/// inserito un valore, e di quelle già decise, si dice perché no, e le altre sono certificate lo stesso.
#[utoipa::path(tag = "evaluation", params(PlanPath, IdempotencyKey), request_body = Certifications, responses(
    (status = 200, description = "Gli esiti.", body = CertificationOutcomes),
))]
#[post("/{plan}/certifications")]
pub(crate) async fn certify_assignments(call: Call<PlanPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::Evaluate)?;
    let (app, key, by) = (permit.app.clone(), permit.path.plan.clone(), permit.actor.member);
    let work = move |tx: &mut TenantTx<'_>, asked: Certifications| {
        let bench = Bench::open(tx, &key, app.today())?;
        bench.collects()?;
        let names = asked.named(&bench)?;
        let mut certifying = Certifying { app: &app, bench: &bench, by, done: HashSet::new() };
        let mut items = Vec::with_capacity(names.len());
        for name in names {
            match certifying.certify(tx, &name) {
                // What is not the item's own fault is everybody's.
                Err(problem) if problem.body("").status() >= 500 => return Err(problem),
                outcome => items.push(outcome_of(name, outcome)),
            }
        }
        let refused = items.iter().filter(|one| one.problem.is_some()).count();
        let certified = items.len().saturating_sub(refused);
        if certified == 0 {
            tx.leave_unchanged();
        }
        let number = |count: usize| i32::try_from(count).unwrap_or(i32::MAX);
        Answer::ok(&CertificationOutcomes { certified: number(certified), refused: number(refused), items })
    };
    permit.keyed(Confidence::Open, work).await
}

fn outcome_of(assignment: String, outcome: Result<(), Problem>) -> CertificationOutcome {
    match outcome {
        Ok(()) => CertificationOutcome { assignment, status: 201, problem: None },
        Err(problem) => {
            let problem = problem.body("");
            CertificationOutcome { assignment, status: problem.status(), problem: Some(problem) }
        }
    }
}
