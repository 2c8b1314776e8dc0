//! What is said in a sheet, as it travels: the same when it is written and when it is read.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use crate::words::{SheetCategoryWord, SheetComponentKindWord, SheetMalusKindWord, SheetScaleReadingWord};

/// Il risultato del piano da cui una componente prende i punti.
#[derive(Debug, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"node": "comune", "percent": "95.714285714286"}))]
pub(crate) struct SheetSource {
    /// Il nodo dei punteggi: `comune`, oppure il suo identificativo.
    #[schema(min_length = 1, max_length = 36, pattern = "^(comune|[0-9a-fA-F-]{36})$", example = "comune")]
    #[validate(length(min = 1, max = 36))]
    pub(super) node: String,
    /// La percentuale che mostrava quando è stata presa.
    #[schema(
        min_length = 1,
        max_length = 29,
        pattern = "^-?[0-9]{1,15}([.][0-9]{1,12})?$",
        example = "95.714285714286"
    )]
    #[validate(length(min = 1, max = 29))]
    pub(super) percent: String,
}

/// Una componente della valutazione.
#[derive(Debug, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"code": "STR", "kind": "unit", "title": "La struttura", "weight": "45", "points": "90"}))]
pub(crate) struct SheetComponent {
    /// Codice, unico nella scheda fra componenti e comportamenti.
    #[schema(min_length = 1, max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$", example = "STR")]
    #[validate(length(min = 1, max = 40))]
    pub(super) code: String,
    /// Che cosa valuta.
    pub(super) kind: SheetComponentKindWord,
    /// Come si chiama.
    #[schema(min_length = 1, max_length = 300, pattern = "^.*\\S.*$", example = "La struttura")]
    #[validate(length(min = 1, max = 300))]
    pub(super) title: String,
    /// Quanti centesimi del totale vale; tutte insieme danno 100.
    #[schema(min_length = 1, max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$", example = "45")]
    #[validate(length(min = 1, max = 23))]
    pub(super) weight: String,
    /// I punti, da 0 a 100; senza, quelli del risultato da cui vengono, oppure quelli dei comportamenti elencati.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, min_length = 1, max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$")]
    #[validate(length(min = 1, max = 23))]
    pub(super) points: Option<String>,
    /// Il risultato del piano da cui vengono i punti.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::object::optional")]
    #[schema(nullable = false)]
    #[validate(nested)]
    pub(super) source: Option<SheetSource>,
}

/// Un comportamento valutato.
#[derive(Debug, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"code": "B1", "title": "Collabora con gli altri settori", "weight": "60", "points": "4"}))]
pub(crate) struct SheetBehaviour {
    /// Codice, unico nella scheda fra componenti e comportamenti.
    #[schema(min_length = 1, max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$", example = "B1")]
    #[validate(length(min = 1, max = 40))]
    pub(super) code: String,
    /// Che cosa si guarda.
    #[schema(min_length = 1, max_length = 300, pattern = "^.*\\S.*$")]
    #[validate(length(min = 1, max = 300))]
    pub(super) title: String,
    /// Quanto pesa fra gli altri.
    #[schema(min_length = 1, max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$", example = "60")]
    #[validate(length(min = 1, max = 23))]
    pub(super) weight: String,
    /// I punti, sulla scala.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, min_length = 1, max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$")]
    #[validate(length(min = 1, max = 23))]
    pub(super) points: Option<String>,
}

/// La scala dei comportamenti.
#[derive(Debug, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"least": "1", "most": "5", "reading": "from_least"}))]
pub(crate) struct SheetScale {
    /// Il punto più basso.
    #[schema(min_length = 1, max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$", example = "1")]
    #[validate(length(min = 1, max = 23))]
    pub(super) least: String,
    /// Il più alto.
    #[schema(min_length = 1, max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$", example = "5")]
    #[validate(length(min = 1, max = 23))]
    pub(super) most: String,
    /// Come i punti diventano percentuale.
    pub(super) reading: SheetScaleReadingWord,
}

/// Una fascia di retribuzione: da quale totale, e quale parte della quota spetta.
#[derive(Debug, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"code": "A", "label": "Piena", "from": "90", "pays": "100"}))]
pub(crate) struct PayBand {
    /// Codice.
    #[schema(min_length = 1, max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$", example = "A")]
    #[validate(length(min = 1, max = 40))]
    pub(super) code: String,
    /// Come si chiama.
    #[schema(min_length = 1, max_length = 100, pattern = "^.*\\S.*$", example = "Piena")]
    #[validate(length(min = 1, max = 100))]
    pub(super) label: String,
    /// Il totale più basso che vi cade.
    #[schema(min_length = 1, max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$", example = "90")]
    #[validate(length(min = 1, max = 23))]
    pub(super) from: String,
    /// Quanti centesimi della quota spettano; senza, quanti ne dice il totale.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 23,
        pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$",
        example = "100"
    )]
    #[validate(length(min = 1, max = 23))]
    pub(super) pays: Option<String>,
}

/// Come si calcola la scheda, secondo il sistema di valutazione del comune.
#[derive(Debug, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"name": "Dirigenti ed EQ", "scale": {"least": "1", "most": "5", "reading": "from_least"}, "objection_days": 15}))]
pub(crate) struct SheetScheme {
    /// Come si chiama.
    #[schema(min_length = 1, max_length = 200, pattern = "^.*\\S.*$", example = "Dirigenti ed EQ")]
    #[validate(length(min = 1, max = 200))]
    pub(super) name: String,
    /// La scala dei comportamenti, se ce ne sono.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::object::optional")]
    #[schema(nullable = false)]
    #[validate(nested)]
    pub(super) scale: Option<SheetScale>,
    /// Le fasce di retribuzione, dalla più bassa, che comincia da 0.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "crate::object::list")]
    #[schema(required = false, min_items = 0, max_items = 20)]
    #[validate(length(max = 20), nested)]
    pub(super) bands: Vec<PayBand>,
    /// Entro quanti giorni dalla condivisione il valutato può accettare o contestare; di solito 15.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 1, maximum = 90, default = 15)]
    #[validate(range(min = 1, max = 90))]
    pub(super) objection_days: Option<i32>,
}

/// I giorni dell'anno.
#[derive(Debug, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"expected": 220, "served": 70, "protected": 150}))]
pub(crate) struct SheetAttendance {
    /// Giorni dovuti.
    #[schema(minimum = 1, maximum = 366)]
    #[validate(range(min = 1, max = 366))]
    pub(super) expected: i32,
    /// Giorni prestati.
    #[schema(minimum = 0, maximum = 366)]
    #[validate(range(min = 0, max = 366))]
    pub(super) served: i32,
    /// Giorni che la legge tutela (maternità, paternità, congedi parentali): contano come prestati.
    #[schema(minimum = 0, maximum = 366)]
    #[validate(range(min = 0, max = 366))]
    pub(super) protected: i32,
}

/// Una riduzione del totale.
#[derive(Debug, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"kind": "missed_duty", "percent": "5", "reason": "Obblighi di pubblicazione non assolti"}))]
pub(crate) struct SheetMalus {
    /// Perché.
    pub(super) kind: SheetMalusKindWord,
    /// Quanti centesimi toglie; più riduzioni si sommano.
    #[schema(min_length = 1, max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$", example = "5")]
    #[validate(length(min = 1, max = 23))]
    pub(super) percent: String,
    /// Il motivo.
    #[schema(min_length = 1, max_length = 4000, pattern = "^[\\s\\S]+$")]
    #[validate(length(min = 1, max = 4000))]
    pub(super) reason: String,
}

/// Ciò che chi valuta dice in una scheda.
#[derive(Debug, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "category": "manager", "scheme": {"name": "Dirigenti ed EQ"},
    "components": [
        {"code": "ENTE", "kind": "entity", "title": "L'ente", "weight": "40", "points": "90"},
        {"code": "STR", "kind": "unit", "title": "La struttura", "weight": "60", "points": "95.5"}
    ]
}))]
pub(crate) struct SheetContent {
    /// Categoria del valutato.
    pub(super) category: SheetCategoryWord,
    /// La struttura di cui il valutato risponde, o in cui lavora.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(super) unit: Option<Uuid>,
    /// Come si calcola.
    #[serde(deserialize_with = "crate::object::one")]
    #[validate(nested)]
    pub(super) scheme: SheetScheme,
    /// Le componenti; i loro pesi danno 100.
    #[serde(deserialize_with = "crate::object::list")]
    #[schema(min_items = 1, max_items = 20)]
    #[validate(length(min = 1, max = 20), nested)]
    pub(super) components: Vec<SheetComponent>,
    /// I comportamenti; con almeno uno, una sola componente li valuta e ne prende i punti.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "crate::object::list")]
    #[schema(required = false, min_items = 0, max_items = 50)]
    #[validate(length(max = 50), nested)]
    pub(super) behaviours: Vec<SheetBehaviour>,
    /// I giorni dell'anno.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::object::optional")]
    #[schema(nullable = false)]
    #[validate(nested)]
    pub(super) attendance: Option<SheetAttendance>,
    /// Le riduzioni.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "crate::object::list")]
    #[schema(required = false, min_items = 0, max_items = 10)]
    #[validate(length(max = 10), nested)]
    pub(super) malus: Vec<SheetMalus>,
}

/// Altri punti per una componente o un comportamento.
#[derive(Debug, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"code": "B1", "points": "5"}))]
pub(crate) struct SheetChange {
    /// Il codice della voce.
    #[schema(min_length = 1, max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$", example = "B1")]
    #[validate(length(min = 1, max = 40))]
    pub(super) code: String,
    /// I punti che prendono il posto di quelli condivisi.
    #[schema(min_length = 1, max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$", example = "5")]
    #[validate(length(min = 1, max = 23))]
    pub(super) points: String,
}
