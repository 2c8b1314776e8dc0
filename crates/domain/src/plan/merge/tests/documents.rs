//! Small documents: titles in structures, with codes and keys that count the rows as a reader would.

use super::*;

/// A source of ids, counting.
pub(super) fn fresh(from: u128) -> impl FnMut() -> Uuid {
    let mut next = from;
    move || {
        next = next.saturating_add(1);
        Uuid::from_u128(next)
    }
}

pub(super) fn document(units: &Value, objectives: &Value) -> PlanDocument {
    serde_json::from_value(json!({
        "format": "traguardo.plan.v1", "comune": "L454",
        "plan": { "id": Uuid::from_u128(1), "year": 2025, "kind": "piao_performance", "title": "Piano 2025" },
        "units": units, "sections": [], "objectives": objectives,
    }))
    .unwrap()
}

pub(super) fn unit(id: u128, code: &str, name: &str, parent: Option<u128>) -> Value {
    let mut unit = json!({ "id": Uuid::from_u128(id), "code": code, "name": name, "kind": "area",
        "valid_from": "2020-01-01" });
    if let Some(parent) = parent {
        unit["parent"] = json!(Uuid::from_u128(parent));
    }
    unit
}

/// Rows of `structure, title`: structures are 101, 102 ...; objectives count from `first`, their codes and keys from 1.
pub(super) fn rows(first: u128, rows: &[(u128, &str)]) -> PlanDocument {
    let objective = |at: usize, (home, title): &(u128, &str)| {
        let number = first.saturating_add(u128::try_from(at).unwrap());
        let ordinal = at.checked_add(1).unwrap();
        json!({
            "id": Uuid::from_u128(number), "external_id": ordinal.to_string(), "code": ordinal.to_string(), "title": title,
            "assignments": [{ "id": Uuid::from_u128(number), "unit": Uuid::from_u128(*home) }],
        })
    };
    let objectives: Vec<Value> = rows.iter().enumerate().map(|(at, row)| objective(at, row)).collect();
    document(&two_units(), &json!(objectives))
}

pub(super) fn two_units() -> Value {
    json!([unit(101, "A1", "Area amministrativa", None), unit(102, "A2", "Area tecnica", None)])
}

/// The same document with a member of its first objective said otherwise, or of another at this pointer.
pub(super) fn with(document: &PlanDocument, pointer: &str, value: Value) -> PlanDocument {
    let mut written = serde_json::to_value(document).unwrap();
    let (object, member) = pointer.rsplit_once('/').unwrap();
    written.pointer_mut(object).unwrap()[member] = value;
    serde_json::from_value(written).unwrap()
}

/// The same document without a member.
pub(super) fn without(document: &PlanDocument, pointer: &str) -> PlanDocument {
    let mut written = serde_json::to_value(document).unwrap();
    let (object, member) = pointer.rsplit_once('/').unwrap();
    written.pointer_mut(object).unwrap().as_object_mut().unwrap().remove(member);
    serde_json::from_value(written).unwrap()
}

pub(super) const PAYMENTS: &str = "Rispetto dei tempi di pagamento delle fatture";
pub(super) const ROADS: &str = "Manutenzione straordinaria della viabilità comunale";
pub(super) const SCHOOLS: &str = "Iscrizioni ai servizi scolastici soltanto in rete";
pub(super) const ARCHIVE: &str = "Riordino del magazzino e dell'archivio di deposito";
