//! Facts of registers over HTTP, whatever they are of: listed, read, written over and taken away by the key their own program has
//! for them, one at a time or a thousand together. Each noun says how its facts are written and shown.

use std::collections::HashSet;

use actix_web::web::Bytes;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use traguardo_documents::Reader;
use traguardo_documents::context::UnitNames;
use traguardo_domain::access::Action;
use traguardo_domain::fault::Refused;
use traguardo_domain::register::{Entry, Kept};
use traguardo_domain::text::ExternalId;
use traguardo_domain::unit::UnitId;
use traguardo_domain::version::NamedBy;
use traguardo_domain::{FaultKind, Faults, Version, Violation};
use traguardo_persistence::entries::{self, Filter, Put};
use traguardo_persistence::{TenantTx, units};
use validator::Validate;

use crate::answer::Answer;
use crate::body;
use crate::bulk::outcomes::{self, BulkQuery, Outcomes, Written};
use crate::call::{Call, ComunePath};
use crate::keyed::Confidence;
use crate::pages::{Asked, WirePage};
use crate::problem::Problem;
use crate::put::{Put as PutTo, Ways};
use crate::query::in_order;

mod documented;

pub(crate) use documented::{EntriesQuery, EntryPath, many};

/// How a fact of a register is written and shown.
pub(crate) trait Noun: DeserializeOwned + Validate + Send + 'static {
    /// What is written.
    type Entry: Entry;
    /// How it is shown.
    type Response: From<Kept<Self::Entry>> + Serialize + Send;
    /// The name of its list, as cursors remember it.
    const LIST: &'static str;
    /// The action that reads it.
    const READ: Action = Action::ReadRegisters;
    /// The action that writes it.
    const KEEP: Action = Action::KeepRegisters;

    /// The key it says it has: in a bulk it must, alone its path says it.
    fn key(&self) -> Option<&str>;

    /// The version it says it had when it was read: alone it does not count, in a bulk, which asks for none, it has no place.
    fn version(&self) -> Option<i32> {
        None
    }

    /// The fact it says, under this key; what is wrong with it is told to the reader.
    fn read(self, at: &mut Reader<'_>, key: ExternalId, units: &UnitNames) -> Option<Self::Entry>;
}

/// What a list of facts is narrowed to.
pub(crate) struct Narrowed<'q> {
    pub(crate) asked: Asked<'q>,
    pub(crate) from: Option<chrono::NaiveDate>,
    pub(crate) to: Option<chrono::NaiveDate>,
    pub(crate) unit: Option<uuid::Uuid>,
}

impl<'q> Narrowed<'q> {
    /// What a query narrows the list of a noun to.
    pub(crate) const fn to<N: Noun>(query: &'q EntriesQuery) -> Self {
        let asked = Asked { list: N::LIST, cursor: query.cursor.as_ref(), limit: query.limit };
        Self { asked, from: query.from, to: query.to, unit: query.unit }
    }
}

/// The structures the facts of a comune may name.
fn names(tx: &mut TenantTx<'_>) -> Result<UnitNames, Problem> {
    Ok(UnitNames::new(&units::all(tx)?))
}

/// The fact a body says, or everything that is wrong with it.
fn understood<N: Noun>(body: N, key: ExternalId, units: &UnitNames) -> Result<N::Entry, Problem> {
    let mut faults = Faults::new();
    let mut at = Reader::new(&mut faults);
    if body.key().is_some_and(|said| said != key.as_str()) {
        at.fault("key", FaultKind::Inconsistent, "La chiave non è quella del percorso.");
    }
    let entry = body.read(&mut at, key, units);
    let entry = faults.finish(entry).map_err(Problem::invalid)?;
    let faults = entry.faults();
    if faults.is_empty() { Ok(entry) } else { Err(Problem::invalid(faults)) }
}

/// A page of a register; of a structure, with those below it.
///
/// # Errors
/// 400 for a wrong cursor or limit or days in the wrong order, 503 when the database is away or busy.
pub(crate) async fn list<N: Noun, Q: Send + 'static>(
    permit: &crate::call::Permit<ComunePath, Q>,
    narrowed: Narrowed<'_>,
) -> Result<WirePage<N::Response>, Problem> {
    let request = narrowed.asked.page(())?;
    in_order("from", narrowed.from, narrowed.to)?;
    let (from, to, unit) = (narrowed.from, narrowed.to, narrowed.unit);
    let work = move |tx: &mut TenantTx<'_>| {
        let below = |tx: &mut TenantTx<'_>, unit| units::tree(tx).map(|tree| tree.at_or_below(UnitId(unit)));
        let units = unit.map(|unit| below(tx, unit)).transpose()?;
        let units = units.map(|units| units.into_iter().map(|unit| unit.0).collect());
        Ok(entries::list::<N::Entry>(tx, &Filter { from, to, units }, &request)?)
    };
    let page = permit.tenant(work).await?;
    Ok(narrowed.asked.answer(&permit.app, &permit.request, page, N::Response::from))
}

/// One fact.
///
/// # Errors
/// 404 when the register has none with this key.
pub(crate) async fn read<N: Noun>(call: Call<EntryPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(N::READ)?;
    let key = permit.path.named()?;
    let work = move |tx: &mut TenantTx<'_>| Ok(entries::look_up::<N::Entry>(tx, &key)?);
    let kept = permit.tenant(work).await?.ok_or(Violation::NotFound)?;
    permit.found(kept.version, &N::Response::from(kept))
}

/// Writes one fact: creates it, or writes it over for whoever knows its version.
///
/// # Errors
/// 422 for what is wrong with it or its key, 412 and 428 for its version.
pub(crate) async fn write<N: Noun>(call: Call<EntryPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(N::KEEP)?;
    let key = permit.path.chosen()?;
    let condition = permit.condition()?;
    let location = permit.link(permit.request.path());
    let (permit, body) = permit.read::<N>().await?;
    let work = move |tx: &mut TenantTx<'_>| {
        let entry = understood(body, key.clone(), &names(tx)?)?;
        let before = entries::look_up::<N::Entry>(tx, &key)?;
        let put = PutTo { condition, named_by: NamedBy::TheirKey, location };
        let ways = Ways {
            create: stored::<N::Entry>,
            change: |tx: &mut TenantTx<'_>, _: &_, entry| stored(tx, entry),
        };
        put.carry_out::<Kept<N::Entry>, N::Response, _, _>(tx, before, entry, ways)
    };
    permit.tenant(work).await
}

fn stored<E: Entry>(tx: &mut TenantTx<'_>, entry: E) -> Result<Kept<E>, Problem> {
    let put = entries::put_many(tx, std::slice::from_ref(&entry))?;
    let version = put.first().map_or(Version::FIRST, |put| outcome(*put).1);
    Ok(Kept { entry, version })
}

/// Takes one fact away.
///
/// # Errors
/// 404 when it is not there, 412 and 428 for its version.
pub(crate) async fn remove<N: Noun>(call: Call<EntryPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(N::KEEP)?;
    let key = permit.path.named()?;
    let condition = permit.condition()?;
    let work = move |tx: &mut TenantTx<'_>| {
        let kept = entries::look_up::<N::Entry>(tx, &key)?.ok_or(Violation::NotFound)?;
        condition.expected.check(kept.version)?;
        Ok(entries::remove(tx, &kept)?)
    };
    permit.tenant(work).await?;
    Ok(Answer::done())
}

/// Facts as a bulk brings them, each still to be read.
#[derive(Deserialize, Validate)]
#[serde(deny_unknown_fields)]
struct Items {
    items: Vec<Box<RawValue>>,
}

/// What an item that could not be read says its key is.
#[derive(Deserialize)]
struct Named {
    #[serde(default)]
    key: String,
}

struct Item<N> {
    key: String,
    body: Result<N, Problem>,
}

impl<N: Noun> Item<N> {
    fn read(bytes: &[u8]) -> Self {
        let key = serde_json::from_slice::<Named>(bytes).map(|named| named.key).unwrap_or_default();
        Self { key: key.chars().take(400).collect(), body: body::parse::<N>(bytes) }
    }

    fn understood(self, units: &UnitNames, seen: &mut HashSet<String>) -> Result<N::Entry, Problem> {
        let body = self.body?;
        if body.version().is_some() {
            let detail = "Di molti insieme non si dice la versione: ciò che c'è già è sostituito per intero.";
            return Err(Problem::invalid(vec![
                Refused::new(FaultKind::UnknownMember, detail).at("/version"),
            ]));
        }
        let key =
            ExternalId::parse(&self.key).map_err(|refused| Problem::invalid(vec![refused.at("/key")]))?;
        if !seen.insert(self.key) {
            let refused = Refused::new(FaultKind::Inconsistent, "La chiave torna due volte.");
            return Err(Problem::invalid(vec![refused.at("/key")]));
        }
        understood(body, key, units)
    }
}

/// Writes many facts together, each with its outcome: those that are there as they are answer 200.
///
/// # Errors
/// 422 when one is refused and it is all or nothing.
pub(crate) async fn write_many<N: Noun>(call: Call<ComunePath, BulkQuery>) -> Result<Answer, Problem> {
    let permit = call.authorize(N::KEEP)?.large();
    let manner = permit.manner();
    let lines = permit.body.is_declared("application/x-ndjson");
    let received = permit.receive_bytes(&["application/json", "application/x-ndjson"]).await?;
    let work = move |tx: &mut TenantTx<'_>, bytes: Bytes| {
        let items = items_of::<N>(&bytes, lines)?;
        let (names, mut seen) = (names(tx)?, HashSet::new());
        let keys: Vec<String> = items.iter().map(|item| item.key.clone()).collect();
        let read: Vec<_> = items.into_iter().map(|item| item.understood(&names, &mut seen)).collect();
        let entries: Vec<N::Entry> = read.iter().filter_map(|one| one.as_ref().ok().cloned()).collect();
        let refused = read.len().saturating_sub(entries.len());
        let untouched = manner.is_trial || manner.undoes(refused);
        let put = if untouched { entries::courses(tx, &entries)? } else { entries::put_many(tx, &entries)? };
        let mut put = put.into_iter();
        let written =
            |one: Result<N::Entry, Problem>| {
                one.map(|_| put.next().map_or((200, Version::FIRST), outcome))
                    .map(|(status, version)| Written { status, id: None, version: Some(version) })
            };
        let outcomes = Outcomes::decide(read.into_iter().map(written).collect(), &manner)?;
        if manner.is_trial {
            tx.leave_unchanged();
        }
        Answer::ok(&outcomes.response(keys))
    };
    received.run(Confidence::Open, work).await
}

fn items_of<N: Noun>(bytes: &Bytes, lines: bool) -> Result<Vec<Item<N>>, Problem> {
    let items: Vec<Item<N>> = if lines {
        outcomes::lines_of(bytes)?.into_iter().map(Item::read).collect()
    } else {
        let request = body::parse::<Items>(bytes)?;
        outcomes::check_count(request.items.len())?;
        request.items.iter().map(|item| Item::read(item.get().as_bytes())).collect()
    };
    outcomes::check_count(items.len())?;
    Ok(items)
}

/// The status a write would have alone, and the version it leaves.
const fn outcome(put: Put) -> (i32, Version) {
    match put {
        Put::Created(version) => (201, version),
        Put::Changed(version) | Put::Unchanged(version) => (200, version),
    }
}
