//! Profiles to read files by: the program's, and those a comune keeps.

use serde_json::{Value, json};

use super::{YEAR, get, plan, send};
use crate::world::World;

#[test]
fn a_comune_keeps_profiles_of_its_own() {
    let world = World::new();
    let path = "/import-profiles/tabella_nostra";
    let profile = json!({
        "name": "tabella_nostra", "title": "La nostra tabella", "layout": "table",
        "headings": [{"line": "SETTORE: {unit}", "opens": {"unit": "sector"}}],
        "tables": [{"holds": "objectives", "columns": [{"field": "title", "headers": ["Obiettivo"]}]}],
    });
    let put = |tag: Option<&str>, body: &Value| {
        let request = world.call("segretario", "PUT", "L454", path);
        tag.iter().fold(request, |request, tag| request.if_match(tag)).json(body).send()
    };
    let made = put(None, &profile);
    assert_eq!(made.expect(201)["title"], "La nostra tabella");
    assert_eq!(put(None, &profile).expect(200), made.json());
    let mut other = profile.clone();
    other["title"] = json!("Un'altra");
    assert_eq!(put(None, &other).refused(428), "precondition-required");
    assert_eq!(put(Some(made.etag()), &other).expect(200)["title"], "Un'altra");
    assert_eq!(get(&world, path).expect(200)["headings"][0]["line"], "SETTORE: {unit}");
    assert_eq!(get(&world, "/import-profiles").expect(200)["items"][0]["version"], 2);
    let pointers = |body: &Value| put(Some("*"), body).pointers();
    let with = |name: &str, value: Value| {
        let mut body = profile.clone();
        body[name] = value;
        body
    };
    assert_eq!(pointers(&with("name", json!("altro"))), ["/name"]);
    assert_eq!(
        pointers(&with("headings", json!([{"line": "{unit", "opens": "plan"}]))),
        ["/headings/0/line"]
    );
    assert_eq!(pointers(&with("bullets", json!(vec!["-"; 101]))), ["/bullets"]);
    assert_eq!(pointers(&with("altro", json!(1))), ["/altro"]);
    assert_eq!(
        world.call("responsabile", "PUT", "L454", path).json(&profile).send().refused(403),
        "forbidden"
    );
    assert_eq!(world.call("segretario", "GET", "F471", path).send().refused(404), "not-found");
    send(&world, &format!("{YEAR}&profile=tabella_nostra"), &plan(&["Uno"])).send().expect(202);
    world.call("segretario", "DELETE", "L454", path).if_match("*").send().expect(204);
    assert_eq!(get(&world, path).refused(404), "not-found");
}

#[test]
fn the_profiles_of_the_program_are_everybodys() {
    let world = World::new();
    let reply = world.anonymous("GET", "/v1/import-profiles").send();
    assert!(reply.expect(200)["items"].is_array());
    let held = world.anonymous("GET", "/v1/import-profiles").header("If-None-Match", reply.etag()).send();
    assert_eq!(held.status, 304);
}
