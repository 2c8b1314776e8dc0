//! The answer about many indicators at once: as it travels, and as a cube.

use serde::Serialize;
use traguardo_documents::Word;
use traguardo_domain::Vocabulary as _;
use traguardo_domain::benchmark::Suppression;
use traguardo_domain::benchmark::statistics::METHOD;
use traguardo_persistence::benchmarks::Indicator;
use utoipa::ToSchema;

use super::cube::{Cell, Cube, Dimension, Role};
use super::question::{Figures, FiguresWord, Question};
use super::statistics::{STATISTICS, of_statistics};
use super::suppressions::SuppressionWord;
use super::wire::{BenchmarkGroup, BenchmarkIndicator, many};

/// Un comune, per nome.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"code": "L454", "name": "Truccazzano"}))]
pub(crate) struct BenchmarkComune {
    /// Codice catastale.
    #[schema(max_length = 4, pattern = "^[A-Z][0-9]{3}$")]
    pub(crate) code: String,
    /// Nome.
    #[schema(max_length = 100, pattern = "^.+$")]
    pub(crate) name: String,
}

/// Un valore che c'è e non si dice.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"at": 17, "why": "anonymous_block"}))]
pub(crate) struct BenchmarkKeptBack {
    /// Il suo posto in `values`, da zero.
    #[schema(minimum = 0, maximum = 800_000)]
    at: i32,
    /// Perché.
    why: SuppressionWord,
}

/// Molti indicatori in una risposta: i valori stanno in fila, per indicatore, poi per anno, poi per comune (o per statistica).
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "figures": "values",
    "indicators": [{"code": "T1.itp", "name": "Indicatore di tempestività dei pagamenti", "measure": "days", "direction": "lower", "definition": 1}],
    "years": [2025], "comuni": [{"code": "F471", "name": "Montichiari"}, {"code": "L454", "name": "Truccazzano"}],
    "values": [null, "-1"], "grades": "-A", "kept_back": [{"at": 0, "why": "no_consent"}],
    "method": "I valori di chi si mostra per nome a chi chiede, ciascuno con la sua qualità."
}))]
pub(crate) struct BenchmarkTable {
    /// Valori o statistiche.
    pub(super) figures: FiguresWord,
    /// Gli indicatori, nell'ordine chiesto.
    #[schema(min_items = 1, max_items = 100)]
    pub(super) indicators: Vec<BenchmarkIndicator>,
    /// Gli anni, nell'ordine chiesto.
    #[schema(min_items = 1, max_items = 10, minimum = 1861, maximum = 2200)]
    pub(super) years: Vec<i32>,
    /// I comuni dei valori.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, min_items = 0, max_items = 8_000)]
    pub(super) comuni: Option<Vec<BenchmarkComune>>,
    /// Le statistiche, per nome.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, min_items = 9, max_items = 9, max_length = 4, pattern = "^[a-z0-9]+$")]
    pub(super) statistics: Option<Vec<&'static str>>,
    /// Il gruppo; assente se si sono chiesti dei comuni.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(super) group: Option<BenchmarkGroup>,
    /// I valori; nulli dove non ce ne sono o non si dicono.
    #[schema(min_items = 0, max_items = 800_000, value_type = Vec<BenchmarkValue>)]
    pub(super) values: Vec<Option<String>>,
    /// La qualità di ogni valore, un carattere per posto, `-` dove non c'è; solo con i valori.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 800_000, pattern = "^[A-D-]*$")]
    pub(super) grades: Option<String>,
    /// Ciò che c'è e non si dice, e perché.
    #[schema(min_items = 0, max_items = 800_000)]
    pub(super) kept_back: Vec<BenchmarkKeptBack>,
    /// Quando fu pubblicato il primo dei dati; assente se non ce ne sono.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(super) first_published: Option<chrono::DateTime<chrono::Utc>>,
    /// Quando l'ultimo.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(super) last_published: Option<chrono::DateTime<chrono::Utc>>,
    /// Come si è calcolato.
    #[schema(max_length = 1000, pattern = "^.+$")]
    pub(super) method: &'static str,
}

/// Un valore, o niente.
#[derive(ToSchema)]
#[schema(max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$", example = "-1.5")]
#[expect(dead_code, reason = "gives the items of a list their bounds in the published schema")]
struct BenchmarkValue(Option<String>);

const VALUES: &str = "I valori di chi si mostra per nome a chi chiede, ciascuno con la sua qualità; il proprio comune vede sempre il suo.";

impl BenchmarkKeptBack {
    pub(super) fn at(at: usize, why: Suppression) -> Self {
        Self { at: many(at), why: Word(why) }
    }
}

impl BenchmarkTable {
    /// The frame of an answer, without its values.
    pub(super) fn empty(figures: Figures, indicators: &[Indicator], question: &Question) -> Self {
        Self {
            figures: Word(figures),
            indicators: indicators.iter().map(BenchmarkIndicator::of).collect(),
            years: question.years.iter().map(|year| i32::from(year.number())).collect(),
            comuni: None,
            statistics: None,
            group: None,
            values: Vec::new(),
            grades: None,
            kept_back: Vec::new(),
            first_published: None,
            last_published: None,
            method: if figures == Figures::Values { VALUES } else { METHOD },
        }
    }

    /// The same with the statistics of a group in it.
    pub(super) fn with_statistics(self, group: Option<BenchmarkGroup>, cells: Vec<Cell>) -> Self {
        let names = STATISTICS.iter().map(|(name, _)| *name).collect();
        let mut kept_back = Vec::new();
        for (at, cell) in cells.iter().enumerate() {
            if let Cell::KeptBack(why) = cell
                && let Some(why) = Suppression::from_word(why)
            {
                kept_back.push(BenchmarkKeptBack::at(at, why));
            }
        }
        let value = |cell| match cell {
            Cell::Told(value) => Some(value),
            Cell::KeptBack(_) | Cell::Absent => None,
        };
        Self {
            statistics: Some(names),
            group,
            kept_back,
            values: cells.into_iter().map(value).collect(),
            ..self
        }
    }

    /// The same as a cube.
    pub(super) fn cube(self) -> Cube {
        let mut cells: Vec<Cell> =
            self.values.into_iter().map(|value| value.map_or(Cell::Absent, Cell::Told)).collect();
        for kept in &self.kept_back {
            let place = usize::try_from(kept.at).ok().and_then(|at| cells.get_mut(at));
            if let Some(cell) = place {
                *cell = Cell::KeptBack(kept.why.0.word());
            }
        }
        let last = self.comuni.map_or_else(of_statistics, |comuni| Dimension {
            id: "comune",
            label: "Comune",
            role: Role::Geo,
            categories: comuni.into_iter().map(|one| (one.code, one.name)).collect(),
        });
        let indicators = self.indicators.into_iter().map(|one| (one.code, one.name)).collect();
        let years = self.years.iter().map(|year| (year.to_string(), year.to_string())).collect();
        let mut notes: Vec<String> = self.group.iter().map(BenchmarkGroup::note).collect();
        notes.push(self.method.to_owned());
        Cube {
            label: "Indicatori condivisi dei comuni".to_owned(),
            updated: self.last_published.map(|last| last.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)),
            notes,
            dimensions: vec![
                Dimension {
                    id: "indicator",
                    label: "Indicatore",
                    role: Role::Metric,
                    categories: indicators,
                },
                Dimension { id: "year", label: "Anno", role: Role::Time, categories: years },
                last,
            ],
            cells,
        }
    }
}
