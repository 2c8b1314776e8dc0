//! Objects that are handed on as they were written: never parsed, never written anew.

use std::borrow::Cow;

use serde::Serialize;
use serde_json::value::RawValue;
use traguardo_documents::objective::ObjectiveBody;
use traguardo_domain::Version;
use traguardo_persistence::Written;
use traguardo_persistence::objectives::Kept;
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::problem::{Kind, Problem};

/// Declares that a response is described by a type that only describes.
macro_rules! described {
    ($response:ty as $schema:ty) => {
        impl utoipa::PartialSchema for $response {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
                <$schema as utoipa::PartialSchema>::schema()
            }
        }

        impl utoipa::ToSchema for $response {
            fn name() -> std::borrow::Cow<'static, str> {
                <$schema as utoipa::ToSchema>::name()
            }

            fn schemas(schemas: &mut Vec<(String, utoipa::openapi::RefOr<utoipa::openapi::Schema>)>) {
                <$schema as utoipa::ToSchema>::schemas(schemas);
            }
        }
    };
}
pub(crate) use described;

/// An objective as it was written, with the version it is at.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub(crate) struct ObjectiveResponse(Box<RawValue>);

impl ObjectiveResponse {
    /// The objective as it is kept.
    ///
    /// # Errors
    /// 500 when what is kept is no object.
    pub(crate) fn new(version: Version, content: &Written) -> Result<Self, Problem> {
        let whole = match content.as_str().strip_prefix('{') {
            Some(members) => format!("{{\"version\":{},{members}", version.number()),
            None => String::new(),
        };
        RawValue::from_string(whole).map(Self).map_err(|error| {
            log::error!("an objective is kept as no object: {error}");
            Problem::of(Kind::Internal)
        })
    }
}

impl TryFrom<Kept> for ObjectiveResponse {
    type Error = Problem;

    fn try_from(kept: Kept) -> Result<Self, Problem> {
        Self::new(kept.version, &kept.content)
    }
}

/// What is read of an objective has the form of what is written of it.
impl PartialSchema for ObjectiveResponse {
    fn schema() -> RefOr<Schema> {
        ObjectiveBody::schema()
    }
}

impl ToSchema for ObjectiveResponse {
    fn name() -> Cow<'static, str> {
        ObjectiveBody::name()
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        ObjectiveBody::schemas(schemas);
    }
}
