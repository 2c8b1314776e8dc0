//! Rulebooks over HTTP: those that come with the program, the comune's own by year and edition, and what the evaluation body thinks of them.

use actix_web::{HttpRequest, HttpResponse, get, post, put};
use traguardo_documents::rulebook::RulebookBody;
use traguardo_documents::{Reader, Word};
use traguardo_domain::access::Action;
use traguardo_domain::period::Year;
use traguardo_domain::rulebook::{Edition, EditionRef, Rulebook, Shipped, shipped};
use traguardo_domain::version::{Course, NamedBy};
use traguardo_domain::{Fault, FaultKind, Faults, Violation, Vocabulary as _};
use traguardo_persistence::{TenantTx, rulebooks};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answer::Answer;
use crate::call::{Call, ComunePath};
use crate::keyed::Confidence;
use crate::problem::{Kind, Problem};
use crate::query::{self, NoQuery};
use crate::reference;

mod editions;
mod names;
mod wire;

use editions::{
    compare_rulebook_editions, give_opinion, list_opinions, list_rulebook_editions, read_rulebook_edition,
};
use names::YearPath;
pub(crate) use names::{Which, which};
use wire::{
    RulebookAdoption, RulebookEdition, RulebookEditionSummary, RulebookEditions, ShippedRulebook,
    ShippedRulebooks,
};

/// Adds the routes.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config
        .service(list_rulebooks)
        .service(read_rulebook)
        .service(write_rulebook)
        .service(adopt_rulebook)
        .service(list_rulebook_editions)
        .service(read_rulebook_edition)
        .service(compare_rulebook_editions)
        .service(list_opinions)
        .service(give_opinion);
}

/// Adds the rulebooks that come with the program.
pub(crate) fn configure_shipped(config: &mut ServiceConfig) {
    config.service(list_shipped_rulebooks);
}

/// A rulebook that comes with the program, which is one.
fn ready(which: Shipped) -> Result<Rulebook, Problem> {
    shipped(which).map_err(|refused| {
        log::error!("a shipped rulebook is none: {refused}");
        Problem::of(Kind::Internal)
    })
}

/// Mostra i sistemi di valutazione già pronti
///
/// Senza token. Ciascuno si adotta con una sola chiamata, e si cambia come si vuole.
#[utoipa::path(tag = "rulebooks", security(()), params(crate::call::IfNoneMatch), responses(
    (status = 200, description = "I sistemi.", body = ShippedRulebooks),
    (status = 304, description = "Chi chiede li ha già."),
))]
#[get("/rulebooks")]
pub(crate) async fn list_shipped_rulebooks(request: HttpRequest) -> Result<HttpResponse, Problem> {
    let _: NoQuery = query::read(request.query_string())?;
    let one = |which: &Shipped| Ok(ShippedRulebook { shipped: Word(*which), content: ready(*which)? });
    let items = Shipped::all().iter().map(one).collect::<Result<_, Problem>>()?;
    reference::answer(&request, &ShippedRulebooks { items })
}

/// Elenca i sistemi di valutazione del comune
///
/// Di ogni anno che ne ha uno l'edizione corrente, dall'ultimo anno.
#[utoipa::path(tag = "rulebooks", params(ComunePath), responses(
    (status = 200, description = "Le edizioni correnti.", body = RulebookEditions),
))]
#[get("")]
pub(crate) async fn list_rulebooks(call: Call<ComunePath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadRulebooks)?;
    let current = permit.tenant(|tx| Ok(rulebooks::current(tx)?)).await?;
    Answer::ok(&RulebookEditions { items: current.into_iter().map(RulebookEditionSummary::from).collect() })
}

/// Legge il sistema di valutazione di un anno
///
/// L'edizione corrente. I pareri, e i piani sigillati con essa, si leggono fra le edizioni.
#[utoipa::path(tag = "rulebooks", params(YearPath, crate::call::IfNoneMatch), responses(
    (status = 200, description = "L'edizione corrente.", body = RulebookEdition),
    (status = 304, description = "Chi chiede ha già questa edizione."),
))]
#[get("/{year}")]
pub(crate) async fn read_rulebook(call: Call<YearPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadRulebooks)?;
    let year = permit.path.year;
    let found = permit.tenant(move |tx| Ok(rulebooks::look_up(tx, year)?)).await?;
    let edition = found.ok_or(Violation::NotFound)?;
    permit.found(edition.number, &RulebookEdition::from(edition))
}

/// Scrive il sistema di valutazione di un anno
///
/// Intero. Ciò che cambia è l'edizione seguente: i piani già sigillati restano con la loro. Uguale a ciò che c'è, non cambia nulla; per
/// cambiarlo serve `If-Match`. Tutti gli errori sono detti insieme, ciascuno al suo posto.
#[utoipa::path(tag = "rulebooks", params(YearPath, crate::call::Preconditions), request_body = RulebookBody, responses(
    (status = 200, description = "L'edizione corrente.", body = RulebookEdition),
    (status = 201, description = "La prima edizione dell'anno.", body = RulebookEdition),
))]
#[put("/{year}")]
pub(crate) async fn write_rulebook(call: Call<YearPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::EditRulebooks)?;
    let (condition, year) = (permit.condition()?, permit.path.year);
    let location = permit.link(permit.request.path());
    let (permit, body) = permit.read::<RulebookBody>().await?;
    let mut faults = Faults::new();
    let rulebook = body.read(&mut Reader::new(&mut faults));
    let rulebook = faults.finish(rulebook).map_err(Problem::invalid)?;
    let work = move |tx: &mut TenantTx<'_>| {
        let before = rulebooks::look_up(tx, year)?;
        match (condition.course(NamedBy::TheirKey, before.as_ref(), &rulebook)?, before) {
            (Course::Leave, Some(edition)) => {
                tx.leave_unchanged();
                Answer::found(edition.number, &RulebookEdition::from(edition))
            }
            (Course::Change, Some(_)) => {
                let edition = rulebooks::add(tx, year, rulebook, None)?;
                Answer::found(edition.number, &RulebookEdition::from(edition))
            }
            (Course::Create | Course::Leave | Course::Change, _) => {
                let edition = rulebooks::add(tx, year, rulebook, None)?;
                Answer::created(location, edition.number, &RulebookEdition::from(edition))
            }
        }
    };
    permit.tenant(work).await
}

/// What an adoption asks for, before anything is looked up.
enum Wanted {
    Shipped(Shipped),
    OfYear(Year),
}

impl RulebookAdoption {
    fn wanted(&self, of: Year) -> Result<Wanted, Violation> {
        let fault = |pointer: &str, kind, detail: &str| {
            let fault = Fault { pointer: pointer.to_owned(), kind, detail: detail.to_owned() };
            Err(Violation::Invalid(vec![fault]))
        };
        match (self.shipped, self.from_year) {
            (Some(Word(which)), None) => Ok(Wanted::Shipped(which)),
            (None, Some(year)) => match Year::parse(year) {
                Ok(year) if year == of => fault("/from_year", FaultKind::Inconsistent, "È l'anno stesso."),
                Ok(year) => Ok(Wanted::OfYear(year)),
                Err(refused) => fault("/from_year", refused.kind, &refused.detail),
            },
            (None, None) => fault("", FaultKind::Missing, "Serve shipped oppure from_year."),
            (Some(_), Some(_)) => {
                fault("/from_year", FaultKind::Inconsistent, "shipped oppure from_year, non entrambi.")
            }
        }
    }
}

impl Wanted {
    /// What it says, and which of the shipped ones it is when it is one as it is.
    fn content(self, tx: &mut TenantTx<'_>) -> Result<(Rulebook, Option<Shipped>), Problem> {
        match self {
            Self::Shipped(which) => Ok((ready(which)?, Some(which))),
            Self::OfYear(year) => match rulebooks::look_up(tx, year)? {
                Some(edition) => Ok((edition.rulebook, edition.shipped)),
                None => Err(Problem::invalid(vec![Fault {
                    pointer: "/from_year".to_owned(),
                    kind: FaultKind::UnknownReference,
                    detail: "Il comune non ha un sistema di valutazione per quell'anno.".to_owned(),
                }])),
            },
        }
    }
}

/// Adotta un sistema di valutazione
///
/// Uno già pronto, o quello di un altro anno, com'è: è l'edizione seguente dell'anno. Se l'anno ha già proprio quello, resta com'è.
#[utoipa::path(tag = "rulebooks", params(YearPath, crate::call::IdempotencyKey), request_body = RulebookAdoption, responses(
    (status = 200, description = "L'edizione corrente, che diceva già questo.", body = RulebookEdition),
    (status = 201, description = "L'edizione adottata.", body = RulebookEdition),
))]
#[post("/{year}/adoptions")]
pub(crate) async fn adopt_rulebook(call: Call<YearPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::EditRulebooks)?;
    let year = permit.path.year;
    let comune = permit.grant.comune();
    let below = permit.link(&format!("/v1/comuni/{comune}/rulebooks/{}/editions", year.number()));
    let work = move |tx: &mut TenantTx<'_>, asked: RulebookAdoption| {
        let (rulebook, shipped) = asked.wanted(year)?.content(tx)?;
        let same = |edition: &Edition| edition.rulebook == rulebook && edition.shipped == shipped;
        if let Some(edition) = rulebooks::look_up(tx, year)?.filter(same) {
            tx.leave_unchanged();
            return Answer::found(edition.number, &RulebookEdition::from(edition));
        }
        let edition = rulebooks::add(tx, year, rulebook, shipped)?;
        let EditionRef { edition: number, .. } = edition.reference();
        Answer::created(format!("{below}/{number}"), edition.number, &RulebookEdition::from(edition))
    };
    permit.keyed(Confidence::Open, work).await
}
