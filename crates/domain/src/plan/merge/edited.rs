//! What people wrote into a plan after a file was brought onto it: where the new file says what the old one said, the plan keeps
//! what it has. So the same file imported again undoes nobody's work, and a corrected one changes what was corrected.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use crate::plan::document::PlanDocument;

/// Of three documents of one plan, the plan as it is, as the old file would make it and as the new one does: the new one,
/// except where both files make the same of it; there the plan stays as it is.
///
/// # Errors
/// When a document cannot be written or read back, which for documents of the domain does not happen.
pub fn keep_edits(
    there: &PlanDocument,
    old: &PlanDocument,
    new: &PlanDocument,
) -> Result<PlanDocument, serde_json::Error> {
    let written = |document| serde_json::to_value(document);
    let (there, old, mut new) = (written(there)?, written(old)?, written(new)?);
    for list in ["objectives", "sections"] {
        leave_out(list, &there, &old, &mut new);
    }
    serde_json::from_value(kept(&there, &old, new))
}

/// Leaves out what both files would add alike: the old one did, and somebody took it away since.
fn leave_out(list: &str, there: &Value, old: &Value, new: &mut Value) {
    let items = |document: &Value| document.get(list).and_then(Value::as_array).cloned().unwrap_or_default();
    let (there, old) = (items(there), items(old));
    let known: HashSet<&str> = there.iter().filter_map(id_of).collect();
    let is_new = |item: &Value| !id_of(item).is_some_and(|id| known.contains(id));
    let taken_away: HashSet<String> =
        old.iter().filter(|item| is_new(item)).map(|item| nameless(item).to_string()).collect();
    if let Some(Value::Array(items)) = new.get_mut(list) {
        items.retain(|item| !is_new(item) || !taken_away.contains(&nameless(item).to_string()));
    }
}

/// An object without the ids in it: those of new objects differ from file to file.
fn nameless(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let others = members.iter().filter(|(name, _)| *name != "id");
            Value::Object(others.map(|(name, value)| (name.clone(), nameless(value))).collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(nameless).collect()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
    }
}

fn kept(there: &Value, old: &Value, new: Value) -> Value {
    if *old == new {
        return there.clone();
    }
    match (there, old, new) {
        (Value::Object(there), Value::Object(old), Value::Object(new)) if is_part(&new) => {
            Value::Object(members(there, old, &new))
        }
        (Value::Array(there), Value::Array(old), Value::Array(new)) => {
            let (there, old) = (by_id(there), by_id(old));
            let part = |new: Value| {
                let id = id_of(&new);
                match (id.and_then(|id| there.get(id)), id_of(&new).and_then(|id| old.get(id))) {
                    (Some(there), Some(old)) => kept(there, old, new),
                    (_, None) | (None, _) => new,
                }
            };
            Value::Array(new.into_iter().map(part).collect())
        }
        (_, _, new) => new,
    }
}

/// The members of an object, one by one; a value with its words is one, and is not taken apart.
fn members(
    there: &Map<String, Value>,
    old: &Map<String, Value>,
    new: &Map<String, Value>,
) -> Map<String, Value> {
    let nothing = Value::Null;
    let said = |map: &Map<String, Value>, name: &str| map.get(name).cloned().unwrap_or_default();
    let mut names: Vec<String> = new.keys().cloned().collect();
    names.extend(there.keys().filter(|name| !new.contains_key(*name)).cloned());
    let mut result = Map::new();
    for name in names {
        let value = kept(there.get(&name).unwrap_or(&nothing), &said(old, &name), said(new, &name));
        if !value.is_null() {
            result.insert(name, value);
        }
    }
    result
}

/// Whether an object is a document or a part of one, and not a value.
fn is_part(object: &Map<String, Value>) -> bool {
    object.contains_key("id") || object.contains_key("objectives")
}

fn by_id(items: &[Value]) -> HashMap<&str, &Value> {
    items.iter().filter_map(|item| Some((id_of(item)?, item))).collect()
}

fn id_of(item: &Value) -> Option<&str> {
    item.get("id")?.as_str()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn document(objectives: &Value) -> PlanDocument {
        serde_json::from_value(json!({
            "format": "traguardo.plan.v1", "comune": "L454",
            "plan": {"id": uuid(1), "year": 2025, "kind": "standalone", "title": "Piano"},
            "objectives": objectives,
        }))
        .unwrap()
    }

    fn uuid(number: u128) -> String {
        uuid::Uuid::from_u128(number).to_string()
    }

    fn objective(number: u128, title: &str, deadline: &str) -> Value {
        json!({"id": uuid(number), "title": title, "deadline": {"words": deadline, "value": {"type": "text"}}})
    }

    fn kept_of(there: &Value, old: &Value, new: &Value) -> PlanDocument {
        keep_edits(&document(there), &document(old), &document(new)).unwrap()
    }

    #[test]
    fn the_same_file_again_undoes_nobody_s_work() {
        let file = json!([objective(2, "Uno", "31.06.2025"), objective(3, "Due", "31.12.2025")]);
        let edited = json!([objective(2, "Uno", "30.06.2025"), objective(3, "Due bis", "31.12.2025")]);
        assert_eq!(kept_of(&edited, &file, &file), document(&edited));
    }

    #[test]
    fn a_corrected_file_changes_what_was_corrected_and_nothing_else() {
        let old = json!([objective(2, "Uno", "31.06.2025"), objective(3, "Due", "31.12.2025")]);
        let new = json!([
            objective(2, "Uno", "30.09.2025"),
            objective(3, "Due", "31.12.2025"),
            objective(4, "Tre", "x")
        ]);
        let edited = json!([objective(2, "Uno", "30.06.2025"), objective(3, "Due bis", "31.12.2025")]);
        let expected = json!([
            objective(2, "Uno", "30.09.2025"),
            objective(3, "Due bis", "31.12.2025"),
            objective(4, "Tre", "x")
        ]);
        assert_eq!(kept_of(&edited, &old, &new), document(&expected));
    }

    #[test]
    fn what_a_person_took_out_is_not_put_back_by_the_same_file() {
        let there = json!([objective(2, "Uno", "x")]);
        let file = |number| json!([objective(2, "Uno", "x"), objective(number, "Due", "x")]);
        assert_eq!(kept_of(&there, &file(7), &file(8)), document(&there));
    }

    #[test]
    fn what_a_person_added_or_took_away_beside_the_file_stays_so() {
        let file = json!([objective(2, "Uno", "31.12.2025")]);
        let mut added = objective(2, "Uno", "31.12.2025");
        added["template"] = json!("T1");
        added.as_object_mut().unwrap().remove("deadline");
        let edited = json!([added]);
        assert_eq!(kept_of(&edited, &file, &file), document(&edited));
    }
}
