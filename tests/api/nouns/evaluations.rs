//! Evaluations, over HTTP: what the evaluation body opens, asks and decides, what it is answered, and what stands beside what was
//! computed.

mod certifications;
mod duties;
mod judgements;

use serde_json::{Value, json};

use super::drafts::{Draft, TO_ITS_YEAR, percent, said};
use super::with;
use crate::world::Reply;

/// A number to be reached by an indicator.
fn at_least(figure: &str) -> Value {
    json!({"value": {"type": "bound", "comparison": "at_least", "figure": figure, "measure": "number"}})
}

/// A plan in its year, whose first objective is in two structures and whose others are in one.
fn in_its_year() -> Draft {
    in_its_year_by(None)
}

/// The same, scored by a rulebook of the comune's own.
fn in_its_year_by(rulebook: Option<&Value>) -> Draft {
    let draft = Draft::new();
    draft.world.move_to("2025-02-10");
    if let Some(rulebook) = rulebook {
        draft.world.call("segretario", "PUT", "L454", "/rulebooks/2025").json(rulebook).send().expect(201);
    }
    draft.add(&json!({
        "external_id": "OB1", "code": "1", "title": "Ridurre le attese",
        "assignments": [
            {"external_id": "A1", "unit_code": "AREA-1.2", "weight": percent("60")},
            {"external_id": "A2", "unit_code": "AREA-2", "weight": percent("100")}
        ],
        "indicators": [{"external_id": "I1", "name": "Pratiche evase", "target": at_least("100")}]
    }));
    draft.add(&json!({
        "external_id": "OB2", "title": "Aggiornare il regolamento",
        "assignments": [{"external_id": "A3", "unit_code": "AREA-1.1", "weight": percent("40")}],
        "indicators": [{"external_id": "I1", "name": "Regolamento", "target": {"value": {"type": "done"}}}]
    }));
    draft.walk(&TO_ITS_YEAR);
    draft.world.move_to("2025-12-20");
    draft
}

/// Three levels, as the program brings them.
fn three_levels() -> Value {
    let rulebook = traguardo_domain::rulebook::shipped(traguardo_domain::rulebook::Shipped::ThreeLevels);
    serde_json::to_value(rulebook.unwrap()).unwrap()
}

/// A number recorded of the first objective, in one structure or in both.
fn measure(draft: &Draft, role: &str, assignment: Option<&str>, figure: &str) -> Value {
    let mut value = json!({
        "subject": "ext:OB1/indicators/ext:I1", "period": {"from": "2025-01-01", "to": "2025-12-15"},
        "value": {"type": "number", "figure": figure}, "standing": "final"
    });
    if let Some(assignment) = assignment {
        value["assignment"] = json!(assignment);
    }
    draft.call(role, "POST", "/measurements").json(&value).send().expect(201)
}

fn step(draft: &Draft, role: &str, assignment: &str, body: &Value) -> Reply {
    draft.call(role, "POST", &format!("/evaluations/ext:{assignment}/steps")).json(body).send()
}

fn answer(draft: &Draft, role: &str, assignment: &str, body: &Value) -> Reply {
    draft.call(role, "POST", &format!("/evaluations/ext:{assignment}/answers")).json(body).send()
}

fn open(draft: &Draft, assignment: &str) {
    step(draft, "nucleo", assignment, &json!({"type": "open"})).expect(201);
}

fn decide(draft: &Draft, assignment: &str, judgement: &Value) -> Reply {
    step(draft, "nucleo", assignment, &json!({"type": "decide", "judgement": judgement}))
}

fn read(draft: &Draft, assignment: &str) -> Value {
    draft.get(&format!("/evaluations/ext:{assignment}")).expect(200)
}

fn shown(outcome: &Value) -> &str {
    outcome["percent"]["shown"].as_str().unwrap_or_else(|| panic!("{outcome}"))
}

/// Where every assignment stands, in the order of the plan.
fn states(draft: &Draft, query: &str) -> Vec<String> {
    let list = draft.get(&format!("/evaluations{query}")).expect(200);
    super::column(list["items"].as_array().unwrap(), "state")
}

#[test]
fn every_assignment_is_listed_though_nobody_opened_it() {
    let draft = in_its_year();
    measure(&draft, "segretario", None, "80");
    let list = draft.get("/evaluations").expect(200);
    let objective = draft.get("/objectives/ext:OB1").expect(200);
    let first = &list["items"][0];
    assert_eq!(first["assignment"], objective["assignments"][0]["id"]);
    assert_eq!(first["objective"], json!({"id": objective["id"], "code": "1", "title": "Ridurre le attese"}));
    assert_eq!(first["unit"]["code"], "AREA-1.2");
    assert_eq!((&first["state"], first.get("decision")), (&json!("unopened"), None));
    assert_eq!(first["computed"], json!({"percent": {"percent": "80", "shown": "80.00"}}));
    assert_eq!(first["outcome"], first["computed"]);
    assert_eq!(list["items"][2]["computed"], json!({"why": "not_due"}));
    assert_eq!(states(&draft, ""), ["unopened"; 3]);
    let (walked, pages) = super::walk(
        &draft.world,
        &draft.world.token("L454", "lettore"),
        "/v1/comuni/L454/plans/ext:demo:plan-2025/evaluations?limit=1",
    );
    assert_eq!((json!(walked), pages), (list["items"].clone(), 3));
}

#[test]
fn evaluations_are_listed_by_state_and_by_structure() {
    let draft = in_its_year();
    open(&draft, "A1");
    assert_eq!(states(&draft, "?state=open"), ["open"]);
    assert_eq!(states(&draft, "?state=unopened"), ["unopened", "unopened"]);
    let unit = |code: &str| {
        let units = draft.world.call("lettore", "GET", "L454", "/units").send().expect(200);
        let found = units["items"].as_array().unwrap().iter().find(|unit| unit["code"] == code).cloned();
        found.unwrap()["id"].as_str().unwrap().to_owned()
    };
    assert_eq!(
        states(&draft, &format!("?unit={}", unit("AREA-1"))),
        ["open", "unopened"],
        "and those below it"
    );
    assert_eq!(states(&draft, &format!("?unit={}&state=unopened", unit("AREA-1.1"))), ["unopened"]);
    assert_eq!(draft.get("/evaluations?state=closed").refused(400), "invalid-parameter");
}

#[test]
fn an_evaluation_goes_from_the_opening_to_the_decision_and_back() {
    let draft = in_its_year();
    measure(&draft, "segretario", None, "80");
    let decide =
        || json!({"type": "decide", "judgement": {"type": "certified"}, "note": "Visto il registro"});
    assert_eq!(step(&draft, "nucleo", "A1", &decide()).refused(409), "evaluation-refused");
    let opened = step(&draft, "nucleo", "A1", &json!({"type": "open"}));
    let location = opened.header("Location").unwrap().to_owned();
    assert!(location.ends_with("/evaluations/ext:A1"), "{location}");
    assert_eq!(opened.expect(201)["state"], "open");
    assert_eq!(step(&draft, "nucleo", "A1", &json!({"type": "open"})).refused(409), "evaluation-refused");
    let asked = step(&draft, "nucleo", "A1", &json!({"type": "ask_evidence", "words": "Il registro"}));
    assert_eq!(asked.expect(201)["state"], "waiting");
    let evidence = json!([{"title": "Registro", "link": "https://protocollo.example/r"}]);
    let said = json!({"words": "Eccolo", "evidence": evidence});
    assert_eq!(answer(&draft, "responsabile", "A1", &said).expect(201)["state"], "answered");
    let decided = step(&draft, "nucleo", "A1", &decide()).expect(201);
    assert_eq!((&decided["state"], &decided["decision"]), (&json!("decided"), &json!({"type": "certified"})));
    assert_eq!(shown(&decided["outcome"]), "80.00");
    let late = step(&draft, "nucleo", "A1", &json!({"type": "ask_evidence", "words": "Altro"}));
    assert_eq!(late.refused(409), "evaluation-refused");
    let again = step(&draft, "nucleo", "A1", &json!({"type": "reopen", "reason": "Errore materiale"}));
    let again = again.expect(201);
    assert_eq!((&again["state"], again.get("decision")), (&json!("open"), None));
    assert_eq!(again, read(&draft, "A1"));
    let steps = again["steps"].as_array().unwrap();
    assert_eq!(super::column(steps, "type"), ["open", "ask_evidence", "answer", "decide", "reopen"]);
    assert_eq!(steps[2]["answer"], said);
    assert_eq!(steps[2]["by"], json!(draft.world.member("L454", "responsabile").id.0));
    assert_eq!(steps[3]["move"], decide(), "nothing is written over");
    assert_eq!(states(&draft, ""), ["open", "unopened", "unopened"]);
}

#[test]
fn a_retried_step_is_made_once() {
    let draft = in_its_year();
    let take = || {
        let call = draft.call("nucleo", "POST", "/evaluations/ext:A1/steps").key("passo-1");
        call.json(&json!({"type": "open"})).send().expect(201)
    };
    assert_eq!(take(), take());
    assert_eq!(read(&draft, "A1")["steps"].as_array().unwrap().len(), 1);
}

#[test]
fn nothing_is_judged_of_a_plan_that_is_not_followed() {
    let draft = Draft::new();
    let objective = draft.add_to("AREA-2", "OB1");
    let id = objective["assignments"][0]["id"].as_str().unwrap().to_owned();
    let list = draft.get("/evaluations").expect(200);
    assert_eq!(list["items"][0]["state"], "unopened", "a draft is listed as it is");
    let take = |path: &str, body: &Value| draft.call("nucleo", "POST", path).json(body).send();
    let opening = take(&format!("/evaluations/{id}/steps"), &json!({"type": "open"}));
    assert_eq!(opening.refused(409), "nothing-collected");
    let all = take("/certifications", &json!({"all_open": true}));
    assert_eq!(all.refused(409), "nothing-collected");
    let nothing = take(&format!("/evaluations/{}/steps", super::NOBODY), &json!({"type": "open"}));
    assert_eq!(nothing.refused(404), "not-found");
}

#[test]
fn once_the_results_are_certified_they_are_read_as_they_were_and_nothing_is_decided() {
    let draft = in_its_year_by(Some(&three_levels()));
    measure(&draft, "segretario", None, "80");
    draft.world.move_to("2026-01-20");
    draft.step("segretario", &said("open_reporting")).expect(200);
    let all = json!({"all_open": true});
    let certified = draft.call("nucleo", "POST", "/certifications").json(&all).send().expect(200);
    assert_eq!(certified["certified"], 3);
    assert_eq!(read(&draft, "A1")["rulebook"], json!({"year": 2025, "edition": 1}));
    let before = read(&draft, "A1");
    draft.step("nucleo", &said("certify")).expect(200);
    draft.world.move_to("2026-06-01");
    assert_eq!(read(&draft, "A1"), before);
    let again = step(&draft, "nucleo", "A1", &json!({"type": "reopen", "reason": "Ripensamento"}));
    assert_eq!(again.refused(409), "nothing-collected");
}
