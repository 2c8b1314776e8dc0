//! What makes one rulebook another, member by member. A list is one member where its length changes, and item by item where it
//! does not: a step of lateness that became milder is told as that step. What changes its type is one change, not one a member.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Rulebook;

/// A member that is another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RulebookChange {
    /// RFC 6901 pointer into the rulebook.
    pub pointer: String,
    /// What it was; none when nothing was said.
    pub before: Option<Value>,
    /// What it is; none when nothing is said any more.
    pub after: Option<Value>,
}

impl Rulebook {
    /// Every member that is another in `after`, in the order of their names; nothing when they say the same.
    ///
    /// # Errors
    /// When one cannot be written as JSON, which for a rulebook does not happen.
    pub fn changes(&self, after: &Self) -> Result<Vec<RulebookChange>, serde_json::Error> {
        let (before, after) = (serde_json::to_value(self)?, serde_json::to_value(after)?);
        let mut changes = Vec::new();
        compare(String::new(), Some(&before), Some(&after), &mut changes);
        Ok(changes)
    }
}

fn compare(
    pointer: String,
    before: Option<&Value>,
    after: Option<&Value>,
    changes: &mut Vec<RulebookChange>,
) {
    match (before, after) {
        (Some(Value::Object(one)), Some(Value::Object(other))) if one.get("type") == other.get("type") => {
            let names: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
            for name in names {
                let place = format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"));
                compare(place, one.get(name), other.get(name), changes);
            }
        }
        (Some(Value::Array(one)), Some(Value::Array(other))) if one.len() == other.len() => {
            for (index, (one, other)) in one.iter().zip(other).enumerate() {
                compare(format!("{pointer}/{index}"), Some(one), Some(other), changes);
            }
        }
        (before, after) if before == after => {}
        (before, after) => {
            changes.push(RulebookChange { pointer, before: before.cloned(), after: after.cloned() });
        }
    }
}
