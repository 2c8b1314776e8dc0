//! Individual evaluations, over HTTP: how they live, whose they are, what they come to.

mod erased;
mod seen;

pub(super) use seen::rows_with;

use chrono::{Days, NaiveDate};
use serde_json::{Value, json};
use traguardo_domain::ComuneCode;
use traguardo_domain::access::Doorkeeper;
use traguardo_domain::audit::Occasion;
use traguardo_domain::text::ExternalId;
use traguardo_persistence::members;
use traguardo_server::commands;

use super::NOBODY;
use super::drafts::{Draft, PLAN, TO_APPROVED};
use crate::world::{Reply, Request, World};

/// A text that stands in sheets alone.
const CANARY: &str = "giudizio-riservato";

/// A service with an approved plan, of which sheets are written.
fn world() -> World {
    let draft = Draft::new();
    draft.add(&json!({"title": "Obiettivo"}));
    draft.walk(&TO_APPROVED);
    draft.world
}

fn content(points: &str) -> Value {
    json!({
        "category": "staff",
        "scheme": {
            "name": CANARY, "scale": {"least": "1", "most": "5", "reading": "from_least"},
            "bands": [
                {"code": "ZERO", "label": "Nessuna", "from": "0", "pays": "0"},
                {"code": "META", "label": "Parziale", "from": "60", "pays": "75"},
                {"code": "PIENA", "label": "Piena", "from": "90", "pays": "100"},
            ],
        },
        "components": [
            {"code": "STR", "kind": "unit", "title": CANARY, "weight": "60", "points": points},
            {"code": "COMP", "kind": "behaviours", "title": "Comportamenti", "weight": "40"},
        ],
        "behaviours": [
            {"code": "B1", "title": CANARY, "weight": "50", "points": "4"},
            {"code": "B2", "title": "Puntualità", "weight": "50", "points": "5"},
        ],
    })
}

fn body(person: &str, points: &str) -> Value {
    json!({"plan": PLAN.trim_start_matches("/plans/"), "person": format!("ext:{person}"), "content": content(points)})
}

/// A sheet of the responsabile's for somebody; its id.
fn written(world: &World, person: &str, points: &str) -> String {
    let sent = world.call("responsabile", "POST", "L454", "/sheets").json(&body(person, points)).send();
    sent.expect(201)["id"].as_str().unwrap().to_owned()
}

fn at(world: &World, role: &str, method: &str, sheet: &str, below: &str) -> Request {
    world.call(role, method, "L454", &format!("/sheets/{sheet}{below}"))
}

fn read(world: &World, role: &str, sheet: &str) -> Reply {
    at(world, role, "GET", sheet, "").send()
}

fn step(world: &World, role: &str, sheet: &str, body: &Value) -> Reply {
    at(world, role, "POST", sheet, "/steps").json(body).send()
}

fn plain(name: &str) -> Value {
    json!({"move": name})
}

fn objection() -> Value {
    json!({"move": "object", "reason": "I comportamenti meritano di più"})
}

/// A person registered for the test, and a token for it.
fn somebody(world: &World, key: &str) -> String {
    let person = json!({"external_id": key, "kind": "person", "label": format!("Persona {key}"), "roles": ["dipendente"]});
    world.call("amministratore", "POST", "L454", "/members").json(&person).send().expect(201);
    let (code, key) = (ComuneCode::parse("L454").unwrap(), ExternalId::parse(key).unwrap());
    let occasion = Occasion { at: commands::now(), request_id: "test".to_owned() };
    let found =
        world.database.tenant(&Doorkeeper.look_up(code), occasion, |tx| members::look_up_external(tx, &key));
    world.token_for("L454", &found.unwrap().unwrap())
}

/// A sheet of somebody that went all the way.
fn finished(world: &World, person: &str, points: &str) -> String {
    let token = somebody(world, person);
    let sheet = written(world, person, points);
    step(world, "responsabile", &sheet, &plain("share")).expect(200);
    let path = format!("/v1/comuni/L454/sheets/{sheet}/steps");
    world.anonymous("POST", &path).token(&token).json(&plain("accept")).send().expect(200);
    step(world, "responsabile", &sheet, &plain("finish")).expect(200);
    sheet
}

#[test]
fn a_sheet_lives_from_draft_to_final() {
    let world = world();
    let sent =
        world.call("responsabile", "POST", "L454", "/sheets").json(&body("demo:dipendente", "80")).send();
    let sheet = sent.expect(201);
    let id = sheet["id"].as_str().unwrap();
    assert_eq!((&sheet["state"], &sheet["year"], sent.etag()), (&json!("draft"), &json!(2025), "\"1\""));
    assert!(sent.header("Location").unwrap().ends_with(&format!("/sheets/{id}")));
    // Behaviours: (3 + 4) / 8 = 87.5%: 48 + 35.
    assert_eq!(sheet["reckoning"]["total"], json!({"percent": "83", "shown": "83.00"}));
    assert_eq!((&sheet["reckoning"]["band"], &sheet["reckoning"]["pays"]), (&json!("META"), &json!("75")));
    assert_eq!(sheet["reckoning"]["lines"][1]["says"], "COMP: 87,50 punti per un peso di 40.");
    assert_eq!(sheet["content"]["scheme"]["objection_days"], 15);
    for role in ["responsabile", "dipendente", "nucleo"] {
        assert_eq!(read(&world, role, id).expect(200), sheet, "{role}");
        let list = world.call(role, "GET", "L454", "/sheets?year=2025&state=draft").send().expect(200);
        assert_eq!(
            (&list["items"][0]["id"], &list["items"][0]["total"]["shown"]),
            (&sheet["id"], &json!("83.00"))
        );
    }
    let put = |role: &str| at(&world, role, "PUT", id, "").json(&content("95"));
    assert_eq!(put("responsabile").send().refused(428), "precondition-required");
    assert_eq!(put("responsabile").if_match("\"7\"").send().refused(412), "stale");
    for other in ["dipendente", "nucleo"] {
        assert_eq!(put(other).if_match("\"1\"").send().refused(409), "sheet-refused", "{other}");
    }
    let changed = put("responsabile").if_match("\"1\"").send();
    assert_eq!((&changed.expect(200)["reckoning"]["band"], changed.etag()), (&json!("PIENA"), "\"2\""));
    assert_eq!(put("responsabile").if_match("\"2\"").send().etag(), "\"2\"", "as it is");
    let shared = step(&world, "responsabile", id, &plain("share")).expect(200);
    assert_eq!((&shared["state"], shared["answer_by"].is_string()), (&json!("shared"), true));
    let twice = at(&world, "responsabile", "PUT", id, "").json(&content("10")).if_match("*").send();
    assert_eq!(twice.refused(409), "sheet-refused");
    assert_eq!(
        step(&world, "responsabile", id, &plain("finish")).refused(409),
        "sheet-refused",
        "the term runs"
    );
    assert_eq!(step(&world, "dipendente", id, &plain("accept")).expect(200)["state"], "accepted");
    let last = step(&world, "nucleo", id, &plain("finish")).expect(200);
    assert_eq!((&last["state"], &last["version"]), (&json!("final"), &json!(5)));
    assert_eq!(
        (&last["payable"], &last["unpayable_because"]),
        (&json!(false), &json!("report_not_validated"))
    );
    let moves: Vec<&Value> = last["steps"].as_array().unwrap().iter().map(|step| &step["move"]).collect();
    assert_eq!(moves, ["share", "accept", "finish"]);
}

#[test]
fn an_objection_is_answered_and_both_points_stay() {
    let world = world();
    let sheet = written(&world, "demo:dipendente", "80");
    step(&world, "responsabile", &sheet, &plain("share")).expect(200);
    let silent = step(&world, "dipendente", &sheet, &plain("object"));
    assert_eq!((silent.refused(422).as_str(), silent.pointers()), ("invalid", vec!["/reason".to_owned()]));
    step(&world, "dipendente", &sheet, &objection()).expect(200);
    let answer = |changes: Value| json!({"move": "answer", "reason": "Accolta in parte", "changes": changes});
    let wrong = step(
        &world,
        "nucleo",
        &sheet,
        &answer(json!([{"code": "B1", "points": "6"}, {"code": "NO", "points": "1"}])),
    );
    assert_eq!(
        (wrong.refused(422).as_str(), wrong.pointers()),
        ("invalid", vec!["/changes/0".to_owned(), "/changes/1".to_owned()])
    );
    let given = step(&world, "nucleo", &sheet, &answer(json!([{"code": "B1", "points": "5"}]))).expect(200);
    assert_eq!(
        (&given["state"], &given["content"]["behaviours"][0]["points"]),
        (&json!("answered"), &json!("4"))
    );
    assert_eq!(given["reckoning"]["total"]["percent"], "88");
    assert_eq!(given["reckoning_as_shared"]["total"]["percent"], "83");
    assert_eq!(step(&world, "dipendente", &sheet, &objection()).refused(409), "sheet-refused", "once");
    let last = step(&world, "responsabile", &sheet, &plain("finish")).expect(200);
    assert_eq!(last["reckoning"]["total"]["percent"], "88");
    assert_eq!(last["steps"][2]["changes"], json!([{"code": "B1", "points": "5"}]));
}

#[test]
fn the_person_answers_within_the_term_and_after_it_the_sheet_lapses() {
    let world = world();
    let (first, second) = (written(&world, "demo:dipendente", "80"), written(&world, "demo:giunta", "80"));
    let shared = step(&world, "responsabile", &first, &plain("share")).expect(200);
    step(&world, "responsabile", &second, &plain("share")).expect(200);
    let until: NaiveDate = shared["answer_by"].as_str().unwrap().parse().unwrap();
    world.move_to(&until.to_string());
    step(&world, "giunta", &second, &objection()).expect(200);
    world.move_to(&until.checked_add_days(Days::new(1)).unwrap().to_string());
    for late in [objection(), plain("accept")] {
        let refused = step(&world, "dipendente", &first, &late);
        assert_eq!(refused.refused(409), "sheet-refused");
        assert!(refused.json()["detail"].as_str().unwrap().contains(&until.to_string()), "{refused}");
    }
    assert_eq!(step(&world, "responsabile", &first, &plain("finish")).expect(200)["state"], "final");
    assert_eq!(
        step(&world, "responsabile", &second, &plain("finish")).refused(409),
        "sheet-refused",
        "an objection waits"
    );
}

#[test]
fn nobody_evaluates_or_decides_on_himself_and_an_employee_evaluates_nobody() {
    let world = world();
    let own =
        world.call("responsabile", "POST", "L454", "/sheets").json(&body("demo:responsabile", "80")).send();
    assert_eq!((own.refused(422).as_str(), own.pointers()), ("invalid", vec!["/person".to_owned()]));
    let employee =
        world.call("dipendente", "POST", "L454", "/sheets").json(&body("demo:segretario", "1")).send();
    assert_eq!(employee.refused(403), "forbidden");
    let again = written(&world, "demo:nucleo", "80");
    let twice = world.call("responsabile", "POST", "L454", "/sheets").json(&body("demo:nucleo", "70")).send();
    assert_eq!((twice.refused(422).as_str(), twice.pointers()), ("invalid", vec!["/person".to_owned()]));
    // The body is the person of this one: it answers as the person and as nobody else.
    assert_eq!(step(&world, "nucleo", &again, &plain("share")).refused(409), "sheet-refused");
    step(&world, "responsabile", &again, &plain("share")).expect(200);
    step(&world, "nucleo", &again, &objection()).expect(200);
    let answer =
        json!({"move": "answer", "reason": "Mi do ragione", "changes": [{"code": "STR", "points": "100"}]});
    for own in [&answer, &plain("finish")] {
        assert_eq!(step(&world, "nucleo", &again, own).refused(409), "sheet-refused");
    }
    step(&world, "responsabile", &again, &answer).expect(200);
}

#[test]
fn what_does_not_hold_together_is_refused_with_every_fault() {
    let world = world();
    let mut sheet = body("nessuno", "80");
    sheet["content"]["unit"] = json!(NOBODY);
    let refused = |sheet: &Value| {
        let reply = world.call("segretario", "POST", "L454", "/sheets").json(sheet).send();
        (reply.refused(422), reply.pointers())
    };
    assert_eq!(refused(&sheet), ("invalid".to_owned(), vec!["/person".to_owned()]));
    sheet["person"] = json!("ext:demo:dipendente");
    assert_eq!(refused(&sheet), ("invalid".to_owned(), vec!["/content/unit".to_owned()]));
    sheet["content"].as_object_mut().unwrap().remove("unit");
    sheet["content"]["components"][0]["weight"] = json!("61");
    sheet["content"]["behaviours"][0]["points"] = json!("9");
    let places = vec!["/content/components".to_owned(), "/content/behaviours/0/points".to_owned()];
    assert_eq!(refused(&sheet), ("invalid".to_owned(), places));
    let program =
        json!({"external_id": "ERP", "kind": "client", "label": "Gestionale", "roles": ["integratore"]});
    world.call("amministratore", "POST", "L454", "/members").json(&program).send().expect(201);
    assert_eq!(refused(&body("ERP", "80")).1, ["/person"], "a program is evaluated by nobody");
    let early = json!({"year": 2031, "kind": "standalone", "title": "Bozza", "external_id": "BOZZA"});
    world.call("segretario", "POST", "L454", "/plans").json(&early).send().expect(201);
    let mut sheet = body("demo:dipendente", "80");
    sheet["plan"] = json!("ext:BOZZA");
    assert_eq!(refused(&sheet).1, ["/plan"], "of a plan nobody approved");
}

#[test]
fn a_managers_sheet_says_when_the_structure_does_not_prevail() {
    let world = world();
    let mut sheet = body("demo:responsabile", "80");
    sheet["content"]["category"] = json!("manager");
    sheet["content"]["components"][0]["weight"] = json!("40");
    sheet["content"]["components"][1]["weight"] = json!("60");
    let told = world.call("segretario", "POST", "L454", "/sheets").json(&sheet).send().expect(201);
    assert_eq!(told["notices"][0]["code"], "unit_not_prevailing");
    assert!(told["notices"][0]["law"].as_str().unwrap().contains("150/2009"));
}
