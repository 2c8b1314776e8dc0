//! The year being followed over HTTP: what is to be filled by when, what was never updated, how far the plan should be and is.

use utoipa_actix_web::service_config::ServiceConfig;

/// Adds the routes.
pub(crate) fn configure(_config: &mut ServiceConfig) {}
