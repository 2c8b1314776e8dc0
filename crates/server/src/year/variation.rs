//! The variation of July: an objective is changed by the book, with its reason, and sealed again with the act that approves it.

use serde_json::{Value, json};
use traguardo_domain::objective::Objective;
use traguardo_domain::plan::document::PlanDocument;
use traguardo_domain::role::Role;
use traguardo_domain::unit::UnitId;
use traguardo_domain::weight::Weight;

use super::script::Year;
use super::subjects::is_within;
use crate::failure::Failure;

/// How much weight goes from one objective to another.
const MOVED: i32 = 5;

impl Year<'_> {
    /// Money is not coming: the Segretario opens the plan again, weighs two objectives anew, and the Giunta approves.
    pub(super) fn vary(&mut self) -> Result<(), Failure> {
        let reason = json!({"reason": "Il finanziamento regionale atteso per luglio è rinviato di un anno."});
        let opened = self.has("approve_variation");
        self.step((Role::Segretario, "open_variation"), (7, 22), "Segretario: apre una variazione", &reason)?;
        if !opened {
            self.on(6, 24);
            self.follow()?;
            let document = self.document()?;
            for (objective, changed) in self.changes(&document) {
                let path = self.at(&format!("/objectives/{}", objective.id.0));
                let known = self.cast.read(&path)?;
                let tag = known.header("ETag").unwrap_or("*").to_owned();
                self.cast.put(Role::Segretario, &path, Some(&tag), &changed)?;
                let title: String = objective.facts.title.as_str().chars().take(60).collect();
                self.cast.made("Segretario: varia un obiettivo", &title);
            }
        }
        let act = self.act("giunta_resolution", "DIMOSTRATIVA-2", (7, 31));
        self.step((Role::Giunta, "approve_variation"), (7, 31), "Giunta: approva la variazione", &act)
    }

    /// What is changed: weight from one objective to another of the same structure, so that weights close as before; a class,
    /// where the plan weighs by classes; a term, where it does not weigh at all.
    fn changes<'d>(&self, document: &'d PlanDocument) -> Vec<(&'d Objective, Value)> {
        let mut others = document.objectives.iter().filter(|one| !is_within(one, self.of_head()));
        let Some(first) = others.clone().find(|one| one.facts.assignments.len() == 1) else {
            return Vec::new();
        };
        match weight(first) {
            Some((_, Weight::Class { class })) => {
                let scale = &document.plan.facts.scale;
                let another = scale.iter().find(|one| one.code != *class).map(|one| one.code.as_str());
                let weight = json!({"value": {"type": "class", "class": another}});
                vec![(first, weighed(first, &weight))]
            }
            Some((unit, Weight::Percent { percent })) => {
                let more =
                    |one: &&Objective| one.id != first.id && weight(one).is_some_and(|(of, _)| of == unit);
                let Some(second) = others.find(more) else { return Vec::new() };
                let Some((_, Weight::Percent { percent: other })) = weight(second) else { return Vec::new() };
                let moved = rust_decimal::Decimal::from(MOVED).min(other.number());
                let (more, less) =
                    (percent.number().saturating_add(moved), other.number().saturating_sub(moved));
                let weight = |figure: rust_decimal::Decimal| json!({"value": {"type": "percent", "percent": figure.normalize().to_string()}});
                vec![(first, weighed(first, &weight(more))), (second, weighed(second, &weight(less)))]
            }
            Some((_, Weight::Unclear)) | None => {
                let deadline = json!({"value": {"type": "date", "day": format!("{}-12-15", self.number)}});
                vec![(first, with(&json!(first), "deadline", deadline))]
            }
        }
    }
}

/// The structure an objective is assigned to, and what it weighs there.
fn weight(objective: &Objective) -> Option<(UnitId, &Weight)> {
    let [assignment] = objective.facts.assignments.as_slice() else { return None };
    Some((assignment.facts.unit, &assignment.facts.weight.as_ref()?.value))
}

/// An objective with another weight in its one structure.
fn weighed(objective: &Objective, weight: &Value) -> Value {
    let mut written = json!(objective);
    if let Some(assignment) = written.pointer_mut("/assignments/0") {
        *assignment = with(assignment, "weight", weight.clone());
    }
    written
}

fn with(object: &Value, name: &str, value: Value) -> Value {
    let mut whole = object.clone();
    if let Some(whole) = whole.as_object_mut() {
        whole.insert(name.to_owned(), value);
    }
    whole
}
