//! Comparison across comuni, over HTTP.

use utoipa_actix_web::service_config::ServiceConfig;

/// Adds the routes.
pub(crate) const fn configure(_config: &mut ServiceConfig) {}

/// Adds the routes beside them: questions of many indicators at once, comuni like one.
pub(crate) const fn configure_beside(_config: &mut ServiceConfig) {}
