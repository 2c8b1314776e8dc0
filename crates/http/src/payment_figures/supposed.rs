//! What if: the figures of some days before and after payments that were not made. Nothing is stored.

use std::collections::HashSet;

use actix_web::post;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use traguardo_documents::Reader;
use traguardo_documents::span::SpanBody;
use traguardo_domain::access::Action;
use traguardo_domain::fault::Refused;
use traguardo_domain::feeder::{Asked, SettingsFacts, Within};
use traguardo_domain::figure::Figure;
use traguardo_domain::invoice::{Cents, InvoiceRef};
use traguardo_domain::measurement::Span;
use traguardo_domain::payment::{Supposed, Supposition, Tally, Told};
use traguardo_domain::period::credible;
use traguardo_domain::text::Line;
use traguardo_domain::{FaultKind, Faults};
use traguardo_persistence::payment_figures::{mattering, without_bill};
use traguardo_persistence::{TenantTx, feeder_settings, invoices};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::told::SituationResponse;
use super::{below, period, within};
use crate::answer::Answer;
use crate::call::{Call, ComunePath};
use crate::problem::Problem;

/// Un pagamento supposto.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"supplier": "01234567890", "number": "12/A", "issued": "2025-01-08", "day": "2025-02-04"}))]
pub(crate) struct SupposedPayment {
    /// La partita IVA o il codice fiscale del fornitore, come sulla fattura.
    #[schema(min_length = 1, max_length = 40, pattern = "^[A-Za-z0-9 ]+$", example = "01234567890")]
    supplier: String,
    /// Il numero della fattura.
    #[schema(min_length = 1, max_length = 60, pattern = "^.*\\S.*$", example = "12/A")]
    number: String,
    /// Il giorno di emissione della fattura.
    #[serde(deserialize_with = "crate::day::one")]
    #[schema(example = "2025-01-08")]
    issued: NaiveDate,
    /// Il giorno in cui la si pagherebbe.
    #[serde(deserialize_with = "crate::day::one")]
    #[schema(example = "2025-02-04")]
    day: NaiveDate,
    /// Quanto se ne pagherebbe, in euro; tutto ciò che ne resta, se non si dice.
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 13,
        pattern = "^[0-9]{1,10}([.][0-9]{1,2})?$",
        example = "1500.00"
    )]
    amount: Option<String>,
}

/// Che cosa si suppone pagato.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PaymentForecast, example = json!({
    "year": 2025, "on": "2025-12-31",
    "payments": [{"supplier": "01234567890", "number": "12/A", "issued": "2025-01-08", "day": "2025-02-04"}]
}))]
pub(crate) struct ForecastBody {
    /// L'anno.
    #[schema(minimum = 2009, maximum = 2100, example = 2025)]
    year: i32,
    /// Il trimestre; tutto l'anno, se non si dice.
    #[schema(nullable = false, minimum = 1, maximum = 4, example = 4)]
    quarter: Option<i32>,
    /// Il giorno da cui si guardano il prima e il dopo: non prima dell'ultimo pagamento supposto. Se non si dice, oggi o quel giorno.
    #[serde(default, deserialize_with = "crate::day::maybe")]
    #[schema(nullable = false)]
    on: Option<NaiveDate>,
    /// Solo le fatture di questa struttura e di quelle che ne fanno parte.
    #[schema(nullable = false)]
    unit: Option<Uuid>,
    /// I pagamenti supposti.
    #[schema(min_items = 1, max_items = 1_000)]
    payments: Vec<SupposedPayment>,
}

/// Un indicatore prima e dopo.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PaymentDelta, example = json!({"indicator": "T1.irp", "before": "8.81", "after": "0.95", "difference": "-7.86"}))]
pub(crate) struct DeltaResponse {
    /// L'indicatore condiviso.
    #[schema(max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$")]
    indicator: &'static str,
    /// Prima; assente se non si calcola.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$")]
    before: Option<String>,
    /// Dopo; assente se non si calcola.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$")]
    after: Option<String>,
    /// Di quanto cambierebbe il valore a due decimali.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 23, pattern = "^-?[0-9]{1,16}([.][0-9]{1,6})?$")]
    difference: Option<String>,
}

/// Che cosa cambierebbe.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PaymentForecastResult, example = json!({
    "period": {"from": "2025-01-01", "to": "2025-12-31"}, "on": "2026-01-15",
    "deltas": [{"indicator": "T1.irp", "before": "8.81", "after": "0.95", "difference": "-7.86"}],
    "before": {"figures": [{"indicator": "T1.irp", "perimeter": "due_in_year", "value": "8.81", "numerator": "185000", "denominator": "21000", "percent": false,
        "with_contested_days": "11.19", "target": "0", "on_target": false, "counted": 5, "left_out": [],
        "method": {"code": "irp", "version": 1, "words": "Somma degli importi per i giorni."}}],
        "coverage": {"paid": "18000", "received": "21000", "percent": "85.71", "least": "95", "enough": false},
        "debt": {"on": "2025-12-31", "outstanding": {"amount": "3000.00", "bills": 1, "creditors": 1},
            "overdue": {"amount": "3000.00", "bills": 1, "creditors": 1}, "contested": {"amount": "0.00", "bills": 0, "creditors": 0}},
        "liquidated_by_unit": []},
    "after": {"figures": [{"indicator": "T1.irp", "perimeter": "due_in_year", "value": "0.95", "numerator": "20000", "denominator": "21000", "percent": false,
        "with_contested_days": "3.33", "target": "0", "on_target": false, "counted": 5, "left_out": [],
        "method": {"code": "irp", "version": 1, "words": "Somma degli importi per i giorni."}}],
        "coverage": {"paid": "18000", "received": "21000", "percent": "85.71", "least": "95", "enough": false},
        "debt": {"on": "2025-12-31", "outstanding": {"amount": "0.00", "bills": 0, "creditors": 0},
            "overdue": {"amount": "0.00", "bills": 0, "creditors": 0}, "contested": {"amount": "0.00", "bills": 0, "creditors": 0}},
        "liquidated_by_unit": []}
}))]
pub(crate) struct ForecastResponse {
    /// Di quali giorni.
    #[schema(value_type = SpanBody)]
    period: Span,
    /// Il giorno da cui si guardano il prima e il dopo.
    on: NaiveDate,
    /// Indicatore per indicatore.
    #[schema(min_items = 1, max_items = 10)]
    deltas: Vec<DeltaResponse>,
    /// Senza quei pagamenti.
    before: SituationResponse,
    /// Con quei pagamenti.
    after: SituationResponse,
}

/// What is supposed, read.
struct Question {
    asked: Asked,
    unit: Option<Uuid>,
    payments: Vec<Supposed>,
}

impl SupposedPayment {
    fn read(&self, at: &mut Reader<'_>) -> Option<Supposed> {
        let supplier = at.take("supplier", InvoiceRef::supplier(&self.supplier));
        let number = at.take("number", Line::parse(&self.number));
        let issued = at.take("issued", credible(self.issued));
        let day = at.take("day", credible(self.day));
        let amount = at.maybe("amount", self.amount.as_ref(), Cents::parse);
        let reference = InvoiceRef { supplier: supplier?, number: number?, issued: issued? };
        Some(Supposed { invoice: reference.id(), day: day?, amount })
    }
}

impl ForecastBody {
    fn read(self, today: NaiveDate) -> Result<Question, Problem> {
        let mut faults = Faults::new();
        let mut at = Reader::new(&mut faults);
        let period = match period(self.year, self.quarter) {
            Ok(period) => Some(period),
            Err((refused, member)) => at.take(member, Err::<Span, _>(refused)),
        };
        let last = self.payments.iter().map(|payment| payment.day).max().unwrap_or(today);
        let on = match self.on {
            None => Ok(today.max(last)),
            Some(on) if on < last => {
                Err(Refused::new(FaultKind::Inconsistent, "Non prima dell'ultimo pagamento supposto."))
            }
            Some(on) => credible(on),
        };
        let on = at.take("on", on);
        if self.payments.is_empty() {
            at.fault("payments", FaultKind::Missing, "Almeno uno.");
        }
        let payments = at.each("payments", self.payments, Supposition::MOST, |payment, at| payment.read(at));
        let question =
            || Some(Question { asked: Asked { period: period?, on: on? }, unit: self.unit, payments });
        let question = question();
        faults.finish(question).map_err(Problem::invalid)
    }
}

/// Both tallies of one pass over the bills.
fn both<'u>(
    tx: &mut TenantTx<'_>,
    within: Within<'u>,
    asked: Asked,
    payments: Vec<Supposed>,
    settings: &SettingsFacts,
) -> Result<(Tally<'u>, Tally<'u>), Problem> {
    let mut before = Tally::new(within, asked, settings);
    let mut after = before.clone();
    let mut supposition = Supposition::of(payments);
    invoices::bills(tx, mattering(asked), |bill| {
        before.take(&bill);
        match supposition.applied(&bill) {
            Some(supposed) => after.take(&supposed),
            None => after.take(&bill),
        }
    })?;
    let faults = supposition.faults("/payments");
    if !faults.is_empty() {
        return Err(Problem::invalid(faults));
    }
    if matches!(within, Within::Comune) {
        let strangers = without_bill(tx, asked)?;
        before.without_bill(strangers);
        after.without_bill(strangers);
    }
    Ok((before, after))
}

/// Prova dei pagamenti
///
/// Che cosa cambierebbe di indicatori e debito se queste fatture fossero pagate in questi giorni. Non si conserva nulla.
#[utoipa::path(tag = "payment-figures", params(ComunePath), request_body = ForecastBody, responses(
    (status = 200, description = "Che cosa cambierebbe.", body = ForecastResponse),
))]
#[post("/payment-forecasts")]
pub(crate) async fn forecast_payments(call: Call<ComunePath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadRegisters)?;
    let today = permit.app.today();
    let (permit, body) = permit.read::<ForecastBody>().await?;
    let Question { asked, unit, payments } = body.read(today)?;
    let work = move |tx: &mut TenantTx<'_>| {
        let units = below(tx, unit)?;
        if units.as_ref().is_some_and(HashSet::is_empty) {
            let refused = Refused::new(FaultKind::UnknownReference, "La struttura non esiste.");
            return Err(Problem::invalid(vec![refused.at("/unit")]));
        }
        let settings = feeder_settings::look_up(tx)?.facts;
        let (before, after) = both(tx, within(units.as_ref()), asked, payments, &settings)?;
        Ok(ForecastResponse::of(asked, &before, &after))
    };
    Answer::ok(&permit.tenant(work).await?)
}

impl ForecastResponse {
    fn of(asked: Asked, before: &Tally<'_>, after: &Tally<'_>) -> Self {
        let pairs = before.told().into_iter().zip(after.told());
        Self {
            period: asked.period,
            on: asked.on,
            deltas: pairs.map(|(before, after)| DeltaResponse::of(&before, &after)).collect(),
            before: SituationResponse::of(before),
            after: SituationResponse::of(after),
        }
    }
}

impl DeltaResponse {
    fn of(before: &Told, after: &Told) -> Self {
        let (first, second) = (before.computed.value(), after.computed.value());
        let less = |(first, second): (Figure, Figure)| second.number().checked_sub(first.number());
        let spelled = |figure: Option<Figure>| figure.map(|figure| figure.to_string());
        Self {
            indicator: before.computed.indicator,
            before: spelled(first),
            after: spelled(second),
            difference: first.zip(second).and_then(less).map(|number| number.normalize().to_string()),
        }
    }
}
