//! Payment times over HTTP: the certified figure and our forecast side by side, and the quota that hangs on them.

use utoipa_actix_web::service_config::ServiceConfig;

/// Adds the routes.
pub(crate) fn configure(_config: &mut ServiceConfig) {}
