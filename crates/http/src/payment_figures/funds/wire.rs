//! The fund as it travels.

use chrono::NaiveDate;
use serde::Serialize;
use traguardo_domain::feeder::FundRounding;
use traguardo_domain::figure::Figure;
use traguardo_domain::payment::fund::{
    Avoiding, Fund, FundCondition, FundFacts, FundReading, WayOut, communicated_by, resolved_by,
};
use utoipa::ToSchema;

use super::{FundConditionWord, FundRoundingWord};
use crate::words::Word;

/// Da dove viene un dato: detto da chi chiede, certificato nel piano dell'anno, calcolato dalle fatture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = FundSource)]
pub(crate) enum Origin {
    /// Detto da chi chiede.
    Said,
    /// Certificato nel piano dell'anno.
    Certified,
    /// Calcolato dalle fatture.
    Bills,
}

/// Where each thing is from.
pub(super) struct Sources {
    pub(super) debt_before: Origin,
    pub(super) debt: Origin,
    pub(super) received: Origin,
    pub(super) delay: Origin,
}

/// Un dato e da dove viene.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FundFigure, example = json!({"figure": "92000", "from": "bills"}))]
pub(crate) struct Used {
    /// Il dato.
    #[schema(max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$")]
    figure: String,
    /// Da dove viene.
    from: Origin,
}

/// L'accantonamento, leggendo il ritardo in un modo.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FundReading, example = json!({
    "rounding": "nearest", "days": 9, "condition": "delay", "words": "Il ritardo annuale è fra 1 e 10 giorni.", "share": "1", "amount": "10000"
}))]
pub(crate) struct ReadingResponse {
    /// Come il ritardo diventa un numero intero di giorni: la legge non lo dice.
    rounding: FundRoundingWord,
    /// Il ritardo in giorni interi.
    #[schema(minimum = -2_147_483_648, maximum = 2_147_483_647)]
    days: i32,
    /// Che cosa porta all'accantonamento.
    condition: FundConditionWord,
    /// Lo stesso, a parole.
    #[schema(max_length = 400, pattern = "^.+$")]
    words: String,
    /// La quota degli stanziamenti, in centesimi.
    #[schema(max_length = 23, pattern = "^[0-9]{1,15}([.][0-9]{1,6})?$")]
    share: String,
    /// Quanto si accantona, in euro.
    #[schema(max_length = 40, pattern = "^[0-9]{1,29}([.][0-9]{1,2})?$")]
    amount: String,
}

/// Che cosa toglierebbe una delle condizioni, e che cosa resterebbe se fosse la sola a essere tolta.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FundAvoidance, example = json!({
    "words": "Ridurre il debito residuo a 90000 euro al 31/12/2025, pagandone 2000.", "debt_at_most": "90000", "to_pay": "2000",
    "then": [{"rounding": "nearest", "days": 9, "condition": "delay", "words": "Il ritardo annuale di 9 giorni.", "share": "1", "amount": "10000"},
        {"rounding": "any_delay", "days": 9, "condition": "delay", "words": "Il ritardo annuale di 9 giorni.", "share": "1", "amount": "10000"}]
}))]
pub(crate) struct AvoidingResponse {
    /// Che cosa fare.
    #[schema(max_length = 400, pattern = "^.+$")]
    words: String,
    /// Entro quando comunicare il debito, se è questo che manca.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    communicate_by: Option<NaiveDate>,
    /// A quanto ridurre il debito, in euro, se è questo che manca.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 40, pattern = "^[0-9]{1,29}([.][0-9]{1,2})?$")]
    debt_at_most: Option<String>,
    /// Quanto pagarne.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 40, pattern = "^[0-9]{1,29}([.][0-9]{1,2})?$")]
    to_pay: Option<String>,
    /// A quanto ridurre il ritardo, in giorni, se è questo che manca.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$")]
    delay_at_most: Option<String>,
    /// Che cosa si accantonerebbe ancora, nei due modi di leggere il ritardo.
    #[schema(min_items = 2, max_items = 2)]
    then: Vec<ReadingResponse>,
}

/// L'accantonamento previsto.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FundForecastResult, example = json!({
    "year": 2026, "resolved_by": "2026-02-28", "communicated_by": "2026-01-31",
    "debt_before": {"figure": "100000", "from": "said"}, "debt": {"figure": "92000", "from": "said"},
    "received": {"figure": "2000000", "from": "said"}, "delay_days": {"figure": "8.81", "from": "bills"}, "communicated": true,
    "base": "1000000", "reduction_percent": "8", "reduced_at": "90000", "is_reduced": false, "let_pass_at": "100000", "is_let_pass": true,
    "fund": {"rounding": "nearest", "days": 9, "condition": "delay", "words": "Il ritardo annuale di 9 giorni.", "share": "1", "amount": "10000"},
    "readings": [{"rounding": "nearest", "days": 9, "condition": "delay", "words": "Il ritardo annuale di 9 giorni.", "share": "1", "amount": "10000"},
        {"rounding": "any_delay", "days": 9, "condition": "delay", "words": "Il ritardo annuale di 9 giorni.", "share": "1", "amount": "10000"}],
    "avoided_by": []
}))]
pub(crate) struct FundResponse {
    /// L'anno del bilancio.
    #[schema(minimum = 2009, maximum = 2100)]
    year: i32,
    /// Entro quando la Giunta lo delibera.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    resolved_by: Option<NaiveDate>,
    /// Entro quando si comunica il debito dell'anno prima.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    communicated_by: Option<NaiveDate>,
    /// Debito scaduto alla fine del secondo anno prima.
    debt_before: Used,
    /// Debito scaduto alla fine dell'anno prima.
    debt: Used,
    /// Fatture ricevute nell'anno prima.
    received: Used,
    /// Ritardo annuale dell'anno prima.
    delay_days: Used,
    /// Se il debito è stato comunicato.
    communicated: bool,
    /// Stanziamenti che si contano, in euro.
    #[schema(max_length = 40, pattern = "^[0-9]{1,29}([.][0-9]{1,2})?$")]
    base: String,
    /// Di quanto si è ridotto il debito, in centesimi; assente se non ce n'era.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 40, pattern = "^-?[0-9]{1,29}([.][0-9]{1,2})?$")]
    reduction_percent: Option<String>,
    /// Il debito fino a cui si considera ridotto.
    #[schema(max_length = 40, pattern = "^[0-9]{1,29}([.][0-9]{1,28})?$")]
    reduced_at: String,
    /// Se il debito si considera ridotto.
    is_reduced: bool,
    /// Il debito fino a cui non conta se si è ridotto, perché piccolo rispetto alle fatture ricevute.
    #[schema(max_length = 40, pattern = "^[0-9]{1,29}([.][0-9]{1,28})?$")]
    let_pass_at: String,
    /// Se il debito è così piccolo.
    is_let_pass: bool,
    /// L'accantonamento, leggendo il ritardo come ha scelto il comune.
    fund: ReadingResponse,
    /// L'accantonamento nei due modi di leggere il ritardo.
    #[schema(min_items = 2, max_items = 2)]
    readings: Vec<ReadingResponse>,
    /// Che cosa lo eviterebbe: tutte queste cose insieme.
    #[schema(min_items = 0, max_items = 3)]
    avoided_by: Vec<AvoidingResponse>,
}

impl ReadingResponse {
    fn of(reading: &FundReading) -> Self {
        let words = match reading.condition {
            FundCondition::NotCommunicated => {
                "Il debito non è stato pubblicato o comunicato alla piattaforma (comma 868).".to_owned()
            }
            FundCondition::DebtNotReduced => {
                "Il debito non si è ridotto abbastanza e non è piccolo rispetto alle fatture ricevute (comma 859, lettera a).".to_owned()
            }
            FundCondition::Delay => {
                format!("Ritardo annuale di {} giorni interi (comma 859, lettera b).", reading.days)
            }
            FundCondition::Nothing => "Nessun accantonamento.".to_owned(),
        };
        Self {
            rounding: Word(reading.rounding),
            days: reading.days,
            condition: Word(reading.condition),
            words,
            share: reading.share.to_string(),
            amount: reading.amount.to_string(),
        }
    }
}

impl AvoidingResponse {
    fn of(avoiding: &Avoiding, year: i32) -> Self {
        let then = avoiding.then.iter().map(ReadingResponse::of).collect();
        let mut response = Self {
            words: String::new(),
            communicate_by: None,
            debt_at_most: None,
            to_pay: None,
            delay_at_most: None,
            then,
        };
        let before = year.saturating_sub(1);
        match avoiding.way {
            WayOut::Communicate { by } => {
                response.words = format!(
                    "Pubblicare il debito e comunicarlo alla piattaforma entro il {}.",
                    by.format("%d/%m/%Y")
                );
                response.communicate_by = Some(by);
            }
            WayOut::ReduceDebt { to, pay } => {
                let comma = |number: &str| number.replace('.', ",");
                let (to, pay) = (to.to_string(), pay.to_string());
                response.words = format!(
                    "Avere al 31/12/{before} un debito scaduto di {} euro al massimo: {} euro in meno.",
                    comma(&to),
                    comma(&pay)
                );
                (response.debt_at_most, response.to_pay) = (Some(to), Some(pay));
            }
            WayOut::PayEarlier { delay } => {
                response.words = format!(
                    "Chiudere il {before} con un ritardo annuale di {} giorni al massimo.",
                    delay.to_string().replace('.', ",")
                );
                response.delay_at_most = Some(delay.to_string());
            }
        }
        response
    }
}

impl FundResponse {
    pub(super) fn of(facts: &FundFacts, sources: &Sources, fund: &Fund, rounding: FundRounding) -> Self {
        let used = |figure: Figure, from| Used { figure: figure.to_string(), from };
        let debt = facts.debt.number();
        Self {
            year: facts.year,
            resolved_by: resolved_by(facts.year),
            communicated_by: communicated_by(facts.year),
            debt_before: used(facts.debt_before, sources.debt_before),
            debt: used(facts.debt, sources.debt),
            received: used(facts.received, sources.received),
            delay_days: used(facts.delay, sources.delay),
            communicated: facts.communicated,
            base: fund.base.to_string(),
            reduction_percent: fund.reduction.map(|reduction| reduction.to_string()),
            reduced_at: fund.reduced_at.to_string(),
            is_reduced: debt <= fund.reduced_at,
            let_pass_at: fund.let_pass_at.to_string(),
            is_let_pass: debt <= fund.let_pass_at,
            fund: ReadingResponse::of(&fund.read(rounding)),
            readings: fund.readings.iter().map(ReadingResponse::of).collect(),
            avoided_by: fund.avoided_by.iter().map(|way| AvoidingResponse::of(way, facts.year)).collect(),
        }
    }
}
