//! Feeds: the shared indicators of a plan filled from registers. A feed records what registers come to, supersedes what it
//! recorded itself once facts were corrected, and moves nothing that a person entered or a certification closed: it tells.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::assignment::AssignmentId;
use crate::feeder::{Asked, NotComputable};
use crate::figure::Figure;
use crate::indicator::IndicatorId;
use crate::measurement::{MeasurementId, Standing, Value};
use crate::objective::ObjectiveId;
use crate::payment_time::ForecastFacts;
use crate::plan::PlanId;
use crate::register::RegisterState;
use crate::text::{Code, Line, Text};
use crate::vocabulary::vocabulary;

mod candidate;
mod decide;
mod explanation;
mod fill;
mod forecast;
#[cfg(test)]
mod tests;
mod wanted;

pub use decide::{Decided, Figures, Ground, decide};
pub use explanation::explained;
pub(crate) use explanation::is_as_settled;
pub use fill::{FILLS, Fill, Settles, fill};
pub use wanted::{Place, Wanted, wanted};

vocabulary! {
    /// What became of a fed indicator.
    FeedOutcome, "Che cosa è stato di un indicatore alimentato: registrato, immutato, non calcolabile, rifiutato, segnalato." {
        /// A measurement was recorded.
        Recorded = "recorded",
        /// What stands is what comes out.
        Unchanged = "unchanged",
        /// Nothing comes out.
        NotComputable = "not_computable",
        /// What comes out cannot be recorded here.
        Refused = "refused",
        /// What stands is certified and something else comes out: nothing is moved.
        Flagged = "flagged",
    }
}

vocabulary! {
    /// Why nothing was recorded.
    FeedReason, "Perché di un indicatore alimentato non è stato registrato nulla." {
        /// The register has nothing of those days.
        NoFacts = "no_facts",
        /// There is nothing to divide by.
        ZeroDenominator = "zero_denominator",
        /// There are fewer facts than the method wants.
        TooFew = "too_few",
        /// The sums do not fit.
        TooLarge = "too_large",
        /// Nothing here computes it.
        NoMethod = "no_method",
        /// There is no such indicator in the version adopted.
        UnknownIndicator = "unknown_indicator",
        /// It is defined otherwise than what is computed here.
        OtherDefinition = "other_definition",
        /// The plan measures it in another unit.
        OtherMeasure = "other_measure",
        /// No result can be told from such a value in the plan.
        OtherKind = "other_kind",
        /// Values of those days are not collected today.
        WindowClosed = "window_closed",
        /// Somebody else recorded another value.
        EnteredByHand = "entered_by_hand",
        /// What stands was seen later, or of more days.
        SeenBefore = "seen_before",
        /// It is not for whoever feeds to say.
        NotYours = "not_yours",
        /// The results of the plan are certified.
        ResultsCertified = "results_certified",
        /// What stands was there when results were certified.
        ValueCertified = "value_certified",
    }
}

impl FeedReason {
    /// What it is, for people.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::NoFacts => "Il registro non ha fatti di questi giorni.",
            Self::ZeroDenominator => {
                "Il denominatore è zero: non c'è nulla da rapportare, e il risultato non è zero."
            }
            Self::TooFew => "I fatti sono meno di quanti il metodo ne chiede.",
            Self::TooLarge => "I numeri sono troppo grandi.",
            Self::NoMethod => "I fatti del registro non bastano a calcolarlo: va misurato altrove.",
            Self::UnknownIndicator => {
                "La versione adottata dell'obiettivo condiviso non ha questo indicatore."
            }
            Self::OtherDefinition => {
                "La versione adottata lo definisce in un altro modo da quello che qui si calcola."
            }
            Self::OtherMeasure => "Il piano lo misura in un'altra unità.",
            Self::OtherKind => "Da un valore così il piano non ricava un risultato.",
            Self::WindowClosed => "La finestra di raccolta di questo periodo non è aperta.",
            Self::EnteredByHand => {
                "Vale un valore registrato da altri, diverso da quello calcolato: resta quello."
            }
            Self::SeenBefore => {
                "Ciò che vale guarda più giorni, o li guarda da un giorno successivo: non si torna indietro."
            }
            Self::NotYours => {
                "Non spetta a chi alimenta il piano: lo registra il segretario, la ragioneria o il gestionale."
            }
            Self::ResultsCertified => {
                "I risultati del piano sono certificati: la differenza si segnala e nulla si sposta."
            }
            Self::ValueCertified => {
                "Il valore era definitivo quando i risultati sono stati certificati: la differenza si segnala e nulla si sposta."
            }
        }
    }
}

impl From<NotComputable> for FeedReason {
    fn from(why: NotComputable) -> Self {
        match why {
            NotComputable::NoFacts => Self::NoFacts,
            NotComputable::ZeroDenominator => Self::ZeroDenominator,
            NotComputable::TooFew => Self::TooFew,
            NotComputable::TooLarge => Self::TooLarge,
        }
    }
}

/// The measurement that stands where a feed looked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stands {
    /// Which.
    pub measurement: MeasurementId,
    /// What it says.
    pub value: Value,
    /// Whether it may still change.
    pub standing: Standing,
}

/// What became of one indicator in one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedItem {
    /// The shared indicator.
    pub indicator: Code,
    /// Of which objective of the plan.
    pub objective: ObjectiveId,
    /// Which indicator of it.
    pub subject: IndicatorId,
    /// In which structure; none when it is the comune's one figure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignment: Option<AssignmentId>,
    /// What became of it.
    pub outcome: FeedOutcome,
    /// Why nothing was recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<FeedReason>,
    /// The value to be recorded, whether it was or not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
    /// What the register alone comes to, where a certified figure goes before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub computed: Option<Figure>,
    /// The measurement recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measurement: Option<MeasurementId>,
    /// What stood there before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stood: Option<Stands>,
    /// How it came about, in Italian.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Text<4000>>,
}

/// What became of the plan's forecast of payment times.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FedForecast {
    /// What became of it.
    pub outcome: FeedOutcome,
    /// Why nothing was recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<FeedReason>,
    /// What the register comes to.
    #[serde(flatten)]
    pub facts: ForecastFacts,
    /// The forecast that stood before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stood: Option<Figure>,
}

/// A feed as it was kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feed {
    /// Of which plan.
    pub plan: PlanId,
    /// Its number in the plan, from one.
    pub number: i32,
    /// When.
    pub recorded_at: DateTime<Utc>,
    /// By which member.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<Uuid>,
    /// The days of its figures, and the day they are seen from.
    #[serde(flatten)]
    pub asked: Asked,
    /// Where the registers stood that it read.
    pub registers: Vec<RegisterState>,
    /// What became of each indicator.
    pub items: Vec<FeedItem>,
    /// What became of the forecast of payment times.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forecast: Option<FedForecast>,
}

impl Feed {
    /// The title what a feed recorded rests on.
    pub(crate) fn title(register: &RegisterState) -> Option<Line<300>> {
        let words = explanation::register_words(register.register);
        Line::parse(&format!("{words}, revisione {}", register.revision)).ok()
    }

    /// Whether it is worth keeping after the last one: it is the first, recorded something, or tells what that one did not.
    #[must_use]
    pub fn tells_more_than(&self, last: Option<&Self>) -> bool {
        let Some(last) = last else { return true };
        let forecast = |feed: &Self| feed.forecast.clone().filter(|one| one.outcome.is_to_be_told());
        let recorded = |outcome: FeedOutcome| outcome == FeedOutcome::Recorded;
        self.items.iter().any(|item| recorded(item.outcome))
            || self.forecast.as_ref().is_some_and(|one| recorded(one.outcome))
            || self.told() != last.told()
            || forecast(self) != forecast(last)
    }

    /// What neither was recorded nor stands already, without the words.
    fn told(&self) -> Vec<FeedItem> {
        let items = self.items.iter().filter(|item| item.outcome.is_to_be_told());
        items.map(|item| FeedItem { explanation: None, ..item.clone() }).collect()
    }
}

impl FeedOutcome {
    const fn is_to_be_told(self) -> bool {
        match self {
            Self::Recorded | Self::Unchanged => false,
            Self::NotComputable | Self::Refused | Self::Flagged => true,
        }
    }
}
