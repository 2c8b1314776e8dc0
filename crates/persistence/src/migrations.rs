//! Bringing a database to the schema this program was built with, and the roles the schema is granted to.

use diesel::connection::SimpleConnection;
use diesel::migration::{Migration, MigrationSource};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use crate::database::with_bounds;
use crate::error::Error;

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("../../migrations");
const ROLES: &str = include_str!("../../../deploy/roles.sql");

/// Creates a database on a server of one's own, when it is not there.
///
/// # Errors
/// When the server is away or the login may not.
pub fn create_database(url: &str, name: &str) -> Result<(), Error> {
    let mut connection = connect(url)?;
    let there = diesel::select(
        diesel::dsl::sql::<diesel::sql_types::Bool>("exists (select from pg_database where datname = ")
            .bind::<diesel::sql_types::Text, _>(name)
            .sql(")"),
    )
    .get_result::<bool>(&mut connection)?;
    if there {
        return Ok(());
    }
    let quoted = name.replace('"', "\"\"");
    connection
        .batch_execute(&format!("create database \"{quoted}\" template template0 encoding 'UTF8'"))
        .map_err(|error| Error::Setup(format!("cannot create the database {name}: {error}")))
}

/// Creates the roles of `deploy/roles.sql`, for which the login of `url` must be an administrator.
///
/// # Errors
/// When the database is away or the login may not.
pub fn create_roles(url: &str) -> Result<(), Error> {
    connect(url)?
        .batch_execute(ROLES)
        .map_err(|error| Error::Setup(format!("cannot create the roles: {error}")))
}

/// Applies the migrations that are missing, as the owner, and names them.
///
/// # Errors
/// When the database is away, the roles are missing, or a migration fails; what was applied before it stays.
pub fn apply(url: &str) -> Result<Vec<String>, Error> {
    let mut connection = as_owner(url)?;
    let applied = connection
        .run_pending_migrations(MIGRATIONS)
        .map_err(|error| Error::Setup(format!("a migration failed: {error}")))?;
    Ok(applied.iter().map(ToString::to_string).collect())
}

/// Takes back every migration, last first: for tests that prove that each can be.
///
/// # Errors
/// When the database is away or a migration cannot be taken back.
pub fn revert_all(url: &str) -> Result<Vec<String>, Error> {
    let mut connection = as_owner(url)?;
    let reverted = connection
        .revert_all_migrations(MIGRATIONS)
        .map_err(|error| Error::Setup(format!("a migration cannot be taken back: {error}")))?;
    Ok(reverted.iter().map(ToString::to_string).collect())
}

/// Applies the first migration that is missing, and names it: for tests that look at every level.
///
/// # Errors
/// As for [`apply`], and when none is missing.
pub fn apply_next(url: &str) -> Result<String, Error> {
    let mut connection = as_owner(url)?;
    let applied = connection
        .run_next_migration(MIGRATIONS)
        .map_err(|error| Error::Setup(format!("a migration failed: {error}")))?;
    Ok(applied.to_string())
}

/// Takes back the last migration, and names it: for tests that look at every level.
///
/// # Errors
/// When the database is away, nothing was applied, or the migration cannot be taken back.
pub fn revert_last(url: &str) -> Result<String, Error> {
    let mut connection = as_owner(url)?;
    let reverted = connection
        .revert_last_migration(MIGRATIONS)
        .map_err(|error| Error::Setup(format!("a migration cannot be taken back: {error}")))?;
    Ok(reverted.to_string())
}

/// The version of the last migration this program knows.
///
/// # Errors
/// When the migrations built into the program cannot be read.
pub fn latest() -> Result<String, Error> {
    let known: Vec<Box<dyn Migration<Pg>>> =
        MIGRATIONS.migrations().map_err(|error| Error::Setup(error.to_string()))?;
    Ok(known.iter().map(|migration| migration.name().version().to_string()).max().unwrap_or_default())
}

fn as_owner(url: &str) -> Result<PgConnection, Error> {
    let mut connection = connect(url)?;
    connection.batch_execute("SET ROLE traguardo_owner; SET lock_timeout = '5s'").map_err(|error| {
        Error::Setup(format!(
            "cannot act as traguardo_owner ({error}): run deploy/roles.sql as an administrator"
        ))
    })?;
    Ok(connection)
}

fn connect(url: &str) -> Result<PgConnection, Error> {
    PgConnection::establish(&with_bounds(url)).map_err(|error| Error::Unavailable(error.to_string()))
}
