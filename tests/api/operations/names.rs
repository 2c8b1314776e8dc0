//! What the paths are filled with: one of everything in a comune, each with a text that no other comune's data hold.

use std::time::Duration;

use serde_json::{Value, json};
use uuid::Uuid;

use crate::world::{World, until};

/// The names a path is filled with.
#[derive(Debug, Clone)]
pub(crate) struct Names {
    pub(crate) comune: String,
    pub(crate) unit: String,
    /// A unit that nothing is in, to be removed.
    pub(crate) loose_unit: String,
    pub(crate) member: String,
    pub(crate) client: String,
    pub(crate) credential: String,
    /// A draft with one of everything.
    pub(crate) plan: String,
    /// A draft with nothing in it, to be written whole and removed.
    pub(crate) blank: String,
    /// A draft that can be proposed.
    pub(crate) ready: String,
    /// An approved plan.
    pub(crate) sealed: String,
    /// A plan in its year, with an evaluation that is open.
    pub(crate) running: String,
    /// The assignment it is of.
    pub(crate) running_assignment: String,
    pub(crate) section: String,
    pub(crate) objective: String,
    pub(crate) assignment: String,
    pub(crate) phase: String,
    /// An indicator of the objective.
    pub(crate) indicator: String,
    /// An indicator of the phase.
    pub(crate) phase_indicator: String,
    /// An import that was read.
    pub(crate) import: String,
    /// A profile of the comune's own.
    pub(crate) profile: String,
    /// A sheet of the segretario's, of the responsabile.
    pub(crate) sheet: String,
    /// A year with a rulebook, which no other comune has one for.
    pub(crate) year: String,
}

impl Names {
    /// Names of nothing.
    pub(crate) fn of_nothing(comune: &str) -> Self {
        let id = || Uuid::from_u128(0x0193_a5c0_0000_7000_8000_0000_0000_ffff).to_string();
        Self {
            comune: comune.to_owned(),
            unit: id(),
            loose_unit: id(),
            member: id(),
            client: id(),
            credential: id(),
            plan: id(),
            blank: id(),
            ready: id(),
            sealed: id(),
            running: id(),
            running_assignment: id(),
            section: id(),
            objective: id(),
            assignment: id(),
            phase: id(),
            indicator: id(),
            phase_indicator: id(),
            import: id(),
            profile: "inesistente".to_owned(),
            sheet: id(),
            year: "2099".to_owned(),
        }
    }

    /// A path of the document, with these names in it.
    pub(crate) fn fill(&self, path: &str) -> String {
        let named = |segment: &str| match segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
            Some(parameter) => self.named(parameter, path).to_owned(),
            None => segment.to_owned(),
        };
        path.split('/').map(named).collect::<Vec<_>>().join("/")
    }

    fn named(&self, parameter: &str, path: &str) -> &str {
        let below = |part: &str| path.contains(part);
        match parameter {
            "comune" => &self.comune,
            "unit" => &self.unit,
            "member" if below("/secrets") => &self.client,
            "member" => &self.member,
            "credential" => &self.credential,
            "plan" if below("/versions") => &self.sealed,
            "plan" if below("/evaluations") => &self.running,
            "assignment" if below("/evaluations") => &self.running_assignment,
            "plan" => &self.plan,
            "section" => &self.section,
            "objective" => &self.objective,
            "assignment" => &self.assignment,
            "phase" => &self.phase,
            "indicator" if below("/phases") => &self.phase_indicator,
            "indicator" => &self.indicator,
            "import" => &self.import,
            "profile" => &self.profile,
            "sheet" => &self.sheet,
            "year" => &self.year,
            "number" => "1",
            "other" => "current",
            "list" => "missions_and_programmes",
            _ => panic!("{path}: {parameter} is a parameter without a name"),
        }
    }

    /// The same things, looked for in another comune.
    pub(crate) fn sought_in(&self, comune: &str) -> Self {
        Self { comune: comune.to_owned(), ..self.clone() }
    }

    /// The same things but those a segment of a path may stand for, which are another's.
    pub(crate) fn with_anothers(&self, segment: &str, other: &Self) -> Self {
        let (mine, other) = (self.clone(), other.clone());
        match segment {
            "unit" => Self { unit: other.unit, loose_unit: other.loose_unit, ..mine },
            "member" => Self { member: other.member, client: other.client, ..mine },
            "credential" => Self { credential: other.credential, ..mine },
            "plan" => {
                let Self { plan, blank, ready, sealed, running, .. } = other;
                Self { plan, blank, ready, sealed, running, ..mine }
            }
            "section" => Self { section: other.section, ..mine },
            "objective" => Self { objective: other.objective, ..mine },
            "assignment" => {
                let Self { assignment, running_assignment, .. } = other;
                Self { assignment, running_assignment, ..mine }
            }
            "phase" => Self { phase: other.phase, ..mine },
            "indicator" => {
                Self { indicator: other.indicator, phase_indicator: other.phase_indicator, ..mine }
            }
            "import" => Self { import: other.import, ..mine },
            "profile" => Self { profile: other.profile, ..mine },
            "sheet" => Self { sheet: other.sheet, ..mine },
            _ => panic!("{segment}: say which names this segment stands for"),
        }
    }

    /// Every id.
    pub(crate) fn ids(&self) -> [&str; 20] {
        [
            &self.unit,
            &self.loose_unit,
            &self.member,
            &self.client,
            &self.credential,
            &self.plan,
            &self.blank,
            &self.ready,
            &self.sealed,
            &self.running,
            &self.running_assignment,
            &self.section,
            &self.objective,
            &self.assignment,
            &self.phase,
            &self.indicator,
            &self.phase_indicator,
            &self.import,
            &self.profile,
            &self.sheet,
        ]
    }
}

/// A text that only one comune's data hold.
pub(crate) fn canary(comune: &str) -> String {
    format!("canarino-{comune}")
}

/// Puts into a comune one of everything, each with the comune's canary in it.
pub(crate) fn plant(world: &World, comune: &str) -> Names {
    let canary = canary(comune);
    let add = |role: &str, path: &str, body: &Value| {
        let reply = world.call(role, "POST", comune, path).json(body).send();
        reply.expect(201)["id"].as_str().unwrap().to_owned()
    };
    let unit = json!({"external_id": canary, "code": canary, "name": canary, "kind": "office", "valid_from": "2025-01-01"});
    let loose_unit =
        json!({"code": format!("{canary}.1"), "name": canary, "kind": "office", "valid_from": "2025-01-01"});
    let member = json!({"external_id": canary, "kind": "person", "label": canary, "roles": ["lettore"]});
    let client = json!({"kind": "client", "label": canary, "roles": ["integratore"]});
    let blank = json!({"year": 2032, "kind": "standalone", "title": canary});
    let client = add("amministratore", "/members", &client);
    let unit = add("segretario", "/units", &unit);
    let document = draft(world, comune, &canary, 2030);
    let (running, running_assignment) = running(world, comune, &format!("{canary}.in-corso"));
    let id = |pointer: &str| document.pointer(pointer).and_then(Value::as_str).unwrap().to_owned();
    Names {
        comune: comune.to_owned(),
        loose_unit: add("segretario", "/units", &loose_unit),
        unit,
        member: add("amministratore", "/members", &member),
        credential: add("amministratore", &format!("/members/{client}/secrets"), &json!({})),
        client,
        blank: add("segretario", "/plans", &blank),
        ready: plan_id(&draft(world, comune, &format!("{canary}.pronto"), 2033)),
        sealed: plan_id(&approved(world, comune, &format!("{canary}.approvato"), 2034)),
        running,
        running_assignment,
        plan: plan_id(&document),
        section: id("/sections/0/id"),
        objective: id("/objectives/0/id"),
        assignment: id("/objectives/0/assignments/0/id"),
        phase: id("/objectives/0/phases/0/id"),
        indicator: id("/objectives/0/indicators/0/id"),
        phase_indicator: id("/objectives/0/phases/0/indicators/0/id"),
        import: imported(world, comune),
        profile: profile(world, comune),
        sheet: sheet(world, comune),
        year: adopted(world, comune),
    }
}

/// A year with a rulebook.
fn adopted(world: &World, comune: &str) -> String {
    let year = match comune {
        "L454" => "2041",
        "F471" => "2042",
        _ => "2043",
    };
    let path = format!("/rulebooks/{year}/adoptions");
    let body = json!({"shipped": "three_levels"});
    world.call("segretario", "POST", comune, &path).json(&body).send().expect(201);
    year.to_owned()
}

/// A sheet that is ready to be shared.
fn sheet(world: &World, comune: &str) -> String {
    let canary = canary(comune);
    let body = json!({
        "plan": format!("ext:{canary}.approvato"), "person": "ext:demo:responsabile",
        "content": {"category": "manager", "scheme": {"name": canary}, "components": [
            {"code": "STR", "kind": "unit", "title": canary, "weight": "100", "points": "90"},
        ]},
    });
    let reply = world.call("segretario", "POST", comune, "/sheets").json(&body).send();
    reply.expect(201)["id"].as_str().unwrap().to_owned()
}

/// A file that was sent and read.
fn imported(world: &World, comune: &str) -> String {
    let canary = canary(comune);
    let document = json!({
        "format": "traguardo.plan.v1", "comune": comune,
        "plan": {"year": 2036, "kind": "standalone", "title": canary},
        "objectives": [{"external_id": "OB1", "title": canary}],
    });
    let path = format!("/imports?year=2036&kind=standalone&file_name={canary}.json");
    let sent = world.call("segretario", "POST", comune, &path).json(&document).send().expect(202);
    let id = sent["id"].as_str().unwrap().to_owned();
    let read = || world.call("segretario", "GET", comune, &format!("/imports/{id}")).send().expect(200);
    let ended = until(Duration::from_secs(20), || read()["state"] == "ready");
    assert!(ended, "{}", read());
    id
}

/// A profile of the comune's own.
fn profile(world: &World, comune: &str) -> String {
    let name = canary(comune).to_lowercase().replace('-', "_");
    let body = json!({"name": name, "title": canary(comune), "layout": "table"});
    world
        .call("segretario", "PUT", comune, &format!("/import-profiles/{name}"))
        .json(&body)
        .send()
        .expect(201);
    name
}

fn plan_id(document: &Value) -> String {
    document["plan"]["id"].as_str().unwrap().to_owned()
}

/// A draft with one of everything in it, under an external id of its own; the whole document of it.
fn draft(world: &World, comune: &str, key: &str, year: i32) -> Value {
    let canary = canary(comune);
    let indicator = |name: &str| json!({"external_id": name, "name": canary, "target": {"words": "100%"}});
    let plan = json!({
        "format": "traguardo.plan.v1",
        "comune": comune,
        "plan": {"external_id": key, "year": year, "kind": "peg_pdo", "title": canary},
        "sections": [{"external_id": "S1", "kind": "mandate", "title": canary, "body": canary}],
        "objectives": [{
            "external_id": "OB1",
            "title": canary,
            "assignments": [{"external_id": "A1", "unit_code": canary, "weight": {"words": "20%"}}],
            "phases": [{"external_id": "F1", "title": canary, "indicators": [indicator("I2")]}],
            "indicators": [indicator("I1")],
        }],
    });
    let path = format!("/plans/ext:{key}/document");
    world.call("segretario", "PUT", comune, &path).json(&plan).send().expect(201)
}

/// A plan that went through the cycle as far as its approval; the whole document of it.
fn approved(world: &World, comune: &str, key: &str, year: i32) -> Value {
    let document = draft(world, comune, key, year);
    let act = json!({"kind": "giunta_resolution", "number": canary(comune), "date": "2030-01-31"});
    for step in [
        json!({"transition": "propose"}),
        json!({"transition": "open_review"}),
        json!({"transition": "approve", "act": act}),
    ] {
        transition(world, comune, &plan_id(&document), &step);
    }
    document
}

/// A plan in its year and an assignment of it, whose evaluation is open.
fn running(world: &World, comune: &str, key: &str) -> (String, String) {
    let document = approved(world, comune, key, 2037);
    let plan = plan_id(&document);
    for step in ["publish", "start"] {
        transition(world, comune, &plan, &json!({"transition": step}));
    }
    let assignment = document["objectives"][0]["assignments"][0]["id"].as_str().unwrap().to_owned();
    let path = format!("/plans/{plan}/evaluations/{assignment}/steps");
    world.call("nucleo", "POST", comune, &path).json(&json!({"type": "open"})).send().expect(201);
    (plan, assignment)
}

fn transition(world: &World, comune: &str, plan: &str, step: &Value) {
    let path = format!("/plans/{plan}/transitions");
    world.call("segretario", "POST", comune, &path).json(step).send().expect(200);
}
