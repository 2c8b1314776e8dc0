use serde_json::{Value, json};

use super::*;
use crate::Vocabulary as _;
use crate::plan::diff::{Difference, diff};

mod documents;
mod objectives;
mod parts;
mod properties;
mod structures;
mod values;

use documents::*;

/// What a merge changes, an object a line: `changed objective 3 Titolo: title, code`.
fn changes(before: &PlanDocument, after: &PlanDocument) -> Vec<String> {
    let Difference { changes } = diff(before, after).unwrap();
    let line = |change: crate::plan::diff::Change| {
        let fields: Vec<String> = change.fields.into_iter().map(|one| one.field).collect();
        let (kind, object) = (change.kind.word(), change.object.word());
        format!("{kind} {object} {}: {}", change.label, fields.join(", ")).trim_end_matches(": ").to_owned()
    };
    changes.into_iter().map(line).collect()
}

/// Merges with ids that begin where no document of these tests has any, and checks what must always hold.
fn merged_with(existing: &PlanDocument, incoming: &PlanDocument, options: &MergeOptions) -> Merged {
    let once = merge(Some(existing), &[], incoming, options, &mut fresh(9_000));
    once.document.check().unwrap();
    for objective in &once.document.objectives {
        crate::objective::Objective::set(objective.id, objective.facts.clone()).unwrap();
    }
    let twice = merge(Some(&once.document), &[], incoming, options, &mut fresh(20_000));
    assert_eq!(
        changes(&once.document, &twice.document),
        Vec::<String>::new(),
        "merging again changes something"
    );
    assert_eq!(twice.document, once.document);
    once
}

fn merged(existing: &PlanDocument, incoming: &PlanDocument) -> Merged {
    merged_with(existing, incoming, &MergeOptions::default())
}

/// What each objective of the file was found to be, by the number of the id, and how.
fn found(merged: &Merged) -> Vec<(Option<u128>, &'static str)> {
    let one = |one: &Match<ObjectiveId>| (one.existing.map(|id| id.0.as_u128()), one.by.word());
    merged.matches.iter().map(one).collect()
}
