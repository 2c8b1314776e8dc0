//! Rulebooks over HTTP: those that come with the program, the comune's own by year and edition, and what the evaluation body thinks of them.

use utoipa_actix_web::service_config::ServiceConfig;

/// Adds the routes.
pub(crate) fn configure(_config: &mut ServiceConfig) {}

/// Adds the rulebooks that come with the program.
pub(crate) fn configure_shipped(_config: &mut ServiceConfig) {}
