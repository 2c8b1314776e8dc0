//! What hours of training come to: both readings of the directive side by side, and nothing of fewer than five persons.

use actix_web::get;
use chrono::{Datelike as _, NaiveDate};
use serde::{Deserialize, Serialize};
use traguardo_documents::span::SpanBody;
use traguardo_domain::Vocabulary as _;
use traguardo_domain::access::Action;
use traguardo_domain::feeder::feed::explained;
use traguardo_domain::feeder::{self, Computed, Outcome, Within};
use traguardo_domain::law::Dated;
use traguardo_domain::measurement::Span;
use traguardo_domain::period::Year;
use traguardo_domain::register::{Register, RegisterState};
use traguardo_domain::training::{Groups, TrainingRole, figures, on_syllabus};
use traguardo_domain::unit::UnitId;
use traguardo_persistence::{TenantTx, feeder_settings, registers, training, units};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::wire::TrainingRoleWord;
use crate::answer::Answer;
use crate::call::{Call, ComunePath};
use crate::figures::FigureResponse;
use crate::problem::Problem;
use crate::query::refused;
use crate::words::{CertaintyWord, Word};

/// Which figures.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct TrainingFiguresQuery {
    /// L'anno; se manca, quello in corso.
    #[param(nullable = false, minimum = 2009, maximum = 2100, example = 2025)]
    year: Option<i32>,
    /// Solo i dipendenti di questa struttura e di quelle che ne fanno parte, per identificativo.
    #[param(nullable = false)]
    unit: Option<Uuid>,
}

/// Le ore che la soglia dell'anno chiede a chi fa un lavoro.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "role": "general", "hours": "40", "reference": "Direttiva Ministro PA 14/1/2025", "certainty": "confirmed"
}))]
pub(crate) struct TrainingThreshold {
    /// Il lavoro.
    role: TrainingRoleWord,
    /// Le ore.
    #[schema(max_length = 23, pattern = "^[0-9]{1,15}([.][0-9]{1,6})?$")]
    hours: String,
    /// Dove è scritto.
    #[schema(max_length = 300, pattern = "^.*\\S.*$")]
    reference: &'static str,
    /// Quanto è certo.
    certainty: CertaintyWord,
    /// Che altro c'è da sapere.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 300, pattern = "^.*\\S.*$")]
    note: Option<&'static str>,
}

/// Una lettura della direttiva: che cosa chiede, e quanto fa.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"asks": "La soglia raggiunta da ciascuno", "figure": {
    "indicator": "T7.over_threshold", "register": "training", "period": {"from": "2025-01-01", "to": "2025-12-31"}, "value": "50",
    "numerator": "3", "denominator": "6", "counted": 6, "left_out": [],
    "method": {"code": "training_threshold", "version": 1, "words": "Dipendenti che raggiungono la soglia, diviso i dipendenti in servizio."}
}}))]
pub(crate) struct TrainingReading {
    /// Che cosa chiede.
    #[schema(max_length = 200, pattern = "^.*\\S.*$")]
    asks: &'static str,
    /// Il dato.
    figure: FigureResponse,
    /// Se la media raggiunge la soglia generale; assente nella lettura che guarda a ciascuno, e dove non si calcola.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    reached: Option<bool>,
}

/// La parte dei dipendenti con almeno un corso concluso sulla piattaforma Syllabus: nessun indicatore condiviso la chiede.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"value": "16.67", "numerator": "1", "denominator": "6", "words": "Dipendenti con almeno un corso Syllabus concluso con attestato."}))]
pub(crate) struct SyllabusShare {
    /// Il valore, in percentuale; assente quando non si dice.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 23, pattern = "^[0-9]{1,15}([.][0-9]{1,6})?$")]
    value: Option<String>,
    /// Il numeratore.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 60, pattern = "^[0-9]+([.][0-9]+)?$")]
    numerator: Option<String>,
    /// Il denominatore.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 60, pattern = "^[0-9]+([.][0-9]+)?$")]
    denominator: Option<String>,
    /// Come si calcola.
    #[schema(max_length = 2000, pattern = "^[\\s\\S]+$")]
    words: &'static str,
}

/// La formazione di un anno nelle due letture della direttiva, e ciò che le sta accanto. Di gruppi di meno di cinque dipendenti, o che
/// ne lascino fuori meno di cinque, non si dice nulla.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TrainingFigures, example = json!({
    "period": {"from": "2025-01-01", "to": "2025-12-31"}, "on": "2026-01-20", "thresholds": [
        {"role": "general", "hours": "40", "reference": "Direttiva Ministro PA 14/1/2025", "certainty": "confirmed"}
    ], "readings": [], "beside": [], "syllabus": {"words": "Dipendenti con almeno un corso Syllabus concluso con attestato."}
}))]
pub(crate) struct TrainingFiguresResponse {
    /// I giorni.
    #[schema(value_type = SpanBody)]
    period: Span,
    /// Il giorno da cui si guarda: ciò che è datato dopo non è ancora successo.
    on: NaiveDate,
    /// La struttura, con quelle che ne fanno parte; assente per tutto il comune.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    unit: Option<Uuid>,
    /// Le soglie dell'anno; nessuna negli anni in cui nulla era chiesto.
    #[schema(min_items = 0, max_items = 2)]
    thresholds: Vec<TrainingThreshold>,
    /// Le due letture: la soglia raggiunta da ciascuno, la media pro capite.
    #[schema(min_items = 0, max_items = 2)]
    readings: Vec<TrainingReading>,
    /// Gli altri indicatori condivisi della formazione.
    #[schema(min_items = 0, max_items = 10)]
    beside: Vec<FigureResponse>,
    /// I corsi della piattaforma Syllabus.
    syllabus: SyllabusShare,
}

impl TrainingFiguresQuery {
    fn asked(&self, today: NaiveDate) -> Result<feeder::Asked, Problem> {
        let year = self.year.unwrap_or_else(|| today.year());
        let year = Year::parse(year).map_err(|error| refused(error.kind, "year", &error.detail))?;
        let day = |month, day| NaiveDate::from_ymd_opt(i32::from(year.number()), month, day);
        let (from, to) = (day(1, 1).unwrap_or_default(), day(12, 31).unwrap_or_default());
        Ok(feeder::Asked { period: Span { from, to }, on: today })
    }
}

impl TrainingThreshold {
    fn of(role: TrainingRole, dated: &'static Dated) -> Option<Self> {
        let Dated { reference, certainty, note, .. } = *dated;
        let hours = dated.figure()?.to_string();
        Some(Self { role: Word(role), hours, reference, certainty: Word(certainty), note })
    }
}

impl From<&Computed> for SyllabusShare {
    fn from(computed: &Computed) -> Self {
        let ratio = match computed.outcome {
            Outcome::Ratio { numerator, denominator } => Some((numerator, denominator)),
            Outcome::Number(_) | Outcome::NotComputable(_) => None,
        };
        Self {
            value: computed.value().map(|value| value.to_string()),
            numerator: ratio.map(|(numerator, _)| numerator.to_string()),
            denominator: ratio.map(|(_, denominator)| denominator.to_string()),
            words: computed.method.words,
        }
    }
}

/// What was computed, and from which state of the register.
struct Found {
    shared: Vec<Computed>,
    syllabus: Computed,
    state: RegisterState,
    named: Option<String>,
}

fn found(tx: &mut TenantTx<'_>, asked: feeder::Asked, unit: Option<UnitId>) -> Result<Found, Problem> {
    let settings = feeder_settings::look_up(tx)?.facts;
    let entries = training::unnamed(tx, asked.period)?;
    let tree = units::tree(tx)?;
    let below = unit.map(|unit| tree.at_or_below(unit));
    let groups = Groups::of(&entries, &tree, asked);
    let within = below.as_ref().map_or(Within::Comune, Within::Units);
    let named = unit.map(|unit| units::look_up(tx, unit)).transpose()?.flatten();
    let shared = figures(&entries, within, asked, &settings);
    Ok(Found {
        shared: shared.into_iter().map(|one| groups.told(unit, one)).collect(),
        syllabus: groups.told(unit, on_syllabus(&entries, within, asked)),
        state: registers::state(tx, Register::Training)?,
        named: named.map(|unit| format!("{} {}", unit.facts.code.as_str(), unit.facts.name)),
    })
}

fn told(found: &Found, asked: feeder::Asked, unit: Option<UnitId>) -> TrainingFiguresResponse {
    let year = asked.period.to.year();
    let written = Some(&found.state).filter(|state| state.revision > 0);
    let wire = |one: &Computed| {
        let explanation = explained(one, asked, written, found.named.as_deref());
        FigureResponse::of(one, explanation.map(String::from))
    };
    let general = TrainingRole::General.threshold(year).and_then(Dated::figure);
    let mean = |one: &Computed| one.value().zip(general).map(|(mean, asked)| mean >= asked);
    let reading = |one: &Computed| match one.indicator {
        "T7.over_threshold" => Some(("La soglia raggiunta da ciascuno.", None)),
        "T7.hours" => Some(("La soglia raggiunta in media dai dipendenti.", mean(one))),
        _ => None,
    };
    let readings = found.shared.iter().filter_map(|one| {
        reading(one).map(|(asks, reached)| TrainingReading { asks, figure: wire(one), reached })
    });
    let known = |role: &TrainingRole| TrainingThreshold::of(*role, role.threshold(year)?);
    TrainingFiguresResponse {
        period: asked.period,
        on: asked.on,
        unit: unit.map(|unit| unit.0),
        thresholds: TrainingRole::all().iter().filter_map(known).collect(),
        readings: readings.collect(),
        beside: found.shared.iter().filter(|one| reading(one).is_none()).map(wire).collect(),
        syllabus: SyllabusShare::from(&found.syllabus),
    }
}

/// Legge gli indicatori della formazione
///
/// Le due letture della direttiva (quanti raggiungono la soglia dell'anno, le ore medie a persona), i dipendenti con almeno un corso
/// concluso, quelli che hanno usato Syllabus. Nulla che riguardi gruppi di meno di cinque dipendenti.
#[utoipa::path(tag = "training", params(ComunePath, TrainingFiguresQuery), responses(
    (status = 200, description = "Gli indicatori dell'anno.", body = TrainingFiguresResponse),
))]
#[get("/training-figures")]
pub(crate) async fn read_training_figures(
    call: Call<ComunePath, TrainingFiguresQuery>,
) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadRegisters)?;
    let asked = permit.query.asked(permit.app.today())?;
    let unit = permit.query.unit.map(UnitId);
    let found = permit.tenant(move |tx: &mut TenantTx<'_>| found(tx, asked, unit)).await?;
    Answer::ok(&told(&found, asked, unit))
}
