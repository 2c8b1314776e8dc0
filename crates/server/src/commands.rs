//! The commands that do one thing and end.

use std::io::Write as _;

use chrono::{DateTime, SubsecRound as _, TimeDelta, Utc};
use traguardo_domain::access::Doorkeeper;
use traguardo_domain::audit::Occasion;
use traguardo_domain::member::Member;
use traguardo_domain::{ComuneCode, Vocabulary as _};
use traguardo_http::tokens::{Claims, KeyRing};
use traguardo_http::{document, routes};
use traguardo_persistence::members::{Filter, Order};
use traguardo_persistence::{PageRequest, members};
use uuid::Uuid;

use crate::cli::{KeyOptions, MigrateOptions, OpenapiOptions, SeedOptions, TokenOptions};
use crate::demo::{self, Source};
use crate::failure::Failure;
use crate::store::{Store, key_folder, load_keys, unfit_keys};

/// Writes lines to standard output.
///
/// # Errors
/// When nobody reads it any more.
pub fn say(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{text}").and_then(|()| out.flush()).map_err(Failure::io("cannot write to standard output"))
}

/// The instant it is, for a command; what decides gets it as an argument.
#[must_use]
pub fn now() -> DateTime<Utc> {
    #[expect(clippy::disallowed_methods, reason = "a command reads the clock once and hands it on")]
    Utc::now().trunc_subsecs(6)
}

/// A new id, for a command.
#[must_use]
pub fn new_id() -> Uuid {
    #[expect(clippy::disallowed_methods, reason = "a command draws ids here and hands them on")]
    Uuid::now_v7()
}

/// Brings the database to the schema of this program.
///
/// # Errors
/// When the login may not, or a migration fails.
pub fn migrate(options: &MigrateOptions) -> Result<(), Failure> {
    let store = Store::open(&options.store)?;
    let migrated = migrate_in(&store, options.create_roles);
    store.close()?;
    match migrated?.as_slice() {
        [] => say("Nothing to migrate: the schema is this program's."),
        applied => say(&format!("Applied: {}", applied.join(", "))),
    }
}

fn migrate_in(store: &Store, create_roles: bool) -> Result<Vec<String>, Failure> {
    if create_roles {
        store.create_roles()?;
    }
    store.migrate()
}

/// Registers the platform's first administrator and, in a demo, three comuni.
///
/// # Errors
/// When the database is not migrated or refuses.
pub fn seed(options: &SeedOptions) -> Result<(), Failure> {
    let store = Store::open(&options.store)?;
    let seeded = seed_in(&store, options.demo);
    store.close()?;
    seeded?;
    say("Seeded.")
}

fn seed_in(store: &Store, demo: bool) -> Result<(), Failure> {
    let database = store.database();
    let source = Source { now: now(), new_id: &new_id };
    demo::seed_platform(&database, &source, demo)?;
    if demo {
        demo::seed_comuni(&database, &source)?;
    }
    Ok(())
}

/// Prints a token for the first member with a role.
///
/// # Errors
/// When there is no such member, or the keys cannot be used.
pub fn token(options: &TokenOptions) -> Result<(), Failure> {
    let keys = load_keys(&key_folder(options.keys.as_deref(), &options.store.data))?;
    let store = Store::open(&options.store)?;
    let found = first_with(&store, options);
    store.close()?;
    let member = found?.ok_or_else(|| {
        Failure::Refused(format!("no member with the role {} in {}", options.role.word(), options.comune))
    })?;
    let life = TimeDelta::minutes(i64::from(options.minutes));
    say(&sign(&keys, &options.public_url, life, options.comune, &member)?)
}

fn first_with(store: &Store, options: &TokenOptions) -> Result<Option<Member>, Failure> {
    let occasion = Occasion { at: now(), request_id: "token".to_owned() };
    let filter = Filter { role: Some(options.role), revoked: Some(false), ..Filter::default() };
    let page = PageRequest { order: Order::Label, after: None, limit: 1 };
    let found = store.database().tenant(&Doorkeeper.look_up(options.comune), occasion, |tx| {
        Ok::<_, Failure>(members::list(tx, &filter, &page)?)
    })?;
    Ok(found.items.into_iter().next())
}

/// A token of ours for a member.
///
/// # Errors
/// When the key cannot sign.
pub fn sign(
    keys: &KeyRing,
    public_url: &str,
    life: TimeDelta,
    comune: ComuneCode,
    member: &Member,
) -> Result<String, Failure> {
    let issued = now().timestamp();
    let claims = Claims {
        iss: public_url.to_owned(),
        sub: member.id.0.to_string(),
        aud: audience(public_url),
        iat: issued,
        nbf: issued,
        exp: issued.saturating_add(life.num_seconds()),
        jti: new_id().to_string(),
        client_id: None,
        comune: comune.to_string(),
        roles: member.facts.roles.iter().map(|role| role.word().to_owned()).collect(),
        unit: member.facts.unit.map(|unit| unit.0.to_string()),
    };
    Ok(keys.sign(&claims)?)
}

/// Whom our tokens are for: this API, at its version.
#[must_use]
pub fn audience(public_url: &str) -> String {
    format!("{public_url}/v1")
}

/// Makes a new signing key.
///
/// # Errors
/// When the folder cannot be written.
pub fn keys(options: &KeyOptions) -> Result<(), Failure> {
    let folder = key_folder(options.keys.as_deref(), &options.data);
    KeyRing::generate_into(&folder).map_err(|error| unfit_keys(&error))?;
    say(&format!("A new key is in {}; it signs from the next start.", folder.display()))
}

/// Prints the document of the API.
///
/// # Errors
/// When it cannot be built.
pub fn openapi(options: &OpenapiOptions) -> Result<(), Failure> {
    if options.plan_schema {
        return say(document::plan_schema()?.trim_end());
    }
    let built = document::build(routes::configure)?;
    let text = if options.downgraded { document::to_3_0(&built)? } else { document::to_yaml(&built)? };
    say(text.trim_end())
}
