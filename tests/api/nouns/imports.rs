//! Files on their way to being plans: sent, read after the answer, settled, put into a plan.

mod profiles;
mod received;

use std::time::Duration;

use diesel::prelude::*;
use serde_json::{Value, json};

use super::NOBODY;
use crate::world::{Reply, Request, Wishes, World, until};

const YEAR: &str = "/imports?year=2027&kind=standalone";

/// A plan in its own form, with objectives of these titles.
fn plan(titles: &[&str]) -> Value {
    let objective = |(index, title): (usize, &&str)| {
        json!({
            "external_id": format!("OB{index}"), "code": format!("{index}/X"), "title": title,
            "assignments": [{"external_id": "A1", "unit_code": "NUOVA", "weight": {"words": "20%"}}],
            "phases": [{"external_id": "F1", "title": "Prima fase", "deadline": {"words": "31.12.2027"}}],
            "indicators": [{"external_id": "I1", "name": "Giorni medi", "target": {"words": "<= 30"}}],
        })
    };
    json!({
        "format": "traguardo.plan.v1", "comune": "L454",
        "plan": {"year": 2027, "kind": "standalone", "title": "Piano importato"},
        "units": [{"external_id": "NUOVA", "code": "NUOVA", "name": "Area nuova", "kind": "area", "valid_from": "2020-01-01"}],
        "objectives": titles.iter().enumerate().map(objective).collect::<Vec<_>>(),
    })
}

fn send(world: &World, path: &str, file: &Value) -> Request {
    world.call("segretario", "POST", "L454", path).bytes("application/octet-stream", file.to_string())
}

fn get(world: &World, path: &str) -> Reply {
    world.call("segretario", "GET", "L454", path).send()
}

/// The import at the end of its reading.
fn ended(world: &World, id: &str) -> Value {
    let path = format!("/imports/{id}");
    let pending = |import: &Value| ["received", "reading"].contains(&import["state"].as_str().unwrap());
    assert!(
        until(Duration::from_secs(20), || !pending(&get(world, &path).expect(200))),
        "{id} is never read"
    );
    get(world, &path).expect(200)
}

/// The id of an import that was sent and read.
fn ready(world: &World, file: &Value) -> String {
    let id = send(world, YEAR, file).send().expect(202)["id"].as_str().unwrap().to_owned();
    let import = ended(world, &id);
    assert_eq!(import["state"], "ready", "{import}");
    id
}

fn apply(world: &World, id: &str, body: &Value) -> Reply {
    world.call("segretario", "POST", "L454", &format!("/imports/{id}/application")).json(body).send()
}

fn execute(world: &World, statement: &str) {
    diesel::sql_query(statement).execute(&mut world.stored.administrator()).unwrap();
}

#[test]
fn an_import_is_shown_then_applied_and_the_second_time_changes_nothing() {
    let world = World::new();
    let id = ready(&world, &plan(&["Uno", "Due"]));
    let preview = get(&world, &format!("/imports/{id}/application")).expect(200);
    assert!(preview["plan"].is_null() && preview["unchanged"] == false, "{preview}");
    assert_eq!(preview["objectives"][0]["by"], "new");
    let first = apply(&world, &id, &json!({})).expect(200);
    assert_eq!((&first["created"], &first["unchanged"]), (&json!(true), &json!(false)));
    let plan_id = first["plan"]["id"].as_str().unwrap().to_owned();
    let document = || get(&world, &format!("/plans/{plan_id}/document")).expect(200);
    let before = document();
    assert_eq!(before["objectives"].as_array().unwrap().len(), 2);
    assert!(before["units"].as_array().unwrap().iter().any(|unit| unit["code"] == "NUOVA"));
    let import = get(&world, &format!("/imports/{id}")).expect(200);
    assert_eq!((&import["state"], &import["applied"]["plan"]), (&json!("applied"), &json!(plan_id)));
    let second = apply(&world, &id, &json!({})).expect(200);
    assert_eq!((&second["created"], &second["unchanged"]), (&json!(false), &json!(true)));
    assert_eq!(get(&world, &format!("/imports/{id}")).expect(200), import, "not even the import changes");
    // The same file, sent again.
    let again = ready(&world, &plan(&["Uno", "Due"]));
    let preview = get(&world, &format!("/imports/{again}/application")).expect(200);
    assert_eq!((&preview["unchanged"], &preview["changes"]), (&json!(true), &json!([])));
    assert_eq!(apply(&world, &again, &json!({})).expect(200)["unchanged"], true);
    assert_eq!(document(), before);
}

#[test]
fn a_corrected_file_changes_what_was_corrected_and_keeps_the_rest() {
    let world = World::new();
    let first = apply(&world, &ready(&world, &plan(&["Ridurre i tempi", "Aprire lo sportello"])), &json!({}))
        .expect(200);
    let plan_id = first["plan"]["id"].as_str().unwrap().to_owned();
    let before = get(&world, &format!("/plans/{plan_id}/document")).expect(200);
    let mut corrected = plan(&["Ridurre i tempi"]);
    corrected["objectives"][0]["indicators"][0]["target"]["words"] = json!("<= 28");
    let id = ready(&world, &corrected);
    let preview = get(&world, &format!("/imports/{id}/application")).expect(200);
    assert_eq!(preview["absent"][0]["title"], "Aprire lo sportello");
    assert_eq!(preview["objectives"][0]["existing"]["id"], before["objectives"][0]["id"]);
    assert_eq!(preview["changes"].as_array().unwrap().len(), 1, "{preview}");
    assert_eq!(preview["changes"][0]["object"], "indicator");
    let stale = apply(&world, &id, &json!({"revision": 1_000}));
    assert_eq!(stale.refused(412), "stale");
    let done = apply(&world, &id, &json!({"revision": preview["plan"]["revision"]})).expect(200);
    assert_eq!((&done["changed"], &done["removed"]), (&json!(1), &json!(0)), "{done}");
    let after = get(&world, &format!("/plans/{plan_id}/document")).expect(200);
    assert_eq!(after["objectives"][1], before["objectives"][1], "what the file does not have stays");
    assert_eq!(after["objectives"][0]["indicators"][0]["target"]["words"], "<= 28");
    let removed = apply(&world, &id, &json!({"remove_absent": true})).expect(200);
    assert_eq!(removed["removed"], 1, "{removed}");
}

#[test]
fn a_draft_is_put_into_the_plan_that_is_named_when_it_may_be_changed() {
    let world = World::new();
    let id = ready(&world, &plan(&["Uno"]));
    for plan in ["ext:nessuno", NOBODY] {
        let reply = apply(&world, &id, &json!({"plan": plan}));
        assert_eq!((reply.refused(422), reply.pointers()), ("invalid".to_owned(), vec!["/plan".to_owned()]));
    }
    let into = apply(&world, &id, &json!({"plan": "ext:demo:plan-2025"})).expect(200);
    assert_eq!((&into["created"], &into["plan"]["year"]), (&json!(false), &json!(2025)));
    let step = json!({"transition": "propose"});
    world
        .call("segretario", "POST", "L454", "/plans/ext:demo:plan-2025/transitions")
        .json(&step)
        .send()
        .expect(200);
    let other = ready(&world, &plan(&["Due"]));
    let refused = apply(&world, &other, &json!({"plan": "ext:demo:plan-2025"}));
    assert_eq!(refused.refused(409), "plan-not-editable");
    assert_eq!(get(&world, &format!("/imports/{other}")).expect(200)["state"], "ready");
}

#[test]
fn a_settlement_names_the_version_it_knows_and_is_whole_or_nothing() {
    let world = World::new();
    let id = ready(&world, &plan(&["Uno"]));
    let path = format!("/imports/{id}");
    let patch = |tag: Option<&str>, body: &Value| {
        let request = world.call("segretario", "PATCH", "L454", &path);
        let request = tag.iter().fold(request, |request, tag| request.if_match(tag));
        request.bytes("application/merge-patch+json", body.to_string()).send()
    };
    let safe = json!({"settlements": [{"type": "apply_safe"}]});
    assert_eq!(patch(None, &safe).refused(428), "precondition-required");
    assert_eq!(patch(Some("\"999\""), &safe).refused(412), "stale");
    let unknown = json!({"settlements": [{"type": "apply", "finding": "E01-00000000"}]});
    let version = get(&world, &path).expect(200)["version"].clone();
    assert_eq!(patch(Some("*"), &unknown).refused(422), "invalid");
    assert_eq!(patch(Some("*"), &json!({"settlements": []})).refused(422), "invalid");
    assert_eq!(get(&world, &path).expect(200)["version"], version);
    patch(Some(&format!("\"{version}\"")), &safe).expect(200);
}

#[test]
fn a_reading_that_died_is_begun_again_by_whoever_asks_and_not_for_ever() {
    let world = World::new();
    let die = |id: &str, attempts: u8, ago: &str| {
        execute(
            &world,
            &format!(
                "update imports set state = 'reading', draft = null, summary = null, lease = gen_random_uuid(), \
                 lease_until = now() - interval '{ago}', attempts = {attempts} where id = '{id}'"
            ),
        );
    };
    let id = ready(&world, &plan(&["Uno"]));
    die(&id, 1, "1 second");
    assert_eq!(ended(&world, &id)["state"], "ready");
    die(&id, 1, "1 second");
    world.call("segretario", "GET", "L454", "/imports").send().expect(200);
    assert_eq!(ended(&world, &id)["state"], "ready", "a list has it begun again too");
    die(&id, 3, "1 second");
    let given_up = ended(&world, &id);
    assert_eq!((&given_up["state"], &given_up["refusal"]["code"]), (&json!("refused"), &json!("too_costly")));
    let id = ready(&world, &plan(&["Uno"]));
    die(&id, 1, "-1 hour");
    let still = || get(&world, &format!("/imports/{id}")).expect(200)["state"] == "reading";
    assert!(
        still() && !until(Duration::from_millis(500), || !still()),
        "whoever holds the lease is left to it"
    );
}

#[test]
fn only_who_writes_plans_imports_them() {
    let world = World::new();
    let id = ready(&world, &plan(&["Uno"]));
    let path = format!("/imports/{id}/application");
    for role in ["responsabile", "lettore", "nucleo"] {
        let sent = world.call(role, "POST", "L454", YEAR).bytes("text/plain", "x").send();
        assert_eq!(sent.refused(403), "forbidden", "{role}");
        assert_eq!(world.call(role, "GET", "L454", &path).send().refused(403), "forbidden", "{role}");
    }
    let by_administrator = world.call("amministratore", "POST", "L454", &path).json(&json!({})).send();
    assert_eq!(by_administrator.refused(403), "forbidden");
    world.call("amministratore", "POST", "L454", YEAR).bytes("text/plain", "x").send().expect(202);
    world.call("integratore", "POST", "L454", &path).json(&json!({})).send().expect(200);
    assert_eq!(
        world.call("segretario", "GET", "F471", &format!("/imports/{id}")).send().refused(404),
        "not-found"
    );
}

#[test]
fn an_import_is_deleted_with_its_file_and_the_plan_stays() {
    let world = World::new();
    let id = ready(&world, &plan(&["Uno"]));
    let plan_id = apply(&world, &id, &json!({})).expect(200)["plan"]["id"].as_str().unwrap().to_owned();
    let path = format!("/imports/{id}");
    let delete = |request: Request| request.send();
    assert_eq!(
        delete(world.call("segretario", "DELETE", "L454", &path)).refused(428),
        "precondition-required"
    );
    delete(world.call("segretario", "DELETE", "L454", &path).if_match("*")).expect(204);
    for path in [path.clone(), format!("{path}/source"), format!("{path}/draft")] {
        assert_eq!(get(&world, &path).refused(404), "not-found");
    }
    get(&world, &format!("/plans/{plan_id}/document")).expect(200);
}

#[test]
fn many_files_at_once_are_all_read() {
    let world = World::with(Wishes { connections: 2, ..Wishes::default() });
    let sent: Vec<String> = (0..12)
        .map(|number| {
            let reply = send(&world, YEAR, &plan(&[&format!("Obiettivo {number}")])).send();
            reply.expect(202)["id"].as_str().unwrap().to_owned()
        })
        .collect();
    for id in sent {
        assert_eq!(ended(&world, &id)["state"], "ready");
    }
}
