//! The yearly attestation of what is published, as data, over HTTP.

use utoipa_actix_web::service_config::ServiceConfig;

/// Adds the routes.
pub(crate) fn configure(_: &mut ServiceConfig) {}
