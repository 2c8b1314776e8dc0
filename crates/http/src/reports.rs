//! The report of a plan over HTTP: computed until it is adopted, then as it was.

use utoipa_actix_web::service_config::ServiceConfig;

/// Adds the routes.
pub(crate) fn configure(_config: &mut ServiceConfig) {}
