//! The shared objectives a plan follows, over HTTP: adopting, binding, suggestions, rebase.

use utoipa_actix_web::service_config::ServiceConfig;

/// Adds the routes.
pub(crate) const fn configure(_config: &mut ServiceConfig) {}
