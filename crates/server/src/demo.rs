//! The demo: three comuni with their real identity facts, a member for every role, and tokens to try things with.

use std::collections::BTreeSet;
use std::path::Path;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use traguardo_domain::access::{Action, Doorkeeper, Operator};
use traguardo_domain::audit::Occasion;
use traguardo_domain::comune::{Comune, Identifier, Identity, ProvinceCode, RegionCode, Scheme};
use traguardo_domain::fault::Refused;
use traguardo_domain::member::{Member, MemberFacts, MemberId, MemberKind};
use traguardo_domain::period::{Period, Year};
use traguardo_domain::plan::{Plan, PlanFacts, PlanId, PlanKind};
use traguardo_domain::role::Role;
use traguardo_domain::text::{Code, ExternalId, Line};
use traguardo_domain::unit::{Unit, UnitFacts, UnitId, UnitKind};
use traguardo_domain::{ComuneCode, Vocabulary as _};
use traguardo_persistence::{Database, Error as PersistenceError, TenantTx, comuni, members, plans, units};
use uuid::Uuid;

use crate::failure::Failure;

/// A comune of the demo: code, name, province, region, ISTAT code, year of its plan.
type Facts = (&'static str, &'static str, &'static str, &'static str, &'static str, i32);

const COMUNI: [Facts; 3] = [
    ("L454", "Truccazzano", "MI", "03", "015224", 2025),
    ("F471", "Montichiari", "BS", "03", "017113", 2024),
    ("G004", "Offanengo", "CR", "03", "019062", 2024),
];

/// What a seed draws from outside: the instant, and new ids.
pub struct Source<'s> {
    /// The instant it is.
    pub now: DateTime<Utc>,
    /// Draws a new id.
    pub new_id: &'s dyn Fn() -> Uuid,
}

impl Source<'_> {
    fn occasion(&self) -> Occasion {
        Occasion { at: self.now, request_id: "seed".to_owned() }
    }
}

/// Registers the platform's own administrator, and in a demo a member for each of its roles, where they are missing.
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
    })
}

/// Registers the demo's comuni with their units, members and plan, where they are missing.
///
/// # Errors
/// When the database refuses.
pub fn seed_comuni(database: &Database, source: &Source<'_>) -> Result<(), Failure> {
    for facts in COMUNI {
        seed_comune(database, source, facts)?;
    }
    Ok(())
}

fn seed_comune(database: &Database, source: &Source<'_>, facts: Facts) -> Result<(), Failure> {
    let (code, .., year) = facts;
    let comune = ComuneCode::parse(code).map_err(unfit)?;
    let act = |action| Operator.act(action, comune);
    database.tenant(&act(Action::KeepComuni), source.occasion(), |tx| {
        tx.leave_unchanged();
        if comuni::look_up(tx)?.is_none() {
            comuni::insert(tx, &Comune::register(comune, identity(facts)?).map_err(unfit_all)?)?;
        }
        Ok::<(), Failure>(())
    })?;
    let area =
        database.tenant(&act(Action::EditUnits), source.occasion(), |tx| seed_units(tx, source, year))?;
    database.tenant(&act(Action::KeepMembers), source.occasion(), |tx| {
        tx.leave_unchanged();
        for role in Role::all().iter().copied().filter(|role| !role.is_of_platform()) {
            seed_member(tx, source, role, (role == Role::Responsabile).then_some(area))?;
        }
        Ok::<(), Failure>(())
    })?;
    database.tenant(&act(Action::EditPlans), source.occasion(), |tx| seed_plan(tx, source, year))
}

fn identity((_, name, province, region, istat, _): Facts) -> Result<Identity, Failure> {
    // Since the unification of Italy, as far as the demo is concerned: the day only says "as long as anybody asks".
    let since =
        Period::parse(NaiveDate::from_ymd_opt(1861, 3, 17).unwrap_or_default(), None).map_err(unfit)?;
    let identifier = Identifier::parse(Scheme::Istat, istat, since).map_err(unfit)?;
    Identity::new(
        Line::parse(name).map_err(unfit)?,
        ProvinceCode::parse(province).map_err(unfit)?,
        RegionCode::parse(region).map_err(unfit)?,
        None,
    )
    .with_identifiers(vec![identifier])
    .map_err(unfit_all)
}

/// An area and two services in it; the area is whose head the demo's `responsabile` is.
fn seed_units(tx: &mut TenantTx<'_>, source: &Source<'_>, year: i32) -> Result<UnitId, Failure> {
    tx.leave_unchanged();
    let key = ExternalId::parse("demo:area-1").map_err(unfit)?;
    if let Some(area) = units::look_up_external(tx, &key)? {
        return Ok(area.id);
    }
    let validity =
        Period::parse(NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default(), None).map_err(unfit)?;
    let mut found = |code: &str, name: &str, kind, parent| {
        let facts = UnitFacts {
            external_id: Some(ExternalId::parse(&format!("demo:{}", code.to_lowercase())).map_err(unfit)?),
            code: Code::parse(code).map_err(unfit)?,
            name: Line::parse(name).map_err(unfit)?,
            kind,
            parent,
            validity,
        };
        let tree = units::tree(tx)?;
        let unit = Unit::found(UnitId((source.new_id)()), facts, &tree).map_err(PersistenceError::from)?;
        units::insert(tx, &unit)?;
        Ok::<UnitId, Failure>(unit.id)
    };
    let area = found("AREA-1", "Area amministrativa e finanziaria", UnitKind::Area, None)?;
    found("AREA-1.1", "Servizio segreteria e affari generali", UnitKind::Service, Some(area))?;
    found("AREA-1.2", "Servizio ragioneria e tributi", UnitKind::Service, Some(area))?;
    found("AREA-2", "Area tecnica", UnitKind::Area, None)?;
    Ok(area)
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

fn seed_plan(tx: &mut TenantTx<'_>, source: &Source<'_>, year: i32) -> Result<(), Failure> {
    tx.leave_unchanged();
    let key = ExternalId::parse(&format!("demo:plan-{year}")).map_err(unfit)?;
    if plans::look_up_external(tx, &key)?.is_some() {
        return Ok(());
    }
    let facts = PlanFacts {
        external_id: Some(key),
        year: Year::parse(year).map_err(unfit)?,
        kind: PlanKind::PiaoPerformance,
        title: Line::parse(&format!("Piano della performance {year}-{}", year.saturating_add(2)))
            .map_err(unfit)?,
    };
    Ok(plans::insert(tx, &Plan::draft(PlanId((source.new_id)()), facts))?)
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
    let homes = COMUNI.iter().map(|(code, ..)| ComuneCode::parse(code).map_err(unfit));
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
