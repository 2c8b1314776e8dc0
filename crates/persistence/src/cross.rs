//! A transaction across comuni.

use diesel::PgConnection;

/// One read-only transaction under the benchmark reader's role: public facts of every comune, no tenant's data.
pub struct CrossTenantTx<'c> {
    connection: &'c mut PgConnection,
}

impl<'c> CrossTenantTx<'c> {
    pub(crate) const fn new(connection: &'c mut PgConnection) -> Self {
        Self { connection }
    }

    pub(crate) const fn connection(&mut self) -> &mut PgConnection {
        self.connection
    }
}
