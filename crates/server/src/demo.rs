//! The demo: three comuni with their real identity facts and two invented ones, each with the plan it really wrote in words of
//! ours, a member for every role, and tokens to try things with.

use std::collections::BTreeSet;
use std::path::Path;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use traguardo_domain::access::{Action, Doorkeeper, Operator};
use traguardo_domain::audit::Occasion;
use traguardo_domain::comune::{Comune, Identifier, Identity, ProvinceCode, RegionCode, Scheme};
use traguardo_domain::fault::Refused;
use traguardo_domain::member::{Member, MemberFacts, MemberId, MemberKind};
use traguardo_domain::period::Period;
use traguardo_domain::role::Role;
use traguardo_domain::text::{ExternalId, Line};
use traguardo_domain::unit::UnitId;
use traguardo_domain::{ComuneCode, Vocabulary as _};
use traguardo_persistence::{Database, Error as PersistenceError, TenantTx, comuni, members};
use uuid::Uuid;

use crate::catalogue;
use crate::failure::Failure;

mod comparison;
mod comuni_of_the_demo;
mod dice;
mod plans;
mod registers;
mod registry;

use comuni_of_the_demo::{COMUNI, Facts};

/// What a seed draws from outside: the instant, and new ids.
pub struct Source<'s> {
    /// The instant it is.
    pub now: DateTime<Utc>,
    /// Draws a new id.
    pub new_id: &'s dyn Fn() -> Uuid,
}

impl Source<'_> {
    pub(crate) fn occasion(&self) -> Occasion {
        Occasion { at: self.now, request_id: "seed".to_owned() }
    }
}

/// Registers the platform's own administrator, and in a demo a member for each of its roles, where they are missing; and publishes
/// the shared objectives that come with the program, which in a demo the platform's own `template_author` may go on with.
///
/// # Errors
/// When the database refuses.
pub fn seed_platform(database: &Database, source: &Source<'_>, demo: bool) -> Result<(), Failure> {
    let grant = Operator.act(Action::KeepMembers, ComuneCode::PLATFORM);
    let roles = Role::all().iter().copied().filter(|role| role.is_of_platform());
    database.tenant(&grant, source.occasion(), |tx| {
        members::open_tenant(tx)?;
        tx.leave_unchanged();
        if demo {
            roles.into_iter().try_for_each(|role| seed_member(tx, source, role, None))
        } else {
            seed_first_administrator(tx, source)
        }
    })?;
    catalogue::publish(database, source, |tx| {
        let key = demo_key(Role::TemplateAuthor)?;
        let found = if demo { members::look_up_external(tx, &key)? } else { None };
        Ok(found.map(|member| member.id))
    })
}

/// Registers every comune of the demo, with its members and its plan, where they are missing.
///
/// # Errors
/// When the database refuses.
pub fn seed_comuni(database: &Database, source: &Source<'_>) -> Result<(), Failure> {
    let plan = |facts: &Facts, tx: &mut TenantTx<'_>| plans::seed(tx, source, facts.plan, facts.in_progress);
    COMUNI.iter().try_for_each(|facts| seed_comune(database, source, facts, plan))?;
    let invented = registry::invented()?;
    registry::seed(database, source, COMUNI.iter(), &invented)?;
    comparison::seed(database, source, &invented)?;
    registers::seed(database, source, &COMUNI)
}

/// Registers the comuni of the demo that have a real name, with their members and with contents of somebody else's, who
/// tells the structure whose head the `responsabile` is.
///
/// # Errors
/// When the database refuses.
pub fn seed_named_comuni(
    database: &Database,
    source: &Source<'_>,
    contents: impl Fn(&mut TenantTx<'_>) -> Result<Option<UnitId>, Failure>,
) -> Result<(), Failure> {
    let named = || COMUNI.iter().filter(|facts| facts.istat.is_some());
    named().try_for_each(|facts| seed_comune(database, source, facts, |_, tx| contents(tx)))?;
    registry::seed(database, source, named(), &[])
}

fn seed_comune(
    database: &Database,
    source: &Source<'_>,
    facts: &Facts,
    contents: impl Fn(&Facts, &mut TenantTx<'_>) -> Result<Option<UnitId>, Failure>,
) -> Result<(), Failure> {
    let comune = ComuneCode::parse(facts.code).map_err(unfit)?;
    let act = |action| Operator.act(action, comune);
    database.tenant(&act(Action::KeepComuni), source.occasion(), |tx| {
        tx.leave_unchanged();
        if comuni::look_up(tx)?.is_none() {
            comuni::insert(tx, &Comune::register(comune, identity(facts)?).map_err(unfit_all)?)?;
        }
        Ok::<(), Failure>(())
    })?;
    let unit = database.tenant(&act(Action::EditPlans), source.occasion(), |tx| contents(facts, tx))?;
    database.tenant(&act(Action::KeepMembers), source.occasion(), |tx| {
        tx.leave_unchanged();
        for role in Role::all().iter().copied().filter(|role| !role.is_of_platform()) {
            seed_member(tx, source, role, unit.filter(|_| role == Role::Responsabile))?;
        }
        Ok::<(), Failure>(())
    })
}

fn identity(facts: &Facts) -> Result<Identity, Failure> {
    let identity = Identity::new(
        Line::parse(facts.name).map_err(unfit)?,
        ProvinceCode::parse(facts.province).map_err(unfit)?,
        RegionCode::parse(facts.region).map_err(unfit)?,
        None,
    );
    let Some(istat) = facts.istat else { return Ok(identity) };
    // Since the unification of Italy, as far as the demo is concerned: the day only says "as long as anybody asks".
    let since = Period::parse(day(1861, 3, 17), None).map_err(unfit)?;
    let identifier = Identifier::parse(Scheme::Istat, istat, since).map_err(unfit)?;
    identity.with_identifiers(vec![identifier]).map_err(unfit_all)
}

fn seed_member(
    tx: &mut TenantTx<'_>,
    source: &Source<'_>,
    role: Role,
    unit: Option<UnitId>,
) -> Result<(), Failure> {
    let key = demo_key(role)?;
    if members::look_up_external(tx, &key)?.is_some() {
        return Ok(());
    }
    let program = matches!(role, Role::Integratore | Role::BenchmarkReader);
    let facts = MemberFacts {
        external_id: Some(key),
        kind: if program { MemberKind::Client } else { MemberKind::Person },
        label: Line::parse(&format!("Dimostrativo: {}", role.word())).map_err(unfit)?,
        identity: None,
        roles: BTreeSet::from([role]),
        unit,
    };
    let member =
        Member::register(MemberId((source.new_id)()), facts, tx.grant()).map_err(PersistenceError::from)?;
    Ok(members::insert(tx, &member)?)
}

/// Who registers the comuni of a new installation.
fn seed_first_administrator(tx: &mut TenantTx<'_>, source: &Source<'_>) -> Result<(), Failure> {
    let key = ExternalId::parse("first-administrator").map_err(unfit)?;
    if members::look_up_external(tx, &key)?.is_some() {
        return Ok(());
    }
    let facts = MemberFacts {
        external_id: Some(key),
        kind: MemberKind::Person,
        label: Line::parse("Primo amministratore della piattaforma").map_err(unfit)?,
        identity: None,
        roles: BTreeSet::from([Role::PlatformAdmin]),
        unit: None,
    };
    let member =
        Member::register(MemberId((source.new_id)()), facts, tx.grant()).map_err(PersistenceError::from)?;
    Ok(members::insert(tx, &member)?)
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

fn demo_key(role: Role) -> Result<ExternalId, Failure> {
    ExternalId::parse(&format!("demo:{}", role.word())).map_err(unfit)
}

fn unfit(refused: Refused) -> Failure {
    Failure::Refused(refused.detail)
}

fn unfit_all(faults: Vec<traguardo_domain::Fault>) -> Failure {
    Failure::Refused(faults.into_iter().map(|fault| fault.detail).collect::<Vec<_>>().join(" "))
}

fn unfit_if_any(faults: Vec<traguardo_domain::Fault>) -> Result<(), Failure> {
    if faults.is_empty() { Ok(()) } else { Err(unfit_all(faults)) }
}

/// How long the demo's tokens live.
pub const TOKEN_LIFE: TimeDelta = TimeDelta::hours(12);

/// Writes `demo.env`: the address, and a token for every role of every demo comune and of the platform.
///
/// # Errors
/// When a member is missing or the file cannot be written.
pub fn write_tokens(
    database: &Database,
    source: &Source<'_>,
    sign: impl Fn(ComuneCode, &Member) -> Result<String, Failure>,
    file: &Path,
    url: &str,
) -> Result<(), Failure> {
    let mut lines = vec![format!("TRAGUARDO_URL={url}")];
    let homes = COMUNI.iter().map(|facts| ComuneCode::parse(facts.code).map_err(unfit));
    for comune in homes.chain([Ok(ComuneCode::PLATFORM)]) {
        let comune = comune?;
        let roles = Role::all().iter().copied().filter(|role| role.is_of_platform() == comune.is_platform());
        for role in roles {
            let key = demo_key(role)?;
            let grant = Doorkeeper.look_up(comune);
            let found = database.tenant(&grant, source.occasion(), |tx| {
                Ok::<_, Failure>(members::look_up_external(tx, &key)?)
            })?;
            let member = found
                .ok_or_else(|| Failure::Refused(format!("no demo member {} in {comune}", role.word())))?;
            let name = if comune.is_platform() { String::new() } else { format!("{comune}_") };
            let token = sign(comune, &member)?;
            lines.push(format!("TOKEN_{name}{}={token}", role.word().to_uppercase()));
        }
    }
    lines.push(String::new());
    write_private(file, &lines.join("\n"))
}

/// A file of tokens is its owner's to read.
fn write_private(file: &Path, text: &str) -> Result<(), Failure> {
    use std::io::Write as _;
    use std::os::unix::fs::OpenOptionsExt as _;
    let failed = || Failure::io(format!("cannot write {}", file.display()));
    let draft = file.with_extension("new");
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true).mode(0o600);
    options.open(&draft).and_then(|mut out| out.write_all(text.as_bytes())).map_err(failed())?;
    std::fs::rename(&draft, file).map_err(failed())
}
