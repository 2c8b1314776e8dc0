//! Which route leads where: the one list, read by the server and by the document alike.

use utoipa_actix_web::service_config::ServiceConfig;

use crate::{audit, comuni, health, identity, members, oauth, plans, secrets, units};

/// Adds every operation of the API, below its version.
pub fn configure(config: &mut ServiceConfig) {
    health::configure(config);
    oauth::configure(config);
    identity::configure(config);
    comuni::configure(config);
    units::configure(config);
    members::configure(config);
    secrets::configure(config);
    plans::configure(config);
    audit::configure(config);
}
