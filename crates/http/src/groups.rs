//! Groups of comuni to compare with, over HTTP.

use utoipa_actix_web::service_config::ServiceConfig;

/// Adds the routes.
pub(crate) const fn configure(_config: &mut ServiceConfig) {}
