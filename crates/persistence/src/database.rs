//! The one place that borrows connections and opens transactions.

use std::time::Duration;

use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::prelude::*;
use diesel::r2d2::{ConnectionManager, CustomizeConnection, Pool, PooledConnection};
use diesel::result::{DatabaseErrorKind, Error as DieselError};
use traguardo_domain::access::{CrossGrant, Grant, Mode, Sight};
use traguardo_domain::audit::Occasion;

use crate::cross::CrossTenantTx;
use crate::error::Error;
use crate::tenant::TenantTx;

type Connections = Pool<ConnectionManager<PgConnection>>;
type Borrowed = PooledConnection<ConnectionManager<PgConnection>>;

/// How the database is reached.
#[derive(Debug, Clone)]
pub struct Settings {
    /// A libpq URL for a login that may act as `traguardo_app` and `traguardo_benchmark`.
    pub url: String,
    /// How many transactions of tenants run at once.
    pub connections: u32,
    /// How many transactions across comuni run at once.
    pub cross_connections: u32,
    /// How long a transaction waits for a connection before it is refused.
    pub patience: Duration,
    /// How long one statement may take.
    pub statement_timeout: Duration,
}

/// How busy the connections of tenants are.
#[derive(Debug, Clone, Copy)]
pub struct PoolState {
    /// Open connections.
    pub open: u32,
    /// Those nobody is using.
    pub idle: u32,
}

/// What the database says of the login the service came with.
#[derive(Debug, Clone, QueryableByName)]
pub struct Standing {
    /// The login.
    #[diesel(sql_type = diesel::sql_types::Text)]
    pub login: String,
    /// Whether it, or the role it acts as, is above row security: a superuser, or allowed to bypass it.
    #[diesel(sql_type = diesel::sql_types::Bool)]
    pub above_row_security: bool,
    /// Whether it may act as the owner of the tables.
    #[diesel(sql_type = diesel::sql_types::Bool)]
    pub may_own: bool,
    /// The server's version, as a number.
    #[diesel(sql_type = diesel::sql_types::Integer)]
    pub server_version: i32,
}

/// The database: a pool of connections that act as the application, and a small one that acts as the benchmark reader.
#[derive(Clone)]
pub struct Database {
    patience: Duration,
    tenants: Connections,
    across: Connections,
}

impl Database {
    /// Prepares the pools. No connection is made yet: a service may start before its database.
    #[must_use]
    pub fn new(settings: &Settings) -> Self {
        Self {
            patience: settings.patience,
            tenants: pool(settings, "traguardo_app", settings.connections),
            across: pool(settings, "traguardo_benchmark", settings.cross_connections),
        }
    }

    /// Runs `work` in one transaction on the data of the grant's tenant, read only when the grant's action reads; a writing
    /// one holds the tenant's lock, and is committed together with the audit entry of everything it touched.
    ///
    /// # Errors
    /// Those of `work`, after everything is rolled back; [`Error::Unavailable`] when the database is away or busy.
    pub fn tenant<T, E: From<Error>>(
        &self,
        grant: &Grant,
        occasion: Occasion,
        work: impl FnOnce(&mut TenantTx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        // The code is one letter and three digits by construction: nothing in it needs quoting.
        let comune = grant.comune();
        // A comune's writers wait for each other as long as for a turn: longer, and they would keep everybody else's turns.
        let patience = self.patience.as_millis();
        let sight = sight(grant.sight());
        let opening = match grant.action().mode() {
            // SET, and not SELECT set_config: nothing is planned, and it goes with BEGIN in one message.
            Mode::Read => format!("BEGIN READ ONLY; SET LOCAL app.comune = '{comune}'{sight}"),
            Mode::Write => format!(
                "BEGIN; SET LOCAL app.comune = '{comune}'{sight}; SET LOCAL lock_timeout = {patience}; \
                 SELECT 1 FROM tenants WHERE comune = '{comune}' FOR NO KEY UPDATE"
            ),
        };
        let mut connection = begin(&self.tenants, &opening)?;
        let mut tx = TenantTx::new(&mut connection, grant, occasion);
        let outcome = work(&mut tx).and_then(|value| {
            tx.close()?;
            Ok(value)
        });
        end(&mut connection, outcome)
    }

    /// Runs `work` in one read-only transaction that sees the public facts of every comune and nothing else.
    ///
    /// # Errors
    /// Those of `work`; [`Error::Unavailable`] when the database is away or busy.
    pub fn across<T, E: From<Error>>(
        &self,
        _grant: &CrossGrant,
        work: impl FnOnce(&mut CrossTenantTx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut connection = begin(&self.across, "BEGIN READ ONLY")?;
        let outcome = work(&mut CrossTenantTx::new(&mut connection));
        end(&mut connection, outcome)
    }

    /// Asks the database who it takes the service for.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the database is away.
    pub fn standing(&self) -> Result<Standing, Error> {
        let question = "select session_user::text as login, \
             (select bool_or(rolsuper or rolbypassrls) from pg_roles where rolname in (session_user, current_user)) as above_row_security, \
             pg_has_role(session_user, 'traguardo_owner', 'member') as may_own, \
             current_setting('server_version_num')::int as server_version";
        let mut connection = begin(&self.tenants, "BEGIN READ ONLY")?;
        let outcome = diesel::sql_query(question).get_result(&mut *connection).map_err(Error::from);
        end(&mut connection, outcome)
    }

    /// The version of the last migration applied.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the database is away, [`Error::Query`] when it was never migrated.
    pub fn schema_version(&self) -> Result<String, Error> {
        #[derive(QueryableByName)]
        struct Last {
            #[diesel(sql_type = diesel::sql_types::Text)]
            version: String,
        }
        let question = "select coalesce(max(version), '')::text as version from __diesel_schema_migrations";
        let mut connection = begin(&self.tenants, "BEGIN READ ONLY")?;
        let outcome = diesel::sql_query(question).get_result::<Last>(&mut *connection).map_err(Error::from);
        end(&mut connection, outcome.map(|last| last.version))
    }

    /// How busy the connections are.
    #[must_use]
    pub fn pool_state(&self) -> PoolState {
        let state = self.tenants.state();
        PoolState { open: state.connections, idle: state.idle_connections }
    }
}

/// What lets a transaction find individual evaluations, or hours of training: nothing, but for the actions on those. The ids are of hexadecimal digits.
fn sight(sight: Sight) -> String {
    match sight {
        Sight::Nobodys => String::new(),
        Sight::Own(member) => format!("; SET LOCAL app.member = '{member}'"),
        Sight::Training => "; SET LOCAL app.sight = 'training'".to_owned(),
        Sight::Everybodys(None) => "; SET LOCAL app.sight = 'all'".to_owned(),
        Sight::Everybodys(Some(member)) => {
            format!("; SET LOCAL app.member = '{member}'; SET LOCAL app.sight = 'all'")
        }
    }
}

fn pool(settings: &Settings, role: &'static str, size: u32) -> Connections {
    let statement_timeout = settings.statement_timeout.as_millis();
    // The role and the limits are the connection's for life; the comune is the transaction's alone. Compiling a plan takes longer than
    // any plan of ours runs.
    let session = format!(
        "SET ROLE {role}; SET statement_timeout = {statement_timeout}; SET lock_timeout = {statement_timeout}; \
         SET idle_in_transaction_session_timeout = '15s'; SET jit = off; SET TIME ZONE 'UTC'; SET client_min_messages = 'error'"
    );
    Pool::builder()
        .max_size(size.max(1))
        .min_idle(Some(0))
        .connection_timeout(settings.patience)
        // A dead connection shows itself at BEGIN, when nothing is lost yet; asking first would cost a round trip each time.
        .test_on_check_out(false)
        .connection_customizer(Box::new(Session(session)))
        .error_handler(Box::new(diesel::r2d2::LoggingErrorHandler))
        .build_unchecked(ConnectionManager::new(with_bounds(&settings.url)))
}

/// A server that does not answer must not be waited for longer than a request is.
pub(crate) fn with_bounds(url: &str) -> String {
    let bounds = "connect_timeout=2&tcp_user_timeout=5000&application_name=traguardo";
    if !url.starts_with("postgres") || url.contains("connect_timeout") {
        return url.to_owned();
    }
    let joint = if url.contains('?') { '&' } else { '?' };
    format!("{url}{joint}{bounds}")
}

#[derive(Debug)]
struct Session(String);

impl CustomizeConnection<PgConnection, diesel::r2d2::Error> for Session {
    fn on_acquire(&self, connection: &mut PgConnection) -> Result<(), diesel::r2d2::Error> {
        connection.batch_execute(&self.0).map_err(diesel::r2d2::Error::QueryError)
    }
}

/// Opens a transaction on a connection that is alive. After the database was restarted every pooled connection is dead, so
/// each is tried once and thrown away; nothing was done in them yet, and nothing is done twice.
fn begin(pool: &Connections, opening: &str) -> Result<Borrowed, Error> {
    let mut last = String::new();
    for _ in 0..=pool.max_size() {
        #[expect(clippy::disallowed_methods, reason = "this is the one place that borrows a connection")]
        let mut connection = pool.get().map_err(|error| Error::Unavailable(error.to_string()))?;
        match AnsiTransactionManager::begin_transaction_sql(&mut *connection, opening) {
            Ok(()) => return Ok(connection),
            Err(error) => {
                AnsiTransactionManager::transaction_manager_status_mut(&mut *connection).set_in_error();
                if !is_dead(&error) {
                    return Err(error.into());
                }
                last = error.to_string();
            }
        }
    }
    Err(Error::Unavailable(last))
}

/// Whether the connection is gone, as all of a pool are after the server was restarted; anything else said no and means it.
fn is_dead(error: &DieselError) -> bool {
    if let DieselError::DatabaseError(kind, _) = error {
        return matches!(kind, DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand);
    }
    matches!(error, DieselError::BrokenTransactionManager)
}

fn end<T, E: From<Error>>(connection: &mut PgConnection, outcome: Result<T, E>) -> Result<T, E> {
    match outcome {
        Ok(value) => match AnsiTransactionManager::commit_transaction(connection) {
            Ok(()) => Ok(value),
            Err(error) => Err(Error::from(error).into()),
        },
        Err(refused) => {
            // When even this fails the connection is marked broken by Diesel and the pool drops it.
            if let Err(error) = AnsiTransactionManager::rollback_transaction(connection) {
                log::warn!("rollback failed, the connection is dropped: {error}");
            }
            Err(refused)
        }
    }
}
