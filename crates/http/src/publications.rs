//! What is published of a plan for comparison, over HTTP.

use utoipa_actix_web::service_config::ServiceConfig;

/// Adds the routes.
pub(crate) const fn configure(_config: &mut ServiceConfig) {}
