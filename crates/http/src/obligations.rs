//! What must be published, as a catalogue of versions, over HTTP.

use utoipa_actix_web::service_config::ServiceConfig;

/// Adds the routes.
pub(crate) fn configure(_: &mut ServiceConfig) {}
