//! A plan being written: what the tests of its contents begin with.

use serde_json::{Value, json};

use crate::world::{Reply, Request, World};

/// The plan every test of Truccazzano writes into, still empty.
pub(super) const PLAN: &str = "/plans/ext:demo:plan-2025";

/// A service with a plan in draft, spoken to as the segretario unless another role is named.
pub(super) struct Draft {
    pub(super) world: World,
    comune: &'static str,
    plan: String,
}

impl Draft {
    /// Truccazzano's.
    pub(super) fn new() -> Self {
        Self::of(World::new(), "L454", PLAN)
    }

    /// A plan of a comune, by its path.
    pub(super) fn of(world: World, comune: &'static str, plan: &str) -> Self {
        Self { world, comune, plan: plan.to_owned() }
    }

    /// A request of this role below the plan.
    pub(super) fn call(&self, role: &str, method: &str, path: &str) -> Request {
        self.world.call(role, method, self.comune, &format!("{}{path}", self.plan))
    }

    pub(super) fn get(&self, path: &str) -> Reply {
        self.call("lettore", "GET", path).send()
    }

    pub(super) fn post(&self, path: &str, body: &Value) -> Reply {
        self.call("segretario", "POST", path).json(body).send()
    }

    /// A PUT that says nothing of what it knows.
    pub(super) fn put(&self, path: &str, body: &Value) -> Reply {
        self.call("segretario", "PUT", path).json(body).send()
    }

    pub(super) fn put_at(&self, path: &str, etag: &str, body: &Value) -> Reply {
        self.call("segretario", "PUT", path).json(body).if_match(etag).send()
    }

    pub(super) fn delete(&self, path: &str) -> Reply {
        self.call("segretario", "DELETE", path).if_match("*").send()
    }

    /// An objective added; what the service made of it.
    #[track_caller]
    pub(super) fn add(&self, objective: &Value) -> Value {
        self.post("/objectives", objective).expect(201)
    }

    /// An objective assigned to the unit with this code.
    #[track_caller]
    pub(super) fn add_to(&self, unit: &str, key: &str) -> Value {
        self.add(
            &json!({"external_id": key, "title": format!("Obiettivo {key}"), "assignments": [{"unit_code": unit}]}),
        )
    }

    /// The plan's document and its tag.
    #[track_caller]
    pub(super) fn document(&self) -> (Value, String) {
        let reply = self.get("/document");
        (reply.expect(200), reply.etag().to_owned())
    }

    /// A transition made by this role.
    pub(super) fn step(&self, role: &str, body: &Value) -> Reply {
        self.call(role, "POST", "/transitions").json(body).send()
    }

    /// The plan led along these transitions, with an act and a reason wherever they are due.
    #[track_caller]
    pub(super) fn walk(&self, transitions: &[&str]) {
        for transition in transitions {
            self.step("segretario", &said(transition)).expect(200);
        }
    }
}

/// A transition with everything it may need.
pub(super) fn said(transition: &str) -> Value {
    let mut body = json!({"transition": transition});
    if transition.starts_with("approve") {
        body["act"] = json!({"kind": "giunta_resolution", "number": "12", "date": "2025-01-31"});
    }
    if matches!(transition, "send_back" | "open_variation") {
        body["reason"] = json!("Il finanziamento non è arrivato");
    }
    body
}

/// The way from draft to sealed, and on into the year.
pub(super) const TO_APPROVED: [&str; 3] = ["propose", "open_review", "approve"];
/// The way from draft into the year.
pub(super) const TO_ITS_YEAR: [&str; 5] = ["propose", "open_review", "approve", "publish", "start"];

/// A deadline on a day, said as a value.
pub(super) fn on(day: &str) -> Value {
    json!({"value": {"type": "date", "day": day}})
}

/// A weight in percent, said as a value.
pub(super) fn percent(figure: &str) -> Value {
    json!({"value": {"type": "percent", "percent": figure}})
}

/// A target nobody can misread.
pub(super) fn at_most(figure: &str, measure: &str) -> Value {
    json!({"value": {"type": "bound", "comparison": "at_most", "figure": figure, "measure": measure}})
}

/// An objective that uses every member there is.
pub(super) fn whole() -> Value {
    let mut objective = json!({
        "external_id": "PAGAMENTI", "code": "4/SF", "title": "Rispettare i tempi di pagamento",
        "kinds": ["transversal", "by_law"], "description": "Le fatture si pagano in tempo.",
        "purpose": "Ridurre il debito commerciale", "stakeholders": "Fornitori",
        "expected_impact": "Imprese pagate prima", "expected_result": "Nessun ritardo",
        "deadline": on("2025-12-31"), "programmes": [{"code": "01.03", "label": "Gestione economica"}],
        "dup_objective": "Pagare in tempo", "strategic_line": "Bilancio sano", "cup": ["J11B21000240001"],
        "laws": ["D.L. 13/2023, art. 4-bis"], "areas": ["f"], "template": "T1", "notes": "Peso almeno 30%"
    });
    let monthly = json!({"words": "ogni mese", "value": {"type": "recurring", "every": "monthly"}});
    objective["steps"] = json!([{"how": "Verifica mensile delle fatture", "when": monthly}]);
    objective["assignments"] =
        json!([lead(), {"external_id": "A2", "unit": "ext:demo:area-2", "weight": percent("10")}]);
    objective["phases"] = json!([phase()]);
    objective["indicators"] = json!([indicator()]);
    objective
}

fn lead() -> Value {
    json!({
        "external_id": "A1", "unit_code": "AREA-1.2", "weight": percent("30"), "card_weight": percent("30"),
        "summary_title": "Pagamenti", "responsible": "Responsabile finanziario", "delegate": "tutte le EQ", "notes": "Capofila"
    })
}

fn phase() -> Value {
    let target =
        json!({"value": {"type": "bound", "comparison": "at_least", "figure": "95", "measure": "percent"}});
    json!({
        "external_id": "F1", "code": "1.1", "title": "Ricognizione del debito", "weight": percent("40"),
        "deadline": on("2025-03-31"), "expected_result": "Elenco", "notes": "Con la PCC",
        "indicators": [{"external_id": "I0", "name": "Fatture riscontrate", "measure": "percent", "formula": "ratio", "target": target}]
    })
}

fn indicator() -> Value {
    json!({
        "external_id": "IRP", "name": "Indicatore di ritardo annuale", "profile": "timeliness", "family": "output",
        "measure": "days", "direction": "lower", "formula": "threshold", "formula_words": "giorni medi pesati",
        "baseline": {"year": 2024, "figure": "8.81"}, "source": "PCC", "target": at_most("0", "days"),
        "deadline": on("2026-01-31"), "weight": percent("100"), "notes": "Certificato dalla piattaforma"
    })
}
