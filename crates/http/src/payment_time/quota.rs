//! The quota of result pay that hangs on payment times, computed once with each figure.

use serde::{Deserialize, Serialize};
use traguardo_documents::Reader;
use traguardo_domain::fault::Refused;
use traguardo_domain::figure::Figure;
use traguardo_domain::payment_time::{PaymentFigure, PaymentTime};
use traguardo_domain::plan::Plan;
use traguardo_domain::quota::Quota;
use traguardo_domain::score::Percent;
use traguardo_domain::{Fault, FaultKind, Faults};
use utoipa::ToSchema;
use validator::Validate;

use super::PaymentFigureWord;
use super::wire::PayabilityResponse;
use crate::problem::Problem;
use crate::words::Word;

/// Di che cosa calcolare la quota.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"pay": "3000", "share": "30", "score": "92"}))]
pub(crate) struct QuotaBody {
    /// La retribuzione di risultato teorica, in euro.
    #[schema(min_length = 1, max_length = 23, pattern = "^[0-9]{1,15}([.][0-9]{1,6})?$", example = "3000")]
    #[validate(length(min = 1, max = 23))]
    pay: String,
    /// La parte legata ai tempi di pagamento, in centesimi: almeno 30, al massimo 100.
    #[schema(min_length = 1, max_length = 23, pattern = "^[0-9]{1,15}([.][0-9]{1,6})?$", example = "30")]
    #[validate(length(min = 1, max = 23))]
    share: String,
    /// Il punteggio da cui dipende il resto, in centesimi: al massimo 100.
    #[schema(min_length = 1, max_length = 23, pattern = "^[0-9]{1,15}([.][0-9]{1,6})?$", example = "92")]
    #[validate(length(min = 1, max = 23))]
    score: String,
}

/// Theoretical pay, the share on payments and the score.
pub(crate) struct Asked {
    pay: Figure,
    share: Figure,
    score: Figure,
}

/// Che cosa spetta secondo uno dei due dati.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = QuotaOutcome, example = json!({"delay_days": "8.81", "in_time": false, "lost": "900", "due": "1932"}))]
pub(crate) struct OutcomeResponse {
    /// Giorni di ritardo.
    #[schema(max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$")]
    delay_days: String,
    /// Se i pagamenti sono in tempo.
    in_time: bool,
    /// Quanto si perde della parte legata ai tempi di pagamento: tutto o niente.
    #[schema(max_length = 30, pattern = "^[0-9]+([.][0-9]{1,6})?$")]
    lost: String,
    /// Quanto spetta in tutto.
    #[schema(max_length = 30, pattern = "^[0-9]+([.][0-9]{1,6})?$")]
    due: String,
}

/// La quota, calcolata con ciascuno dei due dati.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PaymentQuota, example = json!({
    "on_payments": "900", "on_the_rest": "2100", "decides": "certified", "is_forecast": false,
    "certified": {"delay_days": "8.81", "in_time": false, "lost": "900", "due": "1932"},
    "forecast": {"delay_days": "0", "in_time": true, "lost": "0", "due": "2832"},
    "payable": {"anything": true, "quota": false, "reason": "I pagamenti sono in ritardo: la quota è persa per intero."}
}))]
pub(crate) struct QuotaResponse {
    /// La parte legata ai tempi di pagamento, in euro.
    #[schema(max_length = 30, pattern = "^[0-9]+([.][0-9]{1,6})?$")]
    on_payments: String,
    /// Il resto, che dipende dal punteggio, in euro.
    #[schema(max_length = 30, pattern = "^[0-9]+([.][0-9]{1,6})?$")]
    on_the_rest: String,
    /// Con il dato certificato, quando c'è.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    certified: Option<OutcomeResponse>,
    /// Con la previsione, quando c'è.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    forecast: Option<OutcomeResponse>,
    /// Il dato che decide: quello certificato, e finché non c'è la previsione.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    decides: Option<PaymentFigureWord>,
    /// Se ciò che decide è solo una previsione.
    is_forecast: bool,
    /// Che cosa si può pagare ora.
    payable: PayabilityResponse,
}

impl QuotaBody {
    pub(super) fn asked(&self) -> Result<Asked, Problem> {
        let mut faults = Faults::new();
        let mut at = Reader::new(&mut faults);
        let asked = Asked::read(&mut at, [&self.pay, &self.share, &self.score]);
        faults.finish(asked).map_err(Problem::invalid)
    }
}

impl Asked {
    /// Reads a pay, a share and a score, each at the member of its name.
    pub(crate) fn read(at: &mut Reader<'_>, [pay, share, score]: [&str; 3]) -> Option<Self> {
        let most = Figure::HUNDRED;
        let least = Figure::whole(Quota::LEAST_SHARE);
        let between = |text: &str, least: Figure, most: Option<Figure>, detail: &str| {
            let figure = Figure::parse(text)?;
            if figure < least || most.is_some_and(|most| figure > most) {
                return Err(Refused::new(FaultKind::OutOfBounds, detail));
            }
            Ok(figure)
        };
        let pay = at.take("pay", between(pay, Figure::ZERO, None, "Non meno di zero."));
        let detail = "Almeno 30 (D.L. 13/2023, art. 4-bis, comma 2), al massimo 100.";
        let share = at.take("share", between(share, least, Some(most), detail));
        let detail = "Da 0 a 100.";
        let score = at.take("score", between(score, Figure::ZERO, Some(most), detail));
        Some(Self { pay: pay?, share: share?, score: score? })
    }

    /// What comes of it with a delay.
    pub(crate) fn quota(&self, delay: Figure) -> Result<Quota, Problem> {
        Quota::of(self.pay, self.share, delay, Percent::from(self.score)).ok_or_else(|| {
            let detail = "Troppo grande per calcolarci una quota.".to_owned();
            let kind = FaultKind::OutOfBounds;
            Problem::invalid(vec![Fault { pointer: "/pay".to_owned(), kind, detail }])
        })
    }
}

impl OutcomeResponse {
    pub(crate) fn of(delay: Figure, quota: &Quota) -> Self {
        Self {
            delay_days: delay.to_string(),
            in_time: quota.in_time,
            lost: if quota.in_time { "0".to_owned() } else { quota.on_payments.to_string() },
            due: quota.payable.to_string(),
        }
    }
}

impl QuotaResponse {
    pub(super) fn of(asked: &Asked, plan: &Plan, time: &PaymentTime) -> Result<Self, Problem> {
        let outcome = |delay: Figure| Ok::<_, Problem>(OutcomeResponse::of(delay, &asked.quota(delay)?));
        let split = asked.quota(Figure::ZERO)?;
        let decides = time.decides().map(|(figure, _)| figure);
        Ok(Self {
            on_payments: split.on_payments.to_string(),
            on_the_rest: split.on_the_rest.to_string(),
            certified: time.certified.as_ref().map(|one| outcome(one.facts.delay)).transpose()?,
            forecast: time.forecast.as_ref().map(|one| outcome(one.facts.delay)).transpose()?,
            decides: decides.map(Word),
            is_forecast: decides == Some(PaymentFigure::Forecast),
            payable: PayabilityResponse::of(time, plan.state),
        })
    }
}
