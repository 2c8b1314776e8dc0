//! Payment times computed from bills, and what would come of them, over HTTP.

use utoipa_actix_web::service_config::ServiceConfig;

/// Adds the routes.
pub(crate) fn configure(_: &mut ServiceConfig) {}
