//! The answers of comparison, as they travel.

use serde::Serialize;
use utoipa::ToSchema;

use super::suppressions::BenchmarkSuppression;
use super::wire::{
    BenchmarkGroup, BenchmarkIndicator, BenchmarkPlace, BenchmarkPublished, BenchmarkStatistics, GradeWord,
};

/// Che cosa si dice di un indicatore in un gruppo.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Benchmark, example = json!({
    "indicator": {"code": "T1.itp", "name": "Indicatore di tempestività dei pagamenti", "measure": "days", "direction": "lower", "definition": 1},
    "group": {"reference": "region:03", "title": "Comuni della regione Lombardia", "version": "registry-1", "comuni": 1502, "audience": "group"},
    "year": 2025, "least_grade": "D", "definition": 1, "entered": 42, "anonymous": 12, "coverage": "2.796272",
    "statistics": {"n": 42, "mean": "3.25", "p10": "-4", "p25": "-1.5", "p50": "2", "p75": "6.25", "p90": "14"},
    "place": {"comune": "L454", "name": "Truccazzano", "value": "-1", "grade": "A", "rank": 12, "among": 42, "percentile": "26.829268", "to_median": "-3"},
    "published": {"first": "2026-03-02T09:00:00Z", "last": "2026-06-30T15:30:00Z"},
    "suppressed": [{"what": "values", "why": "no_consent", "comuni": 3, "sentence": "3 comuni non entrano. Non acconsentono a mostrare il dato a chi guarda."}],
    "method": "Percentili per interpolazione lineare fra i valori ordinati."
}))]
pub(crate) struct BenchmarkResponse {
    /// L'indicatore.
    pub(crate) indicator: BenchmarkIndicator,
    /// Il gruppo.
    pub(crate) group: BenchmarkGroup,
    /// L'anno; l'ultimo di quelli chiesti.
    #[schema(minimum = 1861, maximum = 2200)]
    pub(crate) year: i32,
    /// La qualità minima dei dati che entrano.
    pub(crate) least_grade: GradeWord,
    /// La definizione che i dati seguono; assente se non ce ne sono.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 1, maximum = 2_147_483_647)]
    pub(crate) definition: Option<i32>,
    /// Quanti comuni entrano.
    #[schema(minimum = 0, maximum = 20_000)]
    pub(crate) entered: i32,
    /// Quanti di questi sono anonimi.
    #[schema(minimum = 0, maximum = 20_000)]
    pub(crate) anonymous: i32,
    /// Quanti ogni cento comuni del gruppo entrano.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 23, pattern = "^[0-9]{1,3}([.][0-9]{1,6})?$")]
    pub(crate) coverage: Option<String>,
    /// Le statistiche; assenti se non si possono dire.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(crate) statistics: Option<BenchmarkStatistics>,
    /// Dove sta il comune di chi chiede, o quello chiesto; assente se non ha un dato che si può dire.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(crate) place: Option<BenchmarkPlace>,
    /// Anno per anno, se si è chiesto un periodo: gli anni di cui ci sono dati.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, min_items = 0, max_items = 20)]
    pub(crate) trend: Option<Vec<BenchmarkTrendPoint>>,
    /// Quando furono pubblicati i dati che entrano.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(crate) published: Option<BenchmarkPublished>,
    /// Che cosa non si dice, e perché.
    #[schema(min_items = 0, max_items = 20)]
    pub(crate) suppressed: Vec<BenchmarkSuppression>,
    /// Come si è calcolato.
    #[schema(max_length = 1000, pattern = "^.+$")]
    pub(crate) method: &'static str,
}

/// Un anno dell'andamento.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "year": 2024, "definition": 1, "breaks": false, "entered": 38,
    "statistics": {"n": 38, "mean": "4", "p10": "-2", "p25": "0", "p50": "3", "p75": "7", "p90": "15"}, "value": "2", "suppressed": []
}))]
pub(crate) struct BenchmarkTrendPoint {
    /// L'anno.
    #[schema(minimum = 1861, maximum = 2200)]
    pub(crate) year: i32,
    /// La definizione che i dati seguono.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub(crate) definition: i32,
    /// Se la definizione è un'altra rispetto all'anno prima: i due anni non si confrontano.
    pub(crate) breaks: bool,
    /// Quanti comuni entrano.
    #[schema(minimum = 0, maximum = 20_000)]
    pub(crate) entered: i32,
    /// Le statistiche; assenti se non si possono dire.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(crate) statistics: Option<BenchmarkStatistics>,
    /// Il valore del comune di cui si chiede, se segue la stessa definizione.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$")]
    pub(crate) value: Option<String>,
    /// Che cosa non si dice, e perché.
    #[schema(min_items = 0, max_items = 20)]
    pub(crate) suppressed: Vec<BenchmarkSuppression>,
}

/// Una fascia di valori.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"from": "0", "to": "5", "comuni": 17}))]
pub(crate) struct BenchmarkBin {
    /// Da questo valore, compreso.
    #[schema(max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$")]
    pub(crate) from: String,
    /// A questo, escluso.
    #[schema(max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$")]
    pub(crate) to: String,
    /// Quanti comuni.
    #[schema(minimum = 5, maximum = 20_000)]
    pub(crate) comuni: i32,
}

/// Come si distribuiscono i valori di un gruppo.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "indicator": {"code": "T1.itp", "name": "Indicatore di tempestività dei pagamenti", "measure": "days", "direction": "lower", "definition": 1},
    "group": {"reference": "region:03", "title": "Comuni della regione Lombardia", "version": "registry-1", "comuni": 1502, "audience": "group"},
    "year": 2025, "entered": 42, "bins": [{"from": "-10", "to": "0", "comuni": 19}, {"from": "0", "to": "35", "comuni": 23}], "suppressed": [],
    "method": "Fasce di ampiezza uguale fra numeri tondi, unite finché ciascuna ha almeno cinque comuni."
}))]
pub(crate) struct BenchmarkDistribution {
    /// L'indicatore.
    pub(crate) indicator: BenchmarkIndicator,
    /// Il gruppo.
    pub(crate) group: BenchmarkGroup,
    /// L'anno.
    #[schema(minimum = 1861, maximum = 2200)]
    pub(crate) year: i32,
    /// Quanti comuni entrano.
    #[schema(minimum = 0, maximum = 20_000)]
    pub(crate) entered: i32,
    /// Le fasce, in ordine.
    #[schema(min_items = 0, max_items = 24)]
    pub(crate) bins: Vec<BenchmarkBin>,
    /// Quando furono pubblicati i dati che entrano.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(crate) published: Option<BenchmarkPublished>,
    /// Che cosa non si dice, e perché.
    #[schema(min_items = 0, max_items = 20)]
    pub(crate) suppressed: Vec<BenchmarkSuppression>,
    /// Come si è calcolato.
    #[schema(max_length = 1000, pattern = "^.+$")]
    pub(crate) method: &'static str,
}

/// Un comune del gruppo che si mostra per nome.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"comune": "L454", "name": "Truccazzano", "value": "-1", "score": "100", "grade": "A", "published_at": "2026-04-02T09:00:00Z"}))]
pub(crate) struct BenchmarkMember {
    /// Codice catastale.
    #[schema(max_length = 4, pattern = "^[A-Z][0-9]{3}$")]
    pub(crate) comune: String,
    /// Nome.
    #[schema(max_length = 100, pattern = "^.+$")]
    pub(crate) name: String,
    /// Il valore.
    #[schema(max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$")]
    pub(crate) value: String,
    /// Quanto di ciò che si attendeva ha raggiunto, in centesimi.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$")]
    pub(crate) score: Option<String>,
    /// Qualità del dato.
    pub(crate) grade: GradeWord,
    /// Quando fu pubblicato.
    pub(crate) published_at: chrono::DateTime<chrono::Utc>,
}

/// I comuni del gruppo che si mostrano per nome: mai una statistica fra loro.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "indicator": {"code": "T1.itp", "name": "Indicatore di tempestività dei pagamenti", "measure": "days", "direction": "lower", "definition": 1},
    "group": {"reference": "region:03", "title": "Comuni della regione Lombardia", "version": "registry-1", "comuni": 1502, "audience": "group"},
    "year": 2025, "items": [{"comune": "L454", "name": "Truccazzano", "value": "-1", "grade": "A", "published_at": "2026-04-02T09:00:00Z"}],
    "suppressed": []
}))]
pub(crate) struct BenchmarkMembers {
    /// L'indicatore.
    pub(crate) indicator: BenchmarkIndicator,
    /// Il gruppo.
    pub(crate) group: BenchmarkGroup,
    /// L'anno.
    #[schema(minimum = 1861, maximum = 2200)]
    pub(crate) year: i32,
    /// I comuni, per codice.
    #[schema(min_items = 0, max_items = 20_000)]
    pub(crate) items: Vec<BenchmarkMember>,
    /// Di quanti altri il dato non si mostra, e perché.
    #[schema(min_items = 0, max_items = 20)]
    pub(crate) suppressed: Vec<BenchmarkSuppression>,
}
