//! The editions of a year: each as it is kept, what changes from one to another, and what the evaluation body thinks of each.

use actix_web::{get, post};
use traguardo_domain::access::Action;
use traguardo_domain::period::Year;
use traguardo_domain::rulebook::{Edition, EditionRef, Rulebook};
use traguardo_domain::{Violation, Vocabulary as _};
use traguardo_persistence::{TenantTx, rulebooks};

use super::names::{EditionDiffPath, EditionPath, Other, Which, YearPath};
use super::ready;
use super::wire::{
    ChangeResponse, NewOpinion, OpinionList, OpinionResponse, RulebookDifference, RulebookEdition,
    RulebookEditionSummary, RulebookEditions,
};
use crate::answer::Answer;
use crate::call::Call;
use crate::keyed::Confidence;
use crate::problem::{Kind, Problem};

fn edition(tx: &mut TenantTx<'_>, year: Year, which: Which) -> Result<Edition, Problem> {
    let found = match which {
        Which::Current => rulebooks::look_up(tx, year)?,
        Which::Number(edition) => rulebooks::read(tx, EditionRef { year, edition })?,
    };
    Ok(found.ok_or(Violation::NotFound)?)
}

/// Elenca le edizioni di un anno
///
/// Dall'ultima, che è la corrente.
#[utoipa::path(tag = "rulebooks", params(YearPath), responses(
    (status = 200, description = "Le edizioni.", body = RulebookEditions),
))]
#[get("/{year}/editions")]
pub(crate) async fn list_rulebook_editions(call: Call<YearPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadRulebooks)?;
    let year = permit.path.year;
    let all = permit.tenant(move |tx| Ok(rulebooks::of_year(tx, year)?)).await?;
    if all.is_empty() {
        return Err(Violation::NotFound.into());
    }
    Answer::ok(&RulebookEditions { items: all.into_iter().map(RulebookEditionSummary::from).collect() })
}

/// Legge un'edizione
///
/// Com'è stata registrata, che non cambia mai; con i pareri e con le versioni dei piani sigillate con essa, che si aggiungono.
#[utoipa::path(tag = "rulebooks", params(EditionPath), responses(
    (status = 200, description = "L'edizione.", body = RulebookEdition),
))]
#[get("/{year}/editions/{number}")]
pub(crate) async fn read_rulebook_edition(call: Call<EditionPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadRulebooks)?;
    let (year, which) = (permit.path.year, permit.path.number);
    let work = move |tx: &mut TenantTx<'_>| {
        let edition = edition(tx, year, which)?;
        let sealed = rulebooks::sealed_with(tx, year)?;
        let opinions = rulebooks::opinions(tx, edition.reference())?;
        Ok(RulebookEdition::from(edition).with(&sealed, opinions))
    };
    Answer::ok(&permit.tenant(work).await?)
}

/// Confronta due edizioni
///
/// Che cosa è cambiato, membro per membro; anche rispetto a un sistema già pronto.
#[utoipa::path(tag = "rulebooks", params(EditionDiffPath), responses(
    (status = 200, description = "I cambiamenti.", body = RulebookDifference),
))]
#[get("/{year}/editions/{number}/diff/{other}")]
pub(crate) async fn compare_rulebook_editions(call: Call<EditionDiffPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadRulebooks)?;
    let EditionDiffPath { year, number, other, .. } = permit.path;
    let work = move |tx: &mut TenantTx<'_>| {
        let before = edition(tx, year, number)?;
        let after: (String, Rulebook) = match other {
            Other::Shipped(which) => (which.word().to_owned(), ready(which)?),
            Other::Edition(which) => {
                let after = edition(tx, year, which)?;
                (after.number.number().to_string(), after.rulebook)
            }
        };
        Ok((before, after))
    };
    let (before, (to, after)) = permit.tenant(work).await?;
    let changes = before.rulebook.changes(&after).map_err(|error| {
        log::error!("two rulebooks cannot be compared: {error}");
        Problem::of(Kind::Internal)
    })?;
    Answer::ok(&RulebookDifference {
        from: before.number.number().to_string(),
        to,
        changes: changes.into_iter().map(ChangeResponse::from).collect(),
    })
}

/// Elenca i pareri su un'edizione
///
/// Dal primo.
#[utoipa::path(tag = "rulebooks", params(EditionPath), responses(
    (status = 200, description = "I pareri.", body = OpinionList),
))]
#[get("/{year}/editions/{number}/opinions")]
pub(crate) async fn list_opinions(call: Call<EditionPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadRulebooks)?;
    let (year, which) = (permit.path.year, permit.path.number);
    let work = move |tx: &mut TenantTx<'_>| {
        let edition = edition(tx, year, which)?;
        Ok(rulebooks::opinions(tx, edition.reference())?)
    };
    let items = permit.tenant(work).await?.into_iter().map(OpinionResponse::from).collect();
    Answer::ok(&OpinionList { items })
}

/// Dà un parere su un'edizione
///
/// L'organo di valutazione: il suo parere è vincolante (D.Lgs. 150/2009, art. 7). I pareri si aggiungono, e nessuno si cancella.
#[utoipa::path(tag = "rulebooks", params(EditionPath, crate::call::IdempotencyKey), request_body = NewOpinion, responses(
    (status = 201, description = "Il parere dato.", body = OpinionResponse),
))]
#[post("/{year}/editions/{number}/opinions")]
pub(crate) async fn give_opinion(call: Call<EditionPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::GiveOpinions)?;
    let (year, which) = (permit.path.year, permit.path.number);
    let location = permit.link(permit.request.path());
    let work = move |tx: &mut TenantTx<'_>, new: NewOpinion| {
        let edition = edition(tx, year, which)?;
        let opinion = rulebooks::give_opinion(tx, edition.reference(), new.facts()?)?;
        Answer::created_without_version(location, &OpinionResponse::from(opinion))
    };
    permit.keyed(Confidence::Open, work).await
}
