//! Decides whether two structs publish themselves under one name.
//!
//! The framework keeps the last of them without a word, and the other's operations then publish the
//! wrong shape. Only the list from before they are put in a map can tell.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use actix_web::App;
use actix_web::dev::{AppService, HttpServiceFactory};
use utoipa::openapi::path::Paths;
use utoipa::openapi::{RefOr, Schema};
use utoipa_actix_web::service_config::ServiceConfig;
use utoipa_actix_web::{AppExt, OpenApiFactory};

type Named = (String, RefOr<Schema>);

/// Every schema that the operations registered by `configure` name, with repetitions.
#[must_use]
pub fn schemas(configure: impl FnOnce(&mut ServiceConfig)) -> Vec<Named> {
    let seen = Rc::new(RefCell::new(Vec::new()));
    let witness = Witness(Rc::clone(&seen));
    let (_app, _api) = App::new()
        .into_utoipa_app()
        .configure(|config| {
            configure(config);
            config.service(witness);
        })
        .split_for_parts();
    seen.take()
}

/// The names carried by two different schemas.
#[must_use]
pub fn collisions(schemas: &[Named]) -> Vec<String> {
    let mut bodies: BTreeMap<&str, &RefOr<Schema>> = BTreeMap::new();
    let mut clashing = BTreeSet::new();
    for (name, body) in schemas {
        if *bodies.entry(name).or_insert(body) != body {
            clashing.insert(name.clone());
        }
    }
    clashing.into_iter().collect()
}

/// Registered last, it is handed the list of all that was registered before it.
struct Witness(Rc<RefCell<Vec<Named>>>);

impl OpenApiFactory for Witness {
    fn paths(&self) -> Paths {
        Paths::new()
    }

    fn schemas(&self, schemas: &mut Vec<Named>) {
        self.0.borrow_mut().clone_from(schemas);
    }
}

impl HttpServiceFactory for Witness {
    fn register(self, _config: &mut AppService) {}
}
