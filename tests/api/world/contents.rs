//! What every comune of a test begins with: four units and a plan that is still empty.

use chrono::NaiveDate;
use traguardo_domain::period::{Period, Year};
use traguardo_domain::plan::{Plan, PlanFacts, PlanId, PlanKind};
use traguardo_domain::text::{Code, ExternalId, Line};
use traguardo_domain::unit::{Unit, UnitFacts, UnitId, UnitKind};
use traguardo_persistence::{TenantTx, plans, units};
use traguardo_server::commands::new_id;
use traguardo_server::failure::Failure;

/// What is said of a unit that has nothing but a name and a place.
pub(crate) fn unit_facts(code: &str, name: &str, kind: UnitKind, parent: Option<UnitId>) -> UnitFacts {
    UnitFacts {
        external_id: Some(ExternalId::parse(&format!("demo:{}", code.to_lowercase())).unwrap()),
        code: Code::parse(code).unwrap(),
        name: Line::parse(name).unwrap(),
        kind,
        parent,
        validity: Period::parse(NaiveDate::from_ymd_opt(first_year(), 1, 1).unwrap(), None).unwrap(),
        responsible: None,
        interim: false,
        staff: Vec::new(),
        activities: None,
    }
}

const fn first_year() -> i32 {
    2024
}

/// Plants them, and tells the unit whose head the `responsabile` is.
pub(super) fn plant(tx: &mut TenantTx<'_>) -> Result<Option<UnitId>, Failure> {
    let mut found = |code: &str, name: &str, kind, parent| {
        let facts = unit_facts(code, name, kind, parent);
        let unit = Unit::found(UnitId(new_id()), facts, &units::tree(tx).unwrap()).unwrap();
        units::insert(tx, &unit).unwrap();
        unit.id
    };
    let area = found("AREA-1", "Area amministrativa e finanziaria", UnitKind::Area, None);
    found("AREA-1.1", "Servizio segreteria e affari generali", UnitKind::Service, Some(area));
    found("AREA-1.2", "Servizio ragioneria e tributi", UnitKind::Service, Some(area));
    found("AREA-2", "Area tecnica", UnitKind::Area, None);
    // Every comune but Truccazzano plans a year earlier, as the real ones do.
    let year = if tx.grant().comune().to_string() == "L454" { 2025 } else { 2024 };
    let facts = PlanFacts {
        external_id: Some(ExternalId::parse(&format!("demo:plan-{year}")).unwrap()),
        year: Year::parse(year).unwrap(),
        kind: PlanKind::PiaoPerformance,
        title: Line::parse(&format!("Piano della performance {year}-{}", year + 2)).unwrap(),
        scale: Vec::new(),
    };
    plans::insert(tx, &Plan::draft(PlanId(new_id()), facts)).unwrap();
    Ok(Some(area))
}
