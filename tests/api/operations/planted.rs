//! One of everything in a comune, each with a text that no other comune's data hold.

use std::time::Duration;

use serde_json::{Value, json};

use super::Names;
use super::collected::{bill, file, measurement, round};
use super::registered::facts;
use crate::world::{World, until};

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
    let (following, bound) = following(world, comune);
    let id = |pointer: &str| document.pointer(pointer).and_then(Value::as_str).unwrap().to_owned();
    let plan = plan_id(&document);
    delays(world, comune, &plan);
    shared(world, comune, &running);
    let key = facts(world, comune, &unit, &year_of(comune));
    let invoice = bill(world, comune, &unit);
    Names {
        comune: comune.to_owned(),
        loose_unit: add("segretario", "/units", &loose_unit),
        unit,
        member: add("amministratore", "/members", &member),
        credential: add("amministratore", &format!("/members/{client}/secrets"), &json!({})),
        client,
        blank: add("segretario", "/plans", &blank),
        following,
        bound,
        ready: plan_id(&draft(world, comune, &format!("{canary}.pronto"), 2033)),
        sealed: plan_id(&approved(world, comune, &format!("{canary}.approvato"), 2034)),
        round: add("segretario", &format!("/plans/{plan}/rounds"), &round(&canary)),
        measurement: add("segretario", &format!("/plans/{running}/measurements"), &measurement(&canary)),
        file: file(world, comune, &running),
        running,
        running_assignment,
        plan,
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
        query: kept(world, comune),
        group: group(world, comune),
        key,
        invoice,
    }
}

/// A comparison the comune keeps, and nobody else reads.
fn kept(world: &World, comune: &str) -> String {
    let question =
        json!({"indicators": ["T1.itp"], "years": [2025], "group": "region:03", "figures": "statistics"});
    let body = json!({"name": canary(comune), "question": question});
    let token = world.token(comune, "segretario");
    let made = world.anonymous("POST", "/v1/saved-queries").token(&token).json(&body).send().expect(201);
    made["id"].as_str().unwrap().to_owned()
}

/// A group the comune named, with a version. It is everybody's to see: no canary is in it.
fn group(world: &World, comune: &str) -> String {
    let code = format!("gruppo-{comune}");
    let token = world.token(comune, "segretario");
    let call = |method: &str, path: &str, body: &Value| {
        world.anonymous(method, path).token(&token).json(body).send().expect(201)
    };
    call("PUT", &format!("/v1/groups/{code}"), &json!({"name": "Un gruppo"}));
    let version = json!({"valid_from": "2025-01-01", "members": [comune]});
    call("POST", &format!("/v1/groups/{code}/versions"), &version);
    code
}

/// A year with a rulebook.
fn adopted(world: &World, comune: &str) -> String {
    let year = year_of(comune);
    let path = format!("/rulebooks/{year}/adoptions");
    let body = json!({"shipped": "three_levels"});
    world.call("segretario", "POST", comune, &path).json(&body).send().expect(201);
    year
}

/// A year that is no other comune's.
fn year_of(comune: &str) -> String {
    let year = match comune {
        "L454" => "2041",
        "F471" => "2042",
        _ => "2043",
    };
    year.to_owned()
}

/// Both figures of payment times.
fn delays(world: &World, comune: &str, plan: &str) {
    let canary = canary(comune);
    let certified = json!({"delay_days": "1", "source": canary, "day": "2031-02-10", "act": canary});
    let period = json!({"from": "2030-01-01", "to": "2030-09-30"});
    let forecast = json!({"delay_days": "2", "period": period, "source": canary});
    for (role, figure, body) in [("revisore", "certified", certified), ("ragioneria", "forecast", forecast)] {
        let path = format!("/plans/{plan}/payment-time/{figure}");
        world.call(role, "PUT", comune, &path).json(&body).send().expect(201);
    }
}

/// What is published of a plan in its year, to whom it is shown, and that it was fed.
fn shared(world: &World, comune: &str, plan: &str) {
    let consent = json!({"audience": "region", "mode": "anonymous", "note": canary(comune)});
    let published = format!("/plans/{plan}/publications");
    for (path, body) in [(published.as_str(), json!({})), ("/consents", consent)] {
        world.call("segretario", "POST", comune, path).json(&body).send().expect(201);
    }
    let fed = format!("/plans/{plan}/feeds");
    world.call("segretario", "POST", comune, &fed).json(&json!({})).send().expect(200);
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

/// A draft whose objective follows a template, and that objective.
fn following(world: &World, comune: &str) -> (String, String) {
    let document = draft(world, comune, &format!("{}.segue", canary(comune)), 2039);
    let plan = plan_id(&document);
    let objective = document["objectives"][0]["id"].as_str().unwrap().to_owned();
    let path = format!("/plans/{plan}/adoptions/{objective}");
    let binding = world.call("segretario", "PUT", comune, &path).json(&json!({"template": "T1"}));
    binding.if_match("*").send().expect(200);
    (plan, objective)
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
