//! What reaches the next band, as it travels.

use serde::Serialize;
use traguardo_documents::value::ValueBody;
use traguardo_domain::measurement::Value;
use traguardo_domain::score::{NextBand, Reach, Way};
use utoipa::ToSchema;
use uuid::Uuid;

use super::list::decimal;
use super::wire::{BandResponse, PercentResponse};

/// Che cosa un solo indicatore può fare.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WayToNextBand, example = json!({
    "indicator": "0193a5c0-0000-7000-8000-000000000006", "label": "Fatture pagate entro 30 giorni",
    "now": {"type": "number", "figure": "60"}, "reachable": true, "value": {"type": "number", "figure": "72"}
}))]
pub(crate) struct WayResponse {
    /// L'indicatore.
    indicator: Uuid,
    /// Come si chiama.
    #[schema(max_length = 2000, pattern = "^[\\s\\S]+$")]
    label: String,
    /// Il valore che ha.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<ValueBody>)]
    now: Option<Value>,
    /// Se da solo, con un altro valore, basterebbe.
    reachable: bool,
    /// Il valore che basterebbe; uno appena peggiore non basta. Dove basterebbe un valore qualsiasi, per quanto cattivo, è il migliore.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<ValueBody>)]
    value: Option<Value>,
}

/// La fascia sopra quella in cui è un obiettivo, e che cosa vi porta.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = NextBand, example = json!({
    "assignment": "0193a5c0-0000-7000-8000-000000000005", "band": {"code": "raggiunto", "label": "Raggiunto"},
    "needs": {"percent": "90", "shown": "90.00"}, "missing": "15", "ways": []
}))]
pub(crate) struct NextBandResponse {
    /// L'assegnazione.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    assignment: Option<Uuid>,
    /// La fascia.
    band: BandResponse,
    /// Il risultato minimo che vi cade.
    needs: PercentResponse,
    /// Quanto manca; assente se un risultato non c'è ancora.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 30, pattern = "^-?[0-9]{1,16}([.][0-9]{1,12})?$")]
    missing: Option<String>,
    /// Per ciascun indicatore con un valore atteso in cifre, o una data: che cosa, da solo, basterebbe.
    #[schema(min_items = 0, max_items = 10_000)]
    ways: Vec<WayResponse>,
}

impl NextBandResponse {
    pub(crate) fn of(next: NextBand, assignment: Option<Uuid>) -> Self {
        let (code, label) = (next.band.code.as_str().to_owned(), next.band.label.as_str().to_owned());
        Self {
            assignment,
            band: BandResponse { code, label },
            needs: next.needs.into(),
            missing: next.missing.map(decimal),
            ways: next.ways.into_iter().map(WayResponse::from).collect(),
        }
    }
}

impl From<Way> for WayResponse {
    fn from(way: Way) -> Self {
        let value = match way.reach {
            Reach::With(value) => Some(value),
            Reach::Unreachable => None,
        };
        Self { indicator: way.indicator.0, label: way.label, now: way.now, reachable: value.is_some(), value }
    }
}
