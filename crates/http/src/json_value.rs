//! A value of any kind, as the document describes it: what a member of a plan was or is can be text, a number, a list, an object.

use std::borrow::Cow;

use utoipa::openapi::schema::{AnyOfBuilder, ArrayBuilder, KnownFormat, ObjectBuilder, SchemaFormat, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// A JSON value of any kind; only its description is published.
pub(crate) struct JsonValue;

impl PartialSchema for JsonValue {
    fn schema() -> RefOr<Schema> {
        let text = || ObjectBuilder::new().schema_type(Type::String).max_length(Some(100_000));
        let text = || text().pattern(Some("^[\\s\\S]*$"));
        let number = ObjectBuilder::new()
            .schema_type(Type::Integer)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Int32)))
            .minimum(Some(-2_147_483_648))
            .maximum(Some(2_147_483_647));
        let object = || ObjectBuilder::new().schema_type(Type::Object);
        let inside: Schema = AnyOfBuilder::new().item(text()).item(object()).build().into();
        let list = ArrayBuilder::new().items(RefOr::T(inside)).min_items(Some(0)).max_items(Some(2_000));
        let any = AnyOfBuilder::new().description(Some("Un valore JSON: com'è nel documento del piano."));
        let any = any.item(text()).item(number).item(ObjectBuilder::new().schema_type(Type::Boolean));
        Schema::from(any.item(list).item(object()).build()).into()
    }
}

impl ToSchema for JsonValue {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("JsonValue")
    }
}
