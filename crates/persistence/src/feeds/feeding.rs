//! Feeding a plan: its shared indicators filled from registers, in one transaction.

use chrono::NaiveDate;
use traguardo_domain::Version;
use traguardo_domain::feeder::Asked;
use traguardo_domain::feeder::feed::{
    Decided, FedForecast, Feed, FeedOutcome, Figures, Ground, Wanted, decide, wanted,
};
use traguardo_domain::payment_time::{PaymentFigure, PaymentTime, Recorded};
use traguardo_domain::plan::Plan;
use traguardo_domain::register::RegisterState;
use traguardo_domain::template::catalogue;
use uuid::Uuid;

use crate::error::Error;
use crate::figures::{self, Request};
use crate::results::{self, Inputs};
use crate::tenant::TenantTx;
use crate::{feeder_settings, measurements, payment_times, publications, registers, rounds, units};

/// What is asked of a feed.
#[derive(Debug, Clone, Copy)]
pub struct Feeding {
    /// The days of its figures, and the day they are seen from.
    pub asked: Asked,
    /// Whether whoever feeds says that the registers hold everything.
    pub complete: Option<bool>,
    /// Whether whoever feeds may record the forecast of payment times.
    pub foresees: bool,
    /// Whether it is only tried: nothing is recorded.
    pub trial: bool,
    /// The day it is.
    pub today: NaiveDate,
    /// Whoever feeds.
    pub member: Uuid,
}

/// A feed that was carried out, or tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fed {
    /// The feed.
    pub feed: Feed,
    /// Whether it is kept: not when it was only tried, nor when it recorded nothing and tells nothing new.
    pub kept: bool,
}

/// Feeds a plan whose values are collected or whose results are certified: reads the registers, decides, and records.
///
/// Whoever holds a grant for [`traguardo_domain::access::Action::Feed`] may call it, the operator included.
///
/// # Errors
/// [`traguardo_domain::Violation::NothingCollected`] in another state, or a failure of the database.
pub fn feed(
    tx: &mut TenantTx<'_>,
    plan: &Plan,
    feeding: &Feeding,
    fresh: &mut dyn FnMut() -> Uuid,
) -> Result<Fed, Error> {
    if !plan.state.is_certified() {
        plan.collecting()?;
    }
    let registers = registers::all(tx)?;
    let time = payment_times::look_up(tx, plan.id)?;
    let decided = decided(tx, plan, feeding, (&registers, &time), fresh)?;
    let last = super::look_up(tx, plan.id, None)?;
    let feed = Feed {
        plan: plan.id,
        number: last.as_ref().map_or(1, |last| last.number.saturating_add(1)),
        recorded_at: tx.occasion().at,
        member: tx.member(),
        asked: feeding.asked,
        registers,
        items: decided.items,
        forecast: decided.forecast,
    };
    let kept = !feeding.trial && feed.tells_more_than(last.as_ref());
    if !kept {
        tx.leave_unchanged();
        return Ok(Fed { feed, kept });
    }
    if !decided.measurements.is_empty() {
        measurements::add(tx, plan.id, &decided.measurements)?;
    }
    if let Some(forecast) = feed.forecast.as_ref().filter(|one| one.outcome == FeedOutcome::Recorded) {
        foresee(tx, plan, &time, forecast)?;
    }
    super::insert(tx, &feed)?;
    Ok(Fed { feed, kept })
}

/// What becomes of everything the plan wants.
fn decided(
    tx: &mut TenantTx<'_>,
    plan: &Plan,
    feeding: &Feeding,
    (registers, time): (&[RegisterState], &PaymentTime),
    fresh: &mut dyn FnMut() -> Uuid,
) -> Result<Decided, Error> {
    let Inputs { document, measurements, .. } = results::inputs(tx, plan, feeding.today)?;
    let templates = publications::followed(tx, &document)?;
    let shipped = catalogue().map_err(|error| Error::inconsistent("shipped template", error))?;
    let wanted = wanted(&document, &templates, &shipped);
    let figures = figures_of(tx, feeding, &wanted)?;
    let (certified, own) = (results::certified(tx, plan.id)?, super::recorded(tx, plan.id)?);
    let ground = Ground {
        plan,
        certified_at: certified.map(|certified| certified.certified_at),
        payment_time: time,
        foresees: feeding.foresees,
        units: &document.units,
        rounds: &rounds::all(tx, plan.id)?,
        measurements: &measurements,
        own: &own,
        registers,
        figures: &figures,
        asked: feeding.asked,
        complete: feeding.complete,
        today: feeding.today,
        now: tx.occasion().at,
        member: feeding.member,
    };
    Ok(decide(&ground, &wanted, fresh))
}

fn figures_of(tx: &mut TenantTx<'_>, feeding: &Feeding, wanted: &[Wanted<'_>]) -> Result<Figures, Error> {
    let settings = feeder_settings::look_up(tx)?.facts;
    let tree = units::tree(tx)?;
    let units = wanted.iter().filter(|one| one.unfit.is_none()).filter_map(|one| one.place.unit());
    figures::computed(tx, &Request::new(feeding.asked, &settings, &tree, units))
}

/// Records the forecast of payment times.
fn foresee(
    tx: &mut TenantTx<'_>,
    plan: &Plan,
    time: &PaymentTime,
    forecast: &FedForecast,
) -> Result<(), Error> {
    let (recorded_at, recorded_by) = (tx.occasion().at, tx.member());
    let facts = forecast.facts.clone();
    let version = time.forecast.as_ref().map_or(Version::FIRST, |before| before.version.next());
    let recorded = Recorded { facts, recorded_at, recorded_by, version };
    match &time.forecast {
        None => payment_times::insert(tx, plan.id, PaymentFigure::Forecast, &recorded),
        Some(before) => payment_times::update(tx, plan.id, PaymentFigure::Forecast, (before, &recorded)),
    }
}
