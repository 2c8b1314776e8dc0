//! What each head loses or is due of the pay that hangs on payment times, under the certified figure and under the forecast. Nothing
//! is stored.

use actix_web::post;
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use traguardo_documents::Reader;
use traguardo_domain::access::Action;
use traguardo_domain::feeder::{Asked, Within};
use traguardo_domain::figure::Figure;
use traguardo_domain::measurement::Span;
use traguardo_domain::period::credible;
use traguardo_domain::text::Line;
use traguardo_domain::{FaultKind, Faults};
use traguardo_persistence::{TenantTx, feeder_settings, payment_times};
use utoipa::ToSchema;
use validator::Validate;

use super::told::CertifiedResponse;
use super::{period, tally};
use crate::answer::Answer;
use crate::call::{Call, ComunePath};
use crate::payment_time::quota::{Asked as Pay, OutcomeResponse};
use crate::problem::Problem;

/// The most heads asked about at once.
const MOST: usize = 200;

/// La retribuzione di risultato di un responsabile.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"label": "Responsabile dell'area tecnica", "pay": "3000", "share": "30", "score": "92"}))]
pub(crate) struct ResponsiblePay {
    /// Di chi: l'incarico, non il nome.
    #[schema(min_length = 1, max_length = 200, pattern = "^.*\\S.*$")]
    label: String,
    /// La retribuzione di risultato teorica, in euro.
    #[schema(min_length = 1, max_length = 23, pattern = "^[0-9]{1,15}([.][0-9]{1,6})?$", example = "3000")]
    pay: String,
    /// La parte legata ai tempi di pagamento, in centesimi: almeno 30, al massimo 100.
    #[schema(min_length = 1, max_length = 23, pattern = "^[0-9]{1,15}([.][0-9]{1,6})?$", example = "30")]
    share: String,
    /// Il punteggio da cui dipende il resto, in centesimi: al massimo 100.
    #[schema(min_length = 1, max_length = 23, pattern = "^[0-9]{1,15}([.][0-9]{1,6})?$", example = "92")]
    score: String,
}

/// Di chi calcolare la quota, e di quale anno.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = QuotaForecast, example = json!({
    "year": 2025, "responsibles": [{"label": "Responsabile dell'area tecnica", "pay": "3000", "share": "30", "score": "92"}]
}))]
pub(crate) struct QuotaForecastBody {
    /// L'anno.
    #[schema(minimum = 2009, maximum = 2100, example = 2025)]
    year: i32,
    /// Il giorno da cui si guardano le fatture; oggi, se non si dice.
    #[serde(default, deserialize_with = "crate::day::maybe")]
    #[schema(nullable = false)]
    on: Option<NaiveDate>,
    /// I responsabili.
    #[schema(min_items = 1, max_items = 200)]
    responsibles: Vec<ResponsiblePay>,
}

/// Che cosa spetta a un responsabile.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ResponsibleQuota, example = json!({
    "label": "Responsabile dell'area tecnica", "on_payments": "900", "on_the_rest": "2100",
    "certified": {"delay_days": "0", "in_time": true, "lost": "0", "due": "2832"},
    "forecast": {"delay_days": "8.81", "in_time": false, "lost": "900", "due": "1932"}
}))]
pub(crate) struct ResponsibleResponse {
    /// Di chi.
    #[schema(max_length = 200, pattern = "^.*\\S.*$")]
    label: String,
    /// La parte legata ai tempi di pagamento, in euro.
    #[schema(max_length = 40, pattern = "^[0-9]+([.][0-9]{1,6})?$")]
    on_payments: String,
    /// Il resto, che dipende dal punteggio, in euro.
    #[schema(max_length = 40, pattern = "^[0-9]+([.][0-9]{1,6})?$")]
    on_the_rest: String,
    /// Con il ritardo certificato, quando c'è.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    certified: Option<OutcomeResponse>,
    /// Con il ritardo previsto dalle fatture, quando si calcola.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    forecast: Option<OutcomeResponse>,
}

/// Quanto si perde e quanto spetta in tutto.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = QuotaTotal, example = json!({"delay_days": "8.81", "in_time": false, "lost": "900", "due": "1932"}))]
pub(crate) struct TotalResponse {
    /// Giorni di ritardo.
    #[schema(max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$")]
    delay_days: String,
    /// Se i pagamenti sono in tempo.
    in_time: bool,
    /// Quanto perdono insieme, in euro.
    #[schema(max_length = 40, pattern = "^[0-9]+([.][0-9]{1,6})?$")]
    lost: String,
    /// Quanto spetta loro insieme, in euro.
    #[schema(max_length = 40, pattern = "^[0-9]+([.][0-9]{1,6})?$")]
    due: String,
}

/// La quota di ciascuno, con ciascuno dei due ritardi.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = QuotaForecastResult, example = json!({
    "year": 2025, "on": "2026-02-15",
    "certified": {"plan": "0193a5c0-0000-7000-8000-000000000002", "delay_days": "0", "in_time": true, "day": "2026-02-10", "act": "Verbale n. 4"},
    "responsibles": [{
        "label": "Responsabile dell'area tecnica", "on_payments": "900", "on_the_rest": "2100",
        "certified": {"delay_days": "0", "in_time": true, "lost": "0", "due": "2832"},
        "forecast": {"delay_days": "8.81", "in_time": false, "lost": "900", "due": "1932"}
    }],
    "total_certified": {"delay_days": "0", "in_time": true, "lost": "0", "due": "2832"},
    "total_forecast": {"delay_days": "8.81", "in_time": false, "lost": "900", "due": "1932"}
}))]
pub(crate) struct QuotasResponse {
    /// L'anno.
    #[schema(minimum = 2009, maximum = 2100)]
    year: i32,
    /// Il giorno da cui si guardano le fatture.
    on: NaiveDate,
    /// Il ritardo certificato nel piano dell'anno, quando c'è: è quello che decide.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    certified: Option<CertifiedResponse>,
    /// Uno per uno.
    #[schema(min_items = 1, max_items = 200)]
    responsibles: Vec<ResponsibleResponse>,
    /// Insieme, con il ritardo certificato.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    total_certified: Option<TotalResponse>,
    /// Insieme, con quello previsto.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    total_forecast: Option<TotalResponse>,
}

/// What is asked, read.
struct Question {
    asked: Asked,
    heads: Vec<(Line<200>, Pay)>,
}

impl QuotaForecastBody {
    fn read(self, today: NaiveDate) -> Result<Question, Problem> {
        let mut faults = Faults::new();
        let mut at = Reader::new(&mut faults);
        let period = match period(self.year, None) {
            Ok(period) => Some(period),
            Err((refused, member)) => at.take(member, Err::<Span, _>(refused)),
        };
        let on = at.take("on", credible(self.on.unwrap_or(today)));
        if self.responsibles.is_empty() {
            at.fault("responsibles", FaultKind::Missing, "Almeno uno.");
        }
        let heads = at.each("responsibles", self.responsibles, MOST, |head, at| {
            let label = at.take("label", Line::parse(&head.label));
            let pay = Pay::read(at, [&head.pay, &head.share, &head.score]);
            Some((label?, pay?))
        });
        let question = || Some(Question { asked: Asked { period: period?, on: on? }, heads });
        let question = question();
        faults.finish(question).map_err(Problem::invalid)
    }
}

/// Prevede la quota di risultato di ciascun responsabile
///
/// La parte della retribuzione di risultato legata ai tempi di pagamento, tutta o niente (D.L. 13/2023, art. 4-bis, comma 2): che cosa si perde e che
/// cosa spetta con il ritardo certificato e con quello che le fatture fanno prevedere. Non si conserva nulla.
#[utoipa::path(tag = "payment-figures", params(ComunePath), request_body = QuotaForecastBody, responses(
    (status = 200, description = "La quota di ciascuno.", body = QuotasResponse),
))]
#[post("/quota-forecasts")]
pub(crate) async fn forecast_quotas(call: Call<ComunePath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadRegisters)?;
    let today = permit.app.today();
    let (permit, body) = permit.read::<QuotaForecastBody>().await?;
    let year = body.year;
    let Question { asked, heads } = body.read(today)?;
    let work = move |tx: &mut TenantTx<'_>| {
        let settings = feeder_settings::look_up(tx)?.facts;
        let forecast =
            tally(tx, Within::Comune, asked, &settings)?.yearly_delay().and_then(|delay| delay.exact());
        let certified = payment_times::certified_of_year(tx, year)?;
        let sworn = certified.as_ref().map(|(_, recorded)| recorded.facts.delay);
        let responsibles = heads
            .iter()
            .map(|(label, pay)| ResponsibleResponse::of(label, pay, sworn, forecast))
            .collect::<Result<_, _>>()?;
        Ok(QuotasResponse {
            year,
            on: asked.on,
            certified: certified.map(CertifiedResponse::of),
            responsibles,
            total_certified: sworn.map(|delay| TotalResponse::of(&heads, delay)).transpose()?,
            total_forecast: forecast.map(|delay| TotalResponse::of(&heads, delay)).transpose()?,
        })
    };
    Answer::ok(&permit.tenant(work).await?)
}

impl ResponsibleResponse {
    fn of(
        label: &Line<200>,
        pay: &Pay,
        certified: Option<Figure>,
        forecast: Option<Figure>,
    ) -> Result<Self, Problem> {
        let outcome = |delay: Figure| Ok::<_, Problem>(OutcomeResponse::of(delay, &pay.quota(delay)?));
        let split = pay.quota(Figure::ZERO)?;
        Ok(Self {
            label: label.as_str().to_owned(),
            on_payments: split.on_payments.to_string(),
            on_the_rest: split.on_the_rest.normalize().to_string(),
            certified: certified.map(outcome).transpose()?,
            forecast: forecast.map(outcome).transpose()?,
        })
    }
}

impl TotalResponse {
    fn of(heads: &[(Line<200>, Pay)], delay: Figure) -> Result<Self, Problem> {
        let (mut lost, mut due, mut in_time) = (Decimal::ZERO, Decimal::ZERO, true);
        for (_, pay) in heads {
            let quota = pay.quota(delay)?;
            in_time = quota.in_time;
            let loses = if quota.in_time { Decimal::ZERO } else { quota.on_payments };
            lost = lost.checked_add(loses).ok_or_else(too_large)?;
            due = due.checked_add(quota.payable).ok_or_else(too_large)?;
        }
        let spelled = |amount: Decimal| amount.normalize().to_string();
        Ok(Self { delay_days: delay.to_string(), in_time, lost: spelled(lost), due: spelled(due) })
    }
}

fn too_large() -> Problem {
    let refused =
        traguardo_domain::fault::Refused::new(FaultKind::OutOfBounds, "Troppo grandi per sommarli.");
    Problem::invalid(vec![refused.at("/responsibles")])
}
