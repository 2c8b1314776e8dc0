//! Finds the difference between two documents.

use std::collections::{BTreeMap, BTreeSet};

use serde::ser::Error as _;
use serde_json::{Map, Value};

use super::{Change, ChangeKind, ChangedObject, Difference, FieldChange, HEADER, HEADER_POINTER, order};
use crate::plan::document::PlanDocument;

/// The members of a JSON object.
type Members = Map<String, Value>;

/// The difference that makes `before` into `after`.
///
/// # Errors
/// When a document cannot be written as JSON, or has two objects of one id in one list, so that neither can be told from the
/// other.
pub fn diff(before: &PlanDocument, after: &PlanDocument) -> Result<Difference, serde_json::Error> {
    let (before, after) = (Opened::open(before)?, Opened::open(after)?);
    let mut units = unit_labels(&before.document);
    units.extend(unit_labels(&after.document));
    let mut comparison = Comparison { units, changes: Vec::new() };
    let plan = ChangedObject::Plan;
    let around = fields(plan, &before.document, &after.document);
    comparison.changed(Place { kind: plan, pointer: "" }, &after.header, around);
    let header = fields(plan, &before.header, &after.header);
    comparison.changed(Place { kind: plan, pointer: HEADER_POINTER }, &after.header, header);
    comparison.parts(Place { kind: plan, pointer: "" }, &before.document, &after.document)?;
    Ok(Difference { changes: comparison.changes })
}

/// A document as JSON, the header of its plan taken out.
struct Opened {
    document: Members,
    header: Members,
}

impl Opened {
    fn open(document: &PlanDocument) -> Result<Self, serde_json::Error> {
        let mut document: Members = serde_json::from_value(serde_json::to_value(document)?)?;
        let header = document.remove(HEADER).unwrap_or_default();
        Ok(Self { document, header: serde_json::from_value(header)? })
    }
}

/// What kind of object stands where; of a list, what kind of objects are in it.
#[derive(Clone, Copy)]
struct Place<'a> {
    kind: ChangedObject,
    pointer: &'a str,
}

/// An object in a list.
struct Item<'a> {
    id: &'a str,
    position: u32,
    value: &'a Value,
    members: &'a Members,
}

/// The changes found so far, and what to call the units that assignments name.
struct Comparison {
    units: BTreeMap<String, String>,
    changes: Vec<Change>,
}

impl Comparison {
    /// Compares the parts of two states of one object.
    fn parts(
        &mut self,
        whole: Place<'_>,
        before: &Members,
        after: &Members,
    ) -> Result<(), serde_json::Error> {
        for (member, kind) in whole.kind.parts() {
            let pointer = format!("{}/{member}", whole.pointer);
            let list = Place { kind: *kind, pointer: &pointer };
            self.siblings(list, &items(before, member, list)?, &items(after, member, list)?)?;
        }
        Ok(())
    }

    /// Compares two states of one list. What was removed comes after what it followed and stayed.
    fn siblings(
        &mut self,
        list: Place<'_>,
        before: &[Item<'_>],
        after: &[Item<'_>],
    ) -> Result<(), serde_json::Error> {
        let was: BTreeMap<&str, &Item<'_>> = before.iter().map(|item| (item.id, item)).collect();
        let staying = order::stay(after.iter().filter_map(|item| was.get(item.id)).map(|item| item.position));
        let mut removed = removed_after(before, after, &staying);
        self.removed(list, removed.remove(&None));
        for item in after {
            let Some(earlier) = was.get(item.id) else {
                self.listed(ChangeKind::Added, list, item);
                continue;
            };
            if !staying.contains(&earlier.position) {
                self.listed(ChangeKind::Moved, list, item);
            }
            let pointer = format!("{}/{}", list.pointer, item.id);
            let place = Place { kind: list.kind, pointer: &pointer };
            self.changed(place, item.members, fields(list.kind, earlier.members, item.members));
            self.parts(place, earlier.members, item.members)?;
            self.removed(list, removed.remove(&Some(earlier.position)));
        }
        Ok(())
    }

    fn removed(&mut self, list: Place<'_>, items: Option<Vec<&Item<'_>>>) {
        for item in items.into_iter().flatten() {
            self.listed(ChangeKind::Removed, list, item);
        }
    }

    /// Something happened to an object as one of a list.
    fn listed(&mut self, kind: ChangeKind, list: Place<'_>, item: &Item<'_>) {
        let pointer = format!("{}/{}", list.pointer, item.id);
        let place = Place { kind: list.kind, pointer: &pointer };
        let value = match kind {
            ChangeKind::Added | ChangeKind::Removed => Some(item.value.clone()),
            ChangeKind::Changed | ChangeKind::Moved => None,
        };
        let change = self.of(kind, place, item.members);
        self.changes.push(Change { value, position: Some(item.position), ..change });
    }

    /// The fields of an object are others, if there are any that are.
    fn changed(&mut self, place: Place<'_>, members: &Members, fields: Vec<FieldChange>) {
        if !fields.is_empty() {
            let change = self.of(ChangeKind::Changed, place, members);
            self.changes.push(Change { fields, ..change });
        }
    }

    fn of(&self, kind: ChangeKind, place: Place<'_>, members: &Members) -> Change {
        Change {
            kind,
            object: place.kind,
            id: text(members, "id").and_then(|id| id.parse().ok()),
            label: self.label(members),
            pointer: place.pointer.to_owned(),
            fields: Vec::new(),
            value: None,
            position: None,
        }
    }

    /// Objects call themselves by code and title or name; assignments, by the unit they name.
    fn label(&self, members: &Members) -> String {
        let Some(unit) = text(members, "unit") else { return own_label(members) };
        self.units.get(unit).cloned().unwrap_or_else(|| unit.to_owned())
    }
}

/// What the units of a document are called, by id.
fn unit_labels(document: &Members) -> BTreeMap<String, String> {
    let units = list(document, "units").iter().filter_map(Value::as_object);
    units.filter_map(|unit| Some((text(unit, "id")?.to_owned(), own_label(unit)))).collect()
}

/// Code and title or name, as far as they are there, in one line.
fn own_label(members: &Members) -> String {
    let said = ["code", "title", "name"].iter().filter_map(|member| text(members, member));
    said.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}

fn text<'a>(members: &'a Members, member: &str) -> Option<&'a str> {
    members.get(member).and_then(Value::as_str)
}

fn list<'a>(members: &'a Members, member: &str) -> &'a [Value] {
    members.get(member).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The objects in the list `member`, each with its id.
fn items<'a>(
    members: &'a Members,
    member: &str,
    place: Place<'_>,
) -> Result<Vec<Item<'a>>, serde_json::Error> {
    let mut ids = BTreeSet::new();
    let refused = || serde_json::Error::custom(format!("{}: objects need an id of their own", place.pointer));
    (0u32..)
        .zip(list(members, member))
        .map(|(position, value)| {
            let members = value.as_object().ok_or_else(refused)?;
            let id = text(members, "id").filter(|id| ids.insert(*id)).ok_or_else(refused)?;
            Ok(Item { id, position, value, members })
        })
        .collect()
}

/// The fields two states of an object differ in, by name.
fn fields(kind: ChangedObject, before: &Members, after: &Members) -> Vec<FieldChange> {
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    names
        .into_iter()
        .filter(|name| kind.part(name).is_none() && before.get(*name) != after.get(*name))
        .map(|name| FieldChange {
            field: name.clone(),
            before: before.get(name).cloned(),
            after: after.get(name).cloned(),
        })
        .collect()
}

/// What is no longer there, by the place of what it followed and stayed.
fn removed_after<'a>(
    before: &'a [Item<'a>],
    after: &[Item<'_>],
    staying: &BTreeSet<u32>,
) -> BTreeMap<Option<u32>, Vec<&'a Item<'a>>> {
    let now: BTreeSet<&str> = after.iter().map(|item| item.id).collect();
    let mut removed: BTreeMap<Option<u32>, Vec<&Item<'_>>> = BTreeMap::new();
    let mut followed = None;
    for item in before {
        if staying.contains(&item.position) {
            followed = Some(item.position);
        } else if !now.contains(item.id) {
            removed.entry(followed).or_default().push(item);
        }
    }
    removed
}
