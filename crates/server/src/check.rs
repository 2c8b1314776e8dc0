//! Verifying what is stored.

use std::collections::BTreeSet;

use traguardo_domain::ComuneCode;
use traguardo_domain::access::{Action, Actor, Operator};
use traguardo_domain::audit::Occasion;
use traguardo_domain::role::Role;
use traguardo_persistence::{Database, PageRequest, audit, comuni};
use uuid::Uuid;

use crate::cli::{StoreOptions, comune};
use crate::commands::{now, say};
use crate::failure::Failure;
use crate::store::Store;
use clap::{Args, Subcommand};

/// What to verify.
#[derive(Debug, Clone, Args)]
pub struct CheckOptions {
    /// What to verify.
    #[command(subcommand)]
    pub what: Checked,
}

/// What can be verified.
#[derive(Debug, Clone, Subcommand)]
pub enum Checked {
    /// Every audit chain, entry by entry; names the first broken link of each.
    Audit(AuditOptions),
}

/// Whose chain to verify.
#[derive(Debug, Clone, Args)]
pub struct AuditOptions {
    /// Where the data is.
    #[command(flatten)]
    pub store: StoreOptions,
    /// Only this comune.
    #[arg(long, value_parser = comune)]
    pub comune: Option<ComuneCode>,
}

/// Verifies what is asked.
///
/// # Errors
/// [`Failure::Found`] when something does not hold.
pub fn run(options: &CheckOptions) -> Result<(), Failure> {
    match &options.what {
        Checked::Audit(audit) => check_audit(audit),
    }
}

fn check_audit(options: &AuditOptions) -> Result<(), Failure> {
    let store = Store::open(&options.store)?;
    let checked = check_chains(&store.database(), options.comune);
    store.close()?;
    match checked? {
        0 => Ok(()),
        broken => Err(Failure::Found(format!("{broken} audit chains are broken"))),
    }
}

fn check_chains(database: &Database, only: Option<ComuneCode>) -> Result<usize, Failure> {
    let tenants = match only {
        Some(comune) => vec![comune],
        None => every_tenant(database)?,
    };
    let mut broken = 0_usize;
    for comune in tenants {
        let occasion = Occasion { at: now(), request_id: "check".to_owned() };
        let grant = Operator.act(Action::ReadAudit, comune);
        match database.tenant(&grant, occasion, |tx| Ok::<_, Failure>(audit::verify(tx)?))? {
            Ok(entries) => say(&format!("{comune}: {entries} entries, the chain holds"))?,
            Err(link) => {
                broken = broken.saturating_add(1);
                say(&format!("{comune}: BROKEN, {link}"))?;
            }
        }
    }
    Ok(broken)
}

/// The platform and every comune registered.
pub(crate) fn every_tenant(database: &Database) -> Result<Vec<ComuneCode>, Failure> {
    let operator = Actor {
        member: Uuid::nil(),
        comune: ComuneCode::PLATFORM,
        roles: BTreeSet::from([Role::PlatformAdmin]),
        unit: None,
    };
    let grant = operator
        .authorize_across(Action::ListComuni)
        .map_err(|refused| Failure::Refused(refused.to_string()))?;
    let mut tenants = vec![ComuneCode::PLATFORM];
    let mut page = PageRequest { order: comuni::Order::Code, after: None, limit: 500 };
    loop {
        let filter = comuni::Filter::default();
        let found = database.across(&grant, |tx| Ok::<_, Failure>(comuni::list(tx, &filter, &page)?))?;
        tenants.extend(found.items.iter().map(|comune| comune.code));
        match found.next {
            None => return Ok(tenants),
            next @ Some(_) => page.after = next,
        }
    }
}
