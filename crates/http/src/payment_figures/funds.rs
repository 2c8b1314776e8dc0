//! The fund for commercial debts a comune would have to set aside, from what it says and what its bills know. Nothing is stored.

use actix_web::post;
use chrono::NaiveDate;
use serde::Deserialize;
use traguardo_documents::Reader;
use traguardo_domain::access::Action;
use traguardo_domain::fault::Refused;
use traguardo_domain::figure::Figure;
use traguardo_domain::invoice::Cents;
use traguardo_domain::payment::fund::{FundCondition, FundFacts};
use traguardo_domain::payment::{FundKnown, Known};
use traguardo_domain::period::{Year, credible};
use traguardo_domain::{FaultKind, Faults};
use traguardo_persistence::invoices::Mattering;
use traguardo_persistence::{TenantTx, feeder_settings, invoices, payment_times};
use utoipa::ToSchema;
use validator::Validate;

use crate::answer::Answer;
use crate::call::{Call, ComunePath};
use crate::problem::Problem;
use crate::words::Word;

mod wire;

use wire::{FundResponse, Origin, Sources};

/// What leads to the fund.
pub(crate) type FundConditionWord = Word<FundCondition>;
/// How a delay is read against bands of whole days.
pub(crate) type FundRoundingWord = Word<traguardo_domain::feeder::FundRounding>;

/// Da che cosa dipende l'accantonamento. Ciò che non si dice si prende dalle fatture e dal piano dell'anno prima, se lo sanno.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = FundForecast, example = json!({
    "year": 2026, "debt_before": "100000", "debt": "92000", "received": "2000000", "appropriations": "1200000",
    "earmarked": "200000", "communicated": true, "delay_days": "8.81"
}))]
pub(crate) struct FundBody {
    /// L'anno del bilancio in cui si accantonerebbe.
    #[schema(minimum = 2009, maximum = 2100, example = 2026)]
    year: i32,
    /// Il giorno da cui si guardano le fatture; oggi, se non si dice.
    #[serde(default, deserialize_with = "crate::day::maybe")]
    #[schema(nullable = false)]
    on: Option<NaiveDate>,
    /// Debito commerciale residuo scaduto alla fine del secondo anno prima, in euro.
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 23,
        pattern = "^[0-9]{1,15}([.][0-9]{1,6})?$",
        example = "100000"
    )]
    debt_before: Option<String>,
    /// Lo stesso alla fine dell'anno prima.
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 23,
        pattern = "^[0-9]{1,15}([.][0-9]{1,6})?$",
        example = "92000"
    )]
    debt: Option<String>,
    /// Totale delle fatture ricevute nell'anno prima, in euro.
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 23,
        pattern = "^[0-9]{1,15}([.][0-9]{1,6})?$",
        example = "2000000"
    )]
    received: Option<String>,
    /// Stanziamenti dell'anno per acquisto di beni e servizi, in euro.
    #[schema(
        min_length = 1,
        max_length = 23,
        pattern = "^[0-9]{1,15}([.][0-9]{1,6})?$",
        example = "1200000"
    )]
    #[validate(length(min = 1, max = 23))]
    appropriations: String,
    /// La parte finanziata con entrate vincolate, che non si conta; zero, se non si dice.
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 23,
        pattern = "^[0-9]{1,15}([.][0-9]{1,6})?$",
        example = "200000"
    )]
    earmarked: Option<String>,
    /// Se il debito dell'anno prima è stato pubblicato e comunicato alla piattaforma.
    communicated: bool,
    /// Ritardo annuale dell'anno prima, in giorni; se non si dice vale quello certificato, e senza quello la previsione dalle fatture.
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 23,
        pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$",
        example = "8.81"
    )]
    delay_days: Option<String>,
}

/// An amount of money.
fn amount(text: &str) -> Result<Figure, Refused> {
    let amount = Figure::parse(text)?;
    if amount < Figure::ZERO {
        return Err(Refused::new(FaultKind::OutOfBounds, "Non meno di zero."));
    }
    Ok(amount)
}

/// What the caller says, read.
struct Question {
    year: i32,
    on: NaiveDate,
    debt_before: Option<Figure>,
    debt: Option<Figure>,
    received: Option<Figure>,
    appropriations: Figure,
    earmarked: Figure,
    communicated: bool,
    delay: Option<Figure>,
}

impl FundBody {
    fn read(&self, today: NaiveDate) -> Result<Question, Problem> {
        let mut faults = Faults::new();
        let mut at = Reader::new(&mut faults);
        let year = at.take("year", Year::parse(self.year));
        let on = at.take("on", credible(self.on.unwrap_or(today)));
        let mut said = |name: &str, text: Option<&String>| at.maybe(name, text, amount);
        let debt_before = said("debt_before", self.debt_before.as_ref());
        let debt = said("debt", self.debt.as_ref());
        let received = said("received", self.received.as_ref());
        let appropriations = said("appropriations", Some(&self.appropriations));
        let earmarked = said("earmarked", self.earmarked.as_ref());
        let delay = at.maybe("delay_days", self.delay_days.as_ref(), Figure::parse);
        let question = || {
            Some(Question {
                year: i32::from(year?.number()),
                on: on?,
                debt_before,
                debt,
                received,
                appropriations: appropriations?,
                earmarked: earmarked.unwrap_or(Figure::ZERO),
                communicated: self.communicated,
                delay,
            })
        };
        let question = question();
        faults.finish(question).map_err(Problem::invalid)
    }
}

impl Question {
    /// What it depends on, and where each is from; what nobody knows is a fault.
    fn facts(&self, known: FundKnown, certified: Option<Figure>) -> Result<(FundFacts, Sources), Problem> {
        let mut faults = Faults::new();
        let mut at = Reader::new(&mut faults);
        let mut told = |name: &str, told: [(Option<Figure>, Origin); 3]| {
            let first = told.into_iter().find_map(|(figure, origin)| Some((figure?, origin)));
            let unknown =
                || Refused::new(FaultKind::Missing, "Il registro delle fatture non lo sa: va detto.");
            at.take(name, first.ok_or_else(unknown))
        };
        let euro = |cents: Option<Cents>| (cents.and_then(|cents| Figure::new(cents.euro())), Origin::Bills);
        let none = (None, Origin::Certified);
        let debt_before =
            told("debt_before", [(self.debt_before, Origin::Said), none, euro(known.debt_before)]);
        let debt = told("debt", [(self.debt, Origin::Said), none, euro(known.debt)]);
        let received = told("received", [(self.received, Origin::Said), none, euro(known.received)]);
        let delay = told(
            "delay_days",
            [(self.delay, Origin::Said), (certified, Origin::Certified), (known.delay, Origin::Bills)],
        );
        let both = || {
            let (debt_before, debt, received, delay) = (debt_before?, debt?, received?, delay?);
            let facts = FundFacts {
                year: self.year,
                debt_before: debt_before.0,
                debt: debt.0,
                received: received.0,
                appropriations: self.appropriations,
                earmarked: self.earmarked,
                communicated: self.communicated,
                delay: delay.0,
            };
            let sources =
                Sources { debt_before: debt_before.1, debt: debt.1, received: received.1, delay: delay.1 };
            Some((facts, sources))
        };
        let both = both();
        faults.finish(both).map_err(Problem::invalid)
    }
}

/// Prevede l'accantonamento al fondo di garanzia
///
/// Il fondo di garanzia debiti commerciali (L. 145/2018, art. 1, commi 858-872): che cosa vi porta, quanto si accantonerebbe leggendo il ritardo
/// nei due modi, che cosa lo eviterebbe. Non si conserva nulla.
#[utoipa::path(tag = "payment-figures", params(ComunePath), request_body = FundBody, responses(
    (status = 200, description = "L'accantonamento.", body = FundResponse),
))]
#[post("/fund-forecasts")]
pub(crate) async fn forecast_fund(call: Call<ComunePath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadRegisters)?;
    let today = permit.app.today();
    let (permit, body) = permit.read::<FundBody>().await?;
    let question = body.read(today)?;
    let work = move |tx: &mut TenantTx<'_>| {
        let settings = feeder_settings::look_up(tx)?.facts;
        let far = || Problem::invalid(vec![no_fund().at("/year")]);
        let mut known = Known::new(question.year, question.on, &settings).ok_or_else(far)?;
        let mattering = Mattering { from: known.since(), on: question.on };
        invoices::bills(tx, mattering, |bill| known.take(&bill))?;
        let certified = payment_times::certified_of_year(tx, question.year.saturating_sub(1))?;
        let certified = certified.map(|(_, recorded)| recorded.facts.delay);
        let (facts, sources) = question.facts(known.known(), certified)?;
        let faults = facts.faults();
        if !faults.is_empty() {
            return Err(Problem::invalid(faults));
        }
        let fund = facts.fund().ok_or_else(far)?;
        Ok(FundResponse::of(&facts, &sources, &fund, settings.fund_rounding))
    };
    Answer::ok(&permit.tenant(work).await?)
}

fn no_fund() -> Refused {
    Refused::new(
        FaultKind::OutOfBounds,
        "La legge non prevede il fondo in quest'anno, o gli importi sono troppo grandi.",
    )
}
