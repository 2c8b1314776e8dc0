//! Everything payment times come to in some days.

use chrono::NaiveDate;
use serde::Serialize;
use traguardo_documents::span::SpanBody;
use traguardo_domain::feeder::Asked;
use traguardo_domain::measurement::Span;
use traguardo_domain::payment::Tally;
use traguardo_domain::payment_time::{CertifiedFacts, Recorded, is_in_time};
use traguardo_domain::plan::PlanId;
use traguardo_domain::register::RegisterState;
use utoipa::ToSchema;
use uuid::Uuid;

use super::figure::{CoverageResponse, FigureResponse, StockResponse, UnitShareResponse};

/// What there is to tell.
pub(super) struct Told<'t> {
    pub(super) tally: &'t Tally<'t>,
    pub(super) asked: Asked,
    pub(super) unit: Option<Uuid>,
    pub(super) certified: Option<(PlanId, Recorded<CertifiedFacts>)>,
    pub(super) register: RegisterState,
}

/// Da quale stato del registro.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = InvoicesRegister, example = json!({"revision": 12, "digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}))]
pub(crate) struct RegisterResponse {
    /// Quante volte è stato scritto.
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    revision: i64,
    /// L'impronta di tutto ciò che gli è stato detto.
    #[schema(min_length = 64, max_length = 64, pattern = "^[0-9a-f]{64}$")]
    digest: String,
}

/// Il ritardo certificato nel piano dell'anno.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CertifiedYearlyDelay, example = json!({
    "plan": "0193a5c0-0000-7000-8000-000000000002", "delay_days": "8.9", "in_time": false, "day": "2026-02-10", "act": "Verbale n. 4"
}))]
pub(crate) struct CertifiedResponse {
    /// Il piano.
    plan: Uuid,
    /// Giorni di ritardo.
    #[schema(max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$")]
    delay_days: String,
    /// Se i pagamenti sono in tempo.
    in_time: bool,
    /// Il giorno della certificazione.
    day: NaiveDate,
    /// L'atto.
    #[schema(max_length = 200, pattern = "^.*\\S.*$")]
    act: String,
}

/// Gli indicatori e il debito, come risultano dalle fatture.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PaymentSituation, example = json!({
    "figures": [{"indicator": "T1.itp", "perimeter": "paid_in_period", "value": "0.28", "numerator": "5000", "denominator": "18000",
        "percent": false, "with_contested_days": "3.06", "target": "0", "on_target": false, "counted": 4, "left_out": [],
        "method": {"code": "itp", "version": 1, "words": "Somma, su ogni pagamento, dell'importo per i giorni."}}],
    "coverage": {"paid": "18000", "received": "21000", "percent": "85.71", "least": "95", "enough": false},
    "debt": {"on": "2025-12-31", "outstanding": {"amount": "3000.00", "bills": 1, "creditors": 1},
        "overdue": {"amount": "3000.00", "bills": 1, "creditors": 1}, "contested": {"amount": "0.00", "bills": 0, "creditors": 0}},
    "liquidated_by_unit": []
}))]
pub(crate) struct SituationResponse {
    /// ITP, TMP, TMR, ritardo annuale, quota liquidata in 15 giorni.
    #[schema(min_items = 1, max_items = 10)]
    pub(super) figures: Vec<FigureResponse>,
    /// Quanto delle fatture ricevute coprono TMP e TMR.
    coverage: CoverageResponse,
    /// Il debito alla fine dei giorni, o nel giorno da cui si guarda.
    debt: StockResponse,
    /// La quota liquidata in 15 giorni, per struttura; vuota se il registro non ha alcuna data di liquidazione.
    #[schema(min_items = 0, max_items = 100_000)]
    liquidated_by_unit: Vec<UnitShareResponse>,
}

/// I tempi di pagamento di un anno o di un trimestre.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PaymentFigures, example = json!({
    "period": {"from": "2025-01-01", "to": "2025-03-31"}, "on": "2025-04-30",
    "register": {"revision": 12, "digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"},
    "situation": {
        "figures": [{"indicator": "T1.itp", "perimeter": "paid_in_period", "value": "0.28", "numerator": "5000", "denominator": "18000",
            "percent": false, "with_contested_days": "3.06", "target": "0", "on_target": false, "counted": 4, "left_out": [],
            "method": {"code": "itp", "version": 1, "words": "Somma, su ogni pagamento, dell'importo per i giorni."}}],
        "coverage": {"paid": "18000", "received": "21000", "percent": "85.71", "least": "95", "enough": false},
        "debt": {"on": "2025-03-31", "outstanding": {"amount": "3000.00", "bills": 1, "creditors": 1},
            "overdue": {"amount": "3000.00", "bills": 1, "creditors": 1}, "contested": {"amount": "0.00", "bills": 0, "creditors": 0}},
        "liquidated_by_unit": []
    },
    "forecast_delay": "8.81",
    "certified": {"plan": "0193a5c0-0000-7000-8000-000000000002", "delay_days": "8.9", "in_time": false, "day": "2026-02-10", "act": "Verbale n. 4"}
}))]
pub(crate) struct FiguresResponse {
    /// Di quali giorni.
    #[schema(value_type = SpanBody)]
    period: Span,
    /// Il giorno da cui si guarda.
    on: NaiveDate,
    /// La struttura, quando se ne chiede una.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    unit: Option<Uuid>,
    /// Da quale stato del registro.
    register: RegisterResponse,
    /// Gli indicatori e il debito.
    situation: SituationResponse,
    /// La previsione del ritardo annuale, dalle fatture: vale solo finché non c'è il dato certificato. Assente quando non si calcola.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$")]
    forecast_delay: Option<String>,
    /// Il ritardo certificato nel piano dell'anno, quando c'è: è quello che decide.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    certified: Option<CertifiedResponse>,
}

impl SituationResponse {
    pub(super) fn of(tally: &Tally<'_>) -> Self {
        Self {
            figures: tally.told().iter().map(FigureResponse::of).collect(),
            coverage: tally.coverage().into(),
            debt: tally.stock().into(),
            liquidated_by_unit: tally.liquidated_by_unit().into_iter().map(UnitShareResponse::of).collect(),
        }
    }
}

impl CertifiedResponse {
    pub(super) fn of((plan, recorded): (PlanId, Recorded<CertifiedFacts>)) -> Self {
        let facts = recorded.facts;
        Self {
            plan: plan.0,
            delay_days: facts.delay.to_string(),
            in_time: is_in_time(facts.delay),
            day: facts.day,
            act: facts.act.into(),
        }
    }
}

impl FiguresResponse {
    pub(super) fn of(told: Told<'_>) -> Self {
        Self {
            period: told.asked.period,
            on: told.asked.on,
            unit: told.unit,
            register: RegisterResponse {
                revision: told.register.revision,
                digest: told.register.digest.to_string(),
            },
            situation: SituationResponse::of(told.tally),
            forecast_delay: told
                .tally
                .yearly_delay()
                .and_then(|delay| delay.value())
                .map(|delay| delay.to_string()),
            certified: told.certified.map(CertifiedResponse::of),
        }
    }
}
