//! The parts comparisons are told with.

use chrono::{DateTime, Utc};
use serde::Serialize;
use traguardo_documents::Word;
use traguardo_documents::word::{DirectionWord, MeasureWord};
use traguardo_domain::benchmark::place::Place;
use traguardo_domain::benchmark::statistics::Statistics;
use traguardo_domain::benchmark::{Selection, Suppression};
use traguardo_domain::figure::Figure;
use traguardo_persistence::benchmarks::Indicator;
use utoipa::ToSchema;

use super::frame::Frame;

/// To whom something is shown.
pub(crate) type AudienceWord = Word<traguardo_domain::consent::Audience>;
/// How good a fact is.
pub(crate) type GradeWord = Word<traguardo_domain::fact::Grade>;

/// L'indicatore condiviso che si confronta.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "code": "T1.itp", "name": "Indicatore di tempestività dei pagamenti", "measure": "days", "direction": "lower", "definition": 1
}))]
pub(crate) struct BenchmarkIndicator {
    /// Codice: quello dell'obiettivo condiviso, un punto, una parola.
    #[schema(max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$")]
    pub(crate) code: String,
    /// Che cosa misura.
    #[schema(max_length = 2000, pattern = "^[\\s\\S]+$")]
    pub(crate) name: String,
    /// Unità di misura.
    pub(crate) measure: MeasureWord,
    /// Quali risultati sono migliori.
    pub(crate) direction: DirectionWord,
    /// Numero della definizione corrente.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub(crate) definition: i32,
}

impl BenchmarkIndicator {
    pub(crate) fn of(indicator: &Indicator) -> Self {
        let facts = &indicator.facts;
        Self {
            code: facts.code.as_str().to_owned(),
            name: facts.name.as_str().to_owned(),
            measure: Word(facts.definition.measure),
            direction: Word(facts.definition.direction),
            definition: indicator.definition,
        }
    }
}

/// Il gruppo in cui si confronta.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(example = json!({
    "reference": "region:03", "title": "Comuni della regione Lombardia", "version": "registry-1", "comuni": 1502, "audience": "group"
}))]
pub(crate) struct BenchmarkGroup {
    /// Riferimento.
    #[schema(max_length = 47, pattern = "^[A-Za-z0-9:._/-]+$")]
    reference: String,
    /// Come si chiama.
    #[schema(max_length = 300, pattern = "^.+$")]
    title: String,
    /// Versione: l'edizione del registro dei comuni, o la versione di chi ne fa parte.
    #[schema(max_length = 40, pattern = "^(registry|custom)-[0-9]+$")]
    version: String,
    /// Quanti comuni ne fanno parte.
    #[schema(minimum = 0, maximum = 20_000)]
    comuni: i32,
    /// Come lo vede chi chiede: da comune del gruppo, da regione, da chiunque.
    audience: AudienceWord,
}

impl BenchmarkGroup {
    pub(crate) fn of(frame: &Frame) -> Self {
        Self {
            reference: frame.group.reference.clone(),
            title: frame.group.title.clone(),
            version: frame.group.version.clone(),
            comuni: many(frame.group.members.len()),
            audience: Word(frame.audience),
        }
    }
}

/// Le statistiche di un gruppo.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "n": 42, "mean": "3.25", "p10": "-4", "p25": "-1.5", "p50": "2", "p75": "6.25", "p90": "14", "min": "-12", "max": "31"
}))]
pub(crate) struct BenchmarkStatistics {
    /// Di quanti comuni.
    #[schema(minimum = 5, maximum = 20_000)]
    pub(crate) n: i32,
    /// Media; assente se non si può dire.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$")]
    pub(crate) mean: Option<String>,
    /// Decimo percentile.
    #[schema(max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$")]
    pub(crate) p10: String,
    /// Primo quartile.
    #[schema(max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$")]
    pub(crate) p25: String,
    /// Mediana.
    #[schema(max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$")]
    pub(crate) p50: String,
    /// Terzo quartile.
    #[schema(max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$")]
    pub(crate) p75: String,
    /// Novantesimo percentile.
    #[schema(max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$")]
    pub(crate) p90: String,
    /// Minimo; assente se è di un anonimo.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$")]
    pub(crate) min: Option<String>,
    /// Massimo; assente se è di un anonimo.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$")]
    pub(crate) max: Option<String>,
}

impl BenchmarkStatistics {
    pub(crate) fn of(told: &Statistics) -> Self {
        let maybe = |figure: Result<Figure, Suppression>| figure.ok().map(String::from);
        Self {
            n: many(told.n),
            mean: maybe(told.mean),
            p10: told.p10.to_string(),
            p25: told.p25.to_string(),
            p50: told.p50.to_string(),
            p75: told.p75.to_string(),
            p90: told.p90.to_string(),
            min: maybe(told.min),
            max: maybe(told.max),
        }
    }
}

/// Dove sta un comune fra quelli con cui si confronta.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "comune": "L454", "name": "Truccazzano", "value": "-1", "grade": "A", "rank": 12, "among": 42, "percentile": "26.829268", "to_median": "-3"
}))]
pub(crate) struct BenchmarkPlace {
    /// Codice catastale del comune.
    #[schema(max_length = 4, pattern = "^[A-Z][0-9]{3}$")]
    pub(crate) comune: String,
    /// Nome.
    #[schema(max_length = 100, pattern = "^.+$")]
    pub(crate) name: String,
    /// Il suo valore.
    #[schema(max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$")]
    pub(crate) value: String,
    /// Qualità del suo dato.
    pub(crate) grade: GradeWord,
    /// Posto, dal migliore; i pari hanno il posto migliore. Assente se non c'è un verso o le statistiche non si dicono.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 1, maximum = 20_001)]
    pub(crate) rank: Option<i32>,
    /// Fra quanti, lui compreso.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 1, maximum = 20_001)]
    pub(crate) among: Option<i32>,
    /// La quota, in centesimi, degli altri con un valore minore, più metà dei pari.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 23, pattern = "^[0-9]{1,3}([.][0-9]{1,6})?$")]
    pub(crate) percentile: Option<String>,
    /// Quanto il suo valore supera la mediana.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$")]
    pub(crate) to_median: Option<String>,
}

impl BenchmarkPlace {
    /// The place, where there are statistics to stand in.
    pub(crate) fn with(self, place: Option<&Place>) -> Self {
        Self {
            rank: place.and_then(|place| place.rank).map(many),
            among: place.map(|place| many(place.among)),
            percentile: place.map(|place| place.percentile.to_string()),
            to_median: place.map(|place| place.to_median.to_string()),
            ..self
        }
    }
}

/// Quando furono pubblicati i dati che entrano.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"first": "2026-03-02T09:00:00Z", "last": "2026-06-30T15:30:00Z"}))]
pub(crate) struct BenchmarkPublished {
    /// Il primo.
    first: DateTime<Utc>,
    /// L'ultimo.
    last: DateTime<Utc>,
}

impl BenchmarkPublished {
    pub(crate) fn of(selection: &Selection<'_>) -> Option<Self> {
        selection.published().map(|(first, last)| Self { first, last })
    }
}

/// A count as it travels.
pub(crate) fn many(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

impl BenchmarkGroup {
    pub(super) fn title(&self) -> &str {
        &self.title
    }

    /// The group in a note.
    pub(super) fn note(&self) -> String {
        format!("Gruppo {} ({}), versione {}.", self.reference, self.title, self.version)
    }
}

impl BenchmarkPublished {
    /// The last, as it is written.
    pub(super) fn last(&self) -> String {
        self.last.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
    }
}
