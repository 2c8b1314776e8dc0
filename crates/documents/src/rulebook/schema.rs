//! The published form of what is said by name: weights by structure, coefficients by class, a formula in place of another.

use utoipa::PartialSchema as _;
use utoipa::openapi::schema::{AdditionalProperties, ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};

use crate::word::FormulaWord;

fn by_name(value: RefOr<Schema>, most: usize, about: &str, example: serde_json::Value) -> RefOr<Schema> {
    let all = ObjectBuilder::new()
        .schema_type(Type::Object)
        .additional_properties(Some(AdditionalProperties::RefOr(value)))
        .max_properties(Some(most))
        .description(Some(about))
        .examples([example]);
    Schema::from(all.build()).into()
}

fn figure() -> RefOr<Schema> {
    let text = ObjectBuilder::new().schema_type(Type::String).max_length(Some(23));
    Schema::from(text.pattern(Some("^[0-9]{1,15}([.][0-9]{1,6})?$")).build()).into()
}

/// Weights, by code of structure.
pub(super) fn weights() -> RefOr<Schema> {
    let about = "I pesi stabiliti, per codice di struttura; se le strutture si pesano così almeno uno è maggiore di zero.";
    by_name(figure(), 1_000, about, serde_json::json!({"AREA-1": "60", "AREA-2": "40"}))
}

/// Coefficients, by code of class.
pub(super) fn coefficients() -> RefOr<Schema> {
    let about =
        "I coefficienti delle classi di peso, dove non sono quelli della scala del piano; maggiori di zero.";
    by_name(figure(), 100, about, serde_json::json!({"1": "1", "2": "2"}))
}

/// Formulas in place of others.
pub(super) fn instead() -> RefOr<Schema> {
    let about = "Le formule che si calcolano come un'altra: a sinistra quella del piano, a destra quella che ne prende il posto, che non \
                 è a sua volta sostituita.";
    by_name(FormulaWord::schema(), 20, about, serde_json::json!({"lower": "threshold"}))
}
