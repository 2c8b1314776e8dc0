//! What everybody may read: published plans, results, reports, comparisons and data sets, over HTTP.

use utoipa_actix_web::service_config::ServiceConfig;

/// Adds the routes.
pub(crate) const fn configure(_config: &mut ServiceConfig) {}
