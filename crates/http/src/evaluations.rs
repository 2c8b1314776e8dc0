//! Evaluations over HTTP: what the evaluation body asks and decides, and what is answered.

use utoipa_actix_web::service_config::ServiceConfig;

/// Adds the routes.
pub(crate) fn configure(_config: &mut ServiceConfig) {}
