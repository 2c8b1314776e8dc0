//! Figures as they travel.

use chrono::NaiveDate;
use serde::Serialize;
use traguardo_documents::Word;
use traguardo_documents::span::SpanBody;
use traguardo_domain::feeder::feed::explained;
use traguardo_domain::feeder::{Asked, Computed, LeftOut, Method, NotComputable, Outcome};
use traguardo_domain::figure::Figure;
use traguardo_domain::measurement::Span;
use traguardo_domain::register::RegisterState;
use traguardo_domain::unit::{Unit, UnitId};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::feeds::{RegisterStateResponse, RegisterWord};

/// Why a figure cannot be computed.
type NotComputableWord = Word<NotComputable>;

/// Come si calcola un indicatore.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FigureMethod, example = json!({"code": "itp", "version": 1, "words": "Giorni di ritardo dei pagamenti dell'anno, pesati con gli importi."}))]
pub(crate) struct MethodResponse {
    /// Il nome.
    #[schema(max_length = 60, pattern = "^[a-z0-9_]+$")]
    code: &'static str,
    /// La versione, che cresce quando cambia ciò che si conta o come.
    #[schema(minimum = 1, maximum = 65_535, value_type = i32)]
    version: u16,
    /// Che cosa si conta e che cosa no.
    #[schema(max_length = 2000, pattern = "^[\\s\\S]+$")]
    words: &'static str,
}

/// Fatti del periodo che non contano, e perché.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FigureLeftOut, example = json!({"why": "non_commercial", "words": "Transazioni non commerciali", "count": 3}))]
pub(crate) struct FigureLeftOutResponse {
    /// Il motivo.
    #[schema(max_length = 60, pattern = "^[a-z0-9_]+$")]
    why: &'static str,
    /// A parole.
    #[schema(max_length = 500, pattern = "^[\\s\\S]+$")]
    words: &'static str,
    /// Quanti; zero dove quanti sono non si dice.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64, value_type = i64)]
    count: u64,
}

/// Un indicatore condiviso, com'è calcolato da un registro.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RegisterFigure, example = json!({
    "indicator": "T1.itp", "register": "invoices", "period": {"from": "2025-01-01", "to": "2025-12-31"}, "value": "0.28",
    "numerator": "5000", "denominator": "18000", "counted": 4, "left_out": [],
    "method": {"code": "itp", "version": 1, "words": "Giorni di ritardo dei pagamenti dell'anno, pesati con gli importi."},
    "explanation": "Registro delle fatture e dei pagamenti, revisione 12: dal 01/01/2025 al 31/12/2025, visto il 20/01/2026. Valore 0,28."
}))]
pub(crate) struct FigureResponse {
    /// L'indicatore condiviso.
    #[schema(max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$", example = "T1.itp")]
    indicator: &'static str,
    /// Il registro.
    register: RegisterWord,
    /// I giorni.
    #[schema(value_type = SpanBody)]
    period: Span,
    /// Il valore, nell'unità dell'indicatore; assente quando non si calcola, e non è zero.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$")]
    value: Option<String>,
    /// Di un rapporto, il numeratore.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 60, pattern = "^-?[0-9]+([.][0-9]+)?$")]
    numerator: Option<String>,
    /// Di un rapporto, il denominatore.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 60, pattern = "^-?[0-9]+([.][0-9]+)?$")]
    denominator: Option<String>,
    /// Perché non si calcola.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    why: Option<NotComputableWord>,
    /// Come si calcola.
    method: MethodResponse,
    /// Quanti fatti contano.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64, value_type = i64)]
    counted: u64,
    /// Quali no, e perché.
    #[schema(min_items = 0, max_items = 100)]
    left_out: Vec<FigureLeftOutResponse>,
    /// Come ci si arriva, a parole.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 4000, pattern = "^[\\s\\S]+$")]
    explanation: Option<String>,
}

/// Gli indicatori condivisi di un anno, come sono calcolati dai registri.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RegisterFigures, example = json!({
    "period": {"from": "2025-01-01", "to": "2025-12-31"}, "on": "2026-01-20", "registers": [], "figures": []
}))]
pub(crate) struct FiguresResponse {
    /// I giorni.
    #[schema(value_type = SpanBody)]
    period: Span,
    /// Il giorno da cui si guardano i fatti.
    on: NaiveDate,
    /// La struttura, con quelle che ne fanno parte; assente per tutto il comune.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    unit: Option<Uuid>,
    /// Dove stanno i registri.
    #[schema(min_items = 0, max_items = 6)]
    registers: Vec<RegisterStateResponse>,
    /// Gli indicatori.
    #[schema(min_items = 0, max_items = 100)]
    figures: Vec<FigureResponse>,
}

impl From<Method> for MethodResponse {
    fn from(method: Method) -> Self {
        Self { code: method.code, version: method.version, words: method.words }
    }
}

impl From<&LeftOut> for FigureLeftOutResponse {
    fn from(left_out: &LeftOut) -> Self {
        Self { why: left_out.why, words: left_out.words, count: left_out.count }
    }
}

impl FigureResponse {
    /// What was computed, with what there is to say of it.
    pub(crate) fn of(computed: &Computed, explanation: Option<String>) -> Self {
        let (ratio, why) = match computed.outcome {
            Outcome::Ratio { numerator, denominator } => (Some((numerator, denominator)), None),
            Outcome::Number(_) => (None, None),
            Outcome::NotComputable(why) => (None, Some(Word(why))),
        };
        Self {
            indicator: computed.indicator,
            register: Word(computed.register),
            period: computed.period,
            value: computed.value().map(|value: Figure| value.to_string()),
            numerator: ratio.map(|(numerator, _)| numerator.normalize().to_string()),
            denominator: ratio.map(|(_, denominator)| denominator.normalize().to_string()),
            why,
            method: computed.method.into(),
            counted: computed.counted,
            left_out: computed.left_out.iter().map(FigureLeftOutResponse::from).collect(),
            explanation,
        }
    }
}

impl FiguresResponse {
    /// What was computed, of the comune or of a structure.
    pub(super) fn of(
        asked: Asked,
        registers: &[RegisterState],
        (unit, named): (Option<UnitId>, Option<&Unit>),
        computed: &[Computed],
    ) -> Self {
        let name = named.map(|unit| format!("{} {}", unit.facts.code.as_str(), unit.facts.name));
        let figure = |one: &Computed| {
            let register = registers.iter().find(|state| state.register == one.register);
            let explanation = explained(one, asked, register, name.as_deref());
            FigureResponse::of(one, explanation.map(String::from))
        };
        Self {
            period: asked.period,
            on: asked.on,
            unit: unit.map(|unit| unit.0),
            registers: registers.iter().copied().map(RegisterStateResponse::from).collect(),
            figures: computed.iter().map(figure).collect(),
        }
    }
}
