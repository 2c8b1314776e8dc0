//! Every figure that is computed from registers, over HTTP.

use utoipa_actix_web::service_config::ServiceConfig;

/// Adds the routes.
pub(crate) fn configure(_: &mut ServiceConfig) {}
