//! Indicators: what is measured of an objective or of one of its phases, and what it is expected to be.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::deadline::Deadline;
use crate::figure::Figure;
use crate::measure::Measure;
use crate::period::Year;
use crate::said::{Said, Words};
use crate::target::Target;
use crate::text::{Code, ExternalId, Line, Text};
use crate::vocabulary::vocabulary;
use crate::weight::Weight;

/// The id of an indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct IndicatorId(pub Uuid);

vocabulary! {
    /// Which quality of the service an indicator looks at.
    Profile, "Profilo di performance: qualità tecnica, tempestività, quantità, efficacia, efficienza, economicità, accessibilità." {
        /// Qualità tecnica.
        TechnicalQuality = "technical_quality",
        /// Tempestività.
        Timeliness = "timeliness",
        /// Quantità.
        Quantity = "quantity",
        /// Efficacia.
        Effectiveness = "effectiveness",
        /// Efficienza.
        Efficiency = "efficiency",
        /// Economicità.
        Economy = "economy",
        /// Accessibilità.
        Accessibility = "accessibility",
    }
}

vocabulary! {
    /// Where on the way from means to effects an indicator looks.
    Family, "Famiglia dell'indicatore: risorse, processo, prodotto, risultato, impatto." {
        /// Means.
        Input = "input",
        /// Process.
        Process = "process",
        /// What is produced.
        Output = "output",
        /// What changes for users.
        Outcome = "outcome",
        /// What changes for the community.
        Impact = "impact",
    }
}

vocabulary! {
    /// Which results are better.
    Direction, "Verso dell'indicatore: meglio se cresce, meglio se cala, meglio dentro un intervallo." {
        /// More is better.
        Higher = "higher",
        /// Less is better.
        Lower = "lower",
        /// Between two figures is best.
        Within = "within",
    }
}

vocabulary! {
    /// How a result is told from what is counted.
    Formula, "Tipo di formula: più è meglio, progresso dalla base, meno è meglio, zero o meno, intervallo, fatto o non fatto, data, data relativa, fasi, scala, rapporto, conteggio, variazione, frequenza, giudizio, soglia tutto o niente, composto, qualitativo." {
        /// More is better.
        Higher = "higher",
        /// Progress from the baseline.
        HigherFromBaseline = "higher_from_baseline",
        /// Less is better.
        Lower = "lower",
        /// Zero or less.
        LowerThanZero = "lower_zero",
        /// Inside a range.
        Range = "range",
        /// Done or not.
        Boolean = "boolean",
        /// By a date.
        Date = "date",
        /// Some days after something else.
        RelativeDate = "relative_date",
        /// Steps done.
        Milestone = "milestone",
        /// Mean on a scale.
        Scale = "scale",
        /// A numerator over a denominator.
        Ratio = "ratio",
        /// A count.
        Count = "count",
        /// A change against the baseline.
        Variation = "variation",
        /// Times done over times planned.
        Frequency = "frequency",
        /// The evaluation body's judgement.
        Judgement = "judgement",
        /// All or nothing.
        Threshold = "threshold",
        /// Several parts.
        Composite = "composite",
        /// No number.
        Qualitative = "qualitative",
    }
}

/// What was measured before the plan began.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Baseline {
    /// Of which year.
    pub year: Year,
    /// The figure, when it is known as one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub figure: Option<Figure>,
    /// The words, where there are any: `dato 2024 in corso di rilevazione`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<Words>,
}

/// What a caller says of an indicator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndicatorFacts {
    /// The key an integrating program has for it, unique in its objective.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<ExternalId>,
    /// What is measured.
    pub name: Text<2000>,
    /// Which quality it looks at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profile: Option<Profile>,
    /// Where between means and effects it looks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub family: Option<Family>,
    /// The unit it is measured in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure: Option<Measure>,
    /// Which results are better.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub direction: Option<Direction>,
    /// How a result is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub formula: Option<Formula>,
    /// The formula in words: `sedute effettuate / sedute richieste`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub formula_words: Option<Text<2000>>,
    /// What was measured before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub baseline: Option<Baseline>,
    /// Where the figures come from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Line<300>>,
    /// What it is expected to be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Said<Target>>,
    /// By when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Said<Deadline>>,
    /// What it weighs among the indicators beside it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<Said<Weight>>,
    /// The code of the shared indicator it is, of the template its objective adopted: what it is compared by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template_indicator: Option<Code>,
    /// What else is to be said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<Text<4000>>,
}

/// An indicator of an objective or of one of its phases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Indicator {
    /// Its id.
    pub id: IndicatorId,
    /// What is said of it.
    #[serde(flatten)]
    pub facts: IndicatorFacts,
}
