//! Freshness as it travels.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use traguardo_documents::measurement::StandingWord;
use traguardo_domain::freshness::{Freshness, Upkeep, upkeep};
use traguardo_domain::plan::document::PlanDocument;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::measurements::SubjectResponse;
use crate::scores::PercentResponse;
use crate::words::Word;

/// Quanto è aggiornato ciò che si sa di una cosa misurata, in una struttura.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FreshnessItem, example = json!({
    "subject": {"type": "indicator", "id": "0193a5c0-0000-7000-8000-000000000004"}, "label": "Accessi evasi nei termini",
    "objective": "0193a5c0-0000-7000-8000-000000000003", "assignment": "0193a5c0-0000-7000-8000-000000000005",
    "unit": "0193a5c0-0000-7000-8000-000000000001", "never_updated": true, "provisional": 0, "final": 0
}))]
pub(crate) struct FreshnessItemResponse {
    /// Di che cosa.
    subject: SubjectResponse,
    /// Come si chiama.
    #[schema(max_length = 2000, pattern = "^[\\s\\S]+$")]
    label: String,
    /// Di quale obiettivo.
    objective: Uuid,
    /// In quale assegnazione.
    assignment: Uuid,
    /// In quale struttura.
    unit: Uuid,
    /// Se non se ne è mai saputo nulla.
    never_updated: bool,
    /// Quando se ne è saputo l'ultima volta.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    last_recorded_at: Option<DateTime<Utc>>,
    /// Quanti giorni sono passati da allora.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 100_000)]
    days: Option<i64>,
    /// Se il valore che vale può ancora cambiare.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    standing: Option<StandingWord>,
    /// Quanti valori provvisori se ne hanno, oltre quelli corretti.
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    provisional: i32,
    /// Quanti valori definitivi.
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    r#final: i32,
}

/// Quanto una struttura tiene aggiornato ciò che le è assegnato; ciò che è assegnato a quelle che ne fanno parte è loro.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = UnitFreshness, example = json!({
    "unit": "0193a5c0-0000-7000-8000-000000000001", "code": "AREA-1", "name": "Area amministrativa", "measured": 4, "updated": 3,
    "never_updated": 1, "provisional": 2, "final": 1, "oldest": "2025-02-10", "share": {"percent": "75", "shown": "75.00"}
}))]
pub(crate) struct UnitFreshnessResponse {
    /// La struttura.
    unit: Uuid,
    /// Il suo codice.
    #[schema(max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$")]
    code: String,
    /// Il suo nome.
    #[schema(max_length = 200, pattern = "^.*\\S.*$")]
    name: String,
    /// Quante cose vi si misurano.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    measured: i32,
    /// Di quante si sa qualcosa.
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    updated: i32,
    /// Di quante non si è mai saputo nulla.
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    never_updated: i32,
    /// Di quante il valore può ancora cambiare.
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    provisional: i32,
    /// Di quante è definitivo.
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    r#final: i32,
    /// Il giorno dell'ultimo aggiornamento di quella lasciata indietro più a lungo, fra quelle di cui si sa qualcosa.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    oldest: Option<NaiveDate>,
    /// La parte di cui si sa qualcosa.
    share: PercentResponse,
}

/// Quanto è aggiornato ciò che si sa di un piano.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Freshness, example = json!({"at": "2025-07-10", "units": [], "items": []}))]
pub(crate) struct FreshnessResponse {
    /// Il giorno a cui si guarda.
    at: NaiveDate,
    /// Le strutture a cui qualcosa è assegnato, nell'ordine dei loro codici.
    #[schema(min_items = 0, max_items = 10_000)]
    units: Vec<UnitFreshnessResponse>,
    /// Ogni cosa misurata, nell'ordine del piano.
    #[schema(min_items = 0, max_items = 100_000)]
    items: Vec<FreshnessItemResponse>,
}

fn small(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

impl From<&Freshness<'_>> for FreshnessItemResponse {
    fn from(fresh: &Freshness<'_>) -> Self {
        let thing = &fresh.thing;
        Self {
            subject: thing.subject().into(),
            label: thing.label().to_owned(),
            objective: thing.objective.id.0,
            assignment: thing.assignment.id.0,
            unit: thing.assignment.facts.unit.0,
            never_updated: fresh.never_updated(),
            last_recorded_at: fresh.told.map(|told| told.last),
            days: fresh.days,
            standing: fresh.standing.map(Word),
            provisional: small(fresh.told.map_or(0, |told| told.provisional)),
            r#final: small(fresh.told.map_or(0, |told| told.definitive)),
        }
    }
}

impl From<Upkeep<'_>> for UnitFreshnessResponse {
    fn from(kept: Upkeep<'_>) -> Self {
        Self {
            unit: kept.unit.id.0,
            code: kept.unit.facts.code.as_str().to_owned(),
            name: kept.unit.facts.name.as_str().to_owned(),
            measured: small(kept.measured),
            updated: small(kept.updated),
            never_updated: small(kept.never_updated()),
            provisional: small(kept.provisional),
            r#final: small(kept.definitive),
            oldest: kept.oldest,
            share: kept.share.into(),
        }
    }
}

impl FreshnessResponse {
    pub(super) fn of(plan: &PlanDocument, fresh: &[Freshness<'_>], at: NaiveDate) -> Self {
        Self {
            at,
            units: upkeep(plan, fresh).into_iter().map(UnitFreshnessResponse::from).collect(),
            items: fresh.iter().map(FreshnessItemResponse::from).collect(),
        }
    }
}
