//! What the programs of the five comuni would have sent in a year: invented bills, checks, requests, procedures, hours and answers,
//! the same at every start; the plan of shared objectives that is fed from them; and what came of it, for comparison.

use chrono::NaiveDate;
use traguardo_domain::ComuneCode;
use traguardo_domain::access::{Action, Operator};
use traguardo_domain::consent::{Audience, Consent, ConsentFacts, Mode};
use traguardo_domain::feeder::Asked;
use traguardo_domain::measurement::Span;
use traguardo_domain::period::legal_day;
use traguardo_domain::plan::Plan;
use traguardo_domain::register::Entry;
use traguardo_domain::role::Role;
use traguardo_domain::unit::{Unit, UnitId};
use traguardo_persistence::feeds::{Feeding, feed};
use traguardo_persistence::{Database, TenantTx, consents, entries, members, plan_documents};

use super::comuni_of_the_demo::Facts;
use super::{Source, day, demo_key, unfit};
use crate::failure::Failure;

mod bills;
mod checks;
mod hours;
mod outcome;
mod plan;
mod requests;
mod surveys;

/// The year the facts are of.
const YEAR: i32 = 2025;
/// The most structures that take part.
const MOST_UNITS: usize = 4;

/// Whose facts are made.
struct Comune {
    /// Its number among those of the demo.
    number: u64,
    residents: u64,
    /// The structures in charge of something.
    units: Vec<UnitId>,
}

impl Comune {
    /// The structure in charge of the thing with this number.
    fn unit(&self, number: u64) -> Option<UnitId> {
        let count = u64::try_from(self.units.len()).unwrap_or_default();
        let place = usize::try_from(number.checked_rem(count)?).ok()?;
        self.units.get(place).copied()
    }
}

/// Registers the facts of every comune and feeds its plan from them, where that was not done yet.
pub(super) fn seed(database: &Database, source: &Source<'_>, comuni: &[Facts]) -> Result<(), Failure> {
    (0_u64..).zip(comuni).try_for_each(|(number, facts)| seed_one(database, source, facts, number))
}

fn seed_one(database: &Database, source: &Source<'_>, facts: &Facts, number: u64) -> Result<(), Failure> {
    let code = ComuneCode::parse(facts.code).map_err(unfit)?;
    let act = |action| Operator.act(action, code);
    let made = database.tenant(&act(Action::EditPlans), source.occasion(), |tx| {
        let units: Vec<Unit> = plan_documents::units_of_year(tx, YEAR)?;
        let highest = units.iter().filter(|unit| unit.facts.parent.is_none()).take(MOST_UNITS);
        let highest: Vec<UnitId> = highest.map(|unit| unit.id).collect();
        let made = plan::set_up(tx, source, &highest)?;
        Ok::<_, Failure>(made.map(|plan| (plan, highest)))
    })?;
    let Some((plan, units)) = made else { return Ok(()) };
    let residents = u64::try_from(facts.residents).unwrap_or_default();
    let comune = Comune { number, residents, units };
    database.tenant(&act(Action::KeepRegisters), source.occasion(), |tx| {
        bills::keep(tx, &comune)?;
        keep(tx, &checks::of(&comune)?)?;
        keep(tx, &requests::of_access(&comune)?)?;
        keep(tx, &requests::procedures(&comune)?)?;
        keep(tx, &surveys::of(&comune)?)
    })?;
    database.tenant(&act(Action::KeepTraining), source.occasion(), |tx| keep(tx, &hours::of(&comune)?))?;
    database.tenant(&act(Action::Feed), source.occasion(), |tx| fill(tx, source, &plan))?;
    database.tenant(&act(Action::MovePlans), source.occasion(), |tx| {
        if consents::all(tx)?.is_empty() {
            consents::record(tx, &consent(source))?;
        }
        outcome::conclude(tx, source, &plan)
    })
}

/// Writes facts that are as their register wants them.
fn keep<E: Entry>(tx: &mut TenantTx<'_>, facts: &[E]) -> Result<(), Failure> {
    for one in facts {
        super::unfit_if_any(one.faults())?;
    }
    entries::put_many(tx, facts)?;
    Ok(())
}

/// Fills what the plan follows.
fn fill(tx: &mut TenantTx<'_>, source: &Source<'_>, plan: &Plan) -> Result<(), Failure> {
    let key = demo_key(Role::Integratore)?;
    // The members of a comune are registered after its plan: the program that feeds it is one of them.
    let member = members::look_up_external(tx, &key)?;
    let member = member.ok_or_else(|| Failure::Refused("no demo program feeds".to_owned()))?.id.0;
    let today = legal_day(source.now);
    let period = Span { from: day(YEAR, 1, 1), to: day(YEAR, 12, 31) };
    let asked = Asked { period, on: today.min(seen_from()) };
    let feeding = Feeding { asked, complete: None, foresees: true, trial: false, today, member };
    feed(tx, plan, &feeding, &mut || (source.new_id)())?;
    Ok(())
}

/// The day the year is seen from: payments of its bills are over.
fn seen_from() -> NaiveDate {
    day(2026, 4, 30)
}

/// Everybody may see what the comune publishes.
fn consent(source: &Source<'_>) -> Consent {
    let facts = ConsentFacts {
        indicator: None,
        audience: Audience::Public,
        mode: Mode::Named,
        embargo_until: None,
        note: None,
    };
    Consent { number: 1, recorded_at: source.now, member: None, facts }
}
