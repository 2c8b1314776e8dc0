//! The difference between two versions as it travels.

use serde::Serialize;
use serde_json::Value;
use traguardo_documents::Word;
use traguardo_domain::plan::diff::{Change, ChangeKind, ChangedObject, FieldChange};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::json_value::JsonValue;

/// What happened to an object.
type ChangeKindWord = Word<ChangeKind>;
/// What changed.
type ChangedObjectWord = Word<ChangedObject>;

/// Un membro che è cambiato.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FieldChange, example = json!({"field": "title", "before": "Vecchio titolo", "after": "Nuovo titolo"}))]
pub(crate) struct FieldChangeResponse {
    /// Il membro.
    #[schema(max_length = 100, pattern = "^[a-z_]+$")]
    field: String,
    /// Com'era; assente se non c'era.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = JsonValue)]
    before: Option<Value>,
    /// Com'è; assente se non c'è più.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = JsonValue)]
    after: Option<Value>,
}

/// Un cambiamento fra due versioni.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Change, example = json!({
    "kind": "changed", "object": "objective", "label": "4/SF Rispettare i tempi di pagamento",
    "pointer": "/objectives/0193a5c0-0000-7000-8000-000000000004",
    "fields": [{"field": "title", "before": "Vecchio titolo", "after": "Nuovo titolo"}]
}))]
pub(crate) struct ChangeResponse {
    /// Che cosa è successo.
    kind: ChangeKindWord,
    /// A che genere di oggetto.
    object: ChangedObjectWord,
    /// A quale.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    id: Option<Uuid>,
    /// Come lo chiama il piano.
    #[schema(max_length = 2100, pattern = "^[\\s\\S]*$")]
    label: String,
    /// Dove, con gli identificativi al posto delle posizioni.
    #[schema(max_length = 1000, pattern = "^[\\s\\S]*$")]
    pointer: String,
    /// I membri cambiati.
    #[schema(min_items = 0, max_items = 100)]
    fields: Vec<FieldChangeResponse>,
    /// L'oggetto intero, se è stato aggiunto o tolto.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Object)]
    value: Option<Value>,
    /// Il posto in cui è stato aggiunto, spostato, o da cui è stato tolto.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 2_147_483_647)]
    position: Option<i32>,
}

/// Che cosa è cambiato fra due versioni, nell'ordine del piano.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Difference, example = json!({"from": 1, "to": 2, "changes": []}))]
pub(crate) struct DifferenceResponse {
    /// La versione di partenza.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub(super) from: i32,
    /// La versione di arrivo.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub(super) to: i32,
    /// I cambiamenti.
    #[schema(min_items = 0, max_items = 100_000)]
    pub(super) changes: Vec<ChangeResponse>,
}

impl From<FieldChange> for FieldChangeResponse {
    fn from(change: FieldChange) -> Self {
        Self { field: change.field, before: change.before, after: change.after }
    }
}

impl From<Change> for ChangeResponse {
    fn from(change: Change) -> Self {
        Self {
            kind: Word(change.kind),
            object: Word(change.object),
            id: change.id,
            label: change.label,
            pointer: change.pointer,
            fields: change.fields.into_iter().map(FieldChangeResponse::from).collect(),
            value: change.value,
            position: change.position.map(|place| i32::try_from(place).unwrap_or(i32::MAX)),
        }
    }
}
