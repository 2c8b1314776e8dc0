//! The registry as it travels.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use traguardo_domain::comune::Population;
use traguardo_domain::registry::{self, ClassScheme, Edition, Entry, Registry};
use utoipa::ToSchema;

use crate::pages::listing;
use crate::words::{AltitudeZoneWord, Word};

/// Il registro dei comuni che è in uso: quando è stato caricato e da dove viene.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "edition": 3, "loaded_at": "2026-02-10T09:00:00Z", "source": "Elenco dei comuni consegnato dalla Regione",
    "state_on": "2026-01-01", "entries_count": 7896, "comuni_count": 7894
}))]
pub(crate) struct RegistryEdition {
    /// Numero dell'edizione: è la versione di ogni gruppo che ne deriva.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    edition: i32,
    /// Quando è stata caricata.
    loaded_at: DateTime<Utc>,
    /// Da dove viene.
    #[schema(max_length = 300, pattern = "^.*\\S.*$")]
    source: String,
    /// Il giorno di cui dice lo stato.
    state_on: NaiveDate,
    /// Quante righe ha, dei comuni che ci sono e di quelli cessati.
    #[schema(minimum = 0, maximum = 20_000)]
    entries_count: i32,
    /// Quanti comuni ci sono oggi.
    #[schema(minimum = 0, maximum = 20_000)]
    comuni_count: i32,
}

impl RegistryEdition {
    pub(super) fn of(edition: &Edition, registry: &Registry, today: NaiveDate) -> Self {
        Self {
            edition: edition.number,
            loaded_at: edition.loaded_at,
            source: edition.source.as_str().to_owned(),
            state_on: edition.state_on,
            entries_count: edition.entries,
            comuni_count: i32::try_from(registry.on(today).count()).unwrap_or(i32::MAX),
        }
    }
}

/// La classe demografica in ciascuno schema, dalla più piccola, che è la 1.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"tuel_156": 6, "dm_2020": 5}))]
pub(crate) struct PopulationClasses {
    /// Secondo l'art. 156 del TUEL.
    #[schema(minimum = 1, maximum = 12)]
    tuel_156: i32,
    /// Secondo il DM 17 marzo 2020.
    #[schema(minimum = 1, maximum = 9)]
    dm_2020: i32,
}

impl From<Population> for PopulationClasses {
    fn from(population: Population) -> Self {
        let class = |scheme| i32::from(registry::class_of(scheme, population.residents));
        Self { tuel_156: class(ClassScheme::Tuel156), dm_2020: class(ClassScheme::Dm2020) }
    }
}

/// Residenti contati in un giorno.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"residents": 6000, "counted_on": "2023-12-31"}))]
pub(crate) struct RegistryPopulation {
    /// Quanti.
    #[schema(minimum = 0, maximum = 10_000_000)]
    residents: i32,
    /// Il giorno del conteggio.
    counted_on: NaiveDate,
}

/// Un comune come lo dice il registro, nei giorni in cui vale.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "code": "L454", "name": "Truccazzano", "province": "MI", "region": "03", "istat": "015224", "valid_from": "1861-03-17",
    "population": {"residents": 6000, "counted_on": "2023-12-31"}, "classes": {"tuel_156": 6, "dm_2020": 5},
    "area_km2": "22", "altitude_zone": "plain", "invented": false
}))]
pub(crate) struct RegistryComune {
    /// Codice catastale.
    #[schema(max_length = 4, pattern = "^[A-Z][0-9]{3}$")]
    code: String,
    /// Nome.
    #[schema(max_length = 100, pattern = "^.*\\S.*$")]
    name: String,
    /// Sigla della provincia o città metropolitana.
    #[schema(max_length = 2, pattern = "^[A-Z]{2}$")]
    province: String,
    /// Codice ISTAT della regione.
    #[schema(max_length = 2, pattern = "^[0-9]{2}$")]
    region: String,
    /// Codice ISTAT del comune in questi giorni.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 6, pattern = "^[0-9]{6}$")]
    istat: Option<String>,
    /// Primo giorno in cui vale.
    valid_from: NaiveDate,
    /// Ultimo giorno in cui vale; assente se vale ancora.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    valid_to: Option<NaiveDate>,
    /// Il comune in cui è proseguito, se è cessato.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 4, pattern = "^[A-Z][0-9]{3}$")]
    successor: Option<String>,
    /// Residenti, se noti.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    population: Option<RegistryPopulation>,
    /// Le classi demografiche, se gli abitanti sono noti.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    classes: Option<PopulationClasses>,
    /// Superficie in chilometri quadrati, se nota.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 23, pattern = "^[0-9]{1,15}([.][0-9]{1,6})?$")]
    area_km2: Option<String>,
    /// Zona altimetrica, se nota.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    altitude_zone: Option<AltitudeZoneWord>,
    /// Se è inventato, per dimostrazione.
    invented: bool,
}

impl From<&Entry> for RegistryComune {
    fn from(entry: &Entry) -> Self {
        let population = |found: Population| RegistryPopulation {
            residents: found.residents,
            counted_on: found.counted_on,
        };
        Self {
            code: entry.code.to_string(),
            name: entry.name.as_str().to_owned(),
            province: entry.province.as_str().to_owned(),
            region: entry.region.as_str().to_owned(),
            istat: entry.istat.as_ref().map(|code| code.as_str().to_owned()),
            valid_from: entry.validity.from(),
            valid_to: entry.validity.to(),
            successor: entry.successor.map(|code| code.to_string()),
            population: entry.population.map(population),
            classes: entry.population.map(PopulationClasses::from),
            area_km2: entry.area.map(|area| area.to_string()),
            altitude_zone: entry.altitude.map(Word),
            invented: entry.invented,
        }
    }
}

listing! {
    /// Una pagina di comuni del registro.
    RegistryComuneList of RegistryComune
}

/// Un comune attraverso il tempo: ciò che il registro ne dice, da quali è nato, in quale è proseguito.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "code": "A001", "current": "A003", "predecessors": [], "items": [{
        "code": "A001", "name": "Comune inventato 1", "province": "MI", "region": "03", "valid_from": "1861-03-17",
        "valid_to": "2019-12-31", "successor": "A003", "invented": true
    }]
}))]
pub(crate) struct RegistryHistory {
    /// Codice catastale.
    #[schema(max_length = 4, pattern = "^[A-Z][0-9]{3}$")]
    code: String,
    /// Il comune che c'è oggi al suo posto: lui stesso, oppure quello in cui è proseguito; assente se non ce n'è uno.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 4, pattern = "^[A-Z][0-9]{3}$")]
    current: Option<String>,
    /// I comuni cessati che sono proseguiti in questo.
    #[schema(min_items = 0, max_items = 20_000)]
    predecessors: Vec<RegistryPredecessor>,
    /// Ciò che il registro ne dice, dal primo giorno.
    #[schema(min_items = 1, max_items = 20_000)]
    items: Vec<RegistryComune>,
}

/// Un comune cessato che è proseguito in un altro.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"code": "A001", "name": "Comune inventato 1", "valid_to": "2019-12-31"}))]
pub(crate) struct RegistryPredecessor {
    /// Codice catastale.
    #[schema(max_length = 4, pattern = "^[A-Z][0-9]{3}$")]
    code: String,
    /// Nome.
    #[schema(max_length = 100, pattern = "^.*\\S.*$")]
    name: String,
    /// L'ultimo giorno in cui c'è stato.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    valid_to: Option<NaiveDate>,
}

impl RegistryHistory {
    /// The history of a comune, when the registry has it.
    pub(super) fn of(
        code: traguardo_domain::ComuneCode,
        registry: &Registry,
        today: NaiveDate,
    ) -> Option<Self> {
        let items: Vec<RegistryComune> = registry.history(code).iter().map(RegistryComune::from).collect();
        if items.is_empty() {
            return None;
        }
        let before = registry.entries().iter().filter(|entry| entry.successor == Some(code));
        let predecessor = |entry: &Entry| RegistryPredecessor {
            code: entry.code.to_string(),
            name: entry.name.as_str().to_owned(),
            valid_to: entry.validity.to(),
        };
        Some(Self {
            code: code.to_string(),
            current: registry.current(code, today).map(|entry| entry.code.to_string()),
            predecessors: before.map(predecessor).collect(),
            items,
        })
    }
}
