//! Payment times as they travel.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use traguardo_documents::Reader;
use traguardo_documents::span::SpanBody;
use traguardo_domain::Faults;
use traguardo_domain::figure::Figure;
use traguardo_domain::measurement::Span;
use traguardo_domain::payment_time::{
    CertifiedFacts, ForecastFacts, PaymentFigure, PaymentTime, Recorded, Unpayable, is_in_time,
};
use traguardo_domain::period::credible;
use traguardo_domain::plan::{Plan, PlanState};
use traguardo_domain::quota::Quota;
use traguardo_domain::text::Line;
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::PaymentFigureWord;
use crate::problem::Problem;
use crate::words::{PlanStateWord, Word};

/// Il ritardo dell'anno, come lo certifica l'organo di revisione.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "delay_days": "-1.5", "source": "Piattaforma dei crediti commerciali, dati al 31/12/2025", "day": "2026-02-10",
    "act": "Verbale dell'organo di revisione n. 4"
}))]
pub(crate) struct CertifiedDelayBody {
    /// Giorni di ritardo, calcolati sull'anno (L. 145/2018, art. 1, commi 859 e 861); negativi se si paga prima della scadenza.
    #[schema(min_length = 1, max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$", example = "-1.5")]
    #[validate(length(min = 1, max = 23))]
    delay_days: String,
    /// Da dove è preso il dato.
    #[schema(min_length = 1, max_length = 300, pattern = "^.*\\S.*$")]
    #[validate(length(min = 1, max = 300))]
    source: String,
    /// Il giorno della certificazione.
    #[serde(deserialize_with = "crate::day::one")]
    #[schema(example = "2026-02-10")]
    day: NaiveDate,
    /// L'atto che lo certifica.
    #[schema(min_length = 1, max_length = 200, pattern = "^.*\\S.*$")]
    #[validate(length(min = 1, max = 200))]
    act: String,
}

/// Il ritardo dell'anno, come lo prevede il comune.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"delay_days": "2.4", "period": {"from": "2025-01-01", "to": "2025-09-30"}, "source": "Contabilità"}))]
pub(crate) struct ForecastDelayBody {
    /// Giorni di ritardo previsti sull'anno; negativi se si paga prima della scadenza.
    #[schema(min_length = 1, max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$", example = "2.4")]
    #[validate(length(min = 1, max = 23))]
    delay_days: String,
    /// I giorni dei pagamenti da cui viene la previsione.
    period: SpanBody,
    /// Da dove è preso il dato.
    #[schema(min_length = 1, max_length = 300, pattern = "^.*\\S.*$")]
    #[validate(length(min = 1, max = 300))]
    source: String,
}

/// Il ritardo certificato.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CertifiedDelay, example = json!({
    "delay_days": "-1.5", "in_time": true, "source": "Piattaforma dei crediti commerciali, dati al 31/12/2025",
    "day": "2026-02-10", "act": "Verbale dell'organo di revisione n. 4", "recorded_at": "2026-02-11T09:00:00Z", "version": 1
}))]
pub(crate) struct CertifiedDelayResponse {
    /// Giorni di ritardo.
    #[schema(max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$")]
    delay_days: String,
    /// Se i pagamenti sono in tempo: nessun ritardo, o meno di nessuno.
    in_time: bool,
    /// Da dove è preso il dato.
    #[schema(max_length = 300, pattern = "^.*\\S.*$")]
    source: String,
    /// Il giorno della certificazione.
    day: NaiveDate,
    /// L'atto che lo certifica.
    #[schema(max_length = 200, pattern = "^.*\\S.*$")]
    act: String,
    /// Quando è stato registrato.
    recorded_at: DateTime<Utc>,
    /// Il membro che lo ha registrato.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    recorded_by: Option<Uuid>,
    /// Versione, la stessa dell'ETag.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    version: i32,
}

/// Il ritardo previsto.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ForecastDelay, example = json!({
    "delay_days": "2.4", "in_time": false, "period": {"from": "2025-01-01", "to": "2025-09-30"}, "source": "Contabilità",
    "recorded_at": "2025-10-05T09:00:00Z", "version": 3
}))]
pub(crate) struct ForecastDelayResponse {
    /// Giorni di ritardo previsti.
    #[schema(max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$")]
    delay_days: String,
    /// Se i pagamenti sarebbero in tempo.
    in_time: bool,
    /// I giorni dei pagamenti da cui viene la previsione.
    #[schema(value_type = SpanBody)]
    period: Span,
    /// Da dove è preso il dato.
    #[schema(max_length = 300, pattern = "^.*\\S.*$")]
    source: String,
    /// Quando è stato registrato.
    recorded_at: DateTime<Utc>,
    /// Il membro che lo ha registrato.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    recorded_by: Option<Uuid>,
    /// Versione, la stessa dell'ETag.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    version: i32,
}

/// Se la quota legata ai tempi di pagamento si può pagare, e se no perché.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = QuotaPayability, example = json!({
    "anything": false, "quota": false,
    "reason": "La relazione sulla performance non è ancora validata: prima di allora non si paga alcun premio (D.Lgs. 150/2009, art. 14, comma 6)."
}))]
pub(crate) struct PayabilityResponse {
    /// Se si può pagare qualcosa: solo dopo la validazione della relazione.
    anything: bool,
    /// Se si può pagare la quota legata ai tempi di pagamento.
    quota: bool,
    /// Perché la quota non si può pagare.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 400, pattern = "^.+$")]
    reason: Option<&'static str>,
}

/// I tempi di pagamento dell'anno del piano: il dato certificato e la previsione, fianco a fianco.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PaymentTime, example = json!({
    "state": "reporting", "decides": "forecast", "is_forecast": true, "in_time": false, "least_share": "30",
    "forecast": {"delay_days": "2.4", "in_time": false, "period": {"from": "2025-01-01", "to": "2025-09-30"}, "source": "Contabilità",
        "recorded_at": "2025-10-05T09:00:00Z", "version": 3},
    "payable": {"anything": false, "quota": false, "reason": "La relazione non è ancora validata."}
}))]
pub(crate) struct PaymentTimeResponse {
    /// Lo stato del piano.
    state: PlanStateWord,
    /// Il dato certificato, quando c'è.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    certified: Option<CertifiedDelayResponse>,
    /// La previsione, quando c'è.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    forecast: Option<ForecastDelayResponse>,
    /// Il dato che decide: quello certificato, e finché non c'è la previsione.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    decides: Option<PaymentFigureWord>,
    /// Se ciò che decide è solo una previsione.
    is_forecast: bool,
    /// Se i pagamenti sono in tempo, secondo il dato che decide; assente se non c'è alcun dato.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    in_time: Option<bool>,
    /// La parte minima della retribuzione di risultato che dipende dai tempi di pagamento, in centesimi (D.L. 13/2023, art. 4-bis, comma 2).
    #[schema(max_length = 23, pattern = "^[0-9]{1,15}([.][0-9]{1,6})?$", example = "30")]
    least_share: String,
    /// Che cosa si può pagare.
    payable: PayabilityResponse,
}

impl From<Recorded<CertifiedFacts>> for CertifiedDelayResponse {
    fn from(recorded: Recorded<CertifiedFacts>) -> Self {
        let facts = recorded.facts;
        Self {
            delay_days: facts.delay.to_string(),
            in_time: is_in_time(facts.delay),
            source: facts.source.into(),
            day: facts.day,
            act: facts.act.into(),
            recorded_at: recorded.recorded_at,
            recorded_by: recorded.recorded_by,
            version: recorded.version.number(),
        }
    }
}

impl From<Recorded<ForecastFacts>> for ForecastDelayResponse {
    fn from(recorded: Recorded<ForecastFacts>) -> Self {
        let facts = recorded.facts;
        Self {
            delay_days: facts.delay.to_string(),
            in_time: is_in_time(facts.delay),
            period: facts.period,
            source: facts.source.into(),
            recorded_at: recorded.recorded_at,
            recorded_by: recorded.recorded_by,
            version: recorded.version.number(),
        }
    }
}

impl PayabilityResponse {
    pub(super) fn of(time: &PaymentTime, state: PlanState) -> Self {
        let unpayable = time.unpayable(state);
        let reason = unpayable.map(|why| match why {
            Unpayable::NotValidated => {
                "La relazione sulla performance non è ancora validata: prima di allora non si paga alcun premio \
                 (D.Lgs. 150/2009, art. 14, comma 6)."
            }
            Unpayable::NotCertified => {
                "L'organo di revisione non ha ancora certificato il ritardo dell'anno: una previsione non basta per pagare la quota."
            }
            Unpayable::Late => {
                "I pagamenti sono in ritardo: la quota è persa per intero (D.L. 13/2023, art. 4-bis, comma 2)."
            }
        });
        Self { anything: state.pays(), quota: unpayable.is_none(), reason }
    }
}

impl PaymentTimeResponse {
    pub(super) fn of(plan: &Plan, time: PaymentTime) -> Self {
        let decides = time.decides().map(|(figure, _)| figure);
        Self {
            state: Word(plan.state),
            decides: decides.map(Word),
            is_forecast: decides == Some(PaymentFigure::Forecast),
            in_time: time.in_time(),
            least_share: Figure::whole(Quota::LEAST_SHARE).to_string(),
            payable: PayabilityResponse::of(&time, plan.state),
            certified: time.certified.map(CertifiedDelayResponse::from),
            forecast: time.forecast.map(ForecastDelayResponse::from),
        }
    }
}

impl CertifiedDelayBody {
    pub(super) fn facts(&self) -> Result<CertifiedFacts, Problem> {
        let mut faults = Faults::new();
        let mut at = Reader::new(&mut faults);
        let delay = at.take("delay_days", Figure::parse(&self.delay_days));
        let source = at.take("source", Line::parse(&self.source));
        let act = at.take("act", Line::parse(&self.act));
        let day = at.take("day", credible(self.day));
        let facts = || Some(CertifiedFacts { delay: delay?, source: source?, day: day?, act: act? });
        let facts = facts();
        faults.finish(facts).map_err(Problem::invalid)
    }
}

impl ForecastDelayBody {
    pub(super) fn facts(&self) -> Result<ForecastFacts, Problem> {
        let mut faults = Faults::new();
        let mut at = Reader::new(&mut faults);
        let delay = at.take("delay_days", Figure::parse(&self.delay_days));
        let period = self.period.read(&mut at.member("period"));
        let source = at.take("source", Line::parse(&self.source));
        let facts = || Some(ForecastFacts { delay: delay?, period: period?, source: source? });
        let facts = facts();
        faults.finish(facts).map_err(Problem::invalid)
    }
}
