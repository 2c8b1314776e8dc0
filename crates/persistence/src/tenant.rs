//! A transaction on the data of one comune.

use diesel::prelude::*;
use serde::Serialize;
use traguardo_domain::access::{By, Grant, Mode};
use traguardo_domain::audit::{ObjectKind, Occasion, Touched};
use traguardo_domain::digest::Digest;
use uuid::Uuid;

use crate::audit;
use crate::error::Error;

/// One transaction on the data of the comune a grant was given for. Whoever holds it was authorised.
pub struct TenantTx<'c> {
    connection: &'c mut PgConnection,
    grant: &'c Grant,
    comune: String,
    occasion: Occasion,
    touched: Vec<Touched>,
    unchanged: bool,
}

impl<'c> TenantTx<'c> {
    pub(crate) fn new(connection: &'c mut PgConnection, grant: &'c Grant, occasion: Occasion) -> Self {
        let comune = grant.comune().to_string();
        Self { connection, grant, comune, occasion, touched: Vec::new(), unchanged: false }
    }

    /// The grant it was opened for.
    #[must_use]
    pub const fn grant(&self) -> &Grant {
        self.grant
    }

    /// The member it was opened for, when it was one.
    #[must_use]
    pub const fn member(&self) -> Option<Uuid> {
        match self.grant.by() {
            By::Member(member) => Some(member),
            By::Operator | By::Service => None,
        }
    }

    /// When this is happening.
    #[must_use]
    pub const fn occasion(&self) -> &Occasion {
        &self.occasion
    }

    /// The key every query filters by, beside row security.
    pub(crate) fn comune(&self) -> &str {
        &self.comune
    }

    pub(crate) const fn connection(&mut self) -> &mut PgConnection {
        self.connection
    }

    /// Notes for the audit trail that an object was changed from `before` to `after`.
    pub(crate) fn touch<T: Serialize>(
        &mut self,
        kind: ObjectKind,
        id: &impl ToString,
        before: Option<&T>,
        after: Option<&T>,
    ) -> Result<(), Error> {
        let digest = |state: Option<&T>| state.map(Digest::of_object).transpose();
        let inconsistent = |error| Error::inconsistent("audit digest", error);
        let before = digest(before).map_err(inconsistent)?;
        let after = digest(after).map_err(inconsistent)?;
        self.touched.push(Touched { kind, id: id.to_string(), before, after });
        Ok(())
    }

    /// Says that this transaction was opened to write and finds that nothing is to be written: a replayed answer, an object
    /// that already is as asked. Without a word, a writing transaction that leaves no audit entry is refused.
    pub const fn leave_unchanged(&mut self) {
        self.unchanged = true;
    }

    /// Writes the audit entries of everything touched, as the last thing before the commit.
    pub(crate) fn close(&mut self) -> Result<(), Error> {
        if self.grant.action().mode() == Mode::Read {
            return Ok(());
        }
        let touched = std::mem::take(&mut self.touched);
        match (touched.is_empty(), self.unchanged) {
            (true, true) => Ok(()),
            (true, false) => Err(Error::Inconsistent("a writing transaction left no audit entry".to_owned())),
            (false, _) => audit::append(self, touched),
        }
    }
}
