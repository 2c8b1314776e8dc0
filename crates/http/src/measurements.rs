//! Measurements over HTTP: added one at a time or a thousand together, read, never altered.

use utoipa_actix_web::service_config::ServiceConfig;

/// Adds the routes.
pub(crate) fn configure(_config: &mut ServiceConfig) {}
