//! Small documents, and ways of making others out of them.

use proptest::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::plan::document::PlanDocument;

/// Ids by number: units 1xx, sections 2xx, objectives 3xx, assignments 4xx, phases 5xx, indicators 6xx.
pub(super) fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

/// The id of a number counted from another.
fn from(first: u128, number: u128) -> Uuid {
    id(first.saturating_add(number))
}

pub(super) fn document(value: &Value) -> PlanDocument {
    serde_json::from_value(value.clone()).unwrap()
}

/// Two units, two sections, three objectives with two assignments, three phases and two indicators each.
pub(super) fn base() -> Value {
    let unit = |number: u128, name: &str| {
        json!({ "id": from(100, number), "code": format!("A{number}"), "name": name, "kind": "area",
            "valid_from": "2020-01-01" })
    };
    let section = |number: u128, title: &str| json!({ "id": from(200, number), "kind": "other", "title": title, "body": "Testo" });
    json!({
        "format": "traguardo.plan.v1", "comune": "L454",
        "plan": { "id": id(1), "year": 2025, "kind": "piao_performance", "title": "Piano della performance 2025" },
        "units": [unit(1, "Area amministrativa"), unit(2, "Area tecnica")],
        "sections": [section(1, "Premessa"), section(2, "Contesto")],
        "objectives": [objective(1), objective(2), objective(3)],
    })
}

fn objective(number: u128) -> Value {
    let part = number.saturating_mul(10);
    let weight = json!({ "value": { "type": "percent", "percent": "40" } });
    let phase = |step: u128, indicators: Value| {
        json!({ "id": from(500, part.saturating_add(step)), "code": format!("{number}.{step}"), "title": format!("Fase {step}"),
            "indicators": indicators })
    };
    json!({
        "id": from(300, number), "code": number.to_string(), "title": format!("Obiettivo {number}"),
        "kinds": ["operational"],
        "assignments": [
            { "id": from(400, part), "unit": id(101) },
            { "id": from(401, part), "unit": id(102), "weight": weight },
        ],
        "phases": [
            phase(1, json!([
                { "id": from(601, part), "name": "Indicatore 1 della fase" },
                { "id": from(602, part), "name": "Indicatore 2 della fase" },
            ])),
            phase(2, json!([])),
            phase(3, json!([])),
        ],
        "indicators": [
            { "id": from(603, part), "name": "Atti pubblicati" },
            { "id": from(604, part), "name": "Tempo medio" },
        ],
    })
}

/// A way of making one document out of another: which list, what to do, at what index, with what.
pub(super) type Mutation = (usize, u8, usize, usize);

pub(super) fn mutations() -> impl Strategy<Value = Vec<Mutation>> {
    proptest::collection::vec((any::<usize>(), 0u8..8, 0usize..5, 0usize..5), 0..14)
}

pub(super) fn mutated(mutations: &[Mutation]) -> PlanDocument {
    let mut value = base();
    for mutation in mutations {
        mutate(&mut value, *mutation);
    }
    document(&value)
}

const LISTS: [(&str, u128); 6] = [
    ("units", 100),
    ("sections", 200),
    ("objectives", 300),
    ("assignments", 400),
    ("phases", 500),
    ("indicators", 600),
];

/// Every list of objects in a document, by index pointer, with what its new objects are numbered from.
fn lists(value: &Value, pointer: &str, found: &mut Vec<(String, u128)>) {
    for (member, numbered) in LISTS {
        let pointer = format!("{pointer}/{member}");
        for (index, item) in value[member].as_array().into_iter().flatten().enumerate() {
            lists(item, &format!("{pointer}/{index}"), found);
        }
        if value[member].is_array() {
            found.push((pointer, numbered));
        }
    }
}

fn mutate(value: &mut Value, (which, what, at, with): Mutation) {
    if what == 0 {
        return mutate_header(value, at, with);
    }
    let mut found = Vec::new();
    lists(value, "", &mut found);
    let (pointer, numbered) = &found[which.checked_rem(found.len()).unwrap()];
    let list = value.pointer_mut(pointer).unwrap().as_array_mut().unwrap();
    let at = at.min(list.len());
    match what {
        1 if at < list.len() => drop(list.remove(at)),
        2 if at < list.len() => {
            let item = list.remove(at);
            list.insert(with.min(list.len()), item);
        }
        3 => list.reverse(),
        4 | 5 => {
            let new = new(*numbered, with);
            if list.iter().all(|item| item["id"] != new["id"]) {
                list.insert(at, new);
            }
        }
        _ if at < list.len() => change(&mut list[at], *numbered, with),
        _ => {}
    }
}

fn mutate_header(value: &mut Value, at: usize, with: usize) {
    let (member, said) = match at {
        0 => return value["comune"] = json!(format!("L45{with}")),
        1 => ("id", json!(id(u128::try_from(with).unwrap()))),
        2 => ("title", json!(format!("Piano {with}"))),
        3 => ("external_id", json!(format!("piano-{with}"))),
        _ => ("scale", json!([{ "code": "1", "label": "Alto", "coefficient": with.to_string() }])),
    };
    value["plan"][member] = said;
}

fn new(numbered: u128, with: usize) -> Value {
    let id = from(numbered.saturating_add(90), u128::try_from(with).unwrap());
    match numbered {
        100 => {
            json!({ "id": id, "code": format!("N{with}"), "name": "Nuova", "kind": "office", "valid_from": "2025-01-01" })
        }
        200 => json!({ "id": id, "kind": "annex", "title": "Nuova", "body": format!("Testo {with}") }),
        300 => json!({ "id": id, "title": "Nuovo", "assignments": [], "phases": [], "indicators": [] }),
        400 => json!({ "id": id, "unit": super::id(101), "notes": with.to_string() }),
        500 => json!({ "id": id, "title": "Nuova", "indicators": [] }),
        _ => json!({ "id": id, "name": format!("Nuovo {with}") }),
    }
}

/// Sets a field of an object to something, or says nothing of it any more.
fn change(item: &mut Value, numbered: u128, with: usize) {
    let optional = if numbered == 200 || numbered == 100 { "external_id" } else { "notes" };
    let month = json!({ "value": { "type": "month", "month": with } });
    let (member, said) = match (numbered, with) {
        (_, 0) => return drop(item.as_object_mut().unwrap().remove(optional)),
        (_, 1) => (optional, json!("nota-1")),
        (100, _) => ("staff", json!([{ "qualification": "Istruttore", "posts": with.to_string() }])),
        (200, _) => ("body", json!(format!("Altro {with}"))),
        (300, 2) => ("kinds", json!(["strategic", "by_law"])),
        (300, _) => ("steps", json!([{ "how": "Corso", "when": month }])),
        (400, _) => ("weight", json!({ "words": "2 - rilevante", "value": { "type": "unclear" } })),
        (500, _) => ("deadline", month),
        _ => ("target", json!({ "value": { "type": "by", "deadline": month["value"] } })),
    };
    item[member] = said;
}
