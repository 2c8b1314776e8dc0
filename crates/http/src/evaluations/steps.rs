//! The steps of an evaluation: the body's, and the answers of whoever answers for the structure.

use actix_web::post;
use traguardo_documents::Reader;
use traguardo_domain::Faults;
use traguardo_domain::access::Action;
use traguardo_domain::evaluation::{EvaluationStep, EvaluationStepId, Move};
use traguardo_domain::figure::Figure;
use traguardo_domain::plan::PlanId;
use traguardo_persistence::{TenantTx, evidence_files};
use uuid::Uuid;

use super::EvaluationPath;
use super::bench::Bench;
use super::judgement::{EvaluationAnswer, EvaluationMove};
use super::wire::EvaluationResponse;
use crate::answer::Answer;
use crate::call::{Call, IdempotencyKey, Permit};
use crate::keyed::Confidence;
use crate::problem::Problem;

/// Fa un passo di una valutazione
///
/// L'organo di valutazione apre, chiede prove, decide, ritira la decisione per decidere di nuovo. Nulla si sovrascrive: il risultato calcolato
/// resta accanto a ciò che si decide. Chi ha inserito un valore, anche poi corretto, non decide su di esso.
#[utoipa::path(tag = "evaluation", params(EvaluationPath, IdempotencyKey), request_body = EvaluationMove, responses(
    (status = 201, description = "La valutazione, con il passo fatto.", body = EvaluationResponse),
))]
#[post("/{assignment}/steps")]
pub(crate) async fn take_step(call: Call<EvaluationPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::Evaluate)?;
    let made = Making::of(&permit, "/steps");
    let work = move |tx: &mut TenantTx<'_>, body: EvaluationMove| {
        made.carry_out(tx, |_, _| Ok(()), |at, cap, ()| body.read(at, cap))
    };
    permit.keyed(Confidence::Open, work).await
}

/// Risponde all'organo di valutazione
///
/// Il responsabile della struttura, per le proprie assegnazioni, e il segretario: porta prove, e può chiedere un altro risultato o che sia
/// riconosciuta una causa non imputabile. Ciò che chiede resta scritto accanto a ciò che si decide.
#[utoipa::path(tag = "evaluation", params(EvaluationPath, IdempotencyKey), request_body = EvaluationAnswer, responses(
    (status = 201, description = "La valutazione, con la risposta.", body = EvaluationResponse),
))]
#[post("/{assignment}/answers")]
pub(crate) async fn answer_evaluation(call: Call<EvaluationPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::AnswerEvaluations)?;
    let made = Making::of(&permit, "/answers");
    let work = move |tx: &mut TenantTx<'_>, body: EvaluationAnswer| {
        let files = body.files();
        let kept = |tx: &mut TenantTx<'_>, plan| Ok(evidence_files::digests(tx, plan, files)?);
        made.carry_out(tx, kept, |at, cap, files| body.read(at, cap, &files))
    };
    permit.keyed(Confidence::Open, work).await
}

/// A step being made: where, by whom, on which day.
struct Making {
    path: EvaluationPath,
    id: Uuid,
    by: Uuid,
    today: chrono::NaiveDate,
    location: String,
}

impl Making {
    fn of(permit: &Permit<EvaluationPath>, end: &str) -> Self {
        let path = permit.request.path();
        Self {
            path: EvaluationPath {
                comune: (),
                plan: permit.path.plan.clone(),
                assignment: permit.path.assignment.clone(),
            },
            id: permit.app.new_id(),
            by: permit.actor.member,
            today: permit.app.today(),
            location: permit.link(path.strip_suffix(end).unwrap_or(path)),
        }
    }

    /// Makes the step that is read with the cap of the rulebook and with what is looked up for it, and answers with the
    /// evaluation.
    fn carry_out<K>(
        self,
        tx: &mut TenantTx<'_>,
        look_up: impl FnOnce(&mut TenantTx<'_>, PlanId) -> Result<K, Problem>,
        read: impl FnOnce(&mut Reader<'_>, Figure, K) -> Option<Move>,
    ) -> Result<Answer, Problem> {
        let bench = Bench::open(tx, &self.path.plan, self.today)?;
        let place = bench.find(&self.path.assignment)?;
        Bench::reached(tx, place)?;
        bench.collects()?;
        let known = look_up(tx, bench.inputs.plan.id)?;
        let mut faults = Faults::new();
        let made = read(&mut Reader::new(&mut faults), bench.inputs.by.rulebook().formulas.cap, known);
        let made = faults.finish(made).map_err(Problem::invalid)?;
        let step = EvaluationStep { id: EvaluationStepId(self.id), made, at: tx.occasion().at, by: self.by };
        let after = bench.take(tx, place, step)?;
        Answer::created_without_version(self.location, &bench.told_as(place, after))
    }
}
