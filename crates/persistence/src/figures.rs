//! What registers come to: every feeder asked for its figures, of the comune and of the structures somebody wants them of.

use std::collections::{HashMap, HashSet};

use traguardo_domain::feeder::feed::Figures;
use traguardo_domain::feeder::{Asked, Computed, SettingsFacts, Within};
use traguardo_domain::register::{Entry, Register};
use traguardo_domain::unit::{Tree, UnitId};
use traguardo_domain::{access_request, obligation, procedure, survey, training};

use crate::entries;
use crate::error::Error;
use crate::payment_figures;
use crate::registers;
use crate::tenant::TenantTx;

/// Which figures are wanted.
pub struct Request<'r> {
    /// Of which days, seen from which.
    pub asked: Asked,
    /// How, where the comune settled it.
    pub settings: &'r SettingsFacts,
    /// Of which structures, each with those below it, beside the comune.
    pub units: HashMap<UnitId, HashSet<UnitId>>,
    /// Where every structure hangs.
    pub tree: &'r Tree,
}

impl<'r> Request<'r> {
    /// The figures of the comune and of these structures.
    #[must_use]
    pub fn new(
        asked: Asked,
        settings: &'r SettingsFacts,
        tree: &'r Tree,
        units: impl IntoIterator<Item = UnitId>,
    ) -> Self {
        let units = units.into_iter().map(|unit| (unit, tree.at_or_below(unit))).collect();
        Self { asked, settings, units, tree }
    }

    /// Of whom figures are wanted, each under the structure they are kept for.
    pub fn places(&self) -> impl Iterator<Item = (Option<UnitId>, Within<'_>)> {
        let units = self.units.iter().map(|(unit, below)| (Some(*unit), Within::Units(below)));
        std::iter::once((None, Within::Comune)).chain(units)
    }
}

/// What makes figures of a register.
type Feeder = fn(&mut TenantTx<'_>, &Request<'_>) -> Result<Figures, Error>;

/// All of them: a register that is new adds a line here.
const FEEDERS: &[Feeder] = &[
    payment_figures::computed,
    |tx, request| of_entries(tx, request, obligation::figures),
    |tx, request| of_entries(tx, request, access_request::figures),
    |tx, request| of_entries(tx, request, procedure::figures),
    |tx, request| of_entries(tx, request, survey::figures),
    of_training,
];

/// Every figure of every register; none of a register nothing was ever written to.
///
/// # Errors
/// When the database fails.
pub fn computed(tx: &mut TenantTx<'_>, request: &Request<'_>) -> Result<Figures, Error> {
    let states = registers::all(tx)?;
    let is_written = |of: Register| states.iter().any(|state| state.register == of && state.revision > 0);
    let mut all = Figures::new();
    for feeder in FEEDERS {
        for (unit, computed) in feeder(tx, request)? {
            let computed = computed.into_iter().map(|one| {
                let written = is_written(one.register);
                one.of_written(written)
            });
            all.entry(unit).or_default().extend(computed);
        }
    }
    Ok(all)
}

/// How the figures of a register are made of its entries.
type Method<E> = fn(&[E], Within<'_>, Asked, &SettingsFacts) -> Vec<Computed>;

/// The figures of a register whose entries are kept whole: they are read once, whoever the figures are of.
fn of_entries<E: Entry>(
    tx: &mut TenantTx<'_>,
    request: &Request<'_>,
    method: Method<E>,
) -> Result<Figures, Error> {
    let entries = entries::mattering::<E>(tx, request.asked.period)?;
    Ok(told(&entries, request, method))
}

/// The figures of training: whoever may see them sees lines that do not say whose they are.
fn of_training(tx: &mut TenantTx<'_>, request: &Request<'_>) -> Result<Figures, Error> {
    let entries = crate::training::unnamed(tx, request.asked.period)?;
    let groups = training::Groups::of(&entries, request.tree, request.asked);
    let mut told = told(&entries, request, training::figures);
    for (unit, figures) in &mut told {
        *figures = std::mem::take(figures).into_iter().map(|one| groups.told(*unit, one)).collect();
    }
    Ok(told)
}

fn told<E: Entry>(entries: &[E], request: &Request<'_>, method: Method<E>) -> Figures {
    let of = |within| method(entries, within, request.asked, request.settings);
    request.places().map(|(unit, within)| (unit, of(within))).collect()
}
