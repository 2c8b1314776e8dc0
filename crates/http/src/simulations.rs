//! Simulations over HTTP: what a plan would reach, were something else; nothing is stored.

use utoipa_actix_web::service_config::ServiceConfig;

/// Adds the routes.
pub(crate) fn configure(_config: &mut ServiceConfig) {}
