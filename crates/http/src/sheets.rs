//! Individual evaluations over HTTP: seen by the person, by who evaluates, and by the evaluation body.

use utoipa_actix_web::service_config::ServiceConfig;

/// Adds the routes.
pub(crate) fn configure(_config: &mut ServiceConfig) {}

/// Adds the figures of all of them, which name nobody.
pub(crate) fn configure_statistics(_config: &mut ServiceConfig) {}
