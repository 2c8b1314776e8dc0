//! One figure of payment times as it travels, with what it was computed from.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Serialize;
use traguardo_domain::Vocabulary as _;
use traguardo_domain::feeder::{Computed, LeftOut, Method, NotComputable, Outcome};
use traguardo_domain::figure::Figure;
use traguardo_domain::payment::{Coverage, Debt, LiquidatedShare, Stock, Told, Why, hundredths};
use traguardo_domain::unit::UnitId;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{NotComputableWord, PerimeterWord, WhyWord};
use crate::words::Word;

/// Come si calcola un indicatore.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PaymentMethod, example = json!({"code": "itp", "version": 1, "words": "Somma, su ogni pagamento, dell'importo per i giorni."}))]
pub(crate) struct MethodResponse {
    /// Sigla.
    #[schema(max_length = 40, pattern = "^[a-z0-9_]+$")]
    code: &'static str,
    /// Versione: cresce quando cambia che cosa si conta, o come.
    #[schema(minimum = 1, maximum = 65_535)]
    version: u16,
    /// Che cosa si conta e che cosa no, per chi rifà il conto.
    #[schema(max_length = 2000, pattern = "^[\\s\\S]+$")]
    words: &'static str,
}

/// Fatture che non contano, e perché.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PaymentLeftOut, example = json!({"why": "non_commercial", "words": "Documenti che non riguardano transazioni commerciali.", "count": 3}))]
pub(crate) struct LeftOutResponse {
    /// Perché.
    why: WhyWord,
    /// Lo stesso, a parole.
    #[schema(max_length = 400, pattern = "^.+$")]
    words: &'static str,
    /// Quante.
    #[schema(minimum = 1, maximum = 1_000_000_000, value_type = i32)]
    count: u64,
}

/// Un indicatore, con ciò da cui è calcolato.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ComputedPaymentFigure, example = json!({
    "indicator": "T1.itp", "perimeter": "paid_in_period", "value": "0.28", "numerator": "5000", "denominator": "18000", "percent": false,
    "with_contested_days": "3.06", "target": "0", "on_target": false, "counted": 4, "left_out": [],
    "method": {"code": "itp", "version": 1, "words": "Somma, su ogni pagamento, dell'importo per i giorni."}
}))]
pub(crate) struct FigureResponse {
    /// L'indicatore condiviso.
    #[schema(max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$")]
    indicator: &'static str,
    /// Quali fatture guarda: mai insieme a quelle di un altro.
    perimeter: PerimeterWord,
    /// Il valore, a due decimali; assente quando non si calcola, che non è zero.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$")]
    value: Option<String>,
    /// Perché non si calcola.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    not_computable: Option<NotComputableWord>,
    /// Numeratore: euro per giorni, oppure fatture.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 40, pattern = "^-?[0-9]{1,29}([.][0-9]{1,2})?$")]
    numerator: Option<String>,
    /// Denominatore: euro, oppure fatture.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 40, pattern = "^-?[0-9]{1,29}([.][0-9]{1,2})?$")]
    denominator: Option<String>,
    /// Se il valore è in centesimi del denominatore.
    percent: bool,
    /// Quanto sarebbe se i giorni contestati contassero; per gli indicatori in giorni.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$")]
    with_contested_days: Option<String>,
    /// Il valore atteso dalla legge per quell'anno, o dall'obiettivo condiviso: al massimo, per i giorni; almeno, per una quota.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$")]
    target: Option<String>,
    /// Se il valore è quello atteso.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    on_target: Option<bool>,
    /// Quante fatture contano.
    #[schema(minimum = 0, maximum = 1_000_000_000, value_type = i32)]
    counted: u64,
    /// Quali non contano, e perché.
    #[schema(min_items = 0, max_items = 20)]
    left_out: Vec<LeftOutResponse>,
    /// Come si calcola.
    method: MethodResponse,
}

/// Quanto di ciò che è stato ricevuto coprono le medie che ne parlano.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PaymentCoverage, example = json!({"paid": "18000", "received": "21000", "percent": "85.71", "least": "95", "enough": false}))]
pub(crate) struct CoverageResponse {
    /// Quanto ne è stato pagato, in euro.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 40, pattern = "^-?[0-9]{1,29}([.][0-9]{1,2})?$")]
    paid: Option<String>,
    /// Quanto è stato ricevuto, in euro; assente se nulla.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 40, pattern = "^-?[0-9]{1,29}([.][0-9]{1,2})?$")]
    received: Option<String>,
    /// L'uno in centesimi dell'altro.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 23, pattern = "^[0-9]{1,15}([.][0-9]{1,6})?$")]
    percent: Option<String>,
    /// Il minimo perché le medie valgano per il PNRR, negli anni in cui c'è.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 23, pattern = "^[0-9]{1,15}([.][0-9]{1,6})?$")]
    least: Option<String>,
    /// Se basta.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    enough: Option<bool>,
}

/// Un debito: quanto, di quante fatture, verso quanti.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CommercialDebtPart, example = json!({"amount": "3000.00", "bills": 1, "creditors": 1}))]
pub(crate) struct DebtResponse {
    /// In euro.
    #[schema(max_length = 23, pattern = "^[0-9]{1,17}[.][0-9]{2}$")]
    amount: String,
    /// Quante fatture.
    #[schema(minimum = 0, maximum = 1_000_000_000, value_type = i32)]
    bills: u64,
    /// Quante imprese creditrici.
    #[schema(minimum = 0, maximum = 1_000_000_000, value_type = i32)]
    creditors: usize,
}

/// Il debito commerciale alla fine di un giorno.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CommercialDebt, example = json!({
    "on": "2025-12-31", "outstanding": {"amount": "3500.00", "bills": 2, "creditors": 1},
    "overdue": {"amount": "3000.00", "bills": 1, "creditors": 1}, "contested": {"amount": "0.00", "bills": 0, "creditors": 0}
}))]
pub(crate) struct StockResponse {
    /// Il giorno.
    on: NaiveDate,
    /// Tutto ciò che è ricevuto e non pagato.
    outstanding: DebtResponse,
    /// La parte scaduta; con quella contestata solo se il comune ha scelto di contarla.
    overdue: DebtResponse,
    /// La parte scaduta e contestata quel giorno, contata o no.
    contested: DebtResponse,
}

/// La quota di fatture liquidate entro 15 giorni di una struttura.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = UnitLiquidatedShare, example = json!({"unit": "0193a5c0-0000-7000-8000-000000000003", "in_time": 9, "of": 10, "percent": "90"}))]
pub(crate) struct UnitShareResponse {
    /// La struttura; assente per le fatture che non ne hanno una.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    unit: Option<Uuid>,
    /// Liquidate in tempo.
    #[schema(minimum = 0, maximum = 1_000_000_000, value_type = i32)]
    in_time: u64,
    /// Di quante.
    #[schema(minimum = 1, maximum = 1_000_000_000, value_type = i32)]
    of: u64,
    /// In centesimi, a due decimali.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 23, pattern = "^[0-9]{1,15}([.][0-9]{1,6})?$")]
    percent: Option<String>,
}

/// The two numbers of a ratio.
fn numbers(outcome: Outcome) -> (Option<Decimal>, Option<Decimal>) {
    match outcome {
        Outcome::Ratio { numerator, denominator } => (Some(numerator), Some(denominator)),
        Outcome::Number(_) | Outcome::NotComputable(_) => (None, None),
    }
}

/// Why there is no figure.
const fn why_not(outcome: Outcome) -> Option<NotComputable> {
    match outcome {
        Outcome::NotComputable(why) => Some(why),
        Outcome::Ratio { .. } | Outcome::Number(_) => None,
    }
}

fn text(number: Option<Decimal>) -> Option<String> {
    number.map(|number| number.normalize().to_string())
}

impl From<Method> for MethodResponse {
    fn from(method: Method) -> Self {
        Self { code: method.code, version: method.version, words: method.words }
    }
}

impl LeftOutResponse {
    fn of(left: &LeftOut) -> Option<Self> {
        Some(Self { why: Word(Why::from_word(left.why)?), words: left.words, count: left.count })
    }
}

impl FigureResponse {
    pub(super) fn of(told: &Told) -> Self {
        let computed = &told.computed;
        let value = computed.value();
        let (numerator, denominator) = numbers(computed.outcome);
        let as_if = |outcome| Computed { outcome, ..computed.clone() }.value();
        let reached = |(value, target): (Figure, Figure)| {
            if computed.percent { value >= target } else { value <= target }
        };
        Self {
            indicator: computed.indicator,
            perimeter: Word(told.perimeter),
            value: value.map(|value| value.to_string()),
            not_computable: why_not(computed.outcome).map(Word),
            numerator: text(numerator),
            denominator: text(denominator),
            percent: computed.percent,
            with_contested_days: told.with_contested_days.and_then(as_if).map(|value| value.to_string()),
            target: told.target.map(|target| target.to_string()),
            on_target: value.zip(told.target).map(reached),
            counted: computed.counted,
            left_out: computed.left_out.iter().filter_map(LeftOutResponse::of).collect(),
            method: computed.method.into(),
        }
    }
}

impl From<Coverage> for CoverageResponse {
    fn from(coverage: Coverage) -> Self {
        let (paid, received) = numbers(coverage.outcome);
        Self {
            paid: text(paid),
            received: text(received),
            percent: hundredths(coverage.outcome).map(|percent| percent.to_string()),
            least: coverage.least.map(|least| least.to_string()),
            enough: coverage.enough,
        }
    }
}

impl From<&Debt> for DebtResponse {
    fn from(debt: &Debt) -> Self {
        Self { amount: debt.amount.to_string(), bills: debt.bills, creditors: debt.creditors() }
    }
}

impl From<&Stock> for StockResponse {
    fn from(stock: &Stock) -> Self {
        Self {
            on: stock.on,
            outstanding: (&stock.outstanding).into(),
            overdue: (&stock.overdue).into(),
            contested: (&stock.contested).into(),
        }
    }
}

impl UnitShareResponse {
    pub(super) fn of((unit, share): (Option<UnitId>, LiquidatedShare)) -> Self {
        let percent = hundredths(share.outcome()).map(|percent| percent.to_string());
        Self { unit: unit.map(|unit| unit.0), in_time: share.in_time, of: share.of, percent }
    }
}
