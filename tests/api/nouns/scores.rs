//! Scores over HTTP: every worked example of the rules of measuring, what a score is made of, and how it is checked.

mod checked;
mod explained;
mod formulas;
mod judged;
mod supposed;
mod weighed;

use serde_json::{Value, json};
use traguardo_domain::access::{Action, Operator};
use traguardo_domain::audit::Occasion;
use traguardo_domain::comune::ComuneCode;
use traguardo_domain::evaluation::Evaluation;
use traguardo_domain::plan::PlanId;
use traguardo_persistence::{TenantTx, evaluations};
use traguardo_server::commands::new_id;

use super::drafts::{Draft, TO_ITS_YEAR, percent};

/// A plan whose year is over, with values of it.
struct Scored {
    draft: Draft,
}

/// An objective of one structure with one indicator.
fn objective(key: &str, weight: &str, indicator: &Value) -> Value {
    let mut whole = json!({"external_id": "I", "name": format!("Indicatore di {key}")});
    whole.as_object_mut().unwrap().extend(indicator.as_object().unwrap().clone());
    json!({
        "external_id": key, "code": key, "title": format!("Obiettivo {key}"),
        "assignments": [{"external_id": "A", "unit_code": "AREA-2", "weight": percent(weight)}], "indicators": [whole],
    })
}

/// A target that more is better than.
fn at_least(figure: &str) -> Value {
    json!({"value": {"type": "bound", "comparison": "at_least", "figure": figure, "measure": "percent"}})
}

fn number(figure: &str) -> Value {
    json!({"type": "number", "figure": figure})
}

impl Scored {
    /// A plan of these objectives, approved, its year over.
    fn new(objectives: &[Value]) -> Self {
        Self::by(None, objectives)
    }

    /// The same by a rulebook of the comune's.
    fn by(rulebook: Option<&Value>, objectives: &[Value]) -> Self {
        let draft = Draft::new();
        draft.world.move_to("2025-01-20");
        if let Some(rulebook) = rulebook {
            draft
                .world
                .call("segretario", "PUT", "L454", "/rulebooks/2025")
                .json(rulebook)
                .send()
                .expect(201);
        }
        for objective in objectives {
            draft.add(objective);
        }
        draft.walk(&TO_ITS_YEAR);
        draft.world.move_to("2026-01-15");
        Self { draft }
    }

    /// Objectives of these weights whose indicators, which want a hundred, have these values.
    fn with(parts: &[(&str, Option<&str>)]) -> Self {
        let indicator = json!({"formula": "higher", "target": at_least("100")});
        let key = |place: usize| format!("OB{}", place + 1);
        let objectives: Vec<Value> = parts
            .iter()
            .enumerate()
            .map(|(place, (weight, _))| objective(&key(place), weight, &indicator))
            .collect();
        let scored = Self::new(&objectives);
        for (place, (_, value)) in parts.iter().enumerate() {
            if let Some(figure) = value {
                scored.measure(&key(place), &number(figure));
            }
        }
        scored
    }

    /// A value of the only indicator of an objective.
    #[track_caller]
    fn measure(&self, key: &str, value: &Value) {
        self.record(&format!("ext:{key}/indicators/ext:I"), value);
    }

    #[track_caller]
    fn record(&self, subject: &str, value: &Value) {
        let measurement = json!({
            "subject": subject, "period": {"from": "2025-01-01", "to": "2025-12-31"}, "value": value, "standing": "final"
        });
        self.draft.post("/measurements", &measurement).expect(201);
    }

    /// The scores, with this query.
    #[track_caller]
    fn scores(&self, query: &str) -> Value {
        self.draft.get(&format!("/scores{query}")).expect(200)
    }

    /// The score of an objective, by its key.
    #[track_caller]
    fn assignment(&self, key: &str) -> Value {
        one(&self.scores(""), key)
    }

    /// What was decided of an objective.
    fn judge(&self, key: &str, judgement: &Value) {
        let step = json!({
            "id": new_id(), "move": {"type": "decide", "judgement": judgement}, "at": "2026-02-10T09:00:00Z", "by": new_id(),
        });
        let assignment = self.assignment(key)["id"].clone();
        let written = |steps: Value| -> Evaluation {
            serde_json::from_value(json!({"assignment": assignment, "steps": steps})).unwrap()
        };
        let plan = PlanId(self.draft.get("").expect(200)["id"].as_str().unwrap().parse().unwrap());
        let occasion =
            Occasion { at: "2026-02-10T09:00:00Z".parse().unwrap(), request_id: "test".to_owned() };
        let grant = Operator.act(Action::Evaluate, ComuneCode::parse("L454").unwrap());
        let work =
            |tx: &mut TenantTx<'_>| evaluations::add(tx, plan, &written(json!([])), &written(json!([step])));
        self.draft.world.database.tenant(&grant, occasion, work).unwrap();
        self.draft.world.move_to("2026-02-15");
    }
}

/// The score of an objective in a list, by its code.
#[track_caller]
fn one(scores: &Value, key: &str) -> Value {
    let found = scores["assignments"].as_array().unwrap().iter().find(|one| one["code"] == key);
    found.unwrap_or_else(|| panic!("{key} is not in {scores}")).clone()
}

/// What an outcome shows: a percentage, or why there is none.
fn shown(outcome: &Value) -> String {
    match (&outcome["shown"], &outcome["why"], &outcome["because"]) {
        (Value::String(shown), ..) => shown.clone(),
        (_, Value::String(why), Value::String(because)) => format!("{why}: {because}"),
        (_, why, _) => why.as_str().unwrap().to_owned(),
    }
}

/// A shipped rulebook with one member changed.
fn rulebook(world: &crate::world::World, pointer: &str, to: Value) -> Value {
    let shipped = world.anonymous("GET", "/v1/rulebooks").send().expect(200);
    let mut content = shipped["items"][0]["content"].clone();
    let (above, name) = pointer.rsplit_once('/').unwrap();
    content.pointer_mut(above).unwrap()[name] = to;
    content
}
