//! Makes the later document out of the earlier one and the difference.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use thiserror::Error;

use super::{Change, ChangeKind, ChangedObject, Difference, FieldChange, HEADER, HEADER_POINTER};
use crate::plan::document::PlanDocument;

/// Why a difference cannot be applied to a document: mostly because it was not taken from it.
#[derive(Debug, Error)]
pub enum ApplyError {
    /// What was changed, moved or removed is not in the document, or what something was added to.
    #[error("{pointer} is not in the document")]
    NotThere {
        /// Where it should be.
        pointer: String,
    },
    /// What was added is in the document already.
    #[error("{pointer} is in the document already")]
    AlreadyThere {
        /// Where it is.
        pointer: String,
    },
    /// A field or a removed object is not as it was where the difference was taken.
    #[error("{pointer} is not as it was before the difference")]
    NotAsBefore {
        /// Where it stands.
        pointer: String,
    },
    /// An object was added or moved to a place its list does not reach.
    #[error("{pointer} has a place its list does not reach")]
    OutOfReach {
        /// Where the object stands.
        pointer: String,
    },
    /// A change that no two documents have between them: what it needs is missing, or contradicts its pointer.
    #[error("the change of {pointer} is no change")]
    Malformed {
        /// Where it is said to have happened.
        pointer: String,
    },
    /// What comes out is no document of a plan, or what came in could not be written.
    #[error("no document of a plan")]
    NoDocument(#[from] serde_json::Error),
}

/// The document that `difference` makes of `to`: of the earlier of its two documents, exactly the later one.
///
/// It can be another than the earlier one as long as it agrees with it on everything that changed; what it says elsewhere
/// stays. The versions of what comes out are those of an object just read.
///
/// # Errors
/// When the document does not agree with the difference, or the difference not with itself.
pub fn apply(difference: &Difference, to: &PlanDocument) -> Result<PlanDocument, ApplyError> {
    let mut document = serde_json::to_value(to)?;
    let mut lists: BTreeMap<&str, Vec<&Change>> = BTreeMap::new();
    for change in &difference.changes {
        match change.kind {
            ChangeKind::Changed => change_fields(&mut document, change)?,
            ChangeKind::Added | ChangeKind::Removed | ChangeKind::Moved => {
                let (list, _) = change.pointer.rsplit_once('/').ok_or_else(|| malformed(change))?;
                lists.entry(list).or_default().push(change);
            }
        }
    }
    // Between two lists everything is in the document, if perhaps in its old place, so that the order does not matter.
    for (pointer, changes) in lists {
        rearrange(&mut document, pointer, &changes)?;
    }
    Ok(serde_json::from_value(document)?)
}

fn malformed(change: &Change) -> ApplyError {
    ApplyError::Malformed { pointer: change.pointer.clone() }
}

fn not_there(pointer: &str) -> ApplyError {
    ApplyError::NotThere { pointer: pointer.to_owned() }
}

fn id_of(value: &Value) -> Option<&str> {
    value.get("id").and_then(Value::as_str)
}

/// The object at a pointer made of ids, and what kind it is.
fn find<'a>(document: &'a mut Value, pointer: &str) -> Option<(ChangedObject, &'a mut Map<String, Value>)> {
    if pointer == HEADER_POINTER {
        return Some((ChangedObject::Plan, document.get_mut(HEADER)?.as_object_mut()?));
    }
    let (mut kind, mut object) = (ChangedObject::Plan, document);
    let mut rest = pointer;
    while !rest.is_empty() {
        let (member, after) = rest.strip_prefix('/')?.split_once('/')?;
        let (id, after) = after.split_at(after.find('/').unwrap_or(after.len()));
        kind = kind.part(member)?;
        object = object.get_mut(member)?.as_array_mut()?.iter_mut().find(|item| id_of(item) == Some(id))?;
        rest = after;
    }
    Some((kind, object.as_object_mut()?))
}

fn change_fields(document: &mut Value, change: &Change) -> Result<(), ApplyError> {
    let (kind, members) = find(document, &change.pointer).ok_or_else(|| not_there(&change.pointer))?;
    if kind != change.object {
        return Err(malformed(change));
    }
    for FieldChange { field, before, after } in &change.fields {
        let structural = match change.pointer.as_str() {
            "" => field == HEADER,
            HEADER_POINTER => false,
            _ => field == "id",
        };
        if structural || kind.part(field).is_some() {
            return Err(malformed(change));
        }
        if members.get(field) != before.as_ref() {
            return Err(ApplyError::NotAsBefore { pointer: format!("{}/{field}", change.pointer) });
        }
        match after {
            Some(value) => members.insert(field.clone(), value.clone()),
            None => members.remove(field),
        };
    }
    Ok(())
}

/// Takes out of a list what was removed and what was moved, then puts what was moved and what was added where it is now:
/// from the first place to the last, so that each finds everything before it in its place.
fn rearrange(document: &mut Value, pointer: &str, changes: &[&Change]) -> Result<(), ApplyError> {
    let (parent, member) = pointer.rsplit_once('/').ok_or_else(|| not_there(pointer))?;
    let (kind, members) = find(document, parent).ok_or_else(|| not_there(pointer))?;
    let kind = kind.part(member).ok_or_else(|| not_there(pointer))?;
    let list = members.entry(member).or_insert_with(|| Value::Array(Vec::new()));
    let list = list.as_array_mut().ok_or_else(|| not_there(pointer))?;
    let mut arriving: BTreeMap<u32, (&Change, Value)> = BTreeMap::new();
    for change in changes {
        if change.object != kind {
            return Err(malformed(change));
        }
        if let Some(value) = leave(list, change)? {
            let position = change.position.ok_or_else(|| malformed(change))?;
            if arriving.insert(position, (change, value)).is_some() {
                return Err(malformed(change));
            }
        }
    }
    arriving.into_iter().try_for_each(|(position, (change, value))| arrive(list, position, change, value))
}

/// Takes out of a list what a change takes out of it; gives what the change puts into it, if anything.
fn leave(list: &mut Vec<Value>, change: &Change) -> Result<Option<Value>, ApplyError> {
    let id = change.pointer.rsplit('/').next();
    match change.kind {
        ChangeKind::Moved => take(list, id, change).map(Some),
        ChangeKind::Removed => {
            let expected = change.value.as_ref().ok_or_else(|| malformed(change))?;
            if take(list, id, change)? == *expected {
                return Ok(None);
            }
            Err(ApplyError::NotAsBefore { pointer: change.pointer.clone() })
        }
        ChangeKind::Added => {
            let value = change.value.as_ref().filter(|value| id_of(value) == id);
            value.cloned().map(Some).ok_or_else(|| malformed(change))
        }
        ChangeKind::Changed => Ok(None),
    }
}

fn take(list: &mut Vec<Value>, id: Option<&str>, change: &Change) -> Result<Value, ApplyError> {
    let index = list.iter().position(|item| id_of(item) == id);
    index.map(|index| list.remove(index)).ok_or_else(|| not_there(&change.pointer))
}

fn arrive(list: &mut Vec<Value>, position: u32, change: &Change, value: Value) -> Result<(), ApplyError> {
    if list.iter().any(|item| id_of(item) == id_of(&value)) {
        return Err(ApplyError::AlreadyThere { pointer: change.pointer.clone() });
    }
    match usize::try_from(position) {
        Ok(index) if index <= list.len() => {
            list.insert(index, value);
            Ok(())
        }
        Ok(_) | Err(_) => Err(ApplyError::OutOfReach { pointer: change.pointer.clone() }),
    }
}
