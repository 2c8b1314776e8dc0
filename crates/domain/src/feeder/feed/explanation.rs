//! What a feed says of a value, in Italian: what it was computed from, how, so many of so many, of whom, and what was left out.

use chrono::NaiveDate;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::feeder::{Asked, Computed, LeftOut, Method, Outcome};
use crate::measurement::{MeasurementFacts, Origin, Span};
use crate::payment_time::CertifiedFacts;
use crate::register::{Register, RegisterState};
use crate::text::{Line, Text, storable};

/// What is said of a figure of which not everything was looked at.
const PARTIAL: &str = "Il valore è provvisorio: non tutto ciò di cui si calcola è stato verificato.";

/// What a register is called.
pub(super) const fn register_words(register: Register) -> &'static str {
    match register {
        Register::Invoices => "Registro delle fatture e dei pagamenti",
        Register::Obligations => "Registro delle verifiche sugli obblighi di pubblicazione",
        Register::AccessRequests => "Registro degli accessi",
        Register::Training => "Registro della formazione",
        Register::Procedures => "Registro dei procedimenti",
        Register::Surveys => "Registro delle rilevazioni di soddisfazione",
    }
}

/// The source of what a method computes from a register.
pub(super) fn source(computed: &Computed) -> Option<Line<300>> {
    let (register, method) = (register_words(computed.register), computed.method);
    Line::parse(&format!("{register}, metodo {}, versione {}", method.code, method.version)).ok()
}

/// Whether a value is one a feed recorded by a method the comune settled in the place of the one the shared definition tells of.
pub(crate) fn is_as_settled(of: &MeasurementFacts) -> bool {
    let word = format!("{}, versione ", Method::AS_SETTLED);
    of.origin == Origin::Feeder && of.source.as_ref().is_some_and(|source| source.as_str().contains(&word))
}

/// What there is to say of a figure, of the comune or of a structure that is called so.
#[must_use]
pub fn explained(
    computed: &Computed,
    asked: Asked,
    register: Option<&RegisterState>,
    unit: Option<&str>,
) -> Option<Text<4000>> {
    Said { computed, asked, register, unit }.text()
}

/// What there is to say of a computed value.
pub(super) struct Said<'s> {
    pub(super) computed: &'s Computed,
    pub(super) asked: Asked,
    pub(super) register: Option<&'s RegisterState>,
    /// What the structure is called; the whole comune when there is none.
    pub(super) unit: Option<&'s str>,
}

impl Said<'_> {
    /// The explanation of a value.
    pub(super) fn text(&self) -> Option<Text<4000>> {
        let computed = self.computed;
        let mut sentences = vec![self.from(), format!("{}.", outcome(computed)), self.whose()];
        let method = computed.method;
        sentences.push(format!("Metodo {}, versione {}: {}", method.code, method.version, method.words));
        sentences.push(format!("Fatti contati: {}.", computed.counted));
        let left_out: Vec<String> =
            computed.left_out.iter().filter(|one| one.count > 0).map(counted).collect();
        if !left_out.is_empty() {
            sentences.push(format!("Lasciati fuori: {}.", left_out.join("; ")));
        }
        if !computed.whole {
            sentences.push(PARTIAL.to_owned());
        }
        fitting(&sentences.join(" "))
    }

    fn from(&self) -> String {
        let revision = self.register.map_or(0, |state| state.revision);
        let (register, period) = (register_words(self.computed.register), days(self.computed.period));
        format!("{register}, revisione {revision}: {period}, visto il {}.", day(self.asked.on))
    }

    fn whose(&self) -> String {
        self.unit.map_or_else(
            || "Riguarda tutto il comune.".to_owned(),
            |unit| format!("Riguarda la struttura {unit} e quelle che ne fanno parte."),
        )
    }
}

/// The explanation of a certified figure, beside what was computed.
pub(super) fn certified(facts: &CertifiedFacts, computed: Option<&Computed>) -> Option<Text<4000>> {
    let (act, on) = (facts.act.as_str(), day(facts.day));
    let certified = format!("Dato certificato il {on} ({act}): {}.", italian(facts.delay.number()));
    let beside = computed.map(|computed| {
        let (register, method) = (register_words(computed.register), computed.method);
        format!(
            " Il calcolo di qui è solo una previsione. {register}, metodo {}, versione {}: {}.",
            method.code,
            method.version,
            outcome(computed)
        )
    });
    let said = certified + &beside.unwrap_or_default();
    fitting(&said)
}

/// What a figure came to.
fn outcome(computed: &Computed) -> String {
    let value = computed.value().map_or_else(String::new, |value| italian(value.number()));
    match computed.outcome {
        Outcome::Number(_) => format!("Valore {value}"),
        Outcome::Ratio { numerator, denominator } => {
            let hundred = if computed.percent { " per cento" } else { "" };
            let (above, below) = (italian(numerator), italian(denominator));
            format!("Valore {value}{hundred}: numeratore {above}, denominatore {below}")
        }
        Outcome::NotComputable(why) => {
            let sentence = super::FeedReason::from(why).sentence();
            format!("Non si calcola. {}", sentence.trim_end_matches('.'))
        }
    }
}

fn counted(left_out: &LeftOut) -> String {
    format!("{} ({})", left_out.words.trim_end_matches('.'), left_out.count)
}

fn days(period: Span) -> String {
    format!("dal {} al {}", day(period.from), day(period.to))
}

/// A day as Italians write it.
pub(super) fn day(day: NaiveDate) -> String {
    day.format("%d/%m/%Y").to_string()
}

/// A number as Italians write it, with two decimals at most.
fn italian(number: Decimal) -> String {
    let rounded = number.round_dp_with_strategy(Computed::DECIMALS, RoundingStrategy::MidpointAwayFromZero);
    rounded.normalize().to_string().replace('.', ",")
}

/// As much of it as may be kept.
fn fitting(words: &str) -> Option<Text<4000>> {
    let fit: String = storable(words).chars().take(4000).collect();
    Text::parse(&fit).ok()
}
