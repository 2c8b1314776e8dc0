//! Decides what the published OpenAPI document says beyond what each handler declares.
//!
//! Handlers declare what is peculiar to them; one pass over the document adds what holds for every
//! operation: identity, security, shared headers, the refusals a caller must expect.

mod collisions;
mod downgrade;
mod examples;
mod guide;
mod headers;
mod operations;
mod order;
mod pass;
mod preamble;
mod problems;
mod tags;

#[cfg(test)]
mod tests;

pub use collisions::{collisions, schemas};
pub use downgrade::to_3_0;
pub use guide::{GuideCall, guide};
pub use operations::{OperationInfo, methods_by_path, operations};
pub use order::{to_json, to_yaml};

use actix_web::App;
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::openapi::OpenApi;
use utoipa_actix_web::AppExt;
use utoipa_actix_web::service_config::ServiceConfig;

/// Why a document cannot be published.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It cannot be turned into JSON or loaded back from it.
    #[error("the document is not valid JSON for an OpenAPI document: {0}")]
    Json(#[from] serde_json::Error),
    /// It cannot be turned into YAML.
    #[error("the document cannot be written as YAML: {0}")]
    Yaml(#[from] yaml_serde::Error),
    /// Loading it back drops or alters something, so the pass wrote something that is not OpenAPI.
    #[error("the document changes when loaded back, first at {0}")]
    Lost(String),
    /// A member that must be an object is something else.
    #[error("{0} is not an object")]
    Shape(&'static str),
    /// An operation carries a tag that has no description.
    #[error("{operation} carries the tag `{tag}`, which document/tags.rs does not describe")]
    UnknownTag {
        /// The operation, as method and path.
        operation: String,
        /// The tag without a description.
        tag: String,
    },
    /// An operation declares a refusal for which there is no shared answer.
    #[error("{operation} declares status {status}, which document/problems.rs does not describe")]
    UnknownStatus {
        /// The operation, as method and path.
        operation: String,
        /// The declared status.
        status: String,
    },
    /// A schema of 3.1 has no counterpart in 3.0.
    #[error("a schema at {0} cannot be said in OpenAPI 3.0")]
    NoCounterpart(String),
}

/// Collects the operations registered by `configure`, and completes their document.
///
/// `configure` must be the one mounted under the version's scope, so that the paths of the document
/// are relative to the server's address.
///
/// # Errors
/// As [`complete`].
pub fn build(configure: impl FnOnce(&mut ServiceConfig)) -> Result<OpenApi, Error> {
    let (_, api) = App::new().into_utoipa_app().configure(configure).split_for_parts();
    complete(&api)
}

/// The JSON Schema of a plan's document, as it is published.
///
/// # Errors
/// When it cannot be written as JSON.
pub fn plan_schema() -> Result<String, Error> {
    let mut text = serde_json::to_string_pretty(&traguardo_documents::schema::plan_schema()?)?;
    text.push('\n');
    Ok(text)
}

/// Adds to a document all that its handlers need not repeat.
///
/// # Errors
/// When a tag or a refusal has no shared description, or when what was added is not OpenAPI.
pub fn complete(api: &OpenApi) -> Result<OpenApi, Error> {
    let mut value = serde_json::to_value(api)?;
    let root = value.as_object_mut().ok_or(Error::Shape("document"))?;
    preamble::write(root);
    pass::every_operation(root)?;
    tags::write(root)?;
    pass::shared_components(root)?;
    examples::of_lists(root);
    pass::bounded_arrays(&mut value);
    value.sort_all_objects();
    load(&value, api)
}

/// Loads the completed value back, refusing any loss, in the order its authors declared things.
fn load(value: &Value, declared: &OpenApi) -> Result<OpenApi, Error> {
    let mut api = OpenApi::deserialize(value)?;
    if let Some(place) = first_difference(value, &serde_json::to_value(&api)?) {
        return Err(Error::Lost(place));
    }
    order::restore(&mut api, declared);
    Ok(api)
}

/// The JSON pointer of the first place where two values differ.
fn first_difference(left: &Value, right: &Value) -> Option<String> {
    // Equal values are told by one walk: below, every member of both would be met twice at every level.
    if left == right {
        return None;
    }
    match (left, right) {
        (Value::Object(one), Value::Object(other)) => {
            one.keys().chain(other.keys()).find_map(|key| inner_difference(key, one.get(key), other.get(key)))
        }
        (Value::Array(one), Value::Array(other)) if one.len() == other.len() => one
            .iter()
            .zip(other)
            .enumerate()
            .find_map(|(at, (l, r))| inner_difference(&at.to_string(), Some(l), Some(r))),
        _ => Some(String::new()),
    }
}

fn inner_difference(key: &str, left: Option<&Value>, right: Option<&Value>) -> Option<String> {
    let place = match (left, right) {
        (Some(one), Some(other)) => first_difference(one, other)?,
        (None, None) => return None,
        (Some(_), None) | (None, Some(_)) => String::new(),
    };
    let key = key.replace('~', "~0").replace('/', "~1");
    Some(format!("/{key}{place}"))
}

/// The object called `name`, made when it is not there.
fn member<'a>(
    parent: &'a mut Map<String, Value>,
    name: &'static str,
) -> Result<&'a mut Map<String, Value>, Error> {
    parent.entry(name).or_insert_with(|| Value::Object(Map::new())).as_object_mut().ok_or(Error::Shape(name))
}
