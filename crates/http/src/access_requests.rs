//! Requests to see acts and data, over HTTP.

use utoipa_actix_web::service_config::ServiceConfig;

/// Adds the routes.
pub(crate) fn configure(_: &mut ServiceConfig) {}

/// Adds the routes that stand beside.
pub(crate) fn configure_beside(_: &mut ServiceConfig) {}
