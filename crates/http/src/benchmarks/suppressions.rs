//! What a comparison does not tell, and why.

use serde::Serialize;
use traguardo_documents::Word;
use traguardo_domain::benchmark::statistics::Statistics;
use traguardo_domain::benchmark::{KeptBack, Suppression};
use utoipa::ToSchema;

use super::wire::many;

/// Why something is not told.
pub(crate) type SuppressionWord = Word<Suppression>;

/// Che cosa non si dice, o di quanti comuni il dato non entra, e perché.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(example = json!({"what": "values", "why": "no_consent", "comuni": 3, "sentence": "3 comuni non entrano. Non acconsentono a mostrare il dato a chi guarda."}))]
pub(crate) struct BenchmarkSuppression {
    /// Che cosa: i dati di alcuni comuni, tutte le statistiche, la media, il minimo, il massimo, la correlazione.
    #[schema(max_length = 20, pattern = "^(values|statistics|mean|min|max|distribution|correlation|place)$")]
    what: &'static str,
    /// Perché.
    why: SuppressionWord,
    /// Di quanti comuni, dove si contano.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 1, maximum = 20_000)]
    comuni: Option<i32>,
    /// La stessa cosa in parole.
    #[schema(max_length = 400, pattern = "^.+$")]
    sentence: String,
}

impl BenchmarkSuppression {
    /// Something that is not told.
    pub(crate) fn of(what: &'static str, why: Suppression) -> Self {
        Self { what, why: Word(why), comuni: None, sentence: why.sentence() }
    }

    /// The values that did not enter.
    pub(crate) fn kept_back(kept: &[KeptBack]) -> Vec<Self> {
        let one = |kept: &KeptBack| Self {
            what: "values",
            why: Word(kept.why),
            comuni: Some(many(kept.comuni)),
            sentence: kept.sentence(),
        };
        kept.iter().map(one).collect()
    }

    /// What of the statistics of a group is not told.
    pub(crate) fn of_statistics(told: &Result<Statistics, Suppression>) -> Vec<Self> {
        let told = match told {
            Err(why) => return vec![Self::of("statistics", *why)],
            Ok(told) => told,
        };
        let parts = [("mean", told.mean), ("min", told.min), ("max", told.max)];
        parts.into_iter().filter_map(|(what, part)| part.err().map(|why| Self::of(what, why))).collect()
    }

    /// Those who entered without their names, where names alone are told.
    pub(super) fn unnamed(anonymous: usize) -> Option<Self> {
        let sentence = "Acconsentono a entrare nelle statistiche, e non a mostrarsi per nome.".to_owned();
        let comuni = Some(many(anonymous));
        (anonymous > 0).then_some(Self {
            what: "values",
            why: Word(Suppression::AnonymousBlock),
            comuni,
            sentence,
        })
    }

    /// Whether it is this that is not told.
    pub(super) fn is_of(&self, what: &str) -> bool {
        self.what == what
    }

    /// Why it is not.
    pub(super) const fn why(&self) -> Suppression {
        self.why.0
    }
}
