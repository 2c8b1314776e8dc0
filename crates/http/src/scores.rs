//! Scores over HTTP: what a plan reached, as the tree that explains it, and checked again.

use utoipa_actix_web::service_config::ServiceConfig;

/// Adds the routes.
pub(crate) fn configure(_config: &mut ServiceConfig) {}
