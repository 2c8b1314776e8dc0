//! How the document describes what a bulk carries, where no type of ours says it: its values, and its lines.

use std::borrow::Cow;

use traguardo_documents::assignment::AssignmentBody;
use traguardo_documents::indicator::IndicatorBody;
use traguardo_documents::objective::ObjectiveBody;
use traguardo_documents::phase::PhaseBody;
use utoipa::openapi::schema::AnyOfBuilder;
use utoipa::openapi::{Ref, RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// What is written by one item: an objective or one of its parts, as the path of the item says.
pub(crate) struct BulkValue;

impl PartialSchema for BulkValue {
    fn schema() -> RefOr<Schema> {
        let any = AnyOfBuilder::new()
            .description(Some(
                "Un obiettivo, un'assegnazione, una fase o un indicatore: lo dice il percorso.",
            ))
            .item(Ref::from_schema_name(ObjectiveBody::name()))
            .item(Ref::from_schema_name(AssignmentBody::name()))
            .item(Ref::from_schema_name(PhaseBody::name()))
            .item(Ref::from_schema_name(IndicatorBody::name()));
        Schema::from(any.build()).into()
    }
}

impl ToSchema for BulkValue {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("BulkValue")
    }
}

/// Una scrittura per riga, ciascuna un oggetto JSON intero.
#[derive(ToSchema)]
#[schema(
    max_length = 8_388_608,
    pattern = "^[\\s\\S]*$",
    example = "{\"operation\":\"put\",\"path\":\"ext:PAGAMENTI\",\"value\":{\"title\":\"Rispettare i tempi di pagamento\"}}\n"
)]
#[expect(dead_code, reason = "only its description is published")]
pub(crate) struct BulkLines(String);
