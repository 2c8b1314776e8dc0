//! What the law leaves open and a comune settles, over HTTP.

use utoipa_actix_web::service_config::ServiceConfig;

/// Adds the routes.
pub(crate) fn configure(_: &mut ServiceConfig) {}
