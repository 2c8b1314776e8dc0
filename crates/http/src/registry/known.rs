//! The registry, remembered: it has thousands of lines and changes a few times a year.

use std::sync::{Arc, PoisonError, RwLock};

use traguardo_domain::registry::Registry;
use traguardo_persistence::{CrossTenantTx, registry};

use crate::problem::Problem;

/// The registry as it was last read.
#[derive(Default)]
pub(crate) struct Known(RwLock<Option<Arc<Registry>>>);

impl Known {
    /// The registry as it is in this transaction: one statement asks for its edition, and it is read again only when that is
    /// another than the one remembered.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) fn at(&self, tx: &mut CrossTenantTx<'_>) -> Result<Arc<Registry>, Problem> {
        let number = registry::number(tx)?;
        let held = self.0.read().unwrap_or_else(PoisonError::into_inner).clone();
        let same = |held: &Arc<Registry>| held.edition().map(|edition| edition.number) == number;
        if let Some(registry) = held.filter(same) {
            return Ok(registry);
        }
        let registry = Arc::new(registry::read(tx)?);
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&registry));
        Ok(registry)
    }
}
